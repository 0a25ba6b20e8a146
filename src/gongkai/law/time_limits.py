"""期限 — the clocks of the procedure and where each ends (条例 第二十六条、第三十条、第三十二条至第三十四条).

Lengths are data (`data/time_limits.toml`). The reply clock, which other things stop and restart, is in `reply`.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from functools import cache

from gongkai.law.counting import Count, Deadline, Span, Step, count, merged
from gongkai.law.sources import Provision, read_data, sources
from gongkai.law.workdays import Calendar

START_NOT_COUNTED = Provision("民法典", 201)
START_NOT_COUNTED_BEFORE = Provision("民法总则", 201)
BREAKS = Provision("放假办法")
NEXT_DAYS = frozenset({"lapse_from", "after"})
"""次日 — values that are the day after another of the same sentence, and move with that one alone."""
REFERRED = Provision("条例", 17, 3)


class Clock(StrEnum):
    """期限种类 — the clocks that run in the procedure (条例 第二十六条、第三十条、第三十二条至第三十四条)."""

    REPLY = "reply"
    EXTENSION = "extension"
    CORRECTION = "correction"
    THIRD_PARTY = "third-party"
    CO_MAKER = "co-maker"
    PAYMENT = "payment"
    DISCLOSURE = "disclosure"
    WITHDRAWAL = "withdrawal"
    REPORT = "report"


@dataclass(frozen=True, slots=True)
class Limit:
    """期限长度 — the working days of a clock, what starts it, the provision, and the day that came into force."""

    clock: Clock
    name: str
    starts: str
    workdays: int
    provision: Provision
    from_on: date


def limit(clock: Clock, on: date) -> Limit:
    """期限长度 — the limit in force on a day; before the first, the first, and `in_force` says so (条例)."""
    known = [each for each in _limits() if each.clock == clock]
    return next((each for each in reversed(known) if each.from_on <= on), known[0])


def deadline(clock: Clock, started_on: date, calendar: Calendar, waited: Sequence[Span] = ()) -> Deadline:
    """单一期限 — the end of a clock; the day it starts is not counted (民法典 第二百零一条).

    `waited`: spans in which the authority for secrets had been asked; their days are not counted (条例 第十七条第三款).
    """
    calendar.require(started_on)
    length, spans = limit(clock, started_on), merged(waited)
    counted = count(calendar, started_on, length.workdays, spans)
    steps = (
        *in_force(length.provision, started_on),
        Step("{starts}：{day}，当日不计", start_not_counted(started_on), {"starts": length.starts, "day": started_on}),
        *(
            Step("报保密部门确定：{first_on} 至 {last_on}，这些日子不计入", REFERRED, _days(span))
            for span in spans
            if span.last_on > started_on
        ),
        count_step(length, counted),
    )
    return closed(clock, started_on, steps, calendar)


def start_not_counted(on: date) -> Provision:
    """开始的日不计算在内 — the provision in force on that day (民法典 第二百零一条; 民法总则 第二百零一条)."""
    return START_NOT_COUNTED if on >= sources()[START_NOT_COUNTED.source].from_on else START_NOT_COUNTED_BEFORE


def _days(span: Span) -> dict[str, object]:
    return {"first_on": span.first_on, "last_on": span.last_on}


def count_step(length: Limit, counted: Count) -> Step:
    """数日子的一步 — the sentence about one count (条例 第三十三条第二款)."""
    return Step(
        "{name}：从 {after_on} 的次日起数 {workdays} 个工作日，到 {last_on}",
        length.provision,
        {
            "name": length.name,
            "after_on": counted.after_on,
            "workdays": counted.workdays,
            "last_on": counted.last_on,
        },
        counted,
    )


def in_force(provision: Provision, on: date) -> tuple[Step, ...]:
    """施行以前的提醒 — a step that warns of a day before the source of a provision was in force, else none."""
    source = sources()[provision.source]
    if on >= source.from_on:
        return ()
    template = "《{title}》自 {from_on} 起施行，{day} 在此以前：请核对当时的规定，以下只供参考"
    return (Step(template, Provision(source.short), {"title": source.title, "from_on": source.from_on, "day": on}),)


def closed(clock: Clock, received_on: date, steps: tuple[Step, ...], calendar: Calendar) -> Deadline:
    """期限届满 — the deadline that the counts of `steps` add up to; 暂定 past the announced calendar (放假办法)."""
    counts = [step.count for step in steps if step.count]
    due_on = counts[-1].last_on
    said = not_announced(due_on, calendar)
    workdays = sum(each.workdays for each in counts)
    return Deadline(clock.value, received_on, due_on, bool(said), workdays, (*steps, *said))


def not_announced(last_on: date | None, calendar: Calendar) -> tuple[Step, ...]:
    """暂定的提醒 — a step where a date lies past what no coming notice can move any more, else none (放假办法)."""
    if last_on is None or last_on <= calendar.final_until:
        return ()
    until = calendar.announced_until
    template = "{year} 年的放假安排尚未公布，{until} 以后只按周末和法定节日推算，结果暂定；公布后请导入该年日历再算"
    if last_on <= until:
        template = (
            "{year} 年的放假安排尚未公布，元旦的调休可能动到 {until} 以前的几天，结果暂定；公布后请导入该年日历再算"
        )
    return (Step(template, BREAKS, {"year": until.year + 1, "until": until}),)


def is_provisional(step: Step, calendar: Calendar) -> bool:
    """是否暂定 — whether a sentence names a day that a coming notice can move (放假办法)."""
    days = (value for name, value in step.values.items() if name not in NEXT_DAYS and isinstance(value, date))
    return any(day > calendar.final_until for day in days)


@cache
def _limits() -> tuple[Limit, ...]:
    rows = sorted(read_data("time_limits.toml")["limit"], key=lambda row: row["from"])
    return tuple(
        Limit(
            Clock(row["clock"]),
            row["name"],
            row["starts"],
            row["workdays"],
            Provision.parse(row["provision"]),
            row["from"],
        )
        for row in rows
    )
