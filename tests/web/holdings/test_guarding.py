"""机检的定律 — whatever the public is shown has been read, and what blocks is never left out (条例 第十五条)."""

from __future__ import annotations

from typing import Any

import pytest

from gongkai.law.publishing import State
from gongkai.law.roles import Role
from tests.web.cast import client_of
from tests.web.holdings.county import Office
from tests.web.holdings.test_masking import attached

pytestmark = pytest.mark.usefixtures("ground")
WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
NOT_WORDS = {"algorithm", "digest", "key", "storage_name", "kind", "rules"}
"""Columns that the platform writes itself, out of chance or counting; those of terms hold a closed list."""


def identity(serial: int) -> str:
    """A number with the right check digit, another for every serial."""
    first = f"11010519{70 + serial % 30}{1 + serial // 1000:02}07{serial % 1000:03}"
    return first + "10X98765432"[sum(int(sign) * weight for sign, weight in zip(first, WEIGHTS, strict=True)) % 11]


@pytest.fixture
def office(ground: None) -> Office:
    del ground
    return Office()


def words(answer: Any) -> str:
    return (b"".join(answer.streaming_content) if answer.streaming else answer.content).decode()


def public_pages(item: Any) -> str:
    """All that the public is shown: lists, feeds, exports, the page of the item and what leads from it."""
    client, number = client_of(None), item.index_number
    addresses = (
        "/", "/info/", f"/info/{item.column.slug}/", f"/bodies/{item.body.slug}/", "/bodies/", "/map/",
        "/sitemap-0.xml", "/info/list.csv", "/info/list.json", "/feeds/rss.xml", "/feeds/atom.xml", f"/items/{number}/",
        f"/items/{number}/proof/", f"/items/{number}/qr.svg", "/api/v1/public/items", f"/api/v1/public/items/{item.pk}",
    )  # fmt: skip
    return "".join(words(client.get(address)) for address in addresses)


def text_columns(model: Any) -> list[str]:
    from django.db.models import CharField, TextField

    from gongkai.web.bodies.term_field import TermField

    kept = (field for field in model._meta.get_fields() if isinstance(field, CharField | TextField))
    return [field.name for field in kept if field.name not in NOT_WORDS and not isinstance(field, TermField)]


def test_a_number_in_any_column_that_a_public_page_shows_is_blocked(office: Office) -> None:
    from gongkai.web.files.models import File, PublicCopy
    from gongkai.web.holdings import guarding
    from gongkai.web.holdings.models import Item, ItemFile, Version

    item = attached(office, office.create(), b"a,b\n1,2\n", "表.csv")
    item = office.bring(item, State.PUBLISHED)
    version, use = item.public_version, item.public_version.files.get()
    places = [
        (model, pk, field)
        for model, pk in (
            (Item, item.pk),
            (Version, version.pk),
            (ItemFile, use.pk),
            (File, use.file_id),
            (PublicCopy, use.copy_id),
        )
        for field in text_columns(model)
        if (model, field) != (Item, "index_number")  # made by the platform from a template of the body
    ]
    assert len(places) > 12
    read, shown = set(), set()
    for serial, (model, pk, field) in enumerate(places):
        number, rows = identity(serial), model.objects.filter(pk=pk)
        before = rows.values_list(field, flat=True).get()
        value = f"<p>{number}</p>" if field == "body_html" else number
        rows.update(**{field: value})
        if (model, field) == (Item, "document_number"):  # an item has it from its version
            Version.objects.filter(pk=version.pk).update(metadata={**version.metadata, field: number})
        if (model, field) == (Item, "topic"):
            Version.objects.filter(pk=version.pk).update(metadata={**version.metadata, field: number})
        fresh = Version.objects.get(pk=version.pk)
        found = guarding.look(fresh, fresh.files.select_related("file", "copy"))
        if any(each["severity"] == "block" for each in found):
            read.add((model.__name__, field))
        if number in public_pages(item):
            shown.add((model.__name__, field))
        rows.update(**{field: before})
        Version.objects.filter(pk=version.pk).update(metadata=version.metadata)
    assert {("Version", "title"), ("Version", "source"), ("ItemFile", "title"), ("PublicCopy", "name")} <= shown
    assert shown <= read, shown - read
    assert {("Version", "annotation"), ("Version", "keywords")} <= read


@pytest.mark.parametrize(
    "html",
    [
        '<p><a href="tel:13800138000">联系人</a></p>',
        '<p><a href="https://www.gov.cn/11010519491231002X">名单</a></p>',
        "<p>1101<b>0519</b>4912<em>31002X</em></p>",
        "<p>\uff11\uff11\uff10\uff11\uff10\uff1519491231002\uff38</p>",
    ],
)
def test_addresses_and_torn_numbers_of_the_text_are_read(office: Office, html: str) -> None:
    from gongkai.web.holdings.guarding import blocking
    from gongkai.web.holdings.refusals import StepError

    item = office.bring(office.create(body_html=html), State.FINAL_REVIEW)
    assert blocking(item.newest_version)
    with pytest.raises(StepError, match="阻断"):
        office.bring(item, State.PUBLISHED)


