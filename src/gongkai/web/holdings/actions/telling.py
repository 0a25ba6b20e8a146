"""提醒办理 — notices by mail, the digest of the day, what the guard finds in what is public (条例 第四十七条).

Mail holds index numbers, states and days; names, titles and texts stay on the platform.
"""

from __future__ import annotations

import logging
from collections import defaultdict
from datetime import date, datetime, timedelta

from django.conf import settings
from django.core.mail import send_mail
from django.db import transaction
from django.db.models import Exists, F, OuterRef, Q, QuerySet
from django.urls import reverse
from django.utils import timezone

from gongkai.law.procedure import REVIEWS, Role, State
from gongkai.web.bodies.models import Staff
from gongkai.web.files import queries as files
from gongkai.web.files.actions import inspect_copy, inspect_file
from gongkai.web.files.models import File
from gongkai.web.holdings import clocks, guarding, notices, queries
from gongkai.web.holdings.actions.openness import EVERY
from gongkai.web.holdings.actions.reviewing import look_again
from gongkai.web.holdings.actions.taking import look
from gongkai.web.holdings.actions.uploading import tell_quarantined
from gongkai.web.holdings.models import Item, ItemFile, Notice, Version
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
MOST_FILES = 10
"""一次补看几个 — files, and as many copies (条例 第十七条)."""
UNDER_WAY = (State.DRAFT, State.CLEARED, *REVIEWS)
_log = logging.getLogger(__name__)


def mail_notices(*, now: datetime) -> int:
    """寄出提醒 — what was told since the last time, one letter a person; how many letters (条例 第四十七条)."""
    waiting = Notice.objects.filter(mailed_at=None, read_at=None, at__gt=now - MAILED_WITHIN, to__is_active=True)
    told: dict[Staff, list[Notice]] = defaultdict(list)
    for each in waiting.exclude(to__email="").select_related("to", "item").order_by("id")[:MOST_MAILED]:
        told[each.to].append(each)
    for staff, notices_of in told.items():
        # Marked before it is sent: a letter that is lost is on the desk, one sent for ever is a nuisance.
        Notice.objects.filter(id__in=[notice.id for notice in notices_of]).update(mailed_at=now)
        lines = [say(LINE, index=_index(notice), said=say(notice.template, **notice.values)) for notice in notices_of]
        _send(staff, say(SUBJECT, count=len(notices_of)), lines)
    return len(told)


def mail_digests(*, today: date) -> int:
    """每日提要 — to everybody for whom something is overdue or due today (条例 第二十六条); how many letters."""
    if not clocks.calendar().is_workday(today):
        return 0
    sent = 0
    for staff in Staff.objects.filter(is_active=True).exclude(email="").order_by("id"):
        desk = queries.desk(staff, today)
        rows = [row for code, _, found in desk.groups if code in ("late", "today") for row in found]
        if rows:
            lines = [
                say(DUE_LINE, index=row.item.index_number, state=row.item.state.label, day=row.due.on)
                for row in rows
                if row.due
            ]
            _send(staff, say(DIGEST_SUBJECT, late=desk.late, today=desk.today), lines)
            sent += 1
    return sent


def recount_deadlines(*, now: datetime) -> int:
    """重算期限 — of what is still to be disclosed, by the calendar of today: the holidays of a year are announced when
    items already run into it; how many changed (条例 第二十六条、放假办法)."""
    changed = 0
    for item in Item.objects.filter(state__in=clocks.RUNNING).select_related("body").order_by("id").iterator():
        due_on = clocks.due_on(item)
        if due_on == item.due_on:
            continue
        with transaction.atomic():
            if Item.objects.filter(id=item.id, due_on=item.due_on, edition=item.edition).update(due_on=due_on):
                record(
                    chain=item.body.slug,
                    act="holdings.recount",
                    subject=f"holdings.item:{item.id}",
                    actor="platform",
                    now=now,
                    facts={"from": item.due_on.isoformat(), "to": due_on.isoformat()},
                )
                changed += 1
    return changed


