"""公开前检查 — what must not become public in words, markup and files: one answer for all who ask (条例 第十七条).

    look({"title": "…", "body": "…"}, {"body": "<p>…</p>"})    -> Looked(hits, more, unread)
    look({}, files={"名单.xlsx": inspect("名单.xlsx", data)})   -> what a file holds, hidden things among the hits

Words are plain texts by the name of their field: personal data, secrecy marks and slips of the pen are looked for.
Markup is html by the name of its field, read as it is shown (blocks, tables, what is hidden) and as it is written
(addresses, attributes, comments). A name that stands in both is one field twice: what its words have told is not told
again. Files are inspected beforehand (`documents.redaction.inspect`), because that may take minutes.

Every hit that blocks is listed, whatever the number of the others; those are capped a kind, and `more` counts what is
left out. What could not be read is in `unread` and blocks.
"""

from __future__ import annotations

from bisect import bisect_left, insort
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from gongkai.documents.document import DocumentError
from gongkai.documents.limits import Limits
from gongkai.documents.redaction import GUARD_LIMITS, inspecting, pictured
from gongkai.documents.redaction.capping import Capped
from gongkai.documents.redaction.places import Layer, Place
from gongkai.documents.redaction.searching import Numbers, hushed, is_part, number_of, searched
from gongkai.documents.redaction.values import Found, Hidden, Inspection, More, Options
from gongkai.text import personal_data, proofreading
from gongkai.text.hit import Hit, Severity
from gongkai.text.personal_data import bare, find_in_markup
from gongkai.text.proofreading import Dictionary, proofread

HIDDEN = "hidden"
"""看不见的内容 — the kind of hit that a hidden thing becomes: a comment, an author, a hidden sheet (条例 第十七条)."""
PICTURE = pictured.KIND
_SAID = {HIDDEN: "看不见的内容", PICTURE: "图片里的字"}
_ORDER = (Severity.BLOCK, Severity.WARN, Severity.NOTE)


class Noticed(NamedTuple):
    """看到的一处 — the field or file in which it stands, the place in it, and what was found (条例 第十五条).

    Of words, `hit.start` and `hit.end` are places in the text as given, and `place` is empty.
    """

    field: str
    place: Place
    hit: Hit


class Unread(NamedTuple):
    """没有看的 — the field or file, and why it was not read to its end (条例 第十七条)."""

    field: str
    error: DocumentError


@dataclass(frozen=True, slots=True)
class Looked:
    """检查结果 — hits in reading order, the count of what is not listed, and what was not read (条例 第十七条)."""

    hits: tuple[Noticed, ...]
    more: tuple[More, ...]
    unread: tuple[Unread, ...]

    @property
    def is_blocked(self) -> bool:
        """不得公开 — as it stands: something blocks, or not all was read."""
        return bool(self.unread) or any(noticed.hit.severity is Severity.BLOCK for noticed in self.hits)

    @property
    def worst_first(self) -> tuple[Noticed, ...]:
        """先重后轻 — the hits by severity, each severity in reading order."""
        return tuple(sorted(self.hits, key=lambda noticed: _ORDER.index(noticed.hit.severity)))


def look(
    words: Mapping[str, str],
    markup: Mapping[str, str] | None = None,
    *,
    files: Mapping[str, Inspection] | None = None,
    allowed: Collection[str] = (),
    dictionaries: Iterable[Dictionary] = (),
    limits: Limits = GUARD_LIMITS,
) -> Looked:
    """公开前检查 — all that was found in words, markup and files; never raises for what is wrong with them.

    `allowed`: numbers that are meant to be public. `dictionaries`: the words of an office's own, for `words` alone.
    """
    known = tuple(dictionaries)
    hits, unread = Capped[Noticed](), list[Unread]()
    told: dict[str, list[Hit]] = {}
    for name, text in words.items():
        found = in_words(text, allowed=allowed, dictionaries=known)
        told[name] = found
        hits.take(Noticed(name, Place(), hit) for hit in found)
    for name, text in (markup or {}).items():
        seen, errors = _in_markup(text, Options(allowed, pictures=False), limits)
        blocked, known_of = _numbers(told.get(name, ()))
        hits.take(
            Noticed(name, *found)
            for found in seen
            if not _is_told(found.hit, blocked if found.hit.severity is Severity.BLOCK else known_of)
        )
        unread += [Unread(name, error) for error in errors]
    for name, inspection in (files or {}).items():
        hits.take(Noticed(name, *found) for found in inspection.hits)
        hits.take(Noticed(name, thing.place, hidden_hit(thing)) for thing in inspection.hidden)
        hits.leave(inspection.more)
        unread += [Unread(name, error) for error in inspection.unread]
    return Looked(tuple(hits.kept), hits.more, tuple(unread))


