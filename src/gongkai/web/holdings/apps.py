"""政府信息管理 — the room as Django knows it (条例 第十七条)."""

from django.apps import AppConfig


class HoldingsConfig(AppConfig):
    """政府信息管理 — the room of holdings (条例 第十七条)."""

    name = "gongkai.web.holdings"
    default_auto_field = "django.db.models.BigAutoField"
