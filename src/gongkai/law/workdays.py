"""工作日 — which days count: weekdays and make-up days, not weekends and breaks (放假办法; 工作时间规定 第七条).

A `Calendar` is an immutable run of announced years. Beyond them the week and the statutory days tell, and
`announced_until` says so: whatever was counted past it is 暂定. Years announced later are imported from a file.
"""

from __future__ import annotations

import json
import tomllib
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache, cached_property
from pathlib import Path
from typing import Any

from gongkai.law.errors import DataError, LawError
from gongkai.law.sources import read_data, sources
from gongkai.law.statutory import days
from gongkai.law.terms import Term

DAY = timedelta(days=1)
MOST_WORKDAYS = 1_000  # no clock of the law is a tenth as long; four years of days are still counted at once
LAST_DAY = date(2099, 12, 31)
MOST_BYTES = 1_000_000
MOST_DAYS_OFF = 31  # the longest break so far had ten days; more is a slip of the pen
SATURDAY = 5
STATUTORY = (sources()["放假办法"].number,)
NEW_YEAR_APART = (1, 2, 3, 6)  # Tuesday, Wednesday, Thursday; Sunday


class DayKind(Term):
    """日子的性质 — what a day is to the counting (放假办法; 工作时间规定 第七条)."""

    WORKDAY = "workday", "工作日", "工作时间规定 第七条"
    MAKE_UP = "make_up", "调休上班", "放假办法"
    WEEKEND = "weekend", "周末", "工作时间规定 第七条"
    HOLIDAY = "holiday", "放假", "放假办法"

    @property
    def is_workday(self) -> bool:
        """是否工作日 — weekdays and make-up days count, weekends and breaks do not (放假办法)."""
        return self in (DayKind.WORKDAY, DayKind.MAKE_UP)


@dataclass(frozen=True, slots=True)
class Break:
    """假期 — one announced break with its weekends, both ends included (放假办法)."""

    name: str
    first_on: date
    last_on: date

    def days(self) -> Iterable[date]:
        """逐日 — the days of the break."""
        return (self.first_on + DAY * n for n in range((self.last_on - self.first_on).days + 1))


@dataclass(frozen=True, slots=True)
class MakeUp:
    """调休上班日 — a Saturday or Sunday on which offices work, and the break that it makes up for (放假办法)."""

    name: str
    on: date


@dataclass(frozen=True, slots=True)
class Year:
    """一年的放假安排 — as the 国务院办公厅 announced it: `notices` are the document numbers (放假办法)."""

    year: int
    notices: tuple[str, ...]
    breaks: tuple[Break, ...]
    make_ups: tuple[MakeUp, ...]

    def __post_init__(self) -> None:
        off = {day for each in self.breaks for day in each.days()}
        for make_up in self.make_ups:
            if make_up.on in off:
                raise DataError("{year} 年的放假安排自相矛盾：{day} 既放假又上班", year=self.year, day=make_up.on)
            if make_up.on.weekday() < SATURDAY:
                raise DataError("{year} 年的调休上班日 {day} 不是周末，请核对通知", year=self.year, day=make_up.on)
        for day in (*off, *(make_up.on for make_up in self.make_ups)):
            # A notice may begin its year with the last days of the December before.
            if day.year != self.year and (day.year, day.month) != (self.year - 1, 12):
                raise DataError("{day} 不在 {year} 年，请核对年份", day=day, year=self.year)


