"""年报数据 — a report is a mapping from figure address to value, plus six sections of text (条例 第五十条).

Counts are `int`, money is `Decimal` in the unit of the form, a blank or absent figure is `None`. What a figure is
worth is said by its state; figures that were plainly read have none.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from enum import StrEnum

from gongkai.report.form import Edition, Form, OtherHandling, form

Value = int | Decimal | None


class State(StrEnum):
    """数据状态 — how a figure that was not plainly read came about (条例 第五十条).

    `blank` 空白: the source shows an empty cell, value None · `inferred` 推得: absent, torn or misplaced, and
    exactly one value
    satisfies every equation that it touches · `doubtful` 存疑: read, but other values stay possible, the likeliest
    given · `absent` 缺: not in the source and not inferable, value None.
    """

    BLANK = "blank"
    INFERRED = "inferred"
    DOUBTFUL = "doubtful"
    ABSENT = "absent"


@dataclass(frozen=True, slots=True)
class Place:
    """出处 — where a figure stands in its source, counted from 1, and what is printed there (interchange
    `--places`)."""

    page: int | None = None
    table: int | None = None
    row: int | None = None
    column: int | None = None
    line: int | None = None
    printed: str | None = None


@dataclass(frozen=True, slots=True)
class Section:
    """部分 — one of the six parts of a report, heading as printed, text without the statutory tables (条例
    第五十条)."""

    number: int
    heading: str
    text: str


@dataclass(frozen=True, slots=True)
class TableNote:
    """表注 — a note printed under a statutory table, such as 注：含上年度结转数量."""

    table: str
    text: str


@dataclass(frozen=True, slots=True)
class AnnualReport:
    """政府信息公开工作年度报告 — one report as read, tallied or typed (条例 第四十九条、第五十条).

    `figures` holds every address of `form`, in its order; `states` only figures that were not plainly read; `units`
    what money
    was printed in where that is not simply the form's unit (`unknown`: no unit printed, no total may add it).
    """

    source: str
    edition: Edition
    figures: Mapping[str, Value]
    agency: str | None = None
    year: int | None = None
    title: str | None = None
    preface: str = ""
    sections: tuple[Section, ...] = ()
    table_notes: tuple[TableNote, ...] = ()
    signed_on: str | None = None
    published_on: str | None = None
    states: Mapping[str, State] = field(default_factory=dict)
    units: Mapping[str, str] = field(default_factory=dict)
    places: Mapping[str, Place] = field(default_factory=dict)
    part: str | None = None

    @property
    def other_handling(self) -> OtherHandling:
        """（六）其他处理的印法 — in one row or in three, as the addresses of this report say."""
        return OtherHandling.ROW if "applications.other_handling.total" in self.figures else OtherHandling.ROWS

    @property
    def form(self) -> Form:
        """年度报告格式 — the form that this report is filled in on (条例 第五十条第二款)."""
        return form(self.edition, self.other_handling)
