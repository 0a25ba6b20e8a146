"""数值核验 — figures that cannot be, whatever the others are: negative counts, money without a unit (条例 第五十条)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterator
from decimal import Decimal

from gongkai.report.checks.finding import Finding
from gongkai.report.checks.rules import rules
from gongkai.report.figures import AnnualReport
from gongkai.report.form import Line
from gongkai.report.naming import cells, names

# 万元 with this many decimals is exact to the yuan (law.md: 保留4位小数).
DECIMALS = 4


def check_counts(report: AnnualReport, told: Collection[str] = ()) -> Iterator[Finding]:
    """数值核验 — negative figures, except those that a finding has `told` of already (条例 第五十条)."""
    if not any(value is not None and value < 0 for value in report.figures.values()):
        return
    negative: dict[str, list[str]] = defaultdict(list)
    for line in report.form.lines:
        for column, address in zip(line.columns, line.addresses, strict=True):
            value = report.figures.get(address)
            if value is not None and value < 0 and not column.signed and address not in told:
                negative[line.table].append(address)
    for table, addresses in negative.items():
        yield rules()[f"{table}.negative"].finding(
            report,
            tuple(addresses),
            {
                "cells": cells(report.form, addresses, table=False),
                "values": "、".join(str(report.figures[a]) for a in addresses),
            },
            found=report.figures[addresses[0]],
        )


def check_proactive(report: AnnualReport) -> Iterator[Finding]:
    """表二核验 — items below zero, more disclosed than in all, money without a unit (条例 第五十条第一款第一项)."""
    for line in report.form.table("proactive"):
        yield from _items(report, line)
        yield from _disclosed(report, line)
    for address, unit in report.form.money.items():
        amount = report.figures.get(address)
        if amount is None:
            continue
        values = {"cells": cells(report.form, [address], table=False), "values": format(amount, "f"), "unit": unit}
        if report.units.get(address) == "unknown":
            yield rules()["proactive.unit_unknown"].finding(report, (address,), values, found=amount)
        elif unit == "万元" and _decimals(Decimal(amount)) > DECIMALS:
            yield rules()["proactive.precision"].finding(report, (address,), values, found=amount)


def _decimals(amount: Decimal) -> int:
    exponent = amount.normalize().as_tuple().exponent
    return -exponent if isinstance(exponent, int) else 0


def _items(report: AnnualReport, line: Line) -> Iterator[Finding]:
    addresses = f"proactive.{line.id}.items_change", f"proactive.{line.id}.items_last_year"
    change, before = (report.figures.get(address) for address in addresses)
    if change is not None and before is not None and before >= 0 > before + change:
        yield rules()["proactive.items_below_zero"].finding(
            report,
            addresses,
            {"row": line.label, "before": before, "change": change, "sum": before + change},
            found=change,
        )


def _disclosed(report: AnnualReport, line: Line) -> Iterator[Finding]:
    addresses = f"proactive.{line.id}.disclosed", f"proactive.{line.id}.disclosed_total"
    disclosed, total = (report.figures.get(address) for address in addresses)
    if disclosed is not None and total is not None and disclosed > total >= 0:
        yield rules()["proactive.disclosed_above_total"].finding(
            report,
            addresses,
            {"row": names(report.form)[addresses[0]].row, "found": disclosed, "expected": total},
            expected=total,
            found=disclosed,
        )
