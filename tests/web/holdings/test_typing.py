"""填过的不丢 — what was typed survives a visit that ended, a refusal, a second click (条例 第十二条)."""

from __future__ import annotations

import base64
import json
import re
import zlib
from datetime import date
from html import unescape
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone

from gongkai.law.publishing import State
from gongkai.law.roles import Role
from tests.web.cast import PASSWORD, client_of
from tests.web.holdings.county import Office
from tests.web.holdings.test_pages import FORM

pytestmark = pytest.mark.usefixtures("ground")

WORDS = "写了很久的一段话"


def expired(client: Any) -> Any:
    """过期 — the visit ended for want of anything done."""
    session = client.session
    session["seen"] = 1
    session.save()
    return client


def signed_in_again(client: Any, page: Any, name: str) -> Any:
    """再登录 — by the form that the page shows, as a browser would send it."""
    text = page.content.decode()
    hidden = dict(re.findall(r'<input type="hidden" name="(next|typed)" value="([^"]*)"', text))
    given = {name: unescape(value) for name, value in hidden.items()}
    return client.post("/sign-in/", {**given, "name": name, "password": PASSWORD})


def without_visit(client: Any) -> Any:
    """没有登录 — the visit is gone from the browser; that it was this person’s, the mark of signing in tells."""
    from django.conf import settings

    del client.cookies["sessionid" if "sessionid" in client.cookies else settings.SESSION_COOKIE_NAME]
    return client


def entered_by(staff: Any) -> Any:
    """登录过 — a browser in which a person signed in by the form."""
    client = client_of(None)
    client.post("/sign-in/", {"name": staff.username, "password": PASSWORD})
    return client


@pytest.mark.parametrize("how", ["idle", "gone"])
def test_what_was_typed_when_the_visit_ended_is_there_after_signing_in(how: str) -> None:
    from gongkai.web.holdings.models import Item

    office = Office()
    item = office.create()
    clerk = office.people.of(Role.CLERK)
    address = f"/desk/items/{item.id}/edit/"
    client = expired(client_of(clerk)) if how == "idle" else without_visit(entered_by(clerk))
    sent = {
        **FORM,
        "body": WORDS,
        "edition": item.edition,
        "do": "save",
        "files": SimpleUploadedFile("表.csv", b"a,b\n"),
    }
    page = client.post(address, sent)
    assert page.status_code == 403
    assert "您填的字没有丢" in page.content.decode()
    assert WORDS not in page.content.decode()
    entered = signed_in_again(client, page, clerk.username)
    assert entered["Location"] == address
    text = client.get(address).content.decode()
    assert WORDS in text
    assert "选过的文件要重新选：表.csv" in text
    assert Item.objects.get().edition == item.edition
    assert WORDS in client.get(address).content.decode()  # until it is sent or given up
    client.post("/desk/leave/", {"drop": "1", "body": WORDS}, HTTP_REFERER=f"http://testserver{address}")
    assert WORDS not in client.get(address).content.decode()


def test_what_somebody_saved_meanwhile_is_not_written_over() -> None:
    from gongkai.web.holdings import actions
    from gongkai.web.holdings.draft import Draft

    office = Office()
    item = office.create()
    clerk = office.people.of(Role.CLERK)
    address = f"/desk/items/{item.id}/edit/"
    client = expired(client_of(clerk))
    sent = {**FORM, "body": WORDS, "edition": item.edition, "do": "save"}
    page = client.post(address, sent)
    changed = Draft.of(item.newest_version).with_changes(title="别人改过的标题")
    actions.edit(item=item, staff=clerk, draft=changed, edition=item.edition, now=office.tick())
    signed_in_again(client, page, clerk.username)
    text = client.get(address).content.decode()
    edition = re.search(r'name="edition" value="(\d+)"', text)
    assert edition is not None
    clash = client.post(address, {**sent, "edition": edition[1]})
    assert clash.status_code == 409
    assert re.search("您 .{5,11} 已办：修改。您写的没有丢", clash.content.decode())


