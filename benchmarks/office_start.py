"""LibreOffice 起一次转很多份 — fifty doc files by one start, against a start for each of a few; what a file costs.
Target: at most a fifth.
"""

from __future__ import annotations

import time

from benchmarks._measure import SAMPLES, line
from gongkai.documents import libreoffice
from gongkai.documents.isolation import Room
from gongkai.documents.opening import open_documents

MANY, FEW = 50, 5
TARGET = 0.2
_DOC = {"doc": "doc:MS Word 97", "html": "html:HTML (StarWriter)"}


def a_doc() -> bytes:
    """一份 doc — a sample report, as LibreOffice itself writes it."""
    libreoffice._FILTERS.update(_DOC)
    made = libreoffice.converted((SAMPLES / "yunxiu-county-2021.html").read_bytes(), "html", "doc")
    assert made
    return made


def read(data: bytes, times: int) -> float:
    """读几份 — inside a room, seconds for so many, the start counted."""
    begun = time.perf_counter()
    for _ in range(times):
        (item,) = open_documents("a.doc", data, apart=False)
        assert not isinstance(item, Exception), item
    return time.perf_counter() - begun


def timed(data: bytes, times: int) -> float:
    """量一次 — in a room of its own."""
    room = Room("benchmarks.office_start")
    try:
        return float(str(room.call(read, data, times, seconds=600)))
    finally:
        room.close()


def main() -> None:
    """LibreOffice 起一次转很多份 — one line, and the seconds behind it."""
    if libreoffice.program() is None:
        print("skipped: LibreOffice is not installed")
        return
    room = Room("benchmarks.office_start")
    data = room.call(a_doc, seconds=60)
    room.close()
    assert isinstance(data, bytes)
    each = sum(timed(data, 1) for _ in range(FEW)) / FEW
    together = timed(data, MANY) / MANY
    line(f"a doc, one of {MANY} by one start / by a start of its own", together / each, TARGET)
    print(f"    {together:.2f} s and {each:.2f} s a file")


if __name__ == "__main__":
    main()
