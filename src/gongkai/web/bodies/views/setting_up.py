"""启用平台 — the page that an empty platform shows, once (条例 第四条)."""

from __future__ import annotations

from http import HTTPStatus

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from gongkai.law.roles import ADMINISTRATORS
from gongkai.web.bodies.actions import setting_up
from gongkai.web.bodies.forms import SetUpForm
from gongkai.web.bodies.permissions import Refused
from gongkai.web.bodies.views.desk import FOLDED
from gongkai.web.look import visitors
from gongkai.web.look.language import say

TOKEN = "set_up_token"  # noqa: S105 — a name
"""会话里记着的 — the token that the first address had."""
SET_UP = (
    "平台已经启用了，请登录。初始密码只显示一次：没记下的，请系统管理员重设；"
    "三个都没记下、还没有录入什么的，请把数据目录清空，再启用一次。"
)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def set_up(request: HttpRequest) -> HttpResponse:
    """启用平台 — the county and the three administrators; once there is a body, where to sign in (条例 第四条)."""
    if not setting_up.is_new():
        messages.info(request, say(SET_UP))
        return redirect("bodies:sign-in")
    initial = {
        "token": request.session.get(TOKEN, ""),
        "system_admin_username": "xitong",
        "security_admin_username": "anquan",
        "audit_admin_username": "shenji",
    }
    address = visitors.address(request)
    if given := request.GET.get("token", ""):
        # What stands in an address stands in the history of browsers and in what proxies write down.
        try:
            setting_up.check_token(given, address=address, now=timezone.now())
        except Refused as refusal:
            return _page(request, SetUpForm(initial=initial), refusal)
        request.session[TOKEN] = given
        return redirect("bodies:set-up")
    form = SetUpForm(request.POST if request.method == "POST" else None, initial=initial)
    if request.method != "POST":
        return render(request, "bodies/set_up.html", {"form": form})
    is_right = form.is_valid()
    if token := form.cleaned_data.get("token"):
        try:
            setting_up.check_token(token, address=address, now=timezone.now())
        except Refused as refusal:
            form.add_error("token", say(refusal.template, **refusal.values))
            is_right = False
    if is_right:
        told = form.cleaned_data
        people = {role: (told[f"{role}_username"], told[f"{role}_name"]) for role in ADMINISTRATORS}
        try:
            made = setting_up.set_up(
                given=told["token"],
                address=address,
                slug=told["slug"],
                name=told["name"],
                short_name=told["short_name"],
                people=people,
                now=timezone.now(),
            )
            request.session.pop(TOKEN, None)
            accounts = [(new.staff, new.password, role) for role, new in made.items()]
            typed = [(people[role][0], new.staff.username) for role, new in made.items()]
            folded = [say(FOLDED, typed=given, username=kept) for given, kept in typed if given != kept]
            told = {"accounts": accounts, "folded": folded}
            return render(request, "bodies/set_up_done.html", told, status=HTTPStatus.CREATED)
        except Refused as refusal:
            return _page(request, form, refusal)
    return _page(request, form)


def _page(request: HttpRequest, form: SetUpForm, refusal: Refused | None = None) -> HttpResponse:
    refused = say(refusal.template, **refusal.values) if refusal else ""
    return render(request, "bodies/set_up.html", {"form": form, "refused": refused}, status=400)
