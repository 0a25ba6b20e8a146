"""共用的真实年报 — the real reports shared by tests (GONGKAI_CORPUS, or beside the checkout); skipped if absent."""

from __future__ import annotations

import json
import os
import signal
from functools import cached_property
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, settings

# Where this is started with Ctrl-C ignored, what the tests start would ignore it as well, and never end.
if signal.getsignal(signal.SIGINT) is signal.SIG_IGN:
    signal.signal(signal.SIGINT, signal.default_int_handler)

# What runs for an hour by intention is not taken for a test that hangs.
if os.environ.get("GONGKAI_LONG"):
    os.environ["PYTEST_TIMEOUT"] = "0"

# People of the tests sign in by their passwords; what tests the codes says so.
os.environ.setdefault("GONGKAI_SECOND_FACTOR", "none")

# The same commit gives the same verdict, on a slow machine too; `make fuzz` explores instead.
settings.register_profile("house", derandomize=True, deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.register_profile("explore", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("house")

ROOT = Path(__file__).resolve().parent.parent
SHARED = Path(os.environ.get("GONGKAI_CORPUS") or ROOT.parent / "shared").resolve()

REPORTS = (
    "reports/chengguan-township-2020.txt",
    "reports/huangchuan-county-2021.txt",
    "reports/muye-service-bureau-2021.txt",
    "reports/xinxiang-county-office-2021.txt",
    "reports/yanjin-county-office-2023.txt",
    "corpus/hongze-district-2023.pdf",
    "corpus/hongze-district-2024.pdf",
    "corpus/shanghai-office-2019.html",
    "corpus/shanghai-office-2025.md",
    "corpus/shuyang-county-2025.md",
    "corpus/shuyang-development-bureau-2023.html",
)


class RealReport:
    """真实年报 — one published report with the figures expected of it. `expected` is its `*.expected.json`."""

    def __init__(self, path: Path) -> None:
        self.path = path

    @property
    def name(self) -> str:
        """名称 — the file's name without its suffix."""
        return self.path.stem

    @cached_property
    def expected(self) -> dict[str, Any]:
        """应有的数据 — edition, year, agency, figures by address, notes."""
        loaded: dict[str, Any] = json.loads(self.path.with_suffix(".expected.json").read_text(encoding="utf-8"))
        return loaded


def shared_file(relative: str) -> Path:
    """共用文件 — a file of the shared folder; the test is skipped, naming the file, where it is absent."""
    path = SHARED / relative
    if not path.exists():
        pytest.skip(f"没有 {relative}（GONGKAI_CORPUS={SHARED}）")
    return path


@pytest.fixture(scope="session")
def shared() -> Path:
    """共用文件夹 — the folder that holds `reports` and `corpus`."""
    return shared_file(".")


@pytest.fixture(params=REPORTS, ids=[Path(report).stem for report in REPORTS])
def real_report(request: pytest.FixtureRequest) -> RealReport:
    """真实年报 — each of the eleven in turn."""
    return RealReport(shared_file(request.param))


@pytest.fixture
def real_reports() -> list[RealReport]:
    """全部真实年报 — the eleven together, for tests that compare or sum them."""
    return [RealReport(shared_file(report)) for report in REPORTS]
