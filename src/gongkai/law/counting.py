"""期限的计算 — a deadline and how it was counted, step by step (民法典 第二百零一条：期间开始的日不计算在期间内).

Days are counted one by one from the day after the start; weekends, breaks and excluded spans are skipped and
remembered, so that a person can follow the counting on a wall calendar.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from gongkai.law.errors import LawError
from gongkai.law.sources import Provision
from gongkai.law.workdays import DAY, Calendar, DayKind, MakeUp, require_workdays


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """起止日期 — a run of days, both ends included, such as a consultation (条例 第三十三条第三款)."""

    first_on: date
    last_on: date

    def __post_init__(self) -> None:
        if self.first_on > self.last_on:
            raise LawError(
                "从 {first_on} 到 {last_on} 先后颠倒了，请把较早的日期写在前面",
                first_on=self.first_on,
                last_on=self.last_on,
            )


@dataclass(frozen=True, slots=True)
class Skipped:
    """不计入的日子 — days passed over: `weekend`, `holiday` (with name and notices), or an `excluded` span."""

    first_on: date
    last_on: date
    reason: str
    name: str = ""
    notices: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Count:
    """一段计数 — `workdays` counted after `after_on`; the last of them is `last_on` (民法典 第二百零一条)."""

    after_on: date
    last_on: date
    workdays: int
    skipped: tuple[Skipped, ...]
    made_up: tuple[MakeUp, ...]


@dataclass(frozen=True, slots=True)
class Step:
    """计算步骤 — one sentence of the reasoning with its provision, and the count that it made, if any.

    `template.format(**values)` is the sentence; values are dates, numbers and words.
    """

    template: str
    provision: Provision
    values: Mapping[str, object] = field(default_factory=dict)
    count: Count | None = None

    @property
    def message(self) -> str:
        """说明 — the sentence in Chinese."""
        return self.template.format(**self.values)


@dataclass(frozen=True, slots=True)
class Deadline:
    """期限 — the last day, the working days counted, the steps (民法典 第二百零一条). `provisional`: 暂定."""

    clock: str
    received_on: date
    due_on: date
    provisional: bool
    workdays: int
    steps: tuple[Step, ...]


def count(calendar: Calendar, after_on: date, workdays: int, excluded: Sequence[Span] = ()) -> Count:
    """数工作日 — count from the day after `after_on`, which is not counted (民法典 第二百零一条).

    `excluded`: merged spans in order; their days are not counted whatever they are.
    """
    require_workdays(workdays)
    spans = [span for span in excluded if span.last_on > after_on]
    skipped: list[Skipped] = []
    made_up: list[MakeUp] = []
    day, left = after_on, workdays
    while left:
        day += DAY
        if spans and day >= spans[0].first_on:
            span = spans.pop(0)
            skipped.append(Skipped(day, span.last_on, "excluded"))
            day = span.last_on
            continue
        kind = calendar.kind(day)
        left -= kind.is_workday
        if kind is DayKind.MAKE_UP:
            made_up.append(MakeUp(calendar.name(day), day))
        elif not kind.is_workday:
            _skip(skipped, Skipped(day, day, kind.value, calendar.name(day), calendar.notices(day)))
    return Count(after_on, day, workdays, tuple(skipped), tuple(made_up))


def merged(spans: Iterable[Span]) -> tuple[Span, ...]:
    """合并重叠 — the same days as spans in order that neither overlap nor touch, so that no day is taken off twice."""
    result: list[Span] = []
    for span in sorted(spans):
        if result and span.first_on <= result[-1].last_on + DAY:
            result[-1] = Span(result[-1].first_on, max(result[-1].last_on, span.last_on))
        else:
            result.append(span)
    return tuple(result)


def _skip(skipped: list[Skipped], new: Skipped) -> None:
    last = skipped[-1] if skipped else None
    if last and last.last_on + DAY == new.first_on and _reason(last) == _reason(new):
        skipped[-1] = Skipped(last.first_on, new.last_on, *_reason(new))
    else:
        skipped.append(new)


def _reason(each: Skipped) -> tuple[str, str, tuple[str, ...]]:
    return each.reason, each.name, each.notices
