"""单元格的值 — dates, numbers and words of a list as offices write them; what is not certain is named, never guessed.

A date is read from text, from the count of days of a spreadsheet, and without its year where another column has that.
"""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Sequence
from datetime import date, timedelta
from functools import lru_cache

from gongkai.text.folding import fold
from gongkai.text.quoted import Quoted

NOTHING = frozenset(
    {"", "-", "--", "---", "/", "\\", "无", "暂无", "空", "空白", "n/a", "na", "无此项", "不涉及", "不适用"}
)
"""空白 — ways to write that a cell says nothing; 0 is a number."""

_NOT_YET = re.compile("(?:(?:尚|还|暂)?未|(?:还|暂)?没有|尚无|待)[一-鿿]{0,5}|(?:正在)?办理中|正在办理|在办|否|×")
_ERROR = re.compile(r"#(?:[A-Z0-9/]+[!?]?|#+)", re.IGNORECASE)
_TIME = re.compile(
    r"(?<=[\d日号)])(?:T|\s+|(?<=[日号])\s*|\s*(?=[上下中]午))(?:[上下中]午\s*)?"
    r"\d{1,2}(?::\d{2}(?::\d{2}(?:\.\d+)?)?(?:Z|[+-]\d{2}:?\d{2})?|[时点](?:\d{1,2}分?|半|整)?)\s*$"
)
_WEEKDAY = re.compile(
    r"\s*\(?(?:(?:星期|周|礼拜)[一二三四五六日天])?\s*(?:上午|下午|早上|晚上|[ap]m)?\)?\s*$", re.IGNORECASE
)
_JOIN = r"\s*[-./,、。\\·•‧—–\u2212\u2010]\s*"
_FULL = re.compile(rf"(\d{{4}}|\d{{2}})(?:{_JOIN}|\s*年\s*)(\d{{1,2}})(?:{_JOIN}|\s*月\s*)(\d{{1,2}})\s*[日号]?[.。]?")
_SHORT = re.compile(rf"(\d{{2}}){_JOIN}(\d{{1,2}}){_JOIN}(\d{{2}})")
_TOGETHER = re.compile(r"((?:19|20)\d{2}|\d{2})(\d{2})(\d{2})")
_YEAR_LAST = re.compile(rf"(\d{{1,2}}){_JOIN}(\d{{1,2}}){_JOIN}(\d{{4}})")
_SPACED = re.compile(r"(\d{4})\s+(\d{1,2})\s+(\d{1,2})")
_ENGLISH = re.compile(r"(?:(\d{1,2})[-/\s]+([a-z]{3,9})\.?|([a-z]{3,9})\.?\s+(\d{1,2}))[-/,\s]+(\d{4})", re.IGNORECASE)
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_NO_YEAR = re.compile(r"(\d{1,2})\s*(?:月\s*|([-/.])\s*)(\d{1,2})\s*[日号]?")
_WRAPPED = re.compile(r"\((.*)\)|['‘`](.*)")
_UNSEEN = re.compile("[\u200b-\u200f\u2060\ufeff]")
_NO_DAY = re.compile(rf"(?:\d{{4}}|\d{{2}})(?:年|{_JOIN})\d{{1,2}}月?")
_SERIAL = re.compile(r"(\d{5})(?:\.\d+)?")
_FIRST_SERIAL, _EPOCH = 18_264, date(1899, 12, 30)
_YEARS = range(1950, 2100)
_LEAP = 2024
_CHINESE = "〇○零一二三四五六七八九"
_DIGITS = str.maketrans(_CHINESE, "000123456789")
_CHINESE_DATE = re.compile(
    f"(?:([{_CHINESE}]{{4}}|[{_CHINESE}]{{2}})年)?([{_CHINESE}十]{{1,3}})月([{_CHINESE}十]{{1,3}})[日号]"
)
_PART_OF_DAY = re.compile(r"(\d{1,4})(?:\.0)?\s*(?:年|月份?|日|号)?")
_MARKS = re.compile(r"[\s:;,.。、·*\uff0a'\"“”]+")
_LONG_NUMBER = re.compile(r"\d(?:[\d\s-]{7,})\d[\dXx]?")
_LONGEST_SHOWN = 20


