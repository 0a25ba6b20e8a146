"""存证 — what goes out and what is taken back stands in the public log, by a digest that anybody can compute (条例
第二十三条)."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db import transaction

from gongkai.law.publishing import Act
from gongkai.web.holdings.models import Item, Version
from gongkai.web.journal import log
from gongkai.web.journal.chaining import canonical, digest
from gongkai.web.journal.heads import stated
from gongkai.web.journal.models import Chain, LogLeaf
from gongkai.web.journal.since import WAS_OUT

ALGORITHM = "sha256"
METADATA = ("document_number", "formed_on", "effective_on", "expires_on")
WORDS = ("title", "summary", "keywords", "source", "annotation")


def record(item: Item, version: Version) -> dict[str, Any]:
    """公开的内容 — what the public sees of a version, as it is hashed for the log: words, days, files by their digests
    (条例 第二十三条). Whoever has it computes the same digest."""
    files = [
        {"title": each.title, "name": each.copy.name, "algorithm": each.copy.algorithm, "digest": each.copy.digest}
        for each in version.files.all()
        if each.copy
    ]
    return {
        "index": item.index_number,
        **{name: getattr(version, name) for name in WORDS},
        "text": version.body_text,
        "published_at": stated(item.published_at) if item.published_at else None,
        **{name: version.metadata.get(name) for name in METADATA},
        "files": files,
    }


def record_digest(told: dict[str, Any]) -> str:
    """内容的摘要 — SHA-256 over canonical JSON: keys sorted, no blanks, UTF-8."""
    return digest(ALGORITHM, canonical(told))


def went_out(item: Item, version: Version, now: datetime, was_out: datetime | None = None) -> LogLeaf:
    """公开存证 — in the transaction by which it goes out; `was_out`: since when it was public before there was a log
    (条例 第二十三条)."""
    told = {"version": version.number, "record": record_digest(record(item, version))}
    return _append(item, Act.PUBLISH, told | ({WAS_OUT: stated(was_out)} if was_out else {}), now)


def taken_back(item: Item, act: Act, now: datetime) -> LogLeaf:
    """撤下存证 — that the public no longer sees it; the log does not say why (条例 第六条、保密法 第三十四条)."""
    return _append(item, Act.WITHDRAW if act is Act.ASK_PURGE else act, {}, now)


def catch_up(*, now: datetime, most: int = 200) -> int:
    """补存证 — of what went out before there was a log; how many (条例 第二十三条)."""
    known = LogLeaf.objects.exclude(subject="").values("subject")
    waiting = Item.objects.filter(public_version__isnull=False).exclude(index_number__in=known).order_by("id")
    return sum(_caught_up(number, now) for number in list(waiting.values_list("id", flat=True)[:most]))


@transaction.atomic
def _caught_up(number: int, now: datetime) -> bool:
    item = Item.objects.select_related("body").select_for_update(of=("self",)).get(id=number)
    version = item.public_version
    if version is None or log.latest(item.index_number):
        return False
    went_out(item, version, now, was_out=item.published_at or now)
    return True


def _append(item: Item, act: Act, told: dict[str, object], now: datetime) -> LogLeaf:
    chain = item.body.slug
    where = Chain.objects.filter(code=chain).values_list("length", "head").first()
    entry = {"entry": [chain, *where]} if where else {}
    return log.append(
        act=act.value, subject=item.index_number, told={"index": item.index_number, **told, **entry}, now=now
    )
