"""政府信息一室 — what the room offers the house: its words for the journal, and what of it is compared with it (条例
第四十五条)."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import datetime
from functools import partial

from gongkai.law.publishing import Act, State
from gongkai.web.bodies.models import Body, Office
from gongkai.web.holdings import logged
from gongkai.web.holdings.digests import is_intact
from gongkai.web.holdings.draft import Draft, in_force
from gongkai.web.holdings.journal_words import JOURNAL_WORDS
from gongkai.web.holdings.kept import kept_rows, not_kept
from gongkai.web.holdings.models import Column, Item, RelationKind, Version
from gongkai.web.holdings.steps_compared import steps_against_journal
from gongkai.web.journal.chaining import Break, shown
from gongkai.web.journal.models import Entry, LogLeaf, Salt
from gongkai.web.journal.queries import salted
from gongkai.web.journal.readable import all_but, entries, judged, readable

UNTOLD = "{index} 在库里，办理记录里没有它：绕过平台加进去的，或者办理记录被换过、清空过"
GONE = "办理记录里有编号 {item} 的一件政府信息（{index}），库里没有了：绕过平台删掉的"
OTHER_STATE = "{index} 现在是“{state}”，办理记录里最后一步到的是“{told}”：绕过平台改过"
OTHER_VERSION = "{index} 第 {version} 稿不是办理记录里的那一稿：绕过平台换过"
OTHER_FIELD = "{index} 的“{field}”现在是“{found}”，{where}是“{told}”：绕过平台改过"
EDITED = "{index} 第 {version} 稿的文字、元数据或者附件与它的校验值不符：绕过平台改过"
NO_VERSION = "{index} 第 {version} 稿办理记录里有，库里没有了：绕过平台删掉的"
NOT_PUBLISHED = "{index} 公众看到的第 {version} 稿，办理记录里没有公开它，或者已经撤下：绕过平台公开的"
NOT_SHOWN = "{index} 第 {version} 稿办理记录里公开了，没有撤下，公众现在看不到：绕过平台撤下的"

LOGGED_OUT = "{index} 公开存证里公开了，没有撤下，公众现在看不到：绕过平台撤下的"
LOGGED_BACK = "{index} 公开存证里已经撤下，公众现在看得到：绕过平台公开的"
LOGGED_OTHER = "{index} 公众看到的内容与公开存证里的摘要不符：绕过平台改过"

JOURNAL, OF_VERSION, ELSE = "办理记录里", "它的这一稿里", "另一种说法"
FIELDS = {
    "column": "栏目",
    "office": "内设机构",
    "openness": "公开属性",
    "ground": "理由",
    "ground_note": "理由的依据",
    "genre": "体裁",
    "topic": "主题分类",
    "audience": "服务对象",
    "document_number": "文号",
    "is_normative": "规范性文件",
    "formed_on": "成文日期",
    "effective_on": "施行日期",
    "expires_on": "有效期",
}
"""各栏 — the columns of an item that its version decides, as the form calls them (条例 第十二条)."""

COMPARED = (
    "政府信息有没有记录，状态是不是最后一步到的那个",
    "每一稿的文字、元数据、附件是不是记录里的那一稿，各栏是不是稿子和记录里的",
    "公众看到的是不是公开过、没有撤下的，是不是公开存证里的",
    "每一步办理有没有记录",
)
"""对照什么 — of items, in words."""
SEEN_BY_PUBLIC = frozenset({NOT_PUBLISHED, NOT_SHOWN, LOGGED_OUT, LOGGED_BACK, LOGGED_OTHER})
"""公众看到的不对 — what is worse than other findings."""
__all__ = ["COMPARED", "JOURNAL_WORDS", "SEEN_BY_PUBLIC", "compared_with_journal", "kept_rows", "not_kept"]
_PREFIX = "holdings.item:"
_PUBLIC = frozenset({Act.PUBLISH})
_HIDDEN = frozenset({Act.WITHDRAW, Act.ASK_PURGE})
_CHUNK = 500
_UNREAD_OF_BODY = all_but("body", Body, "slug")
_UNREAD_OF_COLUMN = all_but("column", Column, "name")
_UNREAD_OF_OFFICE = all_but("office", Office, "name")
_UNREAD_OF_ITEM = (*all_but("item", Item, "index_number", "body"), *all_but("item__body", Body, "slug"))


@dataclass(slots=True)
class _Told:
    """What the journal says of an item: where its last step led, its versions by their digests, the public one."""

    index: str = ""
    chain: str = ""
    state: str = ""
    public: int | None = None
    published_at: datetime | None = None
    repealed_on: str = ""
    amended_on: str = ""
    why: tuple[str, str] | None = None
    versions: dict[int, str] = field(default_factory=dict)


def compared_with_journal() -> Iterator[Break]:
    """与办理记录对照 — items, their states, their versions and what is public, against the steps that are written
    down (条例 第四十五条)."""
    told = _told()
    items = Item.objects.select_related("body", "column", "office", "public_version", "newest_version")
    for number, item in readable(items.defer(*_UNREAD_OF_BODY, *_UNREAD_OF_COLUMN, *_UNREAD_OF_OFFICE)):
        kept = told.get(number)
        yield from judged(number, item, partial(_of_item, told=kept), Item)
        if kept:
            kept.state = ""  # seen
    yield from _of_versions(told)
    yield from _of_log()
    yield from steps_against_journal()
    for number, kept in told.items():
        if kept.state:
            yield _broken("", GONE, item=number, index=kept.index)


def _told() -> dict[int, _Told]:
    told: dict[int, _Told] = {}
    names = ("chain__code", "at", "subject", "act", "facts", "algorithm")
    for chain, at, subject, act, facts, algorithm in entries(Entry.objects.filter(subject__startswith=_PREFIX), *names):
        number = subject.removeprefix(_PREFIX)
        if not (number.isdecimal() and isinstance(facts, dict)):
            continue
        kept, done = told.setdefault(int(number), _Told()), act.removeprefix("holdings.")
        _take_ending(kept, done, facts)
        if {"to", "version", "digest"} <= facts.keys():
            kept.chain = chain
            _take(kept, done, facts)
            if done == Act.PUBLISH and kept.published_at is None:
                kept.published_at = at
            if done == Act.WITHDRAW:
                kept.why = (algorithm, str((facts.get("personal") or {}).get("opinion", "")))
    return {number: kept for number, kept in told.items() if kept.state}


def _take_ending(kept: _Told, act: str, facts: dict[str, object]) -> None:
    """What ends or changes a document, on which day."""
    on = str(facts.get("on", ""))
    if act in (Act.REPEAL, RelationKind.REPEALS):
        kept.repealed_on = on
    elif act == Act.UNREPEAL:
        kept.repealed_on = ""
    elif act == RelationKind.AMENDS and not kept.amended_on:
        kept.amended_on = on


def _take(kept: _Told, act: str, facts: dict[str, object]) -> None:
    version = facts["version"]
    kept.index = str(facts.get("index", kept.index))
    kept.state = str(facts["to"])
    if not isinstance(version, int):
        return
    kept.versions[version] = str(facts["digest"])
    if act in _PUBLIC:
        kept.public = version
    elif act in _HIDDEN:
        kept.public = None


def _of_item(item: Item, told: _Told | None) -> Iterator[Break]:
    chain = item.body.slug
    if told is None:
        yield _broken(chain, UNTOLD, index=item.index_number)
        return
    if item.state.value != told.state:
        known = State(told.state).label if told.state in {each.value for each in State} else told.state
        yield _broken(chain, OTHER_STATE, index=item.index_number, state=item.state.label, told=known)
    yield from _of_fields(item, told)
    seen = item.public_version.number if item.public_version else None
    if seen != told.public:
        template, version = (NOT_PUBLISHED, seen) if seen is not None else (NOT_SHOWN, told.public)
        yield _broken(chain, template, index=item.index_number, version=version)


def _of_fields(item: Item, told: _Told) -> Iterator[Break]:
    """What the item says of itself beside its text: as its version has it, and as the journal has it."""
    version = item.public_version or (item.newest_version if told.published_at is None else None)
    checks: list[tuple[str, str, object, object]] = [
        ("索引号", JOURNAL, item.index_number, told.index or item.index_number),
        ("公开主体", JOURNAL, item.body.slug, told.chain),
        ("发布时间", JOURNAL, _shown(item.published_at), _shown(told.published_at)),
        ("废止日期", JOURNAL, item.repealed_on, told.repealed_on),
        ("修改日期", JOURNAL, item.amended_on, told.amended_on),
    ]
    if version is not None and is_intact(version, version.files.all()):
        given = in_force(Draft.of(version))
        if item.public_version is None and not item.document_number:
            del given["document_number"]  # of what is stopped it is given up, as another may bear it
        checks += [(FIELDS[name], OF_VERSION, getattr(item, name), value) for name, value in given.items()]
    if item.state is State.WITHDRAWN and not _is_reason(item, told):
        checks.append(("撤下的原因", JOURNAL, item.withdrawn_reason[:20], ELSE))
    for field_name, where, found, wanted in checks:
        if str(found or "") != str(wanted or ""):
            values = {"index": item.index_number, "field": field_name, "where": where}
            yield _broken(item.body.slug, OTHER_FIELD, **values, found=str(found or ""), told=str(wanted or ""))


def _is_reason(item: Item, told: _Told) -> bool:
    """Whether the public reads the reason that was given; nobody can tell once its salt was erased."""
    salt = Salt.objects.filter(subject=f"{_PREFIX}{item.pk}").values_list("value", flat=True).first()
    if told.why is None or salt is None:
        return True
    algorithm, sealed = told.why
    return sealed == salted(algorithm, salt, "opinion", item.withdrawn_reason)


def _shown(at: datetime | None) -> str:
    return shown(at) if at else ""


def _of_versions(told: dict[int, _Told]) -> Iterator[Break]:
    """Every version that a step names is there, is the one that it names, and still is what its digest says."""
    own = Version.objects.order_by("id").values_list("id", "item_id", "number")
    named: dict[int, str] = {}
    for version, item, number in own.iterator(chunk_size=_CHUNK):
        wanted = told[item].versions.pop(number, None) if item in told else None
        named |= {version: wanted} if wanted is not None else {}

    def _of(version: Version) -> Iterator[Break]:
        values = {"index": version.item.index_number, "version": version.number}
        if named.get(version.pk, version.digest) != version.digest:
            yield _broken(version.item.body.slug, OTHER_VERSION, **values)
        elif not is_intact(version, version.files.all()):
            yield _broken(version.item.body.slug, EDITED, **values)

    known = Version.objects.select_related("item__body").prefetch_related("files__file")
    for version, row in readable(known.defer(*_UNREAD_OF_ITEM)):
        yield from judged(version, row, _of, Version)
    for kept in told.values():
        for number in kept.versions if not kept.state else ():
            yield _broken("", NO_VERSION, index=kept.index, version=number)


def _of_log() -> Iterator[Break]:
    """What the public sees is what the public log says; what went out before there was a log is not in it yet."""
    said: dict[str, dict[str, object]] = {}
    for subject, data in entries(LogLeaf.objects.exclude(subject=""), "subject", "data"):
        with suppress(TypeError, ValueError):  # edited: the log is told of by itself
            said[subject] = dict(json.loads(data))

    def _of(item: Item) -> Iterator[Break]:
        last = said.get(item.index_number)
        if last is not None and (template := _unlogged(item, last)):
            yield _broken(item.body.slug, template, index=item.index_number)

    related = Item.objects.select_related("body", "public_version").prefetch_related("public_version__files__copy")
    for number, item in readable(related.defer(*_UNREAD_OF_BODY)):
        yield from judged(number, item, _of, Item)


def _unlogged(item: Item, leaf: dict[str, object]) -> str:
    version, is_out = item.public_version, leaf.get("act") == Act.PUBLISH.value
    if version is None:
        return LOGGED_OUT if is_out else ""
    if not is_out:
        return LOGGED_BACK
    return "" if leaf.get("record") == logged.record_digest(logged.record(item, version)) else LOGGED_OTHER


def _broken(chain: str, template: str, **values: object) -> Break:
    return Break(chain, None, template, values)
