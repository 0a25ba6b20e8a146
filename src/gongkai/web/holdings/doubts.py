"""请核对 — what may be right all the same: the sender is asked, reviewers see it, it stops nothing (公文格式)."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from gongkai.web.bodies.models import Body
from gongkai.web.holdings import document_numbers
from gongkai.web.holdings.draft import Draft
from gongkai.web.holdings.models import Item

FOUNDED_ON = date(1949, 10, 1)
"""中华人民共和国成立 — no administrative organ of today made a document before; a year is easily mistyped."""
OTHER_YEAR = "文号的年份是 {year}，成文日期是 {day}：一般在同一年。请核对；旧文件补登记、确实不同年的，不用改。"
BEFORE_FOUNDED = "成文日期是 {day}，早于 1949 年 10 月 1 日。请核对年份；确实是那时成文的，不用改。"
NUMBERED_BEFORE = (
    "索引号 {index} 里的年份是 {year}，按新建时填的成文日期编的；成文日期现在是 {day}。"
    "索引号编定以后不再改，公开也照用，请只核对成文日期。"
)
Doubt = tuple[str, dict[str, object]]


def doubts(body: Body, draft: Draft, item: Item | None = None) -> list[Doubt]:
    """请核对的 — each a sentence and its values; `item`: of the draft, once there is one (条例 第十二条)."""
    return list(_doubts(body, draft, item))


def _doubts(body: Body, draft: Draft, item: Item | None) -> Iterator[Doubt]:
    if other := document_numbers.doubt(body, draft):
        yield other[0], dict(other[1])
    year = document_numbers.year_of(draft.document_number)
    if year is not None and year != draft.formed_on.year:
        yield OTHER_YEAR, {"year": year, "day": draft.formed_on}
    if draft.formed_on < FOUNDED_ON:
        yield BEFORE_FOUNDED, {"day": draft.formed_on}
    numbered = _numbered_in(item) if item else None
    if item and numbered and numbered != str(draft.formed_on.year):
        yield NUMBERED_BEFORE, {"index": item.index_number, "year": numbered, "day": draft.formed_on}


def _numbered_in(item: Item) -> str | None:
    """The year in the index number of an item that was never public: that in which it was first said to be formed."""
    if item.published_at:
        return None
    told = item.versions.order_by("number").values_list("metadata", flat=True).first() or {}
    year = str(told.get("formed_on") or "")[:4]
    return year if year and year in item.index_number else None
