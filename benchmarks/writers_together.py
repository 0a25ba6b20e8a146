"""八个人同时办事测速 — eight clerks save drafts for a minute on SQLite: none is refused, none waits long.

The longest of twenty waits against the time that eight saves of a single clerk take, in the same run.
"""

from __future__ import annotations

import os
import statistics
import tempfile
from pathlib import Path

from benchmarks._measure import line
from tests.web.clerks import Clerk, prepared, together
from tests.web.serving import free_port, start, stop

WRITERS, ALONE, SECONDS = 8, 40, float(os.environ.get("GONGKAI_BENCH_SECONDS", "60"))
ASKED = 2.0


def main() -> None:
    """测速 — prints the ratio, and how many were refused."""
    with tempfile.TemporaryDirectory() as name:
        folder, port = Path(name), free_port()
        sessions = prepared(folder, WRITERS + 1)
        server = start(folder, port)
        try:
            _measure(port, sessions)
        finally:
            stop(server)
        log = (folder / "serve.log").read_text(encoding="utf-8")
        line("times that the log of the server says “locked”", log.count("locked"), 0.0)


def _measure(port: int, sessions: list[str]) -> None:
    single, *clerks = [Clerk(port, session) for session in sessions]
    for _ in range(ALONE):
        single.save()
    del single.seconds[: ALONE // 4]
    together(clerks, SECONDS)
    for _ in range(ALONE):  # on a machine that others use, before is not after
        single.save()
    alone = statistics.median(single.seconds)
    waits = sorted(wait for clerk in clerks for wait in clerk.seconds)
    late = waits[int(len(waits) * 0.95)]
    line(f"{WRITERS} writers at once, p95 / {WRITERS} saves of one alone", late / (WRITERS * alone), ASKED)
    print(
        f"    {len(waits) / SECONDS:.1f} saves a second; one alone {alone * 1000:.0f} ms; at once p50 "
        f"{statistics.median(waits) * 1000:.0f}, p95 {late * 1000:.0f}, longest {waits[-1] * 1000:.0f} ms"
    )
    line("saves that were refused", sum(len(clerk.refused) for clerk in clerks), 0.0)


if __name__ == "__main__":
    main()
