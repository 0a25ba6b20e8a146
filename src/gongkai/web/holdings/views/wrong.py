"""错在哪一栏 — the sentences of a refusal, each at the box that it is about (条例 第十七条)."""

from __future__ import annotations

from django import forms

from gongkai.web.holdings.refusals import DraftError
from gongkai.web.look.days import IN_WORDS
from gongkai.web.look.language import say

UNSEEN = "这一栏里有看不见的字符，请重新打一遍。"
NOT_CHOSEN = "这一栏没有填好，请重新选一次。"


def of_field(form: forms.Form, name: str) -> str:
    """一栏错在哪里 — of what a field refuses, in the words of the desk (条例 第十七条)."""
    if form.has_error(name, IN_WORDS):
        return str(form.errors[name][0])
    return say(UNSEEN if form.has_error(name, "null_characters_not_allowed") else NOT_CHOSEN)


def of_form(form: forms.Form) -> dict[str, str]:
    """错在哪几栏 — of a form, by the names of its boxes (条例 第十七条)."""
    return {name: of_field(form, name) for name in form.errors}


def of_refusal(error: Exception) -> dict[str, str]:
    """错在哪几栏 — of what an action refuses; nothing where no box of the page is wrong (条例 第十七条)."""
    return {field: said for field, said in _told(error) if field}


def points(error: Exception) -> list[tuple[str, str]]:
    """一处一句 — each sentence of a refusal once, with the first box that it is about (条例 第十七条)."""
    return [(field, said) for said, field in {said: field for field, said in reversed(_told(error))}.items()][::-1]


def _told(error: Exception) -> list[tuple[str, str]]:
    boxes: tuple[str, ...] = getattr(error, "fields", ())
    if isinstance(error, DraftError):
        told = [(each.field, say(each.template, **each.values)) for each in error.problems]
        return [(field if field in boxes else "", said) for field, said in told]
    said = say(getattr(error, "template", ""), **getattr(error, "values", {}))
    return [(field, said) for field in boxes or ("",)]
