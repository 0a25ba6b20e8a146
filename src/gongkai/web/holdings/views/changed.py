"""改了哪几栏 — every field of a draft that is not the same in another, in the words of the form (条例 第十七条)."""

from __future__ import annotations

from gongkai.web.bodies.models import Body, Office
from gongkai.web.holdings.differences import Part, words
from gongkai.web.holdings.draft import WORDS, Draft
from gongkai.web.holdings.forms import DraftForm
from gongkai.web.holdings.models import Column, RelationKind, Version
from gongkai.web.look.language import say

FILES = "附件"
_LABELS = {"relations": str(DraftForm.base_fields["relation_kind"].label)}
_APART = "body_html"
"""The text is compared by its paragraphs (`differences`)."""


def changed(old: Draft, new: Draft) -> list[tuple[str, tuple[Part, ...]]]:
    """改了哪几栏 — the name of each, with what went and what came; the text of an item apart (条例 第十七条)."""
    before, after = in_words(old), in_words(new)
    return [(label, words(before[label], after[label])) for label in before if before[label] != after[label]]


def in_words(draft: Draft) -> dict[str, str]:
    """各栏的内容 — of a draft as a person reads it, under the names that the form has (条例 第十二条)."""
    told = {name: getattr(draft, name) for name in WORDS if name != _APART}
    told |= {name: "" if value in (None, False) else str(value) for name, value in draft.metadata().items()}
    told |= {
        "column": _name(Column, slug=draft.column),
        "openness": say(draft.openness.label),
        "ground": say(draft.ground.label) if draft.ground else "",
        "genre": say(draft.genre.label),
        "is_normative": say("是") if draft.is_normative else say("不是"),
        "office": _name(Office, id=draft.office),
        "joint_bodies": "、".join(_short(draft.joint_bodies)),
        "relations": "、".join(f"{say(RelationKind(kind).label)} {number}" for kind, number in draft.relations),
    }
    return {_LABELS.get(name) or str(DraftForm.base_fields[name].label): value for name, value in told.items()}


def registered(version: Version | None) -> list[tuple[str, str]]:
    """登记的各栏 — what a version says beside title and text, each field that says something (条例 第十二条)."""
    title = DraftForm.base_fields["title"].label
    told = in_words(Draft.of(version)).items() if version else ()
    return [(label, value) for label, value in told if value and label != title]


def _name(kind: type[Column] | type[Office], **whose: str | int | None) -> str:
    """What is no longer there is told by what was kept of it."""
    (key,) = whose.values()
    found = kind.objects.filter(**whose).values_list("name", flat=True).first() if key else ""
    return str(found if found is not None else key)


def _short(slugs: tuple[str, ...]) -> list[str]:
    names = dict(Body.objects.filter(slug__in=slugs).values_list("slug", "short_name"))
    return [names.get(slug) or slug for slug in slugs]
