"""依申请公开的例子 — every case in `worked/*.toml` comes out to the day, counted by gongkai and ticked off by hand."""

from __future__ import annotations

import tomllib
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from gongkai.law.requests.course import Course
from gongkai.law.requests.courses import courses
from gongkai.law.requests.rows import request_from
from gongkai.law.requests.settings import Settings
from gongkai.law.sources import Provision
from gongkai.law.workdays import Calendar
from tests.law import day_by_day

WORKED = Path(__file__).parent / "worked"
TOLD = ("name", "provision", "corner", "settings", "applicant", "acts", "others", "refused", "marks", "none")


def cases() -> list[Any]:
    return [
        pytest.param(row, id=row["name"])
        for path in sorted(WORKED.glob("*.toml"))
        for row in tomllib.loads(path.read_text(encoding="utf-8"))["case"]
    ]


def computed(case: dict[str, Any]) -> Course:
    request = request_from({"id": "1", "applicant": case.get("applicant", "research"), "acts": case["acts"]})
    others = [request_from({"applicant": "research", **each}) for each in case.get("others", ())]
    return courses([request, *others], Calendar.load(), Settings.of(case.get("settings")))[0]


@pytest.mark.parametrize("case", cases())
def test_a_worked_case_comes_out_to_the_day(case: dict[str, Any]) -> None:
    found = computed(case)
    expected = {name: value for name, value in case.items() if name not in TOLD}
    row, column = expected.pop("row", None), expected.pop("column", None)
    assert {name: getattr(found, name) for name in expected} == expected
    assert {name: getattr(found, name) for name in case.get("none", ())} == dict.fromkeys(case.get("none", ()))
    assert list(found.marks) == case.get("marks", [])
    assert [each.act.kind for each in found.refused] == case.get("refused", [])
    assert (found.cell.row if found.cell else None) == row
    assert column is None or (found.cell and found.cell.column == column)
    assert Provision.parse(case["provision"])
    assert found.provisional == case.get("provisional", False)


def test_every_corner_of_the_law_of_requests_has_a_case_and_every_case_names_one_that_is() -> None:
    corners = tomllib.loads((WORKED / "corners.toml").read_text(encoding="utf-8"))["corner"]
    numbers = [each["number"] for each in corners]
    assert numbers == list(range(1, len(corners) + 1))
    named = {number for case in cases() for number in case.values[0].get("corner", ())}
    assert named == set(numbers)


def test_a_worked_case_comes_out_as_counted_day_by_day() -> None:
    """The dates that a case states were counted in loops over days, not by what they prove."""
    for case in (each.values[0] for each in cases()):
        others = {each["id"]: each["acts"] for each in case.get("others", ())}
        found = day_by_day.walk(case["acts"], case.get("settings", {}), others.get("whole"), others)
        stated = {name: case[name] for name in found if name in case and name != "refused"}
        assert {name: found[name] for name in stated} == stated, case["name"]
        assert found["refused"] == sorted(case.get("refused", ())), case["name"]
        assert not any(found.get(name) for name in case.get("none", ())), case["name"]


def test_there_are_enough_of_them_and_their_names_differ() -> None:
    names = [case.id for case in cases()]
    assert len(names) == len(set(names)) >= 60


@pytest.mark.parametrize("case", cases())
def test_every_date_of_a_case_has_its_sentence(case: dict[str, Any]) -> None:
    found = computed(case)
    said = "\n".join(step.message for step in found.steps)
    for day in (found.received_on, found.due_on, found.applicant_until):
        assert day is None or isinstance(day, date)
        assert day is None or day.isoformat() in said
    for each in found.refused:
        assert each.template.format(**each.values) == each.reason
