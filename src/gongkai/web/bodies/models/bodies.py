"""公开主体 — the organs that disclose, and their offices (条例 第四条、第十条)."""

from __future__ import annotations

from django.db import models

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
    `settling_until`: of the body that the platform was set up with, when its first setting up ends; None: it ended.
    """

    slug = models.SlugField(max_length=40, unique=True)
    name = models.CharField(max_length=80, unique=True)
    short_name = models.CharField(max_length=40, unique=True)
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
    settling_until = models.DateTimeField(null=True, blank=True)

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
