"""办理记录 — a chain of many entries as `record` writes it; imported once Django is set up."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

from django.db import connection

from gongkai.web.journal.chaining import Link, new
from gongkai.web.journal.models import Chain, Entry
from gongkai.web.journal.queries import CHUNK

FIELDS = ("number", "at", "act", "actor", "subject", "facts", "algorithm", "previous", "digest")


def fill(upto: int) -> None:
    """写满 — the chain of the county, up to so many entries."""
    chain, _ = Chain.objects.get_or_create(code="county")
    entries, head, at = [], chain.head, datetime(2026, 11, 20, tzinfo=UTC)
    for number in range(chain.length + 1, upto + 1):
        facts = {"from": "first_review", "to": "second_review", "version": number % 9, "digest": "0" * 64}
        subject = f"holdings.item:{number}"
        link = Link("county", number, at, "holdings.pass_first", "staff:7", subject, facts, "sm3", head)
        head = link.seal()
        made = replace(link, digest=head)
        entries.append(Entry(chain=chain, **{name: getattr(made, name) for name in FIELDS}))
    Entry.objects.bulk_create(entries, batch_size=2000)
    # The trigger lets a head move one entry at a time; here it is set where the last of many left it.
    with connection.cursor() as cursor:
        cursor.execute("DROP TRIGGER IF EXISTS journal_chain_grows")
    Chain.objects.filter(id=chain.id).update(length=upto, head=head)


def hashed_raw() -> None:
    """只读只算 — the same rows read and hashed as they come: no verification can cost less."""
    seal = new("sm3")
    for row in Entry.objects.order_by("number").values_list(*FIELDS).iterator(chunk_size=CHUNK):
        seal.update(repr(row).encode())
