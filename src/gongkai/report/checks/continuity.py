"""年度衔接核验 — this year's report against last year's of the same body (条例 第五十条；年报表二、表三)."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import replace

from gongkai.report.checks.finding import Finding
from gongkai.report.checks.rules import rules
from gongkai.report.equations import unread_figures
from gongkai.report.figures import AnnualReport
from gongkai.report.form import Line
from gongkai.report.naming import TABLES, names
from gongkai.text.folding import squeeze

# A table of so many unlike figures does not come out the same in two years.
UNLIKE, PAIR = 4, 2


def check_continuity(report: AnnualReport, previous: Collection[AnnualReport]) -> Iterator[Finding]:
    """年度衔接核验 — findings against the one of `previous` that is of the same body and of the year before.

    Figures that either report leaves blank or unread are not compared; no match is a note.
    """
    last = last_year(report, previous)
    if last is None:
        year = "未写明" if report.year is None else str(report.year - 1)
        values = {"agency": report.agency or "未写明", "year": year}
        yield rules()["continuity.no_previous"].finding(report, (), values)
        return
    told = [*_carried_in(report, last)]
    for line in report.form.table("proactive"):
        told += _in_force(report, last, line)
    for table in TABLES:
        if _is_pasted(report, last, table):
            explained = tuple(finding for finding in told if finding.figures[0].startswith(f"{table}."))
            told = [finding for finding in told if finding not in explained]
            yield replace(_pasted(report, last, table), folded=explained)
    yield from told


def _is_pasted(report: AnnualReport, last: AnnualReport, table: str) -> bool:
    """Whether a whole table is last year's: the same figures, too many of them unlike each other for chance."""
    addresses = report.form.addresses_of(table)
    if addresses != last.form.addresses_of(table):
        return False
    now, before = ([of.figures.get(address) or 0 for address in addresses] for of in (report, last))
    return now == before and len({value for value in now if value}) >= UNLIKE


def _pasted(report: AnnualReport, last: AnnualReport, table: str) -> Finding:
    addresses = report.form.addresses_of(table)
    figures = sorted(addresses, key=lambda address: not report.figures.get(address))
    count = sum(bool(report.figures.get(address)) for address in addresses)
    values = {"table": TABLES[table], "previous": last.year, "count": count}
    return rules()["continuity.pasted"].finding(report, tuple(figures), values)


def last_year(report: AnnualReport, previous: Collection[AnnualReport]) -> AnnualReport | None:
    """上年年报 — the one of `previous` that is of the same body and of the year before (条例 第四十九条)."""
    if report.agency is None or report.year is None:
        return None
    body, year = squeeze(report.agency), report.year - 1
    return next((last for last in previous if last.year == year and squeeze(last.agency or "") == body), None)


def _carried_in(report: AnnualReport, last: AnnualReport) -> Iterator[Finding]:
    """One finding for all columns: a wrong 自然人 is wrong in 总计, too."""
    unread, unread_before = unread_figures(report), unread_figures(last)
    differing: dict[str, tuple[int, int]] = {}
    for column in report.form.table("applications")[0].columns:
        now, before = f"applications.carried_in.{column.id}", f"applications.carried_out.{column.id}"
        found, expected = report.figures.get(now), last.figures.get(before)
        if found is None or expected is None or now in unread or before in unread_before or found == expected:
            continue
        differing[now] = int(expected), int(found)
    if differing and (pair := _exchanged(differing)):
        known = names(report.form)
        values = {"column": known[pair[0]].column, "other_column": known[pair[1]].column, "previous": last.year}
        yield rules()["continuity.carried_exchanged"].finding(report, pair, values)
    elif differing:
        first, known = next(iter(differing)), names(report.form)
        yield rules()["continuity.carried_in"].finding(
            report,
            tuple(differing),
            {
                "pairs": "、".join(f"“{known[a].column}” {before}→{now}" for a, (before, now) in differing.items()),
                "previous": last.year,
            },
            expected=differing[first][0],
            found=differing[first][1],
        )


def _exchanged(differing: Mapping[str, tuple[int, int]]) -> tuple[str, str] | None:
    """The two columns that differ, where each has what the other had last year."""
    if len(differing) != PAIR:
        return None
    (one, (before, now)), (other, (other_before, other_now)) = differing.items()
    return (one, other) if (before, now) == (other_now, other_before) else None


def _in_force(report: AnnualReport, last: AnnualReport, line: Line) -> Iterator[Finding]:
    now = {column.id: report.figures.get(f"proactive.{line.id}.{column.id}") for column in line.columns}
    address = f"proactive.{line.id}.in_force"
    before = last.figures.get(address)
    made, repealed, found = now.get("made"), now.get("repealed"), now.get("in_force")
    if before is None or made is None or repealed is None or found is None:
        return
    unread = unread_figures(report) | (unread_figures(last) & {address})
    expected = before + made - repealed
    if found != expected and unread.isdisjoint(f"proactive.{line.id}.{column.id}" for column in line.columns):
        values = {"row": line.label, "before": before, "made": made, "repealed": repealed}
        yield rules()["continuity.in_force"].finding(
            report, (address,), {**values, "expected": expected, "found": found}, expected=expected, found=found
        )
