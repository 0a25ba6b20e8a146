"""台账说给人看 — what was found in a ledger, what was not counted, tables three and four (条例 第五十条)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from gongkai.cli.console import Console
from gongkai.cli.ledger_cases import placed
from gongkai.cli.tables import Drawing
from gongkai.documents.columns import Place, Reading
from gongkai.documents.columns.heads import Matched
from gongkai.law.remedy_course import RemedyAct
from gongkai.law.requests.acts import RequestAct
from gongkai.report.figures import AnnualReport
from gongkai.report.ledger import Ledger, Line, RefusedRow, Stopped
from gongkai.report.ledger.layouts import layouts

SKIPPED = {
    "total": "合计",
    "sample": "示例",
    "note": "说明",
    "bare": "只有编号",
    "repeated": "重复，只计一次",
}
EXPECTED = {"requests": ("answered_on", "answer"), "remedies": ("ending", "decided_on")}


@dataclass(frozen=True, slots=True)
class Told:
    """台账的话 — one ledger on one console (条例 第五十条)."""

    report: AnnualReport
    ledger: Ledger
    lines: Sequence[Line]
    remedies: Sequence[tuple[str, RefusedRow]]
    cut_on: date
    years: Sequence[int]
    console: Console

    def columns(self, reading: Reading) -> None:
        """认出的栏 — which head was taken for which column, what was not used, what was left out."""
        console = self.console
        for alike in _alike(reading.heads):
            self._heads(alike)
        if any(each.layout == "requests" and "confirmed_on" not in each.columns for each in reading.heads):
            console.say("没有“确认日期”一栏，网上、电子邮件、传真、平信来的申请把收到日期当作双方确认的日期")
        for why, name in SKIPPED.items():
            rows = [self._place(each.sheet, {"row": each.row}) for each in reading.skipped if each.why == why]
            if rows:
                said = console.listed(rows[:10]) + ("…" if len(rows) > 10 else "")
                console.say("没有当作一件的行（{why}）：{rows}", why=name, rows=said)
        if reading.unread:
            console.say("没有认出台账的工作表：{names}", names=console.listed(reading.unread))
        if reading.hidden:
            console.say("隐藏的工作表没有看：{names}", names=console.listed(reading.hidden))
        for sheet, unseen in reading.unseen.items():
            numbers = console.listed(map(str, unseen[:20])) + ("…" if len(unseen) > 20 else "")
            console.say(
                "{place}有 {count} 行隐藏着或者被筛选掉，也读了：第 {rows} 行",
                place=self._place(sheet, {}),
                count=len(unseen),
                rows=numbers,
            )
        for (sheet, year), days in reading.lent.items():
            console.say(
                "{place}有 {days} 处日期没有写年份，按标题里的 {year} 年算",
                place=self._place(sheet, {}),
                days=days,
                year=year,
            )
        console.say()

    def lacking(self, reading: Reading) -> None:
        """没有认出的栏 — without which every case would look open, on standard error, once (条例 第三十三条)."""
        lacking: dict[tuple[str, ...], list[Matched]] = {}
        for heads in reading.heads:
            layout = next(each for each in layouts() if each.name == heads.layout)
            names = tuple(
                column.label
                for column in layout.columns
                if column.name in EXPECTED.get(heads.layout, ()) and column.name not in heads.columns
            )
            if names:
                lacking.setdefault(names, []).append(heads)
        for names, lists in lacking.items():
            asked = "没有认出“{names}”一栏，各件当作还没有办结，不判断逾期；没有用到的栏是：{heads}；用 --columns 写明"
            if not {"答复日期", "结案日期"} & {*names}:
                asked = "没有认出“{names}”一栏，写了日期的各件都不能计入；没有用到的栏是：{heads}；用 --columns 写明"
            self.console.error(
                asked,
                names=self.console.listed(map(self.console.translate, names)),
                heads=self.console.listed(dict.fromkeys(head for each in lists for head in each.unknown)) or "—",
            )

    def refusals(self) -> None:
        """读不出和不成立的 — each with its place, on standard error (条例 第三十条至第三十四条)."""
        for stopped in self.ledger.stopped:
            self._stopped(stopped)
        for assumed in self.ledger.assumed:
            self.console.error("{id}：{said}", id=assumed.id, said=self._at(assumed))
        for line in self.lines:
            for each in line.refused:
                self._refused(line.course.id, each)
        for number, each in self.remedies:
            self._refused(number, each)

    def tables(self) -> None:
        """表三、表四 — as the form prints them (年报格式)."""
        drawing = Drawing(self.report, self.console)
        self.console.say("{year} 年，截至 {cut_on} 的数", year=self.report.year, cut_on=self.cut_on)
        others = [year for year in self.years if year != self.report.year]
        if others:
            said = self.console.listed(map(str, sorted(others)))
            self.console.say("台账里还有 {years} 年收到的，要看那一年的数用 --year", years=said)
        for part in drawing.tables(("applications", "remedies")):
            self.console.show(part)

    def _heads(self, alike: Sequence[Matched]) -> None:
        console, heads = self.console, alike[0]
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
        places = [self._place(each.sheet, {"row": each.ends_at + 1}) for each in alike[:10]]
        place = console.listed(places) + ("…" if len(alike) > 10 else "")
        console.say("表头在{place}：{known}", place=place, known=console.listed(known))
        if heads.unknown:
            console.say("没有用到的栏：{names}", names=console.listed(heads.unknown))

    def _refused(self, number: str, row: RefusedRow) -> None:
        reason = self.console.text(row.template, **row.values)
        if row.place:
            reason = self.console.text("{place}：{reason}", place=placed(self.console, row.place), reason=reason)
        label = next((term(row.act).label for term in (RequestAct, RemedyAct) if row.act in set(term)), row.act)
        said = "{id}：{act}（{on}）不成立：{reason}" if label and row.on else "{id}：{reason}"
        self.console.error(said, id=number, act=label, on=row.on, reason=reason)

    def _stopped(self, stopped: Stopped) -> None:
        name = stopped.id or self.console.translate("有一行")
        self.console.error("{id}没有计入：{reason}", id=name, reason=self._at(stopped))

    def _at(self, stopped: Stopped) -> str:
        reason = self.console.text(stopped.template, **stopped.values)
        if not stopped.row:
            return reason
        place = self._place(stopped.sheet, {"row": stopped.row, "column": stopped.column})
        if stopped.label:
            place = self.console.text("{place}（{label}）", place=place, label=stopped.label)
        return self.console.text("{place}：{reason}", place=place, reason=reason)

    def _place(self, sheet: object, place: Mapping[str, object]) -> str:
        return placed(self.console, {**place, "sheet": sheet})


def _letters(heads: Matched, name: str) -> list[str]:
    """The columns of a head: three where a day stands in three."""
    return [Place("", 0, at).letters for at in heads.cells(name) if at]


def _alike(found: Sequence[Matched]) -> list[list[Matched]]:
    """Lists with the same heads in the same columns together, as sheets of months have them."""
    together: dict[str, list[Matched]] = {}
    for heads in found:
        key = (
            f"{heads.layout}{[(name, heads.cells(name), heads.printed[name]) for name in heads.columns]}{heads.unknown}"
        )
        together.setdefault(key, []).append(heads)
    return list(together.values())
