"""公开的附件 — what anybody is given at its address, and nobody before its publication (条例 第二十四条)."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponseBase
from django.views.decorators.http import require_safe

from gongkai.web.files.giving import given
from gongkai.web.files.kinds import kind_of
from gongkai.web.files.queries import published
from gongkai.web.files.wholeness import Condition, condition
from gongkai.web.look.views import told_page

ALTERED = ("这个附件和公开时不一样了，平台已停止提供", "请告诉公开它的单位；急用的，可以向它要一份纸质的。")
LOST = ("这个附件的内容找不到了，这会儿下载不了", "请过一段时间再试；急用的，可以向公开它的单位要一份。")


@require_safe
def public(request: HttpRequest, key: str, name: str) -> HttpResponseBase:
    """公开副本 — 404 for one that is not public (any more); 503 where its bytes are not what they were."""
    copy = published(key, name)
    if copy is None:
        raise Http404("files")
    found = condition(copy)
    if found is Condition.ALTERED:
        return told_page(request, *ALTERED, status=503)
    try:
        return given(request, copy, kind_of(copy.name), is_public=True)
    except FileNotFoundError:
        return told_page(request, *LOST, status=503)
