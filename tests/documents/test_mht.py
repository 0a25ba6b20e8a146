"""网页存档 — the page in a message, in whatever charset its header says."""

from __future__ import annotations

from gongkai.documents.opening import open_documents
from tests.documents import make, tables


def message(*parts: tuple[str, bytes]) -> bytes:
    edge = b"--edge\r\n"
    body = b"".join(edge + f"Content-Type: {kind}\r\n\r\n".encode() + content + b"\r\n" for kind, content in parts)
    return b"From: <saved>\r\nContent-Type: multipart/related; boundary=edge\r\n\r\n" + body + b"--edge--\r\n"


def paragraphs(data: bytes) -> list[str]:
    (document,) = open_documents("a.mht", data)
    return tables.paragraphs(tables.view(document))


def test_charset_of_the_header_is_heard() -> None:
    page = "<p>政府資訊公開</p>".encode("big5")
    assert paragraphs(message(("text/html; charset=big5", page))) == ["政府資訊公開"]


def test_page_goes_before_text_and_text_before_nothing() -> None:
    text, page = ("text/plain; charset=utf-8", "文".encode()), ("text/html; charset=utf-8", "<p>页</p>".encode())
    assert paragraphs(message(text, page)) == ["页"]
    assert paragraphs(message(text)) == ["文"]


def test_saved_page_is_what_the_page_is() -> None:
    blocks: list[make.Block] = ["题目", [["规章", "12"]]]
    assert tables.view(tables.opened(blocks, "mht")) == tables.view(tables.opened(blocks, "html"))
