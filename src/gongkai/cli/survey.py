"""普查年报 — `gongkai survey FOLDER -o OUT.parquet`: a corpus into tables, and questions to it (条例 第五十条)."""

from __future__ import annotations

import argparse
import time
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING

from gongkai.cli.arguments import UsageError
from gongkai.cli.console import Console
from gongkai.cli.reports import ATTENTION, FINE, UNREADABLE, refuse
from gongkai.cli.saving import suffix_of
from gongkai.documents.document import DocumentError

if TYPE_CHECKING:
    from gongkai.report.survey.asking import Answer
    from gongkai.report.survey.running import Step, Survey

EXAMPLES = """示例
  gongkai survey 全省年报 -o 全省.parquet            读、核一个文件夹里的全部年报；中断了再运行一次就接着做
  gongkai survey 全省.parquet --tables               有哪些表、哪些列、哪些现成的问题
  gongkai survey 全省.parquet --ask late             问一个现成的问题：谁迟交了
  gongkai survey 全省.parquet --ask "SELECT year, count(*) FROM reports GROUP BY year" --json

全部读清楚、没有错误退出 0；有错误、有数缺失或者存疑退出 1；有文件读不了、写不出或者问不成退出 2。"""

STEPS = {"known": "认出读过的", "read": "读和核", "write": "写成表"}
_EXTRA = ("pyarrow", "duckdb", "datasketch")
_COPIES = "copies"  # answered by comparing texts, not by SQL
_MOST_ROWS = 1000


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """参数 — a folder and where its tables go; or tables, and what is asked of them."""
    parser.epilog = EXAMPLES
    parser.add_argument("where", metavar="FOLDER", help="年报所在的文件夹；提问时是普查写成的 OUT.parquet")
    parser.add_argument("-o", "--out", metavar="OUT", help="写成的文件 OUT.parquet，旁边另有发现和年报两张表")
    parser.add_argument("--workers", type=int, metavar="N", help="用几个进程，默认每个核心一个")
    asked = parser.add_mutually_exclusive_group()
    asked.add_argument("--ask", metavar="SQL", help="提问：一句 SQL，或者一个现成的问题的名字")
    asked.add_argument("--tables", action="store_true", help="列出表、列和现成的问题")
    parser.add_argument("--json", action="store_true", help="回答一行一个 JSON")


def run(arguments: argparse.Namespace, console: Console) -> int:
    """普查 — read a corpus, or ask one; 0, 1 where there is something to look at, 2 where a file could not be read."""
    if not all(map(find_spec, _EXTRA)):
        raise UsageError("这台机器还没有装普查用的组件。", console.translate("请先运行：pip install 'gongkai[survey]'"))
    if arguments.workers is not None and arguments.workers < 1:
        raise UsageError("--workers 后面要写 1 或更大的数。", workers=arguments.workers)
    if arguments.tables:
        return _describe(console)
    return _ask(arguments, console) if arguments.ask is not None else _survey(arguments, console)


def _survey(arguments: argparse.Namespace, console: Console) -> int:
    from gongkai.report.survey.running import SurveyError, survey
    from gongkai.report.survey.workers import default_count

    folder = Path(arguments.where)
    if not folder.is_dir():
        hint = console.translate("提问请加 --ask 或 --tables") if folder.is_file() else ""
        raise UsageError("{folder}：没有这个文件夹。", hint, folder=folder)
    if not arguments.out:
        raise UsageError("命令没有写完，还缺：{names}。", "", names="-o OUT.parquet")
    suffix_of(arguments.out, ["parquet"])
    pace = Pace(console)
    try:
        made = survey(folder, Path(arguments.out), workers=arguments.workers or default_count(), progress=pace.progress)
    except SurveyError as error:
        console.error(error.template, **error.values)
        return UNREADABLE
    except KeyboardInterrupt:
        console.error("读过的留着，再运行一次同一条命令就接着做。")
        raise
    for refused in made.refused:
        refuse(DocumentError(refused.source, refused.template, **refused.values), console, json=arguments.json)
    return _tell(made, arguments.out, console)


