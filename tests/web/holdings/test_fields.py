"""各栏的定律 — whichever field of a draft was changed is told, in words; none is undone unsaid (条例 第十七条)."""

from __future__ import annotations

from dataclasses import fields, replace
from datetime import date
from typing import Any

import pytest

from gongkai.law.roles import Role
from gongkai.law.scope import Genre, Ground, Openness
from tests.web.cast import client_of
from tests.web.holdings.county import Office, draft
from tests.web.holdings.test_pages import FORM

pytestmark = pytest.mark.usefixtures("ground")


def _changed(office: Office) -> dict[str, Any]:
    from gongkai.web.bodies.models import Office as Inner
    from gongkai.web.holdings.models import Column

    body = office.people.department
    inner = Inner.objects.create(body=body, name="综合股")
    Column.objects.create(slug="other-column", name="另一栏目", kind="news")
    return {
        "title": "另一标题",
        "column": "other-column",
        "formed_on": date(2026, 1, 5),
        "summary": "另一概述",
        "keywords": "防火",
        "source": "办公室",
        "annotation": "（此件公开发布）",
        "openness": Openness.CLOSED,
        "ground": Ground.STATE_SECRET,
        "ground_note": "依据",
        "genre": Genre.OTHER,
        "topic": "农业、林业、水利",
        "audience": "农民",
        "document_number": "示林〔2026〕77号",
        "is_normative": True,
        "effective_on": date(2026, 2, 1),
        "expires_on": date(2028, 2, 1),
        "office": inner.pk,
        "joint_bodies": (body.slug,),
        "relations": (("amends", "SF/2026-00001"),),
    }


def test_each_field_that_is_not_the_same_is_told_in_words() -> None:
    from gongkai.web.holdings.views.changed import changed as changes

    office = Office()
    others = _changed(office)
    assert set(others) == {each.name for each in fields(draft())} - {"body_html"}
    told = set()
    for name, value in others.items():
        [(label, parts)] = changes(draft(), replace(draft(), **{name: value}))
        added = "".join(part.text for part in parts if part.change != "removed")
        told.add(label)
        assert added.strip()
        assert added not in ("other-column", str(others["office"]), office.people.department.slug), name
    assert len(told) == len(others)
    assert changes(draft(), draft()) == []


def test_of_two_at_one_draft_the_second_reads_all_that_would_be_undone() -> None:
    office = Office()
    item = office.create()
    page, client = f"/desk/items/{item.id}/edit/", client_of(office.people.of(Role.CLERK))
    opened = {**FORM, "edition": str(item.edition)}
    first = {**opened, "document_number": "示林〔2026〕1999号", "expires_on": "2028-12-01", "column": "news"}
    assert client.post(page, first).status_code == 302
    answer = client.post(page, {**opened, "summary": "改了概述"})
    told = answer.content.decode().partition('class="summary" role="alert"')[2].partition("</div>")[0]
    assert answer.status_code == 409
    for label in ("发文字号", "有效期至", "栏目", "内容概述"):
        assert f"<b>{label}</b>" in told


@pytest.mark.parametrize(("name", "typed"), [("ground", "internal_affairs"), ("ground_note", "条例第十六条第一款")])
def test_a_ground_that_was_typed_beside_proactive_disclosure_is_not_dropped_in_silence(name: str, typed: str) -> None:
    from gongkai.web.holdings.models import Item

    office = Office()
    client = client_of(office.people.of(Role.CLERK))
    answer = client.post("/desk/items/new/", {**FORM, name: typed, "do": "save"})
    page = answer.content.decode()
    assert answer.status_code == 400
    assert f'id="{name}-wrong"' in page
    assert "请先改公开属性" in page
    assert typed in page
    assert not Item.objects.exists()
    closed = {**FORM, "openness": "closed", "ground": "internal_affairs", "ground_note": "条例第十六条第一款"}
    assert client.post("/desk/items/new/", {**closed, "do": "save"}).status_code == 302
    item = Item.objects.get()
    opened = {**closed, "openness": "proactive", "edition": item.edition, "do": "save"}
    assert client.post(f"/desk/items/{item.id}/edit/", opened).status_code == 302, "it stands in the version before"


def test_a_picture_that_was_joined_of_several_stays_one() -> None:
    from gongkai.web.holdings.models import Item

    family = "\U0001f468\u200d\U0001f469\u200d\U0001f467"
    client = client_of(Office().people.of(Role.CLERK))
    sent = {**FORM, "title": f"通知{family}完", "summary": f"甲\u200d乙{family}", "body": f"正\u200d文{family}"}
    assert client.post("/desk/items/new/", {**sent, "do": "save"}).status_code == 302
    version = Item.objects.get().newest_version
    assert (version.title, version.summary) == (f"通知{family}完", f"甲乙{family}")
    assert version.body_text.strip() == f"正文{family}"
