"""附件原样 — bytes that were lost or altered go out by no hand and no clock, and are given to nobody (条例 第六条)."""

from __future__ import annotations

import logging
import os
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from gongkai.law.publishing import State
from gongkai.law.roles import Role
from tests.web.cast import client_of
from tests.web.holdings.county import Office
from tests.web.holdings.test_masking import attached

pytestmark = pytest.mark.usefixtures("ground")
DATA = "项目,金额\n道路,12\n".encode()


@pytest.fixture
def office(ground: None) -> Office:
    del ground
    made = Office()
    made.now = timezone.now() - timedelta(days=1)
    return made


def lost(path: Path) -> None:
    """丢了 — as after a fault of the disk."""
    path.unlink()


def altered(path: Path) -> None:
    """改了 — as many bytes as before, at the time of before."""
    seen, data = path.stat(), path.read_bytes()
    path.write_bytes(bytes([data[0] ^ 1]) + data[1:])
    os.utime(path, ns=(seen.st_atime_ns, seen.st_mtime_ns))


HARM = pytest.mark.parametrize("harm", [lost, altered])
"""怎么坏的 — in each way."""


def place(kept: Any) -> Path:
    from django.conf import settings

    return Path(settings.FILES_FOLDER) / "kept" / kept.storage_name


def with_file(office: Office, state: State) -> tuple[Any, Any]:
    """带附件的一件 — in a state, and the use of its attachment."""
    item = office.bring(attached(office, office.create(), DATA, "清单.csv"), state)
    return item, item.newest_version.files.select_related("file", "copy").get()


@HARM
@pytest.mark.parametrize("which", ["file", "copy"])
def test_what_is_not_as_it_was_reviewed_goes_out_by_no_hand(
    office: Office, harm: Callable[[Path], None], which: str
) -> None:
    item, use = with_file(office, State.CLEARED)
    harm(place(getattr(use, which)))
    director = office.people.of(Role.DISCLOSURE_OFFICE)
    answer = client_of(director).post(f"/desk/items/{item.id}/step/publish/", {"edition": item.edition}, follow=True)
    assert "和收下、审核的时候不一样，或者找不到了" in answer.content.decode()
    item.refresh_from_db()
    assert (item.state, item.public_version) == (State.CLEARED, None)


@HARM
def test_no_time_is_set_for_what_is_harmed_already(office: Office, harm: Callable[[Path], None]) -> None:
    from gongkai.web.files.kinds import FileError
    from gongkai.web.holdings import actions

    item, use = with_file(office, State.CLEARED)
    harm(place(use.copy))
    director = office.people.of(Role.DISCLOSURE_OFFICE)
    with pytest.raises(FileError, match="找不到了"):
        actions.schedule(item=item, staff=director, publish_at=office.now + timedelta(hours=8), now=office.tick())


@HARM
def test_the_clock_keeps_the_harmed_one_inside_and_lets_the_others_out(
    office: Office, harm: Callable[[Path], None]
) -> None:
    from gongkai.web.holdings import actions, notices
    from gongkai.web.holdings.models import Notice

    director, at = office.people.of(Role.DISCLOSURE_OFFICE), office.now + timedelta(hours=8)
    pairs = [with_file(office, State.CLEARED) for _ in range(3)]
    for item, _ in pairs:
        actions.schedule(item=item, staff=director, publish_at=at, now=office.tick())
    harm(place(pairs[0][1].copy))
    for _ in range(2):  # a clock that goes twice tells once
        actions.publish_due(now=at + timedelta(minutes=1))
    for item, _ in pairs:
        item.refresh_from_db()
    assert [item.state for item, _ in pairs] == [State.CLEARED, State.PUBLISHED, State.PUBLISHED]
    assert Notice.objects.filter(item=pairs[0][0], template=notices.NOT_WHOLE).count() == 1
    page, clerk = f"/desk/items/{pairs[0][0].id}/", client_of(office.people.of(Role.CLERK))
    for _ in range(2):  # also for those who were not told, and once it has been read
        assert notices.NOT_WHOLE in clerk.get(page).content.decode()


