"""手工数日子 — the dates of a request ticked off day by day on the announced calendar, as one does on a wall.

Nothing of gongkai is imported: it reads the calendar's data alone, so that what gongkai counts can be held against it.
It takes courses that can be, and refuses nothing.
"""

from __future__ import annotations

import tomllib
from datetime import date, timedelta
from pathlib import Path
from typing import Any

DATA = Path(__file__).resolve().parents[2] / "src" / "gongkai" / "law" / "data" / "workdays.toml"
DAY = timedelta(days=1)
Row = dict[str, Any]


def _calendar() -> tuple[set[date], set[date]]:
    off, worked = set(), set()
    for year in tomllib.loads(DATA.read_text(encoding="utf-8"))["year"]:
        for each in year["off"]:
            day = each["from"]
            while day <= each["to"]:
                off.add(day)
                day += DAY
        worked |= {each["on"] for each in year["work"]}
    return off, worked


OFF, WORKED = _calendar()


def is_workday(day: date) -> bool:
    return day in WORKED or (day.weekday() < 5 and day not in OFF)


def nth(after: date, days: int) -> date:
    while days:
        after += DAY
        days -= is_workday(after)
    return after


def workdays_after(first: date, last: date) -> int:
    count = 0
    while first < last:
        first += DAY
        count += is_workday(first)
    return count


def excluded(acts: list[Row], *, strict: bool) -> set[date] | None:
    """Every day that consultations take out; None where one has no end."""
    days: set[date] = set()
    threads: dict[str, Row] = {}
    for act in acts:
        if act["act"] == "consult":
            threads[act.get("thread", "")] = {"with": act["with"], "from": act["on"], "ends": []}
        elif act["act"] == "opinion":
            threads[act.get("thread", "")]["ends"].append(act["on"])
        elif act["act"] == "consult_delivered":
            thread = threads[act.get("thread", "")]
            if thread["with"] in ("third_party", "co_maker"):
                thread["ends"].append(nth(act["on"], 15))
    for thread in threads.values():
        if not thread["ends"]:
            return None
        day = thread["from"] + DAY if strict else thread["from"]
        while day <= min(thread["ends"]):
            days.add(day)
            day += DAY
    return days


def put_right(rows: list[Row]) -> list[Row]:
    """The acts on the days on which they happened; what says so is left out."""
    acts = [dict(row) for row in rows if row["act"] != "correct_record"]
    for row in sorted((row for row in rows if row["act"] == "correct_record"), key=lambda row: row["on"]):
        wrong = next(act for act in acts if (act["act"], act["on"]) == (row["corrects"], row["was_on"]))
        wrong["on"] = row["now_on"]
    return acts


def suspended(acts: list[Row]) -> set[date]:
    days = set()
    for act in acts:
        day = act["on"]
        while act["act"] == "suspend_all" and day <= act["until"]:
            days.add(day)
            day += DAY
    return days


def tick(start: date, days: int, out: set[date]) -> date:
    while days:
        start += DAY
        days -= is_workday(start) and start not in out
    return start


def dates(rows: list[Row], settings: Row | None = None) -> Row:
    """The dates of a course that is open or was answered: what interchange names, as far as it can be ticked off."""
    settings = settings or {}
    acts = sorted(put_right(rows), key=lambda act: act["on"])
    rested = suspended(acts)
    of = {act["act"]: act for act in acts}
    arrived = next(act for act in acts if act["act"] in ("submit", "register"))
    channel = arrived.get("channel")
    by_arrival = channel == "email" and settings.get("email_receipt") == "arrival"
    waits_for_both = channel in ("letter", "internet", "email", "fax") and not by_arrival
    received = of["confirm"]["on"] if waits_for_both else arrived["on"]
    found: Row = {"received_on": received, "correction_notice_by": nth(received, 7)}
    restarts = ["corrected", "reopen", *(["paid"] if settings.get("payment_restarts_reply", True) else [])]
    start, length, extension, waiting = received, 20, 0, None
    out: set[date] = set()
    for act in acts:
        if act["act"] == "ask_correction":
            waiting = nth(act["on"], act.get("workdays", 10))
        elif act["act"] == "fee_notice":
            waiting = nth(act["on"], 20)
        elif act["act"] == "extend":
            extension = act.get("workdays", 20)
        elif act["act"] == "paid" and "paid" not in restarts:
            waiting, day = None, of["fee_notice"]["on"]
            while day < act["on"]:
                day += DAY
                out.add(day)
        if act["act"] in restarts:
            start, extension, waiting = act["on"], 0, None
            length = act.get("workdays", 20) if act["act"] == "reopen" else length
    if waiting:
        return {**found, "applicant_until": waiting, "lapse_from": waiting + DAY, "due_on": None, "due_on_strict": None}
    for name, strict in (("due_on", settings.get("consultation_first_day") == "counted"), ("due_on_strict", True)):
        days = excluded(acts, strict=strict)
        if days is None:
            return {**found, "due_on": None, "due_on_strict": None, "first_period_ends_on": None}
        days |= out | (set() if name == "due_on_strict" else rested)
        first = tick(start, length, days)
        found[name] = tick(first, extension, days) if extension else first
        if name == "due_on":
            found["first_period_ends_on"] = first
    return found
