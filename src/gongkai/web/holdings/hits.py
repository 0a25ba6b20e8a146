"""命中 — what the guard found, as a reviewer is shown it: numbered, in its place, with what to do (条例 第十五条)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from gongkai.documents.redaction.looking import PICTURE
from gongkai.text import personal_data, proofreading
from gongkai.text.hit import Severity
from gongkai.web.holdings.guarding import METADATA, MORE, UNREAD, WORDS, Found
from gongkai.web.holdings.models import ItemFile, Override, Version
from gongkai.web.holdings.rich_text import Mark

TONES = {Severity.BLOCK: "error", Severity.WARN: "warning", Severity.NOTE: "note"}
LEVELS = {Severity.BLOCK: "阻断", Severity.WARN: "警告", Severity.NOTE: "提示"}
"""轻重 — as the badge names them (条例 第十七条)."""
PASSED = "已放行"
FIELDS = {
    "title": "标题",
    "summary": "内容概述",
    "keywords": "关键词",
    "source": "信息来源",
    "annotation": "附注",
    "body_text": "正文",
    "body_html": "正文里的链接和格式",
    "document_number": "发文字号",
    "topic": "主题分类",
}
PAGE = 50
"""一页多少处 — of the list beside the text (条例 第十七条)."""
_ORDER = [Severity.BLOCK, Severity.WARN, Severity.NOTE]


@dataclass(frozen=True, slots=True)
class Shown:
    """一处命中 — `original` only where the words are the version's own; those of a file stay in the file."""

    number: int
    found: Found
    original: str
    override: Override | None

    @property
    def severity(self) -> Severity:
        """轻重 — as the guard says."""
        return Severity(self.found["severity"])

    @property
    def tone(self) -> str:
        """颜色 — of its disc and mark; one that was let pass no longer shouts."""
        return "note" if self.override else TONES[self.severity]

    @property
    def level(self) -> str:
        """轻重的名称 — or that it was let pass."""
        return PASSED if self.override else LEVELS[self.severity]

    @property
    def blocks(self) -> bool:
        """还在阻断 — whether it stands against publication."""
        return self.severity is Severity.BLOCK and self.override is None

    @property
    def label(self) -> str:
        """种类 — 身份证号, 错别字, 没有读到."""
        return label(self.found["kind"])

    @property
    def can_pass(self) -> bool:
        """可以放行 — whether a reviewer may let it pass; a count of many stands for each of them, and passes none."""
        return self.blocks and self.found["id"] is not None

    @property
    def is_unread(self) -> bool:
        """没有读到 — a person looks in its place, and says so."""
        return bool(self.found["kind"] == UNREAD)

    @property
    def page(self) -> int:
        """在第几页 — of the list, from 1."""
        return (self.number - 1) // PAGE + 1

    @property
    def field(self) -> str:
        """哪一栏 — empty for a file."""
        return FIELDS.get(self.found["field"], "")

    @property
    def place(self) -> dict[str, Any] | None:
        """文件里的位置 — a sentence with its fields, None where the whole file is meant."""
        return self.found.get("place")


def label(kind: str) -> str:
    """种类的名称 — of a hit; empty for a kind whose sentence says all (条例 第十五条)."""
    if kind == UNREAD:
        return "没有读到"
    if kind == PICTURE:
        return "图片里的字"
    if kind in set(personal_data.Kind):
        return personal_data.label(kind)
    return proofreading.label(kind) if kind in set(proofreading.Slip) else ""


def shown(version: Version) -> list[Shown]:
    """全部命中 — of a version, what blocks first, each with its number (条例 第十七条)."""
    passed = {each.hit: each for each in version.overrides.select_related("by")}
    found = [each for each in version.guard or () if each["field"] != MORE]
    found.sort(key=lambda each: (_ORDER.index(Severity(each["severity"])), each["id"] in passed, each["kind"]))
    return [
        Shown(number, each, _original(version, each), passed.get(each["id"]))
        for number, each in enumerate(found, start=1)
    ]


@dataclass(frozen=True, slots=True)
class Listed:
    """命中清单 — one page of the hits; how many of each severity there are, and what is not listed (条例 第十七条)."""

    hits: list[Shown]
    page: int
    pages: int
    counts: list[tuple[str, str, int]]
    more: list[Shown]


NOTHING = Listed([], 1, 1, [], [])
"""没有命中 — of an item without a version."""


def page(version: Version, hits: Sequence[Shown], asked: str) -> Listed:
    """一页命中 — `asked`: the page from an address; the nearest that there is (条例 第十七条)."""
    pages = max(1, -(-len(hits) // PAGE))
    number = int(asked) if asked.isascii() and asked.isdecimal() and len(asked) < 6 else 1
    number = max(1, min(number, pages))
    more = [Shown(0, each, "", None) for each in version.guard or () if each["field"] == MORE]
    counts = Counter(hit.level for hit in hits)
    for each in more:
        counts[each.level] += each.found["more"]
    tones = {level: TONES[severity] for severity, level in LEVELS.items()} | {PASSED: "note"}
    told = [(level, tone, counts[level]) for level, tone in tones.items() if counts[level]]
    return Listed(list(hits[(number - 1) * PAGE : number * PAGE]), number, pages, told, more)


def marks(hits: Sequence[Shown], current: int = 1, field: str = "body_text") -> list[Mark]:
    """标记 — those of one field; each leads to its place in the list, of which the page `current` is shown."""
    return [
        Mark(hit.found["start"], hit.found["end"], hit.number, hit.tone, _leading(hit, current))
        for hit in hits
        if hit.found["field"] == field
    ]


def _leading(hit: Shown, current: int) -> str:
    return "" if hit.page == current else f"?hits={hit.page}"


def of_file(hits: Sequence[Shown], item_file: ItemFile) -> list[Shown]:
    """一个附件的 — those found in one file (条例 第十五条)."""
    return [hit for hit in hits if hit.found.get("file") == item_file.id]


def _original(version: Version, found: Found) -> str:
    field = found["field"]
    if field not in (*WORDS, *METADATA):
        return ""
    words = version.metadata.get(field) if field in METADATA else getattr(version, field)
    return str(words or "")[found["start"] : found["end"]]
