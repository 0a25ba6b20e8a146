"""隔离 — files are taken apart in a process of their own: what crashes, swallows memory or never ends costs that file
alone.

A room is kept for the next file of the same thread (a fork costs 2 ms once), and replaced after a mishap. What comes
back is read as data: only the values of `documents.document`, whatever a spoilt process may send.
"""

from __future__ import annotations

import contextlib
import faulthandler
import multiprocessing
import os
import pickle
import shutil
import signal
import sys
import tempfile
import threading
import traceback
from collections.abc import Callable
from io import BytesIO
from itertools import count
from multiprocessing import connection, util
from multiprocessing.context import BaseContext
from multiprocessing.process import BaseProcess
from pathlib import Path
from typing import Any

from gongkai.documents import document
from gongkai.documents.document import Document, DocumentError, View
from gongkai.documents.limits import LIMITS, Limits, listen, starved, too_late
from gongkai.documents.processor import LONGEST, Watch
from gongkai.documents.refusals import refusal

try:
    import resource
except ImportError:  # a system without limits: crashes and endless work are contained, memory is not
    resource = None  # type: ignore[assignment]

Opening = tuple[Callable[..., Document], tuple[object, ...]]
"""打开的办法 — the function and its arguments that make a Document, both known to the process that is to do it."""

STANDS_BACK = "GONGKAI_NICE"
"""让一让 — of the environment: how far rooms stand back behind other processes, as `nice` counts. A platform says so,
whose pages somebody waits for."""
_WATCH = "gongkai end with parent"
_GRACE = 10.0
"""Seconds over the limit of a view, which is checked between pages: after them the process itself is ended."""
_FAREWELL = 2.0
_MOST_PIECES = 3 * LIMITS.scan_pages
"""So many times a room may say that another piece of long work begins, a page to be recognised."""
_MOST_ANSWERED = 256 * 1024**2
_keys = count(1)
_here = threading.local()
_held: dict[int, Document] = {}


class Ended(Exception):  # noqa: N818 — how a process ended, not an error of the program
    """没有读完 — the process was ended before its work was done: `late` by us, or by itself.

    `starved`: the machine was so busy that the work never had its seconds; of `waited` it had `had`.
    """

    def __init__(self, *, late: bool, starved: bool = False, waited: float = 0, had: float = 0) -> None:
        super().__init__("late" if late else "crashed")
        self.late, self.starved, self.waited, self.had = late, starved, waited, had


class Room:
    """隔间 — a process with limits, a temporary folder and a process group of its own. They end together."""

    def __init__(self, preloaded: str, memory_bytes: int = LIMITS.memory_bytes) -> None:
        context = start_method(preloaded)
        multiprocessing.current_process().daemon = False  # even a daemon may have rooms: they end with it
        folder = tempfile.mkdtemp(prefix="gongkai-")
        self._wire, theirs = context.Pipe()
        self._process = context.Process(target=_serve, args=(theirs, folder, memory_bytes))  # type: ignore[attr-defined]
        self.close = util.Finalize(self, _close, (self._process, self._wire, Path(folder)), exitpriority=1)
        self._process.start()
        theirs.close()
        self.owner, self.memory_bytes = os.getpid(), memory_bytes
        self.holds = 0

    def call(self, work: Callable[..., object], *arguments: object, seconds: float) -> object:
        """隔离运行 — what `work(*arguments)` returns. DocumentError as it raised it; Ended, and the room closed, where
        it did not come to its end."""
        kind, answer = self._asked(work, arguments, seconds)
        if kind == "refused":
            source, template, values = answer
            raise DocumentError(source, template, **values)
        if kind != "done":
            ended = answer if isinstance(answer, Ended) else Ended(late=False)
            self._end()
            raise ended
        return answer

    def _asked(self, work: Callable[..., object], arguments: tuple[object, ...], seconds: float) -> tuple[str, Any]:
        try:
            self._wire.send((work, arguments, seconds))
            for _ in range(_MOST_PIECES):
                watch = Watch(self._process.pid)
                if not self._waited(watch, seconds):
                    starved = watch.is_starved(seconds)
                    return "late", Ended(late=True, starved=starved, waited=watch.passed(), had=watch.had())
                kind, answer = _Values(BytesIO(self._wire.recv_bytes(_MOST_ANSWERED))).load()
                if kind != "more":
                    return kind, answer
                seconds = min(float(answer), LIMITS.scan_seconds) + _GRACE
            return "late", Ended(late=True)
        except (EOFError, OSError, ValueError, TypeError, pickle.UnpicklingError):
            return "crashed", None
        except BaseException:
            self._end()
            raise

    def _waited(self, watch: Watch, seconds: float) -> bool:
        """Whether something came: nobody waits longer for what has had its seconds of the machine."""
        left = seconds
        while not self._wire.poll(left):
            if not (left := watch.left(seconds)):
                return False
        return True

    @property
    def is_closed(self) -> bool:
        """已关 — it takes no more work."""
        return not self.close.still_active()

    def _end(self) -> None:
        _kill(self._process)
        self.close()


