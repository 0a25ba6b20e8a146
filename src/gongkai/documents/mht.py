"""网页存档 — MHTML: the page of a web archive, as browsers and word processors save it, or of a mail message."""

from __future__ import annotations

from collections.abc import Callable
from email import message_from_bytes
from email.message import Message

from gongkai.documents import plain, web_page
from gongkai.documents.decoding import decode
from gongkai.documents.document import DocumentError, View
from gongkai.documents.limits import Limits
from gongkai.documents.refusals import refusal


def makers(source: str, data: bytes, limits: Limits) -> tuple[Callable[[], View], ...]:
    """网页存档的视图 — those of its first page, or of its first text if it has no page."""
    if data.lower().count(b"multipart/") > limits.nesting or data.count(b"\n") > limits.lines:
        raise refusal("damaged", source)
    parts = [part for part in message_from_bytes(data.lstrip()).walk() if not part.is_multipart()]
    for kind, reader in (("text/html", web_page.makers), ("text/plain", plain.makers)):
        for part in parts:
            if part.get_content_type() == kind and (text := _text(source, part)).strip():
                return reader(source, text, limits)
    raise DocumentError(
        source, "{file}：这个网页存档里没有网页正文。请在浏览器里重新另存为网页或 docx 再试", file=source
    )


def _text(source: str, part: Message) -> str:
    content = part.get_payload(decode=True)
    return decode(source, content, part.get_content_charset()) if isinstance(content, bytes) else ""
