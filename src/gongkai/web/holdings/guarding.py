"""机检 — what the guard sees in a version: words, tables, attachments; what of it blocks (条例 第十五条、第十七条).

Kept with the version as JSON, without the words that were found: a place is enough, and a mask.
"""

from __future__ import annotations

import hashlib
import logging
from collections.abc import Iterable, Iterator
from functools import lru_cache
from pathlib import Path
from typing import Any

from django.conf import settings

from gongkai.text import personal_data
from gongkai.text.hit import Hit, Severity
from gongkai.text.proofreading import Dictionary, DictionaryError, proofread, read_dictionary
from gongkai.web.bodies.models import Body
from gongkai.web.files.models import CopyKind
from gongkai.web.holdings import links
from gongkai.web.holdings.models import ItemFile, Version
from gongkai.web.holdings.rich_text import tables

FIELDS = ("title", "summary", "keywords", "source", "annotation", "body_text")
"""看哪些栏 — the fields of a version in which the guard reads (条例 第十五条)."""
MOST_HITS = 500
_ORDER = (Severity.BLOCK, Severity.WARN, Severity.NOTE)

Found = dict[str, Any]
_log = logging.getLogger(__name__)


def look(version: Version, files: Iterable[ItemFile]) -> list[Found]:
    """机检 — everything found in a version and its files, in the order of reading (条例 第十七条)."""
    allowed = _allowed(version.item.body, version.item.index_number)
    found = [each for field in FIELDS for each in _in_field(version, field, allowed)]
    for place, item_file in enumerate(files, start=1):
        found += _in_file(item_file, place, allowed)
    return found[:MOST_HITS]


def dictionaries() -> list[Dictionary]:
    """本单位的词库 — the TOML files of the dictionaries' folder; one that cannot be read is logged and left out."""
    found = []
    for path in sorted(settings.DICTIONARIES_FOLDER.glob("*.toml")):
        dictionary = _read(path, path.stat().st_mtime_ns)
        found += [dictionary] if dictionary else []
    return found


@lru_cache(maxsize=32)
def _read(path: Path, _changed: int) -> Dictionary | None:
    try:
        return read_dictionary(path.read_text(encoding="utf-8"))
    except (DictionaryError, OSError, UnicodeDecodeError) as error:
        _log.error("%s: %s", path.name, error)
        return None


def blocking(version: Version) -> list[Found]:
    """阻断项 — what must be masked, removed, or let pass with a reason before publication (条例 第十五条)."""
    passed = set(version.overrides.values_list("hit", flat=True))
    return [each for each in version.guard or () if each["severity"] == Severity.BLOCK and each["id"] not in passed]


def unread(files: Iterable[ItemFile]) -> list[str]:
    """还没看的附件 — titles of files that the guard has not looked into (条例 第十七条)."""
    return [each.title for each in files if each.file.inspected_at is None and each.copy is None]


def _in_field(version: Version, field: str, allowed: frozenset[str]) -> Iterator[Found]:
    text = getattr(version, field)
    hits = list(personal_data.find(text, allowed=allowed))
    hits += proofread(text, dictionaries=dictionaries())
    hits += links.dead_in_text(text)
    if field == "body_text":
        hits += links.dead_in_body(version.body_html)
        for rows, offsets in tables(version.body_html):
            hits += (
                each.hit._replace(start=each.hit.start + at, end=each.hit.end + at)
                for each in personal_data.find_in_grid(rows, allowed=allowed)
                if (at := offsets.get((each.row, each.column))) is not None
            )
    # Where two overlap, what blocks is kept, then the longer: marks stand side by side.
    chosen: list[Hit] = []
    for hit in sorted(hits, key=lambda hit: (_ORDER.index(hit.severity), hit.start - hit.end, hit.start)):
        if all(hit.end <= each.start or each.end <= hit.start for each in chosen):
            chosen.append(hit)
    yield from (_kept(hit, field) for hit in sorted(chosen, key=lambda hit: hit.start))


def _in_file(item_file: ItemFile, place: int, allowed: frozenset[str]) -> Iterator[Found]:
    """What stands in a masked copy no more is not told again; its title is ours, and always read."""
    used = {"field": "file", "file": item_file.id, "attachment": place}
    for hit in personal_data.find(item_file.title, allowed=allowed):
        yield _kept(hit, f"file_name {item_file.title}") | used | {"field": "file_name"}
    if item_file.copy and item_file.copy.kind == CopyKind.MASKED:
        return
    inspection = item_file.file.inspection or {}
    for each in inspection.get("hits", ()):
        message = each["message"]
        yield {
            **{name: each[name] for name in ("kind", "severity", "mask", "provision", "place", "layer")},
            "id": _fingerprint(f"file:{item_file.file_id}", each["key"]),
            "key": each["key"],
            "template": message["template"],
            "values": message["values"],
            **used,
        }
    for each in inspection.get("unread", ()):
        yield {
            **used,
            "id": _fingerprint(f"file:{item_file.file_id}", str(each)),
            "kind": "unread",
            "severity": str(Severity.WARN),
            "mask": None,
            "template": each["template"],
            "values": each["values"],
            "provision": "条例 第十七条",
        }


def _kept(hit: Hit, field: str) -> Found:
    return {
        "id": _fingerprint(hit.kind, field, f"{hit.start}:{hit.text}"),
        "field": field,
        "kind": hit.kind,
        "severity": str(hit.severity),
        "start": hit.start,
        "end": hit.end,
        "mask": hit.mask,
        "template": hit.template,
        "values": dict(hit.values),
        "provision": hit.provision,
    }


def _fingerprint(*parts: str) -> str:
    return hashlib.sha256("\n".join(parts).encode()).hexdigest()


def _allowed(body: Body, index_number: str) -> frozenset[str]:
    return frozenset(filter(None, (body.telephone, body.fax, body.uscc, index_number)))
