"""夹带 — bytes before and behind what a file is made of are said to be unread and in no copy (条例 第十五条)."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable

import pytest
from PIL import Image

from gongkai.documents import redaction
from tests.documents import make
from tests.documents.redaction.word_made import docx, p, run
from tests.documents.redaction.workbooks import workbook

SECRET = b"nobody knows what this is"
NOTHING = (b"", b"\0" * 9, b"\r\n", b"\n\n \t\x1a")


def picture(form: str, **options: object) -> bytes:
    out = io.BytesIO()
    Image.new("RGB", (40, 30), "lightblue").save(out, format=form, **options)  # type: ignore[arg-type]
    return out.getvalue()


def archive(remark: bytes = b"") -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as made:
        made.writestr("a.txt", "公示。", zipfile.ZIP_DEFLATED)
        made.writestr("b.txt", "公告。")
        made.comment = remark
    return out.getvalue()


def streamed() -> bytes:
    """Written to what cannot be gone back in: the sizes stand behind each member."""

    class Pipe(io.RawIOBase):
        written = b""

        def writable(self) -> bool:
            return True

        def write(self, data: object) -> int:
            self.written += bytes(data)  # type: ignore[call-overload]
            return len(data)  # type: ignore[arg-type]

    pipe = Pipe()
    with zipfile.ZipFile(pipe, "w") as made:  # type: ignore[arg-type]
        made.writestr("a.txt", "公示。", zipfile.ZIP_DEFLATED)
        made.writestr("b.txt", "公告。")
    return pipe.written


FRAMES = [Image.new("RGB", (40, 30), colour) for colour in ("red", "blue")]
FILES: dict[str, Callable[[], bytes]] = {
    "a.png": lambda: picture("PNG"),
    "a.jpg": lambda: picture("JPEG", progressive=True),
    "a.gif": lambda: picture("GIF", save_all=True, append_images=FRAMES),
    "a.tif": lambda: picture("TIFF"),
    "pages.tif": lambda: picture("TIFF", save_all=True, append_images=FRAMES, compression="tiff_lzw"),
    "of jpeg.tif": lambda: picture("TIFF", compression="jpeg"),
    "a.webp": lambda: picture("WEBP"),
    "a.bmp": lambda: picture("BMP"),
    "a.zip": archive,
    "remark.zip": lambda: archive(b"2025"),
    "streamed.zip": streamed,
    "a.xlsx": lambda: workbook('<row r="1"><c r="A1" t="inlineStr"><is><t>公示</t></is></c></row>'),
    "a.docx": lambda: docx(p(run("公示。"))),
    "a.pdf": lambda: make.pdf(["公示。"]),
}


def unread(name: str, data: bytes) -> list[str]:
    return [str(error) for error in redaction.inspect(name, data, pictures=False).unread]


@pytest.mark.parametrize("name", FILES)
def test_what_fills_up_behind_the_end_is_nothing(name: str) -> None:
    data = FILES[name]()
    assert [unread(name, data + nothing) for nothing in NOTHING] == [[]] * len(NOTHING)


@pytest.mark.parametrize("name", FILES)
def test_other_bytes_behind_the_end_are_said_to_be_unread_and_in_no_copy(name: str) -> None:
    data = FILES[name]() + SECRET
    assert len(unread(name, data)) == 1
    assert redaction.inspect(name, data, pictures=False).is_blocked
    copy = redaction.masked(name, data, pictures=False)
    assert SECRET not in copy
    assert unread(name, copy) == []


@pytest.mark.parametrize("name", ["a.zip", "a.xlsx", "a.docx", "a.pdf"])
def test_bytes_before_the_beginning_are_said_as_well(name: str) -> None:
    assert len(unread(name, SECRET + FILES[name]())) == 1


def test_a_blank_line_before_a_pdf_is_nothing() -> None:
    assert unread("a.pdf", b"\n\n" + FILES["a.pdf"]()) == []


def test_two_archives_one_behind_the_other_are_not_read_as_one() -> None:
    assert any("没有看" in told for told in unread("a.zip", archive() + archive(b"2")))


def test_a_picture_in_a_document_is_asked_the_same() -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as made:
        made.writestr("a.png", picture("PNG") + SECRET)
    assert len(unread("a.zip", out.getvalue())) == 1
    assert SECRET not in redaction.masked("a.zip", out.getvalue(), pictures=False)


def test_an_archive_behind_a_picture_is_looked_into_and_said() -> None:
    seen = redaction.inspect("a.png", picture("PNG") + archive(b"13800138000"), pictures=False)
    assert "mobile" in {found.hit.kind for found in seen.hits}
    assert len(seen.unread) == 1
