"""写出来有多贵 — docx, xlsx, html, md and json together, against a bare python-docx table of as many cells. Target:
at most 5."""

from __future__ import annotations

import io

import docx

from benchmarks._measure import least, line
from benchmarks._pages import PAGES, read
from gongkai.report.figures import AnnualReport
from gongkai.report.writing import write_report

TARGET = 5.0
FORMS = ("docx", "xlsx", "html", "md", "json")
COLUMNS = 10


def bare(report: AnnualReport) -> bytes:
    """下限 — the figures in one table of python-docx, nothing merged, nothing set."""
    document = docx.Document()
    figures = [str(value) for value in report.figures.values()]
    table = document.add_table(rows=-(-len(figures) // COLUMNS), cols=COLUMNS)
    for start, row in zip(range(0, len(figures), COLUMNS), table.rows, strict=True):
        for cell, figure in zip(row.cells, figures[start : start + COLUMNS], strict=False):
            cell.text = figure
    buffer = io.BytesIO()
    document.save(buffer)
    return buffer.getvalue()


def main() -> None:
    """写出来有多贵 — one line a report."""
    for page in PAGES:
        for report in read(page.name, page.read_bytes()):
            sides = [lambda r=report: bare(r), lambda r=report: [write_report(r, form) for form in FORMS]]
            below, above = least(sides, runs=8)
            line(f"write five formats / bare docx: {page.name}", above / below, TARGET)


if __name__ == "__main__":
    main()
