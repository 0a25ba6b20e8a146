"""公开主体 — the room as Django knows it (条例 第四条)."""

from django.apps import AppConfig


class BodiesConfig(AppConfig):
    """公开主体 — the room of bodies and people (条例 第四条)."""

    name = "gongkai.web.bodies"
    default_auto_field = "django.db.models.BigAutoField"
