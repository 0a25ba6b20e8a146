"""文中的整体 — the one number of the text that a share is of, where no 其中 leads to it (条例 第五十条)."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from decimal import Decimal
from itertools import accumulate

from gongkai.report.checks.changes import same_share
from gongkai.report.checks.lists import unit_of
from gongkai.report.checks.prose import Sentence
from gongkai.text.numerals import Numeral

# What was looked at and what of it is so: 抽查 120 份，存在瑕疵的 15 份.
PAIR = 2
# No section of a report has more sentences.
FAR = 200

# Words of a whole that say no more than that it is one.
_NO_NAME = re.compile(r"总|全部|所有|数量|数|量|件|条|场次|次|比例?|的|年度?|内|本|全|比重|当年|该|同类|各类|其中?")
_OTHER_TIME = re.compile(r"上一?年|去年|同期|20\d\d\s?年|比|较|增|减|以来|往年|累计")
_OF_WHICH = re.compile(r"^[^,、;()]{0,10}[,、;]?[^,、;()]{0,24}的$")
_ITS = re.compile(r"^其中|中,?$")
_JOINED = re.compile(r"^[、和与及]|另|同时|此外|分别")


def stated_whole(sentence: Sentence, counts: Sequence[Numeral], named: str) -> Decimal | None:
    """文中的整体 — the one whole of the last of these counts: named in an earlier sentence, or looked at in this."""
    count, words = counts[-1], _NO_NAME.sub("", named)
    if not named:
        return _looked_at(sentence, counts)
    alike = [n for n in counts[:-1] if unit_of(n) == unit_of(count) and n.value >= count.value]
    if alike or not (words or _ITS.search(sentence.text[: count.start])):
        return None
    return _said_before(sentence, count, words)


def _looked_at(sentence: Sentence, counts: Sequence[Numeral]) -> Decimal | None:
    """Two counts of one unit, the second of what is so of the first: 检查账号 50 个，更新不及时的 4 个."""
    alike = [n for n in counts if unit_of(n) == unit_of(counts[-1])]
    if len(alike) != PAIR or any(n.approximate for n in alike) or alike[0].value < alike[1].value:
        return None
    whole, part = alike
    lead, between = sentence.text[: whole.start], sentence.between(whole, part)
    is_part = _OF_WHICH.search(between) and not _JOINED.search(between)
    return whole.value if is_part and not lead.endswith("的") and whole.value else None


def _said_before(sentence: Sentence, count: Numeral, words: str) -> Decimal | None:
    """The number that the text before calls so, if it calls only one so; else that of the sentence just before."""
    earlier = _near(sentence, 0)
    called = [(s, n.value) for s in earlier for n in _called(s, count, words)]
    values = {value for _, value in called}
    # Of several, that of the sentence just before, or that of which the text has said that this is a part.
    for narrower in ([s for s in earlier if any(n.value == count.value for n in s.amounts)], earlier[-1:]):
        if len(values) > 1:
            values = {value for s, value in called if s in narrower} or values
    return values.pop() if len(values) == 1 else None


def _near(sentence: Sentence, after: int) -> Sequence[Sentence]:
    """The sentences before this one, and so many from it on; a file of endless sentences must not cost minutes."""
    every = sentence.passage.sentences
    at = bisect_left(every, sentence.start, key=lambda one: one.start)
    return every[max(0, at - FAR) : at + after]


def _called(sentence: Sentence, count: Numeral, words: str) -> Iterator[Numeral]:
    at = 0
    for n in sentence.amounts:
        lead = sentence.text[at : n.start]
        at = n.end
        is_alike = unit_of(n) == unit_of(count) and not n.approximate and n.value >= count.value
        if is_alike and not _OTHER_TIME.search(lead) and _holds(lead, words):
            yield n


def _holds(text: str, words: str) -> bool:
    """Whether the text holds these characters in their order: 公开各类政府信息 is called 公开信息."""
    left = iter(text)
    return all(char in left for char in words)


def is_of_any(sentence: Sentence, counts: Sequence[Numeral], percent: Numeral) -> bool:
    """是否另有整体 — whether any number of the section, or all counts of the sentence, make the share right."""
    count = counts[-1]
    alike = [n for s in _near(sentence, FAR) for n in s.amounts if unit_of(n) == unit_of(count)]
    sums = accumulate(n.value for n in counts if unit_of(n) == unit_of(count))
    wholes = [*(n.value for n in alike), *sums]
    return any(whole > count.value and same_share(percent, count.value / whole) for whole in wholes)
