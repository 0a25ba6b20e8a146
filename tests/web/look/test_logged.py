"""日志 — a wrong name a hundred times is one line; what broke keeps its traceback (GB/T 22239-2019 安全审计)."""

from __future__ import annotations

import io
import logging
from typing import Any

import pytest
from django.test import Client

pytestmark = pytest.mark.usefixtures("platform")


@pytest.fixture
def log() -> Any:
    from django.conf import settings
    from django.utils.module_loading import import_string

    written = io.StringIO()
    handler = logging.StreamHandler(written)
    for name in settings.LOGGING["handlers"]["stderr"]["filters"]:
        handler.addFilter(import_string(settings.LOGGING["filters"][name]["()"])())
    logging.getLogger().addHandler(handler)
    yield written
    logging.getLogger().removeHandler(handler)


def test_a_wrong_name_is_one_line_and_counted(log: io.StringIO, monkeypatch: pytest.MonkeyPatch) -> None:
    from gongkai.web.look import logged

    def ask(times: int) -> None:
        for _ in range(times):
            assert Client().get("/info/", headers={"Host": f"{'e' * 300}.example"}).status_code == 400

    ask(100)
    lines = [line for line in log.getvalue().splitlines() if "HTTP_HOST" in line]
    assert len(lines) == 1
    assert len(lines[0]) <= 250
    assert "Traceback" not in log.getvalue()
    monkeypatch.setattr(logged, "SECONDS", 0.0)
    ask(1)
    assert "and 99 more like it" in log.getvalue()


def test_what_broke_here_keeps_its_traceback(log: io.StringIO) -> None:
    try:
        raise RuntimeError("ours")
    except RuntimeError:
        logging.getLogger("gongkai").exception("broken")
    assert "Traceback" in log.getvalue()
