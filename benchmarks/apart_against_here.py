"""隔离有多贵 — reading files in a room against reading them here: a hundred after each other, and one by a new process.
Target: at most 1.3.
"""

from __future__ import annotations

import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable

from benchmarks._measure import SHARED, line
from gongkai.documents.document import Document
from gongkai.documents.opening import open_documents
from gongkai.report.reading import read_document
from gongkai.report.writing import blank_report, write_report

RUNS = 15
TARGET = 1.3
ONE = "import sys; from gongkai.documents.opening import open_documents as o; list(o(sys.argv[1], apart={}))"


def spent() -> float:
    """用掉的时间 — processor seconds of the processes that were started from here and have ended, and of theirs."""
    return sum(resource.getrusage(resource.RUSAGE_CHILDREN)[:2])


def quickest(sides: tuple[Callable[[], object], ...], clock: Callable[[], float] = time.perf_counter) -> list[float]:
    """最短用时 — of each side, in turn; by the clock on the wall where the work is done in a process that goes on."""
    times = [float("inf")] * len(sides)
    for _ in range(RUNS):
        for index, side in enumerate(sides):
            begun = clock()
            side()
            times[index] = min(times[index], clock() - begun)
    return times


def read(name: str, data: bytes, *, apart: bool) -> None:
    """读一份 — opened, and the report read of it."""
    for document in open_documents(name, data, apart=apart):
        assert isinstance(document, Document)
        read_document(document)


def main() -> None:
    """隔离有多贵 — a line a format, and one for a whole process that reads one docx."""
    samples = {f"a.{suffix}": write_report(blank_report("2021"), suffix) for suffix in ("docx", "xlsx")}
    pdf = SHARED / "corpus" / "hongze-district-2024.pdf"
    if pdf.exists():
        samples["a.pdf"] = pdf.read_bytes()
    for name, data in samples.items():
        here, there = quickest(
            (lambda n=name, d=data: read(n, d, apart=False), lambda n=name, d=data: read(n, d, apart=True))
        )
        line(f"read apart / read here: {name[2:]}", there / here, TARGET)
    with tempfile.NamedTemporaryFile(suffix=".docx") as file:
        file.write(samples["a.docx"])
        file.flush()
        commands = [[sys.executable, "-c", ONE.format(apart), file.name] for apart in (False, True)]
        here, there = quickest(tuple(lambda c=c: subprocess.run(c, check=True) for c in commands), spent)
    line("a process that opens one docx: apart / here", there / here, TARGET)


if __name__ == "__main__":
    main()
