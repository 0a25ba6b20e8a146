"""算期限 — `gongkai deadline`: the last day of a clock, and how it was counted (条例 第二十六条、第三十三条)."""

from __future__ import annotations

import argparse
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from gongkai.cli.arguments import UsageError
from gongkai.cli.asked import Asked, asked, day, word
from gongkai.cli.console import Console
from gongkai.cli.deadline_next import after_clock, not_yet
from gongkai.cli.layout import wrap
from gongkai.law.annual_report import Publisher, report_due
from gongkai.law.counting import Count, Deadline, Skipped, Step, count
from gongkai.law.errors import DataError, LawError
from gongkai.law.requests.acts import Act, Request, RequestAct
from gongkai.law.requests.course import Course, course
from gongkai.law.requests.following import following
from gongkai.law.requests.settings import Settings
from gongkai.law.terms import ApplicantKind, Channel
from gongkai.law.time_limits import Clock, closed, count_step, deadline, is_provisional, limit
from gongkai.law.workdays import LAST_DAY, Calendar

EXAMPLES = """示例
  gongkai deadline reply --received 2025-09-25
  gongkai deadline reply --received 2025-09-25 --channel internet --confirmed 2025-09-26
  gongkai deadline reply --received 2025-09-01 --consulted third-party 2025-09-08 2025-09-10 2025-09-19
  gongkai deadline reply --received 2025-09-01 --extend 10 --told 2025-09-25
  gongkai deadline reply --received 2025-09-01 --correction-asked 2025-09-04    等申请人补正到哪一天
  gongkai deadline correction --received 2025-09-25     补正要在哪一天以前告知
  gongkai deadline payment --received 2025-09-25        收到收费通知以后，哪一天以前缴费
  gongkai deadline disclosure --received 2025-09-25     信息形成以后，哪一天以前公开
  gongkai deadline report --received 2025-12-31         这一年度的报告，哪一天以前发布

日历到已公布的放假通知为止；以后的结果是暂定，退出 1。新一年的通知公布以后用 --calendar 导入。"""

CLOCKS = {
    Clock.REPLY: "答复期限",
    Clock.CORRECTION: "补正告知期限",
    Clock.THIRD_PARTY: "第三方提出意见期限",
    Clock.CO_MAKER: "共同制作机关提出意见期限",
    Clock.PAYMENT: "缴费期限",
    Clock.DISCLOSURE: "主动公开期限",
    Clock.WITHDRAWAL: "撤回行政处罚决定信息期限",
    Clock.REPORT: "年度报告发布期限",
}
WEEKDAYS = ("星期一", "星期二", "星期三", "星期四", "星期五", "星期六", "星期日")
FINE, PROVISIONAL, UNREADABLE = 0, 1, 2
NUMBER = "1"
_OF_OTHERS = ("applicant_until", "lapse_from", "third_party_until", "co_maker_until")

# Which options bear on which clocks; the rest would be ignored in silence, so they are refused.
_RECEIPT = (Clock.REPLY, Clock.CORRECTION)
_OPTIONS = {
    "channel": _RECEIPT,
    "confirmed": _RECEIPT,
    "correction_asked": (Clock.REPLY,),
    "correction_days": (Clock.REPLY,),
    "corrected": (Clock.REPLY,),
    "fee_noticed": (Clock.REPLY,),
    "paid": (Clock.REPLY,),
    "consulted": (Clock.REPLY,),
    "extended": (Clock.REPLY,),
    "extend": (Clock.REPLY,),
    "told": (Clock.REPLY,),
    "publisher": (Clock.REPORT,),
}
_PUBLISHERS = "报告由谁发布：department 部门，township 乡镇街道，government 县级以上人民政府"


