"""十万处 — 100,000 plants in more than 3,000 files of all kinds, and 300 pictures that show a number (条例 第十五条).

Runs with GONGKAI_LONG=1, for hours on one core; GONGKAI_PLANTS says another number, GONGKAI_PLANTS_SEED another seed.
"""

from __future__ import annotations

import os
import random
import sys

import pytest

from gongkai.documents.redaction import inspect
from tests.plants import shown_pictures
from tests.plants.judging import Tally, Verdict
from tests.plants.running import batches, run

pytestmark = pytest.mark.skipif(os.environ.get("GONGKAI_LONG") != "1", reason="只在 GONGKAI_LONG=1 时运行")
PLANTS = int(os.environ.get("GONGKAI_PLANTS", "100000"))
SEED = int(os.environ.get("GONGKAI_PLANTS_SEED", "15"))
A_FILE, FILES, PICTURES = 33, 3_000, 300
_EVERY = 1_000


def test_nothing_of_a_hundred_thousand_is_missed(capsys: pytest.CaptureFixture[str]) -> None:
    so_far = Tally()

    def told(verdict: Verdict) -> None:
        so_far.add(verdict)
        if so_far.planted.total() % _EVERY == 0:
            with capsys.disabled():
                sys.stdout.write(f"{so_far.planted.total()} planted, {len(so_far.misses)} missed\n")
                sys.stdout.flush()

    tally = run(PLANTS, SEED, a_file=A_FILE, told=told)
    with capsys.disabled():
        sys.stdout.writelines(f"{line}\n" for line in ("", *tally.lines()))
    assert [(*verdict.plant[3:6], verdict.plant.base, verdict.missed) for verdict in tally.misses] == []


def test_it_is_spread_over_thousands_of_files() -> None:
    assert sum(1 for _ in batches(PLANTS, SEED, a_file=A_FILE)) >= FILES * PLANTS // 100_000


def test_pictures_that_show_a_number(capsys: pytest.CaptureFixture[str]) -> None:
    """A picture is read by OCR, which can miss: what it misses must have been said to be unread."""
    missed = []
    for at in range(PICTURES):
        picture = shown_pictures.drawn(random.Random(f"{SEED} {at}"))
        seen = inspect(picture.name, picture.data)
        if not (seen.is_blocked or seen.unread):
            missed.append(picture.how)
    with capsys.disabled():
        sys.stdout.writelines(f"{line}\n" for line in (f"{PICTURES} pictures, {len(missed)} missed", *sorted(missed)))
    assert missed == []
