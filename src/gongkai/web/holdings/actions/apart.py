"""逐件办 — a job of the platform does its items one by one: what fails stops no other (条例 第四十七条)."""

from __future__ import annotations

import logging
import secrets
from collections.abc import Callable, Iterable
from datetime import datetime
from typing import Any, TypeVar

from django.db import Error, transaction
from django.utils import timezone

from gongkai.web.holdings import notices
from gongkai.web.holdings.models import Item

_log = logging.getLogger(__name__)
T = TypeVar("T")


def one_by_one(
    things: Iterable[T], act: Callable[[T], object], now: datetime, about: Callable[[T], Item | None] = lambda _: None
) -> int:
    """逐件 — the act on each, which opens its own transaction where it needs one; how many came to something.

    `about`: the item whose office is told, once a day, of what failed; where there is none the log alone says it.
    """
    return sum(_done(thing, act, now, about) for thing in things)


def _done(thing: T, act: Callable[[T], object], now: datetime, about: Callable[[T], Item | None]) -> bool:
    try:
        return bool(act(thing))
    except Exception:  # whatever it is: the next one must still be done
        number = secrets.token_hex(2).upper()
        _log.exception("%s: %s of %s", number, getattr(act, "__name__", "act"), _name(thing))
    try:
        with transaction.atomic():
            if item := about(thing):
                once = f"failed:{item.id}:{timezone.localdate(now)}"
                notices.tell(notices.office_of(item.body), notices.FAILED, item, now, once=once, number=number)
    except Error:  # the database itself is the trouble: the log has it
        _log.exception("%s: told to nobody", number)
    return False


def _name(thing: Any) -> str:
    return f"{type(thing).__name__}:{getattr(thing, 'pk', '')}"
