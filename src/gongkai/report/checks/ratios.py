"""百分比核验 — shares and growth in prose against the numbers beside them: 156/205 = 76.1 % (条例 第五十条).

A percentage is judged only where the text says what it is of: two counts of one unit, or a row of shares of one total.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from decimal import Decimal
from itertools import permutations
from typing import NamedTuple

from gongkai.report.checks.finding import Finding
from gongkai.report.checks.lists import unit_of
from gongkai.report.checks.prose import Passage, Sentence
from gongkai.report.checks.rules import rules
from gongkai.report.figures import AnnualReport
from gongkai.text.numerals import Numeral

# Percentages are cut or rounded; less than this many percentage points apart they are the same (practice.md D18).
TOLERANCE = Decimal("0.1")
# So many sentences back a number may stand that a share is of.
NEAR = 3
# So many other shares of one total make it certain what the row of shares is of.
SURE = 2
PAIR = 2
# 三倍 may be 2.95 times.
TIMES_NEAR = Decimal("0.06")

_GROWTH = re.compile(r"(?:增长|增加|上升|提高|提升|增幅|下降|减少|回落|降低|下滑|降幅)[了为达约]*\s?$")
_LAST_YEAR = re.compile(r"上年|上一年|去年|同期|20\d\d\s?年|由|从")
_SHARE = re.compile(r"占|\($")
_OF_IT = re.compile(r"^[,\s]*\(?(?:占(?:比|总数的?|总量的?|全部的?|其中的?)?(?:为|达|约)?)?\s?$")
_OF_ALL = re.compile(r"占比|总[数量]|\(")
_MORE = re.compile(r"增|减|多|少|倍")
_BY = re.compile(r"^[,\s]*(?:同比)?(?:增加|减少|增长|多|少|的)了?\s?$")
_RATE = re.compile(r"([^\d,、。;()]{2})(?:率|比例|比重)[为达到约是]*\s?$")


class Share(NamedTuple):
    """占比 — a percentage, what is counted before it, the totals that it fits, and the only one that it can be of."""

    sentence: Sentence
    percent: Numeral
    counted: Numeral
    fits: tuple[Decimal, ...]
    only: Decimal | None = None


def check_ratios(report: AnnualReport, passage: Passage) -> Iterator[Finding]:
    """百分比核验 — one finding for each percentage that its own numbers contradict (条例 第五十条)."""
    shares: list[Share] = []
    for place, sentence in enumerate(passage.sentences):
        yield from _grown_by(report, sentence)
        if "%" not in sentence.text and "百分之" not in sentence.text:
            continue
        earlier = [n for last in passage.sentences[max(0, place - NEAR) : place] for n in last.numerals]
        for percent in sentence.numerals:
            if percent.percent and not percent.approximate and percent.value not in (0, 100):
                before = [n for n in sentence.numerals if n.end <= percent.start]
                shares += _shares(sentence, percent, before, earlier)
                yield from _compared(report, sentence, percent, before)
    common = Counter(total for share in shares for total in set(share.fits))
    for share in shares:
        if not share.fits:
            total = next((total for total, times in common.most_common(1) if times >= SURE), None)
            total = total if total is not None else share.only
            if total is not None:
                yield _finding(report, "percentage", share.sentence, share.percent, (share.counted.value, total))


def _shares(
    sentence: Sentence, percent: Numeral, before: Sequence[Numeral], earlier: Sequence[Numeral]
) -> Iterator[Share]:
    """A count and its share: 35件，占4.34% or 208件（17.46%）."""
    if not before or not unit_of(before[-1]) or before[-1].approximate:
        return
    count = before[-1]
    words = sentence.text[count.end : percent.start]
    if not _SHARE.search(words):
        return
    totals = {n.value for n in (*earlier, *before[:-1]) if unit_of(n) == unit_of(count) and n.value >= count.value}
    # “1,200 条，其中民生信息 90 条，占 7.5%”: of two counts in the sentence the share is of the other one.
    counts = [n for n in before if unit_of(n)]
    is_sure = (
        len(counts) == PAIR
        and unit_of(counts[0]) == unit_of(count)
        and counts[0].value >= count.value
        and bool(_OF_IT.search(_without_unit(words, count)))
        and bool("其中" in sentence.text[counts[0].end : count.start] or _OF_ALL.search(words))
    )
    only = counts[0].value if is_sure and not counts[0].approximate else None
    yield Share(
        sentence,
        percent,
        count,
        tuple(total for total in totals if total and _same(percent, count.value / total)),
        only,
    )


def _compared(
    report: AnnualReport, sentence: Sentence, percent: Numeral, before: Sequence[Numeral]
) -> Iterator[Finding]:
    """A rate or a growth of exactly two counts of one unit in the sentence."""
    counts = [n for n in before if unit_of(n)]
    if len(counts) < 2 or any(n.approximate for n in counts):
        return
    one, other = counts[-2:]
    if unit_of(one) != unit_of(other) or not one.value or not other.value:
        return
    words = sentence.text[other.end : percent.start]
    values = [n.value for n in counts if unit_of(n) == unit_of(one) and n.value]
    rate = _RATE.search(words)
    if len(values) > 2:
        return
    if _GROWTH.search(words) and _LAST_YEAR.search(sentence.text[: other.start]):
        is_last = bool(_LAST_YEAR.search(sentence.text[one.end : other.start]))
        old, new = (other.value, one.value) if is_last else (one.value, other.value)
        if not any(_same(percent, ratio) for ratio in _grown(*values)):
            yield _finding(report, "growth", sentence, percent, (new - old, old))
    elif rate and rate[1] in sentence.text[one.start : other.start]:
        ratio = other.value / one.value
        if not (_same(percent, ratio) or _of_table(report, percent)):
            yield _finding(report, "percentage", sentence, percent, (other.value, one.value))


def _without_unit(words: str, numeral: Numeral) -> str:
    return words.strip().removeprefix(numeral.unit or "")


def _grown_by(report: AnnualReport, sentence: Sentence) -> Iterator[Finding]:
    """By how many more than last year, or how many times as many: 212 条，比上年的 185 条增加 27 条."""
    if not _LAST_YEAR.search(sentence.text) or not _MORE.search(sentence.text):
        return
    for one, other, more in zip(sentence.numerals, sentence.numerals[1:], sentence.numerals[2:], strict=False):
        words = _without_unit(sentence.text[other.end : more.start], other)
        if {unit_of(one), unit_of(other)} - {unit_of(one)} or not unit_of(one) or not other.value:
            continue
        if any(n.approximate for n in (one, other, more)) or not _BY.search(words):
            continue
        if more.unit == "倍":
            right = one.value / other.value
            is_right = abs(right - more.value) < TIMES_NEAR or abs(right - 1 - more.value) < TIMES_NEAR
        else:
            right = abs(one.value - other.value)
            is_right = unit_of(more) != unit_of(one) or right == more.value
        if not is_right and _LAST_YEAR.search(sentence.text[one.end : other.start]):
            values = {
                "section": sentence.passage.section,
                "quote": sentence.quote(0, more.end),
                "found": format(more.value, "f"),
                "now": format(one.value, "f"),
                "before": format(other.value, "f"),
                "expected": format(right.quantize(Decimal("0.01")).normalize(), "f"),
            }
            yield rules()["narrative.increase"].finding(report, (), values, expected=right, found=more.value)


def _grown(*values: Decimal) -> Iterator[Decimal]:
    """By how much one number is more than another, whichever of the two is last year's or the increase itself."""
    for a, b in permutations(values, 2):
        yield from (abs(a - b) / b, a / b, a / (a + b))
        if a != b:
            yield abs(a / (b - a))