def look_at_public(*, now: datetime, after: int = 0, most: int = 500) -> int | None:
    """再查已公开的 — the guard of today over what is public; what it blocks is told to the office (条例 第十五条).

    `after`: the last item of the time before. The last one of this time, None where all have been looked at.
    """
    found = list(queries.public().filter(id__gt=after).select_related("body", "public_version").order_by("id")[:most])
    for item in found:
        known = {hit["id"] for hit in guarding.blocking(item.public_version)} if item.public_version else set()
        if blocking := [hit for hit in look_again(item=item, now=now) if hit["id"] not in known]:
            with transaction.atomic():
                office = notices.in_post(item.body, Role.DISCLOSURE_OFFICE)
                notices.tell(office, notices.FOUND_LATER, item, now, count=len(blocking))
    return found[-1].id if len(found) == most else None


def look_into_files(*, now: datetime) -> int:
    """补看附件 — files, and copies, that nobody has looked into with the rules of today, and then the drafts that hold
    them; how many (条例 第十七条). A few at a time: other work waits behind them; what is under way comes first."""
    waiting, copies = (
        list(_awaited_first(files.uninspected())[:MOST_FILES]),
        list(files.uninspected_copies()[:MOST_FILES]),
    )
    for file in waiting:
        was_known = file.quarantined_at is not None
        inspect_file(file=file, now=now)
        _look_at_drafts(Q(files__file=file), now)
        if file.quarantined_at and not was_known:
            with transaction.atomic():
                used = Item.objects.filter(newest_version__files__file=file).first()
                tell_quarantined(file, now, used)
    for copy in copies:
        inspect_copy(copy=copy, now=now)
        _look_at_drafts(Q(files__copy=copy), now)
    return len(waiting) + len(copies)


def _awaited_first(waiting: QuerySet[File]) -> QuerySet[File]:
    """After another release everything is looked into anew: what people wait for is not behind thousands of others."""
    used = ItemFile.objects.filter(file=OuterRef("pk"), version__newest_of__state__in=UNDER_WAY)
    return waiting.annotate(is_awaited=Exists(used)).order_by("-is_awaited", *waiting.query.order_by)


def tell_expiring(*, today: date, now: datetime) -> int:
    """快到有效期的 — told to the office a month before; the label changes by itself (条例 第二十条第（一）项)."""
    told = 0
    for item in queries.public().filter(expires_on=today + timedelta(days=30), repealed_on=None).select_related("body"):
        with transaction.atomic():
            office = notices.in_post(item.body, Role.DISCLOSURE_OFFICE)
            notices.tell(office, notices.EXPIRES, item, now, day=item.expires_on)
            told += 1
    return told


def tell_to_assess(*, today: date, now: datetime) -> int:
    """到了评估的日子 — what is closed, told to the office on the day set last time, or a year after it was decided."""
    told = 0
    held = Item.objects.filter(state=State.HELD).select_related("body")
    for item in held.filter(Q(assessments__next_on=today) | Q(assessments=None, updated_at__date=today - EVERY)):
        with transaction.atomic():
            office = notices.in_post(item.body, Role.DISCLOSURE_OFFICE)
            notices.tell(office, notices.ASK_AGAIN, item, now, day=today)
            told += 1
    return told


def _look_at_drafts(holding: Q, now: datetime) -> None:
    with transaction.atomic():
        for version in Version.objects.filter(holding, item__newest_version=F("id")).distinct():
            look(version, now)


def tell_what_waits(*, now: datetime) -> int:
    """暂缓公开到期 — told to the secrecy review once, on the day that it set or as soon after as may be; how many."""
    told, today = 0, timezone.localdate(now)
    waiting = Item.objects.filter(state=State.POSTPONED, look_again_on__lte=today).select_related("body")
    for item in waiting:
        day = item.look_again_on.isoformat() if item.look_again_on else ""
        if Notice.objects.filter(item=item, template=notices.LOOK_AGAIN, values__day=day).exists():
            continue
        with transaction.atomic():
            people = notices.in_post(item.body, Role.SECRECY_REVIEWER)
            notices.tell(people, notices.LOOK_AGAIN, item, now, day=day)
            told += 1
    return told


def _index(notice: Notice) -> str:
    return notice.item.index_number if notice.item else ""


def _send(staff: Staff, subject: str, lines: list[str]) -> None:
    address = settings.PLATFORM_ADDRESS.rstrip("/") + reverse("holdings:desk")
    text = "\n".join([*lines, "", say(CLOSING, address=address)])
    try:
        send_mail(subject, text, None, [staff.email])
    except OSError:  # smtplib's errors are OSErrors: the post office is closed, the desk is not
        _log.exception("mail to staff:%s", staff.id)
