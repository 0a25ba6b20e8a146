"""栏目 — the tree of columns: 指南, 制度, 法定主动公开内容 by article, 年报 (条例 第二十条、第二十一条、第二十四条)."""

from __future__ import annotations

from django.db import models

from gongkai.law.terms import Term
from gongkai.web.bodies.term_field import TermField


class ColumnKind(Term):
    """栏目种类 — how a column is shown, and how long it may stay without anything new (网站发展指引)."""

    BRANCH = "branch", "上级栏目", "条例 第二十四条"
    NORMATIVE = "normative", "行政规范性文件", "条例 第二十条第（一）项"
    POLICY = "policy", "政策文件", "条例 第二十条"
    INTERPRETATION = "interpretation", "政策解读", "条例 第二十条"
    NOTICE = "notice", "通知公告", "条例 第二十条"
    NEWS = "news", "动态要闻", "条例 第二十条"
    DATA = "data", "数据统计", "条例 第二十条第（四）项"
    STATIC = "static", "固定内容", "条例 第十二条"
    ANNUAL = "annual", "年度报告", "条例 第四十九条"


UNSORTED = "unsorted"
"""未选栏目 — of a draft of which nobody has said where it belongs; nothing is published in it (条例 第二十四条)."""


class Column(models.Model):
    """栏目 — a place of the portal in which items are published (条例 第二十四条).

    `slug`: in its address. `articles`: the items of 第二十条、第二十一条 that it serves, as `20.1`, `21.0`.
    `update_days`: it is late when nothing new came for so many days; None: no such duty.
    """

    slug = models.SlugField(max_length=60, unique=True)
    name = models.CharField(max_length=60)
    parent = models.ForeignKey("self", null=True, blank=True, on_delete=models.PROTECT, related_name="children")
    kind = TermField(ColumnKind)
    scope = models.CharField(max_length=200, blank=True)
    articles = models.JSONField(default=list)
    update_days = models.PositiveIntegerField(null=True, blank=True)
    order = models.PositiveIntegerField(default=0)
    is_active = models.BooleanField(default=True)

    class Meta:
        """排序 — as the tree is shown."""

        ordering = ("order", "id")

    def __str__(self) -> str:
        return self.name

    @classmethod
    def of(cls, slug: str) -> Column:
        """按代号 — the column of a draft; the one that nobody chooses where none is named (条例 第二十四条)."""
        if slug:
            return cls.objects.get(slug=slug)
        given = {"name": "未选栏目", "kind": ColumnKind.NOTICE, "is_active": False}
        return cls.objects.get_or_create(slug=UNSORTED, defaults=given)[0]
