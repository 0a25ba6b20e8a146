"""任何申请都勾稽相符 — whatever happens to requests, table three balances on every day (条例 第五十条).

A machine lives through more than two years with an office: requests come, are corrected, paid for, merged, lapse and
are handled again, and at the end every year's figures are counted, cut on every day on which anything happened.
"""

from __future__ import annotations

import os
from collections.abc import Iterable
from datetime import date, timedelta
from decimal import Decimal
from functools import partial
from random import Random

from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, precondition, rule, run_state_machine_as_test

from gongkai.law.requests.acts import ANSWERS, Act, Partner, Request, RequestAct
from gongkai.law.requests.course import Course
from gongkai.law.requests.courses import as_they_were, courses, until
from gongkai.law.requests.settings import Settings
from gongkai.law.requests.states import Position
from gongkai.law.terms import ApplicantKind, Channel
from gongkai.law.workdays import Calendar
from gongkai.report.checks import check
from gongkai.report.form import Edition
from gongkai.report.records import Application, Records
from gongkai.report.tally import Tally, tally
from tests.law.courses import SETTINGS, many

LONG = bool(os.environ.get("GONGKAI_LONG"))
CALENDAR = Calendar.load()
DAY = timedelta(days=1)
FIRST, LAST = date(2023, 11, 1), date(2026, 6, 30)
COLUMNS = [*(str(kind) for kind in ApplicantKind), "total"]
SIDES = ("received", "carried_in", "handled_total", "carried_out")
ENDS = [date(year, 12, 31) for year in (2023, 2024, 2025)]

AGAIN = (
    RequestAct.REOPEN,
    RequestAct.ARCHIVE,
    RequestAct.ACCEPT_LATE_CORRECTION,
    RequestAct.HAND_OVER,
    RequestAct.REFUND,
    RequestAct.CORRECT_RECORD,
)
WORK = (
    RequestAct.ASK_CORRECTION,
    RequestAct.CONSULT,
    RequestAct.CONSULT_DELIVERED,
    RequestAct.OPINION,
    RequestAct.EXTEND,
    RequestAct.FEE_NOTICE,
    RequestAct.ASK_REASONS,
    RequestAct.SET_REASONABLE_DELAY,
    RequestAct.DELIVER,
    RequestAct.WITHDRAW,
    RequestAct.ASK_CORRECTION,
    RequestAct.MERGE,
    RequestAct.NARROW,
    RequestAct.HAND_OVER,
    RequestAct.SUSPEND_ALL,
    RequestAct.CORRECT_RECORD,
    RequestAct.CORRECT_RECORD,
)
LIKELY = {
    Position.UNCONFIRMED: (RequestAct.CONFIRM, RequestAct.CONFIRM, RequestAct.WITHDRAW, RequestAct.NOT_A_REQUEST),
    Position.AWAITING_CORRECTION: (RequestAct.CORRECTED, RequestAct.LAPSE_CORRECTION, RequestAct.CONSULT),
    Position.AWAITING_PAYMENT: (RequestAct.PAID, RequestAct.LAPSE_PAYMENT, RequestAct.EXTEND),
    Position.CLOSED: AGAIN,
    Position.ARCHIVED: (RequestAct.REOPEN, RequestAct.CORRECT_RECORD),
    Position.VOID: (RequestAct.DELIVER, RequestAct.CORRECT_RECORD),
}


def counted(requests: Iterable[Request], cut_on: date, chosen: Settings, edition: Edition = Edition.E2021) -> Tally:
    return tallied(as_they_were(requests, CALENDAR, chosen), cut_on, chosen, edition)


def tallied(were: Iterable[Request], cut_on: date, chosen: Settings, edition: Edition = Edition.E2021) -> Tally:
    found = courses([until(each, cut_on) for each in were], CALENDAR, chosen)
    records = Records(applications=[record for each in found if (record := Application.of(each))])
    return tally(records, body="测试局", year=cut_on.year, cut_on=cut_on, edition=edition)


def balances(made: Tally) -> None:
    """一 + 二 = （七） + 四 a column, and what is closed stands in one row."""
    assert check(made.report) == []
    for column in COLUMNS:
        parts = {row: made.parts[f"applications.{row}.{column}"] for row in SIDES}
        came = sorted((*parts["received"], *parts["carried_in"]))
        assert came == sorted((*parts["handled_total"], *parts["carried_out"]))
    rows = [
        set(parts)
        for address, parts in made.parts.items()
        if address.startswith("applications.") and address.endswith(".total") and address.split(".")[1] not in SIDES
    ]
    handled = set(made.parts["applications.handled_total.total"])
    assert sum(map(len, rows)) == len(handled)
    assert set().union(*rows) == handled


def follows(this: Tally, following: Tally) -> None:
    """四 of a year is 二 of the next, request by request."""
    for column in COLUMNS:
        assert this.parts[f"applications.carried_out.{column}"] == following.parts[f"applications.carried_in.{column}"]


def stays_as_reported(requests: Iterable[Request], end: date, chosen: Settings) -> None:
    """What is entered after a report was due moves no figure of its year."""
    asked = list(requests)
    then = counted([until(each, date(end.year + 1, 1, 31)) for each in asked], end, chosen)
    now = counted(asked, end, chosen)
    assert {name: sorted(ids) for name, ids in now.parts.items()} == {
        name: sorted(ids) for name, ids in then.parts.items()
    }


