"""公众将得到的副本 — reviewers open the very bytes that are published, and no step goes on unread (条例 第十五条)."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from gongkai.law.publishing import Act, State
from gongkai.law.roles import Role
from gongkai.law.scope import Ground, Openness
from tests.web.cast import client_of
from tests.web.holdings.county import Office
from tests.web.holdings.test_masking import attached
from tests.web.holdings.test_referrals import taken_back
from tests.web.holdings.test_secrecy import conclude

pytestmark = pytest.mark.usefixtures("ground")


def sheet() -> bytes:
    """一张表 — with a hidden column that no copy holds, and nothing personal."""
    book = openpyxl.Workbook()
    page = book.active
    for row in (("序号", "项目", "金额", "内部备注"), (1, "道路养护", 1200, "不显示的话"), (2, "桥梁检测", 800, "")):
        page.append(row)
    page.column_dimensions["D"].hidden = True
    out = BytesIO()
    book.save(out)
    return out.getvalue()


def bytes_of(response: Any) -> bytes:
    return b"".join(response) if response.streaming else response.content


def test_what_reviewers_open_is_what_the_public_is_given() -> None:
    from gongkai.web.files.models import PublicCopy
    from gongkai.web.files.queries import address

    office = Office()
    people = office.people
    item = office.bring(attached(office, office.create(), sheet(), "项目.xlsx"), State.FIRST_REVIEW)
    used = item.newest_version.files.get()
    opened = f"/desk/items/{item.id}/copies/{used.id}/"
    browser = client_of(people.of(Role.FIRST_REVIEWER))
    for page in ("", "review/", f"review/?file={used.id}", f"review/?file={used.id}&as=copy"):
        assert opened in browser.get(f"/desk/items/{item.id}/{page}").content.decode()
    shown = browser.get(f"/desk/items/{item.id}/review/?file={used.id}&as=copy").content.decode()
    assert "道路养护" in shown
    assert "不显示的话" not in shown
    assert "不显示的话" in browser.get(f"/desk/items/{item.id}/review/?file={used.id}").content.decode()
    seen = bytes_of(browser.get(opened))
    assert "不显示的话".encode() not in seen
    assert PublicCopy.objects.get().published_at is None
    for _ in range(3):
        browser.get(opened)
    item = office.bring(item, State.PUBLISHED)
    copy = item.public_version.files.get().copy
    assert PublicCopy.objects.count() == 1
    assert bytes_of(client_of(None).get(address(copy))) == seen


def test_nobody_else_opens_it_and_each_look_is_written_down() -> None:
    from gongkai.web.journal.models import Entry

    office = Office()
    people = office.people
    item = attached(office, office.create(), sheet(), "项目.xlsx")
    other = attached(office, office.create(title="另一件"), sheet(), "另一份.xlsx")
    used = item.newest_version.files.get()
    opened = f"/desk/items/{item.id}/copies/{used.id}/"
    assert client_of(None).get(opened).status_code == 302
    assert client_of(people.of(Role.CLERK, people.township)).get(opened).status_code == 404
    assert client_of(people.of(Role.SYSTEM_ADMIN)).get(opened).status_code == 404
    clerk = client_of(people.of(Role.CLERK))
    assert clerk.get(f"/desk/items/{other.id}/copies/{used.id}/").status_code == 404
    before = Entry.objects.filter(act="files.open").count()
    assert clerk.get(opened).status_code == 200
    assert Entry.objects.filter(act="files.open").count() == before + 1


def test_of_what_stays_inside_there_is_no_copy() -> None:
    from gongkai.web.files.models import PublicCopy

    office = Office()
    item = office.create(openness=Openness.CLOSED, ground=Ground.INTERNAL_AFFAIRS)
    item = attached(office, item, sheet(), "项目.xlsx")
    used = item.newest_version.files.get()
    clerk = client_of(office.people.of(Role.CLERK))
    assert "公众将得到的副本" not in clerk.get(f"/desk/items/{item.id}/").content.decode()
    told = clerk.get(f"/desk/items/{item.id}/copies/{used.id}/", follow=True).content.decode()
    assert "附件不向社会公开" in told
    assert not PublicCopy.objects.exists()


def test_a_copy_that_another_item_uses_is_not_this_item_s() -> None:
    from gongkai.web.holdings import actions
    from gongkai.web.holdings.models import ItemFile

    office = Office()
    item = attached(office, office.create(), sheet(), "项目.xlsx")
    file = item.newest_version.files.get().file
    other = office.create(title="另一件")
    clerk = office.people.of(Role.CLERK)
    other = actions.attach_file(item=other, staff=clerk, file=file, now=office.tick())
    office.bring(item, State.PUBLISHED)
    office.bring(other, State.PUBLISHED)
    copies = ItemFile.objects.exclude(copy=None).values_list("copy", flat=True)
    assert len(set(copies)) == 2


def test_while_a_file_is_looked_into_no_page_says_that_nothing_was_found_nor_offers_to_pass() -> None:
    from gongkai.web.files.models import File
    from gongkai.web.holdings.actions import look_into_files

    office = Office()
    people = office.people
    item = office.bring(attached(office, office.create(), sheet(), "项目.xlsx"), State.FIRST_REVIEW)
    File.objects.update(inspection=None, rules="")
    browser = client_of(people.of(Role.FIRST_REVIEWER))
    address = f"/desk/items/{item.id}/review/"
    page, home = (browser.get(each).content.decode() for each in (address, f"/desk/items/{item.id}/"))
    for text in (page, home):
        assert "机检还在看：项目.xlsx" in text
        assert 'hx-trigger="every 5s"' in text
    assert "机检没有发现问题" not in page
    assert "看过标题、正文、链接、附件" not in page
    assert 'value="pass"' not in page
    assert 'value="return"' in page
    assert f'href="{address}">审核' not in home
    used = item.newest_version.files.get()
    assert "机检还没看完" in browser.get(f"/desk/items/{item.id}/copies/{used.id}/", follow=True).content.decode()
    sent = {"do": "pass", "edition": item.edition, "opinion": "写好的意见"}
    refused = browser.post(address, sent)
    assert refused.status_code == 409
    assert "写好的意见" in refused.content.decode()
    assert look_into_files(now=office.tick()) == 1
    page = browser.get(address).content.decode()
    assert "机检还在看" not in page
    assert 'value="pass"' in page
    assert office.take(item, Act.PASS_FIRST).state is State.SECOND_REVIEW


def test_what_a_copy_loses_is_unfolded_on_every_page() -> None:
    from gongkai.web.files.models import File

    office = Office()
    item = office.bring(attached(office, office.create(), sheet(), "项目.xlsx"), State.FIRST_REVIEW)
    file = File.objects.get()
    lost = {"template": "第 {page} 页的图表", "values": {"page": 3}}
    File.objects.filter(id=file.id).update(inspection={**file.inspection, "lost": [lost]})
    browser = client_of(office.people.of(Role.FIRST_REVIEWER))
    used = item.newest_version.files.get()
    for page in ("", f"review/?file={used.id}", "review/"):
        text = browser.get(f"/desk/items/{item.id}/{page}").content.decode()
        assert "第 3 页的图表" in text, page
        assert '<details class="more" open>' in text


def test_a_copy_that_is_one_grey_plate_is_no_wrong_file() -> None:
    """What was masked as a whole holds no words: nobody is to look for a better scan (条例 第十五条)."""
    from PIL import Image

    from gongkai.web.files.models import CopyKind
    from gongkai.web.holdings.leaves import ALL_MASKED, leaf
    from tests.web.files.conftest import copied

    office, plate = Office(), BytesIO()
    Image.new("L", (200, 120), 160).save(plate, "PNG")
    item = attached(office, office.create(), plate.getvalue(), "扫描件.png")
    file = item.newest_version.files.get().file
    assert leaf(copied(file, plate.getvalue(), "扫描件.png", CopyKind.MASKED)).reason == (ALL_MASKED, {})
    assert leaf(copied(file, plate.getvalue(), "扫描件.png")).reason != (ALL_MASKED, {})


def test_a_final_review_without_its_tick_makes_no_copy() -> None:
    from gongkai.web.files.storing import store

    office, kept = Office(), lambda: sum(each.is_file() for each in Path(store().path(".")).rglob("*"))
    item = attached(office, office.create(), sheet(), "项目.xlsx")
    item = conclude(office, office.bring(item, State.SECRECY_REVIEW), "referred")
    item = conclude(office, taken_back(office, item, Role.DISCLOSURE_OFFICE), "open")
    client, before = client_of(office.people.of(Role.FINAL_REVIEWER)), kept()
    sent = {"edition": item.edition, "do": "pass", "opinion": "同意"}
    page = client.post(f"/desk/items/{item.id}/review/", sent, follow=True).content.decode()
    assert "勾选“看过”" in page
    assert kept() == before
    client.post(f"/desk/items/{item.id}/review/", {**sent, "checks": "answer_seen"})
    item.refresh_from_db()
    assert item.state is State.CLEARED
    assert kept() == before + 1
