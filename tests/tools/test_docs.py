"""参考文档的规矩 — which articles a text cites, and that no symbol is lost (条例 第八条)."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

import docs
from docs import cited
from gongkai.law.sources import Provision, sources

ORDINALS = st.integers(1, 99)


@given(st.sampled_from(sorted(sources())), ORDINALS, st.none() | ORDINALS)
def test_whatever_the_law_storey_prints_is_found(source: str, article: int, paragraph: int | None) -> None:
    assert cited(f"见 {Provision(source, article, paragraph)}；") == {(source, article)}


@pytest.mark.parametrize(
    ("text", "articles"),
    [
        ("a report (条例 第四十九条、第五十条)", {49, 50}),
        ("《政府信息公开条例》第五十条第一款第二项", {50}),
        ("《中华人民共和国政府信息公开条例》第二十条第一、五、六、八项", {20}),
        ("条例 第二十六条、第三十条、第三十二条至第三十四条", {26, 30, 32, 33, 34}),
        ("条例 第一一条", set()),
        ("信访工作条例 第三条", set()),
    ],
)
def test_citations_as_people_write_them(text: str, articles: set[int]) -> None:
    assert cited(text) == {("条例", article) for article in articles}


def test_members_of_the_law_lead_to_their_articles() -> None:
    found = {symbol.title: cited(symbol.text) for symbol in docs.symbols()}
    assert found["law.terms.Outcome.STATE_SECRET"] == {("条例", 14)}
    assert ("条例", 14) not in found["law.terms.Outcome"]
