"""公开的网页 — what is public is shown, what is not is nowhere; every text is inert (条例 第二十三条、第二十四条)."""

from __future__ import annotations

import re
from datetime import date, timedelta
from typing import Any

import pytest

from gongkai.law.publishing import State
from gongkai.law.scope import Openness, Validity

PAGES = ("/", "/info/", "/info/normative/", "/bodies/", "/bodies/county/", "/map/")
FEEDS = ("/feeds/rss.xml", "/feeds/normative/atom.xml", "/info/list.csv", "/info/normative/list.json", "/sitemap-0.xml")
HOSTILE = "<script>alert(1)</script>\"'><img src=x onerror=alert(1)>&amp;{{ 7|add:7 }}"


def words(answer: Any) -> str:
    return (b"".join(answer.streaming_content) if answer.streaming else answer.content).decode()


def rows() -> Any:
    from tests.web.portal import rows as module

    return module


@pytest.mark.parametrize(
    "address", ["/", "/info/", "/bodies/", "/map/", "/feeds/", "/robots.txt", "/sitemap.xml", "/feeds/rss.xml"]
)
def test_a_platform_without_any_county_answers(reader: Any, address: str) -> None:
    assert reader.get(address).status_code == 200


def test_a_platform_on_which_nothing_is_public_says_so_and_shows_the_way_in(reader: Any) -> None:
    page = words(reader.get("/"))
    assert "还没有公开的信息。公开以后，这里就能查到" in page
    assert 'href="/sign-in/"' in page
    assert "在 0 条" not in page
    rows().item("第一件")
    page = words(reader.get("/"))
    assert "刚刚开办" not in page
    assert 'href="/sign-in/"' not in page


def test_how_to_subscribe_is_told_with_the_address_to_copy(reader: Any) -> None:
    page = words(reader.get("/feeds/"))
    for address in re.findall(r'<input type="url"[^>]*value="http://testserver([^"]+)"', page):
        assert reader.get(address)["Content-Type"].startswith(("application/rss", "application/atom"))
    assert page.count('<input type="url"') == 2
    home = words(reader.get("/"))
    assert home.count('href="/feeds/"') == 2


@pytest.mark.parametrize("address", [*PAGES, *FEEDS])
def test_what_is_public_is_on_every_page_and_nothing_else(reader: Any, address: str) -> None:
    make = rows()
    shown = make.item("看得见的办法")
    for title, given in {
        "草稿": {"is_public": False},
        "撤下": {"withdrawn_at": make.now(), "state": State.WITHDRAWN},
        "作废": {"state": State.DISCARDED},
        "不公开": {"openness": Openness.CLOSED},
        "没有发布时间": {"published_at": None},
    }.items():
        make.item(f"看不见：{title}", **given)
    from gongkai.web.holdings.models import Item
    from gongkai.web.holdings.queries import is_public, public

    assert {it.pk for it in Item.objects.all() if is_public(it)} == {it.pk for it in public()} == {shown.pk}
    page = words(reader.get(address))
    assert "看不见" not in page
    if address not in ("/bodies/", "/map/"):
        assert ("看得见的办法" in page) or (shown.index_number in page)


@pytest.mark.parametrize("method", ["post", "put", "delete", "patch"])
def test_the_portal_is_read_only(reader: Any, method: str) -> None:
    assert {getattr(reader, method)(address).status_code for address in (*PAGES, *FEEDS)} == {405}


def test_no_text_of_an_item_runs_anywhere(reader: Any) -> None:
    make = rows()
    by = make.body("county", name=HOSTILE[:80], office_name=HOSTILE[:80], telephone=HOSTILE[:40], address=HOSTILE)
    column = make.column("normative", name=HOSTILE[:60], scope=HOSTILE)
    it = make.item(
        HOSTILE, body=by, column=column, topic=HOSTILE[:40], document_number=HOSTILE[:40], summary=HOSTILE,
        keywords=HOSTILE, source=HOSTILE[:80],
    )  # fmt: skip
    make.attach(it, HOSTILE.replace("/", ""))
    for address in (*PAGES, *FEEDS[:2], f"/items/{it.index_number}/", f"/info/?words={HOSTILE}&topic={HOSTILE}"):
        page = words(reader.get(address))
        assert not re.search(r"<script>|<img src=x|onerror=alert\(1\)>", page), address
        assert "14" not in re.findall(r"&amp;(?:amp;)?(\d\d)", page)


