"""各种样子之下 — whatever way a report is laid out, spelled or copied: a figure is right, or marked (条例 第五十条).

`python -m tests.noise.ways --all` has them converted by other programs besides.
"""

from __future__ import annotations

import os
from zlib import crc32

import pytest

from tests.noise.ways.cases import COPIES, LAYOUTS, Kind, silent

SEEDS = (6, 7, 1, 2) if os.environ.get("GONGKAI_LONG") else (6,)
"""Seed 6: the form of 2021 with many figures, 7 that of 2019."""
MADE_HERE = [name for name, copied in COPIES.items() if not copied.through]


@pytest.mark.parametrize("name", LAYOUTS)
@pytest.mark.parametrize("seed", SEEDS)
def test_a_layout_is_read_rightly_or_marked(name: str, seed: int) -> None:
    copies = LAYOUTS[name].copies
    for copied in copies if len(SEEDS) > 1 else (copies[crc32(name.encode()) % len(copies)],):
        kind = Kind((name,), copied, seed)
        assert not silent(kind, kind.data()), kind.file


@pytest.mark.parametrize("name", MADE_HERE)
@pytest.mark.parametrize("seed", SEEDS)
def test_a_copy_is_read_rightly_or_marked(name: str, seed: int) -> None:
    kind = Kind((), name, seed)
    assert not silent(kind, kind.data()), kind.file


@pytest.mark.parametrize("copied", ["html", "csv", "docx", "md", "plain"])
@pytest.mark.parametrize(
    "name",
    ["third_english_heads", "head_again_inside", "sample_form_first", "remedies_results_moved", "corrected_beside"],
)
def test_what_was_once_wrong_is_right_or_marked(name: str, copied: str) -> None:
    kind = Kind((name,), copied, 6)
    assert not silent(kind, kind.data())
