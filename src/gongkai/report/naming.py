"""数据项的叫法 — how figures are called in sentences for people: by table, row and column as the form prints them."""

from __future__ import annotations

import re
from collections import defaultdict
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


def cells(of: Form, addresses: Iterable[str], *, table: bool = True) -> str:
    """哪些格 — addresses as a reader finds them: `表三“总计”栏 21 格`, `表四“行政复议”行“总计”栏`.

    Grouped by row or by column, whichever is shorter; `table=False` leaves the table's name to the sentence.
    """
    known = names(of)
    wanted = set(addresses)
    phrases = []
    for title in TABLES.values():
        whole = [name for name in known.values() if name.table == title]
        found = [name for address, name in known.items() if name.table == title and address in wanted]
        if found:
            phrases.append((title if table else "") + ("全部各格" if found == whole else _grouped(found, whole)))
    return "；".join(phrases)


def _grouped(found: list[Name], whole: list[Name]) -> str:
    rows, columns = _by(found, "row"), _by(found, "column")
    if len(columns) < len(rows):
        sizes = _by(whole, "column")
        return "、".join(
            _phrase(label, "栏", group, len(sizes[label])) or _quoted(name.row for name in group) + f"行“{label}”栏"
            for label, group in sorted(columns.items(), key=lambda item: list(sizes).index(item[0]))
        )
    sizes = _by(whole, "row")
    return "、".join(
        _phrase(label, "行", group, len(sizes[label])) or f"“{label}”行" + _quoted(name.column for name in group) + "栏"
        for label, group in rows.items()
    )


def _phrase(label: str, kind: str, group: list[Name], size: int) -> str:
    if len(group) <= FEW:
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
