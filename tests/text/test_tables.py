"""Tables in a text: lines with tabs or strokes, rows of html, and what their heads say (条例 第十五条)."""

from __future__ import annotations

import pytest

from gongkai.text.personal_data import find, find_across, find_in_grid, find_in_markup
from gongkai.text.personal_data.markup import blanked

AMOUNT, MOBILE, IDENTITY = "18598214320", "13800138000", "110101199003078515"
Rows = list[list[str]]


def _tabs(rows: Rows, above: str) -> str:
    return f"{above}\n" + "\n".join("\t".join(row) for row in rows) + "\n末段"


def _strokes(rows: Rows, above: str) -> str:
    first, *others = (f"| {' | '.join(row)} |" for row in rows)
    return "\n".join((above, "", first, "|---" * len(rows[0]) + "|", *others, "", "末段"))


def _html(rows: Rows, above: str) -> str:
    lines = "".join(f"<tr>{''.join(f'<td><p>{cell}</p></td>' for cell in row)}</tr>" for row in rows)
    return f"<p>{above}</p>\n<div><table border=1>{lines}</table></div><p>末段</p>"


def _loose_html(rows: Rows, above: str) -> str:
    lines = "".join(f"<TR>{''.join(f'<TD>&nbsp;<b>{cell}</b>' for cell in row)}" for row in rows)
    return f"{above}<br><TABLE>{lines}</TABLE>"


FORMS = (_tabs, _strokes, _html, _loose_html)


def _severities(text: str) -> list[str]:
    hits = (find_in_markup if "<" in text else find)(text)
    assert all(hit.text == text[hit.start : hit.end] for hit in hits)
    return [str(hit.severity) for hit in hits]


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("header", ["预算数（元）", "金额（万元）", "产量（吨）"])
def test_a_figure_under_its_unit_is_no_telephone(form: object, header: str) -> None:
    text = form([["项目", header], ["道路", AMOUNT], ["桥梁", "13612345678"]], "预算")  # type: ignore[operator]
    assert _severities(text) == []


@pytest.mark.parametrize("form", FORMS)
def test_the_unit_may_stand_right_above_the_table(form: object) -> None:
    rows = [["项目", "预算数"], ["道路", AMOUNT]]
    assert _severities(form(rows, "单位：万元")) == []  # type: ignore[operator]
    assert _severities(form(rows, "收支情况")) == ["warn"]  # type: ignore[operator]


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("header", ["联系电话", "手机", "电话（万元）", "备注", "科目"])
def test_a_telephone_in_a_table_blocks(form: object, header: str) -> None:
    for above in ("花名册", "单位：元"):
        rows = [["项目", "金额（元）", header], ["道路", "3", MOBILE]]
        is_lone_word = header == "科目" and above == "单位：元"
        assert _severities(form(rows, above)) == ([] if is_lone_word else ["block"])  # type: ignore[operator]


@pytest.mark.parametrize("form", FORMS)
def test_words_above_a_table_are_no_head_of_its_first_column(form: object) -> None:
    rows = [["张三", IDENTITY], ["李四", MOBILE]]
    for above in ("招标编号", "预算数（元）一览", "金额"):
        assert _severities(form(rows, above)) == ["block", "block"]  # type: ignore[operator]


def test_a_merged_head_speaks_for_every_column_under_it() -> None:
    text = (
        "<table><tr><th rowspan=2>项目</th><th colspan='2'>金额（元）</th><th rowspan=2>电话</th></tr>"
        "<tr><th>上年</th><th>本年</th></tr>"
        f"<tr><td>道路</td><td>{AMOUNT}</td><td>{AMOUNT}</td><td>{MOBILE}</td></tr></table>"
    )
    assert [hit.text for hit in find_in_markup(text)] == [MOBILE]


def test_the_inner_of_two_tables_decides() -> None:
    inner = f"<table><tr><td>姓名</td><td>手机</td></tr><tr><td>张三</td><td>{MOBILE}</td></tr></table>"
    text = f"<table><tr><td>预算数（元）</td></tr><tr><td>{inner}</td></tr></table>"
    assert _severities(text) == ["block"]


def test_only_cells_are_decided_by_heads() -> None:
    table = f"<table><tr><td>项目</td><td>金额（元）</td></tr><tr><td>路</td><td>{AMOUNT}</td></tr></table>"
    assert [hit.text for hit in find_in_markup(f"<p>张三{MOBILE}</p>{table}<p>{AMOUNT}</p>")] == [MOBILE, AMOUNT]
    assert [hit.text for hit in find(f"项目\t金额（元）\n路\t{AMOUNT}\n\n张三{AMOUNT}\n")] == [AMOUNT]


def test_paragraphs_read_as_one_and_grids_hear_the_same() -> None:
    assert find_across(["单位：元", "项目\t预算数", f"道路\t{AMOUNT}"]) == []
    rows = [["项目", "预算数"], ["道路", AMOUNT]]
    assert find_in_grid(rows, above="单位：元") == []
    assert [str(one.hit.severity) for one in find_in_grid(rows)] == ["warn"]


@pytest.mark.parametrize("text", ["<table><tr><td>", "</table><td>1</tr>", "<table>" * 50 + "<tr><td colspan=999>路"])
def test_broken_tags_are_read_as_far_as_they_go(text: str) -> None:
    assert len(blanked(text)) == len(text)
    assert _severities(f"{text}{MOBILE}") == ["block"]


def test_a_table_of_endless_spans_is_not_weighed() -> None:
    cells = "<td colspan=999 rowspan=999>金额（元）</td>" * 100
    assert _severities(f"<table><tr>{cells}</tr><tr><td>{AMOUNT}</td></tr></table>") == ["block"]


def test_a_unit_in_a_key_of_json_is_said_of_its_value() -> None:
    assert find(f'{{"预算数（元）": "{AMOUNT}"}}') == []
    assert [hit.text for hit in find(f'{{"电话（元）": "{MOBILE}", "机主": "{MOBILE}"}}')] == [MOBILE, MOBILE]
