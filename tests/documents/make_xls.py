"""造 xls — a workbook of Excel 97 in the container of old office files, written from their published formats."""

from __future__ import annotations

import struct
from collections.abc import Sequence

_SECTOR = 512
_LEAST = 4_096  # a shorter stream would stand in another place of the container
_FREE, _END, _TABLE = 0xFFFFFFFF, 0xFFFFFFFE, 0xFFFFFFFD
_MOST_SECTORS = _SECTOR // 4
_BOF, _EOF, _CODEPAGE, _BOUND_SHEET, _DIMENSIONS, _LABEL, _NUMBER, _MERGED = (
    0x809,
    0x0A,
    0x42,
    0x85,
    0x200,
    0x204,
    0x203,
    0xE5,
)


def xls(table: Sequence[Sequence[str | float]], merged: Sequence[tuple[int, int, int, int]] = ()) -> bytes:
    """造 xls — one sheet; `merged`: first and last row, first and last column, from 0."""
    return contained(workbook(table, merged))


def workbook(table: Sequence[Sequence[str | float]], merged: Sequence[tuple[int, int, int, int]] = ()) -> bytes:
    """造工作簿 — the records of the workbook and of its one sheet."""
    begin = _record(_BOF, struct.pack("<HHHHII", 0x600, 5, 0, 0, 0, 0)) + _record(_CODEPAGE, struct.pack("<H", 1200))
    end = _record(_EOF, b"")
    name = _text("年报", "<B")
    at = len(begin) + len(_record(_BOUND_SHEET, bytes(6) + name)) + len(end)
    return begin + _record(_BOUND_SHEET, struct.pack("<IH", at, 0) + name) + end + _sheet(table, merged)


def contained(stream: bytes) -> bytes:
    """装进容器 — a file whose one stream is called Workbook."""
    stream = stream.ljust(_LEAST, b"\0")
    sectors = -(-len(stream) // _SECTOR)
    assert sectors + 2 <= _MOST_SECTORS
    chain = [_TABLE, _END, *range(3, 2 + sectors), _END]
    table = struct.pack(f"<{_MOST_SECTORS}I", *chain, *[_FREE] * (_MOST_SECTORS - len(chain)))
    directory = _entry("Root Entry", 5, _END, 0, child=1) + _entry("Workbook", 2, 2, len(stream))
    header = struct.pack(
        "<8s16xHHHHH6xIIIIIIIII",
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1",
        *(0x3E, 3, 0xFFFE, 9, 6),
        *(0, 1, 1, 0, _LEAST, _END, 0, _END, 0),
    )
    header += struct.pack("<109I", 0, *[_FREE] * 108)
    return header + table + directory.ljust(_SECTOR, b"\0") + stream.ljust(sectors * _SECTOR, b"\0")


def _sheet(table: Sequence[Sequence[str | float]], merged: Sequence[tuple[int, int, int, int]]) -> bytes:
    width = max(map(len, table), default=0)
    records = [
        _record(_BOF, struct.pack("<HHHHII", 0x600, 0x10, 0, 0, 0, 0)),
        _record(_DIMENSIONS, struct.pack("<IIHHH", 0, len(table), 0, width, 0)),
    ]
    for row, cells in enumerate(table):
        for column, value in enumerate(cells):
            place = struct.pack("<HHH", row, column, 0)
            if isinstance(value, str):
                records.append(_record(_LABEL, place + _text(value, "<H")))
            else:
                records.append(_record(_NUMBER, place + struct.pack("<d", value)))
    ranges = b"".join(struct.pack("<4H", *found) for found in merged)
    records += [_record(_MERGED, struct.pack("<H", len(merged)) + ranges), _record(_EOF, b"")]
    return b"".join(records)


def _record(kind: int, content: bytes) -> bytes:
    return struct.pack("<HH", kind, len(content)) + content


def _text(text: str, length: str) -> bytes:
    return struct.pack(length, len(text)) + b"\x01" + text.encode("utf-16-le")


def _entry(name: str, kind: int, start: int, size: int, child: int = _FREE) -> bytes:
    written = (name + "\0").encode("utf-16-le")
    named = struct.pack("<64sHBB", written, len(written), kind, 1)
    return named + struct.pack("<III36xIQ", _FREE, _FREE, child, start, size)
