"""版本摘要 — one digest over the words, the metadata and the files of a version (条例 第十七条).

What reviewers pass is named by it: any change of what they saw is another digest.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable

from gongkai.web.holdings.draft import WORDS
from gongkai.web.holdings.models import ItemFile, Version

ALGORITHM = "sha256"


def digest(version: Version, files: Iterable[ItemFile]) -> str:
    """版本摘要 — of a version with the files that belong to it (条例 第十七条)."""
    content = {
        "words": {name: getattr(version, name) for name in WORDS},
        "metadata": version.metadata,
        "files": [[each.title, each.file.algorithm, each.file.digest] for each in files],
    }
    return digest_of(json.dumps(content, ensure_ascii=False, sort_keys=True, separators=(",", ":")))


def digest_of(text: str) -> str:
    """摘要 — of a text, by `ALGORITHM`."""
    return hashlib.new(ALGORITHM, text.encode(), usedforsecurity=True).hexdigest()


def is_intact(version: Version, files: Iterable[ItemFile] | None = None) -> bool:
    """未被改动 — whether a version still is what its digest says (条例 第十七条). `files`: its files, where they are
    known.

    One that was emptied as a state secret no longer can be; it is intact while it is empty (保密法 第四十七条).
    """
    if version.emptied_at is not None:
        words = {name: getattr(version, name) for name in (*WORDS, "body_text") if name != "title"}
        return not any(words.values()) and not version.files.exists()
    return version.digest == digest(version, version.files.select_related("file") if files is None else files)
