"""公开的附件 — what anybody is given at its address, and nobody before its publication (条例 第二十四条)."""

from __future__ import annotations

import logging

from django.http import Http404, HttpRequest, HttpResponseBase
from django.views.decorators.http import require_safe

from gongkai.web.files.giving import given
from gongkai.web.files.kinds import kind_of
from gongkai.web.files.queries import published

_log = logging.getLogger(__name__)


@require_safe
def public(request: HttpRequest, key: str, name: str) -> HttpResponseBase:
    """公开副本 — 404 for one that is not published (any more), that never was, or whose bytes are lost."""
    copy = published(key, name)
    if copy is None:
        raise Http404("files")
    try:
        return given(request, copy, kind_of(copy.name), is_public=True)
    except FileNotFoundError:
        _log.error("the bytes of files.copy:%s are missing: %s", copy.pk, copy.storage_name)
        raise Http404("files") from None
