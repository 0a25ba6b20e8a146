"""没有动过的 — a form that is sent along as it was given is nobody's typing; any change to it is (条例 第十二条)."""

from __future__ import annotations

from typing import Any

import pytest
from lxml import html

from gongkai.law.roles import Role
from tests.web.cast import client_of
from tests.web.holdings.county import Office

pytestmark = pytest.mark.usefixtures("ground")


def sent(page: str) -> tuple[dict[str, list[str]], Any]:
    """What a browser sends of the form, and the form."""
    form = html.fromstring(page).get_element_by_id("filled")
    fields: dict[str, list[str]] = {}
    for name, value in form.form_values():
        fields.setdefault(name, []).append(value)
    return fields, form


def place(office: Office, which: str) -> tuple[Role, str]:
    joined: dict[str, Any] = {"joint_bodies": ("shifan-liulin",), "expires_on": office.now.date(), "is_normative": True}
    slug = office.people.department.slug
    joined["summary"] = "两行\n概述"
    return {
        "new": (Role.CLERK, "/desk/items/new/"),
        "edit": (Role.CLERK, f"/desk/items/{office.create(**joined).id}/edit/"),
        "edit_body": (Role.SYSTEM_ADMIN, f"/desk/bodies/{slug}/edit/"),
        "new_body": (Role.SYSTEM_ADMIN, "/desk/bodies/new/"),
        "new_staff": (Role.SYSTEM_ADMIN, f"/desk/bodies/{slug}/staff/new/"),
    }[which]


@pytest.mark.parametrize("which", ["new", "edit", "edit_body", "new_body", "new_staff"])
def test_a_form_that_nobody_touched_is_not_kept_and_one_with_any_change_is(which: str) -> None:
    office = Office()
    role, address = place(office, which)
    person = office.people.of(role)
    client, asked = client_of(person), {"HTTP_REFERER": f"http://testserver{address}"}
    fields, form = sent(client.get(address).content.decode())
    client.post("/desk/leave/", {**fields, "to": "/desk/"}, **asked)
    assert not person.unsent.exists()
    boxes = [each for each in form.inputs if each.name and each.get("type") not in ("hidden", "file", "submit")]
    boxes = [each for each in boxes if each.tag != "button" and each.name not in ("document", "files")]
    assert len({each.name for each in boxes}) > 2
    for box in boxes:
        changed = {**fields, box.name: ["改过的"]} if box.get("type") != "checkbox" else _ticked(fields, box)
        client.post("/desk/leave/", {**changed, "to": "/desk/"}, **asked)
        assert person.unsent.exists(), box.name
        kept, _ = sent(client.get(address).content.decode())
        assert "given" not in kept, "it is not as it was given"
        person.unsent.all().delete()


def _ticked(fields: dict[str, list[str]], box: Any) -> dict[str, list[str]]:
    return (
        {name: value for name, value in fields.items() if name != box.name}
        if box.checked
        else {**fields, box.name: ["on"]}
    )


def test_a_name_of_an_office_that_is_refused_is_still_there() -> None:
    office = Office()
    body, system = office.people.department, office.people.of(Role.SYSTEM_ADMIN)
    client, page = client_of(system), f"/desk/bodies/{body.slug}/"
    for _ in range(2):  # the second is there already
        client.post(f"{page}offices/", {"name": "政策法规科"})
    assert body.offices.count() == 1
    assert 'value="政策法规科"' in client.get(page).content.decode()
    client.post(f"{page}offices/", {"name": "综合科"})
    assert 'value="政策法规科"' not in client.get(page).content.decode()
