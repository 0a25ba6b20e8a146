"""给出文件 — bytes to a browser that must not be able to do anything with them but show or keep them.

Ranges, conditions and HEAD as RFC 9110 has them; names as RFC 6266. Whatever a file holds, it runs nowhere: its type is
not guessed, and all but pictures and pdf are kept, not shown.
"""

from __future__ import annotations

import re
from typing import IO

from django.http import FileResponse, HttpRequest, HttpResponse, HttpResponseBase
from django.utils.cache import get_conditional_response
from django.utils.http import content_disposition_header

from gongkai.web.files.arriving import CHUNK_BYTES
from gongkai.web.files.kinds import Kind
from gongkai.web.files.models import File, PublicCopy
from gongkai.web.files.storing import opened

SANDBOX = "sandbox; default-src 'none'; frame-ancestors 'none'"
_PDF = "default-src 'none'; style-src 'unsafe-inline'; object-src 'self'; frame-ancestors 'none'"
"""What a browser's own reader of pdf needs; in a sandbox it does not open."""
_RANGE = re.compile(r"bytes=(\d{0,19})-(\d{0,19})")


class _Part:
    """Some bytes of an open file, read piece by piece; closed with the response, read to its end or not."""

    def __init__(self, file: IO[bytes], start: int, length: int) -> None:
        self._file, self._left = file, length
        file.seek(start)

    def read(self, size: int = CHUNK_BYTES) -> bytes:
        """The next of them, empty at the end."""
        chunk = self._file.read(min(size, self._left)) if self._left > 0 else b""
        self._left -= len(chunk)
        return chunk

    def close(self) -> None:
        """Called by the server when it is done."""
        self._file.close()


def given(request: HttpRequest, kept: File | PublicCopy, kind: Kind, *, is_public: bool) -> HttpResponseBase:
    """给出 — the file, a part of it, its headers alone, or word that it has not changed.

    FileNotFoundError where its bytes are missing.
    """
    etag = f'"{kept.digest}"'
    unchanged = get_conditional_response(request, etag=etag)
    if unchanged is not None:
        return _dressed(unchanged, kept, kind, etag, is_public)
    file = opened(kept.storage_name)
    wanted = _range(request, kept.size, etag)
    if wanted is None:
        file.close()
        refused = HttpResponse(status=416, headers={"Content-Range": f"bytes */{kept.size}"})
        return _dressed(refused, kept, kind, etag, is_public)
    start, length = wanted
    response: HttpResponseBase
    if request.method == "HEAD":
        file.close()
        response = HttpResponse()
    else:
        response = FileResponse(_Part(file, start, length), content_type=kind.media_type)
        response.block_size = CHUNK_BYTES
    response["Content-Length"] = str(length)
    if length != kept.size:
        response.status_code = 206
        response["Content-Range"] = f"bytes {start}-{start + length - 1}/{kept.size}"
    return _dressed(response, kept, kind, etag, is_public)


def _dressed(
    response: HttpResponseBase, kept: File | PublicCopy, kind: Kind, etag: str, is_public: bool
) -> HttpResponseBase:
    response["Content-Type"] = kind.media_type
    name = content_disposition_header(as_attachment=not kind.is_shown, filename=kept.name)
    response["Content-Disposition"] = name or "attachment"
    response["Content-Security-Policy"] = _PDF if kind.code == "pdf" else SANDBOX
    response["X-Content-Type-Options"] = "nosniff"
    response["Accept-Ranges"] = "bytes"
    response["ETag"] = etag
    # A copy that is withdrawn is gone at once: caches ask each time, and are mostly told that nothing has changed.
    response["Cache-Control"] = "public, no-cache" if is_public else "private, no-store"
    return response


def _range(request: HttpRequest, size: int, etag: str) -> tuple[int, int] | None:
    """Start and length of what is asked for: everything without a (single, valid) range. None: beyond the end."""
    asked = _RANGE.fullmatch(request.headers.get("Range", "").strip())
    if asked is None or not any(asked.groups()) or request.headers.get("If-Range", etag) != etag:
        return 0, size
    first, last = asked.groups()
    if not first:
        length = min(int(last), size)
        return (size - length, length) if length else None
    start, end = int(first), min(int(last or size), size - 1)
    if last and int(last) < start:
        return 0, size
    return (start, end - start + 1) if start < size else None
