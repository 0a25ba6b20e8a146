"""判定 — whether each plant was told, and whether a copy that was handed out still holds it (条例 第十五条).

Many plants share a file. A plant whose number is among the hits is told; the others, and all where a copy was refused,
are planted again in smaller files, in the end alone. There any block counts, and so does a sentence on what was not
read: no base has one.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import NamedTuple

from gongkai.documents.document import DocumentError
from gongkai.documents.redaction import Inspection, inspect, masked, public_copy
from gongkai.text.hit import Severity
from tests.plants.bases import BASES
from tests.plants.planting import Plant, Sight
from tests.plants.spellings import normal
from tests.plants.traces import holds, traces

_FAILURES = (DocumentError,)


class Verdict(NamedTuple):
    """判定 — of one plant: told or not; what the copies still hold (None: no copy was handed out)."""

    plant: Plant
    told: bool
    in_public: bool | None
    in_masked: bool | None
    said: str = ""

    @property
    def missed(self) -> tuple[str, ...]:
        """漏了什么 — nothing, if all is well."""
        public = self.in_public and self.plant.sight is Sight.HIDDEN
        faults = (("untold", not self.told), ("public copy", public), ("masked copy", self.in_masked))
        return tuple(fault for fault, is_so in faults if is_so)


def judged(plants: Sequence[Plant], *, pictures: bool = False) -> Iterator[Verdict]:
    """判定 — plants of one base."""
    if not plants:
        return
    name, data = planted(plants)
    numbers, said = _seen(name, data, pictures)
    public = _copy(lambda: public_copy(name, data))
    clean = _copy(lambda: masked(name, data, pictures=pictures))
    alone = len(plants) == 1
    if not alone and (public is None or clean is None or said):
        for half in (plants[: len(plants) // 2], plants[len(plants) // 2 :]):
            yield from judged(half, pictures=pictures)
        return
    for plant in plants:
        told = _names(plant, numbers)
        if not told:
            told = any(_seen(*planted([plant]), pictures)) if not alone else bool(numbers or said)
        in_public = None if public is None else holds(public, plant.number, plant.written)
        in_masked = None if clean is None else holds(clean, plant.number, plant.written)
        yield Verdict(plant, told, in_public, in_masked, "; ".join(said))


def planted(plants: Sequence[Plant]) -> tuple[str, bytes]:
    """种下 — the name and the bytes of a file that holds them."""
    base = BASES[plants[0].base]()
    places = list(base.places())
    for plant in plants:
        places[plant.at].write(plant.written)
    return base.name, base.save()


def _seen(name: str, data: bytes, pictures: bool) -> tuple[set[str], set[str]]:
    """The numbers that block, and what is said to be unread."""
    seen = inspect(name, data, pictures=pictures)
    return _blocked(seen), {error.template for error in seen.unread}


def _names(plant: Plant, numbers: Iterable[str]) -> bool:
    """A blocking hit holds the number."""
    return any(plant.number in number or number[::-1] == plant.number for number in numbers)


def _blocked(seen: Inspection) -> set[str]:
    return {normal(found.hit.text) for found in seen.hits if found.hit.severity is Severity.BLOCK}


def _copy(make: Callable[[], bytes]) -> str | None:
    try:
        return traces(make())
    except _FAILURES:
        return None


class Tally:
    """计数 — verdicts by format and kind of place; what was missed."""

    def __init__(self) -> None:
        self.planted: Counter[tuple[str, str]] = Counter()
        self.missed: Counter[tuple[str, str, str]] = Counter()
        self.refused: Counter[tuple[str, str]] = Counter()
        self.misses: list[Verdict] = []

    def add(self, verdict: Verdict) -> None:
        """计入."""
        at = (verdict.plant.base.partition(" ")[0], verdict.plant.kind)
        self.planted[at] += 1
        self.refused[at] += verdict.in_public is None or verdict.in_masked is None
        for fault in verdict.missed:
            self.missed[*at, fault] += 1
        if verdict.missed:
            self.misses.append(verdict)

    def lines(self) -> Iterator[str]:
        """报数 — a line a kind."""
        yield f"{'':44}{'planted':>9}{'untold':>9}{'public':>9}{'masked':>9}{'no copy':>9}"
        for at, count in sorted(self.planted.items()):
            faults = [self.missed[*at, fault] for fault in ("untold", "public copy", "masked copy")]
            yield f"{' / '.join(at):44}" + "".join(f"{value:>9}" for value in (count, *faults, self.refused[at]))
        whole = [
            sum(count for key, count in self.missed.items() if key[2] == fault)
            for fault in ("untold", "public copy", "masked copy")
        ]
        yield f"{'all':44}" + "".join(f"{v:>9}" for v in (self.planted.total(), *whole, self.refused.total()))
