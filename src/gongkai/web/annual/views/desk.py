"""核对台 — put files in, watch them being read, see what was found, type in what could not be read (条例 第五十条)."""

from __future__ import annotations

import time
from collections import Counter

from django.conf import settings
from django.contrib import messages
from django.core.files.uploadedfile import TemporaryUploadedFile
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from gongkai.report.checks.rules import rules as every_rule
from gongkai.web.annual import actions, jobs
from gongkai.web.annual.excerpts import excerpt
from gongkai.web.annual.keeping import STAFF, Batch, room
from gongkai.web.annual.permissions import own, owner, visible
from gongkai.web.annual.prose import prose
from gongkai.web.annual.queries import Sheet, current_reports, doubled, forget, sheet, sheets
from gongkai.web.annual.ranking import lines, ranked
from gongkai.web.annual.statutory_table import marked, table
from gongkai.web.look import visitors
from gongkai.web.look.language import say

# Most files are read before a person would see a page of waiting.
PATIENCE_SECONDS = 2.0
RELOAD_SECONDS = 2
FORMATS = {
    "docx": "Word（docx）",
    "pdf": "PDF",
    "xlsx": "电子表格（xlsx）",
    "html": "网页（html）",
    "md": "纯文本（Markdown）",
    "json": "数据（JSON）",
}
"""规范文本的格式 — suffix to what people call it, the most wanted first."""


@require_http_methods(["GET", "HEAD", "POST"])
def desk(request: HttpRequest) -> HttpResponse:
    """核对台 — the form; what is posted becomes a batch (条例 第五十条)."""
    now, folder = time.time(), settings.DESK_FOLDER
    current, previous = _files(request, "current"), _files(request, "previous")
    if current:
        mine, visitor = owner(request.session), _visitor(request)
        left = room(folder, visitor, settings.DESK_BYTES, settings.ARRIVING_FREE_SHARE)
        batch = actions.receive(
            folder, mine, now, current=current, previous=previous, limit=settings.DESK_FILES, visitor=visitor, room=left
        )
        jobs.submit(batch)
        jobs.wait(batch, PATIENCE_SECONDS)
        return redirect("annual:batch", batch.key)
    earlier = own(folder, request.session, now, settings.DESK_SECONDS)
    context = {
        "nothing": request.method == "POST",
        "earlier": [(batch, _minutes_left(batch, now)) for batch in earlier],
        "limit": settings.DESK_FILES,
    }
    return render(request, "annual/desk.html", context, status=400 if request.method == "POST" else 200)


def _visitor(request: HttpRequest) -> str:
    """Who has signed in, else from where: a new session costs nothing."""
    return f"{STAFF}{request.user.pk}" if request.user.is_authenticated else visitors.address(request) or ""


@require_GET
def batch(request: HttpRequest, key: str) -> HttpResponse:
    """一批文件 — the progress while they are read; then the one file, or the table of all (条例 第五十条)."""
    found = seen(request, key)
    waiting = len(found.waiting)  # asked first: what is read meanwhile must not be missing from the result
    read = sheets(found)
    if waiting:
        context = {"batch": found, "read": read, "waiting": waiting, "done": len(found.uploads) - waiting}
        response = render(request, "annual/progress.html", context)
        if not request.headers.get("HX-Request"):
            response["Refresh"] = str(RELOAD_SECONDS)
        return response
    if request.headers.get("HX-Request"):
        return HttpResponse(headers={"HX-Redirect": reverse("annual:batch", args=[key])})
    previous = [one for one in read if one.is_previous and one.report]
    current = [one for one in read if not one.is_previous]
    everything = lines(read, found.refused)
    if len(current) == 1 and current[0].report and len(everything) == 1 and all(s.report for s in read):
        return redirect("annual:sheet", key, current[0].id)
    context = {
        "batch": found,
        "minutes": _minutes_left(found, time.time()),
        "previous": previous,
        "years": sorted(Counter(one.read.year for one in current_reports(read) if one.read.year).items()),
        "doubled": doubled(read),
        **ranked(request.GET, everything),
    }
    return render(request, "annual/batch.html", context)


