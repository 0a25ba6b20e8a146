"""人工录入 — what is typed is a figure or nothing; the copy says which figures were typed (条例 第五十条)."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gongkai.report.figures import AnnualReport, State
from gongkai.report.form import Edition, OtherHandling, form
from gongkai.web.annual.typed import figure, with_typed
from tests.report.balanced import balanced_reports, report_of

NEW, OLD = form(Edition.E2021), form(Edition.E2019, OtherHandling.ROW)
COUNT, MONEY, CHANGE = (
    "applications.received.total",
    "proactive.fees.amount",
    "proactive.licensing.items_change",
)


@given(st.integers(0, 10**11))
def test_a_count_is_read_as_it_is_typed(count: int) -> None:
    assert figure(NEW, COUNT, str(count)) == count
    assert figure(NEW, COUNT, f"{count}.0") == count


@given(st.decimals(0, 10**9, places=4))
def test_money_keeps_its_decimals(amount: Decimal) -> None:
    assert figure(NEW, MONEY, format(amount, "f")) == amount


def test_only_a_change_may_be_below_zero() -> None:
    assert figure(OLD, CHANGE, "-3") == -3
    assert figure(NEW, COUNT, "-3") is None
    assert figure(NEW, MONEY, "-3") is None


@pytest.mark.parametrize("text", ["", "一", "1.5", "1e3", "1_0", "NaN", "Infinity", "9" * 13, "1 2", "=1+1", "٣"])
def test_what_is_no_count_is_refused(text: str) -> None:
    assert figure(NEW, COUNT, text) is None


@given(balanced_reports(blanks=False), st.data())
def test_what_was_typed_is_certain_and_noted(report: AnnualReport, data: st.DataObject) -> None:
    addresses = data.draw(st.lists(st.sampled_from(list(report.figures)), min_size=1, unique=True, max_size=5))
    unread = replace(report, states=dict.fromkeys(addresses, State.DOUBTFUL))
    made = with_typed(unread, dict.fromkeys(addresses, "7"))
    assert not made.states
    assert {a: v for a, v in made.figures.items() if a not in addresses} == {
        a: v for a, v in report.figures.items() if a not in addresses
    }
    assert all(made.figures[address] == 7 for address in addresses)
    assert {note.table for note in made.table_notes} == {address.partition(".")[0] for address in addresses}
    assert all("人工录入" in note.text for note in made.table_notes)


def test_nothing_typed_changes_nothing() -> None:
    report = report_of(NEW, {})
    assert with_typed(report, {}) is report
    assert with_typed(report, {COUNT: "不是数"}) is report
