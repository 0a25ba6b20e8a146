"""六个部分 — headings known by their words, tables and notes kept out of what is said (条例 第五十条)."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gongkai.report.figures import TableNote
from gongkai.report.form import Edition, Form, form
from gongkai.report.reading.labels import is_table_label
from gongkai.report.sections import Parts, Passage, heading_number, split
from gongkai.text.folding import squeeze

HEADINGS = {
    1: ("总体情况", "概述", "政府信息公开工作总体情况"),
    2: ("主动公开政府信息情况", "主动公开政府信息的情况", "主动公开情况"),
    3: ("收到和处理政府信息公开申请情况", "收到和处理政府信息公开申请的情况", "收到及处理政府信息公开申请情况"),
    4: (
        "政府信息公开行政复议、行政诉讼情况",
        "因政府信息公开工作被申请行政复议、提起行政诉讼情况",
        "政府信息公开行政复议和行政诉讼情况",
    ),
    5: (
        "存在的主要问题及改进情况",
        "存在的问题及改进措施",
        "政府信息公开工作存在的主要问题及改进情况",
        "存在的主要问题和下一步工作打算",
        "工作中存在的问题",
    ),
    6: ("其他需要报告的事项", "其他需要说明的情况", "其他需要报告事项"),
}
NUMBERS = ("{0}、", "（{0}）", "{0}．", "{0},", "第{0}部分：", "## {0}、", "**{0}、", "{1}、", "{1}.", "")
PROSE = (
    "全年通过门户网站公开各类信息320条，群众满意度持续提升。",
    "（一）主动公开。重点领域信息逐项更新。",
    "一、夯实基础，健全制度。",
    "二、主动公开再加力，公开320条。",
    "三、依申请公开更规范。",
    "（二）对总体情况的说明，见下文各部分内容。",
    "一是队伍不稳；二是平台内容还不够丰富。",
)
NOTES = ("注：本表数据为全县汇总口径", "（注：含派出机构的全部数据）", "备注：金额均保留四位小数")
texts = st.lists(st.sampled_from(PROSE), max_size=3)


def passage(text: str, *, loose: bool = False) -> Passage:
    return Passage(text, squeeze(text), loose)


def parts_of(*texts: str) -> Parts:
    return split([passage(text) for text in texts], is_table_label)


@st.composite
def reports(draw: st.DrawFn) -> tuple[list[str], dict[int, tuple[str, list[str]]], list[str]]:
    """The lines of a report, the heading and the text of each of its parts, its preface. No tables."""
    number = draw(st.sampled_from(NUMBERS))
    preface = draw(texts.filter(lambda lines: not any(line.startswith("二、") for line in lines)))
    lines, said = list(preface), {}
    for part, headings in HEADINGS.items():
        heading = number.format("一二三四五六"[part - 1], part) + draw(st.sampled_from(headings))
        text = draw(texts)
        said[part] = heading, text
        lines += [heading, *text]
    return lines, said, preface


@given(reports())
@settings(max_examples=200)
def test_six_parts_are_found_however_headings_are_put_and_numbered(
    drawn: tuple[list[str], dict[int, tuple[str, list[str]]], list[str]],
) -> None:
    lines, said, preface = drawn
    parts = parts_of(*lines)
    assert [(s.number, s.heading, s.text) for s in parts.sections] == [
        (part, heading, "\n".join(text)) for part, (heading, text) in said.items()
    ]
    assert parts.preface == "\n".join(preface)


@given(reports(), st.sets(st.integers(1, 6), max_size=4))
@settings(max_examples=100)
def test_a_lost_heading_loses_no_text_and_no_other_part(
    drawn: tuple[list[str], dict[int, tuple[str, list[str]]], list[str]], lost: set[int]
) -> None:
    lines, said, _ = drawn
    parts = parts_of(*(line for line in lines if line not in [said[part][0] for part in lost]))
    assert [section.number for section in parts.sections] == [part for part in said if part not in lost]
    told = "\n".join([parts.preface, *(section.text for section in parts.sections)])
    for _, text in said.values():
        assert all(line in told for line in text)


@pytest.mark.parametrize(
    "spaced", ["一、总 体 情 况", "一、 总体　情况", " 一、总体情况 ", "⼀、总体情况", "一、總體情況"]
)
def test_a_heading_is_known_by_what_it_says_and_kept_as_printed(spaced: str) -> None:
    (section,) = parts_of(spaced).sections
    assert (section.number, section.heading) == (1, " ".join(spaced.split()))


@pytest.mark.parametrize(
    "line",
    [
        "本年度总体情况良好",
        "总体情况：一年来公开信息320条",
        "（一）主动公开",
        "我们对存在的主要问题及改进情况进行了专题研究，制定了清单，明确了责任单位和完成时限，按季度通报工作进展情况",
        "无其他需要报告的事项。",
        "收到和处理政府信息公开申请情况见下表：",
    ],
)
def test_a_sentence_is_no_heading(line: str) -> None:
    assert heading_number(squeeze(line), 0) is None


@given(st.integers(0, 6), st.integers(1, 6))
def test_a_heading_never_goes_back(after: int, number: int) -> None:
    """Inside a part the headings of earlier parts, and its own again, are words."""
    found = heading_number(squeeze(form(Edition.E2021).headings[number - 1]), after)
    assert found == (number if number > after else None)


@pytest.mark.parametrize("edition", Edition)
def test_the_headings_of_every_form_are_known(edition: Edition) -> None:
    assert [heading_number(squeeze(heading), 0) for heading in form(edition).headings] == [1, 2, 3, 4, 5, 6]


@pytest.mark.parametrize(
    "of", [form("2021", "rows"), form("2021", "row"), form("2019", "row")], ids=lambda of: of.edition
)
@pytest.mark.parametrize("part", [2, 3, 4])
def test_labels_of_tables_are_kept_out_of_the_text(part: int, of: Form) -> None:
    tables = {2: "proactive", 3: "applications", 4: "remedies"}
    lines = [
        text for line in of.table(tables[part]) for text in (line.label, *(c.label for c in line.columns if not c.unit))
    ]
    said = "本年度数据口径与上年一致，由办公室汇总并经主要负责人审签。"
    parts = parts_of(of.headings[part - 1], *lines, said, *lines)
    assert parts.sections[0].text == said


@given(st.sampled_from([2, 3, 4]), st.lists(st.sampled_from(NOTES), min_size=1, max_size=3))
def test_notes_under_a_table_are_told_apart(part: int, notes: list[str]) -> None:
    table = {2: "proactive", 3: "applications", 4: "remedies"}[part]
    parts = parts_of(form("2021").headings[part - 1], "结果维持", *notes)
    assert parts.notes == tuple(TableNote(table, note) for note in notes)
    assert parts.sections[0].text == ""


@pytest.mark.parametrize("part", [1, 5, 6])
def test_elsewhere_a_note_and_a_short_line_are_text(part: int) -> None:
    lines = (NOTES[0], "无。", "行政许可")
    parts = parts_of(form("2021").headings[part - 1], *lines)
    assert parts.sections[0].text == "\n".join(lines)
    assert parts.notes == ()


CHARACTERS = "政府信息公开工作一年来重点领域平台建设监督保障制度群众关切回应"
paragraphs = (
    st.integers(1, 70).flatmap(lambda size: st.text(CHARACTERS, min_size=size, max_size=size)).map("我{}。".format)
)


@given(st.lists(paragraphs, min_size=1, max_size=5), st.integers(20, 40))
@settings(max_examples=200)
def test_lines_that_a_page_cut_are_joined_again(written: list[str], width: int) -> None:
    """Paragraphs set in lines of one width come back, unless a last line is as long as the others."""
    lines = [text[at : at + width] for text in written for at in range(0, len(text), width)]
    longest = max(map(len, lines))
    if any(len(text) % width == 0 or len(text) % width >= longest - 1 for text in written):
        return
    heading = passage("一、总体情况", loose=True)
    (section,) = split([heading, *(passage(line, loose=True) for line in lines)], is_table_label).sections
    assert section.text == "\n".join(written)


@given(st.lists(paragraphs, min_size=1, max_size=5))
def test_paragraphs_of_the_author_are_never_joined(written: list[str]) -> None:
    assert parts_of("一、总体情况", *written).sections[0].text == "\n".join(written)


def test_without_headings_all_is_preface() -> None:
    assert parts_of("甲", "乙") == Parts("甲\n乙", (), ())
    assert split([], is_table_label) == Parts("", (), ())
