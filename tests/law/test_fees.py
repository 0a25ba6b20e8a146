"""信息处理费 — what must hold for any number of items and pages (收费办法 第三条至第五条)."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gongkai.law.errors import LawError
from gongkai.law.fees import item_fee, page_fee

numbers = st.integers(0, 2_000)


def price_of_item(n: int) -> int:
    """The price of the n-th item of a month alone, as 收费办法 第四条 words it."""
    if n <= 10:
        return 0
    return 100 if n <= 30 else 100 + 100 * ((n - 31) // 10 + 1)


@given(numbers, numbers)
def test_items_cost_the_sum_of_their_prices(items: int, before: int) -> None:
    assert item_fee(items, before=before).amount == sum(price_of_item(before + n) for n in range(1, items + 1))


@given(numbers, numbers)
def test_a_month_costs_the_same_at_once_or_in_parts(first: int, then: int) -> None:
    assert item_fee(first).amount + item_fee(then, before=first).amount == item_fee(first + then).amount


@given(numbers, numbers)
def test_fees_never_fall_as_items_pages_or_earlier_items_rise(number: int, before: int) -> None:
    assert item_fee(number + 1, before=before).amount >= item_fee(number, before=before).amount
    assert item_fee(number, before=before + 1).amount >= item_fee(number, before=before).amount
    assert page_fee(number + 1).amount >= page_fee(number).amount


@given(numbers, numbers)
def test_the_tiers_are_all_the_units_one_after_another(units: int, before: int) -> None:
    for fee in (item_fee(units, before=before), page_fee(units)):
        counted = [n for part in fee.parts for n in range(part.first, part.last + 1)]
        assert counted == list(range(fee.before + 1, fee.before + units + 1))
        assert fee.amount == sum(part.amount for part in fee.parts)
        assert [part.price for part in fee.parts] == sorted({part.price for part in fee.parts})


@pytest.mark.parametrize(("items", "before"), [(-1, 0), (0, -1), (10**9, 0), (1, 10**9)])
def test_numbers_that_cannot_be_are_refused(items: int, before: int) -> None:
    with pytest.raises(LawError, match="件"):
        item_fee(items, before=before)
    with pytest.raises(LawError, match="页"):
        page_fee(-1 if items < 0 else 10**9)


def test_nothing_was_charged_before_the_measure_was_in_force() -> None:
    assert item_fee(11, on=date(2021, 1, 1)).amount == 100
    with pytest.raises(LawError, match="2021-01-01"):
        item_fee(11, on=date(2020, 12, 31))
