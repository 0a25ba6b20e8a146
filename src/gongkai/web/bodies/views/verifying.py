"""工作台：核验 — the journal verified now, its last result, one finding a line, taken along as a table (条例
第四十五条)."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_http_methods

from gongkai.law.administration import Duty
from gongkai.web.bodies import queries
from gongkai.web.bodies.permissions import may
from gongkai.web.bodies.taken_out import FORMS, FOUND_HEADS, FOUND_NAMES, FOUND_WIDTHS, answer, in_words, of_findings
from gongkai.web.bodies.views.desk import person, staff_only
from gongkai.web.bodies.views.journal import readable
from gongkai.web.bodies.wording import acting
from gongkai.web.journal.rooms import compared
from gongkai.web.journal.verifying import Finding, by_weight, findings, latest, verify_and_keep

SHOWN = 200
"""一页列多少处 — the worst; the rest is in the table that can be taken along, and the page says so."""


@staff_only
@require_http_methods(["GET", "POST"])
def verified(request: HttpRequest) -> HttpResponse:
    """核验 — POST verifies every chain that this person reads, and for whoever verifies for all the public log and what
    the rooms keep; GET shows what was found last (条例 第四十五条)."""
    chains = readable(request, Duty.VERIFY_JOURNAL)
    is_all = may(person(request), Duty.VERIFY_JOURNAL, body=queries.top_body())
    if request.method == "POST":
        verify_and_keep(chains=chains, by=f"staff:{person(request).id}", is_whole=is_all)
        return redirect("bodies:verified")
    return render(request, "bodies/verified.html", _context(chains))


@staff_only
@require_GET
def found(request: HttpRequest, form: str) -> HttpResponseBase:
    """查到的各处 — all that are kept of the last verification, as a table (条例 第四十五条)."""
    chains = readable(request, Duty.VERIFY_JOURNAL)
    kept = latest(chains)
    if form not in FORMS or kept is None:
        raise Http404("journal")
    names = dict(queries.chain_names(chains))
    rows = of_findings(findings(kept, chains), names)
    return answer(form, "findings", FOUND_HEADS, FOUND_NAMES, FOUND_WIDTHS, rows)


def _context(chains: list[str]) -> dict[str, Any]:
    kept, names = latest(chains), dict(queries.chain_names(chains))
    told: list[Finding] = findings(kept, chains) if kept else []
    is_cut = kept is not None and kept.found > len(kept.findings)
    return {
        "kept": kept,
        "by": acting(kept.by) if kept else "",
        "findings": [(each, names.get(each.chain, each.chain), in_words(each, names)) for each in told[:SHOWN]],
        "count": kept.found if kept and is_cut else len(told),
        "shown": SHOWN,
        "weights": by_weight(told),
        "seconds": f"{(kept.ended_at - kept.begun_at).total_seconds():.1f}" if kept else "",
        "chains": names.items(),
        "compared": compared() if kept and kept.is_whole else [],
        "room": "bodies:journal",
    }
