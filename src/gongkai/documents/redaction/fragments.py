"""上下拆开的号码 — parts of a number in one column of a text or a table, whatever stands beside them (条例 第十五条).

    in_lines(slots)                      -> Iterator[Joined]: of texts that blanks and tabs set in columns
    in_rows(rows)                        -> Iterator[Joined]: of the cells of a table
    in_boxes(lines)                      -> Iterator[Slot]: of the blocks of a page
    in_pairs(first, second)              -> Iterator[Slot]: of what stands above a page and below it
    joined(rows)                         -> Iterator[Joined]: of pieces that know where they stand

A cell that ends with figures goes on in what stands below it within three lines, or in the cell to its right. In so
many ways figures make a number by chance: an identity number checks itself; a telephone counts where a word that rules
it says so (before it, at the begin of its row, above its column), a card there or where no amount is written so.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from functools import partial
from itertools import accumulate, groupby, pairwise, product
from typing import NamedTuple

from gongkai.documents.redaction.editor import Slot
from gongkai.documents.redaction.together import together
from gongkai.documents.redaction.torn import Block
from gongkai.text.hit import Hit, Severity
from gongkai.text.personal_data import bare
from gongkai.text.personal_data.kinds import DATA

_TAIL = re.compile(r"(?<![\d.,，．])\d[\d \-–—]{0,24}\Z(?<![ \-–—])|(?<![\d.,])\d\Z")
_HEAD = re.compile(r"\d(?:[\d \-–—]{0,24}[\dXx\u2169])?(?![\d.,%％]\d?)")
_FIGURE = re.compile(r"\d[\d \-–—]{0,24}[\dXx\u2169]?")
_MOBILE = re.compile(r"1[3-9]\d{9}")
_IDENTITY = re.compile(r"[1-9]\d{5}(?:18|19|20)\d\d[01]\d[0-3]\d{4}[\dX]")
_CARD = re.compile(r"[3-69]\d{14,18}")
_MAY_GO_ON = re.compile(r"1[3-9]?\d{0,8}|[1-9]\d{0,5}|[1-9]\d{5}(?:1|2|(?:18|19|20)\d{0,9})|62\d{0,16}")
_PHONES = re.compile(
    rf"(?:{'|'.join(map(re.escape, DATA['labels']['mobile']))})(?:号码|号)?(?:[为是]|(?![\u4e00-\u9fff]))"
)
"""A label that goes on in other words, as 电话咨询（次）, is none of a telephone."""
_IDENTITIES = re.compile("|".join(map(re.escape, DATA["labels"]["identity"])))
_CARDS = re.compile("|".join(map(re.escape, DATA["labels"]["card"])))
_LABELS = re.compile("|".join(map(re.escape, (word for kind in DATA["labels"].values() for word in kind))))
_DIGITS = frozenset("0123456789")
_WORD = re.compile(r"\S+")
_CELL = re.compile(r"\S(?:[ \u3000]?\S)*")
_ALIGNED = re.compile(r"\S(?:  |\t)|\n(?:  |\t)")
_FOLDED, _GOES_ON = re.compile(r"\s*BEGIN:V[A-Z]+"), re.compile(r"[ \t]\S")
_TAB = 1_000.0
_WIDTH = 8
_LINES, _PARTS, _TELEPHONE, _LONGEST = 3, 4, 11, 19
_ABOVE, _HEADS, _MOST_LABEL = 4, 2, 16
_MOST_FIGURES = 100
_SURE, _AREA = 10, 6
"""So many figures in one cell are no amount; an identity number of more than two parts begins with so many."""


class Piece(NamedTuple):
    """一格 — a text and the columns over which it stands, of which the right one is not its own.

    `of`: the text from which it was cut, `start`: where in that it begins.
    """

    left: float
    right: float
    text: str
    of: Slot
    start: int = 0

    def is_over(self, other: Piece) -> bool:
        """上下对着 — whether both have a column in common."""
        return self.left < other.right and other.left < self.right


class Joined(NamedTuple):
    """接起来的 — the parts as one text, and each with its place in that."""

    slot: Slot
    parts: list[tuple[int, Piece]]

    def places(self, hit: Hit) -> Iterator[tuple[Slot, int, int]]:
        """各在哪里 — where what was found stands: texts, from, to."""
        for at, piece in self.parts:
            start, end = max(hit.start, at), min(hit.end, at + len(piece.text))
            if start < end:
                yield piece.of, piece.start + start - at, piece.start + end - at


Line = tuple[Slot, re.Match[str]]
Rows = Sequence[Sequence[Piece]]


def in_lines(slots: Iterable[Slot]) -> Iterator[Joined]:
    """文字排成的栏 — cells that tabs and runs of blanks part, as wide as they are printed; tabs once more by number."""
    lines = [(slot, found) for slot in slots for found in re.finditer(r"[^\r\n]+", slot.text)]
    if len(lines) > 1:
        if _FOLDED.match(lines[0][1][0]):
            yield from _unfolded(lines)
        yield from _by_order(lines)
        yield from joined(list(filter(None, (list(_by_width(slot, line)) for slot, line in lines))))
        if any("\t" in line[0] for _, line in lines):
            yield from joined(list(filter(None, (list(_by_tabs(slot, line)) for slot, line in lines))))


def _by_order(lines: Iterable[Line]) -> Iterator[Joined]:
    """Figures of a line and as many of the next, which stand where the blanks before them end."""
    for (slot, line), (other, then) in pairwise(lines):
        below = list(_WORD.finditer(then[0]))
        words = list(_WORD.finditer(line[0])) if len(below) > 1 and all(map(_is_figure, below)) else []
        upper = words[-len(below) :]
        if len(words) > len(below) and all(map(_is_figure, upper)):
            row = [Piece(-1, 0, line[0][: upper[0].start()].rstrip(), slot, line.start())]
            row += [Piece(at, at + 1, word[0], slot, line.start() + word.start()) for at, word in enumerate(upper)]
            rest = [Piece(at, at + 1, word[0], other, then.start() + word.start()) for at, word in enumerate(below)]
            yield from joined([row, rest])


def _is_figure(word: re.Match[str]) -> bool:
    return _FIGURE.fullmatch(word[0]) is not None


def _unfolded(lines: Iterable[Line]) -> Iterator[Joined]:
    """A line that begins with one blank goes on where the one before it ends, as calendars and cards write them."""
    for (slot, line), (other, then) in pairwise(lines):
        if _GOES_ON.match(then[0]) and slot is other:
            parts = [Piece(0, 1, line[0], slot, line.start()), Piece(0, 1, then[0][1:], slot, then.start() + 1)]
            yield _one(parts, [])


def in_rows(rows: Sequence[Sequence[Slot | None]]) -> Iterator[Joined]:
    """表格的单元格 — merged ones over all their columns."""
    filled = [row for cells in rows if (row := list(_cells(cells)))]
    yield from joined(filled)
    if any(_ALIGNED.search(piece.of.text) for row in filled for piece in row):
        # Columns of blanks within the cells of one column, and within a cell.
        for _, column in groupby(sorted((piece for row in filled for piece in row), key=_left), key=_left):
            yield from in_lines(list({id(piece.of): piece.of for piece in column}.values()))


def in_boxes(lines: Iterable[Iterable[Block]]) -> Iterator[Slot]:
    """一页上的字块 — lines of blocks with their places."""
    for one in joined(
        [[Piece(block.box[0], block.box[2], block.slot.text, block.slot) for block in line] for line in lines]
    ):
        one.slot.again = True
        yield one.slot


def in_pairs(first: Iterable[Slot], second: Iterable[Slot]) -> Iterator[Slot]:
    """页眉和页脚 — figures of either that make an identity number with figures of the other, on every page."""
    heads, feet = list(map(list, map(_figures, (first, second))))
    for upper, lower in product(heads[:_MOST_FIGURES], feet[:_MOST_FIGURES]):
        for parts in ([upper, lower], [lower, upper]):
            if _IDENTITY.fullmatch("".join(_digits(part.text) for part in parts)):
                slot = _one(parts, []).slot
                slot.again = True
                yield slot


def _figures(slots: Iterable[Slot]) -> Iterator[Piece]:
    for slot in slots:
        for found in _FIGURE.finditer("" if slot.sure or slot.only else slot.text):
            yield Piece(0, 1, found[0], slot, found.start())


def _left(piece: Piece) -> float:
    return piece.left


def _cells(cells: Sequence[Slot | None]) -> Iterator[Piece]:
    at = 0
    while at < len(cells):
        slot, start = cells[at], at
        while at < len(cells) and cells[at] is slot:
            at += 1
        if slot is not None and (text := slot.text.strip()):
            yield Piece(start, at, text, slot, slot.text.index(text))


def _by_width(slot: Slot, line: re.Match[str]) -> Iterator[Piece]:
    ends: Sequence[float] = range(len(line[0]) + 1) if line[0].isascii() and "\t" not in line[0] else _ends(line[0])
    for cell in _CELL.finditer(line[0]):
        yield Piece(ends[cell.start()], ends[cell.end()], cell[0], slot, line.start() + cell.start())


def _ends(text: str) -> list[float]:
    ends = [0.0]
    for sign in text:
        last = ends[-1]
        wide = unicodedata.east_asian_width(sign) in "WF"
        ends.append((last // _WIDTH + 1) * _WIDTH if sign == "\t" else last + (2 if wide else 1))
    return ends


def _by_tabs(slot: Slot, line: re.Match[str]) -> Iterator[Piece]:
    start = line.start()
    for number, text in enumerate(line[0].split("\t")):
        if cell := text.strip():
            yield Piece(_TAB * number, _TAB * (number + 1), cell, slot, start + text.index(cell))
        start += len(text) + 1


def _slot(piece: Piece) -> Slot:
    slot, start = piece.of, piece.start
    if piece.text == slot.text:
        return slot

    def mask(hits: Sequence[Hit]) -> None:
        slot.mask([hit._replace(start=hit.start + start, end=hit.end + start) for hit in hits])

    place = slot.place
    if place.line is not None:
        place = place._replace(line=place.line + slot.text.count("\n", 0, start))
    return Slot(place, piece.text, mask)


def joined(rows: Rows) -> Iterator[Joined]:
    """接起来 — each number that parts of one column or of one row make, with the word that rules it before it."""
    begins = [[begin for piece in row if (begin := _begin(piece))] for row in rows]
    for at, row in enumerate(rows):
        for place, piece in enumerate(row):
            if piece.text[-1] not in _DIGITS or (tail := _TAIL.search(piece.text)) is None:
                continue
            digits = _digits(tail[0])
            if not _MAY_GO_ON.fullmatch(digits):
                continue
            ways = [*_down(begins, at, [piece], digits), *_along(row, place, digits)]
            if ways:
                said = _said([piece.text[: tail.start()], *_ruling(rows, at, place)])
                yield from (_one(way.parts, said) for way in ways if _is_ruled(way, said, len(digits)))


def _digits(printed: str) -> str:
    return printed if printed.isascii() and printed.isdecimal() else bare(printed)


class _Way(NamedTuple):
    """Parts that make a number, and its digits."""

    parts: list[Piece]
    digits: str


class _Begin(NamedTuple):
    """A piece that begins with figures, those, and whether it is nothing else."""

    piece: Piece
    digits: str
    is_figure: bool


def _begin(piece: Piece) -> _Begin | None:
    if piece.text[0] not in _DIGITS or (head := _HEAD.match(piece.text)) is None:
        return None
    return _Begin(piece, _digits(head[0]), _FIGURE.fullmatch(piece.text) is not None)


def _down(begins: Sequence[Sequence[_Begin]], at: int, parts: list[Piece], digits: str) -> Iterator[_Way]:
    last = parts[-1]
    for step in range(at + 1, min(at + 1 + _LINES, len(begins))):
        for piece, more, is_figure in begins[step]:
            size = len(digits) + len(more)
            if size > _LONGEST or piece.left >= last.right or last.left >= piece.right:
                continue
            whole = digits + more
            if size >= _TELEPHONE and _is_number(whole):
                yield _Way([*parts, piece], whole)
            if is_figure and len(parts) + 1 < _PARTS and _MAY_GO_ON.fullmatch(whole):
                yield from _down(begins, step, [*parts, piece], whole)


def _along(row: Sequence[Piece], place: int, digits: str) -> Iterator[_Way]:
    if place + 1 < len(row) and (head := _HEAD.match(row[place + 1].text)):
        whole = digits + bare(head[0])
        if _is_number(whole):
            yield _Way([row[place], row[place + 1]], whole)


def _is_number(digits: str) -> bool:
    if len(digits) == _TELEPHONE:
        return _MOBILE.fullmatch(digits) is not None
    return _IDENTITY.fullmatch(digits) is not None or (_CARD.fullmatch(digits) is not None and _is_luhn(digits))


def _is_luhn(digits: str) -> bool:
    """The check digit of a card (ISO/IEC 7812)."""
    doubled = (sum(divmod(2 * int(sign), 10)) for sign in digits[-2::-2])
    return (sum(map(int, digits[::-2])) + sum(doubled)) % 10 == 0


def _is_ruled(way: _Way, said: Sequence[str], first: int) -> bool:
    """Whether the number is no chance."""
    if len(way.digits) == _TELEPHONE:
        return any(map(_PHONES.search, said))
    if _IDENTITY.fullmatch(way.digits):
        return len(way.parts) == 2 or first == _AREA or any(map(_IDENTITIES.search, said))
    return any(map(_CARDS.search, said)) or first >= _SURE or way.parts[-1].text.startswith("0")


def _ruling(rows: Rows, at: int, place: int) -> Iterator[str]:
    """The words before a piece in its row, above it, and at the head of its column."""
    piece = rows[at][place]
    yield from (other.text for other in reversed(rows[at][:place]))
    for row in (*reversed(rows[max(0, at - _ABOVE) : at]), *rows[: min(_HEADS, at)]):
        yield from (other.text for other in row if other.is_over(piece))


def _said(labels: Iterable[str]) -> list[str]:
    return [re.sub(r"\d", "", label)[-_MOST_LABEL:] for label in labels if _LABELS.search(label)]


def _one(parts: Sequence[Piece], said: Sequence[str]) -> Joined:
    slots = list(map(_slot, parts))
    if said and not _LABELS.search(slots[0].text):
        slots.insert(0, Slot(slots[0].place, f"{said[0]}：", lambda _: None))
    ends = list(accumulate(len(slot.text) for slot in slots))
    rule = partial(_is_over, ends[-len(parts) : -1])
    return Joined(together(slots, rule), list(zip([0, *ends][-len(parts) - 1 : -1], parts, strict=True)))


def _is_over(seams: Sequence[int], hit: Hit) -> bool:
    return hit.severity is Severity.BLOCK and any(hit.start < seam < hit.end for seam in seams)
