"""留存网页 — a page is kept while nothing visible happens, made anew when it does (条例 第二十三条)."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from gongkai.law.publishing import Act, State


def rows() -> Any:
    from tests.web.portal import rows as module

    return module


def test_nothing_new_is_three_hundred_and_four(reader: Any) -> None:
    make = rows()
    it = make.item()
    first = reader.get(f"/items/{it.index_number}/")
    assert reader.get(f"/items/{it.index_number}/", headers={"If-None-Match": first["ETag"]}).status_code == 304
    assert reader.head(f"/items/{it.index_number}/")["ETag"] == first["ETag"]


def test_any_visible_change_changes_the_page_and_its_tag(reader: Any) -> None:
    from gongkai.web.holdings.models import RelationKind

    make = rows()
    it, other = make.item("甲办法", document_number="示政〔2026〕1号"), make.item("乙办法")
    address = f"/items/{it.index_number}/"

    def retitle() -> None:
        it.public_version.title = "丙办法"
        it.public_version.save()

    def repeal() -> None:
        it.repealed_on = make.now().date()
        it.save()

    def withdraw() -> None:
        it.withdrawn_at, it.state = make.now(), State.WITHDRAWN
        it.save()

    tags = [reader.get(address)["ETag"]]
    for act, change in (
        (Act.AMEND, retitle),
        (Act.PUBLISH, lambda: make.relate(other, it, RelationKind.INTERPRETS)),
        (Act.PUBLISH, lambda: make.attach(it, "表.xlsx")),
        (Act.REPEAL, repeal),
        ("edit_body", lambda: type(it.body).objects.update(office_name="政务公开股")),
        (Act.WITHDRAW, withdraw),
    ):
        change()
        make.record(it, act)
        answer = reader.get(address, headers={"If-None-Match": tags[-1]})
        assert answer.status_code != 304, act
        tags.append(answer["ETag"])
    assert len(set(tags)) == len(tags)


def test_what_nobody_sees_keeps_every_page(reader: Any) -> None:
    from gongkai.web.portal.standing import UNSEEN, WATCH

    make = rows()
    it = make.item()
    before = WATCH.standing(make.now())
    for act in UNSEEN:
        make.record(it, act)
        assert WATCH.standing(make.now()) is before, act
    make.record(it, "something new")
    assert WATCH.standing(make.now()) is not before
    today = WATCH.standing(make.now())
    assert WATCH.standing(make.now() + timedelta(days=1)) != today


def test_a_visible_act_among_many_that_are_not_is_seen() -> None:
    from gongkai.web.portal.standing import WATCH

    make = rows()
    it, far = make.item(), make.item(body=make.body("far"))
    before = WATCH.standing(make.now())
    for act, of in ((Act.SUBMIT, it), (Act.PUBLISH, far), (Act.RETURN, it)):
        make.record(of, act)
    assert WATCH.standing(make.now()) is not before


def test_every_wish_has_a_page_of_its_own(reader: Any) -> None:
    rows().item()
    tags = set()
    for name, value in (
        ("mode", "plain"),
        ("mode", "elder"),
        ("contrast", "high"),
        ("language", "en"),
        ("text", "large"),
    ):
        reader.cookies.clear()
        reader.cookies[f"gongkai_{name}"] = value
        answer = reader.get("/info/")
        tags.add(answer["ETag"])
        assert set(answer["Vary"].split(", ")) >= {"Cookie", "Accept-Encoding"}
    assert len(tags) == 5


@pytest.mark.parametrize("packing", ["gzip", ""])
def test_packed_or_not_it_is_the_same_page(reader: Any, packing: str) -> None:
    import gzip

    rows().item("同一个办法")
    for _ in range(2):
        answer = reader.get("/info/", headers={"Accept-Encoding": packing})
        content = gzip.decompress(answer.content) if packing else answer.content
        assert "同一个办法" in content.decode()


def test_a_date_alone_never_hides_a_change(reader: Any) -> None:
    make = rows()
    it = make.item("先前")
    from gongkai.web.portal.keeping import _answer, _page
    from gongkai.web.portal.standing import WATCH

    standing = WATCH.standing(make.now())
    response = reader.get(f"/items/{it.index_number}/")
    del response.headers["Content-Encoding"], response.headers["Last-Modified"]
    kept = _page(response)
    same_second = _answer(response.wsgi_request, kept, standing, standing.changed_at)
    assert "Last-Modified" not in same_second.headers
    later = _answer(response.wsgi_request, kept, standing, standing.changed_at + timedelta(seconds=1))
    assert "Last-Modified" in later.headers


def test_no_more_bytes_are_kept_than_allowed(reader: Any) -> None:
    from django.test import override_settings

    from gongkai.web.portal.keeping import STORE

    rows().item()
    most = 20_000
    with override_settings(PORTAL_BYTES=most):
        for number in range(30):
            reader.get(f"/info/?words={number}")
    assert STORE._bytes <= most
    assert STORE._bytes == sum(page.cost(key) for key, page in STORE._pages.items())


def test_addresses_count_as_bytes_and_long_ones_are_not_kept(reader: Any) -> None:
    from django.test import override_settings

    from gongkai.web.portal.keeping import STORE

    STORE.forget()
    rows().item()
    reader.get(f"/?{'x' * 3000}=1")
    assert not STORE._pages
    with override_settings(PORTAL_BYTES=100_000):
        for number in range(200):
            reader.get(f"/robots.txt?{'x' * 1500}={number}")
    assert sum(len(key) for key in STORE._pages) <= 100_000
