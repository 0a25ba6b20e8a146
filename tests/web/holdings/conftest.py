"""信箱 — what is mailed lies in a list."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest


@pytest.fixture
def post(platform: object) -> Iterator[list[Any]]:
    """寄出的信 — newest last."""
    del platform
    from django.core import mail
    from django.test import override_settings

    with override_settings(EMAIL_BACKEND="django.core.mail.backends.locmem.EmailBackend"):
        mail.outbox = []
        yield mail.outbox
