"""网页存档 — MHTML: the page of a web archive, as browsers and word processors save it, or of a mail message."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from email import message_from_bytes
from email.header import decode_header, make_header
from email.message import Message
from pathlib import PurePosixPath

from gongkai.documents import plain, web_page
from gongkai.documents.decoding import decode
from gongkai.documents.document import DocumentError, View
from gongkai.documents.limits import Limits
from gongkai.documents.refusals import refusal

_SUFFIXES = {"text/html": ".html", "text/plain": ".txt", "text/csv": ".csv"}


def makers(source: str, data: bytes, limits: Limits) -> tuple[Callable[[], View], ...]:
    """网页存档的视图 — those of its first page, or of its first text if it has no page."""
    parts = [part for part in _walked(source, data, limits) if not part.is_multipart()]
    for kind, reader in (("text/html", web_page.makers), ("text/plain", plain.makers)):
        for part in parts:
            if part.get_content_type() == kind and (text := _text(source, part)).strip():
                return reader(source, text, limits)
    raise DocumentError(
        source, "{file}：这个网页存档里没有网页正文。请在浏览器里重新另存为网页或 docx 再试", file=source
    )


def is_archive(source: str, data: bytes) -> bool:
    """是不是网页存档 — by its name or its heads."""
    heads = data[:4000].lower()
    return source.lower().endswith((".mht", ".mhtml")) or (b"mime-version:" in heads and b"multipart/related" in heads)


def only_page(source: str, data: bytes, limits: Limits) -> str:
    """存档里的网页 — its markup, where there is one page alone; empty where there is none, or another within it.

    DocumentError for one that is nested beyond reason.
    """
    pages = [part for part in _walked(source, data, limits) if part.get_content_type() == "text/html"]
    return _text(source, pages[0]) if len(pages) == 1 else ""


def sheets(source: str, data: bytes, limits: Limits) -> Iterator[str]:
    """存档里的样式表 — the text of each. DocumentError for an archive that is nested beyond reason."""
    for part in _walked(source, data, limits):
        if part.get_content_type() == "text/css":
            yield _text(source, part)


def parts(source: str, data: bytes, limits: Limits) -> Iterator[tuple[str, bytes]]:
    """存档里的各部分 — every page, text, picture and file of it by name, texts in UTF-8; what its heads say, as texts.

    DocumentError for one that is nested beyond reason.
    """
    for number, part in enumerate(_walked(source, data, limits), 1):
        yield f"{number}-head.txt", _heads(part).encode("utf-8", "replace")
        if part.is_multipart():
            continue
        kind = part.get_content_type()
        name = PurePosixPath((part.get_filename() or "").replace("\\", "/")).name or f"part{_SUFFIXES.get(kind, '')}"
        content = part.get_payload(decode=True)
        if isinstance(content, bytes) and content.strip():
            is_text = kind.startswith("text/")
            yield f"{number}-{name}", _text(source, part).encode("utf-8", "replace") if is_text else content


def _walked(source: str, data: bytes, limits: Limits) -> list[Message]:
    if data.lower().count(b"multipart/") > limits.nesting or data.count(b"\n") > limits.lines:
        raise refusal("damaged", source)
    return list(message_from_bytes(data.lstrip()).walk())


def _heads(part: Message) -> str:
    """A line for each head, coded words read; what stands round the parts, too."""
    lines = [f"{name}: {make_header(decode_header(str(value)))}" for name, value in part.items()]
    return "\n".join(["信头", *lines, part.preamble or "", part.epilogue or ""])


def _text(source: str, part: Message) -> str:
    content = part.get_payload(decode=True)
    return decode(source, content, part.get_content_charset()) if isinstance(content, bytes) else ""
