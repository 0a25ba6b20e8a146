"""刁钻的经过 — three hundred histories of requests by a generator with a seed: each kind of corner thirty times.

They may hold what cannot be, and several acts on one day.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta
from random import Random
from typing import Any

DAY = timedelta(days=1)
Row = dict[str, Any]
EACH = 30
CHANNELS = ("in_person", "mail", "letter", "internet", "email", "fax")
ANSWERS = ("granted", "partly_granted", "internal_affairs", "not_existing", "still_unclear", "special_access")
PARTNERS = ("third_party", "co_maker", "other_organ", "secrecy_authority")
SETTINGS: dict[str, tuple[object, ...]] = {
    "consultation_first_day": ("excluded", "counted"),
    "late_correction_restarts": (False, True),
    "late_fee_notice_restarts": (False, True),
    "payment_restarts_reply": (True, False),
    "email_receipt": ("confirmation", "arrival"),
    "reopen": ("keep", "replace_same_year"),
}


@dataclass
class History:
    """一件的经过 — its rows, the settings, the rows of the request that it was split from."""

    name: str
    settings: Row
    random: Random
    day: date
    rows: list[Row] = field(default_factory=list)
    whole: list[Row] | None = None

    def on(self, act: str, least: int = 0, most: int = 9, **more: Any) -> Row:
        """An act some days later; no day later is the same day."""
        self.day += DAY * self.random.randint(least, most)
        row = {"act": act, "on": self.day, **more}
        self.rows.append(row)
        return row

    def come(self, channel: str | None = None) -> None:
        channel = channel or self.random.choice(CHANNELS)
        self.on("register", 0, 0, channel=channel)
        if channel in CHANNELS[2:]:
            self.on("confirm", 0, 4)

    def consult(self, thread: str, *, back: bool | None = None) -> None:
        partner = self.random.choice(PARTNERS)
        sent = self.on("consult", thread=thread, **{"with": partner})["on"]
        if self.random.random() < 0.8:
            self.rows.append(
                {"act": "consult_delivered", "on": sent + DAY * self.random.randint(0, 5), "thread": thread}
            )
        if back if back is not None else self.random.random() < 0.7:
            self.rows.append({"act": "opinion", "on": sent + DAY * self.random.randint(0, 40), "thread": thread})

    def extend(self, most: int = 25) -> None:
        self.on("extend", 0, most, workdays=self.random.choice((1, 5, 10, 20, 21)))

    def fee(self, *, paid: bool = True) -> None:
        self.on("fee_notice", 0, 20, amount="400")
        if self.random.random() < 0.4:
            self.on("paid", 0, 20, amount="150")
            self.on("paid", 0, 20, amount="250")
        elif paid:
            self.on("paid", 0, 40, amount="400")

    def ask(self) -> None:
        days = self.random.choice(({}, {"workdays": self.random.randint(5, 20)}))
        self.on("ask_correction", 0, 14, **days)

    def end(self, most: int = 60) -> None:
        choice = self.random.random()
        if choice < 0.75:
            self.on("deliver", 0, most, answer=self.random.choice(ANSWERS))
        elif choice < 0.85:
            self.on("withdraw", 0, most)


def around_the_fee(it: History) -> None:
    it.come()
    for step in it.random.sample([it.extend, it.fee, it.extend, lambda: it.consult("a")], 4):
        step()
    it.end()


def corrected_in_rounds(it: History) -> None:
    it.come()
    it.ask()
    if it.random.random() < 0.5:
        it.on("corrected", 0, 30)
        it.ask()
        it.extend()
    else:
        it.on("lapse_correction", 5, 35)
        it.on("accept_late_correction", 0, 60)
    it.on("corrected", 0, 20)
    it.end()


def suspended_over_the_year(it: History) -> None:
    it.day = date(it.random.choice((2024, 2025)), 12, 1) + DAY * it.random.randint(0, 25)
    it.come()
    if it.random.random() < 0.5:
        it.consult("a")
    start = it.on("suspend_all", 0, 15, cause="洪水")
    start["until"] = start["on"] + DAY * it.random.randint(0, 25)
    it.extend()
    it.end()


def over_make_ups(it: History) -> None:
    worked = (date(2025, 1, 26), date(2025, 2, 8), date(2025, 9, 28), date(2025, 10, 11), date(2026, 2, 14))
    it.day = it.random.choice((*worked, date(2026, 2, 28), date(2026, 9, 20), date(2026, 10, 10)))
    it.day -= DAY * it.random.choice((0, 0, 1, 7, 28, 30))
    it.come()
    it.random.choice((it.ask, it.extend, lambda: it.consult("a"), it.fee))()
    it.on("corrected", 0, 12)
    it.end(40)


def before_the_notice(it: History) -> None:
    it.day = date(2026, 11, 1) + DAY * it.random.randint(0, 90)
    it.come()
    it.random.choice((it.ask, it.extend, lambda: it.consult("a"), it.fee))()
    if it.random.random() < 0.5:
        it.extend()
        it.end(90)


def third_party_silent(it: History) -> None:
    it.come()
    it.consult("a", back=False)
    it.consult("b", back=it.random.random() < 0.5)
    it.extend(40)
    if it.random.random() < 0.5:
        until = it.on("set_reasonable_delay", 0, 10)
        until["until"] = until["on"] + DAY * it.random.randint(-1, 60)
    it.end(90)


def back_after_withdrawal(it: History) -> None:
    it.come()
    sent = it.on("consult", thread="a", **{"with": it.random.choice(PARTNERS)})["on"]
    it.on("withdraw", 0, 30)
    it.rows.append({"act": "opinion", "on": sent + DAY * it.random.randint(0, 60), "thread": "a"})
    it.on("reopen", 0, 60, cause="撤销", workdays=it.random.choice((10, 15, 20)))
    it.end()


def narrowed_and_split(it: History) -> None:
    it.come(it.random.choice(("in_person", "mail", "internet")))
    it.on("narrow", 0, 5)
    if it.random.random() < 0.5:
        it.ask()
        it.on("corrected", 0, 10)
    if it.random.random() < 0.5:
        it.on("consult", 0, 3, thread="a", **{"with": "other_organ"})
    it.whole, it.rows = it.rows, []
    it.on("split", 0, 5, of="whole")
    it.on("opinion", 0, 5, thread="a")
    it.random.choice((it.extend, it.fee, lambda: it.on("narrow")))()
    it.end()


def handed_over(it: History) -> None:
    it.come()
    if it.random.random() < 0.5:
        it.on("deliver", 0, 40, answer=it.random.choice(("not_this_body", "not_existing", "granted")))
    it.on("hand_over", 0, 30, body="另一个局", into="B-1")
    it.on("opinion", 0, 3, thread="a")
    it.on("reopen", 0, 60, cause="撤销")
    it.end()


def put_right(it: History) -> None:
    it.day = date(it.random.choice((2024, 2025)), it.random.choice((1, 3, 12)), it.random.randint(1, 28))
    it.come()
    it.random.choice((it.extend, it.ask, it.fee, lambda: it.consult("a")))()
    it.on("corrected", 0, 9)
    it.end(40)
    wrong = it.random.choice(it.rows)
    row = it.on("correct_record", 0, 70, corrects=wrong["act"], was_on=wrong["on"], cause="登记有误")
    row["now_on"] = wrong["on"] + DAY * it.random.randint(-20, 6)


KINDS: tuple[Callable[[History], None], ...] = (
    around_the_fee,
    corrected_in_rounds,
    suspended_over_the_year,
    over_make_ups,
    before_the_notice,
    third_party_silent,
    back_after_withdrawal,
    narrowed_and_split,
    handed_over,
    put_right,
)


def histories(seed: int = 711, each: int = EACH) -> Iterator[History]:
    """各种经过 — `each` of every kind; every third has two or more acts on one day (条例 第三十三条)."""
    random = Random(seed)
    for kind in KINDS:
        for number in range(each):
            chosen = {name: random.choice(values) for name, values in SETTINGS.items()}
            day = date(2024, 1, 2) + DAY * random.randint(0, 700)
            made = History(f"{kind.__name__}-{number}", chosen if number % 2 else {}, random, day)
            kind(made)
            if number % 3 == 0:
                crowd(made)
            made.rows = jumbled(made.rows, random)
            made.whole = made.whole and jumbled(made.whole, random)
            yield made


def jumbled(rows: list[Row], random: Random) -> list[Row]:
    """Entered in any order of days; those of one day keep theirs."""
    days = sorted({row["on"] for row in rows})
    random.shuffle(days)
    return [row for day in days for row in rows if row["on"] == day]


def crowd(it: History) -> None:
    """Every act on the day of the one before, where that was three days ago or less; what a row names goes with it."""
    before: date | None = None
    for row in sorted(it.rows, key=lambda row: row["on"]):
        was, gap = row["on"], (row["on"] - before).days if before else 99
        if gap <= 3 and row["act"] not in ("correct_record", "split"):
            row["on"] = before
            for other in it.rows:
                if other.get("was_on") == was and other.get("corrects") == row["act"]:
                    other["was_on"] = before
        before = row["on"]
