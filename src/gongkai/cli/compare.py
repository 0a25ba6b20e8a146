"""两份对照 — `gongkai compare OLD NEW`: figure by figure, section by section (条例 第五十条)."""

from __future__ import annotations

import argparse

from rich.padding import Padding
from rich.text import Text

from gongkai.cli.console import Console
from gongkai.cli.labels import translated
from gongkai.cli.reports import ATTENTION, FILES, FINE, called, only_report, refuse
from gongkai.cli.screen import Prose, plain
from gongkai.documents.document import DocumentError
from gongkai.report.compare import Change, Comparison, SectionChange, compare
from gongkai.report.figures import AnnualReport, State, Value
from gongkai.report.naming import cells, names
from gongkai.text.folding import squeeze

EXAMPLES = """示例
  gongkai compare 2022.docx 2023.docx         今年和去年，逐项逐句对照
  gongkai compare 初稿.docx 定稿.docx --json  一个 JSON 对象，可交给别的程序

两边都读清楚退出 0；有数缺或存疑退出 1；有文件读不了退出 2。"""

SIGNS = {State.BLANK: "空", State.DOUBTFUL: "?", State.ABSENT: "缺", State.INFERRED: "*"}


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """参数 — the older report, the newer one, and how the comparison is printed."""
    parser.epilog = EXAMPLES
    parser.add_argument("old", metavar="OLD", help=FILES)
    parser.add_argument("new", metavar="NEW", help="拿来对照的另一份，格式同上；两版格式可以不同")
    parser.add_argument("--json", action="store_true", help="一个 JSON 对象")


def run(arguments: argparse.Namespace, console: Console) -> int:
    """两份对照 — 0, 1 where a figure was not read for certain, 2 where a file could not be read."""
    status, reports = FINE, []
    for file in (arguments.old, arguments.new):
        report = only_report(file, console)
        if isinstance(report, DocumentError):
            status = refuse(report, console, json=arguments.json)
        else:
            reports.append(report)
    if status != FINE:
        return status
    comparison = compare(*reports)
    if arguments.json:
        console.json(comparison.to_json())
    else:
        show(comparison, console)
    return FINE if all(change.is_certain for change in comparison.figures) else ATTENTION


def show(comparison: Comparison, console: Console) -> None:
    """打印对照 — whose reports, the figures that differ, what cannot be compared, the sentences that differ."""
    old, new = comparison.old, comparison.new
    for word, report in (("前", old), ("后", new)):
        console.table([(console.translate(word), _whose(report, console)), ("", called(report, console))])
    if not _is_same_body(old, new):
        console.say("两份年报的公开主体不同，数据的增减不是一个单位的增减。")
    console.say()
    _figures(comparison, console)
    for reason, addresses in comparison.apart.items():
        told = "；".join(filter(None, (cells(report.form, addresses) for report in (old, new))))
        where = translated(told, console)
        line = console.text(
            "不可比：{cells}。{reason}（{provision}）", cells=where, reason=reason.template, provision=reason.provision
        )
        console.show(Prose(line))
    if comparison.summed:
        console.say("（六）其他处理：一边印成三行，一边印成一行，已把三行相加再比。")
    if old.sections or new.sections:
        console.say()
        console.show(Text(console.translate("正文各部分"), style="bold"))
    for section in comparison.sections:
        _section(section, console)


def _is_same_body(old: AnnualReport, new: AnnualReport) -> bool:
    """Whether nothing speaks against it: one name may have the city before it, the other not."""
    names = sorted((squeeze(report.agency or "") for report in (old, new)), key=len)
    return names[1].endswith(names[0])


def _whose(report: AnnualReport, console: Console) -> str:
    agency = report.agency or console.translate("公开主体未写明")
    year = console.text("{year} 年度", year=report.year) if report.year else console.translate("年度未写明")
    edition = console.text("{edition} 年版（{document}）", edition=report.edition, document=report.form.document)
    return f"{agency}  {year}  {edition}"


def _figures(comparison: Comparison, console: Console) -> None:
    changed = [c for c in comparison.figures if c.old != c.new or not c.is_certain]
    known = names(comparison.level.form)
    if changed:
        console.table(
            [
                (
                    console.translate(known[change.address].table),
                    str(translated(known[change.address].row, console)),
                    str(translated(known[change.address].column, console)),
                    _cell(change.old, change.old_state, console),
                    _cell(change.new, change.new_state, console),
                    _difference(change, console),
                )
                for change in changed
            ],
            headers=("表", "项", "栏", "前", "后", "增减"),
            right=(3, 4, 5),
        )
    count = len(comparison.figures)
    console.say(
        "可比的数据共 {count} 项，{same} 项相同，{changed} 项不同或没有读准。",
        count=count,
        same=count - len(changed),
        changed=len(changed),
    )
    if any(change.unknown_unit for change in comparison.figures):
        console.say("金额没有写明单位的，没有算增减。")


def _cell(value: Value, state: State | None, console: Console) -> str:
    shown = "" if value is None else f"{value:,}"
    return shown + (console.translate(SIGNS[state]) if state else "")


def _difference(change: Change, console: Console) -> str:
    if change.difference is not None:
        return f"{change.difference:+,}" if change.difference else "0"
    return "" if change.is_certain else console.translate("不能比")


def _section(section: SectionChange, console: Console) -> None:
    heading = section.new or section.old or ""
    if section.old is None:
        state = console.translate("前一份没有这个部分")
    elif section.new is None:
        state = console.translate("后一份没有这个部分")
    elif section.changes:
        state = console.text("{same} 句相同，{changed} 处不同", same=section.same, changed=len(section.changes))
    else:
        state = console.text("{same} 句，完全相同", same=section.same)
    console.show(Prose(f"{heading}  {state}"))
    rows = []
    for sentence in section.changes:
        rows += [("-", sentence.old)] if sentence.old else []
        rows += [("+", sentence.new)] if sentence.new else []
    if rows:
        console.show(Padding(plain([], rows), (0, 0, 0, 2)))
