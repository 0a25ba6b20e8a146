"""标记 — which findings stand on which cell of the tables, by the numbers of the list beside them (条例 第五十条)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from gongkai.report.checks import Finding, Severity
from gongkai.report.equations import Balance, evaluate
from gongkai.report.figures import AnnualReport, Place, State
from gongkai.report.naming import names
from gongkai.web.annual.wording import cell_of, cited, sentences

_PART_OF = {"proactive": 2, "applications": 3, "remedies": 4}
_FRAMES = (Severity.ERROR, Severity.WARNING, Severity.NOTE)
_SUMS = ("row_sum", "column_sum", "balance")


@dataclass(frozen=True, slots=True)
class Mark:
    """一处发现 — a finding with its number, the parts of the report it belongs to, and where it stands."""

    number: int
    report: AnnualReport
    finding: Finding
    parts: tuple[int, ...]
    address: str | None
    where: tuple[str, str] | None

    @property
    def part(self) -> int:
        """部分 — where to look first; 0: the report as a whole."""
        return self.parts[0] if self.parts else 0

    @property
    def quote(self) -> str:
        """引文 — the words of the text that the finding is about."""
        return str(self.finding.values.get("quote", ""))

    @property
    def anchor(self) -> str:
        """页内位置 — where on the page of its part it stands."""
        return f"said-{self.number}" if self.quote else self.address or "main"

    @property
    def place(self) -> Place | None:
        """出处 — where the first figure stands in the source."""
        return self.finding.place

    @property
    def tone(self) -> str:
        """轻重 — error, warning or note: the look of its number and its badge."""
        return str(self.finding.severity)

    @property
    def sentences(self) -> tuple[str, str]:
        """两句 — what was found, and what to try."""
        return sentences(self.finding)

    @property
    def folded(self) -> list[str]:
        """随之消失的 — what was found as well, and is gone once this one is mended."""
        return [sentences(finding)[0] for finding in self.finding.folded]

    @property
    def provision(self) -> str:
        """依据 — the provision, in the language of the page."""
        return cited(self.report, self.finding)


@dataclass(frozen=True, slots=True)
class CellMark:
    """一格的标记 — the value and state of a cell, the findings on it, and whether it took part in a broken sum."""

    value: str
    state: str
    tone: str
    numbers: tuple[Mark, ...]
    in_sum: bool
    is_typed: bool
    may_type: bool
    name: str

    @property
    def is_plain(self) -> bool:
        """平常 — a figure and nothing else to say of it."""
        return not (self.numbers or self.may_type or self.state)

    @property
    def classes(self) -> str:
        """样子 — the words by which the style sheet knows the cell."""
        zero = "zero" if self.value == "0" else ""
        frame = f"on-{self.tone}" if self.tone else ""
        return " ".join(filter(None, ("in-sum" if self.in_sum else "", frame, self.state, zero)))


def marks(report: AnnualReport, findings: Sequence[Finding]) -> list[Mark]:
    """发现的编号 — the findings numbered as they are listed (条例 第五十条)."""
    found = []
    for number, finding in enumerate(findings, start=1):
        address = next((a for a in finding.figures if a in report.figures), None)
        found.append(Mark(number, report, finding, _parts(report, finding, address), address, cell_of(report, finding)))
    return found


def cell_marks(
    report: AnnualReport, found: Sequence[Mark], open_cells: Mapping[str, State], typed: Mapping[str, str]
) -> dict[str, CellMark]:
    """各格的标记 — for every figure of a report. `open_cells`: those that may be typed in; `typed`: what was."""
    on: dict[str, list[Mark]] = defaultdict(list)
    frames: dict[str, set[Severity]] = defaultdict(set)
    for mark in found:
        figures = [address for address in mark.finding.figures if address in report.figures]
        if figures:
            on[figures[0]].append(mark)
        # What was not read is framed by its state; of a broken sum the suspect alone.
        rule = mark.finding.rule
        for address in () if rule.startswith("reading.") else figures[:1] if rule.endswith(_SUMS) else figures:
            frames[address].add(mark.finding.severity)
    summed = _in_broken_sums(report, found)
    known = names(report.form)
    cells = {}
    for address, value in report.figures.items():
        state = report.states.get(address) or (State.BLANK if value is None else None)
        cells[address] = CellMark(
            value="" if value is None else f"{value:f}" if not isinstance(value, int) else str(value),
            state=str(state or ""),
            tone=str(next((s for s in _FRAMES if s in frames.get(address, ())), "")),
            numbers=tuple(on.get(address, ())),
            in_sum=address in summed,
            is_typed=address in typed,
            may_type=address in open_cells,
            name="，".join(known[address]),
        )
    return cells


def _parts(report: AnnualReport, finding: Finding, address: str | None) -> tuple[int, ...]:
    """The parts that a finding belongs to: that of its sentence, then that of its cell; none for a whole report."""
    found = []
    section = finding.values.get("section")
    quote = str(finding.values.get("quote", ""))
    if isinstance(section, int):
        found.append(section or 1)  # what stands before the first part is shown with it
    elif quote:
        texts = {1: report.preface} | {s.number: s.text for s in report.sections}
        found += [number for number, text in texts.items() if quote in text][:1]
    if address:
        found.append(_PART_OF[address.partition(".")[0]])
    return tuple(dict.fromkeys(found))


def _in_broken_sums(report: AnnualReport, found: Sequence[Mark]) -> set[str]:
    told = {
        address
        for mark in found
        if mark.finding.severity is Severity.ERROR and mark.finding.rule.endswith(_SUMS)
        for address in mark.finding.figures[:1]
    }
    return {
        operand
        for verdict in (evaluate(report) if told else ())
        if verdict.balance is Balance.BROKEN
        for operands in [(*verdict.equation.left, *verdict.equation.right)]
        if told.intersection(operands)
        for operand in operands
    }
