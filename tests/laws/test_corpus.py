"""噪声之下的语料 — the years of a body as they are, most figures 0: right, or marked (条例 第五十条).

Small numbers and zeros leave more placements that add up than the figures of test_noise do.
`GONGKAI_NOISE_EXAMPLES=5000 pytest tests/laws/test_corpus.py` looks further.
"""

from __future__ import annotations

import pytest
from hypothesis import given, settings

from gongkai.documents.document import DocumentError
from tests.corpus.cases import noisy
from tests.laws.test_noise import EXAMPLES
from tests.noise.balanced import seeds
from tests.noise.cases import Fault, faults, read

ONCE_WRONG = (878, 2639, 6318, 8451, 12162, 17078, 27492, 28671)
"""曾经的暗错 — seeds of which a figure was once wrong and not marked."""


def silent(seed: int) -> list[Fault]:
    report = noisy(seed)
    try:
        return faults(report, read(report))
    except DocumentError:
        return []


@given(seeds)
@settings(max_examples=EXAMPLES)
def test_every_figure_of_a_year_is_right_or_marked(seed: int) -> None:
    assert silent(seed) == []


@pytest.mark.parametrize("seed", ONCE_WRONG)
def test_what_was_once_wrong_is_right_or_marked(seed: int) -> None:
    assert silent(seed) == []
