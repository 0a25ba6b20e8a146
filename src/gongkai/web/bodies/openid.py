"""统一身份认证 — signing in through the county's OpenID Connect, where there is one (GB/T 22239-2019 身份鉴别).

The other side says who somebody is; whether that person has an account, and what it may do, is said here alone: no
account is made, linked or changed. Loaded by the settings only when a server is named.
"""

from __future__ import annotations

from typing import Any, NoReturn

from allauth.core.exceptions import ImmediateHttpResponse
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest
from django.shortcuts import redirect
from django.utils import timezone

from gongkai.web.bodies import devices
from gongkai.web.bodies.actions import signing_in
from gongkai.web.bodies.models import Staff
from gongkai.web.bodies.names import folded
from gongkai.web.bodies.views.signing_in import admit
from gongkai.web.look.language import say

NOBODY = "统一身份认证里的“{name}”在平台上没有账号，或者账号已停用。请找系统管理员。"
FAILED = "统一身份认证没有成功，请再试一次；还不行，请用登录名和密码登录。"


class Adapter(DefaultSocialAccountAdapter):  # type: ignore[misc]
    """统一身份认证 — what is done with the answer of the other side."""

    def pre_social_login(self, request: HttpRequest, sociallogin: Any) -> NoReturn:
        """登录 — whoever has an account of that name comes in; nobody else does."""
        claims = _claims(sociallogin.account.extra_data)
        name = str(claims.get(settings.OPENID_CLAIM, ""))
        staff = Staff.objects.select_related("body").filter(username=folded(name), is_active=True).first()
        if staff is None:
            messages.error(request, say(NOBODY, name=name[:40]))
            raise ImmediateHttpResponse(redirect("bodies:sign-in"))
        facts: dict[str, object] = {"way": "openid"}
        signing_in.signed_in(staff=staff, visitor=devices.visitor(request, staff), now=timezone.now(), facts=facts)
        onward = sociallogin.state.get("next") or ""
        raise ImmediateHttpResponse(admit(request, staff, onward, by_openid=True))

    def on_authentication_error(self, request: HttpRequest, *_: Any, **__: Any) -> NoReturn:
        """没有成功 — back to the page of signing in, with what to try."""
        messages.error(request, say(FAILED))
        raise ImmediateHttpResponse(redirect("bodies:sign-in"))


def _claims(told: dict[str, Any]) -> dict[str, Any]:
    parts = [told[each] for each in ("id_token", "userinfo") if isinstance(told.get(each), dict)]
    return {name: value for part in parts for name, value in part.items()} or told
