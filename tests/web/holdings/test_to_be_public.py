"""将要公开的 — the office is shown what goes out, pictures stand in the page with their words (条例 第二十四条)."""

from __future__ import annotations

import re
import struct
import zlib
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from gongkai.law.publishing import State
from gongkai.law.roles import Role
from tests.web.cast import client_of
from tests.web.holdings.county import Office
from tests.web.holdings.test_pages import FORM

pytestmark = pytest.mark.usefixtures("ground")


@pytest.fixture
def office(ground: None) -> Office:
    del ground
    return Office()


def picture() -> bytes:
    """A square of one colour."""

    def part(kind: bytes, told: bytes) -> bytes:
        return struct.pack(">I", len(told)) + kind + told + struct.pack(">I", zlib.crc32(kind + told))

    rows = b"".join(b"\0" + b"\x40\x80\xc0" * 64 for _ in range(64))
    head = struct.pack(">IIBBBBB", 64, 64, 8, 2, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + part(b"IHDR", head) + part(b"IDAT", zlib.compress(rows)) + part(b"IEND", b"")


def test_a_picture_is_described_before_it_is_sent_and_stands_in_the_page(office: Office) -> None:
    from gongkai.web.holdings.models import Item

    client = client_of(office.people.of(Role.CLERK))
    files = SimpleUploadedFile("IMG_0001.png", picture())
    page = client.post("/desk/items/new/", {**FORM, "column": "", "do": "submit", "files": files})
    text = page.content.decode()
    assert page.status_code == 400
    assert "“IMG_0001.png”还没有说明" in text
    assert 'id="column-wrong"' in text
    item = Item.objects.get()
    number = item.newest_version.files.get().file_id
    assert f'id="title-{number}-wrong"' in text
    sent = {**FORM, "edition": item.edition, "do": "submit", f"title-{number}": "北关村栽下的第一排杨树"}
    assert client.post(f"/desk/items/{item.pk}/edit/", sent).status_code == 302
    item = office.bring(Item.objects.get(), State.PUBLISHED)
    shown = client_of(None).get(f"/items/{item.index_number}/").content.decode()
    copy = item.public_version.files.get().copy
    assert f"/{copy.key}/" in shown.split("<figure", 1)[1].split("</figure>")[0]
    assert 'alt="北关村栽下的第一排杨树"' in shown


def test_who_publishes_is_shown_what_the_public_will_see(office: Office) -> None:
    item: Any = office.create(title="关于停车的通知", document_number="示建〔2026〕9号")
    item = office.bring(item, State.CLEARED)
    page = client_of(office.people.of(Role.DISCLOSURE_OFFICE)).get(f"/desk/items/{item.pk}/step/publish/")
    text = page.content.decode()
    for told in ("公众将看到的", "关于停车的通知", item.column.name, "示建〔2026〕9号", "2026-11-16", "没有附件"):
        assert told in text, told


def test_whoever_lets_it_pass_sees_each_field_that_is_registered(office: Office) -> None:
    from datetime import date

    old = office.bring(office.create(title="旧的通知"), State.PUBLISHED)
    item: Any = office.create(
        summary="停车位怎样划",
        keywords="停车",
        source="示范县城建局办公室",
        annotation="（此件公开发布）",
        effective_on=date(2027, 1, 1),
        expires_on=date(2031, 12, 31),
        relations=(("replaces", old.index_number),),
    )
    told = (
        "停车位怎样划",
        "示范县城建局办公室",
        "此件公开发布",
        "2027-01-01",
        "2031-12-31",
        f"代替 {old.index_number}",
    )
    cleared = (State.CLEARED, Role.DISCLOSURE_OFFICE)
    steps = (
        (State.FIRST_REVIEW, Role.FIRST_REVIEWER, "review/"),
        (State.FINAL_REVIEW, Role.FINAL_REVIEWER, "review/"),
        (*cleared, ""),
        (*cleared, "step/publish/"),
    )
    for state, role, page in steps:
        item = office.bring(item, state)
        shown = client_of(office.people.of(role)).get(f"/desk/items/{item.pk}/{page}").content.decode()
        assert [each for each in told if each not in shown] == [], (state, page)


def test_the_scope_of_what_is_public_is_for_the_reviewer_to_write(office: Office) -> None:
    item = office.bring(office.create(), State.SECRECY_REVIEW)
    page = client_of(office.people.of(Role.SECRECY_REVIEWER)).get(f"/desk/items/{item.pk}/review/").content.decode()
    assert re.search(r'id="scope" name="scope"\s+value=""', page)


def test_a_day_that_is_in_no_calendar_is_said_to_be_none(office: Office) -> None:
    client = client_of(office.people.of(Role.CLERK))
    page = client.post("/desk/items/new/", {**FORM, "effective_on": "2026-02-29", "do": "save"}).content.decode()
    assert "“2026-02-29”这一天不存在" in page
    item = office.bring(office.create(), State.PUBLISHED)
    director = client_of(office.people.of(Role.DISCLOSURE_OFFICE))
    sent = {"edition": item.edition, "day": "2027-02-29", "opinion": "由新的代替"}
    said = director.post(f"/desk/items/{item.pk}/step/repeal/", sent).content.decode()
    assert "“2027-02-29”这一天不存在" in said
    told = client_of(None).get("/api/v1/public/items?since=2026-02-29").json()
    assert "这一天不存在" in told["problems"][0]["message"]


def test_what_was_done_is_listed_by_its_time(office: Office) -> None:
    from datetime import timedelta

    from gongkai.web.holdings import queries
    from gongkai.web.holdings.models import Review

    first, second = office.create(), office.create()
    Review.objects.filter(item=second).update(at=office.now - timedelta(days=3))
    recent = queries.desk(office.people.of(Role.CLERK), office.now.date()).recent
    assert [each.review.item_id for each in recent] == [first.pk, second.pk]


def test_too_many_files_are_refused_before_any_is_looked_into(office: Office) -> None:
    from gongkai.web.files.models import File

    client = client_of(office.people.of(Role.CLERK))
    files = [SimpleUploadedFile(f"{number}.csv", b"a,b\n1,2\n") for number in range(51)]
    page = client.post("/desk/items/new/", {**FORM, "do": "save", "files": files}).content.decode()
    assert "一件信息最多附 50 个文件" in page
    assert FORM["title"] in page
    assert not File.objects.exists()
