"""格式的行名栏名 — a number beside the name of any row or column is compared with that cell (条例 第五十条)."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gongkai.report.checks import Finding, check
from gongkai.report.figures import AnnualReport
from gongkai.report.form import Edition, Line, form
from gongkai.report.naming import names
from tests.noise.balanced import balanced
from tests.report.balanced import changed
from tests.report.checks.texts import GOOD, saying

FORM = form(Edition.E2021)
SINGLE = [line for line in FORM.table("applications") if line.group and line.id != "other_handling.other"]
WORDS = {
    "refused.security_and_stability": "危及三安全一稳定",
    "other_handling.correction_overdue": "申请人无正当理由逾期不补正",
    "other_handling.fee_overdue": "逾期未按收费通知要求缴纳费用",
}
SAYINGS = (
    "在办理的政府信息公开申请中，{name}的{count}件。",
    "答复政府信息公开申请时，有{count}件为{name}。",
    "依申请公开方面，{name}{count}件，都已告知理由。",
)
seeds = st.integers(0, 10**6)


def name_of(line: Line) -> str:
    label = names(FORM)[line.addresses[0]].row.rpartition(" ")[2]
    return WORDS.get(line.id, label.lstrip("0123456789."))


def filled(seed: int) -> AnnualReport:
    return replace(GOOD, figures=balanced(Random(seed), FORM, "some"))


def of_table(sentence: str, report: AnnualReport) -> list[Finding]:
    return [f for f in check(saying(sentence, report=report)) if f.rule == "narrative.table"]


@pytest.mark.parametrize("line", SINGLE, ids=lambda line: line.id)
@settings(max_examples=6, deadline=None)
@given(seed=seeds, saying=st.sampled_from(SAYINGS), more=st.integers(1, 90))
def test_a_row_called_by_its_name_is_compared(line: Line, seed: int, saying: str, more: int) -> None:
    report = filled(seed)
    address = line.addresses[-1]
    count = int(report.figures[address] or 0)
    assert of_table(saying.format(name=name_of(line), count=count), report) == []
    (found,) = of_table(saying.format(name=name_of(line), count=count + more), report)
    assert found.figures == (address,)


@pytest.mark.parametrize("place", range(1, 5))
@settings(max_examples=6, deadline=None)
@given(seed=seeds, more=st.integers(1000, 1900))
def test_a_column_called_by_its_name_is_compared(place: int, seed: int, more: int) -> None:
    report = filled(seed)
    line = FORM.table("applications")[0]
    count = int(report.figures[line.addresses[place]] or 0)
    for sentence in ("收到的政府信息公开申请中，{name}{count}件。", "{count}件申请由{name}提出。"):
        assert of_table(sentence.format(name=line.columns[place].label, count=count), report) == []
        told = of_table(sentence.format(name=line.columns[place].label, count=count + more), report)
        assert [one.figures[0] for one in told] == [line.addresses[place]]


@pytest.mark.parametrize(
    ("row", "name"), [("licensing", "行政许可"), ("penalties", "行政处罚"), ("coercion", "行政强制")]
)
def test_decisions_of_table_two_are_compared(row: str, name: str) -> None:
    report = changed(GOOD, {f"proactive.{row}.decisions": 231})
    for sentence in ("全年作出{name}{count}件。", "{name}决定{count}件，均已公开。", "全年{name}{count}件。"):
        assert of_table(sentence.format(name=name, count=231), report) == []
        assert len(of_table(sentence.format(name=name, count=321), report)) == 1
    assert of_table(f"公示{name}信息520条。受理{name}申请310件。", report) == []


@pytest.mark.parametrize(
    ("said", "is_right"),
    [
        ("126.45万元", True),
        ("1264500元", True),
        ("126万元", True),
        ("126.5万元", True),
        ("162.45万元", False),
        ("126.54万元", False),
        ("12.645万元", False),
    ],
)
def test_an_amount_of_money_is_as_exact_as_it_is_written(said: str, is_right: bool) -> None:
    report = changed(GOOD, {"proactive.fees.amount": Decimal("126.45")})
    assert bool(of_table(f"全年行政事业性收费{said}。", report)) is not is_right


def test_rules_and_regulations_are_compared() -> None:
    figures = {f"proactive.regulations.{column}": n for column, n in (("made", 2), ("repealed", 1), ("in_force", 9))}
    report = changed(GOOD, figures)
    assert of_table("制定规章2件，废止规章1件，现行有效的规章9件。", report) == []
    assert len(of_table("制定规章3件，废止规章2件，现行有效的规章8件。", report)) == 3


def test_other_results_of_table_four_are_compared() -> None:
    figures = {f"remedies.reconsideration.{column}": n for column, n in (("upheld", 4), ("other", 2), ("total", 6))}
    report = changed(GOOD, figures)
    assert of_table("政府信息公开行政复议6件，维持4件，其他结果2件。", report) == []
    assert len(of_table("政府信息公开行政复议6件，维持4件，其他结果3件。", report)) == 1
