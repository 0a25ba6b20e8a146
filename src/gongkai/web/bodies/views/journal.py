"""工作台：办理记录 — pages of the audit administrator: search, one entry, verify now, export (条例 第四十五条).

They stand here and not in the journal's own room, which knows neither people nor who may read.
"""

from __future__ import annotations

from datetime import datetime, time, timedelta
from http import HTTPStatus
from urllib.parse import urlencode

from django.contrib import messages
from django.core.paginator import Paginator
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_POST

from gongkai.law.administration import Duty
from gongkai.web.bodies import queries
from gongkai.web.bodies.actions.consenting import ConsentNeeded, ask_consent, require_second
from gongkai.web.bodies.forms import JournalForm
from gongkai.web.bodies.permissions import Refused, may, require
from gongkai.web.bodies.views.desk import person, staff_only
from gongkai.web.bodies.wording import ACTS, named
from gongkai.web.journal import console
from gongkai.web.journal.log_checks import log_breaks
from gongkai.web.journal.queries import of_subject, search, verify
from gongkai.web.look.language import say

PAGE = 40


@staff_only
@require_GET
def entries(request: HttpRequest) -> HttpResponse:
    """查办理记录 — newest first, by body, person, subject, act and time (条例 第四十五条)."""
    chains = _readable(request)
    form = JournalForm(request.GET)
    is_right = form.is_valid()
    told = form.cleaned_data
    zone = timezone.get_current_timezone()
    first, last = told.get("first"), told.get("last")
    found = search(
        chains=[told["chain"]] if told.get("chain") in chains else chains,
        actors=queries.actors(told.get("actor", "")),
        subjects=told.get("subject") or (),
        act=told.get("act", ""),
        since=datetime.combine(first, time(), zone) if first else None,
        until=datetime.combine(last + timedelta(days=1), time(), zone) if last else None,
    )
    pages = Paginator(found if is_right else found.none(), PAGE)
    page = pages.get_page(request.GET.get("page"))
    context = {
        "form": form,
        "page": page,
        "total": pages.count,
        "rows": named(page.object_list),
        "chains": queries.chain_names(chains),
        "acts": ACTS,
        "consents": len(queries.consents_for(person(request))),
        "asked": urlencode({name: value for name, value in request.GET.items() if value and name != "page"}),
        "room": "bodies:journal",
    }
    return render(request, "bodies/journal.html", context, status=200 if is_right else HTTPStatus.UNPROCESSABLE_ENTITY)


@staff_only
@require_GET
def entry(request: HttpRequest, chain: str, number: int) -> HttpResponse:
    """一条记录 — everything that its digest covers, and what else was done with its subject (条例 第四十五条)."""
    if chain not in _readable(request):
        raise Http404("journal")
    found = search(chains=[chain]).filter(number=number).first()
    if found is None:
        raise Http404("journal")
    (row,) = named([found])
    others = named(of_subject(found.subject).filter(chain=found.chain).order_by("-id")[:20])
    context = {"row": row, "entry": found, "others": others, "chain": chain, "room": "bodies:journal"}
    return render(request, "bodies/entry.html", context)


@staff_only
@require_POST
def verified(request: HttpRequest) -> HttpResponse:
    """现在核验 — every chain that this person reads, from its first entry to its last; the public log too, by whoever
    verifies for all (条例 第四十五条)."""
    chains = _readable(request, Duty.VERIFY_JOURNAL)
    begun = timezone.now()
    breaks = verify(chains)
    if may(person(request), Duty.VERIFY_JOURNAL, body=queries.top_body()):
        breaks += log_breaks()
    seconds = (timezone.now() - begun).total_seconds()
    context = {
        "breaks": breaks,
        "chains": queries.chain_names(chains),
        "count": search(chains=chains).count(),
        "seconds": f"{seconds:.1f}",
        "at": begun,
        "room": "bodies:journal",
    }
    return render(request, "bodies/verified.html", context)


@staff_only
@require_POST
def export(request: HttpRequest) -> HttpResponseBase:
    """导出 — the whole journal for the auditor; by whoever may read all, with a second person (条例 第四十五条)."""
    by, now = person(request), timezone.now()
    require(by, Duty.EXPORT_JOURNAL, body=queries.top_body())
    try:
        with transaction.atomic():
            require_second(by=by, about=by, duty=Duty.EXPORT_JOURNAL, now=now)
    except Refused as refusal:
        if isinstance(refusal, ConsentNeeded):
            ask_consent(refusal, now)
        messages.error(request, say(refusal.template, **refusal.values))
        return redirect("bodies:journal")
    lines = console.exported(f"staff:{by.id}")
    today = timezone.localdate().isoformat()
    headers = {"Content-Disposition": f'attachment; filename="journal-{today}.jsonl"', "X-Accel-Buffering": "no"}
    return StreamingHttpResponse(lines, content_type="application/x-ndjson", headers=headers)


def _readable(request: HttpRequest, duty: Duty = Duty.READ_JOURNAL) -> list[str]:
    chains = queries.readable_chains(person(request), duty)
    if not chains:
        raise Http404("journal")
    return chains
