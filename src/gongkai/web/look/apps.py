"""样式 — the room as Django knows it."""

from django.apps import AppConfig


class LookConfig(AppConfig):
    """样式 — the room of the look."""

    name = "gongkai.web.look"