def _numbers(hits: Sequence[Hit]) -> tuple[set[str], set[str]]:
    """The numbers that block, which alone take the place of one that blocks; and all."""
    return {bare(hit.text) for hit in hits if hit.severity is Severity.BLOCK}, {bare(hit.text) for hit in hits}


def _is_told(hit: Hit, told: Collection[str]) -> bool:
    """Whether the words of the field told of this number; a part of one stands for the whole."""
    number = number_of(hit)
    return number in told or (is_part(hit) and any(number in whole for whole in told))


def in_words(text: str, *, allowed: Collection[str] = (), dictionaries: Collection[Dictionary] = ()) -> list[Hit]:
    """看文字 — the hits of a plain text, left to right, none overlapping another: what blocks wins, then the longer."""
    hits = [*searched(text, Options(allowed), opening=True), *proofread(text, dictionaries=dictionaries)]
    chosen: list[tuple[int, int, int]] = []
    kept: list[Hit] = []
    for number, hit in enumerate(
        sorted(hits, key=lambda hit: (_ORDER.index(hit.severity), hit.start - hit.end, hit.start))
    ):
        at = bisect_left(chosen, (hit.start, hit.end, -1))
        before, after = chosen[at - 1 : at], chosen[at : at + 1]
        if (not before or before[0][1] <= hit.start) and (not after or hit.end <= after[0][0]):
            insort(chosen, (hit.start, hit.end, number))
            kept.append(hit)
    return sorted(kept, key=lambda hit: hit.start)


def hidden_hit(thing: Hidden) -> Hit:
    """看不见的内容 — a hidden thing as a hit: a warning, because what it holds is told by hits of its own."""
    said = thing.sentence
    return Hit(HIDDEN, Severity.WARN, 0, 0, "", None, said.template, "条例 第十七条", said.values)


def label(kind: str) -> str:
    """种类名称 — 身份证号 for `identity`, 看不见的内容 for `hidden`, in Chinese (条例 第十五条)."""
    if kind in _SAID:
        return _SAID[kind]
    return personal_data.label(kind) if kind in set(personal_data.Kind) else proofreading.label(kind)


def _in_markup(text: str, options: Options, limits: Limits) -> tuple[list[Found], list[DocumentError]]:
    """As it is shown, through the editor of pages; and as it is written. A number is told once a reading at most."""
    if "<" not in text and "&" not in text:
        return [Found(Place(), hit) for hit in searched(text, options)], []
    shown = inspecting.inspected_page("html", text, options, limits)
    told = Numbers(found.hit for found in shown.hits)
    written = _as_written(text, options.allowed)
    return [*shown.hits, *(found for found in written if found.hit not in told)], list(shown.unread)


def _as_written(text: str, allowed: Collection[str]) -> Iterator[Found]:
    for hit in find_in_markup(text, allowed=allowed):
        in_tag = text.rfind("<", 0, hit.start) > text.rfind(">", 0, hit.start)
        yield Found(Place(Layer.LINK, part="html") if in_tag else Place(), hit)


__all__ = ["HIDDEN", "PICTURE", "Looked", "Noticed", "Unread", "hidden_hit", "hushed", "in_words", "label", "look"]
