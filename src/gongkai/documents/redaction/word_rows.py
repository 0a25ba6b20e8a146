"""一行的图片 — the pictures of a docx that a reader sees side by side or one under the other (条例 第十五条)."""

from __future__ import annotations

import re
from collections.abc import Iterator

from lxml import etree

from gongkai.documents.redaction.word_copy.drawing import Shot, shots
from gongkai.documents.redaction.word_parts import Parts, StoryPart
from gongkai.documents.showing.drawings import MOST_IN_ROW, Laid
from gongkai.documents.showing.word_boxes import Box, box_of, orders
from gongkai.documents.showing.word_symbols import pictures_in
from gongkai.documents.word_numbering import local

_DRAWN = ("drawing", "pict", "object")
_LEAST_SIGNS, _LEAST_KINDS = 4, 3
_PRIVATE = re.compile("[\ue000-\uf8ff](?:[\\s-]?[\ue000-\uf8ff]){7,}")
"""So many signs of the private area, of which each font makes what it likes; a name has one or two of them."""
_EMU_A_PIXEL, _WHOLE = 9525, 100_000


def rows(parts: Parts) -> Iterator[list[Laid]]:
    """一行的图片 — of a paragraph; of paragraphs and cells that hold nothing else; of boxes by their places."""
    for part in parts.stories:
        for row in _Story(parts, part).rows():
            yield from (row[at : at + MOST_IN_ROW] for at in range(0, len(row), MOST_IN_ROW))


def rows_of_signs(part: StoryPart) -> int:
    """一排图形符号 — how many rows of signs of picture fonts stand in a part that may be a writing nobody reads.

    Ornaments repeat a sign or two; boxes to tick have words between them.
    """
    count = 0
    for paragraph in part.root.iter("{*}p"):
        row, seen = "", list[str]()
        for atom in (atom for atom in part.story.atoms(paragraph) if atom.is_seen and atom.run.text.strip()):
            found = pictures_in(atom.run.text, part.story.font(atom))
            seen.append("" if found else atom.run.text)
            count += not found and _is_writing(row)
            row = row + found if found else ""
        count += _is_writing(row) + sum(map(_is_writing, _PRIVATE.findall("".join(seen))))
    return count


def _is_writing(row: str) -> bool:
    return len(row) >= _LEAST_SIGNS and len(set(row)) >= _LEAST_KINDS


class _Story:
    """The pictures of one part."""

    def __init__(self, parts: Parts, part: StoryPart) -> None:
        self._parts, self._part = parts, part
        self._floating: list[Box] = []
        self._laid: dict[etree._Element, Laid] = {}
        self._column: list[Laid] = []
        self._anchor = 0

    def rows(self) -> Iterator[list[Laid]]:
        story = self._part.story
        for paragraph in self._part.root.iter("{*}p"):
            if not story.is_twin(paragraph) and story.why(paragraph) is None:
                yield from self._paragraph(paragraph)
        yield self._column
        for lines in orders(self._floating):
            yield from ([self._laid[box.lines[0]] for box in line] for line in lines)
        yield from ([self._laid[box.lines[0]]] for box in self._floating)

    def _paragraph(self, paragraph: etree._Element) -> Iterator[list[Laid]]:
        row: list[Laid] = []
        for atom in self._part.story.atoms(paragraph):
            if atom.is_seen and atom.run.text.strip():
                self._anchor += 1
                yield from (row, self._column)
                row, self._column = [], []
            elif atom.is_seen and local(atom.element) in _DRAWN:
                row += self._in_line(atom.element)
        self._column = [*self._column, *row]
        yield row
        yield from ([one] for one in row)

    def _in_line(self, thing: etree._Element) -> Iterator[Laid]:
        """Those that stand in the line; others are kept for their places."""
        for shot in shots(thing, self._target):
            if shot.part in self._parts.package.names and shot.element is not None:
                laid = _laid(shot)
                box = box_of((shot.element,), shot.element, self._anchor)
                if box.base is shot.element:
                    yield laid
                elif box.is_placed:
                    self._laid[shot.element] = laid
                    self._floating.append(box)
                else:
                    yield laid

    def _target(self, relation: str) -> str | None:
        found = self._parts.relations(self._part.name).get(relation)
        return None if found is None or found.external else found.target


def _laid(shot: Shot) -> Laid:
    left, top, right, bottom = (min(0.99, max(0.0, side / _WHOLE)) for side in shot.cut)
    size = (abs(shot.width) / _EMU_A_PIXEL, abs(shot.height) / _EMU_A_PIXEL)
    return Laid(shot.part, *size, (left, top, right, bottom), shot.flipped, shot.turned)
