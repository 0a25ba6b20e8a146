"""编排年报 — title, preface, six parts with their tables, signature, the note on what is uncertain (条例 第五十条)."""

from __future__ import annotations

import re
from collections.abc import Iterator

from gongkai.documents.writing.manuscript import Block, Manuscript, Style, Text
from gongkai.report.figures import AnnualReport, Section
from gongkai.report.writing.notes import notes
from gongkai.report.writing.signature import parted, signature
from gongkai.report.writing.tables import TABLES
from gongkai.text.folding import squeeze

_NUMERALS = "一二三四五六"
_NO_AGENCY, _NO_YEAR = "（机关名称）", "××××"
_SUBHEADING = re.compile(r"（[一二三四五六七八九十]{1,3}）[^。；：！？]{1,28}")
_SENTENCE = re.compile("[。，,；;]")
_TITLE_LINES = 4
_TITLE_WIDTH = 20  # characters of 二号 on a line


def compose(report: AnnualReport) -> Manuscript:
    """编排年报 — the report as a manuscript in the official form (条例 第五十条第二款)."""
    title = title_of(report)
    return Manuscript(title, report.agency or "", tuple(_blocks(report, title)))


def title_of(report: AnnualReport) -> str:
    """标题 — as printed, or as the form has it."""
    if report.title:
        return report.title
    return report.form.title.format(agency=report.agency or _NO_AGENCY, year=report.year or _NO_YEAR)


def _in_lines(title: str, agency: str) -> str:
    """A long title broken after the name of the body, not in the middle of a word (GB/T 9704—2012 7.3.1)."""
    if len(title) > _TITLE_WIDTH and title.startswith(agency) and len(title) > len(agency):
        return f"{agency}\n{title.removeprefix(agency)}"
    return title


def _blocks(report: AnnualReport, title: str) -> Iterator[Block]:
    yield Text(_in_lines(title, report.agency or _NO_AGENCY), Style.TITLE)
    yield from _paragraphs(preface(report, title))
    signed = signature(report)
    last = max((section.number for section in report.sections), default=0)
    for section in _sections(report):
        yield Text(section.heading, Style.HEADING)
        text = section.text
        if section.number == last:
            text, found = parted(text, report.agency)
            signed = found or signed
        yield from _paragraphs(text)
        if section.number in TABLES and section.heading:
            name, table = TABLES[section.number]
            yield table(report)
            yield from (Text(note.text, Style.NOTE) for note in report.table_notes if note.table == name)
    yield from (Text(line, Style.SIGNATURE) for line in signed)
    yield from (Text(note, Style.NOTE) for note in notes(report))


def _sections(report: AnnualReport) -> Iterator[Section]:
    """The six parts in order, each with the heading that it has, or the form's; twice there is joined."""
    for number, wanted in enumerate(report.form.headings, 1):
        found = [section for section in report.sections if section.number == number]
        heading = found[0].heading if found else f"{_NUMERALS[number - 1]}、{wanted}"
        yield Section(number, heading, "\n".join(section.text for section in found if section.text))
    yield from (section for section in report.sections if section.number not in range(1, len(report.form.headings) + 1))


def preface(report: AnnualReport, title: str) -> str:
    """前言 — what stands between title and first part; the title itself, and what a page prints over it, left out."""
    lines = report.preface.split("\n")
    wanted = squeeze(title)
    for start in range(len(lines)):
        for end in range(start + 1, min(start + _TITLE_LINES, len(lines)) + 1):
            over, found, after = squeeze("".join(lines[start:end])).partition(wanted)
            # A sentence that names the report, 现公布…年度报告, is no title.
            if found and not _SENTENCE.search(over + after):
                return "\n".join(lines[end:])
    return report.preface


def _paragraphs(text: str) -> Iterator[Text]:
    for line in text.split("\n"):
        if line.strip():
            yield Text(line, Style.SUBHEADING if _SUBHEADING.fullmatch(line.strip()) else Style.BODY)
