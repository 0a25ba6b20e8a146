"""占的是什么 — the sums of the tables that a figure is a part of, for a share of it in prose (条例 第五十条)."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal
from functools import cache
from typing import NamedTuple

from gongkai.report.checks.claims import figures_of, value_of
from gongkai.report.checks.lists import unit_of
from gongkai.report.checks.meant import meant
from gongkai.report.checks.prose import Sentence
from gongkai.report.figures import AnnualReport
from gongkai.report.form import Edition, OtherHandling, form
from gongkai.text.numerals import Numeral

RECEIVED, HANDLED = "applications.received.total", "applications.handled_total.total"
CARRIED_IN = "applications.carried_in.total"
APPLICANTS = ("received", "carried_in", "handled_total")
# What a sentence may call the sums of the tables.
_CALLED = re.compile(
    r"新收|收到|受理|接收|办结|办理|答复|处理|总|全部|所有|其中?|数量|数|量|件|类|审结|比例?|的|年度?|内|本|全|当|依申请公开|政府信息公开|申请|行政|复议|诉讼|案件|不予公开|无法提供"
)
GROUPS = {"不予公开": "refused", "无法提供": "unable", "不予处理": "not_processed"}
_CLOSED = re.compile(r"办结|办理|答复")
_RESULTS = re.compile(r"予以公开|部分公开|不予公开|无法提供|不予处理|其他处理|重复申请|自然人|法人")
_APPLICANTS = re.compile(r"自然人.*(?:法人|企业|组织|单位|机构)[^\d,;]{0,8}$")
_NO_REQUESTS = re.compile(r"许可|留言|问政|热线|工单|提案|建议|来信|来访|咨询|网民|办件|政务服务|复议|诉讼")
_OF_RECEIVED = re.compile(r"新收|收到|受理|接收")


class Whole(NamedTuple):
    """占的整体 — a sum of figures, and what it comes to."""

    terms: tuple[str, ...]
    value: Decimal


def wholes_of(report: AnnualReport, sentence: Sentence, count: Numeral, named: str) -> list[Whole]:
    """占的是什么 — every sum that this number is a part of, if it is a figure of a table and `named`, the words for the
    whole, may mean such a sum; the likeliest first. Empty where one of the sums was not read."""
    said = meant(report, sentence, count)
    if _CALLED.sub("", named):
        return []
    if said is None:
        return _by_name(report, sentence, count, named)
    for value, addresses in figures_of(said.claim, report):
        if value == count.value:
            sums = list(_sums(report.edition, report.other_handling, addresses[0]))
            found = [value_of(report, terms) for terms in sums]
            wholes = [Whole(terms, one[0]) for terms, one in zip(sums, found, strict=True) if one]
            if len(wholes) < len(sums) or not wholes:
                return []
            group = next((name for words, name in GROUPS.items() if words in named), None)
            if group:
                wholes.sort(key=lambda whole: not whole.terms[0].startswith(f"applications.{group}."))
            elif "审结" in named:
                wholes.sort(key=lambda whole: len(whole.terms) == 1)
            elif _OF_RECEIVED.search(named):
                wholes.sort(key=lambda whole: whole.terms[0] != RECEIVED)
            return wholes
    return []


def _by_name(report: AnnualReport, sentence: Sentence, count: Numeral, named: str) -> list[Whole]:
    """The sums that 占办结总数 names where the count is of several rows: 予以公开、部分公开两项共 30 件."""
    is_closed = bool(_CLOSED.search(named))
    before = sentence.text[: count.start]
    if not (is_closed or _OF_RECEIVED.search(named)) or unit_of(count) != "件" or _NO_REQUESTS.search(sentence.text):
        return []
    if not _RESULTS.search(before):
        return []
    sums = [(HANDLED,), (RECEIVED, CARRIED_IN), (RECEIVED,)] if is_closed else [(RECEIVED,), (RECEIVED, CARRIED_IN)]
    found = [value_of(report, terms) for terms in sums]
    return [Whole(terms, one[0]) for terms, one in zip(sums, found, strict=True) if one] if all(found) else []


def division_of(report: AnnualReport, sentence: Sentence, count: Numeral) -> str:
    """哪一种划分 — applicants or results, if this number is one of them in table three; else nothing."""
    said = meant(report, sentence, count)
    for value, addresses in figures_of(said.claim, report) if said else ():
        if value == count.value and addresses[0].startswith("applications."):
            return "applicants" if addresses[0].split(".")[1] in APPLICANTS else "results"
    lead = sentence.text[: count.start].rpartition(";")[2]
    return "applicants" if said is None and unit_of(count) == "件" and _APPLICANTS.search(lead) else ""


def mains(report: AnnualReport) -> list[Decimal]:
    """申请的总数 — requests received, with those carried in, and closed: what shares of requests are mostly of."""
    sums = ([RECEIVED], [RECEIVED, CARRIED_IN], [HANDLED])
    return [found[0] for terms in sums if (found := value_of(report, terms)) and found[0]]


@cache
def _sums(edition: Edition, shape: OtherHandling, address: str) -> Sequence[tuple[str, ...]]:
    """The sums that a figure goes into by the equations of the form, and those that the sums go into."""
    found = list(dict.fromkeys(_above(edition, shape, (address,))))
    if address.startswith("applications."):
        found += [(RECEIVED,), (HANDLED,)]
        table, row, *rest = address.split(".")
        if len(rest) > 1:
            found += [(f"{table}.{row}.*.{rest[-1]}",)]
    elif address.startswith("remedies."):
        found += [("remedies.litigation_*.total",), ("remedies.*.total",)]
        row = address.rpartition(".")[0]
        found += [(f"{row}.total", f"-{row}.pending")]
    return tuple(dict.fromkeys(found))


def _above(edition: Edition, shape: OtherHandling, terms: tuple[str, ...]) -> Iterator[tuple[str, ...]]:
    for equation in form(edition, shape).equations:
        if set(terms) <= set(equation.right) or (len(equation.left) > 1 and set(terms) < set(equation.left)):
            yield equation.left
            yield from _above(edition, shape, equation.left)
