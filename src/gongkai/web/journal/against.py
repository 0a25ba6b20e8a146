"""与旧件比对 — whether every entry is still what an earlier export says it was (条例 第四十五条).

Whoever owns the database can cut a chain short, or seal it and its anchors anew: alone it then looks whole. A file that
left the house before cannot be changed with it. Needs neither Django nor a database.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from gongkai.web.journal.chaining import Break

OTHER = "{chain}第 {number} 条不是 {when} 导出的那一条：被改过、换过，或者这条链从这里重新封过"
FEWER = "{chain}只到第 {length} 条，{when} 导出的有 {number} 条：后面的被截掉了，或者换回了更旧的数据库"
NO_LONGER = "{chain}整条不见了，{when} 导出的有 {number} 条"
OTHER_ANCHOR = "{day} 的日锚不是 {when} 导出的那一个：重新立过"
NO_ANCHOR = "{day} 的日锚不见了，{when} 导出的有它"

_SIZE = 32
"""Bytes of a digest, of either algorithm."""


@dataclass(slots=True)
class Held:
    """旧件所记 — when it was made, the digests of the entries of every chain one after the other, those of the anchors
    by day. A million entries take 32 MB."""

    when: str
    chains: dict[str, bytearray] = field(default_factory=dict)
    anchors: dict[str, str] = field(default_factory=dict)

    def add(self, chain: str, sealed: str) -> None:
        """记下 — the next entry of a chain. ValueError where it is no digest."""
        held = self.chains.setdefault(chain, bytearray())
        mark = bytes.fromhex(sealed)
        if len(mark) != _SIZE:
            raise ValueError(sealed)
        held += mark

    def length(self, chain: str) -> int:
        """条数 — of a chain."""
        return len(self.chains[chain]) // _SIZE

    def digests(self, chain: str) -> Iterator[tuple[int, str]]:
        """校验值 — of a chain, with the numbers of the entries."""
        held = self.chains.get(chain, b"")
        for at in range(0, len(held), _SIZE):
            yield at // _SIZE + 1, held[at : at + _SIZE].hex()


Digests = Callable[[str], Iterable[tuple[int, str]]]
"""现在的各条 — number and digest of the entries of a chain, in their order; none where there is no such chain."""


def differences(held: Held, digests: Digests, anchors: Mapping[str, str]) -> Iterator[Break]:
    """与旧件的出入 — the first of every chain, and of the anchors; none where the earlier is the beginning of the
    present."""
    for chain in held.chains:
        if found := _of_chain(held, chain, digests(chain)):
            yield found
    for day, sealed in held.anchors.items():
        if anchors.get(day) != sealed:
            template = OTHER_ANCHOR if day in anchors else NO_ANCHOR
            yield Break("", None, template, {"day": day, "when": held.when})
            return


def _of_chain(held: Held, chain: str, present: Iterable[tuple[int, str]]) -> Break | None:
    length, reached = held.length(chain), 0
    values: dict[str, object] = {"chain": chain, "when": held.when}
    for earlier, now in zip(held.digests(chain), present, strict=False):
        if earlier != now:
            number = earlier[0]
            return Break(chain, number, OTHER, {**values, "number": number})
        reached = earlier[0]
    if reached == length:
        return None
    template = FEWER if reached else NO_LONGER
    return Break(chain, reached + 1, template, {**values, "number": length, "length": reached})
