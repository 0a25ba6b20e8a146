"""文本的改动 — what a text prints, its lines and its tables of tabs and strokes (条例 第十五条).

A copy is what is printed: signs that print nothing are not carried over.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from itertools import count, groupby

from gongkai.documents.decoding import decode
from gongkai.documents.limits import check_lines
from gongkai.documents.redaction.editor import Editor, Slot, Table, overlaid, shown
from gongkai.documents.redaction.places import Layer, Place
from gongkai.documents.showing.signs import shown_signs
from gongkai.text.hit import Hit
from gongkai.text.personal_data.markup import blanked

_LINE = re.compile(r"[^\n]+\n?|\n")
_ROW = re.compile(r"\t|\|[^|]*\|")
_CELL = re.compile(r"(?:(?<=[\t|])|^)[^\t|\r\n]*")
"""A blank one too: what stands behind it is in the next column."""


class Plain(Editor):
    """纯文本 — lines with tabs or upright strokes, one under the other, are a table."""

    format = "txt"
    _markup = False

    def _load(self, data: bytes) -> None:
        self._given = decode(self.source, data)
        check_lines(self.source, self._given, self.limits)
        self._text = self._shown(self._given)
        self._hits: list[Hit] = []

    def _shown(self, text: str) -> str:
        """What of the text a reader sees."""
        return shown_signs(text)

    def parts(self) -> Iterator[Slot | Table]:
        """文字 — tables, and the text between them."""
        tables = count(1)
        for is_table, lines in groupby(_LINE.finditer(self._text), key=lambda line: bool(_ROW.search(line[0]))):
            run = list(lines)
            start, end = run[0].start(), run[-1].end()
            if is_table and len(run) > 1:
                number = str(next(tables))
                yield Table([self._row(line, number, at) for at, line in enumerate(run, 1)])
            else:
                place = Place(line=1 + self._text.count("\n", 0, start))
                yield Slot(place, self._read(self._text[start:end]), self._masker(start), markup=self._markup)

    def _read(self, text: str) -> str:
        """The text as it is searched, sign for sign."""
        return text

    def _row(self, line: re.Match[str], grid: str, row: int) -> list[Slot | None]:
        slots: list[Slot | None] = []
        text = self._read(line[0])
        for cell in _CELL.finditer(line[0]):
            start = line.start() + cell.start()
            read = text[cell.start() : cell.end()]
            read = blanked(read) if self._markup else read
            slots.append(Slot(Place(grid=grid, row=row, column=len(slots) + 1), read, self._masker(start)))
        return slots

    def _masker(self, start: int) -> Callable[[Sequence[Hit]], None]:
        def mask(hits: Sequence[Hit]) -> None:
            self._hits += [hit._replace(start=start + hit.start, end=start + hit.end) for hit in hits]

        return mask

    def _masked(self) -> str:
        return overlaid(self._text, self._hits)

    def whole(self) -> Iterator[Slot]:
        """整个文件 — the text as it was given."""
        yield shown(Place(Layer.PART, part=self.format), self._given, sure=True)

    def strip(self) -> None:
        """去除看不见的 — what is not printed was not taken in."""

    def save(self) -> bytes:
        """写出 — UTF-8."""
        return shown_signs(self._masked()).encode("utf-8", "replace")
