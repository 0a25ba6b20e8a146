"""提醒办理 — notices by mail, the digest of the day, what the guard finds in what is public (条例 第四十七条).

Mail holds index numbers, states and days; names, titles and texts stay on the platform.
"""

from __future__ import annotations

import logging
from collections import defaultdict
from collections.abc import Callable
from datetime import date, datetime, timedelta

from django.conf import settings
from django.core.mail import send_mail
from django.db import transaction
from django.db.models import F, OuterRef, Q, Subquery
from django.db.models.functions import Coalesce
from django.urls import reverse
from django.utils import timezone

from gongkai.law.publishing import State
from gongkai.law.roles import Role
from gongkai.web.bodies.models import Staff
from gongkai.web.files import queries as files
from gongkai.web.files.models import PublicCopy
from gongkai.web.files.sweeping import read_again
from gongkai.web.holdings import clocks, notices, queries
from gongkai.web.holdings.actions.apart import one_by_one
from gongkai.web.holdings.actions.openness import EVERY
from gongkai.web.holdings.actions.reviewing import look_again
from gongkai.web.holdings.digests import digest_of
from gongkai.web.holdings.models import Assessment, Digest, Item, Notice, Review
from gongkai.web.journal.actions import record
from gongkai.web.look.language import say

MOST_MAILED = 200
MAILED_WITHIN = timedelta(days=2)
"""多久以内的才寄 — a notice that could not be mailed for so long is on the desk anyway."""
SUBJECT = "政务公开工作台：{count} 条提醒"
DIGEST_SUBJECT = "政务公开工作台：{late} 件已逾期，{today} 件今天到期"
LINE = "{index}　{said}"
DUE_LINE = "{index}　{state}　期限 {day}"
CLOSING = "请登录工作台办理：{address}"
MORNING = 8
"""几点以后 — the day of an office begins (条例 第四十七条)."""
A_MONTH = timedelta(days=30)
_log = logging.getLogger(__name__)


def mail_notices(*, now: datetime) -> int:
    """寄出提醒 — what was told since the last time, one letter a person; how many letters (条例 第四十七条)."""
    waiting = Notice.objects.filter(mailed_at=None, read_at=None, at__gt=now - MAILED_WITHIN, to__is_active=True)
    told: dict[Staff, list[Notice]] = defaultdict(list)
    for each in waiting.exclude(to__email="").select_related("to", "item").order_by("id")[:MOST_MAILED]:
        told[each.to].append(each)

    def _mail(staff: Staff) -> bool:
        # Marked before it is sent: a letter that is lost is on the desk, one sent for ever is a nuisance.
        mine = [each for each in told[staff] if Notice.objects.filter(id=each.id, mailed_at=None).update(mailed_at=now)]
        lines = [say(LINE, index=_index(notice), said=say(notice.template, **notice.values)) for notice in mine]
        if mine:
            _send(staff, say(SUBJECT, count=len(mine)), lines)
        return bool(mine)

    return one_by_one(list(told), _mail, now)


def begin_the_day(*, now: datetime) -> None:
    """每日提要 — from eight on, as often as it is asked: each thing is told once (条例 第十八条、第四十七条)."""
    today, local = timezone.localdate(now), timezone.localtime(now)
    if local.hour >= MORNING:
        steps: tuple[Callable[[], int], ...] = (
            lambda: recount_deadlines(now=now),
            lambda: tell_expiring(today=today, now=now),
            lambda: tell_to_assess(today=today, now=now),
            lambda: mail_digests(today=today),
        )
        one_by_one(steps, lambda step: step(), now)


def mail_digests(*, today: date) -> int:
    """每日提要 — to everybody for whom something is overdue or due today (条例 第二十六条); how many letters.

    One a person and day, however often it is asked; of days on which nobody was there none is made up for.
    """
    if not clocks.calendar().is_workday(today):
        return 0
    Digest.objects.filter(day__lt=today - A_MONTH).delete()
    had = Digest.objects.filter(day=today).values("to")
    people = Staff.objects.filter(is_active=True).exclude(email="").exclude(id__in=had).order_by("id")
    return one_by_one(list(people), lambda staff: _mail_digest(staff, today), timezone.now())


def _mail_digest(staff: Staff, today: date) -> bool:
    if not Digest.objects.get_or_create(to=staff, day=today)[1]:
        return False
    desk = queries.desk(staff, today)
    rows = [row for code, _, found in desk.groups if code in ("late", "today") for row in found]
    lines = [
        say(DUE_LINE, index=row.item.index_number, state=row.item.state.label, day=row.due.on)
        for row in rows
        if row.due
    ]
    if lines:
        _send(staff, say(DIGEST_SUBJECT, late=desk.late, today=desk.today), lines)
    return bool(lines)


def recount_deadlines(*, now: datetime) -> int:
    """重算期限 — of what is still to be disclosed, by the calendar of today: the holidays of a year are announced when
    items already run into it; how many changed (条例 第二十六条、放假办法)."""

    @transaction.atomic
    def _recount(item: Item) -> bool:
        due_on = clocks.due_on(item)
        mine = Item.objects.filter(id=item.id, due_on=item.due_on, edition=item.edition)
        if due_on == item.due_on or not mine.update(due_on=due_on):
            return False
        record(
            chain=item.body.slug,
            act="holdings.recount",
            subject=f"holdings.item:{item.id}",
            actor="platform",
            now=now,
            facts={"from": item.due_on.isoformat(), "to": due_on.isoformat()},
            rows=[item],
        )
        return True

    running = Item.objects.filter(state__in=clocks.RUNNING).select_related("body").order_by("id")
    return one_by_one(list(running), _recount, now, about=lambda item: item)