def test_no_cell_of_an_export_is_a_formula(reader: Any) -> None:
    make = rows()
    for title in ("=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\uff1d1+1"):
        make.item(title, topic="=HYPERLINK(1)")
    for line in words(reader.get("/info/list.csv")).removeprefix("\ufeff").splitlines()[1:]:
        assert not re.search(r'(?:^|,)"?[=+\-@\t\uff1d]', line), line


def test_withdrawn_is_gone_with_its_reason_and_without_its_text(reader: Any) -> None:
    make = rows()
    it = make.item(
        "某某行政处罚决定", html="<p>秘密的正文</p>", withdrawn_at=make.now(), withdrawn_reason="决定被依法撤销"
    )
    make.attach(it, "名单.xlsx")
    answer = reader.get(f"/items/{it.index_number}/")
    assert answer.status_code == 410
    assert "决定被依法撤销" in words(answer)
    assert not re.search("某某行政处罚决定|秘密的正文|名单", words(answer))
    assert reader.get(f"/items/{make.item(is_public=False).index_number}/").status_code == 404


def test_an_article_says_all_that_belongs_to_it(reader: Any) -> None:
    from gongkai.web.holdings.models import ColumnKind, RelationKind

    make = rows()
    old = make.item("旧办法", document_number="示政〔2021〕12号", repealed_on=date(2026, 11, 3))
    text = "<h3>第一章　总则</h3><p>第一条　为了公开。</p><h3>第二章　附则</h3><table><tr><td>格</td></tr></table>"
    new = make.item("新办法", document_number="示政〔2026〕8号", html=text)
    told = make.item("一图读懂新办法", column=make.column("told", ColumnKind.INTERPRETATION))
    make.relate(new, old, RelationKind.REPEALS)
    make.relate(told, new, RelationKind.INTERPRETS)
    make.attach(new, "标准表.xlsx")
    make.attach(new, "没公开的.xlsx", is_public=False)
    page = words(reader.get(f"/items/{new.index_number}/"))
    for expected in (
        "新办法", "示政〔2026〕8号", "一图读懂新办法", "示政〔2021〕12号", "标准表.xlsx",
        '<a href="#part-1">第一章　总则</a>', '<h3 id="part-2">', "<b>第一条</b>", 'class="scroll"',
        "已存证，第", 'name="ArticleTitle" content="新办法"', '"@type": "Legislation"',
    ):  # fmt: skip
        assert expected in page, expected
    assert "没公开的" not in page
    assert "新办法" in words(reader.get(f"/items/{told.index_number}/"))
    over = words(reader.get(f"/items/{old.index_number}/"))
    assert "不再适用" in over
    assert new.index_number in over
    assert "svg" in words(reader.get(f"/items/{new.index_number}/qr.svg"))


def test_what_another_body_writes_of_a_document_stands_on_its_own_page_alone(reader: Any) -> None:
    from gongkai.web.bodies.models import Level
    from gongkai.web.holdings.models import RelationKind

    make = rows()
    county = make.body()
    housing, schools = (make.body(slug, Level.DEPARTMENT, parent=county) for slug in ("housing", "schools"))
    document = make.item("房屋租赁管理办法", body=housing)
    for of, title in ((housing, "本局的解读"), (county, "县政府的解读"), (schools, "别的局的解读")):
        make.relate(make.item(title, body=of, column=make.column("explained")), document, RelationKind.INTERPRETS)
    page = words(reader.get(f"/items/{document.index_number}/"))
    assert "本局的解读" in page
    assert "县政府的解读" in page
    assert "别的局的解读" not in page
    other = document.related_from.get(source__public_version__title="别的局的解读").source
    assert "房屋租赁管理办法" in words(reader.get(f"/items/{other.index_number}/"))
    from gongkai.web.portal.listing import rows as listed

    assert listed([document], make.now().date())[0].interpretations == 2


def test_filters_sorting_and_pages_of_a_list(reader: Any) -> None:
    make = rows()
    for number in range(45):
        make.item(
            f"办法{number:02}", formed_on=date(2024 + number % 3, 5, 1), document_number=f"示政〔2026〕{number + 1}号"
        )
    make.item("废止的办法", repealed_on=date(2026, 1, 1))
    assert "共 46 件" in words(reader.get("/info/normative/"))
    assert "共 15 件" in words(reader.get("/info/normative/?year=2024"))
    assert "共 1 件" in words(reader.get("/info/normative/?validity=repealed"))
    assert "共 1 件" in words(reader.get("/info/?words=办法07"))
    assert "没有符合这些条件的信息" in words(reader.get("/info/?words=没有"))
    first = words(reader.get("/info/normative/?sort=title"))
    assert first.index("办法00") < first.index("办法01")
    assert 'aria-sort="ascending"' in first
    seen = [
        title
        for page in (1, 2, 3)
        for title in re.findall(r">(办法\d\d|废止的办法)</a>", words(reader.get(f"/info/normative/?page={page}")))
    ]
    assert len(seen) == len(set(seen)) == 46


