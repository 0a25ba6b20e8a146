"""办理记录的说法 — whatever a room writes into the journal has a word in both languages; no code is shown (条例
第四十五条)."""

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
RECORDING = {"record", "_record", "_journal", "journal", "note_export"}
ACT = re.compile(r"(?:holdings|files|api|bodies)\.[a-z_]+")


def trees() -> Iterator[tuple[str, ast.AST]]:
    """Every module, with the room that it is of."""
    for path in WEB.rglob("*.py"):
        yield path.relative_to(WEB).parts[0], ast.parse(path.read_text(encoding="utf-8"))


def names_of(value: ast.AST | None) -> Iterator[str]:
    """Keys of a mapping that is written out, also where it is joined to others."""
    for each in ast.walk(value) if value is not None else ():
        if isinstance(each, ast.Dict):
            yield from (key.value for key in each.keys if isinstance(key, ast.Constant) and isinstance(key.value, str))


def facts_of(tree: ast.AST) -> Iterator[str]:
    """Names under which something is told of an act, in the source of one module."""
    for each in ast.walk(tree):
        if isinstance(each, ast.Assign | ast.AnnAssign):
            targets = each.targets if isinstance(each, ast.Assign) else [each.target]
            if any(isinstance(target, ast.Name) and target.id == "facts" for target in targets):
                yield from names_of(each.value)
            yield from (
                target.slice.value for target in targets if isinstance(target, ast.Subscript)
                and isinstance(target.value, ast.Name) and target.value.id == "facts"
                and isinstance(target.slice, ast.Constant) and isinstance(target.slice.value, str)
            )  # fmt: skip
        if isinstance(each, ast.Call):
            yield from (name for given in each.keywords if given.arg == "facts" for name in names_of(given.value))
            if called(each) in RECORDING:
                yield from (name for given in each.args for name in names_of(given))


def called(call: ast.Call) -> str:
    return call.func.attr if isinstance(call.func, ast.Attribute) else getattr(call.func, "id", "")


def acts() -> set[str]:
    """步骤 — as they are written out in the source of the rooms."""
    found: set[str] = set()
    for _, tree in trees():
        for each in ast.walk(tree):
            if isinstance(each, ast.Call) and called(each) in RECORDING:
                given = [*each.args, *(one.value for one in each.keywords if one.arg == "act")]
                written = (one.value for one in given if isinstance(one, ast.Constant) and isinstance(one.value, str))
                found |= {one for one in written if ACT.fullmatch(one)}
    return found


@pytest.mark.usefixtures("platform")
def test_every_fact_and_every_act_that_a_room_records_has_a_word_of_that_room() -> None:
    from gongkai.web.journal.rooms import declared, words

    own = {name.split(".")[2]: each for name, each in declared().items()}
    assert set(own) == {"api", "holdings", "files", "bodies", "journal"}
    told = {(room, name) for room, tree in trees() for name in facts_of(tree)}
    assert {("holdings", "index"), ("files", "hits"), ("bodies", "changed"), ("api", "scopes")} <= told
    # The sample writes what the rooms write: its facts are said by the room of the act, which its own test walks.
    without = {(room, name) for room, name in told - {each for each in told if each[0] == "sample"}
        if room not in own or name not in own[room].facts}  # fmt: skip
    assert without == set()
    assert acts() - words().acts.keys() == set()
    assert "files.receive" in acts()


@pytest.mark.usefixtures("platform")
def test_every_step_and_every_event_of_the_law_has_a_word() -> None:
    from gongkai.law.administration import Event
    from gongkai.law.publishing import Act
    from gongkai.web.journal.rooms import words

    assert {f"holdings.{act}" for act in Act} | {str(event) for event in Event} <= words().acts.keys()


@pytest.mark.usefixtures("platform")
def test_every_word_is_said_in_english_too() -> None:
    from gongkai.web.journal.rooms import compared, words
    from gongkai.web.look.language import catalogue

    whole, english = words(), catalogue()
    said = {
        *whole.acts.values(), *whole.facts.values(), *whole.codes.values(), *whole.subjects.values(),
        *whole.actors.values(), *(thing.label for thing in whole.things.values()),
        *(word for values in whole.of_facts.values() for word in values.values()), *compared(),
    }  # fmt: skip
    chinese = {word for word in said if re.search("[\u4e00-\u9fff]", word)}
    assert {word for word in chinese if re.search("[\u4e00-\u9fff]", english(word))} == set()


@pytest.mark.usefixtures("platform")
def test_rooms_that_disagree_on_an_act_are_told() -> None:
    from gongkai.web.journal.rooms import Words, WordsError, joined

    with pytest.raises(WordsError, match="两种说法"):
        joined([Words(acts={"x.do": "办理"}), Words(acts={"x.do": "办结"})])
    assert joined([Words(facts={"copy": "副本"}), Words(facts={"copy": "校验值"})]).facts == {"copy": "校验值"}


@pytest.mark.usefixtures("platform")
def test_a_room_that_compares_says_what() -> None:
    from gongkai.web.journal.rooms import rooms

    compares = {room.__name__ for room in rooms() if hasattr(room, "compared_with_journal")}
    assert compares <= {room.__name__ for room in rooms() if getattr(room, "COMPARED", ())}
    assert compares


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
        "digest": "ab" * 32, "personal": {"opinion": "cd" * 32},
    }  # fmt: skip
    record(chain="shifan", act="holdings.override", subject="api.token:3", actor="token:3", now=NOW, facts=facts)
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
        "草稿 → 待初审",
        "接口令牌 3",
    ):
        assert said in shown, said
    assert not re.search("[A-Za-z]+", re.sub("<[^>]*>", "", shown))
