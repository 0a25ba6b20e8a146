"""收请求 — a body arrives whole or is refused, whatever its pieces; who sends slowly keeps nobody waiting."""

from __future__ import annotations

import asyncio
import contextlib
import shutil
import socket
import tempfile
import threading
import urllib.request
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gongkai.web.serving.bridging import Bridge, Given
from gongkai.web.serving.receiving import Bounds, GoneError, Receiver, RefusedError
from tests.web.serving import ready, serving

MOST = 64 * 1024**2
FEW = 64
"""慢连接 — eight times as many as once stopped the platform."""


def receiver(folder: Path, **bounds: float) -> Receiver:
    return Receiver(Bounds(folder, **{"most_bytes": MOST, **bounds}))  # type: ignore[arg-type]


def events(*chunks: bytes, ends: bool = True, pause: float = 0.0) -> Any:
    """As a server tells of a body: piece by piece, then nothing more, or that the visitor has left."""
    waiting = [{"type": "http.request", "body": chunk, "more_body": True} for chunk in chunks]
    waiting.append({"type": "http.request", "body": b"", "more_body": False} if ends else {"type": "http.disconnect"})

    async def receive() -> dict[str, Any]:
        await asyncio.sleep(pause)
        return waiting.pop(0)

    return receive


def taken(found: Receiver, receive: Any, *, address: str = "1.1.1.1", most: int = MOST) -> bytes:
    body = asyncio.run(found.whole(receive, address, most))
    try:
        return body.file.read()
    finally:
        body.close()


@given(chunks=st.lists(st.binary(max_size=200_000), max_size=8))
def test_a_body_is_what_was_sent_in_whatever_pieces(chunks: list[bytes]) -> None:
    assert taken(receiver(Path(tempfile.gettempdir())), events(*chunks)) == b"".join(chunks)


def test_a_silent_visitor_is_refused(tmp_path: Path) -> None:
    with pytest.raises(RefusedError) as told:
        taken(receiver(tmp_path, silent_seconds=0.05), events(b"a", pause=5))
    assert told.value.status == 408


def test_a_visitor_below_the_least_rate_is_refused_and_a_slow_one_above_it_is_not(tmp_path: Path) -> None:
    bounds = {"patient_seconds": 0.2, "least_rate": 1000.0}
    with pytest.raises(RefusedError) as told:
        taken(receiver(tmp_path, **bounds), events(*[b"a"] * 500, pause=0.02))
    assert told.value.status == 408
    assert len(taken(receiver(tmp_path, **bounds), events(*[b"a" * 1000] * 50, pause=0.02))) == 50_000


def test_more_than_is_taken_at_an_address_is_refused(tmp_path: Path) -> None:
    with pytest.raises(RefusedError) as told:
        taken(receiver(tmp_path), events(b"a" * 600, b"a" * 600), most=1000)
    assert told.value.status == 413


def test_one_address_cannot_hold_the_room_of_all_and_what_leaves_makes_room(tmp_path: Path) -> None:
    found = receiver(tmp_path, most_bytes=8 * 1024**2)
    chunk = b"a" * 1024**2

    async def story() -> None:
        with ExitStack() as held:
            for _ in range(2):
                held.callback((await found.whole(events(chunk, chunk), "1.1.1.1", MOST)).close)
            with pytest.raises(RefusedError) as told:
                await found.whole(events(chunk), "1.1.1.1", MOST)
            assert told.value.status == 503
            for _ in range(2):
                held.callback((await found.whole(events(chunk, chunk), "2.2.2.2", MOST)).close)
            with pytest.raises(RefusedError):
                await found.whole(events(chunk), "3.3.3.3", MOST)
            assert (await found.whole(events(b"a" * 4000), "3.3.3.3", MOST)).size == 4000
        held.callback((await found.whole(events(chunk), "3.3.3.3", MOST)).close)

    asyncio.run(story())


@pytest.mark.parametrize(("free", "status"), [(4, 507), (400, 503)])
def test_a_disk_that_is_too_small_for_one_is_not_said_to_be_taken_by_many(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, free: int, status: int
) -> None:
    from gongkai.web.serving import receiving

    usage = shutil.disk_usage(tmp_path)._replace(free=free * 1024**2)
    monkeypatch.setattr(receiving.shutil, "disk_usage", lambda _: usage)
    with pytest.raises(RefusedError) as told:
        taken(receiver(tmp_path, most_bytes=8 * 1024**2), events(*[b"a" * 1024**2] * 9))
    assert told.value.status == status


