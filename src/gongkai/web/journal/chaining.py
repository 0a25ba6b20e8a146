"""链的算法 — how entries are sealed and a chain is walked; needs neither Django nor a database (条例 第四十五条).

Whoever holds an exported file can check it with this module alone: SM3 (GB/T 32905) or SHA-256 over canonical JSON.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta, timezone
from typing import Any, Protocol

ALGORITHMS = ("sm3", "sha256")
"""算法 — those that an entry may name."""

EDITED = "{chain}第 {number} 条被改过：内容与它的校验值不符"
MISSING = "{chain}缺第 {number} 条"
LOOSE = "{chain}第 {number} 条接不上前一条：被换过，或者前面的被重新封过"
UNREADABLE = "{chain}第 {number} 条读不出来：{why}"
SURPLUS = "{chain}多出第 {number} 条：链到第 {length} 条为止"
WRONG_HEAD = "{chain}的链尾被改过：第 {number} 条的校验值不是链尾所记的"
OFF_ANCHOR = "{chain}第 {number} 条与 {day} 的日锚不符：整条链被重新封过"
BACKWARDS = "{chain}第 {number} 条的时间是 {at}，比前一条早了一天以上：后来补进去的，或者时钟不对"
GONE = "{chain}整条不见了：{day} 的日锚里有它"
ANCHOR_EDITED = "{day} 的日锚被改过：内容与它的校验值不符"
ANCHOR_LOOSE = "{day} 的日锚接不上前一天：中间缺了一天，或者前面的被重新封过"

CLOCK_CORRECTED = "clock_corrected"
"""时钟改正 — the fact of an entry that is older than the one before it because the clock had run ahead."""
_BEIJING = timezone(timedelta(hours=8))
_MOST_BACK = timedelta(days=1)
"""An act may have waited for long, and is written with the time at which it began."""

_ENCODER = json.JSONEncoder(ensure_ascii=False, sort_keys=True, separators=(",", ":"))


class Hash(Protocol):
    """摘要 — fed piece by piece, told once."""

    def update(self, data: bytes, /) -> None:
        """喂入 — the next piece."""

    def hexdigest(self) -> str:
        """摘要值 — 64 hexadecimal digits."""


class _FromLibrary:
    """SM3 of the library `cryptography`, where the system's OpenSSL was built without it."""

    def __init__(self) -> None:
        from cryptography.hazmat.primitives import hashes  # noqa: PLC0415 — only such a system needs it

        self._hash = hashes.Hash(hashes.SM3())

    def update(self, data: bytes, /) -> None:
        self._hash.update(data)

    def hexdigest(self) -> str:
        return self._hash.copy().finalize().hex()


def new(algorithm: str) -> Hash:
    """新摘要 — of an algorithm of ours. ValueError for any other."""
    if algorithm not in ALGORITHMS:
        raise ValueError(algorithm)
    try:
        return hashlib.new(algorithm, usedforsecurity=True)
    except ValueError:
        return _FromLibrary()


def digest(algorithm: str, data: bytes) -> str:
    """摘要值 — of bytes."""
    made = new(algorithm)
    made.update(data)
    return made.hexdigest()


def canonical(value: object) -> bytes:
    """规范写法 — one way to write a value: JSON, keys sorted, no blanks, UTF-8. TypeError for what JSON does not keep.

    Numbers are whole: no two databases agree on how a fraction is written.
    """
    _check(value)
    return _written(value)


def _written(value: object) -> bytes:
    """As `canonical`, of what was checked when it was first written; an edit that leaves anything else is seen."""
    return _ENCODER.encode(value).encode("utf-8")


def _check(value: object) -> None:
    if isinstance(value, Mapping):
        if not all(isinstance(key, str) for key in value):
            raise TypeError("keys are text")
        for each in (*value, *value.values()):
            _check(each)
    elif isinstance(value, list | tuple):
        for each in value:
            _check(each)
    elif isinstance(value, str):
        if "\x00" in value:
            raise TypeError("no database keeps U+0000")
        value.encode("utf-8")
    elif value is not None and not isinstance(value, int):
        raise TypeError(f"{type(value).__name__} is not written the same everywhere")


