"""年报期限 — a local notice may set an earlier day, never a later one than the law (条例 第四十九条)."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gongkai.law.annual_report import Publisher, report_due
from gongkai.law.errors import LawError


@given(st.sampled_from(Publisher), st.dates(date(2026, 1, 1), date(2026, 12, 31)))
def test_a_local_day_holds_unless_it_is_later_than_the_law(publisher: Publisher, local: date) -> None:
    law = report_due(2025, publisher)
    if law.is_statutory and local > law.due_on:
        with pytest.raises(LawError, match="只能提前"):
            report_due(2025, publisher, local_on=local)
    else:
        assert report_due(2025, publisher, local_on=local).due_on == local


def test_only_townships_have_no_day_in_the_law() -> None:
    assert [each for each in Publisher if not report_due(2025, each).is_statutory] == [Publisher.TOWNSHIP]


def test_a_local_day_of_another_year_is_refused() -> None:
    with pytest.raises(LawError, match="2026"):
        report_due(2025, Publisher.DEPARTMENT, local_on=date(2025, 1, 20))
