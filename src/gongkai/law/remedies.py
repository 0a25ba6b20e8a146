"""救济的期限和告知 — how long one may ask for review or sue, and what a letter says of it (行政复议法; 行政诉讼法)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from functools import cache

from gongkai.law.counting import Step
from gongkai.law.periods import Unit, ends_on, nominal
from gongkai.law.sources import Provision, read_data
from gongkai.law.terms import AnswerKind
from gongkai.law.time_limits import in_force, not_announced, start_not_counted
from gongkai.law.workdays import Calendar

REST = Provision("民法典", 203)


class RemedyClock(StrEnum):
    """救济期限种类 — of the applicant, the organ, those who decide (行政复议法 第二十条; 行政诉讼法 第四十六条)."""

    RECONSIDERATION = "reconsideration"
    RECONSIDERATION_NOT_TOLD = "reconsideration-not-told"
    SUIT = "suit"
    SUIT_AFTER_RECONSIDERATION = "suit-after-reconsideration"
    RECONSIDERATION_REPLY = "reconsideration-reply"
    RECONSIDERATION_REPLY_SIMPLIFIED = "reconsideration-reply-simplified"
    RECONSIDERATION_DECISION = "reconsideration-decision"
    RECONSIDERATION_DECISION_EXTENDED = "reconsideration-decision-extended"
    RECONSIDERATION_DECISION_SIMPLIFIED = "reconsideration-decision-simplified"
    DEFENCE = "defence"
    JUDGMENT = "judgment"
    JUDGMENT_SIMPLIFIED = "judgment-simplified"
    APPEAL = "appeal"
    APPEAL_RULING = "appeal-ruling"
    SECOND_INSTANCE = "second-instance"


@dataclass(frozen=True, slots=True)
class RemedyDue:
    """救济期限 — the last day and how it came about; `provisional`: 暂定 (民法典 第二百零三条)."""

    clock: RemedyClock
    started_on: date
    due_on: date
    provisional: bool
    steps: tuple[Step, ...]


@dataclass(frozen=True, slots=True)
class Paragraph:
    """救济途径的告知 — the words of a letter, and the clocks whose last day is told with them (行政复议法 第二十三条).

    `text.format(organ=…, court=…)`. `first_reconsideration`: 复议前置.
    """

    code: str
    text: str
    provision: Provision
    first_reconsideration: bool
    clocks: tuple[RemedyClock, ...]


def remedy_due(clock: RemedyClock, started_on: date, calendar: Calendar) -> RemedyDue:
    """救济期限 — until when, from the day that starts it, which is not counted (民法典 第二百零一条)."""
    row = _clocks()[clock]
    length, unit, provision = int(row["length"]), Unit(row["unit"]), Provision.parse(row["provision"])
    due_on = ends_on(calendar, started_on, length, unit)
    steps = [
        *in_force(provision, started_on),
        Step("{starts}：{day}，当日不计", start_not_counted(started_on), {"starts": row["starts"], "day": started_on}),
        Step(_SAID[unit], provision, {"name": row["name"], "length": length, "due_on": due_on}),
    ]
    if unit is not Unit.WORKDAYS and (last_on := nominal(started_on, length, unit)) != due_on:
        said = "期间的最后一日 {last_on} 是休息日，以休息日结束的次日 {due_on} 为最后一日"
        steps.append(Step(said, REST, {"last_on": last_on, "due_on": due_on}))
    not_yet = not_announced(due_on, calendar)
    return RemedyDue(clock, started_on, due_on, bool(not_yet), (*steps, *not_yet))


def paragraph(answer: AnswerKind) -> Paragraph:
    """该写哪一段 — the paragraph of a letter with this answer (行政复议法 第二十三条)."""
    return _paragraphs()[answer]


_SAID = {
    Unit.WORKDAYS: "{name}：{length} 个工作日，到 {due_on}",
    Unit.DAYS: "{name}：{length} 日，到 {due_on}",
    Unit.MONTHS: "{name}：{length} 个月，到 {due_on}",
    Unit.YEARS: "{name}：{length} 年，到 {due_on}",
}


@cache
def _clocks() -> dict[str, dict[str, str]]:
    return {row["clock"]: row for row in read_data("remedies.toml")["clock"]}


@cache
def _paragraphs() -> dict[AnswerKind, Paragraph]:
    return {
        AnswerKind(answer): Paragraph(
            row["code"],
            row["text"],
            Provision.parse(row["provision"]),
            row["first_reconsideration"],
            tuple(RemedyClock(clock) for clock in row["clocks"]),
        )
        for row in read_data("remedies.toml")["paragraph"]
        for answer in row["answers"]
    }
