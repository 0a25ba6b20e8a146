"""工作台：主体和人员 — pages of the system administrator and the security administrator (条例 第四条).

Who has no duty for a body does not learn that it is there: 404. What a duty does not cover is refused by the action.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from http import HTTPStatus
from typing import Any, cast

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.forms import Form
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from gongkai.law.administration import Duty
from gongkai.law.roles import Role
from gongkai.web.bodies import actions, queries
from gongkai.web.bodies.actions.consenting import ConsentNeeded, may_need_second
from gongkai.web.bodies.actions.keeping_bodies import TOP_STAYS
from gongkai.web.bodies.actions.people import ELSEWHERE, MADE_BEFORE, NAME_TAKEN, NAME_UNFIT
from gongkai.web.bodies.forms import AppointForm, BodyForm, NewBodyForm, NewStaffForm, OfficeForm, StaffForm
from gongkai.web.bodies.models import Appointment, Body, Office, Staff
from gongkai.web.bodies.permissions import Refused
from gongkai.web.bodies.typing import brought_back, forget, keep
from gongkai.web.look.language import say

FOLDED = "登录名记作“{username}”，和填的“{typed}”写法不一样；登录时两种写法都可以。"
BOXES = {
    NAME_TAKEN: "username",
    NAME_UNFIT: "username",
    MADE_BEFORE: "username",
    ELSEWHERE: "office",
    TOP_STAYS: "is_active",
}
"""错在哪一栏 — of refusals that are about one box of a form (条例 第四条)."""
View = Callable[..., HttpResponseBase]
_GET_OR_POST = ["GET", "HEAD", "POST"]


def staff_only(view: View) -> View:
    """只给登录的人 — signed in, never kept by the browser."""
    return wraps(view)(never_cache(login_required(view)))


@staff_only
@require_GET
def bodies(request: HttpRequest) -> HttpResponse:
    """主体 — those that this person administers, with what each lacks (条例 第四条)."""
    by = person(request)
    kept = queries.administered(by)
    if not kept:
        raise Http404("bodies")
    lacking = queries.gaps_of([body for body in kept if body.is_active])
    context = {
        "bodies": kept,
        "lacking": lacking,
        "short": sum(bool(found) for found in lacking.values()),
        "people": queries.head_counts(kept),
        "may_add": any(Duty.KEEP_BODIES in queries.duties_of(by, body) for body in kept),
        "consents": len(queries.consents_for(by)),
        "settling_until": queries.settling_until(by, timezone.now()),
        "room": "bodies:bodies",
    }
    return render(request, "bodies/bodies.html", context)


@staff_only
@require_GET
def body(request: HttpRequest, slug: str) -> HttpResponse:
    """一个主体 — what it lacks, its people and their roles, its offices (条例 第四条)."""
    shown, duties = seen_body(request, slug)
    held = queries.holding(shown)
    context = {
        "body": shown,
        "gaps": queries.gaps(shown),
        "people": [(staff, held.get(staff.id, [])) for staff in queries.people_of(shown)],
        "visiting": [(each[0].staff, each) for each in held.values() if each[0].staff.body_id != shown.id],
        "offices": shown.offices.order_by("id"),
        "form": OfficeForm(_filled(request)),
        **granted(duties),
    }
    return render(request, "bodies/body.html", context)


@staff_only
@require_http_methods(_GET_OR_POST)
def new_body(request: HttpRequest) -> HttpResponse:
    """增加公开主体 — below the highest that this person keeps (条例 第四条)."""
    by = person(request)
    kept = [each for each in queries.administered(by) if Duty.KEEP_BODIES in queries.duties_of(by, each)]
    if not kept:
        raise Http404("bodies")
    form = NewBodyForm(_filled(request), initial={"level": "department"})
    if request.method == "POST" and form.is_valid():
        told = dict(form.cleaned_data)

        def add() -> HttpResponse:
            made = actions.add_body(by=by, slug=told.pop("slug"), parent=kept[0], now=timezone.now(), **told)
            messages.success(request, say("已增加{body}。接着加人，再请安全管理员任命。", body=made.name))
            return redirect("bodies:body", made.slug)

        return attempt(request, form, add, "bodies/edit_body.html", {"parent": kept[0]})
    return _form(request, form, "bodies/edit_body.html", {"parent": kept[0]})


@staff_only
@require_http_methods(_GET_OR_POST)
def edit_body(request: HttpRequest, slug: str) -> HttpResponse:
    """修改公开主体 — what it says of itself (条例 第十二条)."""
    shown, _ = seen_body(request, slug)
    kept = Body.objects.get(id=shown.id)  # the form writes into its own copy
    form = BodyForm(_filled(request), instance=kept)
    context = {"body": shown}
    if request.method == "POST" and form.is_valid():

        def edit() -> HttpResponse:
            actions.edit_body(by=person(request), body=shown, told=form.cleaned_data, now=timezone.now())
            messages.success(request, say("已改好。"))
            return redirect("bodies:body", slug)

        return attempt(request, form, edit, "bodies/edit_body.html", context)
    return _form(request, form, "bodies/edit_body.html", context)


@staff_only
@require_POST
def offices(request: HttpRequest, slug: str) -> HttpResponse:
    """内设机构 — one more, or the one that does the work of disclosure (条例 第四条)."""
    shown, _ = seen_body(request, slug)
    by, now, page = person(request), timezone.now(), reverse("bodies:body", args=[slug])
    form = OfficeForm(request.POST)
    try:
        if "disclosure" in request.POST:
            office = get_object_or_404(Office, id=number_of(request.POST["disclosure"]), body=shown)
            actions.name_disclosure_office(by=by, office=office, now=now)
            messages.success(request, say("已指定{office}为政府信息公开工作机构。", office=office.name))
        elif form.is_valid():
            actions.add_office(by=by, body=shown, name=form.cleaned_data["name"], now=now)
            forget(request, page)
            messages.success(request, say("已增加{office}。", office=form.cleaned_data["name"]))
        else:
            keep(request, page)
            messages.error(request, str(form.errors["name"][0]))
    except Refused as refusal:
        keep(request, page)
        messages.error(request, say(refusal.template, **refusal.values))
    return redirect(page)


@staff_only
@require_http_methods(_GET_OR_POST)
def new_staff(request: HttpRequest, slug: str) -> HttpResponse:
    """增加人员 — the password for the first sign-in is shown this once (条例 第四条)."""
    shown, _ = seen_body(request, slug)
    form = NewStaffForm(_filled(request), body=shown)
    context = {"body": shown}
    if request.method == "POST" and form.is_valid():

        def add() -> HttpResponse:
            made = actions.add_staff(by=person(request), body=shown, now=timezone.now(), **form.cleaned_data)
            told = {**context, "accounts": [(made.staff, made.password)], "staff": made.staff, "room": "bodies:bodies"}
            typed = form.cleaned_data["username"]
            if made.staff.username != typed:
                messages.info(request, say(FOLDED, typed=typed, username=made.staff.username))
            return render(request, "bodies/first_password.html", told, status=HTTPStatus.CREATED)

        return attempt(request, form, add, "bodies/edit_staff.html", context)
    return _form(request, form, "bodies/edit_staff.html", context)


@staff_only
@require_http_methods(_GET_OR_POST)
def staff(request: HttpRequest, number: int) -> HttpResponse:
    """一个人 — roles, account, sign-ins; every act is a button of whoever may (条例 第四条)."""
    shown, duties = seen_staff(request, number)
    by, now = person(request), timezone.now()
    if request.method == "POST":
        try:
            done = _ACTS[request.POST.get("act", "")](request, by, shown)
        except KeyError:
            raise Http404("act") from None
        except Refused as refusal:
            if isinstance(refusal, ConsentNeeded):
                actions.ask_consent(refusal, now)
            messages.error(request, say(refusal.template, **refusal.values))
        else:
            if isinstance(done, HttpResponse):
                return done
            messages.success(request, say(str(done)))
        return redirect("bodies:staff", number)
    form = StaffForm(initial={"name": shown.name, "office": shown.office_id, "email": shown.email}, body=shown.body)
    context = {
        "staff": shown,
        "body": shown.body,
        "appointments": queries.current_appointments(shown),
        "past": queries.past_appointments(shown),
        "form": form,
        "roles": [(str(role), role.label) for role in Role],
        "homes": queries.administered(by),
        "has_second_factor": queries.has_second_factor(shown),
        "locked_until": queries.locked_until(shown, now),
        "sign_ins": shown.sign_ins.order_by("-id")[:10],
        **granted(duties),
    }
    return render(request, "bodies/staff.html", context)


def _appoint(request: HttpRequest, by: Staff, shown: Staff) -> str:
    form = AppointForm(request.POST)
    home = get_object_or_404(Body, slug=request.POST.get("body", ""))
    if not form.is_valid():
        raise Http404("role")
    actions.appoint(by=by, staff=shown, body=home, role=Role(form.cleaned_data["role"]), now=timezone.now())
    return "已任命。从现在起有效。"


def _end(request: HttpRequest, by: Staff, shown: Staff) -> str:
    appointment = get_object_or_404(Appointment, id=number_of(request.POST.get("appointment", "")), staff=shown)
    actions.end_appointment(by=by, appointment=appointment, now=timezone.now())
    return "已免去。办过的件和记录都留着。"


def _edit(request: HttpRequest, by: Staff, shown: Staff) -> str | HttpResponse:
    form = StaffForm(request.POST, body=shown.body)
    if not form.is_valid():
        return _form(request, form, "bodies/edit_staff.html", {"body": shown.body, "staff": shown})
    actions.edit_staff(by=by, staff=shown, now=timezone.now(), **form.cleaned_data)
    return "已改好。"


def _disable(_request: HttpRequest, by: Staff, shown: Staff) -> str:
    actions.disable_staff(by=by, staff=shown, now=timezone.now())
    return "已停用，正登录着的也已退出。"


def _enable(_request: HttpRequest, by: Staff, shown: Staff) -> str:
    actions.enable_staff(by=by, staff=shown, now=timezone.now())
    return "已恢复。"


def _reset_password(request: HttpRequest, by: Staff, shown: Staff) -> HttpResponse:
    password = actions.reset_password(by=by, staff=shown, now=timezone.now())
    context = {"body": shown.body, "staff": shown, "accounts": [(shown, password)], "room": "bodies:bodies"}
    return render(request, "bodies/first_password.html", context, status=HTTPStatus.CREATED)


@staff_only
@require_GET
def ask_reset(request: HttpRequest, number: int) -> HttpResponse:
    """重设密码以前 — one question: the password of now is void at once (GB/T 22239-2019 身份鉴别)."""
    shown, duties = seen_staff(request, number)
    if Duty.RESET_PASSWORD not in duties:
        raise Http404("staff")
    context = {"staff": shown, "body": shown.body, **granted(duties)}
    context["is_asked_first"] = may_need_second(shown, Duty.RESET_PASSWORD, timezone.now())
    return render(request, "bodies/reset_password.html", context)


def _unlock(_request: HttpRequest, by: Staff, shown: Staff) -> str:
    actions.unlock(by=by, staff=shown, now=timezone.now())
    return "已解除等候，可以马上登录。"


def _end_visits(_request: HttpRequest, by: Staff, shown: Staff) -> str:
    actions.end_visits_of(by=by, staff=shown, now=timezone.now())
    return "所有设备都已退出。"


def _reset_second_factor(_request: HttpRequest, by: Staff, shown: Staff) -> str:
    actions.reset_second_factor(by=by, staff=shown, now=timezone.now())
    return "已撤销动态口令，本人可以重新开启。"


def _erase(_request: HttpRequest, by: Staff, shown: Staff) -> str:
    actions.erase_person(by=by, staff=shown, now=timezone.now())
    return "已删除登录地址等个人信息，办理记录仍然可以核验。"


_ACTS: dict[str, Callable[[HttpRequest, Staff, Staff], str | HttpResponse]] = {
    "appoint": _appoint,
    "end": _end,
    "edit": _edit,
    "disable": _disable,
    "enable": _enable,
    "reset_password": _reset_password,
    "unlock": _unlock,
    "end_visits": _end_visits,
    "reset_second_factor": _reset_second_factor,
    "erase": _erase,
}


def person(request: HttpRequest) -> Staff:
    """本人 — who asks; `staff_only` has seen to it that somebody does."""
    return cast(Staff, request.user)


def seen_body(request: HttpRequest, slug: str) -> tuple[Body, set[Duty]]:
    """看得到的主体 — and what this person may do for it. Http404 where that is nothing."""
    shown = get_object_or_404(Body.objects.select_related("parent"), slug=slug)
    duties = queries.duties_of(person(request), shown)
    if not duties:
        raise Http404("bodies")
    return shown, duties


def seen_staff(request: HttpRequest, number: int) -> tuple[Staff, set[Duty]]:
    """看得到的人 — and what this person may do for them. Http404 where that is nothing."""
    shown = get_object_or_404(Staff.objects.select_related("body", "office"), id=number)
    duties = queries.duties_of(person(request), shown.body)
    if not duties:
        raise Http404("bodies")
    return shown, duties


def granted(duties: set[Duty]) -> dict[str, object]:
    """可以做的 — as a template asks: `may_appoint`, `may_keep_staff` …"""
    return {"room": "bodies:bodies", **{f"may_{duty}": duty in duties for duty in Duty}}


def attempt(
    request: HttpRequest, form: Form | BodyForm, act: Callable[[], HttpResponse], page: str, context: dict[str, Any]
) -> HttpResponse:
    """试着办 — the page of what was done, or the form again with the reason on it."""
    try:
        return act()
    except Refused as refusal:
        told, field = say(refusal.template, **refusal.values), BOXES.get(refusal.template, "")
        if field in form.fields:
            form.add_error(field, told)
            return _form(request, form, page, context)
        return _form(request, form, page, {**context, "refused": told})


def _filled(request: HttpRequest) -> QueryDict | None:
    """What is sent; else what this person had typed on this page and not sent."""
    typed = brought_back(request)
    return request.POST or (typed.fields if typed else None)


def _form(request: HttpRequest, form: Form | BodyForm, page: str, context: dict[str, Any]) -> HttpResponse:
    """`typed`: what the form is filled with was kept, not sent, and is not as it was given. Every way out keeps it."""
    wrong = request.method == "POST"
    typed = form.is_bound and form.has_changed() and not wrong
    told = {"form": form, "room": "bodies:bodies", "filling": "filled", "typed": typed}
    return render(request, page, {**context, **told}, status=400 if wrong else 200)


def number_of(text: str) -> int:
    """号码 — as a form sends it; 0, which nothing has, where it is none."""
    return int(text) if text.isascii() and text.isdigit() and len(text) < 18 else 0
