"""台账里的救济 — a case as its row tells it, in one instance or two, and the record that counts (条例 第五十一条)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from gongkai.law.errors import LawError
from gongkai.law.remedy_course import RemedyAct, RemedyStep, remedy_course
from gongkai.law.requests.rows import day_from, word_from
from gongkai.law.requests.settings import Settings
from gongkai.law.terms import RemedyEnding, RemedyKind
from gongkai.law.workdays import Calendar
from gongkai.report.records import RecordError, Remedy

DAYS = {
    RemedyAct.FILE: "filed_on",
    RemedyAct.DECIDE: "decided_on",
    RemedyAct.APPEAL: "appealed_on",
    RemedyAct.FINAL: "final_on",
}
"""各步的日期栏 — the column of each step's day (行政诉讼法 第八十五条)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """一件复议、诉讼 — `first`: its record by the first decision; `steps`: all that the row tells (条例 第五十一条)."""

    first: Remedy
    steps: tuple[RemedyStep, ...]

    @property
    def id(self) -> str:
        """编号 — of the case."""
        return self.first.id

    @property
    def filed_on(self) -> date:
        """提起之日 — the day on which it was filed."""
        return self.first.filed_on

    def record(self, calendar: Calendar, settings: Settings, cut_on: date) -> Remedy:
        """计入表四的记录 — as it stood on a day, by the decision that the setting lets count (行政诉讼法)."""
        counted = remedy_course(self.first.kind, self.steps, calendar, settings, cut_on=cut_on).counted
        return Remedy(
            id=self.id,
            kind=self.first.kind,
            filed_on=self.filed_on,
            is_original_actor=self.first.is_original_actor,
            ending=RemedyEnding(counted.ending) if counted else None,
            decided_on=counted.on if counted else None,
        )

    def refused(self, calendar: Calendar, settings: Settings) -> Iterator[tuple[RemedyStep, LawError]]:
        """不成立的行为 — what of the row moves nothing, and why (行政诉讼法 第八十五条)."""
        yield from remedy_course(self.first.kind, self.steps, calendar, settings).refused


def case_from(row: Mapping[str, Any]) -> Case:
    """读一件 — from a row that names what interchange names. LawError or RecordError where it cannot be."""
    ending, final = (
        word_from(RemedyEnding, row[name], "结案方式") if row.get(name) else None for name in ("ending", "final_ending")
    )
    _, decided_on, appealed_on, final_on = (day_from(row[name]) if row.get(name) else None for name in DAYS.values())
    first = Remedy(
        id=str(row["id"]),
        kind=word_from(RemedyKind, row.get("kind") or "", "救济类别"),
        filed_on=day_from(row.get("filed_on")),
        is_original_actor=row.get("is_original_actor", True) is not False,
        ending=ending,
        decided_on=decided_on,
    )
    if (final is None) != (final_on is None):
        raise RecordError("{id}：结果和日期要么都有，要么都没有", id=first.id)
    days = (first.filed_on, decided_on, appealed_on, final_on)
    steps = zip(DAYS, days, (None, ending, None, final), strict=True)
    return Case(first=first, steps=tuple(RemedyStep(kind=kind, on=on, ending=said) for kind, on, said in steps if on))
