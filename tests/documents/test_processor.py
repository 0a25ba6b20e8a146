"""轮到处理器 — a busy machine costs no file its reading; what is too much is left all the same."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gongkai.documents import limits, processor
from gongkai.documents.document import DocumentError
from gongkai.documents.isolation import Ended, apart
from gongkai.documents.limits import LIMITS, Deadline
from gongkai.documents.processor import LONGEST, Watch

TELLS = pytest.mark.skipif(not Path("/proc/self/schedstat").exists(), reason="要有 /proc/*/schedstat")
AROUND = 8
"""So many others want the one processor."""


def work(seconds: float) -> None:
    """Uses the processor for so long."""
    until = time.process_time() + seconds
    while time.process_time() < until:
        pass


def work_apart(seconds: float) -> None:
    """In a process of its own, as a file is read for the check desk."""
    apart(work, seconds, seconds=5.0)


def sleep(seconds: float) -> None:
    time.sleep(seconds)


@pytest.fixture
def busy() -> Iterator[None]:
    """忙 — this process and what it begins share one processor with others."""
    before = os.sched_getaffinity(0)
    os.sched_setaffinity(0, {min(before)})
    others = [subprocess.Popen([sys.executable, "-c", "while True: pass"]) for _ in range(AROUND)]
    try:
        yield
    finally:
        for each in others:
            each.kill()
            each.wait()
        os.sched_setaffinity(0, before)


@TELLS
@pytest.mark.usefixtures("busy")
def test_time_in_which_others_had_the_processor_does_not_count() -> None:
    watch = Watch()
    work(0.5)
    assert watch.passed() > 1
    assert watch.had() < watch.passed() / 2


@TELLS
@pytest.mark.usefixtures("busy")
def test_what_is_kept_waiting_is_waited_for_and_then_said_to_be_starved() -> None:
    apart(work, 1.0, seconds=5.0)  # by the clock it takes longer
    apart(work_apart, 1.0, seconds=5.0)
    with pytest.raises(Ended) as ended:
        apart(work, 60.0, seconds=2.0)
    assert ended.value.late
    if ended.value.starved:  # which it is, unless the machine had one processor more for us
        assert ended.value.had < 2 < ended.value.waited


def test_what_sleeps_is_late_and_not_starved() -> None:
    with pytest.raises(Ended) as ended:
        apart(sleep, 600.0, seconds=1.0)
    assert ended.value.late


class Told:
    """A machine whose clock we set, and which tells how long a thread was kept waiting."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.now = self.kept = 0.0
        for module in (processor, limits):
            monkeypatch.setattr(module, "monotonic", lambda: self.now)
        monkeypatch.setattr(processor, "_kept_waiting", lambda _: {("1", "1"): self.kept})


@pytest.fixture
def told(monkeypatch: pytest.MonkeyPatch) -> Told:
    return Told(monkeypatch)


@pytest.mark.parametrize(
    ("passed", "kept", "said"),
    [(9, 0, ""), (11, 0, "读了 10 秒"), (45, 40, ""), (51, 45, "51 秒里只轮到 6 秒"), (30, 19, "读了 10 秒")],
)
def test_a_deadline_says_whether_the_file_or_the_machine_was_too_much(
    told: Told, passed: float, kept: float, said: str
) -> None:
    deadline = Deadline("一.pdf", replace(LIMITS, seconds=10))
    told.now, told.kept = passed, kept
    if not said:
        deadline.check()
        return
    with pytest.raises(DocumentError, match=said):
        deadline.check()


@given(st.floats(0, 1000), st.floats(0, 1000), st.floats(0.1, 100))
def test_nothing_is_waited_for_without_end(passed: float, kept: float, seconds: float) -> None:
    with pytest.MonkeyPatch.context() as patch:
        machine = Told(patch)
        watch = Watch()
        machine.now, machine.kept = passed, min(kept, passed)
        assert 0 <= watch.had() <= passed
        assert watch.left(seconds) <= max(seconds * LONGEST - passed, 0)
        assert (watch.left(seconds) == 0) == (watch.had() >= seconds or passed >= seconds * LONGEST)
