"""认得的参数 — an operation refuses whatever else stands in its query (422): nothing is passed over in silence."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any, get_args, get_type_hints

from django.http import HttpRequest
from ninja.errors import ValidationError
from ninja.params.models import Query


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
