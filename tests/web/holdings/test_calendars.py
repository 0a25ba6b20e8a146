"""新一年的放假安排 — put into the data folder, it moves the deadlines that run into it (条例 第二十六条、放假办法)."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from django.utils import timezone

from gongkai.law.publishing import State
from tests.web.holdings.county import Office

pytestmark = pytest.mark.usefixtures("ground")
YEAR = """
[[year]]
year = {year}
announced = {before}-11-25
notices = ["某通知"]
off = [{{ name = "元旦", from = {year}-01-01, to = {year}-01-06 }}]
work = []
"""


@pytest.fixture
def folder() -> Iterator[Path]:
    """Where the office puts its calendars; empty before and after."""
    from django.conf import settings

    from gongkai.web.holdings import clocks

    made: Path = settings.CALENDARS_FOLDER
    made.mkdir(exist_ok=True)
    yield made
    for path in made.iterdir():
        path.unlink()
    clocks._calendar.cache_clear()


def test_a_new_year_moves_what_runs_into_it_once_and_the_journal_says_so(folder: Path) -> None:
    from gongkai.web.holdings import actions, clocks
    from gongkai.web.holdings.models import Item
    from gongkai.web.journal.queries import of_subject

    last = clocks.calendar().announced_until.year
    office = Office()
    runs = office.create(formed_on=date(last, 12, 20))
    before = runs.due_on
    public = office.bring(office.create(), State.PUBLISHED)
    Item.objects.filter(id=public.id).update(formed_on=runs.formed_on, due_on=before)
    assert clocks.due(runs, date(last, 12, 21)).provisional
    (folder / "broken.toml").write_text("[[year", encoding="utf-8")
    (folder / f"{last + 1}.toml").write_text(YEAR.format(year=last + 1, before=last), encoding="utf-8")
    clocks._calendar.cache_clear()
    now = timezone.now()
    assert actions.recount_deadlines(now=now) == 1
    runs.refresh_from_db()
    assert runs.due_on != before
    assert runs.due_on == clocks.explained(runs).due_on
    assert not clocks.due(runs, date(last, 12, 21)).provisional
    assert actions.recount_deadlines(now=now) == 0
    assert Item.objects.get(id=public.id).due_on == before
    *_, entry = of_subject(f"holdings.item:{runs.id}")
    told = {name: value for name, value in entry.facts.items() if name != "rows"}
    assert (entry.act, told) == ("holdings.recount", {"from": before.isoformat(), "to": runs.due_on.isoformat()})
