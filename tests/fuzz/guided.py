"""引导的乱码 — a run of atheris, which keeps what reaches new code: `python -m tests.fuzz.guided CORPUS [flags]`.

Given `tests/fuzz/corpus` it adds to what is committed; `make fuzz` runs on a copy. The flags are those of libFuzzer.
"""

from __future__ import annotations

import sys

import atheris

MOST_BYTES = 16_384
FLAGS = ("-rss_limit_mb=3000", "-timeout=25", f"-max_len={MOST_BYTES}", "-print_final_stats=0", "-verbosity=0")

with atheris.instrument_imports(include=["gongkai.documents", "gongkai.report", "gongkai.text"]):
    from tests.fuzz import targets


def main(arguments: list[str]) -> None:
    """引导的乱码 — never returns: libFuzzer ends the process, status 0 where nothing was found."""
    atheris.Setup([sys.argv[0], *FLAGS, *arguments], targets.land)
    atheris.Fuzz()


if __name__ == "__main__":
    main(sys.argv[1:])
