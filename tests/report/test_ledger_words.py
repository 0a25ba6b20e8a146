"""台账的写法 — free words of results, applicants, channels and sums: read where certain, else asked back."""

from __future__ import annotations

from decimal import Decimal

import pytest

from gongkai.documents.columns.layouts import Column
from gongkai.documents.columns.numbers import read_number
from gongkai.documents.columns.values import CellError
from gongkai.documents.columns.words import read_choice
from gongkai.law.terms import AnswerKind
from gongkai.report.ledger.layouts import layouts

REQUESTS = layouts()[0]

READ = {
    "answer": {
        "已按期答复并公开": "granted",
        "予以公开(全部)": "granted",
        "部分公开、部分不予公开": "partly_granted",
        "部分公开（国家秘密）": "partly_granted",
        "部分公开、信息不存在": "partly_granted",
        "经检索，信息不存在": "not_existing",
        "信息不存在、不属于本机关": "not_existing",
        "非本机关": "not_this_body",
        "不予公开，涉及国家秘密": "state_secret",
        "不予公开（第三方权益）": "third_party_rights",
        "不予公开：三类内部事务信息": "internal_affairs",
        "不予公开：四类过程性信息": "deliberative_process",
        "不予公开-第三方合法权益": "third_party_rights",
        "无法提供：需另行制作": "needs_creation",
        "不予处理-信访": "petition",
        "主动撤销": "withdraw",
        "申请人主动撤回申请": "withdraw",
        "在办": None,
    },
    "applicant": {
        "公民": "natural_person",
        "某公司": "business",
        "河口某建材有限公司": "business",
        "律所": "legal_services",
        "某律师事务所": "legal_services",
        "某某村村委会": "other_organizations",
        "法人（公司）": "business",
    },
    "channel": {
        "EMS": "mail",
        "EMS（1084212345678）": "mail",
        "窗口": "in_person",
        "来人": "in_person",
        "网上": "internet",
    },
}
ASKED = {
    "answer": {
        "不予受理": ["信访", "重复申请"],
        "不予处理": ["信访", "重复申请"],
        "不予公开": ["国家秘密", "过程性信息"],
        "无法提供": ["政府信息不存在", "需要另行制作"],
        "撤销": ["撤回", "终止"],
        "其他": ["撤回", "终止"],
        "予以公开、部分公开": ["予以公开", "部分公开"],
        "予以公开、信息不存在": ["予以公开", "政府信息不存在"],
        "已答复": ["予以公开"],
        "未公开": [],
        "不公开": ["国家秘密"],
        "暂不公开": [],
        "申请公开": [],
    },
    "applicant": {
        "法人": ["商业企业", "其他"],
        "律师": ["自然人", "法律服务机构"],
        "协会": ["社会公益组织", "其他"],
        "公民/法人": ["自然人", "商业企业"],
        "张某和某公司": [],
        "张某、某公司": [],
    },
    "channel": {"邮件": ["邮寄", "电子邮件"], "信件": ["邮寄", "信函"], "电话": []},
}


@pytest.mark.parametrize(("name", "word"), [(name, word) for name, words in READ.items() for word in words])
def test_what_is_certain_is_read(name: str, word: str) -> None:
    assert read_choice(word, REQUESTS.column(name)) == READ[name][word]


@pytest.mark.parametrize(("name", "word"), [(name, word) for name, words in ASKED.items() for word in words])
def test_what_is_not_certain_is_asked_with_its_readings(name: str, word: str) -> None:
    with pytest.raises(CellError) as caught:
        read_choice(word, REQUESTS.column(name))
    assert all(reading in str(caught.value) for reading in ASKED[name][word])


@pytest.mark.parametrize("word", ["民办非企业", "非商业企业", "不是企业", "非营利企业", "自然人代企业"])
def test_what_is_no_business_is_not_read_as_one(word: str) -> None:
    with pytest.raises(CellError):
        read_choice(word, REQUESTS.column("applicant"))
    assert read_choice("云岫县第二纺织企业", REQUESTS.column("applicant")) == "business"


def test_an_answer_that_was_withdrawn_is_no_request_that_was() -> None:
    with pytest.raises(CellError):
        read_choice("已撤回答复", REQUESTS.column("answer"))


def test_no_filler_turns_a_word_round() -> None:
    """Before 公开 a filler may stand, and no 不, 未, 非, 否, 部分."""
    column = REQUESTS.column("answer")
    assert not any(sign in filler for filler in column.fillers for sign in [*"不未非否无拒暂或", "部分"])
    for sign in ("不", "未", "非", "拒绝", "暂缓", "尚未"):
        for filler in sorted(column.fillers):
            with pytest.raises(CellError):
                read_choice(f"{filler}{sign}{filler}公开", column)


def test_choices_that_are_alike_count_in_one_row() -> None:
    column = REQUESTS.column("answer")
    assert all(AnswerKind(value).outcome.value == row for value, row in column.alike.items())
    assert {AnswerKind(each).outcome.value.partition(".")[0] for under in column.over.values() for each in under} == {
        "refused",
        "unable",
    }


SUMS = {
    "¥1,100.00": "1100.00",
    "￥１，１００": "1100",
    "1100元": "1100",
    "1,100元整": "1100",
    "人民币1100元": "1100",
    "壹佰元": "100",
    "贰仟叁佰伍拾元整": "2350",
    "贰拾元伍角": "20.5",
    "一百零五元": "105",
    "0.2万元": "2000",
    "免收": "0",
    "0": "0",
}


@pytest.mark.parametrize("text", SUMS)
def test_a_sum_is_read(text: str) -> None:
    assert read_number(text, REQUESTS.column("fee")) == Decimal(SUMS[text])


@pytest.mark.parametrize("text", ["—", "无", "/", "", "－"])
def test_no_sum_is_none(text: str) -> None:
    assert read_number(text, REQUESTS.column("fee")) is None


@pytest.mark.parametrize(
    "text", ["约100元", "见发票", "100/200", "三四元", "1100美元", "100元、200元", "壹佰"[::-1] + "元"]
)
def test_what_is_no_sum_is_named(text: str) -> None:
    with pytest.raises(CellError):
        read_number(text, REQUESTS.column("fee"))


def test_workdays_are_no_sums() -> None:
    column: Column = REQUESTS.column("extended_workdays")
    assert read_number("15个工作日", column) == 15
    for text in ("¥15", "免收"):
        with pytest.raises(CellError):
            read_number(text, column)
