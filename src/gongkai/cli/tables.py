"""三张表的样子 — the statutory tables of a report as a terminal shows them (条例 第五十条; 表二、表三、表四).

Wide terminals get the names that the form prints, narrow ones short names with a legend. A figure that was not plainly
read carries a sign, and the sign is explained in words. Zeros are dim, so that what happened stands out.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Iterator
from dataclasses import dataclass

from rich.console import RenderableType
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from gongkai.cli.console import Console
from gongkai.cli.labels import translated
from gongkai.cli.layout import cells
from gongkai.cli.reports import called
from gongkai.cli.screen import Prose, plain, ruled
from gongkai.report.figures import AnnualReport, State
from gongkai.report.form import Line
from gongkai.report.naming import names

TITLES = {
    "proactive": "表二　主动公开政府信息情况",
    "applications": "表三　收到和处理政府信息公开申请情况",
    "remedies": "表四　政府信息公开行政复议、行政诉讼情况",
}

SHORT = {
    "自然人": "自然人",
    "商业企业": "商企",
    "科研机构": "科研",
    "社会公益组织": "公益",
    "法律服务机构": "法服",
}
"""简称 — what a narrow terminal prints over the columns of 表三."""

RESULTS = "三、本年度办理结果"
WIDE = 120

SIGNS = {State.BLANK: "空", State.INFERRED: "*", State.DOUBTFUL: "?", State.ABSENT: "缺"}
STYLES = {State.BLANK: "dim", State.INFERRED: "cyan", State.DOUBTFUL: "yellow bold", State.ABSENT: "red bold"}
MEANINGS = {
    State.BLANK: "空白：原文这一格没有填数，核对时按 0 计",
    State.INFERRED: "推得：原文缺失或错位，由勾稽关系唯一推出",
    State.DOUBTFUL: "存疑：读到了，但还可能是别的数，请对照原文",
    State.ABSENT: "缺：原文没有这个数，也推不出来",
}


COUNTS = {
    State.BLANK: "空白 {count} 项",
    State.INFERRED: "推得 {count} 项",
    State.DOUBTFUL: "存疑 {count} 项",
    State.ABSENT: "缺 {count} 项",
}


@dataclass(frozen=True, slots=True)
class Drawing:
    """画表 — one report on one console: its head, its figures as cells, the three tables of them (条例 第五十条)."""

    report: AnnualReport
    console: Console

    def head(self) -> Iterator[RenderableType]:
        """抬头 — the title, what the report is, and how much of it was read."""
        report, console = self.report, self.console
        unknown = console.translate("未写明")
        title = report.title or report.form.title.format(agency=report.agency or "", year=report.year or "")
        yield Text(title, style="bold")
        facts = Table.grid(padding=(0, 2, 0, 0))
        for name, value in (
            ("公开主体", report.agency or unknown),
            ("年度", str(report.year or unknown)),
            (
                "格式",
                console.text("{edition} 年版（{document}）", edition=report.edition, document=report.form.document),
            ),
            ("落款", report.signed_on or unknown),
            ("文件", called(report, console)),
            ("数据", self._reading()),
        ):
            facts.add_row(Text(console.translate(name), style="dim"), Prose(value))
        yield facts
        yield Text("")

    def tables(self, wanted: Collection[str] = tuple(TITLES)) -> Iterator[RenderableType]:
        """三张表 — each table under its name, in the order of the form, then what has to be said about its figures."""
        draws = {"proactive": self._proactive, "applications": self._applications, "remedies": self._remedies}
        for name, draw in draws.items():
            if name not in wanted:
                continue
            yield Text(self.console.translate(TITLES[name]), style="bold")
            yield draw()
            for note in self._notes(name):
                yield Padding(Prose(note, style="dim"), (0, 0, 0, 1))
            yield Text("")

    def legend(self) -> Iterator[RenderableType]:
        """图例 — only the signs that this report shows, in words."""
        present = [state for state in State if state in self.report.states.values()]
        for state in present:
            sign = self.console.translate(SIGNS[state])
            meaning = self.console.translate(MEANINGS[state])
            yield Text.assemble((f"{sign}{' ' * (4 - cells(sign))}", STYLES[state]), meaning)
        if present:
            yield Text("")

    def sections(self) -> Iterator[RenderableType]:
        """六个部分 — the headings as printed, with the length of each text."""
        if self.report.sections:
            yield Text(self.console.translate("正文各部分"), style="bold")
            rows = [(section.heading, self._length(section.text)) for section in self.report.sections]
            yield plain([], rows, right=(1,), indent=2)

    def _proactive(self) -> Table:
        """表二: one block an item of 第二十条, each with its own column names over its rows."""
        blocks: dict[str, list[Line]] = {}
        for line in self.report.form.table("proactive"):
            blocks.setdefault(line.item or "", []).append(line)
        table = ruled(show_header=False)
        table.add_column()
        for _ in range(max(len(lines[0].columns) for lines in blocks.values())):
            table.add_column(justify="right")
        for item, lines in blocks.items():
            heads = [self._head(column.label, column.unit) for column in lines[0].columns]
            table.add_row(self._label(item, style="bold"), *heads)
            for line in lines:
                table.add_row(self._label(line.label, 1), *self._figures(line))
            table.add_section()
        return table

    def _applications(self) -> Table:
        """表三: rows under their groups （三）…（六）, kinds of applicants side by side, total last."""
        lines = self.report.form.table("applications")
        table = ruled()
        table.add_column(overflow="fold")
        for column in lines[0].columns:
            label = self.console.translate(SHORT.get(column.label, column.label) if self._narrow else column.label)
            table.add_column(Text(label.replace(" ", "\n"), style="bold", justify="right"), justify="right")
        group = None
        for line in lines:
            if line.id == "granted":
                table.add_row(self._label(RESULTS))
            if line.group and line.group != group:
                table.add_row(self._label(line.group, 1))
            group = line.group
            inside = line.result or line.id == "handled_total"
            table.add_row(self._label(line.label, 2 if group else int(inside)), *self._figures(line))
        return table

    def _remedies(self) -> Table:
        """表四: 复议 and the two kinds of 诉讼 as rows, results as columns."""
        lines = self.report.form.table("remedies")
        table = ruled()
        table.add_column(overflow="fold")
        for column in lines[0].columns:
            table.add_column(self._label(column.label, style="bold"), justify="right")
        group = None
        for line in lines:
            if line.group and line.group != group:
                table.add_row(self._label(line.group))
            group = line.group
            table.add_row(self._label(line.label, int(bool(group))), *self._figures(line))
        return table

    def _notes(self, table: str) -> Iterator[str]:
        console, report = self.console, self.report
        if table == "applications" and self._narrow:
            yield " ".join(
                f"{console.translate(short)}={console.translate(full)}"
                for full, short in SHORT.items()
                if short != full
            )
        for address, printed in report.units.items():
            if address.startswith(table):
                _, row, column = names(report.form)[address]
                template = (
                    "“{row}”的“{column}”原文没有写明单位。"
                    if printed == "unknown"
                    else "“{row}”的“{column}”原文印作 {printed}。"
                )
                yield console.text(
                    template, row=translated(row, console), column=translated(column, console), printed=printed
                )
        yield from (note.text for note in report.table_notes if note.table == table)

    def _reading(self) -> str:
        states = Counter(self.report.states.values())
        counted = [
            self.console.text(template, count=states[state]) for state, template in COUNTS.items() if states[state]
        ]
        total = len(self.report.figures)
        if not counted:
            return self.console.text("共 {total} 项，全部读清楚了", total=total)
        return self.console.text("共 {total} 项，其中 {listed}", total=total, listed=self.console.listed(counted))

    def _length(self, text: str) -> str:
        count = len("".join(text.split()))
        return self.console.text("{count} 字", count=f"{count:,}") if count else self.console.translate("没有文字")

    @property
    def _narrow(self) -> bool:
        return self.console.width < WIDE

    def _head(self, label: str, unit: str | None) -> Text:
        shown = self.console.translate(label)
        if unit and unit not in label:
            shown += self.console.text("（单位：{unit}）", unit=unit)
        # In a narrow terminal the unit goes below the name, as it does on paper.
        return Text(re.sub(" ?([（(])", r"\n\1", shown) if self._narrow else shown, style="bold", justify="right")

    def _label(self, label: str, depth: int = 0, style: str = "") -> Padding:
        return Padding(Prose(self.console.translate(label), style=style), (0, 0, 0, 2 * depth))

    def _figures(self, line: Line) -> list[RenderableType]:
        return [self._figure(address) for address in line.addresses]

    def _figure(self, address: str) -> RenderableType:
        value, state = self.report.figures[address], self.report.states.get(address)
        shown = "" if value is None else f"{value:,}"
        if state is not None:
            return Text(shown + self.console.translate(SIGNS[state]), style=STYLES[state])
        # One column stays free for signs, so that digits stand under digits.
        free = int(bool(self.report.states))
        return Padding(Text(shown, style="dim" if value == 0 else "", justify="right"), (0, free, 0, 0))
