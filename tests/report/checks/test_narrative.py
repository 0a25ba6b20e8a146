"""文字与数据核验 — prose against itself and against the tables, and the traps it must not fall into (条例 第五十条)."""

from __future__ import annotations

import json
import re
import string
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from gongkai.report.checks import Finding, Severity, check
from gongkai.report.checks.rules import rules
from gongkai.report.figures import AnnualReport, State, Value
from tests.conftest import shared_file
from tests.report.balanced import changed
from tests.report.checks.texts import GOOD, TITLE, saying

A, R, P = "applications", "remedies", "proactive"
ROWS: dict[str, tuple[int, int]] = {  # natural persons, businesses
    "received": (20, 6),
    "carried_in": (3, 0),
    "granted": (8, 2),
    "partly_granted": (2, 0),
    "refused.state_secret": (1, 0),
    "refused.deliberative_process": (2, 0),
    "unable.not_held": (4, 2),
    "unable.needs_creation": (1, 0),
    "not_processed.petition": (2, 0),
    "other_handling.other": (1, 0),
    "handled_total": (21, 4),
    "carried_out": (2, 2),
}
FIGURES: dict[str, Value] = {
    **{f"{A}.{row}.natural_person": persons for row, (persons, _) in ROWS.items()},
    **{f"{A}.{row}.business": businesses for row, (_, businesses) in ROWS.items()},
    **{f"{A}.{row}.total": sum(counts) for row, counts in ROWS.items()},
    **{
        f"{R}.reconsideration.{column}": n
        for column, n in (("upheld", 3), ("corrected", 1), ("pending", 1), ("total", 5))
    },
    **{f"{R}.litigation_direct.{column}": 1 for column in ("upheld", "total")},
    **{f"{R}.litigation_after_reconsideration.{column}": 2 for column in ("upheld", "total")},
    f"{P}.fees.amount": Decimal("0.2"),
    **{f"{P}.normative_documents.{column}": n for column, n in (("made", 6), ("repealed", 2), ("in_force", 30))},
}
FILLED = changed(GOOD, FIGURES)
COUNTY = replace(FILLED, agency="青禾县人民政府", title=TITLE.replace("办公室", ""))


def told(sentence: str, report: AnnualReport = FILLED) -> list[Finding]:
    return check(saying(sentence, report=report))


# Rule: what passes, what fails, what the sentence names.
FIXTURES = {
    "narrative.sum": (
        "公开信息582条，其中政务要闻540条、信息公开36条、规范性文件6条。",
        "公开信息582条，其中政务要闻550条、信息公开36条、规范性文件6条。",
        "550+36+6=592",
    ),
    "narrative.sum_overlap": (
        "公开信息306条，其中网站216条、公示90条。",
        "公开信息306条，其中网站216条、公示栏22条、微信公众号299条。",
        "537",
    ),
    "narrative.sum_partial": (
        "公开信息582条，其中要闻40条、公告36条、文件6条。",
        "公开信息582条，其中要闻540条、公告36条、文件4条。",
        "580",
    ),
    "narrative.percentage": (
        "报送信息205条，采用156条，采用率76.1%。",
        "报送信息205条，采用156条，采用率86.1%。",
        "76.10%",
    ),
    "narrative.growth": (
        "公开信息240条，比上年的200条增长20%。",
        "公开信息240条，比上年的200条增长25%。",
        "20.00%",
    ),
    "narrative.increase": (
        "公开信息212条，比上年的185条增加27条。",
        "公开信息212条，比上年的185条增加31条。",
        "按 212 和 185 两个数算是 27",
    ),
    "narrative.direction": (
        "公开信息212条，比2023年的185条增加27条。",
        "公开信息212条，比2023年的185条减少27条。",
        "从 185 到 212 是增加",
    ),
    "narrative.table": ("共收到政府信息公开申请26件。", "共收到政府信息公开申请27件。", "“一、本年新收”是 26"),
    "narrative.one_cell": ("申请中予以公开10件。", "申请中予以公开8件。", "“（一）予以公开”行“自然人”栏"),
    "narrative.reading": ("共收到依申请公开29件。", "共收到依申请公开25件。", "与“（七）总计”相同"),
    "narrative.nothing": (
        "未收到因政府信息公开申请引起的投诉。",
        "全年未收到政府信息公开申请。",
        "“一、本年新收”是 26",
    ),
    "narrative.fees": (
        "全年收取信息处理费480元，上年未收取信息处理费。",
        "全年收取信息处理费480元。本年度未收取信息处理费。",
        "480元”写收取了信息处理费，第 1 部分“本年度未收取信息处理费”写没有收取",
    ),
    "narrative.outcome": ("行政诉讼均获维持。", "行政复议均获维持。", "“结果纠正”栏 1"),
}
RULES = sorted(FIXTURES)


