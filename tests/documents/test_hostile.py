"""恶意与损坏的文件 — each ends in Documents or in one sentence that names the file, never in a hang."""

from __future__ import annotations

import time
import tracemalloc

import pytest

from gongkai.documents.document import Document, DocumentError, Paragraph
from gongkai.documents.opening import open_documents
from tests.documents import make, zoo

SOON = 20.0
"""Seconds: far above what any of these takes, far below the limit of the reader."""


def opened(animal: zoo.Animal) -> list[Document | DocumentError]:
    """Everything that opening and looking at every view brings out."""
    name, data = animal
    found: list[Document | DocumentError] = []
    for item in open_documents(name, data):
        found.append(item)
        if isinstance(item, Document):
            try:
                assert all(view.name for view in item.views())
            except DocumentError as error:
                found.append(error)
    return found


def assert_plain(error: DocumentError, name: str) -> None:
    sentence = str(error)
    assert name in sentence
    assert "\n" not in sentence
    assert sentence == error.template.format(**error.values)
    assert not any(word in sentence for word in ("Error", "Exception", "Traceback", "错误代码"))


@pytest.mark.parametrize("kind", zoo.HOSTILE)
def test_hostile_file_is_refused_in_one_sentence_soon(kind: str) -> None:
    animal = zoo.HOSTILE[kind]()
    start = time.monotonic()
    found = opened(animal)
    assert time.monotonic() - start < SOON
    assert len(found) == 1
    assert isinstance(found[0], DocumentError), found[0]
    assert_plain(found[0], animal[0])


REASONS = {
    "encrypted zip": "密码",
    "encrypted office file": "密码",
    "encrypted pdf": "密码",
    "pdf without text": "没有认出文字",
    "pdf of too many pages": "200 页",
    "zip bomb": "50 倍",
    "docx bomb": "50 倍",
    "zip in zip": "还有压缩包",
    "old word": "另存为 docx",
    "old excel": "已损坏",
    "old wps": "WPS",
    "docx with XXE": "实体",
    "docx with a billion laughs": "实体",
    "docx with laughs in an attribute": "实体",
    "docx with XXE in UTF-16": "实体",
    "xlsx with XXE": "实体",
    "xlsx with a far cell": "2000 行",
    "docx of deep tables": "套得太深",
    "html of 100,000 divs": "套得太深",
    "html of 10,000 columns": "60 列",
    "empty": "空的",
    "byte order mark only": "空的",
    "picture": "损坏",
    "ofd": "OFD",
    "rar": "zip",
}


@pytest.mark.parametrize("kind", REASONS)
def test_sentence_says_what_is_the_matter(kind: str) -> None:
    assert REASONS[kind] in str(opened(zoo.HOSTILE[kind]())[0])


@pytest.mark.parametrize("kind", zoo.HARMLESS)
def test_odd_file_is_read_all_the_same(kind: str) -> None:
    found = opened(zoo.HARMLESS[kind]())
    assert found
    assert all(isinstance(item, Document) for item in found), found


@pytest.mark.parametrize(
    ("kind", "animal"), list(zoo.truncated()), ids=lambda value: value if isinstance(value, str) else ""
)
def test_truncated_file_ends_in_documents_or_a_sentence(kind: str, animal: zoo.Animal) -> None:
    for item in opened(animal):
        if isinstance(item, DocumentError):
            assert_plain(item, animal[0])


def test_truncated_office_file_and_archive_are_refused() -> None:
    for fmt in ("docx", "xlsx"):
        whole = make.render(zoo.BLOCKS, fmt)
        (item,) = open_documents(f"a.{fmt}", whole[: len(whole) // 2])
        assert isinstance(item, DocumentError)
        assert "不完整" in str(item)


@pytest.mark.parametrize("fmt", make.FORMATS)
def test_no_suffix_hides_the_content(fmt: str) -> None:
    plain = {"md", "csv", "txt-tabs", "txt-lines"}
    for kind, animal in zoo.misnamed():
        if not kind.startswith(f"{fmt} "):
            continue
        found = opened(animal)
        assert all(isinstance(item, Document) for item in found), (kind, found)
        if fmt not in plain:
            assert {item.format for item in found if isinstance(item, Document)} == {fmt}, kind


def test_no_secret_of_the_machine_comes_into_the_text() -> None:
    for kind in ("html with XXE", "docx with XXE", "xlsx with XXE", "docx with XXE in UTF-16"):
        animal = {**zoo.HOSTILE, **zoo.HARMLESS}[kind]()
        for item in opened(animal):
            if isinstance(item, Document):
                text = "".join(b.text for view in item.views() for b in view.blocks if isinstance(b, Paragraph))
                assert "root:" not in text


def test_bombs_are_refused_before_they_are_unpacked() -> None:
    for kind in ("zip bomb", "docx bomb", "xlsx bomb", "xlsx with a far cell", "docx with a billion laughs"):
        animal = zoo.HOSTILE[kind]()
        tracemalloc.start()
        opened(animal)
        _, peak = tracemalloc.get_traced_memory()
        tracemalloc.stop()
        assert peak < 12_000_000, kind


def test_bad_member_does_not_stop_the_others() -> None:
    archive = zoo.zipped(
        {
            "一/年报.html": make.html(zoo.BLOCKS),
            "二/坏.docx": b"PK\x03\x04broken",
            "三/年报.docx": make.word(zoo.BLOCKS),
            "__MACOSX/年报.html": b"x",
            "一/._年报.html": b"x",
            ".DS_Store": b"x",
            "夹/": b"",
        }
    )
    items = list(open_documents("全县.zip", archive))
    assert [item.source for item in items] == ["全县.zip/一/年报.html", "全县.zip/二/坏.docx", "全县.zip/三/年报.docx"]
    assert [isinstance(item, DocumentError) for item in items] == [False, True, False]


def test_names_in_an_archive_never_climb_out() -> None:
    names = [item.source for item in open_documents(*zoo.HARMLESS["zip slip"]())]
    assert names == ["a.zip/etc/年报.txt", "a.zip/abs.txt", "a.zip/x/y.txt"]


def test_no_two_members_of_an_archive_fall_on_one_name() -> None:
    names = ["x/y.txt", "C:\\x\\y.txt", "../x/Y.txt", "x/2-y.txt"]
    archive = zoo.zipped({name: b"text" for name in names})
    found = [item.source for item in open_documents("a.zip", archive)]
    assert found == ["a.zip/x/y.txt", "a.zip/x/2-y.txt", "a.zip/x/3-Y.txt", "a.zip/x/2-2-y.txt"]
