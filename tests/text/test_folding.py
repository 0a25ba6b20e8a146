"""文字归一 — folding keeps what a reader sees, and knows where it came from."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from gongkai.report.form import Edition, OtherHandling, form
from gongkai.text.folding import fold, fold_with_map, squeeze

# Text as it comes out of offices' files: everything that folding touches, mixed with everything else.
FOLDED = "".join(map(chr, [*range(0x2E80, 0x2FD6), *range(0xFF00, 0xFF60), *range(0x2000, 0x2070), 0xFEFF, 0xAD, 0xA0]))
TEXTS = st.text(st.one_of(st.sampled_from(FOLDED + "务(wùǜ)⒈㈠隻計行政0 \n"), st.characters()), max_size=40)

# The characters of prose printed with radicals, each followed by the character meant.
RADICALS = """
⺠民 ⻔门 ⻬齐 ⻓长 ⻚页 ⻅见 ⻉贝 ⻋车 ⻢马 ⻥鱼 ⻦鸟 ⻨麦 ⻩黄 ⻮齿 ⻰龙 ⻜飞 ⻛风
⻤鬼 ⻘青 ⻣骨 ⻄西 ⺟母 ⼀一 ⼈人 ⾏行 ⽂文 ⽹网 ⼾户 ⾒见 ⾨门
"""


@given(TEXTS)
@example("務(wù)(wù)")
@example("務( wù)")
def test_folding_twice_is_folding_once(text: str) -> None:
    assert fold(fold(text)) == fold(text)
    assert squeeze(squeeze(text)) == squeeze(text)


@given(TEXTS)
@example("2022年⼀⽉務\u200b(wù)數")
def test_every_folded_character_knows_the_one_it_came_from(text: str) -> None:
    folded = fold_with_map(text)
    assert folded.text == fold(text)
    assert len(folded.positions) == len(folded.text)
    assert list(folded.positions) == sorted(folded.positions)
    assert all(char in fold(text[index]) for char, index in zip(folded.text, folded.positions, strict=True))


@given(TEXTS)
def test_folded_text_is_at_most_three_times_as_long(text: str) -> None:
    assert len(fold(text)) <= 3 * len(text)
    assert all(len(fold(char)) <= 3 for char in FOLDED)


@given(TEXTS)
def test_squeezed_text_has_no_white_space_and_does_not_depend_on_it(text: str) -> None:
    squeezed = squeeze(text)
    assert not any(char.isspace() for char in squeezed)
    assert squeeze("\u3000".join(text)) == squeezed


@given(st.text(st.characters(min_codepoint=0x4E00, max_codepoint=0x9FA5), max_size=20))
def test_decimal_digits_of_any_width_are_the_same_number(text: str) -> None:
    for digit in range(10):
        wide = chr(0xFF10 + digit)
        assert fold(f"{text}{wide}") == fold(text) + str(digit)


@pytest.mark.parametrize("pair", RADICALS.split())
def test_a_radical_is_read_as_the_character_that_it_looks_like(pair: str) -> None:
    assert fold(pair[0]) == pair[1]


def test_no_radical_and_no_compatibility_ideograph_is_left() -> None:
    for code in [*range(0x2E80, 0x2FD6), *range(0xF900, 0xFADA), *range(0x2F800, 0x2FA1E)]:
        if unicodedata.category(chr(code)) != "Cn":
            folded = fold(chr(code))
            assert len(folded) == 1
            assert "RADICAL" not in unicodedata.name(folded)
            assert unicodedata.normalize("NFKC", folded) == folded


@pytest.mark.parametrize("edition", Edition)
def test_the_labels_of_the_forms_are_not_changed_except_their_punctuation(edition: Edition) -> None:
    for line in form(edition, OtherHandling.ROWS).lines:
        for label in (line.label, line.group or "", *(column.label for column in line.columns)):
            kept = [char for char in fold(label) if "一" <= char <= "鿿"]
            assert kept == [char for char in label if "一" <= char <= "鿿"]


@pytest.mark.parametrize(
    ("printed", "meant"),
    [
        ("行政強製", "行政强制"),
        ("總隻計", "总只计"),
        ("三、本年度辦理結果", "三、本年度办理结果"),
        ("屬於三類內部事務(wù)信息", "属于三类内部事务信息"),
        ("法律行政法規(guī)禁止公開(kāi)", "法律行政法规禁止公开"),
        ("附件(pdf)", "附件(pdf)"),
        ("信息(wú)", "信息"),
        ("（一）予以公开：\uff17\uff16．\uff11％", "(一)予以公开:76.1%"),
        ("－\uff18 —8 –8 \u22128", "-8 -8 -8 -8"),
        ("危及“三安全一稳定”", '危及"三安全一稳定"'),
        ("总\u3000计\xa00\ufeff", "总 计 0"),
        ("㈠⒈", "(一)1."),
        ("₀⁰①〇○", "₀⁰①〇○"),
    ],
)
def test_what_offices_print_is_read_as_meant(printed: str, meant: str) -> None:
    assert fold(printed) == meant


@settings(max_examples=50)
@given(st.text(st.characters(max_codepoint=127)))
def test_ascii_is_left_alone(text: str) -> None:
    assert fold(text) == text
