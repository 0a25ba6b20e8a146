"""留存网页 — pages as they were answered, until anything on them can have changed (条例 第二十三条).

`ETag` is a digest of the page itself: it changes with every visible change and with nothing else. A reader's own
wishes (language, 长者模式, 高对比, 字号) are cookies, so they are part of the key, and `Vary` says so.
"""

from __future__ import annotations

import gzip
import hashlib
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from functools import wraps
from io import BytesIO
from threading import Lock
from weakref import WeakValueDictionary

from django.conf import settings
from django.http import FileResponse, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.utils import timezone
from django.utils.cache import get_conditional_response
from django.utils.http import http_date
from django.views.decorators.http import require_safe

from gongkai.web.portal.standing import WATCH, Standing

KEPT = (200, 410)
_LEVEL = 4
_AROUND = 1024
"""Bytes that Python needs around a page and its key: measured at most."""
_LONGEST_KEY = 2048
_LONG = 1024**2
"""Bytes of a page as read, from which on it is sent piece by piece: no asker has a copy of it in memory or on disk."""
_SHARE = 8
"""Of all the bytes allowed, the part that one page may take: a single list must not push out every page."""


@dataclass(frozen=True, slots=True)
class Page:
    """一页 — as it goes out, packed; `etag` of its words; `size`: bytes as read; `saved_as`: Content-Disposition."""

    status: int
    kind: str
    packed: bytes
    etag: str
    size: int
    saved_as: str = ""

    def cost(self, key: str) -> int:
        """占多少 — bytes of memory, with its key and what Python needs around them."""
        return len(self.packed) + len(key.encode()) + _AROUND


class Store:
    """留存 — pages of one standing, the last asked for last, never more bytes than allowed."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._making: WeakValueDictionary[str, Lock] = WeakValueDictionary()
        self.forget()

    def forget(self) -> None:
        """忘掉 — every page."""
        self._pages: OrderedDict[str, Page] = OrderedDict()
        self._standing: Standing | None = None
        self._bytes = 0

    def find(self, key: str, standing: Standing) -> Page | None:
        """找 — the page of a key as it stands."""
        with self._lock:
            if self._standing is not standing or key not in self._pages:
                return None
            self._pages.move_to_end(key)
            return self._pages[key]

    def keep(self, key: str, standing: Standing, page: Page, most: int) -> None:
        """留 — a page; those of another standing go, then the ones not asked for longest."""
        if page.cost(key) > most // _SHARE:
            return
        with self._lock:
            if self._standing is not standing:
                self._pages, self._standing, self._bytes = OrderedDict(), standing, 0
            if key not in self._pages:
                self._pages[key] = page
                self._bytes += page.cost(key)
            while self._bytes > most:
                oldest, gone = self._pages.popitem(last=False)
                self._bytes -= gone.cost(oldest)

    def maker(self, key: str) -> Lock:
        """谁在做 — whoever holds it makes the page of a key; the others wait, and find it kept."""
        with self._lock:
            return self._making.setdefault(key, Lock())


STORE = Store()
"""留存 — of this process."""


def kept(view: Callable[..., HttpResponseBase]) -> Callable[..., HttpResponseBase]:
    """留存网页 — a view of the portal, told how things stand; GET and HEAD alone."""

    @wraps(view)
    def answered(request: HttpRequest, **named: object) -> HttpResponseBase:
        now = timezone.now()
        standing = WATCH.standing(now)
        named_by = (request.get_host(), request.scheme, request.get_full_path(), request.preferences)  # type: ignore[attr-defined]
        key = repr(named_by)
        page = STORE.find(key, standing)
        if page is not None:
            return _answer(request, page, standing, now)
        with STORE.maker(key):
            page = STORE.find(key, standing)
            if page is None:
                response = view(request, standing=standing, **named)
                if response.status_code not in KEPT:
                    return response
                page = _page(response)
                # Nobody follows a link of such a length: what is asked with one is not asked again.
                if len(key) <= _LONGEST_KEY:
                    STORE.keep(key, standing, page, settings.PORTAL_BYTES)
        return _answer(request, page, standing, now)

    return require_safe(answered)


def _page(response: HttpResponseBase) -> Page:
    """Packed piece by piece: a list of a hundred thousand rows never stands in memory as it is read."""
    digest, size, packed = hashlib.sha256(), 0, BytesIO()
    with gzip.GzipFile(fileobj=packed, mode="wb", compresslevel=_LEVEL, mtime=0) as packing:
        for piece in response:
            digest.update(piece)
            size += packing.write(piece)
    headers = response.headers
    tag = f'W/"{digest.hexdigest()[:32]}"'
    saved_as = headers.get("Content-Disposition", "")
    return Page(response.status_code, headers["Content-Type"], packed.getvalue(), tag, size, saved_as)


def _given(page: Page, *, is_packed: bool) -> HttpResponse | FileResponse:
    """What is long is read while it is sent: all who ask share the one that is kept."""
    if page.size <= _LONG:
        return HttpResponse(page.packed if is_packed else gzip.decompress(page.packed))
    packed = BytesIO(page.packed)
    return FileResponse(packed if is_packed else _Unpacked(packed))


class _Unpacked:
    """What was packed, from its beginning; without an end to look for, which Django would unpack it all to find."""

    def __init__(self, packed: BytesIO) -> None:
        self._file = gzip.GzipFile(fileobj=packed)
        self.read, self.close = self._file.read, self._file.close


def _answer(request: HttpRequest, page: Page, standing: Standing, now: datetime) -> HttpResponseBase:
    is_packed = "gzip" in request.headers.get("Accept-Encoding", "")
    response = _given(page, is_packed=is_packed)
    response.status_code = page.status
    headers = {"Content-Type": page.kind, "Content-Disposition": page.saved_as, "ETag": page.etag}
    headers |= {"Content-Encoding": "gzip" if is_packed else ""}
    headers |= {"Cache-Control": "no-cache", "Vary": "Accept-Encoding, Cookie"}
    for name, value in headers.items():
        if value:
            response.headers[name] = value
    since = int(standing.changed_at.timestamp())
    # Dates have no fractions: within the second of a change they could not tell before from after.
    modified = since if since < int(now.timestamp()) else None
    if page.status != KEPT[0]:
        return response
    if modified is not None:
        response.headers["Last-Modified"] = http_date(modified)
    answer = get_conditional_response(request, page.etag, modified, response)  # type: ignore[arg-type]
    return answer or response
