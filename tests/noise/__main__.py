"""看一例噪声 — `python -m tests.noise --seed 7 --noise mojibake --format md`: the source, and what was read wrong."""

from __future__ import annotations

import argparse
import sys
from collections import Counter

from gongkai.documents.document import DocumentError
from tests.noise.cases import Case, drawn, faults, minimal, read, silent, useful
from tests.noise.noises import NOISES
from tests.noise.rendering import FORMATS, MADE, render


def say(text: str) -> None:
    """印出 — one line."""
    sys.stdout.write(f"{text}\n")


def main() -> int:
    """看一例噪声 — 1 where a figure is wrong and not marked."""
    parser = argparse.ArgumentParser(prog="python -m tests.noise", description=__doc__)
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--noise", action="append", choices=NOISES, metavar="NAME", default=None)
    parser.add_argument("--format", choices=FORMATS, default=None)
    parser.add_argument(
        "--sweep", type=int, metavar="N", help="N drawn compositions; only faults are shown, made minimal"
    )
    parser.add_argument("--list", action="store_true", help="the noises")
    parser.add_argument("--quiet", action="store_true", help="do not print the source")
    arguments = parser.parse_args()
    if arguments.list:
        for name, noise in NOISES.items():
            say(f"{noise.family:10} {name:32} {(noise.change.__doc__ or '').splitlines()[0]}")
        return 0
    if arguments.sweep:
        return _sweep(arguments.seed, arguments.sweep)
    case = drawn(arguments.seed)
    if arguments.noise is not None or arguments.format is not None:
        case = Case(arguments.seed, arguments.format or "html", tuple(arguments.noise or ()))
    return _show(case, quiet=arguments.quiet)


def _show(case: Case, *, quiet: bool) -> int:
    report = case.build()
    data = render(report)
    if not quiet:
        say(f"<{len(data)} bytes>" if case.format in MADE else data.decode())
    say(f"{case.command}\n  {report.edition} {report.form.other_handling}; did: {', '.join(report.did) or 'nothing'}")
    try:
        found = read(report)
    except DocumentError as error:
        say(f"  refused: {error}")
        return 0
    wrong = faults(report, found)
    states = dict(Counter(map(str, found.states.values())))
    say(f"  useful {useful(report, found):.3f}; states {states}; faults {len(wrong)}")
    for fault in wrong:
        place = found.places.get(fault.address)
        say(f"    {fault.address}: {fault.expected} read as {fault.found} ({fault.state}; {fault.note}) {place}")
    return 1 if wrong else 0


def _sweep(start: int, count: int) -> int:
    bad = 0
    for seed in range(start, start + count):
        case = drawn(seed)
        if silent(case):
            bad += 1
            least = minimal(case)
            wrong = silent(least)
            first = wrong[0]
            say(f"{least.command}  # {len(wrong)}: {first.address} {first.expected} as {first.found} {first.state}")
    say(f"{count} compositions, {bad} with a silent error")
    return 1 if bad else 0


if __name__ == "__main__":
    sys.exit(main())
