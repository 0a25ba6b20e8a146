"""公开存证被打断 — filling the log, anchoring, signing and writing heads, taking stock: like `killed_actions`."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from gongkai.law.publishing import State
from tests.laws.killable import AUDIT, Step, World


def _catch_up(w: World) -> Step:
    from gongkai.web.holdings import logged

    for _ in range(2):
        w.office.seen(w.office.create())
    return lambda: logged.catch_up(now=w.now)


def heads_to_mail(w: World) -> Step:
    """寄树头 — as it is when a letter is due (条例 第四十五条)."""
    from django.conf import settings

    from gongkai.web.bodies.actions.mailing_heads import mail_heads
    from gongkai.web.bodies.models import Staff
    from gongkai.web.journal import log

    w.item(State.PUBLISHED)
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    Staff.objects.filter(id=w.of(AUDIT).id).update(email="shenji@example.gov.cn")
    log.anchor_chains(now=w.now)
    log.sign_head(now=w.now)
    return lambda: mail_heads(now=w.now)


def _anchored(w: World) -> Step:
    from gongkai.web.journal import log

    w.item(State.PUBLISHED)
    return lambda: log.anchor_chains(now=w.now)


def _signed(w: World) -> Step:
    from gongkai.web.journal import log

    w.item(State.PUBLISHED)
    log.sign_head(now=w.office.tick())
    log.write_heads()
    w.item(State.PUBLISHED)

    def step() -> Any:
        log.sign_head(now=w.now)
        log.write_heads()

    return step


def _stock(w: World) -> Step:
    from gongkai.web.journal.stock import take_stock

    return lambda: take_stock(now=w.now)


LOG: dict[str, Callable[[World], Step]] = {
    "log.catch_up": _catch_up,
    "log.anchor_chains": _anchored,
    "log.sign_and_write_heads": _signed,
    "log.take_stock": _stock,
}
