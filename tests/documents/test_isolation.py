"""隔离 — a file that crashes, hangs or swallows memory costs itself alone, and leaves nothing behind."""

from __future__ import annotations

import ctypes
import multiprocessing
import os
import pickle
import signal
import subprocess
import sys
import tempfile
import textwrap
import threading
import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from gongkai.documents import isolation
from gongkai.documents.document import Document, DocumentError, Paragraph, View
from gongkai.documents.isolation import Ended, Room, apart, opened_apart
from gongkai.documents.limits import LIMITS, announce
from gongkai.documents.opening import open_documents
from gongkai.documents.refusals import refusal
from tests.documents import make, zoo

QUICK = replace(LIMITS, seconds=0.2, memory_bytes=1 << 29)


@pytest.fixture
def impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    """不多等 — no grace after the limit."""
    monkeypatch.setattr(isolation, "_GRACE", 0.5)


def leave_a_note(path: Path) -> None:
    path.write_text("done", encoding="utf-8")


def work_longer_than_said() -> str:
    announce(60.0)
    time.sleep(11.0)
    return "done"


def crash() -> None:
    os.abort()


def read_nowhere() -> None:
    ctypes.string_at(0)


def be_killed() -> None:
    os.kill(os.getpid(), signal.SIGKILL)


def leave() -> None:
    os._exit(0)


def raise_an_error() -> None:
    raise ValueError("broken")


def panic() -> None:
    raise BaseException("panic of a library written in another language")


def never_end() -> None:
    time.sleep(600)


def turn_for_ever() -> None:
    while True:
        pass


def swallow() -> None:
    held = []
    while True:
        held.append(bytearray(256 * 1024**2))


DEADLY = (crash, read_nowhere, be_killed, leave, raise_an_error, panic)


def test_work_is_done_apart(tmp_path: Path) -> None:
    apart(leave_a_note, tmp_path / "note", seconds=60)
    assert (tmp_path / "note").read_text(encoding="utf-8") == "done"


@pytest.mark.parametrize("work", DEADLY)
def test_what_breaks_is_told_and_this_process_goes_on(work: Callable[[], None]) -> None:
    with pytest.raises(Ended) as ended:
        apart(work, seconds=60)
    assert not ended.value.late


@pytest.mark.parametrize("work", [never_end, turn_for_ever])
def test_what_never_ends_is_ended(work: Callable[[], None]) -> None:
    begun = time.monotonic()
    with pytest.raises(Ended) as ended:
        apart(work, seconds=0.5)
    assert ended.value.late
    assert time.monotonic() - begun < 300


def lines(text: str, deadly: Callable[[], None] | None = None) -> Document:
    """A document of two views; making the second may be the end."""

    def second() -> View:
        if deadly:
            deadly()
        return View("second", (Paragraph(f"{text} {os.getpid()}"),))

    made = Document(text, "txt", (lambda: View("first", (Paragraph(f"{text} {os.getpid()}"),)), second))
    next(made.views())
    return made


def deadly(work: Callable[[], None]) -> Document:
    work()
    return lines("never")


def maker_of(document: Document) -> str:
    """The process that made the last view."""
    block = list(document.views())[-1].blocks[0]
    assert isinstance(block, Paragraph)
    return block.text.split()[-1]


def refused_by_us() -> Document:
    raise refusal("encrypted", "密.docx")


def test_a_room_is_kept_for_the_next_file_and_not_this_process() -> None:
    one = opened_apart("一", (lines, ("一",)), LIMITS)
    other = opened_apart("二", (lines, ("二",)), LIMITS)
    assert maker_of(one) == maker_of(other) == maker_of(one) != str(os.getpid())
    assert [view.name for view in one.views()] == ["first", "second"]


def test_an_earlier_document_is_opened_again_for_its_later_view() -> None:
    one = opened_apart("一", (lines, ("一",)), LIMITS)
    opened_apart("二", (lines, ("二",)), LIMITS)
    block = list(one.views())[1].blocks[0]
    assert isinstance(block, Paragraph)
    assert block.text.startswith("一 ")


