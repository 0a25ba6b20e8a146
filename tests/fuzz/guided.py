"""引导的乱码 — a run of atheris, which keeps what reaches new code: `python -m tests.fuzz.guided CORPUS [flags]`.

With `--keep`, what the run found is merged into the corpus that is committed beside this file: the fewest inputs that
reach as much. The same by `make fuzz`, for a longer time.
"""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import atheris

KEPT = Path(__file__).parent / "corpus"
MOST_BYTES = 16_384
FLAGS = ("-rss_limit_mb=3000", "-timeout=25", f"-max_len={MOST_BYTES}", "-print_final_stats=0", "-verbosity=0")

with atheris.instrument_imports(include=["gongkai.documents", "gongkai.report", "gongkai.text"]):
    from tests.fuzz import targets


def main(arguments: list[str]) -> None:
    """引导的乱码 — never returns: libFuzzer ends the process, status 0 where nothing was found."""
    if arguments[0] == "--keep":
        grown = Path(arguments[1])
        smaller = grown.with_name(f"{grown.name}.kept")
        smaller.mkdir()
        subprocess.run([sys.executable, "-m", "tests.fuzz.guided", "-merge=1", smaller, KEPT, grown], check=True)
        for old in KEPT.iterdir():
            old.unlink()
        for new in smaller.iterdir():
            new.rename(KEPT / new.name)
        return
    atheris.Setup([sys.argv[0], *FLAGS, *arguments], targets.land)
    atheris.Fuzz()


if __name__ == "__main__":
    main(sys.argv[1:])
