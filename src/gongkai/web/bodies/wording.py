"""办理记录的说法 — an entry in words: who, in which post, did what, to what; as rooms declare it (条例 第四十五条)."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime

from django.utils import timezone

from gongkai.law.administration import Event
from gongkai.law.roles import Role
from gongkai.web.bodies.models import Appointment, Body, Staff
from gongkai.web.journal.actions import PLATFORM
from gongkai.web.journal.models import Entry
from gongkai.web.journal.rooms import Named, Words, of_act, words

BODY_FIELDS = {
    "name": "全称",
    "short_name": "简称",
    "level": "层级",
    "uscc": "统一社会信用代码",
    "region": "行政区划代码",
    "code": "机构代码",
    "index_template": "索引号的写法",
    "number_prefix": "发文字号的机关代字",
    "is_small": "小单位：一个人可以担任几个审核岗位，但不能连办两步",
    "is_active": "在用",
    "order": "排在第几",
    "office_name": "机构名称",
    "address": "办公地址",
    "office_hours": "办公时间",
    "telephone": "联系电话",
    "fax": "传真号码",
    "postcode": "邮政编码",
    "email": "电子邮箱",
}
"""主体的各栏 — as the form and the journal call them (条例 第十二条)."""

SET_UP_BY = "启用平台的人（网页上，凭启用码）"
"""启用平台的人 — nobody is signed in yet; whoever set it up had the token of the console, and a browser."""
THE_PLATFORM = "平台"
_CODED = re.compile(r"([a-z_.]+):([0-9]{1,18})")
_DIGEST = re.compile(r"[0-9a-f]{32,}")
_CHANGE = ("from", "to")


@dataclass(frozen=True, slots=True)
class Fact:
    """一项事实 — a template and its values, as a page says it. `is_digest`: only programs compare it."""

    template: str
    values: Mapping[str, object]
    is_digest: bool = False

    def __str__(self) -> str:
        return self.template.format(**self.values)


@dataclass(frozen=True, slots=True)
class Actor:
    """谁 — a name, the posts held then, and the body of the person; no posts of who is no person."""

    name: str
    posts: tuple[str, ...] = ()
    body: str = ""


@dataclass(frozen=True, slots=True)
class About:
    """哪一件 — its kind and its number, its name and index number where there are any, where the reader may see it."""

    kind: str
    number: str = ""
    name: str = ""
    index: str = ""
    address: str = ""

    @property
    def title(self) -> str:
        """怎样称呼 — by its name, else by its index number, else by kind and number."""
        return self.name or self.index or f"{self.kind} {self.number}".strip()


@dataclass(frozen=True, slots=True)
class Row:
    """一行 — an entry, and how it is said."""

    entry: Entry
    chain: str
    act: str
    actor: Actor
    about: About
    facts: tuple[Fact, ...]
    digests: tuple[Fact, ...]


_Held = tuple[str, str, datetime, datetime | None]
"""A post of a person: in which body, which, from when until when."""


@dataclass(slots=True)
class _Known:
    """Names of all that the entries of a page speak of: a few queries for all of them."""

    things: dict[str, Mapping[int, Named]]
    bodies: dict[str, str]
    people: dict[int, tuple[str, list[_Held]]]


def named(entries: Iterable[Entry], reader: object = None) -> list[Row]:
    """说成话 — entries as this reader may read them; one question a kind of thing, however many entries."""
    listed = list(entries)
    known = _known(listed, reader)
    return [_row(each, known) for each in listed]


def _known(listed: list[Entry], reader: object) -> _Known:
    numbers: dict[str, set[int]] = {}
    for each in listed:
        for kind, number in _spoken_of(each):
            numbers.setdefault(kind, set()).add(number)
    things = {kind: thing.named(numbers[kind], reader) for kind, thing in words().things.items() if kind in numbers}
    bodies = dict(Body.objects.values_list("slug", "short_name")) | {PLATFORM: THE_PLATFORM}
    actors = {found[1] for each in listed if (found := _coded(each.actor)) and found[0] == "bodies.staff"}
    people: dict[int, tuple[str, list[_Held]]] = {
        number: (body, []) for number, body in Staff.objects.filter(id__in=actors).values_list("id", "body__slug")
    }
    held = Appointment.objects.filter(staff__in=actors).order_by("id")
    for staff, body, role, since, until in held.values_list("staff", "body__slug", "role", "appointed_at", "ended_at"):
        people[staff][1].append((body, Role(role).label, since, until))
    return _Known(things, bodies, people)


def _spoken_of(entry: Entry) -> Iterator[tuple[str, int]]:
    """Every thing that an entry names: who, what about, and in its facts."""
    yield from (found for found in (_coded(entry.actor), _coded(entry.subject)) if found)
    own = {**words().refers, **of_act(entry.act).refers}
    for name in own.keys() & entry.facts.keys():
        value = entry.facts[name]
        yield from ((own[name], each) for each in (value if isinstance(value, list) else [value]) if type(each) is int)


def _coded(written: str) -> tuple[str, int] | None:
    """A kind of thing and its number, however the journal has them: `staff:3`, `bodies.staff:3`."""
    match = _CODED.fullmatch(written)
    return (words().kinds.get(match[1], match[1]), int(match[2])) if match else None


def _row(entry: Entry, known: _Known) -> Row:
    own = of_act(entry.act)
    facts = [*_facts(entry.facts, own, known)]
    return Row(
        entry,
        known.bodies.get(entry.chain.code, entry.chain.code),
        own.acts.get(entry.act, entry.act),
        Actor(SET_UP_BY) if entry.act == Event.SET_UP else _actor(entry, known),
        _about(entry.subject, known),
        tuple(each for each in facts if not each.is_digest),
        tuple(each for each in facts if each.is_digest),
    )


def _actor(entry: Entry, known: _Known) -> Actor:
    found = _coded(entry.actor)
    if found is None:
        return Actor(words().actors.get(entry.actor, entry.actor))
    about = _thing(found, known)
    if found[0] != "bodies.staff" or found[1] not in known.people:
        return Actor(about.title if not about.name else f"{about.kind}“{about.name}”")
    body, held = known.people[found[1]]
    then = [each for each in held if each[2] <= entry.at and (each[3] is None or each[3] > entry.at)]
    here = [each for each in then if each[0] == entry.chain.code] or then
    return Actor(about.name, tuple(dict.fromkeys(each[1] for each in here)), known.bodies.get(body, body))


def _about(subject: str, known: _Known) -> About:
    if said := words().subjects.get(subject):
        return About(said)
    found = _coded(subject)
    return _thing(found, known) if found else About(subject)


def _thing(found: tuple[str, int], known: _Known) -> About:
    kind, number = found
    thing = words().things.get(kind)
    told = known.things.get(kind, {}).get(number, Named(""))
    return About(thing.label if thing else kind, str(number), told.name, told.index, told.address)


def _facts(facts: Mapping[str, object], own: Words, known: _Known) -> Iterator[Fact]:
    told = {name: value for name, value in facts.items() if value is not None}
    if all(name in told for name in _CHANGE):
        before, after = (_value(name, told.pop(name), own, known) for name in _CHANGE)
        if before != after:
            yield Fact("{before} → {after}", {"before": before, "after": after})
    for name, value in told.items():
        said = own.facts.get(name) or words().facts.get(name, name)
        if isinstance(value, dict):
            for key, each in value.items():
                yield Fact("{name} {value}", {"name": words().facts.get(key, key), "value": str(each)}, is_digest=True)
        elif value is True:
            yield Fact("{name}", {"name": said})
        else:
            values = {"value": _value(name, value, own, known)}
            is_digest = name in own.digests or bool(_DIGEST.fullmatch(str(value)))
            yield (
                Fact(said, values, is_digest)
                if "{value}" in said
                else Fact("{name} {value}", {"name": said, **values}, is_digest)
            )


def _value(name: str, value: object, own: Words, known: _Known) -> str:
    if isinstance(value, bool):
        return "是" if value else "否"
    if isinstance(value, list):
        return "、".join(_value(name, each, own, known) for each in value) or "没有"
    kind = own.refers.get(name) or words().refers.get(name)
    if kind and isinstance(value, int):
        return _thing((kind, value), known).title
    said = str(value)
    if name == "at":
        return _at(said)
    every = words()  # also of another room, where an older entry has what this one does not declare
    for each in (own.of_facts.get(name, {}), every.of_facts.get(name, {}), own.codes, every.codes):
        if said in each:
            return each[said]
    return known.bodies.get(said, said)


def _at(said: str) -> str:
    try:
        return f"{timezone.localtime(datetime.fromisoformat(said)):%Y-%m-%d %H:%M}"
    except ValueError:
        return said


def acts_by_room() -> list[tuple[str, list[tuple[str, str]]]]:
    """各室的步骤 — for a form: by the thing that a room's acts are about, code and label."""
    grouped: dict[str, list[tuple[str, str]]] = {}
    for code, label in words().acts.items():
        kinds = [thing.label for kind, thing in words().things.items() if kind in of_act(code).things]
        grouped.setdefault(kinds[0] if kinds else "办理记录", []).append((code, label))
    return list(grouped.items())


