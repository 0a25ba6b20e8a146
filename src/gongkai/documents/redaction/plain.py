"""文本的改动 — txt and json whole, Markdown with its tags seen through."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from itertools import count, groupby

from gongkai.documents.decoding import decode
from gongkai.documents.limits import check_lines
from gongkai.documents.redaction.editor import Editor, Slot, Table
from gongkai.documents.redaction.places import Layer, Place, Sentence
from gongkai.documents.redaction.values import Hidden
from gongkai.text.hit import Hit
from gongkai.text.personal_data.markup import blanked

_LINE = re.compile(r"[^\n]+\n?|\n")
_ROW = re.compile(r"\t|\|[^|]*\|")
_CELL = re.compile(r"[^\t|\r\n]+")
_COMMENT = re.compile(r"<!--.*?(?:-->|\Z)", re.DOTALL)


class Plain(Editor):
    """纯文本 — lines with tabs or upright strokes, one under the other, are a table."""

    format = "txt"
    _markup = False

    def _load(self, data: bytes) -> None:
        self._text = decode(self.source, data)
        check_lines(self.source, self._text, self.limits)
        self._edits: list[tuple[int, int, str]] = []

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
                yield Slot(place, self._text[start:end], self._masker(start), markup=self._markup)

    def _row(self, line: re.Match[str], grid: str, row: int) -> list[Slot | None]:
        slots: list[Slot | None] = []
        for cell in _CELL.finditer(line[0]):
            start = line.start() + cell.start()
            text = blanked(cell[0]) if self._markup else cell[0]
            slots.append(Slot(Place(grid=grid, row=row, column=len(slots) + 1), text, self._masker(start)))
        return slots

    def _masker(self, start: int) -> Callable[[Sequence[Hit]], None]:
        def mask(hits: Sequence[Hit]) -> None:
            self._edits += [(start + hit.start, start + hit.end, hit.mask or "") for hit in hits]

        return mask

    def _masked(self) -> str:
        parts, at = [], 0
        for start, end, mask in sorted(self._edits):
            if start >= at:
                parts += [self._text[at:start], mask]
                at = end
        return "".join([*parts, self._text[at:]])

    def strip(self) -> None:
        """去除看不见的 — a text hides nothing."""

    def save(self) -> bytes:
        """写出 — UTF-8."""
        return self._masked().encode("utf-8")


class Markdown(Plain):
    """Markdown 文本 — comments of html are shown to nobody."""

    format = "md"
    _markup = True

    def hidden(self) -> Iterator[Hidden]:
        """看不见的东西 — comments."""
        if found := _COMMENT.findall(self._text):
            yield Hidden(Place(Layer.COMMENT, part="md"), Sentence("网页注释 {count} 处", {"count": len(found)}))

    def save(self) -> bytes:
        """写出 — UTF-8, without comments."""
        return _COMMENT.sub("", self._masked()).encode("utf-8")
