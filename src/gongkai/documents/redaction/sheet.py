"""电子表格的改动 — what a workbook shows and keeps, and a new workbook made from what a reader sees (条例 第十五条).

Every cell is read as its number format shows it and as it is kept; so is every formula, link, header and part. A copy
is not the file without some parts: it is written anew by `sheet_copy`, from what is seen, with values for formulas.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from functools import partial

from gongkai.documents.document import DocumentError
from gongkai.documents.limits import check_columns, check_rows
from gongkai.documents.redaction import apart, inspecting
from gongkai.documents.redaction.editor import Editor, Picture, Slot, Table, shown, written
from gongkai.documents.redaction.places import Layer, Place, Sentence
from gongkai.documents.redaction.sheet_copy import Changes, is_written_otherwise, made_anew, shows_all
from gongkai.documents.redaction.sheet_formats import scenarios, under_conditions
from gongkai.documents.redaction.sheet_headers import printed, shown_header
from gongkai.documents.redaction.sheet_losses import hidden_things, lost_things
from gongkai.documents.redaction.sheet_parts import is_picture, may_hold, other_parts, safe, slots
from gongkai.documents.redaction.together import SameCells, in_lines, over_pages, side_by_side, turned_rows
from gongkai.documents.redaction.values import Hidden
from gongkai.documents.showing import How
from gongkai.documents.showing.cells import letters_of
from gongkai.documents.showing.drawings import drawn_on, rows_of
from gongkai.documents.showing.sheet import Shown, View, how_of, plain
from gongkai.documents.showing.workbook import Book, Page
from gongkai.text.hit import STAR, Hit, replaced

_PIECES = ("&", '"', "CONC", "JOIN")
_TEXTBOX = "文本框"
_MONEY = re.compile("[元额款费税]|资金|收入|支出|产值|预算|决算|投资|合计|总计")
_MOST_DIGITS = 17
"""That programs write at most of a number."""
_REGION, _HEADS = 6, 3
_TAG = re.compile("<[/A-Za-z][^<>]*>")
_IN_MONEY = re.compile(r"单位\s*[:：].{0,6}元")
_OF_PERSONS = re.compile("[号码机]|电话|联系|证件")


class Sheet(Editor):
    """电子表格 — xlsx (条例 第十五条)."""

    format = "xlsx"

    def _load(self, data: bytes) -> None:
        self._book = Book(self.source, data, self.limits)
        self._view = View(self._book)
        self._changes = Changes()
        self._labels = _labels(self._book.pages)
        for page in self._book.pages:
            check_rows(self.source, len(page.lines), self.limits)
            check_columns(
                self.source, len({column for line in page.lines.values() for column in line.cells}), self.limits
            )
        self._check_parts()

    def _check_parts(self) -> None:
        """Entities are refused wherever they stand."""
        for name in self._book.parts.names:
            if name.lower().endswith((".xml", ".rels", ".vml")) and not self._is_streamed(name):
                self._refuse_entities(name)

    def _is_streamed(self, name: str) -> bool:
        return name == self._book.strings_part or any(name == page.part for page in self._book.pages)

    def _refuse_entities(self, name: str) -> None:
        data = self._book.parts.data(name)
        if b"<!DOCTYPE" in data or b"<!ENTITY" in data:
            self._book.parts.parsed(name)

    def parts(self) -> Iterator[Slot | Table]:
        """文字 — sheet by sheet; then names, caches and whatever else the file carries."""
        told: list[DocumentError] = []
        grids: list[list[list[Slot | None]]] = []
        self._same = SameCells()
        names: list[Slot] = []
        for page in self._book.pages:
            if page.kind == "worksheet":
                yield from self._page(page, told, grids)
            place = Place(Layer.PART, part=self._labels[page.part])
            names.append(written(place, page.name, partial(self._changes.names.__setitem__, page.part)))
            yield names[-1]
        place = Place(Layer.CACHE, part=safe(self._book.strings_part))
        yield from over_pages(grids)
        yield from self._same.together()
        yield from side_by_side(names)
        yield from slots(place, self._book.strings.unused(), sure=False)
        yield from slots(place, self._book.strings.beside)
        yield from other_parts(self._book, told)
        self.unread += [error for error in told if str(error) not in map(str, self.unread)]

    def _page(
        self, page: Page, told: list[DocumentError], grids: list[list[list[Slot | None]]]
    ) -> Iterator[Slot | Table]:
        beside: list[Slot] = []
        grid = _Grid(page)
        self._fill(page, grid, beside, told)
        yield Table(grid.rows)
        yield from apart.in_table(grid.rows, grid.otherwise)
        yield from grid.with_days()
        yield from (one for found in grid.otherwise.values() for one in found)
        # What a formula puts together is read together.
        yield from (Table([pieces]) for pieces in grid.pieces(self._view))
        yield from beside
        yield from turned_rows(grid.rows)
        self._same.add(grid.rows)
        grids.append([grid.rows[at] for at in (0, -1)[: len(grid.rows)]])
        label = self._labels[page.part]
        for link in page.links:
            place = Place(Layer.LINK, grid=label, row=link.area.top, column=link.area.left)
            yield written(place, link.target, partial(self._unlink, (page.part, link.area.top, link.area.left)))
            yield from slots(place, list(link.beside), sure=False)
        for header in page.headers:
            key = (page.part, header.part)
            place = Place(Layer.HEADER if header.is_shown else Layer.HIDDEN, grid=label, part=header.part)
            yield from self._header(place, key, shown_header(header.text))
            yield from slots(place, [header.text])
        boxes: list[tuple[int, int, Slot]] = []
        for at, drawn in enumerate(drawn_on(self._book.parts, page)):
            if drawn.text:
                place = Place(Layer.HIDDEN if drawn.is_hidden else Layer.BODY, grid=label, part=_TEXTBOX)
                slot = written(place, drawn.text, partial(self._changes.boxes.__setitem__, (page.part, at)))
                boxes.append((drawn.start.row, drawn.start.column, slot))
                yield slot
        yield from in_lines(boxes)
        told_apart = {text for link in page.links for text in link.beside} | {header.text for header in page.headers}
        beside_cells = [text for text in page.beside if text not in told_apart]
        yield from slots(Place(Layer.CACHE, grid=label, part=safe(page.part)), beside_cells)
        yield from under_conditions(self._view, page, Place(Layer.BODY, grid=label), told)
        yield from scenarios(page, label)

    def _header(self, place: Place, key: tuple[str, str], sides: dict[str, str]) -> Iterator[Slot]:
        """Left, center and right, each as it stands; then as pages print them, one after the other."""
        slots_of = {
            side: Slot(place, text, partial(self._mask_header, (*key, side), text)) for side, text in sides.items()
        }
        yield from slots_of.values()
        yield from printed(slots_of)

    def _mask_header(self, key: tuple[str, str, str], text: str, hits: Sequence[Hit]) -> None:
        self._changes.headers[key] = replaced(self._changes.headers.get(key, text), hits)

    def _unlink(self, key: tuple[str, int, int], _: str) -> None:
        self._changes.links.add(key)

    def _fill(self, page: Page, grid: _Grid, beside: list[Slot], told: list[DocumentError]) -> None:
        label = self._labels[page.part]
        open_cells: list[Shown] = []
        heads = _Heads()
        for row, cells in self._view.rows(page):
            line, line_of = grid.line(row), page.lines[row].cells
            for one in cells:
                place = Place(Layer.HIDDEN if one.how is How.HIDDEN else Layer.BODY, "", label, row, one.column)
                line[grid.places[one.column]] = slot = self._cell(page, one, place)
                if not isinstance(one.cell.value, str) and (without := list(_without_marks(slot, one))):
                    grid.otherwise[id(slot)] = without
                if one.cell.kind == "n" and (day := self._view.day(one)):
                    grid.days[id(slot)] = Slot(place, day, partial(_mask_day, slot))
                if _TAG.search(one.text):
                    # A page that shows the cell takes its tags for tags.
                    beside.append(replace(self._cell(page, one, place), markup=True, sure=True))
                if one.cell.text != one.text or one.seen != one.text or line_of[one.column].formula:
                    beside += self._behind(page, one, place, is_amount=heads.say_money(one.column))
                heads.take(one)
                if not one.is_sure:
                    open_cells.append(one)
        grid.fill_merged()
        if open_cells:
            told.append(self._not_worked_out(label, open_cells))

    def _cell(self, page: Page, one: Shown, place: Place) -> Slot:
        key = (page.part, one.row, one.column)
        text = self._changes.texts.get(key, one.text)
        return Slot(place, text, _Mask(self._changes.texts, key, text))

    def _behind(self, page: Page, one: Shown, place: Place, *, is_amount: bool) -> Iterator[Slot]:
        """What is kept behind a cell: the number as written, its formula, and what the formula comes to."""
        cell = page.lines[one.row].cells[one.column]
        key = (page.part, one.row, one.column)
        if cell.kind == "n" and cell.value != one.text and key not in self._changes.texts:
            # What stands behind the point of a number that was worked out is like any number.
            raw = plain(cell.text).partition(".")[0]
            if is_written_otherwise(raw, one) and not is_amount:
                yield Slot(place, raw, partial(self._mask_kept, key, one.text, raw), sure=True)
            written_digits = sum(map(str.isdecimal, cell.text.upper().partition("E")[0].lstrip("-0.")))
            if cell.text != raw and written_digits > _MOST_DIGITS:
                yield Slot(place, cell.text, partial(self._mask_kept, key, one.text, raw), sure=True)
        seen = one.seen if isinstance(one.seen, str) else "".join(piece.text for piece in one.seen)
        if seen and seen != one.text and key not in self._changes.texts:
            yield Slot(place, seen, partial(self._mask_seen, key, seen))
        if cell.formula:
            kept = place._replace(layer=Layer.CACHE)
            if may_hold(cell.formula):
                yield shown(kept, cell.formula, sure=True)
            if any(sign in cell.formula for sign in _PIECES):
                result, _ = self._view.result(page, cell.formula)
                if isinstance(result, str) and result != one.text:
                    yield shown(kept, result, sure=True)

    def _mask_kept(self, key: tuple[str, int, int], text: str, raw: str, hits: Sequence[Hit]) -> None:
        """A number that a cell keeps goes into a copy masked where the cell shows all of it, else as it is shown."""
        self._changes.texts.setdefault(key, replaced(raw, hits) if shows_all(text, raw) else text)

    def _mask_seen(self, key: tuple[str, int, int], text: str, hits: Sequence[Hit]) -> None:
        self._changes.seen[key] = replaced(text, hits)

    def _not_worked_out(self, label: str, cells: list[Shown]) -> DocumentError:
        return DocumentError(
            self.source,
            "{file}：表“{grid}”有 {count} 格的公式或数字格式算不出结果（第一处在 {cell}），没有检查。"
            "请用表格软件打开、重新计算并保存，再试",
            file=self.source,
            grid=label,
            count=len(cells),
            cell=f"{letters_of(cells[0].column)}{cells[0].row}",
        )

    def pictures(self) -> Iterator[Picture]:
        """图片 — every one of the file, on a sheet or not."""
        put = self._changes.pictures.__setitem__
        for name in self._book.parts.names:
            if is_picture(self._book.parts, name):
                yield Picture(Place(Layer.PICTURE, part=safe(name)), self._picture(name), partial(put, name))
        rows = [row for page in self._book.pages for row in rows_of(list(drawn_on(self._book.parts, page)))]
        rows = [row for row in rows if all(one.part in self._book.parts.names for one in row)]
        if rows:
            tools = inspecting.module(self.source, "picture_rows")
            yield from tools.laid_pictures(self.source, rows, self._picture, put)

    def _picture(self, name: str) -> bytes:
        return self._changes.pictures.get(name) or self._book.parts.data(name)

    def hidden(self) -> Iterator[Hidden]:
        """看不见的东西 — sheets, rows, columns, cells, comments, caches, properties."""
        return hidden_things(self._book, self._view, self._labels)

    def lost(self) -> Iterator[Sentence]:
        """副本里不保留的 — charts, shapes, controls, and pictures that cannot be carried over."""
        return lost_things(self._book, self._view, self._labels)

    def drop(self, columns: Iterable[tuple[str, int]]) -> None:
        """删列 — of sheets by their names; they go together with the hidden ones."""
        for label, column in columns:
            for page in self._book.pages:
                if self._labels[page.part] == label:
                    self._changes.columns[page.part].add(column)

    def strip(self) -> None:
        """去除看不见的 — nothing to do: a copy is made from what is seen."""

    def save(self) -> bytes:
        """写出 — a new workbook; the same changes give the same bytes (条例 第十五条)."""
        return made_anew(self._book, self._view, self._changes)


def _without_marks(slot: Slot, one: Shown) -> Iterator[Slot]:
    """A cell without its raised or struck pieces; one that nobody sees is left out as what is struck."""
    pieces = () if isinstance(one.cell.value, str) else one.cell.value
    ways = [
        (piece.text, How.STRUCK if at in one.unseen else how_of(piece.font or one.style.font))
        for at, piece in enumerate(pieces)
    ]
    if "".join(text for text, _ in ways) == slot.text:
        yield from apart.readings(slot, ways)


def _mask_day(slot: Slot, hits: Sequence[Hit]) -> None:
    size = len(slot.text)
    slot.mask([hit._replace(start=0, end=size, text=slot.text, mask=STAR * size) for hit in hits[:1]])


class _Heads:
    """The words over the columns of a page, as it is read from above: whether they say that a number counts money."""

    def __init__(self) -> None:
        self._over: dict[int, str] = {}
        self._in_money = False

    def take(self, one: Shown) -> None:
        """A text stands over all numbers that follow in its column; dashes and the like say nothing."""
        if one.cell.kind == "s" and any(map(str.isalpha, one.text)):
            self._over[one.column] = one.text
            self._in_money = self._in_money or _IN_MONEY.search(one.text) is not None

    def say_money(self, column: int) -> bool:
        over = self._over.get(column, "")
        return _MONEY.search(over) is not None or (self._in_money and not _OF_PERSONS.search(over))


class _Mask:
    """Writes the masked text of a cell. A class of its own, because a long list has millions of them."""

    __slots__ = ("_key", "_text", "_texts")

    def __init__(self, texts: dict[tuple[str, int, int], str], key: tuple[str, int, int], text: str) -> None:
        self._texts, self._key, self._text = texts, key, text

    def __call__(self, hits: Sequence[Hit]) -> None:
        standing = self._texts.get(self._key, self._text)
        # A cell may be masked as a part of several numbers.
        self._texts[self._key] = replaced(standing if len(standing) == len(self._text) else self._text, hits)


class _Grid:
    """The slots of a page. Rows and columns that hold nothing are left out: what stands beside them is neighbours."""

    def __init__(self, page: Page) -> None:
        self._page = page
        used = sorted({column for line in page.lines.values() for column in line.cells})
        self.places = {column: at for at, column in enumerate(used)}
        self.rows: list[list[Slot | None]] = []
        self.otherwise: dict[int, list[Slot]] = {}
        self.days: dict[int, Slot] = {}
        self._at: dict[int, int] = {}

    def with_days(self) -> Iterator[Table]:
        """Rows with a day and the first six digits of a number: the day as the eight digits of a birthday."""
        rows = [
            [self.days.get(id(slot), slot) for slot in row]
            for row in (self.rows if self.days else ())
            if any(slot and len(slot.text) == _REGION and slot.text.isdecimal() for slot in row)
        ]
        if rows:
            yield Table([*self.rows[:_HEADS], *rows], torn=True)

    def line(self, row: int) -> list[Slot | None]:
        """A new line for a row, to be filled."""
        self._at[row] = len(self.rows)
        self.rows.append([None] * len(self.places))
        return self.rows[-1]

    def slot(self, row: int, column: int) -> Slot | None:
        """The slot of a cell, None where it holds nothing."""
        at, place = self._at.get(row), self.places.get(column)
        return None if at is None or place is None else self.rows[at][place]

    def fill_merged(self) -> None:
        """The text of a merged cell stands in all places that it covers."""
        for area in self._page.merged:
            slot = self.slot(area.top, area.left)
            if slot is None or area.bottom - area.top > len(self.rows):
                continue
            for row in range(area.top, area.bottom + 1):
                line = self.rows[self._at[row]] if row in self._at else []
                for column, at in self.places.items() if line else ():
                    if area.holds(row, column) and line[at] is None:
                        line[at] = slot

    def pieces(self, view: View) -> Iterator[list[Slot | None]]:
        """For each formula that puts a long text together, the cells that it takes."""
        for line in self._page.lines.values():
            for cell in line.cells.values():
                if not cell.formula or not any(sign in cell.formula for sign in _PIECES):
                    continue
                result, places = view.result(self._page, cell.formula)
                if isinstance(result, str) and may_hold(result) and len(places) > 1:
                    yield [self.slot(*place) for place in places]


def _labels(pages: Sequence[Page]) -> dict[str, str]:
    """Names of sheets as they may be told, by their parts; no two the same."""
    labels: dict[str, str] = {}
    for page in pages:
        label = safe(page.name)
        while label in labels.values():
            label += "\u2032"
        labels[page.part] = label
    return labels