def subjects(asked: str) -> list[str]:
    """哪一件 — as the journal writes what was asked for: an index number, a name, “政府信息 12”, 12, or as it stands
    there; none where nobody calls anything so."""
    asked = " ".join(unicodedata.normalize("NFKC", asked).split())
    things = words().things
    if asked in words().subjects or ((found := _coded(asked)) and found[0] in things):
        return [asked]
    called = [f"{kind}:{number}" for kind, thing in things.items() for number in thing.found(asked)]
    labels = "|".join(re.escape(thing.label) for thing in things.values())
    match = re.fullmatch(rf"({labels})? ?([0-9]{{1,18}})", asked)
    if called or match is None:
        return called
    return [f"{kind}:{int(match[2])}" for kind, thing in things.items() if match[1] in (None, thing.label)]


def actors(asked: str) -> list[str]:
    """谁 — whom the journal calls so: by name, by login name, as a page says it, or as it stands there; none where
    nobody is called so."""
    asked = " ".join(asked.split())
    written = [code for code, said in words().actors.items() if asked in (code, said)]
    if (found := _coded(asked)) and found[0] in words().kinds.values():
        return [asked]
    called = [
        f"{short}:{number}" for short, kind in words().kinds.items() for number in words().things[kind].found(asked)
    ]
    return written + called


def acting(written: str) -> str:
    """谁办的 — a name for what the journal writes of an actor (条例 第四十五条)."""
    found = _coded(written)
    if found is None:
        return words().actors.get(written, written)
    thing = words().things.get(found[0])
    told = thing.named([found[1]], None).get(found[1]) if thing else None
    return told.name if told else written
