"""一段结果 — settled rows to the three tables: figures in long form, findings, reports (interchange `survey`).

Runs in processes of its own, one stretch of rows at a time; what a report has to do with last year's is checked here.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date
from decimal import Context, Decimal, InvalidOperation
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

import pyarrow as pa

from gongkai.report.checks import Finding, Severity, check_previous
from gongkai.report.figures import State
from gongkai.report.form import Edition, form
from gongkai.report.survey.compact import Compact, form_of, states_of, unpacked
from gongkai.report.survey.parts import Kept, Record, load
from gongkai.report.survey.tables import schema, tables

Columns = dict[str, list[Any]]

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
    findings: Columns = {column.name: [] for column in tables()["findings"].columns}
    reports: Columns = {column.name: [] for column in tables()["reports"].columns}
    figures = Figures()
    refused: list[Refused] = []
    counts: Counter[str] = Counter()
    for row in rows:
        record = load(folder, row.kept)[row.place] if row.kept else {}
        source = row.source + record.get("member", "")
        if "report" in record:
            found = _findings(record, row, folder)
            if row.counted:
                figures.add(source, row, record["report"], record.get("part"))
        else:
            template, values = row.refused or (record["error"], record["values"])
            refused.append(Refused(source, template, {"file": source, **values}))
            found = [_unreadable(refused[-1])]
        _add_findings(findings, source, row, record, found)
        _add_report(reports, source, row, record, found)
        counts.update(_kinds(row, record, found))
    batches = {
        "figures": figures.batch(),
        "findings": pa.RecordBatch.from_pydict(findings, schema=schema("findings")),
        "reports": pa.RecordBatch.from_pydict(reports, schema=schema("reports")),
    }
    return Shard(batches, refused, counts)


class Figures:
    """数据 — the figures of many reports in long form, column by column; what a whole report shares is held once."""

    def __init__(self) -> None:
        self._whose: list[tuple[str, str | None, int | None, str, str | None]] = []
        self._counts: list[int] = []
        self._addresses: list[pa.Array] = []
        self._values: list[int | None] = []
        self._amounts: list[tuple[int, Decimal]] = []
        self._states: list[str | None] = []

    def add(self, source: str, row: Settled, kept: Compact, part: str | None) -> None:
        """加一份 — its figures, in the order of the form."""
        self._whose.append((source, row.agency, row.year, kept["edition"], part))
        self._counts.append(len(kept["figures"]))
        self._addresses.append(_addresses(form_of(kept).addresses))
        states = states_of(kept)
        for at, value in enumerate(kept["figures"]):
            if isinstance(value, str):
                kept_amount = _amount(value)
                if kept_amount is not None:
                    self._amounts.append((len(self._values), kept_amount))
                value, is_lost = None, kept_amount is None
            else:
                is_lost = value is not None and not -_MOST <= value < _MOST
            # A number too large to be kept is no figure that anybody may count with.
            if is_lost:
                value, states[at] = None, State.ABSENT
            self._values.append(value)
        self._states += states

    def batch(self) -> pa.RecordBatch:
        """成表 — the long form."""
        of = schema("figures")
        index = pa.array([n for n, count in enumerate(self._counts) for _ in range(count)], pa.int32())
        columns = [
            pa.array(column, of.field(n).type).take(index)
            for n, column in enumerate(zip(*self._whose, strict=True) if self._whose else [[]] * 5)
        ]
        amounts: list[Decimal | None] = [None] * len(self._values)
        for at, amount in self._amounts:
            amounts[at] = amount
        columns += [
            pa.concat_arrays(self._addresses) if self._addresses else pa.array([], pa.string()),
            pa.array(self._values, of.field("value").type),
            pa.array(amounts, of.field("amount").type),
            pa.array(self._states, pa.string()),
        ]
        return pa.RecordBatch.from_arrays(columns, schema=of)


@cache
def _addresses(addresses: tuple[str, ...]) -> pa.Array:
    return pa.array(addresses, pa.string())


def _findings(record: Record, row: Settled, folder: Path) -> list[Record]:
    report, last = unpacked(record["report"], row.agency, row.year), []
    if row.previous is not None:
        kept, place, year = row.previous
        last.append(unpacked(load(folder, kept)[place]["report"], row.agency, year))
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
    states = states_of(record["report"])
    is_wrong = any(finding["severity"] == Severity.ERROR for finding in findings)
    return [
        "reports",
        *["twice"] * (not row.counted),
        *["wrong"] * is_wrong,
        *["unsure"] * bool({State.ABSENT, State.DOUBTFUL} & set(states)),
    ]


def _amount(printed: str) -> Decimal | None:
    try:
        return Decimal(printed).quantize(_SCALE, context=_EXACT)
    except InvalidOperation:
        return None


def _add_findings(columns: Columns, source: str, row: Settled, record: Record, findings: Iterable[Record]) -> None:
    for finding in findings:
        values = {**finding, "source": source, "agency": row.agency, "year": row.year}
        values["edition"] = record.get("report", {}).get("edition")
        values["part"] = record.get("part")
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


def _add_report(columns: Columns, source: str, row: Settled, record: Record, findings: Sequence[Record]) -> None:
    report = record.get("report", {})
    states = Counter(states_of(report) if report else ())
    weights = Counter(finding["severity"] for finding in findings)
    values: dict[str, Any] = {
        "source": source,
        "agency": row.agency,
        "year": row.year,
        "part": record.get("part"),
        "printed_agency": report.get("agency"),
        "format": record.get("format"),
        "counted": row.counted and bool(report),
        "instead": row.instead,
        "unreadable": None if report else findings[0]["message"],
        **{f"{weight}s": weights[weight] for weight in _WEIGHTS},
        **{str(state): states[state] for state in State},
        **{name: report.get(name) for name in ("edition", "title", "preface")},
        **{name: _day(report.get(name)) for name in ("signed_on", "published_on")},
        **{f"section_{number}": text for number, _, text in report.get("sections", ())},
    }
    for name, column in columns.items():
        column.append(values.get(name))


def _day(written: str | None) -> date | None:
    try:
        return date.fromisoformat(written) if written else None
    except ValueError:
        return None
