"""示范县的办理记录 — thousands of entries at once, sealed as `journal.actions.record` seals one (条例 第四十五条)."""

from __future__ import annotations

import secrets
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime

from django.conf import settings

from gongkai.web.journal.chaining import Link
from gongkai.web.journal.models import Chain, Entry, Salt
from gongkai.web.journal.queries import salted

_BATCH = 2000


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
    """记下全部 — each at the end of its chain, in the order of their times (条例 第四十五条)."""
    algorithm = settings.JOURNAL_ALGORITHM
    salts: dict[str, str] = defaultdict(lambda: secrets.token_hex(32))
    heads = {chain.code: chain for chain in Chain.objects.all()}
    made = []
    for entry in sorted(entries, key=lambda entry: entry.at):
        if entry.chain not in heads:
            heads[entry.chain] = Chain.objects.create(code=entry.chain)
        held, told = heads[entry.chain], dict(entry.facts)
        if entry.personal:
            salt = salts[entry.subject]
            told["personal"] = {name: salted(algorithm, salt, name, value) for name, value in entry.personal.items()}
        link = Link(
            held.code, held.length + 1, entry.at, entry.act, entry.actor, entry.subject, told, algorithm, held.head
        )
        sealed = link.seal()
        made.append(
            Entry(
                chain=held,
                number=link.number,
                at=link.at,
                act=link.act,
                actor=link.actor,
                subject=link.subject,
                facts=told,
                algorithm=algorithm,
                previous=link.previous,
                digest=sealed,
            )
        )
        held.length, held.head = link.number, sealed
    Entry.objects.bulk_create(made, batch_size=_BATCH)
    Salt.objects.bulk_create([Salt(subject=subject, value=value) for subject, value in salts.items()], batch_size=_BATCH)
    for held in heads.values():
        Chain.objects.filter(pk=held.pk).update(length=held.length, head=held.head)
