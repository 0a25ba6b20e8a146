"""没有读的格 — what a late row says besides: nobody is accused by a row that was not read whole (条例 第三十三条).

A cell that tells another day or length than ours leaves lateness open; any other is told beside the lateness.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from datetime import date, timedelta
from typing import NamedTuple

from gongkai.documents.columns import Entry, Skipped
from gongkai.documents.columns.sections import Cases, names_a_case
from gongkai.documents.columns.values import plain, says_nothing, shown
from gongkai.law.requests.course import Course
from gongkai.law.workdays import Calendar
from gongkai.report.ledger import LedgerError
from gongkai.report.ledger.content import IN_BRACKETS, TAKEN_HEAD, is_of_content, said_within
from gongkai.report.ledger.days import days_after, days_in_text, plain_day, short_days_in_text
from gongkai.report.ledger.doubts import ANOTHER_DAY, Doubt, called, is_denied, is_no, spoken
from gongkai.report.ledger.elsewhere import Elsewhere, continued, is_statement, says_of_more, signed
from gongkai.report.ledger.layouts import states
from gongkai.report.ledger.no_request import asks_whether, says_not_counted
from gongkai.report.ledger.several import unsure
from gongkai.report.ledger.verdicts import (
    FIRST_PERIOD,
    LATE_HEAD,
    LEFT_HEAD,
    is_stricter,
    says_in_time,
    says_late,
    says_none_late,
)
from gongkai.text.folding import fold

_INTERNAL = re.compile("交办|分办|分派|批示|(?<![答回]复)登记(?!确认)|录入|送审|拟稿|审签|审批")
_SENT = re.compile("印发|归档|送达|邮寄|寄出|寄送|签收|复议|诉讼|结案|存档")
"""What comes with the answer or after it; before it, it may be the answer."""
_DONE_HEAD = re.compile("答复|回复|[办完终]结|结[束案]|归档|完成|送达|印发|寄出|寄送|邮寄|投递|发出|销号|闭环")
PLANNED = re.compile("^拟(?!稿)|计划|预计|预定")
"""打算的事 — what is planned has not happened: 拟答复日期."""
_NOT_DONE = re.compile(
    "^拟|计划|预计|预定|方式|形式|要求|期限|时限|应|截止|类型|部门|单位|人|来件|收件|补正|第三方|征求|缴"
)
_NOT_YET = re.compile("[未没待尚暂]")
_DONE_WORDS = re.compile(
    "(?:已|业已|当[面场]|口头|电话)[^,。;，；未没不]{0,8}(?:答复|回复|办结|办完|完结|送达|寄出|领取|提供)"
)
"""话里说答复了 — 已经当面答复."""
_OF_ALL = re.compile("以上|上述|均|全部|所有|各件|本表")
"""说的是每一件 — a note of all rows: 以上均已按规定延期."""
_SAYS_ALL = re.compile(f"{_OF_ALL.pattern}|{ANOTHER_DAY.pattern}")
DUE_HEAD = re.compile("期限|时限|到期|截止|应(?:当)?(?:答复|办结|回复)|延期至|延长至|最迟|不晚于")
_PERIOD_HEAD = re.compile("期限|时限")
_LENGTH_HEAD = re.compile("期限|时限|天数|日数|工作日|用时|耗时|历时|时长|周期")
_AS_SAID = re.compile(r"是|有|已?(?:逾期|超期|超时|延误)[\d天日个工作]*")
"""逾期 — what agrees with what is said of the row."""
LENGTH = re.compile(r"(?:共?用时?|共计?|历时|耗时)?\s*(\d{1,3})(?:\.0+)?\s*(?:个?工作日|天|日)?(?:以?内)?")
_USED_IN_WORDS = re.compile(r"(?:用时?|共计?|历时|耗时)[:：]?\s*(\d{1,3})\s*(?:个?工作日|天)")
_REMARK_HEAD = re.compile("备注|说明|^批注$|^$")
_UP_TO = re.compile(r"[至到]\s*\d|[日号\d][之以]?前")
_CODE = re.compile(r"[\w()\[\]〔〕\-/.]*\d[\w()\[\]〔〕\-/.]*", re.ASCII)
_PART = re.compile("月|季度|年|公民|自然人|法人|企业|组织|机构")
_LONGEST_DAYS = 183
_MOST_ROWS, _LEAST, _FOUR_WEEKS = 2, 3, 28

_OTHER_DAY = "“{head}”写着“{said}”，里面的日期没有读，看不出是否逾期；影响期限的请写进相应的日期栏"
_OTHER_DUE = "“{head}”写着“{said}”，和算出来的期限 {due_on} 不一样，看不出是否逾期，请核对"
_OTHER_LENGTH = "“{head}”写着“{said}”，和算出来的天数不一样，看不出是否逾期，请核对"
_NOT_LATE = "“{head}”写着“{said}”，算出来的期限到 {due_on}，{answered_on} 才答复；两样对不上，看不出是否逾期，请核对"
_NOT_OVERDUE = "“{head}”写着“{said}”，算出来的期限到 {due_on}，还没有答复；两样对不上，看不出是否逾期，请核对"
_NO_REQUEST = "“{head}”写着“{said}”，可能不算政府信息公开申请，看不出是否逾期；不算的请删去这一行"
_DONE = "“{head}”写着“{said}”，可能已经答复，看不出是否逾期；请写答复日期和办理结果"


class Unread(NamedTuple):
    """没有读的一格 — its column from 1 (0: none of the row), its head and what it says."""

    column: int
    head: str
    text: str


class Around:
    """行的旁边 — of a file: how even each column is, and the notes that name a row (条例 第三十三条)."""

    def __init__(
        self,
        entries: Sequence[Entry],
        notes: Iterable[Skipped],
        heads: Iterable[tuple[str, str]] = (),
        elsewhere: Iterable[Elsewhere] = (),
    ) -> None:
        self._said: Counter[tuple[str, int, str]] = Counter()
        self._quick: Counter[tuple[str, int, str]] = Counter()
        self._rows: Counter[str] = Counter(each.sheet for each in entries)
        for entry in entries:
            said = [(entry.sheet, column, plain(text)) for column, text in entry.beside.items()]
            self._said.update(said)
            self._quick.update(said if _is_quick(entry) else ())
        self._even: Counter[tuple[str, int]] = Counter()
        self.taken: set[tuple[str, int, int]] = set()
        for (sheet, column, _), count in self._said.items():
            self._even[sheet, column] += count if count >= _LEAST else 0
        self.parts = {at: Doubt(column, error) for at, (column, error) in unsure(entries).items()}
        self._speaks: dict[str, bool] = {}
        self._notes: dict[tuple[str, int], list[str]] = {}
        self._of_all: dict[str, list[str]] = {}
        self._elsewhere: dict[tuple[str, int], list[Elsewhere]] = {}
        self._everywhere: list[Elsewhere] = []
        for note in (*notes, *continued(entries)):
            self._note(note, entries)
        cases = Cases(entries)
        for entry in entries:
            self._of_others(entry, cases)
        for sheet, head in heads:
            is_of_all = any(_OF_ALL.search(part) and _speaks(part) for part in IN_BRACKETS.findall(fold(head)))
            if is_of_all or ANOTHER_DAY.search(fold(head)):
                self._of_all.setdefault(sheet, []).append(" ".join(head.split()))
        for other in filter(lambda each: _speaks(each.around), elsewhere):
            self._everywhere += [other] if other.is_of_all else []
            for at in other.about:
                self._elsewhere.setdefault(at, []).append(other)

    def _note(self, note: Skipped, entries: Sequence[Entry]) -> None:
        """A note is told with the rows that it names, that bear a sign of it, or with all."""
        for row in note.about:
            self._notes.setdefault((note.sheet, row), []).append(note.text)
        if not _speaks(note.text):
            return
        marked = [*signed(note, entries)]
        for row in marked:
            self._notes.setdefault((note.sheet, row), []).append(note.text)
        is_of_all = is_statement(note.text) if note.why == "note" else _SAYS_ALL.search(note.text)
        if is_of_all and not marked and (not note.about or says_of_more(note.text)):
            self._of_all.setdefault(note.sheet, []).append(note.text)

    def _of_others(self, entry: Entry, cases: Cases) -> None:
        """What the remark of a row says of others by their number: 5、6号同, 4-6号均延期."""
        heads = {column: head for head, column in entry.unused.items()}
        for column, text in entry.beside.items():
            if names_a_case(text) and not is_of_content(heads.get(column, ""), text):
                for sheet, row in cases.named(text):
                    if sheet == entry.sheet and row != entry.row:
                        self._notes.setdefault((sheet, row), []).append(text)

    def says_more(self, entry: Entry) -> bool:
        """还写着别的 — whether a row says anything besides; the name of its sheet may."""
        if entry.sheet not in self._speaks:
            is_said = spoken("工作表", entry.sheet, (), is_over=False) is not None
            self._speaks[entry.sheet] = (
                is_said or says_late("工作表", entry.sheet) or says_not_counted("工作表", entry.sheet)
            )
        if entry.values.get("state") or (entry.sheet, entry.row) in self.parts:
            return True
        if self._everywhere or (entry.sheet, entry.row) in self._elsewhere:
            return True
        return self._speaks[entry.sheet] or any(each.head != "工作表" for each in self.unread(entry))

    def unread(self, entry: Entry) -> Iterator[Unread]:
        """一行没有读的 — its cells, comments, the words of its part and sheet, and notes that name it."""
        heads = {column: head for head, column in entry.unused.items()}
        for at, text in entry.beside.items():
            head = heads.get(at, "")
            if (says_nothing(text) and not says_none_late(head, text)) or (entry.sheet, entry.row, at) in self.taken:
                continue
            if not is_of_content(head, text):
                yield Unread(at, head, text)
            else:
                yield from (Unread(0, head, part) for part in said_within(head, text))
        if handler := str(entry.values.get("handler") or ""):
            yield from (Unread(0, "承办人", part) for part in said_within("承办人", handler))
        yield from (Unread(at, "批注", text) for at, text in entry.remarks.items())
        notes = (*self._notes.get((entry.sheet, entry.row), ()), *self._of_all.get(entry.sheet, ()))
        yield from (Unread(0, "说明", text) for text in dict.fromkeys(notes))
        if entry.section:
            yield Unread(0, "分段", entry.section)
        if entry.sheet:
            yield Unread(0, "工作表", entry.sheet)
        state = str(entry.values.get("state") or "")
        if state and plain(state) not in states():
            yield Unread(entry.columns["state"], "办理状态", state)

    def elsewhere(self, entry: Entry) -> Sequence[Elsewhere]:
        """别的工作表说到的 — rows of sheets that are no list, that name this row or speak of all (条例 第三十三条)."""
        return (*self._elsewhere.get((entry.sheet, entry.row), ()), *self._everywhere)

    def is_even(self, entry: Entry, cell: Unread) -> bool:
        """多数行都这样写 — whether the same few words stand in most rows of the column, and not mainly in those that
        took long: what stands there may be why."""
        said = entry.sheet, cell.column, plain(cell.text)
        here = self._said[said]
        is_of_all = here >= _LEAST and 2 * self._quick[said] >= here
        return is_of_all and self._even[entry.sheet, cell.column] * _MOST_ROWS > self._rows[entry.sheet]


class Look(NamedTuple):
    """一件迟了的 — its row, its acts, its course, and the day that it is looked at."""

    entry: Entry
    told: frozenset[str]
    course: Course
    calendar: Calendar
    today: date

    @property
    def end(self) -> date:
        """到哪一天为止 — the answer, else the day that is looked at."""
        return self.course.answered_on or self.today

    @property
    def is_open(self) -> bool:
        """还没有答复 — whether nothing is answered."""
        return self.course.answered_on is None

    def quoted(self, cell: Unread) -> dict[str, object]:
        """引一格 — its head and what it says; a day with its hour is told as a day (条例 第三十三条)."""
        day = plain_day(cell.text, self.course.received_on) if ":" in fold(cell.text) else None
        said = day.isoformat() if day else cell.text
        return {"head": called(cell.head), "said": shown(said)}

    def doubt(self, cell: Unread) -> LedgerError | None:
        """看不出的缘由 — why this cell leaves lateness open; None where it does not (条例 第三十三条)."""
        said = self.quoted(cell)
        if not cell.column and (error := spoken(cell.head, cell.text, self.told, is_over=not self.is_open)):
            return error
        if says_not_counted(cell.head, cell.text):
            return LedgerError(_NO_REQUEST, **said)
        if says_in_time(cell.head, cell.text):
            return self._contradicted(said)
        if cell.head in ("分段", "工作表"):
            return None
        day = plain_day(cell.text, self.course.received_on)
        if day and DUE_HEAD.search(cell.head):
            is_ours = day in self.due_days() or is_stricter(cell.head, day, self.course)
            return None if is_ours else LedgerError(_OTHER_DUE, due_on=self.course.in_time_until, **said)
        length = _LENGTH_HEAD.search(cell.head) and LENGTH.fullmatch(fold(cell.text).strip())
        if length := length or _USED_IN_WORDS.search(fold(cell.text)):
            is_ours = int(length[1]) in {0, *self._lengths_of(cell)} or is_stricter(
                cell.head, int(length[1]), self.course
            )
            return None if is_ours else LedgerError(_OTHER_LENGTH, **said)
        if self.is_open and self._is_done(cell):
            return LedgerError(_DONE, **said)
        if day and (_INTERNAL.search(cell.head) or PLANNED.search(cell.head) or day in self.entry.values.values()):
            return None
        return LedgerError(_OTHER_DAY, **said) if self._has_day(cell) else None

    def counts_down(self, cell: Unread) -> LedgerError | None:
        """还剩几天 — of an answered row that has days left by its own word; an open one may be of an earlier day."""
        return self._contradicted(self.quoted(cell)) if has_days_left(cell) and not self.is_open else None

    def _contradicted(self, said: dict[str, object]) -> LedgerError:
        """The word of the office and the count, side by side."""
        due_on, answered_on = self.course.in_time_until, self.course.answered_on
        if answered_on is None:
            return LedgerError(_NOT_OVERDUE, due_on=due_on, **said)
        return LedgerError(_NOT_LATE, due_on=due_on, answered_on=answered_on, **said)

    def is_other(self, cell: Unread) -> bool:
        """别的事 — whether a cell is plainly of another matter than days."""
        if cell.head in ("分段", "工作表"):
            return cell.head == "工作表" or bool(_PART.search(cell.text))
        head, text = cell.head, fold(cell.text).strip()
        is_plain = is_no(text) or is_denied(text) or self._is_other_day(cell)
        if LATE_HEAD.search(head):
            return bool(is_plain or _AS_SAID.fullmatch(text) or LENGTH.fullmatch(text))
        if DUE_HEAD.search(head) or _LENGTH_HEAD.search(head):
            return bool(is_plain or LENGTH.fullmatch(text))
        # A bare small number may be days that do not count: 听证时间 12.
        return bool(is_plain or (_CODE.fullmatch(text) and not _may_be_days(text)))

    def _is_other_day(self, cell: Unread) -> bool:
        """A day alone, of the office's own steps, of what comes after the answer, or before there was a request."""
        day, received = plain_day(cell.text, self.course.received_on), self.course.received_on
        is_known = day in self.entry.values.values() or day in self.due_days()
        is_before = bool(day and received and day <= received)
        is_of_office = any(words.search(cell.head) for words in (_INTERNAL, _SENT, PLANNED))
        return bool(day) and (is_known or is_before or is_of_office)

    def _is_done(self, cell: Unread) -> bool:
        if asks_whether(cell.head) or LATE_HEAD.search(cell.head) or _NOT_YET.match(fold(cell.text).strip()):
            return False
        if states().get(plain(cell.text)) == "closed":
            return True
        if _DONE_WORDS.search(fold(cell.text)):
            return True
        head = TAKEN_HEAD.sub("", cell.head)
        is_taken = head != cell.head and not _NOT_DONE.search(re.sub("申?请?人|签名|签字", "", head))
        is_end = is_taken or (_DONE_HEAD.search(cell.head) and not _NOT_DONE.search(cell.head))
        return bool(is_end) and not is_no(cell.text) and states().get(plain(cell.text)) != "open"

    def due_days(self) -> set[date | None]:
        """算出来的期限 — the last days by any of our counts (条例 第三十三条)."""
        found = self.course
        return {found.in_time_until, found.due_on, found.due_on_strict, found.strict_on, found.first_period_ends_on}

    def lengths(self) -> set[int]:
        """算出来的天数 — of the period and of the handling, in working days and in days (条例 第三十三条)."""
        received, due = self.course.received_on, self.course.in_time_until
        end = self.end
        if received is None or due is None:
            return {FIRST_PERIOD}
        used = self.calendar.workdays_between(received, end)
        period = self.calendar.workdays_between(received, due) - 1
        return {FIRST_PERIOD, period, used, used - 1, (end - received).days, (end - received).days + 1} - {0}

    def _lengths_of(self, cell: Unread) -> set[int]:
        """What a length is compared with: a period with the period alone, as an office answers on its last day."""
        received, due = self.course.received_on, self.course.in_time_until
        if not _PERIOD_HEAD.search(cell.head) or received is None or due is None:
            return self.lengths()
        days = set() if "工作日" in cell.head + cell.text else {(due - received).days, (due - received).days + 1}
        return {FIRST_PERIOD, self.calendar.workdays_between(received, due) - 1, *days}

    def _has_day(self, cell: Unread) -> bool:
        """Whether a cell holds a day up to the answer, or a remark one until which something is put off."""
        received, end = self.course.received_on, self.end
        is_until = plain_day(cell.text, received) or _UP_TO.search(fold(cell.text))
        if received and is_until and _REMARK_HEAD.search(cell.head):
            end = received + timedelta(days=_LONGEST_DAYS)
        return any(received is not None and received < day <= end for day in days_after(cell.text, received))


