"""版式文件的改动 — a page with something to hide becomes a picture of itself, blackened where it was; no text is left.

A box drawn over living text hides nothing, and text cannot be cut out of a content stream with certainty: so a page
that holds a hit, unseen text or switchable layers is drawn anew as one picture. The other pages go unchanged into a new
file, with nothing of the old one's properties, attachments, scripts, forms and bookmarks.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from functools import partial
from io import BytesIO

import pikepdf
import pypdfium2
from PIL import Image, ImageDraw
from pypdfium2 import raw

from gongkai.documents.document import DocumentError, Grid, Paragraph, Row
from gongkai.documents.limits import Deadline, check_scan_pages
from gongkai.documents.pdf import opened, text_makers
from gongkai.documents.pdf_picture import png, seen_box
from gongkai.documents.redaction.editor import Editor, Picture, Slot, Table, shown
from gongkai.documents.redaction.pdf_unseen import SAID, bare_copy, beside_pages, is_layered, on_page
from gongkai.documents.redaction.places import Layer, Place, Sentence
from gongkai.documents.redaction.values import Hidden, NotSeenError
from gongkai.documents.refusals import refusal
from gongkai.text.hit import STAR, Hit
from gongkai.text.personal_data.grids import spoken_words

_SCALE = 200 / 72
_MOST_PIXELS = 20_000_000
_QUALITY = 85
_INVISIBLE = raw.FPDF_TEXTRENDERMODE_INVISIBLE
_TINT = 12
_MARGIN = 0.08
"""A box is this share of its height wider on each side: letters reach over their boxes."""
Box = tuple[float, float, float, float]


class Pdf(Editor):
    """版式文件."""

    format = "pdf"

    def _load(self, data: bytes) -> None:
        self._data = data
        self._black: dict[int, list[Box]] = {}
        self._drawn: set[int] = set()
        self._blank: set[int] = set()
        self._texts: list[str] = []
        self._unseen: dict[int, int] = {}
        deadline = Deadline(self.source, self.limits)
        with opened(self.source, data, self.limits) as document:
            for at in range(len(document)):
                deadline.check()
                self._read(document, at)
        try:
            self._file = pikepdf.open(BytesIO(data))
        except (pikepdf.PdfError, ValueError):
            raise refusal("damaged", self.source) from None

    def _read(self, document: pypdfium2.PdfDocument, at: int) -> None:
        try:
            page = document[at]
        except pypdfium2.PdfiumError:
            raise refusal("damaged", self.source) from None
        text_page = page.get_textpage()
        codes = [raw.FPDFText_GetUnicode(text_page.raw, index) for index in range(text_page.count_chars())]
        # One sign for one index, so that a place in the text is a place on the page.
        self._texts.append("".join(chr(code) if 0 < code < 0x110000 else "\u200b" for code in codes))
        unseen = sum(
            1
            for thing in page.get_objects(filter=[raw.FPDF_PAGEOBJ_TEXT], max_depth=8)
            if raw.FPDFTextObj_GetTextRenderMode(thing.raw) == _INVISIBLE
        )
        if unseen:
            self._unseen[at] = unseen
        text_page.close()
        page.close()

    def parts(self) -> Iterator[Slot | Table]:
        """文字 — page by page, then what is beside the pages."""
        for at, text in enumerate(self._texts):
            yield Slot(Place(page=at + 1, line=1), text, self._mask(at))
        yield from self._tables()
        for at, page in enumerate(self._file.pages):
            for words in on_page(page):
                yield shown(Place(Layer.ANNOTATION, page=at + 1), words)
        for layer, name, words in beside_pages(self._file):
            yield shown(Place(layer, part=name), words, sure=layer is not Layer.PROPERTY)

    def _mask(self, at: int) -> Callable[[Sequence[Hit]], None]:
        def mask(hits: Sequence[Hit]) -> None:
            places = [hit.start + place for hit in hits for place, sign in enumerate(hit.mask or "") if sign == STAR]
            self._blacken(at, places)

        return mask

    def _blacken(self, at: int, places: Sequence[int]) -> None:
        with opened(self.source, self._data, self.limits) as document:
            page = document[at]
            text_page = page.get_textpage()
            self._black.setdefault(at, []).extend(seen_box(page, text_page, place) for place in places)
            text_page.close()
            page.close()

    def _tables(self) -> Iterator[Table]:
        """Tables whose headers speak of persons; drawn lines are followed only where such a word stands on a page."""
        if not any(word in text for text in self._texts for word in spoken_words()):
            return
        try:
            lines = {at: [Paragraph(text)] for at, text in enumerate(self._texts, 1) if text.strip()}
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
            slots += [Slot(place, cell.text, self._word_mask((row.page or 1) - 1))] * cell.columns
        return slots

    def _word_mask(self, at: int) -> Callable[[Sequence[Hit]], None]:
        """The words of a cell, wherever they stand on the page: a cell's place is not known to the sign."""

        def mask(hits: Sequence[Hit]) -> None:
            spans = [
                found.span()
                for hit in hits
                for word in hit.text.split()
                for found in re.finditer(re.escape(word), self._texts[at])
            ]
            self._blacken(at, [place for start, end in spans for place in range(start, end)])

        return mask

    def pictures(self) -> Iterator[Picture]:
        """图片 — pages on which something is drawn and nothing written: scans."""
        scans = [at for at, text in enumerate(self._texts) if not text.strip() and self._is_drawn(at)]
        try:
            check_scan_pages(self.source, len(scans), self.limits)
        except DocumentError as error:
            self.unread.append(NotSeenError(error.source, error.template, **error.values))
            return
        for at in scans:
            if at not in self._blank:
                page = png(self.source, self._data, at + 1, self.limits)
                place = Place(Layer.PICTURE, page=at + 1, part=f"page-{at + 1}.png")
                yield Picture(place, page, partial(self._hide, at), is_page=True)

    def _is_drawn(self, at: int) -> bool:
        contents = self._file.pages[at].obj.get("/Contents")
        return contents is not None and "/XObject" in (self._file.pages[at].obj.get("/Resources") or {})

    def _hide(self, at: int, _: bytes) -> None:
        """A scan that shows what must not be seen goes as a whole."""
        self._blank.add(at)

    def hidden(self) -> Iterator[Hidden]:
        """看不见的东西 — properties, attachments, notes, unseen text, layers."""
        for at, number in self._unseen.items():
            place = Place(Layer.HIDDEN, page=at + 1)
            yield Hidden(place, Sentence("第 {page} 页有看不见的文字 {count} 处", {"page": at + 1, "count": number}))
        for at, page in enumerate(self._file.pages):
            if number := sum(1 for _ in on_page(page)):
                place = Place(Layer.ANNOTATION, page=at + 1)
                yield Hidden(place, Sentence("第 {page} 页有注释 {count} 处", {"page": at + 1, "count": number}))
            if is_layered(page):
                place = Place(Layer.HIDDEN, page=at + 1)
                yield Hidden(place, Sentence("第 {page} 页有可以开关的图层", {"page": at + 1}))
        for layer, name, words in beside_pages(self._file):
            yield Hidden(
                Place(layer, part=name),
                Sentence(SAID.get(name, "{name}：{value}"), {"name": name, "value": words[:80]}),
            )

    def strip(self) -> None:
        """去除看不见的 — pages that hide something are to be drawn; the rest is left out of the new file."""
        self._drawn |= set(self._unseen) | {at for at, page in enumerate(self._file.pages) if is_layered(page)}

    def save(self) -> bytes:
        """写出 — a new file of the pages alone."""
        drawn = self._drawn | self._blank | set(self._black)
        pictures = {at: self._picture(at) for at in sorted(drawn)}
        return bare_copy(self._file, pictures)

    def _picture(self, at: int) -> tuple[bytes, tuple[int, int], bool, tuple[float, float]]:
        """The page as it is seen, blackened: JPEG, its size, whether it is grey, and the size of the page."""
        with opened(self.source, self._data, self.limits) as document:
            page = document[at]
            width, height = page.get_size()
            scale = min(_SCALE, (_MOST_PIXELS / max(1.0, width * height)) ** 0.5)
            image = page.render(scale=scale).to_pil().convert("RGB")
            page.close()
        if at in self._blank:
            image.paste("lightgrey", (0, 0, *image.size))
        brush = ImageDraw.Draw(image)
        for left, top, right, bottom in self._black.get(at, ()):
            margin = (bottom - top) * _MARGIN
            corners = (
                (left - margin) * scale,
                (top - margin) * scale,
                (right + margin) * scale,
                (bottom + margin) * scale,
            )
            brush.rectangle(corners, fill="black")
        grey = _is_grey(image)
        out = BytesIO()
        (image.convert("L") if grey else image).save(out, "JPEG", quality=_QUALITY)
        return out.getvalue(), image.size, grey, (width, height)


def _is_grey(image: Image.Image) -> bool:
    small = image.resize((max(1, image.width // 8), max(1, image.height // 8)))
    red, green, blue = (band.tobytes() for band in small.split())
    return all(max(pixel) - min(pixel) < _TINT for pixel in zip(red, green, blue, strict=True))
