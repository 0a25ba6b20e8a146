"""下载 — the copy in the official form, the list of findings, the 退回单 of one body or of all (条例 第五十条)."""

from __future__ import annotations

import zipfile
from io import BytesIO

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_GET

from gongkai.documents.writing.manuscript import WritingError
from gongkai.report.total import TotalError, write_total
from gongkai.report.total import total as add
from gongkai.report.writing import FORMATS, write_report
from gongkai.web.annual import return_slip as slips
from gongkai.web.annual.actions import shown_name
from gongkai.web.annual.listing import listing
from gongkai.web.annual.queries import Sheet, current_reports, sheets
from gongkai.web.annual.ranking import lines
from gongkai.web.annual.views.desk import seen, seen_sheet
from gongkai.web.look.language import say

TYPES = {
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "pdf": "application/pdf",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "html": "text/html; charset=utf-8",
    "md": "text/markdown; charset=utf-8",
    "json": "application/json",
    "zip": "application/zip",
}
TOTALS = ("xlsx", "docx")


@require_GET
def report(request: HttpRequest, key: str, number: str, suffix: str) -> HttpResponse:
    """下载规范文本 — the report in the official form; what was typed in is marked as such (条例 第五十条第二款)."""
    if suffix not in FORMATS:
        raise Http404("desk")
    shown = seen_sheet(request, key, number)
    try:
        return _file(write_report(shown.read, suffix), f"{_stem(shown)}.{suffix}")
    except WritingError as error:
        messages.error(request, say(error.template, **error.values))
        return redirect("annual:sheet", key, number)


@require_GET
def findings(request: HttpRequest, key: str) -> HttpResponse:
    """发现清单 — every finding of every file of a batch, in one xlsx (条例 第五十条)."""
    found = seen(request, key)
    return _file(listing(lines(sheets(found), found.refused)), "核对发现.xlsx")


@require_GET
def return_slip(request: HttpRequest, key: str, number: str) -> HttpResponse:
    """退回单 — for the body of one report (条例 第五十条)."""
    shown = seen_sheet(request, key, number)
    return _file(_slip(shown), f"退回单-{_stem(shown)}.docx")


@require_GET
def return_slips(request: HttpRequest, key: str) -> HttpResponse:
    """全部退回单 — one for every body that has something to mend or to look at, in a zip (条例 第五十条)."""
    buffer = BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for place, shown in enumerate(sheets(seen(request, key)), start=1):
            if shown.report and not shown.is_previous and (shown.counts["error"] or shown.counts["warning"]):
                archive.writestr(f"{place:03}-退回单-{_stem(shown)}.docx", _slip(shown))
    return _file(buffer.getvalue(), "退回单.zip")


@require_GET
def total(request: HttpRequest, key: str, year: int, suffix: str) -> HttpResponse:
    """汇总 — the reports of one year added up, each figure with its parts (条例 第四十九条、第五十条)."""
    if suffix not in TOTALS:
        raise Http404("desk")
    reports = [one.read for one in current_reports(sheets(seen(request, key))) if one.read.year == year]
    try:
        return _file(write_total(add(reports), suffix), f"{year}年政府信息公开工作年度报告汇总.{suffix}")
    except (TotalError, WritingError) as error:
        messages.error(request, say(error.template, **error.values))
        return redirect("annual:batch", key)


def _slip(shown: Sheet) -> bytes:
    return slips.return_slip(shown.read, shown.findings, shown.name)


def _stem(shown: Sheet) -> str:
    """A name for the copy: the body and the year, else the name of the file without its suffix."""
    known = shown.report and shown.report.agency and shown.report.year
    if known and shown.report:
        return shown_name(f"{shown.report.agency}{shown.report.year}年政府信息公开工作年度报告")
    return shown_name(shown.stem)


def _file(content: bytes, name: str) -> HttpResponse:
    kind = TYPES[name.rpartition(".")[2]]
    disposition = content_disposition_header(as_attachment=True, filename=name)
    return HttpResponse(content, content_type=kind, headers={"Content-Disposition": disposition or ""})