def _is_quick(entry: Entry) -> bool:
    """Whether a row was answered within four weeks, so that no words in it explain anything."""
    received, answered = entry.values.get("received_on"), entry.values.get("answered_on")
    return isinstance(received, date) and isinstance(answered, date) and (answered - received).days <= _FOUR_WEEKS


def looked_at(look: Look, around: Around) -> tuple[list[Doubt], list[Unread]]:
    """一行怎么看 — the cells that leave lateness open, and those that are told beside it (条例 第三十三条)."""
    doubts, beside = [], []
    for cell in around.unread(look.entry):
        is_left = LEFT_HEAD.search(cell.head)
        if error := look.counts_down(cell) if is_left else look.doubt(cell):
            doubts.append(Doubt(cell.column, error))
        elif is_left:
            beside += [cell] if has_days_left(cell) else []
        elif not look.is_other(cell) and not (cell.column and around.is_even(look.entry, cell)):
            beside.append(cell)
    return doubts, beside


def _may_be_days(text: str) -> bool:
    """Whether a number may be a day, or so many days."""
    return bool(days_in_text(text) or short_days_in_text(text) or LENGTH.fullmatch(text))


def has_days_left(cell: Unread) -> bool:
    """还有几天 — whether a cell says that days are left (条例 第三十三条)."""
    left = LENGTH.fullmatch(fold(cell.text).strip())
    return bool(left and int(left[1]))


def _speaks(text: str) -> bool:
    """Whether words speak of what moves a clock, or of lateness."""
    is_said = spoken("说明", text, (), is_over=False) is not None
    return is_said or says_late("说明", text) or says_in_time("说明", text)