def test_the_room_of_a_visitor_who_left_is_free(tmp_path: Path) -> None:
    found = receiver(tmp_path, most_bytes=4 * 1024**2)
    for _ in range(9):
        with pytest.raises(GoneError):
            taken(found, events(b"a" * 1024**2, ends=False))
    assert len(taken(found, events(b"a" * 1024**2))) == 1024**2


def scope_of(path: str, method: str = "GET", headers: tuple[tuple[bytes, bytes], ...] = ()) -> dict[str, Any]:
    raw, _, query = path.partition("?")
    return {
        "type": "http", "method": method, "http_version": "1.1", "path": raw, "raw_path": raw.encode(),
        "query_string": query.encode(), "headers": [(b"host", b"localhost"), *headers], "client": ("1.1.1.1", 5),
        "server": ("127.0.0.1", 80), "scheme": "http",
    }  # fmt: skip


class Visit:
    """一次访问 — what a bridge answers, and when it had its thread back."""

    def __init__(self, application: Any, folder: Path) -> None:
        self.bridge = Bridge(
            application, receiver(folder), lambda _path, _headers: MOST, readers=1, writers=1,
            marked=lambda cookies: cookies.partition("mark=")[2],
        )  # fmt: skip

    def go(self, path: str = "/", method: str = "GET", body: bytes = b"", *headers: tuple[bytes, bytes]) -> Any:
        sent: list[dict[str, Any]] = []

        async def send(event: dict[str, Any]) -> None:
            sent.append(event)

        scope = scope_of(path, method, headers)
        asyncio.run(self.bridge(scope, events(body), send))
        return sent[0]["status"], dict(sent[0]["headers"]), b"".join(event["body"] for event in sent[1:])


def echo(environ: dict[str, Any], start: Any) -> list[bytes]:
    start("200 OK", [("Content-Type", "text/plain")])
    told = [environ[key] for key in ("REQUEST_METHOD", "PATH_INFO", "QUERY_STRING", "CONTENT_LENGTH", "REMOTE_ADDR")]
    told += [f"{key}={value}" for key, value in sorted(environ.items()) if key.startswith("HTTP_")]
    return ["\n".join(told).encode("utf-8"), b"\n", environ["wsgi.input"].read()]


def test_a_request_is_handed_over_as_pep_3333_has_it(tmp_path: Path) -> None:
    headers = ((b"cookie", b"a=1"), (b"cookie", b"b=2"), (b"x-more", b"1"), (b"x-more", b"2"), (b"x_more", b"9"))
    status, _, told = Visit(echo, tmp_path).go("/%E4%BA%91?x=1%20", "POST", b"body", *headers)
    assert status == 200
    path = "/云".encode().decode("latin-1")
    sums = ["HTTP_COOKIE=a=1; b=2", "HTTP_HOST=localhost", "HTTP_X_MORE=1, 2"]
    assert told.decode() == "\n".join(["POST", path, "x=1%20", "4", "1.1.1.1", *sums, "body"])


def test_a_long_answer_is_gathered_and_a_given_file_is_sent_and_closed(tmp_path: Path) -> None:
    closed: list[bool] = []

    class Source:
        left = 5

        def read(self, _size: int) -> bytes:
            self.left -= 1
            return b"f" * 100_000 if self.left >= 0 else b""

        def close(self) -> None:
            closed.append(True)

    def long(environ: dict[str, Any], start: Any) -> Any:
        start("200 OK", [])
        return Given(Source()) if environ["PATH_INFO"] == "/file" else (b"l" * 100_000 for _ in range(30))

    assert Visit(long, tmp_path).go("/file")[2] == b"f" * 500_000
    assert closed == [True]
    assert Visit(long, tmp_path).go("/")[2] == b"l" * 3_000_000


def test_who_reads_slowly_holds_no_thread(tmp_path: Path) -> None:
    """One thread, and a visitor who takes nothing of what he asked for: the next is answered all the same."""

    def gives(environ: dict[str, Any], start: Any) -> Any:
        start("200 OK", [])
        return {"/page": [b"p"], "/table": (b"l" * 100_000 for _ in range(30))}.get(environ["PATH_INFO"]) or Given(
            (tmp_path / "file").open("rb")
        )

    (tmp_path / "file").write_bytes(b"f" * 1_000_000)
    visit = Visit(gives, tmp_path)

    async def staying() -> dict[str, Any]:
        await asyncio.sleep(3600)
        return {}

    async def story() -> None:
        async def never(_event: dict[str, Any]) -> None:
            await asyncio.sleep(3600)

        slow = [
            asyncio.create_task(visit.bridge(scope_of(path), staying, never)) for path in ("/file", "/table", "/page")
        ]
        told: list[dict[str, Any]] = []

        async def send(event: dict[str, Any]) -> None:
            told.append(event)

        await asyncio.wait_for(visit.bridge(scope_of("/file"), staying, send), 120)
        assert b"".join(event["body"] for event in told[1:]) == b"f" * 1_000_000
        for task in slow:
            task.cancel()

    asyncio.run(story())


