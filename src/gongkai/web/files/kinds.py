"""收什么附件 — the formats that are taken in and what an upload may cost, as data (条例 第二十四条)."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from importlib.resources import files
from typing import Any


class FileError(Exception):
    """附件办不了 — why a file is not taken, copied or given, in one sentence (`template.format(**values)`)."""

    def __init__(self, template: str, **values: object) -> None:
        super().__init__(template.format(**values))
        self.template, self.values = template, values


@dataclass(frozen=True, slots=True)
class Kind:
    """格式 — one that is taken in. `suffixes`: the first is given to a file whose name says otherwise."""

    code: str
    suffixes: tuple[str, ...]
    media_type: str
    is_shown: bool = False


@dataclass(frozen=True, slots=True)
class FileLimits:
    """附件的上限 — the tables of `data/limits.toml`, in the units named there."""

    file_bytes: int
    name_characters: int
    scan_seconds: int
    guard_seconds: int
    patience_seconds: int


def _load(name: str) -> dict[str, Any]:
    return tomllib.loads((files(__package__) / "data" / name).read_text(encoding="utf-8"))


KINDS = {
    code: Kind(code, tuple(entry["suffixes"]), entry["media_type"], entry.get("is_shown", False))
    for code, entry in _load("kinds.toml").items()
}
"""格式表 — by the code that sniffing gives."""
FILE_LIMITS = FileLimits(**{name: entry["value"] for name, entry in _load("limits.toml").items()})


def kind_of(name: str) -> Kind:
    """格式 — by the suffix of a name that was made here."""
    suffix = name.rpartition(".")[2].lower()
    return next(kind for kind in KINDS.values() if suffix in kind.suffixes)


def is_picture(name: str) -> bool:
    """图片 — whether a page can show a file among its words, by its name (条例 第二十四条)."""
    suffix = name.rpartition(".")[2].lower()
    return any(
        suffix in kind.suffixes for kind in KINDS.values() if kind.is_shown and kind.media_type.startswith("image/")
    )
