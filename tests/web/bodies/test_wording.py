"""办理记录的说法 — whatever a room writes into the journal has a word; no code is shown (条例 第四十五条)."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

import gongkai.web
from gongkai.law.roles import Role
from tests.web.cast import NOW, cast, client_of

WEB = Path(gongkai.web.__file__).parent
RECORDING = {"record", "_record", "_journal"}


def trees() -> Iterator[ast.AST]:
    for path in WEB.rglob("*.py"):
        if "tests" not in path.parts:
            yield ast.parse(path.read_text(encoding="utf-8"))


def names_of(value: ast.AST | None) -> Iterator[str]:
    """Keys of a mapping that is written out, also where it is joined to others."""
    for each in ast.walk(value) if value is not None else ():
        if isinstance(each, ast.Dict):
            yield from (key.value for key in each.keys if isinstance(key, ast.Constant) and isinstance(key.value, str))


def facts() -> set[str]:
    """事项 — names under which something is told of an act, in the source of the rooms."""
    found: set[str] = set()
    for tree in trees():
        for each in ast.walk(tree):
            if isinstance(each, ast.Assign | ast.AnnAssign):
                targets = each.targets if isinstance(each, ast.Assign) else [each.target]
                if any(isinstance(target, ast.Name) and target.id == "facts" for target in targets):
                    found |= set(names_of(each.value))
                found |= {
                    target.slice.value for target in targets if isinstance(target, ast.Subscript)
                    and isinstance(target.value, ast.Name) and target.value.id == "facts"
                    and isinstance(target.slice, ast.Constant)
                }  # fmt: skip
            if isinstance(each, ast.Call):
                found |= {name for given in each.keywords if given.arg == "facts" for name in names_of(given.value)}
                called = each.func.attr if isinstance(each.func, ast.Attribute) else getattr(each.func, "id", "")
                if called in RECORDING:
                    found |= {name for given in each.args for name in names_of(given)}
    return found


def acts() -> set[str]:
    """步骤 — as they are written out in the source of the rooms."""
    pattern = re.compile(r"(?:holdings|files|api|bodies)\.[a-z_]+")
    found: set[str] = set()
    for tree in trees():
        for each in ast.walk(tree):
            if isinstance(each, ast.Call):
                called = each.func.attr if isinstance(each.func, ast.Attribute) else getattr(each.func, "id", "")
                given = [*each.args, *(one.value for one in each.keywords if one.arg == "act")]
                if called in RECORDING:
                    found |= {
                        one.value for one in given if isinstance(one, ast.Constant) and isinstance(one.value, str)
                        and pattern.fullmatch(one.value)
                    }  # fmt: skip
    return found


@pytest.mark.usefixtures("platform")
def test_every_fact_and_every_act_that_a_room_records_has_a_word() -> None:
    from gongkai.web.bodies import wording

    told = facts()
    assert {"index", "hits", "from", "copies", "ground", "combined", "scopes", "changed"} <= told
    assert told - wording.FACTS.keys() == set()
    assert acts() - wording.ACTS.keys() == set()
    assert "files.receive" in acts()


@pytest.mark.usefixtures("ground")
def test_no_code_is_shown() -> None:
    from gongkai.web.journal.actions import record

    people = cast()
    clerk = people.of(Role.CLERK)
    facts = {
        "from": "draft", "to": "first_review", "outcome": "open_after_cuts", "ground": "inaccurate",
        "level": "township",
        "scan": "not_configured", "kind": "masked", "by": 12, "at": "2026-11-30T01:46:00+00:00", "staff": clerk.id,
        "scopes": ["read", "draft"], "changed": ["office_name", "is_small"], "sent_by": [clerk.id], "files": [],
        "system_admin": clerk.id, "is_disclosure_office": True, "body": people.township.slug, "role": "clerk",
    }  # fmt: skip
    record(chain="shifan", act="holdings.override", subject="api.token:3", actor="console", now=NOW, facts=facts)
    record(
        chain="shifan", act="holdings.repeals", subject="holdings.item:3", actor="console", now=NOW, facts={"by": None}
    )
    page = client_of(people.of(Role.AUDIT_ADMIN)).get("/desk/journal/").content.decode()
    shown = page[page.index("<tbody>") : page.index("</tbody>")]
    for said in (
        "政府信息 12",
        "2026-11-30 09:46",
        "起草和上传附件",
        "机构名称、小单位",
        clerk.name,
        "柳林镇",
        "没有配置查毒",
    ):
        assert said in shown, said
    assert not re.search("[A-Za-z]+", re.sub("<[^>]*>", "", shown))
