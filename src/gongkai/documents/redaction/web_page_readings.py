"""网页的另外几种读法 — what a reader sees in another order than it is written (条例 第十七条).

Pieces from the last to the first, words of a text that runs from right to left, what stands beside the small signs
above it, drawings whose words have places. Only a sure number counts that goes on over several pieces.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from functools import partial
from itertools import accumulate, groupby

from gongkai.documents.redaction import apart
from gongkai.documents.redaction.editor import Slot, overlaid, shown
from gongkai.documents.redaction.places import Place
from gongkai.documents.showing import How
from gongkai.documents.showing.appearance import Look
from gongkai.documents.showing.stylesheet import Element
from gongkai.documents.showing.web_page import Page, Spot
from gongkai.text.hit import STAR, Hit, Severity
from gongkai.text.personal_data.signs import SHORTEST

_NUMBER = re.compile(r"-?\d*\.?\d+")
_ONE_LINE = 4.0
_ABOVE, _WITH_SIGNS = frozenset(("rt", "rp")), frozenset(("ruby",))
_KEPT = 3
_MARK = 6
"""The signs of the longest mark of a note: [注12]."""


def others(page: Page) -> Iterator[Slot]:
    """另外几种读法 — of the whole page (条例 第十七条)."""
    yield from _reversed(page)
    for number, block in enumerate(page.blocks, 1):
        yield from _without_signs_above(block.spots)
        yield from without_marks(Place(paragraph=number), block.spots)
        yield from _alone(Place(paragraph=number), block.spots)
        yield from _from_right_to_left(page, block.spots)
    spots = page.spots
    for drawing in page.root.iter("svg"):
        yield from _drawn(spots, drawing)


def _reversed(page: Page) -> Iterator[Slot]:
    """Pieces that the page shows from the last to the first, read so."""
    seen = (spot for block in page.blocks for spot in block.spots if spot.is_seen)
    for is_reversed, found in groupby(seen, lambda spot: page.looks.get(holder_of(spot), Look()).is_reversed):
        spots = [*found][::-1] if is_reversed else []
        if len(spots) > 1:
            yield _of_several(spots)


def holder_of(spot: Spot) -> Element:
    """放字的元素 — in which the words of a spot stand."""
    return spot.element.getparent() if spot.where == "tail" else spot.element


def _without_signs_above(spots: Sequence[Spot]) -> Iterator[Slot]:
    """What stands below small signs, without them, and apart from what stands beside it; and these by themselves."""
    above = [spot for spot in spots if _is_above(spot)]
    if above:
        below = [spot for spot in spots if not _is_above(spot)]
        yield _of_several(below)
        yield from (_of_several(list(found)) for _, found in groupby(below, key=_is_with_signs))
        yield _of_several(above)


def without_marks(place: Place, spots: Sequence[Spot]) -> Iterator[Slot]:
    """不带注的一段 — what is seen, without raised or struck words and without links to notes of the page."""
    seen = [spot for spot in spots if spot.is_seen]
    parts = [(spot.run.text, _how(spot)) for spot in seen]
    if any(how is not How.SEEN for _, how in parts):
        yield from apart.readings(slot_of_spots(place, [seen]), parts)


def _alone(place: Place, spots: Sequence[Spot]) -> Iterator[Slot]:
    """Each piece by itself: beside the digits of the next no number is found in it, and its tags say that it is one."""
    seen = [spot for spot in spots if spot.is_seen]
    only = apart.untold("".join(spot.run.text for spot in seen))
    for before, spot, after in zip([None, *seen], seen, [*seen[1:], None], strict=False):
        is_beside = (before and before.run.text[-1:].isalnum()) or (after and after.run.text[:1].isalnum())
        # Beside marks it is read by `without_marks`.
        is_beside = is_beside and all(one is None or _how(one) is How.SEEN for one in (before, after))
        if is_beside and sum(map(str.isnumeric, spot.run.text)) >= SHORTEST:
            slot = slot_of_spots(place, [[spot]])
            yield Slot(place, slot.text, partial(_mask_to_the_end, slot), only=only)


def _mask_to_the_end(slot: Slot, hits: Sequence[Hit]) -> None:
    """Digits that stay at the end of a mask would be read on into the next piece."""
    slot.mask([hit._replace(mask=hit.text[:_KEPT].ljust(len(hit.text), STAR)) for hit in hits])


def _how(spot: Spot) -> How:
    """A link within the page that says no more than a note has is a mark, whether raised or not."""
    holder = holder_of(spot)
    if spot.run.how is How.SEEN and len(spot.run.text) <= _MARK:
        for above in (holder, *holder.iterancestors()):
            if above.tag == "a" and above.get("href", "").lstrip().startswith("#"):
                return How.RAISED
    return spot.run.how


def _is_above(spot: Spot) -> bool:
    return _is_in(spot, _ABOVE)


def _is_with_signs(spot: Spot) -> bool:
    return _is_in(spot, _WITH_SIGNS)


def _is_in(spot: Spot, names: frozenset[str]) -> bool:
    holder = holder_of(spot)
    return any(one.tag in names for one in (holder, *holder.iterancestors()))


def _from_right_to_left(page: Page, spots: Sequence[Spot]) -> Iterator[Slot]:
    """Numbers between blanks stand the last first where the text runs from right to left."""
    if any(page.looks.get(holder_of(spot), Look()).runs_left for spot in spots if spot.is_seen):
        words = "".join(spot.run.text for spot in spots if spot.is_seen).split()
        if len(words) > 1:
            yield shown(Place(), " ".join(words[::-1]), sure=True)


def _drawn(spots: Mapping[tuple[Element, str], Spot], drawing: Element) -> Iterator[Slot]:
    """The words of a drawing by their places: line by line, and column by column; of one text, sign by sign."""
    placed: list[tuple[tuple[float, float], Spot]] = []
    for element in drawing.iter("text", "tspan"):
        spot = spots.get((element, "text"))
        if spot is None or not spot.is_seen:
            continue
        across, down = (_places(element, name) for name in ("x", "y"))
        placed.append(((across[0], down[0]), spot))
        if len(across) > 1:
            signs = sorted(zip(across, "".join(spot.run.text.split()), strict=False))
            yield shown(Place(), "".join(sign for _, sign in signs), sure=True)
    for first, second in ((1, 0), (0, 1)):
        lines: dict[int, list[tuple[float, int, Spot]]] = defaultdict(list)
        for number, (place, spot) in enumerate(placed):
            lines[round(place[first] / _ONE_LINE)].append((place[second], number, spot))
        for line in lines.values():
            if len(line) > 1:
                yield _of_several([spot for _, _, spot in sorted(line)])


def _places(element: Element, name: str) -> list[float]:
    """Where an element puts its signs: what it says itself, or what holds it says."""
    for one in (element, *element.iterancestors()):
        if found := _NUMBER.findall(one.get(name, "")):
            return [float(number) for number in found]
    return [0.0]


def _of_several(spots: Sequence[Spot]) -> Slot:
    slot = slot_of_spots(Place(), [spots])
    slot.only = partial(_is_of_several, spots)
    return slot


def _is_of_several(spots: Sequence[Spot], hit: Hit) -> bool:
    """Whether a sure number goes on over pieces: what stands in one is read already."""
    ends = accumulate(len(spot.run.text) for spot in spots)
    return hit.severity is Severity.BLOCK and any(hit.start < end < hit.end for end in ends)


def slot_of_spots(place: Place, lines: Sequence[Sequence[Spot]]) -> Slot:
    """一段文字 — the spots of some lines read as one text."""
    text = "\n".join("".join(spot.run.text for spot in line) for line in lines)

    def mask(hits: Sequence[Hit]) -> None:
        masked, at = overlaid(text, hits), 0
        for line in lines:
            for spot in line:
                spot.mask(masked[at : at + len(spot.run.text)])
                at += len(spot.run.text)
            at += 1

    return Slot(place, text, mask)
