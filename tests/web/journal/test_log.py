"""公开存证 — the log only grows, every leaf is proved under a signed head, whatever is changed is named (条例
第二十三条、第四十五条)."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from gongkai.law.publishing import Act, State
from gongkai.law.roles import Role
from gongkai.law.withdrawal import WithdrawalGround
from gongkai.web.journal import heads, tree
from tests.web.cast import NOW
from tests.web.holdings.county import Office
from tests.web.journal.test_journal import change, without_guard, write

pytestmark = pytest.mark.usefixtures("ground")
one_ground = settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=20, deadline=None)
TABLES = ("journal_logleaf", "journal_lognode", "journal_loghead", "journal_logend")


@pytest.fixture(autouse=True)
def beside(ground: None) -> Iterator[Path]:
    """树头文件 — none before, none after."""
    from django.conf import settings as given

    from gongkai.web.journal.log import FILE

    path = Path(given.DATA) / FILE
    path.unlink(missing_ok=True)
    yield path
    path.unlink(missing_ok=True)


def off_guard() -> None:
    from django.db import connection

    with connection.cursor() as cursor:
        for table in TABLES:
            for trigger in ("no_update", "no_delete", "no_change", "grows"):
                on = f" ON {table}" if connection.vendor == "postgresql" else ""
                cursor.execute(f"DROP TRIGGER IF EXISTS {table}_{trigger}{on}")


def emptied() -> None:
    from django.db import connection

    off_guard()
    with connection.cursor() as cursor:
        for table in TABLES:
            cursor.execute(f"DELETE FROM {table}")


def grow(count: int, start: int = 0) -> None:
    from gongkai.web.journal import log

    for each in range(start, start + count):
        log.append(act="publish", subject=f"A/{each}", told={"index": f"A/{each}"}, now=NOW + timedelta(minutes=each))


def breaks(saved: tuple[heads.Head, ...] = ()) -> list[str]:
    from gongkai.web.journal.log_checks import log_breaks

    return [str(each) for each in log_breaks(saved)]


def signed(minutes: int = 600) -> heads.Head:
    from gongkai.web.journal import log

    made = log.sign_head(now=NOW + timedelta(minutes=minutes))
    assert made
    return log.of_row(made)


@one_ground
@given(st.lists(st.integers(1, 9), min_size=1, max_size=5), st.data())
def test_every_leaf_is_proved_under_every_later_head_and_heads_only_grow(steps: list[int], data: st.DataObject) -> None:
    from gongkai.web.journal import log
    from gongkai.web.journal.models import LogLeaf

    emptied()
    made: list[heads.Head] = []
    for step in steps:
        grow(step, log.size())
        made.append(signed(600 + len(made)))
    assert breaks() == []
    number = data.draw(st.integers(0, sum(steps) - 1))
    leaf = LogLeaf.objects.get(number=number)
    for head in made:
        assert head.is_signed
        if number < head.size:
            path = tree.inclusion(number, head.size, log.node)
            found = tree.root_of_leaf(tree.leaf_digest(leaf.data.encode()), number, head.size, path)
            assert found is not None
            assert found.hex() == head.root
    first, last = made[0], made[-1]
    path = tree.consistency(first.size, last.size, log.node)
    assert tree.grew(first.size, last.size, bytes.fromhex(first.root), bytes.fromhex(last.root), path)


def _tail() -> None:
    from gongkai.web.journal.models import LogHead, LogLeaf, LogNode

    LogLeaf.objects.filter(number__gte=5).delete()
    LogHead.objects.all().delete()
    LogNode.objects.filter(level=1, position__gte=2).delete()
    change("journal_logend", "size", 5, 1)


def _forged() -> None:
    """Everything made anew from one leaf that says something else, and signed."""
    emptied()
    grow(2)
    grow(1, 90)
    grow(4, 3)
    signed()


ATTACKS: dict[str, tuple[Callable[[], object], str]] = {
    "a leaf edited": (
        lambda: change("journal_logleaf", "data", json.dumps({"index": "B"}), _id("LogLeaf", number=3)),
        "公开存证第 4 条被改过",
    ),
    "a digest edited": (
        lambda: change("journal_logleaf", "digest", "0" * 64, _id("LogLeaf", number=3)),
        "公开存证第 4 条被改过",
    ),
    "what stays inside edited": (
        lambda: change("journal_logleaf", "detail", '{"chains":{}}', _id("LogLeaf", number=3)),
        "公开存证第 4 条被改过",
    ),
    "a leaf gone": (lambda: _model("LogLeaf").objects.filter(number=2).delete(), "公开存证第 3 条被改过、换过或者缺了"),
    "a branch edited": (
        lambda: change("journal_lognode", "digest", "0" * 64, _id("LogNode", level=1, position=1)),
        "公开存证的树枝（第 1 层第 2 个）",
    ),
    "a head edited": (lambda: change("journal_loghead", "root", "0" * 64, _id("LogHead")), "的树头（7 条）与存证不符"),
    "a head signed by nobody": (
        lambda: change("journal_loghead", "signature", "0" * 128, _id("LogHead")),
        "的树头（7 条）签名无效",
    ),
    "the end edited": (lambda: change("journal_logend", "size", 9, 1), "公开存证末尾记的是 9 条，实有 7 条"),
    "the tail and all heads cut off": (_tail, "存在库外的树头（7 条）与现在的存证不符"),
    "the whole made anew": (_forged, "存在库外的树头（7 条）与现在的存证不符"),
    "the whole emptied": (emptied, "存在库外的树头（7 条）与现在的存证不符"),
}


def _model(name: str) -> Any:
    from django.apps import apps

    return apps.get_model("journal", name)


def _id(model: str, **which: object) -> int:
    return int(_model(model).objects.get(**which).pk)


@pytest.mark.parametrize("attack", ATTACKS)
def test_whatever_is_changed_is_named(attack: str, beside: Path) -> None:
    from gongkai.web.journal.log import write_heads

    grow(7)
    head = signed()
    write_heads()
    assert breaks((head,)) == []
    off_guard()
    act, told = ATTACKS[attack]
    act()
    assert any(told in each for each in breaks()), breaks()
    beside.unlink()
    if "存在库外" in told:  # whoever can change the file beside the data too does not change what others saved
        assert breaks() == []
        assert any(told in each for each in breaks((head,)))


def test_older_lines_cut_from_the_file_and_heads_deleted_everywhere_are_named(beside: Path) -> None:
    from gongkai.web.journal.log import write_heads

    heads = []
    for _ in range(3):
        grow(2)
        heads.append(signed())
    write_heads()
    assert breaks(heads) == []
    whole = beside.read_bytes()
    beside.write_bytes(whole.split(b"\n", 1)[1])
    assert [each for each in breaks(heads) if "log-heads.jsonl 没有" in each], breaks(heads)
    beside.write_bytes(whole)
    off_guard()
    _model("LogHead").objects.all().delete()
    beside.write_bytes(b"")
    assert breaks() == []
    assert any("库里没有了" in each for each in breaks(heads))


@pytest.mark.parametrize("table", TABLES[:3])
def test_the_database_itself_refuses_to_change_what_was_logged(table: str) -> None:
    from django.db import DatabaseError, connection, transaction

    grow(4)
    signed()
    for sentence in (f"UPDATE {table} SET id = id + 100", f"DELETE FROM {table}", "UPDATE journal_logend SET size = 9"):
        with pytest.raises(DatabaseError, match="only added to"), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(sentence)


def test_chains_that_moved_are_anchored_and_no_others() -> None:
    from gongkai.web.journal import log
    from gongkai.web.journal.models import LogLeaf

    write([("county", "edit", {}, False)] * 2 + [("township", "edit", {}, False)])
    assert log.anchor_chains(now=NOW)
    assert not log.anchor_chains(now=NOW)
    write([("county", "edit", {}, False)])
    assert log.anchor_chains(now=NOW)
    told = [json.loads(leaf.detail)["chains"] for leaf in LogLeaf.objects.order_by("number")]
    assert "county" not in "".join(
        LogLeaf.objects.values_list("data", flat=True)
    )  # how busy an office is, stays inside
    assert [{chain: length for chain, (length, _) in each.items()} for each in told] == [
        {"county": 2, "township": 1},
        {"county": 3},
    ]


def test_a_chain_sealed_anew_behind_an_hour_is_named() -> None:
    from gongkai.web.journal import log
    from gongkai.web.journal.queries import verify
    from tests.web.journal.test_against import sealed_anew

    write([("county", "edit", {}, False)] * 4)
    log.anchor_chains(now=NOW)
    assert verify() == []
    without_guard()
    change("journal_entry", "actor", "staff:9", _id("Entry", number=2))
    sealed_anew()
    (found,) = verify()
    assert (found.chain, found.number) == ("county", 4)


def test_a_head_is_signed_when_the_log_grew_or_a_day_began() -> None:
    from gongkai.web.journal import log

    grow(1)
    assert log.sign_head(now=NOW)
    assert log.sign_head(now=NOW + timedelta(hours=1)) is None
    assert log.sign_head(now=NOW + timedelta(days=1))
    grow(1, 1)
    assert log.sign_head(now=NOW + timedelta(days=1))


def test_heads_are_written_beside_the_data_once_each_and_a_torn_line_is_mended(beside: Path) -> None:
    from gongkai.web.journal import log

    grow(3)
    first = signed()
    log.write_heads()
    log.write_heads()
    assert list(heads.read(beside.open("rb"))) == [first]
    beside.write_bytes(beside.read_bytes() + b'{"size": 9')  # what a full disk left
    assert breaks() == []
    grow(1, 3)
    second = signed(700)
    log.write_heads()
    assert list(heads.read(beside.open("rb"))) == [first, second]


def test_what_goes_out_and_what_is_taken_back_is_logged() -> None:
    from gongkai.web.holdings import actions, logged
    from gongkai.web.journal import log
    from gongkai.web.journal.queries import told_by_rooms

    office = Office()
    item = office.bring(office.create(title="一件"), State.PUBLISHED)
    leaf = log.latest(item.index_number)
    assert leaf
    said = log.told(leaf)
    assert said["record"] == logged.record_digest(logged.record(item, item.public_version))
    assert said["entry"][0] == item.body.slug  # type: ignore[index]
    staff = office.people.of(Role.DISCLOSURE_OFFICE)
    ground = WithdrawalGround.INACCURATE
    actions.withdraw(item=item, staff=staff, ground=ground, reason="内容有误", now=office.tick())
    last = log.latest(item.index_number)
    assert last
    assert (last.act, "record" in log.told(last)) == (Act.WITHDRAW.value, False)
    assert list(told_by_rooms()) == []
    assert breaks() == []


def test_what_was_public_before_there_was_a_log_is_logged_once() -> None:
    from gongkai.web.holdings import logged
    from gongkai.web.journal import log
    from gongkai.web.journal.queries import told_by_rooms

    office = Office()
    items = [office.bring(office.create(title=f"第{each}件"), State.PUBLISHED) for each in range(3)]
    emptied()
    assert list(told_by_rooms()) == []  # not in it yet: no break
    assert logged.catch_up(now=NOW, most=2) == 2
    assert logged.catch_up(now=NOW, most=2) == 1
    assert logged.catch_up(now=NOW) == 0
    assert log.size() == len(items)
    assert list(told_by_rooms()) == []


def test_a_text_changed_with_its_version_and_chain_sealed_anew_is_named_by_the_log() -> None:
    from gongkai.web.holdings.digests import digest
    from gongkai.web.journal.models import Entry
    from gongkai.web.journal.queries import told_by_rooms
    from tests.web.journal.test_against import sealed_anew

    office = Office()
    item = office.bring(office.create(title="一件"), State.PUBLISHED)
    version = item.public_version
    assert version
    old = version.digest
    version.body_html, version.body_text = "<p>改过</p>", "改过"
    version.digest = digest(version, [])
    version.save()
    without_guard()
    for entry in Entry.objects.all():
        if entry.facts.get("digest") == old:
            entry.facts["digest"] = version.digest
            entry.save()
    sealed_anew()
    said = [each.template.partition("{index}")[2] for each in told_by_rooms()]
    assert " 公众看到的内容与公开存证里的摘要不符：绕过平台改过" in said


def test_a_leaf_outside_a_transaction_is_refused_and_one_of_an_act_that_failed_is_none() -> None:
    from django.db import transaction

    from gongkai.web.journal import log

    grow(2)
    with pytest.raises(ZeroDivisionError), transaction.atomic():
        _fails_after_it_is_logged()
    assert log.size() == 2
    grow(1, 2)
    assert breaks() == []


def _fails_after_it_is_logged() -> None:
    grow(3, 2)
    raise ZeroDivisionError


def test_proofs_hold_after_the_salts_of_everybody_are_erased() -> None:
    from gongkai.web.holdings import logged
    from gongkai.web.journal import log
    from gongkai.web.journal.actions import erase
    from gongkai.web.journal.console import verified
    from gongkai.web.journal.models import LogHead, Salt
    from gongkai.web.journal.proved import Proof

    office = Office()
    items = [office.bring(office.create(title=f"第{each}件"), State.PUBLISHED) for each in range(2)]
    log.sign_head(now=NOW)
    head = log.of_row(LogHead.objects.get())
    proofs = []
    for item in items:
        leaf = log.latest(item.index_number)
        assert leaf
        path = tuple(each.hex() for each in tree.inclusion(leaf.number, head.size, log.node))
        told = logged.record(item, item.public_version)
        proofs.append(Proof(told, leaf.number, leaf.data, path, head, "", ""))
    for subject in Salt.objects.values_list("subject", flat=True):
        if "#" not in subject:
            erase(chain="platform", subject=subject, actor="staff:1", now=office.tick())
    assert not Salt.objects.exists()
    assert [each.faults() for each in proofs] == [[], []]
    assert verified().breaks == ()