def apart(work: Callable[..., None], *arguments: object, seconds: float) -> None:
    """隔离运行 — `work(*arguments)` in a room of its own. Ended, if it did not come to its end in time."""
    room = Room(work.__module__)
    try:
        room.call(work, *arguments, seconds=seconds)
    finally:
        room.close()


def opened_apart(source: str, opening: Opening, limits: Limits) -> Document:
    """隔离打开 — the Document that `opening` makes in the room of this thread; its views are made there too, when asked
    for. DocumentError where it cannot be opened, or costs the room."""
    key = next(_keys)
    name, makers, first = _look(source, key, opening, 0, limits)

    def later(index: int) -> Callable[[], View]:
        return lambda: _look(source, key, opening, index, limits)[2]

    return Document(source, name, (lambda: first, *map(later, range(1, makers))), [first])


def done_apart(source: str, work: Callable[..., object], arguments: tuple[object, ...], limits: Limits) -> object:
    """隔离办理 — do `work(*arguments)` in the room of this thread and give back its plain values. DocumentError where
    it cannot be done, or costs the room."""
    return _called(source, _room(source, work, limits), limits, work, *arguments)


def end_with_parent() -> None:
    """同生共死 — this process ends when the one that started it does, even if that one was killed."""
    _watch(lambda: os._exit(1))


def start_method(*preloaded: str) -> BaseContext:
    """起进程的办法 — forked from here where no other thread could hold a lock; else from a server that has loaded these
    modules and the readers."""
    methods = multiprocessing.get_all_start_methods()
    others = [thread for thread in threading.enumerate() if thread.name not in (_WATCH, threading.main_thread().name)]
    if "forkserver" not in methods:
        return multiprocessing.get_context("spawn")
    if not others and sys.platform != "darwin":
        return multiprocessing.get_context("fork")
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload([*preloaded, *_READERS])
    return context


def _look(source: str, key: int, opening: Opening, index: int, limits: Limits) -> tuple[str, int, View]:
    """A view of the document; opened again where the room meanwhile holds another, or is new."""
    room = _room(source, opening[0], limits)
    needed = None if room.holds == key else opening
    room.holds = key
    return _called(source, room, limits, _looked, key, needed, index)  # type: ignore[return-value]


def _called(source: str, room: Room, limits: Limits, work: Callable[..., object], *arguments: object) -> object:
    try:
        return room.call(work, *arguments, seconds=limits.seconds + _GRACE)
    except Ended as ended:
        _here.room = None
        raise _refused(source, ended, limits.seconds) from None


def _refused(source: str, ended: Ended, seconds: float) -> DocumentError:
    if ended.starved:
        return starved(source, ended.waited, ended.had)
    return too_late(source, seconds) if ended.late else refusal("crashed", source)


def _room(source: str, work: Callable[..., object], limits: Limits) -> Room:
    room: Room | None = getattr(_here, "room", None)
    if room is None or (room.owner, room.memory_bytes) != (os.getpid(), limits.memory_bytes) or room.is_closed:
        try:
            room = _here.room = Room(work.__module__, limits.memory_bytes)
        except OSError:
            raise refusal("no room", source) from None
    return room


_READERS = [f"gongkai.documents.{name}" for name in ("opening", "pdf", "sheet", "word", "isolation")]


def _close(process: BaseProcess, wire: connection.Connection, folder: Path) -> None:
    """End the process, all that it started, and what they left. It may go by itself first, and clear up."""
    with contextlib.suppress(OSError):
        wire.send(None)
    wire.close()
    if process.pid is not None:
        process.join(_FAREWELL)
        _kill(process)
        process.join()
    _clear(folder)


def _kill(process: BaseProcess) -> None:
    if process.pid is not None and hasattr(os, "killpg"):
        with contextlib.suppress(OSError):  # it has no group yet, or all of it is gone
            os.killpg(process.pid, signal.SIGKILL)
    process.kill()


def _clear(folder: Path) -> None:
    """Remove the folder, and what its links name: the little that a program insists on keeping elsewhere."""
    for link in folder.glob("*"):
        if link.is_symlink():
            link.readlink().unlink(missing_ok=True)
    shutil.rmtree(folder, ignore_errors=True)


