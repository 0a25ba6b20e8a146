"""默克尔树 — proofs that a log has a leaf, and that it only grew; RFC 9162 §2.1 with SHA-256 (条例 第四十五条).

Nothing here knows a database: `Nodes` gives the digest of a whole subtree. Whoever holds a proof and a head checks it
with `root_of_leaf` or `grew` and these three lines of hashing.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator, Sequence

Nodes = Callable[[int, int], bytes]
"""整棵子树的摘要 — by its level (0: leaves) and its position in that level, from 0."""

EMPTY = hashlib.sha256().digest()
"""空树的根."""


def leaf_digest(data: bytes) -> bytes:
    """叶的摘要 — RFC 9162 §2.1.1."""
    return hashlib.sha256(b"\x00" + data).digest()


def joined(left: bytes, right: bytes) -> bytes:
    """两枝合一 — RFC 9162 §2.1.1."""
    return hashlib.sha256(b"\x01" + left + right).digest()


def completed(number: int) -> Iterator[tuple[int, int]]:
    """长成的子树 — level and position of those above level 0 that the leaf of this number completes, lowest first."""
    level, position = 1, number
    while position % 2:
        position //= 2
        yield level, position
        level += 1


def root(size: int, nodes: Nodes) -> bytes:
    """根 — of the first `size` leaves."""
    return _whole(0, size, nodes) if size else EMPTY


def inclusion(number: int, size: int, nodes: Nodes) -> list[bytes]:
    """存在证明 — that the leaf of this number is among the first `size` (RFC 9162 §2.1.3.1)."""
    path: list[bytes] = []
    low, high = 0, size
    while high - low > 1:
        middle = low + _half(high - low)
        if number < middle:
            path.append(_whole(middle, high, nodes))
            high = middle
        else:
            path.append(_whole(low, middle, nodes))
            low = middle
    return path[::-1]


def consistency(first: int, second: int, nodes: Nodes) -> list[bytes]:
    """只增证明 — that the first `first` of `second` leaves are what they were (RFC 9162 §2.1.4.1)."""
    path: list[bytes] = []
    low, high, is_whole = 0, second, True
    while first != high:
        middle = low + _half(high - low)
        if first <= middle:
            path.append(_whole(middle, high, nodes))
            high = middle
        else:
            path.append(_whole(low, middle, nodes))
            low, is_whole = middle, False
    return ([] if is_whole else [_whole(low, high, nodes)]) + path[::-1]


def root_of_leaf(leaf: bytes, number: int, size: int, path: Sequence[bytes]) -> bytes | None:
    """由叶到根 — the root that a proof of inclusion leads to; None where it is no proof (RFC 9162 §2.1.3.2)."""
    if not 0 <= number < size:
        return None
    here, last, found = number, size - 1, leaf
    for step in path:
        if last == 0:
            return None
        if here % 2 or here == last:
            found = joined(step, found)
            while not here % 2 and here:
                here, last = here // 2, last // 2
        else:
            found = joined(found, step)
        here, last = here // 2, last // 2
    return found if last == 0 else None


def grew(first: int, second: int, old: bytes, new: bytes, path: Sequence[bytes]) -> bool:
    """只增未改 — whether a tree with the root `new` begins with the one with the root `old` (RFC 9162 §2.1.4.2)."""
    if first == second:
        return not path and old == new
    if first == 0:
        return not path and old == EMPTY
    steps = [old, *path] if first & (first - 1) == 0 else list(path)
    if not 0 < first < second or not steps:
        return False
    here, last = first - 1, second - 1
    while here % 2:
        here, last = here // 2, last // 2
    earlier = later = steps[0]
    for step in steps[1:]:
        if last == 0:
            return False
        if here % 2 or here == last:
            earlier, later = joined(step, earlier), joined(step, later)
            while not here % 2 and here:
                here, last = here // 2, last // 2
        else:
            later = joined(later, step)
        here, last = here // 2, last // 2
    return last == 0 and earlier == old and later == new


def _half(size: int) -> int:
    """The largest power of two below a size of two or more."""
    return 1 << ((size - 1).bit_length() - 1)


def _whole(low: int, high: int, nodes: Nodes) -> bytes:
    size = high - low
    if size & (size - 1) == 0:
        level = size.bit_length() - 1
        return nodes(level, low >> level)
    middle = low + _half(size)
    return joined(_whole(low, middle, nodes), _whole(middle, high, nodes))
