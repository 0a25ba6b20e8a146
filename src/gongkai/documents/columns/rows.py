"""一行 — a row of a list to an entry: each cell by the kind of its column, wrong ones with their place.

Rows that are no entry are told apart: totals, samples, notes, and numbers alone.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import NamedTuple

from gongkai.documents.columns.heads import Matched
from gongkai.documents.columns.layouts import Column, Kind, Layout
from gongkai.documents.columns.values import (
    CellError,
    is_serial,
    plain,
    read_choice,
    read_date,
    read_number,
    read_parts,
    says_nothing,
    shown,
)
from gongkai.documents.showing.cells import letters_of
from gongkai.text.folding import squeeze

_DITTO = frozenset({"同上", "同上行", "同前", "〃", "″", "''"})
_DITTO_MARKS = frozenset({"〃", "″", '"', "''", "“", "”", "〞"})
_TOTAL = re.compile(r".{0,8}(?:合计|总计|小计|共计|累计|汇总)(?:[:(共].{0,8}|\d+件?)?|共计?\d+件.{0,8}")
_NOTES = ("注：", "注:", "说明：", "说明:", "填表", "制表", "审核人", "单位负责人", "填报")
_SAMPLE = re.compile(r"\(?(?:填[写报]?)?(?:示例|样例|范例|样表|例[如:\d]|举例|例\)?$).*")


_STRUCK = "这一格有划掉的字；这一行作废的请删去，有效的请去掉删除线"
_FROM_1904 = "“{found}”是天数，这份文件从 1904 年数起，看不出是哪一天，请写成 2026-03-05 的样子"
_AHEAD = "“{found}”读成 {day}，还早得很，请核对年份"


class Place(NamedTuple):
    """单元格的位置 — sheet, row and column, both from 1; no sheet where the file has none."""

    sheet: str
    row: int
    column: int

    @property
    def letters(self) -> str:
        """列号 — as a spreadsheet names the column: A, B, …, AA."""
        return letters_of(self.column)


@dataclass(frozen=True, slots=True)
class Wrong:
    """读不出的单元格 — where, under which head, and why (`template.format(**values)`)."""

    place: Place
    label: str
    template: str
    values: Mapping[str, object]


@dataclass(frozen=True, slots=True)
class Entry:
    """一行 — what a row of a list says. `merged`: columns whose cell reaches down from the row above. `kept`: texts
    under heads that nobody knows. `columns`: where each declared column stands. `lent`: days that have their year from
    the title."""

    layout: str
    sheet: str
    row: int
    values: Mapping[str, object]
    merged: frozenset[str]
    wrong: tuple[Wrong, ...]
    kept: Mapping[str, str]
    columns: Mapping[str, int]
    lent: tuple[str, ...] = ()


class Skipped(NamedTuple):
    """略过的行 — a row that is no entry: `total`, `sample`, `note` or `bare` (nothing but its number)."""

    sheet: str
    row: int
    why: str


class Setting(NamedTuple):
    """行的周围 — what stands around the rows of one list: its sheet, heads and layout, the year of its title, cells
    struck out, whether days are counted from 1904, and the last day that can be meant."""

    sheet: str
    heads: Matched
    layout: Layout
    down: set[tuple[int, int]]
    year: int | None
    struck: frozenset[tuple[str, int, int]]
    is_from_1904: bool
    today: date | None


def read_row(texts: Sequence[str], row: int, around: Setting, above: dict[int, str]) -> Entry | Skipped:
    """读一行 — `above`: what the rows before say in each column, for 同上; brought up to this row."""
    heads = around.heads
    if why := _is_no_entry(texts, heads, around.layout):
        return Skipped(around.sheet, row, why)
    values: dict[str, object] = {}
    wrong: list[Wrong] = []
    lent: list[str] = []
    declared = {column.name: column for column in around.layout.columns}
    for name in sorted(heads.columns, key=lambda each: bool(declared[each].year_in)):
        columns = heads.parts.get(name, (heads.columns[name],))
        raw = [_same_as_above(texts[at - 1], above.get(at)) if at else "" for at in columns]
        try:
            if struck := [part for part, at in enumerate(columns) if (around.sheet, row, at) in around.struck]:
                raise CellError(_STRUCK, part=struck[0])
            said = [text for text in raw if text is not None]
            if len(said) < len(raw):
                raise CellError("写着“同上”，上一行的这一栏却是空的，请写明", part=raw.index(None))
            values[name], is_lent = _value(declared[name], said, values, around)
            lent += [name] if is_lent else []
        except CellError as error:
            at = columns[error.part] or heads.columns[name]
            place = Place(around.sheet, row, at)
            wrong.append(Wrong(place, declared[name].label, error.template, error.values))
        above.update({at: text or "" for at, text in zip(columns, raw, strict=True) if at})
    return Entry(
        around.layout.name,
        around.sheet,
        row,
        values,
        frozenset(name for name, column in heads.columns.items() if (row, column) in around.down),
        tuple(wrong),
        {head: texts[column - 1] for head, column in heads.unknown.items() if texts[column - 1]},
        heads.columns,
        tuple(lent),
    )


def _same_as_above(text: str, above: str | None) -> str | None:
    """The text itself, or that of the row above; None where that one is empty."""
    stripped = text.strip()
    if plain(stripped) in _DITTO or stripped in _DITTO_MARKS:
        return above or None
    return text


def _value(column: Column, texts: Sequence[str], values: Mapping[str, object], around: Setting) -> tuple[object, bool]:
    """What a cell says, and whether the title lent a day its year."""
    (text, *_) = texts
    if column.kind is Kind.DATE:
        beside = values.get(column.year_in) if column.year_in else None
        return _day(texts, int(beside) if isinstance(beside, Decimal) else None, around)
    if column.kind is Kind.NUMBER:
        return read_number(text, column.units), False
    if column.kind is Kind.CHOICE:
        return read_choice(text, column.choices, column.generic), False
    return None if says_nothing(text) else " ".join(text.split()), False


def _day(texts: Sequence[str], beside: int | None, around: Setting) -> tuple[date | None, bool]:
    if around.is_from_1904 and is_serial(texts[0]):
        raise CellError(_FROM_1904, found=shown(texts[0]))

    def read(year: int | None) -> date | None:
        return read_date(texts[0], year) if len(texts) == 1 else read_parts(texts, year)

    try:
        day, is_lent = read(beside), False
    except CellError:
        if beside is not None or around.year is None:
            raise
        day, is_lent = read(around.year), True
    if day and around.today and (day > around.today if is_lent else day.year > around.today.year + 1):
        raise CellError(_AHEAD, found=shown(" ".join(texts)), day=day)
    return day, is_lent


def _is_no_entry(texts: Sequence[str], heads: Matched, layout: Layout) -> str:
    filled = [(column, text) for column, text in enumerate(texts, 1) if text]
    first = filled[0][1].replace(" ", "").replace("\u3000", "")
    key = texts[heads.columns[layout.key] - 1] if layout.key in heads.columns else ""
    if _TOTAL.fullmatch(squeeze(key or first)):
        return "total"
    if _SAMPLE.fullmatch(squeeze(key or first)):
        return "sample"
    if first.startswith(_NOTES):
        return "note"
    taken = {*heads.columns.values(), *(at for columns in heads.parts.values() for at in columns)}
    known = [text for column, text in filled if column in taken]
    if (
        len({text for _, text in filled}) == 1
        and len(first) > 1
        and (len(filled) > 1 or not known or filled[0][0] == 1)
    ):
        return (
            "bare"
            if len(filled) == 1 and first == key and len(first) <= 20 and any(map(str.isdigit, first))
            else "note"
        )
    beside = [column for column in taken - {heads.columns.get(layout.key)} if column and texts[column - 1]]
    return "" if beside else "bare"
