"""不算在内的字 — a text read without its raised signs, without what is struck, without both (条例 第十七条).

A reference mark or a struck run inside a number tears it for a program and not for a reader. What is raised may also
part two figures that stand each for itself, as 10² 000: so only what checks itself counts in this reading, and a
telephone right after its label.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import cache

from gongkai.documents.redaction.editor import Slot, Table
from gongkai.documents.redaction.together import part_of
from gongkai.documents.showing import How
from gongkai.text.hit import Hit, Severity
from gongkai.text.personal_data import Kind, bare, find
from gongkai.text.personal_data.kinds import DATA
from gongkai.text.personal_data.signs import SHORTEST

LEFT_OUT = ((How.RAISED,), (How.STRUCK,), (How.RAISED, How.STRUCK))
"""不算在内的 — each reading leaves these signs out (条例 第十七条)."""
_CHECKED = frozenset((Kind.IDENTITY, Kind.RESIDENCE, Kind.BANK_CARD))
_SAID = re.compile(rf"(?:{'|'.join(map(re.escape, DATA['labels']['mobile']))})\D{{0,6}}\Z")
_DIGITS = re.compile(rf"1[3-9]\d{{{SHORTEST - 2}}}", re.ASCII)
_REACH, _HEADS = 16, 3


def readings(slot: Slot, parts: Sequence[tuple[str, How]]) -> Iterator[Slot]:
    """另一种读法 — `parts`: the text of the slot in pieces, each with how it is seen (条例 第十七条)."""
    ways = {how for _, how in parts}
    for left_out in LEFT_OUT:
        if ways.issuperset(left_out):
            yield from _without(slot, parts, left_out)


def _without(slot: Slot, parts: Sequence[tuple[str, How]], left_out: Sequence[How]) -> Iterator[Slot]:
    kept: list[tuple[int, str]] = []
    seams: list[int] = []
    at = size = 0
    for text, how in parts:
        if how in left_out:
            seams.append(size)
        else:
            kept.append((at, text))
            size += len(text)
        at += len(text)
    text = "".join(text for _, text in kept)
    if sum(map(str.isnumeric, text)) < SHORTEST - 1:
        return

    def mask(hits: Sequence[Hit]) -> None:
        begin = 0
        for at, piece in kept:
            inside = [part for hit in hits if (part := part_of(hit, begin, begin + len(piece)))]
            if inside:
                slot.mask([part._replace(start=part.start + at, end=part.end + at) for part in inside])
            begin += len(piece)

    yield Slot(slot.place, text, mask, only=over(text, seams, slot.text))


def over(text: str, seams: Sequence[int], whole: str) -> Callable[[Hit], bool]:
    """跨过断处的 — which hits go on over what was left out of the `whole` text and are no chance; and those beside it
    which it keeps from being found."""
    is_untold = untold(whole)

    def only(hit: Hit) -> bool:
        if hit.severity is not Severity.BLOCK:
            return False
        if not any(hit.start < seam < hit.end for seam in seams):
            return not {hit.start, hit.end}.isdisjoint(seams) and is_untold(hit)
        if hit.kind == Kind.MOBILE:
            is_said = "header" in hit.values or _SAID.search(text[max(0, hit.start - _REACH) : hit.start]) is not None
            return is_said or _DIGITS.fullmatch(hit.text) is not None
        return hit.kind in _CHECKED

    return only


def untold(whole: str) -> Callable[[Hit], bool]:
    """没有报过的 — whether the number of a hit is none of those that block in the `whole` text, found when asked."""
    told = cache(lambda: {bare(hit.text) for hit in find(whole) if hit.severity is Severity.BLOCK})
    return lambda hit: hit.severity is Severity.BLOCK and bare(hit.text) not in told()


def in_table(rows: Sequence[Sequence[Slot | None]], others: Mapping[int, list[Slot]]) -> Iterator[Table]:
    """表格里的另一种读法 — rows of cells that read otherwise, below their headers; `others`: by the id of a slot."""
    for at, row in enumerate(rows if others else ()):
        found = [others[id(slot)] for slot in row if id(slot) in others]
        for way in range(max(map(len, found), default=0)):
            line = [(others[id(slot)] * len(LEFT_OUT))[way] if id(slot) in others else slot for slot in row]
            yield Table([*map(list, rows[: min(at, _HEADS)]), line], spoken=True)
