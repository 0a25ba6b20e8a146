"""存文件 — where a command's result goes: a suffix that it can write, a file that is whole or not there at all."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterable, Sequence
from pathlib import Path

from gongkai.cli.arguments import UsageError
from gongkai.documents.writing.manuscript import WritingError


def suffix_of(out: str, known: Sequence[str]) -> str:
    """格式 — the suffix of the file to write, without the dot. UsageError where the command cannot write it."""
    suffix = Path(out).suffix.lower().removeprefix(".")
    if suffix not in known:
        raise UsageError("{out}：写不出这种格式。文件名请以 {known} 之一结尾。", out=out, known="  ".join(known))
    return suffix


def save(out: str, data: bytes) -> None:
    """存文件 — the whole file in the place of what was there, or nothing. WritingError where it cannot be written."""
    save_pieces(out, [data])


def save_pieces(out: str, pieces: Iterable[bytes]) -> None:
    """逐段存文件 — the same, of pieces that are made one after the other. WritingError where it cannot be written."""
    path = Path(out)
    try:
        handle, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
        try:
            with os.fdopen(handle, "wb") as file:
                file.writelines(pieces)
            Path(name).chmod(_mode(path))
            Path(name).replace(path)
        except BaseException:  # who makes the pieces may fail, or be interrupted
            Path(name).unlink(missing_ok=True)
            raise
    except FileNotFoundError:
        raise WritingError("{out}：没有这个文件夹。请看看路径有没有写对。", out=out) from None
    except OSError as error:
        raise WritingError(
            "{out}：写不进去（{reason}）。请换一个可以写的位置。", out=out, reason=error.strerror
        ) from None


def _mode(path: Path) -> int:
    """What the file may be used for: as before, or as any new file."""
    if path.exists():
        return path.stat().st_mode & 0o777
    mask = os.umask(0)
    os.umask(mask)
    return 0o666 & ~mask
