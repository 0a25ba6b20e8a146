"""解除登录等候的命令 — what `gongkai unlock` does with the database, each written down (GB/T 22239-2019 身份鉴别).

Whoever has the console of the platform may: also where strangers keep every administrator waiting.
"""

from __future__ import annotations

from django.db import DatabaseError, transaction
from django.db.models import QuerySet
from django.utils import timezone

from gongkai.law.administration import Event
from gongkai.web.bodies import passwords
from gongkai.web.bodies.actions.accounts import end_visits, set_password, void_second_factor
from gongkai.web.bodies.actions.binding import void_binding
from gongkai.web.bodies.actions.trying import address_key
from gongkai.web.bodies.models import Staff, Tries
from gongkai.web.bodies.names import folded, tries_key
from gongkai.web.journal.actions import PLATFORM, record
from gongkai.web.journal.console import UNREADABLE, JournalError, check_there_is_one, first_line

NOBODY = "没有“{name}”这个登录名。请在“主体和人员”里核对。"
NO_ADDRESS = "“{address}”不是 IP 地址，例如 203.0.113.7 或者 2001:db8::7。"


class UnlockError(Exception):
    """没有解除 — why, in one sentence (`template.format(**values)`)."""

    def __init__(self, template: str, **values: object) -> None:
        super().__init__(template.format(**values))
        self.template, self.values = template, values


def unlock(*, name: str = "", address: str = "") -> bool:
    """解除登录等候 — of a name, of an address, else all; whether there was one. UnlockError: nobody has the name."""
    try:
        check_there_is_one()
        with transaction.atomic():
            return _unlock(name, address)
    except JournalError as error:
        raise UnlockError(error.template, **error.values) from None
    except DatabaseError as error:
        raise UnlockError(UNREADABLE, why=first_line(error)) from None


def reset_password(name: str) -> str:
    """重设密码 — of a person, at the console, where no other administrator is left who could agree; the new one, told
    this once. UnlockError: nobody has the name."""
    try:
        check_there_is_one()
        with transaction.atomic():
            return _reset(name)
    except JournalError as error:
        raise UnlockError(error.template, **error.values) from None
    except DatabaseError as error:
        raise UnlockError(UNREADABLE, why=first_line(error)) from None


def reset_second_factor(name: str) -> bool:
    """撤销动态口令 — of a person, at the console, where no other administrator is left who could agree; whether there
    was one. UnlockError: nobody has the name."""
    try:
        check_there_is_one()
        with transaction.atomic():
            return _void(name)
    except JournalError as error:
        raise UnlockError(error.template, **error.values) from None
    except DatabaseError as error:
        raise UnlockError(UNREADABLE, why=first_line(error)) from None


def _void(name: str) -> bool:
    staff, now = _of(name), timezone.now()
    voided = void_second_factor(staff, now)
    if voided is None:
        return False
    subject = f"bodies.staff:{staff.id}"
    act = Event.RESET_SECOND_FACTOR
    record(
        chain=staff.body.slug, act=act, subject=subject, actor="console", now=now, rows=voided.rows, gone=voided.gone
    )
    return True


def _of(name: str) -> Staff:
    staff = Staff.objects.select_for_update(of=("self",)).select_related("body").filter(username=folded(name)).first()
    if staff is None:
        raise UnlockError(NOBODY, name=name)
    return staff


def _reset(name: str) -> str:
    staff = _of(name)
    password, now = passwords.initial(), timezone.now()
    set_password(staff, password, now=now, changed_at=None)
    end_visits(staff)
    void_binding(staff, "console", now)
    Tries.objects.filter(name=tries_key(name)).delete()
    subject = f"bodies.staff:{staff.id}"
    record(chain=staff.body.slug, act=Event.RESET_PASSWORD, subject=subject, actor="console", now=now, rows=[staff])
    return password


def _unlock(name: str, address: str) -> bool:
    if name:
        staff = Staff.objects.select_related("body").filter(username=folded(name)).first()
        if staff is None:
            raise UnlockError(NOBODY, name=name)
        return _forget(Tries.objects.filter(name=tries_key(name)), staff.body.slug, f"bodies.staff:{staff.id}")
    if address:
        try:
            found = Tries.objects.filter(place=address_key(address))
        except ValueError:
            raise UnlockError(NO_ADDRESS, address=address) from None
        return _forget(found, PLATFORM, "bodies.tries:address")
    return _forget(Tries.objects.all(), PLATFORM, "bodies.tries:all")


def _forget(found: QuerySet[Tries], chain: str, subject: str) -> bool:
    if not found.delete()[0]:
        return False
    record(chain=chain, act=Event.UNLOCK, subject=subject, actor="console", now=timezone.now())
    return True
