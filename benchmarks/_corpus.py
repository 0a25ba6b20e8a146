"""网页语料 — a folder of many different pages made from a few real ones: other bodies, other years, the same markup."""

from __future__ import annotations

from itertools import count
from pathlib import Path

from benchmarks._pages import PAGES, read

_YEARS = range(2021, 2026)
_SIGNS = "甲乙丙丁戊己庚辛壬癸"


def pages(folder: Path, many: int) -> list[Path]:
    """网页语料 — `many` pages under the folder; each body has a report of every year, so there is a last year's."""
    known = [(path, path.read_text(encoding="utf-8"), next(read(path.name, path.read_bytes()))) for path in PAGES]
    written: list[Path] = []
    for number in count():
        body = "".join(_SIGNS[int(digit)] for digit in f"{number:04}")
        for path, text, report in known:
            assert report.agency is not None
            assert report.year is not None
            for year in _YEARS:
                if len(written) == many:
                    return written
                named = text.replace(report.agency, f"{body}{report.agency}")
                for old, new in ((report.year + 1, year + 1), (report.year, year)):
                    named = named.replace(f"{old}年", f"\0{new}年")
                written.append(folder / f"{year}" / f"{body}{path.name}")
                written[-1].parent.mkdir(parents=True, exist_ok=True)
                written[-1].write_text(named.replace("\0", ""), encoding="utf-8")
    raise AssertionError
