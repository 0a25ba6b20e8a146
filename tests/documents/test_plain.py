"""纯文本 — which lines are cells and which are sentences."""

from __future__ import annotations

from gongkai.documents.document import Grid, Paragraph
from gongkai.documents.opening import open_documents
from tests.conftest import shared_file
from tests.documents import tables


def read(text: str, suffix: str = "txt") -> list[object]:
    (document,) = open_documents(f"a.{suffix}", text.encode())
    return [
        block.text if isinstance(block, Paragraph) else tables.texts(block) for block in tables.view(document).blocks
    ]


def test_lines_are_paragraphs_with_their_numbers() -> None:
    (document,) = open_documents("a.txt", "\n甲\r\n\r\n乙\r丙\n".encode())
    assert [(block.text, block.line) for block in tables.view(document).blocks] == [("甲", 2), ("乙", 4), ("丙", 5)]


def test_indented_sentences_are_no_cells() -> None:
    assert read("\t本报告如下。\n\n\t一是公开。\n\t二是解读。\n") == ["本报告如下。", "一是公开。", "二是解读。"]


def test_cell_a_line_goes_on_over_its_lines_and_its_blank_lines() -> None:
    text = "题目\n\n\t信息内容\n\t本年新\n制作数量\n\n\t规章\n\t　0\n三、收到和处理\n\n后文"
    assert read(text) == ["题目", [["信息内容", "本年新\n制作数量"], ["规章", "　0"]], "三、收到和处理", "后文"]


def test_blank_cell_of_a_line_is_a_cell() -> None:
    assert read("\t\n\t自然人\n\t总计\n\n\t受理\n\t\n\t3\n") == [[["", "自然人", "总计"], ["受理", "", "3"]]]


def test_tabs_part_cells_by_place() -> None:
    assert read("题\n\n甲\t\t乙\n\t1\t2\n尾") == ["题", [["甲", "", "乙"], ["", "1", "2"]], "尾"]


def test_bare_strokes_part_cells() -> None:
    assert read("规章 | 1 | 2\n许可|3|4") == [[["规章", "1", "2"], ["许可", "3", "4"]]]
    assert read("首页 | 新闻") == ["首页 | 新闻"]


def test_markdown_rule_opens_a_grid_with_the_row_before_it() -> None:
    text = "| 甲 | 乙 |\n|---|:-:|\n| 1 | 2 |\n| 丙 | 丁 |\n|---|---|\n| 3 | 4 |"
    assert read(text, "md") == [[["甲", "乙"], ["1", "2"]], [["丙", "丁"], ["3", "4"]]]


def test_markdown_row_of_dashes_under_a_rule_is_a_row() -> None:
    assert read("| 甲 | 乙 |\n|---|---|\n| - | - |", "md") == [[["甲", "乙"], ["-", "-"]]]


def test_markdown_marks_are_stripped_and_escaped_strokes_kept() -> None:
    text = (
        "## 二、**主动**公开 ##\n\n> 引用\n\n[链接](http://a.b)\n\n| 甲\\|乙 | <br>3 |\n|---|---|\n| &nbsp; | 1\\.5 |"
    )
    assert read(text, "md") == ["二、主动公开", "引用", "链接", [["甲|乙", "3"], ["\xa0", "1.5"]]]


def test_markdown_holds_tables_written_as_html() -> None:
    text = "# 题\n\n<table><tr><td>规章</td>\n<td colspan=2>1</td></tr></table>\n\n尾"
    assert read(text, "md") == ["题", [["规章", "1"]], "尾"]


def test_lines_cut_by_a_page_are_loose_and_written_ones_are_not() -> None:
    cut = "\n".join("本年度政府信息公开工作在区委区政府的领导下取得了一定的成效并且得到了" for _ in range(8))
    written = "\n".join("本年度政府信息公开工作在区委区政府的领导下取得了一定的成效。" for _ in range(8))
    for text, loose in ((cut, True), (written, False)):
        (document,) = open_documents("a.txt", text.encode())
        assert {block.loose for block in tables.view(document).blocks} == {loose}


def test_statutory_tables_of_real_texts_are_grids() -> None:
    for name, rows in (("muye-service-bureau-2021", [14, 28, 4]), ("chengguan-township-2020", [18, 26, 4])):
        (document,) = open_documents(str(shared_file(f"reports/{name}.txt")))
        assert [len(grid.rows) for grid in tables.grids(tables.view(document))] == rows
    (document,) = open_documents(str(shared_file("reports/yanjin-county-office-2023.txt")))
    assert [len(row.cells) for row in tables.grids(tables.view(document))[2].rows] == [15, 15, 15, 15]


def test_every_grid_of_text_says_that_its_columns_were_counted() -> None:
    (document,) = open_documents("a.txt", "甲\t乙\n丙\t丁\n".encode())
    assert [block.exact for block in tables.view(document).blocks if isinstance(block, Grid)] == [False]
