"""页眉和页脚、字体、编号 — numbers that a page of Word shows and that no paragraph holds (条例 第十五条)."""

from __future__ import annotations

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.documents.redaction.test_word import holds, looked, masked
from tests.documents.redaction.word_made import SEEN, Part, docx, p, run, story
from tests.text import persons

ENDS = (
    "<w:sectPr><w:headerReference w:type='default' r:id='p1'/>"
    "<w:footerReference w:type='default' r:id='p2'/></w:sectPr>"
)


def ends(header: str, footer: str) -> bytes:
    parts = (Part("header1.xml", story("hdr", header), "header"), Part("footer1.xml", story("ftr", footer), "footer"))
    return docx(SEEN + ENDS, *parts)


def cells(*texts: str) -> str:
    return f"<w:tbl><w:tr>{''.join(f'<w:tc>{p(run(text))}</w:tc>' for text in texts)}</w:tr></w:tbl>{p()}"


@given(persons.seeds, st.integers(6, 14), st.booleans(), st.booleans())
def test_a_number_in_two_ends_of_a_page_blocks(seed: int, at: int, is_table: bool, is_turned: bool) -> None:
    number = persons.identity(random.Random(seed))
    one, other = number[:at], number[at:]
    write = (
        (lambda before, part, after: cells(before, part, after))
        if is_table
        else (lambda *texts: p(run("".join(texts))))
    )
    halves = [write("证号", one, ""), write("尾号 ", other, " 第一页")]
    data = ends(*(halves[::-1] if is_turned else halves))
    assert looked(data).is_blocked
    copy = masked(data)
    assert not looked(copy).is_blocked
    assert not (holds(copy, one) and holds(copy, other))


def test_figures_of_both_ends_are_no_number() -> None:
    assert not looked(ends(p(run("云政办〔2024〕12号 110101")), p(run("电话 0371-65432100 第 12 页")))).is_blocked


def test_a_list_counts_from_any_number_that_word_counts_from() -> None:
    number = persons.identity(random.Random(3))
    lists = story(
        "numbering",
        f"<w:abstractNum w:abstractNumId='0'><w:lvl w:ilvl='0'><w:start w:val='{number[:9]}'/>"
        "<w:numFmt w:val='decimal'/><w:suff w:val='nothing'/><w:lvlText w:val='%1'/></w:lvl></w:abstractNum>"
        "<w:num w:numId='1'><w:abstractNumId w:val='0'/></w:num>",
    )
    listed = "<w:numPr><w:ilvl w:val='0'/><w:numId w:val='1'/></w:numPr>"
    data = docx(SEEN + p(run(f"{number[9:]} 张某"), look=listed), Part("numbering.xml", lists, "numbering"))
    assert looked(data).is_blocked


@pytest.mark.parametrize(("signs", "is_told"), [("\ue001\ue005\ue002\ue000" * 4, True), ("张\ue863三", False)])
def test_a_row_of_signs_that_each_font_makes_is_told(signs: str, is_told: bool) -> None:
    assert [str(error) for error in looked(docx(SEEN + p(run(f"证号 {signs}")))).unread] == [] or is_told
    assert looked(docx(SEEN + p(run(f"证号 {signs}")))).is_blocked == is_told


def test_a_font_that_a_file_carries_is_asked_about_and_left_out() -> None:
    data = docx(SEEN, Part("fonts/font1.odttf", bytes(range(256)) * 4))
    assert any("嵌入的字体 1 个" in str(thing.sentence) for thing in looked(data).hidden)
    assert not any("嵌入的字体" in str(thing.sentence) for thing in looked(masked(data)).hidden)
