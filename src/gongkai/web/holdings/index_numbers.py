"""索引号 — made by the template of a body; unique, immutable, never used twice, gaps allowed (条例 第十二条)."""

from __future__ import annotations

import re

from django.db.models import F

from gongkai.web.bodies.models import Body
from gongkai.web.holdings.models import IndexCounter

FIELD = re.compile(r"\{(uscc|region|code|yyyy|seq)(?::0(\d)d)?\}")
"""字段 — what a template may hold: 统一社会信用代码, 行政区划, 机构代码, 年, 顺序号 (条例 第十二条)."""


def next_index_number(body: Body, year: int) -> str:
    """取号 — the next number of a body in a year, inside the caller's transaction (条例 第十二条).

    The row of the counter is written first and read after, so that two clerks never get the same.
    """
    counter, _ = IndexCounter.objects.get_or_create(body=body, year=year)
    IndexCounter.objects.filter(id=counter.id).update(last=F("last") + 1)
    counter.refresh_from_db()
    return rendered(body, year, counter.last)


def rendered(body: Body, year: int, serial: int) -> str:
    """索引号 — by the template of the body; where it has no code of its own, its short name in addresses stands in."""
    values: dict[str, str | int] = {
        "uscc": body.uscc or body.slug.upper(),
        "region": body.region,
        "code": body.code or body.slug.upper(),
        "yyyy": year,
        "seq": serial,
    }

    def _field(match: re.Match[str]) -> str:
        return str(values[match[1]]).zfill(int(match[2] or 0))

    return FIELD.sub(_field, body.index_template)