@dataclass(frozen=True, slots=True)
class Link:
    """链上一条 — everything that its digest covers, and the digest (条例 第四十五条)."""

    chain: str
    number: int
    at: datetime
    act: str
    actor: str
    subject: str
    facts: Any
    algorithm: str
    previous: str
    digest: str = ""

    def seal(self) -> str:
        """封 — the digest that this entry must have."""
        said = {
            "chain": self.chain,
            "number": self.number,
            "at": self.at.astimezone(UTC).isoformat(timespec="microseconds"),
            "act": self.act,
            "actor": self.actor,
            "subject": self.subject,
            "facts": self.facts,
            "algorithm": self.algorithm,
            "previous": self.previous,
        }
        return digest(self.algorithm, _written(said))

    @property
    def is_intact(self) -> bool:
        """未被改动 — whether it still has the digest that it was given."""
        try:
            return self.seal() == self.digest
        except (AttributeError, TypeError, ValueError, RecursionError):  # an edit may leave what was never written
            return False


@dataclass(frozen=True, slots=True)
class Break:
    """断处 — the first place at which a chain does not hold, as a sentence: `template` and its values."""

    chain: str
    number: int | None
    template: str
    values: Mapping[str, object]

    def __str__(self) -> str:
        return self.template.format(**self.values)


@dataclass(frozen=True, slots=True)
class Anchored:
    """日锚所记 — where a chain stood on a day: by its length, the digest of its last entry."""

    day: str
    head: str


@dataclass(frozen=True, slots=True)
class Day:
    """一天的日锚 — the heads of all chains, sealed and chained to the day before (条例 第四十五条)."""

    day: str
    heads: Any
    algorithm: str
    previous: str
    digest: str = ""

    def seal(self) -> str:
        """封 — the digest that this anchor must have."""
        said = {"day": self.day, "heads": self.heads, "algorithm": self.algorithm, "previous": self.previous}
        return digest(self.algorithm, canonical(said))

    @property
    def is_intact(self) -> bool:
        """未被改动 — whether it still has the digest that it was given, and names heads."""
        try:
            named = all(type(length) is int and type(head) is str for length, head in self.heads.values())
            return named and self.seal() == self.digest
        except (AttributeError, TypeError, ValueError, RecursionError):
            return False


def shown(at: datetime) -> str:
    """时刻 — as people in China read it: 2026-11-20 09:30."""
    return at.astimezone(_BEIJING).strftime("%Y-%m-%d %H:%M")


def first_break(
    chain: str, links: Iterable[Link], length: int, head: str, anchored: Mapping[int, Anchored]
) -> Break | None:
    """第一处断开 — of the links of one chain in their order; None where it holds from the first to the last."""

    def broken(template: str, number: int, **values: object) -> Break:
        return Break(chain, number, template, {"chain": chain, "number": number, **values})

    number, last = 0, None
    try:
        for link in links:
            number += 1
            if number > length and link.number == number:
                return broken(SURPLUS, number, length=length)
            if wrong := _loose(link, number, last, anchored):
                return broken(wrong[0], number, **wrong[1])
            last = link
    except (TypeError, ValueError, OverflowError) as error:  # what an edit left cannot even be read
        return broken(UNREADABLE, number + 1, why=str(error)[:80])
    if number < max([length, *anchored]):
        return broken(MISSING, number + 1)
    return None if (last.digest if last else "") == head else broken(WRONG_HEAD, number)


def _loose(
    link: Link, number: int, last: Link | None, anchored: Mapping[int, Anchored]
) -> tuple[str, dict[str, object]] | None:
    """Why a link does not follow the last one, as a template and its values; None where it does."""
    if link.number != number:
        return MISSING, {}
    if not link.is_intact:
        return EDITED, {}
    if link.previous != (last.digest if last else ""):
        return LOOSE, {}
    if number in anchored and anchored[number].head != link.digest:
        return OFF_ANCHOR, {"day": anchored[number].day}
    if last and last.at - link.at > _MOST_BACK and CLOCK_CORRECTED not in link.facts:
        return BACKWARDS, {"at": shown(link.at)}
    return None


def anchors_held(days: Iterable[Day]) -> tuple[dict[str, dict[int, Anchored]], list[Break]]:
    """核对日锚 — what they say of every chain, up to the first anchor that does not hold; and its break."""
    held: dict[str, dict[int, Anchored]] = {}
    previous = ""
    for day in days:
        wrong = "" if day.is_intact else ANCHOR_EDITED
        wrong = wrong or ("" if day.previous == previous else ANCHOR_LOOSE)
        if wrong:
            return held, [Break("", None, wrong, {"day": day.day})]
        for chain, (length, head) in day.heads.items():
            if length:
                held.setdefault(chain, {}).setdefault(length, Anchored(day.day, head))
        previous = day.digest
    return held, []
