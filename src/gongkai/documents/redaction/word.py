"""Word 文档的改动 — all that a docx shows or holds is read; a copy is made anew of what it shows (条例 第十五条)."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import partial
from itertools import count, pairwise

from lxml import etree

from gongkai.documents.document import DocumentError
from gongkai.documents.redaction import (
    fragments,
    inspecting,
    word_copy,
    word_counted,
    word_rows,
    word_unseen,
    word_views,
)
from gongkai.documents.redaction.editor import Editor, Picture, Piece, Slot, Table, shown, slot_of
from gongkai.documents.redaction.package import Package
from gongkai.documents.redaction.places import Layer, Place, Sentence
from gongkai.documents.redaction.together import counted, one_below_another
from gongkai.documents.redaction.values import Hidden
from gongkai.documents.redaction.word_parts import Parts, StoryPart
from gongkai.documents.redaction.word_tables import Cell, cells_of, drop_column, is_in_cell, lines_of, runs_left
from gongkai.documents.redaction.word_unseen import Remarks, label, without_hits
from gongkai.documents.showing import Why
from gongkai.documents.showing.word import CODES, Atom, drawn_words
from gongkai.documents.showing.word_boxes import Box, boxes, orders
from gongkai.documents.word_numbering import Numbering, attribute, local
from gongkai.text.hit import Hit

_SMALL_BOX, _LEAST_DIGITS = 3, 11
_UNIT = re.compile(r"单位\s*[:：]\s*(?:人民币)?[百千万亿]{0,2}元")
_TURNS = re.compile("[\u202a-\u202e\u2066-\u2069]")
_HIDDEN = {
    Why.RUN: "隐藏的文字 {count} 处",
    Why.STYLE: "样式里设为隐藏的文字 {count} 处",
    Why.ROW: "隐藏的表格行里的文字 {count} 处",
    Why.SIZE: "字号、行高或边框小到看不见的文字 {count} 处",
    Why.COLOUR: "与底色相同的文字 {count} 处",
    Why.OFF_PAGE: "页面以外的文字 {count} 处",
    Why.UNUSED: "没有用到、页面上不显示的文字 {count} 处",
}


class Word(Editor):
    """Word 文档."""

    format = "docx"

    def _load(self, data: bytes) -> None:
        package = Package(self.source, data, self.limits)
        self._remarks = Remarks(package)
        self._parts = Parts(self.source, package, self.limits)
        self._inner = word_unseen.Inner(self, self._parts)
        self._replaced: set[str] = set()

    def parts(self) -> Iterator[Slot | Table]:
        """文字 — stories first, then files within the file, then whatever else any part holds."""
        numbering = Numbering(self._parts.numbering, self._parts.styles_root)
        ends: dict[str, list[Slot]] = {"hdr": [], "ftr": []}
        for part in self._parts.stories:
            end = ends.get(local(part.root), [])
            for one in self._story(part, numbering):
                rows = one.rows if isinstance(one, Table) else [[one]]
                end += (slot for row in rows for slot in row if slot is not None)
                yield one
        yield from fragments.in_pairs(*ends.values())
        yield from self._inner.parts()
        yield from word_unseen.parts(self._parts, self._remarks)
        for name, value in self._parts.package.properties():
            yield shown(Place(Layer.PROPERTY, part=label(name)), value)

    def _story(self, part: StoryPart, numbering: Numbering) -> Iterator[Slot | Table]:
        paragraphs, tables = count(1), count(1)
        where = Place(part.layer)
        drawn: list[str] = []
        grids: list[list[list[Slot | None]]] = []
        plain: list[tuple[Place, etree._Element]] = []
        above = ""
        for element in part.root.iter("{*}p", "{*}tbl"):
            if local(element) == "tbl":
                cells = cells_of(element, part.layer, str(next(tables)))
                made = self._table(cells, part, numbering)
                yield Table(_in_money(where, above, made.rows))
                above = ""
                yield from word_views.tables(part, cells)
                if runs_left(element):
                    yield Table([row[::-1] for row in made.rows], torn=True)
                grids.append(made.rows)
                continue
            in_cell = is_in_cell(element)
            if not in_cell:
                where = where._replace(paragraph=next(paragraphs))
            if part.story.is_twin(element):
                continue
            atoms = part.story.atoms(element)
            plain += [] if in_cell else [(where, element)]
            if not in_cell and (seen := [atom for atom in atoms if atom.is_seen and atom.run.text]):
                yield from one_below_another(grids)
                grids.clear()
                yield from _seen(where, _still(seen, part), numbering.number(element))
                above = "".join(atom.run.text for atom in seen)
            yield from _unseen(where, atoms)
            if part.story.drawn and any(map(_is_code, atoms)):
                drawn.append("".join(drawn_words(atom.run.text) if _is_code(atom) else atom.run.text for atom in atoms))
            elif drawn and any(atom.is_seen and atom.run.text.strip() for atom in atoms):
                yield _drawn(where, drawn)
        if drawn:
            yield _drawn(where, drawn)
        yield from one_below_another(grids)
        yield from word_views.paragraphs(part, plain)
        yield from word_counted.texts(self._parts, part, plain)
        yield from self._placed(part, where)

    def _placed(self, part: StoryPart, where: Place) -> Iterator[Slot]:
        """Boxes in the order of their places; many small ones of which the places are not known are told as unread."""
        found = boxes(part.story)
        for lines in orders(found):
            yield slot_of(where, [piece for line in lines for piece in _in_boxes(line, part)], sure=True)
        small = [text for box in found if not box.is_placed and len(text := _text(box, part)) <= _SMALL_BOX]
        if sum(sign.isnumeric() for text in small for sign in text) >= _LEAST_DIGITS:
            self._tell(
                "{file}：一个个定位的小框里有数字（{count} 个框），次序读不准，没有检查。请把它们改成一段文字再试",
                len(small),
            )
        if rows := word_rows.rows_of_signs(part):
            self._tell("{file}：有 {count} 排图形字体的符号，看不出写的是什么，没有检查。请改成普通的文字再试", rows)

    def _tell(self, template: str, count: int) -> None:
        error = DocumentError(self.source, template, file=self.source, count=count)
        if str(error) not in map(str, self.unread):
            self.unread.append(error)

    def _table(self, cells: Sequence[Sequence[Cell | None]], part: StoryPart, numbering: Numbering) -> Table:
        rows: list[list[Slot | None]] = []
        made: dict[Cell, Slot] = {}
        for row in cells:
            new = [cell for cell in dict.fromkeys(row) if cell and cell not in made]
            made |= {cell: self._cell(cell[1], cell[0], part, numbering) for cell in new}
            rows.append([made.get(cell) if cell else None for cell in row])
        return Table(rows)

    def _cell(self, cell: etree._Element, place: Place, part: StoryPart, numbering: Numbering) -> Slot:
        """The paragraphs of a cell as one text; of a hidden cell what it would show."""
        why = part.story.why(cell)
        if why is not None:
            place = place._replace(layer=Layer.TRACKED if why is Why.DELETED else Layer.HIDDEN)
        lines: list[list[Atom | str]] = []
        before: list[str] = []
        for element in lines_of(cell):
            atoms = part.story.atoms(element)
            kept = [atom for atom in atoms if (atom.is_seen or why is not None) and not _is_code(atom)]
            lines.append(_still(kept, part))
            before.append(numbering.number(element) if any(atom.run.text for atom in kept) else "")
        return _slot(place, _joined(lines, before))

    def pictures(self) -> Iterator[Picture]:
        """图片 — those that are made of dots, wherever they are kept."""
        data = self._parts.package.data
        for name in word_unseen.pictures(self._parts):
            yield Picture(Place(Layer.PICTURE, part=label(name)), data(name), partial(self._put, name))
        yield from self._inner.pictures()
        if rows := list(word_rows.rows(self._parts)):
            yield from inspecting.module(self.source, "picture_rows").laid_pictures(self.source, rows, data, self._put)

    def _put(self, name: str, data: bytes) -> None:
        self._parts.package.put(name, data)
        self._replaced.add(name)

    def hidden(self) -> Iterator[Hidden]:
        """看不见的东西 — properties, comments, tracked changes, unseen text, parts that no page shows."""
        for name, value in self._parts.package.properties(personal=True):
            values: dict[str, object] = {"name": label(name), "value": without_hits(value)}
            yield Hidden(Place(Layer.PROPERTY, part=label(name)), Sentence("文件属性 {name}：{value}", values))
        for part in self._parts.stories:
            yield from _hidden_in(part)
        if fonts := word_unseen.fonts(self._parts):
            sentence = Sentence(
                "嵌入的字体 {count} 个：没有它们，文字可能是别的样子。请对照打印件看一遍", {"count": fonts}
            )
            yield Hidden(Place(Layer.PART, part="word"), sentence)
        for name, amount in self._remarks.amounts():
            yield Hidden(
                Place(Layer.PART, part=label(name)),
                Sentence("文件代码里的注释 {count} 处，页面上看不到", {"count": amount}),
            )
        for name in self._parts.package.names:
            if self._parts.is_telltale(name):
                values = {"name": label(name)}
                yield Hidden(Place(Layer.ATTACHMENT, part=label(name)), Sentence("页面上看不到的部件：{name}", values))
        yield from self._inner.hidden()

    def lost(self) -> Iterator[Sentence]:
        """副本里不保留的 — what a reader sees and a copy has as text alone, or not at all."""
        yield from word_copy.lost(self._parts, self._inner.is_read)

    def drop(self, columns: Iterable[tuple[str, int]]) -> None:
        """删列 — of tables of the body, numbered as places name them."""
        wanted = sorted(columns, key=lambda column: (column[0], -column[1]))
        root = self._parts.package.root(self._parts.main)
        tables = {str(number): table for number, table in enumerate(root.iter("{*}tbl"), 1)}
        for grid, column in wanted:
            if grid in tables:
                drop_column(tables[grid], column)

    def strip(self) -> None:
        """去除看不见的 — nothing to do: `save` takes over only what is seen."""

    def save(self) -> bytes:
        """写出 — a new package (条例 第十五条)."""
        return word_copy.made(self._parts, self._inner.blocks, self._replaced)


def _in_boxes(line: Sequence[Box], part: StoryPart) -> Iterator[Piece]:
    for box in line:
        yield from map(_piece, _still(_of_box(box, part), part))
    yield Piece(None, "", "\n")


def _of_box(box: Box, part: StoryPart) -> list[Atom]:
    return [atom for line in box.lines for atom in part.story.atoms(line) if atom.is_seen and atom.run.text.strip()]


def _text(box: Box, part: StoryPart) -> str:
    return "".join(atom.run.text for atom in _of_box(box, part)).strip()


def _drawn(place: Place, lines: list[str]) -> Slot:
    """What codes draw in paragraphs that follow each other, as one text; the lines are used up."""
    text = ("" if max(map(len, lines)) == 1 else "\n").join(lines)
    lines.clear()
    return shown(place, text, sure=True)


def _still(atoms: Sequence[Atom], part: StoryPart) -> list[Atom | str]:
    """Without the numbers of pages: they are others on every page, and no number goes on over them."""
    return ["\n" if atom.element in part.story.renewed else atom for atom in atoms]


def _in_money(place: Place, above: str, rows: list[list[Slot | None]]) -> list[list[Slot | None]]:
    """A table below a line that says its unit (单位：元), which stands over all columns as a title row does."""
    unit = _UNIT.search(above)
    if unit is None or not rows:
        return rows
    title: list[Slot | None] = [shown(place, unit[0])] * max(map(len, rows))
    return [title, *rows]


def _seen(place: Place, atoms: Sequence[Atom | str], number: str) -> Iterator[Slot]:
    """A paragraph with the number of its list; a number that goes on from it is looked for as well."""
    if number and number[-1].isnumeric():
        yield _slot(place, atoms)
    elif number:
        yield from counted(number, _slot(place, atoms))
    slot = _slot(place, atoms, number)
    yield slot
    if _TURNS.search(slot.text) or any(_is_turned(atom) for atom in atoms if not isinstance(atom, str)):
        yield _backwards(slot)


def _is_turned(atom: Atom) -> bool:
    return any(local(above) in ("bdo", "dir") for above in atom.element.iterancestors())


def _backwards(slot: Slot) -> Slot:
    """The same text from its end, as it is printed where the direction is turned."""

    def mask(hits: Sequence[Hit]) -> None:
        size = len(slot.text)
        turned = [hit._replace(start=size - hit.end, end=size - hit.start) for hit in hits]
        slot.mask([hit._replace(mask=None if hit.mask is None else hit.mask[::-1]) for hit in turned])

    return Slot(slot.place, slot.text[::-1], mask)


def _slot(place: Place, atoms: Sequence[Atom | str], before: str = "") -> Slot:
    """One text over many elements; signs, and numbers that Word counts, stay as they are."""
    return slot_of(place, [Piece(None, "", before), *map(_piece, atoms)])


def _piece(atom: Atom | str) -> Piece:
    if isinstance(atom, str):
        return Piece(None, "", atom)
    return Piece(atom.element if atom.where else None, atom.where, atom.run.text)


def _joined(lines: list[list[Atom | str]], before: list[str]) -> list[Atom | str]:
    atoms: list[Atom | str] = []
    for at, (line, number) in enumerate(zip(lines, before, strict=True)):
        atoms += [*(["\n"] if at else []), *([f"{number}\n" if number[-1].isnumeric() else number] if number else [])]
        atoms += line
    return atoms


def _is_code(atom: Atom) -> bool:
    return local(atom.element) in CODES


def _unseen(where: Place, atoms: Sequence[Atom]) -> Iterator[Slot]:
    """What a paragraph hides: deleted, codes of fields, the rest; and all as one where a number may go on unseen."""
    texts = [atom for atom in atoms if atom.run.text]
    for layer, holds in _KINDS:
        if found := [atom for atom in texts if holds(atom)]:
            yield _slot(where._replace(layer=layer, part="word"), found)
    if any(_goes_on(one, other) for one, other in pairwise(texts) if one.is_seen != other.is_seen):
        yield _slot(where._replace(layer=Layer.HIDDEN), [atom for atom in texts if not _is_code(atom)])


_KINDS: tuple[tuple[Layer, Callable[[Atom], bool]], ...] = (
    (Layer.TRACKED, lambda atom: atom.run.why is Why.DELETED and not _is_code(atom)),
    (Layer.HIDDEN, lambda atom: not atom.is_seen and atom.run.why is not Why.DELETED and not _is_code(atom)),
    (Layer.LINK, _is_code),
)


def _goes_on(one: Atom, other: Atom) -> bool:
    signs = (one.run.text[-1], other.run.text[0])
    return not any(sign.isalpha() and not sign.isnumeric() and sign not in "Xx" for sign in signs)


def _hidden_in(part: StoryPart) -> Iterator[Hidden]:
    name = label(part.name)
    if part.layer is Layer.COMMENT:
        comments = sum(1 for _ in part.root.iter("{*}comment"))
        if comments:
            yield Hidden(Place(Layer.COMMENT, part=name), Sentence("批注 {count} 条", {"count": comments}))
        return
    counted: Counter[Why] = Counter()
    for element in part.root.iter("{*}p"):
        if not part.story.is_twin(element):
            found = (atom for atom in part.story.atoms(element) if atom.run.text.strip() and not _is_code(atom))
            counted.update({atom.run.why for atom in found if atom.run.why is not None})
    changes = sum(
        1 for element in part.root.iter("{*}del", "{*}moveFrom", "{*}ins", "{*}moveTo") if attribute(element, "author")
    )
    deleted = counted.pop(Why.DELETED, 0)
    if changes or deleted:
        amount = changes or deleted
        yield Hidden(Place(Layer.TRACKED, part=name), Sentence("修订记录 {count} 处", {"count": amount}))
    for why, amount in counted.items():
        yield Hidden(Place(Layer.HIDDEN, part=name), Sentence(_HIDDEN[why], {"count": amount}))
