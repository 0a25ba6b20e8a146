"""收费核验 — a report says once that fees were taken, and once that none were (条例 第四十二条、第五十条)."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from gongkai.report.checks.finding import Finding
from gongkai.report.checks.prose import Passage, Sentence
from gongkai.report.checks.rules import rules
from gongkai.report.figures import AnnualReport

_TAKEN = re.compile(r"收取|计收|收缴|征收|实收|收入")
# What was to be paid, was waived or is only the rate of the fee was not taken.
_NOT_TAKEN = re.compile(r"通知|应[收缴交]|免|退|未|不|没|标准|每|若|如果|将|拟|预计|可|须|需|准备")
_NONE = re.compile(
    r"(?:未|没有|无)[^,;。\d]{0,8}(?:收取|产生|发生|收缴)(?:过|任何)*[^,;。\d]{0,12}处理费(?!的?(?:争议|投诉|纠纷|异议|问题|减免|退))"
    r"|处理费[^,;。\d]{0,6}(?:未收取|为?零元?|为?0(?:\.0+)?万?元)"
)
# 对困难的申请人未收取: of some only; 未违规收取: something else is denied.
_OF_SOME = re.compile(
    r"对|除|其他|另|部分|该|因|困难|违规|违法|超标|自行|擅自|逾期|按[时期]|足额|[乡镇]|街道|本级|部门|办公室|[县市省区]级|各|平台|窗口"
)
_OWN = re.compile(r"[本我全](?:[镇乡县市区局厅委]|街道|机关|单位|部门)")
_OTHER_TIME = re.compile(r"上一?年|去年|往年|历年|半年|季度|\d月")
_YEAR = re.compile(r"(20\d\d)\s?年")
_CLAUSE = re.compile(r"[;。\n]")


def check_fees(report: AnnualReport, passages: Sequence[Passage]) -> Iterator[Finding]:
    """收费核验 — at most one finding: the first sentences that say that fees were taken and that none were."""
    said = [s for passage in passages if "处理费" in passage.text for s in passage.sentences if "处理费" in s.text]
    taken = next(filter(None, (_taken(report, s) for s in said)), None)
    none = next(filter(None, (_none(report, s) for s in said)), None)
    if taken and none:
        (one, end), (other, other_end) = taken, none
        values = {
            "section": one.passage.section,
            "quote": one.quote(end=end),
            "other_section": other.passage.section,
            "other": other.quote(end=other_end),
        }
        yield rules()["narrative.fees"].finding(report, (), values)


def _taken(report: AnnualReport, sentence: Sentence) -> tuple[Sentence, int] | None:
    """Where the sentence says how much was taken this year."""
    for n in sentence.amounts:
        clause = _CLAUSE.split(sentence.text[: n.start])[-1]
        before, _, words = clause.rpartition(",")
        # 收取信息处理费 2 笔，计 560 元
        words = words if "处理费" in words else f"{before.rpartition(',')[2]},{words}"
        is_fee = n.unit == "元" and n.value and "处理费" in words and _TAKEN.search(words)
        if is_fee and not _NOT_TAKEN.search(words) and not _is_other_time(report, clause):
            return sentence, n.end
    return None


def _none(report: AnnualReport, sentence: Sentence) -> tuple[Sentence, int] | None:
    """Where the sentence says that none was taken this year, from anybody."""
    for match in _NONE.finditer(sentence.text):
        words = _OWN.sub("", re.split("[,;。]", sentence.text[: match.end()])[-1])
        if not _OF_SOME.search(words) and not _is_other_time(report, sentence.text[: match.end()]):
            return sentence, match.end()
    return None


def _is_other_time(report: AnnualReport, words: str) -> bool:
    years = {int(match[1]) for match in _YEAR.finditer(words)}
    return bool(_OTHER_TIME.search(words)) or bool(years - {report.year})
