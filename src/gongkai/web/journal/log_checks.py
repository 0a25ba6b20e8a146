"""核验存证 — whether the public log still is what it was: leaves, branches, signed heads, those beside the data
(条例 第四十五条)."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import Any

from django.conf import settings

from gongkai.web.journal import heads, log, tree
from gongkai.web.journal.chaining import Anchored, Break, digest, shown
from gongkai.web.journal.models import LogEnd, LogHead, LogLeaf, LogNode
from gongkai.web.journal.readable import entries, readable, unread

LEAF = "公开存证第 {number} 条被改过、换过或者缺了"
LENGTH = "公开存证末尾记的是 {size} 条，实有 {count} 条"
BRANCH = "公开存证的树枝（第 {level} 层第 {number} 个）被改过或者缺了"
HEAD = "{at} 的树头（{size} 条）与存证不符：存证被改过，或者树头被换过"
UNSIGNED = "{at} 的树头（{size} 条）签名无效：不是本平台签的，或者被改过"
BESIDE = "{at} 存在库外的树头（{size} 条）与现在的存证不符：存证被改过、截短过，或者换回了更旧的数据库"
LOST = "{at} 的树头（{size} 条）存在库外，库里没有了：绕过平台删掉的，或者换回了更旧的数据库"
CUT = "{at} 的树头（{size} 条）库里有，数据目录里的 log-heads.jsonl 没有：文件被删过或者截短过"
UNREADABLE = "存在库外的树头读不了：{why}"


class _Growing:
    """The log as it grows leaf by leaf: the whole subtrees at its right edge, as many as the size has bits."""

    def __init__(self) -> None:
        self.size = 0
        self._edge: list[tuple[int, bytes]] = []

    def add(self, sealed: bytes) -> Iterator[tuple[int, int, str]]:
        """Take a leaf; level, position and digest of the subtrees that it completes."""
        number, level, found = self.size, 0, sealed
        while self._edge and self._edge[-1][0] == level:
            found = tree.joined(self._edge.pop()[1], found)
            level += 1
            yield level, number >> level, found.hex()
        self._edge.append((level, found))
        self.size += 1

    def root(self) -> str:
        found = None
        for _, each in reversed(self._edge):
            found = each if found is None else tree.joined(each, found)
        return (found or tree.EMPTY).hex()


def log_breaks(saved: Sequence[heads.Head] = ()) -> list[Break]:
    """存证的断处 — the first wrong leaf and branch, every head that does not fit; `saved`: heads that somebody kept."""
    breaks: list[Break] = []
    # Heads are read before the log: what is written meanwhile is not looked at.
    rows, beside = list(_heads(breaks)), _beside(breaks)
    for number, end in readable(LogEnd.objects.all()):
        if isinstance(end, Exception) or not isinstance(end.anchored, dict):
            breaks.append(unread(LogEnd, number, end if isinstance(end, Exception) else ValueError("anchored")))
    roots = _roots({row.size for row in rows} | {head.size for head in (*beside, *saved)}, breaks)
    for row in rows:
        head = log.of_row(row)
        if roots.get(head.size) != head.root:
            breaks.append(_broken(HEAD, head))
        elif not head.is_signed:
            breaks.append(_broken(UNSIGNED, head))
    signed = {(row.size, row.root, row.signature) for row in rows}
    breaks += _file_cut(rows, beside)
    kept = [*beside, *saved]
    breaks += [_broken(LOST, head) for head in kept if (head.size, head.root, head.signature) not in signed][:1]
    breaks += [_broken(BESIDE, head) for head in kept if roots.get(head.size) != head.root or not head.is_signed][:1]
    return breaks


def _file_cut(rows: Sequence[LogHead], beside: Sequence[heads.Head]) -> list[Break]:
    """The first head that the file beside the data has not, though it has a newer one; a file that is missing is
    written anew within minutes."""
    written = {(head.size, head.signature) for head in beside}
    newest = max((head.size for head in beside), default=-1)
    lost = (row for row in rows if row.size < newest and (row.size, row.signature) not in written)
    return [_broken(CUT, log.of_row(row)) for row in lost][:1]


def anchored() -> dict[str, dict[int, Anchored]]:
    """时锚所记 — what leaves of the log say of the chains: by chain and length, the digest of the last entry."""
    held: dict[str, dict[int, Anchored]] = {}
    for at, data, detail in entries(LogLeaf.objects.all(), "at", "data", "detail"):
        try:
            told = json.loads(data)
            chains = json.loads(detail)["chains"] if detail else {}
            if "entry" in told:
                chains[told["entry"][0]] = told["entry"][1:]
            for chain, (length, head) in chains.items():
                held.setdefault(str(chain), {}).setdefault(int(length), Anchored(shown(at), str(head)))
        except (AttributeError, IndexError, KeyError, TypeError, ValueError):
            continue  # a leaf that was edited is named by itself
    return held


def _roots(sizes: set[int], breaks: list[Break]) -> dict[int, str]:
    """The roots of the sizes asked for, computed from what the leaves hold now; what is wrong on the way is told."""
    growing, found = _Growing(), dict[int, str]()
    size = LogEnd.objects.values_list("size", flat=True).first() or 0
    names = ("number", "data", "digest", "detail", "act", "subject", "at")
    rows = LogLeaf.objects.filter(number__lt=size).order_by("number").values_list("pk", *names)
    grown: list[tuple[int, int, str]] = []
    is_told = False
    for _, row in readable(rows):
        if growing.size in sizes:
            found[growing.size] = growing.root()
        real, is_whole = _leaf(growing.size, row)
        if not is_told and not is_whole:
            breaks.append(Break("", growing.size, LEAF, {"number": growing.size + 1}))
            is_told = True
        grown += growing.add(real)
    if growing.size in sizes:
        found[growing.size] = growing.root()
    beyond = LogLeaf.objects.filter(number__gte=LogEnd.objects.values("size")[:1]).count()
    if size != growing.size or beyond:
        breaks.append(Break("", None, LENGTH, {"size": size, "count": growing.size + beyond}))
    if not is_told:
        breaks += _branches(grown)
    return found


def _leaf(size: int, row: tuple[Any, ...] | Exception) -> tuple[bytes, bool]:
    """The digest of a leaf, and whether it is the next, as it was written."""
    if isinstance(row, Exception):
        return tree.leaf_digest(b""), False
    _, number, data, sealed, detail, *beside = row
    real = tree.leaf_digest(data.encode() if isinstance(data, str) else b"")
    return real, number == size and real.hex() == sealed and _is_told(data, detail, *beside)


def _heads(breaks: list[Break]) -> Iterator[LogHead]:
    """Those that can be read."""
    for number, row in readable(LogHead.objects.order_by("id")):
        if isinstance(row, LogHead) and isinstance(row.at, datetime):
            yield row
        else:
            breaks.append(unread(LogHead, number, row if isinstance(row, Exception) else ValueError("at")))


def _is_told(data: str, detail: str, act: str, subject: str, at: datetime) -> bool:
    """Whether what stands beside a leaf, and what stays inside, is what the leaf says."""
    try:
        said = json.loads(data)
        told = (said.get("detail"), said["act"], said["at"], said.get("index", ""))
        return told == (digest("sha256", detail.encode()) if detail else None, act, heads.stated(at), subject)
    except (AttributeError, KeyError, TypeError, ValueError):
        return False


def _branches(grown: list[tuple[int, int, str]]) -> list[Break]:
    nodes = entries(LogNode.objects.all(), "level", "position", "digest")
    kept = {(level, at): sealed for level, at, sealed in nodes}
    for level, at, sealed in grown:
        if kept.get((level, at)) != sealed:
            return [Break("", None, BRANCH, {"level": level, "number": at + 1})]
    return []


def _beside(breaks: list[Break]) -> list[heads.Head]:
    path = settings.DATA / log.FILE
    try:
        with path.open("rb") as file:
            return list(heads.read(line for line in file if line.endswith(b"\n")))
    except FileNotFoundError:
        return []
    except (OSError, heads.HeadsError) as error:
        breaks.append(Break("", None, UNREADABLE, {"why": str(error)[:200]}))
        return []


def _broken(template: str, head: heads.Head) -> Break:
    return Break("", None, template, {"at": head.when, "size": head.size})
