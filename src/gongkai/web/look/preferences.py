"""浏览偏好 — language, 长者模式, 高对比 and 字号, kept in cookies that a plain form sets; addresses stay."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.utils import translation

from gongkai.web.look.language import CHINESE, ENGLISH

COOKIES = {
    "language": (CHINESE, ENGLISH),
    "mode": ("plain", "elder"),
    "contrast": ("plain", "high"),
    "text": ("medium", "large", "small"),
}
"""偏好 — the name of a cookie without its prefix, and its values, the usual one first."""
PREFIX = "gongkai_"
YEAR_SECONDS = 365 * 24 * 3600


@dataclass(frozen=True, slots=True)
class Preferences:
    """浏览偏好 — what the reader of this page chose."""

    language: str
    mode: str
    contrast: str
    text: str


class PreferencesMiddleware:
    """浏览偏好 — reads the cookies, speaks the language. The browser's own language is not asked: offices share it."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """浏览偏好 — for one request."""
        chosen = Preferences(**{name: _chosen(request, name) for name in COOKIES})
        request.preferences = chosen  # type: ignore[attr-defined]
        with translation.override(chosen.language):
            response = self.get_response(request)
        response.headers.setdefault("Content-Language", "en" if chosen.language == ENGLISH else "zh-CN")
        return response


def _chosen(request: HttpRequest, name: str) -> str:
    given = request.COOKIES.get(PREFIX + name, "")
    return given if given in COOKIES[name] else COOKIES[name][0]
