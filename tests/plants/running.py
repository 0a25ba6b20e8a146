"""一轮 — many plants, spread over all bases and kinds, many in a file (条例 第十五条)."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator

from tests.plants.bases import BASES
from tests.plants.judging import Tally, Verdict, Ways, judged
from tests.plants.planting import Plant, drawn, planned

_SLOW = {"docx by library": 4, "docx by the house": 4}
"""Bases with many styles get a part of their share: a minute in all is wanted for the quick run."""


def run(
    count: int,
    seed: int,
    *,
    starts: tuple[str, ...] = (),
    kind: str = "",
    where: str = "",
    a_file: int = 12,
    told: Callable[[Verdict], object] = lambda verdict: None,
) -> Tally:
    """一轮 — the same seed plants the same."""
    tally, stopping = Tally(), Ways()
    for plants in batches(count, seed, starts=starts, kind=kind, where=where, a_file=a_file):
        for verdict in judged(plants, stopping=stopping):
            tally.add(verdict)
            told(verdict)
    return tally


def batches(
    count: int, seed: int, *, starts: tuple[str, ...] = (), kind: str = "", where: str = "", a_file: int = 12
) -> Iterator[list[Plant]]:
    """一批一批 — plants of one file each; a base has its share by the kinds of place in it, each kind in turn."""
    wanted = {}
    for name in BASES:
        places = list(BASES[name]().places()) if not starts or name.startswith(starts) else []
        if kept := [at for at, place in enumerate(places) if kind in place.kind and where in place.where]:
            wanted[name] = (places, kept)
    kinds = {
        name: len({places[at].kind for at in kept}) // _SLOW.get(name, 1) for name, (places, kept) in wanted.items()
    }
    for name, (places, kept) in wanted.items():
        rng = random.Random(f"{seed} {name}")
        order = drawn([places[at] for at in kept], rng)
        most = min(1 if name.startswith(("picture", "other")) else a_file, len(kept))
        left = -(-count * kinds[name] // sum(kinds.values()))
        while left > 0:
            chosen: set[int] = set()
            while len(chosen) < min(most, left):
                chosen.add(kept[next(order)])
            left -= len(chosen)
            yield planned(name, places, rng, sorted(chosen))