def _tell(made: Survey, out: str, console: Console) -> int:
    counts = made.counts
    console.say(
        "共 {files} 个文件，这次读了 {anew} 个；{reports} 份年报：{wrong} 份有错误，{unsure} 份有数缺失或者存疑，"
        "{twice} 份重复、没有计入；{unreadable} 份读不了。",
        files=made.files,
        anew=made.anew,
        **{name: counts[name] for name in ("reports", "wrong", "unsure", "twice", "unreadable")},
    )
    console.say("已写成 {out}。提问：gongkai survey {out} --tables", out=out)
    if counts["unreadable"]:
        return UNREADABLE
    return ATTENTION if counts["wrong"] or counts["unsure"] else FINE


def _ask(arguments: argparse.Namespace, console: Console) -> int:
    from gongkai.report.survey.asking import AskingError, ask, plain

    out = Path(arguments.where)
    try:
        answer = _copies(out, arguments.workers) if arguments.ask.strip() == _COPIES else ask(out, arguments.ask)
    except AskingError as error:
        console.error(error.template, **error.values)
        return UNREADABLE
    if arguments.json:
        for row in answer.rows:
            console.json({name: plain(value) for name, value in zip(answer.columns, row, strict=True)})
        return FINE
    _show(answer, console)
    return FINE


def _copies(out: Path, workers: int | None) -> Answer:
    from gongkai.report.survey.copies import copies
    from gongkai.report.survey.workers import default_count

    return copies(out, workers or default_count())


def _show(answer: Answer, console: Console) -> None:
    shown = [[_printed(value) for value in row] for row in answer.rows[:_MOST_ROWS]]
    numbers = [n for n in range(len(answer.columns)) if all(_is_number(row[n]) for row in answer.rows[:_MOST_ROWS])]
    if shown:
        console.table(shown, headers=answer.headings, right=numbers)
    if len(answer.rows) > len(shown):
        console.say("共 {count} 行，这里是前 {shown} 行；要全部请加 --json。", count=len(answer.rows), shown=len(shown))
    else:
        console.say("共 {count} 行。", count=len(answer.rows))


def _describe(console: Console) -> int:
    from gongkai.report.survey.asking import questions
    from gongkai.report.survey.tables import tables

    for table in tables().values():
        console.say("{table}　{says}", table=table.name, says=table.label)
        rows = [(column.name, column.type, console.translate(column.label)) for column in table.columns]
        console.table(rows, indent=2)
        console.say()
    console.say("现成的问题（--ask 名字）")
    console.table([(known.name, console.translate(known.label)) for known in questions().values()], indent=2)
    return FINE


def _printed(value: object) -> str:
    from gongkai.report.survey.asking import plain

    text = "" if value is None else str(plain(value))
    return "".join(character if character.isprintable() else " " for character in text)


def _is_number(value: object) -> bool:
    return value is None or (not isinstance(value, (str, bool, list, dict)) and str(value)[:1] in "-0123456789")


class Pace:
    """快慢 — draws how far the work is, how many a second are done, and how long it will still take."""

    def __init__(self, console: Console) -> None:
        self._console = console
        self._step, self._begin, self._first = "", 0.0, 0

    def progress(self, step: Step, done: int, total: int) -> None:
        """进度 — `done` of `total` pieces of a step are done."""
        now = time.monotonic()
        if step != self._step:
            self._step, self._begin, self._first = step, now, done
        rate = (done - self._first) / max(now - self._begin, 0.001)
        told = self._console.translate(STEPS[step])
        if rate:
            left = int((total - done) / rate)
            told = self._console.text(
                "{what}　每秒 {rate} 份，还要 {left}",
                what=STEPS[step],
                rate=round(rate),
                left=f"{left // 60}:{left % 60:02}",
            )
        self._console.draw(done, total, told)
