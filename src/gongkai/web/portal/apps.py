"""公开平台 — the room as Django knows it (条例 第二十三条)."""

from django.apps import AppConfig


class PortalConfig(AppConfig):
    """公开平台 — the room of what the public reads (条例 第二十三条)."""

    name = "gongkai.web.portal"