@pytest.mark.parametrize("work", [*DEADLY, swallow])
def test_a_deadly_file_is_a_finding_and_the_next_one_is_read(work: Callable[[], None]) -> None:
    with pytest.raises(DocumentError, match=r"^坏的：.*程序中断了"):
        opened_apart("坏的", (deadly, (work,)), QUICK)
    assert maker_of(opened_apart("好的", (lines, ("好的",)), LIMITS))


@pytest.mark.parametrize("work", [never_end, turn_for_ever])
@pytest.mark.usefixtures("impatient")
def test_a_file_without_end_is_left(work: Callable[[], None]) -> None:
    with pytest.raises(DocumentError, match=r"^坏的：读了 0\.2 秒"):
        opened_apart("坏的", (deadly, (work,)), QUICK)
    assert maker_of(opened_apart("好的", (lines, ("好的",)), LIMITS))


def test_a_view_that_kills_leaves_the_views_before_it() -> None:
    document = opened_apart("半好", (lines, ("半好", crash)), LIMITS)
    views = document.views()
    assert next(views).name == "first"
    with pytest.raises(DocumentError, match="半好"):
        next(views)
    assert len(document.made) == 1


def test_what_was_refused_is_refused_in_the_same_words() -> None:
    with pytest.raises(DocumentError) as caught:
        opened_apart("密.docx", (refused_by_us, ()), LIMITS)
    expected = refusal("encrypted", "密.docx")
    assert (str(caught.value), caught.value.template) == (str(expected), expected.template)


@pytest.mark.parametrize("fmt", ["docx", "xlsx", "pdf"])
def test_a_file_reads_the_same_apart_and_here(fmt: str) -> None:
    data = make.render(zoo.BLOCKS, fmt)
    (here,) = open_documents("a", data, apart=False)
    (there,) = open_documents("a", data)
    assert isinstance(here, Document)
    assert isinstance(there, Document)
    assert (here.format, list(here.views())) == (there.format, list(there.views()))


class Spell:
    """Pickled, it is a call of `os.system`."""

    def __reduce__(self) -> tuple[object, ...]:
        return os.system, ("true",)


def cast_a_spell() -> object:
    return Spell()


def test_a_spoilt_room_cannot_make_us_call_anything() -> None:
    assert pickle.loads(pickle.dumps(Spell())) == 0
    room = Room(__name__)
    with pytest.raises(Ended):
        room.call(cast_a_spell, seconds=60)


def folder_and_child() -> str:
    child = subprocess.Popen(["sleep", "600"])
    Path(tempfile.mkdtemp()).joinpath("left").write_text("left", encoding="utf-8")
    return f"{tempfile.gettempdir()} {child.pid}"


def test_a_room_ends_with_its_children_and_its_folder() -> None:
    room = Room(__name__)
    folder, pid = str(room.call(folder_and_child, seconds=60)).split()
    assert Path(folder).is_dir()
    assert "gongkai-" in folder
    room.close()
    assert not Path(folder).exists()
    assert_gone(int(pid))


def assert_gone(pid: int) -> None:
    until = time.monotonic() + 120
    while time.monotonic() < until:
        state = Path(f"/proc/{pid}/stat")
        if not state.exists() or state.read_text().rpartition(")")[2].split()[0] == "Z":
            return
        time.sleep(0.02)
    pytest.fail(f"{pid} lives")


def told_and_killed(script: str) -> list[str]:
    """The words of the one line that a program says before it is killed."""
    parent = subprocess.Popen([sys.executable, "-c", script], stdout=subprocess.PIPE, text=True)
    assert parent.stdout is not None
    words = parent.stdout.readline().split()
    parent.kill()
    parent.wait()
    parent.stdout.close()
    return words


