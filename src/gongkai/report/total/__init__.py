"""汇总年报 — the figures of many bodies added up, each sum with its parts (条例 第四十九条、第五十条).

Blank cells and figures that were not read are named, never silently counted as zero; money of an unknown unit is never
added. Reports of both editions and shapes are added on the level on which they can be compared.
"""

from gongkai.report.total.adding import Left, Total, TotalError, total
from gongkai.report.total.writing import FORMATS, REMARKS, write_total

__all__ = ["FORMATS", "REMARKS", "Left", "Total", "TotalError", "total", "write_total"]
