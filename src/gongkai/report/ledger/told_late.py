"""没有读的格说晚了 — cells of a row that is in time by its count, and that tell of lateness all the same.

Lateness is never silent: a sending after the period, an earlier receipt, the office's own word (条例 第三十三条).
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from datetime import date

from gongkai.law.requests.course import Course
from gongkai.report.ledger import LedgerError
from gongkai.report.ledger.days import days_in_words, plain_day
from gongkai.report.ledger.doubts import Doubt
from gongkai.report.ledger.receipts import by_receipt
from gongkai.report.ledger.unread import DUE_HEAD, LENGTH, Look, Unread
from gongkai.report.ledger.verdicts import LATE_HEAD, LEFT_HEAD, may_say_late, says_late
from gongkai.text.folding import fold

_SENT = "寄出|寄送|寄发|寄达|邮寄|交寄|投递|发出|送出|发送|送交|送达|印发|发文|签发|盖章|用印|落款"
_TAKEN = "签收|妥投|领取|领走|取走|取件"
SENT = re.compile(f"{_SENT}|{_TAKEN}")
SENDING = re.compile(_SENT)
_TAKING = re.compile(_TAKEN)
_ANSWERED = re.compile("答复|回复|办结|完成|告知书|决定书")
_PAPERS = (
    "补充|补正|第三方|权利人|征求|征询|意见函|会商|缴|收费|延期|延长|展期|受理|登记|来[件信函文]|收[件文]|申请书|申请表"
    "|复议|诉讼|归档|转[办交送]|移送|交办|分办|协办|送审|回执|期限|时限|截止|最迟|^拟|计划|预计|预定"
)
_OF_OTHERS = re.compile(f"重新|应|{_PAPERS}")
"""别的文书 — heads of papers that are no answer, and of periods."""
_NOT_GIVEN = re.compile(
    f"[之以]?前|不服|延|未|没有|不予|第三|对方|原答复|上次|回访|满意|评[价议]|咨询|来电|销号|公示|检查|会议?|培训|催|约|将"
    f"|{_PAPERS}"
)
"""别的事 — words of a part of a remark whose day is not one on which the answer was given."""
_CLAUSE = re.compile("[,。;，；、()\n]")
_INTERNAL = re.compile("内部|科室|处室|股室|承办|交办|分办|协办|补正|第三方|征求|征询|缴|复议|诉讼|延期告知|提醒|预警")
_USED_HEAD = re.compile(
    "用时|耗时|历时|办理(?:天数|日数|时长|周期|工作日)|(?:答复|实际)[^期时]*(?:天数|日数|时长|工作日)"
)
_OF_WORKDAYS = re.compile("工作日")
_IN_WORDS = re.compile(r"(\d{1,3})\s*(个?工作日|天)")
_REMARK_HEAD = re.compile("备注|说明|批注|情况|经过|进展|附注|^注$")
"""随手写的话 — heads under which a clerk writes whatever there is to say."""

_A_YEAR, _LONGEST_AFTER = 366, 92
"""A day of longer after the answer is one of another matter."""

_SAID_ANSWERED = (
    "“{head}”写着“{said}”，算出来的期限到 {due_on}，{answered_on} 答复，没有逾期；两样对不上，看不出是否逾期，请核对"
)
_SAID_OPEN = "“{head}”写着“{said}”，算出来的期限到 {due_on}，还没有过；两样对不上，看不出是否逾期，请核对"
_SAID = "“{head}”写着“{said}”，算出来没有逾期；两样对不上，看不出是否逾期，请核对"
_SENT_LATE = "“{head}”写着“{said}”，晚于期限 {due_on}，答复日期是 {answered_on}；是否逾期看送达、寄出的那天，请核对"
_DUE_EARLIER = "“{head}”写着“{said}”，算出来的期限是 {due_on}；照那一格已经逾期，两样对不上，请核对"
_OPINION = re.compile("意见|回函|复函|反馈|回复|第三方|第三人|权利人|征求|征询|会商|共同制作")
_NO_OPINION = re.compile("发函|发出|去函|送达|寄|发送|期限|时限|截止|应|最迟|答复日|申请人")
_NAMES = re.compile("(?:姓名|名称|名字|申请人|联系人|代理人|经办人|承办人)$")
_HEARD = "“{head}”写着“{said}”，可能是收到意见的那一天，意见日期一栏空着；算到那一天，期限到 {due_on}，已经逾期，请核对"
_USED_LONGER = "“{head}”写着“{said}”，比期限的 {period} 个工作日长；算出来期限到 {due_on}，没有逾期，两样对不上，请核对"


def told_late(
    look: Look, cells: Sequence[Unread], from_day: Callable[[date], Course], heard: Callable[[date], Course]
) -> Iterator[Doubt]:
    """哪些格说晚了 — of a row that is in time by its count. `from_day`: its course if it had come on that day; `heard`:
    if the opinion that its row lacks had come."""
    cells = [cell for cell in cells if not _NAMES.search(cell.head.strip())]  # 马超, 高超群
    is_sent_in_time = any(_is_sent_in_time(look, cell) for cell in cells)
    for cell in cells:
        said = look.quoted(cell)
        for error in (
            _by_its_word(look, cell, said),
            _by_sending(look, cell, said, is_sent_in_time=is_sent_in_time),
            by_receipt(look, cell, from_day),
            _by_opinion(look, cell, said, heard),
            _by_its_period(look, cell, said),
            _by_exclusion(look, cell, said),
        ):
            if error:
                yield Doubt(cell.column, error)
                break


def _by_its_word(look: Look, cell: Unread, said: dict[str, object]) -> LedgerError | None:
    day, due_on = plain_day(cell.text, look.course.received_on), look.course.in_time_until
    if day and LATE_HEAD.search(cell.head):
        # 逾期日期: from when on a row would be late.
        return LedgerError(_DUE_EARLIER, due_on=due_on, **said) if due_on and day < look.end else None
    if not says_late(cell.head, cell.text) or (LEFT_HEAD.search(cell.head) and not look.is_open):
        return None
    return _against(look, said)


def _against(look: Look, said: dict[str, object]) -> LedgerError:
    """The word of the office and the count, side by side."""
    due_on = look.course.in_time_until
    if due_on is None:
        return LedgerError(_SAID, **said)
    if look.is_open:
        return LedgerError(_SAID_OPEN, due_on=due_on, **said)
    return LedgerError(_SAID_ANSWERED, due_on=due_on, answered_on=look.course.answered_on, **said)


def _by_sending(look: Look, cell: Unread, said: dict[str, object], *, is_sent_in_time: bool) -> LedgerError | None:
    """An answer that was sent after the period; one that was sent in time may be taken later."""
    due_on, answered_on = look.course.in_time_until, look.course.answered_on
    if due_on is None or answered_on is None or answered_on > due_on:
        return None
    day = plain_day(cell.text, look.course.received_on)
    if day:
        is_sent = (SENT.search(cell.head) or _ANSWERED.search(cell.head)) and not _OF_OTHERS.search(cell.head)
        days = [day] if is_sent else []
    else:
        days = [*_days_of(SENT, cell, answered_on), *_given(cell, answered_on)]
    is_taken = bool(_TAKING.search(cell.head if day else cell.text))
    if is_taken and not SENDING.search(cell.head if day else cell.text) and is_sent_in_time:
        return None
    if any(each > due_on for each in days):
        return LedgerError(_SENT_LATE, due_on=due_on, answered_on=answered_on, **said)
    return None


def _is_sent_in_time(look: Look, cell: Unread) -> bool:
    """Whether a cell tells that the answer was sent within the period."""
    due_on, received = look.course.in_time_until, look.course.received_on
    day = plain_day(cell.text, received)
    is_sent = SENDING.search(cell.head) and not _OF_OTHERS.search(cell.head)
    return bool(day and is_sent and due_on and received and received <= day <= due_on)


def _by_opinion(
    look: Look, cell: Unread, said: dict[str, object], heard: Callable[[date], Course]
) -> LedgerError | None:
    """An opinion that ended the waiting earlier than the law does, by which the row would be late (条例 第三十二条)."""
    received = look.course.received_on
    if received is None or not look.course.unanswered or cell.head == "工作表":
        return None
    day, words = plain_day(cell.text, received), cell.head if plain_day(cell.text, received) else fold(cell.text)
    if not _OPINION.search(words) or _NO_OPINION.search(words):
        return None
    for each in [day] if day else days_in_words(cell.text, received):
        if any(asked.sent_on < each for asked in look.course.unanswered):
            due_on = heard(each).in_time_until
            if due_on and due_on < look.end:
                return LedgerError(_HEARD, due_on=due_on, **said)
    return None


def _by_its_period(look: Look, cell: Unread, said: dict[str, object]) -> LedgerError | None:
    """A last day of the office's own that is earlier than ours, and days used that are more than the period has."""
    due_on, received = look.course.in_time_until, look.course.received_on
    if due_on is None or received is None or _INTERNAL.search(cell.head):
        return None
    day = plain_day(cell.text, received)
    if (
        day
        and DUE_HEAD.search(cell.head)
        and abs((received - day).days) < _A_YEAR
        and day < look.end
        and day not in look.due_days()
    ):
        return LedgerError(_DUE_EARLIER, due_on=due_on, **said)
    if look.is_open or not _USED_HEAD.search(cell.head) or not (found := LENGTH.fullmatch(fold(cell.text).strip())):
        return None
    used, period = int(found[1]), look.calendar.workdays_between(received, due_on) - 1
    is_of_workdays = _OF_WORKDAYS.search(cell.head + cell.text)
    if used > (period if is_of_workdays else (due_on - received).days + 1) and used not in look.lengths():
        return LedgerError(_USED_LONGER, due_on=due_on, period=period, **said)
    return None


