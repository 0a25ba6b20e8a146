"""占比核验 — shares and rates in prose against what they are of: 156/205 = 76.1 % (条例 第五十条).

A share is judged only where it is plain what it is of: the sentence says it (其中、在…中、占…的), another share says
it, or the count is a figure of a table, of which the sums are known.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from decimal import Decimal

from gongkai.report.checks.changes import same_share
from gongkai.report.checks.finding import Finding
from gongkai.report.checks.lists import unit_of
from gongkai.report.checks.one_whole import Share, of_other_wholes
from gongkai.report.checks.prose import Passage, Sentence
from gongkai.report.checks.results_rates import RATE, wrong_rate
from gongkai.report.checks.rules import rules
from gongkai.report.checks.stated import is_of_any, stated_whole
from gongkai.report.checks.wholes import Whole, division_of, mains, wholes_of
from gongkai.report.figures import AnnualReport
from gongkai.text.numerals import Numeral

# So many sentences back a number may stand that a share is of.
NEAR = 3
# So many other shares of one total make it certain what the row of shares is of.
SURE = 2
PAIR = 2
ALL = 100

_SHARE = re.compile(r"占|\($")
# 占新收总数的: the words by which the whole is called.
_OF_IT = re.compile(
    r"^(?:[^\d;()]{0,40}[,、])?\s*\(?(?:(?P<subject>[^\d,、;()]{0,12}?)占(?P<whole>[^\d,、;()]{0,24}?)(?:的)?(?:比例?|比重)?(?:为|达到?|约为?|是)?)?\s?$"
)
_OF_NUMBER = re.compile(r"^[,、\s]*\(?占(?P<whole>[^\d,、;()]{0,16})$")
_OF_ALL = re.compile(r"占比|总[数量]|\(")
_INTRODUCED = re.compile(r"其中|发现|查出|^[^,;()\d]{0,24}中[,:]?|^[^,;()\d]{0,12}(?:里|内)[,:]")
_LISTED = re.compile(r"其中|分别|包括|\((?=[^)]*$)")
_OTHER = re.compile(r"另[外有]|此外|同时")
# Words that say whole, and no whose.
_GENERIC = re.compile(r"总|全部|所有|其中?|数量|数|量|件|条|比例?|的|年度?|本|全|比重|当年|该|同类")
_FILLER = re.compile(r"^(?:约|仅|各|就|已|共|均|只|其|也|还|大约)+")
_JOINTS = ("、", ",", "和", "及", "与")
# 100 % is of what was due, where the sentence speaks of that.
_DUE = re.compile(r"按时|按期|及时|限时|期限|到期|应[办答]|结转|顺延|正在|在办|其余|剩余|未到|尚未|有效")


def check_ratios(report: AnnualReport, passage: Passage) -> Iterator[Finding]:
    """占比核验 — one finding for each percentage that its own numbers or the tables contradict (条例 第五十条)."""
    shares: list[Share] = []
    for place, sentence in enumerate(passage.sentences):
        if "%" not in sentence.text and "百分之" not in sentence.text:
            continue
        earlier = [n for last in passage.sentences[max(0, place - NEAR) : place] for n in last.amounts]
        for percent in sentence.amounts:
            if percent.percent and not percent.approximate and percent.value:
                before = [n for n in sentence.amounts if n.end <= percent.start]
                if percent.value != ALL:
                    shares += _shares(report, sentence, percent, before, earlier)
                yield from _rated(report, sentence, percent, before)
    common = Counter(total for share in shares for total in set(share.fits))
    known = [*common, *(mains(report) if common else ())]
    told = list(of_other_wholes(report, shares))
    yield from (_finding(report, share.sentence, share.percent, (share.counted, whole)) for share, whole in told)
    for share in [one for one in shares if all(one is not other for other, _ in told)]:
        # What is of another total of the same section is no slip.
        if not share.fits and not any(same_share(share.percent, share.counted / total) for total in known):
            total = next((total for total, times in common.most_common(1) if times >= SURE), None)
            total = total if total is not None else share.only
            if total is not None:
                yield _finding(report, share.sentence, share.percent, (share.counted, total))


def _shares(
    report: AnnualReport,
    sentence: Sentence,
    percent: Numeral,
    before: Sequence[Numeral],
    earlier: Sequence[Numeral],
) -> Iterator[Share]:
    """A count and its share: 35件，占4.34% or 208件（17.46%）, or 12件，占25件的48%."""
    if not before or not unit_of(before[-1]) or before[-1].approximate:
        return
    if len(before) > 1 and _is_of(sentence, before[-2], before[-1], percent):
        part, whole = before[-2].value, before[-1].value
        yield Share(sentence, percent, part, (whole,) if same_share(percent, part / whole) else (), whole)
        return
    if not _SHARE.search(sentence.text[before[-1].end : percent.start]):
        return
    said = _OF_IT.search(sentence.between(before[-1], percent))
    subject, named = (said["subject"] or "", said["whole"] or "") if said else ("", None)
    for one, counted in _pairs(sentence, percent, before, subject):
        yield _share(report, sentence, one, counted, earlier, named)


def _pairs(
    sentence: Sentence, percent: Numeral, before: Sequence[Numeral], subject: str
) -> Iterator[tuple[Numeral, Sequence[Numeral]]]:
    """Percentages with the counts up to the one that each is of: 20 件、6 件，分别占 76.9%、23.1%; or that which is
    named again: 图解 22 篇、视频 9 篇，图解占 39.3%."""
    if subject.endswith("分别"):
        percents = [percent]
        for one in sentence.amounts:
            is_next = one.percent and sentence.text[percents[-1].end : one.start].strip() in _JOINTS
            percents += [one] if one.start > percents[-1].start and is_next else []
        first = len(before) - len(percents)
        if first >= 0 and len({unit_of(n) for n in before[first:]}) == 1:
            yield from ((one, before[: first + at + 1]) for at, one in enumerate(percents))
        return
    subject = _FILLER.sub("", subject)
    again = [at for at, n in enumerate(before) if subject and sentence.text[: n.start].endswith(subject)]
    if not subject:
        yield percent, before
    elif again and unit_of(before[again[-1]]) == unit_of(before[-1]):
        yield percent, before[: again[-1] + 1]


def _share(
    report: AnnualReport,
    sentence: Sentence,
    percent: Numeral,
    before: Sequence[Numeral],
    earlier: Sequence[Numeral],
    named: str | None,
) -> Share:
    count = before[-1]
    totals = {n.value for n in (*earlier, *before[:-1]) if unit_of(n) == unit_of(count) and n.value >= count.value}
    table = [] if named is None else wholes_of(report, sentence, count, named)
    totals |= {whole.value for whole in table}
    only = None if named is None else _only(sentence, percent, before, named)
    if only is None and table:
        only = _likeliest(table, count)
    fits = tuple(total for total in totals if total and same_share(percent, count.value / total))
    if _is_of_head(report, sentence, percent, before):
        only = None
    elif only is None and named is not None and not fits and not is_of_any(sentence, before, percent):
        only = stated_whole(sentence, [n for n in before if unit_of(n)], named)
    return Share(sentence, percent, count.value, fits, only, division_of(report, sentence, count), named or "")


def _is_of_head(report: AnnualReport, sentence: Sentence, percent: Numeral, before: Sequence[Numeral]) -> bool:
    """Whether what is divided by a list has this share: 不予公开 50 件，其中甲 40 件、乙 10 件，占 9.1%."""
    mark = max((m.end() for m in _LISTED.finditer(sentence.text, 0, before[-1].start)), default=0)
    heads = [n for n in before if n.end <= mark and unit_of(n) == unit_of(before[-1])]
    return bool(heads) and any(same_share(percent, heads[-1].value / total) for total in mains(report))


def _is_of(sentence: Sentence, part: Numeral, whole: Numeral, percent: Numeral) -> bool:
    """占 805 件的 4.34%: the whole is written between the count and its share."""
    tail = sentence.between(whole, percent)
    return (
        unit_of(part) == unit_of(whole)
        and whole.value >= part.value > 0
        and not (part.approximate or whole.approximate)
        and bool(_OF_NUMBER.search(sentence.between(part, whole)))
        and tail in ("的", "总数的", "总量的")
    )


def _only(sentence: Sentence, percent: Numeral, before: Sequence[Numeral], named: str) -> Decimal | None:
    """The one count of the sentence that the share can be of: 发布 1,200 条，其中民生信息 90 条，占 7.5%."""
    count = before[-1]
    counts = [n for n in before if unit_of(n)]
    likely = [n for n in counts[:-1] if unit_of(n) == unit_of(count) and n.value >= count.value]
    if not likely or not is_named(sentence, count, named):
        return None
    for one in reversed(likely):
        words = sentence.text[one.end : count.start].removeprefix(one.unit or "")
        if not _OTHER.search(words) and _INTRODUCED.search(sentence.between(one, _next(sentence, one))):
            return None if one.approximate else one.value
    words = sentence.text[count.end : percent.start]
    if len(counts) == PAIR and _OF_ALL.search(words) and not likely[0].approximate:
        return likely[0].value
    return None


def _next(sentence: Sentence, one: Numeral) -> Numeral:
    return next(n for n in sentence.amounts if n.start >= one.end)


def is_named(sentence: Sentence, count: Numeral, named: str) -> bool:
    """是否说的前面的整体 — whether the whole is called by no words, or by words that the sentence has used before."""
    words = _GENERIC.sub(" ", named).split()
    before = sentence.text[: count.start]
    return all(word[at : at + 2] in before for word in words for at in range(max(1, len(word) - 1)))


def _likeliest(table: Sequence[Whole], count: Numeral) -> Decimal | None:
    return next((whole.value for whole in table if whole.value >= count.value and whole.value), None)


def _rated(report: AnnualReport, sentence: Sentence, percent: Numeral, before: Sequence[Numeral]) -> Iterator[Finding]:
    """A rate of exactly two counts of one unit in the sentence: 办理 1306 件，办结 1280 件，办结率 98%."""
    counts = [n for n in before if unit_of(n)]
    wrong = wrong_rate(report, sentence, percent, counts)
    if wrong:
        yield _finding(report, sentence, percent, wrong)
        return
    if len(counts) < PAIR or any(n.approximate for n in counts):
        return
    one, other = counts[-2:]
    values = [n.value for n in counts if unit_of(n) == unit_of(one) and n.value]
    if unit_of(one) != unit_of(other) or not one.value or not other.value or len(values) > PAIR:
        return
    rate = RATE.search(sentence.text[other.end : percent.start])
    if not rate or rate[1] not in sentence.text[one.start : other.start]:
        return
    if percent.value == ALL and (_DUE.search(sentence.text) or other.value > one.value):
        return
    if not (same_share(percent, other.value / one.value) or _of_table(report, percent)):
        yield _finding(report, sentence, percent, (other.value, one.value))


def _of_table(report: AnnualReport, percent: Numeral) -> bool:
    """Whether 公开率 of table three is meant: 予以公开 with 部分公开, of what was closed (practice.md 1.5)."""
    granted, partly, handled = (
        report.figures.get(f"applications.{row}.total") or 0 for row in ("granted", "partly_granted", "handled_total")
    )
    return bool(handled) and same_share(percent, Decimal(granted + partly) / Decimal(handled))


def _finding(report: AnnualReport, sentence: Sentence, percent: Numeral, ratio: tuple[Decimal, Decimal]) -> Finding:
    part, whole = ratio
    expected = (part / whole * 100).quantize(Decimal("0.01"))
    values = {
        "section": sentence.passage.section,
        "quote": sentence.quote(0, percent.end),
        "found": format(percent.value, "f"),
        "part": format(part, "f"),
        "whole": format(whole, "f"),
        "expected": format(expected, "f"),
    }
    return rules()["narrative.percentage"].finding(report, (), values, expected=expected, found=percent.value)
