"""公开的变化 — what went out, was amended, was taken back since a head, in words, body by body (条例 第二十三条)."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime

from gongkai.web.bodies.models import Body
from gongkai.web.journal import log
from gongkai.web.journal.rooms import Named, words
from gongkai.web.journal.since import Change, Judged, changes

MOST_SHOWN = 300
"""列多少件 — the latest; of how many is said."""
_ITEM = "holdings.item"


@dataclass(frozen=True, slots=True)
class Line:
    """一件 — what became of it, when, how this reader may call it."""

    change: Change
    at: datetime
    index: str
    title: str
    address: str


@dataclass(frozen=True, slots=True)
class Told:
    """变化 — how many of each kind, and the items of every body, as the county lists its bodies.

    `since`: the head from which on; `shown` of `count` items are listed; `leaves`: where only so many leaves at the end
    of the log were read, how many, else 0.
    """

    since: Judged
    counts: tuple[tuple[Change, int], ...]
    bodies: tuple[tuple[str, tuple[Line, ...]], ...]
    count: int
    shown: int
    leaves: int = 0


def told_since(
    judged: Sequence[Judged], reader: object, chains: Collection[str] | None = None, most: int = 0
) -> Told | None:
    """自那以来的变化 — since the newest head that the log begins with; None where there is none (条例 第二十三条).

    `chains`: of these bodies alone. `most`: of so many leaves at the end, where anybody may ask.
    """
    good = next((each for each in judged if each.is_good), None)
    if good is None:
        return None
    found = [each for each in changes(good.head.size, most) if chains is None or each.chain in chains]
    shown = found[:MOST_SHOWN]
    named = _named([each.index for each in shown], reader)
    lines: dict[str, list[Line]] = {}
    for each in shown:
        told = named.get(each.index, Named("", each.index))
        lines.setdefault(each.chain, []).append(Line(each.change, each.at, each.index, told.name, told.address))
    names = dict(Body.objects.order_by("order", "id").values_list("slug", "short_name"))
    order = [code for code in names if code in lines] + sorted(lines.keys() - names.keys())
    kinds = [each.change for each in found]
    counts = tuple((change, kinds.count(change)) for change in Change if change in kinds)
    bodies = tuple((names.get(code, code), tuple(lines[code])) for code in order)
    leaves = most if most and log.size() - good.head.size > most else 0
    return Told(good, counts, bodies, len(found), len(shown), leaves)


def _named(indexes: Collection[str], reader: object) -> dict[str, Named]:
    """By index number, as the room of the items calls them for this reader."""
    thing = words().things[_ITEM]
    numbers = thing.all_found(indexes)
    return {each.index: each for each in thing.named(numbers, reader).values()}
