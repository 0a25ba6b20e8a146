"""写年报 — every format reads back figure for figure, and a copy never looks surer than its source (条例 第五十条)."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest
from hypothesis import given, settings

from gongkai.documents.document import Document
from gongkai.documents.opening import open_documents
from gongkai.documents.writing.manuscript import Style, Text, WritingError
from gongkai.report.figures import AnnualReport, Section, State, TableNote
from gongkai.report.form import Edition, form
from gongkai.report.interchange import from_json, to_json
from gongkai.report.naming import cells
from gongkai.report.reading import read_document
from gongkai.report.writing import FORMATS, blank_report, write_report
from gongkai.report.writing.composing import compose, preface, title_of
from gongkai.report.writing.signature import parted
from tests.conftest import RealReport
from tests.report.balanced import report_of
from tests.report.written import read_back, written_reports

FLOWING = [suffix for suffix in FORMATS if suffix != "pdf"]
FEES, BOUGHT = "proactive.fees.amount", "proactive.procurement.amount"


def texts(report: AnnualReport) -> list[str]:
    """The text of the parts that have no table, the signature parted from the last."""
    held = {section.number: section.text for section in report.sections}
    held[6] = parted(held[6], report.agency).text
    return [held[number] for number in (1, 5, 6)]


@pytest.mark.parametrize("suffix", FORMATS)
@settings(max_examples=12, deadline=None)
@given(report=written_reports())
def test_every_format_reads_back_figure_for_figure(suffix: str, report: AnnualReport) -> None:
    read = read_back(write_report(report, suffix), suffix)
    assert read.figures == report.figures
    assert read.states == report.states
    assert (read.edition, read.other_handling) == (report.edition, report.other_handling)
    assert not set(read.units.values())


@pytest.mark.parametrize("suffix", FORMATS)
@settings(max_examples=8, deadline=None)
@given(report=written_reports())
def test_every_format_reads_back_whose_report_it_is(suffix: str, report: AnnualReport) -> None:
    read = read_back(write_report(report, suffix), suffix)
    for name in ("agency", "year", "title", "signed_on"):
        assert getattr(read, name) == getattr(report, name), name


@pytest.mark.parametrize("suffix", FLOWING)
@settings(max_examples=12, deadline=None)
@given(report=written_reports())
def test_every_format_of_flowing_text_reads_back_the_sections(suffix: str, report: AnnualReport) -> None:
    read = read_back(write_report(report, suffix), suffix)
    assert texts(read) == texts(report)
    assert [section.heading for section in read.sections] == [section.heading for section in report.sections]
    assert preface(read, title_of(read)) == report.preface


@settings(max_examples=8, deadline=None)
@given(report=written_reports())
def test_a_page_keeps_every_character_of_the_sections(report: AnnualReport) -> None:
    read = read_back(write_report(report, "pdf"), "pdf")
    for found, wanted in zip(texts(read)[:2], texts(report)[:2], strict=True):
        assert "".join(found.split()) == "".join(wanted.split())


@pytest.mark.parametrize("suffix", FORMATS)
@pytest.mark.parametrize("edition", list(Edition))
def test_the_blank_form_is_blank_in_every_cell(edition: Edition, suffix: str) -> None:
    report = blank_report(edition)
    read = read_back(write_report(report, suffix), suffix)
    assert read.edition is edition
    assert read.figures == report.figures
    # A sheet does not say that a row of blanks without a name is there at all.
    unseen = {a for a in read.figures if a.startswith("remedies")} if suffix == "xlsx" else set()
    assert {state for address, state in read.states.items() if address not in unseen} == {State.BLANK}
    assert len(read.states) == len(read.figures)
    assert len(read.figures) == {Edition.E2019: 198, Edition.E2021: 200}[edition]


@pytest.mark.parametrize("suffix", ["docx", "html", "xlsx", "pdf"])
def test_a_real_report_copied_says_what_it_said(real_report: RealReport, suffix: str) -> None:
    (document,) = open_documents(str(real_report.path))
    assert isinstance(document, Document)
    report = read_document(document)
    read = read_back(write_report(report, suffix), suffix)
    assert read.figures == report.figures
    assert (read.agency, read.year, read.signed_on) == (report.agency, report.year, report.signed_on)


@pytest.mark.parametrize("suffix", ["docx", "html", "md"])
def test_copying_a_copy_changes_nothing(real_report: RealReport, suffix: str) -> None:
    (document,) = open_documents(str(real_report.path))
    assert isinstance(document, Document)
    once = read_back(write_report(replace(read_document(document), states={}), suffix), suffix)
    assert read_back(write_report(replace(once, states={}), suffix), suffix) == once


def test_what_is_not_certain_is_named_at_the_end() -> None:
    received, granted, refused = (
        f"applications.{row}.business" for row in ("received", "granted", "refused.state_secret")
    )
    report = replace(
        report_of(form(Edition.E2021), {received: None, granted: 7, refused: 1}),
        states={received: State.ABSENT, granted: State.DOUBTFUL, refused: State.INFERRED},
    )
    told = [block.text for block in compose(report).blocks if isinstance(block, Text) and block.style is Style.NOTE]
    assert len(told) == 4
    for line, word, address in zip(told[1:], ("缺", "存疑", "推得"), (received, granted, refused), strict=True):
        assert line.startswith(word)
        assert cells(report.form, [address]) in line
    read = read_back(write_report(report, "docx"), "docx")
    assert (read.figures[received], read.figures[granted], read.figures[refused]) == (None, 7, 1)
    plain = replace(report, states={received: State.BLANK})
    assert not [b for b in compose(plain).blocks if isinstance(b, Text) and b.style is Style.NOTE]


@pytest.mark.parametrize("suffix", ["docx", "xlsx", "html", "md"])
@pytest.mark.parametrize(("edition", "address"), [(Edition.E2021, FEES), (Edition.E2019, BOUGHT)])
def test_a_unit_that_nobody_printed_is_not_made_up(edition: Edition, address: str, suffix: str) -> None:
    shape = blank_report(edition).form
    known = report_of(shape, {address: Decimal("25.1")})
    unknown = replace(known, units={address: "unknown"})
    assert read_back(write_report(known, suffix), suffix).units == {}
    assert read_back(write_report(unknown, suffix), suffix).units == unknown.units
    assert "没有写明金额单位" in str(compose(unknown))
    assert "没有写明金额单位" not in str(compose(known))


def test_a_signature_is_printed_once_however_it_was_read() -> None:
    report = report_of(form(Edition.E2021), {})
    report = replace(report, agency="青石县人民政府", year=2023, signed_on="2024-01-15")
    once = read_back(write_report(report, "docx"), "docx")
    assert once.signed_on == "2024-01-15"
    assert once.sections[-1].text == "青石县人民政府\n2024年1月15日"
    assert read_back(write_report(once, "docx"), "docx").sections == once.sections


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("无。\n青石县人民政府\n2024年1月15日", "无。"),
        ("无。\n2024年1月15日", "无。"),
        ("无。\n青石县人民政府", "无。\n青石县人民政府"),
        ("报告已于\n2024年1月15日\n公布。", "报告已于\n2024年1月15日\n公布。"),
        ("青石县人民政府2024年1月15日", ""),
    ],
)
def test_only_lines_that_sign_are_taken_for_the_signature(text: str, left: str) -> None:
    assert parted(text, "青石县人民政府").text == left


def test_notes_stand_under_their_table() -> None:
    report = replace(
        report_of(form(Edition.E2021), {}), table_notes=(TableNote("applications", "注：数据取自登记台账"),)
    )
    assert read_back(write_report(report, "html"), "html").table_notes == report.table_notes


def test_json_is_the_interchange() -> None:
    report = report_of(form(Edition.E2021), {FEES: Decimal("1.5")})
    assert read_back(write_report(report, "json"), "json") == replace(from_json(to_json(report)), source="年报")


LONG_NAME = "青石县城乡融合发展试验区自然资源和生态环境保护联合管理委员会办公室"
RARE = "为𪚥、𠀀、𰻞等用字的申请人3件寄送了纸质答复，䶮姓1件。"
STROKES = "问题 | 原因 | 措施，一栏写一项。"


def said(text: str, agency: str) -> AnnualReport:
    """A report of this body, with this text in the parts that have no table."""
    of = form(Edition.E2021)
    sections = tuple(
        Section(number, f"{'一二三四五六'[number - 1]}、{heading}", text if number in (1, 5, 6) else "")
        for number, heading in enumerate(of.headings, 1)
    )
    title = f"{agency}2023年政府信息公开工作年度报告"
    return replace(
        report_of(of, {}),
        source="年报",
        agency=agency,
        year=2023,
        title=title,
        sections=sections,
        signed_on="2024-01-20",
    )


@pytest.mark.parametrize("suffix", FLOWING)
@pytest.mark.parametrize("text", [RARE, f"（一）主动公开\n{RARE}", "=3+4，'12，**重点**，1. 甲\n- 乙，# 号"])
def test_rare_characters_and_signs_survive(text: str, suffix: str) -> None:
    report = said(text, LONG_NAME)
    read = read_back(write_report(report, suffix), suffix)
    assert texts(read) == texts(report)
    assert (read.agency, read.title, read.signed_on) == (report.agency, report.title, report.signed_on)


@pytest.mark.parametrize("suffix", FLOWING)
@pytest.mark.parametrize("text", [STROKES, "甲 | 乙\n| 丙 | 丁 |", "甲｜乙│丙┃丁", "&#124; 甲\\| 乙 &amp;| 丙"])
def test_strokes_between_words_are_no_table(text: str, suffix: str) -> None:
    report = said(text, "青石县人民政府")
    assert texts(read_back(write_report(report, suffix), suffix)) == texts(report)


def test_a_page_of_a_body_with_a_long_name_reads_back_whole() -> None:
    report = said("没有其他需要报告的事项，本机关全年没有收到投诉。", LONG_NAME)
    read = read_back(write_report(report, "pdf"), "pdf")
    assert (read.agency, read.title, read.signed_on) == (report.agency, report.title, report.signed_on)
    assert texts(read) == texts(report)
    assert [section.text for section in read.sections if section.number in (2, 3, 4)] == ["", "", ""]


def test_a_page_holds_every_character_or_none_is_written() -> None:
    report = said(RARE, "青石县人民政府")
    try:
        written = write_report(report, "pdf")
    except WritingError as error:  # The faces of this machine lack some: each is named.
        lacking = error.values["signs"].split("、")
        assert lacking
        assert all(sign in RARE for sign in lacking)
        left = said("".join(sign for sign in RARE if sign not in lacking), "青石县人民政府")
        assert texts(read_back(write_report(left, "pdf"), "pdf")) == texts(left)
    else:
        assert texts(read_back(written, "pdf")) == texts(report)


def test_a_sign_of_no_face_is_named() -> None:
    with pytest.raises(WritingError) as refused:
        write_report(said("甲\U000f1234乙\U000f1235", "青石县人民政府"), "pdf")
    assert refused.value.values["signs"] == "U+F1234、U+F1235"


@pytest.mark.parametrize("suffix", FLOWING)
def test_a_copy_of_a_copy_signs_once(suffix: str) -> None:
    report = said("没有其他需要报告的事项。", "青石县人民政府")
    once = read_back(write_report(report, suffix), suffix)
    twice = read_back(write_report(once, suffix), suffix)
    assert (twice.signed_on, twice.sections[-1].text) == (once.signed_on, once.sections[-1].text)


def test_a_copy_without_blanks_is_in_no_doubt_and_keeps_the_sentence_over_its_parts() -> None:
    """Column names with their groups before them; a preface that names the report is no title."""
    report = report_of(form(Edition.E2021), {})
    agency = "青石县人民政府"
    title = f"{agency}2023年政府信息公开工作年度报告"
    said = f"根据条例第四十九条，现公布{title}。统计期限为2023年1月1日至12月31日。"
    report = replace(report, agency=agency, year=2023, title=title, preface=said)
    for suffix in ("md", "html"):
        read = read_back(write_report(report, suffix), suffix)
        assert read.figures == report.figures
        assert not read.states
        assert preface(read, title) == said
