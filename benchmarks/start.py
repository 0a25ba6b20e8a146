"""启动有多贵 — `gongkai --version` against `python -c pass`, whole processes in turn. Target: at most 3."""

from __future__ import annotations

import subprocess
import sys
import time
from pathlib import Path

from benchmarks._measure import line

TARGET = 3.0
RUNS = 15


def main() -> None:
    """启动有多贵 — one line."""
    command = Path(sys.executable).with_name("gongkai")
    sides = ([sys.executable, "-c", "pass"], [str(command), "--version"])
    least = [float("inf")] * 2
    for _ in range(RUNS):
        for index, side in enumerate(sides):
            begin = time.perf_counter()
            subprocess.run(side, check=True, stdout=subprocess.DEVNULL)
            least[index] = min(least[index], time.perf_counter() - begin)
    line("gongkai --version / python -c pass", least[1] / least[0], TARGET)


if __name__ == "__main__":
    main()
