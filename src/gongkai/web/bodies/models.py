"""公开主体 — who discloses, and the people who do the work (条例 第四条、第十条)."""

from __future__ import annotations

from typing import ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models

from gongkai.law.procedure import Role
from gongkai.law.terms import Term
from gongkai.web.bodies.term_field import TermField


class Level(Term):
    """层级 — of a body; it decides what must be disclosed and when the report is due (条例 第十条、第四十九条)."""

    COUNTY = "county", "县级人民政府", "条例 第二十一条"
    DEPARTMENT = "department", "县级部门", "条例 第二十一条"
    TOWNSHIP = "township", "乡镇人民政府、街道办事处", "条例 第二十一条"


class Body(models.Model):
    """公开主体 — an organ that discloses in its own name; many share one portal (条例 第十条).

    `slug`: in addresses. `index_template`: how its index numbers are made. `number_prefix`: of its document numbers.
    `is_small`: the small-office profile, in which one person may hold several roles but never takes two steps in a row.
    """

    slug = models.SlugField(max_length=40, unique=True)
    name = models.CharField(max_length=80, unique=True)
    short_name = models.CharField(max_length=40)
    level = TermField(Level)
    parent = models.ForeignKey("self", null=True, blank=True, on_delete=models.PROTECT, related_name="children")
    uscc = models.CharField(max_length=18, blank=True)
    region = models.CharField(max_length=6, blank=True)
    code = models.CharField(max_length=20, blank=True)
    index_template = models.CharField(max_length=100, default="{uscc}/{yyyy}-{seq:05d}")
    number_prefix = models.CharField(max_length=12, blank=True)
    is_small = models.BooleanField(default=False)
    is_active = models.BooleanField(default=True)
    order = models.PositiveIntegerField(default=0)
    office_name = models.CharField(max_length=80, blank=True)
    address = models.CharField(max_length=120, blank=True)
    office_hours = models.CharField(max_length=120, blank=True)
    telephone = models.CharField(max_length=40, blank=True)
    fax = models.CharField(max_length=40, blank=True)
    postcode = models.CharField(max_length=6, blank=True)
    email = models.EmailField(blank=True)

    class Meta:
        """排序 — as the county lists its bodies."""

        ordering = ("order", "id")

    def __str__(self) -> str:
        return self.name


class Office(models.Model):
    """内设机构 — an office of a body; one of them is its disclosure office (条例 第四条)."""

    body = models.ForeignKey(Body, on_delete=models.PROTECT, related_name="offices")
    name = models.CharField(max_length=80)
    is_disclosure_office = models.BooleanField(default=False)

    class Meta:
        """约束 — a name once in a body."""

        constraints = (models.UniqueConstraint(fields=["body", "name"], name="bodies_office_once"),)

    def __str__(self) -> str:
        return self.name


class StaffManager(BaseUserManager["Staff"]):
    """人员的存取 — by the name with which they sign in (条例 第四十八条)."""

    def get_by_natural_key(self, username: str | None) -> Staff:
        """登录名 — exactly as written, capital letters aside."""
        return self.get(username__iexact=username)


class Staff(AbstractBaseUser):
    """工作人员 — a person of a body who signs in (条例 第四条、第四十八条). What one may do, roles say."""

    username = models.CharField(max_length=40, unique=True)
    name = models.CharField(max_length=40)
    body = models.ForeignKey(Body, on_delete=models.PROTECT, related_name="staff")
    office = models.ForeignKey(Office, null=True, blank=True, on_delete=models.PROTECT, related_name="staff")
    email = models.EmailField(blank=True)
    is_active = models.BooleanField(default=True)
    password_changed_at = models.DateTimeField(null=True)
    joined_at = models.DateTimeField()

    objects: ClassVar[StaffManager] = StaffManager()

    USERNAME_FIELD = "username"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = ["name"]

    def __str__(self) -> str:
        return self.name


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