@require_GET
def one(request: HttpRequest, key: str, number: str, part: int | None = None) -> HttpResponse:
    """一份年报 — its tables with every finding on its cell, and the list beside them (条例 第五十条)."""
    found, shown = _shown(request, key, number)
    if part is None:
        part = _first_part(shown)
    return render(request, "annual/sheet.html", _context(found, shown, part))


@require_POST
def figures(request: HttpRequest, key: str, number: str, part: int) -> HttpResponse:
    """人工录入 — figures typed in for what could not be read; the checks are run again (条例 第五十条)."""
    found, shown = _shown(request, key, number)
    given = {name: str(value) for name, value in request.POST.items() if name in shown.open_cells}
    try:
        actions.type_in(found, shown, given)
    except actions.TypedError as error:
        context = {**_context(found, shown, part), "wrong": {a: given[a] for a in error.addresses}}
        return render(request, "annual/sheet.html", context, status=400)
    messages.success(request, say("已按录入的数重新核对。"))
    return redirect("annual:part", key, number, part)


@require_http_methods(["GET", "HEAD", "POST"])
def discard(request: HttpRequest, key: str) -> HttpResponse:
    """现在就删除 — a batch, before its hour is over; one question first, as nothing of it comes back."""
    found = seen(request, key)
    if request.method != "POST":
        return render(request, "annual/discard.html", {"batch": found, "total": len(found.uploads)})
    actions.discard(found)
    forget()
    messages.success(request, say("这一批文件和结果都已删除。"))
    return redirect("annual:desk")


@require_GET
def rules(request: HttpRequest) -> HttpResponse:
    """规则清单 — every rule that is applied, with its provision (条例 第五十条)."""
    return render(request, "annual/rules.html", {"rules": every_rule().values()})


def seen(request: HttpRequest, key: str) -> Batch:
    """自己的一批 — the batch of a key. Http404 where it is gone or another's."""
    found = visible(settings.DESK_FOLDER, key, request.session, time.time(), settings.DESK_SECONDS)
    if found is None:
        raise Http404("desk")
    return found


def seen_sheet(request: HttpRequest, key: str, number: str) -> Sheet:
    """自己的一份 — the file of a number that was read as a report. Http404 otherwise."""
    return _shown(request, key, number)[1]


def _files(request: HttpRequest, name: str) -> list[TemporaryUploadedFile]:
    """What `receiving.StreamedUpload` put on disk for a control; nothing where no file was chosen."""
    return [file for file in request.FILES.getlist(name) if isinstance(file, TemporaryUploadedFile)]


def _shown(request: HttpRequest, key: str, number: str) -> tuple[Batch, Sheet]:
    found = seen(request, key)
    shown = sheet(found, number)
    if shown is None or shown.report is None:
        raise Http404("desk")
    return found, shown


def _first_part(shown: Sheet) -> int:
    """Where the worst finding is; 表三 where there is none."""
    return next((mark.part for mark in shown.marks if mark.part and mark.tone != "note"), 3)


def _context(found: Batch, shown: Sheet, part: int) -> dict[str, object]:
    report = shown.read
    printed = table(shown.form, part)
    parts = [
        {
            "number": number,
            "heading": heading,
            "marks": [mark for mark in shown.marks if number in mark.parts],
        }
        for number, heading in enumerate(shown.form.headings, start=1)
    ]
    return {
        "batch": found,
        "sheet": shown,
        "report": report,
        "part": part,
        "parts": parts,
        "prose": prose(report, part, shown.marks),
        "table": printed,
        "body": marked(printed, shown.cells) if printed else (),
        "may_type": printed is not None and shown.has_open(printed.name),
        "notes": [note for note in report.table_notes if printed and note.table == printed.name],
        "excerpts": {mark.number: excerpt(shown, mark) for mark in shown.marks},
        "formats": FORMATS.items(),
        "alone": len(sheets(found)) == 1,
        "minutes": _minutes_left(found, time.time()),
    }


def _minutes_left(batch: Batch, now: float) -> int:
    seconds: float = settings.DESK_SECONDS - (now - batch.begun_at)
    return max(1, round(seconds / 60))
