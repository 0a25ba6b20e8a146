"""登录过的浏览器 — a signed mark of who came in by it, so that strangers who guess keep nobody of them waiting.

The mark opens nothing: it is asked at the door alone, and has a count of failures of its own there. It counts for
nothing any more once all visits of the person were ended (GB/T 22239-2019 登录失败处理).
"""

from __future__ import annotations

import secrets

from django.conf import settings
from django.core import signing
from django.http import HttpRequest, HttpResponse, parse_cookie

from gongkai.web.bodies.actions.trying import Visitor
from gongkai.web.bodies.models import Staff
from gongkai.web.look import visitors

COOKIE, PATH = "gongkai_device", "/sign-in/"
"""Never sent to the pages of the public, nor to those of the desk."""
MOST = 8
"""最多几个人 — who use one browser; the newest."""
_SALT, _SECONDS = "gongkai.device", 365 * 24 * 3600


def visitor(request: HttpRequest, staff: Staff | None) -> Visitor:
    """来人 — who asks to come in as this person, None where nobody has the name."""
    address = visitors.address(request)
    whose = (staff.pk, staff.visits) if staff else None
    marks = _marks(request)
    return Visitor(address, next((device for number, visits, device in marks if (number, visits) == whose), ""))


def shown(cookies: str) -> str:
    """出示的标记 — who came in last by the browser that sends these cookies; empty where no mark of ours is among them.

    It is the person and not the browser: whoever comes in by many browsers still has one place in the line.
    """
    marks = _read(parse_cookie(cookies).get(COOKIE, ""))
    return f"staff {marks[0][0]}" if marks else ""


def remember(request: HttpRequest, response: HttpResponse, staff: Staff) -> None:
    """记住 — that this person came in by this browser."""
    device = visitor(request, staff).device or secrets.token_urlsafe(12)
    others = [each for each in _marks(request) if each[0] != staff.pk]
    value = signing.dumps([(staff.pk, staff.visits, device), *others][:MOST], salt=_SALT, compress=True)
    is_secure = bool(settings.SESSION_COOKIE_SECURE)
    response.set_cookie(COOKIE, value, max_age=_SECONDS, secure=is_secure, httponly=True, samesite="Lax", path=PATH)


def _marks(request: HttpRequest) -> list[tuple[int, int, str]]:
    """Of each person in this browser: who, of how many ended visits, and what tells it from other browsers."""
    return _read(request.COOKIES.get(COOKIE, ""))


def _read(mark: str) -> list[tuple[int, int, str]]:
    try:
        found: list[tuple[int, int, str]] = signing.loads(mark, salt=_SALT, max_age=_SECONDS)
    except signing.BadSignature:
        return []
    return found
