"""全部程序 — every procedure of the house, for documents and for the test that walks them all (条例 第四条)."""

from __future__ import annotations

from gongkai.law import publishing
from gongkai.law.requests import procedure as requests
from gongkai.law.steps import AnyProcedure

PROCEDURES: tuple[AnyProcedure, ...] = (publishing.PROCEDURE, requests.PROCEDURE)
"""全部程序 — in the order in which documents print them."""
