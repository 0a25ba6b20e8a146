"""清单导出 — a list as CSV; what a sheet would run as a formula is text (条例 第二十四条)."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from datetime import date

from django.db.models import QuerySet
from django.http import StreamingHttpResponse

from gongkai.web.holdings.models import Item
from gongkai.web.holdings.queries import standing
from gongkai.web.look.cells import harmless
from gongkai.web.look.language import say

HEADS = ("索引号", "标题", "发文字号", "栏目", "公开属性", "办理状态", "有效性", "成文日期", "公开期限", "发布日期")


def as_csv(found: QuerySet[Item], today: date) -> StreamingHttpResponse:
    """清单导出 — row by row, for sheets that expect a mark of UTF-8."""
    answer = StreamingHttpResponse(_lines(found, today), content_type="text/csv; charset=utf-8")
    answer["Content-Disposition"] = f'attachment; filename="items-{today:%Y%m%d}.csv"'
    return answer


class _Echo:
    def write(self, value: str) -> str:
        return value


def _lines(found: QuerySet[Item], today: date) -> Iterator[str]:
    writer = csv.writer(_Echo())
    yield "\ufeff" + writer.writerow([say(head) for head in HEADS])
    for item in found.iterator(chunk_size=500):
        cells = (
            item.index_number,
            item.title,
            item.document_number,
            item.column.name,
            item.openness.label,
            item.state.label,
            stands.label if (stands := standing(item, today)) else "",
            item.formed_on.isoformat(),
            item.due_on.isoformat(),
            f"{item.published_at:%Y-%m-%d}" if item.published_at else "",
        )
        yield writer.writerow([harmless(cell) for cell in cells])
