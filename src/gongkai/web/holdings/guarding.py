"""机检 — what the guard sees in a version: words, markup, attachments; what of it blocks (条例 第十五条、第十七条).

The looking itself is `documents.redaction.looking`; here a version is laid before it, and what it found is kept with
the version as JSON, without the words that were found: a place is enough, and a mask. What blocks is never left out.
"""

from __future__ import annotations

import hashlib
import logging
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from html import unescape
from pathlib import Path
from typing import Any

from django.conf import settings

from gongkai.documents.redaction.capping import Capped
from gongkai.documents.redaction.looking import HIDDEN, Looked
from gongkai.documents.redaction.looking import look as looked
from gongkai.documents.redaction.places import Place
from gongkai.documents.redaction.values import More
from gongkai.law.scope import Openness
from gongkai.text import personal_data
from gongkai.text.hit import Hit, Severity
from gongkai.text.personal_data import bare
from gongkai.text.proofreading import Dictionary, DictionaryError, read_dictionary
from gongkai.web.bodies.models import Body
from gongkai.web.files.queries import is_inspected
from gongkai.web.holdings import links
from gongkai.web.holdings.models import ItemFile, Version
from gongkai.web.holdings.rich_text import clean, plain, tables

WORDS = ("title", "summary", "keywords", "source", "annotation", "body_text")
"""看哪些栏 — fields of a version in which the guard reads words (条例 第十五条)."""
METADATA = ("document_number", "topic")
"""看哪些登记项 — of its metadata, those of free words that the public is shown (条例 第十二条)."""
MARKUP, FILE, TITLE, COPY_NAME, MORE = "body_html", "file", "file_name", "copy_name", "more"
UNREAD = "unread"
"""没有看的 — the kind of a hit for what nobody has read; it blocks until a person has (条例 第十七条)."""
BLOCKS_LEFT = "这个附件里还有 {count} 处阻断，太多了，没有逐一列出。请换成遮盖副本，或者退回换文件"
"""列不完的阻断 — stands for all of them, and is let pass by nobody: a list of names is masked, not excused."""

Found = dict[str, Any]
_TAG = re.compile("<[^>]*>")
_REMEMBERED = 32
"""So many versions at work are not looked at again at each step of their way."""
_log = logging.getLogger(__name__)


def look(version: Version, files: Iterable[ItemFile]) -> list[Found]:
    """机检 — everything found in a version and its files, in the order of reading (条例 第十七条)."""
    words = words_of(version)
    allowed = _allowed(version.item.body, version.item.index_number, words)
    capped = Capped[_Told]()
    _take_words(capped, version, words, allowed)
    for place, use in enumerate(files, start=1):
        _take_names(capped, use, place, allowed)
        _take_file(capped, use, place)
    return [*(told.found for told in capped.kept), *map(_more, capped.more)]


def look_ahead(version: Version, body: Body, index_number: str = "") -> None:
    """先看 — read before it is one's turn to write what `look` will be asked for: others write meanwhile (ADR 0023).

    `version`: of an item of `body`; it need not be kept yet.
    """
    words = words_of(version)
    _seen(tuple(words.items()), version.body_html, _allowed(body, index_number, words), _known())


def forget() -> None:
    """忘掉 — the words of every version that was looked at: some must be nowhere any more (保密法 第四十七条)."""
    _seen.cache_clear()
    for remembered in (clean, plain):
        remembered.cache_clear()


def blocks_in(text: str, body: Body) -> list[Hit]:
    """不能写的 — in words that go to the public at once, read by nobody after: what blocks, and personal data that a
    reviewer would be asked about (条例 第十五条)."""
    seen = looked({"text": text}, allowed=_allowed(body), dictionaries=dictionaries())
    asked = set(personal_data.Kind)
    hits = [noticed.hit for noticed in seen.hits]
    return [
        hit for hit in hits if hit.severity is Severity.BLOCK or (hit.severity is Severity.WARN and hit.kind in asked)
    ]


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
    blocks = [each for each in version.guard or () if each["severity"] == Severity.BLOCK and each["id"] not in passed]
    return [each for each in blocks if not _is_meant(each, version)]


