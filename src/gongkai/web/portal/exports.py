"""取走数据 — a list as CSV or JSON, in the order of the page; a sheet runs none of it (条例 第二十四条)."""

from __future__ import annotations

import csv
import json
from collections.abc import Iterable, Iterator
from datetime import date

from django.urls import reverse
from django.utils import timezone

from gongkai.web.holdings.models import Item
from gongkai.web.holdings.queries import standing
from gongkai.web.look.cells import harmless

HEADS = ("索引号", "标题", "发布机构", "文号", "体裁", "主题", "成文日期", "发布日期", "有效性", "网址")
NAMES = ("index", "title", "publisher", "number", "genre", "topic", "formed_on", "published_on", "validity", "url")
CHUNK = 500


def as_csv(items: Iterable[Item], today: date, root: str) -> Iterator[str]:
    """表格 — row by row, with the mark by which sheets know the encoding."""
    line = csv.writer(_Echo())
    yield "\ufeff" + line.writerow(HEADS)
    for item in items:
        yield line.writerow([harmless(text) for text in _values(item, today, root)])


def as_json(items: Iterable[Item], today: date, root: str) -> Iterator[str]:
    """数据 — one object an item, in an array."""
    yield "["
    for place, item in enumerate(items):
        row = dict(zip(NAMES, _values(item, today, root, code=True), strict=True))
        yield (",\n" if place else "\n") + json.dumps(row, ensure_ascii=False)
    yield "\n]\n"


def as_months(months: Iterable[tuple[date, int]]) -> Iterator[str]:
    """每月公开 — the figures of the chart."""
    line = csv.writer(_Echo())
    yield "\ufeff" + line.writerow(("月份", "公开件数"))
    for month, count in months:
        yield line.writerow((f"{month:%Y-%m}", count))


def _values(item: Item, today: date, root: str, *, code: bool = False) -> tuple[str, ...]:
    version, stands = item.public_version, standing(item, today)
    published = timezone.localtime(item.published_at) if item.published_at else None
    return (
        item.index_number,
        version.title if version else "",
        item.body.name,
        item.document_number,
        item.genre.value if code else item.genre.label,
        item.topic,
        item.formed_on.isoformat(),
        published.date().isoformat() if published else "",
        (stands.value if code else stands.label) if stands else "",
        root + reverse("portal:item", args=[item.index_number]),
    )


class _Echo:
    """What the csv module writes to: gives every line back."""

    def write(self, text: str) -> str:
        """一行 — as it would have been written."""
        return text
