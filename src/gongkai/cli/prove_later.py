"""后来怎样 — what the public log says of an item after the version that a proof is of: amended, withdrawn, or neither
(条例 第二十三条)."""

from __future__ import annotations

import json
import urllib.parse
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from gongkai.cli.console import Console

if TYPE_CHECKING:
    from gongkai.web.journal.proved import Proof

PUBLISH = "publish"
_MOST_PAGES = 5000

NOT_ASKED = "  这是 {at} 公开的那一稿；后来修订、撤下没有，证明里没有。要看，加 --now，连上 {address}。"
NOT_SEEN = "  这是 {at} 公开的那一稿；后来修订、撤下没有，没有看成：{address} 取不到公开存证。"
STILL = "  这一稿从 {at} 起公开，到存证现在的第 {size} 条为止，没有修订，没有撤下。"
AMENDED = "  这一稿从 {at} 公开到 {until}，那时修订过（存证第 {number} 条）。证明仍然成立，证的是原来的一稿。"
WITHDRAWN = "  这一稿从 {at} 公开到 {until}，那时撤下了（存证第 {number} 条）。证明仍然成立，证的是撤下以前的一稿。"
NOW_OUT = "  现在公开的是 {at} 的一稿（存证第 {number} 条）。"
NOW_IN = "  现在没有公开：{at} 撤下（存证第 {number} 条）。"


@dataclass(frozen=True, slots=True)
class Leaf:
    """后来的一条 — a leaf about the same item."""

    number: int
    act: str
    at: str


@dataclass(frozen=True, slots=True)
class Since:
    """后来 — the leaves about the item after its own, and how many leaves the log has now."""

    leaves: tuple[Leaf, ...]
    size: int


def since(proof: Proof, fetched: Callable[[str], bytes]) -> Since:
    """看后来 — from where the log is published; ValueError where what comes is no log, and what `fetched` raises."""
    found, index = list[Leaf](), proof.record.get("index")
    size = proof.number + 1
    for number, told in _leaves(proof, fetched):
        size = number + 1
        if told.get("index") == index:
            found.append(Leaf(number, str(told["act"]), str(told["at"])))
    return Since(tuple(found), size)


def _leaves(proof: Proof, fetched: Callable[[str], bytes]) -> Iterator[tuple[int, dict[str, object]]]:
    """Every leaf after that of the proof; the first is its own, by which the log is known to be the same."""
    start = proof.number
    for _ in range(_MOST_PAGES):
        lines = fetched(urllib.parse.urljoin(proof.log, f"leaves.jsonl?from={start}")).splitlines()
        for at, line in enumerate(lines, start):
            row = json.loads(line)
            if row["number"] != at or (at == proof.number and row["leaf"] != proof.leaf):
                raise ValueError(at)
            if at > proof.number:
                yield at, dict(json.loads(row["leaf"]))
        start += len(lines)
        if not lines:
            return
    raise ValueError(start)


def say(proof: Proof, later: Since, shown: Callable[[str], str], console: Console) -> None:
    """说后来 — from when to when it was public, the leaf that says so, and what there is now."""
    at = shown(str(proof.told.get("at", "")))
    if not later.leaves:
        console.say(STILL, at=at, size=later.size)
        return
    first, last = later.leaves[0], later.leaves[-1]
    ended = AMENDED if first.act == PUBLISH else WITHDRAWN
    console.say(ended, at=at, until=shown(first.at), number=first.number + 1)
    if last is not first:
        console.say(NOW_OUT if last.act == PUBLISH else NOW_IN, at=shown(last.at), number=last.number + 1)
