"""查阅 — items as pages, lists and other rooms ask for them (条例 第十七条、第二十三条)."""

from gongkai.web.holdings.queries.desk import Desk, Row, desk, listing_count, waiting_count
from gongkai.web.holdings.queries.items import find, listed, public, visible
from gongkai.web.holdings.queries.one import Choice, Place, choices, next_choice, places, reviewed_before, timeline

__all__ = [
    "Choice",
    "Desk",
    "Place",
    "Row",
    "choices",
    "desk",
    "find",
    "listed",
    "listing_count",
    "next_choice",
    "places",
    "public",
    "reviewed_before",
    "timeline",
    "visible",
    "waiting_count",
]
