"""年报 — the room as Django knows it (条例 第四十九条)."""

from django.apps import AppConfig


class AnnualConfig(AppConfig):
    """年报 — the room of the annual report (条例 第四十九条)."""

    name = "gongkai.web.annual"