class CellError(ValueError):
    """单元格读不出 — what is wrong and what to try (`template.format(**values)`); `found` never holds a long number.

    `part`: which of several cells is wrong, from 0. `is_ahead`: it is a day, and has not come yet.
    """

    part = -1
    is_ahead = False

    def __init__(self, template: str, **values: object) -> None:
        super().__init__(template.format(**values))
        self.template, self.values = template, values

    def of_part(self, part: int) -> CellError:
        """第几格 — of a value that stands in several cells."""
        self.part = part
        return self


class AheadError(CellError):
    """还没有到的日期 — a day that is read and has not come (条例 第三十三条)."""

    is_ahead = True


def shown(text: str) -> Quoted:
    """给人看的原文 — one line, cut, and without the figures of a long number: that may be personal data."""
    line = " ".join(text.split())
    line = _LONG_NUMBER.sub(lambda found: _masked(found[0]), line)
    return Quoted(line if len(line) <= _LONGEST_SHOWN else f"{line[:_LONGEST_SHOWN]}…")


def _masked(number: str) -> str:
    """A date has eight figures; what has more may be the number of a person."""
    return f"{number[:2]}…" if sum(map(str.isdigit, number)) > 8 else number


def plain(text: str) -> str:
    """归一 — a word without white space, marks, case and full-width forms."""
    return _MARKS.sub("", fold(text)).lower()


def says_nothing(text: str) -> bool:
    """空白 — whether the cell says that there is nothing."""
    return fold(text).strip().lower() in NOTHING


def is_serial(text: str) -> bool:
    """是天数 — whether a cell has a count of days, as a spreadsheet keeps a date."""
    return bool(_SERIAL.fullmatch(fold(text).strip()))


@lru_cache(maxsize=65_536)
def read_date(text: str, year: int | None = None) -> date | None:
    """读日期 — of a cell; None where nothing has happened. `year`: of a day that is written without one.

    CellError where there is no such day, where it may be read in two ways, or where it is no date.
    """
    folded = _UNSEEN.sub("", fold(text)).strip()
    if wrapped := _WRAPPED.fullmatch(folded):
        folded = (wrapped[1] or wrapped[2] or "").strip()
    folded = _WEEKDAY.sub("", _TIME.sub("", folded))
    if folded.lower() in NOTHING or _NOT_YET.fullmatch(folded):
        return None
    check_formula(folded)
    written = _chinese_date(folded)
    if found := _SERIAL.fullmatch(written):
        return _from_serial(int(found[1]), text)
    if found := (_FULL.fullmatch(written) or _TOGETHER.fullmatch(written) or _SPACED.fullmatch(written)):
        return _day(*_in_full(found, text), text)
    if found := _YEAR_LAST.fullmatch(written):
        return _american(found, text)
    if found := _ENGLISH.fullmatch(written):
        return _english(found, text)
    if (found := _NO_YEAR.fullmatch(written)) and int(found[1]) <= 12:
        return _of_year(found, year, text)
    if _NO_DAY.fullmatch(written):
        raise CellError("“{found}”看不出是哪一天，请写明年、月、日", found=shown(text))
    raise CellError("“{found}”不是日期，请写成 2026-03-05 的样子，没有的留空", found=shown(text))


def is_month_and_day(text: str) -> bool:
    """月和日 — whether 3.1 may be a month and a day of it."""
    month, _, day = text.strip().partition(".")
    if not (month.isdecimal() and day.isdecimal() and 1 <= int(month) <= 12):
        return False
    return 1 <= int(day) <= monthrange(_LEAP, int(month))[1]


def with_month(text: str) -> str:
    """写明月和日 — 3.1 as 3月1日; what is no month and day stays."""
    return "{}月{}日".format(*text.strip().split(".")) if is_month_and_day(text) else text


def check_order(text: str, year: int) -> None:
    """哪个是年份 — CellError where 21/5/26 stands in a list of the year 2026: its last part may be the year."""
    found = _SHORT.fullmatch(fold(text).strip())
    if found and int(found[1]) != year % 100 and int(found[3]) == year % 100 and int(found[1]) <= 31:
        raise CellError("“{found}”看不出哪个是年份，请写成 2026-03-05 的样子", found=shown(text))


