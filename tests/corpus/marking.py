"""判卷 — a survey of a generated corpus against its key: what is wrong without a mark, what was not found."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq

from gongkai.report.survey.tables import paths
from tests.corpus.generate import Answer

_MARKED = ("doubtful", "absent")
_FOUND_BY = {
    "sum": ("applications.", "remedies."),
    "late": ("timeliness.late",),
    "copied": ("likeness.section",),
    "carried": ("continuity.carried_in",),
}


@dataclass(slots=True)
class Mark:
    """判卷结果 — figures compared, marked and silently wrong; faults planted and not found; false errors; refusals."""

    figures: int = 0
    marked: int = 0
    silent: list[str] = field(default_factory=list)
    planted: int = 0
    missed: list[str] = field(default_factory=list)
    false: list[str] = field(default_factory=list)
    refused: list[str] = field(default_factory=list)

    def __str__(self) -> str:
        return (
            f"{self.figures} figures, {self.marked} marked, {len(self.silent)} silently wrong; "
            f"{self.planted} faults planted, {len(self.missed)} missed, {len(self.false)} false errors; "
            f"{len(self.refused)} noisy reports refused"
        )


def mark(out: Path, answers: list[Answer]) -> Mark:
    """判卷 — every answer of the key is looked for in the three tables."""
    tables = {name: pq.read_table(path) for name, path in paths(out).items()}
    reports = {row["source"]: row for row in tables["reports"].to_pylist()}
    findings: dict[str, list[dict[str, Any]]] = defaultdict(list)
    for row in tables["findings"].select(["source", "rule", "severity", "figures"]).to_pylist():
        findings[row["source"]].append(row)
    figures: dict[str, dict[str, tuple[Any, str | None]]] = defaultdict(dict)
    columns = (tables["figures"].column(name).to_pylist() for name in ("source", "address", "value", "amount", "state"))
    for source, address, value, amount, state in zip(*columns, strict=True):
        figures[source][address] = (value if amount is None else amount, state)
    by_year = {(a.agency, a.year): a for a in answers if "older" not in a.faults and a.format}
    instead = {a.reissue: (a, reports[a.source]) for a in answers if a.reissue and "older" not in a.faults}
    result = Mark()
    for answer in answers:
        report = reports[answer.source]
        _mark(answer, by_year, report, findings[answer.source], figures.get(answer.source, {}), result)
        if "older" in answer.faults and not _gives_way(report, *instead[answer.reissue]):
            result.missed.append(f"{answer.source}: older")
    assert len(reports) == len(answers)
    return result


def _mark(
    answer: Answer,
    by_year: Mapping[tuple[str, int], Answer],
    report: Mapping[str, Any],
    findings: list[dict[str, Any]],
    figures: Mapping[str, tuple[Any, str | None]],
    result: Mark,
) -> None:
    unreadable = report["unreadable"] is not None
    if "unreadable" in answer.faults or unreadable:
        if not unreadable:
            result.missed.append(f"{answer.source}: read, and it is no report")
        elif not answer.noises and not answer.faults:
            result.false.append(f"{answer.source}: {report['unreadable']}")
        elif "unreadable" not in answer.faults:
            (result.missed if "scan" in answer.noises else result.refused).append(answer.source)
        return
    if not answer.noises:
        if (report["agency"], report["year"]) != (answer.agency, answer.year):
            result.missed.append(f"{answer.source}: taken for {report['agency']} {report['year']}")
        result.false += [f"{answer.source}: {rule}" for rule in _false(answer, by_year, findings)]
    told = {address for finding in findings if finding["severity"] == "error" for address in finding["figures"]}
    for fault in answer.faults:
        result.planted += 1
        if fault != "older" and not _is_found(fault, answer, by_year, report, findings):
            result.missed.append(f"{answer.source}: {fault}")
    if report["counted"]:
        result.silent += [f"{answer.source}: {wrong}" for wrong in _silent(answer, figures, told, result)]


def _is_found(
    fault: str,
    answer: Answer,
    by_year: Mapping[tuple[str, int], Answer],
    report: Mapping[str, Any],
    findings: list[dict[str, Any]],
) -> bool:
    if fault == "alias":
        return bool(report["agency"] == answer.agency)
    last = by_year.get((answer.agency, answer.year - 1))
    if fault in ("carried", "copied") and (last is None or last.noises):
        return True  # last year's report is not there, or may have been read as somebody else's
    return any(finding["rule"].startswith(_FOUND_BY[fault]) for finding in findings)


def _gives_way(report: Mapping[str, Any], newer: Answer, other: Mapping[str, Any]) -> bool:
    """Whether the newer of two counts in place of this one, unless noise on the newer one left nobody able to know it:
    it could not be read, or not whose it is, of which year, or of which day."""
    if not report["counted"] or not newer.noises:
        return not report["counted"]
    same = all(report[name] == other[name] for name in ("agency", "year"))
    return other["unreadable"] is not None or not same or _dated(other) <= _dated(report)


def _dated(report: Mapping[str, Any]) -> str:
    return max(str(report[name] or "") for name in ("published_on", "signed_on"))


def _false(answer: Answer, by_year: Mapping[tuple[str, int], Answer], findings: list[dict[str, Any]]) -> Iterator[str]:
    """Errors of a report in which there are none: sums hold, and last year's rest is what was carried in."""
    last = by_year.get((answer.agency, answer.year - 1))
    for finding in findings:
        if finding["severity"] != "error" or finding["rule"].startswith("reading."):
            continue
        follows = finding["rule"] == "continuity.carried_in"
        if follows and (last is None or last.noises or {"sum", "carried"} & {*last.faults, *answer.faults}):
            continue
        if not follows and "sum" in answer.faults:
            continue
        yield finding["rule"]


def _silent(
    answer: Answer, figures: Mapping[str, tuple[Any, str | None]], told: set[str], result: Mark
) -> Iterator[str]:
    for address, expected in answer.figures.items():
        result.figures += 1
        value, state = figures.get(address, (None, "absent"))
        true = Decimal(expected) if isinstance(expected, str) else expected
        is_marked = state in _MARKED or (state == "blank" and value is None) or answer.fates.get(address) == "gone"
        # No second sum stands over a figure of 表四: what broke its only one is told.
        if value == true:
            continue
        result.marked += 1
        if not answer.noises:
            result.false.append(f"{answer.source}: {address} {expected} is plain to see, {value} ({state})")
        if not is_marked and not (address.startswith("remedies.") and address in told):
            yield f"{address} {expected} read as {value} ({state}) {answer.noises}"
