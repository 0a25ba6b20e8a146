"""核验办理记录测速 — every chain from its first entry to its last, against reading the same rows and hashing them raw.

And whether the memory that it takes grows with the journal. Another size is an argument:
`.venv/bin/python -m benchmarks.journal_against_bare_hash 1000000`.
"""

from __future__ import annotations

import os
import sys
import tempfile
import tracemalloc
from collections.abc import Callable

import django
from django.core.management import call_command

from benchmarks._measure import least, line

ENTRIES = 100_000
ASKED = 1.8
MEMORY_ASKED = 1.5
RUNS = 3


def main() -> None:
    """测速 — prints both ratios."""
    entries = int(sys.argv[1]) if len(sys.argv) > 1 else ENTRIES
    with tempfile.TemporaryDirectory() as folder:
        os.environ |= {"GONGKAI_DATA": folder, "DJANGO_SETTINGS_MODULE": "gongkai.web.settings"}
        django.setup()
        call_command("migrate", verbosity=0, interactive=False)
        from benchmarks._journal import fill, hashed_raw  # noqa: PLC0415 — models want the settings
        from gongkai.web.journal.queries import verify  # noqa: PLC0415

        fill(entries // 4)
        few = _peak(verify)
        fill(entries)
        many = _peak(verify)
        assert verify() == []
        floor, ours = least([hashed_raw, verify], RUNS)
        line("verifying the journal / reading its rows and hashing them", ours / floor, ASKED)
        told = f"memory of four times the entries; {ours / entries * 1e6:.0f} microseconds an entry"
        line(told, many / few, MEMORY_ASKED)


def _peak(work: Callable[[], object]) -> int:
    tracemalloc.start()
    work()
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    return peak


if __name__ == "__main__":
    main()
