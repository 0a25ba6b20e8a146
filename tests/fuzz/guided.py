"""引导的乱码 — a run of atheris, which keeps what reaches new code: `python -m tests.fuzz.guided CORPUS [flags]`.

Given `tests/fuzz/corpus` it adds to what is committed; `make fuzz` runs on a copy. The flags are those of libFuzzer.
"""

from __future__ import annotations

import pkgutil
import sys
from importlib import import_module

import atheris

import gongkai.documents

MOST_BYTES = 16_384
FLAGS = ("-rss_limit_mb=3000", "-timeout=25", f"-max_len={MOST_BYTES}", "-print_final_stats=0", "-verbosity=0")

_READERS = [module.name for module in pkgutil.iter_modules(gongkai.documents.__path__, "gongkai.documents.")]
# Once watched, what looks at pictures of pages keeps every one of them; memory would run out before the time is up.
_PICTURES = [name for name in _READERS if "scan" in name]

with atheris.instrument_imports(include=["gongkai.documents", "gongkai.report", "gongkai.text"], exclude=_PICTURES):
    # What is loaded later, as `opening` loads its readers, would not be watched.
    for name in (*_READERS, "gongkai.report.reading"):
        import_module(name)
    targets = import_module("tests.fuzz.targets")


def main(arguments: list[str]) -> None:
    """引导的乱码 — never returns: libFuzzer ends the process, status 0 where nothing was found."""
    atheris.Setup([sys.argv[0], *FLAGS, *arguments], _land)
    atheris.Fuzz()


def _land(data: bytes) -> None:
    """What is read in a room cannot be watched from here."""
    if data and targets.place_of(data) not in targets.APART:
        targets.land(data)


if __name__ == "__main__":
    main(sys.argv[1:])
