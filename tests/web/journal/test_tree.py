"""默克尔树 — the published vectors; a leaf is proved, growth is proved, nothing else is (RFC 9162 §2.1)."""

from __future__ import annotations

import hashlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gongkai.web.journal import tree

LEAVES = [bytes.fromhex(each) for each in ("", "00", "10", "2021", "3031", "40414243", "5051525354555657",
    "606162636465666768696a6b6c6d6e6f")]  # fmt: skip
ROOTS = (
    "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
    "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
    "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
    "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
    "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
    "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
    "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
    "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
    "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328",
)
sizes = st.integers(1, 300)


def plain(leaves: list[bytes]) -> bytes:
    """The root by the definition of the RFC alone."""
    if not leaves:
        return hashlib.sha256(b"").digest()
    if len(leaves) == 1:
        return hashlib.sha256(b"\x00" + leaves[0]).digest()
    half = 1
    while half * 2 < len(leaves):
        half *= 2
    return hashlib.sha256(b"\x01" + plain(leaves[:half]) + plain(leaves[half:])).digest()


class Grown:
    """A log that keeps what it must: leaves, and each subtree when it is whole."""

    def __init__(self, leaves: list[bytes]) -> None:
        self.kept: dict[tuple[int, int], bytes] = {}
        for number, leaf in enumerate(leaves):
            self.kept[0, number] = tree.leaf_digest(leaf)
            for level, position in tree.completed(number):
                left, right = self.kept[level - 1, 2 * position], self.kept[level - 1, 2 * position + 1]
                self.kept[level, position] = tree.joined(left, right)

    def __call__(self, level: int, position: int) -> bytes:
        return self.kept[level, position]


def leaves_of(size: int) -> list[bytes]:
    return [str(each).encode() for each in range(size)]


@pytest.mark.parametrize("size", range(9))
def test_the_published_vectors(size: int) -> None:
    assert tree.root(size, Grown(LEAVES[:size])).hex() == ROOTS[size]
    assert plain(LEAVES[:size]).hex() == ROOTS[size]


@given(sizes)
def test_any_root_is_that_of_the_definition(size: int) -> None:
    leaves = leaves_of(size)
    assert tree.root(size, Grown(leaves)) == plain(leaves)


@given(sizes, st.data())
def test_every_leaf_is_proved_and_no_other(size: int, data: st.DataObject) -> None:
    leaves, number = leaves_of(size), data.draw(st.integers(0, size - 1))
    path = tree.inclusion(number, size, Grown(leaves))
    leaf = tree.leaf_digest(leaves[number])
    assert tree.root_of_leaf(leaf, number, size, path) == plain(leaves)
    other = data.draw(st.integers(-1, size + 1).filter(lambda each: each != number))
    assert tree.root_of_leaf(leaf, other, size, path) != plain(leaves)
    assert tree.root_of_leaf(tree.leaf_digest(b"x"), number, size, path) != plain(leaves)
    for wrong in ([*path, leaf], path[:-1] if path else [leaf], path[::-1] if path != path[::-1] else [leaf, leaf]):
        assert tree.root_of_leaf(leaf, number, size, wrong) != plain(leaves)


@given(sizes, st.data())
def test_growth_is_proved_and_no_change(size: int, data: st.DataObject) -> None:
    leaves, first = leaves_of(size), data.draw(st.integers(1, size))
    path = tree.consistency(first, size, Grown(leaves))
    old, new = plain(leaves[:first]), plain(leaves)
    assert tree.grew(first, size, old, new, path)
    changed = data.draw(st.integers(0, first - 1))
    forged = [*leaves[:changed], b"x", *leaves[changed + 1 :]]
    assert not tree.grew(first, size, old, plain(forged), tree.consistency(first, size, Grown(forged)))
    assert not tree.grew(first, size, plain(forged[:first]), new, path)
    assert not tree.grew(first, size, old, new, [*path, old])
    if first < size:
        assert not tree.grew(first, size, old, new, path[:-1])
        assert not tree.grew(size, first, new, old, path)


@given(st.integers(0, 2000))
def test_what_a_leaf_completes_are_the_whole_subtrees_that_end_with_it(number: int) -> None:
    wanted = [
        (level, (number + 1 >> level) - 1)
        for level in range(1, (number + 1).bit_length())
        if (number + 1) % (1 << level) == 0
    ]
    assert list(tree.completed(number)) == wanted
