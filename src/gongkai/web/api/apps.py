"""接口 — as Django knows it."""

from django.apps import AppConfig


class ApiConfig(AppConfig):
    """接口 — tokens, and answers given to be given again."""

    name = "gongkai.web.api"
    default_auto_field = "django.db.models.BigAutoField"
