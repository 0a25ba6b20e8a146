"""标点和序号 — marks in pairs, marks and words written twice, numbers of headings that do not follow each other."""

from __future__ import annotations

import re
from collections import Counter, deque
from collections.abc import Iterator

from gongkai.text.hit import Hit
from gongkai.text.numerals import parse_chinese
from gongkai.text.proofreading.kinds import Slip, slip

_PAIRS = {"《": "》", "“": "”", "（": "）", "【": "】", "〔": "〕", "「": "」", "〈": "〉", "(": ")", "[": "]"}
_CLOSING = {
    **{close: {open_} for open_, close in _PAIRS.items()},
    # Half-width and full-width round brackets close each other: a matter of taste, not of sense.
    **{close: {"（", "("} for close in "）)"},
}
_MARK = re.compile("[" + re.escape("".join((*_PAIRS, *_CLOSING))) + "]")
_REACH = 300
_LIST_ITEM = re.compile(r"(?m)^[ \t\u3000]*(?:\d{1,3}|[一二三四五六七八九十]{1,3}|[a-zA-Z])[)）]")
_TWICE = re.compile(r"([，。、；：])\1+|[，、；：]。|。[，、；]|([！？])\2{2,}")
_PARTICLES = re.compile(r"(?<![的了是和在])([的了是和在为与])\1(?![的了是和在确非美])")
_PHRASE = re.compile(r"([\u4e00-\u9fff]{3,8})\1")
_CHINESE = "[一二三四五六七八九十百]{1,5}"
_HEADINGS = (
    re.compile(rf"(?m)^[ \u3000]*(?P<all>(?P<number>{_CHINESE})、)"),
    re.compile(rf"(?m)^[ \u3000]*(?P<all>[（(](?P<number>{_CHINESE})[）)])"),
    re.compile(r"(?m)^[ \u3000]*(?P<all>(?P<number>\d{1,2})[.．、](?!\d))"),
    re.compile(r"(?m)^[ \u3000]*(?P<all>[（(](?P<number>\d{1,2})[）)])"),
)
_NUMERALS = "零一二三四五六七八九十"


def unpaired(text: str) -> Iterator[Hit]:
    """标点不成对 — 1） heads a line alone; a pair may reach over the end of a line, not over a page."""
    items = {match.end() - 1 for match in _LIST_ITEM.finditer(text)}
    waiting = deque[tuple[str, int]]()
    # Which marks wait, and where the last line ends: nothing is looked for twice.
    opened = Counter[str]()
    line_end = last = -1
    for match in _MARK.finditer(text):
        mark, at = match[0], match.start()
        line_end, last = max(line_end, text.rfind("\n", last + 1, at)), at
        while waiting and at - waiting[0][1] > _REACH and line_end >= waiting[0][1]:
            yield _alone(*waiting.popleft(), opened)
        if mark in _PAIRS:
            waiting.append((mark, at))
            opened[mark] += 1
        elif any(opened[one] for one in _CLOSING[mark]):
            while waiting[-1][0] not in _CLOSING[mark]:
                yield _alone(*waiting.pop(), opened)
            opened[waiting.pop()[0]] -= 1
        elif at not in items:
            yield slip(Slip.UNPAIRED, at, mark)
    for mark, at in waiting:
        yield slip(Slip.UNPAIRED, at, mark)


def _alone(mark: str, at: int, opened: Counter[str]) -> Hit:
    opened[mark] -= 1
    return slip(Slip.UNPAIRED, at, mark)


def repeated(text: str) -> Iterator[Hit]:
    """重复 — marks, particles and phrases written twice."""
    for match in _TWICE.finditer(text):
        # Of two marks the one that ends the sentence stays.
        yield slip(Slip.MARK, match.start(), match[0], "。" if "。" in match[0] else match[0][0])
    for pattern in (_PARTICLES, _PHRASE):
        for match in pattern.finditer(text):
            if len(set(match[1])) > 1 or len(match[1]) == 1:
                yield slip(Slip.REPEATED, match.start(), match[0], match[1])


def misnumbered(text: str) -> Iterator[Hit]:
    """序号 — headings that skip a number or repeat one; a level starts anew under each heading above it."""
    found = sorted(
        (match.start("all"), level, value, match["all"])
        for level, pattern in enumerate(_HEADINGS)
        for match in pattern.finditer(text)
        if (value := _value(match["number"])) is not None
    )
    last: dict[int, tuple[int, str]] = {}
    for start, level, value, printed in found:
        for deeper in [one for one in last if one > level]:
            del last[deeper]
        before = last.get(level)
        if before and value not in (before[0] + 1, 1):
            number = printed.replace(_number(printed), _written(before[0] + 1, printed))
            yield slip(Slip.NUMBERING, start, printed, number, before=before[1])
        last[level] = (value, printed)


def _value(number: str) -> int | None:
    return int(number) if number.isdecimal() else parse_chinese(number)


def _number(printed: str) -> str:
    return printed.strip("、.．（）()")


def _written(value: int, like: str) -> str:
    if _number(like).isdecimal():
        return str(value)
    tens, units = divmod(value, 10)
    if tens == 0:
        return _NUMERALS[value]
    return ("" if tens == 1 else _NUMERALS[tens]) + "十" + (_NUMERALS[units] if units else "")
