"""快慢一致 — what is passed over quickly holds nothing: the quick way finds what the slow way finds (条例 第十五条).

The slow way looks at every stretch of digits in every reading, and for days in the whole text.
"""

from __future__ import annotations

import random
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gongkai.text.codes import identity_check_sign, is_card_number
from gongkai.text.hit import Hit
from gongkai.text.personal_data import dated, digits
from gongkai.text.personal_data.signs import near
from tests.text import decoys, persons
from tests.text.spellings import CHECKED, SEPARATED

_ANYTHING = re.compile("")
_ALPHABET = "0123456789Xx 〇一二三八９３-/,、.:\t\n年月日|lOS①*\u200b（）张"
_WRITINGS = [*SEPARATED.values(), *CHECKED.values()]


def _slow(text: str, patch: pytest.MonkeyPatch) -> list[Hit]:
    in_stretch = digits._in_stretch
    with patch.context() as slow:
        slow.setattr(digits, "_LIKELY", _ANYTHING)
        slow.setattr(digits, "_in_stretch", lambda text, at, stretch, _="": in_stretch(text, at, stretch))
        slow.setattr(digits, "with_a_day", lambda given, plain, _: dated.with_a_day(given, plain, [(0, len(plain))]))
        return list(digits.numbers(text))


def _agree(text: str) -> bool:
    with pytest.MonkeyPatch.context() as patch:
        return list(digits.numbers(near(text))) == _slow(near(text), patch)


@given(persons.seeds, st.sampled_from(_WRITINGS), st.text(_ALPHABET, max_size=20), st.text(_ALPHABET, max_size=20))
def test_numbers_however_written_are_found_both_ways(seed: int, write: object, before: str, after: str) -> None:
    rng = random.Random(seed)
    for make in (persons.identity, persons.card, persons.mobile, persons.decoy):
        assert _agree(f"{before}{write(make(rng))}{after}")  # type: ignore[operator]


def _card(body: str) -> str:
    return next(body + last for last in "0123456789" if is_card_number(body + last))


_BORN = "11010120140507852"
_NUMBERS = [_BORN + identity_check_sign(_BORN), "13800138000", _card("622202000000000678"), _card("955880020000000002")]


@pytest.mark.parametrize("number", _NUMBERS)
@pytest.mark.parametrize("mark", [" ", "|", "\uff01", "/", "\n", "\u200b", "l"])
def test_a_number_alone_in_two_or_three_parts_is_found_both_ways(number: str, mark: str) -> None:
    for first in range(1, len(number)):
        assert _agree(f"{number[:first]}{mark}{number[first:]}")
        for second in range(first + 1, len(number)):
            assert _agree(mark.join((number[:first], number[first:second], number[second:])))


@given(st.text(_ALPHABET, max_size=80))
def test_any_signs_are_read_alike_both_ways(text: str) -> None:
    assert _agree(text)


@given(persons.seeds, st.lists(st.sampled_from(["", " ", "\n", "\t", ",", "/", "\u200b", "0", "1", "62"]), min_size=30))
def test_figures_that_are_torn_anyhow_are_read_alike_both_ways(seed: int, between: list[str]) -> None:
    rng = random.Random(seed)
    signs = persons.identity(rng) + persons.mobile(rng) + persons.card(rng)
    assert _agree("".join(f"{sign}{mark}" for sign, mark in zip(signs, between, strict=False)))


@given(persons.seeds)
def test_a_day_in_words_is_found_both_ways(seed: int) -> None:
    number = persons.identity(random.Random(seed))
    day = f"{number[6:10]}年{number[10:12]}月{number[12:14]}日"
    for region in (number[:6], f"{number[:4]} {number[4:6]}"):
        for mark in ("", " ", "，", "（", "出生日期：", "出生"):
            written = f"{region}{mark}{day}{number[14:]}"
            assert any(hit.severity == "block" for hit in digits.numbers(written)), written
            assert _agree(written)


def test_what_is_published_is_read_alike_both_ways() -> None:
    for seed in range(5):
        assert _agree("\n".join(decoys.sentences(seed)))
