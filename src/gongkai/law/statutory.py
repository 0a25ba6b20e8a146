"""法定节日 — the days that are off in any year, also before its notice has come (放假办法 第二条).

Which days are moved, and what is worked for them, the notice alone tells: until then a date is 暂定.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta
from functools import cache
from typing import Any

from gongkai.law.sources import read_data

SPRING = range(-1, 3)  # 除夕 to 初三
MOON = {"qingming": "清明节", "duanwu": "端午节", "zhongqiu": "中秋节"}


def days(year: int) -> Mapping[date, str]:
    """一年的法定节日 — each day with its name; those of the moon as far as they are listed (放假办法 第二条)."""
    data = _data()
    found = {date(year, row["month"], day): row["name"] for row in data["fixed"] for day in row["days"]}
    for row in data["moon"]:
        if row["year"] == year:
            found |= {row["spring"] + timedelta(days=n): "春节" for n in SPRING}
            found |= {row[key]: name for key, name in MOON.items() if row[key] not in found}
    return found


@cache
def _data() -> Mapping[str, Any]:
    return read_data("statutory.toml")
