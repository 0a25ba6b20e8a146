"""打开文件 — paths, standard input and what is not there."""

from __future__ import annotations

import io
import os
import sys
import zipfile
from dataclasses import replace
from pathlib import Path

import pytest

from gongkai.documents.archive import members
from gongkai.documents.document import Document, DocumentError, Paragraph
from gongkai.documents.limits import LIMITS
from gongkai.documents.opening import open_documents
from tests.documents import make, tables, zoo


def refusal(source: str) -> str:
    (item,) = open_documents(source)
    assert isinstance(item, DocumentError)
    assert source in str(item)
    return str(item)


def test_missing_file_folder_and_odd_names_are_said_plainly(tmp_path: Path) -> None:
    assert "没有这个文件" in refusal(str(tmp_path / "无.docx"))
    assert "文件夹" in refusal(str(tmp_path))
    assert "读不出来" in refusal(str(tmp_path / ("长" * 300)))
    assert "读不出来" in refusal("a\0b")


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="管理员能读一切文件")
def test_unreadable_file_is_said_plainly(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_text("甲")
    path.chmod(0)
    assert "权限" in refusal(str(path))


def test_path_and_bytes_give_the_same(tmp_path: Path) -> None:
    path = tmp_path / "a.html"
    path.write_bytes(make.html(zoo.BLOCKS))
    (by_path,) = open_documents(str(path))
    (by_bytes,) = open_documents(str(path), path.read_bytes())
    assert tables.view(by_path) == tables.view(by_bytes)


def test_standard_input_is_read(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(make.word(zoo.BLOCKS))))
    (document,) = open_documents("-")
    assert isinstance(document, Document)
    assert (document.source, document.format) == ("-", "docx")


@pytest.mark.parametrize("from_pipe", [True, False])
def test_large_file_is_refused_without_reading_it_all(
    from_pipe: bool, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    limits = replace(LIMITS, file_bytes=1_048_576)
    stream = io.BytesIO(b"a" * 3_000_000)
    path = tmp_path / "a.txt"
    path.write_bytes(stream.getvalue())
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(stream))
    (item,) = open_documents("-" if from_pipe else str(path), limits=limits)
    assert isinstance(item, DocumentError)
    assert "1 MB" in str(item)
    if from_pipe:
        assert stream.tell() < 2_000_000


def test_report_as_json_comes_whole() -> None:
    text = '\n {"format": "gongkai.report/1", "figures": {}}'
    (document,) = open_documents("a.json", text.encode())
    assert document.format == "json"
    assert [block.text for block in tables.view(document).blocks if isinstance(block, Paragraph)] == [text]


def test_time_that_is_up_is_said_plainly() -> None:
    for fmt in ("docx", "pdf"):
        (item,) = open_documents(make.name(fmt), make.render(zoo.BLOCKS, fmt), limits=replace(LIMITS, seconds=-1))
        assert isinstance(item, DocumentError)
        assert "还没读完" in str(item)


def test_limits_allow_what_they_name_and_no_more() -> None:
    for rows, columns, fine in ((2_000, 2, True), (2_001, 2, False), (2, 60, True), (2, 61, False)):
        table: list[list[make.Cell]] = [["1"] * columns] * rows
        for fmt in ("html", "txt-tabs", "md", "csv"):
            (item,) = open_documents(make.name(fmt), make.render([table], fmt))
            assert isinstance(item, Document) is fine, (fmt, rows, columns)


def test_names_in_an_archive_hold_no_sign_that_controls_or_turns_and_no_member_is_lost() -> None:
    out = io.BytesIO()
    given = (
        "甲\x07\u202e乙.html",
        "a\nb.html",
        "c\x85d\u2028e\u200b.html",
        "\u202e.html",
        "x/\x1f/y.html",
        "z/\x01../w.html",
    )
    with zipfile.ZipFile(out, "w") as archive:
        for name in given:
            archive.writestr(name, "<p>1</p>")
    named = [each[0] for each in members("包.zip", out.getvalue(), LIMITS) if isinstance(each, tuple)]
    shown = ("甲乙.html", "ab.html", "cde.html", ".html", "x/_/y.html", "z/_/w.html")
    assert named == [f"包.zip/{name}" for name in shown]
