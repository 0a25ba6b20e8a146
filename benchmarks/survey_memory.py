"""普查占多少内存 — the most memory of a survey of many reports, against that of a tenth of them.

`python -m benchmarks.survey_memory 100000` for a whole country. Reports are generated ones, each body and year its own.
"""

from __future__ import annotations

import os
import sys
import tempfile
from itertools import count
from pathlib import Path

from benchmarks._measure import line
from benchmarks._processes import cost
from tests.corpus.generate import generate

TARGET = 2.0
REPORTS = 5_000
_MADE = 300


def main() -> None:
    """普查占多少内存 — one line, and the figures behind it."""
    reports = int(sys.argv[1]) if len(sys.argv) > 1 else REPORTS
    with tempfile.TemporaryDirectory(dir=os.environ.get("GONGKAI_BENCH_FOLDER")) as home:
        peaks = []
        for many in (reports // 10, reports):
            folder = Path(home) / f"{many}"
            written(Path(home) / "made", folder, many)
            taken = cost("survey", folder, "-o", Path(home) / f"{many}.parquet", "--workers", 2, watch=0.2)
            size = sum(path.stat().st_size for path in Path(home).glob(f"{many}*.parquet")) / 1024**2
            print(
                f"{many} reports: {taken.seconds:.0f} s, {taken.processor:.0f} s of processor; "
                f"parent {taken.parent:.0f} MiB, worker {taken.worker:.0f} MiB; tables {size:.0f} MiB",
                flush=True,
            )
            peaks.append(taken.parent + taken.worker)
        line(f"most memory: {reports} reports / {reports // 10}", peaks[1] / peaks[0], TARGET)


def written(made: Path, folder: Path, many: int) -> None:
    """写出 — `many` reports under the folder: generated ones again and again, each time of other bodies."""
    if not made.exists():
        generate(made, _MADE, formats={"json": 85, "md": 10, "html": 5})
    known = [
        path for path in sorted(made.rglob("*.*")) if path.suffix in (".json", ".md", ".html") and path.stat().st_size
    ]
    left = many
    for again in count():
        for path in known:
            if not left:
                return
            name = path.name.partition("-")[0]
            place = "甲乙丙丁戊己庚辛壬癸"
            other = "".join(place[int(digit)] for digit in f"{again:04}") + name
            target = folder / f"{again:04}" / path.relative_to(made).with_name(f"{other}{path.name[len(name) :]}")
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_text(path.read_text(encoding="utf-8").replace(name, other), encoding="utf-8")
            left -= 1


if __name__ == "__main__":
    main()
