"""收下附件 — whatever is sent, in whatever name: kept under ours, known by its content, or refused in a sentence."""

from __future__ import annotations

import hashlib
import io
import zipfile
from typing import IO, Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from tests.documents import zoo
from tests.web.files.conftest import EICAR, NOW, PDF, Clamd, People, received

NASTY = (
    "../../etc/passwd",
    "..\\..\\windows\\win.ini",
    "/etc/shadow.pdf",
    "C:\\autoexec.bat",
    "a\x00b.pdf",
    "\u202efdp.exe",
    "名单\u200b.pdf",
    "<script>alert(1)</script>.html",
    '"; filename="evil.exe',
    "line\r\nSet-Cookie: a=b.pdf",
    "." * 300,
    "长" * 400 + ".pdf",
    "",
    " ",
    ".pdf",
    "CON.pdf",
    "\ud800.pdf",
)


def docx() -> bytes:
    from tests.documents import make

    return make.word(zoo.BLOCKS)


@pytest.mark.parametrize("name", NASTY)
def test_no_name_is_a_path_or_deceives(people: People, name: str) -> None:
    from django.conf import settings

    file = received(people, name, PDF)
    assert file.name.endswith(".pdf")
    assert 0 < len(file.name) <= 120
    assert not set(file.name) & set('<>:"|?*/\\\r\n\x00\u202e\u200b')
    kept = settings.FILES_FOLDER / "kept" / file.storage_name
    assert kept.read_bytes() == PDF
    assert [path for path in settings.FILES_FOLDER.rglob("*") if path.is_file()] == [kept]
    assert kept.stat().st_mode & 0o077 == 0


@given(st.text(max_size=200), st.sampled_from(["pdf", "csv", "docx"]))
def test_a_name_stays_as_it_is_once_it_is_kept(name: str, code: str) -> None:
    from gongkai.web.files.kinds import KINDS, kind_of
    from gongkai.web.files.naming import kept_name

    once = kept_name(name, KINDS[code])
    assert kept_name(once, KINDS[code]) == once
    assert len(once) <= 120
    once.encode("utf-8")
    assert "/" not in once
    assert once.rpartition(".")[0].strip(".")
    assert kind_of(once) is KINDS[code]


def test_the_content_says_what_it_is_whatever_the_name_says(people: People) -> None:
    assert received(people, "图.png", PDF).name == "图.pdf"
    assert received(people, "setup.exe", PDF).name == "setup.pdf"
    assert received(people, "没有后缀", PDF).kind == "pdf"
    assert received(people, "第1.2稿.txt", PDF).name == "第1.2稿.pdf"
    assert received(people, "表.CSV", "甲,乙\n".encode("gb18030")).kind == "csv"
    word = received(people, "a.doc", docx())
    assert (word.kind, word.name) == ("docx", "a.docx")


def picture(form: str) -> bytes:
    """一幅图片."""
    out = io.BytesIO()
    Image.effect_noise((40, 40), 60).save(out, form)
    return out.getvalue()


