"""种一批 — many plants, and what is missed, by kind: python -m tests.plants COUNT [BASE…] (条例 第十五条)."""

from __future__ import annotations

import argparse
import sys
import time
from collections.abc import Iterable
from pathlib import Path

from tests.plants.judging import Verdict, planted
from tests.plants.running import run


def main() -> int:
    """种一批 — prints the counts by kind, then each way that was missed, once."""
    parser = argparse.ArgumentParser(prog="python -m tests.plants")
    parser.add_argument("count", type=int)
    parser.add_argument("bases", nargs="*", help="how the names of bases begin (docx)")
    parser.add_argument("--seed", type=int, default=2026)
    parser.add_argument("--file", type=int, default=12, help="plants in one file")
    parser.add_argument("--kind", default="", help="only kinds that hold this")
    parser.add_argument("--where", default="", help="only ways that hold this")
    parser.add_argument("--keep", type=Path, help="a folder for files of what was missed, one plant each")
    given = parser.parse_args()
    begin = time.monotonic()
    tally = run(
        given.count, given.seed, starts=tuple(given.bases), kind=given.kind, where=given.where, a_file=given.file
    )
    sys.stdout.writelines(f"{line}\n" for line in tally.lines())
    for number, verdict in enumerate(_each_way_once(tally.misses)):
        plant = verdict.plant
        words = (plant.base, plant.kind, plant.where, plant.spelling, repr(plant.written), ", ".join(verdict.missed))
        sys.stdout.write(" | ".join(words) + "\n")
        if given.keep:
            name, data = planted([plant])
            (given.keep / f"{number}-{name}").write_bytes(data)
    sys.stdout.write(f"{time.monotonic() - begin:.0f} s\n")
    return bool(tally.misses)


def _each_way_once(misses: Iterable[Verdict]) -> Iterable[Verdict]:
    return {(v.plant.base, v.plant.kind, v.plant.where, v.missed): v for v in misses}.values()


if __name__ == "__main__":
    sys.exit(main())