def test_a_column_of_identity_numbers_blocks_in_the_text_as_it_does_in_a_file(office: Office) -> None:
    """Mistyped ones, too, whose check digit is wrong: the header says what they are."""
    from gongkai.documents.redaction import inspect
    from gongkai.web.holdings.guarding import blocking

    rows = "".join(f"<tr><td>{name}</td><td>65210119720315{end}</td></tr>" for name, end in NAMED)
    html = f"<table><tbody><tr><th>姓名</th><th>身份证号</th></tr>{rows}</tbody></table>"
    item = office.bring(office.create(body_html=html), State.FINAL_REVIEW)
    in_file = inspect("名单.html", html.encode()).hits
    assert {found.hit.severity.value for found in in_file} == {"block"}
    assert len(blocking(item.newest_version)) == len(in_file) == len(NAMED)


NAMED = (("张秀兰", "1234"), ("李四", "7236"))
SLIPS = "<p>甲，，乙</p>" * 600
ADDRESSES = "姓名,住址\n" + "".join(
    f"张某{n},示范县城关镇人民路{n}号{n % 20 + 1}单元{n % 9 + 1}0{n % 9}室\n" for n in range(620)
)
NAMES = f"姓名,身份证号\n张某,{identity(7)}\n"


@pytest.mark.parametrize(
    ("html", "files"),
    [
        (SLIPS + f"<p>身份证 {identity(1)}</p>", ()),
        ("".join(f'<p><a href="/nothing/{n}/">甲{n}</a></p>' for n in range(520)) + f"<p>{identity(1)}</p>", ()),
        ("<p>正文</p>", (("住址.csv", ADDRESSES + f"李某,{identity(1)}\n"),)),
        ("<p>正文</p>", (("住址.csv", ADDRESSES), ("名单.csv", NAMES))),
        (SLIPS, (("住址.csv", ADDRESSES), ("名单.csv", NAMES))),
    ],
)
def test_five_hundred_notes_before_a_number_hide_nothing(
    office: Office, html: str, files: tuple[tuple[str, str], ...]
) -> None:
    from gongkai.web.holdings.guarding import blocking
    from gongkai.web.holdings.refusals import StepError

    item = office.create(body_html=html)
    for name, text in files:
        item = attached(office, item, text.encode(), name)
    item = office.bring(item, State.FINAL_REVIEW)
    assert [each["kind"] for each in blocking(item.newest_version)] == ["identity"]
    with pytest.raises(StepError, match="1 处阻断"):
        office.bring(item, State.CLEARED)
    page = words(client_of(office.people.of(Role.FINAL_REVIEWER)).get(f"/desk/items/{item.pk}/review/"))
    first = page[page.index('id="hit-1"') :]
    assert "身份证号" in first[: first.index("</li>")]
    assert page.count('id="hit-') <= 50
    last = words(client_of(office.people.of(Role.FINAL_REVIEWER)).get(f"/desk/items/{item.pk}/review/?hits=99999"))
    assert "没有逐一列出" in last


def test_a_list_of_more_numbers_than_can_be_listed_blocks_and_is_excused_by_nobody(
    office: Office,
) -> None:
    from gongkai.web.files.redacting import MOST_BLOCKS
    from gongkai.web.holdings import actions
    from gongkai.web.holdings.guarding import blocking
    from gongkai.web.holdings.models import Override
    from gongkai.web.holdings.refusals import StepError

    numbers = "".join(f"张某,{identity(serial)}\n" for serial in range(MOST_BLOCKS + 7))
    item = attached(office, office.create(), ("姓名,身份证号\n" + numbers).encode(), "名单.csv")
    item = office.bring(item, State.FINAL_REVIEW)
    final = office.people.of(Role.FINAL_REVIEWER)
    blocks = blocking(item.newest_version)
    assert len(blocks) == MOST_BLOCKS + 1
    Override.objects.bulk_create(
        Override(version=item.newest_version, hit=each["id"], kind="identity", reason="同意", by=final, at=office.now)
        for each in blocks
        if each["id"]
    )
    for nothing in ("", "None"):
        with pytest.raises(StepError, match="已经处理过"):
            actions.override_hit(item=item, staff=final, hit=nothing, reason="本人同意", now=office.tick())
    assert [each["values"]["count"] for each in blocking(item.newest_version)] == [7]
    item.refresh_from_db()
    with pytest.raises(StepError, match="1 处阻断"):
        office.bring(item, State.CLEARED)


def test_what_a_document_says_of_its_openness_holds_up_only_what_is_to_be_public(office: Office) -> None:
    from gongkai.law.scope import Ground, Openness
    from gongkai.web.holdings.guarding import blocking

    said = {"body_html": "<p>各科室：请按期报送。</p><p>公开方式：依申请公开</p>"}
    closed = {"openness": Openness.ON_REQUEST, "ground": Ground.LIMITED_AUDIENCE}
    item = office.bring(office.create(**said), State.FIRST_REVIEW)
    assert [each["kind"] for each in blocking(item.newest_version)] == ["secrecy"]
    item = office.bring(office.create(**said, **closed), State.FIRST_REVIEW)
    assert blocking(item.newest_version) == []
