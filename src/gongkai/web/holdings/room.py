"""政府信息一室 — what the room offers the house: what of it is compared with the journal (条例 第四十五条)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from gongkai.law.publishing import Act, State
from gongkai.web.holdings import logged
from gongkai.web.holdings.digests import is_intact
from gongkai.web.holdings.models import Item, Version
from gongkai.web.journal import log
from gongkai.web.journal.chaining import Break
from gongkai.web.journal.models import Entry, LogLeaf

UNTOLD = "{index} 在库里，办理记录里没有它：绕过平台加进去的，或者办理记录被换过、清空过"
GONE = "办理记录里有编号 {item} 的一件政府信息（{index}），库里没有了：绕过平台删掉的"
OTHER_STATE = "{index} 现在是“{state}”，办理记录里最后一步到的是“{told}”：绕过平台改过"
OTHER_VERSION = "{index} 第 {version} 稿不是办理记录里的那一稿：绕过平台换过"
EDITED = "{index} 第 {version} 稿的文字、元数据或者附件与它的校验值不符：绕过平台改过"
NO_VERSION = "{index} 第 {version} 稿办理记录里有，库里没有了：绕过平台删掉的"
NOT_PUBLISHED = "{index} 公众看到的第 {version} 稿，办理记录里没有公开它，或者已经撤下：绕过平台公开的"
NOT_SHOWN = "{index} 第 {version} 稿办理记录里公开了，没有撤下，公众现在看不到：绕过平台撤下的"

LOGGED_OUT = "{index} 公开存证里公开了，没有撤下，公众现在看不到：绕过平台撤下的"
LOGGED_BACK = "{index} 公开存证里已经撤下，公众现在看得到：绕过平台公开的"
LOGGED_OTHER = "{index} 公众看到的内容与公开存证里的摘要不符：绕过平台改过"

_PREFIX = "holdings.item:"
_PUBLIC = frozenset({Act.PUBLISH})
_HIDDEN = frozenset({Act.WITHDRAW, Act.ASK_PURGE})
_CHUNK = 500


@dataclass(slots=True)
class _Told:
    """What the journal says of an item: where its last step led, its versions by their digests, the public one."""

    index: str = ""
    state: str = ""
    public: int | None = None
    versions: dict[int, str] = field(default_factory=dict)


def compared_with_journal() -> Iterator[Break]:
    """与办理记录对照 — items, their states, their versions and what is public, against the steps that are written
    down (条例 第四十五条)."""
    told = _told()
    items = Item.objects.select_related("body", "public_version").order_by("id")
    for item in items.iterator(chunk_size=_CHUNK):
        yield from _of_item(item, told.get(item.id))
        if item.id in told:
            told[item.id].state = ""  # seen
    yield from _of_versions(told)
    yield from _of_log()
    for number, kept in told.items():
        if kept.state:
            yield _broken("", GONE, item=number, index=kept.index)


def _told() -> dict[int, _Told]:
    told: dict[int, _Told] = {}
    names = ("subject", "act", "facts")
    rows = Entry.objects.filter(subject__startswith=_PREFIX).order_by("id").values_list(*names)
    for subject, act, facts in rows.iterator(chunk_size=_CHUNK):
        number = subject.removeprefix(_PREFIX)
        if number.isdecimal() and isinstance(facts, dict) and {"to", "version", "digest"} <= facts.keys():
            _take(told.setdefault(int(number), _Told()), act.removeprefix("holdings."), facts)
    return told


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
    shown = item.public_version.number if item.public_version else None
    if shown != told.public:
        template, version = (NOT_PUBLISHED, shown) if shown is not None else (NOT_SHOWN, told.public)
        yield _broken(chain, template, index=item.index_number, version=version)


def _of_versions(told: dict[int, _Told]) -> Iterator[Break]:
    """Every version that a step names is there, is the one that it names, and still is what its digest says."""
    known = Version.objects.select_related("item__body").prefetch_related("files__file").order_by("item_id", "number")
    for version in known.iterator(chunk_size=_CHUNK):
        index, chain = version.item.index_number, version.item.body.slug
        kept = told.get(version.item_id)
        named = kept.versions.pop(version.number, None) if kept else None
        if named is not None and named != version.digest:
            yield _broken(chain, OTHER_VERSION, index=index, version=version.number)
        elif not is_intact(version, version.files.all()):
            yield _broken(chain, EDITED, index=index, version=version.number)
    for kept in told.values():
        for number in kept.versions if not kept.state else ():
            yield _broken("", NO_VERSION, index=kept.index, version=number)


def _of_log() -> Iterator[Break]:
    """What the public sees is what the public log says; what went out before there was a log is not in it yet."""
    said: dict[str, dict[str, object]] = {}
    for leaf in LogLeaf.objects.exclude(subject="").order_by("number").iterator(chunk_size=_CHUNK):
        try:
            said[leaf.subject] = log.told(leaf)
        except ValueError:
            continue  # edited: the log is told of by itself
    related = Item.objects.select_related("body", "public_version").prefetch_related("public_version__files__copy")
    for item in related.order_by("id").iterator(chunk_size=_CHUNK):
        last = said.get(item.index_number)
        if last is not None and (template := _unlogged(item, last)):
            yield _broken(item.body.slug, template, index=item.index_number)


def _unlogged(item: Item, leaf: dict[str, object]) -> str:
    version, is_out = item.public_version, leaf.get("act") == Act.PUBLISH.value
    if version is None:
        return LOGGED_OUT if is_out else ""
    if not is_out:
        return LOGGED_BACK
    return "" if leaf.get("record") == logged.record_digest(logged.record(item, version)) else LOGGED_OTHER


def _broken(chain: str, template: str, **values: object) -> Break:
    return Break(chain, None, template, values)
