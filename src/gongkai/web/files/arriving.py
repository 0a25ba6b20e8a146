"""接收 — the bytes of an upload, written to disk and measured and digested while they come, never whole in memory."""

from __future__ import annotations

import os
import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import IO

from django.conf import settings

from gongkai.web.files.kinds import FILE_LIMITS, FileError
from gongkai.web.journal.chaining import new

CHUNK_BYTES = 262_144


@dataclass(frozen=True, slots=True)
class Arrived:
    """到齐的文件 — where it lies for now, its size and digest. Whoever keeps it moves it away."""

    path: Path
    size: int
    algorithm: str
    digest: str


@contextmanager
def arriving() -> Iterator[Path]:
    """暂放 — a path for what is arriving; whatever still lies there afterwards is removed."""
    folder = settings.FILES_FOLDER / "arriving"
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    path = folder / secrets.token_hex(16)
    try:
        yield path
    finally:
        path.unlink(missing_ok=True)


def written(stream: IO[bytes], path: Path, name: str) -> Arrived:
    """写下 — the stream into `path`, to the disk itself. FileError once there is more than may be."""
    digest, size = new(settings.JOURNAL_ALGORITHM), 0
    stream.seek(0)
    with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
        while chunk := stream.read(CHUNK_BYTES):
            size += len(chunk)
            if size > FILE_LIMITS.file_bytes:
                raise FileError(
                    "{file}：文件超过 {megabytes} MB，没有收。请去掉其中的大图片，或拆成几个文件",
                    file=name,
                    megabytes=FILE_LIMITS.file_bytes // 1024**2,
                )
            digest.update(chunk)
            file.write(chunk)
        file.flush()
        os.fsync(file.fileno())
    return Arrived(path, size, settings.JOURNAL_ALGORITHM, digest.hexdigest())


def measured(path: Path) -> Arrived:
    """量过 — a file that was made here, as if it had arrived."""
    digest = new(settings.JOURNAL_ALGORITHM)
    with path.open("rb") as file:
        while chunk := file.read(CHUNK_BYTES):
            digest.update(chunk)
    return Arrived(path, path.stat().st_size, settings.JOURNAL_ALGORITHM, digest.hexdigest())
