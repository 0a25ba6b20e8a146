"""写下来的行为 — acts from plain rows of TOML or JSON, named as ledgers name them (条例 第三十三条)."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date
from decimal import Decimal, InvalidOperation
from enum import StrEnum
from typing import Any, TypeVar

from gongkai.law.errors import LawError
from gongkai.law.requests.acts import Act, Partner, Request, RequestAct
from gongkai.law.terms import AnswerKind, ApplicantKind, Channel

Word = TypeVar("Word", bound=StrEnum)
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}", re.ASCII)
KEYS = frozenset(
    {"act", "on", "channel", "workdays", "thread", "with", "amount", "until", "answer", "into", "cause"}
    | {"of", "body", "corrects", "was_on", "now_on", "applicant"}
)

ALIKE: Mapping[str, Partner] = {
    "第三人": Partner.THIRD_PARTY,
    "权利人": Partner.THIRD_PARTY,
    "共同制作": Partner.CO_MAKER,
    "共同制作单位": Partner.CO_MAKER,
    "其他单位": Partner.OTHER_ORGAN,
    "其他部门": Partner.OTHER_ORGAN,
    "协办机关": Partner.OTHER_ORGAN,
    "协办单位": Partner.OTHER_ORGAN,
    "保密部门": Partner.SECRECY_AUTHORITY,
    "保密局": Partner.SECRECY_AUTHORITY,
    "保密行政管理机关": Partner.SECRECY_AUTHORITY,
}
"""别的叫法 — of those who are consulted, as offices write them (条例 第三十二条、第三十四条)."""


def act_from(row: Mapping[str, Any]) -> Act:
    """一个行为 — from its row: `act`, `on`, what its kind needs; LawError names what cannot be (条例 第三十三条)."""
    if unknown := sorted(set(row) - KEYS):
        raise LawError("办理行为里没有“{name}”这一项", name=unknown[0])
    workdays = row.get("workdays")
    if workdays is not None and type(workdays) is not int:
        raise LawError("工作日数“{value}”不是整数", value=workdays)
    return Act(
        kind=word_from(RequestAct, row.get("act"), "办理行为"),
        on=day_from(row.get("on")),
        channel=word_from(Channel, row["channel"], "接收渠道") if row.get("channel") else None,
        workdays=workdays,
        thread=str(row.get("thread", "")),
        partner=word_from(Partner, row["with"], "征求意见的对象") if row.get("with") else None,
        amount=_amount(row["amount"]) if row.get("amount") is not None else None,
        until=day_from(row["until"]) if row.get("until") else None,
        answer=word_from(AnswerKind, row["answer"], "答复种类") if row.get("answer") else None,
        into=str(row.get("into", "")),
        cause=str(row.get("cause") or ""),
        of=str(row.get("of") or ""),
        body=str(row.get("body") or ""),
        corrects=word_from(RequestAct, row["corrects"], "办理行为") if row.get("corrects") else None,
        was_on=day_from(row["was_on"]) if row.get("was_on") else None,
        now_on=day_from(row["now_on"]) if row.get("now_on") else None,
        applicant=word_from(ApplicantKind, row["applicant"], "申请人类别") if row.get("applicant") else None,
    )


def request_from(row: Mapping[str, Any]) -> Request:
    """一件申请 — from its row: `id`, `applicant`, `acts`; LawError names what cannot be (条例 第二十七条)."""
    if not row.get("id"):
        raise LawError("申请没有编号")
    return Request(
        id=str(row["id"]),
        applicant=word_from(ApplicantKind, row.get("applicant"), "申请人类别"),
        acts=tuple(act_from(act) for act in row.get("acts", ())),
    )


def day_from(value: object) -> date:
    """日期 — a date, or a text like 2026-08-31; LawError where it is none."""
    if type(value) is date:
        return value
    try:
        if not isinstance(value, str) or not _DAY.fullmatch(value):
            raise ValueError
        return date.fromisoformat(value)
    except ValueError:
        raise LawError("“{value}”不是日期，要写成 2026-08-31 的样子", value=str(value)[:40]) from None


def word_from(kind: type[Word], value: object, name: str) -> Word:
    """选项 — the value of a code of `kind`, which is called `name`; LawError where there is none such."""
    try:
        return kind(str(value))
    except ValueError:
        raise LawError("没有“{value}”这种{name}", value=str(value)[:40], name=name) from None


def _amount(value: object) -> Decimal:
    try:
        return Decimal(str(value))
    except InvalidOperation:
        raise LawError("金额“{value}”不是数", value=str(value)[:40]) from None
