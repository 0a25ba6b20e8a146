"""登录失败的计数 — who failed waits, longer each time: with a name from one place, with a name, or from an address.

Nobody is locked out by others in a browser that signed in with the name before: it is a place of its own. In a new
one a name has a few tries that do not wait for what others fail from the same network, until so many names have
failed there that somebody is trying one password after the other over all of them. Counts are in the database, so
that a new start does not wipe them out, and sink with time (GB/T 22239-2019 登录失败处理).
"""

from __future__ import annotations

import ipaddress
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.conf import settings
from django.db import transaction

from gongkai.web.bodies.models import Tries
from gongkai.web.bodies.names import place_key, tries_key

HERE = "连错 {limit} 次以上，请等 {minutes} 分钟再试；急用请找安全管理员解除。"
NAME = (
    "近一小时用这个登录名登录，失败的太多，请等 {minutes} 分钟再试，或者用以前登录过的浏览器；急用请找安全管理员解除。"
)
ADDRESS = (
    "近一小时从您所在的网络登录，失败的太多，请等 {minutes} 分钟再试，或者用以前登录过的浏览器；"
    "急用请找管平台的人解除。"
)
SPARED = 2
"""一个登录名先试几次 — from one network, whatever few others failed there; a try and one more for what was mistyped."""
MOST_ROWS = 200_000
"""最多记多少 — counts; where there are more, those of the fewest failures go first."""
_FIRST, _SOFT, _HOUR, _DAY = timedelta(minutes=1), timedelta(minutes=5), timedelta(hours=1), timedelta(days=1)
_MORE = 10
"""A count does not rise further above what is free: it sinks in a few days, whatever was done to it."""
_DAYS_KEPT = 3


@dataclass(frozen=True, slots=True)
class Visitor:
    """来人 — the address, and the mark of the browser where it signed in with this name before (`devices`)."""

    address: str | None
    device: str = ""


@dataclass(frozen=True, slots=True)
class Rule:
    """规矩 — `free` failures in a `period` cost no time; then a minute, twice as long each time, up to `longest`."""

    template: str
    free: int
    period: timedelta
    longest: timedelta

    def level(self, kept: Tries, now: datetime) -> float:
        """现在的数 — what has not sunk yet; a clock that was set back sinks nothing."""
        sunk = max(timedelta(), now - kept.last_at) / self.period * self.free
        return max(0.0, kept.level - sunk)

    def wait(self, level: float) -> timedelta:
        """等多久 — after a failure that brought the count to this level."""
        above = round(level) - self.free
        return timedelta() if above < 0 else min(self.longest, _FIRST * 2**above)

    def left(self, kept: Tries, now: datetime) -> timedelta:
        """还要等多久 — nothing where it is more than was ever set: the clock was wrong then."""
        left = kept.until - now if kept.until else timedelta()
        return left if timedelta() < left <= self.longest else timedelta()


@dataclass(frozen=True, slots=True)
class Gate:
    """关口 — one count that a try has to pass, and its rule.

    `spared`: a name that failed fewer times than this at the place does not wait here.
    """

    name: str
    place: str
    rule: Rule
    spared: int = 0


@dataclass(frozen=True, slots=True)
class Counted:
    """计过的一次 — its counts; `left`: how many failures more cost no time; `wait`: how long the next one waits.

    `before`: until when each count had others wait before this try.
    """

    rows: tuple[Tries, ...]
    before: tuple[datetime | None, ...]
    left: int
    wait: timedelta
    rule: Rule


class WaitError(Exception):
    """还要等 — a try that is not looked at: by which rule, and how long."""

    def __init__(self, rule: Rule, left: timedelta) -> None:
        super().__init__(rule.template, left)
        self.rule, self.left = rule, left


