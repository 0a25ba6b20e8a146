"""办理记录的命令 — what `gongkai journal` does with a database: verify, and write the file for the auditor.

Speaks no Django to the command line: a `JournalError` says in one sentence what cannot be read.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime

from django.conf import settings
from django.db import DatabaseError, connection, transaction
from django.utils import timezone

from gongkai.law.administration import Event
from gongkai.web.journal.actions import PLATFORM, record
from gongkai.web.journal.against import Held
from gongkai.web.journal.chaining import Break, Link
from gongkai.web.journal.exported import Verdict, written
from gongkai.web.journal.heads import Head
from gongkai.web.journal.log_checks import log_breaks
from gongkai.web.journal.models import Anchor, Chain
from gongkai.web.journal.queries import days, links, since, told_by_rooms, verify
from gongkai.web.journal.readable import entries

NO_DATABASE = "{folder}里没有数据库。平台的数据在别处的，请写 --data，或者设 GONGKAI_DATA。"
EMPTY = (
    "{folder} 用的数据库是空的，没有什么可看。以前用过的，请用备份换上；"
    "用 PostgreSQL 的，看 GONGKAI_DATABASE_URL 对不对。"
)
UNREADABLE = "数据库读不了：{why}"


class JournalError(Exception):
    """办理记录读不了 — why, as a template with its values."""

    def __init__(self, template: str, **values: object) -> None:
        super().__init__(template.format(**values))
        self.template, self.values = template, values


def verified(held: Held | None = None, saved: Sequence[Head] = ()) -> Verdict:
    """核验 — every chain of the database that the settings name, the public log, what the rooms keep against them, and
    whether all still is what an earlier export or saved heads say (条例 第四十五条). JournalError where there is none.
    """
    check_there_is_one()
    try:
        lengths = list(Chain.objects.values_list("length", flat=True))
        newest = Anchor.objects.order_by("-id").values_list("id", flat=True)[:1]
        last = next((day for (day,) in entries(Anchor.objects.filter(id__in=list(newest)), "day")), None)
        breaks = (*verify(), *log_breaks(saved), *(since(held) if held else ()), *told_twice())
        return Verdict(len(lengths), sum(lengths), last.isoformat() if last else "", breaks)
    except DatabaseError as error:
        raise JournalError(UNREADABLE, why=first_line(error)) from None


def told_twice() -> list[Break]:
    """各室对照的出入 — what the rooms say, and still say when they are asked again: an act that was done between two
    looks is none (条例 第四十五条)."""
    found = list(told_by_rooms())
    again = {(each.template, str(each)) for each in told_by_rooms()} if found else set()
    return [each for each in found if (each.template, str(each)) in again]


def exported(actor: str) -> Iterator[bytes]:
    """导出 — the lines of the file for the auditor; that it was made stands in the journal itself, and in the file."""
    check_there_is_one()
    try:
        now = timezone.now()
        note_export(actor, now)
        yield from written(days(), _chains(), settings.JOURNAL_ALGORITHM, now)
    except DatabaseError as error:
        raise JournalError(UNREADABLE, why=first_line(error)) from None


@transaction.atomic
def note_export(actor: str, now: datetime, facts: dict[str, object] | None = None) -> None:
    """记下导出 — that the journal was taken out of the house, by whom, how much of it (条例 第四十五条)."""
    record(chain=PLATFORM, act=Event.EXPORT_JOURNAL, subject="journal.export", actor=actor, now=now, facts=facts)


def _chains() -> Iterator[tuple[str, int, str, Iterator[Link]]]:
    for chain in Chain.objects.order_by("id"):
        yield chain.code, chain.length, chain.head, links(chain)


def check_there_is_one() -> None:
    """有没有数据库 — JournalError where the file is not there or empty, or has no tables: none is made by looking."""
    file = settings.DATA / "gongkai.sqlite3"
    if connection.vendor == "sqlite" and not (file.is_file() and file.stat().st_size):
        raise JournalError(EMPTY if file.exists() else NO_DATABASE, folder=settings.DATA)
    try:
        tables = connection.introspection.table_names()
    except DatabaseError as error:
        raise JournalError(UNREADABLE, why=first_line(error)) from None
    if Chain._meta.db_table not in tables:
        raise JournalError(EMPTY, folder=settings.DATA)


def first_line(error: Exception) -> str:
    """第一行 — of what a database says, for a person (no more than 200 characters)."""
    return str(error).partition("\n")[0][:200]
