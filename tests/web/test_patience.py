"""等多久 — a locked database costs a request one wait, however many things it asks for (GB/T 22239-2019)."""

from __future__ import annotations

import sqlite3
import time
import urllib.error
import urllib.request
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from urllib.parse import urlencode

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.web.serving import ready, serving

_TOKEN = "t" * 32


def sign_in(address: str) -> tuple[int, str, float]:
    """Status, page and seconds of one sign-in."""
    form = urlencode({"csrfmiddlewaretoken": _TOKEN, "name": "nobody", "password": "wrong"}).encode()
    asked = urllib.request.Request(f"{address}/sign-in/", form, {"Cookie": f"csrftoken={_TOKEN}"})
    begun = time.monotonic()
    with pytest.raises(urllib.error.HTTPError) as told:
        urllib.request.urlopen(asked, timeout=120)
    with told.value as answer:
        return told.value.code, answer.read().decode(), time.monotonic() - begun


def test_whoever_signs_in_at_a_locked_database_waits_once(tmp_path: Path) -> None:
    """The second waits for the turn of the first, and then no second time for the program that takes no turns."""
    with serving(ready(tmp_path / "data"), GONGKAI_WRITING_SECONDS="2") as address:
        other = sqlite3.connect(tmp_path / "data" / "gongkai.sqlite3", isolation_level=None)
        other.execute("BEGIN IMMEDIATE")
        with ThreadPoolExecutor(4) as threads:
            told = [each.result() for each in [threads.submit(sign_in, address) for _ in range(4)]]
        other.rollback()
        other.close()
        for status, page, seconds in told:
            assert (status, "没有轮到" in page) == (503, True)
            assert seconds < 15, "each wait for itself is as long as SQLite waits"
        assert sign_in(address)[0] == 400


@given(st.lists(st.integers(0, 64).map(lambda each: each / 8), max_size=8), st.integers(1, 16))
def test_waits_add_up_to_one_bound_and_inner_bounds_are_no_wider(waits: list[float], most: float) -> None:
    from gongkai.web import patience

    with patience.bounded(most):
        for each in waits:
            with patience.bounded(2 * most):
                assert patience.left() <= most
                patience.spend(each)
        assert patience.left() == max(most - sum(waits), patience._LEAST_SECONDS)


def test_outside_of_a_request_each_wait_is_as_long_as_a_writer_waits(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    from django.conf import settings

    from gongkai.web import patience

    monkeypatch.setattr(settings, "WRITING_SECONDS", 7.0)
    patience.spend(100)
    assert patience.left() == 7
