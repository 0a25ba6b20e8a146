"""核验 — whether what the public sees is what was recorded as it went out, computed anew (条例 第二十三条)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from gongkai.web.files.models import PublicCopy
from gongkai.web.files.wholeness import Condition, condition
from gongkai.web.holdings.digests import digest
from gongkai.web.holdings.models import Item, Version
from gongkai.web.holdings.queries import public_files
from gongkai.web.journal.chaining import Link
from gongkai.web.journal.models import Entry
from gongkai.web.portal.article import published_by


@dataclass(frozen=True, slots=True)
class ProvedFile:
    """附件核验 — a copy that the public gets, its bytes as they lie in the store now, and what was recorded of it."""

    title: str
    copy: PublicCopy
    condition: Condition
    is_recorded: bool

    @property
    def is_proved(self) -> bool:
        """与公开时一致 — its bytes are those of which the journal says that they were made public (条例 第四十五条)."""
        return self.condition is Condition.WHOLE and self.is_recorded


@dataclass(frozen=True, slots=True)
class Proof:
    """核验结果 — the digest as computed now, the entry of the journal, whether it holds (条例 第四十五条)."""

    version: Version
    computed: str
    entry: Entry | None
    is_linked: bool
    files: tuple[ProvedFile, ...]

    @property
    def wrong_files(self) -> int:
        """对不上的附件 — how many are lost, altered, or other than recorded (条例 第四十五条)."""
        return sum(not each.is_proved for each in self.files)

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
    return Proof(version, computed, entry, entry is not None and _is_linked(entry), tuple(_files(version)))


def _files(version: Version) -> Iterator[ProvedFile]:
    """What the public gets of its attachments, each read again and looked up in the journal."""
    for use in public_files(version):
        if use.copy:
            subject = f"files.file:{use.copy.file_id}"
            entries = Entry.objects.filter(subject=subject, act="files.publish", facts__copy=use.copy.pk)
            entry = entries.select_related("chain").order_by("-id").first()
            recorded = entry is not None and entry.facts.get("digest") == use.copy.digest and _is_linked(entry)
            yield ProvedFile(use.title or use.copy.name, use.copy, condition(use.copy), recorded)


def _is_linked(entry: Entry) -> bool:
    """The entry says what it said, and follows the one before it."""
    before = Entry.objects.filter(chain=entry.chain, number=entry.number - 1).first()
    fields = ("number", "at", "act", "actor", "subject", "facts", "algorithm", "previous", "digest")
    link = Link(entry.chain.code, **{name: getattr(entry, name) for name in fields})
    return link.is_intact and entry.previous == (before.digest if before else "")
