"""台账 — `gongkai ledger`: every clock of an office's requests, and tables three and four (条例 第五十条)."""

from __future__ import annotations

import argparse
import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property
from itertools import groupby
from pathlib import Path

from gongkai.cli.arguments import UsageError
from gongkai.cli.asked import day
from gongkai.cli.console import Console
from gongkai.cli.ledger_cases import Cases
from gongkai.cli.ledger_json import figures_to_json, stopped_to_json, to_json
from gongkai.cli.ledger_told import Told
from gongkai.cli.reports import refuse
from gongkai.cli.saving import save, suffix_of
from gongkai.documents.columns import Reading
from gongkai.documents.document import DocumentError
from gongkai.documents.opening import content, text_table
from gongkai.documents.writing.manuscript import WritingError
from gongkai.law.errors import DataError, LawError
from gongkai.law.requests.settings import Settings
from gongkai.law.workdays import Calendar
from gongkai.report.figures import AnnualReport
from gongkai.report.form import Edition
from gongkai.report.ledger import Ledger, LedgerError, Line, from_json, years
from gongkai.report.ledger.blank import blank_ledger
from gongkai.report.ledger.counted import counted_days, draft_note
from gongkai.report.ledger.spreadsheet import LEDGER_LIMITS, from_document, from_file
from gongkai.report.ledger.together import again, together
from gongkai.report.writing import write_report
from gongkai.text.toml_file import read_toml

EXAMPLES = """示例
  gongkai ledger 台账.xlsx                      哪些逾期、谁在办、表三表四
  gongkai ledger 台账.xlsx --year 2026 -o 草稿.docx
  gongkai ledger 台账.csv --columns 表头.toml   表头是自己的写法
  gongkai ledger --blank 台账.xlsx              一份空白的台账
  gongkai ledger 台账.json --set reopen=count_anew --json

一行一件，或者一行一个办理行为；JSON 的样子见 docs/reference/interchange.md。
读不出的单元格说明在哪里，那一行不计，其余照算。
xlsx 的草稿有一页“台账和期限”，有编号、承办（证件号、电话已经隐去），供本机关自己用，公开以前请删去。
有逾期、警示、不成立、没有计入或者暂定的退出 1；有文件读不了退出 2。"""

FINE, ATTENTION, UNREADABLE = 0, 1, 2
_BARE_KEY = re.compile(r"""^(\s*)([^\s"'=\[\]#][^"'=\[\]#]*?)(\s*=)""", re.MULTILINE)
_FIRST_YEAR, _LAST_YEAR = 1949, 2099
DRAFTS = ("json", "xlsx", "docx")


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """参数 — ledgers, the year and its cut, settings, and where a draft goes (年报格式)."""
    parser.epilog = EXAMPLES
    parser.add_argument("files", nargs="*", metavar="FILE", help="台账：xlsx、csv 或者 JSON；- 是标准输入")
    parser.add_argument("--year", type=int, metavar="Y", help="哪一年的表三、表四；不写的是收到申请最多的那一年")
    parser.add_argument("--cut", type=day, metavar="DATE", help="统计到哪一天；不写的是年底")
    parser.add_argument("--today", type=day, metavar="DATE", help="按哪一天看是否逾期；不写的是今天")
    parser.add_argument("--edition", choices=[str(each) for each in Edition], help="哪一版格式；不写的看年份")
    parser.add_argument(
        "--calendar", type=Path, action="append", default=[], metavar="FILE", help="导入新一年的放假安排"
    )
    parser.add_argument(
        "--columns",
        action="append",
        default=[],
        metavar="MAP.toml|NAME=HEAD",
        help='栏对应的表头，一行一个：编号 = "来件编号"；不写文件的，直接写 编号=来件编号，可以写多次',
    )
    parser.add_argument("--blank", metavar="OUT.xlsx", help="写一份空白的台账，带下拉选项和一行示例")
    parser.add_argument("--set", action="append", default=[], metavar="NAME=VALUE", help="办理口径，可以写多次")
    parser.add_argument("--json", action="store_true", help="一行一件，最后一行是表三、表四")
    parser.add_argument("-o", "--out", metavar="OUT", help="写成年报草稿：json xlsx docx，看后缀")


