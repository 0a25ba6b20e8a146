"""随机台账 — habits of offices put together at random: no row is silently another, none is named for nothing."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from gongkai.report.ledger.spreadsheet import from_file
from tests.report.random_ledgers import Steps, courses, ledger
from tests.report.test_odd_ledgers import faults


@pytest.mark.parametrize("seed", range(60))
def test_rows_are_read_as_their_cases_or_named(seed: int) -> None:
    assert faults(ledger(seed)) == []


def strayed(seed: int) -> list[str]:
    """走样的 — requests whose acts, with their days, periods and sums, are not those of their rows."""
    odd, true = courses(seed)
    found, _ = from_file(odd.name, odd.data, today=date(2027, 6, 30))
    read: dict[str, Steps] = {
        each.id: [(act.kind.value, act.on, act.workdays if act.amount is None else act.amount) for act in each.acts]
        for each in found.requests
    }
    wanted = {
        number: [(act, on, Decimal(said) if isinstance(said, str) else said) for act, on, said in steps]
        for number, steps in true.items()
    }
    wrong = [
        f"{number}: {sorted(wanted[number], key=str)} {sorted(read.get(number, []), key=str)}"
        for number in wanted
        if sorted(wanted[number], key=str) != sorted(read.get(number, []), key=str)
    ]
    return wrong + [f"stopped: {each}" for each in found.stopped]


@pytest.mark.parametrize("seed", range(30))
def test_acts_are_those_of_their_rows(seed: int) -> None:
    assert strayed(seed) == []
