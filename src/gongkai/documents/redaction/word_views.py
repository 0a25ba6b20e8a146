"""段落的另外几种读法 — a docx with its changes refused or marked, or without its small signs (条例 第十七条).

With its changes accepted it reads as what is seen, which is read anyway. A copy holds nothing but that.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import partial

from lxml import etree

from gongkai.documents.redaction import apart
from gongkai.documents.redaction.editor import Piece, Slot, Table, slot_of
from gongkai.documents.redaction.places import Layer, Place
from gongkai.documents.redaction.word_parts import StoryPart
from gongkai.documents.showing import How, Why
from gongkai.documents.showing.word import CODES, Atom
from gongkai.documents.word_numbering import local
from gongkai.text.hit import Hit, replaced

_WORD = re.compile(r"\S+")
_ADDED = ("ins", "moveTo")
_CHANGES = ("{*}ins", "{*}moveTo", "{*}del", "{*}moveFrom")
_Shows = Callable[[Atom], bool]


def _marked(atom: Atom) -> bool:
    return (atom.is_seen or atom.run.why is Why.DELETED) and local(atom.element) not in CODES


def _refused(atom: Atom) -> bool:
    return _marked(atom) and not any(_is_added(above) for above in atom.element.iterancestors())


def _is_added(element: etree._Element) -> bool:
    name = local(element)
    return name in _ADDED or (name == "tr" and element.find("{*}trPr/{*}ins") is not None)


def _above(atom: Atom) -> bool:
    return atom.is_seen and any(local(above) == "rt" for above in atom.element.iterancestors())


def _below(atom: Atom) -> bool:
    return atom.is_seen and not _above(atom)


def _level(atom: Atom) -> bool:
    return atom.is_seen and atom.run.how is not How.RAISED


def _standing(atom: Atom) -> bool:
    return atom.is_seen and atom.run.how is not How.STRUCK


def _plain(atom: Atom) -> bool:
    return _level(atom) and _standing(atom)


_OF_MARKS: dict[frozenset[How], tuple[_Shows, ...]] = {
    frozenset((How.RAISED,)): (_level,),
    frozenset((How.STRUCK,)): (_standing,),
    frozenset((How.RAISED, How.STRUCK)): (_level, _standing, _plain),
}
_OF_CHANGES: tuple[_Shows, ...] = (_refused, _marked)
_OF_SIGNS_ABOVE: tuple[_Shows, ...] = (_below, _above)


def _views(block: etree._Element, part: StoryPart) -> tuple[_Shows, ...]:
    changes = _OF_CHANGES if _has_changes(block) else ()
    above = _OF_SIGNS_ABOVE if next(block.iter("{*}ruby"), None) is not None else ()
    atoms = (atom for line in block.iter("{*}p") for atom in part.story.atoms(line))
    marks = frozenset(atom.run.how for atom in atoms if atom.is_seen) - {How.SEEN}
    return (*changes, *above, *_OF_MARKS.get(marks, ()))


def paragraphs(part: StoryPart, found: Iterable[tuple[Place, etree._Element]]) -> Iterator[Slot]:
    """段落 — those that read otherwise, with those beside them: a number may go on over their ends."""
    listed = list(found)
    for place, paragraph in listed:
        if paragraph.find("{*}pPr/{*}bidi") is not None:
            yield _from_right_to_left(place, [atom for atom in part.story.atoms(paragraph) if atom.is_seen])
    other = [at for at, (_, paragraph) in enumerate(listed) if _views(paragraph, part)]
    near = dict.fromkeys(at + step for at in other for step in (-1, 0, 1) if 0 <= at + step < len(listed))
    group: list[tuple[Place, etree._Element]] = []
    for at in near:
        group.append(listed[at])
        if at + 1 not in near:
            yield from _read(group, part)
            group = []


def _from_right_to_left(place: Place, atoms: Sequence[Atom]) -> Slot:
    """Numbers between blanks stand the last first where the text runs from right to left."""
    pieces = list(map(_piece, atoms))
    text = "".join(piece.text for piece in pieces)
    turned = " ".join(text.split()[::-1])

    def mask(hits: Sequence[Hit]) -> None:
        # A mask may cover blanks: each word is found by its place from the end.
        covered, masked, at = replaced(turned, hits), text, 0
        end = len(covered)
        for found in _WORD.finditer(text):
            start = end - len(found[0])
            masked = masked[: found.start()] + covered[start:end] + masked[found.end() :]
            end = start - 1
        for piece in pieces:
            piece.write(masked[at : at + len(piece.text)])
            at += len(piece.text)

    return Slot(place, turned, mask, sure=True)


def _read(group: Sequence[tuple[Place, etree._Element]], part: StoryPart) -> Iterator[Slot]:
    place = next(place for place, paragraph in group if _views(paragraph, part))
    lines = [paragraph for _, paragraph in group]
    yield from (_slot(place, lines, part, view) for view in _all_views(lines, part))


def tables(part: StoryPart, rows: Sequence[Sequence[tuple[Place, etree._Element] | None]]) -> Iterator[Table]:
    """表格 — the rows that read otherwise; each cell by its place and element."""
    other = [row for row in rows if any(cell is not None and _views(cell[1], part) for cell in row)]
    cells = dict.fromkeys(cell for row in other for cell in row if cell)
    for view in _all_views([cell for _, cell in cells], part):
        slots = {cell: _slot(cell[0], list(cell[1].iter("{*}p")), part, view) for cell in cells}
        yield Table([[slots[cell] if cell else None for cell in row] for row in other])


def _all_views(blocks: Iterable[etree._Element], part: StoryPart) -> Iterable[_Shows]:
    return dict.fromkeys(view for block in blocks for view in _views(block, part))


def _slot(place: Place, lines: Sequence[etree._Element], part: StoryPart, view: _Shows) -> Slot:
    pieces: list[Piece] = []
    seams: list[int] = []
    seen, size = "", 0
    for at, line in enumerate(lines):
        atoms = part.story.atoms(line)
        pieces += [Piece(None, "", "\n")] if at else []
        size += 1 if at else 0
        for atom in atoms:
            if view(atom):
                pieces.append(_piece(atom))
                size += len(atom.run.text)
            elif atom.is_seen and atom.run.text:
                seams.append(size)
        seen += "\n" + "".join(atom.run.text for atom in atoms if atom.is_seen)
    if view in (_level, _standing, _plain):
        slot = slot_of(place, pieces, sure=True)
        slot.only = apart.over(slot.text, seams, seen)
        return slot
    slot = slot_of(place._replace(layer=Layer.TRACKED, part="word"), pieces, sure=True)
    slot.only = partial(_is_other, seen)
    return slot


def _is_other(seen: str, hit: Hit) -> bool:
    return "cells" in hit.values or hit.text not in seen


def _piece(atom: Atom) -> Piece:
    return Piece(atom.element if atom.where else None, atom.where, atom.run.text)


def _has_changes(block: etree._Element) -> bool:
    """Whether something of it was changed, or it stands in what was."""
    if next(block.iter(*_CHANGES), None) is not None:
        return True
    rows = [row for row in (block, *block.iterancestors("{*}tr")) if local(row) == "tr"]
    if any(row.find(f"{{*}}trPr/{change}") is not None for row in rows for change in _CHANGES):
        return True
    return next(block.iterancestors(*_CHANGES), None) is not None
