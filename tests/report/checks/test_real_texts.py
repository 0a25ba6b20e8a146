"""真实年报的文字 — what the text of each published report breaks, and nothing else (条例 第四十九条、第五十条)."""

from __future__ import annotations

from gongkai.documents.document import Document
from gongkai.documents.opening import open_documents
from gongkai.report.checks import Severity, check
from gongkai.report.figures import AnnualReport
from gongkai.report.reading import read_document
from tests.conftest import RealReport

# Every entry was found right by reading the report.
WARNINGS = {
    "chengguan-township-2020": {"structure.title"},  # 年报 for 年度报告
    "huangchuan-county-2021": {"structure.fee_missing"},  # section six: 无
    "muye-service-bureau-2021": set(),
    "xinxiang-county-office-2021": set(),
    "yanjin-county-office-2023": set(),
    "hongze-district-2023": set(),
    "hongze-district-2024": set(),
    # 258 is one cell (33.9 % is of the whole row and folds under it), 265 is one row of three; 均获维持 with three
    # cases pending.
    "shanghai-office-2019": {
        "narrative.one_cell",
        "narrative.outcome",
    },
    "shanghai-office-2025": {"structure.section_missing"},  # heading five is lost in this copy
    "shuyang-county-2025": {"structure.heading"},
    "shuyang-development-bureau-2023": {"structure.heading", "structure.title"},
}
NOTES = {
    "hongze-district-2024": {"narrative.scope"},  # 17 of the office, 95 of the district
    "huangchuan-county-2021": {"structure.outline", "plausibility.lawsuits"},  # 一、 inside 一、; 31 suits, 19 requests
}


def read(real: RealReport) -> AnnualReport:
    (document,) = open_documents(str(real.path))
    assert isinstance(document, Document)
    return read_document(document)


def test_a_published_report_is_told_what_its_text_breaks_and_no_more(real_report: RealReport) -> None:
    told: dict[Severity, set[str]] = {severity: set() for severity in Severity}
    for finding in check(read(real_report)):
        if finding.rule.partition(".")[0] not in ("applications", "remedies", "proactive", "reading"):
            told[finding.severity].add(finding.rule)
    assert told[Severity.ERROR] == set()
    assert told[Severity.WARNING] == WARNINGS[real_report.name]
    assert told[Severity.NOTE] == NOTES.get(real_report.name, set())


def test_what_is_quoted_stands_in_the_text(real_report: RealReport) -> None:
    report = read(real_report)
    texts = {0: report.preface, **{section.number: section.text for section in report.sections}}
    for finding in check(report):
        if "quote" in finding.values and "section" in finding.values:
            section = finding.values["section"]
            assert isinstance(section, int)
            assert str(finding.values["quote"]) in texts[section]


def test_no_published_report_copies_another(real_reports: list[RealReport]) -> None:
    """Two years of one district share half of their words; that is no copy yet."""
    reports = [read(real) for real in real_reports]
    told = [finding.rule for report in reports for finding in check(report, previous=reports)]
    assert "likeness.section" not in told
