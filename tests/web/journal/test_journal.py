"""办理记录 — any history verifies, any change of any past row is named, a person can be erased (条例 第四十五条)."""

from __future__ import annotations

import json
from datetime import date, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.web.cast import NOW

pytestmark = pytest.mark.usefixtures("ground")

acts = st.lists(
    st.tuples(
        st.sampled_from(["county", "township"]),
        st.sampled_from(["create", "edit", "publish"]),
        st.dictionaries(
            st.sampled_from(["from", "to", "甲"]), st.text("ab乙", max_size=4) | st.integers(0, 9), max_size=2
        ),
        st.booleans(),
    ),
    min_size=1,
    max_size=8,
)
one_ground = settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=25)


def write(history: list[tuple[str, str, dict[str, object], bool]]) -> None:
    from gongkai.web.journal.actions import record

    for place, (chain, act, facts, personal) in enumerate(history):
        record(
            chain=chain,
            act=act,
            subject=f"holdings.item:{place % 3}",
            actor="staff:1",
            now=NOW + timedelta(minutes=place),
            facts=facts,
            personal={"name": f"某{place}"} if personal else None,
        )


def clear() -> None:
    """What `ground` does between tests, between the examples of one."""
    from django.db import connection

    from gongkai.web.journal.models import Anchor, Chain, Entry, Salt

    without_guard()
    for model in (Entry, Chain, Anchor, Salt):
        with connection.cursor() as cursor:
            cursor.execute(f"DELETE FROM {model._meta.db_table}")


def without_guard() -> None:
    """Whoever owns the database can take the triggers away first."""
    from django.db import connection

    names = {
        "journal_entry": ("no_update", "no_delete", "no_change"),
        "journal_anchor": ("no_update", "no_delete", "no_change"),
        "journal_chain": ("no_delete", "grows"),
    }
    with connection.cursor() as cursor:
        for table, triggers in names.items():
            for trigger in triggers:
                on = f" ON {table}" if connection.vendor == "postgresql" else ""
                cursor.execute(f"DROP TRIGGER IF EXISTS {table}_{trigger}{on}")


def change(table: str, column: str, value: object, number: int) -> int:
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute(f"UPDATE {table} SET {column} = %s WHERE id = %s", [value, number])
        return int(cursor.rowcount)


@one_ground
@given(acts)
def test_any_history_verifies(history: list[tuple[str, str, dict[str, object], bool]]) -> None:
    from gongkai.web.journal.actions import anchor
    from gongkai.web.journal.queries import verify

    clear()
    write(history)
    anchor(day=date(2026, 11, 20))
    write(history)
    anchor(day=date(2026, 11, 21))
    assert verify() == []


CHANGES = {
    "at": "2026-11-20 01:29:59+00:00",
    "act": "withdraw",
    "actor": "staff:2",
    "subject": "holdings.item:99",
    "facts": json.dumps({"someone": "else"}),
    "algorithm": "sha256",
    "previous": "0" * 64,
    "digest": "f" * 64,
    "number": 77,
}


@pytest.mark.parametrize("column", CHANGES)
@pytest.mark.parametrize("place", [0, 2, 4])
def test_any_change_of_any_column_of_any_row_is_named(column: str, place: int) -> None:
    from gongkai.web.journal.models import Entry
    from gongkai.web.journal.queries import verify

    write([("county", "edit", {"to": "x"}, True)] * 5 + [("township", "edit", {}, False)])
    without_guard()
    changed = Entry.objects.filter(chain__code="county").order_by("number")[place]
    assert change("journal_entry", column, CHANGES[column], changed.id) == 1
    breaks = verify()
    assert [each.chain for each in breaks] == ["county"]
    # A row whose number is another is missed at its place.
    assert breaks[0].number == place + 1
    assert "county" in str(breaks[0])
    assert verify(["township"]) == []


def test_a_row_moved_to_another_chain_is_missed_in_one_and_too_many_in_the_other() -> None:
    from gongkai.web.journal.models import Chain, Entry
    from gongkai.web.journal.queries import verify

    write([("county", "edit", {}, False)] * 3 + [("township", "edit", {}, False)] * 2)
    without_guard()
    moved = Entry.objects.get(chain__code="county", number=3)
    change("journal_entry", "chain_id", Chain.objects.get(code="township").id, moved.id)
    assert [(each.chain, each.number) for each in verify()] == [("county", 3), ("township", 3)]


@pytest.mark.parametrize(("column", "value"), [("length", 2), ("length", 9), ("head", "e" * 64), ("code", "other")])
def test_a_changed_head_is_named(column: str, value: object) -> None:
    from gongkai.web.journal.models import Chain
    from gongkai.web.journal.queries import verify

    write([("county", "edit", {}, False)] * 4)
    without_guard()
    change("journal_chain", column, value, Chain.objects.get().id)
    assert len(verify()) == 1


