"""更早的收到日期 — cells that tell of an earlier day on which a request may have come (条例 第三十一条、第三十三条).

The period runs from the receipt. By an earlier one a row may be late, of the year before, or due sooner: each is said.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from datetime import date

from gongkai.documents.columns import Entry
from gongkai.documents.columns.values import shown
from gongkai.law.requests.course import Course
from gongkai.report.ledger import LedgerError
from gongkai.report.ledger.days import days_in_words, plain_day
from gongkai.report.ledger.doubts import Doubt
from gongkai.report.ledger.unread import Look, Unread
from gongkai.text.folding import fold

_CAME = re.compile(
    "收|来[件信函文访电]|转来|寄来|接[收件]|提交|递交|提出|申请(?:日|时间)|邮戳|到达|登记|受理|首次|最[初早]|初次|第一次"
)
_RECEIVED = re.compile("收|来[件信函文访电]|转来|寄来|到达|邮戳")
"""收到的那一天 — heads of the receipt itself, not of the office's entry of it."""
_NOT_CAME = re.compile(
    "补正|第三方|权利人|征求|征询|意见|缴|费|答复|回复|办结|领取|送达|寄出|归档|复议|诉讼|延|出生|成立|形成|制作|协办|反馈"
    "|材料|文件|信息|期限|时限|截止|应"
)
_NOT_OF_REQUEST = re.compile(
    "生日|签订|签署|发布|公布|公开|印发|发文|成文|生效|有效|批准|批复|审批|立项|颁|合同|竣工|开工|建成|证|原件|查询|起始|终止|上[次年一]|前次"
    "|入职|注册|任职|拆迁|征收|测绘|检查|处罚|提醒|预警|拟|计划|预计"
)
"""别的事的日期 — heads of days of the papers that are asked for."""
_OF_ALL = re.compile("政府信息公开|信息公开")
_CAME_IN_WORDS = re.compile(
    "(?:首次|最[初早]|初次|第一次|实际|原|先|网[上站]|平台|邮箱|信访|窗口|收发室|传达室)[^,。;，；]{0,14}"
    "(?:提交|收到|收[件文]|递交|提出|申请|来[件信函文]|登记|签收)"
)
_CAME_ON = re.compile(
    r"收|来[件信函]|[转寄送]来|邮戳|提交|递交|提出|[到送][^达期]{0,6}[局委办室府厅所中队院]|送到"
    r"|(?:日|号|[./-]\d{1,2})[^申]{0,4}申请(?![人表书]|公开|内容|材料)"
)
_NOT_THIS = re.compile(
    "同类|曾|另|前[次件]|上[次件]|重复|不服|信访件|上级|批示|通知|计划|拟|征收|没收|收[购入储养治]|[回验]收"
)
"""话里的收到 — a part of a remark with a day of receipt, and words of other letters than this request."""
_CLAUSE = re.compile("[,。;，；、()\n]")
_A_YEAR, _NEAR = 366, 60
"""A day of longer ago is another's; of a head that nobody knows, one of two months ago is."""

_LATE = "“{head}”写着“{said}”，比计算用的收到日期 {received_on} 早；从那一天算，期限到 {due_on}，已经逾期，请核对"
_OF_YEAR = "“{head}”写着“{said}”，比计算用的收到日期 {received_on} 早；那一天收到的是 {year} 年的申请，请核对"
_SOONER = "“{head}”写着“{said}”，比计算用的收到日期 {received_on} 早；从那一天算，期限到 {due_on}，请核对"


_SLIPPED = "“{head}”写着“{said}”，收到日期却是 {received_on}，可能写错了年份，看不出是否逾期，请核对"
_YEAR = re.compile(r"(?<!\d)20\d\d(?=\D|\d{3,4}(?!\d)|\Z)")


def by_receipt(look: Look, cell: Unread, from_day: Callable[[date], Course]) -> LedgerError | None:
    """更早收到就逾期 — an earlier receipt by which a row is late that is in time by ours (条例 第三十三条)."""
    for day in _earlier(look, cell):
        found = from_day(day).in_time_until
        if found and found < look.end:
            return LedgerError(_LATE, received_on=look.course.received_on, due_on=found, **look.quoted(cell))
    return None


def other_receipt(look: Look, cell: Unread, from_day: Callable[[date], Course]) -> LedgerError | None:
    """更早收到就不同 — an earlier receipt by which a request is of the year before, or one still open is due sooner."""
    received, due_on = look.course.received_on, look.course.in_time_until
    for day in _earlier(look, cell):
        said = {"received_on": received, **look.quoted(cell)}
        if received and day.year < received.year:
            return LedgerError(_OF_YEAR, year=day.year, **said)
        if look.is_open and due_on and due_on >= look.today and _RECEIVED.search(cell.head):
            found = from_day(day).in_time_until
            if found and look.today <= found < due_on:
                return LedgerError(_SOONER, due_on=found, **said)
    return None


def year_slipped(entry: Entry) -> Doubt | None:
    """年份像是写错 — where the number or the sheet has the year of the answer, and the receipt is long before it."""
    received, answered = entry.values.get("received_on"), entry.values.get("answered_on")
    if not isinstance(received, date) or not isinstance(answered, date):
        return None
    if (date(answered.year, 1, 1) - received).days <= _NEAR:
        return None
    known = [("编号", str(entry.values.get("id") or ""), "id"), ("工作表", entry.sheet, "")]
    for head, text, name in known:
        years = _YEAR.findall(fold(text))
        if [str(answered.year)] == years:
            said = {"head": head, "said": shown(text), "received_on": received}
            return Doubt(entry.columns.get(name, 0), LedgerError(_SLIPPED, **said))
    return None


def _earlier(look: Look, cell: Unread) -> list[date]:
    """The days before ours on which the request may have come, the first one first."""
    received = look.course.received_on
    if received is None:
        return []
    day = plain_day(cell.text, received)
    if day:
        longest = _longest(cell.head)
        return [day] if 0 < (received - day).days < longest else []
    text = fold(cell.text)
    named = days_in_words(text, received) if _CAME_IN_WORDS.search(text) else ()
    return sorted(each for each in (*named, *_came(text, received)) if each < received)


def _longest(head: str) -> int:
    """How long before ours a day under a head may be one of receipt, in days; 0 for heads of other things."""
    words = _OF_ALL.sub("", head)
    if not words or _NOT_CAME.search(words):
        return 0
    if _CAME.search(words):
        return _A_YEAR
    return 0 if _NOT_OF_REQUEST.search(words) else _NEAR


def _came(text: str, near: date) -> Iterator[date]:
    """Days on which a remark says that the request came: 2月10日收到，3月2日登记."""
    for part in _CLAUSE.split(text):
        if _CAME_ON.search(part) and not (_NOT_CAME.search(part) or _NOT_THIS.search(part)):
            yield from (day for day in days_in_words(part, near) if (near - day).days < _A_YEAR)
