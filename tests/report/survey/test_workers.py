"""工人 — order, and what becomes of a task whose process dies or never ends."""

from __future__ import annotations

import os
import time
from collections.abc import Sequence

import pytest

from gongkai.report.survey import workers
from gongkai.report.survey.workers import Watch, Workers

DEAD = "dead"


def double(pieces: Sequence[int | str]) -> list[int | str]:
    for piece in pieces:
        if piece == DEAD:
            os.abort()
    return [piece * 2 for piece in pieces]


def fail(pieces: Sequence[int]) -> list[int]:
    raise ValueError(pieces)


def never_end(pieces: Sequence[float]) -> float:
    workers.SECONDS = 1
    with Watch() as watch:
        watch.begin()
        time.sleep(pieces[0])
    return pieces[0]


def test_results_come_in_the_order_of_the_tasks() -> None:
    tasks = [[n, n + 1] for n in range(40)]
    with Workers(2) as pool:
        assert list(pool.each(double, tasks, lambda *_: [])) == [[n * 2, n * 2 + 2] for n in range(40)]


@pytest.mark.parametrize("count", [1, 2])
def test_a_piece_that_kills_its_process_costs_itself_alone(count: int) -> None:
    tasks: list[list[int | str]] = [[n, n + 1] for n in range(12)]
    tasks[3], tasks[4] = [3, DEAD], [DEAD, 4]
    with Workers(count) as pool:
        found = [
            piece for result in pool.each(double, tasks, lambda piece, late: [f"lost {piece}"]) for piece in result
        ]
    expected: list[int | str] = [p * 2 if p != DEAD else "lost dead" for task in tasks for p in task]
    assert found == expected


def test_a_piece_without_an_end_is_ended(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(workers, "SECONDS", 1)
    with Workers(1) as pool:
        assert list(pool.each(never_end, [[0.0], [60.0]], lambda piece, late: -1.0 if late else -2.0)) == [0.0, -1.0]


def test_a_fault_of_the_work_itself_is_raised() -> None:
    with Workers(1) as pool, pytest.raises(ValueError, match="1"):
        list(pool.each(fail, [[1]], lambda *_: []))
