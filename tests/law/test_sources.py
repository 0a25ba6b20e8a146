"""条款 — citations print and are read back; every rule stands on a registered document (条例 第三十三条第二款)."""

from __future__ import annotations

import importlib
import pkgutil

import pytest
from hypothesis import given
from hypothesis import strategies as st

import gongkai.law
from gongkai.law.errors import LawError
from gongkai.law.sources import Provision, number, numeral, read_data, sources
from gongkai.law.terms import Term

ordinals = st.integers(1, 999)


@given(ordinals)
def test_ordinals_are_read_back(value: int) -> None:
    assert number(numeral(value)) == value


@pytest.mark.parametrize(
    ("value", "text"),
    [(7, "七"), (10, "十"), (16, "十六"), (20, "二十"), (33, "三十三"), (102, "一百零二"), (110, "一百一十")],
)
def test_ordinals_are_written_as_the_law_writes_them(value: int, text: str) -> None:
    assert numeral(value) == text


@given(st.sampled_from(sorted(sources())), ordinals, st.none() | ordinals, st.none() | ordinals)
def test_provisions_are_read_back(source: str, article: int, paragraph: int | None, item: int | None) -> None:
    provision = Provision(source, article, paragraph, item)
    assert Provision.parse(str(provision)) == provision


@pytest.mark.parametrize(
    ("text", "provision"),
    [
        ("条例 第三十三条第二款", Provision("条例", 33, 2)),
        ("《条例》第三十一条第（三）项", Provision("条例", 31, None, 3)),
        ("条例第三十一条第三项", Provision("条例", 31, None, 3)),
        ("收费办法", Provision("收费办法")),
    ],
)
def test_provisions_are_read_as_people_write_them(text: str, provision: Provision) -> None:
    assert Provision.parse(text) == provision


@pytest.mark.parametrize("text", ["", "第三十三条", "某办法 第一条", "条例 第三十三款", "条例 第一一条", "条例 33"])
def test_what_is_no_provision_is_refused_in_a_sentence(text: str) -> None:
    with pytest.raises(LawError) as raised:
        Provision.parse(text)
    assert raised.value.template.format(**raised.value.values) == str(raised.value)


def test_every_constant_stands_on_a_provision_that_was_in_force_with_it() -> None:
    rows = [*read_data("time_limits.toml")["limit"], *read_data("fees.toml")["standard"]]
    for row in rows:
        source = sources()[Provision.parse(row["provision"]).source]
        assert source.from_on <= row["from"]


SPANNING = {
    *("条例 第三十一条", "条例 第三十六条"),  # any way of coming in, any answer: which item, the case tells
    "行政复议法 第四十一条",  # ended for any of its reasons
    "行政复议法 第六十五条",  # unlawful, with or without something to quash
    "条例 第十六条",  # withdrawn as internal, deliberative or of an enforcement file: both paragraphs
}
CITED_WHOLE = {"publishing", "scope", "secrecy", "administration", "roles"}  # of the mechanism of review as a whole


def _rules() -> list[tuple[str, Provision]]:
    """Every time limit, ground, answer, act, state, mark and need of the law, with what it stands on."""
    for module in pkgutil.walk_packages(gongkai.law.__path__, "gongkai.law."):
        importlib.import_module(module.name)
    kinds = [Term, *Term.__subclasses__()]
    terms = [
        (f"{kind.__name__}.{term.name}", term.provision)
        for kind in {*kinds, *(each for kind in kinds for each in kind.__subclasses__())}
        if kind.__module__.startswith("gongkai.law.") and kind.__module__.rpartition(".")[2] not in CITED_WHOLE
        for term in kind
    ]
    rows = [
        (f"{name} {row.get('clock') or row.get('code') or row.get('basis')}", Provision.parse(row["provision"]))
        for name in ("time_limits.toml", "remedies.toml", "fees.toml")
        for each in read_data(name).values()
        for row in (each if isinstance(each, list) else ())
    ]
    return terms + rows


def _divided() -> dict[tuple[str, int], dict[str, int]]:
    table = read_data("sources.toml")["divided"]
    return {(source, int(article)): row for source, rows in table.items() for article, row in rows.items()}


def test_every_rule_cites_the_paragraph_or_item_of_an_article_that_is_divided() -> None:
    divided, rules = _divided(), _rules()
    assert len(rules) > 150
    bare = {
        name: str(each)
        for name, each in rules
        if (each.source, each.article) in divided and not (each.paragraph or each.item) and str(each) not in SPANNING
    }
    assert bare == {}


def test_no_rule_cites_a_paragraph_or_item_that_the_article_has_not() -> None:
    divided = _divided()
    known = {source for source, _ in divided}
    for name, each in _rules():
        has = divided.get((each.source, each.article or 0), {})
        if each.source in known:
            assert (each.paragraph or 0) <= has.get("paragraphs", 0), (name, str(each))
            assert (each.item or 0) <= has.get("items", 0), (name, str(each))
