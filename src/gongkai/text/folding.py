"""文字归一 — one way of writing for what offices print in many, with a map back to the original (条例 第五十条第二款).

Folded are: radicals printed for characters, compatibility ideographs, full-width ASCII, white space of every width (to
a space), invisible characters (removed), dashes and minus signs (to `-`), quotes (to `"` and `'`), characters of the
forms in traditional script or wrongly converted, and pinyin in brackets after a character (removed). Kept are line
ends, marks without an ASCII counterpart, 〇, superscripts and subscripts (whether ₀ is a 0 is for the reader to say).
`data/folding.toml` holds the tables.
"""

from __future__ import annotations

import re
import tomllib
import unicodedata
from collections.abc import Sequence
from importlib.resources import files
from typing import NamedTuple

from gongkai.text.unseen import UNSEEN

_COMPATIBILITY = (range(0x2F00, 0x2FD6), range(0xF900, 0xFADA), range(0x2F800, 0x2FA1E))
_SPACES = "\u00a0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u202f\u205f\u3000"
_LINE_ENDS = "\u0085\u2028\u2029"
_TONED = "āáǎàēéěèīíǐìōóǒòūúǔùǖǘǚǜńňǹḿ\u0300\u0301\u0304\u030c"
# A tone mark is what tells 務(wù) from 附件(pdf).
_PINYIN = re.compile(rf"(?<=[㐀-鿿])(?:\([a-zü]{{0,5}}[{_TONED}][a-zü{_TONED}]{{0,5}}\))+")


def _table() -> dict[int, str]:
    """归一表 — code point to what it becomes; what is not in it stays."""
    data = tomllib.loads((files(__package__) / "data" / "folding.toml").read_text(encoding="utf-8"))
    table = {ord(item[0]): item[1:] for part in data.values() for item in part.split()}
    for code in (code for span in _COMPATIBILITY for code in span):
        table[code] = unicodedata.normalize("NFKC", chr(code))
    table |= {code: chr(code - 0xFEE0) for code in range(0xFF01, 0xFF5F)}
    table |= {0x1D7CE + digit: str(digit % 10) for digit in range(50)}
    table |= dict.fromkeys(map(ord, _SPACES), " ") | dict.fromkeys(map(ord, _LINE_ENDS), "\n")
    table |= dict.fromkeys(map(ord, UNSEEN), "")
    # A radical may stand for a character in traditional script (⾒ 見 见): follow to the end.
    return {code: end for code, text in table.items() if (end := text.translate(table)) != chr(code)}


def _radicals() -> dict[int, str]:
    table = {code: unicodedata.normalize("NFKC", chr(code)) for code in _COMPATIBILITY[0]} | {0x2F3E: "户"}
    data = tomllib.loads((files(__package__) / "data" / "folding.toml").read_text(encoding="utf-8"))
    return table | {ord(item[0]): item[1:] for item in data["radicals"].split()}


_RADICALS = _radicals()


def without_radicals(text: str) -> str:
    """部首归字 — signs of radicals as the characters that they stand for (⾦ 金), all else as it is (条例 第十二条)."""
    return text if text.isascii() else text.translate(_RADICALS)


class _Table(dict[int, str]):
    """What stays is remembered as it comes, too: `str.translate` is slow where it has to be told so by an error."""

    def __missing__(self, code: int) -> str:
        self[code] = chr(code)
        return self[code]


_TABLE = _Table(_table())


class Folded(NamedTuple):
    """归一文字 — folded text, and for each of its characters the index in the original of the one that it came from."""

    text: str
    positions: Sequence[int]


def fold(text: str) -> str:
    """文字归一 — the text in one way of writing; folding it again changes nothing. At most three times as long."""
    if text.isascii():
        return text
    folded = text.translate(_TABLE)
    return _PINYIN.sub("", folded) if "(" in folded else folded


def fold_with_map(text: str) -> Folded:
    """文字归一并记原位 — the same text as `fold`, with the map back; what was removed has no position."""
    if fold(text) == text:
        return Folded(text, range(len(text)))
    pairs = [(char, index) for index, original in enumerate(text) for char in _TABLE.get(ord(original), original)]
    folded = "".join(char for char, _ in pairs)
    for match in reversed(list(_PINYIN.finditer(folded))):
        del pairs[match.start() : match.end()]
    return Folded("".join(char for char, _ in pairs), tuple(index for _, index in pairs))


def squeeze(text: str) -> str:
    """去空白 — folded, and all white space removed: how labels are compared."""
    return fold("".join(text.split()))
