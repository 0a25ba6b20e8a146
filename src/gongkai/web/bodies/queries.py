"""查阅 — bodies, people and what they hold; what a body lacks (条例 第四条)."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime, timedelta

from django.conf import settings
from django.db.models import Count, Q, QuerySet

from gongkai.law.administration import CONSENT_HOURS, DUTIES, Duty
from gongkai.law.roles import ADMINISTRATORS, Role
from gongkai.web.bodies.gaps import Gap, gaps, gaps_of
from gongkai.web.bodies.models import LOST, Appointment, Body, Consent, SecondFactor, Staff, Tries
from gongkai.web.bodies.names import tries_key
from gongkai.web.bodies.permissions import may_consent, roles_in
from gongkai.web.journal.actions import PLATFORM
from gongkai.web.journal.models import HeadLetter
from gongkai.web.look.language import say

_MOST_SHOWN = 30
NOT_SENT = "{day} 的树头有 {count} 封没有寄出去，每小时再试一次。请看邮件服务器（GONGKAI_EMAIL_URL）和平台的日志。"
__all__ = ["Gap", "gaps", "gaps_of"]


def has_second_factor(staff: Staff) -> bool:
    """有动态口令 — whether a person signs in with a one-time code (GB/T 22239-2019 双因素)."""
    return SecondFactor.objects.filter(staff=staff, confirmed_at__isnull=False).exists()


def needs_second_factor(staff: Staff) -> bool:
    """还缺动态口令 — whether a person has none though the platform's setting asks for it (GB/T 22239-2019 双因素)."""
    if settings.SECOND_FACTOR not in ("administrators", "all"):
        return False
    asked = settings.SECOND_FACTOR == "all" or is_administrator(staff)
    return asked and not has_second_factor(staff)


def may_put_off(staff: Staff) -> bool:
    """还能推迟 — whether setting up the code may be put off to the next sign-in (GB/T 22239-2019 双因素)."""
    return not SecondFactor.objects.filter(staff=staff, put_off_at__isnull=False).exists()


def is_administrator(staff: Staff) -> bool:
    """是管理员 — whether a person is one of the three administrators of any body (条例 第八条)."""
    return holds(staff, ADMINISTRATORS)


def holds(staff: Staff, roles: Collection[Role]) -> bool:
    """有岗位 — whether a person has one of these roles in any body (条例 第四条)."""
    return Appointment.objects.filter(staff=staff, ended_at__isnull=True, role__in=roles).exists()


def is_settling(now: datetime) -> bool:
    """首次设置期间 — whether the platform was set up not long ago, and nobody ended that (条例 第四条)."""
    return Body.objects.filter(parent__isnull=True, settling_until__gt=now).exists()


def settling_until(staff: Staff, now: datetime) -> datetime | None:
    """首次设置到几时 — for whoever may end it; None for others, and where it ended (条例 第四条)."""
    top = Body.objects.filter(parent__isnull=True, settling_until__gt=now).first()
    return top.settling_until if top and Duty.APPOINT in duties_of(staff, top) else None


def consents_for(staff: Staff) -> list[Consent]:
    """等本人同意的 — questions of other administrators, oldest first (GB/T 22239-2019 三员分立)."""
    if not is_administrator(staff):
        return []
    waiting = Consent.objects.filter(agreed=None).exclude(asked_by=staff).order_by("id")
    return [each for each in waiting.select_related("asked_by", "about__body") if may_consent(staff, each.about.body)]


def consents_of(staff: Staff) -> list[Consent]:
    """本人请求的 — newest first, with what became of each."""
    mine = Consent.objects.filter(asked_by=staff).select_related("about", "answered_by")
    return list(mine.order_by("-id")[:_MOST_SHOWN])


def lost_phone(staff: Staff, now: datetime) -> Consent | None:
    """丢了手机的请求 — the newest of a person that is open, or was answered so that it still counts (条例 第八条)."""
    asked = Consent.objects.filter(about=staff, asked_by=staff, duty=Duty.RESET_SECOND_FACTOR, what=LOST, used_at=None)
    since = now - timedelta(hours=CONSENT_HOURS)
    return asked.filter(Q(agreed=None) | Q(answered_at__gt=since)).select_related("answered_by").order_by("-id").first()


def current_appointments(staff: Staff) -> list[Appointment]:
    """现任岗位 — of a person, in the order of bodies and roles (条例 第四条)."""
    held = Appointment.objects.filter(staff=staff, ended_at__isnull=True).select_related("body")
    return sorted(held, key=lambda each: (each.body.order, each.body_id, list(Role).index(each.role)))


