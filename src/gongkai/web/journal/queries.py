"""查阅与核验 — the entries of a subject, and whether every chain still holds (条例 第四十五条)."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.conf import settings
from django.db import DatabaseError
from django.db.models import Max, QuerySet
from django.utils import timezone

from gongkai.web.journal import log_checks
from gongkai.web.journal.against import Held, differences
from gongkai.web.journal.chaining import (
    GONE,
    SURPLUS,
    Anchored,
    Break,
    Day,
    Link,
    anchors_held,
    canonical,
    digest,
    first_break,
)
from gongkai.web.journal.models import Anchor, Chain, Entry, Salt
from gongkai.web.journal.readable import FAULTS, is_of_a_value, readable, unread
from gongkai.web.journal.readable import UNREADABLE as UNREADABLE_ROW
from gongkai.web.journal.rooms import rooms
from gongkai.web.journal.rows_compared import UNREADABLE, rows_against_journal

CHUNK = 2000
"""一次读多少条 — the memory of a verification does not grow with the journal."""
PATIENCE = timedelta(minutes=5)
_FIELDS = ("number", "at", "act", "actor", "subject", "facts", "algorithm", "previous", "digest")


def of_subject(subject: str) -> QuerySet[Entry]:
    """一件事的记录 — in the order in which it happened."""
    return Entry.objects.filter(subject=subject).select_related("chain").order_by("id")


def is_behind(at: datetime, last: datetime | None) -> bool:
    """时钟倒了 — whether a time is earlier than the last entry by more than clocks differ and writers wait."""
    return last is not None and at < last - PATIENCE


def fault() -> str:
    """时钟的状况 — for /health/: `clock` where it shows a time before the last entry, and nobody said that it is right
    now and was wrong then."""
    if settings.CLOCK_IS_RIGHT:
        return ""
    last = Entry.objects.order_by("-id").values_list("at", flat=True).first()
    return "clock" if is_behind(timezone.now(), last) else ""


def salted(algorithm: str, salt: str, name: str, value: str) -> str:
    """加盐摘要 — what an entry keeps of a personal value."""
    return digest(algorithm, canonical({"name": name, "salt": salt, "value": value}))


def is_about(entry: Entry, name: str, value: str) -> bool:
    """说的是不是它 — whether an entry is about this personal value; never again once the salt is erased."""
    kept = Salt.objects.filter(subject=entry.subject).first()
    told = entry.facts.get("personal", {}).get(name)
    return kept is not None and told == salted(entry.algorithm, kept.value, name, value)


def verify(chains: Collection[str] | None = None) -> list[Break]:
    """核验 — the first break of every chain, or of those named, and of the anchors; none where everything holds.

    Reads as a stream while others write: what is written meanwhile is not looked at.
    """
    anchored, breaks = anchors_held(days())
    for code, marks in log_checks.anchored().items():
        anchored[code] = {**marks, **anchored.get(code, {})}
    read = list(readable(Chain.objects.order_by("id")))
    breaks += [unread(Chain, number, row) for number, row in read if isinstance(row, Exception)]
    known = [row for _, row in read if isinstance(row, Chain)]
    for chain in known:
        if chains is None or chain.code in chains:
            found = _chain_break(chain, anchored.get(chain.code, {}))
            breaks += [found] if found else []
    for code in sorted(set(anchored) - {chain.code for chain in known}):
        if chains is None or code in chains:
            day = next(iter(anchored[code].values())).day
            breaks.append(Break(code, None, GONE, {"chain": code, "day": day}))
    return breaks


def since(held: Held) -> list[Break]:
    """与旧件的出入 — the first of every chain, and of the anchors; none where all is as the earlier export says."""

    def _digests(code: str) -> Iterator[tuple[int, str]]:
        rows = Entry.objects.filter(chain__code=code).order_by("number").values_list("number", "digest")
        return rows.iterator(chunk_size=CHUNK)

    return list(differences(held, _digests, {day.day: day.digest for day in days()}))


def told_by_rooms() -> Iterator[Break]:
    """各室对照 — where what a room keeps is not what the journal says of it; each room compares its own.

    A room offers `compared_with_journal` in its module `room`. What it has named is not named once more by its row.
    """
    named: list[str] = []
    for each in _compared():
        if each.template != UNREADABLE_ROW or str(each) not in named:
            yield each
        named.append(str(each))
    for each in rows_against_journal():
        if str(each) not in named and not any(_is_about(each, text) for text in named):
            yield each


def _is_about(row: Break, text: str) -> bool:
    """Whether a sentence is of the row: it begins with its index number, or names it with its number. Many files are
    called the same: a name alone tells nothing."""
    called, number = (str(row.values.get(name, "")) for name in ("called", "number"))
    return bool(called) and (text.startswith(f"{called} ") or f"“{called}”（编号 {number}）" in text)


def _compared() -> Iterator[Break]:
    for room in rooms():
        try:
            yield from getattr(room, "compared_with_journal", tuple)()
        except FAULTS as error:
            what = room.__name__.split(".")[-2]
            yield Break("", None, UNREADABLE, {"what": what, "why": str(error)[:200]})


def _chain_break(chain: Chain, anchored: dict[int, Anchored]) -> Break | None:
    last = chain.entries.aggregate(last=Max("number"))["last"] or 0
    found = first_break(chain.code, links(chain), chain.length, chain.head, anchored)
    # Entry and head are written together: an entry seen before the head is read again cannot lie beyond it.
    chain.refresh_from_db()
    if found is None and last > chain.length:
        values = {"chain": chain.code, "number": chain.length + 1, "length": chain.length}
        return Break(chain.code, chain.length + 1, SURPLUS, values)
    return found


def links(chain: Chain) -> Iterator[Link]:
    """链上各条 — up to where the chain stood when it was read, as a stream."""
    rows = chain.entries.filter(number__lte=chain.length).order_by("number").values_list(*_FIELDS)
    try:
        for row in rows.iterator(chunk_size=CHUNK):
            yield Link(chain.code, *row)
    except DatabaseError as error:
        if not is_of_a_value(error):
            raise
        raise ValueError(str(error).partition("\n")[0]) from None


def days() -> Iterator[Day]:
    """各日的日锚 — in their order."""
    rows = Anchor.objects.order_by("id").values_list("id", "day", "heads", "algorithm", "previous", "digest")
    for number, row in readable(rows):
        if isinstance(row, Exception) or not isinstance(row[1], date):
            yield Day(f"编号 {number}", None, "", "", "")  # edited, as it cannot be read
        else:
            yield Day(row[1].isoformat(), *row[2:])


def search(
    *,
    chains: Collection[str],
    actors: Collection[str] | None = None,
    subjects: Collection[str] = (),
    act: str = "",
    since: datetime | None = None,
    until: datetime | None = None,
) -> QuerySet[Entry]:
    """查记录 — of these chains, newest first; what is left empty is not asked (条例 第四十五条)."""
    asked = {"subject__in": subjects, "act": act, "at__gte": since, "at__lt": until}
    told: dict[str, object] = {name: value for name, value in asked.items() if value}
    if actors is not None:
        told["actor__in"] = actors
    known = dict(Chain.objects.values_list("code", "id"))
    if known.keys() - set(chains):  # whoever reads all of them is asked for none: the index of times is enough
        told["chain__in"] = [known[code] for code in chains if code in known]
    return Entry.objects.filter(**told).select_related("chain").order_by("-at", "-id")


@dataclass(frozen=True, slots=True)
class Page:
    """一页 — entries, newest first; by which entries the pages before and after begin, None where there is none."""

    entries: list[Entry]
    newer: int | None
    older: int | None


def page_of(found: QuerySet[Entry], size: int, older: Entry | None = None, newer: Entry | None = None) -> Page:
    """取一页 — of what was searched, from the entry that a page ended with; the index leads there, nothing is counted.

    `older`: the page begins after it. `newer`: the page ends before it.
    """
    if newer is not None:
        later = found.filter(at__gte=newer.at).exclude(at=newer.at, id__lte=newer.pk).order_by("at", "id")
        entries = list(later[: size + 1])[::-1]
        entries, has_newer, has_older = entries[-size:], len(entries) > size, True
    else:
        earlier = found.filter(at__lte=older.at).exclude(at=older.at, id__gte=older.pk) if older else found
        entries = list(earlier[: size + 1])
        entries, has_newer, has_older = entries[:size], older is not None, len(entries) > size
    if not entries:
        return Page([], None, None)
    return Page(entries, entries[0].pk if has_newer else None, entries[-1].pk if has_older else None)
