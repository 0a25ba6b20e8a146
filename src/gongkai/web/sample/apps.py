"""示范县 — the room as Django knows it."""

from django.apps import AppConfig


class SampleConfig(AppConfig):
    """示范县 — the room of the invented county."""

    name = "gongkai.web.sample"
