"""只查不写的格式 — what a doc, an xls, an odt hides blocks as it does in a docx and an xlsx (条例 第十五条)."""

from __future__ import annotations

import io
import random
import struct
from collections.abc import Callable

import docx
import openpyxl
import pytest
from openpyxl.comments import Comment

from gongkai.documents import libreoffice, office
from gongkai.documents.document import DocumentError
from gongkai.documents.redaction import GUARD_LIMITS, Inspection, inspect, older
from gongkai.documents.redaction.values import Options
from tests.text import persons

NEEDED = pytest.mark.skipif(libreoffice.program() is None, reason="没有装 LibreOffice")
NEW = {"doc": "docx", "rtf": "docx", "odt": "docx", "xls": "xlsx", "ods": "xlsx"}
FILTERS = {"doc": "MS Word 97", "rtf": "Rich Text Format", "odt": "writer8", "xls": "MS Excel 97", "ods": "calc8"}


def _document(change: Callable[[docx.document.Document], None]) -> bytes:
    made = docx.Document()
    made.add_paragraph("关于公开名单的通知")
    change(made)
    data = io.BytesIO()
    made.save(data)
    return data.getvalue()


def _hidden_text(number: str) -> bytes:
    def change(made: docx.document.Document) -> None:
        made.add_paragraph("附").add_run(number).font.hidden = True

    return _document(change)


def _author(number: str) -> bytes:
    return _document(lambda made: setattr(made.core_properties, "author", number))


def _shown(number: str) -> bytes:
    return _document(lambda made: made.add_paragraph(number) and None)


def _book(change: Callable[[openpyxl.Workbook], None]) -> bytes:
    book = openpyxl.Workbook()
    book.active["A1"] = "项目"
    change(book)
    data = io.BytesIO()
    book.save(data)
    return data.getvalue()


def _hidden_sheet(number: str) -> bytes:
    def change(book: openpyxl.Workbook) -> None:
        sheet = book.create_sheet("名单")
        sheet["A1"], sheet.sheet_state = number, "hidden"

    return _book(change)


def _comment(number: str) -> bytes:
    return _book(lambda book: setattr(book.active["A1"], "comment", Comment(f"证号{number}", "科室")))


WAYS: dict[str, Callable[[str], bytes]] = {
    **{f"hidden text.{suffix}": _hidden_text for suffix in ("doc", "rtf", "odt")},
    **{f"author.{suffix}": _author for suffix in ("doc", "odt")},
    **{f"shown.{suffix}": _shown for suffix in ("doc", "rtf", "odt")},
    **{f"hidden sheet.{suffix}": _hidden_sheet for suffix in ("xls", "ods")},
    **{f"comment.{suffix}": _comment for suffix in ("xls", "ods")},
}


def _older(suffix: str, data: bytes, monkeypatch: pytest.MonkeyPatch) -> bytes:
    monkeypatch.setitem(libreoffice._FILTERS, suffix, f"{suffix}:{FILTERS[suffix]}")
    made = libreoffice.converted(data, NEW[suffix], suffix)
    assert made is not None
    return made


def _looked(name: str, data: bytes) -> Inspection:
    return inspect(name, data, pictures=False)


@NEEDED
@pytest.mark.parametrize("name", WAYS)
def test_what_an_older_file_hides_blocks(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    number, suffix = persons.identity(random.Random(name)), name.rpartition(".")[2]
    data = _older(suffix, WAYS[name](number), monkeypatch)
    seen = _looked(f"名单.{suffix}", data)
    assert seen.is_blocked
    assert not seen.unread
    assert number not in str(seen.to_json())
    clean = _looked(f"名单.{suffix}", _older(suffix, WAYS[name]("无"), monkeypatch))
    assert not clean.is_blocked


def _text(text: str, is_wide: bool) -> bytes:
    """One text of a table of texts, with its length and flags before it."""
    head = struct.pack("<HB", len(text), is_wide)
    return head + text.encode("utf-16-le" if is_wide else "latin-1")


@pytest.mark.parametrize("is_wide", [False, True])
@pytest.mark.parametrize("size", range(48, 58))
def test_the_length_of_the_next_text_in_a_book_is_no_digit(size: int, is_wide: bool) -> None:
    number, code = "13800138000", "1380013800"
    after = _text("a" * size, is_wide)
    found = list(older.in_bytes(bytes(9) + _text(number, is_wide) + after, set(), Options(), is_book=True))
    assert [one.hit.text for one in found] == [number]
    assert not list(older.in_bytes(bytes(9) + _text(code, is_wide) + after, set(), Options(), is_book=True))
    torn = _text("138", is_wide) + b"\x07\x10" + _text("00138000", is_wide)
    assert not list(older.in_bytes(torn, set(), Options(), is_book=True))


def test_no_control_sign_stands_in_a_mask() -> None:
    for between in (b"\x1e", b"\x07", b"\0", b"\x85"):
        data = "电话".encode() + between.join((b"138", b"0013", b"8000"))
        masks = [found.hit.mask or "" for found in older.in_bytes(data, set(), Options())]
        assert all(mask.isprintable() for mask in masks)


@NEEDED
def test_where_nothing_can_convert_it_it_is_said_that_nobody_looked(monkeypatch: pytest.MonkeyPatch) -> None:
    data = _older("xls", _comment("无"), monkeypatch)
    monkeypatch.setattr(libreoffice, "program", lambda: None)
    with pytest.raises(DocumentError, match="LibreOffice"):
        office.as_new("名单.xls", data, "xls", GUARD_LIMITS)
