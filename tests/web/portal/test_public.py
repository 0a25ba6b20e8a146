"""一个定义 — items in every state, through every public route: what is not public is nowhere (条例 第二十三条)."""

from __future__ import annotations

import itertools
from typing import Any

import pytest

from gongkai.law.publishing import State
from gongkai.law.scope import Openness

LISTS = (
    "/", "/?level=county", "/info/", "/info/normative/", "/bodies/", "/bodies/county/", "/map/", "/robots.txt",
    "/months.csv", "/info/list.csv", "/info/list.json", "/info/normative/list.csv", "/info/normative/list.json",
    "/feeds/rss.xml", "/feeds/atom.xml", "/feeds/normative/rss.xml", "/feeds/normative/atom.xml",
    "/sitemap.xml", "/sitemap-0.xml", "/api/v1/public/items?size=100", "/api/v1/public/columns",
)  # fmt: skip


def rows() -> Any:
    from tests.web.portal import rows as module

    return module


def words(answer: Any) -> str:
    return (b"".join(answer.streaming_content) if answer.streaming else answer.content).decode()


def items() -> tuple[list[Any], list[Any]]:
    """Public ones, and all others: every state with every openness, withdrawn or not, with a public version or not."""
    make = rows()
    shown, hidden = [], []
    for state, openness, withdrawn, has_version, at in itertools.product(
        State, Openness, (False, True), (False, True), (make.now(), None)
    ):
        if at is None and (withdrawn or openness is not Openness.PROACTIVE):
            continue
        it = make.item(
            f"题目{len(shown) + len(hidden):04}完",
            html=f"<p>词语{len(shown) + len(hidden):04}完</p>",
            state=state,
            openness=openness,
            withdrawn_at=make.now() if withdrawn else None,
            published_at=at,
        )
        if not has_version:
            type(it).objects.filter(pk=it.pk).update(public_version=None)
        expected = (
            has_version
            and at is not None
            and not withdrawn
            and openness is Openness.PROACTIVE
            and state not in (State.WITHDRAWN, State.DISCARDED, State.HELD, State.STOPPED)
        )
        make.attach(it, f"表格{len(shown) + len(hidden):04}完.xlsx")
        make.attach(it, f"未公开{len(shown) + len(hidden):04}完.xlsx", is_public=False)
        (shown if expected else hidden).append(it)
    return shown, hidden


def traces(it: Any) -> list[str]:
    """What tells of an item: its number, its title, its text, its file."""
    version = it.versions.get()
    return [it.index_number, version.title, version.body_html[3:-4], *(use.copy.name for use in version.files.all())]


def test_lists_feeds_exports_and_maps_tell_of_the_public_ones_alone(reader: Any) -> None:
    from gongkai.web.holdings.models import Item
    from gongkai.web.holdings.queries import is_public, public

    shown, hidden = items()
    assert {it.pk for it in public()} == {it.pk for it in shown}
    assert {it.pk for it in Item.objects.all() if is_public(it)} == {it.pk for it in shown}
    told = ""
    for address in [*LISTS, *(f"/info/?page={page}" for page in (2, 3)), "/info/?sort=title", "/info/?words=题目"]:
        answer = reader.get(address, follow=True)
        assert answer.status_code == 200, address
        page = words(answer)
        for it in hidden:
            assert not [trace for trace in traces(it) if trace in page], (address, it.state, it.openness)
        assert "未公开" not in page, address
        told += page
    for it in shown:
        assert it.index_number in told


def test_no_address_of_an_item_gives_what_is_not_public(reader: Any) -> None:
    shown, hidden = items()
    for it in hidden:
        number, version = it.index_number, it.versions.get()
        page = reader.get(f"/items/{number}/")
        was_public = bool(it.withdrawn_at and it.published_at)
        assert page.status_code == (410 if was_public else 404), (it.state, it.openness)
        assert version.title not in words(page)
        addresses = [f"/items/{number}/proof/", f"/api/v1/public/items/{it.pk}", f"/items/{number.lower()}/"]
        addresses += [f"/files/{use.copy.key}/{use.copy.name}" for use in version.files.all()]
        for address in addresses:
            assert reader.get(address).status_code == 404, (address, it.state, it.openness)
            assert reader.head(address).status_code in (404, 405), (address, it.state, it.openness)
    for it in shown:
        number, files = it.index_number, it.versions.get().files.all()
        for address in (f"/items/{number}/", f"/items/{number}/proof/", f"/items/{number}/qr.svg"):
            assert reader.get(address).status_code == reader.head(address).status_code == 200
        page = words(reader.get(f"/items/{number}/")) + words(reader.get(f"/api/v1/public/items/{it.pk}"))
        assert files[0].copy.name in page
        assert files[1].copy.name not in page
        assert reader.get(f"/files/{files[1].copy.key}/{files[1].copy.name}").status_code == 404


