"""表格里的台账 — an office's xlsx or csv to a ledger; a cell that cannot be read stops its row (条例 第五十条)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from pathlib import PurePath

from gongkai.documents.columns import Reading, read
from gongkai.documents.columns.broken import broken
from gongkai.documents.columns.heads import ColumnsError
from gongkai.documents.columns.looks import Looks, looks
from gongkai.documents.document import Document, DocumentError
from gongkai.documents.limits import LIMITS, TOO_MUCH
from gongkai.documents.opening import open_documents
from gongkai.law.requests.settings import Settings
from gongkai.law.workdays import Calendar
from gongkai.report.ledger import Ledger, LedgerError
from gongkai.report.ledger.layouts import layouts
from gongkai.report.ledger.made import Maker

LEDGER_LIMITS = replace(LIMITS, rows=100_000, columns=300)
"""台账的上限 — a ledger is longer and wider than a statutory table."""


def from_file(
    source: str,
    data: bytes | None,
    given: Mapping[str, str] | None = None,
    *,
    today: date | None = None,
    calendar: Calendar | None = None,
    settings: Settings | None = None,
) -> tuple[Ledger, Reading]:
    """读表格里的台账 — and what was found in the file. `today`: days long after it are named, not counted. `calendar`:
    for periods that are given by their last day. `settings`: by which its clocks will be counted.

    LedgerError or DocumentError where it is none.
    """
    try:
        document = _opened(source, data)
        seen = looks(source, data, LEDGER_LIMITS) if data and document.format == "xlsx" else None
        return from_document(document, given, seen=seen, today=today, calendar=calendar, settings=settings)
    except (LedgerError, DocumentError) as error:
        if data and (found := broken(data)):
            raise LedgerError(found[0], **found[1]) from None
        if isinstance(error, DocumentError) and error.template == TOO_MUCH:
            raise LedgerError("内容太多，没有读：一个台账最多一万行左右，请分成几个文件再给") from None
        raise


def from_document(
    document: Document,
    given: Mapping[str, str] | None = None,
    *,
    seen: Looks | None = None,
    today: date | None = None,
    calendar: Calendar | None = None,
    settings: Settings | None = None,
) -> tuple[Ledger, Reading]:
    """读打开了的台账 — of its first view. LedgerError where no sheet is a ledger (条例 第五十条)."""
    view = next(document.views())
    if view.uncomputed and seen is None:
        raise LedgerError("有 {count} 个公式没有算好的值。请用表格程序打开，保存一次再给", count=view.uncomputed)
    try:
        reading = read(view, layouts(), given, looks=seen, today=today, name=PurePath(document.source).stem)
    except ColumnsError as error:
        raise LedgerError(error.template, **error.values) from None
    return Maker(reading, calendar or Calendar.load(), today, settings or Settings.of({})).ledger(), reading


def _opened(source: str, data: bytes | None) -> Document:
    found = list(open_documents(source, data, limits=LEDGER_LIMITS))
    documents = [each for each in found if isinstance(each, Document)]
    if len(found) > 1:
        raise LedgerError("里面有 {count} 个文件，请解压以后一个一个给", count=len(found))
    if not documents:
        raise next((each for each in found if isinstance(each, DocumentError)), LedgerError("没有表格"))
    if documents[0].format in ("txt", "md") and source.lower().endswith((".xlsx", ".xls", ".et", ".ods")):
        raise LedgerError("文件名是表格，里面却是文字，可能坏了；请用表格程序打开看看，重新另存一份")
    return documents[0]
