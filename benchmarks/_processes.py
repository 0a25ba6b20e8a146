"""进程 — what a command costs with all that it starts: processor time, and the most memory that each process had."""

from __future__ import annotations

import ctypes
import os
import subprocess
import sys
import time
from pathlib import Path
from resource import RUSAGE_CHILDREN, getrusage
from typing import NamedTuple

_SUBREAPER = 36  # of prctl: who outlives its parent becomes our child, and is counted


class Cost(NamedTuple):
    """花费 — seconds on the clock and of processor, the most MiB of the command and of a process below it."""

    seconds: float
    processor: float
    parent: float
    worker: float


def cost(*words: object, watch: float = 0.0) -> Cost:
    """花费 — of one run of `gongkai`; `watch`: look at the memory every so many seconds."""
    ctypes.CDLL(None).prctl(_SUBREAPER, 1, 0, 0, 0)
    before, begin = getrusage(RUSAGE_CHILDREN), time.monotonic()
    command = [sys.executable, "-m", "gongkai", *map(str, words)]
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    peaks: dict[int, float] = {}
    while watch and process.poll() is None:
        for pid in (process.pid, *_below(process.pid)):
            peaks[pid] = max(peaks.get(pid, 0.0), _peak(pid))
        time.sleep(watch)
    process.wait()
    seconds = time.monotonic() - begin
    try:
        while True:
            os.wait()
    except ChildProcessError:
        after = getrusage(RUSAGE_CHILDREN)
    used = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    own = peaks.pop(process.pid, 0.0)
    return Cost(seconds, used, own, max(peaks.values(), default=0.0))


def _below(pid: int) -> list[int]:
    found = []
    for children in Path(f"/proc/{pid}/task").glob("*/children"):
        try:
            for child in map(int, children.read_text().split()):
                found += [child, *_below(child)]
        except OSError:
            continue
    return found


def _peak(pid: int) -> float:
    try:
        status = Path(f"/proc/{pid}/status").read_text()
    except OSError:
        return 0.0
    kib = next((line.split()[1] for line in status.splitlines() if line.startswith("VmHWM")), "0")
    return int(kib) / 1024
