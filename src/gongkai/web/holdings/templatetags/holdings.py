"""模板标签 — a control of a form with its hint and its problem told to those who cannot see them (条例 第十七条)."""

from __future__ import annotations

from django import template
from django.forms import BoundField
from django.utils.safestring import SafeString

from gongkai.law.scope import Openness
from gongkai.web.files.queries import is_inspected
from gongkai.web.holdings.concluded import written
from gongkai.web.holdings.models import ItemFile, Review, Version
from gongkai.web.look.language import say

register = template.Library()


@register.filter
def conclusion(review: Review) -> str:
    """审查结论 — what a review came to, in the reader's language; else as it was written (条例 第十七条)."""
    found = written(review)
    return say(found.label) if found else str((review.record or {}).get("outcome", ""))


@register.filter
def openness(version: Version) -> str:
    """公开属性 — that a version has, in the reader's language (条例 第十三条)."""
    return say(Openness(version.metadata["openness"]).label)


@register.filter
def is_proactive(version: Version) -> bool:
    """主动公开 — whether a version is for the public (条例 第十三条)."""
    return bool(version.metadata["openness"] == Openness.PROACTIVE)


@register.filter
def tail(beginning: str, ending: object) -> str:
    """接上 — one text after another, as the name of a field of a file."""
    return f"{beginning}{ending}"


@register.filter(is_safe=True)
def tight(text: str) -> str:
    """去掉两头的空白 — of a part of a page, so that a comma may follow it."""
    return text.strip()


@register.simple_tag
def control(field: BoundField, wrong: str = "", hint: str = "", rows: int = 0) -> SafeString:
    """控件 — of a field; `rows`: lines of a text (条例 第十二条)."""
    name = field.html_name
    described = [f"{name}-{part}" for part, text in (("hint", hint), ("wrong", wrong)) if text]
    attributes: dict[str, str | bool] = {"id": name}
    if described:
        attributes["aria-describedby"] = " ".join(described)
    if wrong:
        attributes["aria-invalid"] = "true"
    if rows:
        attributes["rows"] = str(rows)
    return field.as_widget(attrs=attributes)


@register.filter
def waits_for_guard(used: ItemFile) -> bool:
    """正在机检 — whether the guard has still to look into what the public will get of a file (条例 第十七条)."""
    return not is_inspected(used.copy or used.file)
