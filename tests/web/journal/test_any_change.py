"""改什么都说得出 — any covered column of any row, a row more or less: verify names it; a column that nobody has decided
about is covered, or this fails (条例 第四十五条)."""

from __future__ import annotations

import random
from collections.abc import Iterator
from typing import Any

import pytest

from gongkai.law.roles import Role
from tests.conftest import ROOT
from tests.web.journal.changed_rows import changes, gone_or_new, lived
from tests.web.journal.test_journal import without_guard

pytestmark = pytest.mark.usefixtures("ground")
ROOMS = ("holdings", "files", "bodies", "api")
OF_THE_JOURNAL: dict[str, dict[str, str]] = {
    "Chain": {"id": "a number of the database"},
    "Entry": {"id": "a number of the database"},
    "Anchor": {"id": "a number of the database"},
    "Salt": {"id": "a number of the database"},
    "LogLeaf": {"id": "a number of the database"},
    "LogNode": {"id": "a number of the database"},
    "LogHead": {"id": "a number of the database"},
    "LogEnd": {"id": "one row", "anchored": "where the last anchor stood; only decides whether there is another"},
}
"""办理记录自己的表 — each column of them is covered but these."""


def named() -> list[str]:
    from gongkai.web.journal.console import verified

    return [str(each) for each in verified().breaks]


def is_named() -> bool:
    """Whether anything is said, by whichever looks first."""
    from gongkai.web.journal.log_checks import log_breaks
    from gongkai.web.journal.queries import told_by_rooms, verify

    return any(True for _ in told_by_rooms()) or bool(log_breaks() or verify())


def _tables() -> dict[str, Any]:
    from gongkai.web.journal.sealed_rows import tables

    return tables()


def _without_log_guard() -> None:
    from django.db import connection

    without_guard()
    with connection.cursor() as cursor:
        for table in ("journal_logleaf", "journal_lognode", "journal_loghead", "journal_logend"):
            for name in ("no_update", "no_delete", "no_change", "grows"):
                on = f" ON {table}" if connection.vendor == "postgresql" else ""
                cursor.execute(f"DROP TRIGGER IF EXISTS {table}_{name}{on}")


def test_every_table_and_column_of_the_rooms_is_decided_about(platform: object) -> None:
    """A table is compared or named with its reason; of one that is compared a column is, unless it is named."""
    del platform
    from importlib import import_module

    from django.apps import apps

    for label in ROOMS:
        room = import_module(f"gongkai.web.{label}.room")
        compared = {each.label for each in room.kept_rows}
        there = {each._meta.label_lower for each in apps.get_app_config(label).get_models()}
        assert compared | room.not_kept.keys() == there
        assert not compared & room.not_kept.keys()
        for each in room.kept_rows:
            known = {field.name for field in each.model._meta.concrete_fields}
            assert {*each.elsewhere, *each.free} <= known, f"{each.label}: no longer there"
            assert all({**each.elsewhere, **each.free}.values()), "each with its reason"


def test_whatever_is_changed_past_the_platform_is_named() -> None:
    lived()
    assert named() == []
    chance, missed, tried = random.Random(45), list[str](), 0
    for kept in _tables().values():
        assert kept.model._base_manager.exists(), f"{kept.label}: the history has no row of it"
        columns = [each.name for each in kept.model._meta.concrete_fields if not each.primary_key]
        for name in (each for each in columns if each not in kept.free):
            for what in changes(kept.model, name, chance):
                tried += 1
                missed += [] if is_named() else [what]
        for what in gone_or_new(kept.model, chance):
            tried += 1
            missed += [] if is_named() else [what]
    assert missed == []
    assert tried > 200
    assert named() == []


def test_what_is_not_covered_is_really_not_and_the_list_is_no_longer_than_it_must_be() -> None:
    lived()
    chance, named_all_the_same = random.Random(45), list[str]()
    for kept in _tables().values():
        for name in kept.free:
            named_all_the_same += [what for what in changes(kept.model, name, chance) if is_named()]
    assert named_all_the_same == []


