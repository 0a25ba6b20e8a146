"""办理记录 — `gongkai journal verify [FILE]` and `export OUT`: whether the chains hold, and a copy for the auditor.

A file is verified without a database and without Django; where none is given, the platform's database is opened.
"""

from __future__ import annotations

import argparse
import os
from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from gongkai.cli.arguments import UsageError
from gongkai.cli.console import Console
from gongkai.cli.reports import ATTENTION, FINE, UNREADABLE
from gongkai.cli.saving import save_pieces
from gongkai.documents.writing.manuscript import WritingError

if TYPE_CHECKING:
    from gongkai.web.journal.against import Held
    from gongkai.web.journal.exported import Verdict
    from gongkai.web.journal.heads import Head

_T = TypeVar("_T")

EXAMPLES = """示例
  gongkai journal verify                    核验本机平台的办理记录
  gongkai journal verify --data /srv/公开   平台的数据在别处
  gongkai journal export 记录.jsonl         导出给审计人员，只有编号和校验值
  gongkai journal verify 记录.jsonl         核验导出的文件，不用数据库
  gongkai journal verify --against 去年.jsonl   现在的记录是不是还和那时一样

完好退出 0；有断处退出 1，并说出每条链第一处断在哪里；读不了退出 2。"""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """参数 — verify or export, the file, where the platform keeps its data."""
    parser.epilog = EXAMPLES
    parser.add_argument("task", choices=["verify", "export"], metavar="TASK", help="verify 核验，export 导出")
    parser.add_argument("file", nargs="?", metavar="FILE", help="导出的文件：核验它，或者写成它（jsonl）")
    parser.add_argument(
        "--against", metavar="EXPORT|HEADS", help="以前导出的文件或者存下的树头：那时有的，现在一条不差"
    )
    parser.add_argument("--data", metavar="DIR", help="平台的数据目录；也可设 GONGKAI_DATA")
    parser.add_argument("--json", action="store_true", help="打印 JSON")


def run(arguments: argparse.Namespace, console: Console) -> int:
    """办理记录 — 0 where every chain holds, 1 where one is broken, 2 where it cannot be read (条例 第四十五条)."""
    if arguments.task == "export":
        if arguments.against:
            raise UsageError("--against 是核验时比对用的。", "gongkai journal verify --against 记录.jsonl")
        if not arguments.file:
            raise UsageError("还没有写导出到哪个文件。", "gongkai journal export 记录.jsonl")
        return _export(arguments, console)
    try:
        return _tell(_verdict(arguments, console), arguments, console)
    except _UnreadError as error:
        console.error(error.template, **error.values)
        return UNREADABLE


class _UnreadError(Exception):
    """What cannot be read, as a template with its values."""

    def __init__(self, template: str, **values: object) -> None:
        super().__init__(template)
        self.template, self.values = template, values


def _verdict(arguments: argparse.Namespace, console: Console) -> Verdict:
    from gongkai.web.journal.against import differences
    from gongkai.web.journal.exported import held, verify

    if arguments.against and _are_heads(arguments.against):
        if arguments.file:
            raise UsageError("树头和数据库里的存证比对，不和导出的文件比对；请去掉 {file}。", "", file=arguments.file)
        return _of_database(arguments, None, console, _of_file(arguments.against, _saved, console))
    earlier = _of_file(arguments.against, held, console) if arguments.against else None
    if not arguments.file:
        return _of_database(arguments, earlier, console)
    verdict = _of_file(arguments.file, verify, console)
    if earlier is None:
        return verdict
    present = _of_file(arguments.file, held, console)
    return replace(verdict, breaks=(*verdict.breaks, *differences(earlier, present.digests, present.anchors)))


def _of_file(name: str, read: Callable[[Iterable[bytes]], _T], console: Console) -> _T:
    from gongkai.web.journal.exported import ExportError
    from gongkai.web.journal.heads import HeadsError

    try:
        with Path(name).open("rb") as file:
            return read(file)
    except (ExportError, HeadsError) as error:
        why = console.text(error.template, **error.values)
        raise _UnreadError("{file}：{why}", file=name, why=why) from None
    except OSError as error:
        raise _UnreadError("{file}：打不开（{reason}）。", file=name, reason=error.strerror) from None


def _are_heads(name: str) -> bool:
    """Whether a file is one of saved tree heads: its first line has a root."""
    try:
        with Path(name).open("rb") as file:
            return b'"root"' in file.readline(4096)
    except OSError:
        return False


def _saved(lines: Iterable[bytes]) -> list[Head]:
    from gongkai.web.journal.heads import read

    return list(read(lines))


def _of_database(
    arguments: argparse.Namespace, earlier: Held | None, console: Console, saved: Sequence[Head] = ()
) -> Verdict:
    prepare_platform(arguments.data, console)
    from gongkai.web.journal.console import JournalError, verified

    try:
        return verified(earlier, saved)
    except JournalError as error:
        raise _UnreadError(error.template, **error.values) from None


def _export(arguments: argparse.Namespace, console: Console) -> int:
    prepare_platform(arguments.data, console)
    from gongkai.web.journal.console import JournalError, exported

    try:
        save_pieces(arguments.file, exported("console"))
    except (JournalError, WritingError) as error:
        console.error(error.template, **error.values)
        return UNREADABLE
    console.say("已导出到 {file}。核验：gongkai journal verify {file}", file=arguments.file)
    return FINE


def _tell(verdict: Verdict, arguments: argparse.Namespace, console: Console) -> int:
    breaks = [console.text(each.template, **each.values) for each in verdict.breaks]
    if arguments.json:
        told = {"chains": verdict.chains, "entries": verdict.entries, "anchored_on": verdict.last_day or None}
        console.json({**told, "breaks": [_json(each, said) for each, said in zip(verdict.breaks, breaks, strict=True)]})
        return ATTENTION if breaks else FINE
    for said in breaks:
        console.say("{what}", what=said)
    template = (
        "办理记录有 {count} 处断开：{chains} 条链，{entries} 条记录。"
        if breaks
        else ("办理记录完好：{chains} 条链，{entries} 条记录。")
    )
    console.say(template, count=len(breaks), chains=verdict.chains, entries=verdict.entries)
    if verdict.last_day:
        console.say("日锚立到 {day}。", day=verdict.last_day)
    return ATTENTION if breaks else FINE


def _json(each: object, said: str) -> dict[str, object]:
    return {"chain": getattr(each, "chain", ""), "number": getattr(each, "number", None), "message": said}


def prepare_platform(folder: str | None, console: Console) -> None:
    """备好平台 — its settings, for a command on its database. UsageError where the extra is not installed."""
    if find_spec("django") is None:
        raise UsageError("这台机器还没有装网页平台。", console.translate("请先运行：pip install 'gongkai[web]'"))
    if folder:
        os.environ["GONGKAI_DATA"] = folder
    if (named := os.environ.get("GONGKAI_DATA")) and not Path(named).is_dir():
        raise UsageError("没有 {folder} 这个文件夹，请核对。", folder=named)
    from gongkai.web.serving import ServingError, prepare

    try:
        prepare()
    except ServingError as error:
        raise UsageError(error.template, "", **error.values) from None
