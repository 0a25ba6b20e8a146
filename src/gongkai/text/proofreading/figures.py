"""日期和数字 — days that do not exist, weekdays that are others, document numbers, digits, sums that do not add."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from decimal import Decimal

from gongkai.text.hit import Hit
from gongkai.text.numerals import Numeral, find_dates, find_numerals
from gongkai.text.proofreading.kinds import Slip, slip

_NUMBER = re.compile(
    r"(?P<body>[\u4e00-\u9fff]{2,12})\s?(?P<open>[\[〔（(【\uff3b{])\s?(?P<year>(?:19|20)\d{2})\s?(?P<close>[\]〕）)】\uff3d}])\s?"
    r"(?P<ordinal>第?)\s?(?P<zeros>0*)(?P<number>\d{1,5})\s?号"
)
_YEARS_OF_COURTS = re.compile(r"(?:判决书|裁定书|决定书|调解书|民初|行初|刑初)$")
_DAY = re.compile(r"(?<!\d)(\d{4})\s?年\s?(\d{1,2})\s?月\s?(\d{1,2})\s?[日号]")
_WEEKDAY = re.compile(r"\s?[（(]?\s?((?:星期|周|礼拜)([一二三四五六日天]))")
_WEEKDAYS = "一二三四五六日"
_LABELLED = re.compile(r"(?:成文日期|生成日期)[：:\s]*")
_MIXED = re.compile(r"(?<![0-9０-９])(?:[0-9]++[０-９]|[０-９]++[0-9])[0-9０-９]*")
_LETTERED = re.compile(r"(?<![A-Za-z0-9０-９])[0-9OoIl]{3,}(?![A-Za-z0-9０-９])")
_LOOKS = str.maketrans("OoIl", "0011")
_LEAST_DIGITS = 2
_SENTENCE = re.compile(r"[^。；;！？\n]+")
_OF_WHICH = "其中"
# A sum begins with its first figure: to begin anew at each of them would cost the square of a long one.
_EQUATION = re.compile(
    r"(?<![\d.+＋])(?<![+＋]\s)\d++(?:\.\d++)?(?:\s?[+＋]\s?\d++(?:\.\d++)?)++\s?[=\uff1d]\s?(\d+(?:\.\d+)?)(?![\d.])"
)
_FIGURE = re.compile(r"\d+(?:\.\d+)?")


def misnumbered_documents(text: str) -> Iterator[Hit]:
    """发文字号 — 云政办[2021]第012号 is 云政办〔2021〕12号 (GB/T 9704-2012)."""
    for match in _NUMBER.finditer(text):
        wrong = match["open"] != "〔" or match["close"] != "〕" or match["ordinal"] or match["zeros"]
        if wrong and not _YEARS_OF_COURTS.search(match["body"]):
            start = match.start("open")
            right = f"〔{match['year']}〕{match['number']}号"
            yield slip(Slip.DOCUMENT_NUMBER, start, text[start : match.end()], right)


def misdated(text: str, published_on: date | None) -> Iterator[Hit]:
    """日期 — impossible days, weekdays of other days, a text signed after it was published (条例 第六条)."""
    for match in _DAY.finditer(text):
        year, month, day = (int(part) for part in match.groups())
        try:
            value = date(year, month, day)
        except ValueError:
            yield slip(Slip.DATE, match.start(), match[0])
            continue
        said = _WEEKDAY.match(text, match.end())
        right = _WEEKDAYS[value.weekday()]
        if said and said[2].replace("天", "日") != right:
            fixed = said[1][:-1] + right
            hit = slip(Slip.WEEKDAY, said.start(1), said[1], right, date=match[0])
            yield hit._replace(mask=fixed)
    if published_on is not None:
        yield from _signed_later(text, published_on)


def _signed_later(text: str, published_on: date) -> Iterator[Hit]:
    """The date that stands alone on a line, or after its label."""
    for found in find_dates(text):
        line = text[text.rfind("\n", 0, found.start) + 1 : found.start]
        rest = text[found.end :].partition("\n")[0]
        alone = not line.strip() and not rest.strip()
        if (alone or _LABELLED.search(line)) and found.value > published_on:
            published = published_on.isoformat()
            yield slip(Slip.SIGNED_LATER, found.start, text[found.start : found.end], published=published)


def misdigited(text: str) -> Iterator[Hit]:
    """数字写法 — half of a number full-width; letters that look like digits (2O25年)."""
    for match in _MIXED.finditer(text):
        yield slip(
            Slip.DIGITS, match.start(), match[0], str.translate(match[0], {0xFF10 + n: 48 + n for n in range(10)})
        )
    for match in _LETTERED.finditer(text):
        digits = sum(sign.isdecimal() for sign in match[0])
        if _LEAST_DIGITS <= digits < len(match[0]):
            yield slip(Slip.LETTERS, match.start(), match[0], match[0].translate(_LOOKS))


def misadded(text: str) -> Iterator[Hit]:
    """合计 — 共 50 件，其中甲 20 件、乙 25 件: the parts do not come to the whole."""
    for match in _EQUATION.finditer(text):
        *parts, total = map(Decimal, _FIGURE.findall(match[0]))
        if sum(parts) != total:
            yield slip(Slip.EQUATION, match.start(), match[0], sum=sum(parts))
    for sentence in _SENTENCE.finditer(text):
        if _OF_WHICH in sentence[0]:
            yield from _sum_of(sentence[0], sentence.start())


def _sum_of(sentence: str, start: int) -> Iterator[Hit]:
    whole, _, rest = sentence.partition(_OF_WHICH)
    before = [numeral for numeral in find_numerals(whole) if _counts(numeral)]
    if not before:
        return
    total = before[-1]
    listed = rest.partition(_OF_WHICH)[0]
    parts = [numeral for numeral in find_numerals(listed) if _counts(numeral) and numeral.unit == total.unit]
    added = sum((part.value for part in parts), Decimal(0))
    if len(parts) > 1 and added != total.value:
        printed = sentence[total.start : total.end]
        yield slip(Slip.SUM, start + total.start, printed, total=_plain(total.value), sum=_plain(added))


def _counts(numeral: Numeral) -> bool:
    return bool(numeral.unit) and not numeral.percent and not numeral.approximate


def _plain(value: Decimal) -> str:
    return format(value.normalize(), "f")
