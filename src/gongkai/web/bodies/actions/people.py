"""人员账号 — by the system administrator: added with a password for the first sign-in, disabled, never removed."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.contrib.auth.hashers import make_password
from django.db import IntegrityError, transaction

from gongkai.law.administration import Duty, Event
from gongkai.web.bodies import passwords
from gongkai.web.bodies.actions.accounts import end_visits, journal, set_password, void_second_factor
from gongkai.web.bodies.actions.appointing import keep_the_last
from gongkai.web.bodies.actions.binding import void_binding
from gongkai.web.bodies.actions.consenting import require_second
from gongkai.web.bodies.actions.naming import require_written
from gongkai.web.bodies.actions.telling import tell_failures
from gongkai.web.bodies.models import Appointment, Body, Office, OpenidBinding, RecoveryCode, SecondFactor, Staff, Tries
from gongkai.web.bodies.names import fits, folded, tries_key
from gongkai.web.bodies.permissions import Refused, require
from gongkai.web.journal.actions import erase

NAME_TAKEN = "登录名“{username}”已经有人用了。请加上单位或者数字。"
MADE_BEFORE = "“{username}”刚才已经增加了，没有再加一个。没看到初始密码的，请打开这个人，重设密码。"
NAME_UNFIT = "登录名写英文字母 a 到 z、数字、汉字，中间可以有“-”“_”“.”，2 到 40 个。“{username}”不合适。"
ELSEWHERE = "{office}不是{body}的内设机构。"
OWN = "不能停用自己的账号，也不能重设自己的密码。请另一位系统管理员办。"
AT_WORK = "{name}的账号还在用，登录地址等个人信息是查办的依据，不能删。先请系统管理员停用账号。"
NOTHING_CHANGED = "{name}的账号已经是这样了，可能刚被别人改过。请刷新页面。"


@dataclass(frozen=True, slots=True)
class NewStaff:
    """新账号 — a person, and the password for the first sign-in: told this once, kept nowhere."""

    staff: Staff
    password: str


@transaction.atomic
def add_staff(
    *, by: Staff, body: Body, username: str, name: str, now: datetime, office: Office | None = None, email: str = ""
) -> NewStaff:
    """增加人员 — a person of a body who may sign in, and is appointed to nothing yet (条例 第四条)."""
    require(by, Duty.KEEP_STAFF, body=body)
    made = new_staff(body=body, username=username, name=name, now=now, office=office, email=email)
    journal(by, Event.ADD_STAFF, made.staff, now, {"body": body.slug}, rows=[made.staff])
    return made


def new_staff(
    *, body: Body, username: str, name: str, now: datetime, office: Office | None = None, email: str = ""
) -> NewStaff:
    """新账号 — checked and written; who may do so is for the caller to ask."""
    username, name = folded(username), require_written("姓名", name)
    if not fits(username):
        raise Refused(NAME_UNFIT, username=username[:40])
    if office is not None and office.body_id != body.id:
        raise Refused(ELSEWHERE, office=office.name, body=body.short_name)
    password = passwords.initial()
    try:
        with transaction.atomic():
            staff = Staff.objects.create(
                username=username,
                name=name[:40],
                body=body,
                office=office,
                email=email,
                password=make_password(password),
                joined_at=now,
            )
    except IntegrityError:
        same = Staff.objects.filter(username=username, name=name[:40], body=body, password_changed_at=None)
        raise Refused(MADE_BEFORE if same.exists() else NAME_TAKEN, username=username) from None
    return NewStaff(staff, password)


@transaction.atomic
def edit_staff(
    *, by: Staff, staff: Staff, name: str, now: datetime, office: Office | None = None, email: str = ""
) -> None:
    """修改人员 — name, office, e-mail. Who goes to another body gets an account there (条例 第四条).

    Another administrator's name, and an e-mail address to which heads of the log go, need a second one.
    """
    require(by, Duty.KEEP_STAFF, body=staff.body)
    name = require_written("姓名", name)[:40]
    if office is not None and office.body_id != staff.body_id:
        raise Refused(ELSEWHERE, office=office.name, body=staff.body.short_name)
    before = (staff.name, staff.office_id, staff.email)
    after = (name, office.id if office else None, email)
    changed = [what for what, old, new in zip(("name", "office", "email"), before, after, strict=True) if old != new]
    for what, old, value in (("name", staff.name, name), ("email", staff.email, email)):
        if what in changed and old and staff != by:
            require_second(by=by, about=staff, duty=Duty.KEEP_STAFF, now=now, what=f"{what}:{value}")
    if changed:
        Staff.objects.filter(id=staff.id).update(name=name, office=office, email=email)
        staff.refresh_from_db()
        journal(by, Event.EDIT_STAFF, staff, now, {"changed": changed}, rows=[staff])


@transaction.atomic
def disable_staff(*, by: Staff, staff: Staff, now: datetime) -> None:
    """停用账号 — signed out at once, appointed to nothing while it lasts (GB/T 22239-2019 访问控制)."""
    require(by, Duty.KEEP_STAFF, body=staff.body)
    if staff == by:
        raise Refused(OWN)
    Staff.objects.select_for_update().get(id=staff.id)
    held = Appointment.objects.filter(staff=staff, ended_at__isnull=True).select_related("body")
    keep_the_last(staff, list(held))
    require_second(by=by, about=staff, duty=Duty.KEEP_STAFF, now=now, what="disable")
    _switch(by, staff, now, is_active=False)


@transaction.atomic
def enable_staff(*, by: Staff, staff: Staff, now: datetime) -> None:
    """恢复账号 — with the appointments that it still has (条例 第四条)."""
    require(by, Duty.KEEP_STAFF, body=staff.body)
    _switch(by, staff, now, is_active=True)


@transaction.atomic
def reset_password(*, by: Staff, staff: Staff, now: datetime) -> str:
    """重设密码 — a new one for the first sign-in, told this once; wherever the person is signed in, it ends."""
    require(by, Duty.RESET_PASSWORD, body=staff.body)
    if staff == by:
        raise Refused(OWN)
    require_second(by=by, about=staff, duty=Duty.RESET_PASSWORD, now=now)
    password = passwords.initial()
    set_password(Staff.objects.select_for_update().get(id=staff.id), password, now=now, changed_at=None)
    end_visits(staff)
    void_binding(staff, f"staff:{by.id}", now)
    journal(by, Event.RESET_PASSWORD, staff, now, rows=[staff])
    return password


@transaction.atomic
def unlock(*, by: Staff, staff: Staff, now: datetime) -> None:
    """解除登录等候 — of the name of a person, wherever it was tried (GB/T 22239-2019 登录失败处理)."""
    require(by, Duty.UNLOCK, body=staff.body)
    if not Tries.objects.filter(name=tries_key(staff.username)).delete()[0]:
        raise Refused(NOTHING_CHANGED, name=staff.name)
    require_second(by=by, about=staff, duty=Duty.UNLOCK, now=now)
    journal(by, Event.UNLOCK, staff, now)


@transaction.atomic
def end_visits_of(*, by: Staff, staff: Staff, now: datetime) -> None:
    """退出一个人的所有设备 — wherever the person is signed in (GB/T 22239-2019 访问控制)."""
    require(by, Duty.END_VISITS, body=staff.body)
    end_visits(staff)
    journal(by, Event.END_VISITS, staff, now)


@transaction.atomic
def reset_second_factor(*, by: Staff, staff: Staff, now: datetime) -> None:
    """撤销动态口令 — for whoever lost the telephone; the person sets up another (GB/T 22239-2019 双因素)."""
    require(by, Duty.RESET_SECOND_FACTOR, body=staff.body)
    voided = void_second_factor(staff, now)
    if voided is None:
        raise Refused(NOTHING_CHANGED, name=staff.name)
    require_second(by=by, about=staff, duty=Duty.RESET_SECOND_FACTOR, now=now)
    journal(by, Event.RESET_SECOND_FACTOR, staff, now, rows=voided.rows, gone=voided.gone)


@transaction.atomic
def erase_person(*, by: Staff, staff: Staff, now: datetime) -> bool:
    """删除个人信息 — the addresses of a person who has left, in journal and sign-ins (个人信息保护法 第四十七条).

    Refused while the account is in use: nobody wipes the traces of himself or of another at work.
    """
    require(by, Duty.ERASE_PERSON, body=staff.body)
    if staff.is_active:
        raise Refused(AT_WORK, name=staff.name)
    tell_failures(now, staff=staff)
    staff.sign_ins.all().delete()
    staff.unsent.all().delete()
    about = {"chain": staff.body.slug, "subject": f"bodies.staff:{staff.id}", "actor": f"staff:{by.id}"}
    ways_in = [
        *SecondFactor.objects.filter(staff=staff), *RecoveryCode.objects.filter(staff=staff),
        *OpenidBinding.objects.filter(staff=staff),
    ]  # fmt: skip
    return erase(**about, now=now, rows=[staff, *staff.appointments.all(), *staff.consents_about.all(), *ways_in])


def _switch(by: Staff, staff: Staff, now: datetime, *, is_active: bool) -> None:
    if not Staff.objects.filter(id=staff.id, is_active=not is_active).update(is_active=is_active):
        raise Refused(NOTHING_CHANGED, name=staff.name)
    staff.is_active = is_active
    end_visits(staff)
    journal(by, Event.ENABLE_STAFF if is_active else Event.DISABLE_STAFF, staff, now, rows=[staff])
