"""怪台账 — a hundred files of many kinds: every row is read as its case has it, or named; none is silently another."""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Callable
from datetime import date

import pytest

from gongkai.documents.document import DocumentError
from gongkai.law.requests.settings import Settings
from gongkai.law.workdays import Calendar
from gongkai.report.ledger import Ledger, LedgerError
from gongkai.report.ledger.spreadsheet import from_file
from tests.report import odd_ledgers, odd_sheets
from tests.report.odd_ledgers import NAMED, READ, Odd

_HELPERS = {"parts", "numeral", "monthly", "old_workbook", "open_document"}


def _kinds() -> dict[str, Callable[[Odd], None]]:
    found: dict[str, Callable[[Odd], None]] = dict(odd_sheets.FILES)
    for module in (odd_ledgers, odd_sheets):
        for name, each in vars(module).items():
            if getattr(each, "__module__", "") == module.__name__ and name[0].islower() and name not in _HELPERS:
                found[name.replace("_", " ")] = each
    return found


ODD = _kinds()


def made(kind: str, seed: int) -> Odd:
    """造一份 — of the kind, by the seed."""
    odd = Odd(random.Random(f"{kind}{seed}"))
    ODD[kind](odd)
    return odd.done()


def named(ledger: Ledger, *, doubts: bool = True) -> set[tuple[str, int]]:
    """说到的行 — that stopped, or of which an act was refused with its place; `doubts`: or a cell leaves it open."""
    found = {(each.sheet, each.row) for each in ledger.stopped}
    for line in ledger.lines(Calendar.load(), Settings()):
        rows = [each.place for each in line.refused if each.place and (doubts or not each.is_doubt)]
        found |= {(str(place["sheet"]), int(str(place["row"]))) for place in rows}
    return found


def found_in(ledger: Ledger) -> Counter[tuple[str, tuple[tuple[str, date], ...]]]:
    """读到的 — the cases, whatever their numbers; a confirmation of receipt is none of the truth's acts."""
    return Counter(
        (
            each.applicant.value,
            tuple(
                (f"{act.kind.value} {act.answer.value}" if act.answer else act.kind.value, act.on) for act in each.acts
            ),
        )
        for each in ledger.requests
    )


def faults(odd: Odd) -> list[str]:
    """错在哪里 — rows that were silently read as another, needlessly named, or a whole file refused for nothing."""
    try:
        ledger, reading = from_file(odd.name, odd.data, today=date(2027, 6, 30))
    except (LedgerError, DocumentError) as error:
        return [] if odd.refused and odd.refused in str(error) else [f"refused: {error}"]
    again = {(each.sheet, each.row) for each in reading.skipped if each.why == "repeated"}
    told, refused = named(ledger) | again, named(ledger, doubts=False) | again
    wrong = [f"not named: {row}" for row in odd.rows if row.fate == NAMED and (row.sheet, row.row) not in told]
    wrong += [f"named for nothing: {row}" for row in odd.rows if row.fate == READ and (row.sheet, row.row) in told]
    stopped = {(each.sheet, each.row) for each in ledger.stopped}
    true = Counter(
        # An act that was refused at its cell has not happened.
        (kind, acts[:1] if (row.sheet, row.row) in refused else acts)
        for row in odd.rows
        if row.case and (row.sheet, row.row) not in stopped
        for kind, acts in [row.case.truth]
    )
    found = found_in(ledger)
    wrong += [f"silently read: {each}" for each in (found - true).elements()]
    wrong += [f"lost: {each}" for each in (true - found).elements()]
    wrong += ["read, and should be refused"] if odd.refused and found != true else []
    return wrong


@pytest.mark.parametrize("kind", ODD)
def test_a_row_is_read_or_named(kind: str) -> None:
    for seed in range(2):
        assert faults(made(kind, seed)) == []


def test_there_are_a_hundred_files_of_more_than_forty_kinds() -> None:
    assert len(ODD) >= 50
