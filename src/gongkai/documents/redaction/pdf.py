"""版式文件的改动 — every page drawn anew from the signs that a reader sees and a picture of the rest.

A box drawn over living text hides nothing, and text cannot be cut out of a content stream with certainty. So nothing of
the file is carried over: not its fonts, properties, attachments, scripts, forms and bookmarks (条例 第十五条).
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import cached_property, partial
from importlib.util import find_spec
from io import BytesIO

import pikepdf
import pypdfium2
from PIL import Image, ImageDraw

from gongkai.documents.document import DocumentError, Grid, Paragraph, Row
from gongkai.documents.limits import Deadline, check_scan_pages
from gongkai.documents.pdf import text_makers
from gongkai.documents.pdf_pages import opened
from gongkai.documents.redaction import apart, fragments, pictured
from gongkai.documents.redaction.editor import Editor, Picture, Slot, Table, shown
from gongkai.documents.redaction.pdf_copy import Link, copy_of
from gongkai.documents.redaction.pdf_drawn import Drawn
from gongkai.documents.redaction.pdf_glyphs import Fonts
from gongkai.documents.redaction.pdf_order import by_place, orders, parted, words
from gongkai.documents.redaction.pdf_page import (
    Again,
    Rest,
    again,
    are_slanted,
    dots_a_point,
    inked,
    may_be_outlined,
    may_be_written,
    placed,
    plain,
    rest,
    understood,
)
from gongkai.documents.redaction.pdf_replaced import choices, replacements
from gongkai.documents.redaction.pdf_rules import Lines, straight
from gongkai.documents.redaction.pdf_stamps import Stamps
from gongkai.documents.redaction.pdf_unseen import (
    SAID,
    Note,
    attached,
    beside_pages,
    has_patterns,
    is_layered,
    notes,
    one_by_one,
    scattered,
    without_replacements,
)
from gongkai.documents.redaction.places import Layer, Place, Sentence
from gongkai.documents.redaction.torn import Block, below, in_a_row, in_boxes, lines_of, over_pages
from gongkai.documents.redaction.values import Found, Hidden, NotSeenError
from gongkai.documents.refusals import refusal
from gongkai.documents.showing import How
from gongkai.documents.showing.pdf import UNSAID, Sign, signs
from gongkai.documents.showing.pdf_place import Box
from gongkai.text.hit import STAR, Hit
from gongkai.text.personal_data import find
from gongkai.text.personal_data.heads import spoken_words

_LITTLE = 0.05
"""Of a page: smaller pictures pass unread where no reader of pictures is installed."""
_FEW_SIGNS = 7
"""No number that is looked for has fewer."""
_SURE = 0.9


class Pdf(Editor):
    """版式文件."""

    format = "pdf"

    def _load(self, data: bytes) -> None:
        with opened(self.source, data, self.limits):
            pass
        try:
            self._file = pikepdf.open(BytesIO(data))
            self._given, self._data = data, without_replacements(self._file, data)
        except (pikepdf.PdfError, ValueError):
            raise refusal("damaged", self.source) from None
        self._black: dict[int, set[int]] = {}
        self._boxes: dict[int, list[Box]] = {}
        self._signs: list[list[Sign]] = []
        self._lines: list[Lines] = []
        self._rest: dict[int, Rest] = {}
        self._blank: set[int] = set()
        self._drawn = Drawn(self.source, self.limits)
        self._stamps = Stamps()
        deadline = Deadline(self.source, self.limits)
        with opened(self.source, self._data, self.limits) as document:
            for at in range(len(document)):
                deadline.check()
                self._read(document, at)

    def _read(self, document: pypdfium2.PdfDocument, at: int) -> None:
        page = self._page(document, at)
        found = signs(page)
        self._signs.append(found)
        self._lines.append(straight(page))
        self._drawn.take(at, page, found)
        known = understood(found)
        is_written, share = may_be_written(page, known)
        if sum(sign.text == UNSAID and sign.how is not How.HIDDEN for sign in found) >= _FEW_SIGNS:
            share = 1.0
        if (is_written := is_written or has_patterns(self._file.pages[at].obj)) or may_be_outlined(page):
            self._keep_rest(at, rest(page, known), share, is_written=is_written, slanted=are_slanted(page))
        self._stamps.take(document, at, page, found)
        page.close()

    def _keep_rest(
        self, at: int, drawn: Image.Image, share: float, *, is_written: bool = True, slanted: bool = False
    ) -> None:
        if (box := inked(drawn)) is not None:
            out = BytesIO()
            drawn.crop(box).save(out, "PNG", compress_level=1)
            self._rest[at] = Rest(out.getvalue(), share, box[:2], is_written, slanted)

    @cached_property
    def _untrue(self) -> set[int]:
        """Pages that draw other signs than their text says: each is a picture as a whole."""
        if not self.looks:
            return set()
        if find_spec("rapidocr") is None:
            told = [at for at, found in enumerate(self._signs, 1) if any(sign.how is not How.HIDDEN for sign in found)]
            self.remarks += [Found(Place(page=at), pictured.unverified(len(told))) for at in told[:1]]
            return set()
        try:
            untrue = self._drawn.untrue()
        except NotSeenError as error:
            self.unread.append(error)
            return set()
        with opened(self.source, self._data, self.limits) as document:
            for at in untrue:
                page = self._page(document, at)
                self._keep_rest(at, rest(page, ()), 1.0)
                page.close()
        return untrue

    def _page(self, document: pypdfium2.PdfDocument, at: int) -> pypdfium2.PdfPage:
        try:
            return plain(document[at])
        except pypdfium2.PdfiumError:
            raise refusal("damaged", self.source) from None

    def parts(self) -> Iterator[Slot | Table]:
        """文字 — page by page what is seen, in every order in which it can be read, and what is hidden; the rest."""
        for at, found in enumerate(self._signs):
            seen = _seen(found)
            yield from self._slots(at, Layer.BODY, seen)
            if len(seen) < len(found):
                yield from self._slots(at, Layer.HIDDEN, [sign for sign in found if sign.how is How.HIDDEN])
        for at, found in enumerate(self._signs):
            for order in orders(_seen(found)):
                yield from self._slots(at, Layer.BODY, order)
            if stamped := self._stamps.on(at):
                order = parted(by_place(_seen([*found, *stamped])), self._lines[at].uprights)
                slot = self._slot(at, Layer.BODY, order)
                slot.only = self._stamps.only(at, [sign.at for sign in order])
                yield slot
        yield from self._torn()
        yield from self._tables()
        yield from self._beside()
        for layer, name, said in beside_pages(self._file, self._given):
            yield shown(Place(layer, part=name), said, sure=layer is not Layer.PROPERTY)
        drawn = "\n".join("".join(sign.text for sign in found) for found in self._signs)
        for said in scattered(self._file, self._given, drawn):
            yield shown(Place(Layer.PART, part="PDF"), said, sure=True)

    def _beside(self) -> Iterator[Slot]:
        """Notes, and what a program lists beside the pages, each and together."""
        for at, page in enumerate(self._file.pages):
            place, fields = Place(Layer.ANNOTATION, page=at + 1), []
            for note in notes(page):
                mask = self._note_mask(at, note)
                yield Slot(place, note.words, mask)
                yield shown(Place(Layer.LINK, page=at + 1, part=str(at + 1)), note.address)
                if note.value:
                    fields.append(Block(Slot(place, note.value, mask), note.box))
            yield from in_a_row(field.slot for line in lines_of(fields) for field in line)
            for offered in choices(page):
                yield from in_a_row((shown(place, value) for value in offered), is_whole=True)
        for name, values in one_by_one(self._file, self._data):
            place = Place(Layer.PART, part=name)
            yield shown(place, "\n".join(values))
            yield from in_a_row(shown(place, value) for value in values)
        for values in replacements(self._given, in_pages=self._data is not self._given):
            place = Place(Layer.PART, part="ActualText")
            yield from in_a_row((shown(place, value) for value in values), is_whole=True)

    def _torn(self) -> Iterator[Slot]:
        """What a column or the end of a page parts."""
        pages = [
            [self._block(at, word) for word in words([*found, *self._stamps.on(at)], lines.uprights)]
            for at, (found, lines) in enumerate(zip(self._signs, self._lines, strict=True))
        ]
        for blocks, lines in zip(pages, self._lines, strict=True):
            yield from below(blocks, lines.is_cell)
            yield from in_boxes(blocks)
            yield from fragments.in_boxes(lines_of(blocks))
        yield from over_pages(pages)

    def _block(self, at: int, word: Sequence[Sign]) -> Block:
        text, (left, line), last = "".join(sign.text for sign in word), word[0].origin, word[-1]
        place = Place(Layer.BODY, page=at + 1)
        slot = Slot(place, text, partial(self._mask, at, [sign.at for sign in word]))
        box = left, line - word[0].size, last.origin[0] + last.advance, line
        return Block(slot, box, (word[0].at, last.at))

    def _slots(self, at: int, layer: Layer, order: Sequence[Sign]) -> Iterator[Slot]:
        """Signs in an order, and once more without those that are struck or raised."""
        slot = self._slot(at, layer, order := parted(order, self._lines[at].uprights))
        yield slot
        yield from apart.readings(slot, [(sign.text, sign.how) for sign in order]) if layer is Layer.BODY else ()

    def _slot(self, at: int, layer: Layer, order: Sequence[Sign]) -> Slot:
        text, line = "".join(sign.text for sign in order), 1 if layer is Layer.BODY else None
        return Slot(Place(layer, page=at + 1, line=line), text, partial(self._mask, at, [sign.at for sign in order]))

    def _mask(self, at: int, numbers: Sequence[int], hits: Sequence[Hit]) -> None:
        starred = [hit.start + place for hit in hits for place, sign in enumerate(hit.mask or "") if sign == STAR]
        black = [numbers[place] for place in starred]
        self._blacken(at, [number for number in black if not self._stamps.is_one(at, number)])
        if boxes := self._stamps.boxes(at, black):
            self._boxes.setdefault(at, []).extend(boxes)

    def _blacken(self, at: int, numbers: Iterable[int]) -> None:
        self._black.setdefault(at, set()).update(numbers)

    def _note_mask(self, at: int, note: Note) -> Callable[[Sequence[Hit]], None]:
        """What a note shows is a drawing: it goes as a whole."""

        def mask(hits: Sequence[Hit]) -> None:
            if hits and note.is_drawn and len(note.corners) == 4:
                with opened(self.source, self._data, self.limits) as document:
                    page = document[at]
                    dots = dots_a_point(page)
                    box = [edge * dots for edge in placed(page, note.corners)]
                    self._boxes.setdefault(at, []).append((box[0], box[1], box[2], box[3]))

        return mask

    def _tables(self) -> Iterator[Table]:
        """Tables whose headers speak of persons; drawn lines are followed only where such a word stands on a page."""
        texts = ["".join(sign.text for sign in found) for found in self._signs]
        if not any(word in text for text in texts for word in spoken_words()):
            return
        try:
            lines = {at: [Paragraph(text)] for at, text in enumerate(texts, 1) if text.strip()}
            blocks = text_makers(self.source, self._data, lines, self.limits)[2]().blocks
        except DocumentError as error:
            self.unread.append(error)
            return
        for grid in blocks:
            if isinstance(grid, Grid):
                rows = [self._row(row, str(grid.number), number) for number, row in enumerate(grid.rows, 1)]
                yield Table(rows, spoken=True)

    def _row(self, row: Row, grid: str, number: int) -> list[Slot | None]:
        slots: list[Slot | None] = []
        for cell in row.cells:
            slots += [None] * (cell.column - 1 - len(slots))
            place = Place(grid=grid, row=number, column=cell.column, page=row.page)
            slots += [Slot(place, cell.text, partial(self._mask_words, (row.page or 1) - 1))] * cell.columns
        return slots

    def _mask_words(self, at: int, hits: Sequence[Hit]) -> None:
        """The words of a cell, wherever they stand on the page: a cell's place is not known to the sign."""
        text = "".join(sign.text for sign in self._signs[at])
        for word in {word for hit in hits for word in hit.text.split()}:
            for found in re.finditer(re.escape(word), text):
                self._blacken(at, range(*found.span()))

    def pictures(self) -> Iterator[Picture]:
        """图片 — of each page what is drawn and is no understood text, where it could hold writing."""
        pages = dict(self._rest) if self._untrue else self._rest
        if find_spec("rapidocr") is None:
            pages = {at: kept for at, kept in pages.items() if kept.share >= _LITTLE or kept.slanted}
        if not self.looks:
            pages = {at: kept for at, kept in pages.items() if kept.is_written}
        try:
            check_scan_pages(self.source, sum(kept.is_written for kept in pages.values()), self.limits)
        except DocumentError as error:
            self.unread.append(NotSeenError(error.source, error.template, **error.values))
            return
        for at, kept in pages.items():
            if not kept.is_written:
                self._read_strokes(at, kept.data)
            place = Place(Layer.PICTURE, page=at + 1, part=f"page-{at + 1}.png")
            yield Picture(place, kept.data, partial(self._hide, at), is_page=True, is_ruled=not kept.is_written)

    def _read_strokes(self, at: int, data: bytes) -> None:
        """Figures drawn with lines are often misread: what looks like writing and is no number is for a person."""
        try:
            text = "\n".join(line.text for line in pictured.lines(self.source, data, self.limits))
        except NotSeenError as error:
            self.unread.append(error)
            return
        if (self._rest[at].slanted or sum(map(str.isalnum, text)) >= _FEW_SIGNS) and not find(text):
            told = "{file}：第 {page} 页有用线条画出来的字，没有读准。请人工看一遍"
            self.unread.append(NotSeenError(self.source, told, file=self.source, page=at + 1))

    def _hide(self, at: int, _: bytes) -> None:
        """Lines in which something was found are blackened if they were read surely; else the whole picture goes."""
        data, (left, top) = self._rest[at].data, self._rest[at].corner
        lines = pictured.holding(pictured.lines(self.source, data, self.limits))
        if lines is None or any(line.confidence < _SURE or line.frame > 1 for line in lines):
            self._blank.add(at)
            return
        boxes = self._boxes.setdefault(at, [])
        boxes += [(box[0] + left, box[1] + top, box[2] + left, box[3] + top) for box in (line.box for line in lines)]

    def attached(self) -> Iterator[tuple[str, bytes]]:
        """夹带的文件 — each is looked into like a file of its own."""
        return attached(self._file)

    def hidden(self) -> Iterator[Hidden]:
        """看不见的东西 — properties, attachments, notes, unseen text, layers."""
        for at, found in enumerate(self._signs):
            if number := sum(sign.how is How.HIDDEN and not sign.text.isspace() for sign in found):
                place = Place(Layer.HIDDEN, page=at + 1)
                yield Hidden(
                    place, Sentence("第 {page} 页有看不见的文字 {count} 处", {"page": at + 1, "count": number})
                )
        for at, page in enumerate(self._file.pages):
            if number := sum(not note.is_plain_link for note in notes(page)):
                place = Place(Layer.ANNOTATION, page=at + 1)
                yield Hidden(place, Sentence("第 {page} 页有注释 {count} 处", {"page": at + 1, "count": number}))
            if at in self._untrue:
                place = Place(Layer.HIDDEN, page=at + 1)
                yield Hidden(place, Sentence("第 {page} 页的文字和画出来的字不一样，整页按图片看过", {"page": at + 1}))
            if is_layered(page):
                place = Place(Layer.HIDDEN, page=at + 1)
                yield Hidden(place, Sentence("第 {page} 页有可以开关的图层", {"page": at + 1}))
        for layer, name, said in beside_pages(self._file, self._given):
            yield Hidden(
                Place(layer, part=name),
                Sentence(SAID.get(name, "{name}：{value}"), {"name": name, "value": said}),
            )

    def lost(self) -> Iterator[Sentence]:
        """副本里不保留的 — what works only in the file as it is."""
        root = self._file.Root
        if "/Outlines" in root:
            yield Sentence("书签 {count} 组：副本里不保留", {"count": 1})
        if fields := sum(note.is_field for page in self._file.pages for note in notes(page)):
            yield Sentence(
                "表单和签名域 {count} 个：副本里留下填好的内容和印章的样子，不能再填写，也不能验证签名",
                {"count": fields},
            )
        for at in sorted(self._untrue):
            yield Sentence("第 {page} 页的文字和画出来的字不一样：副本里整页按图片保留，不能选取文字", {"page": at + 1})
        if number := sum(1 for _ in attached(self._file)):
            yield Sentence("夹带的文件 {count} 个：副本里不保留", {"count": number})

    def strip(self) -> None:
        """去除看不见的 — nothing of it is taken into the new file."""

    def save(self) -> bytes:
        """写出 — a new file of the pages alone, each drawn again."""
        fonts = Fonts()
        with opened(self.source, self._data, self.limits) as document:
            pages = [(self._again(document, at, fonts), self._links(document, at)) for at in range(len(document))]
        return copy_of(pages, fonts)

    def _again(self, document: pypdfium2.PdfDocument, at: int, fonts: Fonts) -> Again:
        page = self._page(document, at)
        try:
            found = signs(page)
            paint = partial(self._paint, at) if at in self._blank or at in self._boxes else None
            known = set() if at in self._untrue else understood(found)
            return again(page, found, known, self._black.get(at, set()), fonts, paint)
        finally:
            page.close()

    def _paint(self, at: int, picture: Image.Image) -> Image.Image:
        if at in self._blank:
            return Image.new("RGB", picture.size, "lightgrey")
        brush = ImageDraw.Draw(picture)
        for left, top, right, bottom in self._boxes.get(at, ()):
            margin = (bottom - top) / 8
            brush.rectangle((left - margin, top - margin, right + margin, bottom + margin), fill="black")
        return picture

    def _links(self, document: pypdfium2.PdfDocument, at: int) -> list[Link]:
        """Links to public addresses in which nothing was found."""
        found = [note for note in notes(self._file.pages[at]) if note.is_plain_link and len(note.corners) == 4]
        clean = [note for note in found if not find(note.address)]
        return [Link(placed(document[at], note.corners), note.address) for note in clean]


def _seen(found: Iterable[Sign]) -> list[Sign]:
    return [sign for sign in found if sign.how is not How.HIDDEN]
