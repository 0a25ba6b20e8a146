"""工作台：办理记录 — pages of the audit administrator: search, one entry, export (条例 第四十五条).

They stand here and not in the journal's own room, which knows neither people nor who may read.
"""

from __future__ import annotations

from http import HTTPStatus
from urllib.parse import urlencode

from django.contrib import messages
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET, require_POST

from gongkai.law.administration import Duty
from gongkai.web.bodies import queries
from gongkai.web.bodies.actions.consenting import ConsentNeeded, ask_consent, require_second
from gongkai.web.bodies.journal_form import FILTERS, JournalForm
from gongkai.web.bodies.permissions import Refused, require
from gongkai.web.bodies.taken_out import FORMS, HEADS, MOST_IN_SHEET, NAMES, WIDTHS, answer, of_entries
from gongkai.web.bodies.views.desk import person, staff_only
from gongkai.web.bodies.wording import acts_by_room, named
from gongkai.web.journal import console
from gongkai.web.journal.models import Entry
from gongkai.web.journal.queries import Page, of_subject, page_of, search
from gongkai.web.look.language import say

PAGE, OTHERS = 40, 20
TOO_MANY = "超过 {most} 条，工作簿放不下。请导出 CSV 或者 JSON，或者先筛选。"


@staff_only
@require_GET
def entries(request: HttpRequest) -> HttpResponse:
    """查办理记录 — newest first, by index number, person, body, act and days (条例 第四十五条)."""
    chains = readable(request)
    form = JournalForm(request.GET, chains)
    is_right = form.is_valid()
    found = search(**form.search) if is_right else Entry.objects.none()
    told = form.cleaned_data
    page = page_of(found, PAGE, told.get("older"), told.get("newer")) if is_right else Page([], None, None)
    context = {
        "form": form,
        "page": page,
        "total": found.count(),
        "rows": named(page.entries, request.user),
        "chains": queries.chain_names(chains),
        "acts": acts_by_room(),
        "consents": len(queries.consents_for(person(request))),
        "asked": urlencode({name: value for name, value in request.GET.items() if value and name in FILTERS}),
        "room": "bodies:journal",
    }
    return render(request, "bodies/journal.html", context, status=200 if is_right else HTTPStatus.UNPROCESSABLE_ENTITY)


@staff_only
@require_GET
def entry(request: HttpRequest, chain: str, number: int) -> HttpResponse:
    """一条记录 — who did what, to what; what else was done with it; everything that its digest covers (条例
    第四十五条)."""
    if chain not in readable(request):
        raise Http404("journal")
    found = search(chains=[chain]).filter(number=number).first()
    if found is None:
        raise Http404("journal")
    around = of_subject(found.subject).filter(chain=found.chain)
    others = list(around.order_by("-id")[:OTHERS])
    row, *rest = named([found, *others], request.user)
    context = {"row": row, "entry": found, "others": rest, "count": around.count(), "chain": chain,
        "room": "bodies:journal"}  # fmt: skip
    return render(request, "bodies/entry.html", context)


@staff_only
@require_POST
def export(request: HttpRequest) -> HttpResponseBase:
    """导出 — what was searched, or the whole journal, for the auditor; by whoever may read all, with a second person
    (条例 第四十五条)."""
    by, now, form = person(request), timezone.now(), request.POST.get("form", "jsonl")
    require(by, Duty.EXPORT_JOURNAL, body=queries.top_body())
    wanted = JournalForm(request.GET, readable(request))
    if form not in (*FORMS, "jsonl") or not wanted.is_valid():
        return redirect(f"{reverse('bodies:journal')}?{request.GET.urlencode()}")
    found = search(**wanted.search)
    try:
        if form == "xlsx" and found.count() > MOST_IN_SHEET:
            raise Refused(TOO_MANY, most=f"{MOST_IN_SHEET:,}")
        with transaction.atomic():
            require_second(by=by, about=by, duty=Duty.EXPORT_JOURNAL, now=now)
            if form != "jsonl":  # the original writes it down by itself, at the moment at which it begins
                console.note_export(f"staff:{by.id}", now, {"count": found.count()})
    except Refused as refusal:
        if isinstance(refusal, ConsentNeeded):
            ask_consent(refusal, now)
        messages.error(request, say(refusal.template, **refusal.values))
        return redirect(f"{reverse('bodies:journal')}?{request.GET.urlencode()}")
    if form != "jsonl":
        return answer(form, "journal", HEADS, NAMES, WIDTHS, of_entries(found, request.user))
    lines = console.exported(f"staff:{by.id}")
    today = timezone.localdate().isoformat()
    headers = {"Content-Disposition": f'attachment; filename="journal-{today}.jsonl"', "X-Accel-Buffering": "no"}
    return StreamingHttpResponse(lines, content_type="application/x-ndjson", headers=headers)


def readable(request: HttpRequest, duty: Duty = Duty.READ_JOURNAL) -> list[str]:
    """可读的链 — Http404 for whoever has none."""
    chains = queries.readable_chains(person(request), duty)
    if not chains:
        raise Http404("journal")
    return chains
