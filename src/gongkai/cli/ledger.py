"""台账 — `gongkai ledger`: every clock of an office's requests, and tables three and four (条例 第五十条)."""

from __future__ import annotations

import argparse
import json
import sys
from datetime import date
from pathlib import Path

from gongkai.cli.arguments import UsageError
from gongkai.cli.asked import day
from gongkai.cli.console import Console
from gongkai.cli.labels import translated
from gongkai.cli.saving import save, suffix_of
from gongkai.documents.writing.manuscript import WritingError
from gongkai.law.errors import DataError, LawError
from gongkai.law.requests.course import Course
from gongkai.law.requests.settings import Settings
from gongkai.law.workdays import Calendar
from gongkai.report.figures import Value
from gongkai.report.form import Edition, Form
from gongkai.report.ledger import COUNTED, Ledger, LedgerError, Line, default_year, from_json
from gongkai.report.naming import cells
from gongkai.report.writing import FORMATS, write_report

EXAMPLES = """示例
  gongkai ledger 台账.json                      哪些逾期、到哪天、表三表四
  gongkai ledger 台账.json --year 2026 -o 草稿.docx
  gongkai ledger 台账.json --set reopen=count_anew --json

台账写成 JSON，样子见 docs/reference/interchange.md。有逾期、警示、不成立或者暂定的退出 1；有文件读不了退出 2。"""

FINE, ATTENTION, UNREADABLE = 0, 1, 2
MOST_BYTES = 100_000_000
DATES = (
    "received_on",
    "correction_notice_by",
    "first_period_ends_on",
    "due_on",
    "due_on_strict",
    "provisional",
    "applicant_until",
    "lapse_from",
    "third_party_until",
    "co_maker_until",
    "answered_on",
    "late_workdays",
)


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """参数 — ledgers, the year and its cut, settings, and where a draft goes (年报格式)."""
    parser.epilog = EXAMPLES
    parser.add_argument("files", nargs="+", metavar="FILE", help="台账（JSON）；- 是标准输入")
    parser.add_argument("--year", type=int, metavar="Y", help="哪一年的表三、表四；不写的是最近收到申请的那一年")
    parser.add_argument("--cut", type=day, metavar="DATE", help="统计到哪一天；不写的是年底")
    parser.add_argument("--today", type=day, metavar="DATE", help="按哪一天看是否逾期；不写的是今天")
    parser.add_argument("--edition", choices=[str(each) for each in Edition], help="哪一版格式；不写的看年份")
    parser.add_argument(
        "--calendar", type=Path, action="append", default=[], metavar="FILE", help="导入新一年的放假安排"
    )
    parser.add_argument("--set", action="append", default=[], metavar="NAME=VALUE", help="办理口径，可以写多次")
    parser.add_argument("--json", action="store_true", help="一行一件，最后一行是表三、表四")
    parser.add_argument("-o", "--out", metavar="OUT", help="写成年报草稿：json xlsx docx，看后缀")


def run(arguments: argparse.Namespace, console: Console) -> int:
    """台账 — 0, 1 where something is overdue, marked, refused or provisional, 2 where a file could not be read."""
    if arguments.out and len(arguments.files) > 1:
        raise UsageError("写草稿一次只能给一个台账。")
    suffix = suffix_of(arguments.out, FORMATS) if arguments.out else ""
    chosen = dict(_setting(text) for text in arguments.set)
    _check(chosen)
    status = FINE
    for file in arguments.files:
        try:
            calendar = Calendar.load()
            for path in arguments.calendar:
                calendar = calendar.with_file(path)
            status = max(status, _one(_read(file), arguments, chosen, calendar, suffix, console))
        except (LedgerError, LawError, DataError, WritingError) as error:
            source = console.name(file)
            if arguments.json:
                console.json({"source": source, "error": console.text(error.template, **error.values)})
            console.error("{source}：{reason}", source=source, reason=console.text(error.template, **error.values))
            status = UNREADABLE
    return status


def to_json(line: Line, console: Console) -> dict[str, object]:
    """一件的 JSON — a line of interchange; what does not apply is null (条例 第三十三条)."""
    found = line.course
    row: dict[str, object] = {"id": found.id, "position": found.position.value, "waits_for": found.waits_for}
    for name in DATES:
        value = getattr(found, name)
        row[name] = value.isoformat() if isinstance(value, date) else value
    if found.received_on is None:
        row["provisional"] = None
    cell = found.cell
    if cell:
        row["cell"] = {"row": cell.row.value, "column": cell.column.value, "closed_on": cell.closed_on.isoformat()}
    else:
        row["cell"] = None
    row["marks"] = [mark.value for mark in found.marks]
    row["refused"] = [
        {"act": each.act, "on": each.on, "reason": console.text(each.template, **each.values)} for each in line.refused
    ]
    row["steps"] = [console.text(step.template, **step.values) for step in found.steps]
    return row


