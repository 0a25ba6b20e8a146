"""接口的话 — whatever is wrong in a draft is said in a sentence for people: what was found, what is taken."""

from __future__ import annotations

import re

import pytest

from tests.web.api.conftest import DRAFT, System

CODES = re.compile("[a-z]+_[a-z_]+|[\\^\\\\]|None")


@pytest.mark.parametrize(
    ("changed", "where", "said"),
    [
        ({"title": "\u200b\u2060"}, "title", "只有空白和看不见的字符"),
        ({"title": "  　"}, "title", "只有空白和看不见的字符"),
        ({"title": "关于\u202e植树\u202c的通知"}, "title", "U+202E"),
        ({"title": "关于\u2067植树\u2069的通知"}, "title", "U+2067"),
        ({"title": "a\x07b"}, "title", "U+0007"),
        ({"title": "a\nb"}, "title", "有换行"),
        ({"title": "a\u2028b"}, "title", "有换行"),
        ({"source": "办公\r室"}, "source", "有换行"),
        ({"summary": "一行\n\u202e又一行"}, "summary", "U+202E"),
        ({"topic": "没有的"}, "topic", "没有“没有的”这个主题分类，可以写："),
        ({"audience": "x"}, "audience", "没有“x”这类服务对象，可以写："),
        ({"openness": "closed"}, "ground", "要选一条法定理由"),
        ({"openness": "on_request"}, "ground", "要选一条法定理由"),
        ({"expires_on": "2026-11-01"}, "expires_on", "有效期在实施以前就到了"),
        ({"effective_on": "2026-11-01"}, "effective_on", "早于成文日期"),
        ({"column": "nowhere"}, "column", "没有“nowhere”这个栏目"),
        ({"openness": "secret"}, "openness", "没有“secret”这一项，可以写：proactive、on"),
        ({"is_normative": "yes"}, "is_normative", "收到的是“yes”，这里要写 true 或者 false"),
        ({"is_normative": 1}, "is_normative", "收到的是1，"),
        ({"title": 7}, "title", "收到的是7，这里要写加引号的文字"),
        ({"title": ["a"]}, "title", "收到的是一个清单"),
        ({"title": "\ud800"}, "title", "残缺的字符"),
        ({"title": "a\0b"}, "title", "看不见的控制字符"),
        ({"column": "大写 A"}, "column", "收到的是“大写 A”。代号由小写字母"),
        ({"formed_on": "2026年3月2日"}, "formed_on", "收到的是“2026年3月2日”"),
        ({"formed_on": 46353}, "formed_on", "收到的是46353"),
        ({"formed_on": "2026-02-30"}, "formed_on", "“2026-02-30”这一天不存在"),
        ({"formed_on": "1600-01-01"}, "formed_on", "收到的是“1600-01-01”，不能小于 1900-01-01"),
        ({"effective_on": "1600-01-01"}, "effective_on", "收到的是“1600-01-01”，不能小于 1900-01-01"),
        ({"effective_on": "2500-01-01"}, "effective_on", "收到的是“2500-01-01”，不能大于 2199-12-31"),
        ({"expires_on": "2500-01-01"}, "expires_on", "收到的是“2500-01-01”，不能大于 2199-12-31"),
        ({"formed_on": "2150-01-01"}, "formed_on", "还没有到"),
    ],
)
def test_what_is_wrong_in_a_draft_is_said_at_its_place(
    system: System, changed: dict[str, object], where: str, said: str
) -> None:
    from gongkai.web.holdings.models import Item

    answer = system.call("POST", "/items", json={**DRAFT, **changed})
    assert answer.status_code == 422, answer.content.decode()
    (problem,) = answer.json()["problems"]
    assert (problem["where"], said in problem["message"]) == (where, True), problem
    assert not CODES.search(problem["message"].replace("on_request", "")), problem
    assert "再送" not in answer.json()["message"]
    assert not Item.objects.exists()
    english = system.call("POST", "/items", json={**DRAFT, **changed}, headers={"Accept-Language": "en-GB,en;q=0.9"})
    assert re.search("[a-z]{3}", english.json()["message"])
    assert english.json()["problems"][0]["message"] != problem["message"]
    assert (answer["Content-Language"], english["Content-Language"]) == ("zh-CN", "en")


@pytest.mark.parametrize(("method", "path"), [("DELETE", "/items"), ("PUT", "/items/1"), ("PATCH", "/public/items")])
def test_a_method_that_an_address_does_not_take_is_refused_as_all_else(system: System, method: str, path: str) -> None:
    answer = system.call(method, path)
    assert (answer.status_code, answer["Content-Type"]) == (405, "application/json; charset=utf-8")
    assert answer.json()["code"] == "method"
    assert f"不收 {method}，只收 " in answer.json()["message"]
    assert answer["Allow"]
    english = system.call(method, path, headers={"Accept-Language": "en"})
    assert f"does not take {method}" in english.json()["message"]


@pytest.mark.parametrize("field", ["since", "until"])
@pytest.mark.parametrize("day", ["0001-01-01", "9999-12-31"])
def test_whatever_day_is_asked_for_is_answered(system: System, field: str, day: str) -> None:
    for place in ("items", "changes"):
        assert system.call("GET", f"/public/{place}?{field}={day}").status_code == 200


def test_all_that_is_wrong_is_said_at_once_and_what_is_right_is_taken(system: System) -> None:
    wrong = {"title": "a\nb", "topic": "x", "openness": "closed", "column": "nowhere"}
    problems = system.call("POST", "/items", json={**DRAFT, **wrong}).json()["problems"]
    assert {each["where"] for each in problems} == {"title", "topic", "ground", "column"}
    made = system.draft(
        title=" 关于\u200b植树的通知\n", summary="一行\n又一行", topic="农业、林业、水利", is_normative=False
    )
    assert made["title"] == "关于植树的通知"


def test_a_name_that_stands_twice_is_refused(system: System) -> None:
    import json

    from django.test import Client

    headers = {"Authorization": f"Bearer {system.secret}", "Idempotency-Key": "twice"}
    for text, said in (
        (json.dumps(DRAFT)[:-1] + ', "title": "另一个"}', "“title”给了不止一次"),
        (json.dumps(DRAFT)[:-1], "第 1 行第"),
        ("", "没有给出"),
        ("[]", "收到的是一个清单"),
    ):
        answer = Client().generic("POST", "/api/v1/items", text, content_type="application/json", headers=headers)
        assert answer.status_code in (400, 422)
        told = answer.json()
        assert said in " ".join([told["message"], *(each["message"] for each in told["problems"])]), (text, told)
    cut = Client().generic(
        "POST", "/api/v1/items", b'{"title": "\xb9\xd8"}', headers=headers, content_type="application/json"
    )
    assert "UTF-8" in cut.json()["message"]
