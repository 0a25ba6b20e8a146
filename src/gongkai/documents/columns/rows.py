"""一行 — a row of a list to an entry: each cell by the kind of its column, wrong ones with their place.

Rows that are no entry are told apart: totals, samples, notes, and numbers alone.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import NamedTuple

from gongkai.documents.columns.heads import Matched
from gongkai.documents.columns.layouts import Column, Kind, Layout
from gongkai.documents.columns.looks import Looks
from gongkai.documents.columns.numbers import read_number
from gongkai.documents.columns.spread import read_ticks
from gongkai.documents.columns.values import (
    AheadError,
    CellError,
    check_order,
    is_serial,
    plain,
    read_date,
    read_parts,
    says_nothing,
    shown,
    with_month,
)
from gongkai.documents.columns.words import read_choice
from gongkai.documents.columns.years import Year
from gongkai.documents.showing.cells import letters_of
from gongkai.text.folding import fold, squeeze

_DITTO = frozenset({"同上", "同上行", "同前", "〃", "″", "''"})
_DITTO_MARKS = frozenset({"〃", "″", '"', "''", "“", "”", "〞"})
_TOTAL = re.compile(r".{0,8}(?:合计|总计|小计|共计|累计|汇总)(?:[:(共].{0,8}|\d+件?)?|共计?\d+件.{0,8}")
_REMARK = re.compile(r"(?:备注|附注|注|说明)[:：]?")
_NOTES = ("注：", "注:", "说明：", "说明:", "填表", "制表", "审核人", "单位负责人", "填报")
_SAMPLE = re.compile(r"\(?(?:填[写报]?)?(?:示例|样例|范例|样表|例[如:\d]|举例|例\)?$).*")

_SAMPLE_WITHIN = re.compile(r"[样示范]例|样表|填[写表报]说明|举例")
"""编号里写着样例 — a number that says so is none: 2026-001（样例）."""

_LIKE_A_NUMBER = re.compile(r"(?=.*\d)(?!上).{0,19}[\da-z号]", re.IGNORECASE)
"""A number alone: 二、延期答复（3件） and 2025年结转 are words."""

_UNTIL = re.compile(r"^(?:至|到|截止|截至|于)+|(?:前|之前|以前|止|为止|截止|届满)+$")
_LIKE_A_DAY = re.compile(r"[月./-]")
_DAYS = "“{found}”不是工作日数，也不是日期，请写成 10 或者 2026-03-05 的样子"
_FROM_1904 = "“{found}”是天数，这份文件从 1904 年数起，看不出是哪一天，请写成 2026-03-05 的样子"
_AHEAD = "“{found}”是 {day}，在 {today} 以后，还没有发生，请核对"
_MAYBE_A_CASE = "写着“{found}”，看不出是一件，还是示例、合计、说明；是一件的请写编号，不是的请删去这一行"


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
    """读不出的单元格 — where, under which head, and why (`template.format(**values)`); `is_ahead`: a day that has not
    come yet."""

    place: Place
    label: str
    template: str
    values: Mapping[str, object]
    name: str = ""
    is_ahead: bool = False


@dataclass(frozen=True, slots=True)
class Entry:
    """一行 — what a row of a list says. `merged`: columns whose cell reaches down from the row above. `kept`: texts
    under heads that nobody knows. `columns`: where each declared column stands. `lent`: days without a
    year of their own, `title` or `next` (the year after the one beside). `strays`: columns that say something and have
    no head. `beside`: all texts outside of the declared columns, by column. `unused`: heads that nobody knows, with
    their column. `remarks`: comments that hang on cells of the row, by column."""

    layout: str
    sheet: str
    row: int
    values: Mapping[str, object]
    merged: frozenset[str]
    wrong: tuple[Wrong, ...]
    kept: Mapping[str, str]
    columns: Mapping[str, int]
    lent: Mapping[str, str] = field(default_factory=dict)
    strays: tuple[int, ...] = ()
    beside: Mapping[int, str] = field(default_factory=dict)
    unused: Mapping[str, int] = field(default_factory=dict)
    remarks: Mapping[int, str] = field(default_factory=dict)
    section: str = ""


class Skipped(NamedTuple):
    """略过的行 — a row that is no entry: `total`, `sample`, `note`, `bare` (nothing but its number), or `title` over
    heads. `text`: what a note or title says; `about`: the rows of the entries that it names, as 上件 or 第1件 does."""

    sheet: str
    row: int
    why: str
    text: str = ""
    about: tuple[int, ...] = ()


class Setting(NamedTuple):
    """行的周围 — what stands around the rows of one list: its sheet, heads and layout, the year of its title, how
    its cells look, and today: what is after it has not happened. `section`: the words over this part of it."""

    sheet: str
    heads: Matched
    layout: Layout
    down: set[tuple[int, int]]
    year: Year | None
    looks: Looks
    today: date | None
    section: str = ""


def read_row(texts: Sequence[str], row: int, around: Setting, above: dict[int, str]) -> Entry | Skipped:
    """读一行 — `above`: what the rows before say in each column, for 同上; brought up to this row."""
    heads = around.heads
    why = _is_no_entry(texts, heads, around.layout)
    # A sample stands over the first case.
    is_case = why in ("total", "note") or (why == "sample" and bool(above))
    is_case = is_case and _is_whole(texts, around)
    if why and not is_case:
        text = " ".join(dict.fromkeys(" ".join(each.split()) for each in texts if each)) if why == "note" else ""
        return Skipped(around.sheet, row, why, text)
    values: dict[str, object] = {}
    wrong: list[Wrong] = []
    lent: dict[str, str] = {}
    declared = {column.name: column for column in around.layout.columns}
    for name in sorted(heads.columns, key=lambda each: (bool(declared[each].year_in), bool(declared[each].after))):
        columns = heads.cells(name)
        raw = [_same_as_above(_typed(declared[name], texts, at, around), above.get(at)) if at else "" for at in columns]
        try:
            for part, at in enumerate(columns):
                if said := around.looks.wrong.get((around.sheet, row, at)):
                    raise CellError(said[0], **said[1]).of_part(part)
            texts_read = [text for text in raw if text is not None]
            if len(texts_read) < len(raw):
                raise CellError("写着“同上”，上一行的这一栏却是空的，请写明").of_part(raw.index(None))
            values[name], how = _value(declared[name], texts_read, values, around)
            lent[name] = how
            _check_wide(name, texts, values, around)
        except CellError as error:
            at = columns[error.part] or heads.columns[name]
            place = Place(around.sheet, row, at)
            if any(each.template == error.template and not each.values for each in wrong):
                continue  # a row that is struck out is named once
            wrong.append(Wrong(place, declared[name].label, error.template, error.values, name, error.is_ahead))
        above.update({at: text or "" for at, text in zip(columns, raw, strict=True) if at})
    if is_case:
        wrong.insert(0, _maybe_a_case(texts, row, around))
    return Entry(
        around.layout.name,
        around.sheet,
        row,
        values,
        frozenset(name for name, column in heads.columns.items() if (row, column) in around.down),
        tuple(wrong),
        {head: texts[column - 1] for head, column in heads.unknown.items() if texts[column - 1]},
        heads.columns,
        {name: how for name, how in lent.items() if how},
        tuple(_strays(texts, heads)),
        dict(_beside(texts, heads)),
        heads.unknown,
        _remarks(len(texts), row, around) if around.looks.remarks else {},
        around.section,
    )


def _strays(texts: Sequence[str], heads: Matched) -> Iterator[int]:
    """Columns beside the heads; one that repeats what stands to its left is merged with it."""
    taken = {at for name in heads.columns for at in heads.cells(name)} | heads.headed
    for column, text in enumerate(texts, 1):
        if text and column not in taken and (column == 1 or texts[column - 2] != text):
            yield column


def _beside(texts: Sequence[str], heads: Matched) -> Iterator[tuple[int, str]]:
    """What stands outside of the declared columns, also where two have one head; merged cells once."""
    taken = {at for name in heads.columns for at in heads.cells(name)}
    for column, text in enumerate(texts, 1):
        is_merged = column not in heads.headed and column > 1 and texts[column - 2] == text
        if text and column not in taken and not is_merged:
            yield column, text


def _remarks(width: int, row: int, around: Setting) -> dict[int, str]:
    found = {at: around.looks.remarks.get((around.sheet, row, at), "") for at in range(1, width + 1)}
    return {at: text for at, text in found.items() if text}


def _check_wide(name: str, texts: Sequence[str], values: Mapping[str, object], around: Setting) -> None:
    """CellError where two columns have this head, and the cell beside says something else."""
    column = around.layout.column(name)
    for at in around.heads.wide.get(name, ()) if column.kind in (Kind.DATE, Kind.CHOICE) else ():
        try:
            value, _ = _value(column, [texts[at - 1]], values, around)
        except CellError:
            continue  # a remark
        if value not in (None, values[name]):
            raise CellError("这一栏有两列，旁边的 {letters} 列写的不一样，请核对", letters=letters_of(at))


def _same_as_above(text: str, above: str | None) -> str | None:
    """The text itself, or that of the row above; None where that one is empty."""
    stripped = text.strip()
    if plain(stripped) in _DITTO or stripped in _DITTO_MARKS:
        return above or None
    return text


def _typed(column: Column, texts: Sequence[str], at: int, around: Setting) -> str:
    """A cell of days; where such cells were typed as text, 3.1 is 3月1日."""
    is_typed = column.kind is Kind.DATE and (around.sheet, at) in around.looks.dotted
    return with_month(texts[at - 1]) if is_typed else texts[at - 1]


def _value(column: Column, texts: Sequence[str], values: Mapping[str, object], around: Setting) -> tuple[object, str]:
    """What a cell says; where a day has its year from, if not from itself or the column beside."""
    (text, *_) = texts
    if column.kind is Kind.DATE:
        return _day(column, texts, values, around)
    if column.kind is Kind.NUMBER:
        return _number(column, text, values, around), ""
    if ticks := around.heads.ticks.get(column.name):
        return read_ticks(tuple(ticks.values()), texts, column), ""
    if column.kind is Kind.CHOICE:
        return read_choice(text, column), ""
    return None if says_nothing(text) else " ".join(text.split()), ""


def _number(column: Column, text: str, values: Mapping[str, object], around: Setting) -> Decimal | date | None:
    """A number, or the last day of that many days where an office writes that."""
    if not column.or_date:
        return read_number(text, column)
    try:
        return read_number(text, column)
    except CellError:
        if around.looks.is_from_1904 and is_serial(text):
            raise
        try:
            return _of_year(column, [_UNTIL.sub("", text)], values, around.year)[0]
        except CellError as error:
            raise (error if _LIKE_A_DAY.search(fold(text)) else CellError(_DAYS, found=shown(text))) from None


def _day(
    column: Column, texts: Sequence[str], values: Mapping[str, object], around: Setting
) -> tuple[date | None, str]:
    if around.looks.is_from_1904 and is_serial(texts[0]):
        raise CellError(_FROM_1904, found=shown(texts[0]))
    day, how = _of_year(column, texts, values, around.year)
    if day and around.today and day > around.today and not column.may_come:
        raise AheadError(_AHEAD, found=shown(" ".join(texts)), day=day, today=around.today)
    return day, how


def _of_year(
    column: Column, texts: Sequence[str], values: Mapping[str, object], titled: Year | None
) -> tuple[date | None, str]:
    def read(year: int | None) -> date | None:
        return read_date(texts[0], year) if len(texts) == 1 else read_parts(texts, year)

    said = values.get(column.year_in)
    beside = int(said) if isinstance(said, Decimal) else None
    known = beside or (titled.year if titled else None)
    if known and len(texts) == 1:
        check_order(texts[0], known)
    try:
        return read(None), ""
    except CellError:
        if known is None:
            raise
    day, first = read(known), values.get(column.after)
    if beside and day and isinstance(first, date) and day < first:
        return read(beside + 1), "next"
    return day, "" if beside else "title"


def _is_no_entry(texts: Sequence[str], heads: Matched, layout: Layout) -> str:
    filled = [(column, text) for column, text in enumerate(texts, 1) if text]
    first = filled[0][1].replace(" ", "").replace("\u3000", "")
    key = texts[heads.columns[layout.key] - 1] if layout.key in heads.columns else ""
    if _TOTAL.fullmatch(squeeze(key or first)):
        return "total"
    if _SAMPLE.fullmatch(squeeze(key or first)) or _SAMPLE_WITHIN.search(squeeze(key)):
        return "sample"
    if first.startswith(_NOTES) or _REMARK.fullmatch(first) or _counts_columns(filled):
        return "note"
    taken = {at for name in heads.columns for at in heads.cells(name)}
    known = [text for column, text in filled if column in taken]
    if (
        len({text for _, text in filled}) == 1
        and len(first) > 1
        and (len(filled) > 1 or not known or filled[0][0] == 1)
    ):
        return (
            "bare"
            if len(filled) == 1 and plain(first) == plain(key) and _LIKE_A_NUMBER.fullmatch(squeeze(first))
            else "note"
        )
    beside = [column for column in taken - {heads.columns.get(layout.key)} if column and texts[column - 1]]
    return "" if beside else "bare"


def _is_whole(texts: Sequence[str], around: Setting) -> bool:
    """Whether a row that says that it is none has what a case must have: each required column, with its day."""
    required = [name for name in around.layout.required if name in around.heads.columns]
    return all(_says(around.layout.column(name), texts, around) for name in required)


def _says(column: Column, texts: Sequence[str], around: Setting) -> bool:
    cells = [texts[at - 1] if at else "" for at in around.heads.cells(column.name)]
    try:
        return any(cells) and (column.kind is not Kind.DATE or _of_year(column, cells, {}, around.year)[0] is not None)
    except CellError:
        return False


def _maybe_a_case(texts: Sequence[str], row: int, around: Setting) -> Wrong:
    """Why a whole row whose number is a word of samples, totals or notes is not counted, at that word."""
    name = around.layout.key
    at = around.heads.columns.get(name, 0)
    label = around.layout.column(name).label if at else ""
    if not (at and texts[at - 1]):
        at = next(column for column, text in enumerate(texts, 1) if text)
        label = ""
    return Wrong(Place(around.sheet, row, at), label, _MAYBE_A_CASE, {"found": shown(texts[at - 1])}, name)


def _counts_columns(filled: Sequence[tuple[int, str]]) -> bool:
    """A row 1, 2, 3, 4 … under the heads numbers the columns."""
    numbers = [fold(text).strip("() ") for _, text in filled]
    return (
        len(numbers) > 2
        and all(each.isdecimal() for each in numbers)
        and [*map(int, numbers)] == [*range(int(numbers[0]), int(numbers[0]) + len(numbers))]
    )
