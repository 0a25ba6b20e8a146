"""读一份 PDF 有多贵 — reading a text PDF into a report, against pypdfium2's bare text of every page. Target: at most
3."""

from __future__ import annotations

import pypdfium2

from benchmarks._measure import SHARED, least, line
from benchmarks._pages import read

FILES = ("hongze-district-2024.pdf", "hongze-district-2023.pdf")
TARGET = 3.0


def bare(data: bytes) -> list[str]:
    """下限 — the text of every page."""
    pdf = pypdfium2.PdfDocument(data)
    try:
        return [page.get_textpage().get_text_range() for page in pdf]
    finally:
        pdf.close()


def main() -> None:
    """读一份 PDF 有多贵 — one line a file. The second breaks its own sums, so that every view of it is looked at."""
    for name in FILES:
        path = SHARED / "corpus" / name
        if path.exists():
            data = path.read_bytes()
            below, above = least([lambda d=data: bare(d), lambda n=name, d=data: list(read(n, d))], runs=12)
            line(f"read a PDF / bare text: {name}", above / below, TARGET)
        else:
            print(f"skipped: {name} is not in the shared folder")


if __name__ == "__main__":
    main()