@dataclass(frozen=True, slots=True)
class Found:
    """算出的期限 — of any clock; `course` where a request was asked for, and then `due_on` may still be open."""

    clock: Clock
    received_on: date
    due_on: date | None
    provisional: bool
    workdays: int
    steps: tuple[Step, ...]
    course: Course | None = None
    acts: tuple[Act, ...] = ()

    def following(self, calendar: Calendar, on: date) -> tuple[Step, ...]:
        """接下来 — on a day: whose turn it is, and what follows where the day has passed (条例 第三十三条)."""
        if self.course:
            return following(self.course, calendar, on)
        return after_clock(self.clock, self.due_on, calendar, on) if self.due_on else ()

    def may_move(self, step: Step, calendar: Calendar) -> bool:
        """是否暂定 — of what comes next; the day of a report is that of the year, whatever is off (放假办法)."""
        return self.clock is not Clock.REPORT and is_provisional(step, calendar)


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """参数 — the clock, the day it starts, and what moves it (条例 第三十条至第三十三条)."""
    parser.epilog = EXAMPLES
    parser.add_argument("clock", choices=[clock.value for clock in CLOCKS], help="哪一个期限")
    parser.add_argument("--received", required=True, type=day, metavar="DATE", help="收到申请、通知或者形成信息的日期")
    parser.add_argument(
        "--channel",
        metavar="C",
        type=_channel,
        help="接收渠道：in_person 当面，mail 邮寄，letter 平常信函，internet 互联网，email 电子邮件，fax 传真",
    )
    parser.add_argument("--confirmed", type=day, metavar="DATE", help="与申请人确认收到的日期（信函、互联网、传真）")
    parser.add_argument("--correction-asked", type=day, metavar="DATE", help="补正告知书送达申请人的日期")
    parser.add_argument(
        "--correction-days", type=int, metavar="DAYS", help="告知书写的补正期限是几个工作日；不写的按 10 个推定"
    )
    parser.add_argument("--corrected", type=day, metavar="DATE", help="收到补正后的申请的日期")
    parser.add_argument("--fee-noticed", type=day, metavar="DATE", help="收费通知送达申请人的日期")
    parser.add_argument("--paid", type=day, metavar="DATE", help="申请人缴清信息处理费的日期")
    parser.add_argument(
        "--consulted",
        nargs="+",
        action="append",
        default=[],
        metavar="KIND SENT RECEIVED BACK",
        help="征求意见：对象（third-party 第三方，co-maker 共同制作机关，other-organ 其他机关，"
        "secrecy-authority 保密行政管理部门）、发函日、对方收到日、收到意见日，没有的写 -；"
        "也可以只写发函日和收到意见日；可以写多次",
    )
    parser.add_argument("--extend", type=int, metavar="DAYS", help="延长答复几个工作日，最多 20")
    parser.add_argument("--told", type=day, metavar="DATE", help="告知申请人延长答复的日期")
    parser.add_argument("--extended", action="store_true", help="已经延长答复：按 20 个工作日、及时告知计算")
    parser.add_argument("--publisher", metavar="P", type=_publisher, help=_PUBLISHERS)
    parser.add_argument("--today", type=day, metavar="DATE", help="按哪一天看接下来办什么；不写的是今天")
    parser.add_argument("--calendar", type=Path, metavar="FILE", help="导入新一年的放假安排（TOML 或 JSON）")
    parser.add_argument("--json", action="store_true", help="打印 JSON")


def run(arguments: argparse.Namespace, console: Console) -> int:
    """算期限 — print the deadline; 0, 1 past the announced calendar, 2 where the calendar file could not be read."""
    try:
        calendar = Calendar.load(arguments.calendar)
    except DataError as error:
        if arguments.json:
            console.json({"source": str(arguments.calendar), "error": console.text(error.template, **error.values)})
        console.error(error.template, **error.values)
        return UNREADABLE
    on = arguments.today or date.today()  # noqa: DTZ011 — the day of the office's own clock
    if on < calendar.first_on:
        raise UsageError("--today 不能早于 {first_on}。", first_on=calendar.first_on)
    try:
        result = _computed(arguments, calendar)
        ahead = not_yet(result.clock, result.received_on, result.acts, result.course, on)
        then = result.following(calendar, on)
    except LawError as error:
        raise UsageError(error.template, "", **error.values) from None
    if arguments.json:
        row = to_json(result, console)
        row |= {
            "today": on.isoformat(),
            "next": [
                {**_step_to_json(step, console), "provisional": result.may_move(step, calendar)}
                for step in (*ahead, *then)
            ],
        }
        console.json(row)
    else:
        _show(result, ahead, then, calendar, console)
    return PROVISIONAL if result.provisional else FINE