def read_parts(texts: Sequence[str], year: int | None = None) -> date | None:
    """读分开写的日期 — of year, month and day in a cell each; None where none of them says anything.

    CellError names the cell that lacks, is no number, or makes no day of the year.
    """
    numbers = []
    for part, (text, unit) in enumerate(zip(texts, "年月日", strict=True)):
        found = _PART_OF_DAY.fullmatch(small_number(fold(text).strip().translate(_DIGITS)))
        if found is None and not says_nothing(text):
            raise CellError("“{found}”看不出是几{unit}，请只写数字", found=shown(text), unit=unit).of_part(part)
        numbers.append(found[1] if found else "")
    if not any(numbers[1:]):
        return None
    numbers[0] = numbers[0] or str(year or "")
    for part, number in enumerate(numbers):
        if not number:
            raise CellError("年、月、日没有写全，请补上").of_part(part)
    try:
        return read_date("{}年{}月{}日".format(*numbers))
    except CellError as error:
        raise error.of_part(2) from None


def check_formula(folded: str) -> None:
    """公式出错 — CellError where a cell has the error of a formula."""
    if _ERROR.fullmatch(folded):
        raise CellError("这一格的公式出错了（{found}），请改成值", found=shown(folded))


def _chinese_date(folded: str) -> str:
    found = _CHINESE_DATE.fullmatch("".join(folded.split()))
    if not found:
        return folded
    year = f"{found[1].translate(_DIGITS)}年" if found[1] else ""
    return f"{year}{small_number(found[2])}月{small_number(found[3])}日"


def small_number(text: str) -> str:
    """小数目 — 十二 → 12, 二十 → 20, 三 → 3; what is no such number stays."""
    found = re.fullmatch(f"([{_CHINESE}]?)(十?)([{_CHINESE}]?)(.*)", text, re.DOTALL)
    if not found or not (found[1] or found[2]) or (not found[2] and found[3]):
        return text
    tens, ten, ones, rest = found.groups()
    if not ten:
        return tens.translate(_DIGITS) + rest
    return f"{(tens or '一').translate(_DIGITS)}{(ones or '零').translate(_DIGITS)}{rest}"


def _in_full(found: re.Match[str], text: str) -> tuple[int, int, int]:
    """A year of two digits that might be a month may be read in two ways."""
    year, month, day = found.groups()
    if len(year) == 2:
        if int(year) <= 12 and "年" not in found[0]:
            raise CellError("“{found}”看不出哪个是年份，请写成 2026-03-05 的样子", found=shown(text))
        year = f"20{year}"
    return int(year), int(month), int(day)


def _american(found: re.Match[str], text: str) -> date:
    first, second, year = (int(each) for each in found.groups())
    if first <= 12 and second <= 12 and first != second:
        raise CellError("“{found}”看不出哪个是月、哪个是日，请写成 2026-03-05 的样子", found=shown(text))
    month, day = (first, second) if first <= 12 else (second, first)
    return _day(year, month, day, text)


def _english(found: re.Match[str], text: str) -> date:
    name = (found[2] or found[3])[:3].lower()
    if name not in _MONTHS:
        raise CellError("“{found}”不是日期，请写成 2026-03-05 的样子，没有的留空", found=shown(text))
    return _day(int(found[5]), _MONTHS.index(name) + 1, int(found[1] or found[4]), text)


def _of_year(found: re.Match[str], year: int | None, text: str) -> date:
    """A day of the year that another column or the title has. 3.1 in a cell of numbers may have been 3.10."""
    month, sign, day = int(found[1]), found[2], found[3]
    if year is None:
        raise CellError("“{found}”没有年份，请写成 2026-03-05 的样子，或者加一栏“年份”", found=shown(text))
    # No number has 日 after it.
    if sign == "." and len(day) == 1 and found[0][-1].isdecimal() and int(day) * 10 <= monthrange(year, month or 1)[1]:
        raise CellError(
            "“{found}”看不出是 {day} 日还是 {tenth} 日，请写成 2026-03-05 的样子",
            found=shown(text),
            day=day,
            tenth=f"{day}0",
        )
    return _day(year, month, int(day), text)


def _from_serial(days: int, text: str) -> date:
    if days < _FIRST_SERIAL:
        raise CellError("“{found}”不是日期，请写成 2026-03-05 的样子，没有的留空", found=shown(text))
    return _checked(_EPOCH + timedelta(days), text)


def _day(year: int, month: int, day: int, text: str) -> date:
    try:
        return _checked(date(year, month, day), text)
    except ValueError as error:
        if isinstance(error, CellError):
            raise
        raise CellError("“{found}”：没有这一天，请核对", found=shown(text)) from None


def _checked(day: date, text: str) -> date:
    if day.year not in _YEARS:
        raise CellError("“{found}”的年份不对，请核对", found=shown(text))
    return day
