"""Markdown 的标记 — a number whose pieces are emphasised, struck or code is read as one (条例 第十五条)."""

from __future__ import annotations

import random
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gongkai.documents import redaction
from gongkai.text.hit import Severity
from tests.text import persons

MARKS = ("**", "*", "_", "__", "~~", "`", "***", "")
KINDS = {"identity": persons.identity, "mobile": persons.mobile}
PLACES = (
    "{number}\n",
    "手机 {number}\n",
    "- 王某 {number}\n",
    "| 姓名 | 号码 |\n|---|---|\n| 王某 | {number} |\n",
)


def marked(number: str, cuts: list[int], marks: list[str]) -> str:
    """In pieces, none beside another of its mark, which would be one mark of four signs."""
    pieces = [number[start:end] for start, end in zip([0, *cuts], [*cuts, len(number)], strict=True)]
    written, last = "", "."
    for piece, mark in zip(pieces, marks, strict=False):
        sign = mark if mark[:1] != last else ""
        written += f"{sign}{piece}{sign}"
        last = sign[:1] or "."
    return written


@given(persons.seeds, st.sampled_from(sorted(KINDS)), st.sampled_from(PLACES), st.data())
def test_pieces_in_any_marks_are_one_number(seed: int, kind: str, place: str, data: st.DataObject) -> None:
    number = KINDS[kind](random.Random(seed))
    cuts = sorted(data.draw(st.sets(st.integers(1, len(number) - 1), min_size=1, max_size=5)))
    marks = data.draw(st.lists(st.sampled_from(MARKS), min_size=len(cuts) + 1, max_size=len(cuts) + 1))
    given_text = place.format(number=marked(number, cuts, marks)).encode()
    assert [
        found.hit.kind for found in redaction.inspect("a.md", given_text).hits if found.hit.severity is Severity.BLOCK
    ]
    copy = redaction.masked("a.md", given_text).decode()
    assert number not in re.sub(r"[*_~`]", "", copy)


@pytest.mark.parametrize("written", ["**138**_00138000_", "**138**_0013_`8000`", "**_138_**~~0013~~*8000*"])
@pytest.mark.parametrize("place", PLACES)
def test_a_bold_piece_beside_an_italic_one_blocks(written: str, place: str) -> None:
    assert redaction.inspect("a.md", place.format(number=written).encode()).is_blocked


@pytest.mark.parametrize(
    "text",
    [
        "联系人 138****8000、8001\n",
        "**138****8000**，分机 8001\n",
        "合计 **1380**，其中 *0138* 件，`000` 不计\n",
        "____________138____8000\n",
    ],
)
def test_masks_and_figures_in_marks_are_left(text: str) -> None:
    assert not redaction.inspect("a.md", text.encode()).is_blocked
