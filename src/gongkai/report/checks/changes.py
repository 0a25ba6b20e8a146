"""增减核验 — what a count became since last year: 158 件，比 2023 年的 131 件增加 27 件，增长 20.6% (条例 第五十条).

The grammar is: a number now, one of before (上年、去年、2023 年、由…到), behind them by how much it changed. Where any
number of the sentence, taken for the one of now, makes the changes right, nothing is said.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal
from itertools import accumulate, permutations
from typing import NamedTuple

from gongkai.report.checks.finding import Finding
from gongkai.report.checks.lists import unit_of
from gongkai.report.checks.prose import Passage, Sentence
from gongkai.report.checks.rules import called, rules
from gongkai.report.figures import AnnualReport
from gongkai.text.numerals import Numeral

# Percentages are cut or rounded; less than this many percentage points apart they are the same (practice.md D18).
TOLERANCE = Decimal("0.1")
# 三倍 may be 2.95 times.
TIMES_NEAR = Decimal("0.06")

UP = "增长|增加|上升|提高|提升|增幅|扩大|增|升|多"
DOWN = "下降|减少|回落|降低|下滑|降幅|缩减|压缩|压减|缩短|降|减|少"

# 相比，同比增加了 40 件: nothing but the change stands between two numbers.
_BY = re.compile(
    rf"^\)?(?:的)?(?:申请|信息|来信|留言)?(?:相比|相较|相比较)?[,、\s]*(?:同比|净|共)?(?:(?P<up>{UP})|(?P<down>{DOWN}))(?:幅度?|率)?[了为达约]*(?:达到)?\s?$"
)
_TIMES_OF = re.compile(r"^\)?(?:的)?\s?$")
_TO = re.compile(
    rf"^[,、\s]*(?:[^\d,;、()]{{0,4}})?(?:(?P<up>{UP})|(?P<down>{DOWN}))了?(?:到|至|为)(?:了)?[^\d,;()]{{0,10}}$"
)
_BEFORE = re.compile(
    r"(?:(?P<versus>比|较|与|同|由|从)[^\d,;:()]{0,6})?(?:上一?年|去年|(?P<year>20\d\d)\s?年)度?(?!度?[^,;]{0,3}(?:结转|转入|转来|延续|遗留))"
    r"(?:同期)?[^\d,;:()]{0,16}\(?$|同期[^\d,;:()]{0,10}\(?$"
)
_FROM = re.compile(r"(?:由|从)[^\d,;:()]{0,14}$")
_NOW = re.compile(r"今年|本年|全年|(?P<year>20\d\d)\s?年")
_SINCE = re.compile(r"上一?年|去年|同期|同比|20\d\d\s?年|比|较")
_CLAUSE = re.compile(r"[。;]")
_CHANGED = re.compile(rf"(?:{UP}|{DOWN})[了为达约]*\s?$")


class Step(NamedTuple):
    """增减的一步 — by how much, and whether the words say up (1) or down (-1); 0: how many times as many."""

    by: Numeral
    way: int


class Change(NamedTuple):
    """增减 — the numbers that may be the one of now, the one of before, the steps behind them."""

    now: tuple[Decimal, ...]
    before: Numeral
    steps: tuple[Step, ...]


def check_changes(report: AnnualReport, passage: Passage) -> Iterator[Finding]:
    """增减核验 — one finding for each comparison that its own numbers contradict (条例 第五十条)."""
    last: Sentence | None = None
    for sentence in passage.sentences:
        if len(sentence.amounts) > 1:
            for change in _changes(report, sentence, last):
                yield from _judged(report, sentence, change)
            yield from _unstated(report, sentence)
        last = sentence


def same_share(percent: Numeral, ratio: Decimal) -> bool:
    """百分比相同 — whether a percentage as written, cut or rounded, is this ratio."""
    exponent = percent.value.as_tuple().exponent
    place = Decimal(1).scaleb(exponent) if isinstance(exponent, int) and exponent <= 0 else Decimal(1)
    return abs(ratio * 100 - percent.value) < max(TOLERANCE, place)


def _changes(report: AnnualReport, sentence: Sentence, last: Sentence | None) -> Iterator[Change]:
    amounts = sentence.amounts
    for at, before in enumerate(amounts):
        if before.approximate or not before.value:
            continue
        way, now, following = _now(report, sentence, at, last)
        if now is None:
            continue
        steps = [Step(amounts[at + 1], way)] if way else []
        steps += _steps(sentence, following)
        if steps and now:
            yield Change(now, before, tuple(steps))


def _now(
    report: AnnualReport, sentence: Sentence, at: int, last: Sentence | None
) -> tuple[int, tuple[Decimal, ...] | None, int]:
    """The way and the numbers of now, if the number at this place is one of before, and where the steps begin."""
    amounts, before = sentence.amounts, sentence.amounts[at]
    lead = _lead(sentence, at)
    is_before = _is_before(report, lead)
    after = amounts[at + 1] if at + 1 < len(amounts) else None
    if after is not None and _kind(after) == _kind(before) and not after.approximate:
        words = sentence.between(before, after)
        to = _TO.search(words)
        if to and (is_before or _FROM.search(lead)):
            return (1 if to["up"] else -1), (after.value,), at + 1
        said = _NOW.search(words)
        if is_before and said and not _BY.search(words) and (not said["year"] or int(said["year"]) == report.year):
            return 0, (after.value,), at + 1
    if not is_before:
        return 0, None, at
    return 0, _earlier(sentence, at, last), at


def _lead(sentence: Sentence, at: int) -> str:
    """The words between the number before and this one, up to the beginning of the clause."""
    amounts = sentence.amounts
    words = sentence.between(amounts[at - 1], amounts[at]) if at else sentence.text[: amounts[0].start]
    return _CLAUSE.split(words)[-1]


def _is_before(report: AnnualReport, lead: str) -> bool:
    found = _BEFORE.search(lead)
    if found is None or _CHANGED.search(lead):
        return False
    if found["year"] is None:
        return True
    return int(found["year"]) < report.year if report.year else bool(found["versus"])


def _kind(numeral: Numeral) -> str | None:
    return "%" if numeral.percent else unit_of(numeral) or numeral.unit


def _earlier(sentence: Sentence, at: int, last: Sentence | None) -> tuple[Decimal, ...]:
    """What may be compared: any number of the sentence so far, nearest first, or several of them together."""
    before = sentence.amounts[at]
    found = [n for n in sentence.amounts[:at] if _kind(n) == _kind(before)]
    if not found and last is not None:
        found = [n for n in last.amounts if _kind(n) == _kind(before)]
        found = found if len(found) == 1 else []
    if not found or any(n.approximate for n in found):
        return ()
    values = [n.value for n in reversed(found)]
    return tuple(dict.fromkeys([*values, *accumulate(values)]))


def _steps(sentence: Sentence, at: int) -> Iterator[Step]:
    amounts = sentence.amounts
    for one, by in zip(amounts[at:], amounts[at + 1 :], strict=False):
        words = sentence.between(one, by)
        said = _BY.search(words)
        # 两倍多: the word stands behind the unit.
        is_about = by.approximate or sentence.text.startswith(("多", "余", "左右"), by.end + len(by.unit or ""))
        if is_about or not (said or (by.unit == "倍" and _TIMES_OF.search(words))):
            return
        yield Step(by, 0 if said is None else 1 if said["up"] else -1)


def _judged(report: AnnualReport, sentence: Sentence, change: Change) -> Iterator[Finding]:
    faults = [[step for step in change.steps if not _is_right(now, change.before, step)] for now in change.now]
    place = min(range(len(faults)), key=lambda at: len(faults[at]))
    if faults[place]:
        yield _finding(report, sentence, change.now[place], change.before, faults[place][0])


def _is_right(now: Decimal, before: Numeral, step: Step) -> bool:
    by = step.by
    is_way = not step.way or now == before.value or (now > before.value) == (step.way > 0)
    if by.unit == "倍":
        times = now / before.value
        # 是上年的 3 倍 is so many times as many; 增长 2 倍 is written for both.
        return any(abs(times - less - by.value) < TIMES_NEAR for less in ((0, 1) if step.way else (0,)))
    if by.value == now:
        return is_way  # 由 480 增加到 520: the step is the number of now itself
    if by.percent:
        return is_way and (before.percent or same_share(by, abs(now - before.value) / before.value))
    if by.unit == "个百分点":
        return not before.percent or (is_way and by.value == abs(now - before.value))
    return is_way and (_kind(by) != _kind(before) or by.value == abs(now - before.value))


def _finding(report: AnnualReport, sentence: Sentence, now: Decimal, before: Numeral, step: Step) -> Finding:
    by, less = step.by, abs(now - before.value)
    values: dict[str, object] = {
        "section": sentence.passage.section,
        "quote": sentence.quote(0, by.end),
        "now": format(now, "f"),
        "before": format(before.value, "f"),
    }
    if step.way and now != before.value and (now > before.value) != (step.way > 0):
        ways = {True: "more", False: "fewer"}
        values |= {"said": called(ways[step.way > 0]), "is": called(ways[now > before.value])}
        return rules()["narrative.direction"].finding(report, (), values)
    values["found"] = format(by.value, "f")
    if by.percent:
        return growth(report, sentence, by, (less, before.value))
    right = now / before.value if by.unit == "倍" else less
    values["expected"] = format(right.quantize(Decimal("0.01")).normalize(), "f")
    return rules()["narrative.increase"].finding(report, (), values, expected=right, found=by.value)


def growth(report: AnnualReport, sentence: Sentence, percent: Numeral, ratio: tuple[Decimal, Decimal]) -> Finding:
    """增减幅度的发现 — a percentage of change that is not this part of this whole (条例 第五十条)."""
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
    return rules()["narrative.growth"].finding(report, (), values, expected=expected, found=percent.value)


def _unstated(report: AnnualReport, sentence: Sentence) -> Iterator[Finding]:
    """The number of before is not written: 9432 条，较上年减少 568 条，下降 5.7%."""
    amounts = sentence.amounts
    for at, by in enumerate(amounts[:-1]):
        lead, percent = _lead(sentence, at), amounts[at + 1]
        said, changed = _BY.search(sentence.between(by, percent)), _CHANGED.search(lead)
        if not (percent.percent and said and changed and _SINCE.search(lead)) or _is_before(report, lead):
            continue
        now = [n.value for n in amounts[:at] if _kind(n) == _kind(by)]
        if by.percent or percent.approximate or by.approximate or not now or not by.value:
            continue
        if not any(same_share(percent, ratio) for value in now if value for ratio in _grown(value, by.value)):
            whole = now[-1] - by.value if said["up"] else now[-1] + by.value
            if whole > 0:
                yield growth(report, sentence, percent, (by.value, whole))


def _grown(*values: Decimal) -> Iterator[Decimal]:
    """By how much one number is more than another, whichever of the two is last year's or the increase itself."""
    for a, b in permutations(values, 2):
        yield from (abs(a - b) / b, a / b, a / (a + b))
        if a != b:
            yield abs(a / (b - a))
