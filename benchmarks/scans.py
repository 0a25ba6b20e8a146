"""扫描件读得多准 — digits of a clean scanned table that are right; wrong digits of a degraded one, marked and silent.

Then how much processor time a page takes against finding its text alone, which is what any recognition costs at least.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from decimal import Decimal

from benchmarks._measure import SHARED, least, line
from gongkai.documents.document import Document
from gongkai.documents.opening import open_documents
from gongkai.documents.scan_text import find
from gongkai.documents.writing.manuscript import WritingError
from gongkai.report.figures import AnnualReport, State, Value
from gongkai.report.reading import read_document
from gongkai.report.writing import write_report
from tests.documents import scanning
from tests.documents.scanning import CLEAN, SCANNED, Effects

REPORT = SHARED / "reports" / "huangchuan-county-2021.txt"
WORN = {
    "scanned (skew, blur, noise, JPEG 60)": SCANNED,
    "worn (more of each, JPEG 40)": Effects(2.5, 1.8, 22.0, 40),
}
TABLES = slice(2, 5)
FLOOR = 5.0


def main() -> None:
    """测准和测速 — skipped where the report or a font is not there."""
    if not REPORT.exists():
        print(f"skipped: {REPORT.name} is not in the shared folder")
        return
    report = _read(REPORT.name, REPORT.read_bytes())
    expected = dict(_expected())
    try:
        copy = scanning.pages(write_report(report, "pdf"))
    except WritingError as error:  # no fonts
        print(f"skipped: {error}")
        return
    table = scanning.scanned(copy[3], CLEAN, 1)
    clean = _read("a.png", scanning.picture(table))
    counts = [address for address in expected if address.startswith("applications.")]
    line("clean table: figures not right", sum(clean.figures[a] != expected[a] for a in counts), 0)
    for name, effects in WORN.items():
        shots = [scanning.scanned(page, effects, at) for at, page in enumerate(copy[TABLES])]
        found = _read("a.pdf", scanning.bound(shots))
        marked, silent = _wrong(found, expected)
        print(f"{name}: {marked} wrong and marked, {len(found.states)} of {len(expected)} marked")
        line(f"{name}: wrong and silent", silent, 0)
    floor, ours = least([lambda: find(table), lambda: _read("a.png", scanning.picture(table))], runs=2)
    line("a page of tables / finding its text alone", ours / floor, FLOOR)


def _read(name: str, data: bytes) -> AnnualReport:
    """In this process, so that its time is measured."""
    (document,) = open_documents(name, data, apart=False)
    assert isinstance(document, Document)
    return read_document(document)


def _expected() -> Iterator[tuple[str, Value]]:
    figures = json.loads(REPORT.with_suffix(".expected.json").read_text(encoding="utf-8"))["figures"]
    for address, value in figures.items():
        yield address, Decimal(value) if isinstance(value, str) else value


def _wrong(found: AnnualReport, expected: dict[str, Value]) -> tuple[int, int]:
    wrong = [address for address, value in expected.items() if found.figures[address] != value]
    marked = sum(found.states.get(address) in (State.DOUBTFUL, State.ABSENT) for address in wrong)
    return marked, len(wrong) - marked


if __name__ == "__main__":
    main()
