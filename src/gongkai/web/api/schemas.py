"""接口的数据 — what is sent and what is answered, field by field (条例 第十二条)."""

from __future__ import annotations

import re
from datetime import date, datetime
from typing import Annotated

from ninja import Field, Schema
from pydantic import BeforeValidator, ConfigDict, StrictBool, StringConstraints
from pydantic_core import PydanticCustomError

from gongkai.law.scope import Genre, Ground, Openness
from gongkai.web.api.wording import NO_NUL, SLUG
from gongkai.web.holdings.draft import FIRST_DAY, LAST_DAY


def _text(longest: int, shortest: int = 0) -> object:
    return StringConstraints(max_length=longest, min_length=shortest, pattern=NO_NUL)


def _written_out(given: object) -> object:
    if isinstance(given, date):
        return given
    if not isinstance(given, str) or not re.fullmatch(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", given):
        raise PydanticCustomError("date_parsing", "not a date")
    try:
        return date.fromisoformat(given)
    except ValueError:
        raise PydanticCustomError("no_such_day", "no such day", {"value": given}) from None


Text = Annotated[str, _text(200_000)]
Words = Annotated[str, _text(500)]
Short = Annotated[str, _text(80)]
Number = Annotated[str, _text(40)]
Day = Annotated[date, BeforeValidator(_written_out)]
"""日期 — written out: neither a number nor a time of day is taken for one."""
DraftDay = Annotated[date, Field(ge=FIRST_DAY, le=LAST_DAY), BeforeValidator(_written_out)]
"""文件上的日期 — a day that a document may bear (条例 第十二条)."""
Slug = Annotated[str, StringConstraints(pattern=SLUG)]


class Problem(Schema):
    """一处问题 — where, and what is wrong."""

    where: str
    message: str


class Refusal(Schema):
    """不给办的理由 — `code` for programs, `message` for people, and each problem at its place."""

    code: str
    message: str
    problems: list[Problem]


class DraftIn(Schema):
    """草稿 — what a clerk would fill in (条例 第十二条、第十三条)."""

    model_config = ConfigDict(extra="forbid")

    title: Annotated[str, _text(200, 1)] = Field(description="标题，写在一行里")
    column: Slug = Field(description="栏目代号，见 /public/columns")
    formed_on: DraftDay = Field(description="成文日期；二十个工作日从这一天算起（条例 第二十六条）")
    body_html: Text = Field(
        "", description="正文，简单的 HTML；样式、脚本会被去掉；图片、公式、表单的栏留不下来，有的不收"
    )
    summary: Words = Field("", description="摘要")
    keywords: Annotated[str, _text(200)] = Field("", description="关键词，用空格分开")
    source: Short = Field("", description="来源")
    annotation: Annotated[str, _text(60)] = Field("", description="附注，如（此件公开发布）")
    openness: Openness = Field(Openness.PROACTIVE, description="公开属性")
    ground: Ground | None = Field(
        None,
        description="不主动公开的理由，不主动公开的必须写；主动公开时不写。属于国家秘密的只登记：标题写“（涉密信息）”，没有正文、附件",
    )
    ground_note: Annotated[str, _text(300)] = Field("", description="理由的说明")
    genre: Genre = Field(Genre.NOTICE, description="体裁")
    topic: Number = Field("", description="主题分类，从平台的清单里选；不知道的不写")
    audience: Number = Field("", description="服务对象，从平台的清单里选；不知道的不写")
    document_number: Number = Field("", description="文号，如 云政〔2026〕3号")
    is_normative: StrictBool = Field(False, description="是不是行政规范性文件；是的要经合法性审核")
    effective_on: DraftDay | None = Field(None, description="施行日期")
    expires_on: DraftDay | None = Field(None, description="有效期至")


class Named(Schema):
    """代号和名称 — of a state, a body, a column."""

    code: str
    name: str


class StepOut(Schema):
    """办理经过 — one step, with the opinion given (条例 第十七条)."""

    act: Named
    at: datetime
    opinion: str


class FileOut(Schema):
    """附件 — as it was taken in (条例 第二十四条)."""

    id: int
    title: str
    name: str
    kind: str
    size: int
    algorithm: str
    digest: str


class ItemOut(Schema):
    """办理状态 — of one item of the caller's body (条例 第十七条)."""

    id: int
    index_number: str
    title: str
    state: Named
    openness: Named
    edition: int
    due_on: date
    created_at: datetime
    updated_at: datetime
    published_at: datetime | None
    files: list[FileOut]
    steps: list[StepOut]


class ItemsOut(Schema):
    """一页 — of the items of the caller's body."""

    total: int
    page: int
    size: int
    items: list[ItemOut]


class ColumnOut(Schema):
    """栏目 — of the portal (条例 第二十条、第二十一条)."""

    code: str
    name: str
    parent: str | None
    kind: Named
    articles: list[str]


class PublicFileOut(Schema):
    """公开的附件 — and where it is (条例 第二十四条)."""

    title: str
    name: str
    size: int
    algorithm: str
    digest: str
    url: str


class PublicItemOut(Schema):
    """公开的信息 — as the public sees it now (条例 第二十三条)."""

    id: int
    index_number: str
    title: str
    summary: str
    body: Named
    column: Named
    genre: Named
    topic: str
    document_number: str
    formed_on: date
    published_at: datetime | None
    effective_on: date | None
    expires_on: date | None
    repealed_on: date | None
    archived_at: datetime | None
    validity: Named | None
    source: str
    url: str | None
    files: list[PublicFileOut]


class ChangeOut(Schema):
    """变动 — what happened before the eyes of the public. `on`: from which day a document is repealed."""

    change: Named
    at: datetime
    on: date | None


class PublicItemOne(PublicItemOut):
    """公开的信息 — with its text, and what happened to it, the latest first (条例 第二十三条)."""

    body_html: str
    history: list[ChangeOut]


class PublicChangeOut(ChangeOut):
    """一件的变动 — `title`: empty where it is withdrawn (条例 第六条)."""

    id: int
    index_number: str
    title: str
    url: str


class PublicChangesOut(Schema):
    """一页变动 — the latest first (条例 第二十三条)."""

    total: int
    page: int
    size: int
    changes: list[PublicChangeOut]


class PublicItemsOut(Schema):
    """一页公开的信息 — the newest first (条例 第二十三条)."""

    total: int
    page: int
    size: int
    items: list[PublicItemOut]