def test_a_code_for_phones_is_made_for_what_can_be_opened(reader: Any) -> None:
    make = rows()
    assert reader.get(f"/items/{make.item(is_public=False).index_number}/qr.svg").status_code == 404
    gone = make.item(withdrawn_at=make.now(), state=State.WITHDRAWN)
    assert reader.get(f"/items/{gone.index_number}/qr.svg").status_code == 404


def test_standing_is_told_of_documents_alone_and_alike_everywhere(reader: Any) -> None:
    import csv
    import io

    from django.utils import timezone

    make = rows()
    news, number, normative, dated = (
        make.item("动态"), make.item("有文号", document_number="示政〔2026〕1号"),
        make.item("规范性", is_normative=True), make.item("有期限", expires_on=timezone.localdate()),
    )  # fmt: skip
    sheet = {
        line["标题"]: line["有效性"] for line in csv.DictReader(io.StringIO(words(reader.get("/info/list.csv"))[1:]))
    }
    assert sheet == {"动态": "", "有文号": "现行有效", "规范性": "现行有效", "有期限": "现行有效"}
    rows_ = {each["title"]: each["validity"] for each in reader.get("/api/v1/public/items").json()["items"]}
    in_force = {"code": "in_force", "name": "现行有效"}
    assert rows_ == {"动态": None, "有文号": in_force, "规范性": in_force, "有期限": in_force}
    for it in (news, number, normative, dated):
        page = words(reader.get(f"/items/{it.index_number}/"))
        assert ("有效性" in page) == (it is not news)
    listed = words(reader.get("/info/list.json?validity=in_force"))
    assert "动态" not in listed
    assert listed.count('"index"') == 3
    page = words(reader.get("/info/normative/"))
    assert "共 4 件" in page
    assert "现行有效 3" in page


WRONG = (
    "genre=notice", "yeer=2026", "year=26", "year=0x1", "year=2026&year=2025", "body=nobody", "level=moon",
    "topic=没有这个主题", "validity=maybe", "sort=drop", "sort=--title", "words=%00",
    "words=" + "词" * 61, "words=" + "+" * 70,
)  # fmt: skip
FORMS = ("/info/", "/info/normative/", "/info/list.csv", "/info/list.json", "/info/normative/list.json")


@pytest.mark.parametrize("asked", WRONG)
def test_what_cannot_be_asked_is_refused_alike_and_never_kept(reader: Any, asked: str) -> None:
    from gongkai.web.portal.keeping import STORE

    rows().item()
    for address in FORMS:
        answer = reader.get(f"{address}?{asked}")
        assert answer.status_code == 422, address
        assert "用不上" in words(answer)
    assert reader.get("/info/list.json?" + asked).json()["problems"][0]["where"] == asked.partition("=")[0]
    assert not STORE._pages


@pytest.mark.parametrize("asked", ["page=x", "page=0", "page=-1", "page=1e3", "page=99999999", "page=１"])
def test_what_is_no_page_number_is_refused(reader: Any, asked: str) -> None:
    rows().item()
    assert reader.get(f"/info/?{asked}").status_code == 422


def test_feeds_take_no_filter_and_say_so(reader: Any) -> None:
    rows().item()
    for address in ("/feeds/rss.xml?words=税", "/feeds/normative/atom.xml?year=2026", "/?year=2026", "/?level=moon"):
        assert reader.get(address).status_code == 422, address


def test_tails_that_other_programs_add_are_led_to_the_one_address(reader: Any) -> None:
    from gongkai.web.portal.keeping import STORE

    number = rows().item().index_number
    for address, clean in (
        ("/info/?utm_source=a&year=2026&from=singlemessage", "/info/?year=2026"),
        ("/?from=timeline&isappinstalled=0", "/"),
        ("/feeds/rss.xml?utm_medium=x", "/feeds/rss.xml"),
        (f"/items/{number}/?anything=1", f"/items/{number}/"),
        (f"/items/{number}/qr.svg?v=2", f"/items/{number}/qr.svg"),
        ("/map/?x=1", "/map/"),
        ("/bodies/county/?x=1", "/bodies/county/"),
        ("/info/?page=7", "/info/?page=1"),
    ):
        answer = reader.get(address)
        assert (answer.status_code, answer["Location"]) == (302, clean), address
    assert not STORE._pages


def test_a_refusal_shows_what_was_asked_as_words_and_how_to_go_on(reader: Any) -> None:
    rows().item()
    page = words(reader.get("/info/?topic=<script>alert(1)</script>&sort=drop&yeer=1"))
    assert "<script>alert" not in page
    assert "有 3 处条件用不上" in page
    assert 'href="/info/"' in page
    english = reader
    english.cookies["gongkai_language"] = "en"
    assert "drop" in words(english.get("/info/?sort=drop"))
