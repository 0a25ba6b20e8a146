"""机器的状况 — a program is told in JSON what the machine refuses, and no more problems than anybody reads."""

from __future__ import annotations

import json

import pytest

from tests.web.api.conftest import System


def test_a_fault_of_the_machine_is_told_in_json_and_health_knows(
    system: System, monkeypatch: pytest.MonkeyPatch
) -> None:
    del system
    from django.test import RequestFactory

    from gongkai.web.api.service import _broken
    from gongkai.web.look import troubles
    from gongkai.web.settings.embedded.turns import BusyError

    monkeypatch.setattr(troubles, "_noted", {})
    request = RequestFactory().get("/api/v1/items")
    told = _broken(request, BusyError("others are writing"))
    assert (told.status_code, json.loads(told.content)["code"]) == (503, "busy")
    assert "没有轮到" in json.loads(told.content)["message"]
    assert told["Retry-After"]
    assert troubles.noted() == "busy"
    told = _broken(request, KeyError("ours"))
    assert (told.status_code, json.loads(told.content)["code"]) == (500, "broken")


def test_many_problems_are_counted_and_the_first_are_told(system: System) -> None:
    told = system.call("POST", "/items", json={f"x{number}": 1 for number in range(1000)})
    assert told.status_code == 422
    said = told.json()
    assert len(said["problems"]) == 200
    assert "有 1003 处" in said["message"]