def run(arguments: argparse.Namespace, console: Console) -> int:
    """台账 — 0, 1 where something is overdue, marked, refused or provisional, 2 where a file could not be read."""
    if arguments.blank:
        return _blank(arguments, console)
    if not arguments.files:
        raise UsageError("请给台账的文件名；要空白的台账，用 --blank 台账.xlsx。")
    if arguments.out and len(arguments.files) > 1:
        raise UsageError("写草稿一次只能给一个台账。")
    suffix = _suffix(arguments) if arguments.out else ""
    chosen, given = _chosen(arguments.set), _given(arguments.columns)
    _check(chosen)
    today = arguments.today or date.today()  # noqa: DTZ011 — the day of the office's own clock
    status, counted = FINE, []
    asked = _Asked(arguments, chosen, suffix, today, console)
    # All are read first: what one says of a request another one may know to be answered.
    read = {file: _tried(file, given, asked) for file in arguments.files}
    ledgers = together({file: found[0] for file, found in read.items() if not isinstance(found, Exception)})
    for file, ledger in read.items():
        try:
            if isinstance(ledger, Exception):
                raise ledger
            found, cases = _one(file, ledgers[file], ledger[1], asked)
            status = max(status, found)
            counted.append(cases)
        except DocumentError as error:
            refuse(error, console, json=arguments.json)
            status = UNREADABLE
        except (LedgerError, LawError, DataError, WritingError) as error:
            source = console.name(file)
            if arguments.json:
                console.json({"source": source, "error": console.text(error.template, **error.values)})
            console.error("{source}：{reason}", source=source, reason=console.text(error.template, **error.values))
            status = UNREADABLE
    if len(counted) > 1 and not arguments.json:
        _sum(counted, again([*ledgers.values()]), console)
    return status


def _sum(counted: Sequence[Cases], twice: int, console: Console) -> None:
    if twice:
        console.say("有 {count} 件的编号和收到日期几个台账里都有，像是同一件，下面的件数里各计一次。", count=twice)
    console.say(
        "{files} 个台账共 {count} 件，逾期没有答复的 {late} 件。",
        files=len(counted),
        count=sum(each.count for each in counted),
        late=sum(len(each.overdue) for each in counted),
    )


def _blank(arguments: argparse.Namespace, console: Console) -> int:
    if arguments.files:
        raise UsageError("--blank 只写空白的台账，不要再给别的文件。")
    suffix_of(arguments.blank, ("xlsx",))
    if Path(arguments.blank).exists():
        raise UsageError("{out} 已经有了，没有写，免得盖掉填好的台账；请换一个名字。", out=arguments.blank)
    save(arguments.blank, blank_ledger())
    console.say("空白的台账写在 {out}。示例一行不计，可以删掉。", out=arguments.blank)
    return FINE


def _suffix(arguments: argparse.Namespace) -> str:
    """What the draft is written as; never over a ledger."""
    if any(_is_same(arguments.out, file) for file in arguments.files):
        raise UsageError("草稿不能写在台账上：{out} 是台账，请换一个名字。", out=arguments.out)
    return suffix_of(arguments.out, DRAFTS)


def _is_same(out: str, file: str) -> bool:
    return Path(out).exists() and Path(file).exists() and Path(out).samefile(file)


@dataclass(frozen=True)
class _Asked:
    arguments: argparse.Namespace
    chosen: Mapping[str, str]
    suffix: str
    today: date
    console: Console

    @cached_property
    def calendar(self) -> Calendar:
        """工作日历 — with the years that were given."""
        calendar = Calendar.load()
        for path in self.arguments.calendar:
            calendar = calendar.with_file(path)
        return calendar