def look_at_public(*, now: datetime, after: int = 0, most: int = 500) -> int | None:
    """再查已公开的 — the guard of today over what is public; what it blocks is told to the office (条例 第十五条).

    `after`: the last item of the time before. The last one of this time, None where all have been looked at.
    """
    found = list(queries.public().filter(id__gt=after).select_related("body", "public_version").order_by("id")[:most])

    def _look(item: Item) -> None:
        # Nothing blocked when it was published: what does now is told, once for the same places.
        if found := sorted(hit["id"] for hit in look_again(item=item, now=now)):
            once = f"found:{item.id}:{digest_of(' '.join(found))[:32]}"
            notices.tell(notices.office_of(item.body), notices.FOUND_LATER, item, now, once=once, count=len(found))

    one_by_one(found, _look, now, about=lambda item: item)
    return found[-1].id if len(found) == most else None


def holding(those: Q) -> Item | None:
    """谁带着它 — the item of which people see a file or a copy (条例 第十七条)."""
    return Item.objects.filter(those).select_related("body").first()


def tell_expiring(*, today: date, now: datetime) -> int:
    """快到有效期的 — told to the office a month before, or as soon after as may be, once (条例 第二十条第（一）项).

    What had lapsed before it was published is news to nobody; the label changes by itself.
    """
    near = queries.public().filter(expires_on__lte=today + A_MONTH, repealed_on=None)

    def _tell(item: Item) -> int:
        once = f"expires:{item.id}:{item.expires_on}"
        return notices.tell(notices.office_of(item.body), notices.EXPIRES, item, now, once=once, day=item.expires_on)

    in_force = near.filter(expires_on__gte=F("published_at__date")).select_related("body")
    return one_by_one(list(in_force), _tell, now, about=lambda item: item)


def tell_to_assess(*, today: date, now: datetime) -> int:
    """到了评估的日子 — what is closed, told to the office once: on the day set last, or a year after it was decided, or
    as soon after as may be (条例 第十八条)."""
    last = Assessment.objects.filter(item=OuterRef("pk")).order_by("-id")
    decided = Review.objects.filter(item=OuterRef("pk"), to_state=State.HELD).exclude(from_state=State.HELD)
    held = Item.objects.filter(state=State.HELD)
    known = held.annotate(
        decided_at=Coalesce(Subquery(decided.order_by("-id").values("at")[:1]), "updated_at"),
        assessed_at=Subquery(last.values("at")[:1]),
        next_on=Subquery(last.values("next_on")[:1]),
    ).values_list("id", "decided_at", "assessed_at", "next_on")
    days = {number: day for number, *given in known if (day := assess_on(*given)) <= today}

    def _tell(item: Item) -> int:
        day, office = days[item.id], notices.office_of(item.body)
        return notices.tell(office, notices.ASK_AGAIN, item, now, once=f"assess:{item.id}:{day}", day=day)

    due = held.filter(id__in=days).select_related("body")
    return one_by_one(list(due), _tell, now, about=lambda item: item)


def assess_on(decided_at: datetime, assessed_at: datetime | None, next_on: date | None) -> date:
    """评估的日子 — the one set since it was decided, else a year after that (条例 第十八条)."""
    if assessed_at and next_on and assessed_at >= decided_at:
        return next_on
    return timezone.localdate(decided_at) + EVERY


def tell_damaged(*, now: datetime) -> int:
    """公开的附件坏了 — all are read again; of what is lost or altered the office is told, once (条例 第六条)."""
    read_again(now)

    def _tell(copy: PublicCopy) -> int:
        item, once = holding(Q(public_version__files__copy=copy)), f"damaged:{copy.pk}:{copy.damaged_at}"
        office = notices.office_of(item.body) if item else []
        return notices.tell(office, notices.DAMAGED, item, now, once=once, file=copy.name) if item else 0

    return one_by_one(
        list(files.damaged()), _tell, now, about=lambda copy: holding(Q(public_version__files__copy=copy))
    )


def tell_what_waits(*, now: datetime) -> int:
    """暂缓公开到期 — told to the secrecy review once, on the day that it set or as soon after as may be; how many."""
    today = timezone.localdate(now)
    waiting = Item.objects.filter(state=State.POSTPONED, look_again_on__lte=today).select_related("body")

    def _tell(item: Item) -> int:
        people, once = notices.in_post(item.body, Role.SECRECY_REVIEWER), f"again:{item.id}:{item.look_again_on}"
        return notices.tell(people, notices.LOOK_AGAIN, item, now, once=once, day=item.look_again_on)

    return one_by_one(list(waiting), _tell, now, about=lambda item: item)


def _index(notice: Notice) -> str:
    return notice.item.index_number if notice.item else ""


def _send(staff: Staff, subject: str, lines: list[str]) -> None:
    address = settings.PLATFORM_ADDRESS.rstrip("/") + reverse("holdings:desk")
    text = "\n".join([*lines, "", say(CLOSING, address=address)])
    try:
        send_mail(subject, text, None, [staff.email])
    except (OSError, ValueError):  # the post office is closed, or an address cannot be written; the desk is open
        _log.exception("mail to staff:%s", staff.id)
