"""文字核验 — each rule of the text finds its fault and is silent on a good report (条例 第四十九条、第五十条)."""

from __future__ import annotations

import re
import string
from collections.abc import Mapping
from dataclasses import replace
from decimal import Decimal

import pytest

from gongkai.report.checks import Severity, check
from gongkai.report.checks.rules import rules
from gongkai.report.figures import AnnualReport, Section, Value
from gongkai.report.form import Edition, OtherHandling, form
from tests.report.balanced import changed, report_of
from tests.report.checks.texts import AGENCY, GOOD, SECTIONS, TITLE, saying

OLD = replace(GOOD, edition=Edition.E2019, figures=report_of(form(Edition.E2019, OtherHandling.ROW), {}).figures)


def of_year(report: AnnualReport, year: int) -> AnnualReport:
    """The same report, of another year throughout."""
    written = replace(report, year=year, title=TITLE.replace("2024", str(year)), signed_on=None, published_on=None)
    return replace(written, preface=report.preface.replace("2024", str(year)))


TOWNSHIP = replace(GOOD, agency="青禾县石桥镇人民政府", title=TITLE.replace(AGENCY, "青禾县石桥镇人民政府"))


REGULATIONS = {"proactive.regulations.made": 1, "proactive.regulations.in_force": 1}


def lawsuits(count: int) -> dict[str, Value]:
    return {f"remedies.litigation_direct.{column}": count for column in ("upheld", "total")}


def documents(*counts: int) -> dict[str, Value]:
    columns = ("made", "repealed", "in_force")
    return {f"proactive.normative_documents.{column}": n for column, n in zip(columns, counts, strict=True)}


def headed(number: int, heading: str, text: str | None = None) -> AnnualReport:
    """One section with another heading, and another text."""
    sections = [
        Section(number, heading, part.text if text is None else text) if part.number == number else part
        for part in SECTIONS
    ]
    return replace(GOOD, sections=tuple(sections))


def prefaced(text: str) -> AnnualReport:
    return replace(GOOD, preface=f"{GOOD.preface}\n{text}")


def titled(title: str, agency: str = AGENCY) -> AnnualReport:
    return replace(GOOD, title=title, agency=agency)


