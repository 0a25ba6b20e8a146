"""栏目树 — 指南, 制度, 法定主动公开内容, 年报, as data (条例 第二十条、第二十一条; 公开平台规范)."""

from __future__ import annotations

import tomllib
from importlib.resources import files
from typing import Any


def lay_out(column: Any) -> int:
    """铺设 — the columns of the data that a table has not yet; `column`: the model, today's or a migration's."""
    known = {each.slug: each for each in column.objects.all()}
    added = 0
    for order, row in enumerate(rows(), start=1):
        if row["slug"] in known:
            continue
        known[row["slug"]] = column.objects.create(
            slug=row["slug"],
            name=row["name"],
            parent=known.get(row.get("parent", "")),
            kind=row["kind"],
            scope=row.get("scope", ""),
            articles=row.get("articles", []),
            update_days=row.get("update_days"),
            order=order,
        )
        added += 1
    return added


def rows() -> list[dict[str, Any]]:
    """栏目 — as the data lists them, parents first."""
    text = (files("gongkai.web.holdings") / "data" / "columns.toml").read_text(encoding="utf-8")
    listed: list[dict[str, Any]] = tomllib.loads(text)["column"]
    return listed
