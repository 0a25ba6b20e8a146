"""序列日期 — dates and times that a spreadsheet keeps as a count of days, as their format shows them.

Day 60 is 29 February 1900, which never was: spreadsheet programs have it, and so dates before March 1900 are as they
show them.
"""

from __future__ import annotations

import datetime
from decimal import ROUND_HALF_UP, Decimal
from typing import NamedTuple

from gongkai.documents.number_words import chinese, digits_as

_DAY, _HOUR, _MINUTE = 86_400, 3_600, 60
_LAST_DAY = 2_958_465
_FROM_1904 = 1_462
"""Days by which a workbook that counts from 1904 is behind."""
_NEVER_WAS = 60
_CHINESE = ("804", "0804", "404", "C04", "1004", "1404", "7804", "30804")
_OF_TAIWAN, _BEFORE_IT = ("404", "0404", "30404"), 1_911
"""Where `e` counts the years from 1912."""
_MONTHS = (
    *("January", "February", "March", "April", "May", "June", "July"),
    *("August", "September", "October", "November", "December"),
)
_DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
_WEEK = "一二三四五六日"


class DateToken(NamedTuple):
    """日期记号 — a piece of a format that shows a date: its kind and its letters."""

    kind: str
    text: str


class _Moment(NamedTuple):
    year: int
    month: int
    day: int
    weekday: int
    serial: int
    seconds: int
    fraction: str
    before: int = 0
    """The years before the first of the calendar that `e` asks for."""


def shown_date(
    number: Decimal, tokens: list[DateToken], numerals: int, language: str, *, from_1904: bool
) -> str | None:
    """日期的样子 — of day `number`; None for days that a spreadsheet program does not show, and for odd formats."""
    tokens, places = _joined(tokens)
    moment = _moment(number, places, from_1904)
    if moment is None or any(token.kind in ("digit", "percent", "exponent", "text") for token in tokens):
        return None
    if language.split(",")[-1] in _OF_TAIWAN:
        moment = moment._replace(before=_BEFORE_IT)
    chinese_names = language.split(",")[-1] in _CHINESE or bool(numerals)
    half = any(token.kind == "half" for token in tokens)
    out = []
    for at, token in enumerate(tokens):
        text = _piece(token, moment, _is_minute(tokens, at), half, chinese_names)
        if text is None:
            return None
        if numerals and token.kind in ("date", "elapsed") and text.isdecimal():
            text = (
                digits_as(text, numerals) if token.text[0] in "ye" else chinese(Decimal(text), numerals, short_ten=True)
            )
        out.append(text)
    return "".join(out)


def _joined(tokens: list[DateToken]) -> tuple[list[DateToken], int]:
    """Letters in lower case; a point and noughts after the seconds become one token of parts of a second."""
    out: list[DateToken] = []
    places = 0
    for token in tokens:
        before = out[-1] if out else None
        if token.kind == "date":
            token = DateToken("date", token.text.lower())
        if token.kind == "point" and before and (before.text[:1] == "s" and before.kind in ("date", "elapsed")):
            token = DateToken("part", "")
        elif token == DateToken("digit", "0") and before and before.kind == "part":
            out[-1] = DateToken("part", before.text + "0")
            places = max(places, len(out[-1].text))
            continue
        elif token.kind in ("point", "comma", "slash"):
            token = DateToken("literal", token.text)
        out.append(token)
    return out, min(places, 3)


def _moment(number: Decimal, places: int, from_1904: bool) -> _Moment | None:
    step = Decimal(1).scaleb(-places)
    exact = (number * _DAY).quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP)
    serial, rest = divmod(exact, _DAY)
    days = int(serial) + (_FROM_1904 if from_1904 else 0)
    # What is rounded may come to the day after the last.
    if number < 0 or days > _LAST_DAY or step <= 0:
        return None
    seconds, _, fraction = format(rest, f".{places}f").partition(".")
    if days == 0 and not from_1904:
        year, month, day = 1900, 1, 0
    elif days == _NEVER_WAS:
        year, month, day = 1900, 2, 29
    else:
        date = datetime.date(1899, 12, 31 if days < _NEVER_WAS else 30) + datetime.timedelta(days)
        year, month, day = date.year, date.month, date.day
    return _Moment(year, month, day, (days + 5) % 7, int(serial), int(seconds), fraction)


def _is_minute(tokens: list[DateToken], at: int) -> bool:
    """m stands for minutes after an hour and before seconds."""
    if tokens[at].kind != "date" or tokens[at].text not in ("m", "mm"):
        return False
    clock = [token for token in tokens[:at] if token.kind in ("date", "elapsed")][-1:]
    later = [token for token in tokens[at + 1 :] if token.kind in ("date", "elapsed")][:1]
    return any(token.text[0] == "h" for token in clock) or any(token.text[0] == "s" for token in later)


def _piece(token: DateToken, moment: _Moment, minute: bool, half: bool, chinese_names: bool) -> str | None:
    if token.kind == "elapsed":
        whole = moment.serial * _DAY + moment.seconds
        return str(whole // {"h": _HOUR, "m": _MINUTE, "s": 1}[token.text[0]]).zfill(len(token.text))
    if token.kind == "half":
        return _half(token.text, moment.seconds < _DAY // 2, chinese_names)
    if token.kind == "part":
        return f".{moment.fraction.ljust(len(token.text), '0')}" if token.text else "."
    if token.kind != "date":
        return token.text
    letter, width = token.text[0], len(token.text)
    if letter == "e" and moment.before:
        return str(moment.year - moment.before) if moment.year > moment.before else None
    if letter in "ye":
        return f"{moment.year:04d}" if width > 2 or letter == "e" else f"{moment.year % 100:02d}"
    if letter == "a":
        return ("星期" if width > 3 else "") + _WEEK[moment.weekday]
    if letter == "m" and not minute:
        return _month(moment.month, width, chinese_names)
    if letter == "d":
        return _day(moment, width, chinese_names)
    hour = moment.seconds // _HOUR
    value = {"h": (hour - 1) % 12 + 1 if half else hour, "s": moment.seconds % _MINUTE}.get(
        letter, moment.seconds % _HOUR // _MINUTE
    )
    return f"{value:02d}" if width > 1 else str(value)


def _half(text: str, morning: bool, chinese_names: bool) -> str:
    if text == "上午/下午" or (chinese_names and len(text) > 3):
        return "上午" if morning else "下午"
    first, second = text.split("/")
    return first if morning else second


def _month(month: int, width: int, chinese_names: bool) -> str:
    if width <= 2:
        return f"{month:0{width}d}"
    if width == 5:
        return _MONTHS[month - 1][0]
    if chinese_names:
        return f"{chinese(Decimal(month), 1, short_ten=True)}月" if width == 4 else f"{month}月"
    return _MONTHS[month - 1] if width == 4 else _MONTHS[month - 1][:3]


def _day(moment: _Moment, width: int, chinese_names: bool) -> str:
    if width <= 2:
        return f"{moment.day:0{width}d}"
    if chinese_names:
        return ("星期" if width > 3 else "周") + _WEEK[moment.weekday]
    return _DAYS[moment.weekday] if width > 3 else _DAYS[moment.weekday][:3]