def test_nobody_else_is_shown_it_and_nothing_forged_is_carried() -> None:
    office = Office()
    item = office.create()
    people = office.people
    address = f"/desk/items/{item.id}/edit/"
    client = expired(client_of(people.of(Role.CLERK)))
    page = client.post(address, {**FORM, "body": WORDS, "edition": item.edition})
    signed_in_again(client, page, people.of(Role.FIRST_REVIEWER).username)
    assert WORDS not in client.get(address).content.decode()
    client = without_visit(entered_by(people.of(Role.CLERK)))
    page = client.post("/desk/items/new/", {**FORM, "body": WORDS})
    signed_in_again(client, page, people.of(Role.FIRST_REVIEWER).username)
    assert "是另一个人填的，没有带进来" in client.get("/desk/").content.decode()
    assert WORDS not in client.get("/desk/items/new/").content.decode()
    forged = {"next": address, "typed": "x:y:z", "name": people.of(Role.CLERK).username, "password": PASSWORD}
    assert client_of(None).post("/sign-in/", forged)["Location"] == address


@pytest.mark.parametrize("checks", [False, True])
def test_where_nobody_knows_who_typed_it_the_words_are_shown_to_be_copied(checks: bool) -> None:
    """All cookies are gone: nothing is carried to whoever signs in next, and nothing is lost for who sits there."""
    office = Office()
    item = office.create()
    address = f"/desk/items/{item.id}/edit/"
    client = Client(enforce_csrf_checks=checks)
    page = client.post(
        address,
        {
            **FORM,
            "body": f"{WORDS}，{WORDS}",
            "password": "一个很长很长的口令",
            "once": "8e09483dc6d7080ef211",
            "title": "甲",
        },
    )
    assert page.status_code == 403
    shown = page.content.decode()
    assert f"{WORDS}，{WORDS}</textarea>" in shown
    assert "口令</textarea>" not in shown
    assert shown.count("<textarea") == 2, "text and title, neither marks of the form nor dates"
    assert 'name="typed"' not in shown
    secret = client.post(address, {**FORM, "body": "机密★10年 某某规划的全部内容"}).content.decode()
    assert "某某规划" not in secret


def test_an_opinion_and_the_reason_of_a_step_come_back_too() -> None:
    office = Office()
    people = office.people
    item = office.bring(office.create(), State.FIRST_REVIEW)
    reviewer = people.of(Role.FIRST_REVIEWER)
    for address in (f"/desk/items/{item.id}/review/", f"/desk/items/{item.id}/step/return/"):
        client = expired(client_of(reviewer))
        page = client.post(address, {"opinion": WORDS, "edition": item.edition, "do": "return"})
        assert signed_in_again(client, page, reviewer.username)["Location"] == address
        assert WORDS in client.get(address).content.decode()
    item.refresh_from_db()
    assert item.state is State.FIRST_REVIEW


def test_of_several_files_one_that_is_refused_does_not_stop_the_others() -> None:
    from gongkai.web.holdings.models import Item

    office = Office()
    client = client_of(office.people.of(Role.CLERK))
    files = [
        SimpleUploadedFile("甲.csv", "项目,金额\n道路,1\n".encode()),
        SimpleUploadedFile("乙.txt", "秘密★10年\n某项内容\n".encode()),
        SimpleUploadedFile("丙.csv", "项目,金额\n桥梁,2\n".encode()),
        SimpleUploadedFile("丁.exe", b"\x7fELF\x02\x01\x01" + bytes(60)),
    ]
    page = client.post("/desk/items/new/", {**FORM, "do": "submit", "files": files})
    text = page.content.decode()
    assert page.status_code == 409
    assert "填的已保存，有 2 个附件没有收" in text
    assert "乙.txt：这个附件有盖的密级标志" in text
    assert "已附上：甲.csv、丙.csv" in text
    item = Item.objects.get()
    assert item.state is State.DRAFT
    assert [each.title for each in item.newest_version.files.all()] == ["甲.csv", "丙.csv"]


def test_a_refused_form_keeps_its_files_and_no_error_hides_another() -> None:
    from gongkai.web.holdings.models import Item

    office = Office()
    client = client_of(office.people.of(Role.CLERK))
    wrong = {**FORM, "title": "", "formed_on": "去年", "effective_on": "2026-13-01", "do": "submit"}
    page = client.post("/desk/items/new/", {**wrong, "files": SimpleUploadedFile("表.csv", b"a,b\n")})
    text = page.content.decode()
    assert page.status_code == 400
    assert "已经收下，不用重新选" in text
    for name in ("title", "formed_on", "effective_on"):
        assert f'id="{name}-wrong"' in text, name
    assert not Item.objects.exists()
    long = client.post("/desk/items/new/", {**FORM, "title": "长" * 201, "do": "submit"}).content.decode()
    assert 'id="title-wrong"' in long