# Rule: what passes, what fails, what the sentence names.
FIXTURES: dict[str, tuple[AnnualReport, AnnualReport, str]] = {
    "structure.section_missing": (
        headed(5, "## 存在的主要问题及改进情况"),
        replace(GOOD, sections=SECTIONS[:4] + SECTIONS[5:]),
        "五、存在的主要问题及改进情况",
    ),
    "structure.section_order": (
        GOOD,
        saying("六、其他需要报告的事项", report=replace(GOOD, sections=SECTIONS[:5])),
        "六、其他需要报告的事项",
    ),
    "structure.heading": (
        headed(4, "四. 政府信息公开行政复议、 行政诉讼情况"),
        headed(4, "四、因政府信息公开工作被申请行政复议、提起行政诉讼情况"),
        "→四、政府信息公开行政复议、行政诉讼情况",
    ),
    "structure.section_empty": (
        headed(5, SECTIONS[4].heading, "（略）"),
        headed(5, SECTIONS[4].heading, "无。"),
        "无。",
    ),
    "structure.section_blank": (
        headed(5, SECTIONS[4].heading, "（略）"),
        headed(5, SECTIONS[4].heading, " \n"),
        "第 5 部分",
    ),
    "structure.year_missing": (GOOD, replace(GOOD, year=None), "哪一年度"),
    "structure.title": (
        titled(f"2024年{AGENCY}政府信息公开工作年度报告"),
        titled(f"{AGENCY}2024年度政府信息公开工作报告"),
        f"“{TITLE}”",
    ),
    "structure.title_misprint": (
        replace(GOOD, title=None),
        replace(GOOD, title=None, preface=GOOD.preface.replace("信息公开工作", "信息公丌工作")),
        "“公丌工”→“公开工”",
    ),
    "structure.agency_name": (
        GOOD,
        titled(TITLE.replace(AGENCY, "青禾县石桥镇"), "青禾县石桥镇"),
        "青禾县石桥镇",
    ),
    "structure.year_doubled": (
        saying("2024年度，2024年要点全部落实。"),
        saying("202024年，我办公开了信息。"),
        "“202024年",
    ),
    "structure.year_stale": (
        saying("2023年以来，我办坚持公开。2024年，我办公开信息。2025年，我们将继续。"),
        saying("2023年，我办无依申请公开事项。"),
        "2023年，我办无依申请公开事项",
    ),
    "structure.period": (
        prefaced("数据统计期限自 2024 年 1 月 1 日起至 12 月 31 日止。2024年3月1日至5月31日集中清理。"),
        prefaced("数据统计期限自2023年1月1日起至2023年12月31日止。"),
        "2023年1月1日起至2023年12月31日",
    ),
    "structure.basis": (
        of_year(replace(OLD, preface="依据国办公开办函〔2019〕60号编制。"), 2020),
        prefaced("依据国办公开办函〔2019〕60号编制。"),
        "国办公开办函〔2019〕60号",
    ),
    "structure.old_form": (of_year(OLD, 2020), of_year(OLD, 2022), "2022"),
    "structure.part_count": (
        prefaced("本报告由总体情况、主动公开、申请办理、复议诉讼、存在问题、其他事项六个部分组成。"),
        prefaced("本报告包括总体情况、主动公开情况、申请办理情况等五项内容。"),
        "五项内容",
    ),
    "structure.part_list": (
        prefaced("本报告由总体情况、主动公开、申请办理、复议诉讼、存在问题、其他事项六个部分组成。"),
        prefaced("本报告由总体情况、主动公开、申请办理、复议诉讼、其他事项等六个部分组成。"),
        "存在的主要问题及改进情况",
    ),
    "structure.number_missing": (
        saying("申请条件、信息条目和申请件数逐项说明，电话：12345。"),
        saying("公开基层政务公开领域信息条，解读3篇。"),
        "公开基层政务公开领域信息条",
    ),
    "structure.letter": (
        prefaced("本报告由以下各部分组成：\n办公室电话：12345。"),
        prefaced("青禾市政府办公室：\n现将情况报告如下。"),
        "青禾市政府办公室：",
    ),
    "structure.principle": (
        saying("坚持以公开为常态、不公开为例外。"),
        saying("坚持公开是常态，公开是例外。"),
        "公开是例外",
    ),
    "structure.outline": (saying("（六）其他工作"), saying("一、强化制度保障\n健全制度。"), "一、强化制度保障"),
    "structure.fee_missing": (GOOD, headed(6, SECTIONS[5].heading, "无其他需要报告的事项。"), "第六部分"),
    "structure.fee_elsewhere": (
        saying("本年度未收取信息处理费。"),
        saying("本年度未收取信息处理费。", report=headed(6, SECTIONS[5].heading, "无。")),
        "未收取信息处理费",
    ),
    "timeliness.late": (replace(GOOD, signed_on="2025-01-31"), replace(GOOD, signed_on="2025-02-01"), "2025-01-31"),
    "timeliness.late_township": (
        replace(TOWNSHIP, published_on="2025-01-31"),
        replace(TOWNSHIP, published_on="2025-02-01"),
        "2025-02-01",
    ),
    "plausibility.regulations": (
        changed(replace(GOOD, agency="青禾市人民政府", title=TITLE.replace(AGENCY, "青禾市人民政府")), REGULATIONS),
        changed(GOOD, REGULATIONS),
        "规章",
    ),
    "plausibility.lawsuits": (
        changed(GOOD, lawsuits(9)),
        changed(GOOD, lawsuits(31)),
        "31 件，多于表三新收加上年结转的 0 件",
    ),
    "plausibility.documents": (
        changed(GOOD, documents(6, 2, 4)),
        changed(GOOD, documents(6, 2, 3)),
        "现行有效只有 3",
    ),
    "plausibility.fees": (
        saying("共计收取信息处理费380元。", report=changed(GOOD, {"proactive.fees.amount": Decimal("0.038")})),
        saying("共计收取信息处理费380元。", report=changed(GOOD, {"proactive.fees.amount": Decimal("0.0379")})),
        "收取信息处理费380元",
    ),
    "plausibility.elsewhere": (
        saying("部分乡镇还没有开设专栏。"),
        saying("部分地区还开发了政务应用。"),
        "部分地区还开发了政务应用",
    ),
    "plausibility.yuan": (
        changed(GOOD, {"proactive.fees.amount": Decimal("9999.5")}),
        changed(GOOD, {"proactive.fees.amount": Decimal(251000)}),
        "应填 25.1 万元",
    ),
    "structure.title_year": (
        GOOD,
        replace(GOOD, year=2025, title=TITLE.replace("2024", "2025")),
        "标题改为 2024 年，2 处",
    ),
    "structure.other_body": (
        saying("青禾县人民政府办公室\n2025年1月20日", section=6),
        saying("白沙县人民政府办公室\n2025年1月20日", section=6),
        "白沙县人民政府办公室",
    ),
    "structure.plan_year": (
        saying("2025年，将继续做好政务公开。", section=5),
        saying("2024年，将继续做好政务公开。", section=5),
        "2024年",
    ),
    "structure.date_impossible": (
        saying("2024年2月29日召开了培训会。"),
        saying("2024年2月30日召开了培训会。"),
        "2024年2月30日",
    ),
    "structure.paragraph_twice": (
        saying("全年对各栏目逐月检查，发现的问题当天改正，当天复核。"),
        saying("\n".join(["全年对各栏目逐月检查，发现的问题当天改正，当天复核。"] * 2)),
        "全年对各栏目逐月检查",
    ),
    "structure.basis_number": (
        replace(GOOD, preface=f"{GOOD.preface}\n按照年度报告格式（国办公开办函〔2021〕30号）编制。"),
        replace(GOOD, preface=f"{GOOD.preface}\n按照年度报告格式（国办公开办函〔2021〕31号）编制。"),
        "〔2021〕31号",
    ),
    "timeliness.early": (
        replace(GOOD, published_on="2025-01-01"),
        replace(GOOD, published_on="2024-12-31"),
        "2024-12-31",
    ),
}
RULES = sorted(FIXTURES)


