"""法规文件 — the documents that every rule stands on, and provisions that point into them (条例 第三十三条第二款)."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from importlib.resources import files
from types import MappingProxyType
from typing import Any

from gongkai.law.errors import LawError

DIGITS = "零一二三四五六七八九"
_ORDINAL = r"第[（(]?([零一二三四五六七八九十百]+)[）)]?"
_PROVISION = re.compile(
    rf"《?(?P<source>[^\s《》第]+)》?(?:\s*{_ORDINAL}条(?:{_ORDINAL}款)?(?:{_ORDINAL}项)?)?", flags=re.ASCII
)


@dataclass(frozen=True, slots=True)
class Source:
    """法规文件 — one law, regulation or notice. `number`: 文号; `from_on`, `until_on`: first and last day in force.

    `unread`: articles whose text was at hand in no copy; what stands on them may be set otherwise.
    """

    short: str
    title: str
    number: str
    from_on: date
    until_on: date | None = None
    unread: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Provision:
    """条款 — an article, paragraph and item of a source; no article means the whole document. Prints as cited."""

    source: str
    article: int | None = None
    paragraph: int | None = None
    item: int | None = None

    def __post_init__(self) -> None:
        if self.source not in sources():
            raise LawError("没有登记名为“{source}”的法规文件", source=self.source)
        if self.article is None and (self.paragraph or self.item):
            raise LawError("《{source}》的款、项要写明属于第几条", source=self.source)

    def __str__(self) -> str:
        if self.article is None:
            return self.source
        paragraph = f"第{numeral(self.paragraph)}款" if self.paragraph else ""
        item = f"第（{numeral(self.item)}）项" if self.item else ""
        return f"{self.source} 第{numeral(self.article)}条{paragraph}{item}"

    @classmethod
    def parse(cls, text: str) -> Provision:
        """解析条款 — the provision that 条例 第三十一条第（三）项 names; LawError when it names none."""
        match = _PROVISION.fullmatch(text.strip())
        if match is None:
            raise LawError("看不懂条款“{text}”，请写成“条例 第三十三条第二款”的样子", text=text[:40])
        return cls(match["source"], *(number(part) if part else None for part in match.groups()[1:]))


def numeral(value: int) -> str:
    """条款序数 — an ordinal from 1 to 999 in Chinese: 33 → 三十三."""
    if not 0 < value < 1000:
        raise LawError("条款序数应在 1 至 999 之间，收到的是 {value}", value=value)
    hundreds, tens, ones = value // 100, value // 10 % 10, value % 10
    text = f"{DIGITS[hundreds]}百" if hundreds else ""
    if tens:
        text += "十" if tens == 1 and not hundreds else f"{DIGITS[tens]}十"
    elif hundreds and ones:
        text += DIGITS[0]
    return text + (DIGITS[ones] if ones else "")


def number(text: str) -> int:
    """条款序数的值 — the inverse of `numeral`: 三十三 → 33."""
    for value in range(1, 1000):
        if numeral(value) == text:
            return value
    raise LawError("“{text}”不是条款序数", text=text[:20])


@cache
def sources() -> Mapping[str, Source]:
    """法规文件 — every registered document, by its short name."""
    table = (
        Source(row["short"], row["title"], row["number"], row["from"], row.get("until"), tuple(row.get("unread", ())))
        for row in read_data("sources.toml")["source"]
    )
    return MappingProxyType({source.short: source for source in table})


def read_data(name: str) -> dict[str, Any]:
    """法律数据 — one TOML file of `law/data`, as plain values."""
    return tomllib.loads((files(__package__) / "data" / name).read_text(encoding="utf-8"))
