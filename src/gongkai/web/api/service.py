"""接口的门 — who is let in, and how a refusal is said: a code for programs, a sentence for people (条例 第八条).

Every refusal is `{"code", "message", "problems"}`. Sentences are in Chinese, as they go into the logs of offices; in
English where the call asks for it (`Accept-Language: en`).
"""

from __future__ import annotations

import json
import logging
import secrets
from collections.abc import Callable
from functools import wraps
from typing import Any

from django.core.exceptions import (
    BadRequest,
    RequestDataTooBig,
    SuspiciousOperation,
    TooManyFieldsSent,
    TooManyFilesSent,
)
from django.http import Http404, HttpRequest, HttpResponse, UnreadablePostError
from django.http.multipartparser import MultiPartParserError
from django.utils import timezone, translation
from ninja import NinjaAPI
from ninja.errors import AuthenticationError, HttpError, ValidationError
from ninja.renderers import BaseRenderer
from ninja.responses import NinjaJSONEncoder
from ninja.security import HttpBearer

from gongkai import __version__
from gongkai.web.api.actions import count_call
from gongkai.web.api.models import Scope, Token
from gongkai.web.api.queries import token_of
from gongkai.web.api.refusals import CallError
from gongkai.web.api.wording import Once, message, unread
from gongkai.web.bodies.permissions import Refused
from gongkai.web.files.kinds import FileError
from gongkai.web.holdings.refusals import ClashError, DraftError, StepError
from gongkai.web.look.health import met
from gongkai.web.look.language import CHINESE, ENGLISH, say
from gongkai.web.look.troubles import FAULTS, RETRY_SECONDS

_log = logging.getLogger(__name__)
_NOT_TAKEN = "有 {count} 处要改，没有收下。改好再报"
_MOST_PROBLEMS = 200
"""Whoever sends a hundred thousand wrong ones is told how many, and the first of them."""


class Bearer(HttpBearer):
    """令牌 — `Authorization: Bearer gk_…`; what it may be used for, each operation says in `scope`."""

    def __init__(self, scope: Scope) -> None:
        super().__init__()
        self.scope = scope
        self.openapi_bearerFormat = "gk_…"

    def authenticate(self, request: HttpRequest, token: str) -> Token:  # noqa: ARG002 — the signature is ninja's
        """核对令牌 — CallError, with the reason, where it lets nobody in."""
        now = timezone.now()
        found = token_of(token, now)
        if found is None:
            raise CallError(401, "unauthorized", "令牌不对，或者已经过期、已被撤销。请向本单位的安全管理员要一个新的")
        count_call(token=found, now=now)
        if self.scope not in found.scopes:
            needed = self.scope.label
            raise CallError(403, "scope", "这个令牌没有“{scope}”的权限，请安全管理员另发一个", scope=needed)
        return found


class Api(NinjaAPI):
    """接口 — which keeps of a field that is wrong what was found in it, to be said."""

    def validation_error_from_error_contexts(self, error_contexts: list[Any]) -> ValidationError:
        """填得不对 — every error with what was found."""
        told = super().validation_error_from_error_contexts(error_contexts)
        given = [each["input"] for one in error_contexts for each in one.pydantic_validation_error.errors()]
        for each, found in zip(told.errors, given, strict=True):
            each["found"] = found
        return told


class Renderer(BaseRenderer):
    """成文 — JSON in UTF-8 as it is, so that people can read it."""

    media_type = "application/json"
    charset = "utf-8"

    def render(self, request: HttpRequest, data: Any, *, response_status: int) -> str:  # noqa: ARG002
        """成文 — the text of an answer."""
        return json.dumps(data, ensure_ascii=False, cls=NinjaJSONEncoder)


api = Api(
    title="公开 gongkai 接口",
    version=__version__,
    description="政府信息公开平台的接口：报送草稿、查询办理状态、读取已公开的信息。",
    openapi_url="/openapi.json",
    docs_url=None,
    urls_namespace="api-v1",
    renderer=Renderer(),
    parser=Once(),
)


def refused(
    request: HttpRequest, status: int, code: str, message: str, problems: list[dict[str, str]] | None = None
) -> HttpResponse:
    """不给办 — the answer that says so."""
    return api.create_response(request, {"code": code, "message": message, "problems": problems or []}, status=status)


