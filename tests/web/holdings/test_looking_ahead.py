"""先看再写 — nobody waits for another's long text, copy or file to be looked into (条例 第十五条, ADR 0023)."""

from __future__ import annotations

from typing import Any

import pytest

from gongkai.law.publishing import State
from gongkai.law.roles import Role
from tests.web.cast import client_of
from tests.web.holdings.county import Office, draft
from tests.web.holdings.test_masking import attached
from tests.web.holdings.test_pages import FORM

pytestmark = pytest.mark.usefixtures("ground")


@pytest.fixture
def slow_in_turn(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """What slow work was done within a transaction of an action; the one of the test itself is the outermost."""
    from django.db import connection

    from gongkai.web.files import actions as files
    from gongkai.web.holdings import guarding

    found: list[str] = []

    def noted(name: str, work: Any) -> Any:
        def done(*unnamed: Any, **named: Any) -> Any:
            is_short = name == "looked" and "body_text" not in unnamed[0] and len(unnamed) == 1  # names of files
            if len(connection.savepoint_ids) > 0 and not is_short:
                found.append(name)
            return work(*unnamed, **named)

        return done

    guarding._seen.cache_clear()
    for room, name in ((guarding, "looked"), (files, "_worked")):
        monkeypatch.setattr(room, name, noted(name, getattr(room, name)))
    return found


def test_from_draft_to_the_public_nothing_slow_is_done_while_others_wait_to_write(slow_in_turn: list[str]) -> None:
    from gongkai.web.holdings import actions
    from gongkai.web.holdings.guarding import blocking

    office = Office()
    item = office.create(body_html="<p>现将名单公布。联系电话 13800138000。</p>")
    clerk = office.people.of(Role.CLERK)
    changed = draft(body_html="<p>现将名单公布如下。</p>")
    item = actions.edit(item=item, staff=clerk, draft=changed, edition=item.edition, now=office.tick())
    item = attached(office, item, "序号,项目\n1,管网改造\n".encode(), "项目.csv")
    item = attached(office, item, "姓名,手机\n王某,13911112222\n".encode(), "名单.csv")
    item = office.bring(item, State.FINAL_REVIEW)
    final = office.people.of(Role.FINAL_REVIEWER)
    (found,) = blocking(item.newest_version)
    used = next(each for each in item.newest_version.files.all() if each.id == found["file"])
    item = actions.use_masked_copy(item=item, staff=final, item_file=used, now=office.tick())
    item = office.bring(item, State.PUBLISHED)
    actions.look_again(item=item, now=office.tick())
    assert slow_in_turn == []


def test_one_save_looks_at_its_words_once(slow_in_turn: list[str]) -> None:
    from gongkai.web.holdings import guarding

    office = Office()
    before = guarding._seen.cache_info().misses
    item = office.create(body_html="<p>各有关单位：</p><p>请按时报送。</p>")
    office.bring(item, State.PUBLISHED)
    assert guarding._seen.cache_info().misses == before + 1
    assert slow_in_turn == []


@pytest.mark.parametrize(
    ("body", "told"),
    [
        ("\t1\t2\n" * 5001, "正文里的表格有 10002 格，最多 10000 格"),
        ("长\n" * 10_001, "正文有 10001 行，最多 10000 行"),
        ("长\n" * 300_000, "正文有 300000 行，最多 10000 行"),
        ("|1|2|3|\n" * 3_400, "正文里的表格有 10200 格，最多 10000 格"),
        ("长" * 500_001, "正文有 500001 字（含格式），最多 500000 字"),
        ("*" * 300_000, "正文里加重和链接有 75000 处，最多 5000 处"),
        ("[a](b)" * 5_001, "正文里加重和链接有 5001 处，最多 5000 处"),
    ],
)
def test_a_text_that_nobody_can_read_on_a_page_is_asked_for_as_a_file(body: str, told: str) -> None:
    from gongkai.web.holdings.models import Item
    from gongkai.web.holdings.rich_text import clean

    office = Office()
    client = client_of(office.people.of(Role.CLERK))
    begun = clean.cache_info().misses
    answer = client.post("/desk/items/new/", {**FORM, "body": body, "do": "keep"})
    assert answer.status_code in (400, 413)
    assert answer.status_code == 413 or told in answer.content.decode()
    assert not Item.objects.exists()
    assert clean.cache_info().misses - begun <= 1, "next to nothing is made of it"


def test_more_files_at_once_than_processors_are_looked_into_by_the_worker(monkeypatch: pytest.MonkeyPatch) -> None:
    from gongkai.web.files import actions as files
    from gongkai.web.files.models import File
    from gongkai.web.holdings import actions

    office = Office()
    monkeypatch.setattr(files, "_AWAITED", files.threading.BoundedSemaphore(1))
    files._AWAITED.acquire()
    item = attached(office, office.create(), "序号,项目\n1,管网改造\n".encode(), "项目.csv")
    file = item.newest_version.files.get().file
    File.objects.filter(pk=file.pk).update(inspected_at=None, inspection=None, rules="")
    file.refresh_from_db()
    assert files.inspect_file(file=file, now=office.tick(), is_awaited=True) is None
    assert actions.look_into_files(now=office.tick()) == 1
    files._AWAITED.release()
    assert files.inspect_file(file=file, now=office.tick(), is_awaited=True) is not None
    assert files._AWAITED.acquire(blocking=False), "given back"


def test_a_revision_begun_long_after_is_read_before_it_is_its_turn(slow_in_turn: list[str]) -> None:
    from gongkai.law.scope import Ground, Openness
    from gongkai.web.holdings import actions, guarding

    office = Office()
    clerk, director = office.people.of(Role.CLERK), office.people.of(Role.DISCLOSURE_OFFICE)
    public = office.bring(office.create(body_html="<p>各有关单位：</p>"), State.PUBLISHED)
    closed = office.create(title="乙", openness=Openness.CLOSED, ground=Ground.INTERNAL_AFFAIRS)
    closed = office.bring(closed, State.HELD)
    guarding._seen.cache_clear()
    public = actions.amend(item=public, staff=clerk, now=office.tick())
    guarding._seen.cache_clear()
    actions.change_openness(item=closed, staff=director, reason="已经定稿", now=office.tick())
    guarding._seen.cache_clear()
    public = attached(office, public, "序号,项目\n1,管网改造\n".encode(), "项目.csv")
    guarding._seen.cache_clear()
    actions.detach_file(item=public, staff=clerk, item_file=public.newest_version.files.get(), now=office.tick())
    assert slow_in_turn == []


@pytest.mark.parametrize("given", [{"body_html": "<p>绝密★启用前</p>"}, {"title": "长" * 300}])
def test_what_may_not_be_kept_is_not_read_first(given: dict[str, str]) -> None:
    from gongkai.web.holdings import guarding
    from gongkai.web.holdings.refusals import DraftError

    office = Office()
    before = guarding._seen.cache_info().misses
    with pytest.raises(DraftError):
        office.create(**given)
    assert guarding._seen.cache_info().misses == before


@pytest.mark.parametrize("end", ["quarantine", "purge"])
def test_a_copy_of_a_file_that_was_destroyed_meanwhile_is_not_kept(end: str) -> None:
    from gongkai.web.files import actions as files
    from gongkai.web.files.kinds import FileError
    from gongkai.web.files.models import CopyKind

    office = Office()
    item = attached(office, office.create(), "序号,项目\n1,管网改造\n".encode(), "项目.csv")
    file, clerk = item.newest_version.files.get().file, office.people.of(Role.CLERK)
    ready = files.ready_public_copy(file=file, kind=CopyKind.STRIPPED, decisions=None, staff=clerk, now=office.tick())
    elsewhere = type(file).objects.get(pk=file.pk)
    getattr(files, end)(file=elsewhere, staff=clerk, now=office.tick())
    with pytest.raises(FileError):
        files.keep_public_copy(ready=ready, staff=clerk, now=office.tick())
    assert not file.copies.exists()
