"""一张表 — the counts of one table by row and column, and whether a correction makes its sums hold (条例 第五十条)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from gongkai.report.equations import Balance, Verdict, evaluate, unread_figures
from gongkai.report.figures import AnnualReport
from gongkai.report.form import Equation

TOTAL = "total"
HANDLED = "handled_total"
# Of so many broken sums a correction may leave one: beside the cause one figure more may be wrong.
ONE_LEFT_OF = 8

Row = tuple[int, ...]
Changes = Mapping[str, int]


@dataclass(frozen=True)
class Table:
    """一张表 — `counts`: every figure of the report, a blank as 0; `verdicts`: of the sums of this table."""

    report: AnnualReport
    name: str
    counts: Mapping[str, int]
    verdicts: Sequence[Verdict]

    @cached_property
    def rows(self) -> dict[str, tuple[str, ...]]:
        """各行 — the addresses of every row, left to right."""
        return {line.id: line.addresses for line in self.report.form.table(self.name)}

    @cached_property
    def columns(self) -> dict[str, tuple[str, ...]]:
        """各栏 — the addresses of every column, from above."""
        ids = [column.id for column in self.report.form.table(self.name)[0].columns]
        return {column: tuple(row[at] for row in self.rows.values()) for at, column in enumerate(ids)}

    @cached_property
    def results(self) -> tuple[str, ...]:
        """办理结果各行 — the rows that （七）总计 adds up."""
        return tuple(line.id for line in self.report.form.table(self.name) if line.result)

    @cached_property
    def broken(self) -> tuple[Equation, ...]:
        """不成立的等式 — of this table, in their order."""
        return tuple(v.equation for v in self.verdicts if v.balance is Balance.BROKEN)

    @cached_property
    def spoilt(self) -> tuple[frozenset[str], ...]:
        """不成立的数 — the operands of every broken equation: a cause touches nearly all of them."""
        return tuple(frozenset((*e.left, *e.right)) for e in self.broken)

    @cached_property
    def _watched(self) -> tuple[Equation, ...]:
        return tuple(v.equation for v in self.verdicts if v.balance in (Balance.BROKEN, Balance.HOLDS))

    @cached_property
    def _blank(self) -> tuple[tuple[Equation, frozenset[str]], ...]:
        """A sum with a blank side is not counted, unless a correction fills that side in."""
        blank = [v.equation for v in self.verdicts if v.balance is Balance.BLANK]
        return tuple((e, frozenset((*e.left, *e.right))) for e in blank)

    @cached_property
    def may_leave(self) -> int:
        """可以剩下几个 — how many sums may stay broken after a correction."""
        return len(self.broken) // ONE_LEFT_OF

    def row(self, name: str) -> Row:
        """一行的数 — left to right."""
        return tuple(self.counts[address] for address in self.rows[name])

    def column(self, name: str) -> Row:
        """一栏的数 — from above."""
        return tuple(self.counts[address] for address in self.columns[name])

    def changes(self, addresses: Sequence[str], counts: Iterable[int]) -> dict[str, int]:
        """改动 — what is printed otherwise than `counts`."""
        return {a: n for a, n in zip(addresses, counts, strict=True) if n != self.counts[a]}

    def left_after(self, changes: Changes) -> int | None:
        """改后还剩几个 — how many sums are broken after these changes; None: too many, or the changes cannot be."""
        if not changes or min(changes.values()) < 0:
            return None
        touched = changes.keys()
        if sum(touched.isdisjoint(operands) for operands in self.spoilt) > self.may_leave:
            return None
        counts = {**self.counts, **changes}
        left = sum(not equation.is_met(counts) for equation in self._watched)
        left += sum(not touched.isdisjoint(ops) and not e.is_met(counts) for e, ops in self._blank)
        return left if left <= self.may_leave else None


def tables(report: AnnualReport) -> list[Table]:
    """各表 — tables three and four of a report, without those of which a figure was not read."""
    counts = {address: int(report.figures.get(address) or 0) for address in report.form.addresses}
    unread = {address.partition(".")[0] for address in unread_figures(report)}
    verdicts: dict[str, list[Verdict]] = defaultdict(list)
    for verdict in evaluate(report):
        verdicts[verdict.equation.id.partition(".")[0]].append(verdict)
    return [Table(report, name, counts, told) for name, told in verdicts.items() if name not in unread]
