"""列文件 — the files of a folder in one order, whatever the system says first; links are not followed.

What no person put there is passed over: hidden files, locks of word processors, folders of archivers, and the results
of surveys, of this one as of earlier ones under other names.
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import NamedTuple

from gongkai.report.survey.parts import LOCK, STORE, SUFFIX
from gongkai.report.survey.tables import MARK, TABLES

_NOISE = {"thumbs.db", "desktop.ini", "__macosx"}
_HIDDEN = (".", "~$")
_PARQUET = b"PAR1"
_END_BYTES = 65_536
"""So much of the end of a table is looked at; what a Parquet file says of itself stands last, in a few kilobytes."""
_IN_STORE = re.compile(rf"{LOCK}|[0-9a-f]{{40}}{re.escape(SUFFIX)}(\.\d+\.tmp)?|({'|'.join(TABLES)})\.tmp")


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
                    elif entry.is_file(follow_symlinks=False) and not _is_result(entry, folder):
                        yield Listed(entry.path, source, _size(entry))
        except OSError:
            # A folder that may not be opened is told as a file that cannot be read would be.
            yield Listed(folder, inside.rstrip("/") or ".", 0)


def _is_passed_over(name: str) -> bool:
    return name.startswith(_HIDDEN) or name.lower() in _NOISE


def _is_result(entry: os.DirEntry[str], folder: str) -> bool:
    """A table or a part that a survey wrote. Told by bytes and names that no report has, with no library to open it."""
    if entry.name.endswith(".parquet"):
        return _is_table(Path(entry.path))
    return folder.endswith(STORE) and bool(_IN_STORE.fullmatch(entry.name))


def _is_table(path: Path) -> bool:
    try:
        with path.open("rb") as file:
            begin = file.read(len(_PARQUET))
            file.seek(max(0, os.fstat(file.fileno()).st_size - _END_BYTES))
            end = file.read(_END_BYTES)
    except OSError:
        return False
    return begin == _PARQUET and end.endswith(_PARQUET) and MARK.encode() in end


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
