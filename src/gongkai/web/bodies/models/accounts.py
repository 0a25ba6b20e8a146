"""账号 — tries to sign in, past passwords, one-time codes, what was typed and not sent (GB/T 22239-2019 身份鉴别)."""

from __future__ import annotations

from django.db import models

from gongkai.law.administration import Duty, Event
from gongkai.web.bodies.models.staff import Staff
from gongkai.web.bodies.term_field import TermField


class Tries(models.Model):
    """登录失败的计数 — of a name at a place, of a name, or of a place (GB/T 22239-2019 登录失败处理).

    `name`: key of a folded name, which itself is not kept: people type passwords there; blank for all names.
    `place`: key of an address, or of a browser that signed in with the name before; blank for all of the others.
    `level`: failures at `last_at`; it sinks with time. `until`: no try counts before.
    """

    name = models.CharField(max_length=64, blank=True)
    place = models.CharField(max_length=64, blank=True, db_index=True)
    level = models.FloatField(default=0)
    last_at = models.DateTimeField(db_index=True)
    until = models.DateTimeField(null=True, blank=True)

    class Meta:
        """约束 — one count of each."""

        constraints = (models.UniqueConstraint(fields=["name", "place"], name="bodies_tries_once"),)


class SignIn(models.Model):
    """登录记录 — who tried to sign in from where; kept at least six months, then removed (网络安全法).

    Beside the journal, which keeps the address only as a salted digest. `staff`: None where nobody has the name.
    What did not succeed is one row an hour and address; `count`: how often; `told`: how many the journal has.
    """

    staff = models.ForeignKey(Staff, null=True, blank=True, on_delete=models.PROTECT, related_name="sign_ins")
    at = models.DateTimeField(db_index=True)
    address = models.GenericIPAddressField(null=True, blank=True)
    outcome = TermField(Event)
    count = models.PositiveIntegerField(default=1)
    told = models.PositiveIntegerField(default=1)


class PastPassword(models.Model):
    """用过的密码 — hashed; the newest are not to be used again (GB/T 22239-2019 身份鉴别)."""

    staff = models.ForeignKey(Staff, on_delete=models.CASCADE, related_name="past_passwords")
    encoded = models.CharField(max_length=128)
    at = models.DateTimeField()


class SecondFactor(models.Model):
    """动态口令 — the secret that a person's telephone shares, enciphered (RFC 6238; GB/T 22239-2019 双因素).

    `secret`: blank where there is none yet, or none any more. `last_counter`: the newest code that was used; none is
    taken twice. `confirmed_at`: None until a first code was right. `put_off_at`: when setting it up was put off to the
    next sign-in, which is done once at most.
    """

    staff = models.OneToOneField(Staff, on_delete=models.CASCADE, related_name="second_factor")
    secret = models.CharField(max_length=200, blank=True)
    confirmed_at = models.DateTimeField(null=True, blank=True)
    last_counter = models.PositiveBigIntegerField(default=0)
    put_off_at = models.DateTimeField(null=True, blank=True)


class OpenidBinding(models.Model):
    """统一身份认证的绑定 — whom the county's own sign-in means by one of its persons (GB/T 22239-2019 身份鉴别).

    `issuer` and `subject` never change and are never given to another person; names and e-mail addresses are.
    """

    staff = models.OneToOneField(Staff, on_delete=models.CASCADE, related_name="openid_binding")
    issuer = models.CharField(max_length=200)
    subject = models.CharField(max_length=255)
    bound_at = models.DateTimeField()

    class Meta:
        """约束 — one account for one person of the other side."""

        constraints = (models.UniqueConstraint(fields=["issuer", "subject"], name="bodies_openid_once"),)


class RecoveryCode(models.Model):
    """备用码 — for one sign-in without the telephone; only its digest is kept (GB/T 22239-2019 双因素)."""

    staff = models.ForeignKey(Staff, on_delete=models.CASCADE, related_name="recovery_codes")
    digest = models.CharField(max_length=64)
    used_at = models.DateTimeField(null=True, blank=True)


class Unsent(models.Model):
    """没有提交的 — what a person typed on a page and did not send (条例 第十二条).

    `place`: key of the page. `words`: the fields of the form, sealed. One of each page, replaced by what is newer.
    """

    staff = models.ForeignKey(Staff, on_delete=models.CASCADE, related_name="unsent")
    place = models.CharField(max_length=64)
    words = models.TextField()
    kept_at = models.DateTimeField(db_index=True)

    class Meta:
        """约束 — one of each page."""

        constraints = (models.UniqueConstraint(fields=["staff", "place"], name="bodies_unsent_once"),)


LOST = "lost"
"""手机丢了 — `Consent.what` where somebody asks for another code of one's own."""


class Consent(models.Model):
    """另一名管理员的同意 — asked by one administrator for an act about another, given by a second, used once
    (GB/T 22239-2019 三员分立).

    `what`: what of the duty, as `end:12` or `email:` with the new one; blank where the duty says it. `agreed`: None
    until somebody answered.
    """

    asked_by = models.ForeignKey(Staff, on_delete=models.PROTECT, related_name="consents_asked")
    about = models.ForeignKey(Staff, on_delete=models.PROTECT, related_name="consents_about")
    duty = TermField(Duty)
    what = models.CharField(max_length=320, blank=True)
    asked_at = models.DateTimeField()
    answered_by = models.ForeignKey(Staff, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    answered_at = models.DateTimeField(null=True, blank=True)
    agreed = models.BooleanField(null=True, blank=True)
    used_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        """约束 — one question at a time; it is not answered by whoever asks."""

        constraints = (
            models.UniqueConstraint(
                fields=["asked_by", "about", "duty", "what"],
                condition=models.Q(agreed=None),
                name="bodies_consent_once",
            ),
            models.CheckConstraint(
                condition=models.Q(answered_by=None) | ~models.Q(answered_by=models.F("asked_by")),
                name="bodies_consent_of_another",
            ),
        )
