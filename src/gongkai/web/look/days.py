"""日期栏 — a day or a time as people write it in a form: taken where it is certain, else told what was found.

A browser sends 2026-11-27; people, older browsers and other programs also write 2026年11月27日, 2026/11/27,
20261127, and all of these in full width. What leaves room for doubt is not guessed (条例 第二十六条).
"""

from __future__ import annotations

import re
from datetime import date, datetime, time
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.forms.utils import from_current_timezone
from django.utils import timezone

from gongkai.text.folding import fold
from gongkai.text.quoted import Quoted
from gongkai.web.look.language import say

IN_WORDS = "in words"
"""已经成句 — the code of an error that is a sentence as it stands."""
NOT_FILLED = "还没有填日期，请写成 2026-11-25 的样子。"
NO_SUCH_DAY = "“{day}”这一天不存在，请核对月份和日子。"
NOT_A_DAY = "“{day}”看不出是哪一天，日期要写成 2026-11-25 的样子。"
OF_THE_REPUBLIC = "“{day}”是民国纪年，请换成公元，写成 2026-11-25 的样子。"
WITH_TIME = "“{day}”里有几点几分，这一栏只写日期，如 2026-11-25。"
NO_TIME = "公开的时间还没有填好，日期和几点几分都要，例如 2026-11-25 09:00。"
NO_SUCH_TIME = "“{time}”不是一天里的时间，请核对，写成 2026-11-25 09:00 的样子。"
_DAY = re.compile(
    r"(?P<y>\d{4}) ?(?:(?P<join>[-/.]) ?(?P<m>\d{1,2}) ?(?P=join) ?(?P<d>\d{1,2})"
    r"|年 ?(?P<cm>\d{1,2}) ?月 ?(?P<cd>\d{1,2}) ?[日号])"
    r"|(?P<ty>(?:19|2[01])\d\d)(?P<tm>\d\d)(?P<td>\d\d)"
)
_TIME = re.compile(r"(?:T|\s+|(?<=[日号]))(?P<hour>\d{1,2})(?::|[时点])(?P<minute>\d{2})?分?(?P<rest>:\d.*)?\s*$")
_REPUBLIC = re.compile(r"民国")
_LONGEST = 24


class DayError(ValueError):
    """不是日期 — what was found and what to write (`template.format(**values)`) (条例 第二十六条)."""

    def __init__(self, template: str, **values: object) -> None:
        super().__init__(template.format(**values))
        self.template, self.values = template, values


def day_of(text: str) -> date:
    """读日期 — of one day that is written out with its year; DayError where it is none or leaves a doubt."""
    written = fold(text).strip()
    found = _DAY.fullmatch(written)
    if found is None:
        template = OF_THE_REPUBLIC if _REPUBLIC.search(written) else NOT_A_DAY
        if (timed := _TIME.search(written)) and _DAY.fullmatch(written[: timed.start()].strip()):
            template = WITH_TIME
        raise DayError(template, day=_shown(text))
    try:
        return date(*(int(found[name]) for name in ("y", "m", "d", "cm", "cd", "ty", "tm", "td") if found[name]))
    except ValueError:
        raise DayError(NO_SUCH_DAY, day=_shown(text)) from None


def moment_of(text: str) -> datetime:
    """读时间 — a day with hours and minutes, by the clock on the wall; DayError where one of them is missing."""
    written = fold(text).strip()
    found = _TIME.search(written)
    if found is None:
        raise DayError(NO_TIME)
    day = day_of(written[: found.start()])
    try:
        return datetime.combine(day, time(int(found["hour"]), int(found["minute"] or 0)))
    except ValueError:
        raise DayError(NO_SUCH_TIME, time=_shown(found[0])) from None


def _shown(text: str) -> Quoted:
    line = " ".join(text.split())
    return Quoted(line if len(line) <= _LONGEST else f"{line[:_LONGEST]}…")


class DayField(forms.DateField):
    """日期栏 — of every form of the platform; what is typed is shown again as a day, where it is one."""

    default_error_messages = {"required": ""}  # noqa: RUF012 — the framework's own kind of attribute

    def to_python(self, value: Any) -> date | None:
        """读日期 — ValidationError with the sentence of `day_of`."""
        return _read(value, day_of) if isinstance(value, str) else super().to_python(value)

    def validate(self, value: Any) -> None:
        """填了没有 — said as the other errors are."""
        if self.required and value is None:
            raise ValidationError(say(NOT_FILLED), code=IN_WORDS)

    def prepare_value(self, value: Any) -> Any:
        """再显示 — as a box for days takes it; what is no day stays as it was typed."""
        found = _again(value, day_of)
        return found.isoformat() if isinstance(value, str) and isinstance(found, date) else found


class MomentField(forms.DateTimeField):
    """时间栏 — a day with hours and minutes; a day alone is no time (条例 第二十六条)."""

    def to_python(self, value: Any) -> datetime | None:
        """读时间 — ValidationError with the sentence of `moment_of`."""
        if not isinstance(value, str):
            return super().to_python(value)
        found = _read(value, moment_of)
        return None if found is None else from_current_timezone(found)

    def prepare_value(self, value: Any) -> Any:
        """再显示 — as a box for times takes it."""
        if isinstance(value, datetime):
            value = timezone.localtime(value) if timezone.is_aware(value) else value
            return f"{value:%Y-%m-%dT%H:%M}"
        found = _again(value, moment_of)
        return f"{found:%Y-%m-%dT%H:%M}" if isinstance(found, datetime) else found


def _read(value: str, reader: Any) -> Any:
    if not value.strip():
        return None
    try:
        return reader(value)
    except DayError as error:
        raise ValidationError(say(error.template, **error.values), code=IN_WORDS) from None


def _again(value: Any, reader: Any) -> Any:
    try:
        return reader(value) if isinstance(value, str) else value
    except DayError:
        return value