def test_a_day_cut_off_the_end_is_named_by_the_anchor() -> None:
    from django.db import connection

    from gongkai.web.journal.actions import anchor
    from gongkai.web.journal.models import Chain, Entry
    from gongkai.web.journal.queries import verify

    write([("county", "edit", {}, False)] * 4)
    anchor(day=date(2026, 11, 20))
    without_guard()
    second = Entry.objects.get(number=2)
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM journal_entry WHERE number > 2")
    change("journal_chain", "length", 2, Chain.objects.get().id)
    change("journal_chain", "head", second.digest, Chain.objects.get().id)
    assert [each.number for each in verify()] == [3]
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM journal_entry")
        cursor.execute("DELETE FROM journal_chain")
    assert "整条不见了" in str(verify()[0])


@pytest.mark.parametrize("column", ["heads", "previous", "digest", "algorithm", "day"])
def test_a_changed_anchor_is_named(column: str) -> None:
    from gongkai.web.journal.actions import anchor
    from gongkai.web.journal.models import Anchor
    from gongkai.web.journal.queries import verify

    write([("county", "edit", {}, False)] * 2)
    for day in (20, 21, 22):
        anchor(day=date(2026, 11, day))
    without_guard()
    value = {"heads": json.dumps({}), "day": "2026-11-23", "algorithm": "sha256"}.get(column, "a" * 64)
    change("journal_anchor", column, value, Anchor.objects.get(day=date(2026, 11, 21)).id)
    breaks = verify()
    assert [each.chain for each in breaks] == [""]
    assert "日锚" in str(breaks[0])


def test_an_anchor_is_made_once_a_day_and_never_backwards() -> None:
    from gongkai.web.journal.actions import anchor
    from gongkai.web.journal.models import Anchor

    write([("county", "edit", {}, False)])
    first = anchor(day=date(2026, 11, 20))
    assert anchor(day=date(2026, 11, 20)) == first
    assert anchor(day=date(2026, 11, 19)) == first
    assert Anchor.objects.count() == 1


@pytest.mark.parametrize("sentence", ["UPDATE journal_entry SET act = 'x'", "DELETE FROM journal_entry",
    "UPDATE journal_anchor SET previous = ''", "DELETE FROM journal_anchor", "DELETE FROM journal_chain",
    "UPDATE journal_chain SET length = 0", "UPDATE journal_chain SET code = 'x'"])  # fmt: skip
def test_the_database_itself_refuses_to_change_what_was_written(sentence: str) -> None:
    from django.db import DatabaseError, connection, transaction

    from gongkai.web.journal.actions import anchor

    write([("county", "edit", {}, False)])
    anchor(day=date(2026, 11, 20))
    with pytest.raises(DatabaseError, match="only added to"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(sentence)


def test_whoever_is_erased_can_no_longer_be_told_and_the_chain_holds() -> None:
    from gongkai.web.journal.actions import erase
    from gongkai.web.journal.models import Entry
    from gongkai.web.journal.queries import is_about, of_subject, verify

    write([("county", "create", {}, True)] * 4)
    entry = of_subject("holdings.item:0")[0]
    assert is_about(entry, "name", "某0")
    assert not is_about(entry, "name", "某1")
    assert "某" not in json.dumps(list(Entry.objects.values_list("facts", flat=True)), ensure_ascii=False)
    assert erase(chain="county", subject="holdings.item:0", actor="staff:9", now=NOW)
    assert not is_about(entry, "name", "某0")
    assert not erase(chain="county", subject="holdings.item:0", actor="staff:9", now=NOW)
    assert of_subject("holdings.item:0").last().act == "erase"  # type: ignore[union-attr]
    assert verify() == []


def test_the_same_person_has_another_digest_under_another_subject() -> None:
    from gongkai.web.journal.actions import record

    told = [
        record(chain="county", act="x", subject=f"s:{n}", actor="a", now=NOW, personal={"name": "某"}).facts
        for n in (1, 2)
    ]
    assert told[0]["personal"]["name"] != told[1]["personal"]["name"]


def test_the_algorithm_of_each_entry_is_its_own() -> None:
    from django.test import override_settings

    from gongkai.web.journal.models import Entry
    from gongkai.web.journal.queries import verify

    for algorithm in ("sm3", "sha256", "sm3"):
        with override_settings(JOURNAL_ALGORITHM=algorithm):
            write([("county", "edit", {}, True)])
    assert list(Entry.objects.order_by("number").values_list("algorithm", flat=True)) == ["sm3", "sha256", "sm3"]
    assert verify() == []


def test_nothing_is_recorded_outside_a_transaction(platform: object) -> None:
    from threading import Thread

    from django.db import connection, transaction

    from gongkai.web.journal.actions import record

    said: list[BaseException] = []

    def outside() -> None:
        try:
            record(chain="county", act="x", subject="s:1", actor="a", now=NOW)
        except transaction.TransactionManagementError as error:
            said.append(error)
        finally:
            connection.close()

    thread = Thread(target=outside)
    thread.start()
    thread.join()
    assert len(said) == 1
