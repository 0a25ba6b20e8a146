"""数据项的叫法 — how rules call figures; the names themselves stand in `report.naming` (条例 第五十条)."""

from gongkai.report.naming import Name, addition, cells, names

__all__ = ["Name", "addition", "cells", "names"]
