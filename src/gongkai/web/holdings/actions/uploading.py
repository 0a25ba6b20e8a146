"""收附件 — an upload is looked into before anybody uses it; one with a stamp is quarantined (保密法 第三十一条)."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.db.models import Q

from gongkai.law.publishing import STEPS, Act
from gongkai.law.roles import Role
from gongkai.web.bodies.models import Staff
from gongkai.web.bodies.permissions import NOT_APPOINTED, Refused, labels, roles
from gongkai.web.files import actions as files
from gongkai.web.files.models import File
from gongkai.web.holdings import notices
from gongkai.web.holdings.models import Item
from gongkai.web.holdings.permissions import ASKED
from gongkai.web.holdings.refusals import StepError
from gongkai.web.journal.actions import record

USED = (
    "这个附件现在附在 {index} 上。正文也涉密的，请打开那一件“停办，请求清除涉密内容”；只是附件涉密的，"
    "请拟稿的人先“去掉”这个附件，再来销毁。"
)
NOT_ASKED = "还没有人请求销毁这个附件。请保密审查先请求，再由另一人确认。"


def look_into(*, file: File, now: datetime, is_awaited: bool = False) -> None:
    """看一遍 — StepError where it is quarantined; its uploader and 保密审查 have been told (保密法 第三十一条)."""
    files.inspect_file(file=file, now=now, is_awaited=is_awaited)
    if file.quarantined_at:
        with transaction.atomic():
            tell_quarantined(file, now)
        raise StepError(files.QUARANTINED)


def tell_quarantined(file: File, now: datetime, item: Item | None = None) -> None:
    """告知隔离 — the uploader and 保密审查, what to do and nothing of the content (保密法 第四十七条)."""
    told = {file.uploaded_by, *notices.in_post(file.body, Role.SECRECY_REVIEWER)}
    notices.tell_of_file(told, notices.QUARANTINED, file.body, now, item)


@transaction.atomic
def ask_to_destroy(*, file: File, staff: Staff, now: datetime) -> File:
    """请求销毁 — of a quarantined upload that belongs to no item (保密法 第四十七条)."""
    fresh = _quarantined(file, staff, Act.ASK_PURGE)
    if File.objects.filter(pk=fresh.pk, purge_asked_by=None).update(purge_asked_by=staff):
        record(
            chain=fresh.body.slug,
            act="files.ask_purge",
            subject=f"files.file:{fresh.pk}",
            actor=f"staff:{staff.pk}",
            now=now,
            rows=[fresh],
        )
        second = {each for role in STEPS[Act.CONFIRM_PURGE].roles for each in notices.in_post(fresh.body, role, staff)}
        notices.tell_of_file(second, notices.ASKED_TO_PURGE, fresh.body, now)
    fresh.refresh_from_db()
    return fresh


@transaction.atomic
def destroy(*, file: File, staff: Staff, now: datetime) -> File:
    """确认销毁 — by another person than the one who asked (保密法 第四十七条)."""
    fresh = _quarantined(file, staff, Act.CONFIRM_PURGE)
    if fresh.purge_asked_by_id is None:
        raise StepError(NOT_ASKED)
    if fresh.purge_asked_by_id == staff.pk:
        raise StepError(ASKED, name=staff.name)
    files.purge(file=fresh, staff=staff, now=now)
    return fresh


def _quarantined(file: File, staff: Staff, act: Act) -> File:
    fresh = File.objects.select_related("body").select_for_update(of=("self",)).get(pk=file.pk)
    allowed = STEPS[act].roles
    if not allowed & roles(staff, fresh.body):
        raise Refused(NOT_APPOINTED, act=act.label, roles=labels(allowed), name=staff.name, body=fresh.body.short_name)
    if fresh.quarantined_at is None or fresh.purged_at is not None:
        raise StepError("这个附件没有隔离，或者已经销毁了，请刷新页面。")
    in_use = Q(newest_version__files__file=fresh) | Q(public_version__files__file=fresh)
    if (item := Item.objects.filter(in_use).first()) is not None:
        raise StepError(USED, index=item.index_number)
    return fresh
