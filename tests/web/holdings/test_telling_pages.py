"""页面说的话 — each page says what was done, what comes next, and whose turn it is (条例 第十七条)."""

from __future__ import annotations

import pytest

from gongkai.law.publishing import Act, State
from gongkai.law.roles import Role
from gongkai.law.scope import Ground, Openness
from gongkai.law.secrecy import Conclusion
from tests.web.cast import client_of
from tests.web.holdings.county import CHECKS, RECORD, Office
from tests.web.holdings.test_pages import FORM
from tests.web.holdings.test_secrecy import ALL, to_secrecy

pytestmark = pytest.mark.usefixtures("ground")


@pytest.mark.parametrize("conclusion", [each for each in Conclusion if each is not Conclusion.OPEN_AFTER_CUTS])
def test_what_was_concluded_is_what_the_page_says(conclusion: Conclusion) -> None:
    office = Office()
    item = to_secrecy(office)
    sent = {**RECORD, **ALL, "outcome": conclusion, "checks": CHECKS, "do": "pass", "edition": item.edition}
    sent |= {"authority": "市国家保密局", "again_on": "2027-06-01"}
    client = client_of(office.people.of(Role.SECRECY_REVIEWER))
    text = client.post(f"/desk/items/{item.id}/review/", sent, follow=True).content.decode()
    assert f"结论“{conclusion.label}”已记下" in text
    assert "“保密审查通过”已记下" not in text


def test_how_the_days_are_counted_does_not_stand_where_nothing_is_published() -> None:
    office = Office()
    clerk = client_of(office.people.of(Role.CLERK))
    closed = office.create(openness=Openness.CLOSED, ground=Ground.INTERNAL_AFFAIRS)
    for item, told in (
        (office.create(title="另一件"), True),
        (closed, False),
        (office.bring(closed, State.HELD), False),
    ):
        assert ("期限是怎么算的" in clerk.get(f"/desk/items/{item.id}/").content.decode()) == told


def test_an_edit_after_the_first_review_says_before_that_it_is_reviewed_anew() -> None:
    office = Office()
    item = office.bring(office.create(), State.SECOND_REVIEW)
    page = client_of(office.people.of(Role.SECOND_REVIEWER)).get(f"/desk/items/{item.id}/edit/").content.decode()
    said = page.index("现在是“待复审”。保存改动以后，要从初审重新审起。")
    assert said < page.index('name="title"')
    assert "保存，从初审重新审起" in page


def test_what_was_returned_says_why_until_it_is_sent_again() -> None:
    from gongkai.web.holdings import actions

    office = Office()
    item = office.bring(office.create(), State.FIRST_REVIEW)
    reviewer = office.people.of(Role.FIRST_REVIEWER)
    item = actions.send_back(item=item, staff=reviewer, opinion="落款日期请核对", now=office.tick())
    clerk = client_of(office.people.of(Role.CLERK))
    for page in ("", "edit/"):
        assert "落款日期请核对" in clerk.get(f"/desk/items/{item.id}/{page}").content.decode()
    item = office.take(item, Act.SUBMIT)
    assert "落款日期请核对" not in clerk.get(f"/desk/items/{item.id}/edit/").content.decode()


def test_the_final_reviewer_is_told_whose_turn_it_is_and_may_still_return() -> None:
    office = Office()
    item = office.bring(office.create(), State.CLEARED)
    page = client_of(office.people.of(Role.FINAL_REVIEWER)).get(f"/desk/items/{item.id}/").content.decode()
    assert "现在等工作机构办：工作机构员。" in page
    assert f"/desk/items/{item.id}/step/return/" in page


def test_an_administrator_without_items_is_told_so() -> None:
    office = Office()
    text = client_of(office.people.of(Role.AUDIT_ADMIN)).get("/desk/").content.decode()
    assert "您现在没有办件的岗位" in text
    assert "您现在没有办件的岗位" not in client_of(office.people.of(Role.CLERK)).get("/desk/").content.decode()


def test_a_state_secret_is_not_to_be_put_right_and_sent() -> None:
    office = Office()
    client = client_of(office.people.of(Role.CLERK))
    sent = {**FORM, "body": "机密★20年\n某项内容", "do": "submit"}
    text = client.post("/desk/items/new/", sent).content.decode()
    assert "请立即停止，不要在本系统处理，也不要再送。" in text
    assert "改好再送" not in text


def test_what_is_public_has_its_link_and_nothing_else_has() -> None:
    office = Office()
    clerk = client_of(office.people.of(Role.CLERK))
    item = office.bring(office.create(), State.PUBLISHED)
    assert f'href="/items/{item.index_number}/"' in clerk.get(f"/desk/items/{item.id}/").content.decode()
    draft = office.create(title="另一件")
    assert "看公众看到的页面" not in clerk.get(f"/desk/items/{draft.id}/").content.decode()


@pytest.mark.parametrize(
    ("code", "fine"),
    [
        ("11419900MB0000001B", False),
        ("11419900MB0000001A", True),
        ("91350100M000100Y43", True),
        ("", True),
        ("12", False),
    ],
)
def test_a_credit_code_is_checked_where_it_is_written(code: str, fine: bool) -> None:
    from gongkai.web.bodies.forms import BodyForm

    office = Office()
    form = BodyForm({"uscc": code}, instance=office.people.county)
    form.is_valid()
    assert ("uscc" not in form.errors) == fine  # one that stood there before stays
