"""护照和末位星号 — numbers of foreign passports, the lines for machines, an X written as a star (条例 第十五条)."""

from __future__ import annotations

import random

import pytest

from gongkai.text.personal_data import Kind, Severity, find
from tests.text import persons

ZONE = "POCHNWANG<<LI<<<<<<<<<<<<<<<<<<<<<<<<<<<<<<<\nEJ12345674CHN9001017F3001011<<<<<<<<<<<<<<04"


def blocked(text: str) -> list[tuple[Kind, str]]:
    return [(hit.kind, text[hit.start : hit.end]) for hit in find(text) if hit.severity is Severity.BLOCK]


@pytest.mark.parametrize("said", ["护照号", "护照号码：", "护照编号 ", "护照No.", "Passport No. ", "passport number: "])
def test_a_passport_of_digits_is_known_by_its_label(said: str) -> None:
    assert blocked(f"持有人{said}512345678，已登记。") == [(Kind.PASSPORT, "512345678")]


@pytest.mark.parametrize(
    "text", ["护照 20260312", "办理护照号段 202603121 个", "护照号码共 512345678901 个", "护照办理 512345678 本"]
)
def test_other_figures_by_the_word_are_none(text: str) -> None:
    assert blocked(text) == []


def test_the_lines_for_machines_hold_a_number_and_a_birthday() -> None:
    assert blocked(f"扫描结果\n{ZONE}\n") == [(Kind.PASSPORT, ZONE.split("\n")[1])]
    assert blocked("<<<<<<<<<<\nABC<<DEF 1234<<") == []


def test_an_x_that_was_written_as_a_star_hides_nothing() -> None:
    dice, with_x = random.Random(7), []
    while len(with_x) < 20:
        number = persons.identity(dice)
        if number.endswith("X"):
            with_x.append(number[:17])
        else:
            assert blocked(f"证件 {number[:17]}*") == [], "the star hides a digit: nobody can say which"
    for digits in with_x:
        for star in "*\uff0a":
            assert blocked(f"证件 {digits}{star}，") == [(Kind.IDENTITY, digits + star)]
        assert blocked(f"证件 {digits[:14]}****") == []
        assert blocked(f"算式 {digits}*3") == []
