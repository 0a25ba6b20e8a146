"""登录、退出 — a name and a password, then a one-time code where the person has one (GB/T 22239-2019 身份鉴别)."""

from __future__ import annotations

from datetime import datetime

from django.conf import settings
from django.contrib import messages
from django.contrib.auth import login, logout
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.crypto import constant_time_compare
from django.utils.html import format_html
from django.utils.http import url_has_allowed_host_and_scheme, urlencode
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST

from gongkai.web.bodies import devices, queries
from gongkai.web.bodies.actions import accounts, setting_up, signing_in, trying
from gongkai.web.bodies.actions.consenting import ConsentNeeded, ask_consent
from gongkai.web.bodies.actions.lost_phones import replace_lost
from gongkai.web.bodies.actions.signing_in import NO_LONGER, SignInError
from gongkai.web.bodies.forms import CodeForm, SignInForm
from gongkai.web.bodies.models import Staff
from gongkai.web.bodies.permissions import Refused, roles_in
from gongkai.web.bodies.typing import TYPED, has_words, is_ones_own, keep, mark, newest_page, page_of, sign_in_again
from gongkai.web.bodies.views.leaving import STAMPED
from gongkai.web.look.language import say
from gongkai.web.look.visitors import seen_at_work

_BACKEND = "django.contrib.auth.backends.ModelBackend"
_HALF_WAY = "half_way"
_SHOWN = 200
BY_OPENID = "by_openid"
"""会话里记着的 — whether the county's own sign-in recognised the person: its passwords count then."""
SINCE = "since"
"""会话里记着的 — when the person came in, in seconds."""
PUT_OFF = "second_factor_put_off"
"""会话里记着的 — that setting up the code was put off to the next sign-in."""
_HALF_WAY_SECONDS = 300
STILL_THERE, OPEN = "您先前填的、没有提交上的还留着，请核对后再提交：", "打开填过的那一页"


@never_cache
@sensitive_post_parameters("password")
@require_http_methods(["GET", "HEAD", "POST"])
def sign_in(request: HttpRequest) -> HttpResponse:
    """登录 — the form; what is posted is judged by `actions.signing_in` (GB/T 22239-2019 身份鉴别)."""
    if isinstance(request.user, Staff):
        return redirect(_onward(request) or _home(request.user))
    if request.method == "GET" and setting_up.is_new():
        return redirect("bodies:set-up")
    form = SignInForm(request.POST if request.method == "POST" else None)
    if request.method != "POST":
        return render(request, "bodies/sign_in.html", {"next": _onward(request), "openid": settings.OPENID_NAME})
    context = {
        "next": _onward(request),
        "typed": request.POST.get(TYPED, ""),
        "has_typed": bool(request.POST.get(TYPED)),
        "openid": settings.OPENID_NAME,
        "name": request.POST.get("name", "")[:_SHOWN],
        "name_wrong": form.wrong("name"),
        "password_wrong": form.wrong("password"),
    }
    if not form.is_valid():
        return render(request, "bodies/sign_in.html", context, status=400)
    name, password = form.cleaned_data["name"], form.cleaned_data["password"]
    now, staff = timezone.now(), signing_in.of_name(name)
    visitor = devices.visitor(request, staff)
    try:
        staff = signing_in.check_password_of(staff, name=name, password=password, visitor=visitor, now=now)
    except SignInError as refusal:
        context["wrong"] = _why(refusal, signing_in.LAST_WRONG)
        return _later(render(request, "bodies/sign_in.html", context, status=400), refusal)
    # Where another person was typing, the one who signs in may have nothing to do: the way leads to the own desk.
    onward = _onward(request) if is_ones_own(request, staff) else ""
    return recognised(request, staff, onward)


@never_cache
@sensitive_post_parameters("code")
@require_http_methods(["GET", "HEAD", "POST"])
def code(request: HttpRequest) -> HttpResponse:
    """动态口令 — asked after the password of whoever has one (GB/T 22239-2019 双因素)."""
    now = timezone.now()
    staff = _half_way(request, now)
    if staff is None:
        return _from_the_start(request)
    form = CodeForm(request.POST if request.method == "POST" else None)
    context: dict[str, object] = {"next": _onward(request)}
    if request.method != "POST":
        return render(request, "bodies/code.html", context)
    if not form.is_valid():
        return render(request, "bodies/code.html", context | {"wrong": form.wrong("code")}, status=400)
    visitor = devices.visitor(request, staff)
    try:
        counted = signing_in.count_try(name=staff.username, staff=staff, visitor=visitor, now=now)
    except SignInError as refusal:
        request.session.pop(_HALF_WAY, None)
        messages.error(request, say(refusal.template, **refusal.values))
        return redirect("bodies:sign-in")
    if accounts.use_code(staff=staff, code=form.cleaned_data["code"], now=now):
        trying.forgive(counted)
        return _enter(request, staff, _onward(request), by_openid=_is_by_openid(request))
    failure = signing_in.failed(staff=staff, counted=counted, visitor=visitor, now=now)
    context["wrong"] = _why(failure, accounts.WRONG_CODE) if failure.seconds else say(accounts.WRONG_CODE)
    return _later(render(request, "bodies/code.html", context, status=400), failure)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def lost(request: HttpRequest) -> HttpResponse:
    """手机丢了 — after the right password: an administrator asks another, and sets up a new code once that one agreed
    (GB/T 22239-2019 双因素、三员分立)."""
    now = timezone.now()
    staff = _half_way(request, now)
    if staff is None:
        return _from_the_start(request)
    onward = _onward(request)
    if request.method == "POST":
        try:
            replace_lost(staff=staff, now=now)
        except ConsentNeeded as need:
            ask_consent(need, now)
        except Refused as refusal:
            messages.error(request, say(refusal.template, **refusal.values))
        else:
            return _enter(request, staff, onward, by_openid=_is_by_openid(request))
        return redirect(reverse("bodies:lost") + "?" + urlencode({"next": onward}))
    asked = queries.lost_phone(staff, now)
    context = {"next": onward, "asked": asked, "is_administrator": queries.is_administrator(staff)}
    context["username"] = staff.username
    return render(request, "bodies/lost.html", context)


