"""数据项的叫法 — how figures are called in sentences for people: by table, row and column as the form prints them."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from functools import cache
from typing import NamedTuple

from gongkai.report.figures import Value
from gongkai.report.form import Edition, Form, OtherHandling, form

TABLES = {"proactive": "表二", "applications": "表三", "remedies": "表四"}
# A group of this many cells or fewer is named cell by cell.
FEW = 2


class Name(NamedTuple):
    """数据项名称 — table, row and column of one figure, as the form prints them."""

    table: str
    row: str
    column: str


def names(of: Form) -> Mapping[str, Name]:
    """数据项名称 — the name of every address of a form."""
    return _names(of.edition, of.other_handling)


@cache
def _names(edition: Edition, shape: OtherHandling) -> Mapping[str, Name]:
    return {
        address: Name(TABLES[line.table], _short(f"{line.group or ''} {line.label}"), _short(column.label))
        for line in form(edition, shape).lines
        for column, address in zip(line.columns, line.addresses, strict=True)
    }


def _short(label: str) -> str:
    """A label without the instruction in brackets at its end, fit to stand in quotation marks."""
    return re.sub(r"(?<=\w)（[^（）]+）$", "", label.strip()).replace("“", "‘").replace("”", "’")


def cells(of: Form, addresses: Iterable[str], *, table: bool = True, few: int = FEW, by_row: bool = False) -> str:
    """哪些格 — addresses as a reader finds them: `表三“总计”栏 21 格`, `表四“行政复议”行“总计”栏`.

    Grouped by row or by column, whichever is shorter; `table=False` leaves the table's name to the sentence; `few`: up
    to so many cells of a row or column are named one by one;
    `by_row`: whole rows, however many.
    """
    known, places = names(of), _places(of.edition, of.other_handling)
    by_table: dict[str, list[Name]] = defaultdict(list)
    for address in sorted(set(addresses) & places.keys(), key=places.__getitem__):
        by_table[known[address].table].append(known[address])
    sizes = _sizes(of.edition, of.other_handling)
    return "；".join(
        (title if table else "")
        + ("全部各格" if len(found) == sizes[title].total() else _grouped(found, sizes, few, by_row))
        for title, found in by_table.items()
    )


@cache
def _places(edition: Edition, shape: OtherHandling) -> Mapping[str, int]:
    """The place of every address in the form."""
    return {address: place for place, address in enumerate(_names(edition, shape))}


@cache
def _sizes(edition: Edition, shape: OtherHandling) -> Mapping[str, Counter[str]]:
    """How many cells the rows of a table have, by `table`, and its columns, in their order, by `table column`."""
    sizes: dict[str, Counter[str]] = defaultdict(Counter)
    for name in _names(edition, shape).values():
        sizes[name.table][name.row] += 1
        sizes[f"{name.table} column"][name.column] += 1
    return sizes


def _grouped(found: list[Name], sizes: Mapping[str, Counter[str]], few: int, by_row: bool) -> str:
    rows, columns = _by(found, "row"), _by(found, "column")
    if len(columns) < len(rows) and not by_row:
        high = sizes[f"{found[0].table} column"]
        order = list(high)
        return "、".join(
            _phrase(label, "栏", group, high[label], few) or _quoted(name.row for name in group) + f"行“{label}”栏"
            for label, group in sorted(columns.items(), key=lambda item: order.index(item[0]))
        )
    wide = sizes[found[0].table]
    return "、".join(
        _phrase(label, "行", group, wide[label], few) or f"“{label}”行" + _quoted(name.column for name in group) + "栏"
        for label, group in rows.items()
    )


def _phrase(label: str, kind: str, group: list[Name], size: int, few: int) -> str:
    if len(group) <= FEW or (len(group) <= few and len(group) != size):
        return ""
    return f"“{label}”整{kind}" if len(group) == size else f"“{label}”{kind} {len(group)} 格"


def _quoted(labels: Iterable[str]) -> str:
    return "".join(f"“{label}”" for label in labels)


def _by(found: list[Name], part: str) -> dict[str, list[Name]]:
    groups: dict[str, list[Name]] = defaultdict(list)
    for name in found:
        groups[getattr(name, part)].append(name)
    return groups


def addition(parts: Iterable[Value], *, zeros: bool = True) -> str:
    """算式 — a sum written out: `3+0+16=19`; a blank is 0; `zeros=False` leaves zeros out of a long sum."""
    counts = [part or 0 for part in parts]
    shown = [count for count in counts if zeros or count] or [0]
    written = "+".join(f"({count})" if count < 0 and n else str(count) for n, count in enumerate(shown))
    return f"{written}={sum(counts)}" if len(shown) > 1 else written
