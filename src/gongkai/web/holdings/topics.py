"""可选的词 — 主题分类 and 服务对象, as data (条例 第十二条)."""

from __future__ import annotations

import tomllib
from functools import cache
from importlib.resources import files


@cache
def listed() -> dict[str, list[str]]:
    """可选的词 — by the name of their list, `topics` and `audiences` (条例 第十二条)."""
    text = (files("gongkai.web.holdings") / "data" / "topics.toml").read_text(encoding="utf-8")
    found: dict[str, list[str]] = tomllib.loads(text)
    return found
