"""连接太多 — whoever holds most connections gives up first, and others come in (GB/T 22239-2019)."""

from __future__ import annotations

import http.client
import socket
from collections import Counter
from collections.abc import Iterator
from contextlib import ExitStack, suppress
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gongkai.web.serving import crowding
from gongkai.web.serving.crowding import Held, surplus
from tests.web.serving import serving

FEW_FILES = 700
"""What the platform of this test may open: its table of connections is full with half as many."""

helds = st.lists(
    st.tuples(st.sampled_from("abcdefgh"), st.booleans(), st.integers(0, 9)), max_size=80
).map(lambda each: [Held(number, None, *told) for number, told in enumerate(each)])  # fmt: skip


@given(held=helds, most=st.integers(1, 60))
def test_who_holds_more_than_others_keep_gives_up_and_nobody_else(held: list[Held], most: int) -> None:
    gone = surplus(held, most)
    kept = [each for each in held if each not in gone]
    assert len(kept) <= max(most, 0)
    before, after = (Counter(each.place for each in some) for some in (held, kept))
    for place in {each.place for each in gone}:
        assert all(after[place] >= after[other] for other in before), "it kept as many as anybody"
    assert not gone or len(kept) > most - len(before), "no more went than had to"
    for each in gone:
        rest = [other for other in kept if other.place == each.place]
        assert all((each.sent_any, -each.still) <= (other.sent_any, -other.still) for other in rest)


@pytest.fixture(params=["127.0.0.1", "::1"])
def door(request: pytest.FixtureRequest) -> Iterator[socket.socket]:
    family = socket.AF_INET6 if ":" in request.param else socket.AF_INET
    try:
        made = socket.create_server((request.param, 0), family=family, backlog=100)
    except OSError:
        pytest.skip("没有 IPv6")
    with made:
        yield made


@pytest.mark.usefixtures("platform")
def test_silent_connections_are_ended_before_those_at_work_and_files_stay(door: socket.socket, tmp_path: Path) -> None:
    with ExitStack() as stack:
        file = stack.enter_context((tmp_path / "a").open("w"))
        here, there = [], []
        for number in range(40):
            here.append(stack.enter_context(socket.create_connection(door.getsockname()[:2])))
            there.append(stack.enter_context(door.accept()[0]))
            if number % 10 == 0:
                here[-1].sendall(b"GET")
        others = len(crowding._numbers()) - len(list(crowding._held(crowding._numbers())))
        assert crowding.thin(others + 80) == 0
        assert crowding.thin(10) == 30
        for each in here:
            each.settimeout(0.01)
        ended = [number for number, each in enumerate(here) if _is_ended(each)]
        assert len(ended) == 30
        assert not {0, 10, 20, 30} & set(ended), "what had sent something is there"
        file.write("still open")
        there[0].sendall(b"well")
        assert here[0].recv(9) == b"well"


def _is_ended(each: socket.socket) -> bool:
    with suppress(TimeoutError):
        return each.recv(1) == b""
    return False


@pytest.mark.usefixtures("platform")
def test_proxies_of_ours_are_not_cut(monkeypatch: pytest.MonkeyPatch) -> None:
    from ipaddress import ip_network

    from django.conf import settings

    monkeypatch.setattr(settings, "PROXIES", [ip_network("127.0.0.0/8")])
    with socket.create_server(("127.0.0.1", 0)) as door, ExitStack() as stack:
        for _ in range(30):
            stack.enter_context(socket.create_connection(door.getsockname()))
            stack.enter_context(door.accept()[0])
        assert crowding.thin(1) == 0


def test_a_newcomer_is_answered_while_one_place_holds_more_than_the_table_takes(tmp_path: Path) -> None:
    with serving(tmp_path, files=FEW_FILES) as address, ExitStack() as stack:
        port = int(urlsplit(address).port or 0)
        for _ in range(FEW_FILES):
            each = stack.enter_context(socket.socket())
            each.setblocking(False)
            with suppress(BlockingIOError):
                each.connect(("127.0.0.1", port))
        for _ in range(3):
            newcomer = http.client.HTTPConnection("127.0.0.1", port, timeout=20, source_address=("127.0.0.77", 0))
            newcomer.request("GET", "/health/")
            assert newcomer.getresponse().status == 200
            newcomer.close()
