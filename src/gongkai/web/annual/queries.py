"""查询 — what the pages of the desk show: each file with its report and its findings (条例 第五十条)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache
from pathlib import Path

from gongkai.report.checks import Finding, Severity, check
from gongkai.report.equations import uncounted
from gongkai.report.figures import AnnualReport, State
from gongkai.report.form import Form
from gongkai.report.writing.composing import title_of
from gongkai.text.folding import squeeze
from gongkai.web.annual.keeping import Batch, load
from gongkai.web.annual.marks import CellMark, Mark, cell_marks, marks
from gongkai.web.annual.outcomes import Outcome, outcome, outcomes
from gongkai.web.annual.typed import OPEN, with_typed

# Two hundred files and their previous ones, twice over.
_REMEMBERED = 1024


@dataclass(frozen=True, slots=True)
class Stamp:
    """版本 — which state of a file's result this is: where it lies, and when it and what was typed in were written."""

    path: Path
    read_at: int
    typed_at: int

    @property
    def id(self) -> str:
        """编号 — `n-m`: file m of upload n."""
        return self.path.name


@dataclass(frozen=True)
class Sheet:
    """一份文件 — what the desk knows of one file. `previous`: the reports among which last year's is looked for."""

    stamp: Stamp
    outcome: Outcome
    report: AnnualReport | None
    previous: tuple[Stamp, ...]
    looks_back: bool
    is_previous: bool = False

    @property
    def id(self) -> str:
        """编号 — the part of its address."""
        return self.stamp.id

    @property
    def folder(self) -> Path:
        """文件夹 — of the batch that it lies in."""
        return self.stamp.path.parent.parent

    @property
    def name(self) -> str:
        """文件名 — as shown; of several reports in one file with the sheet or the title of this one."""
        return f"{self.outcome.source}{self._which}"

    @property
    def stem(self) -> str:
        """文件名 — as shown, without its ending."""
        return f"{self.outcome.source.rpartition('.')[0] or self.outcome.source}{self._which}"

    @property
    def _which(self) -> str:
        return f"（{self.outcome.part}）" if self.outcome.part else ""

    @property
    def file(self) -> tuple[str, str]:
        """文件 — which file of the batch it stands in, alone or with others."""
        return self.id.partition("-")[0], self.outcome.source

    @property
    def title(self) -> str:
        """标题 — of the report, or what the form would call it."""
        if self.report is None:
            return self.name
        return title_of(self.report)

    @property
    def form(self) -> Form:
        """格式 — the form of the report."""
        return self.read.form

    @property
    def typed(self) -> Mapping[str, str]:
        """人工录入 — address to text."""
        return _typed(self.stamp)

    @property
    def open_cells(self) -> Mapping[str, State]:
        """可以录入的格 — doubtful and absent as the file was read, typed in or not."""
        read = _read(self.stamp.path, self.stamp.read_at)
        states = read.report.states if read and read.report else {}
        return {address: state for address, state in states.items() if state in OPEN}

    def has_open(self, table: str) -> bool:
        """有可以录入的格 — in one of the tables."""
        return any(address.startswith(f"{table}.") for address in self.open_cells)

    @cached_property
    def findings(self) -> Sequence[Finding]:
        """核验发现 — errors first (条例 第五十条)."""
        return _findings(self.stamp, self.previous, self.looks_back) if self.report else ()

    @cached_property
    def marks(self) -> list[Mark]:
        """发现的编号 — the findings, numbered."""
        return marks(self.read, self.findings) if self.report else []

    @cached_property
    def cells(self) -> Mapping[str, CellMark]:
        """各格 — every figure with what is said of it."""
        return cell_marks(self.read, self.marks, self.open_cells, self.typed)

    @property
    def uncounted(self) -> int:
        """没有核算的勾稽关系 — for the blanks on one side (条例 第五十条)."""
        return uncounted(self.report) if self.report else 0

    @cached_property
    def counts(self) -> dict[str, int]:
        """各级发现的数目 — error, warning, note."""
        found = Counter(str(finding.severity) for finding in self.findings)
        return {str(severity): found[str(severity)] for severity in Severity}

    @property
    def states(self) -> dict[str, int]:
        """读取情况 — how many figures in all, plainly read, and in each state."""
        found = Counter(str(state) for state in self.read.states.values())
        total = len(self.read.figures)
        counted = {str(state): found[str(state)] for state in State}
        return {"total": total, "read": total - sum(counted.values()), "typed": len(self.typed), **counted}

    @property
    def compared_with(self) -> AnnualReport | None:
        """对照的上年年报 — the one of the same body and the year before, if it was given."""
        return _last(self.read, [r for s in self.previous if (r := report_of(s)) is not None])

    @property
    def read(self) -> AnnualReport:
        """年报 — of a sheet that has one; LookupError otherwise."""
        if self.report is None:
            raise LookupError(self.name)
        return self.report


