"""文中数字 — numbers and dates as prose writes them: 三、十二、一百零五、3.2万、百分之十、206余 (条例 第五十条).

Positions are indices of the text as given, however it is folded. A numeral is exact in value and marked where the words
round it say that it is not. A date is not a numeral.
"""

from __future__ import annotations

import re
import tomllib
from datetime import date
from decimal import Decimal
from importlib.resources import files
from typing import NamedTuple

from gongkai.text.folding import fold_with_map


class Numeral(NamedTuple):
    """数 — one number in prose. `start`, `end`: the number with its scale, 百分之 or %, and 余 inside; no unit."""

    value: Decimal
    start: int
    end: int
    approximate: bool = False
    percent: bool = False
    unit: str | None = None


class WrittenDate(NamedTuple):
    """日期 — one full date in prose, in any of the ways of writing it."""

    value: date
    start: int
    end: int


_WORDS = tomllib.loads((files(__package__) / "data" / "numerals.toml").read_text(encoding="utf-8"))
_DIGITS = {**{char: index for index, char in enumerate("零一二三四五六七八九")}, "〇": 0, "○": 0, "两": 2}
_SCALES = {"亿": 10**8, "万": 10**4, "千": 10**3, "百": 10**2, "十": 10}
_LONGEST = 24  # 九千九百九十九亿九千九百九十九万九千九百九十九 has 23 characters.
_CHINESE = "零〇○一二两三四五六七八九十百千万亿"


def _any(words: list[str]) -> str:
    return "|".join(sorted(map(re.escape, words), key=len, reverse=True))


# The second way to begin says nothing new; it spares looking on from every character that begins no number.
_NUMERAL = re.compile(
    rf"(?:(?P<percentage>百分之\s?)|(?=[\d{_CHINESE}]))"
    rf"(?:(?<![\d.])(?<!\d,)(?P<arabic>\d{{1,3}}(?:,\d{{3}})+(?!\d)(?:\.\d+)?|\d+(?:\.\d+)?)"
    rf"|(?P<chinese>[{_CHINESE}]+(?:点[零一二三四五六七八九]+)?))"
    rf"(?P<inner>余|多)?(?P<scale>[十百千]?[万亿]|百(?!分)|千(?![克瓦米]))?(?P<sign>\s?%)?"
    rf"(?P<after>{_any(_WORDS['after'])})?\s?(?P<unit>{_any(_WORDS['units'])})?(?P<later>左右|以上|以内)?"
)
_BEFORE = re.compile(rf"(?:{_any(_WORDS['before'])})\s?$")
_NOT_AFTER = re.compile(rf"(?:{_any(_WORDS['not_after'])})$")
_NOT_BEFORE = re.compile(_any(_WORDS["not_before"]))
_DATE = re.compile(
    r"(?<!\d)(?P<y>\d{4})\s{0,2}(?:年\s{0,2}(?P<m>\d{1,2})\s{0,2}月\s{0,2}(?P<d>\d{1,2})\s{0,2}[日号]"
    r"|(?P<mark>[-./])(?P<m2>\d{1,2})(?P=mark)(?P<d2>\d{1,2})(?![\d.]))"
    r"|(?P<cy>[零〇○一二三四五六七八九]{4})年(?P<cm>[一二三四五六七八九十]{1,2})月(?P<cd>[一二三四五六七八九十]{1,3})[日号]"
)


def parse_chinese(text: str) -> int | None:
    """汉字数字 — the value of a whole Chinese numeral (一百零五, 两千, 二〇二二); None for what is not well formed."""
    if text and len(text) <= _LONGEST and all(char in _DIGITS for char in text):
        # 三四 is "three or four"; years and numbers are written digit by digit from four digits on, or with 〇.
        if len(text) == 1 or ("两" not in text and (len(text) >= 4 or "〇" in text)):
            return int("".join(str(_DIGITS[char]) for char in text))
        return None
    return _value(text) if len(text) <= _LONGEST else None


def _value(text: str) -> int | None:
    for mark, scale in _SCALES.items():
        head, found, tail = text.partition(mark)
        if not found:
            continue
        times = 1 if mark == "十" and not head else _value(head)
        if times is None or not 1 <= times <= (9 if scale < 10**4 else 9999):
            return None
        if not tail:
            return times * scale
        # 零 stands exactly where at least one place is skipped.
        skips = tail[0] in "零〇"
        rest = _value(tail[1:] if skips else tail)
        if rest is None or not (1 <= rest < scale // 10 if skips else scale // 10 <= rest < scale):
            return None
        return times * scale + rest
    return _DIGITS.get(text)


def find_numerals(text: str) -> list[Numeral]:
    """文中数字 — every number in prose, left to right; Chinese ones only where a unit, 百分之 or 余 makes them so."""
    folded, positions = fold_with_map(text)
    dated = {index for match in _DATE.finditer(folded) for index in range(*match.span())}
    found = []
    for match in _NUMERAL.finditer(folded):
        if match.start() in dated or match.end() - 1 in dated:
            continue
        if match["chinese"] and not _is_counted(folded, match):
            continue
        value = _amount(match)
        if value is None:
            continue
        end = next(match.end(part) for part in ("sign", "scale", "inner", "arabic", "chinese") if match[part])
        approximate = bool(match["inner"] or match["after"] or match["later"] or _BEFORE.search(_before(folded, match)))
        found.append(
            Numeral(
                value,
                positions[match.start()],
                positions[end - 1] + 1,
                approximate,
                bool(match["percentage"] or match["sign"]),
                match["unit"],
            )
        )
    return found


def _before(text: str, match: re.Match[str]) -> str:
    return text[max(0, match.start() - 4) : match.start()]


def _amount(match: re.Match[str]) -> Decimal | None:
    if match["arabic"]:
        value = Decimal(match["arabic"].replace(",", ""))
    else:
        whole, _, part = match["chinese"].partition("点")
        parsed = 100 if match["percentage"] and whole == "百" else parse_chinese(whole)
        if parsed is None:
            return None
        value = Decimal(f"{parsed}.{''.join(str(_DIGITS[char]) for char in part)}" if part else parsed)
    for mark in match["scale"] or "":
        value *= _SCALES[mark]
    return value


def _is_counted(text: str, match: re.Match[str]) -> bool:
    if match["percentage"]:
        return True
    if not (match["unit"] or match["inner"] or match["after"]):
        return False
    return not (_NOT_AFTER.search(_before(text, match)) or _NOT_BEFORE.match(text, match.end()))


def find_dates(text: str) -> list[WrittenDate]:
    """日期 — every full date: 2022年1月15日, 二〇二二年一月十五日, 2022-01-15, 2022.1.15; not what is no day."""
    folded, positions = fold_with_map(text)
    found = []
    for match in _DATE.finditer(folded):
        if match["cy"]:
            parts = [parse_chinese(match["cy"]), parse_chinese(match["cm"]), parse_chinese(match["cd"])]
        else:
            parts = [int(match["y"]), int(match["m"] or match["m2"]), int(match["d"] or match["d2"])]
        year, month, day = (part or 0 for part in parts)
        try:
            value = date(year, month, day)
        except ValueError:
            continue
        found.append(WrittenDate(value, positions[match.start()], positions[match.end() - 1] + 1))
    return found
