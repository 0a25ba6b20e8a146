"""示范县 — thirty bodies, three years, two thousand items in every state; the same each time (条例 第四条).

Rows are written many at once, and the journal as the rooms would have written it: it verifies.
"""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Iterator
from datetime import date, datetime, timedelta

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from gongkai.law.publishing import Act
from gongkai.law.secrecy import Conclusion
from gongkai.web.bodies.models import Body, Level
from gongkai.web.holdings.models import Column, ColumnKind
from gongkai.web.journal.stock import take_stock
from gongkai.web.look.site import site
from gongkai.web.sample import attachments, writing
from gongkai.web.sample.chains import Told, record_all
from gongkai.web.sample.people import Home, settle
from gongkai.web.sample.rows import Shelf
from gongkai.web.sample.story import OPENS, Story, returned, route, told
from gongkai.web.sample.words import binary, data
from gongkai.web.sample.writing import Written

SEED = 20190515
ITEMS = 2000
YEARS = 3
_ORDINARY_DAYS = YEARS * 365
_FRESH_DAYS, _AT_WORK, _HELD, _ARCHIVED, _WITHDRAWN, _SCHEDULED = 12, 84, 20, 60, 8, 6
_RETURNED_ONCE = 0.06


def is_empty() -> bool:
    """空平台 — no body, nobody: nothing that a sample could be mixed up with."""
    return not Body.objects.exists()


def build(now: datetime, items: int = ITEMS) -> int:
    """建县 — in an empty platform; how many items there are then. What its site says is written beside the data."""
    count = _build(now, items)
    if not settings.SITE_FILE.exists():
        settings.SITE_FILE.write_bytes(binary("site.toml"))
        site.cache_clear()
    return count


@transaction.atomic
def _build(now: datetime, items: int) -> int:
    """Whole or not at all."""
    if not is_empty():
        raise ValueError("a platform in use is no place for a sample")
    chance = random.Random(SEED)  # noqa: S311 — the same county each time
    today = timezone.localdate(now)
    start = today - timedelta(days=_ORDINARY_DAYS)
    begun = timezone.make_aware(datetime.combine(start, OPENS))
    homes = settle(now, begun, chance)
    entries: list[Told] = []
    shelf = Shelf(now)
    for home, kept, said in attachments.keep(homes, attachments.shared(chance), begun):
        shelf.files[home.body.pk] = kept
        entries += said
    leak, said = attachments.keep_leaking(homes[_place(homes, "minzheng")], begun)
    entries += said
    for story in _stories(homes, today, now, items, chance):
        shelf.add(story, chance)
    shelf.add(_leaking(homes, today, now, chance), chance, leak)
    cut, said = attachments.keep_masked(homes[_place(homes, "minzheng")], begun)
    entries += said
    shelf.add(_cut(homes, today, now, chance), chance, cut)
    entries += shelf.save()
    record_all(entries)
    take_stock(now=now)
    return len(shelf.items)


def _stories(homes: list[Home], today: date, now: datetime, items: int, chance: random.Random) -> Iterator[Story]:
    """Everything that happened, in the order in which it was begun: numbers rise with time."""
    start = today - timedelta(days=_ORDINARY_DAYS)
    kinds = {column.slug: column.kind for column in Column.objects.all()}
    written = [
        *writing.fixed(homes, start, chance),
        *_regulations(homes, start, today, chance),
        *_reports(homes, today, chance),
    ]
    while len(written) < items - _AT_WORK - _HELD:
        fresh = chance.random() < 0.012
        back = chance.randint(1, _FRESH_DAYS) if fresh else chance.randint(_FRESH_DAYS, _ORDINARY_DAYS - 1)
        on = _workday(today - timedelta(days=back))
        # Numbers of other documents are far from those of the normative ones.
        written.append(writing.ordinary(chance.choice(homes), kinds, on, chance, 100 + len(written)))
    written.sort(key=lambda each: each.draft.formed_on)
    ended = _endings(written, today, chance)
    for place, each in enumerate(written):
        acts = route(each.draft.is_normative)
        if chance.random() < _RETURNED_ONCE:
            acts = returned(acts, chance.randint(2, 4))
        yield told(each, [*acts, *ended.get(place, [])], now, chance)
    for place in range(_HELD):
        on = _workday(today - timedelta(days=20 + 9 * place))
        draft = writing.closed(writing.ordinary(chance.choice(homes), kinds, on, chance))
        yield told(draft, route(False)[:-1], now, chance)
    for place in range(_AT_WORK):
        # From the day before yesterday back to a time long past its twenty working days.
        on = _workday(today - timedelta(days=2 + place % 42))
        each = writing.ordinary(homes[0] if place % 3 == 0 else chance.choice(homes), kinds, on, chance)
        yield told(each, _unfinished(place, chance), now, chance)