def _is_meant(found: Found, version: Version) -> bool:
    """Whether a document says 依申请公开 of itself, and its item is not for the public either (条例 第十三条)."""
    return bool(found["values"].get("openness")) and version.item.openness != Openness.PROACTIVE


def unread(files: Iterable[ItemFile]) -> list[str]:
    """还没看的附件 — titles of files of which the guard has not seen what the public will get (条例 第十七条)."""
    return [each.title for each in files if not is_inspected(each.copy or each.file)]


@dataclass(frozen=True, slots=True)
class _Told:
    """A hit, and how it is kept; `Capped` counts by the hit."""

    hit: Hit
    found: Found


def words_of(version: Version) -> dict[str, str]:
    """看的文字 — of a version, by field (条例 第十五条)."""
    words = {name: str(getattr(version, name)) for name in WORDS}
    return words | {name: str(version.metadata.get(name) or "") for name in METADATA}


def _take_words(capped: Capped[_Told], version: Version, words: Mapping[str, str], allowed: frozenset[str]) -> None:
    """By field, each in the order of its words; then what stands in the markup alone: addresses, attributes."""
    seen, shown, written = _seen(tuple(words.items()), version.body_html, allowed, _known())
    for field in words:
        hits = [each.hit for each in seen.hits if each.field == field]
        hits += [hit for hit in _dead_links(version, field) if _is_apart(hit, hits)]
        if field == "body_text":
            graver = [hit for hit in shown if hit.severity is Severity.BLOCK]
            hits = [hit for hit in hits if hit.severity is Severity.BLOCK or _is_apart(hit, graver)]
            hits += [hit for hit in shown if _is_apart(hit, hits)]
        capped.take(_Told(hit, _kept(hit, field)) for hit in sorted(hits, key=lambda hit: hit.start))
    in_text = [*shown, *(each.hit for each in seen.hits if each.field == "body_text")]
    told = {bare(hit.text) for hit in in_text}
    blocked = {bare(hit.text) for hit in in_text if hit.severity is Severity.BLOCK}
    for place, hit in (each[1:] for each in written.hits if each.hit.kind != HIDDEN):
        # Tags may tear what the words have told; a warning in the words hides no block of the markup.
        known = blocked if hit.severity is Severity.BLOCK else told
        if bare(unescape(_TAG.sub("", hit.text))) not in known:
            sentence = place.sentence
            where = {"place": {"template": sentence.template, "values": sentence.values}} if place != Place() else {}
            made = _told(hit, _fingerprint(hit.kind, MARKUP, f"{place}{hit.start}:{hit.text}"), field=MARKUP, **where)
            capped.take([made])
    capped.take(_unread(MARKUP, each.error.template, each.error.values, field=MARKUP) for each in written.unread)
    capped.leave((*seen.more, *written.more))


@lru_cache(maxsize=_REMEMBERED)
def _seen(
    words: tuple[tuple[str, str], ...], html: str, allowed: frozenset[str], known: tuple[Dictionary, ...]
) -> tuple[Looked, tuple[Hit, ...], Looked]:
    """In the words, in the tables of the body, in its markup."""
    seen = looked(dict(words), allowed=allowed, dictionaries=known)
    return seen, tuple(_in_cells(html, allowed)), looked({}, {MARKUP: html}, allowed=allowed)


def _known() -> tuple[Dictionary, ...]:
    return tuple(dictionaries())


def _take_names(capped: Capped[_Told], use: ItemFile, place: int, allowed: frozenset[str]) -> None:
    """The title under the text, and the name under which the public saves the copy: always read."""
    names = {TITLE: use.title, COPY_NAME: use.copy.name if use.copy else ""}
    for noticed in looked(names, allowed=allowed).hits:
        if noticed.hit.severity is Severity.BLOCK or noticed.hit.kind in set(personal_data.Kind):
            id_ = _fingerprint(noticed.hit.kind, f"{noticed.field} {names[noticed.field]}", str(noticed.hit.start))
            capped.take([_told(noticed.hit, id_, field=noticed.field, file=use.id, attachment=place)])


