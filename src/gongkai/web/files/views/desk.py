"""附件原件 — for the people of its body; every look at it is written down (条例 第十五条)."""

from __future__ import annotations

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponseBase
from django.utils import timezone
from django.views.decorators.http import require_safe

from gongkai.web.bodies.models import Staff
from gongkai.web.files.actions import open_original
from gongkai.web.files.giving import given
from gongkai.web.files.kinds import KINDS
from gongkai.web.files.queries import original
from gongkai.web.files.wholeness import Condition, condition
from gongkai.web.look.views import told_page

ALTERED = ("这个附件和收下的时候不一样了，不能打开", "请重新上传一份；也请告诉系统管理员，看看存放附件的地方。")
LOST = ("这个附件的内容找不到了", "请重新上传一份；也请告诉系统管理员，看看存放附件的地方。")


@login_required
@require_safe
def original_file(request: HttpRequest, number: int) -> HttpResponseBase:
    """附件原件 — 404 for another body's or an infected one; 503 where its bytes are not what they were."""
    staff = request.user
    assert isinstance(staff, Staff)
    file = original(staff, number)
    if file is None:
        raise Http404("files")
    if condition(file) is Condition.ALTERED:
        return told_page(request, *ALTERED, status=503)
    try:
        response = given(request, file, KINDS[file.kind], is_public=False)
        if request.method == "GET":
            open_original(staff=staff, file=file, now=timezone.now())
    except FileNotFoundError:
        return told_page(request, *LOST, status=503)
    return response