def gates(name: str, visitor: Visitor) -> list[Gate]:
    """各关 — of a try with a name; a browser known by it passes its own alone, as nobody else can raise that count."""
    key = tries_key(name)
    here = Rule(HERE, settings.SIGN_IN_FAILURES, _DAY, timedelta(minutes=settings.SIGN_IN_LOCK_MINUTES))
    if visitor.device:
        return [Gate(key, place_key(visitor.device), here)]
    place = address_key(visitor.address)
    # Where nobody can say which address it is, all would share its count.
    of_address = [Gate("", place, _by_address(), SPARED)] if visitor.address else []
    of_name = Gate(key, "", Rule(NAME, settings.SIGN_IN_NAME_FAILURES, _HOUR, _SOFT))
    return [*of_address, of_name, Gate(key, place, here)]


def gates_of_set_up(address: str | None) -> list[Gate]:
    """启用码的关 — one count for an address, of its own: no failure to sign in is one with the token."""
    return [Gate(place_key("set-up"), address_key(address), _by_address())]


def _by_address() -> Rule:
    return Rule(ADDRESS, settings.SIGN_IN_ADDRESS_FAILURES, _HOUR, _SOFT)


def address_key(address: str | None) -> str:
    """地址的键 — of the network that one subscriber has: with IPv6 that is the first half of the address."""
    if address and ipaddress.ip_address(address).version == 6:
        address = str(ipaddress.ip_network((address, 64), strict=False))
    return place_key(f"address {address or ''}")


@transaction.atomic
def count(asked: Sequence[Gate], now: datetime) -> Counted:
    """计一次 — before the try is looked at: those of the same moment stand in line. WaitError counts nothing."""
    rows = [
        Tries.objects.select_for_update().get_or_create(
            name=gate.name, place=gate.place, defaults={"last_at": now}
        )[0]
        for gate in asked
    ]  # fmt: skip
    failed_here = round(asked[-1].rule.level(rows[-1], now))
    for gate, kept in zip(asked, rows, strict=True):
        left = gate.rule.left(kept, now)
        if left and not _is_spared(gate, failed_here, now):
            raise WaitError(gate.rule, left)
    waits, before = [], tuple(kept.until for kept in rows)
    for gate, kept in zip(asked, rows, strict=True):
        kept.level = min(gate.rule.level(kept, now) + 1, gate.rule.free + _MORE)
        wait = gate.rule.wait(kept.level)
        kept.last_at, kept.until = now, now + wait if wait else None
        kept.save()
        waits.append(timedelta() if wait and _is_spared(gate, failed_here + 1, now) else wait)
    longest = max(range(len(waits)), key=waits.__getitem__)
    own = max(0, asked[-1].rule.free - round(rows[-1].level))
    return Counted(tuple(rows), before, own, waits[longest], asked[longest].rule)


def _is_spared(gate: Gate, failed: int, now: datetime) -> bool:
    """Whether a name that failed so often at a place does not wait there: not where too many names failed of late."""
    if failed >= gate.spared:
        return False
    names = Tries.objects.filter(place=gate.place, level__gt=0, last_at__gt=now - gate.rule.period).exclude(name="")
    return names.count() < gate.rule.free


@transaction.atomic
def forgive(counted: Counted) -> None:
    """不算失败 — what was right is taken back from every count, with the wait that it set in place of one before."""
    for each, before in zip(counted.rows, counted.before, strict=True):
        kept = Tries.objects.select_for_update().filter(id=each.id).first()
        if kept is not None:
            kept.level, kept.until = max(0.0, kept.level - 1), before if kept.until == each.until else kept.until
            kept.save()


def forget(name: str, visitor: Visitor) -> None:
    """一笔勾销 — the failures with a name at the place from which its person came in; not those elsewhere."""
    last = gates(name, visitor)[-1]
    Tries.objects.filter(name=last.name, place=last.place).delete()


def sweep(now: datetime) -> None:
    """清理计数 — what has sunk, and what is too many."""
    Tries.objects.filter(last_at__lt=now - timedelta(days=_DAYS_KEPT)).delete()
    over = Tries.objects.count() - MOST_ROWS
    if over > 0:
        Tries.objects.filter(id__in=Tries.objects.order_by("level", "last_at").values("id")[:over]).delete()
