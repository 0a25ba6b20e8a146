"""本人账号 — what one is appointed to, one's password and one-time codes (GB/T 22239-2019 身份鉴别)."""

from __future__ import annotations

from datetime import datetime, timedelta
from http import HTTPStatus
from typing import cast

import segno
from django.conf import settings
from django.contrib import messages
from django.contrib.auth import logout, update_session_auth_hash
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.dateformat import format as date_format
from django.utils.safestring import mark_safe
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from gongkai.web.bodies import one_time_codes, queries
from gongkai.web.bodies.actions import accounts
from gongkai.web.bodies.actions.binding import unbind_openid
from gongkai.web.bodies.forms import CodeForm, PasswordForm
from gongkai.web.bodies.models import OpenidBinding, Staff
from gongkai.web.bodies.passwords import WeakPasswordError, must_change
from gongkai.web.bodies.views.signing_in import PUT_OFF, SINCE
from gongkai.web.look.language import say

NOT_THE_SAME = "两次写的新密码不一样，请再写一次。"
PUT_OFF_UNTIL = "动态口令推迟到下一次登录：这次登录最晚到 {until} 结束，再登录时先开启，才能办事。"
_ISSUER = "gongkai"


@never_cache
@login_required
@require_GET
def account(request: HttpRequest) -> HttpResponse:
    """本人账号 — one's appointments, and the ways to sign in."""
    staff = cast(Staff, request.user)
    context = {
        "appointments": queries.current_appointments(staff),
        "has_second_factor": queries.has_second_factor(staff),
        "openid": settings.OPENID_NAME,
        "is_bound": OpenidBinding.objects.filter(staff=staff).exists(),
        "unused_codes": staff.recovery_codes.filter(used_at__isnull=True).count(),
    }
    return render(request, "bodies/account.html", context)


@never_cache
@sensitive_post_parameters("old", "new", "again")
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def password(request: HttpRequest) -> HttpResponse:
    """修改密码 — one's own; a must at the first sign-in and every ninety days."""
    staff, now = cast(Staff, request.user), timezone.now()
    form = PasswordForm(request.POST if request.method == "POST" else None)
    context: dict[str, object] = {
        "is_duty": must_change(staff, now),
        "is_first": staff.password_changed_at is None,
        "shortest": settings.PASSWORD_LENGTH,
        "days": settings.PASSWORD_DAYS,
    }
    if request.method != "POST":
        return render(request, "bodies/password.html", context)
    if not form.is_valid():
        context |= {f"{name}_wrong": form.wrong(name) for name in form.fields}
        return render(request, "bodies/password.html", context, status=400)
    given = {"staff": staff, "old": form.cleaned_data["old"], "new": form.cleaned_data["new"]}
    try:
        if given["new"] != form.cleaned_data["again"]:
            context["again_wrong"] = say(NOT_THE_SAME)
            accounts.require_change(**given)
        else:
            accounts.change_password(**given, now=now)
            update_session_auth_hash(request, staff)
            messages.success(request, say("密码已改好。别处登录着的，都要重新登录。"))
            return redirect("bodies:account")
    except accounts.AccountError as refusal:
        context["old_wrong"] = say(refusal.template, **refusal.values)
    except WeakPasswordError as weak:
        context["new_wrong"] = " ".join(say(template, **values) for template, values in weak.faults)
        if not weak.is_known:
            context["old_wrong"] = say(accounts.WRONG_PASSWORD)
    return render(request, "bodies/password.html", context, status=400)


@login_required
@require_POST
def unbind(request: HttpRequest) -> HttpResponse:
    """解除绑定 — with the county's own sign-in; from now on by name and password alone (GB/T 22239-2019 身份鉴别)."""
    try:
        unbind_openid(staff=cast(Staff, request.user), now=timezone.now())
    except accounts.AccountError as refusal:
        messages.error(request, say(refusal.template, **refusal.values))
    else:
        messages.success(request, say("已解除绑定，以后用登录名和密码登录。"))
    return redirect("bodies:account")


@login_required
@require_POST
def everywhere(request: HttpRequest) -> HttpResponse:
    """退出所有设备 — wherever the person is signed in, here too (GB/T 22239-2019 身份鉴别)."""
    accounts.sign_out_everywhere(staff=cast(Staff, request.user), now=timezone.now())
    logout(request)
    messages.success(request, say("所有设备都已退出，包括这里。"))
    return redirect("bodies:sign-in")


@never_cache
@sensitive_post_parameters("code")
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def second_factor(request: HttpRequest) -> HttpResponse:
    """开启动态口令 — the picture to scan, then a first code; the recovery codes are shown this once (RFC 6238)."""
    staff = cast(Staff, request.user)
    if request.POST.get("act") == "later":
        return _put_off(request, staff)
    is_duty = queries.needs_second_factor(staff)
    context: dict[str, object] = {"is_duty": is_duty, "until": _visit_ends(request)}
    context["may_put_off"] = is_duty and queries.may_put_off(staff)
    try:
        secret = accounts.prepare_second_factor(staff=staff, now=timezone.now())
    except accounts.AccountError as refusal:
        messages.error(request, say(refusal.template, **refusal.values))
        return redirect("bodies:account")
    form = CodeForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and not form.is_valid():
        context["wrong"] = form.wrong("code")
    elif request.method == "POST":
        try:
            context["codes"] = accounts.confirm_second_factor(
                staff=staff, code=form.cleaned_data["code"], now=timezone.now()
            )
            return render(request, "bodies/recovery_codes.html", context, status=HTTPStatus.CREATED)
        except accounts.AccountError as refusal:
            context["wrong"] = say(refusal.template, **refusal.values)
    picture = segno.make(one_time_codes.address(secret, staff.username, _ISSUER), error="m")
    drawn = picture.svg_inline(scale=5, border=2, svgclass="code", lineclass=None, omitsize=True)
    context |= {"picture": mark_safe(drawn), "secret": " ".join(_quarters(secret))}  # noqa: S308 — drawn by us
    return render(request, "bodies/second_factor.html", context, status=400 if "wrong" in context else 200)


def _put_off(request: HttpRequest, staff: Staff) -> HttpResponse:
    try:
        accounts.put_off_second_factor(staff=staff, now=timezone.now())
    except accounts.AccountError as refusal:
        messages.error(request, say(refusal.template, **refusal.values))
        return redirect("bodies:second-factor")
    request.session[PUT_OFF] = True
    messages.info(request, say(PUT_OFF_UNTIL, until=date_format(_visit_ends(request), "Y-m-d H:i")))
    return redirect("bodies:sign-in")


def _visit_ends(request: HttpRequest) -> datetime:
    """The latest at which the person signs in again."""
    begun = request.session.get(SINCE, timezone.now().timestamp())
    return datetime.fromtimestamp(begun, timezone.get_current_timezone()) + timedelta(hours=settings.VISIT_HOURS)


def _quarters(secret: str) -> list[str]:
    return [secret[start : start + 4] for start in range(0, len(secret), 4)]
