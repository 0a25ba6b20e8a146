"""读出年报 — files to reports, one after the other; a bad one says why and never stops the rest."""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence

from gongkai.cli.console import Console
from gongkai.cli.streams import on_one_line
from gongkai.documents.document import Document, DocumentError
from gongkai.documents.opening import open_documents
from gongkai.report.figures import AnnualReport
from gongkai.report.reading import read_document
from gongkai.report.reading.parts import parts

FILES = (
    "年报：html mht docx doc wps rtf odt pdf ofd txt md csv xlsx xls et ods json png jpg tiff，或其 zip；- 是标准输入"
)

TORN = '第 {rows} 行有一个英文双引号（"）没有成对，照原样读，没有把后面的行并进这一格；请打开看看，多写的删去'
"""不成对的引号 — what is said of the rows of a csv with a quote that has no partner."""

FINE, ATTENTION, UNREADABLE = 0, 1, 2


def read_reports(sources: Sequence[str], console: Console) -> Iterator[AnnualReport | DocumentError]:
    """读出年报 — each file as a report, or as the reason why it is none; a zip gives one for each of its members."""
    for source in console.progress(sources):
        for opened in open_documents(source):
            if isinstance(opened, Document):
                _tell_torn(opened, console)
                yield from read_parts(opened)
            else:
                yield opened


def row_numbers(rows: Sequence[int], console: Console) -> str:
    """行号 — the first ten rows, as a sentence lists them."""
    return console.listed(map(str, rows[:10])) + ("…" if len(rows) > 10 else "")


def _tell_torn(document: Document, console: Console) -> None:
    """Of a csv, on standard error, the rows with a quote that has no partner."""
    if document.format == "csv" and (rows := next(document.views()).torn):
        reason = console.text(TORN, rows=row_numbers(rows, console))
        console.error("{source}：{reason}", source=console.name(document.source), reason=reason)


def only_report(source: str, console: Console) -> AnnualReport | DocumentError:
    """读出一份 — the one report in a file: a zip may hold more, and which of them is meant is not for us to guess."""
    found = list(read_reports([source], console))
    if len(found) == 1:
        return found[0]
    message = "{file}：里面有 {count} 份文件，一次只能用一份。请解压后指定其中一份"
    return DocumentError(source, message, file=source, count=len(found))


def refuse(error: DocumentError, console: Console, *, json: bool) -> int:
    """读不了 — say so in one sentence, and as a JSON line where lines are asked for; exit status 2."""
    reason = console.text(error.template, **error.values)
    if not reason.endswith(("。", ".")):
        reason += console.translate("。").rstrip()
    if json:
        console.json({"source": error.source, "error": reason})
    console.error(
        "{reason}" if on_one_line(error.source) in reason else "{source}：{reason}", source=error.source, reason=reason
    )
    return UNREADABLE


def read_parts(document: Document) -> Iterator[AnnualReport | DocumentError]:
    """读各份 — every report that a document holds: a workbook may have a sheet for each township (条例 第五十条)."""
    try:
        found = parts(document)
    except DocumentError as error:
        yield error
        return
    yield from map(read_one, found)


def called(report: AnnualReport | DocumentError, console: Console) -> str:
    """怎样称呼 — the file, and where it holds several reports which of them (条例 第五十条)."""
    name = console.name(report.source)
    part = report.part if isinstance(report, AnnualReport) else None
    return console.text("{name}（{part}）", name=name, part=part) if part else name


def read_one(document: Document) -> AnnualReport | DocumentError:
    """读一份 — the report that a document holds, or why it is none; never raises (条例 第五十条)."""
    try:
        return read_document(document)
    except DocumentError as error:
        return error
    except Exception as error:
        # A fault of ours in one file must not cost the other thirty-nine; GONGKAI_DEBUG shows where it happened.
        if os.environ.get("GONGKAI_DEBUG"):
            raise
        return DocumentError(
            document.source, "读到一半程序出错了（{kind}），请把这个文件反馈给我们", kind=type(error).__name__
        )
