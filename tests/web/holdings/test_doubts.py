"""请核对 — a year that may be mistyped is asked about and stops nothing; a deadline is always explained (公文格式)."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest

from gongkai.law.publishing import State
from gongkai.law.roles import Role
from tests.web.cast import client_of
from tests.web.holdings.county import Office
from tests.web.holdings.test_pages import FORM

if TYPE_CHECKING:
    from gongkai.web.holdings.models import Item

pytestmark = pytest.mark.usefixtures("ground")


@pytest.fixture
def office(ground: None) -> Office:
    del ground
    return Office()


def told(office: Office, item: Item, **typed: str) -> tuple[str, str]:
    """送初审 — what the sender is told, and what the reviewer reads."""
    item.refresh_from_db()
    sent = {**FORM, "edition": item.edition, "do": "submit", **typed}
    page = client_of(office.people.of(Role.CLERK)).post(f"/desk/items/{item.id}/edit/", sent, follow=True)
    item.refresh_from_db()
    assert item.state is State.FIRST_REVIEW, "a question stops nothing"
    review = client_of(office.people.of(Role.FIRST_REVIEWER)).get(f"/desk/items/{item.id}/review/")
    return page.content.decode(), review.content.decode()


@pytest.mark.parametrize(
    ("number", "day", "is_asked"),
    [
        ("示建〔2027〕8号", "2026-11-16", True),
        ("示建〔2019〕8号", "2026-11-16", True),
        ("示建〔2026〕8号", "2026-11-16", False),
        ("示建〔2019〕8号", "2019-03-04", False),
        ("示建〔2025〕8号", "2026-01-04", True),
        ("", "2026-11-16", False),
    ],
)
def test_a_number_of_another_year_than_its_day_is_asked_about(
    office: Office, number: str, day: str, *, is_asked: bool
) -> None:
    item = office.create(formed_on=date.fromisoformat(day))
    for page in told(office, item, document_number=number, formed_on=day):
        assert (f"文号的年份是 {number[3:7]}，成文日期是 {day}" in page) is is_asked
    edit = client_of(office.people.of(Role.CLERK)).get(f"/desk/items/{item.id}/edit/").content.decode()
    assert ("文号的年份是" in edit) is is_asked


@pytest.mark.parametrize(("day", "is_asked"), [("1949-09-30", True), ("1949-10-01", False)])
def test_a_day_before_any_organ_of_today_is_asked_about(office: Office, day: str, *, is_asked: bool) -> None:
    item = office.create(formed_on=date.fromisoformat(day))
    for page in told(office, item, formed_on=day):
        assert ("早于 1949 年 10 月 1 日" in page) is is_asked


def test_why_an_index_number_stays_when_the_day_is_corrected_is_said_until_it_is_public(office: Office) -> None:
    item = office.create(formed_on=date(2016, 11, 16))
    for page in told(office, item):
        assert f"索引号 {item.index_number} 里的年份是 2016" in page
    right = office.create(title="没有写错的")
    assert not any("里的年份是" in page for page in told(office, right))
    clerk = client_of(office.people.of(Role.CLERK))
    office.seen(item)
    assert "里的年份是" not in clerk.get(f"/desk/items/{item.id}/review/").content.decode()


def test_by_its_button_too_the_sender_is_asked(office: Office) -> None:
    item = office.create(document_number="示建〔2019〕8号")
    client = client_of(office.people.of(Role.CLERK))
    page = client.post(f"/desk/items/{item.id}/step/submit/", {"edition": item.edition}, follow=True)
    assert "文号的年份是 2019，成文日期是 2026-11-16" in page.content.decode()


@pytest.mark.parametrize("day", [date(1931, 9, 18), date(1949, 9, 30), date(2006, 12, 31)])
def test_a_deadline_that_cannot_be_counted_is_explained_all_the_same(office: Office, day: date) -> None:
    from gongkai.web.holdings import clocks

    clerk = client_of(office.people.of(Role.CLERK))
    item = office.create(formed_on=day)
    page = clerk.get(f"/desk/items/{item.id}/").content.decode()
    assert 'id="counting"' in page
    assert f"从 {day} 起数不出工作日：平台的工作日历从 {clocks.calendar().first_on} 起" in page
    assert str(item.due_on) in page
    counted = clerk.get(f"/desk/items/{office.create().id}/").content.decode()
    assert 'id="counting"' in counted
    assert "数不出工作日" not in counted
    office.seen(item)
    assert 'id="counting"' not in clerk.get(f"/desk/items/{item.id}/").content.decode()


def test_when_a_penalty_was_annulled_before_the_calendar_its_deadline_is_explained(office: Office) -> None:
    day = date(2006, 12, 1)
    item = office.seen(office.create(column="penalties"), called_back_on=day, withdraw_due_on=date(2006, 12, 4))
    page = client_of(office.people.of(Role.CLERK)).get(f"/desk/items/{item.id}/").content.decode()
    assert f"从 {day} 起数不出工作日" in page
    assert "估作 2006-12-04" in page
