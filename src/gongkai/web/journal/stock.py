"""盘存 — rows that were there before acts sealed them get their digests in the journal, once (条例 第四十五条)."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime

from django.conf import settings
from django.db import connection, transaction

from gongkai.web.journal.actions import PLATFORM, record
from gongkai.web.journal.rows_compared import STOCK, TABLES, told
from gongkai.web.journal.sealed_rows import FACT, Kept, sealed_in, tables

_CHUNK = 500


def take_stock(*, now: datetime) -> int:
    """盘存 — of every table that was never taken stock of, the rows without a digest; how many (条例 第四十五条).

    From then on a row of which no entry tells was added past the platform.
    """
    known = told()
    new = {label: kept for label, kept in tables().items() if label not in known.tables}
    if not new:
        return 0
    counted = sum(_taken(kept, known.rows.get(kept.label, {}), now) for kept in new.values())
    with transaction.atomic():
        _write({TABLES: sorted(new)}, now)
    return counted


def _taken(kept: Kept, known: Collection[int], now: datetime) -> int:
    numbers = list(kept.model._base_manager.order_by("pk").values_list("pk", flat=True))
    new = [number for number in numbers if number not in known]
    for start in range(0, len(new), _CHUNK):
        _sealed(kept, new[start : start + _CHUNK], now)
    return len(new)


@transaction.atomic
def _sealed(kept: Kept, numbers: list[int], now: datetime) -> None:
    if connection.features.has_select_for_update:  # whoever is writing one of them is waited for
        list(kept.model._base_manager.select_for_update().filter(pk__in=numbers).values_list("pk", flat=True))
    sealed = sealed_in(settings.JOURNAL_ALGORITHM, {kept.label: numbers})
    _write({FACT: sealed}, now)


def _write(facts: dict[str, object], now: datetime) -> None:
    record(chain=PLATFORM, act=STOCK, subject=STOCK, actor="platform", now=now, facts=facts)
