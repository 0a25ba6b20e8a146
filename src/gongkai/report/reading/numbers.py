"""表中数字 — what one printed cell says: a number, a blank, or words (年报表二、表三、表四).

Loose on purpose: signs, units, thousands separators and annotations are understood here and kept as printed; whether
the number is possible is for the equations to say.
"""

from __future__ import annotations

import re
from decimal import Decimal
from enum import StrEnum
from functools import lru_cache
from typing import NamedTuple

from gongkai.documents.showing.signs import NO_TEXT
from gongkai.text.folding import fold
from gongkai.text.numerals import parse_chinese


class Kind(StrEnum):
    """单元格的种类 — number 数字, blank 空白, text 文字; each is the sign of its cells in the outline of a row."""

    NUMBER = "0"
    BLANK = " "
    TEXT = "x"


UNSURE = "?"
"""The sign of a number that is legible only by guess, or is no whole number."""


class Token(NamedTuple):
    """单元格读数 — `value` of a number; `weak`: legible only by guess (o for 0, 1 0 for 10), so that an equation
    must confirm it; `unit` printed in the cell; `printed`: the text as the source has it; `whole`: the value, where
    it is a whole number; `sign`: the kind, or UNSURE; `vague`: what is printed is more or other than a number (约40,
    40?, 1O2), so that no equation makes it certain."""

    kind: Kind
    value: Decimal | None
    printed: str
    word: str
    unit: str | None = None
    weak: bool = False
    whole: int | None = None
    sign: str = Kind.TEXT
    vague: bool = False


_NUMBER = re.compile(
    r"(?P<sign>[+-]|增加?|减少?)?[¥￥]?(?P<digits>\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?)"
    r"(?P<unit>亿元|百万元|万元|千元|百元|元|件次|人次|[万亿]?[件条份宗起项个次篇部]|[万亿])?(?:\(.*\)|\[.*\])?"
)
_NOTES = re.compile(
    "(?<=[0-9])(?:[⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁼⁽⁾₁₂₃₄₅₆₇₈₉₊₋₌₍₎]+|[_^]\\([^()]*\\))$|^[⁰¹²³⁴⁵⁶⁷⁸⁹⁽⁾₁₂₃₄₅₆₇₈₉₍₎]+(?=[0-9])"
)
"""Raised and lowered signs at a number, the marks of notes."""
_POWER = re.compile(r"[+-]?\d(?:\.(?P<part>\d{1,17}))?[eE]\+?(?P<power>\d{1,2})")
"""As a program writes large numbers: 2.829600e+04."""
_VAGUE = re.compile(
    r"(?:大?约|大概|将?近|超过?|逾|共计?|合计|计|不足|不到|至少|不少于|达|应为|原为?|估计?|暂定?|[>=<≈~～≥≤?!*]){0,2}"
    r"(?P<digits>\d{1,18})"
    r"(?:[万亿]?[件条份宗起项个次篇部]次?)?(?:左右|上下|[多余几][万亿]?[件条份宗起项个次篇部]?|以[上下内]|待核实?|未核实?|"
    r"不详|存疑|估|[+?!*~～≥≤…]){0,2}"
)
"""A number and a word or sign that makes it less than certain; a label has neither."""
_UNCERTAIN = re.compile(
    r"待核|未核|待定|存疑|不确定|暂定|更正|改[为正]|订正|勘误|[应实]为|有误|误[为填写]|估[计算]?[)\]]|[(\[]约[)\]]|[?]"
)
"""What a note in brackets says of a number that is not certain."""
_TIMES = {"万": 10**4, "亿": 10**8}
_STOPPED = re.compile("(?<=[0-9])[。｡](?=[0-9])")
"""A full stop where a decimal point is meant."""
_BLANK = re.compile(r"[-_/\\.·*]*")
_ZERO = frozenset(("无", "零", "〇", "没有"))
_ROUND = re.compile(r"[0-9oO〇₀°Il|]{1,8}")
_MIXED = re.compile(r"[0-9].*[oOIl|]|[oOIl|].*[0-9]")
_UNFILLED = frozenset(
    (
        *("nan", "na", "n/a", "nat", "null", "none", "nil", "<na>"),
        *("#n/a", "#ref!", "#value!", "#div/0!", "#name?", "#num!", "#null!"),
    )
)
"""What programs write where a cell has no value."""
_LONGEST = 200
_SHORT = 100  # labels are shorter; sentences are not worth remembering
_MOST_DIGITS = 18  # more digits are a number of something else, and arithmetic on them is a way to do harm
_TORN = re.compile(r"\d\s+\d")
_PADDED = re.compile(r"[+-]?0\d")
_SPACE = re.compile(r"\s+")
_ROUND_DIGITS = str.maketrans("oO〇₀°Il|", "00000111")