def found(report: AnnualReport) -> set[str]:
    return {finding.rule for finding in check(report)}


def test_every_rule_of_the_text_has_a_fixture() -> None:
    beside_last_year = {"plausibility.in_force", "plausibility.pending", "plausibility.yuan_change"}
    beside_last_year |= {"plausibility.change", "plausibility.exchanged"}  # test_previous.py
    told = {rule for rule in rules() if rule.partition(".")[0] in ("structure", "timeliness", "plausibility")}
    assert sorted(told - beside_last_year) == RULES


def test_a_report_well_written_has_no_finding() -> None:
    assert check(GOOD) == []


@pytest.mark.parametrize("rule", RULES)
def test_a_rule_finds_its_fault_once_and_says_where(rule: str) -> None:
    _, wrong, named = FIXTURES[rule]
    (finding,) = [finding for finding in check(wrong) if finding.rule == rule]
    assert named in finding.message
    assert finding.severity in (Severity.WARNING, Severity.NOTE)


@pytest.mark.parametrize("rule", RULES)
def test_a_rule_is_silent_where_nothing_is_wrong(rule: str) -> None:
    assert rule not in found(FIXTURES[rule][0])


@pytest.mark.parametrize("rule", RULES)
def test_one_fault_is_told_by_one_rule(rule: str) -> None:
    assert found(FIXTURES[rule][1]) == {rule}


