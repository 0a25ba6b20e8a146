"""列文件 — the files of a folder in one order, whatever the system says first; links are not followed.

What no person put there is passed over: hidden files, locks of word processors, folders of archivers, and the results
of the survey itself.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import NamedTuple

_NOISE = {"thumbs.db", "desktop.ini", "__macosx"}
_HIDDEN = (".", "~$")


class Listed(NamedTuple):
    """一个文件 — where it is, how the results call it (its path inside the folder, parted by /), and its size."""

    path: str
    source: str
    size: int


def files_in(folder: Path, without: Iterable[Path] = ()) -> list[Listed]:
    """列文件 — every ordinary file under the folder, in the order of its name; `without`: paths left out."""
    left_out = {os.path.realpath(path) for path in without}
    found = _walk(os.path.realpath(folder), left_out)
    return sorted(found, key=lambda listed: (listed.source, listed.path))


def _walk(top: str, left_out: set[str]) -> Iterator[Listed]:
    waiting = [(top, "")]
    while waiting:
        folder, inside = waiting.pop()
        try:
            with os.scandir(folder) as entries:
                for entry in entries:
                    source = f"{inside}{legible(entry.name)}"
                    if _is_passed_over(entry.name) or entry.path in left_out:
                        continue
                    if entry.is_dir(follow_symlinks=False):
                        waiting.append((entry.path, f"{source}/"))
                    elif entry.is_file(follow_symlinks=False):
                        yield Listed(entry.path, source, _size(entry))
        except OSError:
            # A folder that may not be opened is told as a file that cannot be read would be.
            yield Listed(folder, inside.rstrip("/") or ".", 0)


def _is_passed_over(name: str) -> bool:
    return name.startswith(_HIDDEN) or name.lower() in _NOISE


def legible(name: str) -> str:
    """可读的文件名 — a name as text: old archives leave names in GB18030, which the system cannot decode."""
    raw = os.fsencode(name)
    for encoding in ("utf-8", "gb18030"):
        try:
            return raw.decode(encoding)
        except UnicodeDecodeError:
            continue
    return raw.decode("utf-8", "backslashreplace")


def _size(entry: os.DirEntry[str]) -> int:
    try:
        return entry.stat(follow_symlinks=False).st_size
    except OSError:
        return 0