class Office(RuleBasedStateMachine):
    """An office and its requests, from day to day."""

    @initialize(chosen=SETTINGS)
    def open(self, chosen: Settings) -> None:
        self.chosen, self.today = chosen, FIRST
        self.acts: dict[str, list[Act]] = {}
        self.kinds: dict[str, ApplicantKind] = {}
        for channel in (None, Channel.IN_PERSON, Channel.MAIL):
            self.come(channel, ApplicantKind.BUSINESS)

    def requests(self) -> list[Request]:
        return [Request(id=name, applicant=self.kinds[name], acts=tuple(acts)) for name, acts in self.acts.items()]

    def course(self, name: str) -> Course:
        return next(each for each in reversed(self.all()) if each.id.split("+")[0] == name)

    def all(self) -> list[Course]:
        return courses(self.requests(), CALENDAR, self.chosen)

    @precondition(lambda self: len(self.acts) < 5)
    @rule(channel=st.sampled_from([None, *Channel]), kind=st.sampled_from(ApplicantKind))
    def come(self, channel: Channel | None, kind: ApplicantKind) -> None:
        name = str(len(self.acts) + 1)
        self.acts[name], self.kinds[name] = [Act(kind=RequestAct.REGISTER, on=self.today, channel=channel)], kind

    @precondition(lambda self: len(self.acts) < 8)
    @rule(kind=st.sampled_from(ApplicantKind), data=st.data())
    def split(self, kind: ApplicantKind, data: st.DataObject) -> None:
        name, whole = str(len(self.acts) + 1), data.draw(st.sampled_from(sorted(self.acts)))
        self.acts[name], self.kinds[name] = [Act(kind=RequestAct.SPLIT, on=self.today, of=whole)], kind

    @rule(days=st.sampled_from([-1, 0, 1, 25, 40]))
    def wait_for_the_new_year(self, days: int) -> None:
        end = next((each + DAY * days for each in ENDS if each + DAY * days > self.today), LAST)
        self.today = max(self.today, end)

    @precondition(lambda self: self.acts)
    @rule(seed=st.integers(0, 2**32), steps=st.integers(8, 20))
    def work(self, seed: int, steps: int) -> None:
        """Days of ordinary work: whatever may be done where a request stands, and sometimes what may not."""
        random = Random(seed)
        for _ in range(steps):
            self.act(random, random.choice(list(self.acts)), random.choice((0, 1, 2, 5, 9, 20, 45)))

    def act(self, random: Random, name: str, days: int) -> None:
        self.today = min(self.today + DAY * days, LAST)
        found = self.course(name)
        kind = random.choice(LIKELY.get(found.position, WORK))
        if kind in (RequestAct.LAPSE_CORRECTION, RequestAct.LAPSE_PAYMENT) and found.lapse_from:
            self.today = max(self.today, found.lapse_from)
        mine = self.acts[name]
        wrong = random.choice(mine)
        mine.append(
            Act(
                kind=kind,
                on=self.today,
                workdays=random.randint(5, 25),
                thread=str(len(mine) if kind is RequestAct.CONSULT else random.randint(0, len(mine))),
                partner=random.choice(list(Partner)),
                amount=Decimal(100),
                until=self.today + DAY * 50,
                answer=random.choice(sorted(ANSWERS)),
                into=random.choice(list(self.acts)),
                body="另一个局",
                cause="登记有误",
                corrects=wrong.kind,
                was_on=wrong.on,
                now_on=min(self.today, max(wrong.on + DAY * random.choice((-9, -2, -1, 1, 3, 12)), FIRST)),
                applicant=random.choice((None, None, *ApplicantKind)),
            )
        )

    def teardown(self) -> None:
        if not getattr(self, "acts", None):
            return
        requests = self.requests()
        days = {act.on for acts in self.acts.values() for act in acts} | set(ENDS)
        if LONG:
            days |= {FIRST + DAY * n for n in range((LAST - FIRST).days + 1)}
        were = as_they_were(requests, CALENDAR, self.chosen)
        made = {day: tallied(were, day, self.chosen) for day in sorted(days)}
        for day, each in made.items():
            balances(each)
            if before := made.get(date(day.year - 1, 12, 31)):
                follows(before, each)
        for end in ENDS:
            balances(tallied(were, end, self.chosen, Edition.E2019))
            stays_as_reported(requests, end, self.chosen)
        for each_course in self.all():
            assert (each_course.cell is None) or each_course.is_counted


def test_an_office_lives_through_the_years_and_table_three_balances() -> None:
    run_state_machine_as_test(
        Office,
        settings=settings(
            max_examples=500 if LONG else 120,
            stateful_step_count=8,
            deadline=None,
            # A seed has nothing to shrink; what failed is printed with it.
            phases=[Phase.explicit, Phase.reuse, Phase.generate],
            suppress_health_check=list(HealthCheck),
        ),
    )


@settings(max_examples=40, deadline=None)
@given(many(FIRST, 400, most=4), SETTINGS, st.sampled_from(ENDS[:2]))
def test_acts_that_nobody_would_believe_balance_too(requests: list[Request], chosen: Settings, end: date) -> None:
    count = partial(counted, requests, chosen=chosen)
    this, following = count(end), count(date(end.year + 1, 12, 31))
    balances(this)
    balances(following)
    follows(this, following)
