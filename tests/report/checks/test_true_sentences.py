"""八十句 — sentences about three reports, written before they were checked: right ones are not accused, wrong ones are
told (条例 第五十条)."""

from __future__ import annotations

import pytest

from gongkai.report.checks import Finding, Severity, check
from tests.report.checks.near_sentences import NEAR
from tests.report.checks.near_sentences import WRONG as NEAR_WRONG
from tests.report.checks.sentences_of_clerks import RIGHT as CLERKS_RIGHT
from tests.report.checks.sentences_of_clerks import WRONG as CLERKS_WRONG
from tests.report.checks.texts import saying
from tests.report.checks.third_sentences import RIGHT as THIRD_RIGHT
from tests.report.checks.third_sentences import WRONG as THIRD_WRONG
from tests.report.checks.three_reports import THREE
from tests.report.checks.true_paragraphs import PARAGRAPHS
from tests.report.checks.true_sentences import RIGHT, WRONG, Sentence

MOST = 2
# Of these forty so many may be missed.
MISSED = 2


def accused(said: Sentence) -> list[Finding]:
    report = saying(said.text, section=said.section, report=THREE[said.report])
    return [f for f in check(report) if f.severity is not Severity.NOTE]


@pytest.mark.parametrize("name", THREE)
def test_nothing_is_said_of_the_reports_themselves(name: str) -> None:
    assert check(THREE[name]) == []


@pytest.mark.parametrize("said", RIGHT, ids=lambda said: said.text)
def test_a_right_sentence_is_not_accused(said: Sentence) -> None:
    assert [f.message for f in accused(said)] == []


def test_wrong_sentences_are_told_in_few_words() -> None:
    told = {said: accused(said) for said in WRONG}
    assert len([said for said, found in told.items() if not found]) <= MISSED
    assert {said.text: found for said, found in told.items() if len(found) > MOST} == {}


# Of each: how the cases of COUNTY are written, and the number that is wrong.
CASES = (
    "全年行政复议48件、行政诉讼35件，其中被纠正的复议6件、诉讼{}件。|3|9",
    "行政诉讼35件，其中直接起诉15件（维持{}件，尚未审结3件）、复议后起诉20件。|9|8",
    "行政诉讼35件，其中直接起诉15件，被维持的{}件。|9|7",
    "行政诉讼35件，其中复议后起诉20件，纠正{}件。|1|4",
    "行政诉讼35件（其中直接起诉15件），维持{}件。|21|12",
    "行政复议48件，维持30件；行政诉讼35件，维持{}件。|21|30",
    "行政复议48件，有{}件被纠正。|6|9",
    "未经复议直接提起行政诉讼15件，其中维持{}件。|9|21",
    "复议48件、诉讼35件，纠正的有9件，其中复议6件、诉讼{}件。|3|4",
)


@pytest.mark.parametrize("said", CASES)
def test_a_result_is_compared_with_the_kind_of_case_that_it_is_of(said: str) -> None:
    """Also where the kinds stand behind the result, in brackets, or in the clause before."""
    text, right, wrong = said.split("|")
    assert [f.message for f in accused(Sentence("县", 1, text.format(right)))] == []
    assert accused(Sentence("县", 1, text.format(wrong)))


@pytest.mark.parametrize(
    "said",
    [
        "一审审结行政诉讼案件12件，其中维持8件。",
        "胜诉的复议40件、诉讼30件。",
        "行政复议机关办理复议案件120件，维持90件。",
        "召开发布会12场，是上年的3倍。",
        "政策解读48篇，是发布会场次的4倍。",
        "网站访问量是公众号的3倍，发布会12场，与上年持平。",
    ],
)
def test_what_no_table_holds_is_not_compared(said: str) -> None:
    assert [f.message for f in accused(Sentence("县", 1, said))] == []


def test_a_number_behind_a_comma_is_read() -> None:
    (found,) = accused(Sentence("镇", 1, "收到申请15件，13件已办结。"))
    assert str(found.found) == "13"


# Of 县: what is right, and the number that is wrong.
TOGETHER = (
    "全年予以公开、部分公开{}件。|300|310",
    "行政处罚、行政强制共{}件。|5730|5703",
    "制发、废止行政规范性文件共{}件。|34|36",
    "不予公开、无法提供共{}件。|190|140",
    "从办理结果看，予以公开240件，部分公开60件，不予公开{}件，无法提供140件。|50|56",
    "其中，不予公开{}件，无法提供140件。|50|40",
    "作出不予处理决定{}件。|40|45",
    "抽查答复书80份，发现不规范的6份，占{}%。|7.5|5.7",
)


@pytest.mark.parametrize("said", TOGETHER)
def test_results_in_any_list_and_together_and_what_was_found_are_compared(said: str) -> None:
    text, right, wrong = said.split("|")
    assert [f.message for f in accused(Sentence("县", 1, text.format(right)))] == []
    assert accused(Sentence("县", 1, text.format(wrong)))


@pytest.mark.parametrize("said", ["按期答复541件，延期答复9件。", "按期办结549件。", "简易办结申请41件。"])
def test_what_was_closed_in_time_is_not_all_that_was_closed(said: str) -> None:
    assert [f.message for f in accused(Sentence("县", 1, f"依申请公开工作稳步推进。{said}"))] == []


@pytest.mark.parametrize("said", [*CLERKS_RIGHT, *THIRD_RIGHT], ids=lambda said: said.text)
def test_a_right_sentence_of_another_clerk_is_not_accused(said: Sentence) -> None:
    assert [f.message for f in accused(said)] == []


@pytest.mark.parametrize("said", [*CLERKS_WRONG, *THIRD_WRONG], ids=lambda said: said.text)
def test_a_wrong_sentence_of_another_clerk_is_told(said: Sentence) -> None:
    assert 1 <= len(accused(said)) <= MOST


@pytest.mark.parametrize("said", PARAGRAPHS, ids=lambda said: said.text)
def test_a_right_paragraph_is_not_accused(said: Sentence) -> None:
    assert [f.message for f in accused(said)] == []


@pytest.mark.parametrize("said", NEAR, ids=lambda said: said.text)
def test_a_right_sentence_near_a_slip_is_not_accused(said: Sentence) -> None:
    assert [f.message for f in accused(said)] == []


def test_what_is_wrong_near_them_is_told() -> None:
    """Accounts of several kinds may be counted twice: of these only a note is made."""
    missed = [said.text for said in NEAR_WRONG if not accused(said)]
    assert missed == ["现有政务新媒体4个，其中微信2个、微博1个、抖音3个。"]


def test_what_is_to_be_handled_is_compared_with_both_rows_together() -> None:
    (found,) = accused(Sentence("县", 1, "上年结转35件，本年新收565件，应办理申请共615件。"))
    assert "“一、本年新收与二、上年结转之和”是 600" in found.message
