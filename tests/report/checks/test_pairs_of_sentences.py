"""成对的句子 — of every kind of slip the right sentence is not accused and the wrong one is told (条例 第五十条)."""

from __future__ import annotations

from itertools import chain

import pytest

from gongkai.report.checks import Severity, check
from tests.report.checks.pairs_of_sentences import FEES_RIGHT, FEES_WRONG, GAPS, NO_GAPS, PAIRS
from tests.report.checks.texts import saying
from tests.report.checks.three_reports import THREE

ALL = tuple(chain.from_iterable(PAIRS.values()))


def warned(place: str, text: str) -> list[str]:
    report = saying(text, section=int(place[1:]), report=THREE[place[0]])
    return [f.message for f in check(report) if f.severity is not Severity.NOTE]


@pytest.mark.parametrize("pair", ALL)
def test_the_right_one_is_not_accused(pair: str) -> None:
    place, text, right, _ = pair.split("|")
    assert warned(place, text.format(right)) == []


@pytest.mark.parametrize("pair", ALL)
def test_the_wrong_one_is_told(pair: str) -> None:
    place, text, _, wrong = pair.split("|")
    assert 1 <= len(warned(place, text.format(wrong))) <= 2


@pytest.mark.parametrize("text", [*FEES_RIGHT, *NO_GAPS])
def test_what_is_right_of_fees_and_has_every_number_is_not_accused(text: str) -> None:
    assert warned("县6", text) == []


@pytest.mark.parametrize("text", [*FEES_WRONG, *GAPS])
def test_fees_both_taken_and_not_and_numbers_left_out_are_told(text: str) -> None:
    assert warned("县6", text)
