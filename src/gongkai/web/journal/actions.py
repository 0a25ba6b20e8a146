"""记录 — every act is written down in its transaction, days are anchored, persons erased (条例 第四十五条)."""

from __future__ import annotations

import secrets
from collections.abc import Iterable, Mapping
from datetime import date, datetime

from django.conf import settings
from django.db import connection, transaction
from django.db.models import Model
from django.utils import timezone

from gongkai.web.journal.chaining import CLOCK_CORRECTED, Day, Link, canonical
from gongkai.web.journal.models import Anchor, Chain, Entry, Salt
from gongkai.web.journal.queries import is_behind, salted
from gongkai.web.journal.sealed_rows import FACT, salt_subject, sealed

PLATFORM = "platform"
"""平台自己的链 — for what belongs to no body."""


class ClockError(Exception):
    """时钟倒了 — an act would be written down as older than the one before it; nothing is done."""

    fault = "clock"


def record(
    *,
    chain: str,
    act: str,
    subject: str,
    actor: str,
    now: datetime,
    facts: Mapping[str, object] | None = None,
    personal: Mapping[str, str] | None = None,
    rows: Iterable[Model] = (),
    gone: Iterable[str] = (),
) -> Entry:
    """记一笔 — an entry at the end of a chain, inside the transaction of the act that it tells (条例 第四十五条).

    `facts`: ids, codes, whole numbers. `personal`: what is kept as a salted digest alone. `rows`: what the act has
    written, as it stands now: a later change of it past the platform is seen. `gone`: keys of rows that it deleted.
    TransactionManagementError outside a transaction: an act and its record stand or fall together. ClockError where
    the clock was set back.
    """
    if not connection.in_atomic_block:
        raise transaction.TransactionManagementError("a record is written in the transaction of its act")
    algorithm = settings.JOURNAL_ALGORITHM
    told = dict(facts or {})
    canonical([told, str(act), actor, subject])  # TypeError for what databases write differently
    if personal:
        salt = _salt(subject)
        told["personal"] = {name: salted(algorithm, salt, name, value) for name, value in personal.items()}
    if by_row := sealed(algorithm, rows, gone):
        told[FACT] = by_row
    # The head is locked until the transaction ends, so that writers of one chain stand in line.
    held, _ = Chain.objects.select_for_update().get_or_create(code=chain)
    if _is_earlier(held, now):
        told[CLOCK_CORRECTED] = True
    link = Link(chain, held.length + 1, now, str(act), actor, subject, told, algorithm, held.head)
    mark = link.seal()
    moved = Chain.objects.filter(id=held.id, length=held.length).update(length=link.number, head=mark)
    if moved != 1:
        raise transaction.TransactionManagementError("the chain was moved by another writer")
    return Entry.objects.create(
        chain=held,
        number=link.number,
        at=now,
        act=link.act,
        actor=actor,
        subject=subject,
        facts=told,
        algorithm=algorithm,
        previous=held.head,
        digest=mark,
    )


@transaction.atomic
def erase(*, chain: str, subject: str, actor: str, now: datetime, rows: Iterable[Model] = ()) -> bool:
    """删除个人信息 — the salt of a subject goes and with it the person; the chain holds (个人信息保护法 第四十七条).

    `rows`: those of the subject that stay, sealed anew. False where nothing personal was told of it.
    """
    erased, _ = Salt.objects.filter(subject=subject).delete()
    of_rows, _ = Salt.objects.filter(subject=salt_subject(subject)).delete()
    if erased or of_rows:
        record(chain=chain, act="erase", subject=subject, actor=actor, now=now, rows=rows)
    return bool(erased)


@transaction.atomic
def anchor(*, day: date) -> Anchor:
    """立日锚 — the heads of all chains as they stand, sealed once for a day (条例 第四十五条)."""
    last = Anchor.objects.select_for_update().order_by("-day").first()
    if last is not None and last.day >= day:
        return last
    heads = {code: [length, head] for code, length, head in Chain.objects.values_list("code", "length", "head")}
    made = Day(day.isoformat(), heads, settings.JOURNAL_ALGORITHM, last.digest if last else "")
    return Anchor.objects.create(
        day=day, heads=heads, algorithm=made.algorithm, previous=made.previous, digest=made.seal()
    )


def _is_earlier(chain: Chain, now: datetime) -> bool:
    """Whether the entry will be older than the one before it, by the word of whoever runs the platform.

    An act may have waited: only where the clock on the wall too is behind the last entry, it was set back. ClockError
    where nobody said that it is right now.
    """
    last = Entry.objects.filter(chain=chain, number=chain.length).values_list("at", flat=True).first()
    was_set_back = is_behind(now, last) and is_behind(timezone.now(), last)
    if was_set_back and not settings.CLOCK_IS_RIGHT:
        raise ClockError
    return was_set_back


def _salt(subject: str) -> str:
    kept, _ = Salt.objects.get_or_create(subject=subject, defaults={"value": secrets.token_hex(32)})
    return kept.value
