"""公众将得到的副本 — opened before it is published, by its body; each look is journalled (条例 第十五条)."""

from __future__ import annotations

import logging

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.views.decorators.http import require_safe

from gongkai.law.scope import Openness
from gongkai.web.bodies.permissions import Refused
from gongkai.web.files import actions as files
from gongkai.web.files.giving import given
from gongkai.web.files.kinds import FileError, kind_of
from gongkai.web.files.models import PublicCopy
from gongkai.web.files.queries import is_inspected
from gongkai.web.holdings.copies import public_copy
from gongkai.web.holdings.draft import Draft
from gongkai.web.holdings.models import ItemFile
from gongkai.web.holdings.refusals import StepError
from gongkai.web.holdings.views.access import content_of, signed_in, staff_of
from gongkai.web.look.language import say

STAYS_INSIDE = "公开属性是“{openness}”，附件不向社会公开，没有公众得到的副本。"
LOOKED_AT = "机检还没看完“{file}”，看完才有公众得到的副本。请过一会儿刷新。"
_log = logging.getLogger(__name__)


@signed_in
@require_safe
def opened(request: HttpRequest, number: int, used: int) -> HttpResponseBase:
    """打开副本 — the bytes that the public is given, or word why there are none (条例 第二十四条)."""
    found = content_of(request, number)
    uses = ItemFile.objects.filter(version=found.newest_version).select_related("file__body", "copy", "version")
    use = get_object_or_404(uses, id=used)
    try:
        copy = looked_at(request, use)
        return given(request, copy, kind_of(copy.name), is_public=False)
    except FileNotFoundError:
        _log.error("the bytes of a copy of files.file:%s are missing", use.file_id)
        raise Http404("holdings") from None
    except (StepError, FileError, Refused) as error:
        messages.error(request, say(error.template, **error.values))
        return redirect("holdings:item", number)


def looked_at(request: HttpRequest, use: ItemFile) -> PublicCopy:
    """调阅副本 — written down as a look at its original: until the last review it may hold what is masked later.

    StepError where there is none to see, FileError where none can be made (条例 第十五条).
    """
    openness = Draft.of(use.version).openness
    if openness is not Openness.PROACTIVE:
        raise StepError(STAYS_INSIDE, openness=openness.label)
    if not is_inspected(use.copy or use.file):
        raise StepError(LOOKED_AT, file=use.title)
    staff, now = staff_of(request), timezone.now()
    if request.method == "GET":
        files.open_original(staff=staff, file=use.file, now=now)
    return public_copy(use, staff=staff, now=now)
