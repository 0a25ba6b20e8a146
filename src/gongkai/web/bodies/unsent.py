"""没有提交的 — what a person typed on a page and did not send, kept under that person (条例 第十二条).

It outlives the visit, its cookie and the browser, and is there wherever its own person signs in next; nobody else is
shown it. It lies sealed in the database, where it was typed as well; it goes when it is sent, given up or old.
"""

from __future__ import annotations

import hashlib
import json
import zlib
from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from gongkai.web.bodies import sealing
from gongkai.web.bodies.models import Unsent

MOST = 20
"""一个人最多留几份 — of as many pages, the newest; each is no longer than a form may be."""
HOURS = 72
"""留多少小时 — from Friday evening to Monday morning."""
_PURPOSE = "gongkai.unsent"


def keep(whose: int, page: str, told: Mapping[str, Any], now: datetime) -> None:
    """留着 — in the place of what this person had typed on this page before (条例 第十二条)."""
    words = sealing.sealed(zlib.compress(json.dumps({**told, "page": page}).encode()), _PURPOSE)
    Unsent.objects.update_or_create(staff_id=whose, place=_place(page), defaults={"words": words, "kept_at": now})
    newest = Unsent.objects.filter(staff_id=whose).order_by("-kept_at", "-id").values_list("id", flat=True)
    if older := list(newest[MOST:]):
        Unsent.objects.filter(id__in=older).delete()


def of_page(whose: int, page: str, now: datetime) -> dict[str, Any] | None:
    """这一页上填过的 — of this person; None where there is nothing (条例 第十二条)."""
    found = Unsent.objects.filter(staff_id=whose, place=_place(page), kept_at__gt=_oldest(now)).first()
    return _opened(found) if found else None


def newest_page(whose: int, now: datetime) -> str:
    """最近填的那一页 — of this person, or empty (条例 第十二条)."""
    found = Unsent.objects.filter(staff_id=whose, kept_at__gt=_oldest(now)).order_by("-kept_at", "-id").first()
    told = _opened(found) if found else None
    return str(told["page"]) if told else ""


def forget(whose: int, page: str) -> None:
    """不留了 — it was sent or given up; nothing is written where nothing was kept (条例 第十二条)."""
    kept = Unsent.objects.filter(staff_id=whose, place=_place(page))
    if kept.exists():
        kept.delete()


def forget_under(place: str) -> None:
    """谁的都不留 — what anybody typed on pages under an address, whose words must be nowhere (保密法 第四十七条)."""
    for kept in Unsent.objects.all():
        told = _opened(kept)
        if told is None or str(told["page"]).startswith(place):
            kept.delete()


def sweep(now: datetime) -> None:
    """清理 — what is older than HOURS (条例 第十二条)."""
    Unsent.objects.filter(kept_at__lte=_oldest(now)).delete()


def _oldest(now: datetime) -> datetime:
    return now - timedelta(hours=HOURS)


def _place(page: str) -> str:
    return hashlib.sha256(page.encode()).hexdigest()


def _opened(kept: Unsent) -> dict[str, Any] | None:
    """None after the secret of the platform was changed."""
    words = sealing.opened(kept.words, _PURPOSE)
    if words is None:
        return None
    told: dict[str, Any] = json.loads(zlib.decompress(words))
    return told | {"kept_at": kept.kept_at}
