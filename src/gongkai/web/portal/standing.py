"""现状 — while nothing that the public sees has happened, a page is as it was (条例 第二十三条).

Every act of every room is recorded in the transaction that does it, and chains only grow. So one sum tells whether
anything happened at all; then the acts that were added tell whether the public can see it. What is not known to be
invisible counts as visible.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, datetime
from threading import Lock
from typing import Any, TypeVar

from django.db.models import Q, Sum
from django.utils import timezone

from gongkai.law.administration import Event
from gongkai.law.publishing import ROUTE, Act
from gongkai.web.journal.models import Chain, Entry

T = TypeVar("T")

# Not the final review: with it an item that was public may come to be held.
_PASSES = (act for _, act, _ in ROUTE if act is not Act.PASS_FINAL)
_STEPS = (Act.CREATE, Act.EDIT, Act.SUBMIT, Act.RECALL, Act.RETURN, *_PASSES)
UNSEEN = (
    *(f"holdings.{act.value}" for act in _STEPS),
    *(Event.SIGN_IN, Event.SIGN_IN_FAILED, Event.SIGN_OUT, Event.LOCK, Event.UNLOCK, Event.CHANGE_PASSWORD),
    *("files.receive", "files.inspect", "files.copy", "files.open"),
)
"""看不见的事 — acts that change nothing on any public page (条例 第十七条)."""


@dataclass(frozen=True, slots=True)
class Standing:
    """现状 — of all public pages on a day. `changed_at`: since when they are as they are, as this process knows."""

    number: int
    today: date
    changed_at: datetime
    _facts: dict[object, Any] = field(default_factory=dict, compare=False, repr=False)

    def remember(self, key: object, made: Callable[[], T]) -> T:
        """记住 — what many pages show, made once while the standing lasts; `key` is one of a few, never a reader's."""
        if key not in self._facts:
            self._facts[key] = made()
        known: T = self._facts[key]
        return known


class Watch:
    """察看 — the records as this process last saw them, and the standing that follows."""

    def __init__(self) -> None:
        self._lock = Lock()
        self.forget()

    def forget(self) -> None:
        """忘掉 — as if nothing had been seen."""
        self._lengths: dict[str, int] = {}
        # The sum and what stands at it are replaced together: whoever reads one reads the other.
        self._seen: tuple[int, Standing | None] = (-1, None)

    def standing(self, now: datetime) -> Standing:
        """现状 — now, by one query while nothing happens."""
        total, today = Chain.objects.aggregate(total=Sum("length"))["total"] or 0, timezone.localdate(now)
        seen, known = self._seen
        if known is not None and total == seen and known.today == today:
            return known
        with self._lock:
            lengths = dict(Chain.objects.values_list("code", "length"))
            _, known = self._seen
            if known is None or known.today != today or self._is_visible(lengths):
                known = Standing(known.number + 1 if known else 0, today, now)
            # The lengths were read after the sum: a sum too small costs one more look, never a change.
            self._lengths, self._seen = lengths, (total, known)
            return known

    def _is_visible(self, lengths: dict[str, int]) -> bool:
        grown = {code: length for code, length in lengths.items() if length != self._lengths.get(code, 0)}
        if any(length < self._lengths.get(code, 0) for code, length in grown.items()):
            return True
        new = Q(pk__in=())
        for code, length in grown.items():
            new |= Q(chain__code=code, number__gt=self._lengths.get(code, 0), number__lte=length)
        return Entry.objects.filter(new).exclude(act__in=UNSEEN).exists()


WATCH = Watch()
"""察看 — of this process."""
