"""另一名管理员的同意 — no administrator alone takes the account or the role of another (GB/T 22239-2019 三员分立).

Whoever asks does the act, once, within a day of the answer; the console of the platform needs nobody.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from django.db import IntegrityError, transaction

from gongkai.law.administration import (
    ALWAYS_SECOND,
    CONSENT_HOURS,
    SECOND_PERSON,
    SECOND_ROLES,
    TAKING_OVER,
    Duty,
    Event,
)
from gongkai.law.roles import ADMINISTRATORS, Role
from gongkai.web.bodies.actions.accounts import journal
from gongkai.web.bodies.models import LOST, Consent, Staff
from gongkai.web.bodies.permissions import Refused, may_consent
from gongkai.web.bodies.queries import holds, is_administrator, is_settling
from gongkai.web.journal.actions import record

NEEDED = (
    "{name}是{post}，“{duty}”要另一名管理员同意（三员分立）。已经请求，等他在“主体和人员”里同意；"
    "同意以后 24 小时内请再办一次。"
)
NEEDED_ALWAYS = (
    "“{duty}”要另一名管理员同意（三员分立）。已经请求，等他在“主体和人员”或者“办理记录”里同意；"
    "同意以后 24 小时内请再办一次。"
)
NEEDED_ROLE = (
    "任命和免去“{role}”要另一名管理员同意（三员分立；涉密的件由保密审查放行）。已经请求，等他在“主体和人员”里同意；"
    "同意以后 24 小时内请再办一次。"
)
REFUSED_ROLE = "任命和免去“{role}”要另一名管理员同意，{by}没有同意。要再请求，请先和他商量。"
REFUSED_ALWAYS = "“{duty}”要另一名管理员同意，{by}没有同意。要再请求，请先和他商量。"
REFUSED = "{name}是{post}，“{duty}”要另一名管理员同意，{by}没有同意。要再请求，请先和他商量。"
NOT_YOURS = "这一项要由另一名管理员回答，提出的人自己不能同意。"
ANSWERED = "这一项已经有人回答了，或者不在了。请刷新页面。"
KNOWN = "{name}现在的密码是您重设的：再由您同意作废他的动态口令，他的账号就只在您一个人手里。请让另一名管理员回答。"
NO_ADMINISTRATOR = "只有管理员能同意。"
POST = "管理员"
USED = "bodies.use_consent"
"""用了同意 — the act in the journal, once for each consent."""
KNOWN_FOR = timedelta(days=30)
"""多久算知道密码 — after whoever reset a password was shown the new one."""
WAIT_AGAIN = timedelta(hours=1)
"""不同意以后 — before the same may be asked again."""


class ConsentNeeded(Refused):
    """要同意 — the question is asked, in a transaction of its own, by whoever shows this to the person."""

    def __init__(self, by: Staff, about: Staff, duty: Duty, what: str, role: Role | None = None) -> None:
        template = _of_three(duty, role, NEEDED, NEEDED_ROLE, NEEDED_ALWAYS)
        super().__init__(template, **_told(about, duty, role))
        self.by, self.about, self.duty, self.what = by, about, duty, what


def require_second(
    *, by: Staff, about: Staff, duty: Duty, now: datetime, what: str = "", role: Role | None = None
) -> None:
    """须另一人同意 — uses the consent that was given; ConsentNeeded where there is none (GB/T 22239-2019 三员分立).

    `role`: that is given or taken; else what counts is what the person is.
    """
    if duty not in ALWAYS_SECOND and not (duty in SECOND_PERSON and _concerns(about, duty, role, now)):
        return
    given = Consent.objects.filter(asked_by=by, about=about, duty=duty, what=what, used_at=None)
    fresh = given.filter(agreed=True, answered_at__gt=now - timedelta(hours=CONSENT_HOURS)).order_by("id").first()
    if fresh is not None and Consent.objects.filter(id=fresh.id, used_at=None).update(used_at=now):
        subject = f"bodies.staff:{about.id}"
        told: dict[str, Any] = {"chain": about.body.slug, "act": USED, "subject": subject, "actor": f"staff:{by.id}"}
        record(**told, now=now, facts={"duty": str(duty), "consent": fresh.id}, rows=[fresh])
        return
    denied = given.filter(agreed=False, answered_at__gt=now - WAIT_AGAIN).select_related("answered_by").first()
    if denied is not None and denied.answered_by:
        template = _of_three(duty, role, REFUSED, REFUSED_ROLE, REFUSED_ALWAYS)
        raise Refused(template, by=denied.answered_by.name, **_told(about, duty, role))
    raise ConsentNeeded(by, about, duty, what, role)


def may_need_second(about: Staff, duty: Duty, now: datetime) -> bool:
    """要先请求 — whether a duty about this person needs another administrator (GB/T 22239-2019 三员分立)."""
    return duty in ALWAYS_SECOND or (duty in SECOND_PERSON and _concerns(about, duty, None, now))


def _concerns(about: Staff, duty: Duty, role: Role | None, now: datetime) -> bool:
    """Whether a person or a role is of those that one administrator alone does not touch."""
    if role in ADMINISTRATORS or (role is None and is_administrator(about)):
        return True
    guarded = role in SECOND_ROLES if role is not None else duty in TAKING_OVER and holds(about, SECOND_ROLES)
    return guarded and not is_settling(now)


def _told(about: Staff, duty: Duty, role: Role | None) -> dict[str, object]:
    post = POST if role in ADMINISTRATORS or is_administrator(about) else Role.SECRECY_REVIEWER.label
    return {"name": about.name, "duty": duty.label, "role": role.label if role else "", "post": post}


def _of_three(duty: Duty, role: Role | None, of_person: str, of_role: str, always: str) -> str:
    if duty in ALWAYS_SECOND:
        return always
    return of_person if role is None else of_role


@transaction.atomic
def ask_consent(need: ConsentNeeded, now: datetime) -> Consent:
    """请求同意 — once; whoever may answer sees it at the desk (条例 第八条)."""
    asked = {"asked_by": need.by, "about": need.about, "duty": need.duty, "what": need.what}
    try:
        with transaction.atomic():
            made = Consent.objects.create(**asked, asked_at=now)
    except IntegrityError:
        return Consent.objects.get(**asked, agreed=None)
    facts: dict[str, object] = {"duty": str(need.duty), "consent": made.id}
    journal(need.by, Event.ASK_CONSENT, need.about, now, facts, rows=[made])
    return made


def _knows_password(by: Staff, about: Staff, now: datetime) -> bool:
    """Whether somebody reset a password of a person not long ago, or may do so now: he may have signed in with it."""
    asked = Consent.objects.filter(asked_by=by, about=about, duty=Duty.RESET_PASSWORD, agreed=True)
    return asked.filter(answered_at__gt=now - KNOWN_FOR).exists()


@transaction.atomic
def answer_consent(*, by: Staff, consent: Consent, agreed: bool, now: datetime) -> None:
    """同意或者不同意 — by another administrator of the same body or one above (条例 第八条)."""
    kept = Consent.objects.select_for_update().select_related("about", "asked_by").get(id=consent.id)
    if kept.asked_by_id == by.id:
        raise Refused(NOT_YOURS)
    if not may_consent(by, kept.about.body):
        raise Refused(NO_ADMINISTRATOR)
    if kept.agreed is not None:
        raise Refused(ANSWERED)
    if agreed and kept.what == LOST and _knows_password(by, kept.about, now):
        raise Refused(KNOWN, name=kept.about.name)
    Consent.objects.filter(id=kept.id).update(answered_by=by, answered_at=now, agreed=agreed)
    event = Event.GIVE_CONSENT if agreed else Event.REFUSE_CONSENT
    journal(by, event, kept.about, now, {"duty": str(kept.duty), "consent": kept.id}, rows=[kept])
