"""读取情况核验 — what was blank, absent, doubtful or inferred, in one finding each (条例 第五十条)."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from functools import cache

from gongkai.report.checks.finding import Finding
from gongkai.report.checks.rules import rules
from gongkai.report.equations import unread_figures
from gongkai.report.figures import AnnualReport, State
from gongkai.report.form import Edition, OtherHandling, form
from gongkai.report.naming import cells

# So many cells are quoted, each with so many characters.
FEW, LONG = 5, 12


def check_readings(report: AnnualReport, blamed: Collection[str] = ()) -> Iterator[Finding]:
    """读取情况核验 — one finding for each state that occurs; an unread figure of a sum is an error (条例 第五十条).

    `blamed`: figures of which another finding says that they are wrong: nothing more is said of their state.
    """
    by_rule: dict[str, list[str]] = {}
    if report.states or None in report.figures.values() or unread_figures(report):
        summed = _operands(report.edition, report.other_handling)
        for address in report.form.addresses:
            state = _state(report, address)
            if state is not None and not (state in (State.BLANK, State.DOUBTFUL) and address in blamed):
                elsewhere = state in (State.ABSENT, State.DOUBTFUL) and address not in summed
                kind = "no_number" if state is State.ABSENT and _printed(report, address) else state
                by_rule.setdefault(f"reading.{kind}_elsewhere" if elsewhere else f"reading.{kind}", []).append(address)
    for rule, addresses in by_rule.items():
        values = {"cells": cells(report.form, addresses)}
        if rule.startswith("reading.no_number"):
            shown = "、".join(f"“{_printed(report, address)[:LONG]}”" for address in addresses[:FEW])
            values["printed"] = shown if len(addresses) <= FEW else f"{shown}等"
        yield rules()[rule].finding(report, tuple(addresses), values)


def _printed(report: AnnualReport, address: str) -> str:
    """What stands in the cell; nothing where that is not known."""
    place = report.places.get(address)
    return (place.printed or "").strip() if place else ""


def _state(report: AnnualReport, address: str) -> State | None:
    if address not in report.figures:
        return State.ABSENT
    return report.states.get(address) or (State.BLANK if report.figures[address] is None else None)


@cache
def _operands(edition: Edition, shape: OtherHandling) -> frozenset[str]:
    return frozenset(a for e in form(edition, shape).equations for a in (*e.left, *e.right))
