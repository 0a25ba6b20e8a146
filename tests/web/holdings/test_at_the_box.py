"""错在哪一栏 — a step that is not taken says so at the box, and in the summary with a link to it (条例 第十七条)."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from django.utils import timezone

from gongkai.law.publishing import State
from gongkai.law.roles import Role
from tests.web.cast import client_of
from tests.web.holdings.county import Office
from tests.web.holdings.test_pages import FORM


@pytest.fixture
def office(ground: None) -> Office:
    del ground
    return Office()


def wrong_boxes(page: str) -> list[str]:
    """The boxes that are marked, each with a sentence of its own and a link from the summary."""
    marked = re.findall(r"<(?:input|select|textarea)\b[^>]*?\bname=\"([a-z_]+)\"[^>]*?aria-invalid=\"true\"", page)
    for name in marked:
        assert re.search(rf'<p class="wrong" id="{name}-wrong">[^<]', page), name
        assert f'<a href="#{name}">' in page, name
    return marked


@pytest.mark.parametrize(
    ("step", "sent", "boxes", "said"),
    [
        ("withdraw", {"ground": "", "opinion": "重复"}, ["ground"], "还没有选撤下的事由"),
        ("withdraw", {"ground": "duplicate", "opinion": ""}, ["opinion"], "这一步要写明意见或者理由"),
        ("repeal", {"day": "", "opinion": "由新的代替"}, ["day"], "还没有填日期"),
        ("repeal", {"day": "民国115年1月1日", "opinion": "由新的代替"}, ["day"], "是民国纪年"),
        ("repeal", {"day": "1999年1月1日", "opinion": "由新的代替"}, ["day"], "早于成文日期"),
        ("repeal", {"day": "2026-11-27", "opinion": "由\0新的代替"}, ["opinion"], "看不见的字符"),
        ("repeal", {"day": "x", "opinion": "a\0b"}, ["day", "opinion"], "“x”看不出是哪一天"),
        ("repeal", {"day": "2099-01-01", "opinion": "由新的代替", "by": "没有的"}, ["by"], "没有找到索引号"),
    ],
)
def test_what_is_missing_in_a_step_is_said_at_its_box(
    office: Office, step: str, sent: dict[str, str], boxes: list[str], said: str
) -> None:
    item = office.bring(office.create(), State.PUBLISHED)
    client = client_of(office.people.of(Role.DISCLOSURE_OFFICE))
    page = client.post(f"/desk/items/{item.pk}/step/{step}/", {"edition": item.edition, **sent}).content.decode()
    assert (wrong_boxes(page), page.count(said)) == (boxes, 2)


def test_a_time_to_publish_has_its_hour(office: Office) -> None:
    item = office.bring(office.create(), State.CLEARED)
    client = client_of(office.people.of(Role.DISCLOSURE_OFFICE))
    day = timezone.localdate() + timedelta(days=2)
    address = f"/desk/items/{item.pk}/step/schedule/"
    for given in (f"{day}", f"{day} 25:00", "", "2001-01-01 09:00"):
        page = client.post(address, {"edition": item.edition, "at": given}).content.decode()
        assert wrong_boxes(page) == ["at"], given
    at = f"{day.year}年{day.month}月{day.day}日 9:05"
    shown = client.post(address, {"edition": item.edition, "at": at}, follow=True).content.decode()
    assert f"已定好：{day} 09:05 自动公开" in shown


def test_a_secrecy_review_says_at_each_box_what_it_lacks(office: Office) -> None:
    item = office.bring(office.create(), State.SECRECY_REVIEW)
    client = client_of(office.people.of(Role.SECRECY_REVIEWER))
    sent = {"edition": item.edition, "do": "pass", "outcome": "postponed", "again_on": "昨天", "scope": ""}
    page = client.post(f"/desk/items/{item.pk}/review/", sent).content.decode()
    assert {"scope", "again_on"} <= set(wrong_boxes(page))
    assert "原因见页面上方" not in page


def test_days_are_taken_however_they_are_written_where_they_are_certain(office: Office) -> None:
    from gongkai.web.holdings.models import Item

    client = client_of(office.people.of(Role.CLERK))
    client.post("/desk/items/new/", {**FORM, "formed_on": "２０２６年１１月９日", "effective_on": "2026/11/10"})
    made = Item.objects.get()
    assert (f"{made.formed_on}", f"{made.effective_on}") == ("2026-11-09", "2026-11-10")
    turned = client.post("/desk/items/new/", {**FORM, "title": "关于\u202e植树\u202c的通知"}).content.decode()
    assert "改变文字方向的字符（看不见，U+202E）" in turned
    page = client.post("/desk/items/new/", {**FORM, "formed_on": "46353"}).content.decode()
    assert "“46353”看不出是哪一天" in page
    assert re.search(r'name="formed_on"[^>]*aria-invalid="true"', page)


def test_a_record_of_secrecy_has_a_length(office: Office) -> None:
    item = office.bring(office.create(), State.SECRECY_REVIEW)
    client = client_of(office.people.of(Role.SECRECY_REVIEWER))
    sent = {
        "edition": item.edition,
        "do": "pass",
        "outcome": "open",
        "way": "网站",
        "time": "审核后",
        "scope": "长" * 5000,
    }
    page = client.post(f"/desk/items/{item.pk}/review/", sent).content.decode()
    assert wrong_boxes(page) == ["scope"]
    assert "“公开范围”写了 5000 字，最多 200 字" in page


def test_a_day_that_cannot_be_looked_at_again_is_said_as_it_was_given(office: Office) -> None:
    item = office.bring(office.create(), State.SECRECY_REVIEW)
    client = client_of(office.people.of(Role.SECRECY_REVIEWER))
    words = {"way": "网站", "time": "审核后", "scope": "全文"}
    sent = {"edition": item.edition, "do": "pass", "outcome": "postponed", **words}
    for given in ("2026-02-30", "民国115年", "12月5日"):
        page = client.post(f"/desk/items/{item.pk}/review/", {**sent, "again_on": given}).content.decode()
        assert f"填的是“{given}”" in page
        assert wrong_boxes(page) == ["again_on"]
