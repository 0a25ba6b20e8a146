"""写年报 — `gongkai write FILE OUT`: a report in the official form, in the format of OUT (条例 第五十条第二款)."""

from __future__ import annotations

import argparse
from pathlib import Path

from gongkai.cli.arguments import UsageError
from gongkai.cli.console import Console
from gongkai.cli.reports import ATTENTION, FILES, FINE, UNREADABLE, only_report, refuse
from gongkai.cli.saving import save, suffix_of
from gongkai.documents.document import DocumentError
from gongkai.documents.writing.manuscript import WritingError
from gongkai.report.equations import UNREAD
from gongkai.report.form import Edition
from gongkai.report.writing import FORMATS, blank_report, write_report

EXAMPLES = """示例
  gongkai write 年报.txt 年报.docx          照统一格式抄成 Word 文档
  gongkai write 年报.docx 年报.html         抄成可以直接发布的网页
  gongkai write --blank 2021 空白格式.docx  还没有填的统一格式（2021 或 2019 年版）

空白照抄为空白。原件缺的数留空，存疑、推得的数照抄，都在文末逐项说明，公布前请核实。
有数缺或存疑退出 1；文件读不了或写不出退出 2。"""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """参数 — the file to read and the file to write; or an edition, and the file to write."""
    parser.epilog = EXAMPLES
    parser.add_argument("file", metavar="FILE", help=FILES)
    parser.add_argument("out", metavar="OUT", nargs="?", help="写成的文件：docx pdf html xlsx md json，看后缀")
    parser.add_argument("--blank", choices=[str(edition) for edition in Edition], help="写这一版的空白格式，不写 FILE")


def run(arguments: argparse.Namespace, console: Console) -> int:
    """写年报 — 0, 1 where the copy has to be compared with its source, 2 where a file cannot be read or written."""
    out = _out(arguments)
    suffix = suffix_of(out, FORMATS)
    report = blank_report(arguments.blank) if arguments.blank else only_report(arguments.file, console)
    if isinstance(report, DocumentError):
        return refuse(report, console, json=False)
    try:
        save(out, write_report(report, suffix))
    except WritingError as error:
        console.error(error.template, **error.values)
        return UNREADABLE
    console.say("已写成 {out}。", out=out)
    unread = sum(state in UNREAD for state in report.states.values())
    if unread:
        console.error("{out}：有 {count} 项数据缺或存疑，请对照原件核实；是哪几项，文末有说明。", out=out, count=unread)
    return ATTENTION if unread else FINE


def _out(arguments: argparse.Namespace) -> str:
    file, out = arguments.file, arguments.out
    if arguments.blank and out:
        raise UsageError("写空白格式不用给 FILE，只写存成的文件。", file=file)
    if not arguments.blank and not out:
        raise UsageError("命令没有写完，还缺：{names}。", names="OUT")
    if not arguments.blank and Path(out).exists() and Path(file).exists() and Path(out).samefile(file):
        raise UsageError("{out} 就是原件，写上去原件就没有了。请换一个文件名。", out=out)
    return str(file if arguments.blank else out)