def test_who_signs_in_holds_no_thread_of_those_who_write_or_read(tmp_path: Path) -> None:
    """A spray of passwords from many places: each check is hard work, and all of it together delays no save.

    It delays nobody either who came in by the same browser before, from whichever of the places.
    """
    let = threading.Event()

    def platform(environ: dict[str, Any], start: Any) -> list[bytes]:
        is_guess = environ["PATH_INFO"] == "/sign-in/" and environ.get("HTTP_COOKIE") != "mark=clerk"
        assert not is_guess or let.wait(120)
        return echo(environ, start)

    visit = Visit(platform, tmp_path)

    async def story() -> list[int]:
        told: list[int] = []

        async def ask(path: str, method: str, address: str, cookie: bytes = b"") -> None:
            waiting = [{"type": "http.request", "body": b"", "more_body": False}]

            async def receive() -> dict[str, Any]:
                return waiting.pop() if waiting else await asyncio.Future()

            async def send(event: dict[str, Any]) -> None:
                told.extend([event["status"]] if "status" in event else [])

            scope = scope_of(path, method, ((b"cookie", cookie),) if cookie else ())
            await visit.bridge({**scope, "client": (address, 5)}, receive, send)

        tried = [asyncio.create_task(ask("/sign-in/", "POST", f"1.1.1.{place}")) for place in range(30)]
        await asyncio.sleep(0)
        await asyncio.wait_for(ask("/sign-in/", "POST", "1.1.1.1", b"mark=clerk"), 20)
        for path, method in (("/desk/items/new/", "POST"), ("/sign-in/", "POST")):
            if path == "/sign-in/":
                let.set()
            await asyncio.wait_for(ask(path, method, "2.2.2.2"), 100)
        await asyncio.gather(*tried)
        return told

    assert asyncio.run(story()) == [200] * 33


def test_saves_of_one_place_that_take_long_leave_threads_to_others(tmp_path: Path) -> None:
    let = threading.Event()

    def platform(environ: dict[str, Any], start: Any) -> list[bytes]:
        assert environ["REMOTE_ADDR"] != "1.1.1.1" or let.wait(30)
        return echo(environ, start)

    bridge = Bridge(platform, receiver(tmp_path), lambda _path, _headers: MOST, readers=1, writers=8)

    async def story() -> int:
        ended: list[str] = []

        async def save(address: str) -> None:
            waiting = [{"type": "http.request", "body": b"", "more_body": False}]

            async def receive() -> dict[str, Any]:
                return waiting.pop() if waiting else await asyncio.Future()

            async def send(_: dict[str, Any]) -> None:
                pass

            await bridge({**scope_of("/desk/items/1/edit/", "POST"), "client": (address, 5)}, receive, send)
            ended.append(address)

        slow = [asyncio.create_task(save("1.1.1.1")) for _ in range(20)]
        await asyncio.sleep(0.05)
        free = bridge._writers._free
        await asyncio.wait_for(save("2.2.2.2"), 20)
        let.set()
        await asyncio.gather(*slow)
        return free

    assert asyncio.run(story()) == 6


@pytest.mark.parametrize("method", ["PUT", "DELETE", "PATCH", "FOO"])
def test_a_method_that_there_is_not_is_said_to_be_none(tmp_path: Path, method: str) -> None:
    status, headers, told = Visit(echo, tmp_path).go("/", method, b"x")
    assert (status, headers[b"allow"]) == (405, b"GET, HEAD, OPTIONS, POST")
    assert told
    assert Visit(echo, tmp_path).go("/api/v1/drafts", method, b"x")[0] == 200, "the interface answers for itself"


def test_a_body_that_is_said_to_be_too_long_is_not_waited_for(tmp_path: Path) -> None:
    def says(environ: dict[str, Any], start: Any) -> list[bytes]:
        start(f"{environ['gongkai.refused']} No", [])
        return []

    for said in (MOST + 1, 10**14, 10**60):
        visit = Visit(says, tmp_path)
        sent: list[Any] = []

        async def send(event: dict[str, Any], sent: list[Any] = sent) -> None:
            sent.append(event)

        async def never() -> dict[str, Any]:
            raise AssertionError("nothing is taken")

        scope = scope_of("/", "POST", ((b"content-length", str(said).encode()),))
        asyncio.run(visit.bridge(scope, never, send))
        assert sent[0]["status"] == 413


