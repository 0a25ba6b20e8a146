"""网页 — what a browser shows is what is read."""

from __future__ import annotations

import pytest

from gongkai.documents.document import Grid, Paragraph
from gongkai.documents.limits import LIMITS
from gongkai.documents.web_page import blocks
from tests.conftest import shared_file
from tests.documents import tables


def read(page: str) -> list[str | list[list[str]]]:
    return [b.text if isinstance(b, Paragraph) else tables.texts(b) for b in blocks("a.html", page, LIMITS)]


def test_text_split_over_tags_is_joined_without_blanks() -> None:
    assert read("<p><span>20</span><font>23</font><b>年</b>度<o:p></o:p></p>") == ["2023年度"]
    assert read("<table><tr><td><span>1</span><span>0</span></td></tr></table>") == [[["10"]]]


def test_breaks_and_paragraphs_within_a_cell_are_line_ends() -> None:
    row = "<td>本年新<br/>制作<p>数量</p></td><td><p>甲</p><p>乙</p></td><td>\n <p> 丙 </p>\n</td>"
    assert read(f"<table><tr>{row}</tr></table>") == [[["本年新\n制作\n数量", "甲\n乙", "丙"]]]


def test_no_break_space_is_kept_and_blanks_are_folded() -> None:
    row = "<td>&nbsp;</td><td> 总 \n\t 计 </td><td>&nbsp;0</td>"
    assert read(f"<table><tr>{row}</tr></table>") == [[["\xa0", "总计", "\xa00"]]]
    assert read("<p>Open   government\n data</p>") == ["Open government data"]


def test_line_end_of_the_markup_between_characters_is_none_of_the_text() -> None:
    assert read("<p>政府信息\n      公开</p>") == ["政府信息公开"]


def test_what_is_hidden_is_not_read_and_what_follows_it_is() -> None:
    page = (
        "<style>p{}</style><script>var a='<p>乙</p>'</script><!-- 丙 --><p hidden>丁</p>"
        "<div style='DISPLAY : NONE'>戊<p>己</p></div>庚<p style='display:block'>辛</p><noscript>壬</noscript>"
        "<table><tr><td>1</td><td style='display:none'>2</td><td>3</td></tr></table>"
    )
    assert read(page) == ["庚", "辛", [["1", "3"]]]


def test_layout_table_swallows_no_inner_table() -> None:
    page = (
        "<table><tr><td>导航</td></tr><tr><td><p>一、总体情况</p>"
        "<table><tr><td>规章</td><td>1</td></tr></table><p>二、主动公开</p>"
        "<table><tr><td>许可</td><td>2</td></tr></table>尾</td><td>边栏</td></tr><tr><td>版权</td></tr></table>末"
    )
    assert read(page) == [
        "导航",
        "一、总体情况",
        [["规章", "1"]],
        "二、主动公开",
        [["许可", "2"]],
        "尾",
        "边栏",
        "版权",
        "末",
    ]


def test_rows_of_figures_beside_an_inner_table_stay_rows() -> None:
    page = (
        "<table><tr><td>甲</td><td>1</td></tr><tr><td><table><tr><td>乙</td><td>2</td></tr></table></td></tr></table>"
    )
    assert read(page) == [[["甲", "1"]], [["乙", "2"]]]


def test_text_without_tags_of_its_own_is_a_paragraph() -> None:
    assert read("<div>甲<ucapcontent>乙<p>丙</p>丁</ucapcontent></div>") == ["甲乙", "丙", "丁"]


def test_caption_and_stray_rows_are_not_lost() -> None:
    assert read("<table><caption>表一</caption><tr><td>1</td></tr></table>") == ["表一", [["1"]]]
    assert read("<tr><td>1</td><td>2</td></tr>") == [[["1", "2"]]]


def test_preformatted_lines_stay_lines() -> None:
    assert read("<pre>甲\n<b>乙\n丙</b>\n</pre>丁\n戊") == ["甲", "乙", "丙", "丁戊"]


@pytest.mark.parametrize("span", ["0", "-3", "abc", "", "2.5", "99999999999999999999", "٣"])
def test_senseless_spans_stay_within_the_grid(span: str) -> None:
    (grid,) = blocks("a", f"<table><tr><td colspan='{span}' rowspan='{span}'>1</td></tr></table>", LIMITS)
    assert isinstance(grid, Grid)
    cell = grid.rows[0].cells[0]
    assert 1 <= cell.columns <= LIMITS.columns
    assert cell.rows == 1


def test_our_own_marks_in_a_page_mean_nothing() -> None:
    assert read("<p>甲\U0001fffe\U0001ffff\U0002fffe乙\U0002ffff\U0003ffff丙</p>") == ["甲乙丙"]


def test_columns_of_a_real_page_are_those_of_its_form() -> None:
    page = shared_file("corpus/shanghai-office-2019.html").read_text(encoding="utf-8")
    grids = [block for block in blocks("a", page, LIMITS) if isinstance(block, Grid)]
    ends = [{row.cells[-1].column + row.cells[-1].columns - 1 for row in grid.rows if row.cells} for grid in grids]
    assert [max(widths) for widths in ends] == [5, 10, 15]
    assert [len(grid.rows) for grid in grids] == [18, 26, 4]
