"""对照上年核验 — copied sections, documents and cases beside last year's report (条例 第四十九条、第五十条)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from decimal import Decimal

import pytest

from gongkai.report.checks import Finding, Severity, check
from gongkai.report.figures import AnnualReport, Value
from tests.report.balanced import changed
from tests.report.checks.texts import AGENCY, GOOD, saying, with_total

FEES = "proactive.fees.amount"
IN_FORCE = "proactive.normative_documents.in_force"
WRITTEN = (
    "本年围绕群众关心的入学、就医、用水和公交线路调整，逐项编写了办事图解，并在村务公开栏同步张贴纸质版本。"
    "办公室把每周的信息发布情况列成清单，逐条核对来源、审签和发布时间，发现漏签的当天补正。"
    "依申请公开的答复由经办人起草、法制机构会签，全年没有一件超过法定期限，申请人对答复方式也没有异议。"
)
REWRITTEN = (
    "这一年，县里把窗口搬进了六个乡镇的便民大厅，村民在家门口就能查阅征地补偿和危房改造的名单。"
    "我们请人大代表和记者旁听了三次县政府常务会议，会后当天发布议定事项的问答。"
    "档案馆新设了查阅点，两位工作人员轮流值守，并为视力不便的老人朗读文件。"
)


def beside(report: AnnualReport, *previous: AnnualReport) -> list[Finding]:
    return [f for f in check(report, previous=previous) if f.rule.partition(".")[0] in ("likeness", "plausibility")]


def of(year: int, text: str, figures: Mapping[str, Value] | None = None, agency: str = AGENCY) -> AnnualReport:
    return changed(replace(saying(text), year=year, agency=agency), figures or {})


@pytest.mark.parametrize("other", [of(2023, WRITTEN), of(2024, WRITTEN, agency="青禾县水利局")])
def test_a_section_taken_over_is_told_with_the_two_passages(other: AnnualReport) -> None:
    copied = of(2024, WRITTEN.replace("六", "七").replace("全年没有一件", "本年没有1件"))
    (finding,) = beside(copied, of(2022, REWRITTEN), other)
    assert (finding.rule, finding.severity) == ("likeness.section", Severity.WARNING)
    assert str(other.agency) in finding.message
    assert str(other.year) in finding.message
    assert str(finding.values["quote"]) in copied.sections[0].text
    assert str(finding.values["passage"]) in other.sections[0].text
    assert len(str(finding.values["quote"])) <= 40


def test_a_section_written_anew_is_no_copy() -> None:
    assert beside(of(2024, REWRITTEN), of(2023, WRITTEN)) == []


def test_a_report_is_no_copy_of_itself() -> None:
    assert beside(of(2024, WRITTEN), of(2024, WRITTEN)) == []


def test_numbers_alone_do_not_make_a_text_new() -> None:
    copied = of(2024, WRITTEN + "公开信息120条。")
    assert [f.rule for f in beside(copied, of(2023, WRITTEN + "公开信息98条。"))] == ["likeness.section"]


@pytest.mark.parametrize(("before", "now", "told"), [(30, 12, True), (30, 15, False), (12, 3, False), (12, 12, False)])
def test_a_stock_that_falls_by_more_than_half_is_noted(before: int, now: int, told: bool) -> None:
    repealed = {IN_FORCE: now, "proactive.normative_documents.repealed": before - now}
    findings = beside(changed(GOOD, repealed), changed(replace(GOOD, year=2023), {IN_FORCE: before}))
    assert [(f.rule, f.severity) for f in findings] == [("plausibility.in_force", Severity.NOTE)] * told


@pytest.mark.parametrize(("before", "now", "told"), [("12.06", "120600", True), ("12.06", "1206", False)])
def test_fees_that_grow_a_thousand_times_were_written_in_another_unit(before: str, now: str, told: bool) -> None:
    last = changed(replace(GOOD, agency="青禾市人民政府", year=2023), {FEES: Decimal(before)})
    found = beside(changed(replace(GOOD, agency="青禾市人民政府"), {FEES: Decimal(now)}), last)
    assert [f.rule for f in found] == ["plausibility.yuan_change" if told else "plausibility.change"]


def test_fees_written_in_yuan_are_told_once() -> None:
    last = changed(replace(GOOD, year=2023), {FEES: Decimal("38.62")})
    found = beside(changed(GOOD, {FEES: Decimal(386200)}), last)
    assert [f.rule for f in found] == ["plausibility.yuan"]


@pytest.mark.parametrize(
    ("now", "rules"),
    [
        ((18642, 1207), []),
        ((1864, 1207), ["plausibility.change"]),
        ((1300, 17000), ["plausibility.exchanged"]),
        ((9000, 1207), []),
    ],
)
def test_decisions_that_lost_a_digit_or_stand_in_the_other_row_are_noted(
    now: tuple[int, int], rules: list[str]
) -> None:
    rows = [f"proactive.{row}.decisions" for row in ("licensing", "penalties")]
    last = changed(replace(GOOD, year=2023), dict(zip(rows, (17338, 1300), strict=True)))
    found = beside(changed(GOOD, dict(zip(rows, now, strict=True))), last)
    assert [f.rule for f in found] == rules


def test_sentences_on_a_table_of_last_year_fold_under_it() -> None:
    """The cause is told first, and alone; the sentences that contradict it are no mistakes of their own."""
    last = with_total({"received": 26, "granted": 9, "partly_granted": 8, "handled_total": 17, "carried_out": 9})
    pasted = saying("共收到政府信息公开申请31件，办结28件。", report=last)
    (found,) = [f for f in check(pasted, previous=[replace(last, year=2023)]) if f.severity is Severity.WARNING]
    assert found.rule == "continuity.pasted"
    assert [f.rule for f in found.folded].count("narrative.table") == 2


@pytest.mark.parametrize(("pending", "total", "told"), [(3, 2, True), (2, 2, False), (0, 0, False)])
def test_cases_pending_last_year_are_counted_again(pending: int, total: int, told: bool) -> None:
    row = "remedies.reconsideration"
    now = changed(GOOD, {f"{row}.upheld": total, f"{row}.total": total})
    last = changed(replace(GOOD, year=2023), {f"{row}.pending": pending, f"{row}.total": pending})
    assert [f.rule for f in beside(now, last)] == ["plausibility.pending"] * told
