"""工作人员 — the people who do the work, and the roles to which they are appointed (条例 第四条、第十七条)."""

from __future__ import annotations

from typing import ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models
from django.utils.crypto import salted_hmac

from gongkai.law.roles import Role
from gongkai.web.bodies.models.bodies import Body, Office
from gongkai.web.bodies.names import folded
from gongkai.web.bodies.term_field import TermField


class StaffManager(BaseUserManager["Staff"]):
    """人员的存取 — by the name with which they sign in (条例 第四条)."""

    def get_by_natural_key(self, username: str | None) -> Staff:
        """登录名 — however it is written: widths, capital letters and blanks aside."""
        return self.get(username=folded(username or ""))


class Staff(AbstractBaseUser):
    """工作人员 — a person of a body who signs in (条例 第四条). What one may do, roles say.

    `username`: folded (`names`). `password_changed_at`: None until the person has chosen a password of their own.
    `visits`: how often all visits of the person were ended at once; those of a smaller number are over.
    """

    username = models.CharField(max_length=40, unique=True)
    name = models.CharField(max_length=40)
    body = models.ForeignKey(Body, on_delete=models.PROTECT, related_name="staff")
    office = models.ForeignKey(Office, null=True, blank=True, on_delete=models.PROTECT, related_name="staff")
    email = models.EmailField(blank=True)
    is_active = models.BooleanField(default=True)
    password_changed_at = models.DateTimeField(null=True, blank=True)
    joined_at = models.DateTimeField()
    visits = models.PositiveIntegerField(default=0)

    objects: ClassVar[StaffManager] = StaffManager()

    USERNAME_FIELD = "username"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = ["name"]

    def __str__(self) -> str:
        return self.name

    def get_session_auth_hash(self) -> str:
        """登录的凭据 — by which a visit lasts: until the password or `visits` is another (GB/T 22239-2019 身份鉴别)."""
        return salted_hmac("gongkai.visits", f"{self.visits}:{self.password}", algorithm="sha256").hexdigest()


class Appointment(models.Model):
    """岗位任命 — a role of a person in a body, from a day, until it is ended (条例 第四条、第十七条)."""

    staff = models.ForeignKey(Staff, on_delete=models.PROTECT, related_name="appointments")
    body = models.ForeignKey(Body, on_delete=models.PROTECT, related_name="appointments")
    role = TermField(Role)
    appointed_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        """约束 — a role once at a time."""

        constraints = (
            models.UniqueConstraint(
                fields=["staff", "body", "role"],
                condition=models.Q(ended_at__isnull=True),
                name="bodies_appointment_once",
            ),
        )