@dataclass(frozen=True)
class Calendar:
    """工作日历 — the announced years, one after another without a gap (放假办法). Immutable."""

    years: tuple[Year, ...]

    def __post_init__(self) -> None:
        numbers = [year.year for year in self.years]
        if not numbers or numbers != list(range(numbers[0], numbers[0] + len(numbers))):
            raise DataError("放假安排要一年接一年，中间不能缺年份")

    @classmethod
    def load(cls, path: Path | None = None) -> Calendar:
        """读工作日历 — the years that ship with gongkai, and those of a file (TOML or JSON) put over or after them.

        DataError says which entry of the file cannot be right.
        """
        return _shipped() if path is None else _shipped().with_file(path)

    def with_file(self, path: Path) -> Calendar:
        """导入一个文件 — this calendar with the years of a file put over or after its own. DataError as `load`."""
        calendar = self
        for year in sorted(_read(path), key=lambda year: year.year):
            calendar = calendar.with_year(year)
        return calendar

    def with_year(self, year: Year) -> Calendar:
        """导入一年 — this calendar with a year replaced, or added where it ends."""
        known = {each.year: each for each in self.years}
        if year.year not in known and year.year != self.announced_until.year + 1:
            raise DataError(
                "现有放假安排到 {last} 年，导入 {year} 年之前请先导入 {next} 年",
                last=self.announced_until.year,
                year=year.year,
                next=self.announced_until.year + 1,
            )
        known[year.year] = year
        return Calendar(tuple(known[number] for number in sorted(known)))

    @cached_property
    def first_on(self) -> date:
        """起始日 — the first day that the calendar knows."""
        return date(self.years[0].year, 1, 1)

    @property
    def announced_until(self) -> date:
        """已公布至 — the last day of the last announced year; counting past it is 暂定 (放假办法)."""
        return date(self.years[-1].year, 12, 31)

    @cached_property
    def final_until(self) -> date:
        """不会再变至 — the last day that no coming notice can rearrange; counting past it is 暂定 (放假办法).

        A New Year's Day that no weekend touches may be joined to one by days of the old year: the notice of 4 December
        2018 gave 31 December off and took Saturday the 29th for it. After a Sunday the eve has been a working day.
        """
        last = self.announced_until
        is_apart = (last + DAY).weekday() in NEW_YEAR_APART
        return last.replace(day=24) if is_apart else last

    def kind(self, day: date) -> DayKind:
        """日子的性质 — what a day is; past `announced_until` the week and 法定节日. LawError before the first year."""
        self.require(day)
        if day in self._off:
            return DayKind.HOLIDAY
        if day in self._made_up:
            return DayKind.MAKE_UP
        return DayKind.WORKDAY if day.weekday() < SATURDAY else DayKind.WEEKEND

    def name(self, day: date) -> str:
        """假期名 — the break that a day off or a make-up day belongs to, else empty."""
        return self._off[day][0] if day in self._off else self._made_up.get(day, "")

    def notices(self, day: date) -> tuple[str, ...]:
        """放假通知 — document numbers of the notices that gave a day off; empty for any other day (放假办法)."""
        return self._off[day][1] if day in self._off else ()

    def is_workday(self, day: date) -> bool:
        """是否工作日 — whether a day counts."""
        return self.kind(day).is_workday

    def add_workdays(self, day: date, workdays: int) -> date:
        """数工作日 — the n-th working day after a day, which itself is not counted (民法典 第二百零一条)."""
        require_workdays(workdays)
        if not workdays:
            return day
        self.require(day)
        place = bisect_right(self._workdays, day) + workdays - 1
        if place >= len(self._workdays):
            self.require(date.max)
        return self._workdays[place]

    def workdays_between(self, first_on: date, last_on: date) -> int:
        """其间工作日 — how many days from the first to the last count, both included."""
        self.require(first_on)
        self.require(last_on)
        return max(bisect_right(self._workdays, last_on) - bisect_left(self._workdays, first_on), 0)

    def require(self, day: date) -> None:
        """核对日期 — LawError when a day lies outside what can be counted."""
        if day < self.first_on:
            raise LawError(
                "{day} 太早：放假安排从 {first_on} 开始登记，更早的期限请按当年的通知推算",
                day=day,
                first_on=self.first_on,
            )
        if day > LAST_DAY:
            raise LawError("{day} 太晚：只能算到 {last_on}，请核对年份", day=day, last_on=LAST_DAY)

    @cached_property
    def _workdays(self) -> list[date]:
        """Every day that counts, in order: counting is looking up, for ledgers count many thousand times."""
        days = (self.first_on + DAY * n for n in range((LAST_DAY - self.first_on).days + 1))
        return [day for day in days if day in self._made_up or (day.weekday() < SATURDAY and day not in self._off)]

    @cached_property
    def _off(self) -> Mapping[date, tuple[str, tuple[str, ...]]]:
        statutory = {
            day: (name, STATUTORY)
            for year in range(self.announced_until.year + 1, LAST_DAY.year + 1)
            for day, name in days(year).items()
        }
        announced = {
            day: (each.name, year.notices) for year in self.years for each in year.breaks for day in each.days()
        }
        return statutory | announced

    @cached_property
    def _made_up(self) -> Mapping[date, str]:
        return {each.on: each.name for year in self.years for each in year.make_ups}


def require_workdays(workdays: int) -> None:
    """核对天数 — LawError when a number of working days is negative or absurd."""
    if not 0 <= workdays <= MOST_WORKDAYS:
        raise LawError("工作日数应在 0 至 {most} 之间，收到的是 {workdays}", most=MOST_WORKDAYS, workdays=workdays)


@cache
def _shipped() -> Calendar:
    return Calendar(tuple(year_from(row) for row in read_data("workdays.toml")["year"]))


def _read(path: Path) -> list[Year]:
    try:
        with path.open("rb") as file:
            data = file.read(MOST_BYTES + 1)
    except OSError as error:
        raise DataError("日历文件{path}打不开：{reason}", path=path, reason=error.strerror or error) from None
    if len(data) > MOST_BYTES:
        raise DataError("日历文件{path}太大，一年的放假安排只有几十行", path=path)
    try:
        text = data.decode("utf-8-sig")
        rows = (json.loads if path.suffix.lower() == ".json" else tomllib.loads)(text)
        years = [year_from(row) for row in rows["year"]]
    except LawError:
        raise
    except (ValueError, KeyError, TypeError, OverflowError, RecursionError):
        years = []
    if not years:
        raise DataError("日历文件{path}看不懂，每一年要写 year、notices、off、work，样子见随附的放假安排", path=path)
    return years


def year_from(row: Mapping[str, Any]) -> Year:
    """一年的放假安排 — a year from its row of TOML or JSON (放假办法).

    Keys: `year`, `notices`, `off` (name, from, to), `work` (name, on). DataError, or what the types of Python raise.
    """
    breaks = tuple(Break(str(off["name"]), _date(off["from"]), _date(off["to"])) for off in row["off"])
    for each in breaks:
        if not 0 <= (each.last_on - each.first_on).days < MOST_DAYS_OFF:
            raise DataError(
                "“{name}”从 {first_on} 到 {last_on}，先后或长短不对，请核对通知",
                name=each.name,
                first_on=each.first_on,
                last_on=each.last_on,
            )
    return Year(
        int(row["year"]),
        tuple(str(notice) for notice in row["notices"]),
        breaks,
        tuple(MakeUp(str(work["name"]), _date(work["on"])) for work in row["work"]),
    )


def _date(value: object) -> date:
    return value if type(value) is date else date.fromisoformat(str(value))
