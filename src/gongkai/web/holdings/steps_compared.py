"""审核记录与办理记录对照 — who passed what, when and with which opinion, against the entries of the steps (条例
第四十五条)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from datetime import datetime
from typing import NamedTuple

from gongkai.law.publishing import Act
from gongkai.web.bodies.models import Body
from gongkai.web.holdings.models import Item, Review, Version
from gongkai.web.journal.chaining import Break, shown
from gongkai.web.journal.models import Entry, Salt
from gongkai.web.journal.queries import salted
from gongkai.web.journal.readable import all_but, entries, judged, readable

UNTOLD = "{index} 的审核记录“{act}”（{at}）办理记录里没有：绕过平台加进去的，或者改过步骤、时间、哪一稿"
GONE = "办理记录里编号 {item} 的一件有“{act}”（{at}），审核记录里没有了：绕过平台删掉或者改过"
OTHER_PERSON = "{index} 的“{act}”（{at}）审核记录里写的人不是办理记录里的：绕过平台改过"
OTHER_OPINION = "{index} 的“{act}”（{at}）意见不是当时写的：绕过平台改过"

_PREFIX = "holdings.item:"
_UNREAD = (
    *all_but("item", Item, "index_number", "body"),
    *all_but("item__body", Body, "slug"),
    *all_but("version", Version, "number"),
)


class _Step(NamedTuple):
    """What both tell of a step."""

    item: int
    act: str
    at: datetime
    before: str
    after: str
    version: int
    digest: str


class _Told(NamedTuple):
    """What the journal tells beside: who, and the digest of the opinion."""

    actor: str
    algorithm: str
    opinion: str


def steps_against_journal() -> Iterator[Break]:
    """与办理记录对照 — each step once in both; opinions as far as their salts are kept (条例 第四十五条)."""
    told = _told()
    salts = dict(entries(Salt.objects.filter(subject__startswith=_PREFIX), "subject", "value"))

    def _of(review: Review) -> Iterator[Break]:
        step = _Step(
            review.item_id,
            str(review.act),
            review.at,
            str(review.from_state),
            str(review.to_state),
            review.version.number,
            review.digest,
        )
        kept = told.get(step)
        template = _wrong(review, kept.pop(0), salts.get(f"{_PREFIX}{review.item_id}")) if kept else UNTOLD
        if template:
            values = {"index": review.item.index_number, "act": review.act.label, "at": shown(review.at)}
            yield Break(review.item.body.slug, None, template, values)

    reviews = Review.objects.select_related("item__body", "version").defer(*_UNREAD)
    for number, row in readable(reviews):
        yield from judged(number, row, _of, Review)
    for step, left in told.items():
        label = Act(step.act).label if step.act in {each.value for each in Act} else step.act
        for _ in left:
            yield Break("", None, GONE, {"item": step.item, "act": label, "at": shown(step.at)})


def _wrong(review: Review, told: _Told, salt: str | None) -> str:
    kind, _, number = told.actor.partition(":")
    if kind == "staff" and number != str(review.by_id):
        return OTHER_PERSON
    if salt is not None and told.opinion != _sealed(told.algorithm, salt, review.opinion):
        return OTHER_OPINION
    return ""


def _sealed(algorithm: str, salt: str, opinion: str) -> str:
    return salted(algorithm, salt, "opinion", opinion) if opinion else ""


def _told() -> dict[_Step, list[_Told]]:
    told: dict[_Step, list[_Told]] = defaultdict(list)
    names = ("at", "subject", "act", "actor", "facts", "algorithm")
    for at, subject, act, actor, facts, algorithm in entries(Entry.objects.filter(subject__startswith=_PREFIX), *names):
        number = subject.removeprefix(_PREFIX)
        if not (number.isdecimal() and isinstance(facts, dict) and {"to", "version", "digest"} <= facts.keys()):
            continue
        given = (str(facts.get("from", "")), str(facts["to"]), facts["version"], str(facts["digest"]))
        opinion = str((facts.get("personal") or {}).get("opinion", ""))
        told[_Step(int(number), act.removeprefix("holdings."), at, *given)].append(_Told(actor, algorithm, opinion))
    return told
