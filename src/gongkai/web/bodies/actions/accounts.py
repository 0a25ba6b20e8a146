"""账号 — one's own password and one-time codes (GB/T 22239-2019 身份鉴别)."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import NamedTuple

from django.conf import settings
from django.contrib.auth.hashers import check_password, make_password
from django.db import transaction
from django.db.models import F, Model

from gongkai.law.administration import Event
from gongkai.web.bodies import one_time_codes, passwords
from gongkai.web.bodies.models import PastPassword, RecoveryCode, SecondFactor, Staff
from gongkai.web.journal.actions import record
from gongkai.web.journal.sealed_rows import key

WRONG_PASSWORD = "现在的密码不对。"  # noqa: S105 — a sentence
SAME_PASSWORD = "新密码和现在的一样。请换一个。"  # noqa: S105 — a sentence
WRONG_CODE = (
    "动态口令不对，或者已经用过。请看手机上现在的六位数；数没有写错的，请看手机的时间准不准（设成自动）。"
    "用备用码的，一个只能用一次，请换下一个。"
)
ALREADY = "动态口令已经开启。换手机要先请安全管理员撤销。"
PUT_OFF_ONCE = "已经推迟过一次了，请现在开启。"
PREPARED = "bodies.prepare_second_factor"


class AccountError(Exception):
    """账号没有改成 — why, and what to try: `template.format(**values)`."""

    def __init__(self, template: str, **values: object) -> None:
        super().__init__(template.format(**values))
        self.template, self.values = template, values


@transaction.atomic
def change_password(*, staff: Staff, old: str, new: str, now: datetime) -> None:
    """修改密码 — one's own. Errors of `require_change`."""
    kept = Staff.objects.select_for_update().get(id=staff.id)
    require_change(staff=kept, old=old, new=new)
    set_password(kept, new, now=now, changed_at=now)
    staff.password, staff.password_changed_at = kept.password, now
    journal(staff, Event.CHANGE_PASSWORD, staff, now, rows=[staff])


def require_change(*, staff: Staff, old: str, new: str) -> None:
    """能不能改 — WeakPasswordError where the new one breaks a rule, AccountError where the old one alone is wrong.

    Who does not know the old one is not told whether the new one was used before.
    """
    is_right = check_password(old, staff.password)
    passwords.check(new, staff, is_known=is_right)
    if not is_right:
        raise AccountError(WRONG_PASSWORD)


def set_password(staff: Staff, new: str, *, now: datetime, changed_at: datetime | None) -> None:
    """换上密码 — the one before is remembered, so that it is not used again; those long past are forgotten."""
    if staff.password:
        PastPassword.objects.create(staff=staff, encoded=staff.password, at=now)
    past = list(staff.past_passwords.order_by("-at", "-id").values_list("id", flat=True))
    PastPassword.objects.filter(id__in=past[settings.PASSWORD_HISTORY :]).delete()
    Staff.objects.filter(id=staff.id).update(password=make_password(new), password_changed_at=changed_at)
    staff.refresh_from_db(fields=["password", "password_changed_at"])


@transaction.atomic
def sign_out_everywhere(*, staff: Staff, now: datetime) -> None:
    """退出所有设备 — one's own visits, this one too (GB/T 22239-2019 身份鉴别)."""
    end_visits(staff)
    journal(staff, Event.END_VISITS, staff, now)


def end_visits(staff: Staff) -> None:
    """登录作废 — all of a person, with the marks of the browsers that strangers' failures do not touch."""
    Staff.objects.filter(id=staff.id).update(visits=F("visits") + 1)
    staff.refresh_from_db(fields=["visits"])


@transaction.atomic
def prepare_second_factor(*, staff: Staff, now: datetime) -> str:
    """备好动态口令 — a new secret for the telephone to scan; it counts once a first code was right (RFC 6238)."""
    kept, _ = SecondFactor.objects.select_for_update().get_or_create(staff=staff)
    if kept.confirmed_at is not None:
        raise AccountError(ALREADY)
    secret = one_time_codes.opened(kept.secret) if kept.secret else None
    if secret is None:
        secret = one_time_codes.new_secret()
        SecondFactor.objects.filter(id=kept.id).update(secret=one_time_codes.sealed(secret))
        journal(staff, PREPARED, staff, now, rows=[kept])
    return secret


