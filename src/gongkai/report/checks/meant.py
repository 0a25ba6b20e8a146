"""数说的是哪一项 — which claim a number of a sentence makes, by its words and paragraph (条例 第五十条)."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

from gongkai.report.checks.cases import outcome_of
from gongkai.report.checks.claims import Claim, Counted, claims, counted_cases
from gongkai.report.checks.lists import unit_of
from gongkai.report.checks.prose import Sentence
from gongkai.report.figures import AnnualReport
from gongkai.text.numerals import Numeral

COUNTED = frozenset("件条份宗起篇项个")
# The number in 2024 年 or 下一年 belongs to the words round another number.
TIMES = frozenset("年月日")
# What a paragraph is about was said within so many characters.
PARAGRAPH = 600
# From so many names on they are counted together.
PAIR = 2

_UNIT = re.compile(r"\s?(?:件次|条次|[件条份宗起篇项个次年月日%])?\s?[,;、:)\s]*")
_MARKS = re.compile(r"[,;、。()]")
_CLAUSE = re.compile(r"[^,:;#]*(?=#)")
_JOINTS = re.compile(r"、|以及|[和与及]")
# 两项共, 三类合计: how many are named.
_ITEMS = re.compile(r"[两二三四五2-5]\s?[项类者种](?=共|合计|总计|一共)")
_IN_ALL = re.compile(r"共|合计|总计")
_LAST = re.compile(r"[。;()\n]")
_OTHER_TIME = re.compile(
    r"近[两二三四五六七八九十\d]+年|去年|上一?年(?!度?[^,。;]{0,4}(?:结转|转来|延续))|同期|往年(?![^,。;]{0,4}(?:结转|未|遗留|转来|转入|延续))|历年|季度|上半年|下半年|(?<!今年)(?<!年初)(?<!本年)以来"
)
YEAR = re.compile(r"(20\d\d)\s?年(?!度?[^,。;]{0,4}结转)")
_MONTH = re.compile(r"(?<!\d)(\d{1,2})\s?月")


class Meant(NamedTuple):
    """所指 — a claim, the words round the number (`#`), and where they begin in the sentence."""

    claim: Counted
    words: str
    start: int


def paragraph_before(sentence: Sentence) -> str:
    """本段前文 — what the paragraph has said before this sentence."""
    passage = sentence.passage
    line = passage.text.rfind("\n", 0, sentence.start) + 1
    return passage.text[max(line, sentence.start - PARAGRAPH) : sentence.start]


def meant(report: AnnualReport, sentence: Sentence, numeral: Numeral) -> Meant | None:
    """数说的是哪一项 — the first claim that fits a number of this report's year, or None (条例 第五十条)."""
    unit = unit_of(numeral)
    fitting = [claim for claim in claims() if (unit in COUNTED if claim.unit is None else unit == claim.unit)]
    if not fitting or is_other_time(report, sentence.text[: numeral.end]):
        return None
    words, start = words_round(sentence, numeral)
    outcome = outcome_of(sentence, numeral, paragraph_before(sentence))
    if outcome:
        return Meant(counted_cases(*outcome), words, start) if outcome.result else None
    paragraph = f"{paragraph_before(sentence)}{sentence.text[:start]}"
    after = sentence.text[numeral.end :]
    claim = next((claim for claim in fitting if claim.fits(words, paragraph, after)), None)
    # After 其中, up to a semicolon, a number of requests received or answered is one of several.
    if claim is None or (claim.reading and "其中" in sentence.text[: numeral.start].rpartition(";")[2]):
        return None
    together = _together(fitting, claim, paragraph, words)
    return Meant(together, words, start) if together else None


def _together(fitting: Sequence[Claim], claim: Claim, paragraph: str, words: str) -> Counted | None:
    """不予公开、无法提供共 60 件: the sum of what is named, where the last name alone would be compared; None where
    others are added up with it that no table holds."""
    clause = _CLAUSE.search(words)
    names = _JOINTS.split(_ITEMS.sub("", clause[0])) if clause else []
    # 行政复议、行政诉讼相关案件 is of both already.
    is_whole = "等" in words or claim.reading or claim.exact[0][0].startswith("remedies.")
    if is_whole or len(names) < PAIR or "分别" in words or not claim.fits(f"{names[-1]}#", paragraph):
        return claim
    # 制发、废止行政规范性文件: what the first is of is said behind it.
    said = (paragraph, f"{paragraph}{words}")
    named = [next((one for text in said for one in fitting if one.fits(f"{name}#", text)), None) for name in names[:-1]]
    every = [one for one in named if one is not None and one != claim]
    if len(every) < len(named):
        return None if _IN_ALL.search(names[-1]) else claim
    whole = [*every, claim]
    return Counted(
        label="、".join(one.label for one in whole), exact=(tuple(term for one in whole for term in one.exact[0]),)
    )


def words_round(sentence: Sentence, numeral: Numeral) -> tuple[str, int]:
    """数前后的字 — the words before the number, `#`, the words after it; and where they begin."""
    text = sentence.text
    numbers = [n for n in sentence.numerals if n.end <= numeral.start and n.unit not in TIMES]
    last = max((n.end for n in numbers if not _ITEMS.match(text, n.start)), default=0)
    last = max((match.end() for match in _LAST.finditer(text, last, numeral.start)), default=last)
    after = _MARKS.search(text, numeral.end)
    following = next((n.start for n in sentence.numerals if n.start >= numeral.end and unit_of(n)), len(text))
    unit = _UNIT.match(text, last, numeral.start)
    words = f"{text[last : numeral.start]}#{text[numeral.end : min(following, after.start() if after else following)]}"
    return words, unit.end() if unit else last


def is_other_time(report: AnnualReport, text: str) -> bool:
    """是否别的时候 — whether the clause that ends here speaks of another year or of part of the year."""
    clause = text[max(text.rfind(mark) for mark in "。;") + 1 :]
    if _OTHER_TIME.search(clause) or any(match[1] not in ("1", "12") for match in _MONTH.finditer(clause)):
        return True
    years = {
        int(match[1]) for match in YEAR.finditer(clause) if not re.match(r"度?[^,。;]{0,4}结转", clause[match.end() :])
    }
    return report.year is not None and bool(years - {report.year})
