"""问数据库几次 — pages ask it no more often for forty bodies and many items than for a few (条例 第四条)."""

from __future__ import annotations

import pytest

from gongkai.law.roles import Role
from tests.web.cast import client_of
from tests.web.holdings.county import Office

pytestmark = pytest.mark.usefixtures("ground")
PAGES = (
    (Role.SYSTEM_ADMIN, "/desk/bodies/"), (Role.SYSTEM_ADMIN, "/desk/bodies/shifan-housing/"),
    (Role.AUDIT_ADMIN, "/desk/journal/"), (Role.CLERK, "/desk/"), (Role.CLERK, "/desk/items/"),
    (Role.CLERK, "/desk/items/new/"), (Role.COMPETENT_DEPARTMENT, "/desk/"), (Role.DISCLOSURE_OFFICE, "/desk/"),
    (Role.OFFICE_HEAD, "/desk/"), (Role.CLERK, "/"), (Role.CLERK, "/info/"), (Role.CLERK, "/bodies/"),
)  # fmt: skip
BODIES, ITEMS, SLACK = 40, 45, 3


def asked(office: Office) -> dict[tuple[Role, str], int]:
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    told = {}
    for role, address in PAGES:
        client = client_of(office.people.of(role))
        assert client.get(address).status_code == 200  # what is kept from page to page is there
        with CaptureQueriesContext(connection) as queries:
            client.get(address)
        told[role, address] = len(queries)
    return told


def test_pages_ask_the_database_no_more_for_a_whole_county() -> None:
    from gongkai.web.bodies.models import Body, Level

    office = Office()
    office.create()  # each kind of thing that the journal names is asked for once
    few = asked(office)
    for number in range(BODIES):
        name = {"slug": f"body-{number}", "name": f"示范县第{number}局", "short_name": f"第{number}局"}
        Body.objects.create(**name, level=Level.DEPARTMENT, parent=office.people.county, uscc=f"C{number}")
    for _ in range(ITEMS):
        office.create()
    many = asked(office)
    assert {page: (few[page], many[page]) for page in few if many[page] > few[page] + SLACK} == {}
