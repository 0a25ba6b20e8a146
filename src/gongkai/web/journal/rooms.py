"""各室 — what the rooms of the platform declare to the journal: their words, and what `verify` compares of them (条例
第四十五条).

A room declares both in its module `room`: `JOURNAL_WORDS`, and `compared_with_journal` with `COMPARED`, what it
compares in words. The journal asks whoever is installed and knows none of them by name.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, fields
from functools import cache
from importlib import import_module
from importlib.util import find_spec
from types import ModuleType
from typing import Any

from django.apps import apps

_SHARED = ("acts", "things", "subjects", "actors", "kinds")
"""What means one thing in the whole house; facts and their values are each room's own."""
TWICE = "“{code}”在各室的用语里有两种说法：“{one}”和“{other}”"


class WordsError(Exception):
    """用语不一 — two rooms say the same code in different words."""


@dataclass(frozen=True, slots=True)
class Named:
    """名称 — of one thing, for one reader. `index`: its index number; `address`: where this reader may see it."""

    name: str
    index: str = ""
    address: str = ""


Numbers = Collection[int]
Naming = Callable[[Numbers, object], Mapping[int, Named]]
"""怎样称呼 — things by their numbers, for a reader; what is not there any more is left out."""
Finding = Callable[[str], list[int]]
"""怎样找 — the numbers of those that somebody calls so."""


def _nobody(_numbers: Numbers, _reader: object) -> dict[int, Named]:
    return {}


FindingAll = Callable[[Collection[str]], list[int]]
"""一起找 — the numbers of all that are called so, in one question."""


def _none_of(_asked: Collection[str]) -> list[int]:
    return []


def _nowhere(_asked: str) -> list[int]:
    return []


@dataclass(frozen=True, slots=True)
class Thing:
    """一类事 — what entries are about: its name, how one is called, and how it is found."""

    label: str
    named: Naming = _nobody
    found: Finding = _nowhere
    all_found: FindingAll = _none_of


@dataclass(frozen=True, slots=True)
class Words:
    """一室的用语 — what its entries are made of, in words (条例 第四十五条).

    `acts`: code to label. `facts`: name to label, or to a phrase with `{value}`. `codes`: values of facts; `of_facts`:
    values of one fact alone. `refers`: facts that hold the number of a thing, to its kind. `digests`: facts that only
    programs compare. `things`: kinds of subjects; `subjects`: subjects that are no thing; `actors`: those who are no
    person; `kinds`: how an actor of a kind is written.
    """

    acts: Mapping[str, str] = field(default_factory=dict)
    facts: Mapping[str, str] = field(default_factory=dict)
    codes: Mapping[str, str] = field(default_factory=dict)
    of_facts: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    refers: Mapping[str, str] = field(default_factory=dict)
    digests: frozenset[str] = frozenset()
    things: Mapping[str, Thing] = field(default_factory=dict)
    subjects: Mapping[str, str] = field(default_factory=dict)
    actors: Mapping[str, str] = field(default_factory=dict)
    kinds: Mapping[str, str] = field(default_factory=dict)


def rooms() -> Iterator[ModuleType]:
    """各室 — the module `room` of those that have one, in the order of the settings."""
    for app in apps.get_app_configs():
        name = f"{app.name}.room"
        if app.name.startswith("gongkai.") and find_spec(name) is not None:
            yield import_module(name)


def declared() -> dict[str, Words]:
    """各室的用语 — by the name of the module; rooms that write nothing into the journal are left out."""
    return {room.__name__: room.JOURNAL_WORDS for room in rooms() if hasattr(room, "JOURNAL_WORDS")}


def compared() -> list[str]:
    """对照什么 — what `verify` compares with the journal, room by room, in words."""
    return [said for room in rooms() for said in getattr(room, "COMPARED", ())]


@cache
def words() -> Words:
    """全部用语 — of all rooms together."""
    return joined(declared().values())


def joined(each_room: Iterable[Words]) -> Words:
    """合起来 — of several rooms. WordsError where two of them disagree on what the house shares."""
    whole = Words()
    for each in each_room:
        parts = {part.name: (getattr(whole, part.name), getattr(each, part.name)) for part in fields(Words)}
        whole = Words(**{name: _together(*both, name) for name, both in parts.items()})
    return whole


@cache
def of_act(act: str) -> Words:
    """谁的步骤 — the words of the room that declares an act; of all, where none does."""
    return next((each for each in declared().values() if act in each.acts), words())


def _together(one: Any, other: Any, part: str) -> Any:
    if isinstance(one, frozenset):
        return one | other
    for code in one.keys() & other.keys() if part in _SHARED else ():
        if one[code] != other[code]:
            raise WordsError(TWICE.format(code=code, one=one[code], other=other[code]))
    return {**one, **other}
