"""体例核验 — the six sections, their headings, the title and the fee statement (条例 第四十九条、第五十条)."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher
from itertools import pairwise

from gongkai.report.checks.bodies import is_place_alone
from gongkai.report.checks.finding import Finding
from gongkai.report.checks.prose import Passage
from gongkai.report.checks.rules import rules
from gongkai.report.figures import AnnualReport, Section
from gongkai.report.form import Edition, form
from gongkai.report.sections import signs
from gongkai.text.folding import squeeze

NUMBERS = "一二三四五六"
# 信息处理费 is reported in section six from this year on (收费办法, in force 2021-01-01; 年报格式).
FEES_SINCE = 2021
NEW_FORM_SINCE = 2021
# Sections one and five in fewer characters than this say nothing; the others may say 无.
SHORTEST = 12
TOLD = (1, 5)
# The title stands among the first lines; one or two of its words misprinted leave it like the form's.
TITLE_LINES, LONGEST_TITLE, LIKE_TITLE = 6, 80, 0.75

_YEAR = re.compile(r"20\d\d")
_SENTENCE_ENDS = re.compile(r"[。；;！!]")
_NUMBER = re.compile(r"[#*\s]*(?:\(?(?P<number>[一二三四五六七八1-8])\)?[、.,:]?|第(?P<part>[一二三四五六])部分:?)?")
_ABRIDGED = re.compile(r"略|…")
_FEE = re.compile(r"处理费|收费|费用|收取")
_OUTLINE = re.compile(r"(?m)^\s*[一二三四五六七八九十]{1,2}、[^。\n]{2,40}")


def check_structure(report: AnnualReport, passages: Sequence[Passage]) -> Iterator[Finding]:
    """体例核验 — title, sections, headings, fees; a report that is figures alone has none of them (条例 第五十条)."""
    if not passages and not report.sections:
        return
    if report.year is not None and report.year >= NEW_FORM_SINCE and report.edition is Edition.E2019:
        yield rules()["structure.old_form"].finding(report, (), {"year": report.year, "document": report.form.document})
    yield from _title(report)
    yield from _sections(report, passages)
    yield from _headings(report)
    yield from _empty(report)
    yield from _outline(report, passages)
    yield from _fees(report, passages)


def _title(report: AnnualReport) -> Iterator[Finding]:
    if report.year is None:
        yield rules()["structure.year_missing"].finding(report, (), {})
        return
    if report.title is None:
        yield from _misprinted(report)
        return
    title, agency = squeeze(report.title), report.agency or "机关名称"
    expected = report.form.title.format(agency=agency, year=report.year)
    # Shanghai and others print the year first; the words are the form's all the same.
    first = report.form.title.format(agency="", year=report.year).replace("年", f"年{squeeze(agency)}", 1)
    if title not in (squeeze(expected), first):
        values = {"found": report.title, "expected": expected}
        yield rules()["structure.title"].finding(report, (), values)
    elif is_place_alone(report.agency):
        yield rules()["structure.agency_name"].finding(report, (), {"agency": report.agency})


def _misprinted(report: AnnualReport) -> Iterator[Finding]:
    """A line at the top that is like the title of the form and is none for a misprint: 信息工开、年度报考."""
    agency = squeeze(report.agency or "")
    expected = squeeze(report.form.title.format(agency="", year=report.year))
    lines = [line for line in report.preface.split("\n") if line.strip()][:TITLE_LINES]
    for above, line in pairwise(["", *lines]):
        for printed in (line, f"{above}{line}") if above else (line,):
            words = squeeze(printed).strip("#*《》")
            found = words.removeprefix(agency) if agency else words[_name_ends(words) :]
            if found in (expected, "") or len(words) > LONGEST_TITLE or _SENTENCE_ENDS.search(words):
                continue
            matcher = SequenceMatcher(None, found, expected, autojunk=False)
            if matcher.ratio() >= LIKE_TITLE:
                values = {
                    "found": printed.strip(),
                    "expected": f"{report.agency or '机关名称'}{expected}",
                    "words": "、".join(_differences(matcher, found, expected)),
                }
                yield rules()["structure.title_misprint"].finding(report, (), values)
                return


def _name_ends(words: str) -> int:
    year = _YEAR.search(words)
    return year.start() if year else 0


def _differences(matcher: SequenceMatcher[str], found: str, expected: str) -> Iterator[str]:
    """What is printed otherwise, with a character on each side: “息工开”→“息公开”."""
    for tag, a, b, c, d in matcher.get_opcodes():
        if tag != "equal":
            before, after = min(a, c, 1), 1
            yield f"“{found[a - before : b + after]}”→“{expected[c - before : d + after]}”"


def _sections(report: AnnualReport, passages: Sequence[Passage]) -> Iterator[Finding]:
    headings = report.form.headings
    printed = [section.number for section in report.sections]
    missing = [n for n in range(1, len(headings) + 1) if n not in printed]
    moved = [n for n, after in pairwise(printed) if after <= n]
    if missing:
        lines = {heading_words(line) for passage in passages for line in passage.text.split("\n") if len(line) < 60}
        moved += [n for n in missing if headings[n - 1] in lines]
    for rule, numbers in (("section_missing", [n for n in missing if n not in moved]), ("section_order", moved)):
        if numbers:
            named = "、".join(f"“{NUMBERS[n - 1]}、{headings[n - 1]}”" for n in sorted(set(numbers)))
            yield rules()[f"structure.{rule}"].finding(report, (), {"sections": named})


def heading_words(heading: str) -> str:
    """标题的字 — a heading without its number."""
    return _NUMBER.sub("", squeeze(heading), count=1)


def _headings(report: AnnualReport) -> Iterator[Finding]:
    pairs = []
    for section in report.sections:
        if not 1 <= section.number <= len(NUMBERS):
            continue
        expected = report.form.headings[section.number - 1]
        accepted = {expected, form(Edition.E2021).headings[section.number - 1]}
        accepted |= {heading for heading in report.form.other_headings if heading.endswith(expected)}
        if heading_words(section.heading) not in accepted or _other_number(section):
            pairs.append(f"{section.heading}→{NUMBERS[section.number - 1]}、{expected}")
    if pairs:
        yield rules()["structure.heading"].finding(report, (), {"pairs": "；".join(pairs)})


def _other_number(section: Section) -> bool:
    """Whether another number is printed; a converter that lost the number is no fault of the report."""
    match = _NUMBER.match(squeeze(section.heading))
    printed = match and (match["number"] or match["part"])
    return bool(printed) and printed not in (NUMBERS[section.number - 1], str(section.number))


def _empty(report: AnnualReport) -> Iterator[Finding]:
    for section in report.sections:
        text = squeeze(_unsigned(report, section))
        if section.number == len(NUMBERS) and not text:
            values = {"section": section.number, "heading": section.heading}
            yield rules()["structure.section_blank"].finding(report, (), values)
        if section.number in TOLD and len(text) < SHORTEST and not _ABRIDGED.search(text):
            values = {"section": section.number, "heading": section.heading}
            if text:
                values |= {"quote": section.text.strip()}
            yield rules()[f"structure.section_{'empty' if text else 'blank'}"].finding(report, (), values)


def _unsigned(report: AnnualReport, section: Section) -> str:
    """The text of a section without the lines that sign the report."""
    lines = [line for line in section.text.split("\n") if line.strip()]
    while lines and section.number == len(NUMBERS) and signs(lines[-1], report.agency):
        lines.pop()
    return "\n".join(lines)


def _outline(report: AnnualReport, passages: Sequence[Passage]) -> Iterator[Finding]:
    headings = set(report.form.headings)
    for passage in passages:
        if not passage.section:
            continue
        for match in _OUTLINE.finditer(passage.text):
            if heading_words(match[0]) not in headings and "年度办理结果" not in match[0]:
                values = {"section": passage.section, "quote": passage.quote(*match.span())}
                yield rules()["structure.outline"].finding(report, (), values)
                break


def _fees(report: AnnualReport, passages: Sequence[Passage]) -> Iterator[Finding]:
    if report.year is None or report.year < FEES_SINCE or not any(s.number == len(NUMBERS) for s in report.sections):
        return
    if not any(_unsigned(report, s) for s in report.sections if s.number == len(NUMBERS)):
        return  # told already: the part is empty
    if any(_FEE.search(passage.text) for passage in passages if passage.section == len(NUMBERS)):
        return
    elsewhere = next(
        (
            (passage.section, sentence.quote(end=at + len("处理费")))
            for passage in passages
            for sentence in passage.sentences
            if (at := sentence.text.find("处理费")) >= 0
        ),
        None,
    )
    if elsewhere:
        values = {"section": elsewhere[0], "quote": elsewhere[1]}
        yield rules()["structure.fee_elsewhere"].finding(report, (), values)
    else:
        yield rules()["structure.fee_missing"].finding(report, (), {})