def test_a_form_that_is_sent_twice_makes_one_draft() -> None:
    from gongkai.web.holdings.models import Item

    office = Office()
    client = client_of(office.people.of(Role.CLERK))
    once = re.search(r'name="once" value="([0-9a-f]{32})"', client.get("/desk/items/new/").content.decode())
    assert once is not None
    sent = {**FORM, "do": "save", "once": once[1], "formed_on": date(2026, 11, 16).isoformat()}
    places = {client.post("/desk/items/new/", sent)["Location"] for _ in range(3)}
    assert Item.objects.count() == 1
    assert places == {f"/desk/items/{Item.objects.get().id}/edit/"}
    from gongkai.web.bodies.models import Appointment

    other = office.people.idle()
    Appointment.objects.create(staff=other, body=other.body, role=Role.CLERK, appointed_at=office.now)
    assert "这一页已经用过了" in client_of(other).post("/desk/items/new/", sent).content.decode()


def test_the_opinion_stays_where_a_masked_copy_is_made_meanwhile() -> None:
    from tests.web.holdings.test_masking import attached, name_list

    office = Office()
    item = office.bring(attached(office, office.create(), name_list()), State.FIRST_REVIEW)
    client = client_of(office.people.of(Role.FIRST_REVIEWER))
    address = f"/desk/items/{item.id}/review/"
    assert f'formaction="{address}mask/"' in client.get(address).content.decode()
    used = item.newest_version.files.get()
    sent = {"opinion": WORDS, "edition": item.edition, "file": used.id}
    text = client.post(f"{address}mask/", sent, follow=True).content.decode()
    assert WORDS in text
    assert "登录过期" not in text
    assert "已换成遮盖副本" in text


@pytest.mark.parametrize("how", ["idle", "gone", "mask"])
def test_what_bears_a_stamped_mark_is_carried_nowhere(how: str) -> None:
    office = Office()
    item = office.bring(office.create(), State.FIRST_REVIEW)
    client = client_of(None if how == "gone" else office.people.of(Role.FIRST_REVIEWER))
    if how == "idle":
        expired(client)
    address = f"/desk/items/{item.id}/review/{'mask/' if how == 'mask' else ''}"
    sent = {"opinion": f"机密★20年 {WORDS}", "edition": item.edition, "do": "return", "file": "0"}
    page = client.post(address, sent)
    if how != "mask":
        assert "没有收下，也没有保存" in page.content.decode()
        assert 'name="typed"' not in page.content.decode()
    assert WORDS not in str(dict(client.session.items()))


@pytest.mark.parametrize("how", ["item", "opinion", "body"])
def test_the_page_of_signing_in_holds_nothing_of_the_words_nor_of_the_person(how: str) -> None:
    """Whoever comes to that browser next looks at the source of the page, and takes it apart."""
    office = Office()
    item = office.bring(office.create(), State.FIRST_REVIEW)
    role, address = {
        "item": (Role.CLERK, "/desk/items/new/"),
        "opinion": (Role.FIRST_REVIEWER, f"/desk/items/{item.id}/review/"),
        "body": (Role.SYSTEM_ADMIN, f"/desk/bodies/{office.people.department.slug}/edit/"),
    }[how]
    fields = {"title": WORDS, "body": WORDS, "opinion": WORDS, "name": WORDS, "edition": item.edition, "do": "return"}
    client = expired(client_of(office.people.of(role)))
    page = client.post(address, fields).content.decode()
    carried = re.search(r'name="typed" value="([^"]*)"', page)
    assert carried is not None
    assert WORDS not in page
    for part in (carried[1], *re.split(r"[.:]", unescape(carried[1]))):
        raw = base64.urlsafe_b64decode(part + "=" * (-len(part) % 4)) if part.isascii() else b""
        for each in (raw, *(_inflated(raw[start:]) for start in range(len(raw)))):
            assert b"staff" not in each
            assert not any(word in each for word in (WORDS.encode(), json.dumps(WORDS)[1:-1].encode()))


def _inflated(packed: bytes) -> bytes:
    try:
        return zlib.decompress(packed)
    except zlib.error:
        return b""


