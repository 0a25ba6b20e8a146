"""TOML 文件 — files that people wrote: one that is nested without end is as wrong as any other."""

from __future__ import annotations

import tomllib
from typing import Any


def read_toml(text: str) -> dict[str, Any]:
    """读 TOML — what a text of TOML holds. TOMLDecodeError, which is a ValueError, where it is none."""
    try:
        return tomllib.loads(text)
    except RecursionError:
        raise tomllib.TOMLDecodeError("nested too deeply") from None
