"""埋点 — a file that can still be changed, and every place in which something can be planted in it (条例 第十五条).

A base is made, its places are listed, some are written to, and the file is saved. Places hold on to the base, so that
many can be written in one file; which, and what, follows from the seed alone.
"""

from __future__ import annotations

import random
import re
from abc import ABC, abstractmethod
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import NamedTuple

from tests.plants.spellings import SPELLINGS
from tests.text import persons


class Sight(StrEnum):
    """谁看得见 — seen by every reader; hidden; either: a copy may keep it or drop it (an alternative text)."""

    SEEN = "seen"
    HIDDEN = "hidden"
    EITHER = "either"


@dataclass(frozen=True, slots=True)
class Place:
    """一处 — `kind` is counted, `where` is told. `tears`: it takes bare digits and tears them itself."""

    kind: str
    where: str
    write: Callable[[str], None]
    sight: Sight = Sight.HIDDEN
    tears: bool = False


class Base(ABC):
    """底稿 — one file that is still open."""

    name = ""

    @abstractmethod
    def places(self) -> Iterator[Place]:
        """每一处 — always in the same order."""

    @abstractmethod
    def save(self) -> bytes:
        """写出 — with what was planted."""


class Plant(NamedTuple):
    """埋下的号码 — in the place at `at` of a base; `written` is what was put there."""

    base: str
    at: int
    kind: str
    where: str
    sight: Sight
    spelling: str
    number: str
    written: str


MAKERS = (persons.identity, persons.identity, persons.mobile, persons.card)
_ACROSS = re.compile(
    r"\b(?:cells?|rows?|numbers|paragraphs|lines?|items|above|column|blanks?|blocks|boxes|tabs|strokes|parts)\b"
)
"""Over cells and lines only a number with a check digit and a day in it can be told from figures."""


def planned(base: str, places: Sequence[Place], rng: random.Random, chosen: Sequence[int]) -> list[Plant]:
    """排定 — what goes in the chosen places."""
    plants = []
    for at in chosen:
        place = places[at]
        is_across = place.tears and _ACROSS.search(place.where)
        number = (persons.identity if is_across else rng.choice(MAKERS))(rng)
        spelling = "plain" if place.tears else rng.choice(tuple(SPELLINGS))
        written = SPELLINGS[spelling](number)
        plants.append(Plant(base, at, place.kind, place.where, place.sight, spelling, number, written))
    return plants


def strata(places: Sequence[Place]) -> dict[str, dict[str, list[int]]]:
    """分层 — indexes of places by kind, then by where."""
    layers: dict[str, dict[str, list[int]]] = {}
    for at, place in enumerate(places):
        layers.setdefault(place.kind, {}).setdefault(place.where, []).append(at)
    return layers


def drawn(places: Sequence[Place], rng: random.Random) -> Iterator[int]:
    """抽取 — places without end: every kind in turn, every `where` of a kind before one comes again."""
    layers = strata(places)
    queues = {kind: _endless(list(layers[kind].values()), rng) for kind in rng.sample(sorted(layers), len(layers))}
    while True:
        for kind in queues:
            yield next(queues[kind])


def _endless(groups: list[list[int]], rng: random.Random) -> Iterator[int]:
    while True:
        rng.shuffle(groups)
        for group in groups:
            yield rng.choice(group)
