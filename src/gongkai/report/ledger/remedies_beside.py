"""写在申请旁边的救济 — columns beside a request that tell of a case: table four counts none (条例 第五十一条).

A case counts by its kind, its days and its end, and in every year until it is decided: its own list alone tells that.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Sequence
from typing import NamedTuple

from gongkai.documents.columns import Entry, Place
from gongkai.documents.columns.values import says_nothing
from gongkai.report.ledger.doubts import is_no
from gongkai.report.ledger.layouts import REMEDIES

_HEAD = re.compile("复议|诉讼|起诉|应诉")
_OF_RIGHTS = re.compile("告知|权利|途径|期限|渠道")
_REMARK = re.compile("备注|说明|附注|经过|情况")
_FILED = re.compile(
    "(?:提起|提出|申请|进行|引起)了?(?:行政)?(?:复议|诉讼)|起诉|复议(?:机关)?(?:决定)?(?:维持|撤销|纠正)|判决"
)


class Beside(NamedTuple):
    """旁边的救济 — a column of a list of requests: its sheet, letters and head, and the rows that tell of a case."""

    sheet: str
    column: str
    head: str
    rows: tuple[int, ...]


def remedies_beside(entries: Sequence[Entry]) -> tuple[Beside, ...]:
    """哪些栏写着救济 — none where the file has a list of cases: those are the same."""
    if any(each.layout == REMEDIES for each in entries):
        return ()
    found: dict[tuple[str, int, str], list[int]] = defaultdict(list)
    for entry in entries:
        for head, column in entry.unused.items():
            if _tells(head, entry.beside.get(column, "")):
                found[entry.sheet, column, head].append(entry.row)
    return tuple(
        Beside(sheet, Place("", 0, column).letters, head, tuple(rows)) for (sheet, column, head), rows in found.items()
    )


def _tells(head: str, text: str) -> bool:
    if says_nothing(text) or is_no(text):
        return False
    if _HEAD.search(head):
        return not _OF_RIGHTS.search(head)
    return bool(_REMARK.search(head) and _FILED.search(text) and not _OF_RIGHTS.search(text))
