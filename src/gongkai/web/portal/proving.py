"""核验 — whether what the public sees is what was recorded as it went out, computed anew (条例 第二十三条)."""

from __future__ import annotations

from dataclasses import dataclass

from gongkai.web.holdings.digests import digest
from gongkai.web.holdings.models import Item, Version
from gongkai.web.journal.chaining import Link
from gongkai.web.journal.models import Entry
from gongkai.web.portal.article import published_by


@dataclass(frozen=True, slots=True)
class Proof:
    """核验结果 — the digest as computed now, the entry of the journal, whether it holds (条例 第四十五条)."""

    version: Version
    computed: str
    entry: Entry | None
    is_linked: bool

    @property
    def is_intact(self) -> bool:
        """与保存时一致 — the words, the metadata and the files are what the version says."""
        return self.version.digest == self.computed

    @property
    def is_recorded(self) -> bool:
        """与公开时一致 — the journal names the same digest, and its entry is where it was put."""
        return self.entry is not None and self.entry.facts.get("digest") == self.computed and self.is_linked


def proof(item: Item) -> Proof | None:
    """核验 — of a public item; None where the public sees nothing of it (条例 第二十三条)."""
    version, entry = item.public_version, published_by(item)
    if version is None:
        return None
    computed = digest(version, version.files.select_related("file"))
    return Proof(version, computed, entry, entry is not None and _is_linked(entry))


def _is_linked(entry: Entry) -> bool:
    """The entry says what it said, and follows the one before it."""
    before = Entry.objects.filter(chain=entry.chain, number=entry.number - 1).first()
    fields = ("number", "at", "act", "actor", "subject", "facts", "algorithm", "previous", "digest")
    link = Link(entry.chain.code, **{name: getattr(entry, name) for name in fields})
    return link.is_intact and entry.previous == (before.digest if before else "")