@pytest.mark.parametrize("rule", RULES)
def test_what_is_said_is_whole_chinese_and_rests_on_a_provision(rule: str) -> None:
    (finding,) = [finding for finding in check(FIXTURES[rule][1]) if finding.rule == rule]
    assert finding.message.endswith("。")
    assert not re.search(r"[{}]|None|[A-Za-z_]{3,}", finding.message)
    assert re.search(r"条例》第(?:四十九|五|五十)条|管理办法》|立法法》|〔20\d\d〕\d+号", finding.provision)
    assert {field for _, field, _, _ in string.Formatter().parse(finding.template) if field} <= set(finding.values)


def test_a_report_of_figures_alone_is_not_asked_for_its_text() -> None:
    assert check(replace(report_of(form(Edition.E2021), {}), agency=AGENCY, year=2024)) == []


@pytest.mark.parametrize(
    ("agency", "signed", "late"),
    [
        ("青禾县农业农村局", "2025-02-01", True),
        ("青禾县人民政府", "2025-03-31", False),
        ("青禾县人民政府", "2025-04-01", True),
        ("青禾协会", "2025-04-01", False),
        ("青禾县农业农村局", "二月一日", False),
    ],
)
def test_each_kind_of_body_has_its_last_day(agency: str, signed: str, late: bool) -> None:
    report = titled(TITLE.replace(AGENCY, agency), agency)
    assert ("timeliness.late" in found(replace(report, signed_on=signed))) is late


@pytest.mark.parametrize(
    "values",
    [
        {"title": f"{AGENCY}2024年政府信息公开年报"},
        {"title": f"{AGENCY}2024年政府信息公开工作总结"},
        {"title": f"{AGENCY}202024年政府信息公开工作年度报告"},
        {"title": f"{AGENCY}2023年政府信息公开工作年度报告"},
    ],
)
def test_a_title_in_other_words_is_told(values: Mapping[str, str]) -> None:
    assert "structure.title" in found(replace(GOOD, **values))


def test_a_heading_with_the_number_of_another_is_told() -> None:
    assert found(headed(5, "六、存在的主要问题及改进情况")) == {"structure.heading"}
    assert found(headed(5, "存在的主要问题及改进情况")) == set()


def test_the_words_of_the_regulations_are_a_heading_of_the_form_of_2019() -> None:
    told = headed(5, "五、政府信息公开工作存在的主要问题及改进情况")
    assert "structure.heading" not in found(of_year(replace(told, edition=OLD.edition, figures=OLD.figures), 2020))
    assert found(told) == {"structure.heading"}


def test_fees_are_reported_since_there_are_fees() -> None:
    silent = headed(6, SECTIONS[5].heading, "无其他需要报告的事项。")
    assert found(of_year(replace(silent, edition=OLD.edition, figures=OLD.figures), 2020)) == set()
    assert found(of_year(silent, 2021)) == {"structure.fee_missing"}


def test_the_quotation_is_what_the_source_prints() -> None:
    """Radicals, full-width marks: quoted as printed, at most forty characters, findable in the section's text."""
    report = saying(
        "⼈⺠政府⻔户网站（含新媒体）公开了很多很多很多很多很多信息，其中包括基层政务公开领域信息条，以及解读材料等多种内容。"
    )
    (finding,) = [finding for finding in check(report) if finding.rule == "structure.number_missing"]
    quote = str(finding.values["quote"])
    assert len(quote) <= 40
    assert quote in report.sections[0].text
    assert quote.endswith("信息条")


def test_a_report_without_a_word_of_text_is_told_like_one_with_some() -> None:
    silent = replace(GOOD, preface="", sections=tuple(replace(each, text="") for each in SECTIONS))
    some = replace(silent, sections=(*silent.sections[:-1], SECTIONS[-1]))
    assert {finding.rule for finding in check(silent)} >= {finding.rule for finding in check(some)}
    assert [f.values["section"] for f in check(silent) if f.rule == "structure.section_blank"] == [1, 5, 6]
    assert not check(replace(silent, sections=()))  # figures alone
