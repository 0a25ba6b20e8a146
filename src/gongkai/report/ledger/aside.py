"""旁边的格 — cells that decide neither the clock nor table three: they stop themselves alone (条例 第三十三条).

Also what an office gives as the last day of a period where the law counts its working days.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from decimal import Decimal
from typing import NamedTuple

from gongkai.documents.columns import Entry, Place, Wrong
from gongkai.law.errors import LawError
from gongkai.law.workdays import DAY, Calendar
from gongkai.report.ledger import LedgerError

_NOT_ASKED = LedgerError("写了补正期限，没有写补正告知日期，请补上")
_ENDED = "补正期限 {until} 不晚于补正告知日期 {asked}，请核对这两天"
_RESTED = "补正期限 {until} 是休息日，当作到下一个工作日 {day}"


def to_come(entry: Entry) -> Iterator[Wrong]:
    """还没有到的 — cells of days after today but that of the receipt: their acts are refused (条例 第三十三条)."""
    return (each for each in entry.wrong if each.is_ahead and each.name != "received_on")


def values_up_to_today(entry: Entry) -> dict[str, object]:
    """到今天为止的一行 — what is answered on a day to come is not answered (条例 第三十三条)."""
    is_open = any(each.name == "answered_on" for each in to_come(entry))
    return {**entry.values, **({"answer": None, "state": None} if is_open else {})}


def is_aside(name: str, entry: Entry, values: Mapping[str, object]) -> bool:
    """只停那一格 — whether a cell of this column that cannot be read leaves the rest of its row as it is.

    A channel matters where a day of confirmation stands beside it, a period of correction where its lapse is the end.
    """
    if name == "channel":
        return "confirmed_on" not in entry.columns
    return name == "fee" or (name == "correction_workdays" and values.get("answer") != "lapse_correction")


class InWorkdays(NamedTuple):
    """换成工作日的一行 — the values of a row, the cell that cannot be a last day, and what is to be said of one."""

    values: dict[str, object]
    wrong: Wrong | None = None
    told: Wrong | None = None


def with_workdays(entry: Entry, values: Mapping[str, object], calendar: Calendar) -> InWorkdays:
    """补正期限换成工作日 — the row with its period of correction in working days, where its last day was given."""
    if not isinstance(values.get("correction_workdays"), date):
        return InWorkdays(dict(values))
    at = Place(entry.sheet, entry.row, entry.columns["correction_workdays"])
    try:
        days, template, words = in_workdays(values, calendar)
    except LedgerError as error:
        wrong = Wrong(at, "", error.template, error.values, "correction_workdays")
        return InWorkdays({**values, "correction_workdays": None}, wrong=wrong)
    told = Wrong(at, "", template, words) if template else None
    return InWorkdays({**values, "correction_workdays": days}, told=told)


def in_workdays(values: Mapping[str, object], calendar: Calendar) -> tuple[Decimal | None, str, Mapping[str, object]]:
    """补正期限的工作日 — of one that is given as its last day, and what is to be said (条例 第三十条).

    LedgerError where it is no such day.
    """
    until, asked = values["correction_workdays"], values.get("correction_asked_on")
    assert isinstance(until, date)
    if not isinstance(asked, date):
        raise _NOT_ASKED
    if until <= asked:
        raise LedgerError(_ENDED, until=until, asked=asked)
    try:
        count = calendar.workdays_between(asked + DAY, until)
        if calendar.is_workday(until):
            return Decimal(count), "", {}
        day = calendar.add_workdays(asked, count + 1)
    except LawError as error:
        raise LedgerError(error.template, **error.values) from None
    return Decimal(count + 1), _RESTED, {"until": until, "day": day}
