"""表四的率 — rates of results of table four: 行政复议被纠正 6 件，纠正率 12.5% (条例 第五十条第一款第三项)."""

from __future__ import annotations

import re
from collections.abc import Sequence
from decimal import Decimal

from gongkai.report.checks.cases import outcome_of
from gongkai.report.checks.changes import same_share
from gongkai.report.checks.claims import value_of
from gongkai.report.checks.lists import unit_of
from gongkai.report.checks.prose import Sentence
from gongkai.report.figures import AnnualReport
from gongkai.text.numerals import Numeral

RESULTS = {"维持": "upheld", "纠正": "corrected", "纠错": "corrected"}
RATE = re.compile(r"([^\d,、。;()]{2})(?:率|比例|比重)[为达到约是]*\s?$")

_CASES = re.compile("复议|诉讼")
_DIRECT_OR_AFTER = re.compile("未经(?:行政)?复议|复议后")


def wrong_rate(
    report: AnnualReport, sentence: Sentence, percent: Numeral, counts: Sequence[Numeral]
) -> tuple[Decimal, Decimal] | None:
    """表四的率 — part and whole, if this rate of a result contradicts them: the number of all cases is written before
    it, or that of the cases with the result."""
    rate = RATE.search(sentence.text[: percent.start])
    column = RESULTS.get(rate[1]) if rate else None
    if rate is None or column is None:
        return None
    row = _row(report, sentence, column, counts)
    if row is None and rate[1] not in sentence.text[: rate.start()]:
        row = _named(sentence, rate.start())
    if row is None:
        return None
    part, whole, decided = (
        value_of(report, terms)
        for terms in ([f"{row}.{column}"], [f"{row}.total"], [f"{row}.total", f"-{row}.pending"])
    )
    if not (part and whole and decided and whole[0] and {part[0], whole[0]} & {n.value for n in counts}):
        return None
    wholes = [whole[0], decided[0], *(n.value for n in counts)]
    is_right = any(one and same_share(percent, part[0] / one) for one in wholes)
    return None if is_right else (part[0], whole[0])


def _row(report: AnnualReport, sentence: Sentence, column: str, counts: Sequence[Numeral]) -> str | None:
    """The cases whose number with this result is the last one written, if it is what the table says."""
    if not counts or unit_of(counts[-1]) != "件":
        return None
    said = outcome_of(sentence, counts[-1])
    if said is None or said.result != column:
        return None
    rows = [f"remedies.{kind}" for kind in said.kinds]
    parts = {row: value_of(report, [f"{row}.{column}"]) for row in rows}
    fitting = [row for row, part in parts.items() if part and part[0] == counts[-1].value]
    return fitting[0] if len(fitting) == 1 else None


def _named(sentence: Sentence, end: int) -> str | None:
    """The cases that the sentence names, where it names those of one kind only."""
    spoken = {m[0] for m in _CASES.finditer(sentence.text, 0, end)}
    if len(spoken) != 1 or _DIRECT_OR_AFTER.search(sentence.text, 0, end):
        return None
    return "remedies.reconsideration" if spoken == {"复议"} else "remedies.litigation_*"
