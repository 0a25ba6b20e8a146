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
from threading import Lock

from django.conf import settings
from django.http import HttpRequest, HttpResponse
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


@dataclass(frozen=True, slots=True)
class Page:
    """一页 — as it goes out, packed; `etag` of its words."""

    status: int
    kind: str
    packed: bytes
    etag: str

    def cost(self, key: str) -> int:
        """占多少 — bytes of memory, with its key and what Python needs around them."""
        return len(self.packed) + len(key.encode()) + _AROUND


class Store:
    """留存 — pages of one standing, the last asked for last, never more bytes than allowed."""

    def __init__(self) -> None:
        self._lock = Lock()
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
        with self._lock:
            if self._standing is not standing:
                self._pages, self._standing, self._bytes = OrderedDict(), standing, 0
            if key not in self._pages:
                self._pages[key] = page
                self._bytes += page.cost(key)
            while self._bytes > most:
                oldest, gone = self._pages.popitem(last=False)
                self._bytes -= gone.cost(oldest)


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
        if page is None:
            response = view(request, standing=standing, **named)
            if response.status_code not in KEPT or not isinstance(response, HttpResponse):
                return response
            page = _page(response)
            # Nobody follows a link of such a length: what is asked with one is not asked again.
            if len(key) <= _LONGEST_KEY:
                STORE.keep(key, standing, page, settings.PORTAL_BYTES)
        return _answer(request, page, standing, now)

    return require_safe(answered)


def _page(response: HttpResponse) -> Page:
    digest = hashlib.sha256(response.content).hexdigest()[:32]
    packed = gzip.compress(response.content, _LEVEL, mtime=0)
    return Page(response.status_code, response.headers["Content-Type"], packed, f'W/"{digest}"')


def _answer(request: HttpRequest, page: Page, standing: Standing, now: datetime) -> HttpResponseBase:
    is_packed = "gzip" in request.headers.get("Accept-Encoding", "")
    words = page.packed if is_packed else gzip.decompress(page.packed)
    headers = {"ETag": page.etag, "Cache-Control": "no-cache", "Vary": "Accept-Encoding, Cookie"}
    if is_packed:
        headers["Content-Encoding"] = "gzip"
    response = HttpResponse(words, content_type=page.kind, status=page.status, headers=headers)
    since = int(standing.changed_at.timestamp())
    # Dates have no fractions: within the second of a change they could not tell before from after.
    modified = since if since < int(now.timestamp()) else None
    if page.status != KEPT[0]:
        return response
    if modified is not None:
        response.headers["Last-Modified"] = http_date(modified)
    answer = get_conditional_response(request, etag=page.etag, last_modified=modified, response=response)
    return answer or response
