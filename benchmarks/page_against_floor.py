"""读一页有多贵 — reading a page into a report, against the floor: decode, parse, and the text of every cell and
paragraph.

The floor is what any reader must pay: `lxml.html.fromstring` and, for each `td`, `th` and `p`,
`etree.tostring(method="text")`, which is two to four times faster than `itertext`. Target: at most 2.
"""

from __future__ import annotations

import lxml.html
from lxml import etree

from benchmarks._measure import least, line
from benchmarks._pages import PAGES, read

TARGET = 2.0


def floor(data: bytes) -> list[str]:
    """下限 — the text of every cell and paragraph of a page."""
    tree = lxml.html.fromstring(data.decode("utf-8"))
    return [etree.tostring(element, method="text", encoding="unicode") for element in tree.iter("td", "th", "p")]


def main() -> None:
    """读一页有多贵 — one line a page, and all of them together."""
    sums = [0.0, 0.0]
    for page in PAGES:
        data = page.read_bytes()
        below, above = least([lambda d=data: floor(d), lambda p=page, d=data: list(read(p.name, d))])
        sums = [sums[0] + below, sums[1] + above]
        line(f"read a page / floor: {page.name}", above / below, TARGET)
    line("read a page / floor: all pages", sums[1] / sums[0], TARGET)


if __name__ == "__main__":
    main()