def _take_file(capped: Capped[_Told], use: ItemFile, place: int) -> None:
    """What the guard saw in what the public gets: the copy where there is one, the file until then.

    What was let pass stands in the copy as in the file, and is told again: to whoever reviews after, and of the next
    version anew.
    """
    original = use.file.inspection or {}
    seen = (use.copy.inspection or {}) if use.copy else original
    source, used = f"file:{use.file_id}", {"field": FILE, "file": use.id, "attachment": place}
    kept = [each for each in original.get("hits", ()) if use.copy and each["key"] in seen.get("kept", ())]
    for each in (*seen.get("hits", ()), *kept):
        message = each["message"]
        hit = Hit(
            each["kind"], Severity(each["severity"]), 0, 0, "", each["mask"], message["template"], each["provision"]
        )
        hit = hit._replace(values=message["values"])
        layer = {"place": each["place"], "layer": each["layer"], "key": each["key"]}
        capped.take([_told(hit, _fingerprint(source, each["key"]), **layer, **used)])
    for each in seen.get("unread", ()):
        capped.take([_unread(source, each["template"], each["values"], **used)])
    if left := seen.get("blocks_left", 0):
        hit = Hit(MORE, Severity.BLOCK, 0, 0, "", None, BLOCKS_LEFT, "条例 第十五条", {"count": left})
        capped.take([_told(hit, None, **used)])
    capped.leave(More(each["kind"], Severity(each["severity"]), each["count"]) for each in seen.get("more", ()))


def _in_cells(html: str, allowed: frozenset[str]) -> list[Hit]:
    """What only a table tells (a column of 残疾类别), at its words in the text."""
    return [
        each.hit._replace(start=each.hit.start + at, end=each.hit.end + at)
        for rows, offsets in tables(html)
        for each in personal_data.find_in_grid(rows, allowed=allowed)
        if (at := offsets.get((each.row, each.column))) is not None
    ]


def _dead_links(version: Version, field: str) -> list[Hit]:
    if field not in WORDS:
        return []
    found = list(links.dead_in_text(getattr(version, field)))
    return [*found, *links.dead_in_body(version.body_html)] if field == "body_text" else found


def _is_apart(hit: Hit, others: Iterable[Hit]) -> bool:
    """Marks stand side by side: where two would overlap, the one that is there stays."""
    return all(hit.end <= each.start or each.end <= hit.start for each in others)


def _kept(hit: Hit, field: str) -> Found:
    id_ = _fingerprint(hit.kind, field, f"{hit.start}:{hit.text}")
    return _told(hit, id_, field=field, start=hit.start, end=hit.end).found


def _told(hit: Hit, id_: str | None, **where: Any) -> _Told:
    found = {
        "id": id_,
        "kind": hit.kind,
        "severity": str(hit.severity),
        "mask": hit.mask,
        "template": hit.template,
        "values": dict(hit.values),
        "provision": hit.provision,
        **where,
    }
    return _Told(hit, found)


def _unread(source: str, template: str, values: Mapping[str, object], **where: Any) -> _Told:
    """What nobody has read blocks; whoever has looked at it with their own eyes lets it pass, and says so."""
    told = {name: str(value) for name, value in values.items()}
    hit = Hit(UNREAD, Severity.BLOCK, 0, 0, "", None, template, "条例 第十七条", told)
    return _told(hit, _fingerprint(source, template, str(sorted(told.items()))), **where)


def _more(more: More) -> Found:
    sentence = more.sentence
    hit = Hit(more.kind, more.severity, 0, 0, "", None, sentence.template, "条例 第十七条", sentence.values)
    return _told(hit, None, field=MORE, more=more.left).found


def _fingerprint(*parts: str) -> str:
    return hashlib.sha256("\n".join(parts).encode("utf-8", "surrogatepass")).hexdigest()


def _allowed(body: Body, index_number: str = "", words: Mapping[str, str] | None = None) -> frozenset[str]:
    """An index number only where `words` mention it: before it is given, nobody can."""
    own = index_number if words is None or any(index_number in text for text in words.values()) else ""
    return frozenset(filter(None, (body.telephone, body.fax, body.uscc, own)))
