"""测试用的任务 — they write down that they began and that they came to their end."""

from __future__ import annotations

import time
from pathlib import Path

from django_tasks import task


@task()
def note(path: str, word: str, seconds: float = 0) -> None:
    """记一笔 — begins, takes its time, ends."""
    with Path(path).open("a", encoding="utf-8") as file:
        file.write(f"begin {word}\n")
    time.sleep(seconds)
    with Path(path).open("a", encoding="utf-8") as file:
        file.write(f"end {word}\n")
