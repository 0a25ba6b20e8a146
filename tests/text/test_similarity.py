"""文字相似 — likeness is a share; numbers do not count; the twin of a sentence is found (条例 第四十九条)."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from gongkai.text.similarity import LENGTH, likeness, likest_sentences, shingles

HAN = st.text(st.characters(min_codepoint=0x4E00, max_codepoint=0x9FA5), max_size=60)
MARKS = st.text(" 0123456789，、“”（）\n", max_size=5)


@given(HAN, HAN)
def test_likeness_is_a_share(text: str, other: str) -> None:
    assert 0 <= likeness(text, other) <= 1
    assert likeness(text, text + other) == (1 if len(text) >= LENGTH else 0)


@given(HAN, st.lists(MARKS, min_size=61, max_size=61))
def test_numbers_and_marks_do_not_make_a_text_new(text: str, marks: list[str]) -> None:
    strewn = "".join(mark + char for mark, char in zip(marks, text, strict=False))
    assert shingles(strewn) == shingles(text)


@given(HAN)
def test_texts_without_a_character_in_common_are_not_alike(text: str) -> None:
    assert likeness(text, "".join(chr(ord(char) - 0x1A00) for char in text)) == 0


def test_the_twin_of_a_sentence_is_found() -> None:
    own = "今年我县新建查阅点六处。逐条核对信息来源、审签和发布时间，发现漏签当天补正。天气晴朗。"
    other = "县里开了会。对信息来源、审签、发布时间逐条核对，发现漏签当天补正的！会议很短。"
    assert likest_sentences(own, other) == (
        "逐条核对信息来源、审签和发布时间，发现漏签当天补正",
        "对信息来源、审签、发布时间逐条核对，发现漏签当天补正的",
    )


def test_nothing_is_like_nothing() -> None:
    assert likest_sentences("", "有话") == ("", "有话")
    assert likeness("", "") == 0