def _one(file: str, ledger: Ledger, reading: Reading | None, asked: _Asked) -> tuple[int, Cases]:
    arguments, console = asked.arguments, asked.console
    settings = Settings.of({**ledger.settings, **asked.chosen})
    lines, clocks = ledger.lines(asked.calendar, settings, asked.today), ledger.clocks(asked.calendar, settings)
    received_in = years(lines, ledger.remedies, asked.today)
    cut_on = _cut(arguments, received_in or [asked.today.year])
    edition = Edition(arguments.edition) if arguments.edition else _edition(cut_on.year)
    report, parts = ledger.figures(asked.calendar, settings, cut_on=cut_on, edition=edition)
    # The cut is that of the tables: an answer after it is late all the same, and so is one that is still lacking.
    cases = Cases(ledger, lines, clocks, asked.calendar, asked.today, _silent(reading), console)
    remedies = [*ledger.remedies_refused(asked.calendar, settings), *ledger.years_refused(parts, cut_on.year)]
    told = Told(
        replace(report, source=file), ledger, lines, remedies, cut_on, received_in, reading or Reading(), console
    )
    if reading:
        told.lacking(reading)
    told.elsewhere()
    if arguments.json:
        for line in lines:
            console.json(to_json(line, console) | cases.late(line.course) | cases.unread(line.course))
        for _, group in groupby(ledger.stopped, key=lambda each: (each.id, each.sheet, each.row)):
            stopped = list(group)
            clock = clocks.get((stopped[0].sheet, stopped[0].row))
            console.json(
                stopped_to_json(stopped, clock, console) | (cases.late(clock) | cases.unread(clock) if clock else {})
            )
        told.refusals()
        figures = figures_to_json(report, parts, cut_on, reading, ledger.assumed, remedies, console)
        console.json({**figures, "today": asked.today.isoformat()})
    else:
        if len(arguments.files) > 1:
            console.say("{source}", source=console.name(file))
        if reading:
            told.columns(reading)
        told.refusals()
        cases.say()
        told.tables()
    if arguments.out:
        _write(lines, ledger, replace(report, preface=draft_note(ledger, cut_on, cases.provisional)), asked)
    if not arguments.json:
        cases.summary()
    is_fine = not (cases.silent or told.beside or ledger.stopped or remedies or cases.overdue)
    is_fine = is_fine and not any(map(_needs_attention, lines))
    is_fine = is_fine and not (reading and (reading.torn or any(each.rows for each in reading.uncounted)))
    return FINE if is_fine else ATTENTION, cases


def _write(lines: Sequence[Line], ledger: Ledger, draft: AnnualReport, asked: _Asked) -> None:
    """Write the draft; an xlsx has the page of counted days too, which is for the office alone."""
    arguments, console = asked.arguments, asked.console
    page = counted_days(lines, ledger, asked.today) if asked.suffix == "xlsx" else ()
    save(arguments.out, write_report(draft, asked.suffix, appended=page))
    if not arguments.json:
        console.say("草稿写在 {out}。", out=arguments.out)
        if page:
            console.say("草稿里“台账和期限”一页有编号、承办，供本机关自己用；公开以前请删去这一页。")


def _cut(arguments: argparse.Namespace, found: Sequence[int]) -> date:
    year = arguments.year
    if year is None:
        year = arguments.cut.year if arguments.cut else found[0]
    if not _FIRST_YEAR <= year <= _LAST_YEAR:
        raise UsageError(
            "--year 要写 {first} 到 {last} 年里的一年，写的是 {year}。", first=_FIRST_YEAR, last=_LAST_YEAR, year=year
        )
    cut_on: date = arguments.cut or date(year, 12, 31)
    if cut_on.year != year:
        raise UsageError("--cut 的日期 {cut_on} 不在 {year} 年。", cut_on=cut_on, year=year)
    return cut_on


def _silent(reading: Reading | None) -> frozenset[str]:
    """Sheets with a list of requests that has no column of answer days: nothing tells what is still open."""
    heads = reading.heads if reading else []
    return frozenset(each.sheet for each in heads if each.layout == "requests" and "answered_on" not in each.columns)


