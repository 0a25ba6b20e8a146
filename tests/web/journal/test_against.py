"""与旧件比对 — whoever owns the database cuts, seals anew, forges or goes back: an earlier export names where
(条例 第四十五条)."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.web.cast import NOW
from tests.web.journal.test_journal import acts, change, clear, without_guard, write

pytestmark = pytest.mark.usefixtures("ground")
one_ground = settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=25, deadline=None)


def exported() -> list[bytes]:
    from gongkai.web.journal.exported import written
    from gongkai.web.journal.models import Chain
    from gongkai.web.journal.queries import days, links

    chains = ((chain.code, chain.length, chain.head, links(chain)) for chain in Chain.objects.order_by("id"))
    return list(written(days(), chains, "sm3", NOW))


def said(lines: list[bytes]) -> list[tuple[str, int | None]]:
    """The breaks that only the earlier export shows, or the journal alone where it does not hold."""
    from gongkai.web.journal.exported import held
    from gongkai.web.journal.queries import since, verify

    alone = verify()
    return [(each.chain, each.number) for each in [*alone, *since(held(lines))]]


def sealed_anew() -> None:
    """Every chain and anchor sealed again from what the rows now say, as whoever owns the database can."""
    from dataclasses import replace

    from gongkai.web.journal.models import Anchor, Chain, Entry
    from gongkai.web.journal.queries import days, links

    for chain in Chain.objects.all():
        previous = ""
        chain.length = Entry.objects.filter(chain=chain).count()
        for count, row in enumerate(Entry.objects.filter(chain=chain).order_by("number"), 1):
            row.number = count
            row.save()
        for row, link in zip(Entry.objects.filter(chain=chain).order_by("number"), list(links(chain)), strict=True):
            row.previous = previous
            row.digest = previous = replace(link, previous=previous).seal()
            row.save()
        chain.head = previous
        chain.save()
    previous = ""
    for anchor, day in zip(Anchor.objects.order_by("day"), list(days()), strict=True):
        anchor.heads = {
            chain.code: [n, Entry.objects.get(chain=chain, number=n).digest]
            for chain in Chain.objects.all()
            if (n := min(chain.length, anchor.heads.get(chain.code, [0])[0]))
        }
        anchor.previous = previous
        anchor.digest = previous = replace(day, heads=anchor.heads, previous=previous).seal()
        anchor.save()


@one_ground
@given(acts, acts)
def test_what_only_grew_agrees_with_every_earlier_export(first: list[object], second: list[object]) -> None:
    from gongkai.web.journal.actions import anchor

    clear()
    write(first)  # type: ignore[arg-type]
    anchor(day=date(2026, 11, 20))
    earlier = exported()
    write(second)  # type: ignore[arg-type]
    anchor(day=date(2026, 11, 21))
    assert said(earlier) == []
    assert said(exported()) == []


@one_ground
@given(acts, st.data())
def test_any_row_changed_and_everything_sealed_anew_is_named(history: list[object], data: st.DataObject) -> None:
    from gongkai.web.journal.actions import anchor
    from gongkai.web.journal.models import Entry
    from gongkai.web.journal.queries import verify

    clear()
    write(history)  # type: ignore[arg-type]
    anchor(day=date(2026, 11, 20))
    earlier = exported()
    without_guard()
    row = data.draw(st.sampled_from(list(Entry.objects.order_by("id"))))
    what = data.draw(st.sampled_from(["act", "actor", "subject", "gone"]))
    if what == "gone":
        row.delete()
    else:
        change("journal_entry", what, "x:9", row.id)
    sealed_anew()
    assert verify() == []  # alone it looks whole
    assert (row.chain.code, row.number) in said(earlier)


def _cut() -> None:
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM journal_entry WHERE number > 3")
    sealed_anew()


def _emptied() -> None:
    from django.db import connection

    with connection.cursor() as cursor:
        for table in ("journal_entry", "journal_anchor", "journal_chain"):
            cursor.execute(f"DELETE FROM {table}")


def _without_anchors() -> None:
    from gongkai.web.journal.models import Anchor

    Anchor.objects.all().delete()


def _without_the_last_anchor() -> None:
    from gongkai.web.journal.models import Anchor

    Anchor.objects.order_by("-day")[0].delete()


ATTACKS: dict[str, tuple[Callable[[], None], str]] = {
    "the tail cut behind the last anchor, the head mended": (_cut, "county只到第 3 条，2026-11-20 09:30 导出的有 5 条"),
    "the whole emptied": (_emptied, "county整条不见了，2026-11-20 09:30 导出的有 5 条"),
    "all anchors deleted": (_without_anchors, "2026-11-20 的日锚不见了"),
    "the last anchor deleted": (_without_the_last_anchor, "2026-11-21 的日锚不见了"),
}


@pytest.mark.parametrize("attack", ATTACKS)
def test_what_alone_looks_whole_does_not_beside_an_export(attack: str) -> None:
    from gongkai.web.journal.actions import anchor
    from gongkai.web.journal.exported import held
    from gongkai.web.journal.queries import since, verify

    write([("county", "edit", {}, False)] * 2)
    anchor(day=date(2026, 11, 20))
    anchor(day=date(2026, 11, 21))
    write([("county", "edit", {}, False)] * 3)
    earlier = held(exported())
    without_guard()
    act, told = ATTACKS[attack]
    act()
    assert verify() == []
    assert str(since(earlier)[0]).startswith(told)


def test_an_entry_forged_at_the_tail_and_dated_back_is_named() -> None:
    from gongkai.web.journal.chaining import Link
    from gongkai.web.journal.models import Chain, Entry
    from gongkai.web.journal.queries import verify

    write([("county", "edit", {}, False)] * 3)
    without_guard()
    chain = Chain.objects.get()
    link = Link("county", 4, NOW - timedelta(days=300), "edit", "staff:1", "x:1", {}, "sm3", chain.head)
    names = ("number", "at", "act", "actor", "subject", "facts", "algorithm", "previous")
    Entry.objects.create(chain=chain, digest=link.seal(), **{name: getattr(link, name) for name in names})
    Chain.objects.update(length=4, head=link.seal())
    (found,) = verify()
    assert str(found).startswith("county第 4 条的时间是 2026-01-24 09:30，比前一条早了一天以上")


def test_a_clock_that_had_run_ahead_and_was_corrected_is_written_down_and_no_break() -> None:
    from django.test import override_settings
    from django.utils import timezone

    from gongkai.web.journal.actions import record
    from gongkai.web.journal.models import Entry
    from gongkai.web.journal.queries import verify

    ahead = timezone.now() + timedelta(days=400)
    record(chain="county", act="x", subject="s:1", actor="a", now=ahead)
    with override_settings(CLOCK_IS_RIGHT=True):
        record(chain="county", act="x", subject="s:1", actor="a", now=timezone.now())
    assert [("clock_corrected" in entry.facts) for entry in Entry.objects.order_by("id")] == [False, True]
    assert verify() == []


def test_an_export_that_was_changed_proves_nothing() -> None:
    from gongkai.web.journal.exported import ExportError, held

    write([("county", "edit", {}, False)] * 3)
    lines = exported()
    with pytest.raises(ExportError, match="不能拿来比对"):
        held([line.replace(b'"edit"', b'"edut"') for line in lines])
    with pytest.raises(ExportError, match="没有写完"):
        held(lines[:-2])


@pytest.mark.parametrize("sentence", ["INSERT OR REPLACE INTO journal_entry SELECT * FROM journal_entry",
    "REPLACE INTO journal_anchor SELECT * FROM journal_anchor"])  # fmt: skip
def test_a_row_is_not_replaced_either(sentence: str) -> None:
    from django.db import DatabaseError, connection, transaction

    from gongkai.web.journal.actions import anchor

    if connection.vendor != "sqlite":
        pytest.skip("only SQLite has this sentence")
    write([("county", "edit", {}, False)])
    anchor(day=date(2026, 11, 20))
    with pytest.raises(DatabaseError, match="only added to"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(sentence)
