"""一段结果 — settled rows to the three tables: figures in long form, findings, reports (interchange `survey`).

Runs in processes of its own, one stretch of rows at a time; what a report has to do with last year's is checked here.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date
from decimal import Context, Decimal, InvalidOperation
from pathlib import Path
from typing import Any, NamedTuple

import pyarrow as pa

from gongkai.report.checks import Finding, Severity, check_previous
from gongkai.report.figures import AnnualReport, State
from gongkai.report.form import Edition, form
from gongkai.report.interchange import from_json
from gongkai.report.survey.parts import Kept, Record, load
from gongkai.report.survey.tables import TABLES, schema, tables

_WEIGHTS = [str(severity) for severity in Severity]
_MOST = 2**63
_MOST_PLACES = 2**31
_EXACT = Context(prec=38)
_SCALE = Decimal(1).scaleb(-12)
_DOCUMENT = form(Edition.E2021).document


class Settled(NamedTuple):
    """归并好的一份 — where its record is, and what was settled about it; `previous`: record and year of last year's."""

    source: str
    kept: Kept | None
    place: int
    agency: str | None
    year: int | None
    counted: bool
    instead: str | None
    previous: tuple[Kept, int, int] | None
    findings: tuple[Finding, ...]
    refused: tuple[str, dict[str, object]] | None = None


class Refused(NamedTuple):
    """读不了的一份 — its source and the sentence that says why (`template.format(**values)`)."""

    source: str
    template: str
    values: dict[str, object]


class Shard(NamedTuple):
    """一段结果 — the rows of the three tables, the files that could not be read, and how many reports are how."""

    tables: dict[str, pa.RecordBatch]
    refused: list[Refused]
    counts: Counter[str]


def shard(folder: Path, rows: Sequence[Settled]) -> Shard:
    """一段结果 — of these rows, in their order."""
    columns: dict[str, dict[str, list[Any]]] = {
        name: {column.name: [] for column in tables()[name].columns} for name in TABLES
    }
    refused: list[Refused] = []
    counts: Counter[str] = Counter()
    for row in rows:
        record = load(folder, row.kept)[row.place] if row.kept else {}
        source = row.source + record.get("member", "")
        if "report" in record:
            report = _settled(record, row)
            findings = _findings(report, record, row, folder)
            _add_figures(columns["figures"], source, row, record["report"])
        else:
            template, values = row.refused or (record["error"], record["values"])
            refused.append(Refused(source, template, {"file": source, **values}))
            report, findings = None, [_unreadable(refused[-1])]
        _add_findings(columns["findings"], source, row, report, findings)
        _add_report(columns["reports"], source, row, record, findings)
        counts.update(_kinds(row, record, findings))
    batches = {name: pa.RecordBatch.from_pydict(of_table, schema=schema(name)) for name, of_table in columns.items()}
    return Shard(batches, refused, counts)


def _settled(record: Record, row: Settled) -> AnnualReport:
    return replace(from_json(record["report"]), agency=row.agency, year=row.year)


def _findings(report: AnnualReport, record: Record, row: Settled, folder: Path) -> list[Record]:
    last = []
    if row.previous is not None:
        kept, place, year = row.previous
        before = from_json(load(folder, kept)[place]["report"])
        last.append(replace(before, agency=row.agency, year=year))
    found = [*row.findings, *check_previous(report, last)]
    return sorted(
        [*record["findings"], *(finding.to_json() for finding in found)],
        key=lambda finding: _WEIGHTS.index(finding["severity"]),
    )


def _unreadable(refused: Refused) -> Record:
    finding = Finding(
        "reading.unreadable", Severity.ERROR, (), refused.template, f"《政府信息公开条例》第五十条；{_DOCUMENT}"
    )
    return replace(finding, values=refused.values).to_json()


def _kinds(row: Settled, record: Record, findings: Iterable[Record]) -> Iterable[str]:
    if "report" not in record:
        return ["unreadable"]
    states = record["report"]["states"].values()
    is_wrong = any(finding["severity"] == Severity.ERROR for finding in findings)
    return [
        "reports",
        *["twice"] * (not row.counted),
        *["wrong"] * is_wrong,
        *["unsure"] * bool({State.ABSENT, State.DOUBTFUL} & set(states)),
    ]


def _add_figures(columns: dict[str, list[Any]], source: str, row: Settled, report: Record) -> None:
    if not row.counted:
        return
    figures, states = report["figures"], report["states"]
    count = len(figures)
    values = [value if isinstance(value, int) and -_MOST <= value < _MOST else None for value in figures.values()]
    amounts = [_amount(value) if isinstance(value, str) else None for value in figures.values()]
    for name, repeated in (("source", source), ("agency", row.agency), ("year", row.year)):
        columns[name] += [repeated] * count
    columns["edition"] += [report["edition"]] * count
    columns["address"] += figures
    columns["value"] += values
    columns["amount"] += amounts
    # A number too large to be kept is no figure that anybody may count with.
    columns["state"] += [
        State.ABSENT if kept is None and amount is None and figures[address] is not None else states.get(address)
        for address, kept, amount in zip(figures, values, amounts, strict=True)
    ]


def _amount(printed: str) -> Decimal | None:
    try:
        return Decimal(printed).quantize(_SCALE, context=_EXACT)
    except InvalidOperation:
        return None


def _add_findings(
    columns: dict[str, list[Any]], source: str, row: Settled, report: AnnualReport | None, findings: Iterable[Record]
) -> None:
    for finding in findings:
        values = {**finding, "source": source, "agency": row.agency, "year": row.year}
        values["edition"] = None if report is None else str(report.edition)
        values["place"] = _place(finding["place"])
        for side in ("expected", "found"):
            values[side] = None if finding[side] is None else str(finding[side])
        for name, column in columns.items():
            column.append(values[name])


def _place(given: Record | None) -> Record | None:
    """Where a figure stands; a report typed elsewhere may hold anything for a page or a row."""
    if given is None:
        return None
    counted = {name: at for name, at in given.items() if isinstance(at, int) and 0 <= at < _MOST_PLACES}
    return {**counted, "printed": str(given["printed"]) if "printed" in given else None}


def _add_report(
    columns: dict[str, list[Any]], source: str, row: Settled, record: Record, findings: Sequence[Record]
) -> None:
    report = record.get("report", {})
    states = Counter(report.get("states", {}).values())
    weights = Counter(finding["severity"] for finding in findings)
    values: dict[str, Any] = {
        "source": source,
        "agency": row.agency,
        "year": row.year,
        "printed_agency": report.get("agency"),
        "format": record.get("format"),
        "counted": row.counted and bool(report),
        "instead": row.instead,
        "unreadable": None if report else findings[0]["message"],
        **{f"{weight}s": weights[weight] for weight in _WEIGHTS},
        **{str(state): states[state] for state in State},
        **{name: report.get(name) for name in ("edition", "title", "preface")},
        **{name: _day(report.get(name)) for name in ("signed_on", "published_on")},
        **{f"section_{section['number']}": section["text"] for section in report.get("sections", ())},
    }
    for name, column in columns.items():
        column.append(values.get(name))


def _day(written: str | None) -> date | None:
    try:
        return date.fromisoformat(written) if written else None
    except ValueError:
        return None
