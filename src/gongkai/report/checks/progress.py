"""办理进度核验 — what is done and what is left of a number: 15 个问题，已整改 11 个，正在推进 4 个 (条例 第五十条)."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal
from itertools import pairwise

from gongkai.report.checks.finding import Finding
from gongkai.report.checks.lists import unit_of
from gongkai.report.checks.meant import meant
from gongkai.report.checks.prose import Passage, Sentence
from gongkai.report.checks.rules import rules
from gongkai.report.figures import AnnualReport
from gongkai.report.naming import addition
from gongkai.text.numerals import Numeral

# What is not yet done is looked for first: 尚未整改到位.
_LEFT = re.compile(r"未|[尚仍还](?:在|有|剩)|正在|推进|持续|在办|剩余|其余|[余剩]$|中$|跨年|继续|待|长期")
_DONE = re.compile(r"已|完成|到位|落实|办结|解决|销号|纠正|答复")
# What comes in may be done with what was left from the year before; what goes on behind the end is no part.
_MORE_OF_IT = re.compile(
    r"收|受理|接|结转|遗留|往年|历年|延续|转来|滚动|(?:上年|去年)(?![^,;。]{0,8}(?:查|发现|存在|指出|反馈|提出|说|列|梳理|确定))"
)
_NO_PART = re.compile(r"其中|另|又|新|再|巩固|提升|深化|跟踪|回头看|共|合计|累计|同时|此外|较|比|占")
_NEXT = re.compile(r"^[^,;()]{0,12}\)?[,;、]")


def check_progress(report: AnnualReport, passage: Passage) -> Iterator[Finding]:
    """办理进度核验 — one finding for each number of which more is done and left than it has (条例 第五十条)."""
    for sentence in passage.sentences:
        amounts = sentence.amounts
        for at in range(len(amounts) - 2):
            if _is_whole(report, sentence, at):
                parts = _parts(sentence, amounts[at:])
                most = _most(sentence, amounts[: at + 1])
                if sum(part.value for part in parts) > most:
                    yield _finding(report, sentence, most, parts)
                    break


def _most(sentence: Sentence, amounts: Sequence[Numeral]) -> Decimal:
    """What the number may be of at most: 问题 36 个，其中甲类 21 个、乙类 15 个, or the two kinds together."""
    clause = sentence.text.rfind(";", 0, amounts[-1].start)
    values = [n.value for n in amounts if unit_of(n) == unit_of(amounts[-1]) and n.start > clause]
    total = sum(values, Decimal())
    return max(values) if max(values) * 2 == total else max(total, *values)


def _is_whole(report: AnnualReport, sentence: Sentence, at: int) -> bool:
    whole = sentence.amounts[at]
    before = sentence.amounts[at - 1].end if at else 0
    lead = sentence.text[before : whole.start]
    if unit_of(whole) is None or whole.approximate or _LEFT.search(lead) or _DONE.search(lead):
        return False
    return not _MORE_OF_IT.search(sentence.text) and meant(report, sentence, whole) is None


def _parts(sentence: Sentence, amounts: Sequence[Numeral]) -> list[Numeral]:
    """The parts that follow the first of the amounts; none unless some are done and some are left."""
    whole, parts, kinds = amounts[0], [], set()
    for one, other in pairwise(amounts):
        words = sentence.between(one, other)
        is_left, is_done = bool(_LEFT.search(words)), bool(_DONE.search(words))
        if not _NEXT.search(words) or _NO_PART.search(words) or not (is_left or is_done):
            break
        if unit_of(other) != unit_of(whole) or other.approximate:
            break
        parts.append(other)
        kinds.add("left" if is_left else "done")
    return parts if kinds == {"left", "done"} else []


def _finding(report: AnnualReport, sentence: Sentence, whole: Decimal, parts: Sequence[Numeral]) -> Finding:
    total = sum((part.value for part in parts), Decimal())
    values = {
        "section": sentence.passage.section,
        "quote": sentence.quote(0, parts[-1].end),
        "total": format(whole, "f"),
        "parts": addition(int(n.value) if n.value == int(n.value) else n.value for n in parts),
    }
    return rules()["narrative.sum"].finding(report, (), values, expected=total, found=whole)
