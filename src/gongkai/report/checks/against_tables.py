"""文字与表格核验 — numbers in prose against the tables, all occurrences (条例 第五十条).

A number that fits another row, or that one office says of itself in a report on a whole county, is a note that says
which reading fits; sub-counts, other years and parts of a year are nothing to compare.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal

from gongkai.law.annual_report import Publisher
from gongkai.report.checks.bodies import publisher
from gongkai.report.checks.claims import Counted, cell_of, figures_of, value_of
from gongkai.report.checks.finding import Finding
from gongkai.report.checks.lists import unit_of
from gongkai.report.checks.meant import YEAR, Meant, is_other_time, meant, paragraph_before
from gongkai.report.checks.prose import Passage, Sentence
from gongkai.report.checks.rules import called, rules
from gongkai.report.figures import AnnualReport
from gongkai.report.naming import cells
from gongkai.text.numerals import Numeral, find_numerals

# 20 余件 may be up to half as many more.
ROUGHLY = Decimal("1.5")
NOT_UPHELD = ("corrected", "other", "pending")

_TOPIC = re.compile(r"申请|复议|诉讼|规范性文件|案件")
_ITS_PART = re.compile(r"其中:?,?")
_OF_OPENNESS = re.compile(r"信息公开|公开类|公开引")
_REASON = re.compile(r"因|属于?|涉及|(?<!予)以|由于|理由")
_OFFICE = re.compile(r"办公[室厅]|政府办|本级|本办|我办|局|部门|本单位|我单位")
_WHOLE = re.compile(r"全[县区市镇乡省州旗]|各[县区市镇乡级]|[县区市]直")
_NONE = re.compile(
    r"(?:未|没有?|无|尚未)(?:曾)?(?:收到|接到|受理|接收)[^,。;]{0,30}申请|(?:^|[,。;:])[^,。;]{0,12}(?<!有)无(?:依申请公开|政府信息公开申请)"
)
_NOT_NONE = re.compile(r"复议|诉讼|投诉|举报|逾期|超期|异议|意见|补正|信访|以外|[^,。;]类(?:的)?(?:政府信息公开)?申请")
_NO_CASES = re.compile(
    r"(?:未|没有|无|尚未)(?:曾)?(?:发生|出现|产生|收到|被|因|有)?[^,。;]{0,24}(复议|诉讼)(?:[、和及或,]?(?:被)?(?:提起)?(?:行政)?(诉讼))?"
    r"(?:的)?(?:案件|情况|情形|申请|事项)?(?=[,。;\n]|$)"
)
_UPHELD = re.compile(r"(?:均|全部|都)(?:已)?(?:获|被|予以|为|得到|获得)?维持")
_NO_DEFEAT = re.compile(r"零(?:败诉|纠错)|(?:未|没有|无)[^,。;]{0,30}(?:纠错|败诉|纠正|撤销)")


def check_against_tables(report: AnnualReport, passage: Passage) -> Iterator[Finding]:
    """文字与表格核验 — one finding for each number that no reading of its row explains (条例 第五十条)."""
    for sentence in passage.sentences:
        for numeral in sentence.amounts:
            said = meant(report, sentence, numeral)
            if said:
                yield from _number(report, sentence, numeral, said)
        if _TOPIC.search(sentence.text) or _TOPIC.search(paragraph_before(sentence)):
            yield from _nothing(report, sentence)
            yield from _outcome(report, sentence)


def _number(report: AnnualReport, sentence: Sentence, numeral: Numeral, said: Meant) -> Iterator[Finding]:
    claim, words, start = said
    values = list(figures_of(claim, report))
    if not values or any(_means(sentence, numeral, value) for value, _ in values):
        return
    if claim.beside and not _is_beside(report, sentence, numeral, claim):
        return
    if _has_part(sentence, numeral, [value for value, _ in values]):
        return
    expected, figures = values[0]
    if any(report.units.get(address) == "unknown" for address in figures):
        return
    told: dict[str, object] = {
        "section": sentence.passage.section,
        "quote": sentence.quote(start, numeral.end),
        "label": claim.label,
        "found": sentence.text[numeral.start : numeral.end],
        "expected": format(expected, "f"),
    }
    rule, more = _reading(report, sentence, numeral, claim, expected)
    if rule == "narrative.one_cell" and _REASON.search(words) and "等" not in words:
        return
    yield rules()[rule].finding(report, figures, {**told, **more}, expected=expected, found=numeral.value)


def _is_beside(report: AnnualReport, sentence: Sentence, numeral: Numeral, claim: Counted) -> bool:
    """Whether the number of all such cases, or of others with a result, is given before it as the table has it."""
    wholes = [found[0] for terms in claim.beside if (found := value_of(report, terms))]
    before = [n for n in sentence.numerals if n.end <= numeral.start]
    stated = [*find_numerals(paragraph_before(sentence)), *before]
    return any(n.value in wholes and n.value for n in stated) or any(_is_stated(report, sentence, n) for n in before)


def _is_stated(report: AnnualReport, sentence: Sentence, numeral: Numeral) -> bool:
    said = meant(report, sentence, numeral) if numeral.value else None
    if said is None or not said.claim.beside:
        return False
    return any(numeral.value == value for value, _ in figures_of(said.claim, report))


def _has_part(sentence: Sentence, numeral: Numeral, values: Sequence[Decimal]) -> bool:
    """Whether the number is a whole of which the table counts a part: 复议案件 32 件，其中因政府信息公开引发的 5 件; or
    one of several years."""
    mark = _ITS_PART.search(sentence.text, numeral.end)
    if mark is None:
        return False
    parts = [n for n in sentence.numerals if n.start >= mark.end() and unit_of(n)]
    is_named = bool(_OF_OPENNESS.search(sentence.text, mark.end()))
    return bool(YEAR.match(sentence.text, mark.end())) or bool(
        is_named and parts and any(_means(sentence, parts[0], value) for value in values)
    )


def _means(sentence: Sentence, numeral: Numeral, value: Decimal) -> bool:
    if numeral.unit == "元":
        # The table has 万元; 1.2 亿元 is as exact as it is written.
        shown = sentence.text[numeral.start : numeral.end]
        scale = next((size for mark, size in (("亿", 8), ("万", 4)) if mark in shown), 0)
        decimals = len(shown.partition(".")[2].rstrip("亿万"))
        return abs(numeral.value - value * 10**4) < Decimal(10) ** (scale - decimals)
    if numeral.approximate:
        return numeral.value / ROUGHLY <= value <= numeral.value * ROUGHLY
    return numeral.value == value


def _reading(
    report: AnnualReport, sentence: Sentence, numeral: Numeral, claim: Counted, expected: Decimal
) -> tuple[str, dict[str, object]]:
    """Which rule tells it: another row that fits, another scope, one cell for the whole, or plainly another number."""
    reading = value_of(report, claim.reading) if claim.reading else None
    if reading and _means(sentence, numeral, reading[0]):
        return "narrative.reading", {"read_as": claim.read_as}
    scope = _scope(report, sentence.text[: numeral.start])
    if scope and (numeral.value < expected) == (scope[1] == "whole"):
        return "narrative.scope", {"said": called(scope[0]), "covered": called(scope[1])}
    cell = cell_of(report, claim.cells, numeral.value) if numeral.value else None
    if cell:
        return "narrative.one_cell", {"cell": cells(report.form, [cell])}
    return "narrative.table", {}


def _scope(report: AnnualReport, text: str) -> tuple[str, str] | None:
    """What the sentence counts and what the report covers, where they are not the same."""
    body = publisher(report.agency)
    if body is Publisher.GOVERNMENT and _OFFICE.search(text):
        return "office", "whole"
    return ("whole", "office") if body is Publisher.DEPARTMENT and _WHOLE.search(text) else None


def _nothing(report: AnnualReport, sentence: Sentence) -> Iterator[Finding]:
    for pattern, unless, label, terms in (
        (_NONE, _NOT_NONE, "一、本年新收", ["applications.received.total"]),
        (_NO_CASES, _NO_DEFEAT, "表四各类案件", None),
    ):
        match = pattern.search(sentence.text)
        if not match or unless.search(sentence.text) or is_other_time(report, sentence.text[: match.end()]):
            continue
        found = value_of(report, terms or _rows(match[0], "total"))
        if found and found[0] > 0 and not _scope(report, sentence.text):
            values = {
                "section": sentence.passage.section,
                "quote": sentence.quote(end=match.end()),
                "label": label,
                "expected": format(found[0], "f"),
            }
            yield rules()["narrative.nothing"].finding(report, found[1], values, expected=found[0], found=0)


def _rows(words: str, column: str) -> list[str]:
    """The rows of table four that words speak of; 未经复议直接起诉 and 复议后起诉 are lawsuits."""
    words = re.sub(r"未经(?:行政)?复议|复议后", "", words)
    rows = [f"remedies.reconsideration.{column}"] if "复议" in words else []
    return rows + ([f"remedies.litigation_*.{column}"] if "诉" in words else [])


def _outcome(report: AnnualReport, sentence: Sentence) -> Iterator[Finding]:
    for pattern, mark, columns in (
        (_UPHELD, ";", ("corrected", "other", "pending")),
        (_NO_DEFEAT, ",", ("corrected",)),
    ):
        match = pattern.search(sentence.text)
        if not match or not re.search("复议|诉", sentence.text[: match.end()]):
            continue
        clause = sentence.text[sentence.text.rfind(mark, 0, match.start()) + 1 : match.end()]
        counts = [value_of(report, rows) for column in columns if (rows := _rows(clause, column))]
        cases = [a for found in counts if found and found[0] > 0 for a in found[1] if report.figures.get(a)]
        if cases and not is_other_time(report, clause):
            values = {
                "section": sentence.passage.section,
                "quote": sentence.quote(end=match.end()),
                "cases": "、".join(f"{cells(report.form, [a], table=False)} {report.figures[a]}" for a in cases),
            }
            yield rules()["narrative.outcome"].finding(report, tuple(cases), values)
