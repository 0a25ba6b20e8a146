"""认得的参数 — an operation refuses whatever else stands in its query (422): nothing is passed over in silence."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any, get_args, get_type_hints

from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed
from ninja import NinjaAPI
from ninja.errors import ValidationError
from ninja.params.models import Query

from gongkai.web.api.refusals import CallError

NO_METHOD = "这个网址不收 {method}，只收 {taken}，请看接口说明"


def told_alike(view: Callable[..., HttpResponse], api: NinjaAPI) -> Callable[..., HttpResponse]:
    """方法不对也照样说 — a method that an address does not take is refused as everything else is (405)."""

    @wraps(view)
    def answered(request: HttpRequest, *given: Any, **named: Any) -> HttpResponse:
        response = view(request, *given, **named)
        if not isinstance(response, HttpResponseNotAllowed):
            return response
        taken = "、".join(sorted(response["Allow"].split(", ")))
        told = api.on_exception(request, CallError(405, "method", NO_METHOD, method=request.method or "", taken=taken))
        told["Allow"] = response["Allow"]
        return told

    return answered


def only_known(operation: Callable[..., Any]) -> Callable[..., Any]:
    """只收认得的 — raises ValidationError for a parameter that is not the operation's, or that comes twice."""
    hints = get_type_hints(operation, include_extras=True)
    known = {name for name, hint in hints.items() if any(isinstance(each, Query) for each in get_args(hint))}

    @wraps(operation)
    def checked(request: HttpRequest, *given: Any, **named: Any) -> Any:
        problems = [
            {"type": "extra_forbidden" if name not in known else "twice", "loc": ("query", name), "msg": ""}
            for name, values in request.GET.lists()
            if name not in known or len(values) > 1
        ]
        if problems:
            raise ValidationError(problems)
        return operation(request, *given, **named)

    return checked
