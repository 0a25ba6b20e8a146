"""记录所记 — what verifying keeps of every row is small, and a mangled entry does not stop it (条例 第四十五条)."""

from __future__ import annotations

import hashlib
import tracemalloc
from itertools import product

import pytest

pytestmark = pytest.mark.usefixtures("platform")
ROWS = 20_000


def _sealed(number: int) -> str:
    return hashlib.sha256(str(number).encode()).hexdigest()


def test_what_is_kept_of_a_row_is_small() -> None:
    from gongkai.web.journal.rows_compared import Told

    said = Told()
    tracemalloc.start()
    for number in range(1, ROWS + 1):
        said.take(number, "files.scan", "s:1", "sm3", {"rows": {f"holdings.version:{number}": _sealed(number)}})
    kept, _ = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert kept / ROWS < 160


def test_the_last_word_of_a_row_counts_and_is_taken_once() -> None:
    from gongkai.web.journal.rows_compared import Told

    said = Told()
    for number, algorithm in ((1, "sm3"), (2, "sha256")):
        said.take(
            number,
            "files.scan",
            "s:1",
            algorithm,
            {"rows": {"a.b:7": _sealed(number), "a.b:8": _sealed(9), "a.c:7": ""}},
        )
    assert sorted(said.left()) == [("a.b", 7), ("a.b", 8)]
    assert said.taken("a.b", 7) == (2, "sha256", bytes.fromhex(_sealed(2)))
    assert said.taken("a.b", 7) == (0, "", b"")
    assert said.taken("a.c", 7) == (2, "sha256", b"")
    assert list(said.left()) == [("a.b", 8)]


def test_a_mangled_entry_stops_nothing() -> None:
    from gongkai.web.journal.rows_compared import Told

    said = Told()
    keys = ("", ":", "a.b:", "a.b:-1", "a.b:１", "a.b:" + "9" * 5000, "x" * 99, "a.b:1")
    for number, (key, sealed) in enumerate(product(keys, ("", "zz", None, 3, [])), 1):
        said.take(number, "files.scan", "s:1", f"other-{number}", {"rows": {key: sealed}})
    for number in range(300):
        said.take(number, "files.scan", "s:1", f"another-{number}", {"rows": {"a.b:2": _sealed(1)}})
    assert said.taken("a.b", 2)[:2] == (299, "another-299")
