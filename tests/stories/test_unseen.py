"""看不见的字 — are found, on a page that has them and nothing else, and only there (条例 第六条)."""

from __future__ import annotations

from typing import Any

import pytest

from tests.stories.conftest import seen, unseen

PAGE = '<!doctype html><html lang="zh-CN"><head><meta charset="utf-8"><title>一页</title>{style}</head>'
BODY = '<body><main><h1>一页</h1><p class="a">这里有字</p></main></body></html>'
HIDDEN = "<style>.a {color: #fff; background: #fff}</style>"
HARDER = "<style>@media (prefers-contrast: more) {.a {color: #fff; background: #fff}}</style>"


@pytest.mark.parametrize(("style", "is_seen"), [("", True), (HIDDEN, False), (HARDER, False)])
def test_words_in_the_colour_of_their_ground_are_a_fault(chromium: Any, style: str, *, is_seen: bool) -> None:
    page = chromium.new_page()
    page.set_content(PAGE.format(style=style) + BODY)
    if is_seen:
        seen(page, "unseen")
    else:
        with pytest.raises(AssertionError, match="unseen"):
            seen(page, "unseen")
    page.close()


def test_other_things_to_be_looked_at_are_no_words_unseen() -> None:
    nodes = [{"html": "<p>", "any": [{"data": {"messageKey": "bgImage"}}, {"data": None}]}]
    assert unseen({"incomplete": [{"id": "color-contrast", "nodes": nodes}, {"id": "region", "nodes": nodes}]}) == []
