"""写得好的年报 — a report whose text breaks no rule, and how a test changes it (条例 第五十条)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from gongkai.report.figures import AnnualReport, Section, Value
from gongkai.report.form import Edition, form
from tests.report.balanced import changed, report_of

AGENCY, YEAR = "青禾县人民政府办公室", 2024
TITLE = f"{AGENCY}{YEAR}年政府信息公开工作年度报告"
BODIES = (
    "（一）主动公开。全年通过县门户网站主动公开政府信息120条。\n（二）依申请公开。申请均按期答复。",
    "",
    "",
    "",
    "主要问题：政策解读的形式还不够多。改进情况：增加图解和问答，并对经办人员开展培训。",
    "信息处理费按照规定的标准和程序收取。",
)
HEADINGS = form(Edition.E2021).headings
SECTIONS = tuple(
    Section(number, f"{'一二三四五六'[number - 1]}、{HEADINGS[number - 1]}", text)
    for number, text in enumerate(BODIES, start=1)
)
GOOD = replace(
    report_of(form(Edition.E2021), {}),
    agency=AGENCY,
    year=YEAR,
    title=TITLE,
    preface=f"{TITLE}\n本报告数据的统计期限为2024年1月1日至2024年12月31日。",
    sections=SECTIONS,
    signed_on="2025-01-20",
    published_on="2025-01-23",
)


def saying(text: str, *, section: int = 1, report: AnnualReport = GOOD) -> AnnualReport:
    """写着这句话的年报 — `text` added to the end of one section."""
    sections = [
        replace(part, text=f"{part.text}\n{text}") if part.number == section else part for part in report.sections
    ]
    return replace(report, sections=tuple(sections))


def with_total(figures: Mapping[str, int], *, report: AnnualReport = GOOD) -> AnnualReport:
    """填好数的年报 — `row: count` of table three, all from natural persons, the total with them."""
    cells: dict[str, Value] = {}
    for row, count in figures.items():
        cells |= {f"applications.{row}.natural_person": count, f"applications.{row}.total": count}
    return changed(report, cells)
