"""乱改文件 — whatever is done to a file, opening and reading it ends in Documents or a refusal, soon and small.

`GONGKAI_FUZZ_SECONDS` (default 7) bounds the run of each room; `GONGKAI_FUZZ_SEED` repeats one. The work is done in a
child process whose memory is bounded, so that a file that would eat the machine fails the test instead.
"""

from __future__ import annotations

import io
import multiprocessing
import os
import random
import resource
import time
import traceback
import zipfile
from collections.abc import Callable
from contextlib import suppress
from importlib import import_module
from multiprocessing.connection import Connection
from pathlib import PurePath
from typing import Any

import pytest

from gongkai.documents.document import Document, DocumentError
from gongkai.documents.opening import open_documents
from tests.documents import make, make_xls, zoo

SECONDS = float(os.environ.get("GONGKAI_FUZZ_SECONDS", "7"))
SEED = int(os.environ.get("GONGKAI_FUZZ_SEED", "0")) or random.SystemRandom().getrandbits(32)
MEMORY_BYTES = 2 << 30
ONE_FILE_SECONDS = 20

SPELLS = (
    b"<table>",
    b"</table>",
    b"<td colspan=99>",
    b"<tr>",
    b"<!--",
    b"\t",
    b"\n\n",
    b"|",
    b"|---|",
    b"\0",
    b"\xff\xfe",
    b"\xef\xbb\xbf",
    b"PK\x03\x04",
    b"%PDF-",
    b"<w:tbl>",
    b"endobj",
    b"9" * 40,
    b'"',
    "总计".encode(),
    "一、".encode("gb18030"),
)


def seeds(*, apart: bool) -> list[zoo.Animal]:
    """种子 — one valid file a format, a zip of some, and the zoo's oddities. `apart`: with that whose library ends its
    process when it cannot have the memory that a file asks for."""
    files = [(make.name(fmt), make.render(zoo.BLOCKS, fmt)) for fmt in make.FORMATS]
    return [
        *files,
        *[("report.xls", make_xls.xls([["信息内容", "制发"], ["规章", 3.0]], [(0, 0, 0, 1)]))] * apart,
        ("all.zip", zoo.zipped(dict(files))),
        *(zoo.HARMLESS[kind]() for kind in ("unclosed html", "GB18030", "UTF-16", "pdf after junk")),
    ]


def mutated(data: bytes, chance: random.Random) -> bytes:
    """改动 — flip, cut, double, splice in a spell or shuffle a stretch; one to six times."""
    torn = bytearray(data)
    for _ in range(chance.randint(1, 6)):
        at = chance.randrange(len(torn) + 1)
        end = min(len(torn), at + chance.choice((1, 2, 8, 64, 1_000)))
        act = chance.randrange(6)
        if act == 0 and at < len(torn):
            torn[at] ^= 1 << chance.randrange(8)
        elif act == 1:
            del torn[at:end]
        elif act == 2:
            torn[at:at] = torn[at:end] * chance.choice((1, 2, 50))
        elif act == 3:
            torn[at:at] = chance.choice(SPELLS) * chance.choice((1, 1, 3, 200))
        elif act == 4:
            torn[at:end] = chance.randbytes(end - at)
        else:
            del torn[at:]
    return bytes(torn)


def repacked(data: bytes, chance: random.Random) -> bytes:
    """改动里面 — an office file whose one part is mutated and packed again, so that the container stays sound."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        part = chance.choice(archive.namelist())
        return zoo.zipped({part: mutated(archive.read(part), chance)}, data)


def look(document: Document) -> None:
    """看 — every view."""
    for view in document.views():
        assert view.name


def read(document: Document) -> None:
    """读 — the annual report in it; that there is none is a DocumentError too."""
    import_module("gongkai.report.reading").read_document(document)


USES: dict[str, tuple[Callable[[Document], None], bool]] = {
    "documents": (look, False),
    "reading": (read, False),
    "isolation": (look, True),
}
"""用法 — what is done with a document, and whether it is taken apart in a room, as people's files are."""


def look_at(name: str, data: bytes, use: Callable[[Document], None], *, apart: bool) -> None:
    """打开并使用 — everything that a command does with a file; only refusals may come out."""
    for item in open_documents(name, data, apart=apart):
        if isinstance(item, Document):
            with suppress(DocumentError):
                use(item)
        else:
            assert isinstance(item, DocumentError)
            assert str(item)


def work(wire: Connection, room: str) -> None:
    """子进程 — mutates and looks until the time is up; tells of the file that failed."""
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY_BYTES, MEMORY_BYTES))
    use, apart = USES[room]
    chance, sources, count = random.Random(SEED), seeds(apart=apart), 0
    end = time.monotonic() + SECONDS
    while time.monotonic() < end:
        name, data = chance.choice(sources)
        inside = data.startswith(b"PK") and chance.random() < 0.7
        data = repacked(data, chance) if inside else mutated(data, chance)
        if chance.random() < 0.1:
            name = chance.choice(sources)[0]
        start = time.monotonic()
        wire.send((name, data))
        try:
            look_at(name, data, use, apart=apart)
        except BaseException:
            wire.send(("失败", traceback.format_exc()))
            return
        if time.monotonic() - start > ONE_FILE_SECONDS:
            wire.send(("失败", f"took {time.monotonic() - start:.0f} s"))
            return
        count += 1
    wire.send(("完成", count))


@pytest.mark.parametrize("room", USES)
def test_mutated_files_end_in_documents_or_refusals(room: str, tmp_path_factory: pytest.TempPathFactory) -> None:
    ours, theirs = multiprocessing.Pipe(duplex=False)
    # Not forked: what other tests of this process have begun in threads holds locks that a copy would wait for.
    process = multiprocessing.get_context("spawn").Process(target=work, args=(theirs, room))
    process.start()
    theirs.close()
    last: tuple[Any, Any] = ("", b"")
    try:
        while True:
            if not ours.poll(ONE_FILE_SECONDS + 10):
                _fail("hung", last, tmp_path_factory)
            try:
                said = ours.recv()
            except EOFError:
                _fail(f"died ({process.exitcode})", last, tmp_path_factory)
            if said[0] == "失败":
                _fail(said[1], last, tmp_path_factory)
            if said[0] == "完成":
                assert said[1] > 20
                return
            last = said
    finally:
        process.kill()
        process.join()


def _fail(why: str, last: tuple[str, bytes], folders: pytest.TempPathFactory) -> None:
    path = folders.mktemp("fuzz") / (PurePath(last[0]).name or "none")
    path.write_bytes(last[1])
    pytest.fail(f"seed {SEED}, file kept at {path}: {why}")
