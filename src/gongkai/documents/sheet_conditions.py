"""显示的条件 — what a sheet shows instead of a number: a blank, icons or bars alone, another format (条例 第五十条).

Conditions that compare with a number are worked out. Of others nobody can tell here whether they are met: what a cell
shows is open then.
"""

from __future__ import annotations

import operator
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from decimal import Decimal
from enum import Enum

from lxml import etree

from gongkai.documents.number_format import rendered
from gongkai.documents.showing.cell_style import Styles
from gongkai.documents.showing.sheet import Shown, number_of
from gongkai.documents.showing.workbook import Area, Page, areas

_ONE: dict[str, Callable[[Decimal, Decimal], bool]] = {
    "greaterThan": operator.gt,
    "greaterThanOrEqual": operator.ge,
    "lessThan": operator.lt,
    "lessThanOrEqual": operator.le,
    "equal": operator.eq,
    "notEqual": operator.ne,
}
_OFF = ("0", "false")


class Instead(Enum):
    """显示成 — what stands in a cell in place of its number by its own format."""

    NOTHING = "nothing"
    """零值不显示 — a blank."""
    DRAWN = "drawn"
    """图标、数据条 — no digits."""
    OPEN = "open"
    """看不出 — the condition of another format was not worked out."""


@dataclass(frozen=True, slots=True)
class _Rule:
    areas: tuple[Area, ...]
    priority: int
    is_drawn: bool
    code: str
    kind: str
    formulas: tuple[str, ...]

    def is_met(self, number: Decimal) -> bool | None:
        """None where it cannot be told."""
        limits = [number_of(formula.strip()) for formula in self.formulas]
        known = [limit for limit in limits if limit is not None]
        if len(known) != len(limits):
            return None
        if self.kind in _ONE and len(known) == 1:
            return _ONE[self.kind](number, known[0])
        if self.kind in ("between", "notBetween") and len(known) == 2:
            return (min(known) <= number <= max(known)) is (self.kind == "between")
        return None


class Conditions:
    """一张表的条件 — of each cell that holds a number, what is seen instead of it."""

    def __init__(self, page: Page, styles: Styles) -> None:
        view = page.frame.find("{*}sheetViews/{*}sheetView") if page.frame is not None else None
        self._hides_noughts = view is not None and view.get("showZeros") in _OFF
        self._rules = sorted(_rules(page, styles), key=lambda rule: rule.priority)

    def instead(self, one: Shown) -> Instead | str | None:
        """代替的 — a text, or why there is none; None where the cell shows its own (条例 第五十条)."""
        number = number_of(one.cell.text) if one.cell.kind == "n" else None
        if number is None:
            return None
        if self._hides_noughts and not number:
            return Instead.NOTHING
        met = [
            (rule, is_met)
            for rule in self._rules
            if any(area.holds(one.row, one.column) for area in rule.areas)
            and (is_met := rule.is_drawn or rule.is_met(number)) is not False
        ]
        if any(rule.is_drawn for rule, _ in met):
            return Instead.DRAWN
        for rule, is_met in met:
            shown = rendered(number, rule.code)
            if shown != one.text:
                return shown if is_met and shown is not None else Instead.OPEN
        return None


def _rules(page: Page, styles: Styles) -> Iterator[_Rule]:
    for around in page.frame.iter("{*}conditionalFormatting") if page.frame is not None else ():
        where = around.get("sqref") or " ".join(each.text or "" for each in around.iter("{*}sqref"))
        for rule in around.iter("{*}cfRule"):
            is_drawn = any(each.get("showValue") in _OFF for each in rule.iter("{*}iconSet", "{*}dataBar"))
            code = _code(rule, styles)
            if is_drawn or code:
                priority = rule.get("priority", "")
                formulas = tuple(each.text or "" for each in rule.iter("{*}formula", "{*}f"))
                yield _Rule(
                    tuple(areas(where)),
                    int(priority) if priority.isascii() and priority.isdigit() and len(priority) < 9 else 0,
                    is_drawn,
                    code,
                    rule.get("operator", "") if rule.get("type") == "cellIs" else "",
                    formulas,
                )


def _code(rule: etree._Element, styles: Styles) -> str:
    """The format of numbers that a rule gives, if it gives any."""
    at = rule.get("dxfId", "")
    known = styles.conditional
    given = known[int(at)] if at.isascii() and at.isdigit() and len(at) < 7 and int(at) < len(known) else ""
    return given or next((each.get("formatCode", "") for each in rule.iter("{*}numFmt")), "")