def _unfinished(place: int, chance: random.Random) -> list[Act]:
    """Somewhere on the way: at every step in turn, one in six returned, some waiting for their time."""
    acts = route(False)
    if place % 6 == 5:
        return [*acts[:3], Act.RETURN]
    if place % 14 == 4:
        return [*acts[:4], Act.POSTPONE if place % 28 == 4 else Act.REFER]
    if place < _SCHEDULED * 6 and place % 6 == 0:
        return [*acts[:-1], Act.SCHEDULE]
    return acts[: 1 + chance.randint(0, len(acts) - 2)]


def _endings(written: list[Written], today: date, chance: random.Random) -> dict[int, list[Act]]:
    """What came after publication: archived news of long ago, penalties withdrawn."""
    news = [n for n, each in enumerate(written) if each.draft.column == "news"]
    # In a small county all of it is young: something is archived all the same.
    oldest = sorted(news, key=lambda n: written[n].draft.formed_on)
    old = [n for n in oldest if (today - written[n].draft.formed_on).days > 500] or oldest[:1]
    penalties = [n for n, each in enumerate(written) if each.draft.column == "penalties"]
    ended = {n: [Act.ARCHIVE] for n in chance.sample(old, min(_ARCHIVED, len(old)))}
    return ended | {n: [Act.WITHDRAW] for n in chance.sample(penalties, min(_WITHDRAWN, len(penalties)))}


def _regulations(homes: list[Home], start: date, today: date, chance: random.Random) -> Iterator[Written]:
    """Normative documents of the county, each explained; every fourth takes the place of an older one."""
    words, county = data("words"), homes[0]
    departments = [home for home in homes if home.body.level is Level.DEPARTMENT]
    numbers: Counter[int] = Counter()
    for place, subject in enumerate(words["regulations"]):
        times = 2 if place % 4 == 0 else 1
        form = words["forms"][place % len(words["forms"])]
        for again in range(times):
            span = (today - start).days - 20
            share = place * 7 % len(words["regulations"]) / len(words["regulations"])
            part = share if times == 1 else 0.4 * share + 0.58 * again
            on = _workday(start + timedelta(days=int(span * part)))
            numbers[on.year] += 1
            yield writing.regulation(county, subject, form, numbers[on.year], on, chance)
            for told_of in range(chance.randint(1, 2)):
                yield writing.interpretation(
                    chance.choice(departments), subject, form, told_of + place, _workday(on + timedelta(days=1)), chance
                )


def _reports(homes: list[Home], today: date, chance: random.Random) -> Iterator[Written]:
    for year in range(today.year - YEARS + 1, today.year):
        for home in homes:
            on = _workday(date(year + 1, 1, chance.randint(8, 26)))
            if on < today:
                yield writing.report(home, year, on, chance)


def _leaking(homes: list[Home], today: date, now: datetime, chance: random.Random) -> Story:
    """The item whose attachment hides identity numbers: it waits for its first review."""
    return told(_of_civil_affairs(homes, today - timedelta(days=3), chance), [Act.CREATE, Act.SUBMIT], now, chance)


def _cut(homes: list[Home], today: date, now: datetime, chance: random.Random) -> Story:
    """The same list a month before: its numbers were masked, and it was published after the cuts."""
    written = _of_civil_affairs(homes, today - timedelta(days=30), chance)
    acts = route(False)
    acts.insert(acts.index(Act.PASS_SECRECY), Act.MASK)
    return told(written, acts, now, chance, Conclusion.OPEN_AFTER_CUTS)


def _of_civil_affairs(homes: list[Home], day: date, chance: random.Random) -> Written:
    home = homes[_place(homes, "minzheng")]
    columns = dict.fromkeys((column for _, column, _ in home.works), ColumnKind.NOTICE)
    every = {**columns, "news": ColumnKind.NEWS, "policies": ColumnKind.POLICY, "notices": ColumnKind.NOTICE}
    return writing.ordinary(home, every, _workday(day), chance)


def _place(homes: list[Home], slug: str) -> int:
    return next(place for place, home in enumerate(homes) if home.body.slug == slug)


def _workday(day: date) -> date:
    return day - timedelta(days=max(0, day.weekday() - 4))