def _needs_attention(line: Line) -> bool:
    found = line.course
    return bool(found.marks or line.refused or found.provisional)


def _edition(year: int) -> Edition:
    return Edition.E2021 if year >= 2021 else Edition.E2019


def _tried(
    file: str, given: Mapping[str, str], asked: _Asked
) -> tuple[Ledger, Reading | None] | DocumentError | LedgerError | LawError | DataError:
    try:
        return _read(file, given, asked)
    except (DocumentError, LedgerError, LawError, DataError) as error:
        return error


def _read(file: str, given: Mapping[str, str], asked: _Asked) -> tuple[Ledger, Reading | None]:
    """A ledger as JSON, else as a spreadsheet, by what the file holds."""
    data = content(file, LEDGER_LIMITS)
    if not data.lstrip(b"\xef\xbb\xbf\x00\xff\xfe \t\r\n").startswith((b"{", b"[")):
        return _table(file, data, given, asked)
    try:
        return from_json(json.loads(data.decode("utf-8-sig"), object_pairs_hook=_once), today=asked.today), None
    except (ValueError, RecursionError) as error:
        if isinstance(error, LedgerError):
            raise
        raise LedgerError("看不懂：JSON 写得不对，样子见 docs/reference/interchange.md") from None


def _once(pairs: Sequence[tuple[str, object]]) -> dict[str, object]:
    found: dict[str, object] = {}
    for name, value in pairs:
        if name in found:
            raise LedgerError("看不懂：JSON 里同一处“{name}”写了两次，请留下一个", name=name)
        found[name] = value
    return found


def _table(file: str, data: bytes, given: Mapping[str, str], asked: _Asked) -> tuple[Ledger, Reading]:
    """A spreadsheet; a text that has no name of one is taken for rows of cells where that makes it a ledger."""
    today, calendar, settings = asked.today, asked.calendar, Settings.of(asked.chosen)
    try:
        if document := text_table(file, data, limits=LEDGER_LIMITS):
            return from_document(document, given, today=today, calendar=calendar, settings=settings)
    except (DocumentError, LedgerError) as error:
        try:
            return from_file(file, data, given, today=today, calendar=calendar, settings=settings)
        except LedgerError:
            raise error from None
    return from_file(file, data, given, today=today, calendar=calendar, settings=settings)


def _given(written: Sequence[str]) -> dict[str, str]:
    """The heads that options name, 编号=来件编号, and files of TOML: 编号 = "来件编号"."""
    found: dict[str, str] = {}
    for each in written:
        name, is_pair, head = each.partition("=")
        named = {name.strip(): head.strip()} if is_pair and not Path(each).exists() else _given_in(each)
        for twice in found.keys() & named.keys():
            if found[twice] != named[twice]:
                said = "--columns 里“{name}”写了两次，{first} 和 {second} 不知道按哪一个，请只写一次。"
                raise UsageError(said, name=twice, first=found[twice], second=named[twice])
        found |= named
    return found


def _given_in(path: str) -> dict[str, str]:
    try:
        data = read_toml(_BARE_KEY.sub(r'\1"\2"\3', Path(path).read_text(encoding="utf-8-sig")))
    except (OSError, ValueError) as error:
        raise UsageError("{file}：--columns 的文件读不了（{reason}）。", file=path, reason=str(error)[:80]) from None
    written = data.get("columns", data)
    if not isinstance(written, dict) or not all(isinstance(head, str) for head in written.values()):
        raise UsageError('{file}：每一行写成 栏的名称 = "文件里的表头"。', file=path)
    return written


def _chosen(written: Sequence[str]) -> dict[str, str]:
    found: dict[str, str] = {}
    for name, value in map(_setting, written):
        if found.setdefault(name, value) != value:
            said = "--set 里 {name} 写了两次，{first} 和 {second} 不知道按哪一个，请只写一次。"
            raise UsageError(said, name=name, first=found[name], second=value)
    return found


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