def _one(
    ledger: Ledger,
    arguments: argparse.Namespace,
    chosen: dict[str, str],
    calendar: Calendar,
    suffix: str,
    console: Console,
) -> int:
    settings = Settings.of({**ledger.settings, **chosen})
    lines = ledger.lines(calendar, settings)
    today = arguments.today or date.today()  # noqa: DTZ011 — the day of the office's own clock
    year = arguments.year or (arguments.cut or today).year
    if not arguments.year and not arguments.cut:
        year = default_year(lines, ledger.remedies) or today.year
    cut_on = arguments.cut or date(year, 12, 31)
    if cut_on.year != year:
        raise UsageError("--cut 的日期 {cut_on} 不在 {year} 年。", cut_on=cut_on, year=year)
    edition = Edition(arguments.edition) if arguments.edition else _edition(year)
    report, parts = ledger.figures(calendar, settings, cut_on=cut_on, edition=edition)
    counted = {address: value for address, value in report.figures.items() if address.startswith(COUNTED)}
    for line in lines:
        if arguments.json:
            console.json(to_json(line, console))
        for each in line.refused:
            reason = console.text(each.template, **each.values)
            console.error(
                "{id}：{act}（{on}）不成立：{reason}", id=line.course.id, act=each.act, on=each.on, reason=reason
            )
    judged_on = min(cut_on, today)
    if arguments.json:
        console.json({"year": year, "cut_on": cut_on.isoformat(), "figures": counted, "parts": parts})
    else:
        _show(lines, judged_on, report.form, counted, console)
    if arguments.out:
        save(arguments.out, write_report(report, suffix))
    return ATTENTION if any(_needs_attention(line, judged_on) for line in lines) else FINE


def _needs_attention(line: Line, judged_on: date) -> bool:
    found = line.course
    return bool(found.marks or line.refused or found.provisional or found.is_overdue(judged_on))


def _show(lines: list[Line], judged_on: date, blank: Form, counted: dict[str, Value], console: Console) -> None:
    for found in (line.course for line in lines):
        for said in _told(found, judged_on, console):
            console.say("{id}：{said}", id=found.id, said=said)
    console.say("共 {count} 件。", count=len(lines))
    rows = [
        (console.text("{said}", said=translated(cells(blank, (address,)), console)), str(value))
        for address, value in counted.items()
        if value and (address.endswith(".total") or address.startswith("remedies."))
    ]
    console.table(rows, right=(1,), indent=2)


def _told(found: Course, judged_on: date, console: Console) -> list[str]:
    said = [console.text("{mark}", mark=mark.label) for mark in found.marks]
    if found.is_overdue(judged_on):
        late = found.in_time_until
        said.append(console.text("期限到 {due_on}，还没有答复，已经逾期", due_on=late))
    elif found.waits_for == "office" and found.due_on:
        said.append(console.text("到 {due_on} 答复", due_on=found.due_on))
    elif found.waits_for == "office" and found.received_on:
        said.append(console.text("征求意见还没有结束，答复期限的最后一天待定"))
    elif found.waits_for == "applicant" and found.applicant_until:
        said.append(console.text("等申请人到 {until}", until=found.applicant_until))
    return said


def _edition(year: int) -> Edition:
    return Edition.E2021 if year >= 2021 else Edition.E2019


def _read(file: str) -> Ledger:
    try:
        if file == "-":
            data = sys.stdin.buffer.read(MOST_BYTES + 1)
        else:
            with Path(file).open("rb") as opened:
                data = opened.read(MOST_BYTES + 1)
    except OSError as error:
        raise LedgerError("打不开（{reason}）", reason=error.strerror or error) from None
    if len(data) > MOST_BYTES:
        raise LedgerError("文件太大，最多 {most} MB", most=MOST_BYTES // 1_000_000)
    try:
        return from_json(json.loads(data.decode("utf-8-sig")))
    except (ValueError, RecursionError) as error:
        if isinstance(error, LedgerError):
            raise
        raise LedgerError("看不懂：台账要写成 JSON，样子见 docs/reference/interchange.md") from None


def _setting(text: str) -> tuple[str, str]:
    name, found, value = text.partition("=")
    if not found:
        raise UsageError("--set 要写成 名称=值，写的是“{text}”。", text=text[:40])
    return name, value


def _check(chosen: dict[str, str]) -> None:
    try:
        Settings.of(chosen)
    except LawError as error:
        raise UsageError(error.template, "", **error.values) from None
