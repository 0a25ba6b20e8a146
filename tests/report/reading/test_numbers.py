"""表中数字 — a number reads back in whatever clothing it is printed, and no text makes a cell fail (条例 第五十条)."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gongkai.report.reading.numbers import Kind, read_cell

COUNTS = st.one_of(st.just(0), st.integers(0, 99), st.integers(0, 10**8 - 1))
WIDE = {ord(char): chr(ord(char) + 0xFEE0) for char in "0123456789+-,.()"}
UNITS = ("亿元", "百万元", "万元", "千元", "百元", "元", "件次", "人次", *"件条份宗起项个次篇部")
PADDING = st.sampled_from(["", " ", "\u3000", "\u00a0", "\n", "\t", "\u200b", " \u2002"])
NOTES = st.sampled_from(["", "（其中修订16件）", "(含上年 3 件)", "[见附注]", "（历史累计）"])
SIGNS = {"": 1, "+": 1, "＋": 1, "增": 1, "增加": 1, "-": -1, "－": -1, "\u2212": -1, "减": -1, "减少": -1}
STROKES = ("", " ", "\u3000", "-", "—", "——", "－", "/", "／", "\\", "·", "*", "_", "---")


@st.composite
def clothed(draw: st.DrawFn) -> tuple[int, str, str | None]:
    """A whole number, as an office may print it, and the unit printed beside it."""
    value = draw(COUNTS)
    digits = f"{value:,}" if draw(st.booleans()) else str(value)
    if draw(st.booleans()):
        digits = digits.translate(WIDE)
    sign = draw(st.sampled_from(sorted(SIGNS)))
    unit = draw(st.sampled_from([None, *UNITS]))
    spaced = draw(PADDING) + sign + digits + draw(PADDING) + (unit or "") + draw(NOTES) + draw(PADDING)
    return SIGNS[sign] * value, spaced, unit


@given(clothed())
@settings(max_examples=400)
def test_a_whole_number_reads_back_in_any_clothing(drawn: tuple[int, str, str | None]) -> None:
    value, text, unit = drawn
    token = read_cell(text)
    assert (token.kind, token.whole, token.value, token.unit) == (Kind.NUMBER, value, Decimal(value), unit)
    assert token.printed == text.strip()
    assert not token.weak


@given(st.decimals(0, 10**8, places=4), st.sampled_from(["", "¥", "￥"]), st.sampled_from(["", "万元", "元"]))
def test_money_keeps_its_decimals(amount: Decimal, sign: str, unit: str) -> None:
    for digits in (f"{amount:f}", f"{amount:,f}"):
        token = read_cell(f"{sign}{digits}{unit}")
        assert (token.value, token.unit or "") == (amount, unit)
        assert token.whole == (int(amount) if amount == int(amount) else None)


@pytest.mark.parametrize("text", STROKES)
def test_a_stroke_or_nothing_is_a_blank(text: str) -> None:
    token = read_cell(text)
    assert (token.kind, token.value, token.whole) == (Kind.BLANK, None, None)


@pytest.mark.parametrize("text", ["无", "零", "〇", "没有", " 无 ", "零\u3000"])
def test_a_word_for_nothing_is_plainly_zero(text: str) -> None:
    token = read_cell(text)
    assert (token.kind, token.whole, token.weak) == (Kind.NUMBER, 0, False)


@given(st.integers(0, 10**8 - 1), st.data())
def test_round_letters_are_zeros_by_guess(value: int, data: st.DataObject) -> None:
    """o, O, 〇 and the like for 0, l, I and | for 1: read, and never taken for certain."""
    lookalikes = {"0": "oO〇₀°", "1": "Il|"}
    text = "".join(data.draw(st.sampled_from(lookalikes.get(digit, digit))) for digit in str(value))
    token = read_cell(text)
    is_plain = text == str(value) or text == "〇"
    assert (token.kind, token.whole, token.weak) == (Kind.NUMBER, value, not is_plain)


@given(st.integers(10, 10**8 - 1), st.data())
def test_digits_torn_apart_are_joined_by_guess(value: int, data: st.DataObject) -> None:
    digits = str(value)
    at = data.draw(st.integers(1, len(digits) - 1))
    token = read_cell(f"{digits[:at]}{data.draw(st.sampled_from([' ', '　', chr(10), '  ']))}{digits[at:]}")
    assert (token.kind, token.whole, token.weak) == (Kind.NUMBER, value, True)


@given(st.integers(1, 10**6), st.integers(1, 3))
def test_a_number_padded_with_zeros_is_a_guess(value: int, zeros: int) -> None:
    token = read_cell("0" * zeros + str(value))
    assert (token.whole, token.weak) == (value, True)


@pytest.mark.parametrize(("text", "value"), [("三", 3), ("十", 10), ("二十一", 21), ("一百零五", 105), ("两千", 2000)])
def test_a_number_spelled_out_is_a_guess(text: str, value: int) -> None:
    token = read_cell(text)
    assert (token.kind, token.whole, token.weak) == (Kind.NUMBER, value, True)


@pytest.mark.parametrize(
    "text", ["总计", "件", "12件13件", "第20条", "2023年", "1月", "3.其他", "1/2", "5-8", "50%", "1,23", "三四"]
)
def test_words_about_numbers_are_words(text: str) -> None:
    token = read_cell(text)
    assert (token.kind, token.value) == (Kind.TEXT, None)


@given(st.one_of(st.text(), st.text("0123456789oO〇+-\u2212,，.．()（）[]元万件 无零增减一十百/|\n", max_size=30)))
@settings(max_examples=500)
def test_no_text_makes_a_cell_fail(text: str) -> None:
    token = read_cell(text)
    assert (token.value is not None) == (token.kind is Kind.NUMBER)
    assert token.printed == text.strip()
    assert token.whole is None or token.whole == token.value
    assert token == read_cell(text)
