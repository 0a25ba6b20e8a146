"""相加 — what the figures of many reports come to, and what of each of them could not be added (条例 第五十条)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import NamedTuple

from gongkai.report.checks import check
from gongkai.report.checks.finding import Finding, Severity
from gongkai.report.comparable import UNKNOWN, Level, Levelled, Reason, level_of, levelled
from gongkai.report.figures import AnnualReport, State, Value
from gongkai.text.folding import squeeze

_PROVISION = "《政府信息公开条例》第四十九条"


class TotalError(ValueError):
    """汇总不了 — why reports cannot be added, in one plain sentence (`template.format(**values)`)."""

    def __init__(self, template: str, **values: object) -> None:
        super().__init__(template.format(**values))
        self.template, self.values = template, values


class Left(StrEnum):
    """未计入或未读准 — what a sum has to say of a part.

    `blank` 空白: not filled in, adds nothing · `absent` 缺: not read, adds nothing · `doubtful` 存疑: added as the
    likeliest figure · `unit` 单位不明: money of an unknown unit, not added · `error` 有错误: added as printed, though
    the report contradicts itself there.
    """

    BLANK = "blank"
    ABSENT = "absent"
    DOUBTFUL = "doubtful"
    UNIT = "unit"
    ERROR = "error"


class Sum(NamedTuple):
    """合计 — one figure of the total: its value, its state (None: every part was plainly read), its parts by report."""

    value: Value
    state: State | None
    parts: tuple[Value, ...]
    left: Mapping[int, Left]


@dataclass(frozen=True, slots=True)
class Total:
    """汇总结果 — the sums by address, on a level that all reports share; parts are in the order of `reports`.

    `errors`: of each report, how many its check finds; `repeated`: files that are another one over again, and which.
    """

    year: int | None
    level: Level
    reports: tuple[AnnualReport, ...]
    sums: Mapping[str, Sum]
    findings: tuple[Finding, ...]
    errors: tuple[int, ...] = ()
    repeated: tuple[tuple[str, str], ...] = ()

    @property
    def report(self) -> AnnualReport:
        """汇总成一份 — the sums as one report on the form of the level; what cannot be added is absent in it."""
        of = self.level.form
        states = {a: state for a, s in self.sums.items() if (state := s.state) is not None}
        return AnnualReport(
            source="",
            edition=of.edition,
            figures={a: self.sums[a].value if a in self.sums else None for a in of.addresses},
            year=self.year,
            states={**dict.fromkeys([a for a in of.addresses if a not in self.sums], State.ABSENT), **states},
        )

    @property
    def apart(self) -> Mapping[Reason, tuple[str, ...]]:
        """不相加的数据 — what the two editions do not count in the same way, by the reason why."""
        return self.level.apart(self.reports)

    @property
    def is_certain(self) -> bool:
        """是否可靠 — whether no part is missing, wrong or in doubt; a blank is certain to be blank."""
        return not any(set(s.left.values()) - {Left.BLANK} for s in self.sums.values())

    def left(self, index: int) -> Mapping[Left, tuple[str, ...]]:
        """一份年报未计入或未读准的数据 — for each kind the addresses, of the report `index`."""
        told: dict[Left, tuple[str, ...]] = {}
        for address, s in self.sums.items():
            if kind := s.left.get(index):
                told[kind] = (*told.get(kind, ()), address)
        return told


def total(reports: Sequence[AnnualReport]) -> Total:
    """汇总年报 — the sums of reports of one year. TotalError where there is none, or where their years differ.

    A file given twice counts once.
    """
    if not reports:
        raise TotalError("没有读出一份年报，没有数可以汇总。")
    years: dict[int, str] = {}
    for report in reports:
        if report.year is not None:
            years.setdefault(report.year, report.source)
    if len(years) > 1:
        (first, one), (second, other), *_ = sorted(years.items())
        raise TotalError(
            "年度不同，不能相加：{one} 是 {first} 年度，{other} 是 {second} 年度。请只汇总同一年的年报。",
            one=one,
            first=first,
            other=other,
            second=second,
        )
    counted, repeated = _apart(reports)
    level = level_of(counted)
    parts = [levelled(report, level) for report in counted]
    errors = [[f for f in check(report) if f.severity is Severity.ERROR and _is_wrong(f)] for report in counted]
    wrong = [{address for finding in found for address in finding.figures} for found in errors]
    return Total(
        next(iter(years), None),
        level,
        tuple(counted),
        {address: _sum(address, parts, wrong) for address in level.addresses},
        (*_wrong(counted, errors), *_findings(counted), *_same(repeated)),
        tuple(map(len, errors)),
        tuple(repeated),
    )


def _is_wrong(finding: Finding) -> bool:
    """What was not read is told cell by cell already."""
    return not finding.rule.startswith("reading.")


def _apart(reports: Sequence[AnnualReport]) -> tuple[list[AnnualReport], list[tuple[str, str]]]:
    """The reports to add, and those that say in all their words and figures what one of these says."""
    counted: list[AnnualReport] = []
    repeated: list[tuple[str, str]] = []
    seen: dict[str, list[AnnualReport]] = defaultdict(list)
    for report in reports:
        # Figures alone, of a body that is not named, may well be the same in two bodies.
        body = squeeze(report.agency or "") if report.sections or report.title else ""
        twin = next((one for one in seen[body] if replace(report, source=one.source, part=one.part) == one), None)
        if body and twin:
            repeated.append((report.source, twin.source))
        else:
            seen[body].append(report)
            counted.append(report)
    return counted, repeated


def _sum(address: str, parts: Sequence[Levelled], wrong: Sequence[Collection[str]]) -> Sum:
    left: dict[int, Left] = {}
    added: list[int] = []
    for index, part in enumerate(parts):
        kind = _left(part.figures[address], part.states.get(address), part.units.get(address))
        if kind is None and address in wrong[index]:
            kind = Left.ERROR
        if kind is not None:
            left[index] = kind
        if kind in (None, Left.DOUBTFUL, Left.ERROR):
            added.append(index)
    values = [value for index in added if (value := parts[index].figures[address]) is not None]
    return Sum(
        sum(values) if values else None, _state(values, left), tuple(part.figures[address] for part in parts), left
    )


def _left(value: Value, state: State | None, unit: str | None) -> Left | None:
    if state is State.ABSENT:
        return Left.ABSENT
    if value is None:
        return Left.BLANK
    if unit == UNKNOWN:
        return Left.UNIT
    return Left.DOUBTFUL if state is State.DOUBTFUL else None


def _state(values: Sequence[Value], left: Mapping[int, Left]) -> State | None:
    """A sum that lacks a part is doubtful; blanks alone make a blank, gaps alone a gap."""
    if set(left.values()) <= {Left.BLANK}:
        return None if values else State.BLANK
    return State.DOUBTFUL if values else State.ABSENT


def _wrong(reports: Sequence[AnnualReport], errors: Sequence[Sequence[Finding]]) -> Iterator[Finding]:
    for report, found in zip(reports, errors, strict=True):
        if found:
            yield Finding(
                "structure.report_has_errors",
                Severity.WARNING,
                tuple(dict.fromkeys(address for finding in found for address in finding.figures)),
                "{agency}的年报（{source}）还有 {count} 处错误，照填的数加进去了。请改正以后再汇总。",
                _PROVISION,
                {"agency": report.agency or "没有写明机关", "source": report.source, "count": len(found)},
                folded=tuple(found),
            )


def _same(repeated: Sequence[tuple[str, str]]) -> Iterator[Finding]:
    for source, twin in repeated:
        yield Finding(
            "structure.same_file_twice",
            Severity.NOTE,
            (),
            "{source}与{twin}完全相同，只计一次。",
            _PROVISION,
            {"source": source, "twin": twin},
        )


def _findings(reports: Sequence[AnnualReport]) -> Iterator[Finding]:
    sources = defaultdict(list)
    for report in reports:
        if report.agency:
            sources[squeeze(report.agency)].append(report.source)
    for body, given in sources.items():
        if len(given) > 1:
            yield Finding(
                "structure.same_body_twice",
                Severity.WARNING,
                (),
                "{agency}有 {count} 份年报（{sources}），都加进去了，数会重复。请只留一份再汇总。",
                _PROVISION,
                {"agency": body, "count": len(given), "sources": "、".join(given)},
            )
    for report in reports:
        if report.year is None:
            yield Finding(
                "structure.year_unknown",
                Severity.WARNING,
                (),
                "{source}：没有写明年度，照同一年度加进去了。请核对是不是这一年的年报。",
                _PROVISION,
                {"source": report.source},
            )
