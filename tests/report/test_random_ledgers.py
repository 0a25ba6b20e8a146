"""随机台账 — habits of offices put together at random: no row is silently another, none is named for nothing."""

from __future__ import annotations

import pytest

from tests.report.random_ledgers import ledger
from tests.report.test_odd_ledgers import faults


@pytest.mark.parametrize("seed", range(60))
def test_rows_are_read_as_their_cases_or_named(seed: int) -> None:
    assert faults(ledger(seed)) == []
