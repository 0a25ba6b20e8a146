"""自某日的树头以来 — whether the log only grew, and what changed in public, body by body (条例 第四十五条)."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from gongkai.law.publishing import State
from gongkai.law.roles import Role
from gongkai.law.withdrawal import WithdrawalGround
from gongkai.web.journal import heads
from tests.web.cast import client_of
from tests.web.holdings.county import Office, draft

pytestmark = pytest.mark.usefixtures("ground")
ADDRESS = "/desk/journal/since/"


def head_of(office: Office) -> heads.Head:
    from gongkai.web.journal import log

    row = log.sign_head(now=office.tick())
    assert row is not None
    return log.of_row(row)


def withdraw(office: Office, item: Any) -> None:
    from gongkai.web.holdings import actions

    staff = office.people.of(Role.DISCLOSURE_OFFICE)
    actions.withdraw(item=item, staff=staff, ground=WithdrawalGround.INACCURATE, reason="有误", now=office.tick())


def amend(office: Office, item: Any) -> Any:
    from gongkai.web.holdings import actions

    clerk = office.people.of(Role.CLERK)
    begun = actions.amend(item=item, staff=clerk, now=office.tick())
    changed = draft(title="改过了")
    begun = actions.edit(item=begun, staff=clerk, draft=changed, edition=begun.edition, now=office.tick())
    return office.bring(begun, State.PUBLISHED)


def county() -> tuple[Office, heads.Head, dict[str, Any]]:
    """Two were public when the head was kept; since then one went out, one was amended, one was taken back, one came
    and went."""
    office = Office()
    stays, amended, gone = (office.bring(office.create(title=each), State.PUBLISHED) for each in ("留", "改", "撤"))
    kept = head_of(office)
    new, passed = (office.bring(office.create(title=each), State.PUBLISHED) for each in ("新", "来去"))
    amended = amend(office, amended)
    withdraw(office, gone)
    withdraw(office, passed)
    head_of(office)
    return office, kept, {"stays": stays, "amended": amended, "gone": gone, "new": new, "passed": passed}


def line(head: heads.Head) -> str:
    return json.dumps(head.to_json())


def test_what_changed_is_told_of_each_item_once() -> None:
    from gongkai.web.journal.since import Change, changes

    _, kept, items = county()
    told = {each.index: each.change for each in changes(kept.size)}
    assert told == {
        items["amended"].index_number: Change.AMENDED,
        items["gone"].index_number: Change.TAKEN_BACK,
        items["new"].index_number: Change.NEW,
        items["passed"].index_number: Change.PASSED,
    }


def test_a_kept_head_and_a_day_lead_to_the_same_page() -> None:
    office, kept, items = county()
    client = client_of(office.people.of(Role.AUDIT_ADMIN))
    pasted = client.post(ADDRESS, {"head": line(kept), "tab": "what a script of the desk adds"}).content.decode()
    file = client.post(ADDRESS, {"file": SimpleUploadedFile("heads.jsonl", line(kept).encode())}).content.decode()
    for page in (pasted, file):
        assert "存证没有改过" in page
        assert "变了 4 件" in page
        assert f'<a href="/items/{items["new"].index_number}/">新</a>' in page
        assert ">撤<" not in page, "what is not public any more has no title here"
        assert items["gone"].index_number in page
        assert office.people.department.short_name in page[page.index("what-changed") :]
    late = client.get(f"{ADDRESS}?day={office.now:%Y-%m-%d}").content.decode()
    assert "没有变化" in late
    early = client.get(f"{ADDRESS}?day={office.now - timedelta(days=400):%Y-%m-%d}")
    assert early.status_code == 422
    assert "以前还没有签出树头" in early.content.decode()


def test_a_letter_that_a_mailbox_broke_is_still_read() -> None:
    from gongkai.web.journal.since import saved

    _, kept, _ = county()
    text = line(kept)
    broken = "\r\n> ".join([text[:70], text[70:140], text[140:]]) + "\r\n" + line(kept)
    assert saved(f"> {broken}".encode()) == [kept, kept]


def test_a_false_or_foreign_head_is_said_to_be_so() -> None:
    from gongkai.web.journal import log
    from gongkai.web.journal.since import Verdict, judged

    office, kept, _ = county()
    now = office.tick()
    own = heads.private_key("another platform, another secret")
    alien = heads.signed(kept.size, bytes.fromhex(kept.root), now, own)
    other = heads.signed(kept.size, b"\x01" * 32, now, heads.private_key(_secret()))
    longer = heads.signed(log.size() + 9, b"\x01" * 32, now, heads.private_key(_secret()))
    forged = replace(kept, size=kept.size - 1)
    told = {each.head: each.verdict for each in judged([kept, alien, other, longer, forged])}
    assert told == {
        kept: Verdict.GREW,
        alien: Verdict.FOREIGN,
        other: Verdict.ALTERED,
        longer: Verdict.LONGER,
        forged: Verdict.FORGED,
    }
    client = client_of(office.people.of(Role.AUDIT_ADMIN))
    for each in (alien, other, longer, forged):
        page = client.post(ADDRESS, {"head": line(each)}).content.decode()
        assert f"树头{told[each].label}" in page
        assert "变了" not in page
        assert f"树头{told[each].label}" in client.get("/log/since/", {"head": line(each)}).content.decode()


def _secret() -> str:
    from django.conf import settings

    return str(settings.SECRET_KEY)


def test_a_log_whose_branches_were_changed_proves_nothing() -> None:
    from gongkai.web.journal.models import LogLeaf, LogNode
    from gongkai.web.journal.since import Verdict, judged
    from tests.web.journal.test_journal import change
    from tests.web.journal.test_log import off_guard

    _, kept, _ = county()
    off_guard()
    for leaf in LogLeaf.objects.all():
        change("journal_logleaf", "digest", "00" * 32, leaf.pk)
    for node in LogNode.objects.all():
        change("journal_lognode", "digest", "00" * 32, node.pk)
    (told,) = judged([kept])
    assert told.verdict is Verdict.ALTERED


@pytest.mark.parametrize(("asked", "said"), [
    ({"head": "x"}, "第 1 行不是存证的树头"), ({"head": "{}"}, "不是存证的树头"), ({"head": ">"}, "里面没有树头"),
    ({"day": "2026-11-25", "head": "{}"}, "只能给一样"), ({"day": "昨天"}, "看不出是哪一天"),
    ({"wen": "1"}, "“wen”不是这里能用的条件")])  # fmt: skip
def test_what_is_no_head_and_no_day_is_said(asked: dict[str, str], said: str) -> None:
    office, _, _ = county()
    client = client_of(office.people.of(Role.AUDIT_ADMIN))
    for answer in (client.get(ADDRESS, asked), client.get("/log/since/", asked)):
        assert answer.status_code == 422
        assert said in answer.content.decode()
    assert client.post(ADDRESS, {}).status_code == 422


def test_the_public_page_tells_the_public_what_changed() -> None:
    from django.test import Client

    reader = Client()
    office, kept, items = county()
    page = reader.get("/log/since/", {"head": line(kept)}).content.decode()
    assert "变了 4 件" in page
    assert f'<a href="/items/{items["new"].index_number}/">新</a>' in page
    assert 'href="/log/since/"' in reader.get("/log/").content.decode()
    assert reader.post("/log/since/", {"head": line(kept)}).status_code == 405
    office.create(title="草稿")
    assert "草稿" not in reader.get("/log/since/", {"head": line(kept)}).content.decode()


def test_an_auditor_of_a_township_reads_the_changes_of_its_body_alone() -> None:
    from gongkai.web.bodies.models import Appointment

    office, kept, _ = county()
    own = office.people.idle(office.people.township)
    Appointment.objects.create(staff=own, body=office.people.township, role=Role.AUDIT_ADMIN, appointed_at=office.now)
    page = client_of(own).post(ADDRESS, {"head": line(kept)}).content.decode()
    assert "存证没有改过" in page
    assert "没有变化" in page


def test_what_was_public_before_there_was_a_log_is_not_told_as_new() -> None:
    from gongkai.web.holdings import logged
    from gongkai.web.journal.since import Change, changes
    from tests.web.journal.test_log import emptied

    office = Office()
    stays, amended, gone = (office.bring(office.create(title=each), State.PUBLISHED) for each in ("留", "改", "撤"))
    emptied()
    new = office.bring(office.create(title="新"), State.PUBLISHED)
    kept = head_of(office)
    logged.catch_up(now=office.tick())
    stays.refresh_from_db()
    told = {each.index: each for each in changes(kept.size)}
    assert {each.change for each in told.values()} == {Change.LOGGED_LATE}
    assert told.keys() == {each.index_number for each in (stays, amended, gone)}
    assert told[stays.index_number].at == stays.published_at.replace(microsecond=0)
    withdraw(office, gone)
    amended = amend(office, amended)
    told = {each.index: each for each in changes(kept.size)}
    assert [told[each.index_number].change for each in (stays, amended, gone)] == [
        Change.LOGGED_LATE, Change.AMENDED, Change.TAKEN_BACK,
    ]  # fmt: skip
    assert new.index_number not in told
    head_of(office)
    page = client_of(office.people.of(Role.AUDIT_ADMIN)).get(ADDRESS, {"head": line(kept)}).content.decode()
    assert "补存（以前已经公开）" in page
    assert "新公开" not in page.partition("what-changed")[2]