def to_json(result: Found, console: Console) -> dict[str, object]:
    """期限的 JSON — interchange: clock, received_on, due_on, provisional, workdays, steps, and more of a reply."""
    row: dict[str, object] = {
        "clock": result.clock.value,
        "received_on": result.received_on.isoformat(),
        "due_on": _iso(result.due_on),
        "provisional": result.provisional,
        "workdays": result.workdays,
        "steps": [_step_to_json(step, console) for step in result.steps],
    }
    if found := result.course:
        names = ("due_on_strict", "strict_on", "first_period_ends_on", "correction_notice_by")
        row |= {"position": found.position.value, "waits_for": found.waits_for}
        row |= {name: _iso(getattr(found, name)) for name in (*names, *_OF_OTHERS)}
        row["marks"] = [mark.value for mark in found.marks]
    return row


def _iso(on: date | None) -> str | None:
    return on.isoformat() if on else None


def _computed(arguments: argparse.Namespace, calendar: Calendar) -> Found:
    clock = Clock(arguments.clock)
    for option, clocks in _OPTIONS.items():
        if getattr(arguments, option) not in (None, False, []) and clock not in clocks:
            name = option.replace("_", "-")
            raise UsageError("--{option} 与{clock}无关，请去掉。", option=name, clock=CLOCKS[clock])
    if clock is Clock.REPORT:
        return _report(arguments)
    if clock not in _RECEIPT:
        return _plain(clock, deadline(clock, arguments.received, calendar))
    known = asked(arguments)
    found = _course(known, calendar)
    assert found.received_on is not None
    if clock is Clock.CORRECTION:
        length = limit(clock, found.received_on)
        counted = count_step(length, count(calendar, found.received_on, length.workdays))
        steps = (*_before(found), counted, *known.assumed)
        return replace(_plain(clock, closed(clock, found.received_on, steps, calendar)), acts=tuple(known.acts))
    workdays = sum(step.count.workdays for step in found.steps if step.count)
    steps = (*found.steps, *known.assumed)
    return Found(clock, found.received_on, found.due_on, found.provisional, workdays, steps, found, tuple(known.acts))


def _course(known: Asked, calendar: Calendar) -> Course:
    """The course of what was asked; LawError with the reason of the first act that cannot be."""
    request = Request(id=NUMBER, applicant=ApplicantKind.NATURAL_PERSON, acts=tuple(known.acts))
    found = course(request, calendar, Settings.of())
    if found.refused:
        raise LawError(found.refused[0].template, **found.refused[0].values)
    late = [act.on for act in known.acts if act.kind is RequestAct.CONSULT and found.due_on and act.on > found.due_on]
    if late:
        raise LawError(
            "征求意见从 {first_on} 开始，而答复期限 {due_on} 已经届满，不能再扣除；请核对日期，或者是否已经延长答复",
            first_on=late[0],
            due_on=found.due_on,
        )
    return found


def _before(found: Course) -> Iterator[Step]:
    """The sentences about the receipt: those before anything is counted."""
    for step in found.steps:
        if step.count:
            return
        yield step


def _plain(clock: Clock, result: Deadline) -> Found:
    return Found(clock, result.received_on, result.due_on, result.provisional, result.workdays, result.steps)


def _report(arguments: argparse.Namespace) -> Found:
    """The report of the year in which the day lies."""
    if arguments.received > LAST_DAY:
        raise LawError("{day} 太晚：只能算到 {last_on}，请核对年份", day=arguments.received, last_on=LAST_DAY)
    publisher, year = Publisher(arguments.publisher or Publisher.DEPARTMENT), arguments.received.year
    due = report_due(year, publisher)
    said = "{year} 年度的报告，{publisher}在 {due_on} 以前发布；遇到休息日不顺延"
    values: dict[str, object] = {"year": year, "publisher": due.name, "due_on": due.due_on}
    steps = [Step(said, due.provision, values)]
    if not arguments.publisher:
        steps.append(Step("没有写发布主体，按部门计算；别的主体请用 --publisher 写明", due.provision))
    if not due.is_statutory:
        steps.append(Step("条例没有写明这一期限，这是通行做法", due.provision))
    return Found(Clock.REPORT, arguments.received, due.due_on, False, 0, tuple(steps))


def _show(result: Found, ahead: tuple[Step, ...], then: tuple[Step, ...], calendar: Calendar, console: Console) -> None:
    _headline(result, calendar, console)
    if result.course:
        _warn(result.course, console)
    for step in ahead:
        _say(console, "注意：{said}（{provision}）", said=_said(step, console), provision=step.provision)
    for step in then:
        template = "接下来：{said}（{provision}）"
        if result.may_move(step, calendar):
            template = "接下来（暂定）：{said}（{provision}）"
        _say(console, template, said=_said(step, console), provision=step.provision)
    console.say()
    rows = []
    for step in result.steps:
        rows.append((console.cite(step.provision), console.text(step.template, **step.values)))
        rows.extend(("", line) for line in (_details(step.count, console) if step.count else ()))
    console.table(rows, indent=2)