def _half_way(request: HttpRequest, now: datetime) -> Staff | None:
    """Who has given the right password, not long ago, and has to give a code."""
    number, since, visit, _ = request.session.get(_HALF_WAY, (0, 0, "", False))
    staff = Staff.objects.select_related("body").filter(id=number, is_active=True).first()
    is_over = staff is None or not constant_time_compare(visit, staff.get_session_auth_hash())
    return None if is_over or now.timestamp() - since > _HALF_WAY_SECONDS else staff


def _is_by_openid(request: HttpRequest) -> bool:
    return bool(request.session.get(_HALF_WAY, (0, 0, "", False))[3])


def _from_the_start(request: HttpRequest) -> HttpResponse:
    request.session.pop(_HALF_WAY, None)
    messages.error(request, say(NO_LONGER))
    return redirect("bodies:sign-in")


@require_POST
def sign_out(request: HttpRequest) -> HttpResponse:
    """退出 — the session ends, and with it everything that it knew; what was typed is kept for its person alone."""
    if isinstance(request.user, Staff):
        if not keep(request, page_of(request), left_out=("file",)):
            messages.warning(request, say(STAMPED))
        signing_in.sign_out(staff=request.user, now=timezone.now())
    elif has_words(request):
        return sign_in_again(request)
    logout(request)
    seen_at_work(request, None)
    messages.success(request, say("已退出。"))
    return redirect("bodies:sign-in")


def recognised(request: HttpRequest, staff: Staff, onward: str, *, by_openid: bool = False) -> HttpResponse:
    """认出了 — by the password or by the other side: a code comes next where the person has one, else the work."""
    is_asked = not by_openid or settings.OPENID_SECOND_FACTOR == "here"
    if not is_asked or not queries.has_second_factor(staff):
        return _enter(request, staff, onward, by_openid=by_openid)
    request.session.cycle_key()
    since = int(timezone.now().timestamp())
    request.session[_HALF_WAY] = [staff.id, since, staff.get_session_auth_hash(), by_openid]
    return redirect(reverse("bodies:code") + "?" + urlencode({"next": onward}))


def _admit(request: HttpRequest, staff: Staff, onward: str, *, by_openid: bool) -> HttpResponse:
    """A session of its own for a person who was recognised, and where the work is."""
    request.session.pop(_HALF_WAY, None)
    login(request, staff, backend=_BACKEND)
    seen_at_work(request, staff.pk)
    request.session[BY_OPENID] = by_openid
    request.session.pop(PUT_OFF, None)
    onward, home, left = _own_address(request, onward), _home(staff), newest_page(staff)
    is_going_home = onward in ("", home, reverse(settings.LOGIN_REDIRECT_URL))
    to = (left if is_going_home else "") or onward or home
    if left and left != to:  # on its own page the form says so itself
        messages.info(request, format_html('{} <a href="{}">{}</a>', say(STILL_THERE), left, say(OPEN)))
    response = redirect(to)
    mark(response, staff)
    devices.remember(request, response, staff)
    return response


def _enter(request: HttpRequest, staff: Staff, onward: str, *, by_openid: bool) -> HttpResponse:
    facts: dict[str, object] | None = {"way": "openid"} if by_openid else None
    signing_in.signed_in(staff=staff, visitor=devices.visitor(request, staff), now=timezone.now(), facts=facts)
    return _admit(request, staff, onward, by_openid=by_openid)


def _why(refusal: SignInError, wrong: str) -> str:
    """What was not right, where it was looked at, and how long to wait."""
    said = say(refusal.template, **refusal.values)
    return f"{say(wrong)} {said}" if refusal.seconds and refusal.is_wrong else said


def _later(response: HttpResponse, refusal: SignInError) -> HttpResponse:
    if refusal.seconds:
        response.status_code, response["Retry-After"] = 429, str(refusal.seconds)
    return response


def _onward(request: HttpRequest) -> str:
    return _own_address(request, request.POST.get("next") or request.GET.get("next", ""))


def _own_address(request: HttpRequest, wanted: str) -> str:
    if url_has_allowed_host_and_scheme(wanted, allowed_hosts={request.get_host()}, require_https=request.is_secure()):
        return wanted
    return ""


def _home(staff: Staff) -> str:
    """Where a person's work is: items, people, records; the own account for whoever has no role yet."""
    if queries.bodies_waiting(staff) is not None:
        return reverse("bodies:bodies")
    if queries.journal_waiting(staff) is not None:
        return reverse("bodies:journal")
    return reverse(settings.LOGIN_REDIRECT_URL if roles_in(staff) else "bodies:account")