def test_whatever_is_changed_of_the_journal_itself_is_named() -> None:
    from gongkai.web.journal import models

    lived()
    _without_log_guard()
    chance, missed = random.Random(45), list[str]()
    for label, free in OF_THE_JOURNAL.items():
        model = getattr(models, label)
        for field in model._meta.concrete_fields:
            if field.name not in free:
                missed += [what for what in changes(model, field.name, chance) if not is_named()]
    assert missed == []


def test_a_salt_that_was_deleted_past_the_platform_is_named_and_one_that_was_erased_is_not() -> None:
    from gongkai.web.journal.actions import erase
    from gongkai.web.journal.models import Salt

    office = lived()
    subject = f"bodies.staff:{office.people.of(Role.CLERK).pk}"
    erase(chain="shifan-housing", subject=subject, actor="staff:1", now=office.tick())
    assert named() == []
    Salt.objects.filter(subject__startswith="holdings.item:").delete()
    assert any("的盐不见了，办理记录里没有删过它" in each for each in named())


def _old(entries: Any) -> Iterator[Any]:
    for each in entries:
        each.facts.pop("rows", None)
        yield each


def test_entries_of_the_older_shape_still_verify_and_stock_is_taken_of_their_rows_once() -> None:
    from gongkai.web.holdings.models import Relation
    from gongkai.web.journal.models import Chain, Entry
    from gongkai.web.journal.stock import take_stock
    from tests.web.journal.test_against import sealed_anew

    office = lived()
    _without_log_guard()
    for model in (models_of("LogLeaf"), models_of("LogNode"), models_of("LogHead"), models_of("LogEnd")):
        model.objects.all().delete()
    Entry.objects.filter(act="journal.stock").delete()
    for each in _old(Entry.objects.all()):
        each.save()
    for chain in Chain.objects.all():
        chain.save()
    sealed_anew()
    assert named() == []
    relation = Relation.objects.order_by("id")[0]
    Relation.objects.filter(pk=relation.pk).update(on="2020-01-01")
    assert named() == []  # nothing of it stands in older entries
    Relation.objects.filter(pk=relation.pk).update(on=relation.on)
    assert take_stock(now=office.tick()) > 20
    assert take_stock(now=office.tick()) == 0
    assert named() == []
    Relation.objects.filter(pk=relation.pk).update(on="2020-01-01")
    assert any("关联" in each for each in named())


@pytest.mark.parametrize("act", ["journal.stock", "bodies.appoint_myself"])
def test_a_change_that_an_entry_written_past_the_platform_covers_is_named(act: str) -> None:
    from gongkai.web.bodies.models import Staff
    from gongkai.web.journal.actions import record
    from gongkai.web.journal.sealed_rows import FACT, sealed

    office = lived()
    assert named() == []
    person = Staff.objects.order_by("pk")[0]
    Staff.objects.filter(pk=person.pk).update(name="王某某")
    facts = {FACT: sealed("sha256", [Staff.objects.get(pk=person.pk)])}
    record(chain="platform", act=act, subject="journal.stock", actor="platform", now=office.tick(), facts=facts)
    assert any("绕过平台补记" in each and f"编号 {person.pk}" in each for each in named())


def models_of(label: str) -> Any:
    from gongkai.web.journal import models

    return getattr(models, label)


def test_what_is_not_compared_stands_in_the_documents(platform: object) -> None:
    del platform
    from importlib import import_module

    told = (ROOT / "docs" / "how-to" / "verify-the-journal.md").read_text(encoding="utf-8")
    for label in ROOMS:
        room = import_module(f"gongkai.web.{label}.room")
        names = {name for each in room.kept_rows for name in each.free} | room.not_kept.keys()
        assert {name for name in names if f"`{name}`" not in told} == set()
