"""补看附件 — what nobody was kept waiting for, and what the rules of an older day have seen (条例 第十七条).

Two go on beside each other: one tries each file for a few seconds, the other reads those that take longer. So no scan
keeps a small file waiting. Within each, turns: whoever has had the least of it lately comes next.
"""

from __future__ import annotations

from collections.abc import Callable, Collection
from datetime import datetime
from functools import partial
from time import monotonic
from typing import Any

from django.db import transaction
from django.db.models import Exists, F, OuterRef, Q

from gongkai.law.publishing import REVIEWS, State
from gongkai.web.files import queries as files
from gongkai.web.files.actions import inspect_copy, inspect_file
from gongkai.web.files.models import File, PublicCopy
from gongkai.web.files.rules import rules
from gongkai.web.holdings import guarding
from gongkai.web.holdings.actions.apart import one_by_one
from gongkai.web.holdings.actions.taking import look
from gongkai.web.holdings.actions.telling import holding
from gongkai.web.holdings.actions.uploading import tell_quarantined
from gongkai.web.holdings.models import ItemFile, Version
from gongkai.web.spent import Spent

MOST_FILES = 10
"""一次补看几个 — files, and as many copies (条例 第十七条)."""
MOST_QUICK = 500
_WEIGHED = 1000
UNDER_WAY = (State.DRAFT, State.CLEARED, *REVIEWS)
_spent = Spent()
_long: set[tuple[int, str]] = set()
"""Files that were not done in a few seconds, by the rules that they were looked into with."""


def look_into_files(*, now: datetime, is_quick: bool | None = None) -> int:
    """补看附件 — files that nobody has looked into with the rules of today, and the drafts that hold them, then copies.

    How many (条例 第十七条). `is_quick`: True: each for a few seconds, and no copies; False: what was not done in them,
    to its end; None: a few of all, each to its end.
    """
    looked = _files(now, is_quick)
    return looked if is_quick else looked + _copies(now)


def _files(now: datetime, is_quick: bool | None) -> int:
    looked, tried, most = 0, set[int](), MOST_QUICK if is_quick else MOST_FILES
    while len(tried) < most and (file := _next(tried, is_quick)):
        tried.add(file.pk)
        looked += one_by_one(
            [file],
            partial(_counted, partial(_look_into, now=now, is_quick=bool(is_quick))),
            now,
            about=lambda file: holding(Q(newest_version__files__file=file)),
        )
    return looked


def _next(tried: Collection[int], is_quick: bool | None) -> File | None:
    """Of what was tried least, then of what people wait for, then of whoever had the least time: the smallest.

    After another release everything is looked into anew: what people wait for is not behind thousands of others.
    """
    used = ItemFile.objects.filter(file=OuterRef("pk"), version__newest_of__state__in=UNDER_WAY)
    waiting = files.uninspected().annotate(is_awaited=Exists(used))
    first = waiting.order_by("tries", "-is_awaited", *waiting.query.order_by)
    known = {number for number, of in _long if of == rules()}
    if is_quick is not None:
        first = first.exclude(pk__in=known) if is_quick else first.filter(pk__in=known)
    weighed = first.exclude(pk__in=tried).values_list("tries", "is_awaited", "uploaded_by", "size", "pk")[:_WEIGHED]
    spent: dict[int, float] = {}
    for _, _, account, _, _ in weighed:
        spent[account] = _spent.seconds(account)
    best = min(weighed, key=lambda one: (one[0], not one[1], spent[one[2]], one[3], one[4]), default=None)
    return File.objects.select_related("body").filter(pk=best[4]).first() if best else None


def _look_into(file: File, *, now: datetime, is_quick: bool) -> bool:
    was_known, begun = file.quarantined_at is not None, monotonic()
    try:
        seen = inspect_file(file=file, now=now, is_awaited=is_quick)
    finally:
        _spent.add(file.uploaded_by_id, monotonic() - begun)
    if seen is None:
        _long.add((file.pk, rules()))
        return False
    _long.discard((file.pk, rules()))
    _look_at_drafts(Q(files__file=file), now)
    if file.quarantined_at and not was_known:
        tell_quarantined(file, now, holding(Q(newest_version__files__file=file)))
    return True


def _copies(now: datetime) -> int:
    def _look_into_copy(copy: PublicCopy) -> bool:
        inspect_copy(copy=copy, now=now)
        _look_at_drafts(Q(files__copy=copy), now)
        return True

    return one_by_one(
        list(files.uninspected_copies()[:MOST_FILES]),
        partial(_counted, _look_into_copy),
        now,
        about=lambda copy: holding(Q(newest_version__files__copy=copy)),
    )


def _counted(act: Callable[[Any], bool], kept: File | PublicCopy) -> bool:
    """What cannot be looked into goes behind those that were not tried as often: however many, it holds up nobody."""
    try:
        return act(kept)
    except Exception:
        type(kept)._default_manager.filter(pk=kept.pk).update(tries=F("tries") + 1)
        raise


def _look_at_drafts(those: Q, now: datetime) -> None:
    for version in Version.objects.filter(those, item__newest_version=F("id")).select_related("item__body").distinct():
        guarding.look_ahead(version, version.item.body, version.item.index_number)
        with transaction.atomic():
            look(version, now)
