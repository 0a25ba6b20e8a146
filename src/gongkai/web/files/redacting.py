"""检查与副本 — what is done with the bytes of a file, in a process of its own: anything may be in them (条例 第十五条).

Only paths, names and plain values go in; what comes out is written to a path. Nothing of Django is loaded there.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from gongkai.documents.redaction import Decisions, inspect, masked, public_copy


def inspect_into(source: str, target: str, name: str, allowed: Sequence[str]) -> None:
    """检查 — what the guard sees, as JSON at `target`: places and sentences, nothing personal (条例 第十七条)."""
    found = inspect(name, Path(source).read_bytes(), allowed=allowed)
    Path(target).write_text(json.dumps(found.to_json(), ensure_ascii=False), encoding="utf-8")


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
    Path(target).write_bytes(copy)
