"""轮流 — nobody waits for another's pile; an hour's minutes are counted and come back."""

from __future__ import annotations

from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from gongkai.web.annual.keeping import Batch, Upload
from gongkai.web.annual.turns import Turns
from gongkai.web.spent import HOUR


class Clock:
    """钟 — as it is set."""

    def __init__(self) -> None:
        self.now = 0.0

    def __call__(self) -> float:
        return self.now


def given_by(visitor: str, count: int) -> tuple[Batch, list[Upload]]:
    uploads = [Upload(number, f"{number}.pdf", 1) for number in range(1, count + 1)]
    return Batch(Path(visitor), visitor, 0.0, tuple(uploads), visitor), uploads


def put(turns: Turns, visitor: str, count: int) -> None:
    batch, uploads = given_by(visitor, count)
    for place, upload in enumerate(uploads):
        turns.put(batch, place, upload)


@given(pile=st.integers(1, 60), others=st.integers(1, 5), readers=st.integers(1, 4), seconds=st.integers(1, 300))
def test_a_pile_delays_another_by_no_more_than_what_is_being_read(
    pile: int, others: int, readers: int, seconds: int
) -> None:
    clock = Clock()
    turns = Turns(clock)
    put(turns, "pile", pile)
    at_work = [turns.take() for _ in range(min(readers, pile))]
    for number in range(others):
        put(turns, f"other {number}", 1)
    clock.now += seconds
    for turn in at_work:
        turns.spend(turn.batch.visitor, seconds)
        turns.done(turn.batch.visitor)
    assert {turns.take().batch.visitor for _ in range(others)} == {f"other {number}" for number in range(others)}


@given(st.lists(st.tuples(st.integers(0, 2000), st.integers(1, 600)), min_size=1, max_size=12))
def test_minutes_come_back_after_an_hour(read: list[tuple[int, int]]) -> None:
    clock = Clock()
    turns = Turns(clock)
    most = 900
    for pause, seconds in read:
        put(turns, "a", 1)
        turn = turns.take()
        clock.now += pause + seconds
        turns.spend(turn.batch.visitor, seconds)
        turns.done(turn.batch.visitor)
    wait = turns.free_in("a", most)
    assert (wait > 0) == (turns.used("a") >= most)
    clock.now += wait
    assert turns.used("a") < most
    clock.now += HOUR
    assert turns.used("a") == 0
    assert turns.free_in("a", most) == 0


def test_the_first_files_of_small_batches_come_before_the_end_of_large_ones() -> None:
    turns = Turns()
    put(turns, "a", 3)
    put(turns, "a", 1)
    assert [turns.take().upload.number for _ in range(4)] == [1, 1, 2, 3]