def test_every_rule_of_the_narrative_has_a_fixture() -> None:
    tested = {*RULES, "narrative.scope"}  # test_an_office_and_its_county_are_two_scopes
    assert {rule for rule in rules() if rule.startswith("narrative.")} == tested


@pytest.mark.parametrize("rule", RULES)
def test_a_rule_finds_its_fault_once_and_says_what_is_right(rule: str) -> None:
    (finding,) = told(FIXTURES[rule][1])
    assert finding.rule == rule
    assert FIXTURES[rule][2] in finding.message
    assert finding.severity is not Severity.ERROR


@pytest.mark.parametrize("rule", RULES)
def test_a_rule_is_silent_where_nothing_is_wrong(rule: str) -> None:
    assert told(FIXTURES[rule][0]) == []


@pytest.mark.parametrize("rule", RULES)
def test_what_is_said_quotes_the_source_in_whole_chinese(rule: str) -> None:
    (finding,) = told(FIXTURES[rule][1])
    quote = str(finding.values["quote"])
    assert quote in FIXTURES[rule][1]
    assert len(quote) <= 40
    assert finding.message.endswith("。")
    assert not re.search(r"[{}]|None|[A-Za-z_]{3,}", finding.message)
    assert {field for _, field, _, _ in string.Formatter().parse(finding.template) if field} <= set(finding.values)


@pytest.mark.parametrize(
    "sentence",
    [
        "政府信息公开申请结转下一年4件，复议后起诉2件。",
        "共收到政府信息公开申请26件，上年结转3件，办结25件，结转下年度继续办理4件。",
        "收到政府信息公开申请29件（含上年度结转申请3件，另有4件按照《条例》顺延到下年度答复），均按期答复。",
        "收到政府信息公开申请26件，其中自然人申请20件，法人或其他组织申请6件。",
        "办理申请25件，其中予以公开10件，部分公开2件，不予公开3件，无法提供7件，不予处理2件，其他处理1件。",
        "予以公开及部分公开12件，占申请办结数25件的48%。",
        "通过网络收到政府信息公开申请12件，通过信函收到5件，当面受理9件。",
        "上半年收到政府信息公开申请11件。",
        "截至6月底，收到政府信息公开申请11件。",
        "2023年收到政府信息公开申请40件。",
        "去年收到政府信息公开申请40件，今年收到26件。",
        "收到政府信息公开申请20余件。",
        "收到政府信息公开申请26件。收到群众留言300条，办结290条。",
        "收到政府信息公开申请26件。受理行政许可申请45件，办结44件。",
        "因涉及国家秘密不予公开1件的申请，均说明理由。",
        "政府信息公开行政复议5件，行政诉讼3件。",
        "政府信息公开行政复议审结4件，未经复议直接起诉的诉讼1件。",
        "办理行政复议、行政诉讼相关案件8件，行政诉讼零败诉。",
        "制发行政规范性文件6件，废止2件，现行有效30件，均作了解读。",
        "审查行政规范性文件草案15件，清理规范性文件90件。",
        "未收到逾期答复政府信息公开申请的举报。",
        "公开信息57条，其中要闻17条、公告6条、文件21条。",
        "公开信息100条，其中网站60条、公告40条；解读政策30条。",
        "公开信息100条，其中网站60条（含要闻50条、公告30条）、微信40条。",
        "公开信息2000余条，其中要闻1500条、公告900条。",
        "公开信息2000条，其中要闻1500余条、公告900条。",
        "受理805项，交办258项，占33.9%；退回35项，占4.34%。",
        "要闻140条、公告100条，合起来比上年的200条增长20%。",
        "办结申请25件，予以公开10件，公开率48%。",
        "报送信息205条，采用156条，转载20条，采用率76.1%。",
        "爆款内容52条，其中1条播放量破亿、2条破千万、49条破百万……",
        "受理申请26件，均按期答复。其中，网上申请20件，信函申请6件。",
        "收到政府信息公开申请26件，较上年20件增长30%，答复率100%。",
        "不予公开35件，占805件的4.34%。",
        "公开率达48%，群众满意率99%。",
        "收到意见26条，采纳13条，按期回复率98%。",
        "收到申请26件，较2023年减少4件，下降13.3%。",
        "收到政府信息公开申请26件，其中转有关部门办理8件，直接答复18件。",
        "依申请公开事项都有答复，审核不予公开信息12条，对政策文件予以公开30件。",
        "按申请内容区分，不予公开3件，占12%；予以公开10件，占40%；部分公开2件，占8%。",
        "举办培训3期，参训120人次，其中线上60人次、线下60人次。",
        "对2023年以前的规范性文件开展清理，废止5件，失效7件，继续有效40件。",
        "政府信息公开行政诉讼一审3件、二审2件。",
        "通过政府网站公开信息1200条，政务微信公开信息800条，合计公开信息2000条。",
        "主动公开各类信息1136条，同比增长15.2%，日均3条。",
    ],
)
def test_a_trap_is_no_fault(sentence: str) -> None:
    neutral = sentence if "805" not in sentence else sentence.replace("不予公开", "解读")
    assert [finding.message for finding in told(neutral)] == []


