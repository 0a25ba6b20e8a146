"""台账的 JSON — the lines of interchange: one a request, one that stopped, and the figures (条例 第五十条)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

from gongkai.cli.console import Console
from gongkai.cli.ledger_cases import with_aside
from gongkai.documents.columns import Place, Reading
from gongkai.documents.columns.heads import Matched
from gongkai.law.requests.course import Course
from gongkai.law.requests.states import Mark
from gongkai.report.figures import AnnualReport
from gongkai.report.ledger import COUNTED, Line, RefusedRow, Stopped
from gongkai.report.ledger.remedies_beside import remedies_beside

DATES = (
    "received_on",
    "correction_notice_by",
    "first_period_ends_on",
    "due_on",
    "due_on_strict",
    "strict_on",
    "provisional",
    "applicant_until",
    "lapse_from",
    "third_party_until",
    "co_maker_until",
    "answered_on",
    "late_workdays",
)


def to_json(line: Line, console: Console) -> dict[str, object]:
    """一件的 JSON — a line of interchange; what does not apply is null (条例 第三十三条)."""
    found = line.course
    row: dict[str, object] = {"id": found.id, "position": found.position.value, "waits_for": found.waits_for}
    for name in DATES:
        value = getattr(found, name)
        row[name] = value.isoformat() if isinstance(value, date) else value
    if found.received_on is None:
        row["provisional"] = None
    cell = found.cell
    if cell:
        row["cell"] = {"row": cell.row.value, "column": cell.column.value, "closed_on": cell.closed_on.isoformat()}
    else:
        row["cell"] = None
    row["marks"] = [mark.value for mark in found.marks if line.is_sure or mark is not Mark.ANSWERED_LATE]
    if not line.is_sure:
        row["late_workdays"] = None
    row["refused"] = [_refused(each, console) for each in line.refused]
    row["unread"] = []
    row["steps"] = [console.text(step.template, **step.values) for step in found.steps]
    return row


def stopped_to_json(stopped: Sequence[Stopped], clock: Course | None, console: Console) -> dict[str, object]:
    """没有计入的一件的 JSON — the shape of a line, with what stopped it and where under `refused` (条例 第五十条).

    `clock`: its course where no cell that moves it is wrong.
    """
    row: dict[str, object] = {"id": stopped[0].id, "position": None, "waits_for": None, **dict.fromkeys(DATES)}
    row |= {"marks": [], "unread": [], "steps": []}
    if clock:
        row |= to_json(Line(clock, ()), console) | {"id": stopped[0].id}
    refused = []
    for each in stopped:
        place = {"sheet": each.sheet, "row": each.row, "column": each.column} if each.row else {}
        reason = console.text(each.template, **each.values)
        refused.append({"act": None, "on": None, "reason": reason, **place})
    return {**row, "cell": None, "refused": refused}


def figures_to_json(
    report: AnnualReport,
    parts: Mapping[str, Sequence[str]],
    cut_on: date,
    reading: Reading | None,
    assumed: Sequence[Stopped],
    remedies: Sequence[tuple[str, RefusedRow]],
    console: Console,
) -> dict[str, object]:
    """表三、表四的 JSON — the last line; `refused`: of remedies; `reading`: of a spreadsheet (条例 第五十条)."""
    counted = {address: value for address, value in report.figures.items() if address.startswith(COUNTED)}
    return {
        "year": cut_on.year,
        "cut_on": cut_on.isoformat(),
        "figures": counted,
        "parts": parts,
        "refused": [{"id": number, **_refused(each, console)} for number, each in remedies],
        "reading": {**_reading(reading), "assumed": _assumed(assumed, console)} if reading else None,
    }


def _refused(row: RefusedRow, console: Console) -> dict[str, object]:
    reason = console.text(row.template, **row.values)
    reason = with_aside(console, reason, row)
    return {"act": row.act or None, "on": row.on or None, "reason": reason, **row.place}


def _reading(reading: Reading) -> dict[str, object]:
    return {
        "heads": [_heads(each) for each in reading.heads],
        "skipped": [{"sheet": each.sheet, "row": each.row, "why": each.why} for each in reading.skipped],
        "unread_sheets": reading.unread,
        "hidden_sheets": reading.hidden,
        "uncounted_sheets": [{**each._asdict(), "rows": list(each.rows)} for each in reading.uncounted],
        "rows_out_of_sight": [{"sheet": sheet, "rows": list(rows)} for sheet, rows in reading.unseen.items()],
        "columns_out_of_sight": [
            {"sheet": sheet, "columns": [_letters(at) for at in columns]}
            for sheet, columns in reading.unseen_columns.items()
        ],
        "years_from_titles": [
            {"sheet": sheet, "year": year.year, "from": year.source, "days": days}
            for (sheet, year), days in reading.lent.items()
        ],
        "remedies_beside": [{**each._asdict(), "rows": list(each.rows)} for each in remedies_beside(reading.entries)],
        "without_heads": [
            {"sheet": sheet, "column": _letters(column), "rows": rows}
            for (sheet, column), rows in reading.strays.items()
        ],
    }


def _assumed(assumed: Sequence[Stopped], console: Console) -> list[dict[str, object]]:
    return [
        {
            "id": each.id,
            "sheet": each.sheet,
            "row": each.row,
            "column": each.column,
            "reason": console.text(each.template, **each.values),
        }
        for each in assumed
    ]


def _heads(heads: Matched) -> dict[str, object]:
    return {
        "sheet": heads.sheet,
        "row": heads.ends_at + 1,
        "layout": heads.layout,
        "columns": [
            {
                "name": name,
                "columns": [_letters(at) for at in heads.cells(name) if at],
                "head": head,
                "unsure": name in heads.unsure,
            }
            for name, head in heads.printed.items()
        ],
        "unused": [{"column": _letters(column), "head": head} for head, column in heads.unknown.items()],
    }


def _letters(column: int) -> str:
    return Place("", 0, column).letters
