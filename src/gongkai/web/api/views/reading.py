"""接口说明 — the same that programs read as OpenAPI, for people."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from gongkai.web.api.service import api


@require_safe
def description(request: HttpRequest) -> HttpResponse:
    """接口说明 — every operation with its parts, and every kind of data with its fields."""
    schema = api.get_openapi_schema()
    operations = [
        {"path": path, "method": method.upper(), **_operation(operation)}
        for path, methods in schema["paths"].items()
        for method, operation in methods.items()
    ]
    context = {
        "groups": [(tag, [each for each in operations if each["tag"] == tag]) for tag in _tags(operations)],
        "kinds": [_kind(name, kind) for name, kind in schema["components"]["schemas"].items()],
        "root": request.build_absolute_uri("/api/v1/"),
    }
    return render(request, "api/description.html", context)


def _tags(operations: list[dict[str, Any]]) -> list[str]:
    return list(dict.fromkeys(each["tag"] for each in operations))


def _operation(operation: dict[str, Any]) -> dict[str, Any]:
    content = operation.get("requestBody", {}).get("content", {})
    answers = operation["responses"]
    done = next(status for status in answers if status < 300)
    return {
        "tag": operation["tags"][0],
        "summary": operation["summary"],
        "needs_token": bool(operation.get("security")),
        "parameters": [
            {
                "name": each["name"],
                "place": each["in"],
                "is_required": each.get("required", False),
                "about": each.get("description") or each["schema"].get("description", ""),
            }
            for each in operation.get("parameters", ())
        ],
        "sent": [(media, _name(each["schema"])) for media, each in content.items()],
        "status": done,
        "answered": _name(answers[done]["content"]["application/json"]["schema"]),
    }


def _kind(name: str, kind: dict[str, Any]) -> dict[str, Any]:
    required = kind.get("required", ())
    fields = [
        {
            "name": field,
            "type": _name(each),
            "is_required": field in required,
            "about": each.get("description", ""),
        }
        for field, each in kind.get("properties", {}).items()
    ]
    return {"name": name, "values": kind.get("enum", ()), "fields": fields}


def _name(schema: dict[str, Any]) -> str:
    """A type in a word: the name of a kind, `array of …`, or what JSON calls it."""
    if "$ref" in schema:
        return str(schema["$ref"]).rpartition("/")[2]
    if "anyOf" in schema or "allOf" in schema:
        return " | ".join(_name(each) for each in schema.get("anyOf") or schema["allOf"])
    if schema.get("type") == "array":
        return f"{_name(schema['items'])}[]"
    if "properties" in schema:
        return "、".join(schema["properties"])
    return str(schema.get("format") or schema.get("type", "object"))
