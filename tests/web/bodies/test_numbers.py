"""机构的电话 — a mobile number is public only when somebody says that it is the office's (条例 第十五条)."""

from __future__ import annotations

import pytest

from gongkai.law.administration import Event
from gongkai.law.roles import Role
from tests.web.cast import client_of
from tests.web.holdings.county import Office

pytestmark = pytest.mark.usefixtures("ground")


@pytest.mark.parametrize("field", ["telephone", "fax"])
@pytest.mark.parametrize("number", ["13800138000", "138 0013 8000", "+86 138-0013-8000", "0371-65900000、13800138000"])
def test_a_mobile_number_is_asked_about_and_that_it_was_confirmed_is_written_down(field: str, number: str) -> None:
    from gongkai.web.bodies.forms import BodyForm
    from gongkai.web.bodies.models import Body
    from gongkai.web.journal.queries import of_subject

    office = Office()
    body = office.people.department
    client = client_of(office.people.of(Role.SYSTEM_ADMIN))
    page = f"/desk/bodies/{body.slug}/edit/"
    assert "机构用的号码" not in client.get(page).content.decode(), "asked of nobody who does not need it"
    form = BodyForm(instance=body)
    given = {name: value for name in form.fields if (value := form[name].value()) not in (None, "")} | {field: number}
    asked = client.post(page, given)
    assert asked.status_code == 400
    assert "是手机号码，公众会直接看到" in asked.content.decode()
    assert 'name="is_office_mobile"' in asked.content.decode()
    assert getattr(Body.objects.get(id=body.id), field) == ""
    assert client.post(page, {**given, "is_office_mobile": "on"}).status_code == 302
    assert getattr(Body.objects.get(id=body.id), field)
    last = of_subject(f"bodies.body:{body.id}").last()
    assert last is not None
    assert (last.act, last.facts["is_office_mobile"]) == (Event.EDIT_BODY, True)
    kept = {name: value for name, value in given.items() if name != field}
    again = {**kept, field: getattr(Body.objects.get(id=body.id), field), "address": "政务路 9 号"}
    assert client.post(page, again).status_code == 302, "what stands there was confirmed"


def test_a_new_body_is_asked_as_well_and_an_action_by_itself_refuses() -> None:
    from gongkai.web.bodies import actions
    from gongkai.web.bodies.permissions import Refused

    office = Office()
    people = office.people
    told = {"name": "示范县某局", "short_name": "某局", "level": "department", "telephone": "13800138000"}
    by = people.of(Role.SYSTEM_ADMIN)
    parent = people.department.parent
    assert parent is not None
    with pytest.raises(Refused, match="手机号码"):
        actions.add_body(by=by, slug="mou", parent=parent, now=office.now, **told)
    made = actions.add_body(by=by, slug="mou", parent=parent, now=office.now, is_office_mobile=True, **told)
    assert made.telephone == "13800138000"
    with pytest.raises(Refused, match="别处不要写个人的号码"):
        actions.edit_body(
            by=by, body=made, told={"address": "值班 13800138000", "is_office_mobile": True}, now=office.now
        )


@pytest.mark.parametrize("given", ["无", " 没有 ", "暂无"])
def test_a_body_without_a_fax_says_so_and_lacks_nothing(given: str) -> None:
    from gongkai.web.bodies.forms import BodyForm
    from gongkai.web.bodies.gaps import gaps

    office = Office()
    body = office.people.department
    client, page = client_of(office.people.of(Role.SYSTEM_ADMIN)), f"/desk/bodies/{body.slug}/edit/"
    assert "没有传真的，写“无”" in client.get(page).content.decode()
    form = BodyForm(instance=body)
    told = {name: value for name in form.fields if (value := form[name].value()) not in (None, "")}
    assert any("传真号码" in str(gap) for gap in gaps(body))
    assert client.post(page, {**told, "fax": given}).status_code == 302
    body.refresh_from_db()
    assert body.fax == "无"
    assert not any("传真号码" in str(gap) for gap in gaps(body))
    assert client.post(page, {**told, "telephone": "无"}).status_code == 400, "of a telephone there is one"
