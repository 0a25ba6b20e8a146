"""工作台 — the page on which the day begins: what is due, what waits, what was done (条例 第二十六条)."""

from __future__ import annotations

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from gongkai.law.publishing import Act, State
from gongkai.law.roles import ADMINISTRATORS, Role
from gongkai.law.scope import Openness
from gongkai.web.bodies.gaps import gaps
from gongkai.web.bodies.models import Body
from gongkai.web.bodies.permissions import roles_in
from gongkai.web.holdings import queries
from gongkai.web.holdings.models import Column, Notice
from gongkai.web.holdings.permissions import bodies_of
from gongkai.web.holdings.views.access import signed_in, staff_of
from gongkai.web.holdings.views.sheets import as_csv

PAGE_ROWS = 20
MOST_NOTICES = 3
FILTERS = ("state", "column", "openness", "body", "year", "words", "order")


@signed_in
@require_safe
def desk(request: HttpRequest) -> HttpResponse:
    """工作台 — with one of three tabs, narrowed by words (条例 第二十六条)."""
    staff, today = staff_of(request), timezone.localdate()
    held = roles_in(staff)
    words, told = request.GET.get("words", "")[:100], Notice.objects.filter(to=staff, read_at=None)
    context = {
        "today": today,
        "desk": queries.desk(staff, today, request.GET.get("tab", "mine"), words),
        "words": words,
        "notices": told.select_related("item__newest_version").order_by("-id")[:MOST_NOTICES],
        "may_create": any(Role.CLERK in roles for roles in held.values()),
        "gaps": gaps(staff.body) if Role.DISCLOSURE_OFFICE in held.get(staff.body_id, ()) else (),
        "is_outside": not bodies_of(staff),
        "is_administrator": any(roles & set(ADMINISTRATORS) for roles in held.values()),
        "weekdays": ("一", "二", "三", "四", "五", "六", "日"),
    }
    return render(request, "holdings/desk.html", context)


@signed_in
@require_POST
def read_notices(request: HttpRequest) -> HttpResponse:
    """提醒已看 — all of one's own."""
    Notice.objects.filter(to=staff_of(request), read_at=None).update(read_at=timezone.now())
    return redirect("holdings:desk")


@signed_in
@require_safe
def items(request: HttpRequest) -> HttpResponse:
    """政府信息 — every item that a person may see, by filters (条例 第十七条)."""
    staff = staff_of(request)
    asked = {name: request.GET.get(name, "")[:100] for name in FILTERS}
    found = queries.listed(staff, asked)
    page = Paginator(found, PAGE_ROWS).get_page(request.GET.get("page"))
    context = {
        "asked": asked,
        "page": page,
        "pages": page.paginator.get_elided_page_range(page.number, on_each_side=2, on_ends=1),
        "states": [state for state in State],
        "kinds": list(Openness),
        "columns": Column.objects.filter(items__body__in=bodies_of(staff)).distinct(),
        "bodies": Body.objects.filter(id__in=bodies_of(staff)),
        "create": Act.CREATE,
        "may_create": any(Role.CLERK in roles for roles in roles_in(staff).values()),
    }
    return render(request, "holdings/items.html", context)


@signed_in
@require_safe
def table(request: HttpRequest) -> StreamingHttpResponse:
    """清单 CSV — the same list, to be opened in a sheet; nothing in it is a formula."""
    asked = {name: request.GET.get(name, "")[:100] for name in FILTERS}
    return as_csv(queries.listed(staff_of(request), asked), timezone.localdate())
