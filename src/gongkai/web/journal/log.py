"""公开存证 — the one public log of the platform: leaves are added, heads signed, proofs given (条例 第二十三条).

A leaf is added in the transaction of the act that it tells. Nothing is ever taken out or put in another order.
"""

from __future__ import annotations

import json
import os
from collections.abc import Mapping
from datetime import datetime

from django.conf import settings
from django.db import connection, transaction
from django.utils import timezone

from gongkai.web.journal import heads, tree
from gongkai.web.journal.chaining import canonical, digest
from gongkai.web.journal.models import Chain, LogEnd, LogHead, LogLeaf, LogNode

ANCHOR = "anchor"
"""时锚 — the act of a leaf that says where the chains stood."""
FILE = "log-heads.jsonl"
"""树头文件 — beside the data, one signed head a line."""


def append(
    *, act: str, subject: str, told: Mapping[str, object], now: datetime, detail: Mapping[str, object] | None = None
) -> LogLeaf:
    """存证 — one leaf at the end, inside the transaction of the act (条例 第二十三条).

    `told`: ids, codes, digests, that anybody may read. `detail`: what only the house reads; the leaf holds its digest.

    TransactionManagementError outside a transaction.
    """
    if not connection.in_atomic_block:
        raise transaction.TransactionManagementError("a leaf is written in the transaction of its act")
    end = _end()
    inside = canonical(detail) if detail else b""
    by_digest = {"detail": digest("sha256", inside)} if detail else {}
    data = canonical({**told, **by_digest, "act": act, "at": heads.stated(now)})
    sealed = tree.leaf_digest(data)
    texts = {"data": data.decode(), "detail": inside.decode(), "digest": sealed.hex()}
    leaf = LogLeaf.objects.create(number=end.size, at=now, act=act, subject=subject, **texts)
    found = sealed
    for level, position in tree.completed(end.size):
        found = tree.joined(node(level - 1, position * 2), found)
        LogNode.objects.create(level=level, position=position, digest=found.hex())
    if LogEnd.objects.filter(pk=end.pk, size=end.size).update(size=end.size + 1) != 1:
        raise transaction.TransactionManagementError("the log was moved by another writer")
    return leaf


def node(level: int, position: int) -> bytes:
    """整棵子树的摘要 — as `tree.Nodes`."""
    if level == 0:
        return bytes.fromhex(LogLeaf.objects.values_list("digest", flat=True).get(number=position))
    kept = LogNode.objects.filter(level=level, position=position)
    return bytes.fromhex(kept.values_list("digest", flat=True).get())


@transaction.atomic
def anchor_chains(*, now: datetime) -> bool:
    """立时锚 — where the chains that moved since the last time stand now; False where none did (条例 第四十五条)."""
    end = _end()
    stand = {code: [length, head] for code, length, head in Chain.objects.values_list("code", "length", "head")}
    moved = {code: where for code, where in stand.items() if end.anchored.get(code) != where}
    if not moved:
        return False
    append(act=ANCHOR, subject="", told={}, now=now, detail={"chains": moved})
    LogEnd.objects.filter(pk=end.pk).update(anchored=stand)
    return True


@transaction.atomic
def sign_head(*, now: datetime) -> LogHead | None:
    """签树头 — where the log has grown since the last, or a day began; None where neither (RFC 9162 §4.10)."""
    size = _end().size
    last = LogHead.objects.order_by("-id").first()
    if not size:
        return None
    if last and last.size == size and timezone.localdate(last.at) == timezone.localdate(now):
        return None
    key = heads.private_key(settings.SECRET_KEY)
    made = heads.signed(size, tree.root(size, node), now, key)
    return LogHead.objects.create(size=size, at=now, root=made.root, key=made.key, signature=made.signature)


def write_heads() -> None:
    """树头存在库外 — every signed head that the file beside the data does not have yet, at its end (条例 第四十五条).

    What a full disk left of a line is taken away first.
    """
    path = settings.DATA / FILE
    path.touch(mode=0o644)
    with path.open("r+b") as file:
        written = file.read()
        whole = written.rfind(b"\n") + 1
        new = LogHead.objects.order_by("id")[written.count(b"\n") :]
        lines = b"".join(canonical(of_row(row).to_json()) + b"\n" for row in new)
        if lines or whole < len(written):
            file.seek(whole)
            file.truncate()
            file.write(lines)
            file.flush()
            os.fsync(file.fileno())


def of_row(row: LogHead) -> heads.Head:
    """树头 — as it leaves the house."""
    return heads.Head(row.size, row.root, heads.stated(row.at), row.key, row.signature)


def size() -> int:
    """存证条数 — leaves of the log."""
    return LogEnd.objects.values_list("size", flat=True).first() or 0


def latest(subject: str) -> LogLeaf | None:
    """最近的存证 — of what has this index number."""
    return LogLeaf.objects.filter(subject=subject).order_by("-number").first()


def told(leaf: LogLeaf) -> dict[str, object]:
    """所存 — what a leaf says."""
    return dict(json.loads(leaf.data))


def _end() -> LogEnd:
    end, _ = LogEnd.objects.select_for_update().get_or_create(pk=1)
    return end
