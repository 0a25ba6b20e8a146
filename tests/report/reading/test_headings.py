"""断开的栏名 — the order that torn names of columns tell, and the figures under them (年报表三、表四)."""

from __future__ import annotations

import pytest

from gongkai.report.reading.headings import applications_told, remedies_told
from tests.noise.cases import Case, faults, read

FORM = list(range(7))
RESULTS = "结果维持 结果纠正 其他结果 尚未审结 总计"
PIECES = "结果 维持 结果 纠正 其他 结果 尚未 审结 总 计"


def lines(*texts: str) -> list[list[str]]:
    return [text.split() for text in texts]


def apart(text: str) -> list[list[str]]:
    return [[word] for word in text.split()]


@pytest.mark.parametrize(
    "heading",
    [
        lines("自然人 法人或其他组织 总计", "商业企业 科研机构 社会公益组织 法律服务机构 其他"),
        # cell after cell
        apart("自然 人 法人或其 他组织 总 计 商业 企业 科研 机构 社会 公益 组织 法律 服务机构 其他"),
        # line after line, set at the top
        lines("自然人 法人或其他组织 总计", "商业 科研 社会 法律 其他", "企业 机构 公益 服务", "组织 机构"),
    ],
)
def test_the_order_of_the_form_is_read_from_pieces(heading: list[list[str]]) -> None:
    assert applications_told(heading) == (FORM, False)


@pytest.mark.parametrize(
    ("heading", "order"),
    [
        (
            lines("自然人 法人或其他组织 总计", "社会公益组", "织", "商业企业 法律服务机", "构", "科研机构 其他"),
            [0, 3, 1, 4, 2, 5, 6],
        ),
        (
            lines("合计 自然人 法人或其他组织", "法律 商业 科研 社会 其他", "服务 企业 机构 公益", "机构 组织"),
            [6, 0, 4, 1, 2, 3, 5],
        ),
    ],
)
def test_another_order_is_read_from_pieces(heading: list[list[str]], order: list[int]) -> None:
    assert applications_told(heading) == (order, True)


def test_a_group_that_stands_above_its_neighbours_does_not_stand_before_them() -> None:
    heading = lines("法人或其他组织", "自然人 总计", "商业企业", "科研机构", "社会公益组织", "法律服务机构", "其他")
    assert applications_told(heading) == (None, False)


def test_a_total_that_reaches_up_does_not_stand_first() -> None:
    heading = lines("申请人情况 总计", "自然人 法人或其他组织", "商业企业 科研机构 社会公益组织 法律服务机构 其他")
    assert applications_told(heading) == (None, False)


def test_names_set_in_the_middle_of_their_cells_tell_no_whole_order() -> None:
    heading = lines("自然人 法人或其他组织 总计", "社会公益 法律服务", "商业企业 科研机构 其他", "组织 机构")
    assert applications_told(heading) == (None, False)


@pytest.mark.parametrize(
    "heading",
    [
        lines("自然人 法人或其他组织 总计", "法律服务 社会公益", "商业企业 科研机构 其他", "机构 组织"),
        lines("法人或其他组织", "科研机构", "商业企业", "社会公�", "织"),
    ],
)
def test_pieces_may_contradict_the_form(heading: list[list[str]]) -> None:
    assert applications_told(heading) == (None, True)


@pytest.mark.parametrize(
    "heading",
    [
        lines("行政复议 行政诉讼", f"{RESULTS} 未经复议直接起诉 复议后起诉", f"{RESULTS} {RESULTS}"),
        apart(f"行政复议 行政诉讼 {PIECES} 未经复议 直接起诉 复议后 起诉 {PIECES} {RESULTS}"),
    ],
)
def test_the_heading_of_remedies_is_read_from_pieces(heading: list[list[str]]) -> None:
    told = remedies_told(heading)
    assert told.is_read
    assert not told.is_turned


@pytest.mark.parametrize(
    "heading",
    [
        lines("行政诉讼 行政复议", "未经复议直接起诉 复议后起诉 结果维", "持", "结果纠", "正"),
        lines("行政复议 行政诉讼", "总计 结果维持 结果纠正 其他结果 尚未审结", "复议后起诉 未经复议直接起诉"),
        lines("行政复议 行政诉讼", "总计 维持 纠正 其他 尚未 总计 维持 纠正 其他 尚未 总计 维持 纠正 其他 尚未"),
    ],
)
def test_the_heading_of_remedies_may_contradict_the_form(heading: list[list[str]]) -> None:
    told = remedies_told(heading)
    assert told.is_turned
    assert not told.is_read


def test_litigation_before_review_is_read_from_pieces() -> None:
    heading = apart(f"行政诉讼 行政 复议 未经复议 直接起诉 复议后起诉 {PIECES} {PIECES} {PIECES}")
    assert remedies_told(heading) == ([*range(5, 15), *range(5)], True)


def test_what_can_be_put_together_in_no_way_tells_nothing() -> None:
    middle = lines("行政复议 行政诉讼", "结果 结果 其他 尚未", "总计 结果 结果 其他 尚未", "维持 纠正 结果 审结 总计")
    assert remedies_told(middle) == (None, False)
    assert remedies_told([]) == applications_told([]) == (None, False)


@pytest.mark.parametrize("noise", ["organisations_reordered", "total_first", "litigation_first"])
@pytest.mark.parametrize("format_", ["pdf", "ofd", "plain", "txt-lines"])
def test_figures_under_torn_names_are_right_or_marked(noise: str, format_: str) -> None:
    for seed in (3, 33):
        report = Case(seed, format_, (noise,)).build()
        found = read(report)
        assert not faults(report, found), (format_, seed)
        assert not found.states, (format_, seed)
