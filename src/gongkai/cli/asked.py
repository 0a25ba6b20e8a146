"""选项变成行为 — what the options of `gongkai deadline` say happened, as dated acts (条例 第三十条至第三十四条)."""

from __future__ import annotations

import argparse
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from types import MappingProxyType

from gongkai.cli.arguments import Phrases, UsageError, nearest
from gongkai.law.counting import Span, Step
from gongkai.law.requests.acts import Act, Partner, RequestAct
from gongkai.law.requests.rows import ALIKE
from gongkai.law.sources import Provision
from gongkai.law.terms import Channel
from gongkai.law.time_limits import Clock, limit

_DATE = re.compile(r"(\d{4})[-/.年](\d{1,2})[-/.月](\d{1,2})日?|(\d{4})(\d\d)(\d\d)")
NONE = "-"
PARTNERS = {each.value: each.label for each in Partner}


@dataclass(slots=True)
class Asked:
    """所问的经过 — the acts, and what had to be assumed where an option was left out."""

    acts: list[Act] = field(default_factory=list)
    assumed: list[Step] = field(default_factory=list)

    def add(self, kind: RequestAct, on: date, **details: object) -> None:
        """加一个行为 — an act on a day."""
        self.acts.append(Act(kind=kind, on=on, **details))  # type: ignore[arg-type]

    def assume(self, template: str, provision: Provision, **values: object) -> None:
        """按什么计算 — a sentence about what was taken for granted."""
        self.assumed.append(Step(template, provision, values))


def asked(arguments: argparse.Namespace) -> Asked:
    """所问的经过 — from the options of the command line (条例 第三十一条)."""
    found = Asked()
    _arrival(arguments, found)
    _correction(arguments, found)
    _payment(arguments, found)
    for number, words in enumerate(arguments.consulted, 1):
        _consultation(words, str(number), found)
    if any(len(words) == 2 for words in arguments.consulted):
        said = "征求意见没有写对象，扣到收到意见为止；问的是第三方、共同制作机关的，最多扣到对方收到后 15 个工作日"
        found.assume(said, Partner.THIRD_PARTY.provision)
    _extension(arguments, found)
    # Whatever order they were written in.
    found.acts.sort(key=lambda act: act.on)
    return found


def word(text: str, known: Mapping[str, str], name: str, alike: Mapping[str, str] = MappingProxyType({})) -> str:
    """一个选项 — its code, from the code or from the words for people; UsageError lists both (条例 第三十一条)."""
    wanted = text.strip().replace("-", "_").lower()
    words = {**alike}
    for code, label in known.items():
        words |= {code: code, label: code, label.partition("（")[0]: code}
    if wanted in words:
        return words[wanted]
    listed = Phrases(
        ("{code} {label}", {"code": code.replace("_", "-"), "label": label}) for code, label in known.items()
    )
    said, meant = "没有“{text}”这种{name}，可以写：{listed}。", nearest(wanted, words, least=0.65)
    if meant is None:
        raise UsageError(said, text=text[:40], name=name, listed=listed)
    said = "没有“{text}”这种{name}，是不是想写 {meant}？可以写：{listed}。"
    raise UsageError(said, text=text[:40], name=name, meant=words[meant].replace("_", "-"), listed=listed)


def day(text: str) -> date:
    """日期 — 2025-09-28, 2025/9/28, 2025年9月28日 or 20250928; UsageError where it is none."""
    match = _DATE.fullmatch(text.strip())
    try:
        if match:
            return date(*(int(part) for part in match.groups() if part))
    except ValueError:
        pass
    raise UsageError("“{text}”不是日期。", hint="日期要写成 2025-09-28 的样子。", text=text[:40])


