"""读年报 — `gongkai read FILE...`: every figure of a report, as three tables or as JSON (条例 第五十条)."""

from __future__ import annotations

import argparse

from gongkai.cli.console import Console
from gongkai.cli.reports import ATTENTION, FILES, FINE, read_reports, refuse
from gongkai.cli.tables import Drawing
from gongkai.documents.document import DocumentError
from gongkai.report.figures import AnnualReport, State
from gongkai.report.interchange import to_json

EXAMPLES = """示例
  gongkai read 年报.docx                   打印三张表
  gongkai read 年报/*.pdf --json           一行一份 JSON，可交给别的程序
  gongkai read 年报.zip --json --places    连同每个数在原文的位置
  cat 年报.html | gongkai read -           从标准输入读

全部读清楚退出 0；有数缺失或存疑退出 1；有文件读不了退出 2。"""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """参数 — files, and how they are printed."""
    parser.epilog = EXAMPLES
    parser.add_argument(
        "files",
        nargs="+",
        metavar="FILE",
        help=FILES,
    )
    parser.add_argument("--json", action="store_true", help="一行一份 JSON")
    parser.add_argument("--places", action="store_true", help="JSON 里带上每个数在原文的位置（页、表、行、列）")


def run(arguments: argparse.Namespace, console: Console) -> int:
    """读年报 — print each report; 0, 1 where a figure is absent or doubtful, 2 where a file could not be read."""
    status = FINE
    for report in read_reports(arguments.files, console):
        if isinstance(report, DocumentError):
            status = max(status, refuse(report, console, json=arguments.json))
            continue
        if arguments.json:
            console.json(to_json(report, places=arguments.places))
        else:
            show(report, console)
        if {State.ABSENT, State.DOUBTFUL} & set(report.states.values()):
            status = max(status, ATTENTION)
    return status


def show(report: AnnualReport, console: Console) -> None:
    """打印年报 — head, three tables, legend, the six sections with their lengths."""
    drawing = Drawing(report, console)
    for part in (*drawing.head(), *drawing.tables(), *drawing.legend(), *drawing.sections()):
        console.show(part)
    console.say()
