"""自某个树头以来 — whether the log only grew since a head that somebody kept, and what changed in public meanwhile
(条例 第二十三条、第四十五条; RFC 9162 §2.1.4)."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any

from django.conf import settings
from django.core.exceptions import ObjectDoesNotExist
from django.db.models import OuterRef, Subquery
from django.utils import timezone

from gongkai.law.terms import Term
from gongkai.web.journal import log, tree
from gongkai.web.journal.heads import Head, HeadsError, private_key, read
from gongkai.web.journal.models import LogHead, LogLeaf

MOST_HEADS = 200
"""最多核对多少个树头 — of one file, the newest; a few dozen questions each."""
MOST_BYTES = 1024 * 1024
_PUBLISHED = "publish"
WAS_OUT = "since"
"""补存 — in a leaf that was added later: since when the item was public before there was a log."""


class Verdict(Term):
    """核对结果 — of a head that was kept (条例 第四十五条)."""

    GREW = "grew", "存证从那以后只增加，没有改过", "条例 第四十五条"
    ALTERED = "altered", "与现在的存证不符：那以前的存证被改过，或者这个树头是伪造的", "条例 第四十五条"
    LONGER = "longer", "比现在的存证还长：存证被截短过，或者换回了更旧的数据库", "条例 第四十五条"
    FOREIGN = "foreign", "不是本平台签的：签名对，公钥是别家的", "条例 第四十五条"
    FORGED = "forged", "签名无效：被改过，或者不是平台签出的", "条例 第四十五条"


class Change(Term):
    """公开的变化 — of one item between two heads (条例 第二十三条)."""

    NEW = "new", "新公开", "条例 第二十三条"
    AGAIN = "again", "重新公开", "条例 第二十三条"
    AMENDED = "amended", "改过", "条例 第二十六条"
    TAKEN_BACK = "taken_back", "撤下", "条例 第六条第一款"
    PASSED = "passed", "公开以后又撤下", "条例 第六条第一款"
    LOGGED_LATE = "logged_late", "补存（以前已经公开）", "条例 第二十三条"


@dataclass(frozen=True, slots=True)
class Judged:
    """一个树头 — and what came of it."""

    head: Head
    verdict: Verdict

    @property
    def is_good(self) -> bool:
        """相符 — whether the log still begins with it."""
        return self.verdict is Verdict.GREW


@dataclass(frozen=True, slots=True)
class Changed:
    """一件的变化 — its index number, the chain of its body, when it was touched last."""

    index: str
    chain: str
    change: Change
    at: datetime


def saved(text: bytes) -> list[Head]:
    """存下的树头 — of a file or of what was pasted, the newest first. HeadsError where one is none.

    A mailbox breaks long lines and puts “>” before them; in a head neither blanks nor that sign stand.
    """
    lines = b"".join(text.translate(None, b">").split()).replace(b"}{", b"}\n{").splitlines()
    return sorted(read(lines), key=lambda head: head.size, reverse=True)


def of_day(day: date) -> Head | None:
    """某日的树头 — the last that was signed until the end of a day; None where there was none yet."""
    end = datetime.combine(day + timedelta(days=1), time(), timezone.get_current_timezone())
    row = LogHead.objects.filter(at__lt=end).order_by("-at", "-id").first()
    return log.of_row(row) if row else None


def judged(heads: Iterable[Head]) -> list[Judged]:
    """核对 — each head against the log as it stands: its signature, whose key, and the proof that the log only grew."""
    size = log.size()
    root = _root(size)
    own = {private_key(settings.SECRET_KEY).public_key().public_bytes_raw().hex()}
    own |= set(LogHead.objects.order_by().values_list("key", flat=True).distinct())
    return [Judged(head, _verdict(head, size, root, own)) for head in list(heads)[:MOST_HEADS]]


def _verdict(head: Head, size: int, root: bytes, own: set[str]) -> Verdict:
    if not head.is_signed:
        return Verdict.FORGED
    if head.key not in own:
        return Verdict.FOREIGN
    if head.size > size:
        return Verdict.LONGER
    try:
        path = tree.consistency(head.size, size, log.node) if 0 < head.size < size else []
    except ObjectDoesNotExist:  # a branch is gone: nothing can be proved
        return Verdict.ALTERED
    return Verdict.GREW if tree.grew(head.size, size, bytes.fromhex(head.root), root, path) else Verdict.ALTERED


def _root(size: int) -> bytes:
    try:
        return tree.root(size, log.node)
    except ObjectDoesNotExist:
        return b""


def changes(size: int, most: int = 0) -> list[Changed]:
    """公开的变化 — of every item that the leaves after the first `size` tell of, the latest first, in one question.

    `most`: only of so many leaves at the end, where anybody may ask.
    """
    size = max(size, log.size() - most) if most else size
    before = LogLeaf.objects.filter(subject=OuterRef("subject"), number__lt=size).order_by("-number")
    rows = LogLeaf.objects.filter(number__gte=size).exclude(subject="").order_by("number")
    found: dict[str, tuple[str | None, bool, Any]] = {}
    for leaf in rows.annotate(before=Subquery(before.values("data")[:1])).iterator(chunk_size=2000):
        # What was public before there was a log is no change when it is added to the log.
        before_it = leaf.data if leaf.before is None and WAS_OUT in _said(leaf.data) else leaf.before
        was, has_been_out, _ = found.get(leaf.subject, (before_it, False, None))
        found[leaf.subject] = was, has_been_out or leaf.act == _PUBLISHED, leaf
    told = [_changed(index, *each) for index, each in found.items()]
    return sorted((each for each in told if each), key=lambda each: each.at, reverse=True)


def _changed(index: str, was: str | None, has_been_out: bool, leaf: LogLeaf) -> Changed | None:
    before, after = _said(was), _said(leaf.data)
    chain = str((after.get("entry") or [""])[0])
    if was == leaf.data:  # the only one
        return Changed(index, chain, Change.LOGGED_LATE, _at(after.get(WAS_OUT), leaf.at))
    change = _change(before, after, has_been_out=has_been_out, is_known=was is not None)
    return Changed(index, chain, change, leaf.at) if change else None


def _change(before: dict[str, Any], after: dict[str, Any], *, has_been_out: bool, is_known: bool) -> Change | None:
    was_public, is_public = before.get("act") == _PUBLISHED, after.get("act") == _PUBLISHED
    if is_public and was_public:
        return Change.AMENDED if before.get("record") != after.get("record") else None
    if is_public:
        return Change.AGAIN if is_known else Change.NEW
    if was_public:
        return Change.TAKEN_BACK
    return Change.PASSED if has_been_out else None


def _at(told: object, otherwise: datetime) -> datetime:
    try:
        return datetime.fromisoformat(str(told))
    except ValueError:
        return otherwise


def _said(data: str | None) -> dict[str, Any]:
    try:
        return dict(json.loads(data)) if data else {}
    except (TypeError, ValueError):
        return {}  # edited: the verification names it


__all__ = ["MOST_BYTES", "Change", "Changed", "HeadsError", "Judged", "Verdict", "changes", "judged", "of_day", "saved"]
