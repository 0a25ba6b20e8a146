"""后台工作 — the worker as Django knows it."""

from django.apps import AppConfig


class WorkerConfig(AppConfig):
    """后台工作 — the worker and its clock."""

    name = "gongkai.web.worker"
    default_auto_field = "django.db.models.BigAutoField"
