"""逐行读 — rows of a table, so that one that cannot be read stops none of the others (条例 第四十五条).

Whoever writes past the platform may leave what no column of it holds: a torn JSON, a day that is no day, bytes.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import Any

from django.core.exceptions import ObjectDoesNotExist, ValidationError
from django.db import DatabaseError, DataError, OperationalError
from django.db.models import Model, QuerySet

from gongkai.web.journal.chaining import Break

UNREADABLE = "{what}（编号 {number}）读不出来，没有比对：{why}。绕过平台改过，或者磁盘坏了；这张表别的行照常比对"
DANGLING = "它指着的一行不在库里"
PAGE = 500
"""一次读多少行 — what cannot be read as a page is read row by row."""
FAULTS = (
    ArithmeticError, AttributeError, LookupError, ObjectDoesNotExist, RecursionError, TypeError, ValidationError,
    ValueError,
)  # fmt: skip
"""读不出来 — what reading or judging a value raises that the platform never wrote."""
_NO_TEXT = "UTF-8"


def readable(rows: QuerySet[Any, Any]) -> Iterator[tuple[int, Any]]:
    """逐行读 — the number of each row, and the row, or in its place the error by which it cannot be read.

    `rows` in the order of their numbers, with the columns that are wanted; of tuples the first is the number.
    """
    bare = rows if rows.query.values_select else rows.select_related(None).prefetch_related(None)
    plain = bare.order_by("pk").values_list("pk", flat=True)
    rows = rows.order_by("pk")
    numbers = list(plain[:PAGE])
    while numbers:
        found = dict(_page(rows, numbers))
        for number in numbers:
            if number in found:
                yield number, found[number]
            elif (one := _one(rows, number)) is not None:
                yield number, one
        numbers = list(plain.filter(pk__gt=numbers[-1])[:PAGE])


def entries(rows: QuerySet[Any, Any], *names: str) -> Iterator[Any]:
    """读得出来的 — columns of entries of the journal or leaves of the log, in their order: one that cannot be read is
    named where its chain, or the log, is verified."""
    yield from (row[1:] for _, row in readable(rows.values_list("pk", *names)) if isinstance(row, tuple))


def judged(number: int, row: Any, judge: Callable[[Any], Iterable[Break]], what: type[Model]) -> Iterator[Break]:
    """判断一行 — what is told of it; that it cannot be read, where it, or what it says, cannot."""
    try:
        if isinstance(row, Exception):
            raise row
        found = list(judge(row))
    except Exception as error:
        if not is_of_a_value(error):
            raise
        found = [unread(what, number, error)]
    yield from found


def unread(model: type[Model], number: int, error: Exception) -> Break:
    """读不出来的一行 — by its number, with the column, where it is one of its own (条例 第四十五条)."""
    own = model._base_manager.filter(pk=number)
    why = f"{type(error).__name__} {_first_line(error)}".strip()
    for each in model._meta.concrete_fields:
        try:
            own.values_list(each.attname).first()
        except Exception as found:
            if not is_of_a_value(found):
                raise
            why = f"{each.attname} {_first_line(found)}".strip()
            break
    term = (model.__doc__ or model._meta.label_lower).partition(" — ")[0]
    return Break("", None, UNREADABLE, {"what": term, "number": number, "why": why})


def all_but(path: str, model: type[Model], *names: str) -> list[str]:
    """不读的列 — of a joined table, all but the number and these: what is not needed cannot be unreadable."""
    own = model._meta.concrete_fields
    return [f"{path}__{each.name}" for each in own if not each.primary_key and each.name not in names]


def is_of_a_value(error: Exception) -> bool:
    """是不是一个值的事 — not the whole database: SQLite says of text that is none that it could not decode it."""
    if isinstance(error, DatabaseError):
        return isinstance(error, DataError) or (isinstance(error, OperationalError) and _NO_TEXT in str(error))
    return isinstance(error, FAULTS)


def _page(rows: QuerySet[Any, Any], numbers: list[int]) -> Iterator[tuple[int, Any]]:
    """All of a page; none where one of them cannot be read."""
    try:
        found = list(rows.filter(pk__gte=numbers[0], pk__lte=numbers[-1]))
    except Exception as error:
        if not is_of_a_value(error):
            raise
        return
    yield from ((each[0] if isinstance(each, tuple) else each.pk, each) for each in found)


def _one(rows: QuerySet[Any, Any], number: int) -> Any:
    """A row, or the error; None where it is not there any more."""
    try:
        found = list(rows.filter(pk=number))
    except Exception as error:
        if not is_of_a_value(error):
            raise
        return error
    if found:
        return found[0]
    is_there = rows.model._base_manager.filter(pk=number).exists()
    return LookupError(DANGLING) if is_there else None


def _first_line(error: Exception) -> str:
    return str(error).partition("\n")[0][:120]
