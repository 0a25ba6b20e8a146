"""条款 — citations print and are read back; every rule stands on a registered document (条例 第三十三条第二款)."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gongkai.law.errors import LawError
from gongkai.law.sources import Provision, number, numeral, read_data, sources

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
