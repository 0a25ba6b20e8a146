"""复议、诉讼结果 — decisions and judgments, and the result of 表四 that each counts as (条例 第五十一条; 年报格式)."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from types import MappingProxyType

from gongkai.law.sources import read_data
from gongkai.law.terms import RemedyOutcome, Term


class RemedyDecision(Term):
    """复议决定和裁判 — how a case ended (行政复议法 第三十条至第七十三条; 行政诉讼法 第六十二条至第七十七条)."""

    RECONSIDERATION_UPHELD = "reconsideration.upheld", "维持", "行政复议法 第六十八条"
    RECONSIDERATION_CLAIM_DISMISSED = "reconsideration.claim_dismissed", "驳回行政复议请求", "行政复议法 第六十九条"
    RECONSIDERATION_VARIED = "reconsideration.varied", "变更", "行政复议法 第六十三条"
    RECONSIDERATION_REVOKED = "reconsideration.revoked", "撤销、部分撤销", "行政复议法 第六十四条"
    RECONSIDERATION_UNLAWFUL = "reconsideration.unlawful", "确认违法", "行政复议法 第六十五条"
    RECONSIDERATION_ORDERED = "reconsideration.ordered", "责令履行", "行政复议法 第六十六条"
    RECONSIDERATION_VOID = "reconsideration.void", "确认无效", "行政复议法 第六十七条"
    RECONSIDERATION_APPLICATION_DISMISSED = (
        "reconsideration.application_dismissed",
        "驳回行政复议申请",
        "行政复议法 第三十三条",
    )
    RECONSIDERATION_MEDIATED = "reconsideration.mediated", "调解", "行政复议法 第七十三条"
    RECONSIDERATION_ENDED = "reconsideration.ended", "终止", "行政复议法 第四十一条"
    RECONSIDERATION_NOT_ACCEPTED = "reconsideration.not_accepted", "不予受理", "行政复议法 第三十条"
    LITIGATION_CLAIM_DISMISSED = "litigation.claim_dismissed", "驳回诉讼请求", "行政诉讼法 第六十九条"
    LITIGATION_REVOKED = "litigation.revoked", "撤销、部分撤销", "行政诉讼法 第七十条"
    LITIGATION_ORDERED = "litigation.ordered", "判决履行", "行政诉讼法 第七十二条"
    LITIGATION_PAID = "litigation.paid", "判决给付", "行政诉讼法 第七十三条"
    LITIGATION_UNLAWFUL = "litigation.unlawful", "确认违法", "行政诉讼法 第七十四条"
    LITIGATION_VOID = "litigation.void", "确认无效", "行政诉讼法 第七十五条"
    LITIGATION_VARIED = "litigation.varied", "变更", "行政诉讼法 第七十七条"
    LITIGATION_SUIT_DISMISSED = "litigation.suit_dismissed", "驳回起诉", "行政诉讼法"
    LITIGATION_WITHDRAWN = "litigation.withdrawn", "撤诉", "行政诉讼法 第六十二条"
    LITIGATION_TRANSFERRED = "litigation.transferred", "移送", "行政诉讼法"
    LITIGATION_ENDED = "litigation.ended", "终结", "行政诉讼法"


@cache
def outcomes() -> Mapping[RemedyDecision, RemedyOutcome]:
    """表四归类 — the result that each decision counts as, by the setting that ships (年报格式)."""
    table = read_data("remedies.toml")["outcomes"]
    return MappingProxyType(
        {RemedyDecision(code): RemedyOutcome(outcome) for outcome, codes in table.items() for code in codes}
    )
