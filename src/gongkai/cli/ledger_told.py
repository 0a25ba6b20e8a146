"""台账说给人看 — what was found in a ledger, what is late and by whom, tables three and four (条例 第五十条)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from gongkai.cli.console import Console
from gongkai.cli.tables import Drawing
from gongkai.documents.columns import Place, Reading
from gongkai.documents.columns.heads import Matched
from gongkai.law.requests.course import Course
from gongkai.report.figures import AnnualReport
from gongkai.report.ledger import Ledger, Line, Stopped
from gongkai.report.ledger.layouts import layouts

SKIPPED = {
    "total": "合计",
    "sample": "示例",
    "note": "说明",
    "bare": "只有编号",
    "repeated": "汇总表里，别的工作表已有",
}
EXPECTED = {"requests": ("answered_on", "answer"), "remedies": ("ending", "decided_on")}


@dataclass(frozen=True, slots=True)
class Told:
    """台账的话 — one ledger on one console (条例 第五十条)."""

    report: AnnualReport
    ledger: Ledger
    lines: Sequence[Line]
    judged_on: date
    cut_on: date
    console: Console

    def columns(self, reading: Reading) -> None:
        """认出的栏 — which head was taken for which column, what was not used, what was left out."""
        console = self.console
        for heads in reading.heads:
            self._heads(heads)
        for why, name in SKIPPED.items():
            rows = [self._place(each.sheet, {"row": each.row}) for each in reading.skipped if each.why == why]
            if rows:
                said = console.listed(rows[:10]) + ("…" if len(rows) > 10 else "")
                console.say("没有当作一件的行（{why}）：{rows}", why=name, rows=said)
        if reading.unread:
            console.say("没有认出台账的工作表：{names}", names=console.listed(reading.unread))
        if reading.hidden:
            console.say("隐藏的工作表没有看：{names}", names=console.listed(reading.hidden))
        for sheet, rows in reading.unseen.items():
            console.say("{place}有 {rows} 行隐藏着或者被筛选掉，也读了", place=self._place(sheet, {}), rows=rows)
        for (sheet, year), days in reading.lent.items():
            console.say(
                "{place}有 {days} 处日期没有写年份，按标题里的 {year} 年算",
                place=self._place(sheet, {}),
                days=days,
                year=year,
            )
        console.say()

    def lacking(self, reading: Reading) -> None:
        """没有认出的栏 — without which every case would look open, on standard error (条例 第三十三条)."""
        for heads in reading.heads:
            layout = next(each for each in layouts() if each.name == heads.layout)
            names = [
                self.console.translate(column.label)
                for column in layout.columns
                if column.name in EXPECTED.get(heads.layout, ()) and column.name not in heads.columns
            ]
            if names:
                self.console.error(
                    "没有认出“{names}”一栏，各件都当作还没有办结；表头若是别的写法，用 --columns 写明",
                    names=self.console.listed(names),
                )

    def refusals(self) -> None:
        """读不出和不成立的 — each with its place, on standard error (条例 第三十条至第三十四条)."""
        for stopped in self.ledger.stopped:
            self._stopped(stopped)
        for line in self.lines:
            for each in line.refused:
                reason = self.console.text(each.template, **each.values)
                if each.place:
                    reason = self.console.text(
                        "{place}：{reason}", place=self._place(each.place.get("sheet"), each.place), reason=reason
                    )
                self.console.error(
                    "{id}：{act}（{on}）不成立：{reason}", id=line.course.id, act=each.act, on=each.on, reason=reason
                )

    def requests(self) -> None:
        """逐件 — what is overdue first, the longest first; then what is marked; then what is next."""
        console = self.console
        ranked = sorted((line.course for line in self.lines), key=self._rank)
        late = sum(course.is_overdue(self.judged_on) for course in ranked)
        for course in ranked:
            handler = self.ledger.handlers.get(course.id.partition("+")[0])
            for said in self._said(course):
                name = console.text("{id}（{handler}）", id=course.id, handler=handler) if handler else course.id
                console.say("{id}：{said}", id=name, said=said)
        console.say("共 {count} 件，逾期没有答复的 {late} 件。", count=len(ranked), late=late)
        if self.ledger.stopped:
            count = len({(each.id, each.sheet, each.row) for each in self.ledger.stopped})
            console.say("另有 {count} 行没有计入表三、表四，原因写在上面，改好以后再算一次。", count=count)
        console.say()

    def tables(self) -> None:
        """表三、表四 — as the form prints them (年报格式)."""
        drawing = Drawing(self.report, self.console)
        self.console.say("{year} 年，截至 {cut_on} 的数", year=self.report.year, cut_on=self.cut_on)
        for part in drawing.tables(("applications", "remedies")):
            self.console.show(part)

    def _heads(self, heads: Matched) -> None:
        console = self.console
        layout = next(each for each in layouts() if each.name == heads.layout)
        declared = {column.name: column.label for column in layout.columns}
        labels = {name: console.translate(label) for name, label in declared.items()}
        # A head is quoted as the file has it, also where the catalogue knows the word.
        same, other = map(console.translate, ("{label}（{letters} 列）", "{label}（{letters} 列“{head}”）"))
        known = [
            (same if declared[name] == printed else other).format(
                label=labels[name], letters=console.listed(_letters(heads, name)), head=printed
            )
            for name in heads.columns
            for printed in [" ".join(heads.printed[name].split())]
        ]
        place = self._place(heads.sheet, {"row": heads.ends_at + 1})
        console.say("表头在{place}：{known}", place=place, known=console.listed(known))
        if heads.unknown:
            console.say("没有用到的栏：{names}", names=console.listed(heads.unknown))
        if heads.layout == "requests" and "confirmed_on" not in heads.columns:
            console.say("没有“确认日期”一栏，网上、电子邮件、传真、平信来的申请把收到日期当作双方确认的日期")

    def _stopped(self, stopped: Stopped) -> None:
        reason = self.console.text(stopped.template, **stopped.values)
        if stopped.row:
            place = self._place(stopped.sheet, {"row": stopped.row, "column": stopped.column})
            if stopped.label:
                place = self.console.text("{place}（{label}）", place=place, label=stopped.label)
            reason = self.console.text("{place}：{reason}", place=place, reason=reason)
        self.console.error("{id}没有计入：{reason}", id=stopped.id or self.console.translate("有一行"), reason=reason)

    def _place(self, sheet: object, place: Mapping[str, object]) -> str:
        row, column = place.get("row"), place.get("column")
        said = ""
        if row:
            said = (
                self.console.text("第 {row} 行 {column} 列", row=row, column=column)
                if column
                else self.console.text("第 {row} 行", row=row)
            )
        if sheet and not said:
            return self.console.text("工作表“{sheet}”", sheet=sheet)
        return self.console.text("工作表“{sheet}”{said}", sheet=sheet, said=said) if sheet else said

    def _rank(self, course: Course) -> tuple[int, date, str]:
        if course.is_overdue(self.judged_on):
            return 0, course.in_time_until or date.max, course.id
        return (1 if course.marks else 2), course.due_on or course.applicant_until or date.max, course.id

    def _said(self, found: Course) -> list[str]:
        console = self.console
        said = [console.text("{mark}", mark=mark.label) for mark in found.marks]
        if found.is_overdue(self.judged_on):
            said.insert(0, console.text("期限到 {due_on}，还没有答复，已经逾期", due_on=found.in_time_until))
        elif found.waits_for == "office" and found.due_on:
            said.append(console.text("到 {due_on} 答复", due_on=found.due_on))
        elif found.waits_for == "office" and found.received_on:
            said.append(console.text("征求意见还没有结束，答复期限的最后一天待定"))
        elif found.waits_for == "office":
            said.append(console.text("还没有确认收到，期限没有开始"))
        elif found.waits_for == "applicant" and found.applicant_until:
            said.append(console.text("等申请人到 {until}", until=found.applicant_until))
        return said


def _letters(heads: Matched, name: str) -> list[str]:
    """The columns of a head: three where a day stands in three."""
    return [Place("", 0, at).letters for at in heads.parts.get(name, (heads.columns[name],)) if at]
