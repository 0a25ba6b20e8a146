"""年度报告的期限 — until when a report is filed and published (条例 第四十九条)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from functools import cache
from typing import Any

from gongkai.law.errors import LawError
from gongkai.law.sources import Provision, read_data


class Publisher(StrEnum):
    """发布主体 — whose report it is (条例 第四十九条)."""

    DEPARTMENT = "department"
    TOWNSHIP = "township"
    GOVERNMENT = "government"


@dataclass(frozen=True, slots=True)
class ReportDue:
    """年报期限 — the last day, its provision, whose `name`, and whether the law itself names it (条例 第四十九条)."""

    due_on: date
    provision: Provision
    is_statutory: bool
    name: str


def report_due(year: int, publisher: Publisher, *, local_on: date | None = None) -> ReportDue:
    """年报期限 — the last day for the report of a year (条例 第四十九条). It does not move with days off.

    `local_on`: the date that a local notice sets; LawError when it is later than the law's, or not in the next year.
    """
    rows = [row for row in _rows() if row["publisher"] == publisher]
    row = max((row for row in rows if row["from"] <= year), key=lambda row: row["from"])
    due_on = date(year + 1, row["month"], row["day"])
    if local_on and local_on.year != due_on.year:
        raise LawError(
            "{year} 年度的报告在 {next} 年发布，{local_on} 不在这一年", year=year, next=year + 1, local_on=local_on
        )
    if local_on and row["statutory"] and local_on > due_on:
        raise LawError("地方通知的日期 {local_on} 晚于条例规定的 {due_on}，只能提前", local_on=local_on, due_on=due_on)
    is_statutory = row["statutory"] and not local_on
    return ReportDue(local_on or due_on, Provision.parse(row["provision"]), is_statutory, row["name"])


@cache
def _rows() -> Sequence[Mapping[str, Any]]:
    """Read once: every correction of a record asks."""
    rows: Sequence[Mapping[str, Any]] = read_data("time_limits.toml")["report"]
    return rows
