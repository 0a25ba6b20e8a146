"""模板标签 — sentences in the language of the page, and the small components of the look."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django import template
from django.conf import settings
from django.templatetags.static import static
from django.utils.http import urlencode
from django.utils.module_loading import import_string

from gongkai.web.look.language import say as said
from gongkai.web.look.language import value

register = template.Library()


@register.simple_tag
def say(sentence: str, fields: Mapping[str, object] | None = None, **values: object) -> str:
    """成句 — a template and its fields as the page's language says it; escaped as any variable is."""
    return said(sentence, **{**(fields or {}), **values})


@register.filter
def label(printed: str) -> object:
    """译名 — a label of the form in the language of the page."""
    return value(printed)


@register.simple_tag
def asset(path: str) -> str:
    """静态文件 — its address, new with every version of the platform."""
    return f"{static(path)}?v={settings.VERSION}"


@register.simple_tag(takes_context=True)
def query(context: Mapping[str, Any], **changed: object) -> str:
    """查询串 — that of this page with some of its fields changed; empty ones are left out."""
    kept = {**context["request"].GET.dict(), **changed}
    return "?" + urlencode({name: value for name, value in kept.items() if value})


@register.filter
def entry(mapping: Mapping[Any, Any] | None, key: object) -> object:
    """取值 — of a mapping by a key that is itself a variable; nothing where there is no mapping."""
    return mapping.get(key) if mapping else None


@register.simple_tag(takes_context=True)
def rooms(context: Mapping[str, Any]) -> list[dict[str, object]]:
    """各室 — of the desk bar, as the settings list them: those that say they are for this person, with their counts."""
    request = context["request"]
    here = request.resolver_match.namespace if request.resolver_match else ""
    found = []
    for address, name, waiting in settings.DESK_ROOMS:
        count = import_string(waiting)(request.user)
        if count is not None:
            current = context.get("room", f"{here}:") in (address, f"{address.partition(':')[0]}:")
            found.append({"address": address, "name": name, "count": count, "is_here": current})
    return found
