"""断开的号码 — figures torn over pieces that stand below each other, follow on the next page, or stand in a row.

A narrow column breaks a number over two lines, and words of other columns stand between its parts; a table does so at
the end of a page, a form has a field for each figure. Pieces are blocks with their boxes, of a page or a picture alike.
In so many orders figures make a telephone by chance: beside identity numbers, which check themselves, only what stands
in one cell counts, or what is cut as people cut telephones (条例 第十五条).
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import partial
from itertools import accumulate, groupby, pairwise
from typing import NamedTuple

from gongkai.documents.redaction.editor import Slot
from gongkai.documents.redaction.together import together
from gongkai.text.hit import Hit, Severity
from gongkai.text.personal_data import Kind, bare
from gongkai.text.personal_data.kinds import DATA
from gongkai.text.personal_data.signs import SHORTEST

_HEAD = re.compile(r"[\s\-–—]*[0-9Xx〇零一二三四五六七八九０-９]")
_TAIL = re.compile(r"(?:[0-9〇零一二三四五六七八九０-９]|(?<=[0-9０-９])日)[\s\-–—]*\Z")
_DAY = re.compile(r"(\d{4})\s*[年./-]\s*(\d{1,2})\s*[月./-]\s*(\d{1,2})(?!\d)\s*日?")
"""A date of birth as it is said inside an identity number."""
_FIGURE = re.compile(r"\s*[0-9０-９]{1,18}[Xx]?\s*|\s*[Xx]\s*")
_TELEPHONE = re.compile(r"1[3-9]\d{9}")
_TELEPHONES = re.compile(
    rf"\s*(?:\w{{0,6}}(?:{'|'.join(map(re.escape, DATA['labels']['mobile']))})(?:号码?)?"
    r"|(?i:(?:mobile|cell|tele)?[ -]?phone|mobile|tel)\.?(?i: ?no\.?| number)?)\s*(?:[（(][^（()）]*[)）])?\s*"
)
"""The head of a column of telephones, which says nothing else."""
LIKELY = re.compile(r"1[3-9]\d{9}|[1-9]\d{5}(?:18|19|20)\d\d[01]\d[0-3]\d{4}[\dX]")
"""像号码的 — a telephone, an identity number."""
_SAME_EDGE, _SAME_LINE, _SAME_PLACE = 0.6, 0.5, 0.5
_BELOW, _CLOSE, _OVER = 1.2, 0.6, -0.4
"""In heights of a line: how far the next line of a cell may be, how near it is where nothing else is said, and how far
two lines may reach into each other."""
_OUTER_LINES = 6
"""Lines at the end of a page and at the beginning of the next: heads and feet stand between what belongs together."""
_LINE_END = 2
_PAGE_NUMBER = 4
_IDENTITY, _AREA, _MOST_CELLS = 18, 6, 4
"""Figures of an identity number; of the area that it begins with; cells of one page that make one."""
_BOXES = 4
"""So many figures of one sign side by side are boxes to fill in."""
_MOST, _LONGEST = 60, 19
_SAME_ROWS = 0.5
"""Of the lines of a page: so many stand at heights where another has lines too, if both show the same rows."""
_CUTS = {(3, 4, 4), (3, 8), (7, 4), (3, 4, 2, 2), (3, 3, 5)}
Box = tuple[float, float, float, float]
InCell = Callable[[Box, Box], bool]


class Block(NamedTuple):
    """一块字 — a text that nothing parts, and its box: left, top, right, bottom.

    `span`: which signs of its page it is, in the order of the file; nothing where that has none.
    """

    slot: Slot
    box: Box
    span: tuple[int, int] = (0, 0)

    def goes_on_in(self, other: Block) -> bool:
        """紧接着 — whether the file says the other right after it, so that both are read together elsewhere."""
        return 0 < other.span[0] - self.span[1] <= _LINE_END + 1

    @property
    def height(self) -> float:
        """高."""
        return self.box[3] - self.box[1]


Lines = list[list[Block]]


def around(boxes: Sequence[Box]) -> Box:
    """围住 — the smallest box around several."""
    lefts, tops, rights, bottoms = zip(*boxes, strict=True)
    return min(lefts), min(tops), max(rights), max(bottoms)


class _Step(NamedTuple):
    """From a block to the one below it: whether other words stand between them, whether both are of one cell."""

    lower: Block
    is_flanked: bool
    is_cell: bool


def below(blocks: Iterable[Block], in_cell: InCell = lambda _one, _other: False) -> Iterator[Slot]:
    """上下相接 — what goes on in the line below, in the same column; each line read to its end is read elsewhere.

    `in_cell`: whether two boxes stand in one cell of drawn lines.
    """
    lines = lines_of(blocks)
    heads = [block for line in lines for block in line if _TELEPHONES.fullmatch(block.slot.text)]
    steps: dict[int, _Step] = {}
    free: set[int] = set()
    for at, line in enumerate(lines):
        for place, upper in enumerate(line):
            found = _next(upper, lines[at + 1 : at + 4]) if _TAIL.search(upper.slot.text) else None
            if found is not None:
                line_on, first, lower = found
                is_flanked = line_on > 0 or first > 0 or place < len(line) - 1
                is_flanked = is_flanked and not upper.goes_on_in(lower)
                # The third line of a cell begins as the second does.
                is_free = first == 0 and (place > 0 or id(upper) in free)
                is_free = is_free and lower.box[1] - upper.box[3] <= _CLOSE * upper.height
                free.update([id(lower)] if is_free else ())
                steps[id(upper)] = _Step(lower, is_flanked, is_free or in_cell(upper.box, lower.box))
    for block in (block for line in lines for block in line):
        yield from _chains(block, steps, heads)


def _chains(first: Block, steps: Mapping[int, _Step], heads: Sequence[Block]) -> Iterator[Slot]:
    """What begins in a block, of two parts and more, as long as one number may be."""
    chain, last, is_flanked, is_cell = [first.slot], first, False, True
    length = _length(_tail(first.slot.text))
    while (step := steps.get(id(last))) is not None and length < _LONGEST:
        last, is_flanked, is_cell = step.lower, is_flanked or step.is_flanked, is_cell and step.is_cell
        chain.append(last.slot)
        length += _length(_head(last.slot.text))
        if is_flanked and SHORTEST <= length <= _LONGEST:
            is_one = is_cell or (_is_wrapped(chain) and any(_is_over(head, first) for head in heads))
            yield together(list(chain), crossing(chain, is_cell=is_one, is_cut=False))
        if not _FIGURE.fullmatch(last.slot.text):
            return


def _is_wrapped(chain: Sequence[Slot]) -> bool:
    """Whether a telephone is parted as a narrow column parts it: every line is full but the last."""
    parts = tuple(len(bare(slot.text)) for slot in chain)
    is_telephone = _TELEPHONE.fullmatch("".join(bare(slot.text) for slot in chain)) is not None
    return is_telephone and (parts in _CUTS or (len(set(parts[:-1])) == 1 and parts[-1] <= parts[0]))


def _is_over(head: Block, block: Block) -> bool:
    """Whether a head stands above a block in one column."""
    return head.box[3] <= block.box[1] and head.box[0] < block.box[2] and block.box[0] < head.box[2]


def _next(upper: Block, lines: Lines) -> tuple[int, int, Block] | None:
    """The block right below that begins with a figure: how many lines on, its number there, the block."""
    for step, line in enumerate(lines):
        for place, lower in enumerate(line):
            gap = lower.box[1] - upper.box[3]
            if not _OVER * upper.height <= gap <= _BELOW * upper.height or not _is_below(upper.box, lower.box):
                continue
            return (step, place, lower) if _HEAD.match(lower.slot.text) else None
    return None


def _is_below(upper: Box, lower: Box) -> bool:
    margin = _SAME_EDGE * (upper[3] - upper[1])
    is_inside = upper[0] - margin <= lower[0] and lower[2] <= upper[2] + margin
    return abs(lower[0] - upper[0]) <= margin or is_inside


def lines_of(blocks: Iterable[Block]) -> Lines:
    """行 — from the top down, each from left to right."""
    lines: Lines = []
    for block in sorted(blocks, key=lambda block: block.box[1] + block.box[3]):
        middle = (block.box[1] + block.box[3]) / 2
        first = lines[-1][0] if lines else None
        if first and middle - (first.box[1] + first.box[3]) / 2 < _SAME_LINE * min(first.height, block.height):
            lines[-1].append(block)
        else:
            lines.append([block])
    return [sorted(line, key=lambda block: block.box[0]) for line in lines]


def in_boxes(blocks: Iterable[Block]) -> Iterator[Slot]:
    """一格一位 — figures of a sign each over several rows of boxes, labels beside them left out."""
    for is_boxes, lines in groupby(map(_single, lines_of(blocks)), key=lambda line: len(line) >= _BOXES):
        slots = [block.slot for line in lines for block in line] if is_boxes else []
        if SHORTEST <= len(slots) <= _MOST:
            yield together(slots, crossing(slots, is_cut=False))


def _single(line: Sequence[Block]) -> list[Block]:
    return [block for block in line if len(block.slot.text) == 1 and _FIGURE.fullmatch(block.slot.text)]


def over_pages(pages: Sequence[Sequence[Block]]) -> Iterator[Slot]:
    """跨页 — what ends a page and goes on on the next, heads and feet between; figures alone in one place of pages."""
    whole = [lines_of(blocks) for blocks in pages]
    for before, after in pairwise(whole):
        ends = [(line, block) for line in before[-_OUTER_LINES:][::-1] for block in line if _is_end(line, block)]
        taken: list[Block] = []
        for begin, other in ((line, block) for line in after[:_OUTER_LINES] for block in line):
            if not _HEAD.match(other.slot.text) or any(_is_below(one.box, other.box) for one in taken):
                continue
            taken.append(other)
            pairs = [(end, one) for end, one in ends if _is_below(one.box, other.box)][:1]
            pairs += [(end, one) for end, one in ends if one is end[-1] and other is begin[0]]
            for end, one in pairs:
                if _is_likely([one, other]):
                    slots = [one.slot, other.slot]
                    is_prose = one is end[-1] and not _FIGURE.fullmatch(one.slot.text) and other is begin[0]
                    is_cut = len(end) == len(begin) == 1
                    yield together(slots, crossing(slots, is_cell=is_prose, is_cut=is_cut))
                    break
    yield from _beside(whole)
    alone = [[line[0] for line in lines if len(line) == 1 and _FIGURE.fullmatch(line[0].slot.text)] for lines in whole]
    for at, blocks in _in_one_place(alone):
        slots = [block.slot for block in blocks]
        if len(slots) > 1:
            yield from (_whole([block.slot, *slots]) for block in (alone[at - 1] if at else ()))
        if len(slots) > 2:
            yield _whole(slots)


def _is_likely(parts: Sequence[Block]) -> bool:
    *ends, begin = (block.slot.text for block in parts)
    return LIKELY.fullmatch(bare("".join(map(_tail, ends)) + _head(begin))) is not None


def _beside(pages: Sequence[Lines]) -> Iterator[Slot]:
    """Identity numbers in rows of a wide sheet that is printed on several pages: at the same height of another page."""
    begins: dict[tuple[int, int], list[tuple[int, Block]]] = defaultdict(list)
    for at, lines in enumerate(pages):
        for line in lines:
            if size := _length(_head(line[0].slot.text)):
                begins[_height(line[0]), size].append((at, line[0]))
    for at, lines in enumerate(pages):
        for ends in (ends for line in lines for ends in _ends_of(line)):
            size = sum(_length(_tail(end.slot.text)) for end in ends)
            near = [(_height(ends[-1]) + by, _IDENTITY - size) for by in (-1, 0, 1)]
            for then, begin in (found for place in near for found in begins.get(place, ())):
                if then > at and _is_likely([*ends, begin]) and _are_rows(lines, pages[then]):
                    slots = [block.slot for block in (*ends, begin)]
                    yield together(slots, crossing(slots, is_cut=False))


def _ends_of(line: Sequence[Block]) -> Iterator[list[Block]]:
    """The last cell of a row, where it ends with a figure; the last ones too that follow one of six figures."""
    for count in range(1, min(len(line), _MOST_CELLS) + 1):
        ends = list(line[-count:])
        if not _TAIL.search(ends[0].slot.text):
            return
        if count == 1 or _length(_tail(ends[0].slot.text)) == _AREA:
            yield ends
        if _head(ends[0].slot.text) != ends[0].slot.text and not _DAY.fullmatch(ends[0].slot.text):
            return


def _height(block: Block) -> int:
    return round(block.box[3])


def _are_rows(lines: Lines, others: Lines) -> bool:
    """Whether most lines of a page stand at the heights of those of another."""
    heights = {_height(line[0]) + by for line in lines for by in (-1, 0, 1)}
    return sum(_height(line[0]) in heights for line in others) >= _SAME_ROWS * len(others)


def _is_end(line: Sequence[Block], block: Block) -> bool:
    """Whether something may go on after it: it ends with a figure, and is no number of a page."""
    return bool(_TAIL.search(block.slot.text)) and (len(line) > 1 or len(bare(block.slot.text)) >= _PAGE_NUMBER)


def _in_one_place(pages: Sequence[Sequence[Block]]) -> Iterator[tuple[int, list[Block]]]:
    """Figures that stand in one place of pages that follow each other, with the number of the first page."""
    open_runs: list[tuple[int, list[Block]]] = []
    for at, figures in enumerate(pages):
        kept = []
        for first, run in open_runs:
            here = next((block for block in figures if _is_same_place(run[-1], block)), None)
            if here is None or len(run) >= _MOST:
                yield first, run
            else:
                run.append(here)
                kept.append((first, run))
        going = {id(run[-1]) for _, run in kept}
        open_runs = [*kept, *((at, [block]) for block in figures if id(block) not in going)]
    yield from open_runs


def _is_same_place(one: Block, other: Block) -> bool:
    margin = _SAME_PLACE * one.height
    return abs(one.box[0] - other.box[0]) <= margin and abs(one.box[3] - other.box[3]) <= margin


def in_a_row(slots: Iterable[Slot], *, is_whole: bool = False) -> Iterator[Slot]:
    """一个接一个 — texts that are nothing but figures, each run of them as one: fields of a form, bookmarks.

    `is_whole`: a telephone that all of a run make counts too, wherever it is cut.
    """
    for is_figure, run in groupby(slots, key=lambda slot: _FIGURE.fullmatch(slot.text) is not None):
        group = list(run) if is_figure else []
        if len(group) > 1 and SHORTEST <= sum(len(bare(slot.text)) for slot in group) <= _MOST:
            yield _whole(group)
            if is_whole:
                yield together(group, partial(_is_all, sum(len(bare(slot.text)) for slot in group)))


def _is_all(size: int, hit: Hit) -> bool:
    return hit.kind == Kind.MOBILE and len(bare(hit.text)) == size


def _whole(slots: Sequence[Slot]) -> Slot:
    return together(slots, crossing(slots))


def crossing(slots: Sequence[Slot], *, is_cell: bool = False, is_cut: bool = True) -> Callable[[Hit], bool]:
    """跨过断处的 — which hits of these texts read as one go over a seam and are no chance.

    `is_cell`: all stand in one cell, and any number counts; `is_cut`: one that is cut as people cut telephones does.
    """
    seams = list(accumulate(len(slot.text) for slot in slots))[:-1]

    def only(hit: Hit) -> bool:
        inside = [seam for seam in seams if hit.start < seam < hit.end]
        if not inside or hit.severity is not Severity.BLOCK:
            return False
        cuts = [hit.start, *inside, hit.end]
        parts = tuple(_length(hit.text[one - hit.start : other - hit.start]) for one, other in pairwise(cuts))
        return is_cell or hit.kind == Kind.IDENTITY or (is_cut and (parts in _CUTS or set(parts) == {1}))

    return only


def _length(text: str) -> int:
    return len(bare(text))


def _tail(text: str) -> str:
    text = _DAY.sub(lambda day: f"{day[1]}{int(day[2]):02}{int(day[3]):02}", text)
    found = re.search(r"[0-9０-９〇零一二三四五六七八九\s\-–—]+\Z", text)
    return found[0] if found else ""


def _head(text: str) -> str:
    found = re.match(r"[0-9Xx０-９〇零一二三四五六七八九\s\-–—]+", text)
    return found[0] if found else ""
