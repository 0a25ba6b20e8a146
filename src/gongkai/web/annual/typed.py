"""人工录入 — figures that a person typed in for what could not be read; the copy says which (条例 第五十条)."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace
from decimal import Decimal

from gongkai.report.figures import AnnualReport, State, TableNote
from gongkai.report.form import Form
from gongkai.report.naming import TABLES, cells

OPEN = frozenset({State.ABSENT, State.DOUBTFUL})
NOTE = "注：本表{cells}为核对时人工录入，不是从原件读出。"
_NUMBER = re.compile(r"[+-]?[0-9]{1,12}(?:\.[0-9]{1,6})?")


def figure(form: Form, address: str, text: str) -> int | Decimal | None:
    """一个数 — what was typed as the figure of an address, None where it cannot be one."""
    if not _NUMBER.fullmatch(text):
        return None
    value = Decimal(text)
    if address in form.money:
        return value if value >= 0 else None
    signed = any(
        column.signed and printed == address
        for line in form.lines
        for column, printed in zip(line.columns, line.addresses, strict=True)
    )
    return int(value) if value == int(value) and (signed or value >= 0) else None


def with_typed(report: AnnualReport, typed: Mapping[str, str]) -> AnnualReport:
    """录入后的年报 — the report with what was typed in, which is certain now; a note under each table tells of it."""
    values = {a: value for a, text in typed.items() if (value := figure(report.form, a, text)) is not None}
    if not values:
        return report
    notes = [
        TableNote(table, NOTE.format(cells=cells(report.form, here, table=False)))
        for table in TABLES
        if (here := [address for address in values if address.startswith(f"{table}.")])
    ]
    return replace(
        report,
        figures={**report.figures, **values},
        states={a: state for a, state in report.states.items() if a not in values},
        table_notes=(*report.table_notes, *notes),
    )
