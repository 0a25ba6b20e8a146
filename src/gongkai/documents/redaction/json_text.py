"""JSON 的改动 — keys and values as they are read, not as they are escaped; a copy is written anew (条例 第十五条).

A list of objects is a table with their keys above it, a list of values is a row, a value beside its key is a line.
What people write by hand (notes, commas at the end, single quotes) and values one after the other are read too, and
written as JSON. What is no JSON is a text.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from decimal import Decimal
from functools import partial
from pathlib import PurePath
from typing import Any

from gongkai.documents.decoding import decode
from gongkai.documents.document import DocumentError
from gongkai.documents.limits import Limits, check_lines, check_rows
from gongkai.documents.redaction import json_loose
from gongkai.documents.redaction.editor import Editor, Slot, Table, overlaid, shown, written
from gongkai.documents.redaction.json_loose import Number, Pairs
from gongkai.documents.redaction.places import Layer, Place, Sentence
from gongkai.documents.redaction.plain import Plain
from gongkai.documents.redaction.values import NotSeenError
from gongkai.documents.showing.signs import shown_signs
from gongkai.text.hit import Hit
from gongkai.text.personal_data.signs import SHORTEST

_BETWEEN = "："
_DEEPEST = 200
_LINE_END = re.compile(r"\n *")
_NAMES = ("json", "jsonl", "ndjson", "json5", "geojson")
_AS_TEXT = "{file}：不是完整的 JSON，只按文字看过，分在几个值里的号码没有看。请重新导出，或另存为 xlsx 再试"
_POWER = re.compile(r"^-?[\d.]{1,40}[eE][+-]?\d{1,2}$")
"""A number written with a power of ten, of no more digits than a number of a person could be hidden in."""


def editor(name: str, data: bytes, limits: Limits) -> Editor:
    """打开来改 — a JSON text as values, any other text as lines. DocumentError for values nested beyond reason."""
    text = decode(name, data)
    is_named = PurePath(name).suffix.lower().lstrip(".") in _NAMES
    if is_named or json_loose.may_be(text):
        try:
            return Json(name, data, limits)
        except RecursionError:
            raise DocumentError(name, "{file}：JSON 套得太深，没有读。请拆成几层再试", file=name) from None
        except ValueError:
            pass
    plain = Plain(name, data, limits)
    if is_named and json_loose.may_be(text):
        plain.unread.append(NotSeenError(name, _AS_TEXT, file=name))
    return plain


class Json(Editor):
    """JSON 文本."""

    format = "json"

    def _load(self, data: bytes) -> None:
        text = decode(self.source, data)
        check_lines(self.source, text, self.limits)
        self._given = text
        roots, self._notes = json_loose.read(text)
        if len(roots) > 1:
            check_rows(self.source, len(roots), self.limits)
        self._are_lines = len(roots) > 1
        self._holder: list[Any] = [_clean(roots if self._are_lines else roots[0])]

    def parts(self) -> Iterator[Slot | Table]:
        """文字 — from the outside in."""
        root = self._holder[0]
        pending: list[list[Any]] = [root] if isinstance(root, list) else [self._holder]
        tables = 0
        while pending:
            items = pending.pop()
            values = [pair[1] for pair in items] if isinstance(items, Pairs) else items
            if isinstance(items, Pairs):
                yield from map(_line, items)
                rows: list[list[Slot | None]] = [
                    [_cell(Place(part="json"), pair, at) for pair in items] for at in (0, 1)
                ]
                yield Table(rows, spoken=True, torn=True)
            else:
                tables += 1
                check_rows(self.source, len(items), self.limits)
                yield _spelled(items) or _table(items, str(tables))
                # The pairs of its objects are the cells of the table.
                values = [
                    inner
                    for item in items
                    for inner in ([pair[1] for pair in item] if isinstance(item, Pairs) else [item])
                ]
            pending += [value for value in reversed(values) if isinstance(value, list)]

    def whole(self) -> Iterator[Slot]:
        """整个文件 — the text as it was given: what stands between the values too."""
        yield shown(Place(Layer.PART, part="json"), self._given, sure=True)

    def lost(self) -> Iterator[Sentence]:
        """副本里不保留的 — notes and programs beside the values."""
        if self._notes:
            yield Sentence("JSON 里的注释和程序 {count} 处", {"count": len(self._notes)})

    def strip(self) -> None:
        """去除看不见的 — the values are all there is."""

    def save(self) -> bytes:
        """写出 — UTF-8, indented; of several values each in a line."""
        if self._are_lines:
            # No string of JSON holds a line end.
            lines = (_LINE_END.sub("", "".join(_written(value))) for value in self._holder[0])
            return "".join(f"{line}\n" for line in lines).encode("utf-8", "replace")
        return ("".join(_written(self._holder[0])) + "\n").encode("utf-8", "replace")


def _clean(value: Any, depth: int = 0) -> Any:
    """The values as they are printed. RecursionError for those nested beyond reason."""
    if depth > _DEEPEST:
        raise RecursionError
    if isinstance(value, Pairs):
        return Pairs([shown_signs(key), _clean(one, depth + 1)] for key, one in value)
    if isinstance(value, list):
        return [_clean(item, depth + 1) for item in value]
    return shown_signs(value) if type(value) is str else value


def _said(value: Any) -> str:
    """A value as text; empty for what holds others."""
    if isinstance(value, Number) and _POWER.search(value):
        number = Decimal(value)
        return f"{number.to_integral_value() if number == number.to_integral_value() else number:f}"
    if isinstance(value, str):
        return value
    return "" if isinstance(value, list) or value is None else str(value).lower()


def _line(pair: list[Any]) -> Slot:
    """A key and its value, read together: the one says what the other is."""
    key, value = pair[0], _said(pair[1])

    def mask(hits: list[Hit]) -> None:
        masked = overlaid(f"{key}{_BETWEEN}{value}", hits)
        pair[0] = masked[: len(key)]
        if masked[len(key) + len(_BETWEEN) :] != value:
            pair[1] = masked[len(key) + len(_BETWEEN) :]

    return Slot(Place(part="json"), f"{key}{_BETWEEN}{value}", mask)  # type: ignore[arg-type]


def _spelled(items: list[Any]) -> Slot | None:
    """A list of texts of one sign each is one word."""
    if len(items) < SHORTEST or not all(type(item) is str and len(item) == 1 for item in items):
        return None

    def write(masked: str) -> None:
        items[:] = masked

    return written(Place(part="json"), "".join(items), write)


def _cell(place: Place, holder: list[Any], at: int) -> Slot:
    return written(place, _said(holder[at]), partial(holder.__setitem__, at))


def _table(items: list[Any], number: str) -> Table:
    """Objects under the keys of them all; values in one row."""
    rows = [item for item in items if isinstance(item, Pairs)]
    if not rows:
        scalars = [at for at, item in enumerate(items) if not isinstance(item, list)]
        place = Place(grid=number, row=1)
        return Table([[_cell(place._replace(column=column), items, at) for column, at in enumerate(scalars, 1)]])
    under: dict[str, list[list[Any]]] = {}
    for row in rows:
        for pair in row:
            under.setdefault(pair[0], []).append(pair)
    columns = {key: at for at, key in enumerate(under)}
    table: list[list[Slot | None]] = [
        [
            written(Place(grid=number, row=1, column=at + 1), key, partial(_rename, under[key]))
            for key, at in columns.items()
        ]
    ]
    for at, row in enumerate(rows, 2):
        cells: list[Slot | None] = [None] * len(columns)
        for pair in row:
            cells[columns[pair[0]]] = _cell(Place(grid=number, row=at, column=columns[pair[0]] + 1), pair, 1)
        table.append(cells)
    return Table(table)


def _rename(pairs: list[list[Any]], key: str) -> None:
    for pair in pairs:
        pair[0] = key


def _written(value: Any, indent: str = "") -> Iterator[str]:
    if isinstance(value, Number):
        yield value
    elif isinstance(value, Pairs):
        inner = [[f"{json.dumps(key, ensure_ascii=False)}: ", *_written(one, f"{indent}  ")] for key, one in value]
        yield from _listed(inner, "{}", indent)
    elif isinstance(value, list):
        yield from _listed([list(_written(one, f"{indent}  ")) for one in value], "[]", indent)
    else:
        yield json.dumps(value, ensure_ascii=False)


def _listed(items: list[list[str]], marks: str, indent: str) -> Iterator[str]:
    if not items:
        yield marks
        return
    yield marks[0]
    for number, item in enumerate(items):
        yield f"{',' if number else ''}\n{indent}  "
        yield from item
    yield f"\n{indent}{marks[1]}"
