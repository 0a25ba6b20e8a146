"""公众看得到的 — the one definition of what is public: items, and files of them (条例 第二十三条).

Portal, feeds, exports, open data, links and counts all ask here. The first condition would do; the others forgive a
mistake elsewhere.
"""

from __future__ import annotations

from django.db.models import QuerySet

from gongkai.law.publishing import State
from gongkai.law.scope import Openness
from gongkai.web.files.models import PublicCopy
from gongkai.web.files.queries import PASSED
from gongkai.web.holdings.models import Item, ItemFile, Version

NEVER_PUBLIC = (State.WITHDRAWN, State.DISCARDED, State.HELD, State.STOPPED)
"""不会公开的状态 — in these the public sees nothing of an item, whatever else it says (条例 第十三条)."""
_WRITTEN = ("public_version_id", "published_at")
_BLANK = ("withdrawn_at",)
JUDGED = (*_WRITTEN, *_BLANK, "openness", "state")
"""判断公开所需 — the columns that `is_public` asks of an item (条例 第二十三条)."""


def public() -> QuerySet[Item]:
    """公开的件 — those of which the public sees a version now (条例 第二十三条)."""
    written = {f"{name}__isnull": False for name in _WRITTEN} | {f"{name}__isnull": True for name in _BLANK}
    return Item.objects.filter(**written, openness=Openness.PROACTIVE).exclude(state__in=NEVER_PUBLIC)


def gone() -> QuerySet[Item]:
    """撤下了的件 — those of which the public reads that they were withdrawn, and nothing else (条例 第六条)."""
    return Item.objects.filter(withdrawn_at__isnull=False, published_at__isnull=False)


def was_public() -> QuerySet[Item]:
    """曾公开的件 — those that are public and those that are gone (条例 第二十三条)."""
    return public() | gone()


def is_public(item: Item) -> bool:
    """已公开 — whether an item at hand is one of `public` (条例 第二十三条)."""
    return (
        all(getattr(item, name) for name in _WRITTEN)
        and not any(getattr(item, name) for name in _BLANK)
        and item.openness == Openness.PROACTIVE
        and item.state not in NEVER_PUBLIC
    )


def public_files(version: Version) -> list[ItemFile]:
    """公开的附件 — files of a public version whose copies the public is given, in their order (条例 第二十四条)."""
    return [use for use in version.files.all() if use.copy and use.copy.published_at and _has_passed(use.copy)]


def hides(copy: PublicCopy) -> bool:
    """藏起的副本 — whether items use a copy and none of them shows it to the public now (条例 第二十四条)."""
    uses = ItemFile.objects.filter(copy=copy)
    return uses.exists() and not uses.filter(version__public_item__in=public()).exists()


def _has_passed(copy: PublicCopy) -> bool:
    return copy.file.scan_state in PASSED
