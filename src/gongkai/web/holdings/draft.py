"""拟稿 — what a clerk fills in for an item: its words and its metadata, as one value (条例 第十二条、第十三条)."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass, fields, replace
from datetime import date
from typing import Any

from gongkai.documents.showing.signs import shown_signs
from gongkai.law.scope import Genre, Ground, Openness
from gongkai.web.bodies.models import Body, Office
from gongkai.web.holdings.models import Column, Item, Version

_YEAR = re.compile(r"[(\[{<【〔〖〈《]([0-9]{4})[)\]}>】〕〗〉》]")
WORDS = ("title", "summary", "keywords", "source", "body_html", "annotation")
"""文字 — fields that stand in the version itself; all others are its metadata (条例 第十二条)."""

FIRST_DAY, LAST_DAY = date(1900, 1, 1), date(2199, 12, 31)
"""日期的范围 — working days can be counted from these and between them."""


@dataclass(frozen=True, slots=True)
class Draft:
    """拟稿 — of one item; metadata as platforms of the country show them (条例 第十二条).

    `column`: slug. `office`: id. `joint_bodies`: slugs of those that made it together. `annotation`: 附注, as
    （此件公开发布）. `ground`, `ground_note`: why it is not disclosed proactively. `relations`: code of the kind, index
    number of the other item.
    """

    title: str
    column: str
    formed_on: date
    body_html: str = ""
    summary: str = ""
    keywords: str = ""
    source: str = ""
    annotation: str = ""
    openness: Openness = Openness.PROACTIVE
    ground: Ground | None = None
    ground_note: str = ""
    genre: Genre = Genre.NOTICE
    topic: str = ""
    audience: str = ""
    document_number: str = ""
    is_normative: bool = False
    effective_on: date | None = None
    expires_on: date | None = None
    office: int | None = None
    joint_bodies: tuple[str, ...] = ()
    relations: tuple[tuple[str, str], ...] = ()

    def __post_init__(self) -> None:
        # A number in signs that nobody sees would be public with the words (条例 第十七条); `clean` sees to the body.
        for name, value in [(each.name, getattr(self, each.name)) for each in fields(self)]:
            if type(value) is str and name != "body_html":
                object.__setattr__(self, name, shown_signs(value))
        object.__setattr__(self, "document_number", folded_number(self.document_number))

    def metadata(self) -> dict[str, Any]:
        """元数据 — as JSON: codes, dates as ISO 8601, in the order of the fields (条例 第十二条)."""
        return {each.name: _plain(getattr(self, each.name)) for each in fields(self) if each.name not in WORDS}

    @classmethod
    def of(cls, version: Version) -> Draft:
        """拟稿 — that a version holds (条例 第十七条)."""
        kept = version.metadata
        return cls(
            **{name: getattr(version, name) for name in WORDS},
            **{
                **kept,
                "formed_on": date.fromisoformat(kept["formed_on"]),
                "effective_on": _day(kept["effective_on"]),
                "expires_on": _day(kept["expires_on"]),
                "openness": Openness(kept["openness"]),
                "ground": Ground(kept["ground"]) if kept["ground"] else None,
                "genre": Genre(kept["genre"]),
                "joint_bodies": tuple(kept["joint_bodies"]),
                "relations": tuple((kind, number) for kind, number in kept["relations"]),
            },
        )

    def with_changes(self, **changed: Any) -> Draft:
        """改动 — the same draft with some fields changed."""
        return replace(self, **changed)


def folded_number(text: str) -> str:
    """统一文号的写法 — without blanks, the year in 〔〕, whichever brackets were typed (公文格式)."""
    bare = unicodedata.normalize("NFKC", "".join(text.split()))
    return _YEAR.sub(r"〔\1〕", bare)


def in_force(draft: Draft) -> dict[str, Any]:
    """元数据入库 — the columns of an item that a draft decides, once it is what the item is (条例 第十二条)."""
    return {
        "column": Column.of(draft.column),
        "office": Office.objects.filter(id=draft.office).first() if draft.office else None,
        "openness": draft.openness,
        "ground": draft.ground or "",
        **{
            name: getattr(draft, name)
            for name in (
                "ground_note",
                "genre",
                "topic",
                "audience",
                "document_number",
                "is_normative",
                "formed_on",
                "effective_on",
                "expires_on",
            )
        },
    }


def set_joint_bodies(item: Item, draft: Draft) -> None:
    """联合发文 — the bodies that made it together with this one (条例 第三十四条)."""
    item.joint_bodies.set(Body.objects.filter(slug__in=draft.joint_bodies))


def _plain(value: Any) -> Any:
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, tuple):
        return [_plain(each) for each in value]
    return str(value) if isinstance(value, Openness | Ground | Genre) else value


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None
