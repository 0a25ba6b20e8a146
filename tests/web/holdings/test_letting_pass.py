"""放行、遮盖以后 — what is wrong is said at its box, a copy is what is read, nothing untrue is said (条例 第十七条)."""

from __future__ import annotations

import re
from typing import Any

import pytest

from gongkai.law.publishing import State
from gongkai.law.roles import Role
from gongkai.web.look.language import say
from tests.web.cast import client_of
from tests.web.holdings.county import Office
from tests.web.holdings.test_masking import IDENTITY, attached, name_list
from tests.web.holdings.test_pages import FORM

pytestmark = pytest.mark.usefixtures("ground")
UNSENT = "下面有您填过、还没有提交的"


@pytest.fixture
def office(ground: None) -> Office:
    del ground
    return Office()


def hits_of(page: str) -> list[str]:
    """The hits for which the page has a button, by their ids."""
    return re.findall(r'name="(?:hit|lift)" value="([\w-]+)"', page)


def reasons_of(page: str, hits: list[str]) -> dict[str, str]:
    """What the page sends with any of its buttons: the form as it came."""
    return {f"reason-{each}": "" for each in hits} | dict(
        re.findall(r'name="(way|scope|time)"\s+value="([^"]*)"', page)
    )


@pytest.mark.parametrize("given", ["", "长" * 301])
def test_a_reason_that_is_missing_is_asked_for_at_its_own_box(office: Office, given: str) -> None:
    body = f"<p>{IDENTITY}</p><p>13800138000 与 330106198804127530</p>"
    item = office.bring(office.create(body_html=body), State.FINAL_REVIEW)
    client, address = client_of(office.people.of(Role.FINAL_REVIEWER)), f"/desk/items/{item.id}/review/"
    page = client.get(address).content.decode()
    wanted = hits_of(page)[-1]
    sent = reasons_of(page, hits_of(page)) | {f"reason-{wanted}": given, "hit": wanted, "edition": item.edition}
    answer = client.post(f"{address}override/?hits=1", sent)
    number = re.search(rf'id="reason-(\d+)" name="reason-{wanted}"', page)
    assert number is not None
    assert answer["Location"] == f"{address}?hits=1#reason-{number[1]}", "the browser goes to the box itself"
    page = client.get(answer["Location"]).content.decode()
    box = page.split(f'id="hit-{number[1]}"', 1)[1].split("</li>", 1)[0]
    assert '<details class="more" open>' in box
    assert 'class="wrong" id="refused"' in box
    assert 'aria-invalid="true" aria-describedby="refused"' in box
    assert page.count('id="refused"') == 1
    assert page.count('<details class="more" open>') == 1
    assert (UNSENT in page) is bool(given)
    assert 'id="refused"' not in client.get(address).content.decode(), "said once"


@pytest.mark.parametrize("state", [State.FIRST_REVIEW, State.SECRECY_REVIEW, State.FINAL_REVIEW])
def test_after_letting_one_pass_nothing_is_said_to_be_unsent_unless_it_was_typed(office: Office, state: State) -> None:
    people = {
        State.FIRST_REVIEW: Role.FIRST_REVIEWER,
        State.SECRECY_REVIEW: Role.SECRECY_REVIEWER,
        State.FINAL_REVIEW: Role.FINAL_REVIEWER,
    }
    item = office.bring(office.create(body_html=f"<p>{IDENTITY}</p><p>330106198804127530</p>"), state)
    client, address = client_of(office.people.of(people[state])), f"/desk/items/{item.id}/review/"
    page = client.get(address).content.decode()
    first, second = hits_of(page)[:2]
    for hit, opinion in ((first, ""), (second, "同意")):
        item.refresh_from_db()
        sent = reasons_of(page, [first, second]) | {f"reason-{hit}": "依法公示", "hit": hit, "opinion": opinion}
        sent |= {"edition": str(item.edition)}
        page = client.post(f"{address}override/", sent, follow=True).content.decode()
        assert "已放行这一处" in page
        assert (UNSENT in page) is bool(opinion)
    assert "同意</textarea>" in page


def test_once_masked_the_copy_is_what_the_reviewer_is_shown(office: Office) -> None:
    item = attached(office, office.create(), name_list())
    item = office.bring(item, State.FINAL_REVIEW)
    client, address = client_of(office.people.of(Role.FINAL_REVIEWER)), f"/desk/items/{item.id}/review/"
    used: Any = item.newest_version.files.get()
    assert "下面是原件，不公开。" in client.get(f"{address}?file={used.id}").content.decode()
    answer = client.post(f"{address}mask/", {"edition": item.edition, "file": used.id})
    assert answer["Location"] == f"{address}?file={used.id}#leaves"
    for way in ("", "&as=copy"):
        page = client.get(f"{address}?file={used.id}{way}").content.decode()
        assert "下面是副本，公开的就是这一份。" in page
        assert IDENTITY not in page
    original = client.get(f"{address}?file={used.id}&as=original").content.decode()
    assert "下面是原件，不公开。" in original


def test_a_number_with_the_code_of_another_body_is_asked_about_and_stops_nothing(office: Office) -> None:
    from gongkai.web.bodies.models import Body
    from gongkai.web.holdings.models import Item

    own, other = office.people.department, office.people.township
    Body.objects.filter(id=own.id).update(number_prefix="示建")
    Body.objects.filter(id=other.id).update(number_prefix="示河")
    client = client_of(office.people.of(Role.CLERK))
    asked = say("文号里的“{code}”是{body}的机关代字。", code="示河", body=other.short_name)
    sent = {**FORM, "document_number": "示河〔2026〕3号", "do": "save"}
    address = client.post("/desk/items/new/", sent)["Location"]
    assert asked in client.get(address).content.decode()
    item = Item.objects.get()
    joint = {**sent, "joint_bodies": other.slug, "edition": item.edition}
    client.post(address, joint)
    assert asked not in client.get(address).content.decode()
    item.refresh_from_db()
    told = client.post(address, {**sent, "edition": item.edition, "do": "submit"}, follow=True).content.decode()
    assert "已送初审" in told
    assert asked in told
    review = client_of(office.people.of(Role.FIRST_REVIEWER)).get(f"/desk/items/{item.id}/review/").content.decode()
    assert asked in review


@pytest.mark.parametrize(
    ("number", "joint", "expected"),
    [
        ("示建〔2026〕1号", (), False),
        ("示建办〔2026〕1号", (), False),
        ("示河〔2026〕1号", (), True),
        ("示河办〔2026〕1号", (), True),
        ("示〔2026〕1号", (), False),
        ("别的〔2026〕1号", (), False),
        ("", (), False),
        ("示河〔2026〕1号", ("joint",), False),
    ],
)
def test_the_longest_code_that_fits_says_whose_a_number_is(
    office: Office, number: str, joint: tuple[str, ...], expected: bool
) -> None:
    from gongkai.web.bodies.models import Body
    from gongkai.web.holdings.document_numbers import of_another

    own, other = office.people.department, office.people.township
    Body.objects.filter(id=own.id).update(number_prefix="示建")
    Body.objects.filter(id=other.id).update(number_prefix="示河")
    made_with = (other.slug,) if joint else ()
    assert (of_another(own, number, made_with) is not None) is expected
