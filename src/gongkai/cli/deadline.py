"""算期限 — `gongkai deadline`: the last day of a clock, and how it was counted (条例 第二十六条、第三十三条)."""

from __future__ import annotations

import argparse
import re
from collections.abc import Iterator
from datetime import date
from pathlib import Path

from gongkai.cli.arguments import UsageError
from gongkai.cli.console import Console
from gongkai.law.counting import Count, Deadline, Skipped, Span, Step
from gongkai.law.errors import DataError, LawError
from gongkai.law.reply import Handling, correction_deadline, reply_deadline
from gongkai.law.terms import Channel
from gongkai.law.time_limits import Clock, deadline
from gongkai.law.workdays import Calendar

EXAMPLES = """示例
  gongkai deadline reply --received 2025-09-25
  gongkai deadline reply --received 2025-09-25 --channel internet --confirmed 2025-09-26
  gongkai deadline reply --received 2025-09-01 --consulted 2025-09-08 2025-09-19 --extended
  gongkai deadline correction --received 2025-09-25     补正要在哪一天以前告知
  gongkai deadline payment --received 2025-09-25        收到收费通知以后，哪一天以前缴费
  gongkai deadline disclosure --received 2025-09-25     信息形成以后，哪一天以前公开

日历到已公布的放假通知为止；以后的结果是暂定，退出 1。新一年的通知公布以后用 --calendar 导入。"""

CLOCKS = {
    Clock.REPLY: "答复期限",
    Clock.CORRECTION: "补正告知期限",
    Clock.THIRD_PARTY: "第三方提出意见期限",
    Clock.PAYMENT: "缴费期限",
    Clock.DISCLOSURE: "主动公开期限",
}
WEEKDAYS = ("星期一", "星期二", "星期三", "星期四", "星期五", "星期六", "星期日")
FINE, PROVISIONAL, UNREADABLE = 0, 1, 2

# Which options bear on which clocks; the rest would be ignored in silence, so they are refused.
_RECEIPT = (Clock.REPLY, Clock.CORRECTION)
_OPTIONS = {
    "channel": _RECEIPT,
    "confirmed": _RECEIPT,
    "corrected": (Clock.REPLY,),
    "paid": (Clock.REPLY,),
    "consulted": (Clock.REPLY,),
    "extended": (Clock.REPLY,),
}
_DATE = re.compile(r"(\d{4})[-/.年](\d{1,2})[-/.月](\d{1,2})日?")


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """参数 — the clock, the day it starts, and what moves it (条例 第三十条至第三十三条)."""
    parser.epilog = EXAMPLES
    parser.add_argument("clock", choices=[clock.value for clock in CLOCKS], help="哪一个期限")
    parser.add_argument("--received", required=True, type=_day, metavar="DATE", help="收到申请、通知或者形成信息的日期")
    parser.add_argument(
        "--channel",
        choices=[channel.value for channel in Channel],
        metavar="C",
        type=_channel,
        help="接收渠道：in_person 当面，mail 邮寄，letter 平常信函，internet 互联网，email 电子邮件，fax 传真",
    )
    parser.add_argument("--confirmed", type=_day, metavar="DATE", help="与申请人确认收到的日期（信函、互联网、传真）")
    parser.add_argument("--corrected", type=_day, metavar="DATE", help="收到补正后的申请的日期")
    parser.add_argument("--paid", type=_day, metavar="DATE", help="申请人缴清信息处理费的日期")
    parser.add_argument(
        "--consulted",
        type=_day,
        nargs=2,
        action="append",
        default=[],
        metavar=("FROM", "TO"),
        help="征求意见：发函日和收到意见日；可以写多次",
    )
    parser.add_argument("--extended", action="store_true", help="已经批准延长答复并告知申请人")
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
    try:
        result = _computed(arguments, calendar)
    except LawError as error:
        raise UsageError(error.template, "", **error.values) from None
    if arguments.json:
        console.json(to_json(result, console))
    else:
        _show(result, console)
    return PROVISIONAL if result.provisional else FINE


def to_json(result: Deadline, console: Console) -> dict[str, object]:
    """期限的 JSON — interchange: clock, received_on, due_on, provisional, workdays, steps."""
    return {
        "clock": result.clock,
        "received_on": result.received_on.isoformat(),
        "due_on": result.due_on.isoformat(),
        "provisional": result.provisional,
        "workdays": result.workdays,
        "steps": [_step_to_json(step, console) for step in result.steps],
    }


def _computed(arguments: argparse.Namespace, calendar: Calendar) -> Deadline:
    clock = Clock(arguments.clock)
    for option, clocks in _OPTIONS.items():
        if getattr(arguments, option) and clock not in clocks:
            raise UsageError("--{option} 与{clock}无关，请去掉。", option=option, clock=CLOCKS[clock])
    if clock not in _RECEIPT:
        return deadline(clock, arguments.received, calendar)
    handling = Handling(
        arguments.received,
        Channel(arguments.channel) if arguments.channel else None,
        arguments.confirmed,
        arguments.corrected,
        arguments.paid,
        tuple(Span(first_on, last_on) for first_on, last_on in arguments.consulted),
        arguments.extended,
    )
    return (reply_deadline if clock is Clock.REPLY else correction_deadline)(handling, calendar)


def _show(result: Deadline, console: Console) -> None:
    template = "{clock}：{due_on}（{weekday}），暂定" if result.provisional else "{clock}：{due_on}（{weekday}）"
    console.say(
        template,
        clock=CLOCKS[Clock(result.clock)],
        due_on=result.due_on,
        weekday=WEEKDAYS[result.due_on.weekday()],
    )
    console.say()
    rows = []
    for step in result.steps:
        rows.append((console.cite(step.provision), console.text(step.template, **step.values)))
        rows.extend(("", line) for line in (_details(step.count, console) if step.count else ()))
    console.table(rows, indent=2)


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


def _day(text: str) -> date:
    match = _DATE.fullmatch(text.strip())
    try:
        if match:
            return date(*(int(part) for part in match.groups()))
    except ValueError:
        pass
    raise UsageError("“{text}”不是日期。", hint="日期要写成 2025-09-28 的样子。", text=text[:40])


def _channel(text: str) -> str:
    return text.replace("-", "_")
