"""核验有多贵 — reading and checking a page, against reading it alone. Target: at most 1.5."""

from __future__ import annotations

from benchmarks._measure import least, line
from benchmarks._pages import PAGES, read
from gongkai.report.checks import check

TARGET = 1.5


def main() -> None:
    """核验有多贵 — one line a page."""
    for page in PAGES:
        name, data = page.name, page.read_bytes()
        below, above = least(
            [
                lambda n=name, d=data: list(read(n, d)),
                lambda n=name, d=data: [check(report) for report in read(n, d)],
            ]
        )
        line(f"read and check / read: {name}", above / below, TARGET)


if __name__ == "__main__":
    main()
