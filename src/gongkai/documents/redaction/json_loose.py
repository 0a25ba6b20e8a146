"""松散的 JSON — values as programs and people write them, one or several, with what stands beside them (条例 第十七条).

    read(text)                           -> (values, notes): of JSON, and of its looser kin

Notes (`//`, `/* */`, `#`), commas at the end, single quotes, keys without quotes, numbers of programs, a value for each
line or one behind the other, the call or the name to which a program hands a value over.
"""

from __future__ import annotations

import json
import re
from typing import Any, NamedTuple

_DEEPEST = 200
_START = re.compile(
    r"[\ufeff\s]*(?:(?://|#)[^\n]*\n\s*|/\*.*?\*/\s*|(?:[\w$][\w$.\s]{0,200}[=(]|export\s+default)\s*)*[{\[]", re.DOTALL
)
_NOTE = re.compile(r"(?://|#)[^\n]*|/\*.*?(?:\*/|\Z)", re.DOTALL)
_HANDED = re.compile(r"(?:[\w$][\w$.\s]{0,200}[=(]|export\s+default\b)|[;)\x1e,]+")
_STRING = re.compile(r"\"(?:[^\"\\]|\\.)*\"|'(?:[^'\\]|\\.)*'|`(?:[^`\\]|\\.)*`", re.DOTALL)
_NUMBER = re.compile(
    r"[+-]?(?:0[xX][\da-fA-F]+|\d+\.?\d*(?:[eE][+-]?\d+)?|\.\d+(?:[eE][+-]?\d+)?|Infinity|NaN)(?![\w$])"
)
_NAME = re.compile(r"[^\W\d][\w$-]*|\$[\w$]*|\d+")
_WORDS = {"true": True, "false": False, "null": None, "undefined": None, "None": None, "True": True, "False": False}
_ESCAPE = re.compile(r"\\(?:u\{([\da-fA-F]{1,6})\}|u([\da-fA-F]{4})|x([\da-fA-F]{2})|(\r\n|.))", re.DOTALL)
_SIGNS = {"n": "\n", "t": "\t", "r": "\r", "b": "\b", "f": "\f", "v": "\v", "0": "\0", "\n": "", "\r\n": "", "\r": ""}


class Number(str):
    """数 — a number as it is written, so that a copy writes it alike (条例 第十五条)."""


class Pairs(list[list[Any]]):
    """对象 — its pairs in order, those of one key twice too (条例 第十五条)."""


class Read(NamedTuple):
    """读到的 — the values one after the other, and notes and programs beside them."""

    values: list[Any]
    notes: list[str]


def may_be(text: str) -> bool:
    """像 JSON — whether a text begins as an object or a list does, behind notes and names (条例 第十七条)."""
    return _START.match(text) is not None


def read(text: str) -> Read:
    """读 — ValueError for what is no JSON, RecursionError for values nested beyond reason (条例 第十七条)."""
    try:
        return Read([_strict(text)], [])
    except ValueError:
        pass
    try:
        values = [_strict(line) for line in text.splitlines() if line.strip()]
    except ValueError:
        return _Loose(text).read()
    return Read(values, []) if values else _Loose(text).read()


def _strict(text: str) -> Any:
    return json.loads(text, object_pairs_hook=_pairs, parse_int=Number, parse_float=Number, parse_constant=Number)


def _pairs(pairs: list[tuple[str, Any]]) -> Pairs:
    return Pairs([key, value] for key, value in pairs)


class _Loose:
    """One walk over a text from its first sign to its last."""

    def __init__(self, text: str) -> None:
        self._text, self._at, self._notes = text, 0, list[str]()

    def read(self) -> Read:
        values: list[Any] = []
        while self._skip() < len(self._text):
            if self._text[self._at] in "{[":
                values.append(self._value(0))
            elif handed := _HANDED.match(self._text, self._at):
                if handed[0].strip(",;\x1e"):
                    self._notes.append(handed[0])
                self._at = handed.end()
            else:
                raise ValueError(self._at)
        if not values:
            raise ValueError(self._at)
        return Read(values, self._notes)

    def _skip(self) -> int:
        """Past blanks and notes."""
        while self._at < len(self._text):
            if self._text[self._at].isspace() or self._text[self._at] == "\ufeff":
                self._at += 1
            elif note := _NOTE.match(self._text, self._at):
                self._notes.append(note[0])
                self._at = note.end()
            else:
                break
        return self._at

    def _value(self, depth: int) -> Any:
        if depth > _DEEPEST:
            raise RecursionError
        sign = self._text[self._at : self._at + 1]
        if sign in ("{", "["):
            self._at += 1
            return self._object(depth + 1) if sign == "{" else self._list(depth + 1)
        if found := _STRING.match(self._text, self._at):
            self._at = found.end()
            return _said(found[0])
        if found := _NUMBER.match(self._text, self._at):
            self._at = found.end()
            return _number(found[0])
        found = _NAME.match(self._text, self._at)
        if found is None or found[0] not in _WORDS:
            raise ValueError(self._at)
        self._at = found.end()
        return _WORDS[found[0]]

    def _list(self, depth: int) -> list[Any]:
        items: list[Any] = []
        while not self._is_closed("]"):
            items.append(self._value(depth))
            self._end_item("]")
        return items

    def _object(self, depth: int) -> Pairs:
        pairs = Pairs()
        while not self._is_closed("}"):
            found = _STRING.match(self._text, self._at) or _NAME.match(self._text, self._at)
            if found is None:
                raise ValueError(self._at)
            self._at = found.end()
            if self._text[self._skip() : self._at + 1] != ":":
                raise ValueError(self._at)
            self._at += 1
            self._skip()
            pairs.append([_said(found[0]) if found[0][0] in "\"'`" else found[0], self._value(depth)])
            self._end_item("}")
        return pairs

    def _is_closed(self, sign: str) -> bool:
        self._skip()
        if self._text[self._at : self._at + 1] == sign:
            self._at += 1
            return True
        return False

    def _end_item(self, sign: str) -> None:
        """A comma, which may be missing before the end and stand there too."""
        if self._text[self._skip() : self._at + 1] == ",":
            self._at += 1
        elif self._text[self._at : self._at + 1] != sign:
            raise ValueError(self._at)


def _said(literal: str) -> str:
    """A string without its quotes and escapes; halves of a sign that stand apart are put together."""
    text = _ESCAPE.sub(_unescaped, literal[1:-1])
    return text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")


def _unescaped(found: re.Match[str]) -> str:
    code = found[1] or found[2] or found[3]
    return chr(min(int(code, 16), 0x10FFFF)) if code else _SIGNS.get(found[4], found[4])


def _number(literal: str) -> Number:
    """As JSON writes it."""
    text = literal.lstrip("+")
    if "x" in text.lower():
        return Number(int(text, 16))
    text = re.sub(r"^(-?)\.", r"\g<1>0.", text)
    return Number(re.sub(r"\.(?=\Z|[eE])", "", text))
