"""索引号 — shown before it is made, never used twice, and a pattern that makes none is said (条例 第十二条)."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from gongkai.law.roles import Role
from tests.web.cast import client_of
from tests.web.holdings.county import Office

pytestmark = pytest.mark.usefixtures("ground")

PIECES = st.lists(
    st.sampled_from(
        ["{uscc}", "{region}", "{code}", "{yyyy}", "{seq}", "{seq:05d}", "-", "/", "示", "A", "{", "}", "?"]
    ),
    max_size=7,
)


@given(PIECES)
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_a_pattern_that_is_taken_makes_other_numbers_each_time_and_each_year(pieces: list[str]) -> None:
    from django.urls import resolve

    from gongkai.web.bodies.index_template import LONGEST, problem, rendered
    from gongkai.web.bodies.models import Body

    body = Body(slug="shifan", uscc="", region="419900", index_template="".join(pieces))
    if problem(body) is None:
        made = [rendered(body, year, serial) for year in (2026, 2027) for serial in (1, 2, 12, 99_999)]
        assert len(set(made)) == len(made)
        assert all(resolve(f"/items/{each}/").kwargs.values() and len(each) <= LONGEST for each in made)


def test_the_form_says_what_may_be_written_and_what_it_would_make() -> None:
    from django.utils import timezone

    office = Office()
    client = client_of(office.people.of(Role.SYSTEM_ADMIN))
    page = client.get("/desk/bodies/shifan-housing/edit/").content.decode()
    year = timezone.localdate().year
    assert "{uscc} {region} {code} {yyyy} {seq} {seq:05d}" in page
    assert f"{year} 年第一件是 11419900MB0000002B/{year}-00001" in page
    assert "第一件是" not in client.get("/desk/bodies/new/").content.decode()


def test_without_a_code_of_its_own_the_number_that_is_made_is_the_one_that_was_told() -> None:
    from gongkai.web.bodies.gaps import gaps
    from gongkai.web.bodies.models import Body

    office = Office()
    Body.objects.filter(id=office.people.department.id).update(uscc="")
    body = Body.objects.get(id=office.people.department.id)
    assert any("索引号先用“SHIFAN-HOUSING”代替" in str(each) for each in gaps(body))
    office.people.department = body
    assert office.create().index_number == "SHIFAN-HOUSING/2026-00001"


def test_what_another_body_has_used_is_passed_over() -> None:
    from gongkai.web.bodies.models import Body
    from gongkai.web.holdings.models import Item

    office = Office()
    first, second = office.create(), office.create(title="乙")
    Body.objects.update(index_template="{yyyy}-{seq:05d}")
    office.people.department.refresh_from_db()
    Item.objects.filter(id=first.id).update(index_number="2026-00003")
    Item.objects.filter(id=second.id).update(index_number="2026-00004")
    assert office.create(title="丙").index_number == "2026-00005"


@pytest.mark.parametrize("template", ["{foo}", "甲" * 58 + "{seq:05d}"])
def test_an_older_pattern_that_makes_nothing_new_is_said_and_no_draft_is_lost(template: str) -> None:
    from gongkai.web.bodies.models import Body
    from gongkai.web.holdings.models import Item
    from tests.web.holdings.test_pages import FORM

    office = Office()
    Body.objects.update(index_template="{foo}")
    office.people.department.refresh_from_db()
    office.create()
    Body.objects.update(index_template=template)
    client = client_of(office.people.of(Role.CLERK))
    answer = client.post("/desk/items/new/", FORM | {"title": "第二件", "do": "save"})
    page = answer.content.decode()
    assert answer.status_code == 409
    assert "索引号编不出来：按县住建局的写法" in page
    assert "第二件" in page
    assert Item.objects.count() == 1


def test_of_two_who_add_a_body_at_once_the_second_is_told() -> None:
    from gongkai.web.bodies.actions.keeping_bodies import new_body
    from gongkai.web.bodies.permissions import Refused

    office = Office()
    for told in ({"slug": "shifan-housing", "name": "别的"}, {"slug": "other", "name": "示范县住房和城乡建设局"}):
        with pytest.raises(Refused, match="已经"):
            new_body(parent=office.people.county, short_name="别的", level="department", **told)