def _handled(kind: type[Exception]) -> Callable[[Callable[..., HttpResponse]], Callable[..., HttpResponse]]:
    """A refusal in the language that the call asks for."""

    def handled(handler: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
        @wraps(handler)
        def said(request: HttpRequest, error: Exception) -> HttpResponse:
            is_english = request.headers.get("Accept-Language", "").strip().lower().startswith("en")
            with translation.override(ENGLISH if is_english else CHINESE):
                response = handler(request, error)
            response["Content-Language"] = "en" if is_english else "zh-CN"
            return response

        api.exception_handler(kind)(said)
        return handler

    return handled


def _said(error: Any) -> str:
    return say(error.template, **error.values)


@_handled(CallError)
def _call(request: HttpRequest, error: CallError) -> HttpResponse:
    response = refused(request, error.status, error.code, _said(error))
    if error.status == 401:
        response["WWW-Authenticate"] = "Bearer"
    if error.status == 429:
        response["Retry-After"] = "60"
    return response


@_handled(AuthenticationError)
def _anonymous(request: HttpRequest, error: AuthenticationError) -> HttpResponse:  # noqa: ARG001
    message = "没有带令牌。请在请求头写 Authorization: Bearer gk_…；令牌由本单位的安全管理员发放"
    return _call(request, CallError(401, "unauthorized", message))


@_handled(ValidationError)
def _invalid(request: HttpRequest, error: ValidationError) -> HttpResponse:
    problems = [{"where": _where(each["loc"]), "message": message(each)} for each in error.errors[:_MOST_PROBLEMS]]
    return refused(request, 422, "invalid", say("有 {count} 处填得不对", count=len(error.errors)), problems)


@_handled(Refused)
def _not_allowed(request: HttpRequest, error: Refused) -> HttpResponse:
    return refused(request, 403, "refused", _said(error))


@_handled(StepError)
def _not_now(request: HttpRequest, error: StepError) -> HttpResponse:
    if isinstance(error, DraftError):
        problems = [{"where": each.field, "message": _said(each)} for each in error.problems]
        told = say(_NOT_TAKEN if _is_new(request) else error.template, count=len(problems))
        return refused(request, 422, "incomplete", told, problems)
    return refused(request, 409, "clash" if isinstance(error, ClashError) else "not_now", _said(error))


@_handled(FileError)
def _file(request: HttpRequest, error: FileError) -> HttpResponse:
    return refused(request, 422, "file", _said(error))


@_handled(Http404)
def _not_found(request: HttpRequest, error: Http404) -> HttpResponse:  # noqa: ARG001
    return refused(request, 404, "not_found", say("没有这一件，或者不是本单位的"))


@_handled(HttpError)
def _malformed(request: HttpRequest, error: HttpError) -> HttpResponse:
    told, where = unread(error.__cause__)
    return refused(request, error.status_code, "malformed", told, [{"where": where, "message": told}] if where else [])


@_handled(SuspiciousOperation)
@_handled(BadRequest)
@_handled(MultiPartParserError)
@_handled(UnreadablePostError)
def _unreadable(request: HttpRequest, error: Exception) -> HttpResponse:  # noqa: ARG001
    return refused(request, 400, "malformed", say("请求的内容读不出来：请检查 Content-Type、分隔和编码"))


@_handled(RequestDataTooBig)
@_handled(TooManyFieldsSent)
@_handled(TooManyFilesSent)
def _too_large(request: HttpRequest, error: Exception) -> HttpResponse:  # noqa: ARG001
    return refused(request, 413, "too_large", say("内容太大，没有收。正文里不要夹带图片，附件请单独上传"))


@_handled(Exception)
def _broken(request: HttpRequest, error: Exception) -> HttpResponse:
    """Of ours, or of the machine: then it is told as a page tells it, and /health/ knows."""
    number = secrets.token_hex(2).upper()
    _log.error("%s: %s", number, request.path, exc_info=error)
    name = met(error)
    if not name:
        return refused(
            request, 500, "broken", say("平台出了问题，编号 {number}。请把编号告诉系统管理员", number=number)
        )
    told = FAULTS[name]
    message = say("{what}（编号 {number}）。{advice}", what=say(told.what), number=number, advice=say(told.advice))
    response = refused(request, told.status, name, message)
    response["Retry-After"] = RETRY_SECONDS
    return response


def _where(location: tuple[Any, ...]) -> str:
    """Without the name of the function's own argument: what the caller wrote, by its path."""
    words = [str(word) for word in location]
    return ".".join(words[2:] if words[0] == "body" and len(words) > 2 else words[1:]) or words[0]


def _is_new(request: HttpRequest) -> bool:
    """A draft that is filed, not one that stands and is sent to review."""
    return request.path.endswith("/items")
