"""年度报告格式 — the statutory form as data: tables, rows, columns, equations of one edition (条例 第五十条第二款).

A form is read from `forms/*.toml`. Because some reports print （六）其他处理 in one row and others in three, a form
is taken
in one of two shapes; the shape decides which addresses the report has (interchange: 200, 186 or 198 figures).
"""

from __future__ import annotations

import tomllib
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from functools import cache, cached_property
from importlib.resources import files
from operator import itemgetter
from typing import Any

Taker = Callable[[Mapping[str, int | Decimal]], Iterable[int | Decimal]]


class Edition(StrEnum):
    """格式版本 — the two editions of the statutory form (国办公开办函〔2019〕60号；国办公开办函〔2021〕30号)."""

    E2019 = "2019"
    E2021 = "2021"


class OtherHandling(StrEnum):
    """（六）其他处理的印法 — printed in three rows (2021) or in one (2019, and some 2021 reports)."""

    ROWS = "rows"
    ROW = "row"


@dataclass(frozen=True, slots=True)
class Column:
    """栏 — one column of a table. `keys`: words by which a torn or shortened heading is known; `unit`: of money."""

    id: str
    label: str
    keys: tuple[str, ...] = ()
    unit: str | None = None
    signed: bool = False


@dataclass(frozen=True)
class Line:
    """项 — one row of a table. `group`: the heading over it, such as （三）不予公开; `result`: counted in
    （七）总计."""

    table: str
    id: str
    label: str
    columns: tuple[Column, ...]
    keys: tuple[str, ...] = ()
    group: str | None = None
    item: str | None = None
    result: bool = False

    @cached_property
    def addresses(self) -> tuple[str, ...]:
        """地址 — the addresses of the row's figures, left to right (interchange: `table.row.column`)."""
        return tuple(f"{self.table}.{self.id}.{column.id}" for column in self.columns)

    @cached_property
    def is_money(self) -> bool:
        """金额 — whether any of the row's figures is an amount of money."""
        return any(column.unit for column in self.columns)


@dataclass(frozen=True)
class Equation:
    """勾稽关系 — sum of `left` = sum of `right`, over addresses; `scope` is the row or column it speaks of."""

    id: str
    scope: str
    left: tuple[str, ...]
    right: tuple[str, ...]

    def is_met(self, values: Mapping[str, int | Decimal]) -> bool:
        """勾稽成立 — whether the sums are equal, where every figure is a number."""
        return sum(self._left(values)) == sum(self._right(values))

    @cached_property
    def _left(self) -> Taker:
        return _taker(self.left)

    @cached_property
    def _right(self) -> Taker:
        return _taker(self.right)


def _taker(addresses: tuple[str, ...]) -> Taker:
    """What takes the values of several addresses at once."""
    if len(addresses) > 1:
        return itemgetter(*addresses)
    return lambda values: [values[address] for address in addresses]


@dataclass(frozen=True)
class Form:
    """年度报告格式 — one edition in one shape: lines in printed order, addresses, equations (条例 第五十条第二款)."""

    edition: Edition
    other_handling: OtherHandling
    document: str
    provision: str
    title: str
    headings: tuple[str, ...]
    other_headings: frozenset[str]
    marks: tuple[str, ...]
    lines: tuple[Line, ...]
    equations: tuple[Equation, ...]
    addresses: tuple[str, ...]
    money: Mapping[str, str]

    def table(self, name: str) -> tuple[Line, ...]:
        """表 — the lines of one table: `proactive` 表二, `applications` 表三, `remedies` 表四."""
        return self._tables[name][0]

    def sums(self, name: str) -> tuple[Equation, ...]:
        """勾稽关系 — the equations of one table; 表二 has none."""
        return self._tables[name][1]

    def addresses_of(self, name: str) -> tuple[str, ...]:
        """地址 — the addresses of one table, in printed order."""
        return self._tables[name][2]

    @cached_property
    def _tables(self) -> dict[str, tuple[tuple[Line, ...], tuple[Equation, ...], tuple[str, ...]]]:
        return {
            name: (
                tuple(line for line in self.lines if line.table == name),
                tuple(equation for equation in self.equations if equation.id.startswith(f"{name}.")),
                tuple(address for address in self.addresses if address.startswith(f"{name}.")),
            )
            for name in ("proactive", "applications", "remedies")
        }


@cache
def form(edition: Edition | str, other_handling: OtherHandling | str = OtherHandling.ROWS) -> Form:
    """年度报告格式 — the form of an edition. `other_handling`: how （六）其他处理 is printed. ValueError for an
    unknown edition.

    The 2019 edition has only the shape `row`, unless a report mixes both editions and prints three.
    """
    edition, shape = Edition(edition), OtherHandling(other_handling)
    data = tomllib.loads((files(__package__) / "forms" / f"{edition}.toml").read_text(encoding="utf-8"))
    lines = (*_proactive(data), *_applications(data, shape), *_remedies(data))
    return Form(
        edition=edition,
        other_handling=shape,
        document=data["document"],
        provision=data["provision"],
        title=data["title"],
        headings=tuple(data["headings"]),
        other_headings=frozenset(data.get("other_headings", ())),
        marks=tuple(data["marks"]),
        lines=lines,
        equations=tuple(_equations(data["equations"], lines)),
        addresses=tuple(address for line in lines for address in line.addresses),
        money={
            f"{line.table}.{line.id}.{column.id}": column.unit
            for line in lines
            for column in line.columns
            if column.unit
        },
    )


def _columns(data: list[dict[str, Any]]) -> tuple[Column, ...]:
    return tuple(
        Column(c["id"], c["label"], tuple(c.get("keys", ())), c.get("unit"), c.get("signed", False)) for c in data
    )


def _proactive(data: dict[str, Any]) -> list[Line]:
    return [
        Line("proactive", row["id"], row["label"], columns, tuple(row["keys"]), item=block["item"])
        for block in data["proactive"]
        for columns in [_columns(block["columns"])]
        for row in block["rows"]
    ]


def _applications(data: dict[str, Any], shape: OtherHandling) -> list[Line]:
    table = data["applications"]
    columns = _columns(table["columns"])
    return [
        Line(
            "applications",
            row["id"],
            row["label"],
            columns,
            tuple(row["keys"]),
            row.get("group"),
            result=row.get("result", False),
        )
        for row in table["rows"]
        if row.get("shape", shape) == shape
    ]


def _remedies(data: dict[str, Any]) -> list[Line]:
    table = data["remedies"]
    columns = _columns(table["columns"])
    return [Line("remedies", row["id"], row["label"], columns, group=row.get("group")) for row in table["rows"]]


def _equations(data: list[dict[str, Any]], lines: tuple[Line, ...]) -> list[Equation]:
    equations = []
    for equation in data:
        table = [line for line in lines if line.table == equation["id"].split(".")[0]]
        results = [line.id for line in table if line.result]
        scopes = [line.id for line in table] if equation["over"] == "rows" else [c.id for c in table[0].columns]
        for scope in scopes:
            left, right = (
                tuple(
                    expanded.format(scope)
                    for pattern in equation[side]
                    for expanded in (
                        [pattern.replace("@results", row) for row in results] if "@results" in pattern else [pattern]
                    )
                )
                for side in ("left", "right")
            )
            equations.append(Equation(equation["id"], scope, left, right))
    return equations