def sheets(batch: Batch) -> list[Sheet]:
    """全部文件 — every file of a batch that has been read, zips opened, last year's at the end."""
    stamps = [
        (_stamp(batch, path), upload.is_previous)
        for upload in batch.uploads
        for _, path in outcomes(batch.folder, upload.number)
    ]
    given = any(upload.is_previous for upload in batch.uploads)
    reports = {stamp: report for stamp, _ in stamps if (report := report_of(stamp)) is not None}
    everyone = tuple(reports)
    bodies = {(squeeze(r.agency), r.year) for r in reports.values() if r.agency and r.year}
    made = []
    for stamp, is_previous in stamps:
        read = _read(stamp.path, stamp.read_at)
        if read is None:
            continue
        report = reports.get(stamp)
        known = bool(report and report.agency and report.year)
        last_year = known and report is not None and (squeeze(report.agency or ""), (report.year or 0) - 1) in bodies
        looks_back = not is_previous and bool(given or last_year)
        made.append(Sheet(stamp, read, report, everyone if looks_back else (), looks_back, is_previous))
    return made


def sheet(batch: Batch, number: str) -> Sheet | None:
    """一份文件 — the one of a number, None where there is none."""
    return next((found for found in sheets(batch) if found.id == number), None)


def current_reports(read: Sequence[Sheet]) -> list[Sheet]:
    """要核对的年报 — those that are reports and were not given as last year's."""
    return [one for one in read if one.report is not None and not one.is_previous]


def doubled(read: Sequence[Sheet]) -> list[tuple[str, int, int]]:
    """一年几份 — bodies that gave more than one report for a year: the body, the year, how many (条例 第五十条)."""
    told = Counter((squeeze(one.read.agency or ""), one.read.year) for one in current_reports(read))
    return [(agency, year, count) for (agency, year), count in told.items() if agency and year and count > 1]


def report_of(stamp: Stamp) -> AnnualReport | None:
    """年报 — what was read, with what was typed in (条例 第五十条)."""
    return _report(stamp)


def forget() -> None:
    """忘记 — nothing of what was swept or deleted stays in memory."""
    for remembered in (_read, _report, _findings):
        remembered.cache_clear()


@lru_cache(maxsize=_REMEMBERED)
def _report(stamp: Stamp) -> AnnualReport | None:
    read = _read(stamp.path, stamp.read_at)
    return with_typed(read.report, _typed(stamp)) if read is not None and read.report is not None else None


@lru_cache(maxsize=_REMEMBERED)
def _findings(stamp: Stamp, previous: tuple[Stamp, ...], looks_back: bool) -> tuple[Finding, ...]:
    report = report_of(stamp)
    if report is None:
        return ()
    pool = [last for other in previous if other != stamp and (last := report_of(other)) is not None]
    return tuple(check(report, previous=pool if looks_back else None))


@lru_cache(maxsize=_REMEMBERED)
def _read(path: Path, read_at: int) -> Outcome | None:  # noqa: ARG001 — the time is what makes the memory true
    return outcome(path)


def _stamp(batch: Batch, path: Path) -> Stamp:
    typed = batch.folder / "typed" / path.name
    try:
        typed_at = typed.stat().st_mtime_ns
    except FileNotFoundError:
        typed_at = 0
    return Stamp(path, path.stat().st_mtime_ns, typed_at)


def _typed(stamp: Stamp) -> Mapping[str, str]:
    if not stamp.typed_at:
        return {}
    return load(stamp.path.parent.parent / "typed" / stamp.id) or {}


def _last(report: AnnualReport, previous: Sequence[AnnualReport]) -> AnnualReport | None:
    if not report.agency or not report.year:
        return None
    body = squeeze(report.agency)
    return next((r for r in previous if r.year == report.year - 1 and squeeze(r.agency or "") == body), None)