@pytest.mark.parametrize(
    ("sentence", "rule"),
    [
        ("依申请公开方面，今年以来收到19宗申请公开的事项。", "narrative.table"),
        ("我办收到依申请公开件数0件。", "narrative.table"),
        ("共收到政府信息公开申请260余件。", "narrative.table"),
        ("政府信息公开申请结转下一年9件。", "narrative.table"),
        ("因本机关不掌握等原因无法提供6件申请。", "narrative.one_cell"),
        ("制发行政规范性文件7件。", "narrative.table"),
        ("政府信息公开行政复议9件。", "narrative.table"),
        ("没有发生行政复议和行政诉讼。", "narrative.nothing"),
        ("全年无依申请公开事项。", "narrative.nothing"),
        ("全年未发生被行政复议纠错的情形。", "narrative.outcome"),
        ("公开要闻40条、公告36条、文件6条，共计92条。", "narrative.sum"),
        ("受理26件，其中自然人申请19件，法人或其他组织申请6件。", "narrative.table"),
        ("公开信息100条（其中要闻80条、公告30条）。", "narrative.sum"),
        ("公开信息60条，其中要闻70条、公告3条。", "narrative.sum"),
        ("公开信息306条，其中要闻216条、公告22条、解读299条。", "narrative.sum_overlap"),
        ("公开信息2139条，其中要闻1744条、公告393条、解读21条、图解2条。", "narrative.sum_overlap"),
        ("公开信息100条，其中要闻60条、公告45条；解读政策30条。", "narrative.sum"),
        ("公开信息306条，其中网站216条、微信公众号99条。", "narrative.sum_overlap"),
        ("受理805项，交办258项，占33.9%；退回35项，占4.34%；转出265项，占32.9%。", "narrative.percentage"),
        ("公开信息100条，其中要闻60条、公告30条；解读政策30条。", "narrative.sum_overlap"),
    ],
)
def test_a_contradiction_is_found_however_it_is_said(sentence: str, rule: str) -> None:
    assert [finding.rule for finding in told(sentence)] == [rule]


@pytest.mark.parametrize(
    ("report", "sentence", "rule"),
    [
        (COUNTY, "县政府办公室受理政府信息公开申请12件。", "narrative.scope"),
        (COUNTY, "县政府办公室受理政府信息公开申请120件。", "narrative.table"),
        (FILLED, "全县共受理政府信息公开申请120件。", "narrative.scope"),
        (FILLED, "全县共受理政府信息公开申请12件。", "narrative.table"),
    ],
)
def test_an_office_and_its_county_are_two_scopes(report: AnnualReport, sentence: str, rule: str) -> None:
    """An office has fewer than its county: the note says so; more would be a contradiction in either reading."""
    (finding,) = told(sentence, report)
    assert finding.rule == rule
    assert finding.figures == (f"{A}.received.total",)


@given(st.integers(0, 60))
def test_a_number_of_requests_is_one_of_those_in_the_table_or_is_told(count: int) -> None:
    rule = {26: [], 29: [], 25: ["narrative.reading"]}.get(count, ["narrative.table"])
    assert [finding.rule for finding in told(f"共收到政府信息公开申请{count}件。")] == rule


@given(st.lists(st.integers(1, 99), min_size=2, max_size=8), st.sampled_from("、，；"), st.sampled_from("件宗份条篇起"))
def test_a_list_that_adds_up_is_never_told(parts: list[int], mark: str, unit: str) -> None:
    listed = mark.join(f"第{'甲乙丙丁戊己庚辛'[n]}类{part}{unit}" for n, part in enumerate(parts))
    assert told(f"公开各类信息{sum(parts)}{unit}，其中{listed}。") == []