def test_a_killed_parent_takes_its_room_along() -> None:
    if not Path("/proc/self/stat").exists():
        pytest.skip("没有 /proc")
    script = textwrap.dedent(
        f"""
        import sys, time
        sys.path.insert(0, {str(Path(__file__).parents[2])!r})
        from gongkai.documents.isolation import Room
        from tests.documents.test_isolation import folder_and_child, turn_for_ever
        if __name__ == "__main__":
            room = Room("tests.documents.test_isolation")
            print(room.call(folder_and_child, seconds=60), room._process.pid, flush=True)
            room.call(turn_for_ever, seconds=60)
        """
    )
    folder, *pids = told_and_killed(script)
    for pid in pids:
        assert_gone(int(pid))
    assert not Path(folder).exists()


def holds_its_breath() -> None:
    """Inside a room: what a library does that never comes back and lets no other thread have a turn."""
    ctypes.PyDLL(None).sleep(600)


def test_a_room_in_which_no_thread_gets_a_turn_does_not_outlive_its_parent_for_long() -> None:
    if not Path("/proc/self/stat").exists():
        pytest.skip("没有 /proc")
    script = textwrap.dedent(
        f"""
        import sys, threading
        sys.path.insert(0, {str(Path(__file__).parents[2])!r})
        from multiprocessing import forkserver
        from gongkai.documents import isolation
        from tests.documents.test_isolation import holds_its_breath
        if __name__ == "__main__":
            isolation._GRACE = 1.0
            forkserver.ensure_running()
            room = isolation.Room("tests.documents.test_isolation")
            pids = room._process.pid, forkserver._forkserver._forkserver_pid
            threading.Timer(0.5, lambda: print(*pids, flush=True)).start()
            room.call(holds_its_breath, seconds=5)
        """
    )
    pids = told_and_killed(script)
    assert len(pids) == 2
    for pid in pids:
        assert_gone(int(pid))


def test_a_parent_killed_while_it_closes_leaves_nothing() -> None:
    room = Room(__name__)
    folder, _ = str(room.call(folder_and_child, seconds=60)).split()
    room._wire.send(None)
    assert_gone(room._process.pid or 0)
    assert not Path(folder).exists()
    room.close()


def test_a_machine_without_room_is_a_sentence(monkeypatch: pytest.MonkeyPatch) -> None:
    def full(**_: object) -> str:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(isolation, "_here", threading.local())
    monkeypatch.setattr(isolation.tempfile, "mkdtemp", full)
    (item,) = open_documents("年报.docx", make.word(zoo.BLOCKS))
    assert isinstance(item, DocumentError)
    assert "不够" in str(item)


def test_threads_have_rooms_of_their_own() -> None:
    makers: list[str] = []

    def read() -> None:
        document = opened_apart("一", (lines, ("一",)), LIMITS)
        time.sleep(0.2)
        makers.append(maker_of(document))

    threads = [threading.Thread(target=read) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(set(makers)) == 2


def room_in_a_room() -> str:
    return maker_of(opened_apart("一", (lines, ("一",)), LIMITS))


def test_a_room_may_have_rooms() -> None:
    room = Room(__name__)
    assert room.call(room_in_a_room, seconds=60) not in (str(os.getpid()), str(room._process.pid))
    room.close()


def test_a_daemon_may_have_rooms(tmp_path: Path) -> None:
    daemon = multiprocessing.get_context("spawn").Process(target=_reads, args=(tmp_path / "read",), daemon=True)
    daemon.start()
    daemon.join(60)
    assert (tmp_path / "read").read_text(encoding="utf-8") == "kept"


def _reads(note: Path) -> None:
    (item,) = open_documents("a.xlsx", make.render(zoo.BLOCKS, "xlsx"))
    assert isinstance(item, Document)
    note.write_text(next(item.views()).name, encoding="utf-8")


@pytest.mark.usefixtures("impatient")
def test_a_room_that_announces_more_work_is_waited_for() -> None:
    room = Room(__name__)
    try:
        assert room.call(os.getpid, seconds=60) != os.getpid()  # it is there; a busy machine takes long to begin one
        assert room.call(work_longer_than_said, seconds=10.0) == "done"
    finally:
        room.close()
