"""汇总 — `gongkai total FILE... -o OUT`: many reports added up, each figure with its parts (条例 第五十条)."""

from __future__ import annotations

import argparse

from gongkai.cli.arguments import UsageError
from gongkai.cli.console import Console
from gongkai.cli.labels import translated
from gongkai.cli.reports import ATTENTION, FILES, FINE, UNREADABLE, called, read_reports, refuse
from gongkai.cli.saving import save, suffix_of
from gongkai.documents.document import DocumentError
from gongkai.documents.writing.manuscript import WritingError
from gongkai.report.figures import AnnualReport
from gongkai.report.naming import cells
from gongkai.report.total import FORMATS, REMARKS, Total, TotalError, total, write_total

EXAMPLES = """示例
  gongkai total 各单位年报/* -o 汇总.xlsx    合计和各单位的数，一张表
  gongkai total 年报.zip -o 汇总.docx        照统一格式，附各单位的数
  gongkai total *.json -o 汇总.json          可交给别的程序

全部相加退出 0；有数没有加进去、没有读准或者有提醒退出 1；有文件读不了或写不出退出 2。"""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """参数 — files, and where the total goes."""
    parser.epilog = EXAMPLES
    parser.add_argument("files", nargs="+", metavar="FILE", help=FILES)
    parser.add_argument("-o", "--out", required=True, metavar="OUT", help="写成的文件：json xlsx docx，看后缀")


def run(arguments: argparse.Namespace, console: Console) -> int:
    """汇总 — 0, 1 where a part is missing or in doubt, 2 where a file could not be read or written."""
    suffix = suffix_of(arguments.out, FORMATS)
    status = FINE
    reports: list[AnnualReport] = []
    for report in read_reports(arguments.files, console):
        if isinstance(report, DocumentError):
            status = refuse(report, console, json=False)
        else:
            reports.append(report)
    if not reports:
        return status
    try:
        added = total(reports)
        save(arguments.out, write_total(added, suffix))
    except TotalError as error:
        raise UsageError(error.template, "", **error.values) from None
    except WritingError as error:
        console.error(error.template, **error.values)
        return UNREADABLE
    tell(added, console)
    console.say("共 {count} 份相加，已写成 {out}。", count=len(added.reports), out=arguments.out)
    return max(status, FINE if added.is_certain and not added.findings else ATTENTION)


def tell(added: Total, console: Console) -> None:
    """说明 — what was left out of the sums or is doubtful in them, body by body; what the editions count apart."""
    for finding in added.findings:
        console.say(finding.template, **finding.values)
    for index, report in enumerate(added.reports):
        body = report.agency or called(report, console)
        for kind, addresses in added.left(index).items():
            where = translated(cells(added.level.form, addresses), console)
            console.say(REMARKS[kind], body=body, cells=where)
    for reason, addresses in added.apart.items():
        forms = {report.edition: report.form for report in added.reports}
        told = "；".join(filter(None, (cells(form, addresses) for form in forms.values())))
        console.say(
            "没有相加：{cells}。{reason}（{provision}）",
            cells=translated(told, console),
            reason=reason.template,
            provision=reason.provision,
        )
