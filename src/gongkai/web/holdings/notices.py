"""提醒 — told in the site, and by mail afterwards: what came to a person's desk (条例 第四十七条)."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from gongkai.law.publishing import WAITS_FOR, State
from gongkai.law.roles import Role
from gongkai.web.bodies.models import Body, Staff
from gongkai.web.holdings.models import Item, Notice

ARRIVED = "到了“{state}”这一步，请办理。"
RETURNED = "退回修改了，理由在办理经过里。"
PUBLISHED = "已公开。"
CALLED_BACK = "应在 {day} 前撤下，事由已登记。"
TO_WITHDRAW = "应当撤下，事由是“{ground}”。请尽快办理。"
NOT_SENT = "到了定时公开的时间，机检还有阻断项，没有公开。请处理后再办。"
NOT_READ = "到了定时公开的时间，有附件还没有查完或者没有通过，没有公开。请打开看是哪一个，好了再办。"
NOT_WHOLE = "到了定时公开的时间，有附件的内容和审核的时候不一样，或者找不到了，没有公开。请退回，重新上传一份。"
NOT_COMPLETE = "到了定时公开的时间，还有 {count} 处要改，没有公开。请退回改好。"
NOT_IN_POST = "到了定时公开的时间，定时间的人已经不在这个岗位，没有公开。请在岗的人核对以后再办。"
NOT_NOW = "到了定时公开的时间，没有公开。请打开这一件办“公开”，页上会说明缘故。"
NOT_PUBLISHED = (NOT_SENT, NOT_READ, NOT_WHOLE, NOT_COMPLETE, NOT_IN_POST, NOT_NOW)
"""到时没有公开 — why the clock left an item inside (条例 第二十六条)."""
FAILED = "后台办这一件时出了问题，没有办成，过一会儿会再试。明天还没好的，请把编号 {number} 告诉系统管理员。"
FOUND_LATER = "已经公开，机检又发现 {count} 处阻断。请看是否要撤下或者修订。"
EXPIRES = "有效期到 {day} 为止，过了当天标为失效。要继续有效的，请在此前修订。"
DECIDED = "保密审查的结论是“{conclusion}”，公开属性已经照此改了。"
ANSWERED = "保密部门的答复已经登记，请接着审查。"
TAKEN_BACK = "报送已经撤回，请接着审查；终审看得到。"
DAMAGED = (
    "已经公开，“{file}”的内容却和公开时不一样，或者找不到了，平台已停止提供。"
    "请告诉系统管理员从备份里恢复，或者修订、换一份。"
)
ENDED_BY_NONE = "标着废止，废止它的 {number} 却撤下了。请核对：还有效的，办“撤销废止标注”。"
LOOK_AGAIN = "暂缓公开到 {day}，请恢复保密审查。"
DOUBTFUL = "已经公开，但保密审查记录的结论不是“公开”。请核对，需要的先撤下。"
"""记录与公开不符 — told once, by the migration that made conclusions terms (条例 第十七条)."""
ASKED_TO_PURGE = "已停办，请求清除涉密内容，请您确认或者退回。"
PURGED = "涉密内容已经清除。"
NOT_PURGED = "不清除，已退回草稿，要重新审核。"
QUARANTINED = "有一个附件带着盖的密级标志，已经隔离。请立即停止，不要在本系统处理；由保密审查清除，另一人确认。"
ASK_AGAIN = "{day} 应重新评估是否仍不公开。"


def tell(people: Iterable[Staff], template: str, item: Item, now: datetime, *, once: str = "", **values: object) -> int:
    """告知 — one notice to each, about an item, with codes and days alone, nothing personal; how many were told.

    `once`: what it is that is told; who was told it is not told again, whichever of two workers comes first.
    """
    told = {name: str(value) for name, value in values.items()}
    known = set(Notice.objects.filter(once=once).values_list("to", flat=True)) if once else set()
    made = [
        Notice(to=each, body=item.body, item=item, template=template, values=told, at=now, once=once or None)
        for each in people
        if each.id not in known
    ]
    Notice.objects.bulk_create(made, ignore_conflicts=bool(once))
    return len(made)


def tell_of_file(people: Iterable[Staff], template: str, body: Body, now: datetime, item: Item | None = None) -> None:
    """告知附件 — one notice to each about an upload, which may belong to no item yet (保密法 第三十一条)."""
    Notice.objects.bulk_create(Notice(to=each, body=body, item=item, template=template, at=now) for each in people)


def settle(item: Item, now: datetime) -> None:
    """不再提醒 — that an item had arrived, once it has moved on, whoever moved it (条例 第四十七条)."""
    Notice.objects.filter(item=item, template=ARRIVED, read_at=None).update(read_at=now)


def tell_next(item: Item, actor: Staff, now: datetime) -> None:
    """告知下一步 — those who hold the post that an item waits for; whoever just acted needs no telling."""
    role = WAITS_FOR.get(item.state)
    if role is not None and item.state is not State.DRAFT:
        tell(in_post(item.body, role, actor), ARRIVED, item, now, state=item.state.label)


def office_of(body: Body) -> list[Staff]:
    """工作机构的人 — who is told what the platform did or could not do; the final reviewer where the post is empty."""
    return in_post(body, Role.DISCLOSURE_OFFICE) or in_post(body, Role.FINAL_REVIEWER)


def in_post(body: Body, role: Role, but: Staff | None = None) -> list[Staff]:
    """在岗的人 — who holds a role in a body now (条例 第四条)."""
    held = Staff.objects.filter(
        is_active=True, appointments__body=body, appointments__role=role, appointments__ended_at__isnull=True
    )
    return list((held.exclude(id=but.id) if but else held).distinct())
