"""附件 — the room as Django knows it (条例 第二十四条)."""

from django.apps import AppConfig


class FilesConfig(AppConfig):
    """附件 — the room of files (条例 第二十四条)."""

    name = "gongkai.web.files"
    default_auto_field = "django.db.models.BigAutoField"
