"""归并 — whose report it is and of which year, over a whole corpus: one name for a body, one report for a year.

Nothing is settled in silence: a name that was widened, a name taken from the name of the file, and a report that
another one takes the place of are findings (条例 第四十九条).
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import PurePosixPath

from gongkai.report.checks.bodies import is_place_alone
from gongkai.report.checks.finding import Finding, Severity
from gongkai.report.reading.identity import identify
from gongkai.report.survey.parts import Head, Kept
from gongkai.text.folding import squeeze

_PROVISION = "《政府信息公开条例》第四十九条"
# 住房和城乡 is no township, 城市 no city: a place has two characters before its kind, a county at least one.
_PLACE = r"(?:[一-鿿]{2,8}?(?:省|市|自治区|自治州|区|州|地区|盟|旗|镇|(?<!城)乡|街道)|[一-鿿]{1,8}?县)"
_BEGINS_WITH_PLACE = re.compile(_PLACE)
_HIGHER = re.compile(r"[一-鿿]{2,8}?(?:省|市|自治区|自治州|地区|盟|州|区|旗)|[一-鿿]{1,8}?县")
_YEARS = range(1900, 3000)
_SHORT_GOVERNMENT = re.compile(r"(?<=[省市县区州旗盟乡镇])政府$")


@dataclass(slots=True)
class Row:
    """一份 — one report, or one file that is none, on its way into the results.

    `counted`: whether its figures are among the figures; `instead`: the source that counts in its place; `previous`:
    the row of the year before of the same body.
    """

    source: str
    kept: Kept | None
    place: int
    head: Head
    agency: str | None = None
    year: int | None = None
    counted: bool = True
    instead: str | None = None
    previous: Row | None = None
    findings: list[Finding] = field(default_factory=list)


def settle(rows: Sequence[Row], alike: Callable[[Row, Row], bool]) -> None:
    """归并 — agency, year, what counts and what went before, of every row that is a report.

    `alike`: whether two reports of one year are likely of one body; asked only of bodies whose names leave it open.
    """
    reports = [row for row in rows if row.head.is_report]
    for row in reports:
        _identify(row)
    by_name: dict[str, list[Row]] = defaultdict(list)
    for row in reports:
        if row.agency:
            by_name[row.agency].append(row)
    for name, whole in aliases(by_name).items():
        if _is_one_body(by_name[name], by_name[whole], alike):
            for row in by_name.pop(name):
                row.findings.append(_widened(row.agency or "", whole))
                row.agency = whole
                by_name[whole].append(row)
    for rows_of_body in by_name.values():
        _choose(rows_of_body)


def settled_name(agency: str) -> str:
    """统一的名称 — spaces and ways of writing aside: 某县政府 and 某县 are 某县人民政府, 某街道 is its 办事处."""
    name = _SHORT_GOVERNMENT.sub("人民政府", squeeze(agency))
    if is_place_alone(name):
        name += "办事处" if name.endswith("街道") else "人民政府"
    return name


def aliases(names: Iterable[str]) -> Mapping[str, str]:
    """简称 — names that leave out the places above them, with the only full name among `names` that they can stand for.

    洪泽区人民政府 is 淮安市洪泽区人民政府, unless another city's 洪泽区 is there, too. The shortest come first.
    """
    known = set(names)
    wider: dict[str, set[str]] = defaultdict(set)
    for name in known:
        for short in _without_places(name):
            if short in known and _BEGINS_WITH_PLACE.match(short):
                wider[short].add(name)
    found = {}
    for short in sorted(wider, key=lambda name: (len(name), name)):
        longest = max(wider[short], key=lambda name: (len(name), name))
        if all(longest.endswith(name) for name in wider[short]):
            found[short] = longest
    return found


def _without_places(name: str) -> Iterator[str]:
    at = 0
    while match := _HIGHER.match(name, at):
        at = match.end()
        yield name[at:]


def _identify(row: Row) -> None:
    agency, year = row.head.agency, row.head.year
    if agency is None or year is None:
        stem = PurePosixPath(row.source + row.head.member).stem
        named = identify([squeeze(stem)], [])
        agency, year = agency or named.agency, year or named.year
        if (agency, year) != (row.head.agency, row.head.year):
            row.findings.append(
                Finding(
                    "structure.named_by_file",
                    Severity.NOTE,
                    (),
                    "正文里没有认出公开主体或者年度，按文件名算作{agency} {year} 年。请看看对不对。",
                    _PROVISION,
                    {"agency": agency or "", "year": year or ""},
                )
            )
    row.agency = settled_name(agency) if agency else None
    row.year = year if year in _YEARS else None


def _is_one_body(short: Sequence[Row], whole: Sequence[Row], alike: Callable[[Row, Row], bool]) -> bool:
    """Two townships may have one name: where both have a report of one year, these must be much the same."""
    by_year = {row.year: row for row in whole}
    return all(alike(row, by_year[row.year]) for row in short if row.year in by_year)


def _choose(rows: Sequence[Row]) -> None:
    years: dict[int, list[Row]] = defaultdict(list)
    for row in rows:
        if row.year is not None:
            years[row.year].append(row)
    chosen: dict[int, Row] = {}
    for year, given in years.items():
        # The newest; of one day the one that was read best, then the first by name.
        newest = max(row.head.dated for row in given)
        best = min((row for row in given if row.head.dated == newest), key=lambda row: (row.head.unread, row.source))
        chosen[year] = best
        for row in given:
            if row is not best:
                row.counted, row.instead = False, best.source + best.head.member
                row.findings.append(_twice(row, best, len(given)))
    for year, given in years.items():
        for row in given:
            row.previous = chosen.get(year - 1)


def _twice(row: Row, best: Row, count: int) -> Finding:
    same = row.head.figures == best.head.figures
    return Finding(
        "structure.same_body_twice",
        Severity.NOTE if same else Severity.WARNING,
        (),
        "{agency} {year} 年的年报有 {count} 份，三张表的数相同，只算一份（{kept}），这一份不重复计入。"
        if same
        else "{agency} {year} 年的年报有 {count} 份，数不同，只算最新的一份（{kept}），这一份不计入。请核对哪份有效。",
        _PROVISION,
        {"agency": row.agency, "year": row.year, "count": count, "kept": best.source + best.head.member},
    )


def _widened(short: str, whole: str) -> Finding:
    return Finding(
        "structure.agency_alias",
        Severity.NOTE,
        (),
        "公开主体写作“{short}”，与“{whole}”按同一个机关归并。如果不是同一个机关，请在报告标题里写明全称。",
        _PROVISION,
        {"short": short, "whole": whole},
    )