class _Values(pickle.Unpickler):
    """Reads nothing but plain values and those that documents are made of."""

    def find_class(self, module: str, name: str) -> object:
        found = vars(document).get(name) if module == document.__name__ else None
        if not isinstance(found, type) or found.__module__ != module:
            raise pickle.UnpicklingError(name)
        return found


# Inside the room


def _serve(wire: connection.Connection, folder: str, memory_bytes: int) -> None:
    _settle(folder, memory_bytes)

    def more(seconds: float) -> None:
        wire.send_bytes(pickle.dumps(("more", seconds)))
        _allow(seconds)

    listen(more)
    while True:
        asked = wire.recv()
        if asked is None:
            return
        work, arguments, seconds = asked
        wire.send_bytes(pickle.dumps(_answer(work, arguments, seconds)))


def _answer(work: Callable[..., object], arguments: tuple[object, ...], seconds: float) -> tuple[str, object]:
    try:
        _allow(seconds)
        try:
            return "done", work(*arguments)
        finally:
            _alarm(0)
    except DocumentError as error:
        values = {name: v if isinstance(v, int | float) else str(v) for name, v in error.values.items()}
        return "refused", (error.source, error.template, values)
    except BaseException:  # a library that panics in another language raises no Exception
        traceback.print_exc()
        return "failed", None


def _settle(folder: str, memory_bytes: int) -> None:
    """Make the room: a group of its own, silence, a place for temporary files, limits, an end with the parent."""
    if hasattr(os, "setpgid"):
        os.setpgid(0, 0)
    if not os.environ.get("GONGKAI_DEBUG"):
        nowhere = os.open(os.devnull, os.O_WRONLY)
        for stream in (1, 2):
            os.dup2(nowhere, stream)
        os.close(nowhere)
        faulthandler.disable()
    if hasattr(signal, "SIGALRM"):
        signal.signal(signal.SIGALRM, signal.SIG_DFL)
    if hasattr(os, "nice") and (steps := os.environ.get(STANDS_BACK, "")).isdecimal():
        with contextlib.suppress(OSError):
            os.nice(int(steps))
    tempfile.tempdir = os.environ["TMPDIR"] = folder
    if resource is not None:
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
        with contextlib.suppress(ValueError, OSError):
            most = _mapped() + memory_bytes
            resource.setrlimit(resource.RLIMIT_AS, (most, most))
            resource.setrlimit(resource.RLIMIT_FSIZE, (memory_bytes, memory_bytes))
    util.Finalize(None, _clear, (Path(folder),), exitpriority=0)  # who opened the room may die while it closes
    _watch(lambda: _vanish(Path(folder)))


def _mapped() -> int:
    """Bytes that this process has mapped already, forked as it may be from a large one."""
    try:
        return int(Path("/proc/self/statm").read_text(encoding="ascii").split()[0]) * os.sysconf("SC_PAGE_SIZE")
    except OSError:
        return 0


def _allow(seconds: float) -> None:
    """Time for one piece of work: ends it where nobody is left who could, and no thread gets a turn. Of the processor,
    and by the clock, lest what waits for ever outlives us; and with it the server of forks, whose pipe it holds."""
    _alarm(seconds * LONGEST + 2 * _GRACE)
    if resource is not None:
        used = sum(resource.getrusage(resource.RUSAGE_SELF)[:2])
        most = int(used + _GRACE + seconds * (os.cpu_count() or 1))
        resource.setrlimit(resource.RLIMIT_CPU, (most, resource.getrlimit(resource.RLIMIT_CPU)[1]))


def _alarm(seconds: float) -> None:
    if hasattr(signal, "setitimer"):
        signal.setitimer(signal.ITIMER_REAL, seconds)


def _looked(key: int, opening: Opening | None, index: int) -> tuple[str, int, View]:
    """A view of the one document that this room holds."""
    if opening is not None:
        _held.clear()
        make, arguments = opening
        _held[key] = make(*arguments)
    held = _held[key]
    return held.format, len(held.makers), next(held.views()) if index == 0 else held.makers[index]()


def _vanish(folder: Path) -> None:
    _clear(folder)
    if hasattr(os, "killpg"):
        os.killpg(0, signal.SIGKILL)
    os._exit(1)


def _watch(then: Callable[[], None]) -> None:
    parent = multiprocessing.parent_process()
    if parent is not None:
        threading.Thread(target=_wait, args=(parent.sentinel, then), name=_WATCH, daemon=True).start()


def _wait(sentinel: int, then: Callable[[], None]) -> None:
    connection.wait([sentinel])
    then()