@pytest.mark.parametrize("count", [1, 5, 20])
def test_a_page_asks_the_database_as_often_for_many_as_for_one(reader: Any, count: int) -> None:
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    from gongkai.web.holdings.models import RelationKind

    make = rows()
    last = make.item("末")
    for number in range(count):
        each = make.item(f"办法{number}")
        make.relate(each, last, RelationKind.INTERPRETS)
        make.attach(last, f"{number}.xlsx")
    limits = {"/": 25, "/info/normative/": 12, f"/items/{last.index_number}/": 10, "/bodies/": 7, "/bodies/county/": 9}
    for address, most in limits.items():
        with CaptureQueriesContext(
            connection,
        ) as asked:
            reader.get(address)
        assert len(asked) <= most, (address, len(asked))
        with CaptureQueriesContext(connection) as again:
            reader.get(address)
        assert len(again) == 1, address


def test_the_database_and_the_law_agree_on_what_is_in_force(reader: Any) -> None:
    from gongkai.web.holdings.models import Item
    from gongkai.web.holdings.models.items import validity
    from gongkai.web.holdings.queries import has_standing, is_of, split

    make, today = rows(), date(2026, 11, 25)
    days = (None, today - timedelta(1), today, today + timedelta(1))
    for repealed in days:
        for expires in days:
            for effective in days:
                for amended in days:
                    make.item(repealed_on=repealed, expires_on=expires, effective_on=effective, amended_on=amended)
    for each in Validity:
        found = set(Item.objects.filter(is_of(each, today)).values_list("pk", flat=True))
        assert found == {it.pk for it in Item.objects.all() if has_standing(it) and validity(it, today) is each}
    counted = split(Item.objects.all(), today)
    assert (counted.total, sum(counted.counts.values())) == (4**4, 4**4 - 1)


def test_a_proof_is_taken_anew_and_names_what_was_changed(reader: Any) -> None:
    from gongkai.web.bodies.models import Level
    from gongkai.web.holdings.digests import digest
    from gongkai.web.journal.actions import record

    make = rows()
    it = make.item("不会变的办法", body=make.body("proved", Level.DEPARTMENT), is_public=False)
    version = it.versions.get()
    version.metadata, version.digest = {}, digest(version, [])
    version.save()
    it.public_version, it.published_at, it.state = version, make.now(), State.PUBLISHED
    it.save()
    address = f"/items/{it.index_number}/proof/"
    assert "没有找到公开时的记录" in words(reader.get(address))
    type(it).objects.filter(pk=it.pk).update(body=make.body("clean", Level.DEPARTMENT))
    record(
        chain="clean",
        act="holdings.publish",
        subject=f"holdings.item:{it.pk}",
        actor="staff:1",
        now=make.now(),
        facts={"digest": version.digest},
    )
    assert "本页与公开时一致" in words(reader.get(address))
    type(version).objects.filter(pk=version.pk).update(body_html="<p>改过的正文</p>")  # nobody is told
    assert "不一致" in words(reader.get(address))
    assert "no-store" in reader.get(address)["Cache-Control"]


@pytest.mark.parametrize(
    "typed",
    ["示政〔2026〕8号", "示政(2026)8号", "示政（2026）8号", "示政[2026]8号", "示政【2026】8号", "示政20268号",
     "示政 〔2026〕 8 号", "示政(2026)第8号", "示政〔\uff12\uff10\uff12\uff16〕\uff18号", "2026〕8"],
)  # fmt: skip
def test_a_document_is_found_by_its_number_however_it_is_typed(reader: Any, typed: str) -> None:
    make = rows()
    make.item("停车的办法", document_number="示政〔2026〕8号")
    make.item("别的办法", document_number="示政〔2026〕18号")
    page = reader.get("/info/", {"words": typed}).content.decode()
    assert "停车的办法" in page
    assert "正文里的词这里还找不到" in page
    assert 'id="found"' in page
    assert "没有符合这些条件" in reader.get("/info/", {"words": "（）"}).content.decode()
