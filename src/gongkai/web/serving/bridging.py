"""接到平台 — hands a request that has arrived whole to the platform in a thread, and its answer to the visitor.

No thread waits for a visitor: bodies arrive before one is taken, answers are sent once it is free. Those who read have
threads of their own, so that reading goes on while all who write wait for one another. So have those who sign in: to
check a password is made to be hard work, and whoever guesses many from many places holds up those who guess alone.
"""

from __future__ import annotations

import asyncio
import logging
import os
from collections.abc import Awaitable, Callable, Iterable, Mapping
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from io import BytesIO
from tempfile import TemporaryFile
from time import monotonic
from typing import IO, Any, NamedTuple
from urllib.parse import unquote_to_bytes

from gongkai.web.look.refused import KEY
from gongkai.web.look.troubles import fault, note
from gongkai.web.look.visitors import seen_address
from gongkai.web.patience import ARRIVED
from gongkai.web.serving.known import Known
from gongkai.web.serving.line import BusyError, Line
from gongkai.web.serving.receiving import Body, GoneError, Receive, Receiver, RefusedError

Send = Callable[[dict[str, Any]], Awaitable[None]]
Application = Callable[[dict[str, Any], Callable[..., Any]], Iterable[bytes]]
_READING = ("GET", "HEAD", "OPTIONS")
_MOST_ADDRESS = 8 * 1024
_BLOCK = 64 * 1024
_IN_MEMORY = 1024**2
_LONGEST_SAID = 20
_HASHING = ("/sign-in/", "/account/password/", "/set-up/")
"""比对密码的 — where a password is checked or made."""
_HASHING_THREADS = max(1, (os.cpu_count() or 2) // 2)
"""One check keeps more than one core busy (Argon2 works in lanes): the other half is for everybody else."""
_MOST_WRITING = 2
"""一个人同时办几件 — what takes long is one's own to wait for: others always find threads to write in."""
_log = logging.getLogger(__name__)


class Answer(NamedTuple):
    """回答 — its status, its headers, and its bytes, or a file that is read while it is sent."""

    status: int
    headers: list[tuple[bytes, bytes]]
    content: bytes | IO[bytes] | Given


_HEALTH = "/health/"
_PLAIN = [(b"content-type", b"text/plain; charset=utf-8"), (b"retry-after", b"5"), (b"cache-control", b"no-store")]
_BUSY = Answer(503, _PLAIN, "从您这里来的请求太多，还在排队。请过几秒再试。".encode())
"""排得太多 — told without a thread."""
_METHODS, _API = (*_READING, "POST"), "/api/"
_NO_METHOD = Answer(
    405,
    [_PLAIN[0], (b"allow", b"GET, HEAD, OPTIONS, POST"), (b"connection", b"close")],
    "这里不接受这种请求。".encode(),
)
"""没有这种请求 — told before its body is taken; the interface has methods of its own."""
_BROKEN = Answer(500, _PLAIN, "我们这边出了问题。请过几分钟再试；还不行，请告诉管理员。".encode())
"""出了问题 — told where not even the page for it could be made."""
_CUT = Answer(
    400, [_PLAIN[0], (b"connection", b"close")], "这次没有收到完整的内容。请按浏览器的“后退”，再试一次。".encode()
)
"""没有收全 — told to whoever is still there."""


class Given:
    """整个给出的文件 — the `wsgi.file_wrapper` (PEP 3333): what it holds is sent when no thread is held any more."""

    def __init__(self, file: Any, size: int = _BLOCK) -> None:
        self._file, self._size = file, size

    def read(self, size: int = _BLOCK) -> bytes:
        """读一段 — empty at the end."""
        return bytes(self._file.read(size))

    def __iter__(self) -> Iterable[bytes]:
        return iter(lambda: self.read(self._size), b"")

    def close(self) -> None:
        """关上 — as the server must."""
        self._file.close()


class Bridge:
    """接到平台 — an ASGI application over a WSGI one."""

    def __init__(
        self, application: Application, receiver: Receiver, most: Callable[[str, Mapping[bytes, bytes]], int],
        *, readers: int, writers: int, cookie: str = "sessionid", marked: Callable[[str], str] = lambda _: "",
    ) -> None:  # fmt: skip
        """`marked`: whom the mark of a browser names, by the cookies that it sends; empty for a stranger's."""
        self._known = Known(cookie)
        self._application, self._receiver, self._most = application, receiver, most
        self._readers = Line(readers, "reading")
        self._writers = Line(writers, "writing", _MOST_WRITING)
        self._hashing = Line(_HASHING_THREADS, "hashing")
        self._hashing_known = Line(1, "hashing-known")
        self._marked = marked
        self._files = ThreadPoolExecutor(2, "giving")

    async def __call__(self, scope: dict[str, Any], receive: Receive, send: Send) -> None:
        """一个请求 — from its first byte to the last of its answer."""
        if scope["type"] != "http":
            return
        if scope["method"] not in _METHODS and not scope["path"].startswith(_API):
            await self._send(_NO_METHOD, send)
            return
        headers = dict(scope["headers"])
        forwarded = headers.get(b"x-forwarded-for", b"").decode("latin-1")
        address = seen_address((scope.get("client") or ("", 0))[0], forwarded) or ""
        try:
            body, refused = await self._arrived(scope, headers, receive, address)
        except GoneError:  # or what came was cut into pieces that make no sense: then somebody is still there
            with suppress(OSError, RuntimeError):
                await self._send(_CUT, send)
            return
        environ = _environ(scope, body.file if body else BytesIO(), body.size if body else 0)
        environ[ARRIVED] = monotonic()
        if refused:
            environ |= {KEY: refused, "REQUEST_METHOD": "GET", "QUERY_STRING": ""}
        line, visitor = self._place(environ, self._known.person(headers), address)
        try:
            answer = await self._given(line, visitor, receive, environ)
            self._known.learn(headers, environ)
        except GoneError:
            return
        except BusyError:
            answer = _BUSY
        except Exception:  # the platform has a page for what goes wrong in it; where that page fails, the log must know
            _log.exception("%s", scope["path"])
            answer = _BROKEN
        finally:
            if body:
                body.close()
        if refused:
            answer.headers.append((b"connection", b"close"))
        await self._send(answer, send)

    def _place(self, environ: Mapping[str, Any], person: str, address: str) -> tuple[Line, str]:
        """The line, and as whom to stand in it."""
        path = environ["PATH_INFO"]
        if environ["REQUEST_METHOD"] in _READING:
            # Who asks how the platform is gets an answer whatever else is asked from the same place.
            return self._readers, path if path == _HEALTH else person or address
        if not path.startswith(_HASHING):
            return self._writers, person or address
        known = person or self._marked(environ.get("HTTP_COOKIE", ""))
        return (self._hashing_known, known) if known else (self._hashing, address)

    async def _arrived(
        self, scope: dict[str, Any], headers: Mapping[bytes, bytes], receive: Receive, address: str
    ) -> tuple[Body | None, int]:
        """The body, if there is one, or the status with which the request is refused."""
        try:
            if len(scope["raw_path"]) + len(scope["query_string"]) > _MOST_ADDRESS:
                raise RefusedError(414)
            if _has_body(scope["method"], headers):
                most = self._most(scope["path"], headers)
                if (said := headers.get(b"content-length", b"0")).isdigit() and int(said[:_LONGEST_SAID]) > most:
                    raise RefusedError(413)
                return await self._receiver.whole(receive, address, most), 0
        except RefusedError as error:
            return None, error.status
        except OSError as error:
            return None, _no_room(error)
        return None, 0

    async def _given(self, line: Line, visitor: str, receive: Receive, environ: dict[str, Any]) -> Answer:
        """Where the disk takes no long answer, a page says so."""
        try:
            return await line.run(visitor, receive, self._answered, environ)
        except OSError as error:
            environ |= {KEY: _no_room(error), "REQUEST_METHOD": "GET", "QUERY_STRING": ""}
            return await line.run(visitor, receive, self._answered, environ)

    def _answered(self, environ: dict[str, Any]) -> Answer:
        """In a thread of the pool: all that the platform does for the request."""
        told: list[Any] = []

        def start(status: str, headers: list[tuple[str, str]], _error: Any = None) -> Callable[[bytes], None]:
            told[:] = [int(status[:3]), [(k.lower().encode("latin-1"), v.encode("latin-1")) for k, v in headers]]
            return lambda _: None

        result = self._application(environ, start)
        if isinstance(result, Given):
            return Answer(told[0], told[1], result)
        try:
            content = self._gathered(result)
        finally:
            getattr(result, "close", lambda: None)()
        return Answer(told[0], told[1], content)

    def _gathered(self, chunks: Iterable[bytes]) -> bytes | IO[bytes]:
        """In memory what is small; a long table goes to disk, so that its thread is free before it is sent."""
        gathered: list[bytes] = []
        size, rest = 0, iter(chunks)
        for chunk in rest:
            gathered.append(chunk)
            size += len(chunk)
            if size > _IN_MEMORY:
                break
        else:
            return b"".join(gathered)
        file = TemporaryFile(dir=self._receiver.bounds.folder)  # noqa: SIM115 — closed when it is sent
        file.writelines(gathered)
        file.writelines(rest)
        file.seek(0)
        return file

    async def _send(self, answer: Answer, send: Send) -> None:
        content = answer.content
        start = {"type": "http.response.start", "status": answer.status, "headers": answer.headers}
        if isinstance(content, bytes):
            await send(start)
            await send({"type": "http.response.body", "body": content})
            return
        loop = asyncio.get_running_loop()
        try:
            await send(start)
            chunk = b"-"
            while chunk:
                # A file may be far away, in a store of another machine.
                chunk = await loop.run_in_executor(self._files, content.read, _BLOCK)
                await send({"type": "http.response.body", "body": chunk, "more_body": bool(chunk)})
        finally:
            await loop.run_in_executor(self._files, content.close)


def _no_room(error: OSError) -> int:
    """What is arriving or leaving could not be put down on the disk."""
    _log.error("the disk takes nothing: %s", error)
    note(fault(error) or "disk")
    return 507


def _has_body(method: str, headers: Mapping[bytes, bytes]) -> bool:
    return headers.get(b"content-length", b"0") != b"0" or b"transfer-encoding" in headers or method not in _READING


def _environ(scope: dict[str, Any], body: IO[bytes], size: int) -> dict[str, Any]:
    """The request as PEP 3333 has it. A name with an underscore could be taken for another header: it is left out."""
    host, port = scope.get("server") or ("localhost", 80)
    environ: dict[str, Any] = {
        "REQUEST_METHOD": scope["method"],
        "SCRIPT_NAME": scope.get("root_path", ""),
        "PATH_INFO": unquote_to_bytes(scope["raw_path"]).decode("latin-1"),
        "QUERY_STRING": scope["query_string"].decode("latin-1"),
        "SERVER_NAME": host,
        "SERVER_PORT": str(port),
        "SERVER_PROTOCOL": f"HTTP/{scope['http_version']}",
        "REMOTE_ADDR": (scope.get("client") or ("",))[0],
        "wsgi.version": (1, 0),
        "wsgi.url_scheme": scope.get("scheme", "http"),
        "wsgi.input": body,
        "wsgi.errors": _Errors(),
        "wsgi.multithread": True,
        "wsgi.multiprocess": False,
        "wsgi.run_once": False,
        "wsgi.file_wrapper": Given,
    }
    for raw, value in scope["headers"]:
        if b"_" in raw or raw == b"content-length":
            continue
        name = raw.decode("latin-1").upper().replace("-", "_")
        key = name if name == "CONTENT_TYPE" else f"HTTP_{name}"
        said = value.decode("latin-1")
        environ[key] = f"{environ[key]}{';' if raw == b'cookie' else ','} {said}" if key in environ else said
    environ["CONTENT_LENGTH"] = str(size)
    return environ


class _Errors:
    """What an application writes to its server goes to the log."""

    def write(self, text: str) -> None:
        _log.error(text.rstrip())

    def writelines(self, lines: Iterable[str]) -> None:
        for line in lines:
            self.write(line)

    def flush(self) -> None:
        """Nothing is kept back."""
