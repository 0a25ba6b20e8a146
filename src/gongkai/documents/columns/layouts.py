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

    `unsure`: heads that are taken and said, as the day they name may be another; `basis`: why that matters.
    `groups`: words over such a head that are of the same matter.
    `choices`: words and their values, an empty value says nothing; of numbers, words that stand for one. `generic`:
    words that hold several choices, such as 法人. `fillers`: what adds nothing to a choice. `endings`: how names end
    whose choice is certain. `alike`: choices that count as the same. `over`: of two choices, the one that counts.
    `units`: what one unit is worth; `is_whole`: nothing but whole numbers; `or_date`: a number of days, or the last of
    them. `year_in`: the column that has the year of days written without one; `after`: the day that such a day is not
    before, so that it may be of the next year; `may_come`: a day that may lie ahead, as the end of a period.
    `or_holds`: another column whose choices its cells may hold instead, under a head that offices use for both.
    """

    name: str
    label: str
    kind: Kind = Kind.TEXT
    synonyms: tuple[str, ...] = ()
    unsure: tuple[str, ...] = ()
    basis: str = ""
    groups: tuple[str, ...] = ()
    choices: Mapping[str, str] = field(default_factory=dict)
    generic: Mapping[str, frozenset[str]] = field(default_factory=dict)
    fillers: frozenset[str] = frozenset()
    endings: Mapping[str, str] = field(default_factory=dict)
    alike: Mapping[str, str] = field(default_factory=dict)
    over: Mapping[str, frozenset[str]] = field(default_factory=dict)
    units: Mapping[str, Decimal] = field(default_factory=dict)
    is_whole: bool = False
    or_date: bool = False
    year_in: str = ""
    after: str = ""
    may_come: bool = False
    or_holds: str = ""


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Layout:
    """一种表 — the columns of one kind of list. `required`: without them it is no such list; `forgiven`: one of them
    that may be lacking beside others, where the heads have one of `marks`. `spare`: those that decide no clock; where
    two heads may be theirs neither is read. `key`: the column that makes no entry alone. `groups`:
    words that a head over several columns may have without changing what they are."""

    name: str
    columns: tuple[Column, ...]
    required: tuple[str, ...]
    key: str
    groups: tuple[str, ...] = ()
    spare: tuple[str, ...] = ()
    forgiven: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    marks: tuple[str, ...] = ()

    def column(self, name: str) -> Column:
        """栏 — the declared column of a name."""
        return next(column for column in self.columns if column.name == name)
