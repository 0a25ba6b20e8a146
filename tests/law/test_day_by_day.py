"""逐日数得一样 — three hundred nasty histories come out as loops over days have it (条例 第三十条至第三十五条)."""

from __future__ import annotations

from typing import Any

import pytest

from gongkai.law.requests.courses import courses
from gongkai.law.requests.rows import request_from
from gongkai.law.requests.settings import Settings
from gongkai.law.workdays import Calendar
from tests.law import day_by_day
from tests.law.nasty import EACH, KINDS, History, histories

CALENDAR = Calendar.load()


def counted(rows: list[dict[str, Any]], settings: dict[str, Any], whole: list[dict[str, Any]] | None) -> dict[str, Any]:
    """What gongkai finds, in the words of the loops."""
    listed = [{"id": "1", "applicant": "research", "acts": rows}]
    if whole is not None:
        listed.append({"id": "whole", "applicant": "research", "acts": whole})
    found = courses([request_from(each) for each in listed], CALENDAR, Settings.of(settings))[0]
    return {
        "received_on": found.received_on,
        "due_on": found.due_on,
        "due_on_strict": found.due_on_strict,
        "late_workdays": found.late_workdays,
        "answered_on": found.answered_on,
        "row": found.cell.row if found.cell else None,
        "refused": sorted(each.act.kind for each in found.refused),
    }


@pytest.mark.parametrize("kind", [kind.__name__ for kind in KINDS])
def test_a_nasty_history_comes_out_as_counted_day_by_day(kind: str) -> None:
    made = [each for each in histories() if each.name.startswith(f"{kind}-")]
    assert len(made) == EACH
    different = {each.name: seen for each in made if (seen := _different(each))}
    assert different == {}


def _different(each: History) -> dict[str, Any]:
    expected = day_by_day.walk(each.rows, each.settings, each.whole)
    found = counted(each.rows, each.settings, each.whole)
    return {name: (found[name], expected[name]) for name in expected if found[name] != expected[name]}
