"""语言 — sentences are Chinese templates with named fields; English comes from the catalogue of the house."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime
from functools import cache
from gettext import GNUTranslations
from importlib.resources import files

from django.utils import timezone, translation

from gongkai.report.labels import translated

CHINESE, ENGLISH = "zh-hans", "en"
MARKS = {"、": ", ", "，": ", ", "；": "; ", "。": ". ", "：": ": "}


def say(template: str, fields: Mapping[str, object] | None = None, /, **values: object) -> str:
    """成句 — the sentence of a template in the language of the page; `fields={}` leaves the fields open."""
    known = catalogue()(template) if translation.get_language() == ENGLISH and template else template
    return known if fields == {} else known.format(**{name: value(given) for name, given in values.items()})


def value(given: object) -> object:
    """字段 — a value of a sentence: an instant by the clock on the wall; what the catalogue knows as a label is said in
    the language of the page."""
    if isinstance(given, datetime):
        return f"{timezone.localtime(given) if timezone.is_aware(given) else given:%Y-%m-%d %H:%M}"
    if translation.get_language() != ENGLISH or not isinstance(given, str) or not given:
        return given
    return translated(given, catalogue())


@cache
def catalogue() -> Callable[[str], str]:
    """译文 — a Chinese template to the same template in English; one it does not know stays."""
    with (files("gongkai") / "cli" / "locale" / "en" / "LC_MESSAGES" / "gongkai.mo").open("rb") as file:
        known = GNUTranslations(file).gettext
    return lambda template: english if (english := known(template)) != template else MARKS.get(template, template)
