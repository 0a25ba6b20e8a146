"""台账有多贵 — 5,000 rows read and counted beyond opening the file, in seconds: at most 3; and 200,000 cases tallied,
against going through them once: at most 2."""

from __future__ import annotations

import random
import sys
import time
from collections.abc import Callable
from datetime import date, timedelta
from io import BytesIO

import xlsxwriter

from benchmarks._measure import least, line
from gongkai.documents.document import Document
from gongkai.documents.opening import open_documents
from gongkai.law.requests.settings import Settings
from gongkai.law.terms import AnswerKind, ApplicantKind
from gongkai.law.workdays import Calendar
from gongkai.report.form import Edition
from gongkai.report.ledger.spreadsheet import LEDGER_LIMITS, from_document
from gongkai.report.records import Application, Records
from gongkai.report.tally import tally

ROWS, SECONDS = 5_000, 3.0
CASES, TARGET = 200_000, 2.0
HEADS = (
    "编号",
    "申请人类别",
    "接收渠道",
    "收到日期",
    "补正告知日期",
    "收到补正日期",
    "延期告知日期",
    "答复日期",
    "办理结果",
    "承办",
)


def main() -> None:
    """台账有多贵 — one line a question."""
    opened = _document()
    document = opened()
    (opening,) = least([opened], runs=3)
    calendar = Calendar.load()

    def counted() -> None:
        ledger, _ = from_document(document)
        assert len(ledger.requests) == ROWS
        ledger.lines(calendar, Settings())
        ledger.figures(calendar, Settings(), cut_on=date(2026, 12, 31), edition=Edition.E2021)

    (beyond,) = least([counted], runs=3)
    line(f"{ROWS} rows read and counted beyond opening ({opening:.1f} s), seconds", beyond, SECONDS)
    records = Records(applications=_cases())
    going, tallied = least(
        [lambda: _through(records), lambda: tally(records, body="", year=2026)],
        runs=5,
    )
    line(f"{CASES} cases tallied / gone through once", tallied / going, TARGET)


def _document() -> Callable[[], Document]:
    dice, out = random.Random(5), BytesIO()
    with xlsxwriter.Workbook(out, {"in_memory": True}) as book:
        sheet = book.add_worksheet("台账")
        sheet.write_row(0, 0, HEADS)
        for at in range(1, ROWS + 1):
            day = date(2026, 1, 5) + timedelta(dice.randrange(330))
            asked = dice.random() < 0.2
            row = [f"2026-{at:04d}", "自然人", "邮寄", f"{day.year}.{day.month}.{day.day}"]
            row += [str(day + timedelta(3)), str(day + timedelta(9))] if asked else ["", ""]
            row += [str(day + timedelta(9)) if dice.random() < 0.2 and not asked else ""]
            row += [f"{day + timedelta(25):%Y年%m月%d日}", "部分公开", "办公室"]
            sheet.write_row(at, 0, row)
    data = out.getvalue()

    def opened() -> Document:
        (document,) = open_documents("a.xlsx", data, limits=LEDGER_LIMITS, apart=False)
        assert isinstance(document, Document), document
        return document

    return opened


def _cases() -> list[Application]:
    dice = random.Random(7)
    kinds, answers = list(ApplicantKind), [each for each in AnswerKind if "." in each.outcome]
    made = []
    for at in range(CASES):
        day = date(2025, 1, 1) + timedelta(dice.randrange(700))
        closed = dice.random() < 0.9
        made.append(
            Application(
                id=str(at),
                applicant=dice.choice(kinds),
                received_on=day,
                answer=dice.choice(answers) if closed else None,
                closed_on=day + timedelta(20) if closed else None,
            )
        )
    return made


def _through(records: Records) -> int:
    """What any tally must do: see in which year each case came and ended, and count it under its row and column."""
    first, last = date(2026, 1, 1), date(2026, 12, 31)
    parts: dict[str, set[str]] = {}
    for each in records.applications:
        rows = ["received"] if first <= each.received_on <= last else []
        if each.received_on < first and (each.closed_on is None or each.closed_on >= first):
            rows.append("carried_in")
        if each.closed_on and each.answer and first <= each.closed_on <= last:
            rows += [each.answer.outcome.value, "handled_total"]
        if each.received_on <= last and (each.closed_on is None or each.closed_on > last):
            rows.append("carried_out")
        for row in rows:
            for column in (each.applicant.value, "total"):
                parts.setdefault(f"applications.{row}.{column}", set()).add(each.id)
    return sum(map(len, parts.values()))


if __name__ == "__main__":
    began = time.perf_counter()
    main()
    print(f"{time.perf_counter() - began:.0f} s", file=sys.stderr)
