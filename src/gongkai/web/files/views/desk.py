"""附件原件 — for the people of its body; every look at it is written down (条例 第十五条)."""

from __future__ import annotations

import logging

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponseBase
from django.utils import timezone
from django.views.decorators.http import require_safe

from gongkai.web.bodies.models import Staff
from gongkai.web.files.actions import open_original
from gongkai.web.files.giving import given
from gongkai.web.files.kinds import KINDS
from gongkai.web.files.queries import original

_log = logging.getLogger(__name__)


@login_required
@require_safe
def original_file(request: HttpRequest, number: int) -> HttpResponseBase:
    """附件原件 — 404 for another body's, an infected one, or one whose bytes are lost."""
    staff = request.user
    assert isinstance(staff, Staff)
    file = original(staff, number)
    if file is None:
        raise Http404("files")
    try:
        response = given(request, file, KINDS[file.kind], is_public=False)
        if request.method == "GET":
            open_original(staff=staff, file=file, now=timezone.now())
    except FileNotFoundError:
        _log.error("the bytes of files.file:%s are missing: %s", file.pk, file.storage_name)
        raise Http404("files") from None
    return response