def _arrival(arguments: argparse.Namespace, found: Asked) -> None:
    channel, is_assumed = Channel(arguments.channel) if arguments.channel else None, False
    received_on, confirmed_on = arguments.received, arguments.confirmed
    if channel is None and confirmed_on:
        # Both dates alone: whatever the channel is, it is one that is confirmed.
        channel, is_assumed = Channel.FAX, True
        found.assume("没有写接收渠道，按需要双方确认的渠道计算", channel.provision)
    found.add(RequestAct.REGISTER, received_on, channel=channel, is_assumed=is_assumed)
    if confirmed_on:
        found.add(RequestAct.CONFIRM, confirmed_on)
    elif channel and channel.is_confirmed:
        found.add(RequestAct.CONFIRM, received_on)
        found.assume("没有另填确认日，按 {day} 当天已经确认计算", channel.provision, day=received_on)


def _correction(arguments: argparse.Namespace, found: Asked) -> None:
    asked_on, corrected_on = arguments.correction_asked, arguments.corrected
    provision = RequestAct.ASK_CORRECTION.provision
    days = arguments.correction_days
    if days is not None and not asked_on:
        raise UsageError("写了 --correction-days，还要用 --correction-asked 写告知补正的日期。")
    if asked_on:
        found.add(RequestAct.ASK_CORRECTION, asked_on, workdays=days)
        if days is None:
            said = "告知书写的补正期限不是 10 个工作日的，用 --correction-days 写明"
            found.assume(said, provision)
    elif corrected_on:
        found.add(RequestAct.ASK_CORRECTION, _receipt(arguments), is_assumed=True)
    if corrected_on:
        found.add(RequestAct.CORRECTED, corrected_on)


def _payment(arguments: argparse.Namespace, found: Asked) -> None:
    noticed_on, paid_on = arguments.fee_noticed, arguments.paid
    if noticed_on:
        found.add(RequestAct.FEE_NOTICE, noticed_on)
    elif paid_on:
        found.add(RequestAct.FEE_NOTICE, paid_on, is_assumed=True)
    if paid_on:
        found.add(RequestAct.PAID, paid_on)


def _consultation(words: list[str], thread: str, found: Asked) -> None:
    hint = (
        "四个值依次是对象、发函日、对方收到日、收到意见日，没有的写 -，如 第三方 2025-09-08 2025-09-10 -；"
        "两个值是发函日和收到意见日。"
    )
    if len(words) in (2, 3) and not _DATE.fullmatch(words[0].strip()):
        word(words[0], PARTNERS, "征求意见的对象", ALIKE)
        raise UsageError("--consulted 写了对象的，后面还要写三个日期，没有的写 -。", hint=hint)
    if len(words) == 2:
        partner, (sent, delivered, back) = Partner.OTHER_ORGAN, (words[0], NONE, words[1])
    elif len(words) == 4:
        kind, sent, delivered, back = words
        partner = Partner(word(kind, PARTNERS, "征求意见的对象", ALIKE))
    else:
        raise UsageError("--consulted 后面要写两个或者四个值。", hint=hint)
    sent_on = day(sent)
    found.add(RequestAct.CONSULT, sent_on, thread=thread, partner=partner)
    if delivered != NONE:
        Span(sent_on, day(delivered))
        found.add(RequestAct.CONSULT_DELIVERED, day(delivered), thread=thread)
    if back != NONE:
        Span(sent_on, day(back))
        found.add(RequestAct.OPINION, day(back), thread=thread)


def _extension(arguments: argparse.Namespace, found: Asked) -> None:
    days, told_on = arguments.extend, arguments.told
    provision = RequestAct.EXTEND.provision
    if arguments.extended and days is None:
        days = limit(Clock.EXTENSION, arguments.received).workdays
        found.assume("没有写延长几个工作日，按最长的 {days} 个计算", provision, days=days)
    if days is None:
        if told_on:
            raise UsageError("写了 --told，还要用 --extend 写延长几个工作日。")
        return
    if told_on is None:
        told_on = max(day for day in (_receipt(arguments), arguments.corrected, arguments.paid) if day)
        found.assume("没有写告知延长的日期，按在最后一轮期限届满以前告知计算", provision)
    found.add(RequestAct.EXTEND, told_on, workdays=days)


def _receipt(arguments: argparse.Namespace) -> date:
    received_on: date = arguments.confirmed or arguments.received
    return received_on
