"""统一身份认证 — signing in through the county's OpenID Connect, where there is one (GB/T 22239-2019 身份鉴别).

The other side says who somebody is, by a number of its own that never changes; which account that is, was said here by
whoever was signed in to it (`actions.binding`). No account is made or changed, and no name or e-mail address opens one.
Loaded by the settings only when a server is named.
"""

from __future__ import annotations

import hashlib
from typing import Any, NoReturn

from allauth.core.exceptions import ImmediateHttpResponse
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from allauth.socialaccount.providers.base import AuthProcess
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone

from gongkai.documents.showing.signs import shown_signs
from gongkai.web.bodies.actions.accounts import AccountError
from gongkai.web.bodies.actions.binding import Identity, bind_openid, bound
from gongkai.web.bodies.models import Staff
from gongkai.web.bodies.views.signing_in import recognised
from gongkai.web.look.language import say

NOBODY = (
    "统一身份认证里的“{name}”还没有绑定平台的账号，或者账号已停用。"
    "请先用登录名和密码登录，在“本人账号”里绑定；没有账号的，请找系统管理员。"
)
NO_IDENTITY = "统一身份认证没有说清是谁（缺 id_token，或者两处的 sub 不一样）。请告诉运行平台的人。"
BOUND = "已绑定统一身份认证里的“{name}”，以后可以用它登录。不是您本人的，请马上解除绑定。"
FAILED = "统一身份认证没有成功，请再试一次；还不行，请用登录名和密码登录。"
_SHOWN, ACCOUNT = 40, "bodies:account"
_LONGEST = (200, 255)
"""最长几个字 — of who says it, and of the number (OpenID Connect Core 2)."""


TOO_LONG = "统一身份认证说的编号（sub）有 {count} 个字，最长只能 {most} 个字，没有登录也没有绑定。请告诉运行平台的人。"


class Adapter(DefaultSocialAccountAdapter):  # type: ignore[misc]
    """统一身份认证 — what is done with the answer of the other side."""

    def get_provider(self, *arguments: Any, **named: Any) -> Any:
        """那边 — as allauth knows it, but for its number of a person: it stands in no table of allauth's, and fails
        there without a word if it is long or missing. Here it is read, and refused, by `pre_social_login`."""
        provider = super().get_provider(*arguments, **named)
        provider.extract_uid = _digest
        return provider

    def pre_social_login(self, request: HttpRequest, sociallogin: Any) -> NoReturn:
        """登录 — whoever is bound to that person comes in; who is signed in already is bound, if that was asked."""
        told = sociallogin.account.extra_data
        identity, name = _identity(told), _shown_name(told)
        if identity and len(identity.subject) > _LONGEST[1]:
            messages.error(request, say(TOO_LONG, count=len(identity.subject), most=_LONGEST[1]))
            raise ImmediateHttpResponse(redirect(ACCOUNT if isinstance(request.user, Staff) else "bodies:sign-in"))
        if isinstance(request.user, Staff):
            asked = sociallogin.state.get("process") == AuthProcess.CONNECT
            raise ImmediateHttpResponse(_bind(request, request.user, identity, name) if asked else redirect(ACCOUNT))
        staff = bound(identity) if identity else None
        if staff is None:
            messages.error(request, say(NOBODY, name=name) if identity else say(NO_IDENTITY))
            raise ImmediateHttpResponse(redirect("bodies:sign-in"))
        raise ImmediateHttpResponse(recognised(request, staff, sociallogin.state.get("next") or "", by_openid=True))

    def on_authentication_error(self, request: HttpRequest, *_: Any, **__: Any) -> NoReturn:
        """没有成功 — back to the page of signing in, with what to try."""
        messages.error(request, say(FAILED))
        raise ImmediateHttpResponse(redirect("bodies:sign-in"))


def _bind(request: HttpRequest, staff: Staff, identity: Identity | None, name: str) -> HttpResponse:
    if identity is None:
        messages.error(request, say(NO_IDENTITY))
        return redirect(ACCOUNT)
    try:
        bind_openid(staff=staff, identity=identity, now=timezone.now())
    except AccountError as refusal:
        messages.error(request, say(refusal.template, **refusal.values))
    else:
        messages.success(request, say(BOUND, name=name))
    return redirect(ACCOUNT)


def _identity(told: dict[str, Any]) -> Identity | None:
    """By the signed word of the other side alone; what it tells besides has to be of the same person (OpenID Connect
    Core 5.3.2)."""
    token, more = told.get("id_token"), told.get("userinfo")
    if not isinstance(token, dict) or not token.get("iss") or not token.get("sub"):
        return None
    if isinstance(more, dict) and more.get("sub") != token["sub"]:
        return None
    found = Identity(str(token["iss"]), str(token["sub"]))
    is_plain = found.issuer.isprintable() and found.subject.isprintable()
    return found if is_plain and len(found.issuer) <= _LONGEST[0] else None


def _digest(told: dict[str, Any]) -> str:
    return hashlib.sha256(repr(told).encode("utf-8", "surrogatepass")).hexdigest()


def _shown_name(told: dict[str, Any]) -> str:
    """What people call the person there: it is shown, and decides nothing."""
    parts = [told[each] for each in ("userinfo", "id_token") if isinstance(told.get(each), dict)]
    names = (part.get(claim) for claim in ("name", "preferred_username", "sub") for part in parts)
    return shown_signs(str(next(filter(None, names), "")))[:_SHOWN]
