"""任何申请都勾稽相符 — whatever happens to requests, table three balances on every day, under all settings (条例 第五十条)."""

from __future__ import annotations

import os
from collections.abc import Iterable
from datetime import date, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from gongkai.law.requests.acts import Request
from gongkai.law.requests.courses import courses, until
from gongkai.law.requests.settings import Settings
from gongkai.law.terms import ApplicantKind
from gongkai.law.workdays import Calendar
from gongkai.report.checks import check
from gongkai.report.form import Edition
from gongkai.report.records import Application, Records
from gongkai.report.tally import Tally, tally
from tests.law.courses import SETTINGS, many

LONG = bool(os.environ.get("GONGKAI_LONG"))
CALENDAR = Calendar.load()
FIRST, LAST = date(2024, 7, 1), date(2026, 6, 30)
DAYS = (LAST - FIRST).days
COLUMNS = [*(str(kind) for kind in ApplicantKind), "total"]
EDGES = [date(year, month, day) for year in (2024, 2025) for month, day in ((12, 30), (12, 31))] + [date(2025, 1, 1)]


def counted(requests: Iterable[Request], cut_on: date, chosen: Settings, edition: Edition = Edition.E2021) -> Tally:
    found = courses([until(each, cut_on) for each in requests], CALENDAR, chosen)
    records = Records(applications=[record for each in found if (record := Application.of(each))])
    return tally(records, body="测试局", year=cut_on.year, cut_on=cut_on, edition=edition)


def cuts() -> st.SearchStrategy[list[date]]:
    """Every day of two years where there is time for it, else some, and always the ends of the years."""
    every = [FIRST + timedelta(days=n) for n in range(DAYS + 1)]
    return st.just(every) if LONG else st.lists(st.sampled_from(every), max_size=4).map(lambda days: [*EDGES, *days])


@settings(max_examples=60, deadline=None)
@given(many(FIRST, 400, most=4), SETTINGS, cuts(), st.sampled_from(Edition))
def test_received_and_carried_in_are_handled_or_carried_out(
    requests: list[Request], chosen: Settings, days: list[date], edition: Edition
) -> None:
    for cut_on in days:
        made = counted(requests, cut_on, chosen, edition)
        assert check(made.report) == []
        for column in COLUMNS:
            figures = {row: made.parts[f"applications.{row}.{column}"] for row in SIDES}
            left = sorted((*figures["received"], *figures["carried_in"]))
            assert left == sorted((*figures["handled_total"], *figures["carried_out"]))


SIDES = ("received", "carried_in", "handled_total", "carried_out")


@settings(max_examples=60, deadline=None)
@given(many(FIRST, 400, most=4), SETTINGS, st.sampled_from([2024, 2025]), st.integers(0, 364))
def test_the_same_requests_are_carried_out_and_carried_in(
    requests: list[Request], chosen: Settings, year: int, days: int
) -> None:
    this = counted(requests, date(year, 12, 31), chosen)
    following = counted(requests, date(year + 1, 1, 1) + timedelta(days=days), chosen)
    for column in COLUMNS:
        out, into = (f"applications.{row}.{column}" for row in ("carried_out", "carried_in"))
        assert this.parts[out] == following.parts[into]


@settings(max_examples=60, deadline=None)
@given(many(FIRST, 400, most=4), SETTINGS, st.sampled_from(EDGES))
def test_what_is_closed_stands_in_one_row(requests: list[Request], chosen: Settings, cut_on: date) -> None:
    made = counted(requests, cut_on, chosen)
    rows = [
        set(parts)
        for address, parts in made.parts.items()
        if address.startswith("applications.") and address.endswith(".total")
        if address.split(".")[1] not in SIDES
    ]
    handled = set(made.parts["applications.handled_total.total"])
    assert sum(map(len, rows)) == len(handled)
    assert set().union(*rows) == handled
