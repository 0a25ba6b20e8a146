"""页眉页脚的代码 — headers of a sheet as a reader sees them, written anew with page numbers alone (条例 第十七条)."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from gongkai.documents.redaction.editor import Slot
from gongkai.text.hit import STAR, Hit, Severity

_CODE = re.compile(
    r'&(?:"(?P<font>[^"]*)"|(?P<size>[0-9]{1,3})|K(?P<colour>[0-9A-Fa-f]{6}|[0-9]{2}[+-][0-9]{3})|(?P<sign>.))',
    re.DOTALL,
)
_SIDES = {"L": "left", "C": "center", "R": "right"}
_FIELDS = frozenset("PN")
"""Page number and count stay; names of files and paths, dates and pictures do not."""
_AMPERSAND = "\uff06"
_FIELD = re.compile(r"&[PN](?:[+-][0-9]{1,12})?")
_PAGES = (1, 2, 10, 100)
"""The first pages, and the first numbers of more digits."""


def shown_header(code: str) -> dict[str, str]:
    """页眉页脚的三段 — left, center, right as a reader sees them; page numbers stay as &P and &N."""
    found: dict[str, list[str]] = {}
    side, at = "center", 0
    for match in _CODE.finditer(code):
        found.setdefault(side, []).append(code[at : match.start()])
        at = match.end()
        sign = (match["sign"] or "").upper()
        if sign in _SIDES:
            side = _SIDES[sign]
        elif sign in _FIELDS:
            found.setdefault(side, []).append(f"&{sign}")
        elif sign == "&":
            found.setdefault(side, []).append(_AMPERSAND)
    found.setdefault(side, []).append(code[at:])
    written = {side: "".join(found.get(side, ())) for side in _SIDES.values()}
    return {side: text for side, text in written.items() if text.strip()}


def written_header(sides: Mapping[str, str]) -> str:
    """写成页眉页脚 — codes for the three parts."""
    letters = {side: letter for letter, side in _SIDES.items()}
    return "".join(f"&{letters[side]}{text}" for side, text in sides.items() if text)


class _Sign(NamedTuple):
    """A sign, or the number of a page, as it is printed; where of which side it is written."""

    side: str
    start: int
    end: int
    text: str


def printed(sides: Mapping[str, Slot]) -> Iterator[Slot]:
    """印出来的页眉 — all sides as one text without blanks, with the numbers of the first pages (条例 第十七条).

    A change of font parts nothing that stands together, and the blank after the code of a size is one.
    """
    told: set[str] = set()
    for page in _PAGES:
        signs = [sign for side, slot in sides.items() for sign in _signs(side, slot.text, page)]
        text = "".join(sign.text for sign in signs)
        if text not in told:
            told.add(text)
            yield _slot(sides, signs, text)


def _signs(side: str, code: str, page: int) -> Iterator[_Sign]:
    at = 0
    while at < len(code):
        if field := _FIELD.match(code, at):
            more = field[0][2:]
            yield _Sign(side, at, field.end(), str(page + int(more or 0)))
        elif not code[at].isspace():
            yield _Sign(side, at, at + 1, code[at])
        at = field.end() if field else at + 1


def _slot(sides: Mapping[str, Slot], signs: Sequence[_Sign], text: str) -> Slot:
    place = next(iter(sides.values())).place

    def mask(hits: Sequence[Hit]) -> None:
        for hit in hits:
            at = 0
            for sign in signs:
                inside = (hit.mask or hit.text)[max(0, at - hit.start) : max(0, at - hit.start) + len(sign.text)]
                at += len(sign.text)
                if hit.start < at and at - len(sign.text) < hit.end and inside != sign.text:
                    covered = inside if sign.end - sign.start == len(inside) else STAR * (sign.end - sign.start)
                    sides[sign.side].mask([hit._replace(start=sign.start, end=sign.end, mask=covered)])

    def only(hit: Hit) -> bool:
        return hit.severity is Severity.BLOCK and not any(hit.text in slot.text for slot in sides.values())

    return Slot(place, text, mask, sure=True, only=only)
