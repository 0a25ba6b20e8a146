"""核年报 — `gongkai check FILE...`: every rule that a report breaks, each with its provision (条例 第五十条)."""

from __future__ import annotations

import argparse
from collections import Counter
from collections.abc import Iterator, Sequence

from rich.console import RenderableType
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from gongkai.cli.console import Console
from gongkai.cli.labels import translated
from gongkai.cli.reports import ATTENTION, FILES, FINE, UNREADABLE, called, read_reports, refuse
from gongkai.cli.screen import Prose
from gongkai.documents.document import DocumentError
from gongkai.report.checks import Finding, Severity, check
from gongkai.report.equations import uncounted
from gongkai.report.figures import AnnualReport

EXAMPLES = """示例
  gongkai check 年报.docx                         核一份年报
  gongkai check 各单位年报/*                      核很多份，最后有汇总
  gongkai check 2024.docx --previous 2023.docx    连同与上年的衔接一起核
  gongkai check 年报.zip --json                   一行一份 JSON，可交给别的程序

没有错误退出 0；有错误退出 1；有文件读不了退出 2。"""

SIGNS = {Severity.ERROR: "✗", Severity.WARNING: "!", Severity.NOTE: "·"}
STYLES = {Severity.ERROR: "red bold", Severity.WARNING: "yellow bold", Severity.NOTE: "cyan"}
WORDS = {Severity.ERROR: "错误", Severity.WARNING: "提醒", Severity.NOTE: "说明"}
COUNTS = {Severity.ERROR: "{count} 处错误", Severity.WARNING: "{count} 处提醒", Severity.NOTE: "{count} 处说明"}
PLACES = {
    "page": "第 {page} 页",
    "table": "第 {table} 张表",
    "row": "第 {row} 行",
    "column": "第 {column} 列",
    "line": "文字第 {line} 行",
}


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """参数 — files, last year's files, and how the findings are printed."""
    parser.epilog = EXAMPLES
    parser.add_argument("files", nargs="+", metavar="FILE", help=FILES)
    parser.add_argument("--json", action="store_true", help="一行一份 JSON")
    parser.add_argument(
        "--previous",
        action="append",
        default=[],
        metavar="FILE",
        help="上一年的年报，可以写多次；按公开主体和年度配对",
    )


def run(arguments: argparse.Namespace, console: Console) -> int:
    """核年报 — check each report; 0, 1 where there is an error, 2 where a file could not be read."""
    status, previous = FINE, []
    for report in read_reports(arguments.previous, console):
        if isinstance(report, DocumentError):
            status = max(status, refuse(report, console, json=arguments.json))
        else:
            previous.append(report)
    summary: list[tuple[str, str]] = []
    outcomes: Counter[int] = Counter()
    for report in read_reports(arguments.files, console):
        if isinstance(report, DocumentError):
            outcomes[refuse(report, console, json=arguments.json)] += 1
            summary.append((console.name(report.source), console.translate("读不了")))
            continue
        findings = check(report, previous=previous if arguments.previous else None)
        if arguments.json:
            told = [to_json(finding, console) for finding in findings]
            whose = {"source": report.source} | ({"part": report.part} if report.part else {})
            console.json({**whose, "findings": told})
        else:
            for part in drawn(report, findings, console):
                console.show(part)
        summary.append((called(report, console), verdict(report, findings, console)))
        outcomes[ATTENTION if any(finding.severity is Severity.ERROR for finding in findings) else FINE] += 1
    if len(summary) > 1 and not arguments.json:
        console.table(summary, headers=("文件", "核验结果"))
        console.say(
            "共 {total} 份：{fine} 份没有错误，{wrong} 份有错误，{unread} 份读不了。",
            total=outcomes.total(),
            fine=outcomes[FINE],
            wrong=outcomes[ATTENTION],
            unread=outcomes[UNREADABLE],
        )
    return max(status, *outcomes)


def to_json(finding: Finding, console: Console) -> dict[str, object]:
    """交换格式 — the finding as a JSON object, its sentence in the language of this run."""
    return {**finding.to_json(), "message": console.joined(message(finding, console))}