def _same(percent: Numeral, ratio: Decimal) -> bool:
    exponent = percent.value.as_tuple().exponent
    place = Decimal(1).scaleb(exponent) if isinstance(exponent, int) and exponent <= 0 else Decimal(1)
    return abs(ratio * 100 - percent.value) < max(TOLERANCE, place)


def _of_table(report: AnnualReport, percent: Numeral) -> bool:
    """Whether 公开率 of table three is meant: 予以公开 with 部分公开, of what was closed (practice.md 1.5)."""
    granted, partly, handled = (
        report.figures.get(f"applications.{row}.total") or 0 for row in ("granted", "partly_granted", "handled_total")
    )
    return bool(handled) and _same(percent, Decimal(granted + partly) / Decimal(handled))


def _finding(
    report: AnnualReport, rule: str, sentence: Sentence, percent: Numeral, ratio: tuple[Decimal, Decimal]
) -> Finding:
    part, whole = ratio
    expected = (abs(part) / whole * 100).quantize(Decimal("0.01"))
    values = {
        "section": sentence.passage.section,
        "quote": sentence.quote(0, percent.end),
        "found": format(percent.value, "f"),
        "part": format(abs(part), "f"),
        "whole": format(whole, "f"),
        "expected": format(expected, "f"),
    }
    return rules()[f"narrative.{rule}"].finding(report, (), values, expected=expected, found=percent.value)
