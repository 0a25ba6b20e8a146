"""什么也不漏 — what is planted anywhere is told, and no copy holds it; what is public passes (条例 第十五条)."""

from __future__ import annotations

import random
import re
import sys
from collections import Counter

import pytest

from gongkai.documents.redaction import inspect, public_copy
from gongkai.text.hit import Severity
from tests.plants import decoys, keeping, odd_files
from tests.plants.bases import BASES
from tests.plants.judging import planted
from tests.plants.running import batches, run
from tests.plants.traces import traces
from tests.text import persons

pytestmark = pytest.mark.filterwarnings("ignore:.*not reachable from /AcroForm")
SEED, PLANTS, DOCUMENTS = 2026, 1_000, 200
SIGHT = 0.97
"""Of the plants: what the judge must see of the files themselves. The rest are put together by whoever opens a file."""


def test_nothing_planted_is_missed(capsys: pytest.CaptureFixture[str]) -> None:
    tally = run(PLANTS, SEED)
    with capsys.disabled():
        sys.stdout.writelines(f"{line}\n" for line in ("", *tally.lines()))
    misses = [(*verdict.plant[3:6], verdict.plant.base, verdict.missed) for verdict in tally.misses]
    assert misses == []


@pytest.mark.parametrize("name", odd_files.FILES)
def test_no_odd_file_goes_untold(name: str) -> None:
    number = persons.identity(random.Random(name))
    _, build = odd_files.FILES[name]
    seen = inspect(name, build(number), pictures=False)
    assert seen.is_blocked or seen.unread


def test_every_kind_of_place_is_planted_in() -> None:
    planned = Counter((plant.base.split()[0], plant.kind) for plants in batches(PLANTS, SEED) for plant in plants)
    kinds = {(name.split()[0], place.kind) for name, make in BASES.items() for place in make().places()}
    assert kinds - set(planned) == set()
    assert planned.total() >= PLANTS


@pytest.mark.parametrize("base", BASES)
def test_before_anything_is_planted_all_is_well(base: str) -> None:
    made = BASES[base]()
    seen = inspect(made.name, made.save(), pictures=False)
    assert [found.hit.kind for found in seen.hits if found.hit.severity is Severity.BLOCK] == []
    assert [str(error) for error in seen.unread] == []


def test_the_judge_is_not_blind() -> None:
    seen = Counter(
        held.hold(plant.number, plant.written)
        for plants in batches(PLANTS, SEED)
        for held in [traces(planted(plants)[1])]
        for plant in plants
    )
    assert seen[True] / seen.total() > SIGHT


@pytest.mark.parametrize("suffix", decoys.FILES)
def test_what_offices_publish_is_not_blocked(suffix: str) -> None:
    seen = inspect(f"公告.{suffix}", decoys.FILES[suffix](SEED), pictures=False)
    blocked = [found for found in seen.hits if found.hit.severity is Severity.BLOCK]
    assert [(found.hit.kind, found.hit.text) for found in blocked] == []
    assert [str(error) for error in seen.unread] == []


def test_a_copy_keeps_what_is_shown() -> None:
    short = []
    for document in keeping.documents(SEED, DOCUMENTS):
        kept = keeping.kept(document.name, document.data, public_copy(document.name, document.data))
        assert kept.signs
        if kept.kept < 0.99 * kept.signs or kept.left != kept.pictures:
            short.append((document.how, kept))
    assert short == []


def test_the_readers_of_the_judge_read_what_was_written() -> None:
    for document in keeping.documents(SEED, len(keeping.MAKERS)):
        assert re.search(r"[\u4e00-\u9fff]{3}", keeping.shown(document.name, document.data)), document.how
