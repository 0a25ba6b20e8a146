"""写明的出生日期 — a whole day on which somebody was born, as the words beside it say (条例 第十五条).

    张三，1979年3月12日出生    出生日期：1985.07.21    李某，一九七九年三月十二日生    生日 19790312
    王某，男，1985-12-1，汉族    生日：85.3.12    "csrq": "19850312"    <input name="birth" value="1985-03-12">

A year and a month alone may be written. What a rule says of all who were born before a day is nobody's.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import chain

from gongkai.text.hit import Hit
from gongkai.text.personal_data.days import REST, TIME, YEAR, days_of, real_day
from gongkai.text.personal_data.kinds import Kind, hit

_WHOLE = r"(?<!\d)(?P<bare>(?:19|20)\d\d(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01]))(?!\d)"
_DAY = rf"(?P<day_of>{_WHOLE}|(?<!\d)(?>{YEAR} ?{REST})(?!\d| ?日))"
_GAP = r"[\s:：（(“\"'>为是在|=]{0,6}"
# One sign that leads is soon found, and few of them go on.
_BORN = re.compile(r"生(?:(?<=出生)|(?=[日于辰])|(?<=[\d日号一二三四五六七八九十]生)|(?<=[\d日号] 生))")
_SAID_BEFORE = re.compile(
    rf"生(?:(?<=出生)(?:日期|年月(?:日|[（(]日[）)])?|时间|于)?|(?<![产发新派衍医]生)于|(?<![学考医师]生)[日辰]){_GAP}{_DAY}"
    r"(?!\s?(?:[（(][^（）()]{0,4}[）)])?\s?(?:[之以]?[前后间]|至|到|[-—~－]|出生))"
)
_SAID_AFTER = re.compile(rf"(?<![至到~—－自从]){_DAY} ?出?生\Z")
_AFTER_SEX = re.compile(rf"[男女][，,、；; ]{{1,2}}{_DAY}(?=[，,、；;。.）)\s]|$)")
_BIRTHDAY_WORDS = ("出生", "生日")
_PROGRAMS = (b"birth", b"csrq", b"csny", b"dob", b"bday", b"shengri")
_LOOSE = r"(?<!\d)\d\d(?:[-./]\d\d?[-./]\d\d?|年\d\d?月\d\d?日)(?![\d-])"
"""With the year in two digits: only right behind the label of a field."""
_ENGLISH = (
    r"(?<!\d)\d\d?[- ]?[a-z]{3,9}[-., ]{1,2}(?:19|20)\d\d(?!\d)|[a-z]{3,9}[. ]{1,2}\d\d?,? (?:19|20)\d\d(?!\d)"
    r"|(?<!\d)\d\d?[./-]\d\d?[./-](?:19|20)\d\d(?!\d)"
)
_FIELD = re.compile(
    rf"(?<![a-z])(?:(?:date_?of_?)?birth(?:[_ -]?(?:day|date|ymd))?|csrq|csny(?:r|ue)?|dob|bday|chushengriqi|shengri)"
    rf"(?![a-z])[\s\"'=:：|>]{{1,6}}(?:value\s?=\s?[\"'])?"
    rf"(?P<day_of>{_WHOLE}|(?<!\d)(?>{YEAR} ?{REST})(?!\d)|{_LOOSE}|{_ENGLISH}|(?<!\d)[1-4]\d{{4}}(?![\d.-]))",
    re.IGNORECASE,
)
"""A field as programs call it, in text, JSON, XML, html."""
_LABELLED = re.compile(
    rf"(?:(?<=出生日期)|(?<=出生年月)|(?<=出生年月日)|(?<=生日)|(?<=出生))[\s:：=>\"']{{1,4}}(?P<day_of>{_LOOSE})"
)
_GROWN = "2010"
"""A day behind 男 or 女 is a birthday where somebody so old is written of: later ones are those of what was done."""
_GOES_ON = re.compile(
    r"[（(]?(?:含[^（）()]{0,4}[）)])?(?:[之以]?[前后间]|[的者儿人且或至到])|(?<!出生)[\u4e00-\u9fff](?<!于)"
)
"""Behind the word: of a rule, or another word that begins so, as 生效."""
_REACH = 24
_COUNT = re.compile(r"\s*[1-4]\d{4}(?:\.\d{1,10})?\s*")
"""From 1927 on."""
_CELL = re.compile(rf"\s*(?:{_WHOLE}|{YEAR} ?{REST}{TIME}?)(?: ?出?生)?\s*")


def births(text: str) -> Iterator[Hit]:
    """出生日期 — every whole day that is said to be somebody's birthday (条例 第十五条)."""
    for mark in _BORN.finditer(text):
        start, end = mark.span()
        found = _SAID_BEFORE.match(text, start)
        if not found and not _GOES_ON.match(text, end):
            found = _SAID_AFTER.search(text, max(0, start - _REACH), end)
        if found and _day(found):
            yield hit(Kind.BIRTHDAY, found.start("day_of"), found["day_of"])

    yield from _in_fields(text)
    for found in _AFTER_SEX.finditer(text) if "男" in text or "女" in text else ():
        if (day := _day(found)) and day[:4] < _GROWN:
            yield hit(Kind.BIRTHDAY, found.start("day_of"), found["day_of"])


def _in_fields(text: str) -> Iterator[Hit]:
    """Behind the label of a field, in the words of programs, or with the year in two digits."""
    low = text.encode("ascii", "ignore").lower()  # few letters of a text in Chinese are left to look through
    patterns = [_FIELD] if any(word in low for word in _PROGRAMS) else []
    if any(word in text for word in _BIRTHDAY_WORDS):
        patterns.append(_LABELLED)
    for found in chain.from_iterable(pattern.finditer(text) for pattern in patterns):
        if is_birthday(found["day_of"], is_counted=True):
            yield hit(Kind.BIRTHDAY, found.start("day_of"), found["day_of"])


def is_birthday(cell: str, *, is_counted: bool = False) -> bool:
    """一格出生日期 — whether a cell below such a header holds a whole day, and not a year and a month alone.

    `is_counted`: five digits may be a count of days, as a sheet keeps a day (条例 第十五条).
    """
    found = _CELL.fullmatch(cell)
    if found:
        return bool(_day(found))
    is_count = is_counted and _COUNT.fullmatch(cell) is not None
    return bool(days_of(cell, is_birthday=is_count))


def _day(found: re.Match[str]) -> str | None:
    return found["bare"] or real_day(found["year"], found["month"], found["day"])
