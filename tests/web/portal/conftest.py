"""公开平台的测试 — pages of an empty county; what a process keeps is forgotten between tests."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest


@pytest.fixture(autouse=True)
def empty(ground: None) -> Iterator[None]:
    """忘掉 — a rolled-back database has lengths that come again."""
    del ground
    from gongkai.web.portal.keeping import STORE
    from gongkai.web.portal.standing import WATCH

    WATCH.forget()
    STORE.forget()
    yield
    WATCH.forget()
    STORE.forget()


@pytest.fixture
def reader() -> Any:
    """读者 — a browser without JavaScript."""
    from django.test import Client

    return Client()
