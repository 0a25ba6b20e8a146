"""表单 — what is typed on the pages of the desk, as values that actions take (条例 第十二条)."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from functools import partial
from typing import Any, cast

from django import forms
from django.core.exceptions import ValidationError
from django.http import HttpRequest, QueryDict
from django.utils import timezone

from gongkai.law.scope import Genre, Ground, Openness
from gongkai.law.terms import Term
from gongkai.web.bodies.models import Body
from gongkai.web.holdings import markup, one_line
from gongkai.web.holdings.draft import FIRST_DAY, LAST_DAY, WORDS, Draft
from gongkai.web.holdings.metadata import (
    MANY_CELLS,
    MANY_LINES,
    MANY_MARKS,
    MANY_SIGNS,
    MOST_BODY,
    MOST_CELLS,
    MOST_LINES,
    MOST_MARKS,
)
from gongkai.web.holdings.models import Column, ColumnKind, RelationKind, Version
from gongkai.web.holdings.topics import listed
from gongkai.web.look.days import IN_WORDS, DayField, MomentField
from gongkai.web.look.language import say

RELATIONS = tuple((kind.value, kind.label) for kind in RelationKind)
NO_KIND = "写了那一件的索引号，没有选是什么关系，请选一个；没有关系的，把索引号清空"
NO_NUMBER = "选了关系，没有写那一件的索引号，请写上；没有关系的，关系选空白的一项"

NO_GROUND_NEEDED = (
    "公开属性选的是“{openness}”，这一栏填的留不下来。不主动公开的，请先改公开属性；主动公开的，请清空这一栏"
)


def _day() -> forms.DateInput:
    return forms.DateInput(attrs={"type": "date", "min": FIRST_DAY, "max": LAST_DAY}, format="%Y-%m-%d")


def _in_reach(day: date) -> None:
    """A day from which working days can be counted; beyond it somebody has slipped."""
    if not FIRST_DAY <= day <= LAST_DAY:
        raise ValidationError(say("“{day}”不像是真的日期，请核对年份", day=day), code=IN_WORDS)


def _in_a_line(text: str, *, field: str) -> None:
    """What would be changed in silence is said (`one_line`)."""
    if why := one_line.problem(text, field):
        raise ValidationError(say(why[0], **why[1]), code=IN_WORDS)


class DraftForm(forms.Form):
    """拟稿 — the words and the metadata of one item; what is missing is said when it is sent off (条例 第十二条)."""

    title = forms.CharField(label="标题", required=False)
    document_number = forms.CharField(label="发文字号", required=False)
    column = forms.ChoiceField(label="栏目", required=False)
    genre = forms.ChoiceField(label="体裁", required=False)
    formed_on = DayField(label="成文日期", widget=_day(), validators=[_in_reach])
    effective_on = DayField(label="实施日期", required=False, widget=_day(), validators=[_in_reach])
    expires_on = DayField(label="有效期至", required=False, widget=_day(), validators=[_in_reach])
    openness = forms.ChoiceField(label="公开属性")
    ground = forms.ChoiceField(label="不主动公开的理由", required=False)
    ground_note = forms.CharField(label="理由的依据", required=False)
    annotation = forms.CharField(label="附注", required=False)
    body = forms.CharField(label="正文", required=False, strip=False, widget=forms.Textarea(attrs={"class": "long"}))
    summary = forms.CharField(label="内容概述", required=False, widget=forms.Textarea)
    topic = forms.ChoiceField(label="主题分类", required=False)
    audience = forms.ChoiceField(label="服务对象", required=False)
    keywords = forms.CharField(label="关键词", required=False)
    source = forms.CharField(label="信息来源", required=False)
    office = forms.ChoiceField(label="拟稿机构", required=False)
    joint_bodies = forms.MultipleChoiceField(label="联合发文", required=False)
    is_normative = forms.BooleanField(label="行政规范性文件", required=False)
    relation_kind = forms.ChoiceField(label="与另一件的关系", required=False)
    relation_to = forms.CharField(label="那一件的索引号", required=False)
    related = forms.MultipleChoiceField(label="另外的关系", required=False)

    def __init__(self, body: Body, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.of = body
        choices: dict[str, Any] = {
            "column": [("", ""), *_columns()],
            "genre": _terms(Genre),
            "openness": _terms(Openness),
            "ground": [("", ""), *_terms(Ground)],
            "topic": [("", ""), *((each, each) for each in listed()["topics"])],
            "audience": [("", ""), *((each, each) for each in listed()["audiences"])],
            "office": [("", ""), *((str(each.id), each.name) for each in body.offices.all())],
            "joint_bodies": [(each.slug, each.short_name) for each in Body.objects.exclude(id=body.id)],
            "relation_kind": [("", ""), *RELATIONS],
            "related": self._related(),
        }
        for name, offered in choices.items():
            cast(forms.ChoiceField, self.fields[name]).choices = offered
        for name in (*one_line.FIELDS, *one_line.LONG_FIELDS):
            if type(self.fields[name]) is forms.CharField:
                self.fields[name].validators = [partial(_in_a_line, field=name)]

    def _related(self) -> list[tuple[str, str]]:
        """The relations beyond the first, ticked to be kept: what there is, and what was sent."""
        sent = self.data.getlist("related") if isinstance(self.data, QueryDict) else self.data.get("related", [])
        parted = {each: each.partition(" ") for each in (*self.initial.get("related", ()), *sent)}
        labels = dict(RELATIONS)
        return [(each, f"{say(labels[kind])} {to}") for each, (kind, _, to) in parted.items() if kind in labels]

    def clean_body(self) -> str:
        """正文的长短 — what nobody could look into is refused before anything is made of it."""
        given = str(self.cleaned_data["body"])
        for template, most, count in (
            (MANY_CELLS, MOST_CELLS, given.count("\t")),
            (MANY_LINES, MOST_LINES, given.count("\n")),
            (MANY_MARKS, MOST_MARKS, given.count("**") // 2 + given.count("](")),
            (MANY_SIGNS, MOST_BODY, len(given)),
        ):
            if count > most:
                raise ValidationError(say(template, count=count, most=most), code=IN_WORDS)
        return given

    def clean(self) -> dict[str, Any]:
        """成对的栏 — a relation has its kind and its number, or neither: half of one is not dropped in silence."""
        given = super().clean() or self.cleaned_data
        kind, other = given.get("relation_kind"), str(given.get("relation_to") or "").strip()
        if other and not kind and "relation_kind" not in self.errors:
            self.add_error("relation_kind", ValidationError(say(NO_KIND), code=IN_WORDS))
        elif kind and not other and "relation_to" not in self.errors:
            self.add_error("relation_to", ValidationError(say(NO_NUMBER), code=IN_WORDS))
        self._check_ground(given)
        return given

    def _check_ground(self, given: dict[str, Any]) -> None:
        """Why it is not disclosed has no place in what is: what was typed now is not dropped in silence."""
        if given.get("openness") != Openness.PROACTIVE:
            return
        for name in ("ground", "ground_note"):
            typed = str(given.get(name) or "").strip()
            if typed and typed != str(self.initial.get(name) or ""):
                told = say(NO_GROUND_NEEDED, openness=Openness.PROACTIVE.label)
                self.add_error(name, ValidationError(told, code=IN_WORDS))

    def draft(self) -> Draft:
        """拟稿 — of what was typed; a field that the form does not take is as if nothing were there."""
        given = _NOTHING | self.cleaned_data
        openness = Openness(given["openness"])
        is_closed = openness is not Openness.PROACTIVE
        relation = (given["relation_kind"], given["relation_to"].strip())
        return Draft(
            **{name: given[name].strip() for name in WORDS if name != "body_html"},
            body_html=markup.to_html(given["body"]),
            column=given["column"],
            formed_on=given["formed_on"] or timezone.localdate(),
            openness=openness,
            ground=Ground(given["ground"]) if given["ground"] and is_closed else None,
            ground_note=given["ground_note"].strip() if is_closed else "",
            genre=Genre(given["genre"] or Genre.OTHER),
            topic=given["topic"],
            audience=given["audience"],
            document_number=given["document_number"].strip(),
            is_normative=given["is_normative"],
            effective_on=given["effective_on"],
            expires_on=given["expires_on"],
            office=int(given["office"]) if given["office"] else None,
            joint_bodies=tuple(given["joint_bodies"]),
            relations=tuple(dict.fromkeys([relation] * all(relation) + [_pair(each) for each in given["related"]])),
        )


def _pair(related: str) -> tuple[str, str]:
    kind, _, number = related.partition(" ")
    return kind, number


def initial(version: Version) -> dict[str, Any]:
    """已填的 — what a version holds, as the form shows it (条例 第十七条)."""
    draft = Draft.of(version)
    kind, other = draft.relations[0] if draft.relations else ("", "")
    return {
        **{name: getattr(version, name) for name in WORDS},
        **version.metadata,
        "body": markup.to_text(version.body_html),
        "office": str(draft.office or ""),
        "relation_kind": kind,
        "relation_to": other,
        "related": [" ".join(each) for each in draft.relations[1:]],
    }


_NOTHING: dict[str, Any] = {
    **dict.fromkeys(DraftForm.base_fields, ""),
    **dict.fromkeys(("formed_on", "effective_on", "expires_on")),
    "openness": Openness.PROACTIVE,
    "joint_bodies": (),
    "related": (),
    "is_normative": False,
}


class StepForm(forms.Form):
    """一步要填的 — of the steps that ask for a reason, a day, a time or another item (条例 第十七条)."""

    edition = forms.IntegerField(required=False)
    opinion = forms.CharField(label="理由", required=False)
    day = DayField(label="日期", required=False)
    at = MomentField(label="时间", required=False)
    answer = forms.CharField(label="保密部门的答复", required=False)
    number = forms.CharField(label="答复的文号", required=False)
    until = DayField(label="到哪一天为止", required=False)
    by = forms.CharField(label="由哪一件废止（索引号，可以不填）", required=False)


def checked(request: HttpRequest, names: Iterator[str] | tuple[str, ...]) -> dict[str, str]:
    """所填各项 — of a form that the page itself lays out; how long each may be is for the step to say."""
    return {name: request.POST.get(name, "") for name in names}


def _terms(term: type[Term]) -> list[tuple[str, str]]:
    return [(str(member.value), member.label) for member in term]


def _columns() -> list[tuple[str, Any]]:
    """Columns in which items can stand, under the one above them."""
    rows = list(Column.objects.filter(is_active=True).select_related("parent"))
    places: dict[str, list[tuple[str, str]]] = {}
    for each in rows:
        if each.kind != ColumnKind.BRANCH:
            places.setdefault(each.parent.name if each.parent else "", []).append((each.slug, each.name))
    return [*places.pop("", []), *places.items()]
