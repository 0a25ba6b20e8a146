"""公众将得到的副本 — of an attachment, opened by reviewers before it is published: the same bytes (条例 第十五条)."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from contextlib import suppress
from datetime import datetime

from gongkai.web.bodies.models import Staff
from gongkai.web.bodies.permissions import Refused
from gongkai.web.files import actions as files
from gongkai.web.files.kinds import FileError
from gongkai.web.files.models import CopyKind, PublicCopy
from gongkai.web.files.queries import is_inspected
from gongkai.web.holdings.models import ItemFile


def public_copy(use: ItemFile, *, staff: Staff, now: datetime) -> PublicCopy:
    """公众将得到的副本 — the one that is chosen, else the one that was made before, else made now (条例 第二十四条).

    FileError where none can be made. What is made is published only when the item is.
    """
    known = use.copy or _made_before(use)
    return known or files.keep_public_copy(ready=_ready(use, staff, now, ()), staff=staff, now=now)


Prepared = Mapping[int, "PublicCopy | files.Ready"]
"""备好的 — by the number of the file, copies that need only be kept."""


def prepared_copies(uses: Iterable[ItemFile], *, keep: Collection[str], staff: Staff, now: datetime) -> Prepared:
    """备好副本 — the slow part of `settle_copies`, before it is one's turn to write (ADR 0023).

    Of a file of which none can be made nothing is said here: `settle_copies` will.
    """
    made: dict[int, PublicCopy | files.Ready] = {}
    for each in uses:
        if not each.copy:
            with suppress(FileError, Refused):
                made[each.file.pk] = _inspected_anew(each, keep, now) or _ready(each, staff, now, keep)
    return made


def settle_copies(
    uses: Collection[ItemFile], *, keep: Collection[str], staff: Staff, now: datetime, prepared: Prepared
) -> None:
    """定下副本 — each attachment without one gets that which reviewers have opened; the guard looks at it anew.

    `keep`: keys of hits that were let pass (条例 第十五条).
    """
    for each in uses:
        if each.copy:
            continue
        made = prepared.get(each.file.pk) or _inspected_anew(each, keep, now) or _ready(each, staff, now, keep)
        each.copy = made if isinstance(made, PublicCopy) else files.keep_public_copy(ready=made, staff=staff, now=now)
        each.save(update_fields=["copy"])


def _inspected_anew(use: ItemFile, keep: Collection[str], now: datetime) -> PublicCopy | None:
    if made := _made_before(use):
        files.inspect_copy(copy=made, now=now, keep=keep)
    return made


def _ready(use: ItemFile, staff: Staff, now: datetime, keep: Collection[str]) -> files.Ready:
    decisions = {"keep": sorted(keep)}
    return files.ready_public_copy(file=use.file, kind=CopyKind.STRIPPED, decisions=decisions, staff=staff, now=now)


def _made_before(use: ItemFile) -> PublicCopy | None:
    """Of this item alone: what is withdrawn with one item stays public with another. Made since the file was looked
    into by the rules of today, which are also those by which copies are made."""
    file = use.file
    if file.inspected_at is None or not is_inspected(file):
        return None
    elsewhere = ItemFile.objects.filter(file=file, copy__isnull=False).exclude(version__item=use.version.item_id)
    made = file.copies.filter(kind=CopyKind.STRIPPED, made_at__gte=file.inspected_at)
    return made.exclude(uses__in=elsewhere).order_by("-id").first()
