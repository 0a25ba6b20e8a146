"""检查与副本 — what is done with the bytes of a file, in a process of its own: anything may be in them (条例 第十五条).

Only paths, names and plain values go in; what comes out is written to a path. Nothing of Django is loaded there.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from gongkai.documents.redaction import Decisions, Inspection, inspect, masked, public_copy
from gongkai.text.hit import Severity
from gongkai.web.look.cells import harmless_table

MOST_BLOCKS = 1_000
"""最多逐一记下多少处阻断 — of one file; the rest is one count, which blocks as each of them does (条例 第十五条)."""


def inspect_into(source: str, target: str, name: str, allowed: Sequence[str]) -> None:
    """检查 — what the guard sees, as JSON at `target`: places and sentences, nothing personal (条例 第十七条)."""
    _tell(inspect(name, Path(source).read_bytes(), allowed=allowed), target)


def inspect_copy_into(
    source: str, target: str, name: str, allowed: Sequence[str], copy: str, keep: Sequence[str]
) -> None:
    """检查副本 — the copy made of `source`, as `inspect_into`; what was let pass in the source passes here too."""
    kept: list[str] = []
    if keep:
        seen = inspect(name, Path(source).read_bytes(), allowed=allowed)
        kept = [found.hit.text for found in seen.hits if found.key in keep]
    _tell(inspect(name, Path(copy).read_bytes(), allowed=(*allowed, *kept)), target)


def copy_into(source: str, target: str, name: str, allowed: Sequence[str], decisions: Mapping[str, Any] | None) -> None:
    """副本 — stripped of what is hidden; masked too where there are `decisions` (条例 第三十七条).

    DocumentError, with nothing written, where the copy was read again and something survives.
    """
    data = Path(source).read_bytes()
    if decisions is None:
        copy = public_copy(name, data)
    else:
        keep, drop = decisions.get("keep", ()), decisions.get("drop", ())
        chosen = Decisions(keep=frozenset(keep), drop=frozenset((str(grid), int(column)) for grid, column in drop))
        copy = masked(name, data, chosen, allowed=allowed)
    Path(target).write_bytes(harmless_table(copy) if name.lower().endswith((".csv", ".tsv")) else copy)


def _tell(seen: Inspection, target: str) -> None:
    told = seen.to_json()
    blocks = [hit for hit in told["hits"] if hit["severity"] == Severity.BLOCK]
    listed = {hit["key"] for hit in blocks[:MOST_BLOCKS]}
    told["hits"] = [hit for hit in told["hits"] if hit["severity"] != Severity.BLOCK or hit["key"] in listed]
    told["blocks_left"] = len(blocks) - len(blocks[:MOST_BLOCKS])
    Path(target).write_text(json.dumps(told, ensure_ascii=False), encoding="utf-8")
