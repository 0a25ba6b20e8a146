"""分栏 — lists in files to entries by declared columns: heads are found, cells read, wrong ones named with their place.

A layout declares its columns and the names that offices give them. Which list it is, this module does not know.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import NamedTuple

from gongkai.documents.columns.heads import ColumnsError, Matched, best_heads, hits
from gongkai.documents.columns.layouts import Column, Kind, Layout
from gongkai.documents.columns.values import (
    CellError,
    plain,
    read_choice,
    read_date,
    read_number,
    says_nothing,
    shown,
)
from gongkai.documents.document import Paragraph, View
from gongkai.documents.showing.cells import letters_of

_DITTO = frozenset({"同上", "同上行", "同前", "〃", "″", "''"})
_DITTO_MARKS = frozenset({"〃", "″", '"', "''", "“", "”", "〞"})
_TOTALS = ("合计", "总计", "小计", "共计", "累计", "本页合计")
_NOTES = ("注：", "注:", "说明：", "说明:", "填表", "制表", "审核人", "单位负责人", "填报")
_SAMPLES = ("示例", "样例", "例：", "例如", "（示例", "(示例")


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
    under heads that nobody knows. `columns`: where each declared column stands."""

    layout: str
    sheet: str
    row: int
    values: Mapping[str, object]
    merged: frozenset[str]
    wrong: tuple[Wrong, ...]
    kept: Mapping[str, str]
    columns: Mapping[str, int]


class Skipped(NamedTuple):
    """略过的行 — a row that is no entry: `total`, `sample`, `note` or `bare` (nothing but its number)."""

    sheet: str
    row: int
    why: str


@dataclass(slots=True)
class Reading:
    """读到的 — entries in order, the heads found, what was skipped, sheets without a list and hidden ones, texts
    over the heads."""

    entries: list[Entry] = field(default_factory=list)
    heads: list[Matched] = field(default_factory=list)
    skipped: list[Skipped] = field(default_factory=list)
    unread: list[str] = field(default_factory=list)
    hidden: list[str] = field(default_factory=list)
    titles: list[str] = field(default_factory=list)


Grid = list[list[str]]


class _Sheet(NamedTuple):
    name: str
    is_hidden: bool
    texts: Grid
    down: set[tuple[int, int]]


def read(view: View, layouts: Sequence[Layout], given: Mapping[str, str] | None = None) -> Reading:
    """读分栏表 — every sheet that shows. `given`: the head of a column, by its name or label.

    ColumnsError where no sheet has such a list, where two heads may be meant, or where a given head is not there.
    """
    reading = Reading()
    missing: ColumnsError | None = None
    for sheet in _sheets(view):
        if sheet.is_hidden:
            reading.hidden.append(sheet.name)
            continue
        try:
            _read_sheet(sheet, layouts, given or {}, reading)
        except ColumnsError as error:
            if error.is_fatal:
                raise
            missing = missing if missing and missing.score >= error.score else error
            reading.unread.append(sheet.name)
    if not reading.heads:
        raise missing or ColumnsError("没有表格，或者表格是空的")
    _check_given(reading, layouts, given or {})
    return reading


def _check_given(reading: Reading, layouts: Sequence[Layout], given: Mapping[str, str]) -> None:
    known = {
        word: column.name for layout in layouts for column in layout.columns for word in (column.name, column.label)
    }
    for word, head in given.items():
        if word not in known:
            raise ColumnsError(
                "没有“{name}”这一栏，可以写的有：{known}",
                name=shown(word),
                known="、".join(sorted(set(known.values()))),
            )
        if not any(
            known[word] in found.columns and plain(found.printed[known[word]]) == plain(head) for found in reading.heads
        ):
            raise ColumnsError("没有找到表头“{head}”", head=shown(head))


def _sheets(view: View) -> Iterator[_Sheet]:
    """The blocks of each sheet laid out again, row by row; a document without sheets is one."""
    starts = [*view.sheets, None] if view.sheets else [None]
    ends = [start.block if start else len(view.blocks) for start in starts[1:]] or [len(view.blocks)]
    for start, end in zip(starts, ends, strict=False):
        first = start.block if start else 0
        texts: dict[int, dict[int, str]] = {}
        down: set[tuple[int, int]] = set()
        last = 0
        for block in view.blocks[first:end]:
            if isinstance(block, Paragraph):
                last = max(last + 1, block.line or 0) if start or block.line else last + 1
                texts.setdefault(last, {})[1] = block.text
                continue
            for row in block.rows:
                last = max(last + 1, row.line or 0)
                for cell in row.cells:
                    _place(texts, down, last, cell.column, cell.columns, cell.rows, cell.text)
        width = max((max(row) for row in texts.values() if row), default=0)
        laid = [
            [texts.get(at, {}).get(column, "") for column in range(1, width + 1)]
            for at in range(1, max(texts, default=0) + 1)
        ]
        yield _Sheet(start.name if start else "", bool(start and start.is_hidden), laid, down)


