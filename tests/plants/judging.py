"""判定 — whether each plant was told, and whether a copy that was handed out still holds it (条例 第十五条).

Many plants share a file. A plant whose number is among the hits is told; the others, and all where a copy was refused,
are planted again in smaller files, in the end alone. There any block counts, and so does a sentence on what was not
read: no base has one. A way that stopped a copy once is planted alone from then on: it would stop it for all others.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import NamedTuple

from gongkai.documents.document import DocumentError
from gongkai.documents.redaction import inspect, masked, public_copy
from gongkai.text.hit import Severity
from tests.plants.bases import BASES
from tests.plants.planting import Plant, Sight
from tests.plants.spellings import normal
from tests.plants.traces import Traces, traces

FAULTS = ("untold", "public copy", "masked copy", "crash")


class Verdict(NamedTuple):
    """判定 — of one plant: told or not; what the copies still hold (None: no copy was handed out); what crashed."""

    plant: Plant
    told: bool
    in_public: bool | None
    in_masked: bool | None
    crashed: bool = False

    @property
    def missed(self) -> tuple[str, ...]:
        """漏了什么 — nothing, if all is well."""
        public = bool(self.in_public) and self.plant.sight is Sight.HIDDEN
        faults = zip(FAULTS, (not self.told, public, bool(self.in_masked), self.crashed), strict=True)
        return tuple(fault for fault, is_so in faults if is_so)


class Looked(NamedTuple):
    """看过的文件 — the numbers that block, whether something was not read, and the traces in either copy."""

    numbers: set[str]
    unread: bool
    public: Traces | None
    masked: Traces | None
    crashed: bool


Ways = set[tuple[str, str, str]]
"""方式 — by base, kind and where."""


def judged(plants: Sequence[Plant], *, pictures: bool = False, stopping: Ways | None = None) -> Iterator[Verdict]:
    """判定 — plants of one base; `stopping`: the ways that have stopped a copy so far."""
    stopping = set() if stopping is None else stopping
    apart = [[plant] for plant in plants if _way(plant) in stopping]
    others = [plant for plant in plants if _way(plant) not in stopping]
    for group in (*([others] if others else []), *apart):
        yield from _judged(group, pictures, stopping)


def _way(plant: Plant) -> tuple[str, str, str]:
    return plant.base, plant.kind, plant.where


def _judged(plants: Sequence[Plant], pictures: bool, stopping: Ways) -> Iterator[Verdict]:
    seen = _looked(plants, pictures)
    is_stopped = seen.public is None or seen.masked is None or seen.unread or seen.crashed
    if len(plants) > 1 and is_stopped:
        for half in (plants[: len(plants) // 2], plants[len(plants) // 2 :]):
            yield from judged(half, pictures=pictures, stopping=stopping)
        return
    if is_stopped:
        stopping.add(_way(plants[0]))
    for plant in plants:
        told, crashed = _names(plant, seen.numbers), seen.crashed
        if not told:
            alone = seen if len(plants) == 1 else _looked([plant], pictures, copies=False)
            told, crashed = bool(alone.numbers) or alone.unread, crashed or alone.crashed
        in_public = None if seen.public is None else seen.public.hold(plant.number, plant.written)
        in_masked = None if seen.masked is None else seen.masked.hold(plant.number, plant.written)
        yield Verdict(plant, told, in_public, in_masked, crashed)


def _looked(plants: Sequence[Plant], pictures: bool, *, copies: bool = True) -> Looked:
    name, data = planted(plants)
    crashed = False

    def made(make: Callable[[], bytes]) -> Traces | None:
        nonlocal crashed
        try:
            return traces(make())
        except DocumentError:
            return None
        except Exception:  # nothing else may come out, whatever the file
            crashed = True
            return None

    try:
        seen = inspect(name, data, pictures=pictures)
    except Exception:  # it is said never to raise
        return Looked(set(), False, None, None, crashed=True)
    blocked = {normal(found.hit.text) for found in seen.hits if found.hit.severity is Severity.BLOCK}
    public = made(lambda: public_copy(name, data)) if copies else None
    clean = made(lambda: masked(name, data, pictures=pictures)) if copies else None
    return Looked(blocked, bool(seen.unread), public, clean, crashed)


def planted(plants: Sequence[Plant]) -> tuple[str, bytes]:
    """种下 — the name and the bytes of a file that holds them."""
    base = BASES[plants[0].base]()
    places = list(base.places())
    for plant in plants:
        places[plant.at].write(plant.written)
    return base.name, base.save()


def _names(plant: Plant, numbers: Iterable[str]) -> bool:
    """A blocking hit holds the number."""
    return any(plant.number in number or number[::-1] == plant.number for number in numbers)


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
        """报数 — a line a kind: planted, missed by fault, copies that were refused."""
        yield f"{'':44}" + "".join(f"{title:>13}" for title in ("planted", *FAULTS, "no copy"))
        for at, count in sorted(self.planted.items()):
            faults = [self.missed[*at, fault] for fault in FAULTS]
            yield f"{' / '.join(at):44}" + "".join(f"{value:>13}" for value in (count, *faults, self.refused[at]))
        whole = [sum(count for key, count in self.missed.items() if key[2] == fault) for fault in FAULTS]
        counts = (self.planted.total(), *whole, self.refused.total())
        yield f"{'all':44}" + "".join(f"{value:>13}" for value in counts)
