"""测速 — how ratios are taken: the two sides in turn, many times, the least processor time of each.

Machines are shared and noisy; the least of many runs is what the code costs when nobody disturbs it, and a ratio of
two of them, taken in one run, carries over to other machines.
"""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Sequence
from pathlib import Path

SHARED = Path(os.environ.get("GONGKAI_CORPUS", Path(__file__).parent.parent.parent / "shared"))
SAMPLES = Path(__file__).parent.parent / "samples"
RUNS = 60


def least(sides: Sequence[Callable[[], object]], runs: int = RUNS) -> list[float]:
    """最短用时 — the least processor seconds of each side, the sides run in turn."""
    times = [float("inf")] * len(sides)
    for _ in range(runs):
        for index, side in enumerate(sides):
            begin = time.process_time()
            side()
            times[index] = min(times[index], time.process_time() - begin)
    return times


def line(question: str, ratio: float, target: float) -> None:
    """一行结果 — the ratio, the target, and whether it was reached."""
    verdict = "ok" if ratio <= target else "over"
    print(f"{question:64} {ratio:6.2f}   target {target:.1f}   {verdict}", flush=True)
