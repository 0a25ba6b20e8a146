"""年报文字 — the six sections as sentences, folded to be compared, quoted as printed (条例 第五十条)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from itertools import accumulate

from gongkai.report.figures import AnnualReport
from gongkai.text.folding import fold, fold_with_map
from gongkai.text.numerals import Numeral, find_numerals

# A quotation is at most this long; longer ones are cut where a clause begins.
QUOTE = 40
# Nobody writes a sentence of more characters; a file of one endless line must not cost minutes.
_SENTENCE = re.compile(r"[^。!?\n]{1,2000}[。!?]?")
_CLAUSE_ENDS = ",;:、(。"
# 2023年, 6月, 第3位: when, or which one; nothing is counted.
_TIMES = frozenset("年月日号")


@dataclass(frozen=True)
class Passage:
    """一段文字 — one section's text (0: what stands before the first), `printed` as in the source."""

    section: int
    printed: str

    @cached_property
    def text(self) -> str:
        """归一文字 — folded, so that 、（）： and digits have one way of writing."""
        return fold(self.printed)

    @cached_property
    def sentences(self) -> tuple[Sentence, ...]:
        """句子 — in order; a line end ends a sentence."""
        return tuple(Sentence(self, m.start(), m[0]) for m in _SENTENCE.finditer(self.text))

    def quote(self, start: int, end: int) -> str:
        """引文 — the characters of `text` from `start` to `end` as printed, at most QUOTE of them, the end kept."""
        cut = max(start, end - QUOTE)
        if cut > start:
            cut = next((at + 1 for at in range(cut - 1, end - QUOTE // 2) if self.text[at] in _CLAUSE_ENDS), cut)
        if len(self.text) == len(self.printed):
            return self.printed[cut:end].strip()
        where = fold_with_map(self.printed).positions
        return self.printed[where[cut] : where[end - 1] + 1].strip()


@dataclass(frozen=True)
class Sentence:
    """一句话 — folded; `start` is where it stands in the passage."""

    passage: Passage
    start: int
    text: str

    @cached_property
    def numerals(self) -> tuple[Numeral, ...]:
        """句中的数 — left to right, positions within the sentence."""
        return tuple(find_numerals(self.text))

    @cached_property
    def amounts(self) -> tuple[Numeral, ...]:
        """句中的数量 — the numbers that count or measure something: no years, days and ranks."""
        return tuple(
            n for n in self.numerals if n.unit not in _TIMES and not self.text[: n.start].rstrip().endswith("第")
        )

    def between(self, one: Numeral, other: Numeral) -> str:
        """两数之间 — the words after one number and its unit, up to the other."""
        return self.text[one.end : other.start].strip().removeprefix(one.unit or "")

    @cached_property
    def depths(self) -> tuple[int, ...]:
        """括号层次 — how many brackets each character stands in."""
        return tuple(accumulate((char == "(") - (char == ")") for char in self.text))

    def quote(self, start: int = 0, end: int | None = None) -> str:
        """引文 — this stretch of the sentence as printed, at most QUOTE characters, up to the end of its clause."""
        end = len(self.text) if end is None else end
        while end < len(self.text) and self.text[end] not in _CLAUSE_ENDS:
            end += 1
        return self.passage.quote(self.start + start, self.start + end)


def passages(report: AnnualReport) -> Iterator[Passage]:
    """年报文字 — what stands before the first section, then every section, those without text left out."""
    if report.preface:
        yield Passage(0, report.preface)
    for section in report.sections:
        if section.text:
            yield Passage(section.number, section.text)