@pytest.mark.parametrize(
    ("name", "data", "says"),
    [
        ("a.pdf", b"", "空的"),
        ("a.pdf", b"MZ\x90\x00\x03\x00\x00\x00" + bytes(range(256)) * 40, "看不出"),
        ("a.exe", b"\x7fELF" + b"\x01" * 4000, "看不出"),
        ("a.rar", b"Rar!\x1a\x07\x00" + b"x" * 50, "压缩包"),
        ("a.docx", docx()[: len(docx()) // 2], "损坏"),
        ("a.docx", zoo.ole("EncryptedPackage"), "密码"),
        ("a.png", picture("PNG")[:-40], "损坏"),
        ("a.jpg", picture("JPEG")[:-40], "损坏"),
    ],
)
def test_what_is_not_taken_says_why_and_leaves_nothing(people: People, name: str, data: bytes, says: str) -> None:
    from django.conf import settings

    from gongkai.web.files.kinds import FileError
    from gongkai.web.files.models import File

    with pytest.raises(FileError, match=says):
        received(people, name, data)
    assert not File.objects.exists()
    assert not [path for path in settings.FILES_FOLDER.rglob("*") if path.is_file()]


def test_a_zip_that_would_burst_is_not_opened(people: People) -> None:
    from gongkai.web.files.kinds import FileError

    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("a.txt", b"0" * 64 * 1024**2)
    with pytest.raises(FileError, match="压缩炸弹"):
        received(people, "a.zip", out.getvalue())


class Endless(io.RawIOBase):
    """No end of zeros, and a count of what was taken."""

    taken = 0

    def seek(self, *_: Any) -> int:
        return 0

    def read(self, size: int = -1) -> bytes:
        assert 0 < size <= 1024**2, "never asked for all of it"
        self.taken += size
        return b"0" * size


def test_what_is_too_large_is_cut_off_while_it_arrives(people: People) -> None:
    from django.conf import settings

    from gongkai.web.files.actions import receive
    from gongkai.web.files.kinds import FILE_LIMITS, FileError

    stream: IO[bytes] = Endless()  # type: ignore[assignment]
    with pytest.raises(FileError, match="64 MB"):
        receive(body=people.body, staff=people.clerk, name="a.csv", stream=stream, now=NOW)
    assert stream.taken <= FILE_LIMITS.file_bytes + 1024**2  # type: ignore[attr-defined]
    assert not [path for path in settings.FILES_FOLDER.rglob("*") if path.is_file()]


def test_what_is_kept_is_digested_and_written_down(people: People) -> None:
    from gongkai.web.journal.chaining import digest
    from gongkai.web.journal.queries import is_about, of_subject, verify

    file = received(people, "名单.csv", b"a,b\n")
    assert file.size == 4
    assert file.digest == digest(file.algorithm, b"a,b\n")
    (entry,) = of_subject(f"files.file:{file.pk}")
    assert (entry.act, entry.actor) == ("files.receive", f"staff:{people.clerk.pk}")
    assert entry.facts["digest"] == file.digest
    assert "名单" not in str(entry.facts)
    assert is_about(entry, "name", "名单.csv")
    assert not verify()


def test_only_who_handles_the_bodys_information_may_bring_files(people: People) -> None:
    from gongkai.web.bodies.permissions import Refused
    from gongkai.web.files.actions import receive

    for staff in (people.stranger, people.admin):
        with pytest.raises(Refused):
            receive(body=people.body, staff=staff, name="a.pdf", stream=io.BytesIO(PDF), now=NOW)


# 查毒


def test_the_scanner_sees_every_byte(people: People, clamd: Clamd) -> None:
    from gongkai.web.files.models import ScanState

    data = b"a,b\n" * 300_000
    assert received(people, data=data).scan_state is ScanState.CLEAN
    assert clamd.seen == len(data)


def test_an_infected_file_is_not_taken(people: People, clamd: Clamd) -> None:
    from django.conf import settings

    from gongkai.web.files.kinds import FileError

    with pytest.raises(FileError, match="病毒"):
        received(people, "a.txt", EICAR)
    assert not [path for path in settings.FILES_FOLDER.rglob("*") if path.is_file()]


@pytest.mark.parametrize("says", [b"stream: OK", None, b"INSTREAM size limit exceeded. ERROR\0", b"\0", b"OK\0"])
def test_whatever_is_no_clear_answer_is_no_pass(people: People, clamd: Clamd, says: bytes | None) -> None:
    from gongkai.web.files.actions import publish_copy, rescan
    from gongkai.web.files.kinds import FileError
    from gongkai.web.files.models import ScanState
    from tests.web.files.conftest import copied

    clamd.says = says
    file = received(people)
    assert file.scan_state is ScanState.FAILED
    copy = copied(file, b"a,b\n")
    with pytest.raises(FileError, match="没有完成"):
        publish_copy(copy=copy, staff=people.clerk, now=NOW)
    clamd.says = b""
    assert rescan(file=file, now=NOW) is ScanState.CLEAN
    publish_copy(copy=copy, staff=people.clerk, now=NOW)
    assert copy.published_at == NOW


def test_a_scanner_that_is_down_or_too_small_fails_closed(people: People, clamd: Clamd) -> None:
    from django.test import override_settings

    from gongkai.web.files.models import ScanState

    clamd.most = 1000
    assert received(people, data=b"a,b\n" * 1_000_000).scan_state is ScanState.FAILED
    for address in ("127.0.0.1:1", "/nowhere/clamd.sock", "nonsense"):
        with override_settings(CLAMD=address):
            assert received(people).scan_state is ScanState.FAILED


def test_the_digest_is_of_the_algorithm_that_the_row_names(people: People) -> None:
    from django.test import override_settings

    with override_settings(JOURNAL_ALGORITHM="sha256"):
        file = received(people, data=b"a,b\n")
    assert (file.algorithm, file.digest) == ("sha256", hashlib.sha256(b"a,b\n").hexdigest())
