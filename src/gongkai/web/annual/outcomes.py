"""读取结果 — what was read of one file, as the desk keeps it for the hour: the report and its source, or why not."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from gongkai.documents.document import KEPT, Document, DocumentError, Grid
from gongkai.documents.opening import open_documents
from gongkai.report.figures import AnnualReport
from gongkai.report.interchange import from_json, to_json
from gongkai.report.reading import read_document
from gongkai.report.reading.parts import parts
from gongkai.web.annual.keeping import load, write
from gongkai.web.annual.pages import keep_layouts

FAULT_OF_OURS = "读到一半程序出错了（{kind}）。其余文件不受影响；请把这个文件反馈给我们"


@dataclass(frozen=True, slots=True)
class Outcome:
    """读取结果 — one file: its report, or `refused` with its `values` (a template, as everywhere). `part`: the sheet or
    the title of the report where the file holds several.

    `rows`: the cells of the source's tables, grid column and text, by `table.row`; `lines`: its text by line number.
    """

    source: str
    format: str = ""
    part: str | None = None
    report: AnnualReport | None = None
    rows: dict[str, list[tuple[int, str]]] = field(default_factory=dict)
    lines: dict[str, str] = field(default_factory=dict)
    refused: str | None = None
    values: dict[str, Any] = field(default_factory=dict)


def read_upload(folder: Path, number: int, name: str) -> None:
    """读一个文件 — everything that upload `number` holds, each outcome written as soon as it is known."""
    data = (folder / "given" / str(number)).read_bytes()
    for member, opened in enumerate(_reports(name, data), start=1):
        read = _read(opened)
        if isinstance(read, AnnualReport) and isinstance(opened, Document):
            keep_layouts(folder, number, member, opened, read)
        write(folder / "read" / f"{number}-{member}", _outcome(opened, read))


def _reports(name: str, data: bytes) -> Iterator[Document | DocumentError]:
    """Every report of every document in the file."""
    for opened in open_documents(name, data):
        if isinstance(opened, DocumentError):
            yield opened
            continue
        try:
            yield from parts(opened)
        except DocumentError as error:
            yield error


def outcomes(folder: Path, number: int) -> Iterator[tuple[str, Path]]:
    """读取结果 — the numbers `n-m` and files of what has been read of upload `number` so far, in order."""
    member = 1
    while (path := folder / "read" / f"{number}-{member}").exists():
        yield path.name, path
        member += 1


def outcome(path: Path) -> Outcome | None:
    """读取结果 — what `read_upload` wrote there."""
    data = load(path)
    if data is None:
        return None
    report = data.pop("report", None)
    return Outcome(report=from_json(report) if report else None, **data)


def refusal(source: str, template: str, **values: object) -> dict[str, object]:
    """读不了 — why, as an outcome."""
    return {"source": source, "refused": template, "values": values}


def _read(opened: Document | DocumentError) -> AnnualReport | DocumentError:
    if isinstance(opened, DocumentError):
        return opened
    try:
        return read_document(opened)
    except DocumentError as error:
        return error
    except Exception as error:  # a fault of ours in one file must not cost the other thirty-nine
        return DocumentError(opened.source, FAULT_OF_OURS, kind=type(error).__name__)


def _outcome(opened: Document | DocumentError, read: AnnualReport | DocumentError) -> dict[str, object]:
    if isinstance(opened, DocumentError):
        return _refused(opened)
    if isinstance(read, DocumentError):
        return _refused(read)
    rows, lines = _source(opened)
    return {
        "source": opened.source,
        "format": opened.format,
        "part": opened.part,
        "report": to_json(read, places=True),
        "rows": rows,
        "lines": lines,
    }


def _refused(error: DocumentError) -> dict[str, object]:
    values = {name: value if isinstance(value, int | float) else str(value) for name, value in error.values.items()}
    # The row names the file already.
    return refusal(error.source, error.template.removeprefix("{file}："), **values)


def _source(document: Document) -> tuple[dict[str, list[tuple[int, str]]], dict[str, str]]:
    """The text beside a figure: of the views that were made, by the numbers that places speak of."""
    rows: dict[str, list[tuple[int, str]]] = {}
    lines: dict[str, str] = {}
    for view in document.made:
        if view.name == KEPT:
            continue
        for block in view.blocks:
            if isinstance(block, Grid):
                for number, row in enumerate(block.rows, start=1):
                    rows.setdefault(f"{block.number}.{number}", [(cell.column, cell.text) for cell in row.cells])
            elif block.line is not None:
                lines.setdefault(line_key(block.page, block.line), block.text)
    return rows, lines


def line_key(page: int | None, line: int | None) -> str:
    """行号 — by which a line of text is kept: the lines of a PDF are counted on each page."""
    return f"{line}" if page is None else f"{page}.{line}"
