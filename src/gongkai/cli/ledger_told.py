"""台账说给人看 — what was found in a ledger, what was not counted, tables three and four (条例 第五十条)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import islice

from gongkai.cli.console import Console
from gongkai.cli.ledger_cases import placed, with_aside
from gongkai.cli.reports import TORN, row_numbers
from gongkai.cli.tables import Drawing
from gongkai.documents.columns import Place, Reading
from gongkai.documents.columns.heads import Matched
from gongkai.documents.columns.hints import hints, to_copy
from gongkai.documents.columns.layouts import Layout
from gongkai.law.remedy_course import RemedyAct
from gongkai.law.requests.acts import RequestAct
from gongkai.report.figures import AnnualReport
from gongkai.report.ledger import Ledger, Line, RefusedRow, Stopped
from gongkai.report.ledger.layouts import layouts
from gongkai.report.ledger.remedies_beside import Beside, remedies_beside
from gongkai.text.quoted import Quoted

SKIPPED = {
    "total": "合计",
    "sample": "示例",
    "note": "说明",
    "bare": "只有编号",
    "repeated": "重复，只计一次",
}
YEARS = {"title": "标题", "sheet": "工作表的名称", "file": "文件名"}
EXPECTED = {"requests": ("applicant", "answered_on", "answer"), "remedies": ("ending", "decided_on")}


@dataclass(frozen=True, slots=True)
class Told:
    """台账的话 — one ledger on one console (条例 第五十条)."""

    report: AnnualReport
    ledger: Ledger
    lines: Sequence[Line]
    remedies: Sequence[tuple[str, RefusedRow]]
    cut_on: date
    years: Sequence[int]
    reading: Reading
    console: Console

    def columns(self, reading: Reading) -> None:
        """认出的栏 — which head was taken for which column, what was not used, what was left out."""
        console = self.console
        for alike in _alike(reading.heads):
            self._heads(alike)
        if not self.ledger.is_numbered:
            console.say("没有写编号，各件用行号称呼：#5 是第 5 行")
        self._unsure(reading)
        if any(each.layout == "requests" and "confirmed_on" not in each.columns for each in reading.heads):
            console.say("没有“确认日期”一栏，网上、电子邮件、传真、平信来的申请把收到日期当作双方确认的日期")
        self._left_out(reading)
        for (sheet, year), days in reading.lent.items():
            # 标题 alone is a head of other tables, with another word in English.
            said = "{place}有 {days} 处日期没有写年份，按{source}里的 {year} 年算"
            if year.source == "title":
                said = "{place}有 {days} 处日期没有写年份，按标题里的 {year} 年算"
            console.say(
                said,
                place=self._place(sheet, {}) or console.translate("表格"),
                days=days,
                source=YEARS[year.source],
                year=year.year,
            )
        console.say()

    def _torn(self, rows: Sequence[int]) -> None:
        """Rows of a csv with a quote that has no partner."""
        if rows:
            self.console.error(TORN, rows=row_numbers(rows, self.console))

    def _left_out(self, reading: Reading) -> None:
        """Rows, cells and sheets that are no case or are out of sight."""
        console = self.console
        for why, name in SKIPPED.items():
            rows = [self._place(each.sheet, {"row": each.row}) for each in reading.skipped if each.why == why]
            if rows:
                said = console.listed(rows[:10]) + ("…" if len(rows) > 10 else "")
                console.say("没有当作一件的行（{why}）：{rows}", why=name, rows=said)
        for sheet, column in reading.strays:
            strays = reading.strays[sheet, column]
            console.say(
                "{place}的 {column} 列没有表头，{rows} 行写着字，没有读",
                place=self._place(sheet, {}) or console.translate("表格"),
                column=Place("", 0, column).letters,
                rows=console.listed(map(str, strays[:10])) + ("…" if len(strays) > 10 else ""),
            )
        if reading.unread:
            console.say("没有认出台账的工作表：{names}", names=console.listed(reading.unread))
        self._uncounted(reading)
        if reading.hidden:
            console.say("隐藏的工作表没有看：{names}", names=console.listed(reading.hidden))
        for sheet, columns in reading.unseen_columns.items():
            console.say(
                "{place}的 {columns} 列隐藏着，也读了",
                place=self._place(sheet, {}),
                columns=console.listed(Place("", 0, at).letters for at in columns[:20]),
            )
        for sheet, unseen in reading.unseen.items():
            numbers = console.listed(map(str, unseen[:20])) + ("…" if len(unseen) > 20 else "")
            console.say(
                "{place}有 {count} 行隐藏着或者被筛选掉，也读了：第 {rows} 行",
                place=self._place(sheet, {}),
                count=len(unseen),
                rows=numbers,
            )

    def _uncounted(self, reading: Reading) -> None:
        """Sheets left out whose rows may be cases, on standard error."""
        for each in reading.uncounted:
            if not each.rows:
                continue
            rows = self.console.listed(map(str, each.rows[:10])) + ("…" if len(each.rows) > 10 else "")
            said = "{place}没有认出表头，第 {rows} 行像是申请或者救济，没有计入；请补上表头，不是的可以不管"
            if each.why == "name":
                said = "{place}看名称不是台账，里面 {count} 行没有计入（第 {rows} 行）；是台账的请改名，不是的可以删去"
            self.console.error(said, place=self._place(each.sheet, {}), count=len(each.rows), rows=rows)

    def _unsure(self, reading: Reading) -> None:
        """Heads that may mean another day than the one that the law counts from, once each."""
        for layout in layouts():
            heads = [each for each in reading.heads if each.layout == layout.name]
            for column in layout.columns:
                for head in dict.fromkeys(each.printed[column.name] for each in heads if column.name in each.unsure):
                    self.console.say(
                        "把“{head}”当作{label}：{basis}；不是同一天的，请加一栏“{label}”，或者用 --columns 写明",
                        head=Quoted(" ".join(head.split())),
                        label=column.label,
                        basis=column.basis,
                    )

    def lacking(self, reading: Reading) -> None:
        """没有认出的栏 — without which every case would look open, on standard error, once (条例 第三十三条)."""
        self._torn(reading.torn)
        lacking: dict[tuple[str, ...], list[Matched]] = {}
        for heads in reading.heads:
            names = tuple(name for name in EXPECTED.get(heads.layout, ()) if name not in {*heads.columns, *heads.twice})
            if names:
                lacking.setdefault((heads.layout, *names), []).append(heads)
        for (layout, *lacked), lists in lacking.items():
            self._lacking(layout, lacked, lists, reading)
        self._unlike()
        self._beside()
        for heads in reading.heads:
            for name, columns in heads.twice.items():
                letters = [Place("", 0, at).letters for at in columns]
                label = self._label(heads.layout, name)
                self.console.error(
                    '{letters} 列都像是“{label}”，都没有读；请写明是哪一列：--columns "{label}={letter}列"',
                    letters=self.console.listed(letters),
                    label=label,
                    letter=letters[0],
                )

    def _lacking(self, layout: str, names: Sequence[str], lists: Sequence[Matched], reading: Reading) -> None:
        console = self.console
        said = "没有认出“{names}”一栏，写了答复的各件不能计入表三，期限照算；没有用到的栏是：{heads}；{options}"
        if layout == "remedies":
            said = "没有认出“{names}”一栏，写了结案的各件不能计入表四；没有用到的栏是：{heads}；{options}"
        elif "applicant" in names:
            said = "没有认出“{names}”一栏，各件不能计入表三，期限照算；没有用到的栏是：{heads}；{options}"
        elif "answered_on" in names:
            said = "没有认出“{names}”一栏，看不出哪些已经答复，不判断逾期；没有用到的栏是：{heads}；{options}"
        console.error(
            said,
            names=console.listed(self._label(layout, name) for name in names),
            heads=Quoted(console.listed(dict.fromkeys(head for each in lists for head in each.unknown)) or "—"),
            options=self._options(layout, names, lists, reading),
        )

    @property
    def beside(self) -> Sequence[Beside]:
        """申请旁边的救济 — cases written in the rows of requests, which table four does not count (条例 第五十一条)."""
        return remedies_beside(self.reading.entries)

    def _beside(self) -> None:
        for each in self.beside:
            rows = [placed(self.console, {"row": row}) for row in each.rows[:10]]
            self.console.error(
                "{place} {column} 列“{head}”有 {count} 行写着复议、诉讼（{rows}），没有计入表四；"
                "请另列一张复议诉讼表，一案一行，写救济类别、申请或者起诉日期、结案方式、结案日期；样子见 --blank",
                place=self._place(each.sheet, {}) or self.console.translate("表格"),
                column=each.column,
                head=Quoted(each.head),
                count=len(each.rows),
                rows=self.console.listed(rows) + ("…" if len(each.rows) > 10 else ""),
            )

    def _unlike(self) -> None:
        """Columns none of whose cells say what their head does: once, as the rows are not at fault."""
        for each in self.ledger.unlike:
            said = "{place}“{label}”一栏的 {count} 格都读不出，像是别的栏，各件没有计入表三、表四；{options}"
            if each.name == "channel":
                said = "{place}“{label}”一栏的 {count} 格都读不出，像是别的栏，期限照收到日期算；{options}"
            lists = [heads for heads in self.reading.heads if (heads.layout, heads.sheet) == each[:2]]
            self.console.error(
                said,
                place=self._place(each.sheet, {"column": each.letters, "row": 0}),
                label=self._label(each.layout, each.name),
                count=each.cells,
                options=self._options(each.layout, [each.name], lists, self.reading),
            )

    def _options(self, layout: str, names: Sequence[str], lists: Sequence[Matched], reading: Reading) -> str:
        """The options to try, to be copied; where no head comes near, how they are written."""
        found = unused(lists[0], next(each for each in layouts() if each.name == layout), names, reading)
        if not any(each.unknown for each in lists):
            return self.console.translate("请加上这一栏")
        if not found:
            return self.console.text(
                '是哪一栏，请用 --columns 写明，如 --columns "{label}=表头"', label=self._label(layout, names[0])
            )
        letters = {head: Place("", 0, at).letters for head, at in lists[0].unknown.items()}
        return self.console.text(
            "可以试试：{options}",
            options=to_copy({self._label(layout, name): head for name, head in found.items()}, letters),
        )

    def _label(self, layout: str, name: str) -> str:
        """A column as people call it; in English by the name that options take too."""
        if self.console.language != "zh":
            return name
        return next(each for each in layouts() if each.name == layout).column(name).label

    def refusals(self) -> None:
        """读不出和不成立的 — each with its place, on standard error (条例 第三十条至第三十四条)."""
        for stopped in self.ledger.stopped:
            if not stopped.is_of_list:
                self._stopped(stopped)
        for assumed in self.ledger.assumed:
            self.console.error("{id}：{said}", id=assumed.id, said=self._at(assumed))
        for line in self.lines:
            for each in line.refused:
                self._refused(line.course.id, each)
        for number, each in self.remedies:
            self._refused(number, each)

    def elsewhere(self) -> None:
        """不在这一年 — on standard error, that nothing of the ledger counts in the year asked for (年报格式)."""
        if self.years and self.report.year not in self.years and not any(self.report.figures.values()):
            self.console.error(
                "台账里没有一件算进 {year} 年，表三、表四都是 0；请看看 --year、--cut 有没有写错",
                year=self.report.year,
            )

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
            near = unused(
                heads, layout, [name for name in declared if name not in heads.columns], self.reading, sure=True
            )
            meant = {
                head: console.text("{head}（是否指“{label}”？）", head=Quoted(head), label=declared[name])
                for name, head in near.items()
            }
            console.say(
                "没有用到的栏：{names}", names=Quoted(console.listed(meant.get(head, head) for head in heads.unknown))
            )

    def _refused(self, number: str, row: RefusedRow) -> None:
        reason = self.console.text(row.template, **row.values)
        reason = with_aside(self.console, reason, row)
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


def unused(
    heads: Matched, layout: Layout, names: Sequence[str], reading: Reading, *, sure: bool = False
) -> dict[str, str]:
    """没有用到的栏像什么 — by column the unused head that may be meant, as the rows below tell (条例 第五十条)."""
    samples: dict[str, list[str]] = {}
    for entry in islice((each for each in reading.entries if each.sheet == heads.sheet), 200):
        for head, text in entry.kept.items():
            samples.setdefault(head, []).append(text)
    return hints(heads, layout, names, samples, sure=sure)


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
