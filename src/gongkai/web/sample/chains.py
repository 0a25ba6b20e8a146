"""示范县的办理记录 — thousands of entries at once, sealed as `journal.actions.record` seals one (条例 第四十五条)."""

from __future__ import annotations

import secrets
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from datetime import datetime

from django.conf import settings

from gongkai.web.journal.chaining import Link
from gongkai.web.journal.models import Chain, Entry, Salt
from gongkai.web.journal.queries import salted

_BATCH = 2000
_FIELDS = ("number", "at", "act", "actor", "subject", "facts", "algorithm", "previous", "digest")


@dataclass(frozen=True, slots=True)
class Told:
    """要记的一笔 — what `record` would be given."""

    chain: str
    act: str
    subject: str
    actor: str
    at: datetime
    facts: dict[str, object] = field(default_factory=dict)
    personal: dict[str, str] = field(default_factory=dict)


def record_all(entries: Iterable[Told]) -> None:
    """记下全部 — chains that nobody has begun yet, each in the order of its times (条例 第四十五条)."""
    salts: dict[str, str] = defaultdict(lambda: secrets.token_hex(32))
    links: dict[str, list[Link]] = defaultdict(list)
    for entry in sorted(entries, key=lambda entry: entry.at):
        links[entry.chain].append(_sealed(entry, links[entry.chain], salts))
    # The database lets a chain grow by one entry at a time, so it is begun at its full length.
    chains = Chain.objects.bulk_create(
        [Chain(code=code, length=len(chained), head=chained[-1].digest) for code, chained in links.items()]
    )
    made = [
        Entry(chain=chain, **{name: getattr(link, name) for name in _FIELDS})
        for chain in chains
        for link in links[chain.code]
    ]
    Entry.objects.bulk_create(made, batch_size=_BATCH)
    Salt.objects.bulk_create(
        [Salt(subject=subject, value=value) for subject, value in salts.items()], batch_size=_BATCH
    )


def _sealed(entry: Told, before: list[Link], salts: dict[str, str]) -> Link:
    algorithm, told = settings.JOURNAL_ALGORITHM, dict(entry.facts)
    if entry.personal:
        salt = salts[entry.subject]
        told["personal"] = {name: salted(algorithm, salt, name, value) for name, value in entry.personal.items()}
    head = before[-1].digest if before else ""
    link = Link(entry.chain, len(before) + 1, entry.at, entry.act, entry.actor, entry.subject, told, algorithm, head)
    return replace(link, digest=link.seal())
