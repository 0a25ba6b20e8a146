"""勾稽关系 — the sums of the statutory form, evaluated over one report (条例 第五十条；年报表三、表四).

A blank part counts 0; an equation with one side wholly blank is not evaluated; one with an operand that was never read
is `UNREADABLE`, which is never a pass.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import cache

from gongkai.report.figures import AnnualReport, State, Value
from gongkai.report.form import Edition, Equation, OtherHandling, form

UNREAD = frozenset({State.ABSENT, State.DOUBTFUL})


class Balance(StrEnum):
    """勾稽结果 — what evaluating one equation came to (条例 第五十条)."""

    HOLDS = "holds"
    BROKEN = "broken"
    BLANK = "blank"
    UNREADABLE = "unreadable"


@dataclass(frozen=True, slots=True)
class Verdict:
    """勾稽核验 — one equation and its two sums (条例 第五十条).

    `unread`: the operands that are absent or doubtful. The sums of an equation that was not evaluated are 0.
    """

    equation: Equation
    balance: Balance
    left: int = 0
    right: int = 0
    unread: tuple[str, ...] = ()

    @property
    def difference(self) -> int:
        """相差 — left sum less right sum."""
        return self.left - self.right


def evaluate(report: AnnualReport) -> Iterator[Verdict]:
    """核算勾稽关系 — one verdict for each equation of the report's form, in its order (条例 第五十条). Never raises."""
    unread = unread_figures(report)
    for equation, operands in _operands(report.edition, report.other_handling):
        if unread and not unread.isdisjoint(operands):
            unread_here = tuple(a for a in (*equation.left, *equation.right) if a in unread)
            yield Verdict(equation, Balance.UNREADABLE, unread=unread_here)
        else:
            yield weigh(equation, report.figures)


def weigh(equation: Equation, figures: Mapping[str, Value]) -> Verdict:
    """核算一个等式 — whether the equation holds for these figures, all of them read (条例 第五十条)."""
    left, right = _sum(figures.get, equation.left), _sum(figures.get, equation.right)
    if left is None or right is None:
        return Verdict(equation, Balance.BLANK)
    return Verdict(equation, Balance.HOLDS if left == right else Balance.BROKEN, left, right)


def uncounted(report: AnnualReport) -> int:
    """没有核算的等式 — how many have numbers on one side and nothing but blanks on the other (条例 第五十条).

    Where the numbers come to 0 a blank says the same.
    """
    if None not in report.figures.values():
        return 0
    sides = ((_sum(report.figures.get, e.left), _sum(report.figures.get, e.right)) for e in report.form.equations)
    return sum(None in side and any(side) for side in sides)


def unread_figures(report: AnnualReport) -> frozenset[str]:
    """未读出的数据 — the addresses that are absent or doubtful, or that the report does not hold (条例 第五十条)."""
    unread = {address for address, state in report.states.items() if state in UNREAD}
    if len(report.figures) < len(report.form.addresses):
        unread.update(address for address in report.form.addresses if address not in report.figures)
    return frozenset(unread)


def _sum(value: Callable[[str], Value], side: tuple[str, ...]) -> int | None:
    """The sum of one side, blanks as 0; None where the whole side is blank."""
    parts = [*map(value, side)]
    if None in parts:
        parts = [part for part in parts if part is not None]
    return int(sum(parts)) if parts else None  # type: ignore[arg-type]  # no None is left


@cache
def _operands(edition: Edition, shape: OtherHandling) -> tuple[tuple[Equation, frozenset[str]], ...]:
    return tuple((e, frozenset(e.left + e.right)) for e in form(edition, shape).equations)
