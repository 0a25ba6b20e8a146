"""各栏 — what a draft says, field by field, in words and under the names of its form (条例 第十七条)."""

from __future__ import annotations

from gongkai.web.bodies.models import Body, Office
from gongkai.web.holdings.differences import Part, words
from gongkai.web.holdings.draft import WORDS, Draft
from gongkai.web.holdings.forms import DraftForm
from gongkai.web.holdings.models import Column, RelationKind
from gongkai.web.look.language import say

Change = tuple[str, tuple[Part, ...]]
"""一栏的改动 — the name of a field, and its words with what was put in and taken out (条例 第十七条)."""


def changes(old: Draft, new: Draft) -> list[Change]:
    """改了哪些栏 — all fields but the body that are not the same, none left out (条例 第十七条)."""
    before, after = _said(old), _said(new)
    names = [name for name in before if before[name] != after[name]]
    return [(_label(name), words(before[name], after[name])) for name in names]


def _label(name: str) -> str:
    return str(DraftForm.base_fields["relation_kind" if name == "relations" else name].label)


def _said(draft: Draft) -> dict[str, str]:
    column = Column.objects.filter(slug=draft.column).first()
    office = Office.objects.filter(id=draft.office).first() if draft.office else None
    joint = dict(Body.objects.filter(slug__in=draft.joint_bodies).values_list("slug", "short_name"))
    return {
        **{name: getattr(draft, name) for name in WORDS if name != "body_html"},
        "document_number": draft.document_number,
        "column": column.name if column else draft.column,
        "genre": say(draft.genre.label),
        **{name: str(getattr(draft, name) or "") for name in ("formed_on", "effective_on", "expires_on")},
        "openness": say(draft.openness.label),
        "ground": say(draft.ground.label) if draft.ground else "",
        "ground_note": draft.ground_note,
        "topic": draft.topic,
        "audience": draft.audience,
        "office": office.name if office else str(draft.office or ""),
        "joint_bodies": "、".join(joint.get(slug, slug) for slug in draft.joint_bodies),
        "is_normative": say("是") if draft.is_normative else say("不是"),
        "relations": "；".join(f"{say(RelationKind(kind).label)} {number}" for kind, number in draft.relations),
    }
