"""各室对照 — whatever is changed behind the platform's back is named: items, versions, files, copies (条例
第四十五条)."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

import pytest

from gongkai.law.publishing import State
from gongkai.law.roles import Role
from gongkai.law.scope import Openness
from tests.web.cast import NOW
from tests.web.holdings.county import Office
from tests.web.holdings.test_masking import attached
from tests.web.journal.test_journal import without_guard

if TYPE_CHECKING:
    from gongkai.web.holdings.models import Item


@dataclass
class Kept:
    """One item that is public with a file, one at review, one draft, and whose they are."""

    office: Office
    public: Item
    waiting: Item
    drafted: Item

    @property
    def version(self) -> Any:
        return self.public.public_version

    @property
    def copy(self) -> Any:
        return self.version.files.get().copy


@pytest.fixture
def kept(ground: None) -> Iterator[Kept]:
    from django.conf import settings

    shutil.rmtree(settings.FILES_FOLDER, ignore_errors=True)
    office = Office()
    public = attached(office, office.create(title="公开的一件"), "事项,数量\n甲,3\n".encode(), "清单.csv")
    public = office.bring(public, State.PUBLISHED)
    waiting = office.bring(office.create(title="在审的一件"), State.SECOND_REVIEW)
    yield Kept(office, public, waiting, office.create(title="草稿一件"))
    shutil.rmtree(settings.FILES_FOLDER, ignore_errors=True)


def told() -> list[str]:
    from gongkai.web.journal.queries import told_by_rooms

    return [str(each) for each in told_by_rooms()]


def other_body() -> Any:
    from gongkai.web.bodies.models import Body

    return Body.objects.get(slug="shifan-liulin")


def passed(kept: Kept) -> Any:
    """The review that a first reviewer wrote with an opinion."""
    return kept.public.reviews.exclude(opinion="").order_by("id")[0]


def forged(kept: Kept) -> None:
    review = passed(kept)
    review.pk = None
    review.save(force_insert=True)


def emptied(_: Kept) -> None:
    from django.db import connection

    without_guard()
    with connection.cursor() as cursor:
        for table in ("journal_entry", "journal_anchor", "journal_chain"):
            cursor.execute(f"DELETE FROM {table}")


def row(thing: Any, **changed: Any) -> None:
    """A row changed as an owner of the database does it."""
    type(thing)._base_manager.filter(pk=thing.pk).update(**changed)


def added(kept: Kept) -> None:
    thing = kept.drafted
    thing.pk, thing.index_number, thing.newest_version, thing.once = None, "X/2026-99999", None, None
    thing.save(force_insert=True)


def deleted(kept: Kept) -> None:
    from gongkai.web.holdings.models import Review, Version

    row(kept.drafted, newest_version=None)
    Review.objects.filter(item=kept.drafted).delete()
    Version.objects.filter(item=kept.drafted).delete()
    type(kept.drafted).objects.filter(pk=kept.drafted.pk).delete()


def other_bytes(kept: Any) -> None:
    from django.conf import settings

    (path,) = settings.FILES_FOLDER.rglob(kept.storage_name.rpartition("/")[2])
    path.write_bytes(b"x" * kept.size)


ATTACKS: dict[str, tuple[Callable[[Kept], None], str]] = {
    "the journal emptied": (emptied, "在库里，办理记录里没有它"),
    "an item added": (added, "X/2026-99999 在库里，办理记录里没有它"),
    "an item deleted": (deleted, "库里没有了：绕过平台删掉的"),
    "a state changed": (
        lambda kept: row(kept.waiting, state=State.CLEARED),
        "现在是“待发布”，办理记录里最后一步到的是“待复审”",
    ),
    "a draft made public": (
        lambda kept: row(kept.waiting, public_version=kept.waiting.newest_version),
        "公众看到的第 1 稿，办理记录里没有公开它",
    ),
    "what is public hidden": (lambda kept: row(kept.public, public_version=None), "公众现在看不到：绕过平台撤下的"),
    "the day of publication changed": (
        lambda kept: row(kept.public, published_at=NOW - timedelta(days=900)),
        "的“发布时间”现在是“2024-",
    ),
    "the document number changed": (
        lambda kept: row(kept.public, document_number="示建〔2019〕77号"),
        "的“文号”现在是“示建〔2019〕77号”",
    ),
    "the day of the document changed": (
        lambda kept: row(kept.public, formed_on=date(2021, 2, 3)),
        "的“成文日期”现在是“2021-02-03”，它的这一稿里是“",
    ),
    "made void": (lambda kept: row(kept.public, repealed_on=date(2021, 7, 8)), "的“废止日期”现在是“2021-07-08”"),
    "made lapsed": (lambda kept: row(kept.public, expires_on=date(2021, 7, 8)), "的“有效期”现在是“2021-07-08”"),
    "given to another body": (lambda kept: row(kept.public, body=other_body()), "的“公开主体”现在是“shifan-liulin”"),
    "another index number": (lambda kept: row(kept.public, index_number="X/2026-1"), "的“索引号”现在是“X/2026-1”"),
    "another topic": (lambda kept: row(kept.public, topic="城乡建设"), "的“主题分类”现在是“城乡建设”"),
    "a draft opened": (lambda kept: row(kept.drafted, openness=Openness.CLOSED), "的“公开属性”现在是“"),
    "a published text changed": (
        lambda kept: row(kept.version, body_html="<p>改过</p>", body_text="改过"),
        "第 2 稿的文字、元数据或者附件与它的校验值不符",
    ),
    "a title changed": (lambda kept: row(kept.version, title="另一个题目"), "与它的校验值不符"),
    "metadata changed": (lambda kept: row(kept.version, metadata={}), "与它的校验值不符"),
    "a version sealed anew": (lambda kept: row(kept.version, digest="0" * 64), "第 2 稿不是办理记录里的那一稿"),
    "a file taken from a version": (
        lambda kept: kept.version.files.all()._raw_delete("default"),
        "第 2 稿的文字、元数据或者附件与它的校验值不符",
    ),
    "an opinion rewritten": (lambda kept: row(passed(kept), opinion="同意公开"), "意见不是当时写的"),
    "an opinion emptied": (lambda kept: row(passed(kept), opinion=""), "意见不是当时写的"),
    "another person passed it": (
        lambda kept: row(passed(kept), by=kept.office.people.of(Role.FINAL_REVIEWER)),
        "写的人不是办理记录里的",
    ),
    "passed at another time": (
        lambda kept: row(passed(kept), at=NOW - timedelta(days=9)),
        "办理记录里没有：绕过平台加进去的",
    ),
    "passed as another version": (lambda kept: row(passed(kept), digest="0" * 64), "审核记录里没有了"),
    "a review deleted": (lambda kept: passed(kept).delete(), "审核记录里没有了：绕过平台删掉或者改过"),
    "a review added": (forged, "办理记录里没有：绕过平台加进去的"),
    "a file exchanged": (
        lambda kept: row(kept.copy.file, digest="0" * 64),
        "不是办理记录里收到的那一个：绕过平台换过",
    ),
    "a copy exchanged": (lambda kept: row(kept.copy, digest="0" * 64), "不是办理记录里做的那一个：绕过平台换过"),
    "a copy taken back": (lambda kept: row(kept.copy, published_at=None), "公众现在拿不到：绕过平台收回的"),
    "the bytes of a copy changed": (lambda kept: other_bytes(kept.copy), "存着的内容和收下、做成的时候不一样"),
    "the bytes of a file changed": (lambda kept: other_bytes(kept.copy.file), "存着的内容和收下、做成的时候不一样"),
}


def test_what_went_through_the_platform_agrees(kept: Kept) -> None:
    assert kept.public.public_version
    assert told() == []


@pytest.mark.parametrize("attack", ATTACKS)
def test_what_went_past_it_is_named(attack: str, kept: Kept) -> None:
    act, wanted = ATTACKS[attack]
    act(kept)
    found = told()
    assert any(wanted in each for each in found), found


def test_the_command_says_it_and_fails(kept: Kept) -> None:
    from gongkai.web.journal.console import verified

    assert verified().breaks == ()
    row(kept.waiting, state=State.CLEARED)
    (found,) = verified().breaks
    assert found.values["index"] == kept.waiting.index_number


def test_another_reason_of_a_withdrawal_is_named(kept: Kept) -> None:
    from gongkai.law.withdrawal import WithdrawalGround
    from gongkai.web.holdings import actions

    office = kept.office
    staff, ground = office.people.of(Role.DISCLOSURE_OFFICE), WithdrawalGround.INACCURATE
    actions.withdraw(item=kept.public, staff=staff, ground=ground, reason="内容有误", now=office.tick())
    assert told() == []
    row(kept.public, withdrawn_reason="另一个说法")
    assert any("的“撤下的原因”现在是“另一个说法”" in each for each in told())


def test_a_broken_file_hides_no_change_of_another_with_its_name(kept: Kept) -> None:
    from gongkai.web.files.models import File

    attached(kept.office, kept.drafted, "事项,数量\n乙,5\n".encode(), "清单.csv")
    assert not told()
    first, second = File.objects.order_by("id")
    File.objects.filter(pk=first.pk).update(digest="00" * 32)
    File.objects.filter(pk=second.pk).update(size=1)
    for file in (first, second):
        assert any(f"“清单.csv”（编号 {file.pk}）" in each for each in told()), told()
