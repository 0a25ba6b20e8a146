"""公开平台的测试 — pages of an empty county."""

from __future__ import annotations

from typing import Any

import pytest


@pytest.fixture(autouse=True)
def empty(ground: None) -> None:
    """空县 — what a test writes is gone when it ends."""
    del ground


@pytest.fixture
def reader() -> Any:
    """读者 — a browser without JavaScript."""
    from django.test import Client

    return Client()