def _by_exclusion(look: Look, cell: Unread, said: dict[str, object]) -> LedgerError | None:
    """A remark that speaks of being late or of more days than the period has, in words that nobody knows."""
    if not cell.column or not _REMARK_HEAD.search(cell.head):
        return None
    if may_say_late(cell.text):
        return _against(look, said)
    due_on, received = look.course.in_time_until, look.course.received_on
    if due_on is None or received is None or look.is_open:
        return None
    period, days = look.calendar.workdays_between(received, due_on) - 1, (due_on - received).days + 1
    for part in _CLAUSE.split(fold(cell.text)):
        for count, unit in () if _NOT_GIVEN.search(part) else _IN_WORDS.findall(part):
            if int(count) > (days if unit == "天" else period) and int(count) not in look.lengths():
                return LedgerError(_USED_LONGER, due_on=due_on, period=period, **said)
    return None


def _given(cell: Unread, near: date) -> Iterator[date]:
    """Days on which a remark says that the answer was given, in whatever words: 4月20日答复, 4月20日电邮发申请人."""
    for part in _CLAUSE.split(fold(cell.text)):
        if not _NOT_GIVEN.search(part):
            yield from (day for day in days_in_words(part, near) if (day - near).days < _LONGEST_AFTER)


def _days_of(words: re.Pattern[str], cell: Unread, near: date) -> Iterator[date]:
    """The days in a text that speaks of such a thing."""
    if words.search(fold(cell.text)):
        yield from days_in_words(cell.text, near)
