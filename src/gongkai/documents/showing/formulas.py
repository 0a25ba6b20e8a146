"""公式的结果 — what a formula comes to where that is plain: words and numbers put together, sums (条例 第十七条).

    worked_out('"410725"&"199003071238"', at) -> '410725199003071238'

`at(sheet, row, column)` gives the value of a cell. None: it is not said, because the formula asks for more.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from decimal import ROUND_HALF_UP, Decimal, DecimalException, localcontext
from typing import NoReturn

from gongkai.documents.number_format import general, rendered
from gongkai.documents.showing.cells import column_of

Value = str | Decimal
"""一个值 — text or a number."""
At = Callable[[str, int, int], Value | None]
"""取值 — of the cell in a sheet (empty: the same one), row and column; None where it is not known."""

_TOKEN = re.compile(
    r'\s*(?:(?P<text>"(?:[^"]|"")*")|(?P<number>[0-9]+(?:\.[0-9]*)?(?:E[+-]?[0-9]+)?)'
    r"|(?P<truth>TRUE|FALSE)(?![\w(!])|(?P<name>(?:_xlfn\.)?[A-Z]{2,12})(?=\()"
    r"|(?:(?:'(?P<quoted>(?:[^']|'')+)'|(?P<sheet>[^\W\d][\w.]*))!)?(?P<cell>\$?[A-Z]{1,3}\$?[0-9]{1,7})"
    r"(?::(?P<last>\$?[A-Z]{1,3}\$?[0-9]{1,7}))?|(?P<sign>[-+*/^&(),%]))",
    re.IGNORECASE,
)
_KINDS = ("text", "number", "truth", "name", "sign")
_PLACE = re.compile(r"\$?([A-Z]{1,3})\$?([0-9]{1,7})", re.IGNORECASE)
_LONGEST, _MOST_CELLS, _DEEPEST, _MOST_DIGITS = 32_767, 10_000, 40, 400


class _Unknown(Exception):  # noqa: N818 — no error: the formula asks for more than is worked out
    pass


def worked_out(formula: str, at: At) -> Value | None:
    """算出公式 — None where it asks for more than putting together and adding up."""
    try:
        with localcontext() as context:
            context.prec = 30
            reader = _Reader(formula.removeprefix("="), at)
            value = reader.joined(0)
            reader.end()
            return value
    except (_Unknown, DecimalException, ValueError, OverflowError, IndexError, RecursionError):
        return None


class _Reader:
    def __init__(self, formula: str, at: At) -> None:
        self._at = at
        self._tokens: list[tuple[str, re.Match[str]]] = []
        place = 0
        formula = formula.strip()
        while place < len(formula):
            match = _TOKEN.match(formula, place)
            if match is None or len(self._tokens) > _LONGEST:
                raise _Unknown
            kind = "cell" if match["cell"] else next(name for name in _KINDS if match[name])
            self._tokens.append((kind, match))
            place = match.end()
        self._next = 0

    def end(self) -> None:
        if self._next < len(self._tokens):
            raise _Unknown

    def _is(self, signs: str) -> str:
        """The sign that comes next, taken, if it is one of these."""
        if self._next < len(self._tokens):
            kind, match = self._tokens[self._next]
            if kind == "sign" and match["sign"] in signs:
                self._next += 1
                return match["sign"]
        return ""

    def joined(self, depth: int) -> Value:
        if depth > _DEEPEST:
            raise _Unknown
        value = self._sum(depth)
        while self._is("&"):
            value = _text(value) + _text(self._sum(depth))
            if len(value) > _LONGEST:
                raise _Unknown
        return value

    def _sum(self, depth: int) -> Value:
        value = self._product(depth)
        while sign := self._is("+-"):
            other = _decimal(self._product(depth))
            value = _decimal(value) + (other if sign == "+" else -other)
        return value

    def _product(self, depth: int) -> Value:
        value = self._signed(depth)
        while sign := self._is("*/"):
            other = _decimal(self._signed(depth))
            value = _decimal(value) * other if sign == "*" else _decimal(value) / other
        return value

    def _signed(self, depth: int) -> Value:
        if sign := self._is("+-"):
            number = _decimal(self._signed(depth + 1)) if depth < _DEEPEST else _fail()
            return -number if sign == "-" else number
        value = self._one(depth)
        while self._is("%"):
            value = _decimal(value) / 100
        return value

    def _one(self, depth: int) -> Value:
        if self._is("("):
            value = self.joined(depth + 1)
            return value if self._is(")") else _fail()
        if self._next >= len(self._tokens):
            raise _Unknown
        kind, match = self._tokens[self._next]
        self._next += 1
        if kind == "text":
            return match["text"][1:-1].replace('""', '"')
        if kind == "number":
            return Decimal(match["number"])
        if kind == "truth":
            return Decimal(match["truth"].upper() == "TRUE")
        if kind == "cell":
            values = self._cells(match)
            return values[0] if len(values) == 1 else _fail()
        return self._called(match["name"].upper().removeprefix("_XLFN."), depth) if kind == "name" else _fail()

    def _cells(self, match: re.Match[str]) -> list[Value]:
        sheet = (match["quoted"] or match["sheet"] or "").replace("''", "'")
        (left, top), (right, bottom) = (_place(match["cell"]), _place(match["last"] or match["cell"]))
        rows, columns = range(top, bottom + 1), range(left, right + 1)
        if len(rows) * len(columns) > _MOST_CELLS:
            raise _Unknown
        values = [self._at(sheet, row, column) for row in rows for column in columns]
        return [value for value in values if value is not None] if None not in values else _fail()

    def _called(self, name: str, depth: int) -> Value:
        self._is("(")
        given: list[list[Value]] = []
        if not self._is(")"):
            while True:
                given.append(self._given(depth))
                if self._is(")"):
                    break
                if not self._is(","):
                    raise _Unknown
        if name not in _FUNCTIONS:
            raise _Unknown
        value = _FUNCTIONS[name](given)
        return value if not isinstance(value, str) or len(value) <= _LONGEST else _fail()

    def _given(self, depth: int) -> list[Value]:
        """One argument: an area of cells, or anything that is worked out."""
        kind, match = self._tokens[self._next] if self._next < len(self._tokens) else _fail()
        if kind == "cell" and match["last"]:
            self._next += 1
            return self._cells(match)
        return [self.joined(depth + 1)]


def _place(text: str) -> tuple[int, int]:
    match = _PLACE.fullmatch(text)
    return (column_of(match[1].upper()), int(match[2])) if match else _fail()


def _fail() -> NoReturn:
    raise _Unknown


def _text(value: Value) -> str:
    if isinstance(value, str):
        return value
    plain = f"-{general(value)}" if value < 0 else general(value)
    if "E" not in plain:
        return plain
    # In words a number keeps all its digits.
    return format(value.normalize(), "f") if abs(value.adjusted()) < _MOST_DIGITS else _fail()


def _decimal(value: Value) -> Decimal:
    if isinstance(value, str):
        return Decimal(value.strip() or 0)
    return value


def _numbers(given: Sequence[Sequence[Value]]) -> list[Decimal]:
    return [value for values in given for value in values if isinstance(value, Decimal)]


def _all_text(given: Sequence[Sequence[Value]]) -> str:
    return "".join(_text(value) for values in given for value in values)


def _count(given: Sequence[Sequence[Value]], place: int, default: int = 1) -> int:
    count = int(_decimal(given[place][0])) if len(given) > place else default
    return count if 0 <= count <= _LONGEST else _fail()


def _shown(given: Sequence[Sequence[Value]]) -> Value:
    (value,), (code,) = given
    shown = rendered(value, _text(code))
    return shown if shown is not None else _fail()


def _rounded(given: Sequence[Sequence[Value]]) -> Decimal:
    places = int(_decimal(given[1][0])) if len(given) > 1 else 0
    return _decimal(given[0][0]).quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP)


def _joined_by(given: Sequence[Sequence[Value]]) -> str:
    return _text(given[0][0]).join(_text(value) for values in given[2:] for value in values if value != "")


def _repeated(given: Sequence[Sequence[Value]]) -> Value:
    text, times = _text(given[0][0]), _count(given, 1)
    return text * times if len(text) * times <= _LONGEST else _fail()


def _substituted(given: Sequence[Sequence[Value]]) -> str:
    text, old, new = (_text(values[0]) for values in given)
    if not old:
        return text
    return text.replace(old, new) if text.count(old) * len(new) <= _LONGEST else _fail()


def _middle(given: Sequence[Sequence[Value]]) -> str:
    start = _count(given, 1) - 1
    return _text(given[0][0])[start : start + _count(given, 2)]


def _last(given: Sequence[Sequence[Value]]) -> str:
    text, count = _text(given[0][0]), _count(given, 1)
    return text[max(0, len(text) - count) :]


_FUNCTIONS: dict[str, Callable[[list[list[Value]]], Value]] = {
    "CONCAT": _all_text,
    "CONCATENATE": _all_text,
    "TEXTJOIN": _joined_by,
    "TEXT": _shown,
    "T": lambda given: given[0][0] if isinstance(given[0][0], str) else "",
    "N": lambda given: given[0][0] if isinstance(given[0][0], Decimal) else Decimal(0),
    "VALUE": lambda given: _decimal(given[0][0]),
    "REPT": _repeated,
    "LEFT": lambda given: _text(given[0][0])[: _count(given, 1)],
    "RIGHT": _last,
    "MID": _middle,
    "TRIM": lambda given: " ".join(_text(given[0][0]).split()),
    "CLEAN": lambda given: "".join(sign for sign in _text(given[0][0]) if ord(sign) >= 32),
    "UPPER": lambda given: _text(given[0][0]).upper(),
    "LOWER": lambda given: _text(given[0][0]).lower(),
    "SUBSTITUTE": _substituted,
    "CHAR": lambda given: chr(_count(given, 0)),
    "UNICHAR": lambda given: chr(_count(given, 0)),
    "HYPERLINK": lambda given: given[-1][0],
    "SUM": lambda given: sum(_numbers(given), Decimal(0)),
    "ROUND": _rounded,
    "ABS": lambda given: abs(_decimal(given[0][0])),
    "INT": lambda given: Decimal(int(_decimal(given[0][0]).__floor__())),
    "MAX": lambda given: max(_numbers(given), default=Decimal(0)),
    "MIN": lambda given: min(_numbers(given), default=Decimal(0)),
    "COUNT": lambda given: Decimal(len(_numbers(given))),
    "AVERAGE": lambda given: sum(_numbers(given), Decimal(0)) / len(_numbers(given)),
}
"""会算的函数 — those that put together, cut, add up. ROUND takes away what is not shown."""
