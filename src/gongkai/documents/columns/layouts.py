"""栏的声明 — what a list has: its columns, the names that offices give them, and what their cells hold."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from enum import StrEnum


class Kind(StrEnum):
    """栏的种类 — what the cells of a column hold."""

    TEXT = "text"
    DATE = "date"
    NUMBER = "number"
    CHOICE = "choice"


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Column:
    """栏 — a declared column: its name, label, kind, and other names that a head may have, the surest first.

    `choices`: words and their values, an empty value says nothing. `generic`: words that add nothing beside the
    choices that they hold, such as 法人 beside 商业企业.
    `units`: what one unit is worth; `is_whole`: nothing but whole numbers. `year_in`: the column that has the year of
    days written without one; `after`: the day that such a day is not before, so that it may be of the next year;
    `may_come`: a day that may lie ahead, as the end of a period.
    """

    name: str
    label: str
    kind: Kind = Kind.TEXT
    synonyms: tuple[str, ...] = ()
    choices: Mapping[str, str] = field(default_factory=dict)
    generic: Mapping[str, frozenset[str]] = field(default_factory=dict)
    units: Mapping[str, Decimal] = field(default_factory=dict)
    is_whole: bool = False
    year_in: str = ""
    after: str = ""
    may_come: bool = False


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Layout:
    """一种表 — the columns of one kind of list. `required`: without them it is no such list. `key`: the column that
    makes no entry alone. `groups`: words that a head over several columns may have without changing what they are."""

    name: str
    columns: tuple[Column, ...]
    required: tuple[str, ...]
    key: str
    groups: tuple[str, ...] = ()
