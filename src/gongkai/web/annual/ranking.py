"""排序与筛选 — the table of many files as its reader wants it: worst first, by body, by year, only the faulty."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from gongkai.web.annual.keeping import Upload
from gongkai.web.annual.queries import Sheet


@dataclass(frozen=True, slots=True)
class Line:
    """一行 — one file: a sheet, or an upload that was not taken; the verdict is error, warning, fine or refused."""

    name: str
    agency: str
    year: int | None
    errors: int
    warnings: int
    notes: int
    verdict: str
    sheet: Sheet | None = None
    refused: str = ""
    values: Mapping[str, object] | None = None


VERDICTS = ("error", "refused", "warning", "fine")

SORTS: dict[str, Callable[[Line], Any]] = {
    "verdict": lambda line: (VERDICTS.index(line.verdict), -line.errors, -line.warnings, line.name),
    "name": lambda line: line.name,
    "agency": lambda line: (line.agency == "", line.agency, -(line.year or 0)),
    "year": lambda line: (-(line.year or 0), line.agency),
    "errors": lambda line: (-line.errors, -line.warnings, line.name),
    "warnings": lambda line: (-line.warnings, -line.errors, line.name),
}
"""排序 — the name of a column to what its order is."""


def lines(read: Sequence[Sheet], refused: Sequence[Upload]) -> list[Line]:
    """各行 — one for every file: those that were read, those that were not, those that were not even taken."""
    found = [_line(sheet) for sheet in read if not sheet.is_previous or sheet.report is None]
    return found + [_refused(upload) for upload in refused]


def ranked(asked: Mapping[str, str], everything: Sequence[Line]) -> dict[str, object]:
    """排序与筛选 — the lines that are asked for by `sort`, `show` and `find`, how many there are of each kind, of how
    many files; and how many reports, where a file holds several."""
    sort = asked.get("sort", "verdict")
    show, wanted = asked.get("show", ""), asked.get("find", "").strip()
    shown = [line for line in everything if show not in VERDICTS or line.verdict == show]
    kept = [line for line in shown if wanted.casefold() in f"{line.name}{line.agency}".casefold()]
    sheets = [line.sheet for line in everything if line.sheet]
    files = len({sheet.file for sheet in sheets}) + len(everything) - len(sheets)
    return {
        "lines": sorted(kept, key=SORTS.get(sort, SORTS["verdict"])),
        "total": files,
        "reports": sum(sheet.report is not None for sheet in sheets) if files != len(everything) else None,
        "tally": {verdict: sum(line.verdict == verdict for line in everything) for verdict in VERDICTS},
        "sort": sort if sort in SORTS else "verdict",
        "show": show if show in VERDICTS else "",
        "find": wanted,
    }


def _line(sheet: Sheet) -> Line:
    report, counts = sheet.report, sheet.counts
    if report is None:
        refused = str(sheet.outcome.refused)
        return Line(sheet.name, "", None, 0, 0, 0, "refused", sheet, refused, sheet.outcome.values)
    verdict = "error" if counts["error"] else "warning" if counts["warning"] else "fine"
    agency = report.agency or ""
    return Line(sheet.name, agency, report.year, counts["error"], counts["warning"], counts["note"], verdict, sheet)


def _refused(upload: Upload) -> Line:
    return Line(upload.name, "", None, 0, 0, 0, "refused", None, str(upload.refused), upload.values)
