"""写法 — how a number may be written so that a person or a machine still gets it (条例 第十五条)."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable

_CHINESE = str.maketrans("0123456789", "〇一二三四五六七八九")
_PLAIN = {ord(sign): str(value) for value, sign in enumerate("〇一二三四五六七八九")} | {
    ord(sign): str(value) for value, sign in enumerate("零壹贰叁肆伍陆柒捌玖")
}


def _shifted(zero: int) -> Callable[[str], str]:
    table = {ord("0") + value: zero + value for value in range(10)}
    return lambda number: number.translate(table)


def _between(sign: str, every: int = 1) -> Callable[[str], str]:
    return lambda number: sign.join(number[at : at + every] for at in range(0, len(number), every))


def _grouped(sign: str) -> Callable[[str], str]:
    def write(number: str) -> str:
        cuts = {18: (6, 14), 11: (3, 7)}.get(len(number))
        if cuts is None:
            return _between(sign, 4)(number)
        return sign.join((number[: cuts[0]], number[cuts[0] : cuts[1]], number[cuts[1] :]))

    return write


def _wide(number: str) -> str:
    return "".join(chr(ord(sign) + 0xFEE0) for sign in number)


def _roman_ten(number: str) -> str:
    return number.replace("X", "\u2169")


SPELLINGS: dict[str, Callable[[str], str]] = {
    "plain": lambda number: number,
    "labelled": lambda number: f"联系人张某，号码{number}。",
    "wide": _wide,
    "spaces": _grouped(" "),
    "hyphens": _grouped("-"),
    "wide spaces": _grouped("\u3000"),
    "no-break spaces": _grouped("\u00a0"),
    "zero width": _between("\u200b", 5),
    "soft hyphens": _between("\u00ad", 6),
    "word joiners": _between("\u2060", 3),
    "variation selectors": _between("\ufe0e", 1),
    "chinese digits": lambda number: number.translate(_CHINESE),
    "mathematical digits": _shifted(0x1D7CE),
    "roman ten": _roman_ten,
    "dots": _grouped("."),
    "middle dots": _grouped("·"),
}
"""Places that tear a number themselves take it plain."""


class _Folded(dict[int, str]):
    """Digits and X of any writing; every other sign is nothing."""

    def __missing__(self, code: int) -> str:
        # Symbol fonts have their signs in the private area.
        plain = _PLAIN.get(code) or chr(code - 0xF000 if 0xF020 <= code <= 0xF07E else code)
        folded = unicodedata.normalize("NFKC", plain).upper()
        self[code] = "".join(sign for sign in folded if sign in "0123456789X")
        return self[code]


_FOLDED = _Folded()


def normal(text: str) -> str:
    """还原 — digits and X alone, whatever they were written with."""
    return text.translate(_FOLDED)