def test_what_the_platform_cannot_even_say_is_in_the_log(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    def broken(_environ: dict[str, Any], _start: Any) -> list[bytes]:
        raise RuntimeError("no page")

    status, _, told = Visit(broken, tmp_path).go("/info/")
    assert status == 500
    assert "我们这边出了问题" in told.decode()
    assert "/info/" in caplog.text
    assert "no page" in caplog.text


def test_a_refusal_is_told_to_the_platform_and_ends_the_connection(tmp_path: Path) -> None:
    def says(environ: dict[str, Any], start: Any) -> list[bytes]:
        start("414 Too Long", [])
        return [f"{environ['gongkai.refused']} {environ['REQUEST_METHOD']} {environ['QUERY_STRING']!r}".encode()]

    status, headers, told = Visit(says, tmp_path).go("/?" + "a" * 9000, "POST", b"x")
    assert (status, headers[b"connection"], told) == (414, b"close", b"414 GET ''")


@pytest.fixture(scope="module")
def platform(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    # Who is slow stays: were anybody kept waiting, it would be for ever.
    patient = {"GONGKAI_ARRIVING_SILENT_SECONDS": "3600", "GONGKAI_ARRIVING_LEAST_RATE": "0.000001"}
    with serving(ready(tmp_path_factory.mktemp("platform")), **patient) as address:
        yield address


def connected(address: str, said: bytes) -> socket.socket:
    host, _, port = address.removeprefix("http://").partition(":")
    opened = socket.create_connection((host, int(port)))
    opened.sendall(said)
    return opened


SLOW = b"POST /check/ HTTP/1.1\r\nHost: localhost\r\nContent-Type: text/plain\r\nContent-Length: 1000000\r\n\r\n"
UNFINISHED = b"GET / HTTP/1.1\r\nHost: loc"
IDLE = b"GET /health/ HTTP/1.1\r\nHost: localhost\r\n\r\n"


@pytest.mark.parametrize("said", [SLOW, UNFINISHED, IDLE], ids=["bodies", "headers", "idle"])
def test_slow_visitors_keep_nobody_waiting(platform: str, said: bytes) -> None:
    """Many more of them than there are threads: a page comes while every one of them is still being listened to."""
    with ExitStack() as stack:
        slow = [stack.enter_context(connected(platform, said)) for _ in range(2 * FEW)]
        assert urllib.request.urlopen(f"{platform}/", timeout=120).status == 200
        answered = [opened for opened in slow if is_ended(opened)]
        assert answered == []
        if said is SLOW:
            for opened in slow:
                opened.send(b"a")
            for _ in range(20):
                assert urllib.request.urlopen(f"{platform}/", timeout=120).status == 200


def sent(opened: socket.socket, said: bytes) -> None:
    with contextlib.suppress(OSError):  # what is too long is not read to its end
        opened.sendall(said)


def is_ended(opened: socket.socket) -> bool:
    """Whether the platform has closed the connection."""
    opened.settimeout(0.01)
    try:
        while answer := opened.recv(65536):
            del answer
    except TimeoutError:
        return False
    return True


def test_a_body_in_chunks_is_taken(platform: str) -> None:
    """Without a length that is told before: what was sent is what the platform reads."""
    head = b"POST /prefer/ HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/x-www-form-urlencoded\r\n"
    body = b"9\r\ncontrast=\r\n4\r\nhigh\r\n0\r\n\r\n"
    with connected(platform, head + b"Transfer-Encoding: chunked\r\n\r\n" + body) as opened:
        answer = opened.recv(65536)
    assert answer.startswith(b"HTTP/1.1 302")
    assert b"gongkai_contrast=high" in answer


@pytest.mark.parametrize(
    ("said", "status"),
    [
        (b"GET /?" + b"a" * 9000 + b" HTTP/1.1\r\nHost: localhost\r\n\r\n", b"414"),
        (b"POST /sign-in/ HTTP/1.1\r\nHost: localhost\r\nContent-Length: 5000000\r\n\r\n" + b"a" * 5_000_000, b"413"),
        (b"POST /sign-in/ HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: chunked\r\n\r\nZZZ\r\n", b"400"),
    ],
    ids=["address", "body", "pieces"],
)
def test_what_is_not_taken_is_told(platform: str, said: bytes, status: bytes) -> None:
    with connected(platform, b"") as opened:
        threading.Thread(target=sent, args=(opened, said), daemon=True).start()
        answer = b"".join(iter(lambda: opened.recv(65536), b""))
    assert answer.startswith(b"HTTP/1.1 " + status)
    assert "没有".encode() in answer