def _headline(result: Found, calendar: Calendar, console: Console) -> None:
    clock, found = CLOCKS[result.clock], result.course
    if result.due_on:
        template = "{clock}：{due_on}（{weekday}），暂定" if result.provisional else "{clock}：{due_on}（{weekday}）"
        console.say(template, clock=clock, due_on=result.due_on, weekday=WEEKDAYS[result.due_on.weekday()])
    elif found and found.applicant_until:
        until = found.applicant_until
        said = "{clock}：正在等申请人，申请人的期限到 {until}（{weekday}），其间不计"
        if until > calendar.final_until:
            said = "{clock}：正在等申请人，申请人的期限到 {until}（{weekday}），暂定，其间不计"
        console.say(said, clock=clock, until=until, weekday=WEEKDAYS[until.weekday()])
        if found.payment_until and found.payment_until != until:
            said = "这是补正的期限；收费通知也在等，缴费到 {until}"
            if found.payment_until > calendar.final_until:
                said = "这是补正的期限；收费通知也在等，缴费到 {until}，暂定"
            console.say(said, until=found.payment_until)
    else:
        console.say("{clock}：征求意见还没有结束，待定", clock=clock)


def _say(console: Console, template: str, /, **values: object) -> None:
    """One sentence, the lines after the first set in."""
    first, *rest = wrap(console.text(template, **values), console.width - 2)
    console.say("{line}", line=first)
    for line in rest:
        console.say("  {line}", line=line)


def _said(step: Step, console: Console) -> str:
    return console.text(step.template, **step.values)


def _warn(found: Course, console: Console) -> None:
    """What should not have happened stands under the date, not only among its reasons."""
    for mark in found.marks:
        _say(console, "注意：{mark}（{provision}）", mark=mark.label, provision=mark.provision)
    if found.in_time_until and found.in_time_until != found.due_on:
        said = "注意：{until} 以后答复就算逾期，期限重新计算不免除这一点"
        _say(console, said, until=found.in_time_until)


def _details(count: Count, console: Console) -> Iterator[str]:
    """The days that the counting passed over or, being make-up days, counted: what a person ticks off on the wall."""
    for each in count.skipped:
        days = f"{each.first_on}~{each.last_on:%m-%d}"
        if each.reason == "holiday":
            notices = console.translate("、").join(each.notices)
            yield console.text("不计：{name}放假 {days}（{notices}）", name=each.name, days=days, notices=notices)
        elif each.reason == "excluded":
            yield console.text("不计：征求意见 {days}", days=days)
    weekends = [each for each in count.skipped if each.reason == "weekend"]
    if weekends:
        yield console.text("不计：周末 {days}", days="  ".join(_weekend(each) for each in weekends))
    for made_up in count.made_up:
        yield console.text("计入：{name}调休上班 {day}", name=made_up.name, day=made_up.on)


def _weekend(skipped: Skipped) -> str:
    if skipped.first_on == skipped.last_on:
        return f"{skipped.first_on:%m-%d}"
    end = "%d" if skipped.first_on.month == skipped.last_on.month else "%m-%d"
    return f"{skipped.first_on:%m-%d}~{skipped.last_on:{end}}"


def _step_to_json(step: Step, console: Console) -> dict[str, object]:
    row: dict[str, object] = {
        "message": console.text(step.template, **step.values),
        "provision": str(step.provision),
    }
    if count := step.count:
        row |= {
            "after_on": count.after_on.isoformat(),
            "last_on": count.last_on.isoformat(),
            "workdays": count.workdays,
            "skipped": [
                {
                    "first_on": each.first_on.isoformat(),
                    "last_on": each.last_on.isoformat(),
                    "reason": each.reason,
                    "name": each.name,
                    "notices": list(each.notices),
                }
                for each in count.skipped
            ],
            "made_up": [{"on": each.on.isoformat(), "name": each.name} for each in count.made_up],
        }
    return row


def _channel(text: str) -> str:
    return word(text, {each.value: each.label for each in Channel}, "接收渠道")


def _publisher(text: str) -> str:
    return word(text, {"department": "部门", "township": "乡镇街道", "government": "县级以上人民政府"}, "发布主体")
