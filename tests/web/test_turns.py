"""轮流写 — nobody who writes is overtaken for ever, nobody waits without end, the dead stand in nobody's way."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
import time
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from tests.web.serving import apart

ROOT = Path(__file__).parents[2]
HOLD = """
import sys, time
from pathlib import Path
from gongkai.web.settings.embedded.turns import Turns
turns = Turns(Path(sys.argv[1]))
while True:
    turns.take(60)
    sys.stdout.write("x\\n"); sys.stdout.flush()
    time.sleep(float(sys.argv[2]))
    turns.give_back()
"""


def another(path: Path, seconds: float) -> subprocess.Popen[str]:
    """Another process that takes a turn of so many seconds, again and again; it has one when this returns."""
    process = subprocess.Popen(
        [sys.executable, "-c", HOLD, str(path), str(seconds)],
        cwd=ROOT,
        env=apart(path.parent),
        stdout=subprocess.PIPE,
        text=True,
    )
    assert process.stdout
    process.stdout.readline()
    return process


def end(process: subprocess.Popen[str]) -> int:
    """How often it had the turn since; it is killed."""
    process.send_signal(signal.SIGKILL)
    assert process.stdout
    with process.stdout:
        told = len(process.stdout.readlines())
    process.wait(120)
    return told


def test_turns_come_in_the_order_in_which_they_were_asked_for(tmp_path: Path) -> None:
    from gongkai.web.settings.embedded.turns import Turns

    turns, order = Turns(tmp_path / "turn"), list[int]()
    turns.take(1)

    def write(number: int) -> None:
        turns.take(30)
        order.append(number)
        turns.give_back()

    threads = []
    for number in range(8):
        threads.append(threading.Thread(target=write, args=(number,)))
        threads[-1].start()
        while len(turns._waiting) <= number:
            time.sleep(0.001)
    turns.give_back()
    for thread in threads:
        thread.join(30)
    assert order == list(range(8))


def test_a_turn_that_does_not_come_is_given_up_and_the_next_one_has_it(tmp_path: Path) -> None:
    from gongkai.web.settings.embedded.turns import BusyError, Turns

    turns = Turns(tmp_path / "turn")
    turns.take(1)
    with ThreadPoolExecutor(2) as threads:
        hurried, patient = threads.submit(turns.take, 0.05), threads.submit(turns.take, 30)
        with pytest.raises(BusyError):
            hurried.result(30)
        turns.give_back()
        patient.result(30)
        turns.give_back()
    turns.take(1)


def test_a_process_that_writes_without_end_lets_another_in_each_time(tmp_path: Path) -> None:
    from gongkai.web.settings.embedded.turns import Turns

    turns = Turns(tmp_path / "turn")
    greedy = another(tmp_path / "turn", 0.005)
    for _ in range(20):
        turns.take(30)
        time.sleep(0.01)
        turns.give_back()
    others = end(greedy)
    assert others >= 5  # and it was not shut out either


def test_many_writers_of_one_process_do_not_shut_out_a_single_one_of_another(tmp_path: Path) -> None:
    from gongkai.web.settings.embedded.turns import Turns

    turns, had, ended = Turns(tmp_path / "turn"), Counter[int](), threading.Event()

    def write(number: int) -> None:
        while not ended.is_set():
            turns.take(30)
            time.sleep(0.002)
            had[number] += 1
            turns.give_back()

    with ThreadPoolExecutor(8) as threads:
        single = another(tmp_path / "turn", 0.002)
        written = [threads.submit(write, number) for number in range(8)]
        while len(had) < 8:  # who began first had turns while the others were not there yet
            time.sleep(0.01)
        before = Counter(had)
        while had.total() - before.total() < 200:
            time.sleep(0.01)
        ended.set()
        for each in written:
            each.result(30)
        others = end(single)
    had -= before
    assert others >= had.total() / 10
    # In a process they come one after the other (tested above); a thread that the machine holds up between
    # giving back and asking anew misses rounds of its own accord, so each is only sure of its share.
    assert min(had.values()) >= had.total() / 8 / 2


def test_a_killed_writer_stands_in_nobodys_way(tmp_path: Path) -> None:
    from gongkai.web.settings.embedded.turns import BusyError, Turns

    turns = Turns(tmp_path / "turn")
    holder = another(tmp_path / "turn", 3600)
    with pytest.raises(BusyError):
        turns.take(0.05)
    end(holder)
    turns.take(5)
    turns.give_back()


@pytest.mark.skipif(not hasattr(os, "fork"), reason="没有 fork")
def test_a_forked_child_has_no_part_in_the_turn_of_its_parent(tmp_path: Path) -> None:
    from gongkai.web.settings.embedded.turns import BusyError, Turns

    turns = Turns(tmp_path / "turn")
    turns.take(1)
    child = os.fork()
    if child == 0:
        try:
            turns.take(0.05)
        except BusyError:
            os._exit(0)
        os._exit(1)
    assert os.waitpid(child, 0)[1] == 0
    turns.give_back()
    turns.take(1)
    turns.give_back()


def test_a_folder_that_takes_no_lock_file_does_not_stop_writers_of_one_process(tmp_path: Path) -> None:
    from gongkai.web.settings.embedded.turns import BusyError, Turns

    turns = Turns(tmp_path / "nowhere" / "turn")
    turns.take(1)
    with pytest.raises(BusyError):
        turns.take(0.01)
    turns.give_back()
    turns.take(1)
