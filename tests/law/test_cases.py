"""法律的例子 — every worked example in `cases/*.toml` comes out as a lawyer wrote it (条例 第三十三条、第四十九条)."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any

import pytest

from gongkai.law.annual_report import Publisher, report_due
from gongkai.law.fees import item_fee, page_fee
from gongkai.law.requests.course import course
from gongkai.law.requests.rows import request_from
from gongkai.law.requests.settings import Settings
from gongkai.law.sources import Provision
from gongkai.law.time_limits import Clock, deadline
from gongkai.law.workdays import Calendar

CASES = Path(__file__).parent / "cases"


def cases(name: str) -> list[Any]:
    rows = tomllib.loads((CASES / f"{name}.toml").read_text(encoding="utf-8"))["case"]
    return [pytest.param(row, id=row["name"]) for row in rows]


def happened(case: dict[str, Any]) -> list[dict[str, Any]]:
    """The acts of a case that names days alone; what it leaves out was in time."""
    received = {"act": "register", "on": case["received"], "channel": case.get("channel")}
    confirmed = [{"act": "confirm", "on": day} for day in [case.get("confirmed")] if day]
    on = case.get("confirmed", case["received"])
    acts = [received, *confirmed]
    if "corrected" in case:
        acts += [{"act": "ask_correction", "on": on}, {"act": "corrected", "on": case["corrected"]}]
    if "paid" in case:
        acts += [{"act": "fee_notice", "on": case["paid"]}, {"act": "paid", "on": case["paid"]}]
    for thread, (sent, back) in enumerate(case.get("consulted", ())):
        acts.append({"act": "consult", "on": sent, "thread": str(thread), "with": "other_organ"})
        acts.append({"act": "opinion", "on": back, "thread": str(thread)})
    if case.get("extended"):
        acts.append({"act": "extend", "on": case.get("paid", case.get("corrected", on)), "workdays": 20})
    return acts


@pytest.mark.parametrize("case", cases("deadlines"))
def test_deadline(case: dict[str, Any]) -> None:
    clock, calendar = Clock(case["clock"]), Calendar.load()
    if clock in (Clock.REPLY, Clock.CORRECTION):
        request = request_from({"id": "1", "applicant": "business", "acts": happened(case)})
        found = course(request, calendar, Settings.of())
        due_on = found.due_on if clock is Clock.REPLY else found.correction_notice_by
        provisional, steps = found.provisional, found.steps
        assert found.refused == ()
    else:
        result = deadline(clock, case["received"], calendar)
        due_on, provisional, steps = result.due_on, result.provisional, result.steps
        assert result.workdays == case["workdays"]
    assert due_on == case["due"]
    assert provisional == case.get("provisional", False)
    if clock is not Clock.CORRECTION:
        assert Provision.parse(case["provision"]) in [step.provision for step in steps]


@pytest.mark.parametrize("case", cases("fees"))
def test_fee(case: dict[str, Any]) -> None:
    fee = page_fee(case["units"]) if case["basis"] == "pages" else item_fee(case["units"], before=case.get("before", 0))
    assert fee.amount == case["amount"]
    assert fee.provision == Provision.parse(case["provision"])


@pytest.mark.parametrize("case", cases("reports"))
def test_report(case: dict[str, Any]) -> None:
    due = report_due(case["year"], Publisher(case["publisher"]), local_on=case.get("local"))
    assert (due.due_on, due.provision) == (case["due"], Provision.parse(case["provision"]))
