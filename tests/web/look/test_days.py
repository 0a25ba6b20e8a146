"""日期栏 — a day that is certain is taken however it is written; what is none says what was found."""

from __future__ import annotations

from contextlib import suppress
from datetime import date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gongkai.web.look import days

WIDE = {ord(sign): ord(sign) + 0xFEE0 for sign in "0123456789-/.:"}
SHAPES = (
    "{0.year:04}-{0.month:02}-{0.day:02}", "{0.year:04}/{0.month}/{0.day}", "{0.year:04}.{0.month}.{0.day:02}",
    "{0.year:04}年{0.month}月{0.day}日", "{0.year:04} 年 {0.month} 月 {0.day} 日",
)  # fmt: skip


@given(st.dates(date(1900, 1, 1), date(2199, 12, 31)), st.sampled_from(SHAPES), st.booleans())
def test_a_day_is_the_same_however_it_is_written(day: date, shape: str, is_wide: bool) -> None:
    text = shape.format(day)
    assert days.day_of(f" {text.translate(WIDE) if is_wide else text}　") == day
    assert days.day_of(f"{day:%Y%m%d}") == day


@given(st.text(max_size=30))
def test_whatever_else_is_typed_is_a_day_or_told(text: str) -> None:
    with suppress(days.DayError):
        assert 0 < days.day_of(text).year < 10_000


@pytest.mark.parametrize(
    ("text", "template"),
    [
        ("民国115年1月1日", days.OF_THE_REPUBLIC),
        ("46353", days.NOT_A_DAY),
        ("26-11-27", days.NOT_A_DAY),
        ("2026-11/27", days.NOT_A_DAY),
        ("27.11.2026", days.NOT_A_DAY),
        ("2026-02-30", days.NO_SUCH_DAY),
        ("2026年13月1日", days.NO_SUCH_DAY),
        ("20260230", days.NO_SUCH_DAY),
        ("2026-11-27T00:00", days.WITH_TIME),
        ("2026年11月27日9时30分", days.WITH_TIME),
        ("2026-11-27 09:00:00+08:00", days.WITH_TIME),
    ],
)
def test_what_is_no_day_is_said_with_what_was_found(text: str, template: str) -> None:
    with pytest.raises(days.DayError) as told:
        days.day_of(text)
    assert (told.value.template, told.value.values["day"]) == (template, text[:24] + "…" * (len(text) > 24))


def test_a_time_has_a_day_an_hour_and_minutes() -> None:
    for text in ("2026-12-01T09:30", "2026-12-01 09:30", "2026年12月1日9时30分", "2026-12-01 9:30".translate(WIDE)):
        assert days.moment_of(text) == datetime(2026, 12, 1, 9, 30), text  # noqa: DTZ001 — by the clock on the wall
    for text, template in (
        ("2026-12-01", days.NO_TIME),
        ("2026-12-01 25:00", days.NO_SUCH_TIME),
        ("2026-02-30 09:00", days.NO_SUCH_DAY),
        ("明天 09:00", days.NOT_A_DAY),
    ):
        with pytest.raises(days.DayError) as told:
            days.moment_of(text)
        assert told.value.template == template, text


def test_what_was_typed_is_shown_again_as_a_box_for_days_takes_it(ground: None) -> None:
    from django import forms

    class Form(forms.Form):
        day = days.DayField()
        at = days.MomentField()

    form = Form({"day": "2026年11月7日", "at": "2026年11月7日 9:05"})
    assert form.is_valid()
    assert (form["day"].value(), form["at"].value()) == ("2026-11-07", "2026-11-07T09:05")
    wrong = Form({"day": "46353", "at": ""})
    assert wrong["day"].value() == "46353"
    assert wrong.errors["day"] == [days.NOT_A_DAY.format(day="46353")]
