"""法则的测试环境 — the database under test, as the tests of the platform have it."""

from __future__ import annotations

from tests.web.conftest import database, own_database

__all__ = ["database", "own_database"]
