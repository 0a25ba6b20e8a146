"""寄出树头 — every day the newest signed heads leave the house by mail to the audit administrators (条例 第四十五条).

Whoever owns the database can exchange it and the file beside it; a head that lies in somebody's mailbox stays.
"""

from __future__ import annotations

import logging
from datetime import datetime

from django.conf import settings
from django.core.mail import EmailMessage
from django.db.models import F, Max
from django.urls import reverse
from django.utils import timezone

from gongkai.law.roles import Role
from gongkai.web.bodies.models import Appointment, Staff
from gongkai.web.bodies.queries import is_mail_set_up
from gongkai.web.journal import log
from gongkai.web.journal.chaining import canonical
from gongkai.web.journal.heads import Head
from gongkai.web.journal.models import HeadLetter, LogHead
from gongkai.web.look.language import say

MORNING = 8
"""几点以后 — the day of an office begins."""
MOST_HEADS = 100
"""一封最多几个 — the newest; of days on which nobody could send there are more."""
SUBJECT = "公开存证的树头：{at}，{size} 条"
TEXT = (
    "这是公开存证的树头，到 {at} 为止盖住前 {size} 条；附件 heads.jsonl 里也有。\n\n"
    "请原样存下，存在平台管不到的地方：这封信不要删，也可以把附件另存一份。以后不管多久，把它贴到\n{address}\n"
    "就能知道存证有没有被改过、截短过、换成旧的，那以后公开、修改、撤下了什么。"
    "也可以运行：gongkai journal verify --against heads.jsonl\n\n{heads}\n"
)
_log = logging.getLogger(__name__)


def mail_heads(*, now: datetime) -> int:
    """寄出树头 — from eight on, one letter a person and day, however often it is asked; of days on which it failed the
    heads come with the next letter. How many letters left (条例 第四十五条)."""
    newest = LogHead.objects.order_by("-id").first()
    if not is_mail_set_up() or newest is None or timezone.localtime(now).hour < MORNING:
        return 0
    held = Appointment.objects.filter(role=Role.AUDIT_ADMIN, ended_at=None, staff__is_active=True, body__is_active=True)
    people = Staff.objects.filter(id__in=held.values("staff")).exclude(email="").order_by("id")
    return sum(_mail(staff, newest, now) for staff in people)


def _mail(staff: Staff, newest: LogHead, now: datetime) -> bool:
    to, today = f"staff:{staff.pk}", timezone.localdate(now)
    before = HeadLetter.objects.filter(to=to, sent_at__isnull=False).aggregate(last=Max("head"))["last"] or 0
    letter, _ = HeadLetter.objects.get_or_create(to=to, day=today, defaults={"head": newest.pk})
    # One of two workers takes it; the other finds another number of tries.
    mine = HeadLetter.objects.filter(pk=letter.pk, sent_at=None, tries=letter.tries)
    if not mine.update(tries=F("tries") + 1, head=newest.pk):
        return False
    rows = LogHead.objects.filter(id__gt=min(before, newest.pk - 1), id__lte=newest.pk).order_by("-id")[:MOST_HEADS]
    failure = _send(staff, [log.of_row(row) for row in rows][::-1])
    HeadLetter.objects.filter(pk=letter.pk).update(failure=failure, sent_at=None if failure else now)
    return not failure


def _send(staff: Staff, heads: list[Head]) -> str:
    """Why it did not leave; empty where it did."""
    lines = "\n".join(canonical(head.to_json()).decode() for head in heads)
    address = settings.PLATFORM_ADDRESS.rstrip("/") + reverse("bodies:since")
    told = {"at": heads[-1].when, "size": heads[-1].size}
    letter = EmailMessage(say(SUBJECT, **told), say(TEXT, **told, address=address, heads=lines), None, [staff.email])
    letter.attach("heads.jsonl", lines.encode() + b"\n", "application/x-ndjson")
    try:
        letter.send()
    except (OSError, ValueError) as error:  # the post office is closed, or an address cannot be written
        _log.exception("heads to staff:%s", staff.pk)
        return type(error).__name__[:200]
    return ""
