"""链接的定律 — what the public could not open is told at its words, and nothing else is (条例 第二十四条)."""

from __future__ import annotations

import pytest

from gongkai.law.publishing import State
from gongkai.law.roles import Role
from tests.web.cast import client_of
from tests.web.holdings.county import Office

pytestmark = pytest.mark.usefixtures("ground")


@pytest.mark.parametrize(
    ("address", "is_dead"),
    [
        ("/info/policies/", False),
        ("/info/no-such-column/", True),
        ("/info/?words=税", False),
        ("/items/GK-2026-99999/", True),
        ("/files/abc/公告.pdf", True),
        ("/no/such/page.html", True),
        ("../202103/t20210315_1.html", True),
        ("notice.html", True),
        ("http://testserver/nowhere/", True),
        ("http://testserver", False),
        ("https://www.gov.cn/zhengce/none.htm", False),
        ("http://[", True),
        ("#附件", False),
        ("mailto:office@example.gov.cn", False),
        ("tel:0373-1234567", False),
    ],
)
def test_an_address_of_this_site_leads_somewhere_or_is_told(address: str, is_dead: bool) -> None:
    from gongkai.web.holdings.links import leads_nowhere

    assert leads_nowhere(address) is is_dead


def test_a_dead_link_is_told_at_its_words_until_the_public_can_open_it() -> None:
    from gongkai.web.holdings import actions

    office = Office()
    target = office.create()
    address = f"/items/{target.index_number}/"
    body = f'<p>详见<a href="{address}">实施方案</a>，也见https://testserver/nowhere。</p>'
    item = office.create(body_html=body)
    hits = item.newest_version.guard
    text = item.newest_version.body_text
    assert [(hit["kind"], hit["severity"], hit["values"]["found"]) for hit in hits] == [
        ("link", "warn", address),
        ("link", "warn", "https://testserver/nowhere"),
    ]
    assert text[hits[0]["start"] : hits[0]["end"]] == "实施方案"
    page = client_of(office.people.of(Role.CLERK)).get(f"/desk/items/{item.id}/").content.decode()
    assert "机检有 2 处提醒" in page
    target.refresh_from_db()
    office.bring(target, State.PUBLISHED)
    actions.look_again(item=item, now=office.tick())
    item.newest_version.refresh_from_db()
    assert [hit["values"]["found"] for hit in item.newest_version.guard] == ["https://testserver/nowhere"]