def _place(
    texts: dict[int, dict[int, str]],
    down: set[tuple[int, int]],
    row: int,
    column: int,
    columns: int,
    rows: int,
    text: str,
) -> None:
    for below in range(rows):
        for right in range(columns):
            texts.setdefault(row + below, {}).setdefault(column + right, text)
            if below:
                down.add((row + below, column + right))


def _read_sheet(sheet: _Sheet, layouts: Sequence[Layout], given: Mapping[str, str], reading: Reading) -> None:
    """Rows in turn: heads may come anywhere, and again, and those of another list."""
    found: Matched | None = None
    above: dict[int, str] = {}
    nearest: ColumnsError | None = None
    at = 0
    while at < len(sheet.texts):
        heads = None
        if hits(sheet.texts[at], layouts, given) >= (2 if found else 1):
            try:
                heads = best_heads(sheet.texts, at, layouts, given, sheet.name, after_entries=found is not None)
            except ColumnsError as error:
                if error.is_fatal:
                    raise
                nearest = nearest if nearest and nearest.score >= error.score else error
        if heads:
            if found is None:
                reading.titles += [text for row in sheet.texts[:at] for text in dict.fromkeys(row) if text]
            reading.heads.append(heads)
            # 同上 under heads that are printed again means the row over them.
            above = above if found and found.columns == heads.columns else {}
            found, at = heads, heads.ends_at
        elif found and any(sheet.texts[at]):
            layout = next(each for each in layouts if each.name == found.layout)
            _read_row(sheet, at, found, layout, above, reading)
        at += 1
    if found is None:
        labels = {column.name: column.label for column in layouts[0].columns}
        names = "”“".join(labels[name] for name in layouts[0].required)
        raise nearest or ColumnsError("没有认出表头，要有“{names}”；表头若是别的写法，用 --columns 写明", names=names)


def _read_row(sheet: _Sheet, at: int, heads: Matched, layout: Layout, above: dict[int, str], reading: Reading) -> None:
    texts = sheet.texts[at]
    why = _is_no_entry(texts, heads, layout)
    if why:
        reading.skipped.append(Skipped(sheet.name, at + 1, why))
        return
    raw = {name: _same_as_above(texts[column - 1], above.get(column)) for name, column in heads.columns.items()}
    values: dict[str, object] = {}
    wrong: list[Wrong] = []
    declared = {column.name: column for column in layout.columns}
    for name in sorted(heads.columns, key=lambda each: bool(declared[each].year_in)):
        text, column = raw[name], heads.columns[name]
        try:
            if text is None:
                raise CellError("写着“同上”，上一行的这一栏却是空的，请写明")
            values[name] = _value(declared[name], text, values)
        except CellError as error:
            place = Place(sheet.name, at + 1, column)
            wrong.append(Wrong(place, declared[name].label, error.template, error.values))
        above[column] = text or ""
    reading.entries.append(
        Entry(
            layout.name,
            sheet.name,
            at + 1,
            values,
            frozenset(name for name, column in heads.columns.items() if (at + 1, column) in sheet.down),
            tuple(wrong),
            {head: texts[column - 1] for head, column in heads.unknown.items() if texts[column - 1]},
            heads.columns,
        )
    )


def _same_as_above(text: str, above: str | None) -> str | None:
    """The text itself, or that of the row above; None where that one is empty."""
    stripped = text.strip()
    if plain(stripped) in _DITTO or stripped in _DITTO_MARKS:
        return above or None
    return text


def _value(column: Column, text: str, values: Mapping[str, object]) -> object:
    if column.kind is Kind.DATE:
        year = values.get(column.year_in) if column.year_in else None
        return read_date(text, int(year) if isinstance(year, Decimal) else None)
    if column.kind is Kind.NUMBER:
        return read_number(text, column.units)
    if column.kind is Kind.CHOICE:
        return read_choice(text, column.choices, column.generic)
    return None if says_nothing(text) else " ".join(text.split())


def _is_no_entry(texts: Sequence[str], heads: Matched, layout: Layout) -> str:
    filled = [(column, text) for column, text in enumerate(texts, 1) if text]
    first = filled[0][1].replace(" ", "").replace("\u3000", "")
    key = texts[heads.columns[layout.key] - 1] if layout.key in heads.columns else ""
    if first.startswith(_TOTALS) or key.replace(" ", "").startswith(_TOTALS):
        return "total"
    if (key or first).strip().startswith(_SAMPLES):
        return "sample"
    if first.startswith(_NOTES):
        return "note"
    known = [text for column, text in filled if column in heads.columns.values()]
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
    beside = [column for name, column in heads.columns.items() if name != layout.key and texts[column - 1]]
    return "" if beside else "bare"
