"""检查所见 — what a reviewer must see of a file, what was decided, and the refusal of a copy that is not clean."""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import dataclass, field
from hashlib import sha256
from typing import Any, NamedTuple

from gongkai.documents.document import DocumentError
from gongkai.documents.redaction.places import Place, Sentence
from gongkai.text.hit import Hit, Severity

_UNKEPT = re.compile("[\x00\ud800-\udfff]")
"""Signs that a database refuses in text: raw bytes may be read as them."""


class Found(NamedTuple):
    """一处发现 — a hit and where it stands (条例 第十五条)."""

    place: Place
    hit: Hit

    @property
    def key(self) -> str:
        """记号 — stands for this hit in decisions and records; tells nothing of what was found."""
        parts = (*map(str, self.place), self.hit.kind, str(self.hit.start), self.hit.text)
        return sha256("\x1f".join(parts).encode("utf-8", "surrogatepass")).hexdigest()[:16]


class Hidden(NamedTuple):
    """看不见的东西 — what a public copy has no need of: an author, a comment, a sheet (条例 第十七条)."""

    place: Place
    sentence: Sentence


class More(NamedTuple):
    """没有列出的 — how many hits of a kind were found beyond those that are listed; none of them blocks."""

    kind: str
    severity: Severity
    left: int

    @property
    def sentence(self) -> Sentence:
        """说明 — how many are left out."""
        return Sentence("同一种的还有 {count} 处，没有逐一列出", {"count": self.left})


@dataclass(frozen=True, slots=True)
class Inspection:
    """检查所见 — hits in reading order, hidden things, and what could not be looked into, each with its sentence.

    `lost`: what a reader sees in the file and a public copy does not carry over. `more`: what is not in `hits`, counted
    by kind; a hit that blocks is always in `hits`. `is_opened`: the file could be opened at all.
    """

    name: str
    format: str
    hits: tuple[Found, ...]
    hidden: tuple[Hidden, ...]
    unread: tuple[DocumentError, ...] = ()
    lost: tuple[Sentence, ...] = ()
    more: tuple[More, ...] = ()
    is_opened: bool = True

    @property
    def is_blocked(self) -> bool:
        """不得公开 — as it stands: something of severity block was found, visible or not, or not all could be read."""
        return bool(self.unread) or any(found.hit.severity is Severity.BLOCK for found in self.hits)

    def to_json(self) -> dict[str, Any]:
        """记录 — for keeping: places, kinds, masks and sentences; never the personal data themselves."""
        told: dict[str, Any] = {
            "name": self.name,
            "format": self.format,
            "blocked": self.is_blocked,
            "hits": [
                {
                    "key": found.key,
                    "kind": str(found.hit.kind),
                    "severity": str(found.hit.severity),
                    "mask": found.hit.mask,
                    "place": _json(found.place.sentence),
                    "grid": found.place.grid,
                    "column": found.place.column,
                    "layer": str(found.place.layer),
                    "message": {"template": found.hit.template, "values": dict(found.hit.values)},
                    "provision": found.hit.provision,
                }
                for found in self.hits
            ],
            "hidden": [
                {
                    "layer": str(hidden.place.layer),
                    "place": _json(hidden.place.sentence),
                    "message": _json(hidden.sentence),
                }
                for hidden in self.hidden
            ],
            "unread": [
                {"template": error.template, "values": {name: str(value) for name, value in error.values.items()}}
                for error in self.unread
            ],
            "lost": [_json(sentence) for sentence in self.lost],
            "more": [
                {
                    "kind": more.kind,
                    "severity": str(more.severity),
                    "count": more.left,
                    "message": _json(more.sentence),
                }
                for more in self.more
            ],
        }
        return {key: _kept(value) for key, value in told.items()}


def _kept(value: Any) -> Any:
    """With a mark in place of each sign that no database keeps."""
    match value:
        case str():
            return _UNKEPT.sub("\ufffd", value)
        case dict():
            return {_kept(key): _kept(one) for key, one in value.items()}
        case list():
            return [_kept(one) for one in value]
    return value


def _json(sentence: Sentence) -> dict[str, object]:
    return {"template": sentence.template, "values": {name: _plain(value) for name, value in sentence.values.items()}}


def _plain(value: object) -> object:
    return value if isinstance(value, int) else str(value)


@dataclass(frozen=True, slots=True)
class Decisions:
    """处理决定 — `keep`: keys of hits that a person allows; `drop`: columns to leave out, each (grid, column) as places
    name them. Everything else of severity block or warn is masked (条例 第三十七条)."""

    keep: Collection[str] = frozenset()
    drop: Collection[tuple[str, int]] = frozenset()


class NotSeenError(DocumentError):
    """没有看见的 — what only a person's eyes can check here: pictures and scans where reading them is not installed."""


class SurvivedError(DocumentError):
    """隐去后仍有残留 — the copy was made, read again, and refused; `places` says where something survived."""

    def __init__(self, source: str, places: Collection[Sentence]) -> None:
        super().__init__(
            source,
            "{file}：隐去以后再读一遍，还有 {count} 处没有隐干净（{where}），没有给出副本。请在原文件里删去再试",
            file=source,
            count=len(places),
            where="；".join(str(place) for place in list(places)[:5]),
        )
        self.places = tuple(places)


@dataclass(frozen=True, slots=True)
class Options:
    """检查的条件 — `allowed`: numbers meant to be public; `pictures`: read pictures where OCR is installed."""

    allowed: Collection[str] = ()
    pictures: bool = True
    dropped: Collection[tuple[str, int]] = field(default_factory=frozenset)