def read_cell(text: str) -> Token:
    """单元格读数 — what a cell says. Pure, and remembered if it is short: most cells of a report say 0 or nothing."""
    return _remembered(text) if len(text) <= _SHORT else _signed(_read(text))


@lru_cache(maxsize=8192)
def _remembered(text: str) -> Token:
    return _signed(_read(text))


def _signed(token: Token) -> Token:
    if token.value is None:
        # A picture where a figure would be holds the place of one, and so does the word of a program.
        return token._replace(sign=UNSURE if token.word == NO_TEXT or is_unfilled(token) else token.kind.value)
    whole = int(token.value) if token.value == token.value.to_integral_value() else None
    return token._replace(whole=whole, sign=UNSURE if token.weak or whole is None else Kind.NUMBER.value)


def is_unfilled(token: Token) -> bool:
    """程序填的空值 — whether a cell holds what a program writes where it has no value (nan, N/A, #REF!)."""
    return token.word.lower() in _UNFILLED


def _read(text: str) -> Token:
    folded = fold(text).strip()
    plain = _SPACE.sub("", folded)
    if not plain.isascii() or "^" in plain:
        plain = _STOPPED.sub(".", _NOTES.sub("", plain))
    if _BLANK.fullmatch(plain):
        return Token(Kind.BLANK, None, text.strip(), plain)
    match = _NUMBER.fullmatch(plain) if len(plain) <= _LONGEST else None
    if match and len(match["digits"]) <= _MOST_DIGITS:
        value = Decimal(match["digits"].replace(",", ""))
        value *= _TIMES.get((match["unit"] or "")[:1], 1) if not (match["unit"] or "").endswith("元") else 1
        if match["sign"] and match["sign"][0] in "-减":
            value = -value
        vague = _UNCERTAIN.search(plain) is not None
        weak = vague or _TORN.search(folded.partition("(")[0]) is not None or _PADDED.match(plain) is not None
        return Token(Kind.NUMBER, value, text.strip(), plain, match["unit"], weak=weak, vague=vague)
    if power := _POWER.fullmatch(plain):
        # With fewer digits than the power has places, the last ones were lost.
        return Token(
            Kind.NUMBER, Decimal(plain) + 0, text.strip(), plain, weak=len(power["part"] or "") < int(power["power"])
        )
    if plain in _ZERO:
        return Token(Kind.NUMBER, Decimal(0), text.strip(), plain)
    if _ROUND.fullmatch(plain):
        value = Decimal(plain.translate(_ROUND_DIGITS))
        return Token(Kind.NUMBER, value, text.strip(), plain, weak=True, vague=_MIXED.search(plain) is not None)
    if len(plain) <= _SHORT and (match := _VAGUE.fullmatch(plain)):
        return Token(Kind.NUMBER, Decimal(match["digits"]), text.strip(), plain, weak=True, vague=True)
    spelled = parse_chinese(plain) if len(plain) <= 6 else None
    if spelled is not None:
        return Token(Kind.NUMBER, Decimal(spelled), text.strip(), plain, weak=True)
    return Token(Kind.TEXT, None, text.strip(), plain)
