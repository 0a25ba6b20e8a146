"""模板标签 — sentences in the language of the page, and the small components of the look."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from django import template
from django.conf import settings
from django.forms import BaseForm, BoundField, CheckboxInput, Select, SelectMultiple
from django.templatetags.static import static
from django.utils.html import format_html
from django.utils.http import urlencode
from django.utils.module_loading import import_string
from django.utils.safestring import SafeString, mark_safe

from gongkai.web.look.language import say as said
from gongkai.web.look.language import value
from gongkai.web.look.leftover import as_given

register = template.Library()
_HARMLESS = {ord(sign): f"\\u{ord(sign):04x}" for sign in "<>&\u2028\u2029"}


@register.simple_tag
def say(sentence: str, fields: Mapping[str, object] | None = None, **values: object) -> str:
    """成句 — a template and its fields as the page's language says it; escaped as any variable is."""
    return said(sentence, **{**(fields or {}), **values})


@register.simple_tag
def given(form: BaseForm) -> str:
    """原样 — a hidden field by which a form that comes back untouched is known; none where it was typed in."""
    if form.is_bound:
        return ""
    return format_html('<input type="hidden" name="given" value="{}">', as_given(dict(map(_submitted, form))))


def _submitted(field: BoundField) -> tuple[str, list[object]]:
    """What a browser sends of a field that nobody touched."""
    value, widget = field.value(), field.field.widget
    if isinstance(widget, CheckboxInput):
        return field.html_name, ["on"] if value else []
    if isinstance(widget, SelectMultiple):
        return field.html_name, list(value or ())
    if isinstance(widget, Select):
        options = [str(option["value"]) for _, group, _ in widget.optgroups(field.html_name, []) for option in group]
        chosen = "" if value is None else str(value)
        return field.html_name, [chosen if chosen in options else next(iter(options), "")]
    return field.html_name, [widget.format_value(value) or ""]


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
    """各室 — of the desk bar, as the settings list them: those that say they are for this person, with their counts.

    The one of this page is marked; pages deeper in a room name it as `room` in their context.
    """
    request = context["request"]
    here = request.resolver_match.view_name if request.resolver_match else ""
    current = here if here in {address for address, _, _ in settings.DESK_ROOMS} else context.get("room", "")
    found = []
    for address, name, waiting in settings.DESK_ROOMS:
        count = import_string(waiting)(request.user)
        if count is not None:
            found.append({"address": address, "name": name, "count": count, "is_here": address == current})
    return found


@register.filter
def grouped(number: int) -> str:
    """千分位 — 12946 as 12,946."""
    return f"{number:,}"


@register.simple_tag
def linked_data(data: Mapping[str, object]) -> SafeString:
    """关联数据 — an object for machines in the head of a page; nothing in it can end its element or run."""
    words = json.dumps(data, ensure_ascii=False).translate(_HARMLESS)
    return format_html('<script type="application/ld+json">{}</script>', mark_safe(words))  # noqa: S308 - escaped above
