"""暂存 — the hour's files: one folder a batch under an unguessable key, bound to the session, swept after an hour.

    desk/<key>/batch.json        who may see it, since when, what was given
    desk/<key>/given/<n>         the bytes of upload n, under a number: no name of anybody's is ever a path
    desk/<key>/read/<n>-<m>      what was read of file m of upload n (outcomes.py); m counts the files of a zip
    desk/<key>/done/<n>          upload n has been read to its end
    desk/<key>/typed/<n>-<m>     what was typed in by hand

Every file is written beside its place and then moved there, so that a process may be killed at any moment.
"""

from __future__ import annotations

import json
import re
import secrets
import shutil
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

FOLDERS = ("given", "read", "done", "typed", "pages")
STAFF = "staff:"
"""登录的人 — how a visitor is called who has signed in."""
_KEY = re.compile(r"[A-Za-z0-9_-]{43}")


@dataclass(frozen=True, slots=True)
class Upload:
    """一个文件 — as it was given: its number in the batch, its name as shown, bytes, whether it is last year's.

    `refused`: why it was not even taken, a template; its name and numbers are in `values`.
    """

    number: int
    name: str
    size: int
    is_previous: bool = False
    refused: str | None = None
    values: Mapping[str, object] | None = None


@dataclass(frozen=True, slots=True)
class Batch:
    """一批文件 — what one person put on the desk at once. `begun_at`: seconds since 1970; `visitor`: from where."""

    folder: Path
    owner: str
    begun_at: float
    uploads: tuple[Upload, ...]
    visitor: str = ""

    @property
    def key(self) -> str:
        """钥匙 — the unguessable part of its address."""
        return self.folder.name

    @property
    def is_of_staff(self) -> bool:
        """本县人员 — whether somebody gave it who had signed in."""
        return self.visitor.startswith(STAFF)

    def is_done(self, number: int) -> bool:
        """读完了 — whether upload `number` has been read to its end."""
        return (self.folder / "done" / str(number)).exists()

    @property
    def refused(self) -> list[Upload]:
        """没有收的文件 — too large, or one too many."""
        return [upload for upload in self.uploads if upload.refused]

    @property
    def waiting(self) -> list[Upload]:
        """还没读完的文件 — the uploads still to be read."""
        return [upload for upload in self.uploads if upload.refused is None and not self.is_done(upload.number)]


def new_key() -> str:
    """钥匙 — 256 random bits."""
    return secrets.token_urlsafe(32)


def keep(desk: Path, owner: str, uploads: Iterable[tuple[Upload, str | None]], now: float, visitor: str = "") -> Batch:
    """收下 — a new batch of uploads, each with the path where its bytes lie; they are moved, not copied."""
    folder = desk / new_key()
    for name in FOLDERS:
        (folder / name).mkdir(mode=0o700, parents=True)
    kept = []
    for upload, path in uploads:
        if path is not None and upload.refused is None:
            Path(path).replace(folder / "given" / str(upload.number))
        kept.append(upload)
    batch = Batch(folder, owner, now, tuple(kept), visitor)
    data = {"owner": owner, "begun_at": now, "visitor": visitor, "uploads": [asdict(upload) for upload in kept]}
    write(folder / "batch.json", data)
    return batch


def find(desk: Path, key: str) -> Batch | None:
    """找出 — the batch of a key, None where there is none (any more)."""
    if not _KEY.fullmatch(key):
        return None
    data = load(desk / key / "batch.json")
    if data is None:
        return None
    uploads = tuple(Upload(**upload) for upload in data["uploads"])
    return Batch(desk / key, data["owner"], data["begun_at"], uploads, data.get("visitor", ""))


def every(desk: Path) -> Iterator[Batch]:
    """全部 — every batch on the desk."""
    for folder in desk.iterdir() if desk.is_dir() else ():
        batch = find(desk, folder.name)
        if batch is not None:
            yield batch


def room(desk: Path, visitor: str, most: int, free_share: float) -> int:
    """还有多少地方 — bytes that this visitor may still put on the desk: `most` are for all, half of them for one,
    and all together never more than their share of the free disk."""
    held: Counter[str] = Counter()
    for batch in every(desk):
        held[batch.visitor] += sum(map(_size, (batch.folder / "given").glob("*")))
    desk.mkdir(mode=0o700, parents=True, exist_ok=True)
    most = min(most, int((shutil.disk_usage(desk).free + held.total()) * free_share))
    return max(0, min(most - held.total(), most // 2 - held[visitor]))


def _size(path: Path) -> int:
    try:
        return path.stat().st_size
    except FileNotFoundError:  # put away meanwhile
        return 0


def discard(batch: Batch) -> None:
    """删除 — nothing of a batch is left; its address is closed first."""
    (batch.folder / "batch.json").unlink(missing_ok=True)
    shutil.rmtree(batch.folder, ignore_errors=True)


def sweep(desk: Path, now: float, seconds: float) -> int:
    """清扫 — removes whatever is older than `seconds`, half-finished things too; how many were removed."""
    swept = 0
    for folder in desk.iterdir() if desk.is_dir() else ():
        arriving = folder.name == "arriving"
        for path in folder.iterdir() if arriving else (folder,):
            if _age(path, now) > seconds:
                (shutil.rmtree(path, ignore_errors=True) if path.is_dir() else path.unlink(missing_ok=True))
                swept += 1
    return swept


def write(path: Path, data: object) -> None:
    """写下 — JSON, whole or not at all."""
    beside = path.with_name(f"{path.name}.{secrets.token_hex(4)}.part")
    beside.write_text(json.dumps(data, ensure_ascii=False), encoding="utf-8")
    beside.replace(path)


def load(path: Path) -> Any:
    """读回 — what `write` wrote, None where nothing (complete) is."""
    try:
        return json.loads(path.read_text(encoding="utf-8"))
    except (FileNotFoundError, NotADirectoryError, ValueError):
        return None


def _age(path: Path, now: float) -> float:
    """A batch is as old as its beginning says; what has none is as old as the system says."""
    data = load(path / "batch.json") if path.is_dir() else None
    try:
        return now - (data["begun_at"] if data else path.stat().st_mtime)
    except FileNotFoundError:
        return 0
