"""查阅 — items as pages, lists and other rooms ask for them (条例 第十七条、第二十三条)."""

from gongkai.web.holdings.queries.desk import Desk, Row, desk, listing_count, waiting_count
from gongkai.web.holdings.queries.disclosed import hides, is_public, public, public_files
from gongkai.web.holdings.queries.items import find, listed, visible
from gongkai.web.holdings.queries.one import (
    Asked,
    Awaited,
    Choice,
    Place,
    asked,
    awaited,
    choices,
    combined,
    grounds,
    is_penalty,
    next_choice,
    places,
    returned,
    reviewed_before,
    timeline,
)
from gongkai.web.holdings.queries.validities import has_standing, is_of, split, standing

__all__ = [
    "Asked",
    "Awaited",
    "Choice",
    "Desk",
    "Place",
    "Row",
    "asked",
    "awaited",
    "choices",
    "combined",
    "desk",
    "find",
    "grounds",
    "has_standing",
    "hides",
    "is_of",
    "is_penalty",
    "is_public",
    "listed",
    "listing_count",
    "next_choice",
    "places",
    "public",
    "public_files",
    "returned",
    "reviewed_before",
    "split",
    "standing",
    "timeline",
    "visible",
    "waiting_count",
]