def test_no_password_is_kept() -> None:
    from gongkai.web.bodies import unsent

    office = Office()
    clerk, address = office.people.of(Role.CLERK), "/desk/items/new/"
    secrets = dict.fromkeys(("old", "new", "again", "password"), "口令")
    expired(client_of(clerk)).post(address, {**FORM, **secrets})
    told = unsent.of_page(clerk.pk, address, timezone.now())
    assert told is not None
    assert told["fields"]["body"] == [FORM["body"]]
    assert not secrets.keys() & set(told["fields"])


@pytest.mark.parametrize("how", ["idle", "gone"])
@pytest.mark.parametrize("way", ["/desk/", "/sign-in/", "another browser"])
def test_the_words_are_there_wherever_their_person_signs_in_next(how: str, way: str) -> None:
    office = Office()
    clerk, address = office.people.of(Role.CLERK), "/desk/items/new/"
    client = entered_by(clerk)
    expired(client) if how == "idle" else without_visit(client)
    page = client.post(address, {**FORM, "body": WORDS})
    assert "您填的字没有丢" in page.content.decode()
    if way == "another browser":
        client = client_of(None)
    else:
        client.get(way)
    came = client.post("/sign-in/", {"name": clerk.username, "password": PASSWORD, "next": ""})
    assert came["Location"] == address
    assert WORDS in client.get(address).content.decode()


def test_a_page_of_signing_in_that_was_open_meanwhile_leads_to_the_words() -> None:
    """Two tabs, both expired: its person signs in by the second, then presses the button of the first."""
    office = Office()
    clerk, address = office.people.of(Role.CLERK), "/desk/items/new/"
    client = Client(enforce_csrf_checks=True)
    client.force_login(clerk)
    page = expired(client).post(address, {**FORM, "body": WORDS})
    assert page.status_code == 403
    client.force_login(clerk)
    stale = {"name": clerk.username, "password": PASSWORD, "next": address, "csrfmiddlewaretoken": "x" * 64}
    asked = {"HTTP_ORIGIN": "http://testserver"}
    there = client.post("/sign-in/", stale, follow=True, **asked)
    assert there.redirect_chain[-1][0] == address
    assert WORDS in there.content.decode()
    client.logout()
    again = client.post("/sign-in/", stale, follow=True, **asked)
    assert "请再登录一次" in again.content.decode()
    assert f'name="next" value="{address}"' in again.content.decode()
    assert client.post("/sign-in/", stale, HTTP_ORIGIN="http://elsewhere.example").status_code == 403


def test_a_button_of_a_page_without_words_keeps_nothing_and_promises_nothing() -> None:
    office = Office()
    item = office.create()
    clerk = office.people.of(Role.CLERK)
    page = expired(client_of(clerk)).post(f"/desk/items/{item.id}/step/submit/", {"edition": item.edition})
    assert "没有办成" in page.content.decode()
    assert "没有丢" not in page.content.decode()
    assert not clerk.unsent.exists()


def test_a_form_of_administration_comes_back_as_well() -> None:
    from gongkai.web.bodies.models import Body

    office = Office()
    system = office.people.of(Role.SYSTEM_ADMIN)
    address = f"/desk/bodies/{office.people.department.slug}/edit/"
    client = expired(client_of(system))
    page = client.post(address, {"name": "示范县民政和社会工作局", "address": "政务路 9 号"})
    assert signed_in_again(client, page, system.username)["Location"] == address
    for _ in range(2):
        shown = client.get(address).content.decode()
        assert 'value="示范县民政和社会工作局"' in shown
        assert "还没有提交" in shown
    assert not Body.objects.filter(address="政务路 9 号").exists()


def test_what_a_page_sends_of_its_own_is_never_shown_as_typed() -> None:
    from gongkai.web.look.leftover import LEFT_OUT

    office = Office()
    item, client = office.create(), client_of(office.people.of(Role.CLERK))
    for address in ("/desk/items/new/", f"/desk/items/{item.id}/edit/", f"/desk/items/{item.id}/step/discard/"):
        form = client.get(address).content.decode().partition("<main")[2]
        hidden = set(re.findall(r'<input type="hidden" name="([^"]+)"', form))
        assert hidden
        assert hidden - LEFT_OUT == set(), address
