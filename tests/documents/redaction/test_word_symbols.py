"""符号字体 — figures that a font of signs draws are read; other rows of its signs are told (条例 第十五条)."""

from __future__ import annotations

import random
from collections.abc import Callable

import pytest

from tests.documents.redaction.test_word import holds, looked, masked
from tests.documents.redaction.word_made import SEEN, docx, p, run
from tests.text import persons

FIRST = {
    "Wingdings": (0x80, 0x8B),
    "Wingdings 2": (0x69, 0x74),
    "ZapfDingbats": (0xAB, 0xB5, 0xBF, 0xC9),
}
"""Where a nought stands, or would stand, before the other figures."""
STARTS = [(font, start) for font, starts in FIRST.items() for start in starts]


def as_sym(font: str, codes: list[int]) -> str:
    return "".join(f"<w:r><w:sym w:font='{font}' w:char='{code:04X}'/></w:r>" for code in codes)


def as_text(font: str, codes: list[int]) -> str:
    text = "".join(f"&#x{code:X};" for code in codes)
    return run(text, f"<w:rFonts w:ascii='{font}' w:hAnsi='{font}'/>")


@pytest.mark.parametrize(("font", "start"), STARTS)
@pytest.mark.parametrize("private", [0, 0xF000])
@pytest.mark.parametrize("write", [as_sym, as_text])
def test_figures_of_a_font_of_signs_are_read(
    font: str, start: int, private: int, write: Callable[[str, list[int]], str]
) -> None:
    rng = random.Random(start)
    number = next(one for _ in range(9999) if "0" not in (one := persons.card(rng)) or font != "ZapfDingbats")
    data = docx(SEEN + p(run("卡号"), write(font, [private + start + int(sign) for sign in number])))
    seen = looked(data)
    assert [found for found in seen.hits if found.hit.severity == "block"]
    assert not [found for found in looked(masked(data)).hits if found.hit.severity == "block"]
    assert not holds(masked(data), number)


def test_a_row_of_pictures_that_may_be_a_writing_is_told() -> None:
    data = docx(SEEN + p(as_text("Wingdings", [0xF04A, 0xF04B, 0xF04C, 0xF04D])))
    assert ["看不出写的是什么" in str(error) for error in looked(data).unread] == [True]


@pytest.mark.parametrize("codes", [[0xF0FC], [0xF0A8] * 9, [0xF0FE, 0xF0A8] * 4])
def test_ornaments_and_boxes_to_tick_are_no_writing(codes: list[int]) -> None:
    assert not looked(docx(SEEN + p(as_sym("Wingdings", codes), run("同意")))).is_blocked


def test_boxes_to_tick_have_words_between_them() -> None:
    ticks = [as_sym("Wingdings", [code]) + run("项") for code in (0xF0FC, 0xF0FD, 0xF0FE, 0xF0A8, 0xF0A9)]
    assert not looked(docx(SEEN + p(*ticks))).is_blocked
