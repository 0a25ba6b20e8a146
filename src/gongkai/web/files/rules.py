"""检查的规矩 — a name for the rules by which files are looked into: what was seen by older ones counts as not seen.

It is a digest over all that reads and searches, so that nobody has to remember to raise a number (条例 第十七条).
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from functools import cache
from importlib.resources import files
from importlib.resources.abc import Traversable
from importlib.util import find_spec

_PACKAGES = ("gongkai.text", "gongkai.documents")
_READERS = ("rapidocr", "pypdfium2", "PIL", "pikepdf")
_CHARACTERS = 16


@cache
def rules() -> str:
    """检查的规矩 — of this installation; another release, or another reader installed, has another name."""
    made = hashlib.sha256()
    for package in _PACKAGES:
        for name, content in sorted(_contents(files(package), package)):
            made.update(name.encode() + b"\0" + content + b"\0")
    made.update(repr([find_spec(reader) is not None for reader in _READERS]).encode())
    return made.hexdigest()[:_CHARACTERS]


def _contents(folder: Traversable, path: str) -> Iterator[tuple[str, bytes]]:
    for each in folder.iterdir():
        if each.is_dir():
            yield from _contents(each, f"{path}/{each.name}")
        elif each.name.endswith((".py", ".toml")):
            yield f"{path}/{each.name}", each.read_bytes()