@transaction.atomic
def confirm_second_factor(*, staff: Staff, code: str, now: datetime) -> list[str]:
    """开启动态口令 — by a first code; the recovery codes, told this once (GB/T 22239-2019 双因素)."""
    kept = SecondFactor.objects.select_for_update().filter(staff=staff, confirmed_at__isnull=True).first()
    secret = one_time_codes.opened(kept.secret) if kept else None
    counter = one_time_codes.matching(secret, code, now) if secret else None
    if kept is None or counter is None:
        raise AccountError(WRONG_CODE)
    SecondFactor.objects.filter(id=kept.id).update(confirmed_at=now, last_counter=counter)
    codes, gone = one_time_codes.recovery_codes(), _without_codes(staff)
    new = [RecoveryCode(staff=staff, digest=one_time_codes.recovery_digest(each)) for each in codes]
    RecoveryCode.objects.bulk_create(new)
    journal(staff, Event.SET_UP_SECOND_FACTOR, staff, now, rows=[kept, *new], gone=gone)
    return codes


@transaction.atomic
def use_code(*, staff: Staff, code: str, now: datetime) -> bool:
    """核对动态口令 — a code of now that was not used, or a recovery code; each is taken once (RFC 6238)."""
    kept = SecondFactor.objects.filter(staff=staff, confirmed_at__isnull=False).first()
    secret = one_time_codes.opened(kept.secret) if kept else None
    counter = one_time_codes.matching(secret, code, now) if secret else None
    if kept and counter is not None:
        return bool(SecondFactor.objects.filter(id=kept.id, last_counter__lt=counter).update(last_counter=counter))
    own = RecoveryCode.objects.filter(staff=staff, digest=one_time_codes.recovery_digest(code))
    unused = own.filter(used_at__isnull=True)
    if kept is None or not unused.update(used_at=now):
        return False
    journal(staff, Event.USE_RECOVERY_CODE, staff, now, rows=own)
    return True


@transaction.atomic
def put_off_second_factor(*, staff: Staff, now: datetime) -> None:
    """推迟开启动态口令 — to the next sign-in, once; AccountError the second time (GB/T 22239-2019 双因素)."""
    kept, _ = SecondFactor.objects.select_for_update().get_or_create(staff=staff)
    if kept.confirmed_at is not None or kept.put_off_at is not None:
        raise AccountError(PUT_OFF_ONCE)
    SecondFactor.objects.filter(id=kept.id).update(put_off_at=now)
    journal(staff, Event.PUT_OFF_SECOND_FACTOR, staff, now, rows=[kept])


class Voided(NamedTuple):
    """作废的 — what the entry of it seals: the row that stays, the keys of the recovery codes that are gone."""

    rows: list[SecondFactor]
    gone: list[str]


def void_second_factor(staff: Staff, now: datetime) -> Voided | None:
    """作废动态口令 — secret and recovery codes; None where there was none. Another is set up before anything else."""
    kept = SecondFactor.objects.select_for_update().filter(staff=staff).exclude(secret="").first()
    if kept is None:
        return None
    SecondFactor.objects.filter(id=kept.id).update(
        secret="", confirmed_at=None, last_counter=0, put_off_at=kept.put_off_at or now
    )
    return Voided([kept], _without_codes(staff))


def _without_codes(staff: Staff) -> list[str]:
    """Delete the recovery codes of a person; their keys."""
    codes = RecoveryCode.objects.filter(staff=staff)
    gone = [key(each) for each in codes]
    codes.delete()
    return gone


def journal(
    by: Staff,
    event: Event | str,
    about: Staff,
    now: datetime,
    facts: dict[str, object] | None = None,
    rows: Iterable[Model] = (),
    gone: Iterable[str] = (),
) -> None:
    """记一笔 — what was done with an account, in the chain of its body; `rows`: what it wrote; `gone`: keys of
    rows that it deleted (条例 第四十五条)."""
    record(
        chain=about.body.slug,
        act=event,
        subject=f"bodies.staff:{about.id}",
        actor=f"staff:{by.id}",
        now=now,
        facts=facts,
        rows=rows,
        gone=gone,
    )
