"""附件一室 — what the room offers the house: its words for the journal, and what of it is compared with it (条例
第四十五条)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import partial

from gongkai.web.bodies.models import Body
from gongkai.web.files.journal_words import JOURNAL_WORDS
from gongkai.web.files.models import File, PublicCopy
from gongkai.web.files.wholeness import Condition, condition
from gongkai.web.journal.chaining import Break
from gongkai.web.journal.models import Entry
from gongkai.web.journal.readable import all_but, entries, judged, readable
from gongkai.web.journal.sealed_rows import Kept

UNTOLD = "附件“{name}”（编号 {number}）在库里，办理记录里没有收过它：绕过平台加进去的，或者办理记录被换过、清空过"
OTHER = "附件“{name}”（编号 {number}）不是办理记录里收到的那一个：绕过平台换过"
COPY_UNTOLD = "公开副本“{name}”（编号 {number}）在库里，办理记录里没有做过它：绕过平台加进去的"
OTHER_COPY = "公开副本“{name}”（编号 {number}）不是办理记录里做的那一个：绕过平台换过"
GIVEN_OUT = "公开副本“{name}”（编号 {number}）公众拿得到，办理记录里没有公开它，或者已经收回：绕过平台公开的"
BYTES = "附件“{name}”（编号 {number}）存着的内容{what}：绕过平台动过，或者磁盘坏了"
COPY_BYTES = "公开副本“{name}”（编号 {number}）存着的内容{what}：绕过平台动过，或者磁盘坏了"
CONDITIONS = {Condition.ALTERED: "和收下、做成的时候不一样", Condition.LOST: "找不到了"}
TAKEN_BACK = "公开副本“{name}”（编号 {number}）办理记录里公开了，没有收回，公众现在拿不到：绕过平台收回的"

_SEEN = {"inspection": "机检的发现，随时重新机检", "rules": "机检的规则，随升级变", "tries": "试过几次机检"}
kept_rows = (
    Kept(
        File,
        "files.file",
        "pk",
        "name",
        free={**_SEEN, "inspected_at": "机检的时间，随时重新机检", "scanned_at": "查毒的时间，结论变了才记"},
    ),
    Kept(PublicCopy, "files.file", "file_id", "name", free=_SEEN),
)
"""有校验值的各表 — of which tables every row is sealed in the journal (条例 第四十五条)."""
not_kept: dict[str, str] = {}
"""不比对的表 — none (条例 第四十五条)."""


COMPARED = (
    "附件有没有收过的记录，内容是不是收下时的",
    "公开副本是不是做成时的，公众拿得到的是不是公开过、没有收回的",
)
"""对照什么 — of files, in words."""
SEEN_BY_PUBLIC = frozenset({GIVEN_OUT, OTHER_COPY, COPY_BYTES, TAKEN_BACK})
"""公众看到的不对 — what is worse than other findings."""
__all__ = ["COMPARED", "JOURNAL_WORDS", "SEEN_BY_PUBLIC", "compared_with_journal", "kept_rows", "not_kept"]
_PREFIX = "files.file:"
_UNREAD = (*all_but("file", File, "body"), *all_but("file__body", Body, "slug"))


@dataclass(slots=True)
class _Told:
    """What the journal says: the digest of every file by its number, of every copy, and which copies are given out."""

    files: dict[int, str] = field(default_factory=dict)
    copies: dict[int, str] = field(default_factory=dict)
    public: set[int] = field(default_factory=set)


def compared_with_journal() -> Iterator[Break]:
    """与办理记录对照 — files and their public copies with their bytes, against what is written down of them (条例
    第四十五条)."""
    told = _told()
    files = File.objects.select_related("body").defer(*all_but("body", Body, "slug"))
    for number, file in readable(files):
        yield from judged(number, file, partial(_of_file, told=told), File)
    copies = PublicCopy.objects.select_related("file__body").defer(*_UNREAD)
    for number, copy in readable(copies):
        yield from judged(number, copy, partial(_of_copy, told=told), PublicCopy)


def _of_file(file: File, told: _Told) -> Iterator[Break]:
    kept = told.files.get(file.pk)
    if kept != file.digest:
        template = UNTOLD if kept is None else OTHER
        yield _broken(file.body.slug, template, name=file.name, number=file.pk)
    elif file.purged_at is None:
        yield from _bytes(file, file.body.slug, BYTES)


def _of_copy(copy: PublicCopy, told: _Told) -> Iterator[Break]:
    if template := _wrong(copy, told):
        yield _broken(copy.file.body.slug, template, name=copy.name, number=copy.pk)
    elif copy.published_at is not None:
        yield from _bytes(copy, copy.file.body.slug, COPY_BYTES)


def _bytes(kept: File | PublicCopy, chain: str, template: str) -> Iterator[Break]:
    if what := CONDITIONS.get(condition(kept)):
        yield _broken(chain, template, name=kept.name, number=kept.pk, what=what)


def _wrong(copy: PublicCopy, told: _Told) -> str:
    kept = told.copies.get(copy.pk)
    if kept != copy.digest:
        return COPY_UNTOLD if kept is None else OTHER_COPY
    is_given, was_given = copy.published_at is not None, copy.pk in told.public
    if is_given == was_given:
        return ""
    return GIVEN_OUT if is_given else TAKEN_BACK


def _told() -> _Told:
    told, of_file = _Told(), dict[int, set[int]]()
    rows = Entry.objects.filter(subject__startswith=_PREFIX)
    for subject, act, facts in entries(rows, "subject", "act", "facts"):
        number = subject.removeprefix(_PREFIX)
        if number.isdecimal() and isinstance(facts, dict):
            _take(told, of_file.setdefault(int(number), set()), int(number), act, facts)
    return told


def _take(told: _Told, copies: set[int], number: int, act: str, facts: dict[str, object]) -> None:
    copy, digest = facts.get("copy"), str(facts.get("digest", ""))
    if act == "files.receive":
        told.files[number] = digest
    elif act == "files.purge":  # its copies go with it
        told.public -= copies
    elif isinstance(copy, int):
        if act == "files.copy":
            told.copies[copy] = digest
            copies.add(copy)
        elif act == "files.publish":
            told.public.add(copy)
        elif act == "files.unpublish":
            told.public.discard(copy)


def _broken(chain: str, template: str, **values: object) -> Break:
    return Break(chain, None, template, values)
