"""认不认年报 — what is no report is refused and named; a blank one, or one in pictures, is read (条例 第五十条)."""

from __future__ import annotations

from random import Random

import pytest

from gongkai.documents.document import DocumentError
from gongkai.documents.opening import open_documents
from gongkai.report.figures import AnnualReport, State
from gongkai.report.form import Form, form
from gongkai.report.reading import NotAReportError, read_document
from tests.documents import make
from tests.noise.balanced import balanced
from tests.noise.printed import Printed, Table
from tests.noise.printing import printed
from tests.noise.rendering import FORMATS, render, source

FORMS = [form("2021", "rows"), form("2021", "row"), form("2019", "row")]
SENTENCE = "本机关依法公开政府信息，主动接受社会监督。"
NOTICE = [
    "关于做好2023年政府信息公开工作年度报告编制工作的通知",
    "各乡镇人民政府、街道办事处，县政府各部门：",
    "为做好本年度报告的编制和发布，现将有关事项通知如下。",
    "一、总体情况部分应当覆盖五个方面。",
    "二、请于2024年1月20日前报送，逾期的予以通报。",
]
SITE = [
    "政府网站工作年度报表",
    "（2023年度）",
    [["独立用户访问总量（单位：个）", "120034"], ["网站总访问量（单位：次）", "560120"], ["信息发布总数", "3201"]],
]
OLD = [
    "青石县人民政府2015年政府信息公开情况统计表",
    [
        ["指标名称", "计量单位", "代码", "本期"],
        ["主动公开政府信息数", "条", "1", "320"],
        ["收到申请总数", "条", "2", "9"],
    ],
]


def read(blocks: list[make.Block], fmt: str) -> AnnualReport:
    (document,) = open_documents(make.name(fmt), make.render(blocks, fmt))
    if isinstance(document, DocumentError):
        raise document
    return read_document(document)


def read_back(report: Printed) -> AnnualReport:
    (document,) = open_documents(source(report), render(report))
    assert not isinstance(document, DocumentError)
    return read_document(document)


@pytest.mark.parametrize("fmt", ["html", "docx", "md", "txt-tabs", "pdf"])
@pytest.mark.parametrize(
    ("blocks", "named"),
    [
        (SITE, "网站年报"),
        (OLD, "指标统计表"),
        (NOTICE, "通知"),
        ([SENTENCE] * 30, "没有找到表二、表三、表四"),
        ([text for heading in form("2021").headings for text in (heading, SENTENCE)], "没有找到表二、表三、表四"),
        (
            [
                "2023年财政决算报告",
                [["科目", "预算数", "决算数"], *[[f"第{n}类", str(n), str(n * 3)] for n in range(20)]],
            ],
            "没有找到",
        ),
    ],
    ids=["site", "old", "notice", "prose", "headings", "budget"],
)
def test_what_is_no_report_is_refused_and_named(blocks: list[make.Block], named: str, fmt: str) -> None:
    with pytest.raises(NotAReportError) as refused:
        read(blocks, fmt)
    assert make.name(fmt) in str(refused.value)
    assert named in str(refused.value)
    assert refused.value.template.format(**refused.value.values) == str(refused.value)


@pytest.mark.parametrize("fmt", ["html", "docx", "md", "txt-tabs", "xlsx", "csv"])
@pytest.mark.parametrize("blocks", [[], [""], [[[""]]]], ids=["nothing", "line", "cell"])
def test_an_empty_document_is_refused(blocks: list[make.Block], fmt: str) -> None:
    with pytest.raises(DocumentError):
        read(blocks, fmt)


@pytest.mark.parametrize("blank", FORMS, ids=lambda of: f"{of.edition}-{of.other_handling}")
@pytest.mark.parametrize("fmt", ["html", "mht", "docx"])
def test_the_blank_official_form_is_read_as_all_blank(blank: Form, fmt: str) -> None:
    report = read_back(printed(Random(1), blank, dict.fromkeys(blank.addresses), fmt))
    assert report.form == blank
    assert set(report.figures.values()) == {None}
    assert report.states == dict.fromkeys(blank.addresses, State.BLANK)


@pytest.mark.parametrize("blank", FORMS[::2], ids=lambda of: of.edition)
@pytest.mark.parametrize("fmt", FORMATS)
def test_of_a_blank_form_no_figure_is_made_up(blank: Form, fmt: str) -> None:
    """Where a format does not keep empty cells, they are absent and not zero."""
    report = read_back(printed(Random(1), blank, dict.fromkeys(blank.addresses), fmt))
    assert set(report.figures.values()) == {None}
    assert set(report.states) == set(report.figures)
    assert set(report.states.values()) <= {State.BLANK, State.ABSENT}


@pytest.mark.parametrize("blank", FORMS[:1], ids=lambda of: of.edition)
@pytest.mark.parametrize("fmt", FORMATS)
def test_a_report_whose_tables_are_pictures_is_read_as_all_absent(blank: Form, fmt: str) -> None:
    whole = printed(Random(2), blank, balanced(Random(2), blank), fmt)
    report = read_back(whole.with_blocks(block for block in whole.blocks if not isinstance(block, Table)))
    assert (report.agency, report.year) == (whole.agency, whole.year)
    assert len(report.sections) == 6
    assert set(report.states.values()) == {State.ABSENT}
    assert set(report.states) == set(report.figures)
    assert dict(report.places) == {}


@pytest.mark.parametrize("name", ["proactive", "applications", "remedies"])
@pytest.mark.parametrize("fmt", ["html", "txt-lines", "plain"])
def test_one_table_is_enough_and_the_others_are_absent(name: str, fmt: str) -> None:
    blank = form("2021")
    whole = printed(Random(3), blank, balanced(Random(3), blank), fmt)
    report = read_back(
        whole.with_blocks(block for block in whole.blocks if not (isinstance(block, Table) and block.name != name))
    )
    shown = {address for address in blank.addresses if address.startswith(name)}
    assert {a: report.figures[a] for a in shown} == {a: whole.figures[a] for a in shown}
    assert report.states == dict.fromkeys(set(blank.addresses) - shown, State.ABSENT)


def test_a_report_that_mentions_a_notice_is_still_read() -> None:
    blank = form("2021")
    whole = printed(Random(4), blank, balanced(Random(4), blank), "html")
    (document,) = open_documents("a.html", "<p>关于做好年度报告工作的通知</p>".encode() + render(whole))
    assert not isinstance(document, DocumentError)
    assert read_document(document).figures == whole.figures


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ('{"format": "gongkai.report/1", "figures"', "JSON"),
        ('{"format": "gongkai.report/1"}', "没有 figures"),
        ('{"format": "gongkai.report/1", "edition": "2021", "figures": {"a": 1}}', "没有这些数据项：a"),
    ],
)
def test_json_that_is_no_report_says_what_is_wrong(text: str, named: str) -> None:
    (document,) = open_documents("某县.json", text.encode())
    assert not isinstance(document, DocumentError)
    with pytest.raises(NotAReportError) as refused:
        read_document(document)
    assert str(refused.value).startswith("某县.json：")
    assert named in str(refused.value)