def duties(body: Body, held: dict[int, frozenset[Role]], above: dict[int, int | None]) -> set[Duty]:
    """管理事项 — those of a person for a body, from what `roles_in` and `parents` told once for all (条例 第八条)."""
    found: set[Duty] = set()
    at: int | None = body.id
    while at is not None:
        found |= {duty for duty, roles in DUTIES.items() if roles & held.get(at, frozenset())}
        at = above.get(at)
    return found


def parents() -> dict[int, int | None]:
    """上级 — of every body, by ids (条例 第三条)."""
    return dict(Body.objects.values_list("id", "parent_id"))


def administered(staff: Staff) -> list[Body]:
    """所管的主体 — those for which a person has a duty of administration, as the county lists them (条例 第八条)."""
    held, tree = roles_in(staff), parents()
    return [body for body in Body.objects.select_related("parent") if duties(body, held, tree)]


def duties_of(staff: Staff, body: Body) -> set[Duty]:
    """管理事项 — those of a person for one body (条例 第八条)."""
    return duties(body, roles_in(staff), parents())


def head_counts(bodies: list[Body]) -> dict[int, int]:
    """人数 — accounts in use, by the id of the body (条例 第四条)."""
    counted = Staff.objects.filter(body__in=bodies, is_active=True).values_list("body").annotate(Count("id"))
    return dict(counted.order_by())


def past_appointments(staff: Staff) -> list[Appointment]:
    """曾任岗位 — of a person, newest first (条例 第四条)."""
    held = Appointment.objects.filter(staff=staff, ended_at__isnull=False).select_related("body")
    return list(held.order_by("-ended_at", "-id"))


def people_of(body: Body) -> QuerySet[Staff]:
    """一个主体的人员 — those who may sign in first, by name (条例 第四条)."""
    return Staff.objects.filter(body=body).select_related("office").order_by("-is_active", "name", "id")


def holding(body: Body) -> dict[int, list[Appointment]]:
    """岗位 — appointments in a body now, by the id of the person (条例 第四条)."""
    found: dict[int, list[Appointment]] = {}
    for each in Appointment.objects.filter(body=body, ended_at__isnull=True).select_related("staff", "body"):
        found.setdefault(each.staff_id, []).append(each)
    return {person: sorted(each, key=lambda one: list(Role).index(one.role)) for person, each in found.items()}


def locked_until(staff: Staff, now: datetime) -> datetime | None:
    """等到几时 — whoever failed with the name of a person, at the longest; None: nobody waits (GB/T 22239-2019)."""
    kept = Tries.objects.filter(name=tries_key(staff.username), until__gt=now).order_by("-until").first()
    return kept.until if kept else None


def bodies_waiting(staff: Staff) -> int | None:
    """各室之一：主体和人员 — shown to administrators who keep or appoint; nothing waits there (条例 第四条)."""
    return 0 if _has(staff, Duty.KEEP_STAFF, Duty.APPOINT) else None


def journal_waiting(staff: Staff) -> int | None:
    """各室之一：办理记录 — shown to audit administrators (条例 第四十五条)."""
    return 0 if _has(staff, Duty.READ_JOURNAL) else None


def _has(staff: Staff, *wanted: Duty) -> bool:
    roles = {role for held in roles_in(staff).values() for role in held}
    return any(DUTIES[duty] & roles for duty in wanted)


def readable_chains(staff: Staff, duty: Duty = Duty.READ_JOURNAL) -> list[str]:
    """可读的链 — of the bodies for which a person has this duty; with the top body's, the platform's (条例 第八条)."""
    held, tree = roles_in(staff), parents()
    kept = [body for body in Body.objects.all() if duty in duties(body, held, tree)]
    chains = [body.slug for body in kept]
    return [*chains, PLATFORM] if any(body.parent_id is None for body in kept) else chains


def chain_names(chains: list[str]) -> list[tuple[str, str]]:
    """链的名称 — code and what people call it, as the county lists its bodies."""
    names = Body.objects.filter(slug__in=chains).values_list("slug", "short_name")
    return [*names, *((PLATFORM, "平台") for code in chains if code == PLATFORM)]


def top_body() -> Body:
    """最上一级 — the body that the platform was set up with (条例 第四条)."""
    return Body.objects.filter(parent__isnull=True).order_by("id")[:1].get()


def is_mail_set_up() -> bool:
    """寄得出邮件 — whether the settings name a server (条例 第四十七条)."""
    return not settings.EMAIL_BACKEND.endswith("dummy.EmailBackend")


def unsent_heads() -> str:
    """树头没有寄出 — for /health/ and the auditor: how many of the last letters did not leave; empty where all did."""
    last = HeadLetter.objects.order_by("-day").values_list("day", flat=True).first()
    failed = HeadLetter.objects.filter(day=last).exclude(failure="").count() if last else 0
    return say(NOT_SENT, count=failed, day=last) if failed else ""
