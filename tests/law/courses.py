"""申请的经过 — generated: courses that can be, ticked off by hand beside, and acts that nobody would believe."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from hypothesis import strategies as st

from gongkai.law.requests.acts import ANSWERS, Act, Partner, Request, RequestAct
from gongkai.law.requests.rows import request_from
from gongkai.law.requests.settings import CHOICES, Settings
from gongkai.law.terms import ApplicantKind, Channel
from tests.law import by_hand

DAY = timedelta(days=1)
Row = dict[str, Any]

SETTINGS = st.fixed_dictionaries({name: st.sampled_from(choices) for name, choices in CHOICES.items()}).map(Settings.of)

BEARING = (
    "consultation_first_day",
    "late_correction_restarts",
    "late_fee_notice_restarts",
    "payment_restarts_reply",
    "email_receipt",
)


@st.composite
def possible(draw: st.DrawFn) -> tuple[list[Row], Row]:
    """Rows of acts that can all be, none refused, with the settings that bear on them."""
    settings = {name: draw(st.sampled_from(CHOICES[name])) for name in BEARING}
    day = draw(st.dates(date(2019, 6, 1), date(2025, 6, 1)))
    channel = draw(st.sampled_from([channel.value for channel in Channel]))
    rows: list[Row] = [{"act": "register", "on": day, "channel": channel}]
    if channel not in ("in_person", "mail") and (channel, settings["email_receipt"]) != ("email", "arrival"):
        day += DAY * draw(st.integers(0, 9))
        rows.append({"act": "confirm", "on": day})
    later = st.integers(0, 12)
    threads = 0
    for step in draw(st.lists(st.sampled_from(["ask", "fee", "consult", "extend", "suspend", "narrow"]), max_size=5)):
        day += DAY * draw(later)
        if step == "ask" and not any(row["act"] == "ask_correction" for row in rows):
            rows.append({"act": "ask_correction", "on": day, "workdays": draw(st.integers(5, 20))})
            day += DAY * draw(later)
            rows.append({"act": "corrected", "on": day})
        elif step == "fee" and not any(row["act"] == "fee_notice" for row in rows):
            rows.append({"act": "fee_notice", "on": day, "amount": "100"})
            day += DAY * draw(later)
            rows.append({"act": "paid", "on": day, "amount": "100"})
        elif step == "consult":
            threads += 1
            rows += draw(consultations(f"c{threads}", day))
        elif step == "extend" and may_extend(rows, day, settings):
            rows.append({"act": "extend", "on": day, "workdays": draw(st.integers(1, 20))})
        elif step == "suspend":
            rows.append(
                {"act": "suspend_all", "on": day, "until": day + DAY * draw(st.integers(0, 12)), "cause": "洪水"}
            )
        elif step == "narrow":
            rows.append({"act": "narrow", "on": day})
    return draw(put_right(rows, day)), settings


@st.composite
def put_right(draw: st.DrawFn, rows: list[Row], day: date) -> list[Row]:
    """Sometimes the day of coming in is found to have been an earlier one of the same year."""
    came = rows[0]
    now_on = came["on"] - DAY * draw(st.integers(0, 5))
    is_told = any(row["act"] in ("extend", "ask_correction") for row in rows)
    if is_told or now_on.year != came["on"].year or draw(st.booleans()):
        return rows
    right = {"act": "correct_record", "on": day, "corrects": "register", "was_on": came["on"], "now_on": now_on}
    return [*rows, {**right, "cause": "登记有误"}]


@st.composite
def consultations(draw: st.DrawFn, thread: str, day: date) -> list[Row]:
    rows: list[Row] = [{"act": "consult", "on": day, "thread": thread, "with": draw(st.sampled_from(list(Partner)))}]
    if delivered := draw(st.none() | st.integers(0, 5)):
        rows.append({"act": "consult_delivered", "on": day + DAY * delivered, "thread": thread})
    if draw(st.booleans()):
        rows.append({"act": "opinion", "on": day + DAY * draw(st.integers(5, 40)), "thread": thread})
    return rows


def may_extend(rows: list[Row], day: date, settings: Row) -> bool:
    """Whether the period had not ended, and was not extended since it began."""
    so_far = [row for row in rows if row["on"] <= day]
    restarts = ("corrected", "paid") if settings["payment_restarts_reply"] else ("corrected",)
    since = [place for place, row in enumerate(rows) if row["act"] in restarts]
    if any(row["act"] == "extend" for row in rows[since[-1] if since else 0 :]):
        return False
    due_on = by_hand.dates(so_far, settings)["due_on"]
    return due_on is None or due_on >= day


def request(rows: list[Row], number: str = "1") -> Request:
    return request_from({"id": number, "applicant": "research", "acts": rows})


@st.composite
def anything(draw: st.DrawFn, number: str, others: tuple[str, ...], first_on: date, days: int) -> Request:
    """Acts of every kind on any days in any order: most cannot be. All but the first may be split from another."""
    channel = draw(st.sampled_from(list(Channel)))
    arrived_on = first_on + DAY * draw(st.integers(0, days))
    kinds = draw(st.lists(st.sampled_from(list(RequestAct)), max_size=8))
    acts = [Act(kind=RequestAct.REGISTER, on=arrived_on, channel=channel)]
    if number != others[0] and not draw(st.integers(0, 3)):
        acts = [Act(kind=RequestAct.SPLIT, on=arrived_on, of=draw(st.sampled_from(others)))]
    if draw(st.integers(0, 4)):
        acts.append(Act(kind=RequestAct.CONFIRM, on=arrived_on + DAY * draw(st.integers(0, 3))))
    for kind in kinds:
        wrong = draw(st.sampled_from(acts))
        on = arrived_on + DAY * draw(st.integers(0, 60) | st.integers(0, days))
        acts.append(
            Act(
                kind=kind,
                on=on,
                channel=channel if kind in (RequestAct.SUBMIT, RequestAct.REGISTER) else None,
                workdays=draw(st.none() | st.integers(1, 30)),
                thread=draw(st.sampled_from("ab")),
                partner=draw(st.sampled_from(list(Partner))),
                until=on + DAY * draw(st.integers(-2, 90)),
                answer=draw(st.sampled_from(sorted(ANSWERS))),
                into=draw(st.sampled_from(others)),
                of=draw(st.sampled_from(others)),
                body="另一个局",
                amount=Decimal(draw(st.integers(1, 200))),
                cause="登记有误",
                corrects=wrong.kind,
                was_on=wrong.on,
                now_on=wrong.on + DAY * draw(st.integers(-12, 12)),
                applicant=draw(st.none() | st.sampled_from(list(ApplicantKind))),
            )
        )
    applicant = draw(st.sampled_from(list(ApplicantKind)))
    return Request(id=number, applicant=applicant, acts=tuple(draw(st.permutations(acts))))


def many(first_on: date, days: int, most: int = 5) -> st.SearchStrategy[list[Request]]:
    """Several requests that may be merged into one another, in circles too."""
    numbers = tuple(str(number) for number in range(1, most + 1))
    return st.integers(1, most).flatmap(
        lambda count: st.tuples(*(anything(number, numbers, first_on, days) for number in numbers[:count])).map(list)
    )
