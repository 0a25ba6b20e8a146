"""并案的期限 — lateness of what is merged, which goes with the request that answers for both (条例 第三十三条).

Each keeps its own period. Where only its own is past, and not that of the other, the row alone does not tell why.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from typing import TYPE_CHECKING

from gongkai.law.requests.acts import Act, Request, RequestAct
from gongkai.law.requests.course import Course
from gongkai.law.requests.states import Mark

if TYPE_CHECKING:
    from gongkai.report.ledger import Line, RefusedRow

HOST_UNSURE = "并入“{into}”办理，那一件看不出是否逾期，这一件也看不出；请先把那一件写明"
HOST_IN_TIME = (
    "并入“{into}”办理，那一件 {answered_on} 答复，没有逾期；这一件自己的期限到 {due_on}，看不出是否逾期，"
    "请核对这一件有没有补正、延期、征求意见"
)
HOST_WAITS = (
    "并入“{into}”办理，那一件还没有到期；这一件自己的期限到 {due_on}，看不出是否逾期，"
    "请核对这一件有没有补正、延期、征求意见"
)

Doubted = Callable[[str, Act, str, Mapping[str, object]], "RefusedRow"]


def with_hosts(lines: Sequence[Line], requests: Sequence[Request], doubted: Doubted, today: date | None) -> list[Line]:
    """随并入的那一件 — lines of which none is late that goes with one that is not, or of which nobody can tell.

    `doubted`: what is said of a merger. `today`: on which what is open is judged.
    """
    merging = {each.id: act for each in requests for act in each.acts if act.kind is RequestAct.MERGE and act.into}
    if not merging:
        return list(lines)
    last = {_number(each): each for each in lines}
    hosts = _Hosts(last, merging, doubted, today)
    return [hosts.judged(each) if each is last[_number(each)] else each for each in lines]


@dataclass(slots=True)
class _Hosts:
    """The lines by number, the mergers, and what is found of each."""

    lines: Mapping[str, Line]
    merging: Mapping[str, Act]
    doubted: Doubted
    today: date | None
    found: dict[str, Line] = field(default_factory=dict)

    def judged(self, line: Line) -> Line:
        """A line with what is said of its merger: those that it goes with first, one after another."""
        chain: list[str] = []
        number = _number(line)
        while number in self.lines and number not in self.found and number not in chain:
            chain.append(number)
            act = self.merging.get(number)
            number = act.into if act else ""
        for each in reversed(chain):
            self.found[each] = self._with_host(self.lines[each])
        return self.found[_number(line)]

    def _with_host(self, line: Line) -> Line:
        act = self.merging.get(_number(line))
        if act is None or not line.is_sure or not self._is_late(line.course):
            return line
        said = self._said(line.course, act)
        return replace(line, refused=(*line.refused, self.doubted(_number(line), act, *said))) if said else line

    def _said(self, own: Course, act: Act) -> tuple[str, Mapping[str, object]] | None:
        # Of a circle one is not known yet: nobody can tell.
        host = self.found.get(act.into)
        values = {"into": act.into, "due_on": own.in_time_until}
        if host is None or not host.is_sure:
            return HOST_UNSURE, {"into": act.into}
        if self._is_late(host.course):
            return None
        answered_on = host.course.answered_on
        return (HOST_IN_TIME, {**values, "answered_on": answered_on}) if answered_on else (HOST_WAITS, values)

    def _is_late(self, found: Course) -> bool:
        return Mark.ANSWERED_LATE in found.marks or bool(self.today and found.is_overdue(self.today))


def _number(line: Line) -> str:
    return line.course.id.partition("+")[0]
