"""隔离 — a file that crashes, hangs or swallows memory costs itself alone."""

from __future__ import annotations

import os
import time
from pathlib import Path

import pytest

from gongkai.web.annual.isolation import Ended, apart


def leave_a_note(path: Path) -> None:
    path.write_text("done", encoding="utf-8")


def crash() -> None:
    os.abort()


def raise_an_error() -> None:
    raise ValueError("broken")


def never_end() -> None:
    time.sleep(600)


def swallow() -> None:
    held = []
    while True:
        held.append(bytearray(256 * 1024**2))


def test_work_is_done_apart(tmp_path: Path) -> None:
    apart(leave_a_note, tmp_path / "note", seconds=60)
    assert (tmp_path / "note").read_text(encoding="utf-8") == "done"


@pytest.mark.parametrize("work", [crash, raise_an_error, swallow])
def test_what_breaks_is_told_and_this_process_goes_on(work: object) -> None:
    with pytest.raises(Ended) as ended:
        apart(work, seconds=60)  # type: ignore[arg-type]
    assert not ended.value.late


def test_what_never_ends_is_ended() -> None:
    begun = time.monotonic()
    with pytest.raises(Ended) as ended:
        apart(never_end, seconds=0.5)
    assert ended.value.late
    assert time.monotonic() - begun < 30
