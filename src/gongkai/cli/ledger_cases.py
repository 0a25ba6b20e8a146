"""逐件说给人看 — what is late, by whom, how much, until when, what is next; the worst first (条例 第三十三条)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from gongkai.cli.console import Console
from gongkai.documents.columns.values import shown
from gongkai.documents.redaction.searching import hushed
from gongkai.law.requests.acts import Request
from gongkai.law.requests.course import Course
from gongkai.law.requests.following import following
from gongkai.law.requests.states import Mark
from gongkai.law.workdays import Calendar
from gongkai.report.ledger import Beside, Ledger, Line, RefusedRow
from gongkai.report.ledger.doubts import OUR_HEADS
from gongkai.report.ledger.waiting import capped
from gongkai.text.quoted import Quoted

_WORST = 5
ASIDE = {
    "fee": "金额没有读，表三照算",
    "channel": "渠道没有读，没有“确认日期”一栏，期限照收到日期算",
    "correction_workdays": "补正期限没有读，等申请人到哪一天按 10 个工作日算",
    "extended_workdays": "延长按 20 个工作日算",
    "received_on": "先按计算用的收到日期算",
    "counted": "表三先照计",
}
"""照算的话 — by the column of a cell that stops itself alone, what holds all the same."""
HEADS = ("工作表", "分段", "批注")
"""我们的叫法 — of what has no head in the file, beside 说明, 编号 and 办理状态, which are labels anyway."""
_UNSURE = {
    False: ("有不成立的行为，改好以前不判断是否逾期", "有不成立的行为，改好以前不判断答复是否逾期"),
    True: (
        "有的格可能影响期限，写明以前不判断是否逾期",
        "有的格可能影响期限，写明以前不判断答复是否逾期",
    ),
}


def placed(console: Console, place: Mapping[str, object]) -> str:
    """在哪一格 — `sheet`, `row`, `column` as people say them; what is not given is left out."""
    sheet, row, column = (place.get(name) for name in ("sheet", "row", "column"))
    said = ""
    if row:
        said = console.text("第 {row} 行 {column} 列" if column else "第 {row} 行", row=row, column=column)
    if sheet and not said:
        return console.text("工作表“{sheet}”", sheet=Quoted(str(sheet)))
    return console.text("工作表“{sheet}”{said}", sheet=Quoted(str(sheet)), said=said) if sheet else said


def with_aside(console: Console, reason: str, row: RefusedRow) -> str:
    """连同照算的话 — a reason, and of a cell that decides nothing else what holds all the same."""
    return console.text("{reason}；{aside}", reason=reason, aside=ASIDE[row.aside]) if row.aside else reason


@dataclass(frozen=True, slots=True)
class Cases:
    """逐件 — the lines of one ledger, and the clocks of rows that are not counted, by sheet and row (条例 第三十三条).

    `silent`: sheets that do not tell what was answered; none of their requests is called late.
    """

    ledger: Ledger
    lines: Sequence[Line]
    clocks: Mapping[tuple[str, int], Course]
    calendar: Calendar
    judged_on: date
    silent: frozenset[str]
    console: Console
    _stands_in: dict[int, str] = field(init=False, default_factory=dict)
    _at: dict[int, tuple[str, int]] = field(init=False, default_factory=dict)
    _requests: dict[str, Request] = field(init=False, default_factory=dict)
    _beyond: dict[int, list[RefusedRow]] = field(init=False, default_factory=dict)
    _sure: set[int] = field(init=False, default_factory=set)

    def __post_init__(self) -> None:
        self._stands_in.update({id(clock): sheet for (sheet, _), clock in self.clocks.items()})
        self._requests.update({each.id: each for each in self.ledger.requests})
        for line in self.lines:
            self._beyond[id(line.course)] = [each for each in line.refused if each.aside == "extended_workdays"]
        self._sure.update(id(line.course) for line in self.lines if line.is_sure)
        self._sure.update(map(id, self.clocks.values()))
        self._at.update({id(clock): at for at, clock in self.clocks.items()})

    @property
    def overdue(self) -> list[Course]:
        """逾期没有答复的 — also rows that are not counted; not those with an act that could not be."""
        return [
            each for each in (*(line.course for line in self.lines), *self.clocks.values()) if self._is_overdue(each)
        ]

    def _is_overdue(self, course: Course) -> bool:
        return id(course) in self._sure and self._judges(course) and course.is_overdue(self.judged_on)

    def late(self, course: Course) -> dict[str, object]:
        """迟了几个工作日 — of one that is not answered and past its day: the key of its line in JSON; else nothing."""
        return {"late_workdays": self._days(course)} if self._is_overdue(course) else {}

    def unread(self, course: Course) -> dict[str, object]:
        """没有读的格 — beside the lateness of one: the key of its line in JSON; else nothing (条例 第三十三条)."""
        found = self._beside(course) if self._is_accused(course) else ()
        return {
            "unread": [{"column": each.column or None, "head": each.head, "text": hushed(each.text)} for each in found]
        }

    def _is_accused(self, course: Course) -> bool:
        is_late = Mark.ANSWERED_LATE in course.marks or course.is_overdue(self.judged_on)
        return is_late and id(course) in self._sure and self._judges(course)

    def _beside(self, course: Course) -> Sequence[Beside]:
        at: object = self._at.get(id(course)) or course.id.partition("+")[0]
        return self.ledger.beside.get(at, ())

    def _with_beside(self, said: str, course: Course) -> str:
        """Lateness with the waiting that was not deducted, and with what its row says besides and nobody read."""
        at = self._at.get(id(course))
        request = self.ledger.judged[at] if at else self._requests.get(course.id.partition("+")[0])
        if request and (error := capped(request, course, course.answered_on or self.judged_on)):
            said = self.console.text(
                "{said}；{reason}", said=said, reason=self.console.text(error.template, **error.values)
            )
        for row in self._beyond.get(id(course), ()):
            reason = self.console.text(row.template, **row.values)
            said = self.console.text("{said}；{reason}", said=said, reason=reason)
        cells = [
            f"“{self._head(each.head)}{self.console.translate('：')}{shown(hushed(each.text))}”"
            if each.head
            else self.console.text("{column} 列（没有表头）", column=each.column)
            for each in self._beside(course)
        ]
        if not cells:
            return said
        return self.console.text(
            "{said}；这一行还写着{cells}，没有读，如果说的是影响期限的事，请写进相应的栏",
            said=said,
            cells=Quoted(self.console.listed(cells)),
        )

    def _head(self, head: str) -> str:
        return self.console.translate(head) if head in OUR_HEADS else head

    @property
    def count(self) -> int:
        """件数 — with the rows that are not counted in table three and have their clock."""
        return len(self.lines) + len(self.clocks)

    @property
    def provisional(self) -> int:
        """日期暂定的 — how many."""
        return sum(line.course.provisional for line in self.lines)

    def say(self) -> None:
        """逐件说 — what is overdue first, the longest first; then what was late; then what is next."""
        console = self.console
        unsure = {line.course.id: line.is_doubtful for line in self.lines if not line.is_sure}
        told_late = {id(line.course) for line in self.lines if line.is_told_late}
        courses = [*(line.course for line in self.lines), *self.clocks.values()]
        uncounted = {id(each) for each in self.clocks.values()}
        for course in sorted(courses, key=self._rank):
            name = self._name(course)
            if id(course) in uncounted:
                name = console.text("{id}（没有计入表三）", id=name)
            if id(course) in told_late:
                console.say("{id}：有的格和算出来的不一样，可能逾期，核对以前不判断是否逾期", id=name)
            for said in self._said(course, unsure):
                console.say("{id}：{said}", id=name, said=said)
        console.say()

    def summary(self) -> None:
        """总起来说 — how many, the worst of those that are late, what is not counted: it stays on the screen."""
        console, late = self.console, sorted(self.overdue, key=self._rank)
        courses = [*(line.course for line in self.lines), *self.clocks.values()]
        unjudged = sum(not self._judges(each) for each in courses)
        if unjudged < len(courses) or not self.silent:
            console.say("共 {count} 件，逾期没有答复的 {late} 件。", count=self.count, late=len(late))
        else:
            console.say("共 {count} 件。没有答复日期一栏，不判断是否逾期。", count=self.count)
        if 0 < unjudged < len(courses):
            console.say(
                "其中 {count} 件在没有答复日期一栏的工作表里，不判断是否逾期：{names}",
                count=unjudged,
                names=console.listed(sorted(self.silent)),
            )
        if late:
            worst = [
                console.text("{id} {days} 个工作日", id=self._name(each), days=self._days(each))
                for each in late[:_WORST]
            ]
            said = console.listed(worst) + ("…" if len(late) > _WORST else "")
            console.say("逾期最久的：{names}", names=said)
        self._gaps()

    def _judges(self, course: Course) -> bool:
        """Whether the sheet of a request tells what was answered."""
        if not self.silent:
            return True
        number = course.id.partition("+")[0]
        return self._stands_in.get(id(course), self.ledger.sheets.get(number, "")) not in self.silent

    def _name(self, course: Course) -> str:
        handler = self.ledger.handlers.get(course.id.partition("+")[0])
        name = course.id
        if not name and (at := self._at.get(id(course))):
            name = placed(self.console, dict(zip(("sheet", "row"), at, strict=True)))
        return self.console.text("{id}（{handler}）", id=name, handler=handler) if handler else name

    def _days(self, course: Course) -> int:
        """How many working days a course is late on the day that is looked at."""
        assert course.in_time_until is not None
        return max(self.calendar.workdays_between(course.in_time_until, self.judged_on) - 1, 0)

    def _gaps(self) -> None:
        """What the counting leaves out, and the dates that may still move."""
        console = self.console
        rows = {(each.sheet, each.row, each.id): each.id for each in self.ledger.stopped}
        blind = [number or f"{sheet}#{row}" for (sheet, row, _), number in rows.items() if self._is_blind(sheet, row)]
        if known := len(rows) - len(blind):
            console.say("其中 {count} 件没有计入表三、表四，原因写在上面，改好以后再算一次。", count=known)
        if blind:
            said = console.listed(blind[:20]) + ("…" if len(blind) > 20 else "")
            console.say(
                "此外有 {count} 行读不出，不在这 {total} 件里，没有计入表三、表四，也看不出是否逾期：{names}",
                count=len(blind),
                total=self.count,
                names=said,
            )
        if self.provisional:
            console.say(
                "{count} 件的日期后面标着暂定：下一年的放假安排还没有公布，公布以后可能变。", count=self.provisional
            )

    def _is_blind(self, sheet: str, row: int) -> bool:
        return (sheet, row) not in self.clocks

    def _rank(self, course: Course) -> tuple[int, date, str]:
        if self._judges(course) and course.is_overdue(self.judged_on):
            return 0, course.in_time_until or date.max, course.id
        return (1 if course.marks else 2), course.due_on or course.applicant_until or date.max, course.id

    def _said(self, found: Course, unsure: Mapping[str, bool]) -> Iterator[str]:
        """`unsure`: by id, requests of which nobody can tell, and whether no act of theirs is refused."""
        console, is_sure = self.console, found.id not in unsure
        why, why_of_answer = _UNSURE[unsure.get(found.id, False)]
        for mark in found.marks:
            if mark is Mark.ANSWERED_LATE and not is_sure:
                yield console.text(why_of_answer)
                continue
            is_late = mark is Mark.ANSWERED_LATE and found.answered_on
            said = self._with_beside(self._late(found), found) if is_late else console.text(mark.label)
            place = self.ledger.place_of(found.id.partition("+")[0], found.marked_by[mark])
            yield console.text("{said}（{place}）", said=said, place=placed(console, place)) if place else said
        if found.is_overdue(self.judged_on) and not (self._judges(found) and is_sure):
            if not is_sure:
                yield console.text(why)
        elif found.is_overdue(self.judged_on) and found.in_time_until:
            values = {"due_on": found.in_time_until, "days": self._days(found)}
            if found.waits_for == "applicant":
                said = console.text(
                    "期限到 {due_on}，没有答复，已经逾期 {days} 个工作日，等申请人不免除这一点", **values
                )
                yield self._with_beside(said, found)
                yield self._next(found)
            else:
                said = console.text("期限到 {due_on}，还没有答复，已经逾期 {days} 个工作日，请尽快答复", **values)
                yield self._with_beside(said, found)
        elif said := self._next(found):
            yield said + (console.translate("（暂定）") if found.provisional else "")

    def _late(self, found: Course) -> str:
        due_on, days = found.in_time_until or found.due_on, found.late_workdays or 0
        if due_on is None:
            return self.console.text(Mark.ANSWERED_LATE.label)
        return self.console.text(
            "期限到 {due_on}，{answered_on} 才答复，迟了 {days} 个工作日",
            due_on=due_on,
            answered_on=found.answered_on,
            days=days,
        )

    def _next(self, found: Course) -> str:
        console = self.console
        steps = following(found, self.calendar, self.judged_on)
        return console.translate("；").join(console.text(step.template, **step.values) for step in steps)
