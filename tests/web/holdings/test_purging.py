"""清除涉密内容 — one asks and all stops, another confirms and no byte of it is left (保密法 第四十七条)."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from gongkai.law.publishing import Act, State
from gongkai.law.roles import Role
from gongkai.law.scope import Ground
from tests.web.api.conftest import DRAFT, system_of
from tests.web.cast import client_of
from tests.web.holdings.county import Office
from tests.web.holdings.test_masking import attached
from tests.web.holdings.test_state_secrets import kept_anywhere

if TYPE_CHECKING:
    from gongkai.web.holdings.models import Item

pytestmark = pytest.mark.usefixtures("ground")
WORD = "青隼工程"
"""什么也不是的词 — that nothing else in the database holds."""


@pytest.fixture(autouse=True)
def empty_store(ground: None) -> Iterator[None]:
    """空的存放处 — what other tests left there is gone before, what this one leaves after."""
    from django.conf import settings

    from gongkai.web.journal.queries import told_by_rooms

    shutil.rmtree(settings.FILES_FOLDER, ignore_errors=True)
    yield
    assert list(told_by_rooms()) == []  # whatever was purged, the journal and the rooms agree
    shutil.rmtree(settings.FILES_FOLDER, ignore_errors=True)


def stored(text: str) -> list[Path]:
    """Files of the store that hold a word."""
    from django.conf import settings

    return [path for path in settings.FILES_FOLDER.rglob("*") if path.is_file() and text.encode() in path.read_bytes()]


def full(office: Office, state: State = State.ARCHIVED) -> Item:
    """A word in every place that an item has: versions, file, copy, opinions, reasons, snapshot."""
    from gongkai.web.holdings import actions

    people = office.people
    item = office.create(
        title=f"{WORD}通知", body_html=f"<p>{WORD}的内容</p>", summary=WORD, keywords=WORD, source=WORD
    )
    item = attached(office, item, f"{WORD}的附件\n".encode(), f"{WORD}.txt")
    item = office.bring(item, State.SECOND_REVIEW)
    reviewer = people.of(Role.SECOND_REVIEWER)
    item = actions.send_back(item=item, staff=reviewer, opinion=f"{WORD}要核对", now=office.tick())
    item = office.bring(item, State.PUBLISHED)
    if state is State.ARCHIVED:
        item = actions.archive(item=item, staff=people.of(Role.DISCLOSURE_OFFICE), now=office.tick())
    return item


def asked(office: Office, item: Item) -> Item:
    from gongkai.web.holdings import actions

    return actions.ask_purge(item=item, staff=office.people.of(Role.SECRECY_REVIEWER), now=office.tick())


def purged(office: Office, item: Item, role: Role = Role.DISCLOSURE_OFFICE) -> Item:
    from django.test import TestCase

    from gongkai.web.holdings import actions

    with TestCase.captureOnCommitCallbacks(execute=True):
        return actions.confirm_purge(item=asked(office, item), staff=office.people.of(role), now=office.tick())


def test_what_is_asked_to_be_purged_is_shown_to_nobody_at_once() -> None:
    from gongkai.web.files.models import PublicCopy
    from gongkai.web.holdings.models import Notice
    from gongkai.web.holdings.views.items import TAKES

    office = Office()
    item, people = full(office), office.people
    copy = PublicCopy.objects.get()
    public = client_of(None)
    page, attachment = f"/items/{item.index_number}/", f"/files/{copy.key}/{copy.name}"
    assert WORD in public.get(page).content.decode()
    item = asked(office, item)
    assert item.state is State.STOPPED
    gone = public.get(page)
    assert gone.status_code == 410
    assert WORD not in gone.content.decode()
    assert public.get(attachment).status_code == 404
    desk = f"/desk/items/{item.id}/"
    for role in (Role.CLERK, Role.SECRECY_REVIEWER, Role.FINAL_REVIEWER):
        browser = client_of(people.of(role))
        shown = browser.get(desk)
        assert shown.status_code == 200
        assert "已停办" in shown.content.decode()
        assert WORD not in shown.content.decode(), role
        for address in ("edit/", "review/", "differences/"):
            assert browser.get(desk + address).status_code == 404
        for act in TAKES:
            step = browser.get(f"{desk}step/{act}/")
            assert WORD not in step.content.decode(), (role, act)
            late = browser.post(f"{desk}step/{act}/", {"edition": "1", "day": "x", "opinion": "理由"}, follow=True)
            assert WORD not in late.content.decode(), (role, act)
        file = item.versions.first().files.first().file
        assert browser.get(f"/desk/files/{file.pk}/").status_code == 404
    for address in ("/desk/?tab=office", "/desk/items/", "/desk/items/items.csv"):
        listed = client_of(people.of(Role.SECRECY_REVIEWER)).get(address)
        page = b"".join(listed.streaming_content) if listed.streaming else listed.content
        assert WORD not in page.decode(), address
    told = {each.to for each in Notice.objects.filter(item=item, template__contains="请您确认")}
    assert people.of(Role.DISCLOSURE_OFFICE) in told
    assert people.of(Role.FINAL_REVIEWER) in told


@pytest.mark.parametrize("role", [Role.DISCLOSURE_OFFICE, Role.FINAL_REVIEWER])
def test_after_the_second_person_no_word_and_no_byte_is_left(role: Role) -> None:
    from gongkai.web.holdings.digests import is_intact
    from gongkai.web.journal.models import Entry
    from gongkai.web.journal.queries import verify

    office = Office()
    item = full(office)
    assert kept_anywhere(WORD)
    assert stored(WORD)
    item = purged(office, item, role)
    assert (item.state, item.ground, item.public_version) == (State.HELD, Ground.STATE_SECRET, None)
    assert kept_anywhere(WORD) == []
    assert stored(WORD) == []
    assert verify() == []
    assert all(is_intact(version) for version in item.versions.all())
    assert all(version.emptied_at for version in item.versions.all()[1:])
    entry = Entry.objects.get(act="holdings.confirm_purge")
    assert entry.facts["versions"] == item.versions.count() - 1
    page = client_of(office.people.of(Role.CLERK)).get(f"/desk/items/{item.id}/").content.decode()
    assert "已清除" in page
    old = client_of(office.people.of(Role.CLERK)).get(f"/desk/items/{item.id}/differences/?old=1&new=2")
    assert old.status_code == 200
    assert client_of(None).get(f"/items/{item.index_number}/").status_code == 410
    from gongkai.web.files.sweeping import sweep

    assert sweep(office.now).missing == 0


def test_one_person_does_not_do_both_and_an_office_of_two_gets_through() -> None:
    from gongkai.web.bodies.models import Appointment
    from gongkai.web.bodies.permissions import Refused
    from gongkai.web.holdings import actions
    from gongkai.web.holdings.refusals import StepError
    from tests.web.cast import NOW

    office = Office()
    item, people = full(office, State.PUBLISHED), office.people
    reviewer, director = people.of(Role.SECRECY_REVIEWER), people.of(Role.DISCLOSURE_OFFICE)
    for role in (Role.DISCLOSURE_OFFICE, Role.FINAL_REVIEWER):
        Appointment.objects.create(staff=reviewer, body=people.department, role=role, appointed_at=NOW)
    item = asked(office, item)
    for action in (actions.confirm_purge, actions.decline_purge):
        with pytest.raises(StepError, match="换一个人"):
            action(item=item, staff=reviewer, now=office.tick())
        with pytest.raises(Refused):
            action(item=item, staff=people.of(Role.CLERK), now=office.tick())
    assert actions.confirm_purge(item=item, staff=director, now=office.tick()).state is State.HELD


def test_what_is_declined_is_a_draft_again_and_not_public_by_itself() -> None:
    from gongkai.web.bodies.permissions import Refused
    from gongkai.web.holdings import actions

    office = Office()
    item = asked(office, full(office, State.PUBLISHED))
    item = actions.decline_purge(item=item, staff=office.people.of(Role.FINAL_REVIEWER), now=office.tick())
    assert (item.state, item.public_version, item.stopped_by) == (State.DRAFT, None, None)
    assert client_of(None).get(f"/items/{item.index_number}/").status_code == 410
    assert item.newest_version.files.get().file.quarantined_at is None
    with pytest.raises(Refused):
        office.take(item, Act.PUBLISH)
    assert office.bring(item, State.PUBLISHED).withdrawn_at is None


@pytest.mark.parametrize("state", [State.DRAFT, State.FINAL_REVIEW, State.CLEARED])
def test_it_is_asked_for_in_every_state_and_a_stub_has_nothing_to_purge(state: State) -> None:
    from gongkai.web.holdings.refusals import StepError

    office = Office()
    item = office.bring(office.create(title=f"{WORD}通知", body_html=f"<p>{WORD}</p>"), state)
    item = purged(office, item)
    assert kept_anywhere(WORD) == []
    assert client_of(None).get(f"/items/{item.index_number}/").status_code == 404
    with pytest.raises(StepError, match="没有要清除的"):
        asked(office, item)


def test_what_an_interface_answered_is_forgotten_too() -> None:
    from gongkai.web.holdings.models import Item

    office = Office()
    system = system_of(office.people)
    made: dict[str, Any] = system.call("POST", "/items", json={**DRAFT, "title": f"{WORD}通知"}).json()
    assert "Answer.content" in kept_anywhere(WORD)
    purged(office, Item.objects.get(pk=made["id"]))
    assert kept_anywhere(WORD) == []
    assert WORD not in str(system.call("GET", f"/items/{made['id']}").json())


def test_what_others_had_typed_on_its_pages_and_what_was_looked_at_is_forgotten_too() -> None:
    from gongkai.web.bodies.models import Unsent
    from gongkai.web.holdings import actions, guarding

    office = Office()
    item, other = office.create(), office.create(title="另一件")
    reviewer = client_of(office.people.of(Role.CLERK))
    for each in (item, other):
        address = f"/desk/items/{each.id}/edit/"
        filled = {"body": "写到一半的话", "to": "/desk/"}
        reviewer.post("/desk/leave/", filled, HTTP_REFERER=f"http://testserver{address}")
    assert Unsent.objects.count() == 2
    item = actions.ask_purge(item=item, staff=office.people.of(Role.SECRECY_REVIEWER), now=office.tick())
    guarding.look_ahead(other.newest_version, other.body, other.index_number)
    actions.confirm_purge(item=item, staff=office.people.of(Role.FINAL_REVIEWER), now=office.tick())
    assert Unsent.objects.count() == 1, "of the other item what was typed is still there"
    assert guarding._seen.cache_info().currsize <= 1


def test_a_number_that_another_bears_since_keeps_nothing_from_being_stopped() -> None:
    from gongkai.web.holdings import actions

    office = Office()
    number = "示建〔2026〕9号"
    item = office.create(document_number=number)
    item = actions.discard(item=item, staff=office.people.of(Role.CLERK), now=office.tick())
    other = office.create(title="后来的", document_number=number)
    secrecy, second = office.people.of(Role.SECRECY_REVIEWER), office.people.of(Role.FINAL_REVIEWER)
    item = actions.ask_purge(item=item, staff=secrecy, now=office.tick())
    assert item.state is State.STOPPED
    item = actions.decline_purge(item=item, staff=second, now=office.tick())
    assert (item.state, item.document_number) == (State.DRAFT, "")
    other.refresh_from_db()
    assert other.document_number == number
