"""办理令牌 — made and revoked by the security administrator; used so often and no oftener (条例 第八条)."""

from __future__ import annotations

import secrets
from collections.abc import Callable, Collection
from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.db import IntegrityError, transaction
from django.db.models import F

from gongkai.documents.showing.signs import shown_name
from gongkai.law.administration import Duty
from gongkai.text.unseen import is_written
from gongkai.web.api.models import Answer, Scope, Token
from gongkai.web.api.queries import clerks, digest_of
from gongkai.web.api.refusals import CallError
from gongkai.web.bodies.models import Body, Staff
from gongkai.web.bodies.permissions import require
from gongkai.web.holdings.models import Item
from gongkai.web.journal.actions import record

PREFIX = "gk_"
LONGEST_DAYS = 730
MOST_NAME = 60
_ANSWERS_KEPT = timedelta(days=7)

Reply = tuple[int, Any]
"""答复 — a status, and what JSON can say."""


class TokenError(Exception):
    """令牌办不了 — why a token cannot be made so: `field`, and one sentence (`template.format(**values)`)."""

    def __init__(self, field: str, template: str, **values: object) -> None:
        super().__init__(template.format(**values))
        self.field, self.template, self.values = field, template, values


@transaction.atomic
def make_token(
    *, body: Body, staff: Staff, acts_as: Staff | None, name: str, scopes: Collection[Scope], days: int, now: datetime
) -> tuple[Token, str]:
    """发放令牌 — the token, and its secret, which is never seen again (条例 第八条).

    `acts_as`: a clerk of the body, who answers for what the system files. Refused; TokenError.
    """
    require(staff, Duty.KEEP_TOKENS, body=body)
    name = shown_name(name)
    if not is_written(name):
        raise TokenError("name", "请写明是哪个系统，例如“县政府办公室 OA”")
    if len(name) > MOST_NAME:
        raise TokenError("name", "系统名称写了 {count} 字，最多 {most} 字", count=len(name), most=MOST_NAME)
    if not scopes:
        raise TokenError("scopes", "请至少选一项权限")
    if not 1 <= days <= LONGEST_DAYS:
        raise TokenError("days", "有效期是 1 天到 {days} 天", days=LONGEST_DAYS)
    if acts_as is None or not clerks(body).filter(pk=acts_as.pk).exists():
        raise TokenError("acts_as", "请选{body}的一位信息员；系统报来的草稿记在他的名下", body=body.short_name)
    Body.objects.select_for_update().get(id=body.id)  # two at once: the second sees the first
    if Token.objects.filter(body=body, name=name, revoked_at=None, expires_at__gt=now).exists():
        raise TokenError("name", "“{name}”已经有一个在用的令牌。密钥没记下的，先撤销它再发", name=name)
    secret = PREFIX + secrets.token_urlsafe(32)
    made = Token.objects.create(
        body=body,
        staff=acts_as,
        name=name,
        hint=secret[:8],
        digest=digest_of(secret),
        scopes=[str(scope) for scope in Scope if scope in scopes],
        made_by=staff,
        made_at=now,
        expires_at=now + timedelta(days=days),
    )
    facts = {"staff": acts_as.pk, "scopes": made.scopes, "days": days}
    _record(made, "api.make_token", f"staff:{staff.pk}", now, facts)
    return made, secret


@transaction.atomic
def revoke_token(*, token: Token, staff: Staff, now: datetime) -> None:
    """撤销令牌 — from the next call on it lets nobody in. Doing it again changes nothing (条例 第八条)."""
    require(staff, Duty.KEEP_TOKENS, body=token.body)
    if Token.objects.filter(pk=token.pk, revoked_at__isnull=True).update(revoked_at=now):
        _record(token, "api.revoke_token", f"staff:{staff.pk}", now)


def count_call(*, token: Token, now: datetime) -> None:
    """计一次 — CallError once a token was used too often in a minute. No lock: the row itself counts."""
    minute, most = int(now.timestamp()) // 60, settings.API_CALLS_A_MINUTE
    mine = Token.objects.filter(pk=token.pk)
    if mine.exclude(minute=minute).update(minute=minute, calls=1, used_at=now):
        return
    if not mine.filter(minute=minute, calls__lt=most).update(calls=F("calls") + 1, used_at=now):
        raise CallError(429, "too_many", "这个令牌一分钟最多调用 {most} 次，请过一分钟再试", most=most)


def answered_before(token: Token, key: str, request: str) -> Reply | None:
    """以前的答复 — to the same call with the same key. CallError where the key was used for something else."""
    found = Answer.objects.filter(token=token, key=key).first()
    if found is None:
        return None
    if found.request != request:
        raise CallError(
            409,
            "key_reused",
            "Idempotency-Key“{key}”已经用在另一次内容不同的调用上。每次新的调用请换一个键",
            key=key,
        )
    return found.status, found.content


def once(*, token: Token, key: str, request: str, now: datetime, act: Callable[[], Reply]) -> Reply:
    """只办一次 — the act and the answer to it in one transaction; a call sent again gets the answer that was given.

    What failed is not kept: it may be sent again with the same key.
    """
    before = answered_before(token, key, request)
    if before is not None:
        return before
    try:
        with transaction.atomic():
            status, content = act()
            Answer.objects.create(token=token, key=key, request=request, status=status, content=content, at=now)
            return status, content
    except IntegrityError:
        # Of two that were sent at once the other was done; what this one wrote is undone.
        done = answered_before(token, key, request)
        if done is None:
            raise
        return done


def forget_answers(*, now: datetime) -> int:
    """忘记答复 — a week old; nobody sends a call again after so long. How many."""
    return Answer.objects.filter(at__lt=now - _ANSWERS_KEPT).delete()[0]


def forget_answers_of(item: Item) -> None:
    """忘记答复 — those that tell of an item whose content was purged (保密法 第四十七条)."""
    for answer in Answer.objects.filter(token__body=item.body_id):
        if isinstance(answer.content, dict) and answer.content.get("id") == item.pk:
            answer.delete()


def _record(token: Token, act: str, actor: str, now: datetime, facts: dict[str, object] | None = None) -> None:
    about: dict[str, Any] = {"chain": token.body.slug, "act": act, "subject": f"api.token:{token.pk}", "actor": actor}
    record(**about, now=now, facts=facts, rows=[token])