@given(st.lists(st.integers(20, 99), min_size=3, max_size=8), st.integers(1, 19))
def test_a_list_that_claims_a_little_more_than_its_total_is_told(parts: list[int], more: int) -> None:
    assume(sum(parts) not in [sum(parts[:n]) + more for n in range(len(parts))])
    listed = "、".join(f"{'甲乙丙丁戊己庚辛'[n]}类{part}条" for n, part in enumerate(parts))
    (finding,) = told(f"公开信息{sum(parts) - more}条，其中{listed}。") or [None]
    if finding is not None:
        assert finding.rule == "narrative.sum"
        assert (finding.expected, finding.found) == (str(sum(parts)), str(sum(parts) - more))
    else:
        assert sum(parts) - more in [sum(parts[:n]) for n in range(len(parts))]


@given(st.integers(1, 999), st.integers(1, 999), st.integers(0, 2))
def test_a_true_percentage_is_never_told(part: int, rest: int, places: int) -> None:
    whole = part + rest
    for cut in (round(part * 100 / whole, places), int(part * 100 * 10**places / whole) / 10**places):
        written = f"{cut:.{places}f}"
        assert told(f"报送信息{whole}条，采用{part}条，采用率{written}%。") == []


@pytest.mark.parametrize("state", [State.DOUBTFUL, State.ABSENT])
def test_what_was_not_read_contradicts_nothing(state: State) -> None:
    address = f"{A}.received.total"
    unread = replace(FILLED, states={address: state})
    findings = told("共收到政府信息公开申请27件。", unread)
    assert [f.rule for f in findings if f.rule.startswith("narrative")] == []


def test_a_blank_total_is_what_its_row_adds_up_to() -> None:
    blank = changed(FILLED, {f"{A}.granted.total": None})
    rules_told = [finding.rule for finding in told("申请中予以公开11件。", blank)]
    assert "narrative.table" in rules_told
    assert [f.rule for f in told("申请中予以公开10件。", blank) if f.rule.startswith("narrative")] == []


WHOLE_STORY = (
    "共收到政府信息公开申请26件，其中自然人申请20件，法人或其他组织申请6件；"
    "上年结转3件，办结25件，结转下年度继续办理4件。"
    "办结的申请中，予以公开10件，部分公开2件，不予公开3件，无法提供7件，不予处理2件，其他处理1件。"
    "政府信息公开行政复议5件，行政诉讼3件。制发行政规范性文件6件，废止2件，现行有效30件。"
)
STATED = [match.span() for match in re.finditer(r"\d+", WHOLE_STORY)]


def test_a_story_that_agrees_with_its_tables_is_left_alone() -> None:
    assert told(WHOLE_STORY) == []


@pytest.mark.parametrize("place", range(len(STATED)))
@given(more=st.integers(30, 70))
def test_any_number_of_the_story_changed_is_told(place: int, more: int) -> None:
    """The mutation test: every one of the numbers is looked at, and none but the changed one is blamed on a table."""
    start, end = STATED[place]
    number = str(int(WHOLE_STORY[start:end]) + more)
    findings = told(f"{WHOLE_STORY[:start]}{number}{WHOLE_STORY[end:]}")
    against = [finding for finding in findings if finding.rule == "narrative.table"]
    assert [finding.found for finding in against] == [number]
    assert {finding.rule for finding in findings} <= {"narrative.table", "narrative.sum", "narrative.sum_partial"}


def stated_sums() -> list[dict[str, object]]:
    path: Path = shared_file("corpus/narrative-sums.json")
    return list(json.loads(path.read_text(encoding="utf-8")))


@pytest.mark.parametrize("mark", ["、", "，", "；"])
def test_totals_that_real_reports_state(mark: str) -> None:
    """What adds up is left alone, what is wrong is a warning, a partial or overlapping list is a note at most."""
    for stated in stated_sums():
        parts = stated["parts"]
        assert isinstance(parts, list)
        listed = mark.join(f"第{chr(0x4E00 + 50 + n)}类{part}条" for n, part in enumerate(parts))
        findings = [(f.rule, f.severity) for f in told(f"公开信息{stated['total']}条，其中{listed}。")]
        if stated["adds_up"]:
            assert findings == []
        elif stated["verdict"] == "wrong":
            assert findings == [("narrative.sum", Severity.WARNING)]
        else:
            assert Severity.WARNING not in [severity for _, severity in findings]
