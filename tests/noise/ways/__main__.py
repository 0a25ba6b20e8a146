"""看各种样子 — `python -m tests.noise.ways [--seeds N] [--all] [--only NAME]`: silent errors of each kind.

`--all`: with those that a browser or an office program converts.
"""

from __future__ import annotations

import argparse
import sys
from collections import Counter

from tests.noise.ways.cases import Kind, kinds, silent


def main() -> int:
    """看各种样子 — 1 where a figure is wrong and not marked."""
    parser = argparse.ArgumentParser(prog="python -m tests.noise.ways", description=__doc__)
    parser.add_argument("--seeds", type=int, default=1)
    parser.add_argument("--first", type=int, default=0)
    parser.add_argument("--all", action="store_true")
    parser.add_argument("--through", action="store_true", help="only those")
    parser.add_argument("--only", default="")
    arguments = parser.parse_args()
    wrong: Counter[str] = Counter()
    files = bad = 0
    for seed in range(arguments.first, arguments.first + arguments.seeds):
        for kind in kinds(seed):
            if arguments.only not in kind.file or not (kind.is_made_here != arguments.through or arguments.all):
                continue
            files += 1
            found = _one(kind)
            bad += found > 0
            wrong["+".join(kind.layouts) or kind.copy] += found > 0
    kinds_wrong = {name: count for name, count in wrong.items() if count}
    sys.stdout.write(
        f"{files} files, {len(wrong)} kinds; {bad} files of {len(kinds_wrong)} kinds with a silent error\n"
    )
    return 1 if bad else 0


def _one(kind: Kind) -> int:
    found = silent(kind, kind.data())
    if found:
        first = "; ".join(f"{f.address} {f.expected} as {f.found} {f.state}" for f in found[:2])
        sys.stdout.write(f"{kind.file}  # {len(found)}: {first}\n")
        sys.stdout.flush()
    return len(found)


if __name__ == "__main__":
    sys.exit(main())
