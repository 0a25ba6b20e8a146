"""六个部分 — the six parts of a report by the words of their headings, and what is said outside the tables (条例
第五十条).

Headings are known by words, not by numbers: the narrative itself may be numbered 一 to 六, and a heading may be lost.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from itertools import zip_longest
from typing import NamedTuple

from gongkai.report.figures import Section, TableNote
from gongkai.text.folding import squeeze
from gongkai.text.numerals import find_dates

_NUMBER = r"[#*\s]*[(（]?(?:[一二三四五六七八1-8][)）]?[、.．,，:：]?|第[一二三四五六]部分[:：]?)?"
_HEADINGS = tuple(
    re.compile(_NUMBER + words)
    for words in (
        r"(?:政府信息公开(?:工作)?)?(?:总体(?:情况|工作情况)|概述|工作总体情况)$",
        r"(?:政府信息)?主动公开(?:政府信息)?(?:工作)?(?:的)?情况$",
        r"(?:收到和处理|依申请公开|收到及处理)(?:政府信息)?(?:公开)?(?:申请)?(?:的)?(?:办理)?情况$",
        r"(?:因)?(?:政府信息公开)?(?:工作)?(?:被)?(?:申请|提起)?行政复议[、和,]?(?:提起)?行政诉讼(?:的)?情况$",
        r"(?:政府信息公开)?(?:工作)?(?:中)?存在的?(?:主要)?问题(?:及|和|与)?.{0,12}(?:情况|措施|打算|建议)?$",
        r"其他需要(?:报告|说明)的?(?:事项|情况|问题)?$",
    )
)
_LONGEST_HEADING = 45
_LONGEST_SIGNATURE = 45
# Every heading ends with one of these; a line without them needs no closer look.
_LAST_WORD = re.compile("况|概述|问题|施|算|议|项")
_TABLES = {2: "proactive", 3: "applications", 4: "remedies"}
_NOTE = re.compile(r"^[(（]?(?:注|备注|说明)[:：1-9]")
_ENDS = "。！？；：…!?;:"


class Passage(NamedTuple):
    """一段文字 — text of one paragraph or line outside any grid, and the same folded and without spaces. `loose`:
    the line end is the page's, not the author's."""

    text: str
    label: str
    loose: bool
    figures: int = 0


@dataclass(slots=True)
class _Part:
    number: int
    heading: str
    passages: list[Passage] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Parts:
    """各部分 — the preface, the sections found, the notes under tables."""

    preface: str
    sections: tuple[Section, ...]
    notes: tuple[TableNote, ...]


def split(passages: Sequence[Passage], is_table: Callable[[str], bool], agency: str | None = None) -> Parts:
    """分部分 — the passages as preface, sections and table notes; `is_table` knows a line that belongs to a
    statutory table, `agency` signs."""
    preface = _Part(0, "")
    parts = [preface]
    for passage in passages:
        number = None
        if len(passage.label) <= _LONGEST_HEADING and _LAST_WORD.search(passage.label):
            number = heading_number(passage.label, parts[-1].number)
        if number:
            parts.append(_Part(number, _tidy(passage.text)))
        elif passage.label:
            parts[-1].passages.append(passage)
    notes: list[TableNote] = []
    sections = []
    for part in parts[1:]:
        kept = part.passages
        table = _TABLES.get(part.number)
        if table:
            notes += [TableNote(table, _tidy(p.text)) for p in kept if _NOTE.match(p.label)]
            kept = [p for p in kept if not (_NOTE.match(p.label) or p.figures or is_table(p.label))]
        sections.append(Section(part.number, part.heading, _join(kept, agency)))
    return Parts(_join(preface.passages, agency), tuple(sections), tuple(notes))


def heading_number(label: str, after: int) -> int | None:
    """部分序号 — which of the six parts a squeezed line is the heading of, of those that may still come; None for
    other lines."""
    if len(label) > _LONGEST_HEADING:
        return None
    for number in range(after + 1, len(_HEADINGS) + 1):
        if _HEADINGS[number - 1].match(label):
            return number
    return None


def signs(line: str, agency: str | None) -> bool:
    """落款的一行 — whether a line is the name of the body, or a date alone, or both (GB/T 9704—2012 7.3.5)."""
    rest = squeeze(line)
    if not rest or len(rest) > _LONGEST_SIGNATURE:
        return False
    for written in reversed(find_dates(rest)):
        rest = rest[: written.start] + rest[written.end :]
    return rest in ("", squeeze(agency or ""))


def _tidy(text: str) -> str:
    return " ".join(text.split())


def _join(passages: Iterable[Passage], agency: str | None) -> str:
    """Paragraphs, one a line; lines that a page cut are put together again, but for those that sign."""
    paragraphs: list[str] = []
    passages = list(passages)
    width = max((len(p.label) for p in passages if p.loose), default=0)
    is_open = False
    for passage, following in zip_longest(passages, passages[1:]):
        text = _tidy(passage.text)
        # A long name is signed with on two lines.
        wrapped = passage.label + (following.label if following else "")
        if is_open and not (signs(passage.label, agency) or signs(wrapped, agency)):
            paragraphs[-1] += text
        else:
            paragraphs.append(text)
        length = len(passage.label)
        is_open = passage.loose and not (text[-1:] in _ENDS and length < width - 1) and length >= width * 0.7
    return "\n".join(paragraphs)
