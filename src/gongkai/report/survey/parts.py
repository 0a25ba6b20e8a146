"""读过的内容 — what was read, kept in OUT.parts by the hash of the content, so that nothing is read twice.

A part is one file: a line that says what it is, an index as JSON, and one compressed record for each content behind its
checksum and its length. It is written beside its place and renamed, so that it is whole or not there at all, whenever
the program ends.
"""

from __future__ import annotations

import hashlib
import json
import os
import struct
import zlib
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any, NamedTuple

import pyarrow as pa

STORE = ".parts"
SUFFIX = ".part"
LOCK = "lock"
"""存处的名字 — how OUT.parts ends, and the files in it: the parts, and the one that keeps others out."""
_MAGIC = b"gongkai.survey/2"
_LZ4 = pa.Codec("lz4_raw")  # the records are read back soon
_SUM = _LENGTH = struct.Struct(">I")

Record = dict[str, Any]


class Head(NamedTuple):
    """一份的要点 — what must be known of every report at once: whose, of which year, how new, how well read.

    `member`: its name inside an archive; `agency` as printed; `dated`: the later of its dates; `unread`: figures
    absent or doubtful; `figures`: a digest of them. Of a file that could not be read only `member` is known.
    """

    member: str
    is_report: bool
    agency: str | None = None
    year: int | None = None
    dated: str = ""
    unread: int = 0
    figures: str = ""


class Kept(NamedTuple):
    """存处 — in which part the records of one content are, and the heads of the reports in it."""

    part: str
    at: int
    size: int
    heads: tuple[Head, ...]


class DamagedPartError(Exception):
    """存的内容损坏 — a part no longer holds what was written."""

    def __init__(self, path: Path) -> None:
        super().__init__(str(path))
        self.path = path


def key_of(content: bytes, suffix: str, version: str) -> str:
    """内容的钥匙 — the same for the same bytes, read as the same kind of file by the same program."""
    return hashlib.sha256(f"{version}\0{suffix}\0".encode() + hashlib.sha256(content).digest()).hexdigest()[:40]


def write_part(folder: Path, read: Sequence[tuple[str, list[Record], list[Head]]]) -> dict[str, Kept]:
    """存一部分 — (key, records, heads) of some contents into a new part; where each of them is."""
    blobs = [_sealed(_json(records)) for _, records, _ in read]
    index = _json([(key, len(blob), heads) for (key, _, heads), blob in zip(read, blobs, strict=True)])
    data = b"%s %d\n%s%s" % (_MAGIC, len(index), index, b"".join(blobs))
    name = hashlib.sha256(data).hexdigest()[:40] + SUFFIX
    beside = folder / f"{name}.{os.getpid()}.tmp"
    beside.write_bytes(data)
    beside.replace(folder / name)
    return dict(_indexed(name, index, len(data) - sum(map(len, blobs))))


def known(folder: Path) -> dict[str, Kept]:
    """已经读过的 — every content that the parts of a folder hold. What is no whole part is passed over."""
    found: dict[str, Kept] = {}
    for path in sorted(folder.glob(f"*{SUFFIX}")):
        found |= _read_index(path)
    return found


def load(folder: Path, kept: Kept) -> list[Record]:
    """取回 — the records of one content. DamagedPartError where they cannot be had."""
    path = folder / kept.part
    try:
        with path.open("rb") as file:
            file.seek(kept.at)
            blob = file.read(kept.size)
        records: list[Record] = json.loads(_unsealed(blob))
    except (OSError, ValueError, struct.error):
        raise DamagedPartError(path) from None
    return records


def tidy(folder: Path, used: Iterable[Kept]) -> None:
    """清理 — parts of which nothing is used any more, and what a killed run left half written."""
    needed = {kept.part for kept in used}
    for path in folder.iterdir():
        if path.suffix == ".tmp" or (path.suffix == SUFFIX and path.name not in needed):
            path.unlink(missing_ok=True)


def _sealed(data: bytes) -> bytes:
    body = _LENGTH.pack(len(data)) + _LZ4.compress(data, asbytes=True)
    sealed: bytes = _SUM.pack(zlib.crc32(body)) + body
    return sealed


def _unsealed(blob: bytes) -> bytes:
    (checksum,), body = _SUM.unpack_from(blob), blob[_SUM.size :]
    if zlib.crc32(body) != checksum:
        raise ValueError(checksum)
    (length,) = _LENGTH.unpack_from(body)
    data: bytes = _LZ4.decompress(body[_LENGTH.size :], length, asbytes=True)
    return data


def _json(value: object) -> bytes:
    """As JSON; half a character, which a hostile file may hold, becomes a question mark."""
    return json.dumps(value, ensure_ascii=False).encode("utf-8", "replace")


def _read_index(path: Path) -> dict[str, Kept]:
    try:
        with path.open("rb") as file:
            magic, _, length = file.readline(64).partition(b" ")
            if magic != _MAGIC:
                return {}
            index = file.read(int(length))
            begin = file.tell()
        found = dict(_indexed(path.name, index, begin))
        end = max((kept.at + kept.size for kept in found.values()), default=begin)
        return found if path.stat().st_size == end else {}
    except (OSError, ValueError, TypeError):
        return {}


def _indexed(name: str, index: bytes, at: int) -> Iterator[tuple[str, Kept]]:
    for key, size, heads in json.loads(index):
        yield key, Kept(name, at, size, tuple(Head(*head) for head in heads))
        at += size
