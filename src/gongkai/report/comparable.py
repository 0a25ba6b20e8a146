"""可比口径 — reports of both editions and both shapes on one level (条例 第五十条第二款; forms/comparable.toml).

（六）其他处理 printed in three rows is summed to one where another report prints one; across the break of 2021 only
what both editions count in the same way is left. What is derived here is never stored.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cache
from importlib.resources import files

from gongkai.report.figures import AnnualReport, State, Value
from gongkai.report.form import Edition, Form, OtherHandling, form

GROUP = "applications.other_handling."
UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Reason:
    """不可比的缘由 — why figures of two editions are not the same thing; `template` is a whole sentence."""

    template: str
    provision: str


@dataclass(frozen=True, slots=True)
class Level:
    """口径 — the form on which reports are laid side by side, the addresses that they share, and why others are not."""

    form: Form
    addresses: tuple[str, ...]
    reasons: Mapping[str, Reason] = field(default_factory=dict)

    def apart(self, reports: Iterable[AnnualReport]) -> Mapping[Reason, tuple[str, ...]]:
        """不可比的数据 — for each reason the addresses of which it speaks, of those that one of these reports has."""
        held = {address for report in reports for address in report.figures}
        told: dict[Reason, tuple[str, ...]] = {}
        for address, reason in self.reasons.items():
            if address in held:
                told[reason] = (*told.get(reason, ()), address)
        return told


@dataclass(frozen=True, slots=True)
class Levelled:
    """换算后的数据 — figures, states and units of one report on a level, by address (条例 第五十条)."""

    figures: Mapping[str, Value]
    states: Mapping[str, State]
    units: Mapping[str, str]


def level_of(reports: Iterable[AnnualReport]) -> Level:
    """统一口径 — the finest level on which all these reports can be laid side by side; ValueError for none."""
    shapes = {(report.edition, report.other_handling) for report in reports}
    if not shapes:
        raise ValueError("no report")
    newest = max(edition for edition, _ in shapes)
    shape = next(iter(shapes))[1] if len(shapes) == 1 else OtherHandling.ROW
    of = form(newest, shape)
    if {edition for edition, _ in shapes} == {newest}:
        return Level(of, of.addresses)
    return Level(of, *_across())


def levelled(report: AnnualReport, level: Level) -> Levelled:
    """换算 — the figures of a report on a level; a row summed from three is as certain as its least certain part."""
    figures, states = dict(report.figures), dict(report.states)
    for address in level.addresses:
        if address not in figures:
            column = address.rpartition(".")[2]
            parts = [f"{GROUP}{row}.{column}" for row in ("correction_overdue", "fee_overdue", "other")]
            values = [value for part in parts if (value := figures.get(part)) is not None]
            figures[address] = sum(values) if values else None
            if state := _weakest([states.get(part) for part in parts]):
                states[address] = state
    wanted = level.addresses
    return Levelled(
        {address: figures[address] for address in wanted},
        {address: states[address] for address in wanted if address in states},
        {address: report.units[address] for address in wanted if address in report.units},
    )


def _weakest(states: list[State | None]) -> State | None:
    """What three rows together are worth: a blank among figures counts nothing, a gap makes the sum doubtful."""
    if all(state is State.BLANK for state in states):
        return State.BLANK
    if all(state in (State.BLANK, State.ABSENT) for state in states):
        return State.ABSENT
    if State.ABSENT in states or State.DOUBTFUL in states:
        return State.DOUBTFUL
    return State.INFERRED if State.INFERRED in states else None


@cache
def _across() -> tuple[tuple[str, ...], Mapping[str, Reason]]:
    """What both editions count, and for every other address of either the reason why not."""
    data = tomllib.loads((files(__package__) / "forms" / "comparable.toml").read_text(encoding="utf-8"))
    old, new = (form(edition, OtherHandling.ROW) for edition in Edition)
    shared = tuple(a for a in new.addresses if not a.startswith("proactive.") or a in data["same"])
    reasons = {}
    for address in dict.fromkeys((*old.addresses, *new.addresses)):
        if address not in shared:
            row = address.split(".")[1]
            reason = next(reason for reason in data["reasons"] if row in reason["rows"])
            reasons[address] = Reason(reason["message"], reason["provision"])
    return shared, reasons
