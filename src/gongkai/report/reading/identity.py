"""报告名头 — whose report, of which year, when signed and published: from the title first (条例
第四十九条、第五十条)."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple

from gongkai.text.numerals import find_dates

_NAME = r"[^，。,;:?!、#*<>()\d]{2,45}"
_WHEN = r"\(?(?:(?:20)*(?P<year>20\d\d)|(?P<spelled>二[〇○零O0][〇○零O0一二三四五六七八九]{2}))(?:年度|年)\)?"
_OPENNESS = r"(?:(?:政府|政务)?信息公开|政务公开)"
_KIND = r"(?:工作)?(?:年度)?(?:工作)?(?:情况)?(?:的)?(?:年度)?(?:报告|年报|总结)[》)*]*"
_TITLES = tuple(
    re.compile(rf"[#*《(]*{words}")
    for words in (
        rf"(?:(?P<before>{_NAME}))?{_WHEN}(?P<after>{_NAME}?)??{_OPENNESS}{_KIND}(?:\(.{{0,12}}\))?",
        rf"(?P<before>{_NAME}?){_OPENNESS}(?:工作)?{_WHEN}{_KIND}(?P<after>)",
        rf"(?P<before>{_NAME}?){_OPENNESS}{_KIND}{_WHEN}(?P<after>)",
    )
)
_PERIOD = re.compile(r"(20\d\d)年1月1日.{0,8}12月31日")
_YEAR = re.compile(r"(?<!\d)(20[12]\d)年")
_PUBLISHED = re.compile(r"(?:发布|公开|发文|公布)(?:日期|时间)[:：]?")
_BODY = re.compile(r"[一-鿿]{2,30}(?:政府|办公室|办公厅|[局委厅院乡镇处会队]|街道|街道办事处|中心|管委会)")
_NOISE = re.compile(r"^(?:关于|公布|发布|印发|现将)+|^(?:首页|当前位置)[^一-鿿]*|(?:关于|的)$")
_NO_NAME = re.compile("公开|年报|首页|网站|栏目|报告")
_PLACED = re.compile(r".{1,12}?(?:[省市县区州旗盟镇乡]|街道)")
_SCRAP = re.compile(r"[一-鿿]{2,24}")  # what a line of a title holds
_DIGITS = str.maketrans("〇○零O一二三四五六七八九", "0000123456789")
_TOP = 40  # the title stands among the first passages
_TITLE_LINES = 4
_LONGEST_LINE = 300  # titles, signatures and dates stand in lines shorter than this
_LONGEST_SIGNATURE = 45
_DATE = re.compile(r"\d{4}[-./年]\d{1,2}[-./月]\d{1,2}日?|.{4}年.{1,2}月.{1,3}日")
_DAY = re.compile(r"[日号]|\d[-./]\d")
_LAST = 8  # the signature stands among the last passages


Found = tuple[str, str | None, int | None]
"""认到的题目 — its words, the body, the year."""
_BEGINS = re.compile(r"[#*]*(?:一|1)[、.．,，]?总体(?:工作)?情况|[#*]*一[、.．]")
_MOST_BEFORE, _LONGEST_TITLE, _SEVERAL = 400, 120, 2


class Identity(NamedTuple):
    """报告名头 — agency and title as printed, the report year, the dates as ISO."""

    agency: str | None
    year: int | None
    title: str | None
    signed_on: str | None
    published_on: str | None


def identify(passages: Sequence[str], words: Sequence[str]) -> Identity:
    """认报告名头 — from the squeezed passages in reading order, and `words`, cells of tables, where the passages
    have no title."""
    lines = [line for line in passages if len(line) <= _LONGEST_LINE]
    found = _of_the_article(lines) or _title(lines[:_TOP]) or _title(words[:_TOP])
    title, agency, year = found or (None, None, None)
    if agency is None:
        agency = _signer(lines)
    if year is None:
        whole = "\n".join(passages)
        period = _PERIOD.search(whole) or _YEAR.search(whole)
        year = int(period[1]) if period else None
    return Identity(agency, year, title, _signed_on(lines, year), _published_on([*lines, *words]))


def _of_the_article(lines: Sequence[str]) -> Found | None:
    """The title of the report itself, where lines before its text name several: a page links to the reports of other
    years and bodies. It is that of the year and the body of which the text speaks, else the last before the text."""
    start = next((at for at, line in enumerate(lines[:_MOST_BEFORE]) if _BEGINS.match(line)), 0)
    titles = [
        found for line in lines[:start] if "公开" in line and len(line) <= _LONGEST_TITLE and (found := _read(line))
    ]
    if len({found[1:] for found in titles}) < _SEVERAL:
        return None
    text = "\n".join(lines[start:])
    period = _PERIOD.search("\n".join(lines)) or _YEAR.search(text)
    year = int(period[1]) if period else None
    signer = _signer(lines) or ""
    ranked = enumerate(titles)
    return max(ranked, key=lambda one: (one[1][2] == year, bool(one[1][1]) and (one[1][1] or "") in signer, one[0]))[1]


def names_report(line: str) -> bool:
    """是否题目 — whether a squeezed line is the title of an annual report, with its year."""
    return "公开" in line and len(line) <= _LONGEST_TITLE and _read(line) is not None


def _read(line: str) -> Found | None:
    match = _match(line)
    if match is None:
        return None
    agency = _agency(match)
    return match[0].strip("#*《》"), agency if len(agency) > 1 else None, _year_of(match)


def _year_of(match: re.Match[str]) -> int:
    return int(match["year"] or match["spelled"].translate(_DIGITS))


def _title(lines: Sequence[str]) -> Found | None:
    nameless = None
    for text, above in _windows(lines):
        match = _match(text)
        if not match:
            continue
        agency = _agency(match)
        whole = _match(above + text) if agency and above and not _PLACED.match(agency) else None
        if whole and len(_agency(whole)) > len(agency):
            match, agency = whole, _agency(whole)
        year = _year_of(match)
        if len(agency) >= 2:
            return match[0].strip("#*《》"), agency, year
        nameless = nameless or (match[0].strip("#*《》"), None, year)
    return nameless


def _match(text: str) -> re.Match[str] | None:
    for title in _TITLES:
        match = title.fullmatch(text) or (title.search(text) if len(text) <= 60 else None)
        if match and len(match[0]) >= 0.6 * len(text):
            return match
    return None


def _agency(match: re.Match[str]) -> str:
    name = _NOISE.sub("", match["before"] or match["after"] or "")
    return "" if _NO_NAME.search(name) else name


def _windows(lines: Sequence[str]) -> Iterator[tuple[str, str]]:
    """Single lines before joined ones: a title is cut over lines less often than a line stands before it. With each the
    line above, where that may be the first half of a name."""
    for count in range(1, _TITLE_LINES + 1):
        for start in range(len(lines) - count + 1):
            text = "".join(lines[start : start + count])
            if len(text) <= 120 and "公开" in text:
                above = lines[start - 1].lstrip("#*") if start else ""
                yield text, above if _SCRAP.fullmatch(above) and not _NO_NAME.search(above) else ""


def _signer(lines: Sequence[str]) -> str | None:
    tail = lines[-_LAST:]
    return next((line for line in reversed(tail) if _BODY.fullmatch(line)), None)


def _signed_on(lines: Sequence[str], year: int | None) -> str | None:
    """The date that stands alone under the report or under its title; dates inside sentences are not signatures, nor is
    the date on which the page was published."""
    ends = [*range(len(lines) - 1, max(len(lines) - _LAST, 0) - 1, -1), *range(min(_TITLE_LINES, len(lines)))]
    for at in ends:
        line = lines[at]
        if len(line) > _LONGEST_SIGNATURE or not _DAY.search(line) or (at and _PUBLISHED.search(lines[at - 1])):
            continue
        for written in find_dates(line):
            rest = line[: written.start] + line[written.end :]
            is_alone = len(rest) <= 2 or _BODY.fullmatch(rest.strip("()"))
            if is_alone and (year is None or written.value.year >= year):
                return written.value.isoformat()
    return None


def _published_on(lines: Sequence[str]) -> str | None:
    for line, following in pairwise([*lines, ""]):
        match = _PUBLISHED.search(line)
        if match:
            for text in (line[match.end() : match.end() + 24], following if len(following) <= 24 else ""):
                # Without its spaces a time of day runs into the day: 2024-01-2009:30.
                day = _DATE.search(text)
                if day and (dates := find_dates(day[0])):
                    return dates[0].value.isoformat()
    return None
