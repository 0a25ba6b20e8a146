"""办理记录 — the room as Django knows it (条例 第四十五条)."""

from django.apps import AppConfig


class JournalConfig(AppConfig):
    """办理记录 — the room of the journal (条例 第四十五条)."""

    name = "gongkai.web.journal"
    default_auto_field = "django.db.models.BigAutoField"
