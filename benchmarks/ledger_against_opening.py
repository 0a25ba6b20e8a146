"""台账有多贵 — 5,000 rows read and counted beyond opening the file, in seconds: at most 3; and 200,000 cases tallied,
against reading the row and the column of each and counting the pair: at most 2."""

from __future__ import annotations

import random
import sys
import time
from collections import Counter
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
    bare, going, tallied = least(
        [lambda: _bare(records), lambda: _through(records), lambda: tally(records, body="", year=2026)],
        runs=5,
    )
    line(f"{CASES} cases tallied / row and column of each read and counted", tallied / going, TARGET)
    print(f"{CASES} cases: gone through {bare:.3f} s, read and counted {going:.3f} s, tallied {tallied:.3f} s")
    (opened_down,) = least([lambda: tally(records, body="", year=2026).parts["applications.granted.total"]], runs=3)
    print(f"{CASES} cases: tallied, and one figure opened down to its ids, {opened_down:.3f} s")


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


def _bare(records: Records) -> None:
    """Nothing but going through them."""
    for _ in records.applications:
        pass


def _through(records: Records) -> Counter[tuple[object, object]]:
    """The plainest tally: a loop that reads the row and the column of each case, and counts the pair."""
    counted: Counter[tuple[object, object]] = Counter()
    for each in records.applications:
        counted[each.answer, each.applicant] += 1
    return counted


if __name__ == "__main__":
    began = time.perf_counter()
    main()
    print(f"{time.perf_counter() - began:.0f} s", file=sys.stderr)
