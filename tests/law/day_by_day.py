"""逐日数 — the law of one request read off its acts and counted in loops over days: slow, plain, and not gongkai's.

Nothing of gongkai is imported. An act that cannot be is put aside, and moves nothing. `walk` tells as a row what it
found: the day of receipt, the last day in both counts, how late, the row of table three, what was put aside.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from tests.law.by_hand import OFF, WORKED

DAY = timedelta(days=1)
Row = dict[str, Any]
FOREVER = 900  # days: no period of a history in the tests is longer
# 放假办法 第二条 for 2027, whose notice has not come: the days of the feasts and nothing worked for them.
OFF_2027 = {date(2027, m, d) for m, d in ((1, 1), (4, 5), (5, 1), (5, 2), (6, 9), (9, 15), (10, 1), (10, 2), (10, 3))}
OFF_2027 |= {date(2027, 2, d) for d in (5, 6, 7, 8)}
ROWS = {
    **dict.fromkeys(("granted", "already_public"), "granted"),
    "partly_granted": "partly_granted",
    **{name: f"refused.{name}" for name in ("state_secret", "prohibited_by_law", "security_and_stability")},
    **{name: f"refused.{name}" for name in ("third_party_rights", "internal_affairs", "deliberative_process")},
    "enforcement_file": "refused.enforcement_file",
    "special_access": "refused.administrative_inquiry",
    **dict.fromkeys(("not_existing", "not_this_body"), "unable.not_held"),
    **{name: f"unable.{name}" for name in ("needs_creation", "still_unclear")},
    **{name: f"not_processed.{name}" for name in ("petition", "repeated", "publication", "unjustified_mass")},
    "reconfirmation": "not_processed.reconfirmation",
}
WAITS_FOR_BOTH = ("letter", "internet", "email", "fax")


class AsideError(Exception):
    """不能发生 — an act that cannot be where it stands."""


def require(is_so: object) -> None:
    if not is_so:
        raise AsideError


def is_workday(day: date) -> bool:
    return day in WORKED or (day.weekday() < 5 and day not in OFF and day not in OFF_2027)


def days(first: date, last: date) -> Iterator[date]:
    while first <= last:
        yield first
        first += DAY


def nth(after: date, length: int) -> date:
    for day in days(after + DAY, after + DAY * FOREVER):
        length -= is_workday(day)
        if length == 0:
            return day
    raise AssertionError


class Walk:
    """走一遍 — one request; every answer to a question is counted anew from what is known then."""

    def __init__(self, rows: list[Row], settings: Row, others: dict[str, list[Row]] | None = None) -> None:
        self.rows, self.set, self.others = rows, settings, others or {}
        self.arrived: Row | None = None
        self.received: date | None = None
        self.start: date | None = None
        self.length, self.extension, self.delay = 20, 0, None
        self.threads: dict[str, Row] = {}
        self.rested: set[date] = set()
        self.unpaid_days: set[date] = set()
        self.correction: Row | None = None
        self.fee: Row | None = None
        self.was_asked = False
        self.told_late = False
        self.overdue_since: date | None = None
        self.stage = "registered"
        self.closed, self.void = False, False
        self.closings: list[Row] = []
        self.counted: Row | None = None
        self.money = Decimal(0)
        self.kept: list[Row] = []
        self.aside: list[str] = []
        for row in rows:
            try:
                self.take(row)
                self.kept.append(row)
            except AsideError:
                self.aside.append(row["act"])

    # -- days that belong to nobody's period ---------------------------------------------------------------------

    def ends(self, thread: Row) -> date | None:
        """32、34: the opinion or the fifteenth working day from delivery; others until the opinion."""
        known = [thread[name] for name in ("opinion", "dropped") if thread.get(name)]
        if thread.get("delivered") and thread["with"] in ("third_party", "co_maker"):
            known.append(nth(thread["delivered"], 15))
        return min(known, default=None)

    def is_out(self, day: date, *, strict: bool, open_ones: bool, rests: bool, waits: bool = True) -> bool:
        if (waits and day in self.unpaid_days) or (rests and day in self.rested):
            return True
        for thread in self.threads.values():
            first = thread["sent"] + DAY if strict else thread["sent"]
            last = self.ends(thread)
            if last is None and not open_ones:
                continue
            if day >= first and (last is None or day <= last):
                return True
        return False

    def period(self, start: date, length: int, extension: int, is_out: Callable[[date], bool]) -> date | None:
        """33(2): day by day from the next; what is out is not counted; None where it never ends."""
        left = length + extension
        for day in days(start + DAY, start + DAY * FOREVER):
            left -= is_workday(day) and not is_out(day)
            if left == 0:
                return day
        return None

    def due(self, *, strict: bool = False) -> date | None:
        assert self.start
        if self.delay:
            return self.delay
        counts_first = strict or self.set.get("consultation_first_day") == "counted"
        return self.period(
            self.start,
            self.length,
            self.extension,
            lambda day: self.is_out(day, strict=counts_first, open_ones=True, rests=not strict),
        )

    def surely(self) -> date:
        """As if what has no end took no day out: after it nobody can tell."""
        assert self.start
        if self.delay:
            return self.delay
        found = self.period(
            self.start,
            self.length,
            self.extension,
            lambda day: self.is_out(day, strict=True, open_ones=False, rests=False),
        )
        return found or date.min

    @property
    def waiting(self) -> Row | None:
        return self.correction or self.fee

    def judged_by(self) -> date | None:
        """What was told too late saves nobody from lateness (30; 收费办法 6)."""
        assert self.received
        known = []
        if self.told_late and self.set.get("late_correction_restarts") is not True:
            counted = self.set.get("consultation_first_day") == "counted"
            known.append(
                self.period(
                    self.received,
                    20,
                    0,
                    # The waiting included: whoever told too late has made the applicant wait.
                    lambda day: self.is_out(day, strict=counted, open_ones=True, rests=True, waits=False),
                )
            )
        if self.set.get("late_fee_notice_restarts") is not True:
            known.append(self.overdue_since)
        if sure := [day for day in known if day]:
            return min(sure)
        return None if self.waiting else self.due()

    # -- acts ----------------------------------------------------------------------------------------------------

    def take(self, row: Row) -> None:
        name = row["act"]
        require(not self.void)
        if self.closed:
            require(name in ("reopen", "archive", "accept_late_correction", "hand_over", "refund"))
        if self.arrived is None:
            require(name in ("submit", "register"))
        elif self.received is None:
            before = ("submit", "register", "confirm", "not_a_request", "withdraw", "cease", "suspend_all")
            require(name in before)
        getattr(self, f"on_{name}")(row, row["on"])

    def restart(self, day: date, length: int | None = None) -> None:
        self.start, self.extension, self.delay, self.unpaid_days = day, 0, None, set()
        self.length = length or self.length

    def close(self, day: date, row: str) -> None:
        self.closed = True
        if self.received is None:
            return
        by, late = self.judged_by(), 0
        if by:
            late = sum(is_workday(each) for each in days(by + DAY, day))
        elif not self.waiting and day > self.surely():
            late = None  # type: ignore[assignment]
        self.closings.append({"on": day, "row": row, "late": late})
        self.counted = self.counted or self.closings[-1]

    def in_time(self, day: date) -> None:
        """An act that moves the end is told before the end, or before the wait that stopped the clock (33(2))."""
        end = self.due()
        stopped = self.waiting["on"] if self.waiting else day
        require(end is None or end >= min(day, stopped))

    def on_register(self, row: Row, day: date) -> None:
        require(self.arrived is None)
        self.arrived = row
        by_arrival = row["channel"] == "email" and self.set.get("email_receipt") == "arrival"
        if row["channel"] not in WAITS_FOR_BOTH or by_arrival:
            self.received = day
            self.restart(day)

    on_submit = on_register

    def on_confirm(self, row: Row, day: date) -> None:
        assert self.arrived
        if self.arrived["channel"] == "email" and self.set.get("email_receipt") == "arrival":
            return
        require(self.received is None)
        self.received = day
        self.restart(day)

    def on_not_a_request(self, row: Row, day: date) -> None:
        require(self.received is None or (not self.waiting and self.stage == "registered"))
        require(self.received is None or self.received.year == day.year)
        self.void = True

    def on_ask_correction(self, row: Row, day: date) -> None:
        assert self.received
        require(not self.was_asked)
        self.was_asked = True
        self.correction = {"on": day, "until": nth(day, row.get("workdays") or 10)}
        self.told_late = self.told_late or day > nth(self.received, 7)

    def on_corrected(self, row: Row, day: date) -> None:
        require(self.correction)
        self.correction, self.stage = None, "registered"
        self.restart(day)

    def on_lapse_correction(self, row: Row, day: date) -> None:
        require(self.correction)
        assert self.correction
        require(day > self.correction["until"])
        self.close(day, "other_handling.correction_overdue")

    def on_accept_late_correction(self, row: Row, day: date) -> None:
        require(self.closed and self.closings and self.closings[-1]["row"] == "other_handling.correction_overdue")
        require(self.closings[-1]["on"].year == day.year)
        if self.closings.pop() is self.counted:
            self.counted = None
        self.closed, self.correction, self.stage = False, None, "registered"
        self.restart(day)

    def on_consult(self, row: Row, day: date) -> None:
        require(row["thread"] not in self.threads)
        self.threads[row["thread"]] = {"with": row["with"], "sent": day}
        self.stage = "handling"

    def on_consult_delivered(self, row: Row, day: date) -> None:
        thread = self.threads.get(row["thread"])
        require(thread and not thread.get("opinion") and not thread.get("delivered"))
        self.threads[row["thread"]]["delivered"] = day

    def on_opinion(self, row: Row, day: date) -> None:
        thread = self.threads.get(row["thread"])
        require(thread and not thread.get("opinion"))
        self.threads[row["thread"]]["opinion"] = day

    def on_extend(self, row: Row, day: date) -> None:
        require(row["workdays"] <= 20 and not self.extension)
        self.in_time(day)
        self.extension = row["workdays"]

    def on_ask_reasons(self, row: Row, day: date) -> None:
        self.stage = "awaiting_reasons"

    def on_set_reasonable_delay(self, row: Row, day: date) -> None:
        require(row["until"] >= day)
        self.in_time(day)
        self.delay, self.stage = row["until"], "handling"

    def on_fee_notice(self, row: Row, day: date) -> None:
        require(self.fee is None)
        end = self.due()
        if end and day > end and not self.correction:
            self.overdue_since = min(self.overdue_since or end, end)
        self.fee = {"on": day, "until": nth(day, 20), "amount": Decimal(row["amount"]), "paid": Decimal(0)}
        self.stage = "handling"

    def on_paid(self, row: Row, day: date) -> None:
        require(self.fee)
        assert self.fee
        self.money += Decimal(row["amount"])
        self.fee["paid"] += Decimal(row["amount"])
        if self.fee["paid"] < self.fee["amount"]:
            return
        told, self.fee, self.stage = self.fee["on"], None, "handling"
        if self.set.get("payment_restarts_reply", True):
            self.restart(day)
        else:
            self.unpaid_days |= set(days(told + DAY, day))

    def on_lapse_payment(self, row: Row, day: date) -> None:
        require(self.fee)
        assert self.fee
        require(day > self.fee["until"])
        self.close(day, "other_handling.fee_overdue")

    def on_refund(self, row: Row, day: date) -> None:
        require(Decimal(row["amount"]) <= self.money)
        self.money -= Decimal(row["amount"])

    def on_deliver(self, row: Row, day: date) -> None:
        self.close(day, ROWS[row["answer"]])

    def on_withdraw(self, row: Row, day: date) -> None:
        self.close(day, "other_handling.other")

    on_cease = on_withdraw

    def on_narrow(self, row: Row, day: date) -> None:
        """A smaller request is the same request: nothing moves."""

    def on_archive(self, row: Row, day: date) -> None:
        require(self.closed and self.stage != "archived")
        self.stage = "archived"

    def moved(self, row: Row, sources: tuple[str, ...], target: str) -> None:
        require(not self.waiting and self.stage in sources)
        self.stage = target

    def on_propose_answer(self, row: Row, day: date) -> None:
        self.moved(row, ("registered", "handling", "awaiting_reasons"), "in_review")

    def on_review(self, row: Row, day: date) -> None:
        self.moved(row, ("in_review",), "in_approval")

    def on_return(self, row: Row, day: date) -> None:
        self.moved(row, ("in_review", "in_approval", "approved"), "handling")

    def on_approve(self, row: Row, day: date) -> None:
        self.moved(row, ("in_approval",), "approved")

    def on_merge(self, row: Row, day: date) -> None:
        """Both are open; the guest is answered with its host, and keeps its own clock."""
        host = Walk(in_order(self.others.get(row["into"], [])), self.set)
        require(host.received and host.received <= day)
        require(not host.closings or host.closings[0]["on"] >= day)
        if self.set.get("merge") == "other":
            self.close(day, "other_handling.other")
        elif host.closings:
            self.close(host.closings[0]["on"], host.closings[0]["row"])

    def on_hand_over(self, row: Row, day: date) -> None:
        if self.closed:
            require(self.closings and self.closings[-1]["row"] == "unable.not_held")
        else:
            self.close(day, "unable.not_held")

    def on_suspend_all(self, row: Row, day: date) -> None:
        require(day <= row["until"])
        self.rested |= set(days(day, row["until"]))

    def on_reopen(self, row: Row, day: date) -> None:
        require(self.closed)
        for thread in self.threads.values():
            thread.setdefault("dropped", day)
        if self.set.get("reopen") == "replace_same_year" and self.counted and self.counted["on"].year == day.year:
            self.counted = None
        self.restart(day, row.get("workdays") or 20)
        self.closed, self.correction, self.fee, self.stage = False, None, None, "handling"
        self.told_late, self.overdue_since = False, None

    # -- what is told --------------------------------------------------------------------------------------------

    def told(self) -> Row:
        late: list[int | None] = [each["late"] for each in self.closings]
        known = [each for each in late if each is not None]
        is_known = any(known) or len(known) == len(late)
        runs = self.start is not None and not self.waiting
        return {
            "received_on": self.received,
            "due_on": self.due() if runs else None,
            "due_on_strict": self.due(strict=True) if runs else None,
            "late_workdays": max(known, default=None) if is_known else None,
            "answered_on": self.counted["on"] if self.counted else None,
            "row": self.counted["row"] if self.counted else None,
            "refused": sorted(self.aside),
        }


# -- several requests, and what was put right ------------------------------------------------------------------------


def walk(
    rows: list[Row],
    settings: Row | None = None,
    whole: list[Row] | None = None,
    others: dict[str, list[Row]] | None = None,
) -> Row:
    """一件 — by its rows in any order; `whole`: those of the request that it may be split from; `others`: of hosts."""
    acts, aside = put_right(in_order(rows), settings or {}, whole)
    found = Walk(expanded(acts, whole, settings or {}), settings or {}, others).told()
    return {**found, "refused": sorted([*found["refused"], *aside])}


def in_order(rows: list[Row]) -> list[Row]:
    return sorted((dict(row) for row in rows), key=lambda row: row["on"])


def expanded(acts: list[Row], whole: list[Row] | None, settings: Row) -> list[Row]:
    """29(2): a part begins with all that had happened to the whole, if that was open and not yet reported."""
    if not any(row["act"] == "split" for row in acts):
        return acts
    split = next(row for row in acts if row["act"] == "split")
    came = {"submit", "register", "confirm", "corrected"}
    all_before = Walk(in_order(whole or []), settings).kept  # what could not be moves nothing here either
    same = [row["act"] for row in all_before if row["on"] == split["on"]]
    if "corrected" in same and "ask_correction" in same[: same.index("corrected")]:
        came.add("ask_correction")  # what came in on that day has its cause with it
    before = [row for row in all_before if row["on"] < split["on"] or (row["on"] == split["on"] and row["act"] in came)]
    then = Walk(before, settings)
    is_open = then.received and not then.void and not then.closed and not then.closings
    if not is_open or then.received is None or split["on"] > date(then.received.year + 1, 1, 31):
        raise AssertionError("the tests split only what can be split")
    return before + [row for row in acts if row is not split]


def put_right(acts: list[Row], settings: Row, whole: list[Row] | None) -> tuple[list[Row], list[str]]:
    """更正: on its right day, as if it had never been wrong; a year that was reported does not move."""
    plain, aside = [row for row in acts if row["act"] != "correct_record"], []
    for row in (row for row in acts if row["act"] == "correct_record"):
        if "corrects" not in row:  # another column moves every figure of the request
            counted = figures(Walk(expanded(plain, whole, settings), settings))
            if any(row["on"] > date(year + 1, 1, 31) for year, _ in counted):
                aside.append("correct_record")
            continue
        wrong = [each for each in plain if (each["act"], each["on"]) == (row["corrects"], row["was_on"])]
        right = [{**each, "on": row["now_on"]} if wrong and each is wrong[0] else each for each in plain]
        right.sort(key=lambda each: each["on"])
        if not wrong or row["now_on"] > row["on"]:
            aside.append("correct_record")
            continue
        was, now = (figures(Walk(expanded(each, whole, settings), settings)) for each in (plain, right))
        if any(row["on"] > date(year + 1, 1, 31) for year, _ in was ^ now):
            aside.append("correct_record")
            continue
        plain = right
    return plain, aside


def figures(walk: Walk) -> set[tuple[int, str]]:
    if walk.received is None or walk.void:
        return set()
    found = {(walk.received.year, "received")}
    return found | {(walk.counted["on"].year, walk.counted["row"])} if walk.counted else found
