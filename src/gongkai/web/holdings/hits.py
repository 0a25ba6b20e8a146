"""命中 — what the guard found, as a reviewer is shown it: numbered, in its place, with what to do (条例 第十五条)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from gongkai.text import personal_data, proofreading
from gongkai.text.hit import Severity
from gongkai.web.holdings.guarding import Found
from gongkai.web.holdings.models import ItemFile, Override, Version
from gongkai.web.holdings.rich_text import Mark

TONES = {Severity.BLOCK: "error", Severity.WARN: "warning", Severity.NOTE: "note"}
LEVELS = {Severity.BLOCK: "阻断", Severity.WARN: "警告", Severity.NOTE: "提示"}
"""轻重 — as the badge names them (条例 第十七条)."""
FIELDS = {
    "title": "标题",
    "summary": "内容概述",
    "keywords": "关键词",
    "source": "信息来源",
    "annotation": "附注",
    "body_text": "正文",
}
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
        return "已放行" if self.override else LEVELS[self.severity]

    @property
    def blocks(self) -> bool:
        """还在阻断 — whether it stands against publication."""
        return self.severity is Severity.BLOCK and self.override is None

    @property
    def label(self) -> str:
        """种类 — 身份证号, 错别字; of what could not be read the sentence says all."""
        kind = self.found["kind"]
        if kind in set(personal_data.Kind):
            return personal_data.label(kind)
        return proofreading.label(kind) if kind in set(proofreading.Slip) else ""

    @property
    def field(self) -> str:
        """哪一栏 — empty for a file."""
        return FIELDS.get(self.found["field"], "")

    @property
    def place(self) -> dict[str, Any] | None:
        """文件里的位置 — a sentence with its fields, None where the whole file is meant."""
        return self.found.get("place")


def shown(version: Version) -> list[Shown]:
    """全部命中 — of a version, what blocks first, each with its number (条例 第十七条)."""
    passed = {each.hit: each for each in version.overrides.select_related("by")}
    found = sorted(version.guard or (), key=lambda each: _ORDER.index(Severity(each["severity"])))
    return [
        Shown(number, each, _original(version, each), passed.get(each["id"]))
        for number, each in enumerate(found, start=1)
    ]


def marks(hits: Sequence[Shown], field: str = "body_text") -> list[Mark]:
    """标记 — those of one field of the version (条例 第十七条)."""
    return [
        Mark(hit.found["start"], hit.found["end"], hit.number, hit.tone) for hit in hits if hit.found["field"] == field
    ]


def of_file(hits: Sequence[Shown], item_file: ItemFile) -> list[Shown]:
    """一个附件的 — those found in one file (条例 第十五条)."""
    return [hit for hit in hits if hit.found.get("file") == item_file.id]


def _original(version: Version, found: Found) -> str:
    if found["field"] not in FIELDS:
        return ""
    return str(getattr(version, found["field"]))[found["start"] : found["end"]]