@HARM
def test_no_copy_for_the_public_is_made_of_what_is_not_as_it_was_received(
    office: Office, harm: Callable[[Path], None]
) -> None:
    _, use = with_file(office, State.FINAL_REVIEW)
    harm(place(use.file))
    from gongkai.web.files.actions import ready_public_copy
    from gongkai.web.files.kinds import FileError
    from gongkai.web.files.models import CopyKind

    with pytest.raises(FileError, match="找不到了"):
        ready_public_copy(
            file=use.file,
            kind=CopyKind.STRIPPED,
            decisions=None,
            staff=office.people.of(Role.FINAL_REVIEWER),
            now=office.tick(),
        )


@HARM
def test_harmed_in_public_it_is_given_to_nobody_told_once_and_proved_wrong(
    office: Office, harm: Callable[[Path], None], caplog: pytest.LogCaptureFixture
) -> None:
    from gongkai.web.files.queries import address
    from gongkai.web.holdings import actions, notices
    from gongkai.web.holdings.models import Notice

    item, use = with_file(office, State.PUBLISHED)
    _, other = with_file(office, State.PUBLISHED)
    public = Client()
    proof = f"/items/{item.index_number}/proof/"
    before = public.get(address(use.copy))
    page = public.get(proof).content.decode()
    assert b"".join(before.streaming_content)  # type: ignore[attr-defined]
    assert "本页与公开时一致" in page
    assert "✓ 与公开时一致" in page
    sound = place(use.copy).read_bytes()
    harm(place(use.copy))
    caplog.set_level(logging.ERROR)
    for asked in ({}, {"HTTP_RANGE": "bytes=0-3"}):
        answer = public.get(address(use.copy), **asked)
        assert answer.status_code == 503
        assert "ETag" not in answer
        assert "这个附件" in answer.content.decode()
    assert f"PublicCopy:{use.copy.pk}" in caplog.text
    page = public.get(proof).content.decode()
    assert "文字与公开时一致，有 1 个附件对不上" in page
    assert "本页与公开时一致" not in page
    assert public.get(address(other.copy)).status_code == 200

    assert public.get("/health/").json() == {"status": "ok"}, "the worker has not read it yet"
    for _ in range(2):
        actions.tell_damaged(now=office.tick())
    told = Notice.objects.filter(template=notices.DAMAGED)
    assert {(each.to, each.item) for each in told} == {(office.people.of(Role.DISCLOSURE_OFFICE), item)}
    assert "1 个公开的附件" in public.get("/health/").json()["files"]
    shown = public.get(f"/items/{item.index_number}/").content.decode()
    assert address(use.copy) not in shown
    assert "平台已停止提供" in shown

    place(use.copy).write_bytes(sound)
    actions.tell_damaged(now=office.tick())
    assert public.get("/health/").json() == {"status": "ok"}
    assert address(use.copy) in public.get(f"/items/{item.index_number}/").content.decode()
    assert public.get(address(use.copy)).status_code == 200
    assert "✓ 与公开时一致" in public.get(proof).content.decode()


def test_a_row_that_says_other_bytes_than_the_journal_is_proved_wrong(office: Office) -> None:
    """Who changes bytes and row alike does not change the records."""
    from gongkai.web.files.actions import measured

    item, use = with_file(office, State.PUBLISHED)
    altered(place(use.copy))
    now_said = measured(place(use.copy)).digest
    type(use.copy).objects.filter(pk=use.copy.pk).update(digest=now_said)
    page = Client().get(f"/items/{item.index_number}/proof/").content.decode()
    assert "有 1 个附件对不上" in page
    assert "记录的摘要不同" in page


@HARM
def test_an_original_that_is_not_what_came_is_not_opened(office: Office, harm: Callable[[Path], None]) -> None:
    item, use = with_file(office, State.DRAFT)
    harm(place(use.file))
    answer = client_of(office.people.of(Role.CLERK)).get(f"/desk/files/{use.file.pk}/")
    assert answer.status_code == 503
    assert "请重新上传一份" in answer.content.decode()
    assert item.state is State.DRAFT


def test_what_was_not_touched_is_read_once(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    """No mock of the store: its own door is counted."""
    from gongkai.web.files import storing, wholeness

    _, use = with_file(office, State.PUBLISHED)
    reads = []
    kept = storing.opened
    monkeypatch.setattr(storing, "opened", lambda name: reads.append(name) or kept(name))
    for _ in range(3):
        assert wholeness.condition(use.copy) is wholeness.Condition.WHOLE
    assert len(reads) <= 1
