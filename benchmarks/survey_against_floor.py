"""普查有多贵 — a survey of 2,000 pages with all checks on one worker against the floor; two workers against one.

Processor time of everything that the command starts, its own start included, against the floor of `page_against_floor`
over the same pages (target: at most 3). Two workers against one by the clock (target: at most 1 / 1.7, on two idle
cores). The two sides in turn, the least of each. Every body has a report of each year, so that last year's is checked.
"""

from __future__ import annotations

import os
import sys
import tempfile
import time
from pathlib import Path

from benchmarks._corpus import pages
from benchmarks._measure import line
from benchmarks._processes import Cost, cost
from benchmarks.page_against_floor import floor

TARGET, TARGET_TWO = 3.0, 1 / 1.7
PAGES, RUNS = 2_000, 3


def main() -> None:
    """普查有多贵 — two lines, and how busy the machine was."""
    with tempfile.TemporaryDirectory() as home:
        folder = Path(home) / "pages"
        written = pages(folder, int(sys.argv[1]) if len(sys.argv) > 1 else PAGES)
        floors, one, two = [], [], []
        for run in range(RUNS):
            floors.append(_floor(written))
            one.append(_survey(folder, Path(home) / f"one{run}.parquet", 1))
            two.append(_survey(folder, Path(home) / f"two{run}.parquet", 2))
    pages_read = f"{len(written)} pages"
    line(f"survey {pages_read} on one worker / floor", min(c.processor for c in one) / min(floors), TARGET)
    line(
        f"survey {pages_read}: two workers / one", min(c.seconds for c in two) / min(c.seconds for c in one), TARGET_TWO
    )
    print(f"load {os.getloadavg()[0]:.1f}; one worker {min(c.seconds for c in one):.1f} s", flush=True)


def _floor(written: list[Path]) -> float:
    begin = time.process_time()
    for path in written:
        floor(path.read_bytes())
    return time.process_time() - begin


def _survey(folder: Path, out: Path, workers: int) -> Cost:
    return cost("survey", folder, "-o", out, "--workers", workers)


if __name__ == "__main__":
    main()