def message(finding: Finding, console: Console) -> tuple[str, str]:
    """说明 — what is wrong, and what to try, in the language of this run; together they are the finding's message."""
    stop = console.translate("。")
    values = {name: translated(value, console) for name, value in finding.values.items()}
    fault, _, advice = console.translate(finding.template).partition(stop)
    return fault.format(**values) + stop.rstrip() * bool(advice), advice.format(**values)


def verdict(report: AnnualReport, findings: Sequence[Finding], console: Console) -> str:
    """结论 — one phrase on a whole report: 勾稽关系全部成立, how many of them could not be counted, or how many
    findings of each weight (条例 第五十条)."""
    counts = Counter(finding.severity for finding in findings)
    told = [console.text(template, count=counts[weight]) for weight, template in COUNTS.items() if counts[weight]]
    listed = console.listed(told)
    if counts[Severity.ERROR]:
        return console.text("发现 {listed}", listed=listed)
    if open_sums := uncounted(report):
        return console.text(
            "核算了的勾稽关系都成立，{count} 条因为一边空白没有核算，另有 {listed}", count=open_sums, listed=listed
        )
    if not told:
        return console.translate("勾稽关系全部成立")
    return console.text("勾稽关系全部成立，另有 {listed}", listed=listed)


def drawn(report: AnnualReport, findings: Sequence[Finding], console: Console) -> Iterator[RenderableType]:
    """一份年报的核验结果 — whose report it is, the verdict, and each finding under it."""
    failed = any(finding.severity is Severity.ERROR for finding in findings)
    agency = report.agency or console.translate("公开主体未写明")
    year = console.text("{year} 年度", year=report.year) if report.year else console.translate("年度未写明")
    yield Text.assemble((agency, "bold"), "  ", (year, "bold"))
    yield Text(called(report, console), style="dim")
    weight = Severity.ERROR if failed else Severity.WARNING if uncounted(report) else None
    sign, style = (SIGNS[weight], STYLES[weight]) if weight else ("✓", "green bold")
    yield Text(f"{sign} {verdict(report, findings, console)}", style=style)
    for number, finding in enumerate(findings, start=1):
        yield Text("")
        yield Padding(_finding(number, finding, report, console), (0, 0, 0, 2))
    yield Text("")


def _finding(number: int, finding: Finding, report: AnnualReport, console: Console) -> Table:
    grid = Table.grid(padding=(0, 2, 0, 0))
    grid.add_column(no_wrap=True)
    grid.add_column(overflow="fold")
    word = console.translate(WORDS[finding.severity])
    head = Text(f"{SIGNS[finding.severity]} {word} {number}", style=STYLES[finding.severity])
    fault, advice = message(finding, console)
    grid.add_row(head, Prose(fault))
    if advice:
        grid.add_row("", Prose(advice))
    facts = Table.grid(padding=(0, 2, 0, 0))
    for name, value in (
        ("依据", provision(finding, report, console)),
        ("位置", _place(finding, console)),
        ("规则", finding.rule),
        ("一并消失", _folded(finding, console)),
    ):
        if value:
            facts.add_row(Text(console.translate(name), style="dim"), Prose(value, style="dim"))
    grid.add_row("", facts)
    return grid


def _folded(finding: Finding, console: Console) -> str:
    """What else was found, and is gone once this one is mended: how many by each rule."""
    rules = Counter(folded.rule for folded in finding.folded)
    told = [rule if count == 1 else f"{rule} × {count}" for rule, count in rules.items()]
    if not told:
        return ""
    count = len(finding.folded)
    return console.text("改好这一处，另 {count} 处也就没有了：{listed}", count=count, listed=console.listed(told))


def provision(finding: Finding, report: AnnualReport, console: Console) -> str:
    """依据 — the provision of a finding; the catalogue knows it with the form's document number left open."""
    document = report.form.document
    return console.text(finding.provision.replace(document, "{document}"), document=document)


def _place(finding: Finding, console: Console) -> str:
    """Where an error or a warning stands; a note speaks of many cells, and the place of the first would mislead."""
    place = finding.place
    if place is None or finding.severity is Severity.NOTE:
        return ""
    known = {name: getattr(place, name) for name in PLACES}
    if place.page is not None and place.row is not None:
        known["line"] = None  # of a page people count the rows of its tables
    told = [console.text(template, **known) for name, template in PLACES.items() if known[name] is not None]
    if place.printed:
        told.append(console.text("原文印作“{printed}”", printed=place.printed))
    return console.translate("，").join(told)
