"""法律的例子 — every worked example in `cases/*.toml` comes out as a lawyer wrote it (条例 第三十三条、第四十九条)."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any

import pytest

from gongkai.law.annual_report import Publisher, report_due
from gongkai.law.counting import Deadline, Span
from gongkai.law.fees import item_fee, page_fee
from gongkai.law.reply import Handling, correction_deadline, reply_deadline
from gongkai.law.sources import Provision
from gongkai.law.terms import Channel
from gongkai.law.time_limits import Clock, deadline
from gongkai.law.workdays import Calendar

CASES = Path(__file__).parent / "cases"


def cases(name: str) -> list[Any]:
    rows = tomllib.loads((CASES / f"{name}.toml").read_text(encoding="utf-8"))["case"]
    return [pytest.param(row, id=row["name"]) for row in rows]


def computed(case: dict[str, Any]) -> Deadline:
    clock, calendar = Clock(case["clock"]), Calendar.load()
    if clock not in (Clock.REPLY, Clock.CORRECTION):
        return deadline(clock, case["received"], calendar)
    handling = Handling(
        case["received"],
        Channel(case["channel"]) if "channel" in case else None,
        confirmed_on=case.get("confirmed"),
        corrected_on=case.get("corrected"),
        paid_on=case.get("paid"),
        consulted=tuple(Span(*days) for days in case.get("consulted", ())),
        extended=case.get("extended", False),
    )
    return (reply_deadline if clock is Clock.REPLY else correction_deadline)(handling, calendar)


@pytest.mark.parametrize("case", cases("deadlines"))
def test_deadline(case: dict[str, Any]) -> None:
    result = computed(case)
    assert result.due_on == case["due"]
    assert result.workdays == case["workdays"]
    assert result.provisional == case.get("provisional", False)
    assert Provision.parse(case["provision"]) in [step.provision for step in result.steps]


@pytest.mark.parametrize("case", cases("fees"))
def test_fee(case: dict[str, Any]) -> None:
    fee = page_fee(case["units"]) if case["basis"] == "pages" else item_fee(case["units"], before=case.get("before", 0))
    assert fee.amount == case["amount"]
    assert fee.provision == Provision.parse(case["provision"])


@pytest.mark.parametrize("case", cases("reports"))
def test_report(case: dict[str, Any]) -> None:
    due = report_due(case["year"], Publisher(case["publisher"]), local_on=case.get("local"))
    assert (due.due_on, due.provision) == (case["due"], Provision.parse(case["provision"]))
