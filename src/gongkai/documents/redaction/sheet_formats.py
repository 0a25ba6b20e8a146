"""写着数字的格式 — number formats of conditions and charts that print digits of their own (条例 第十五条).

The format of a cell is read with the cell. That of a condition is worn by the cells of its area, whether the condition
is met or not; that of a chart by the values of the chart. What an axis prints is worked out by the program that draws
it: a format of an axis that has digits of its own is said to be unread.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal, InvalidOperation

from lxml import etree

from gongkai.documents.document import DocumentError
from gongkai.documents.number_format import parsed, rendered
from gongkai.documents.redaction.editor import Slot, shown
from gongkai.documents.redaction.places import Layer, Place
from gongkai.documents.redaction.together import in_lines
from gongkai.documents.showing.cells import column_of
from gongkai.documents.showing.parts import Parts
from gongkai.documents.showing.sheet import View
from gongkai.documents.showing.workbook import Page, areas

_CELL = re.compile(r"\$?([A-Z]{1,3})\$?([1-9][0-9]{0,6})")
_AXES = frozenset(("valAx", "catAx", "dateAx", "serAx", "axis"))
_SCENARIO = "方案"
_FEWEST, _MOST_PAIRS = 3, 100_000


def under_conditions(view: View, page: Page, place: Place, unread: list[DocumentError]) -> Iterator[Slot]:
    """条件格式下的样子 — every cell as the formats of the conditions over it would show it."""
    for each in page.frame.iter("{*}conditionalFormatting") if page.frame is not None else ():
        where = each.get("sqref") or "".join(found.text or "" for found in each.iter("{*}sqref"))
        given = list(_of_rules(view, each))
        if any(map(_is_unknown, given)):
            unread.append(
                DocumentError(
                    view.book.parts.source,
                    "{file}：表“{grid}”的条件格式里有看不懂的数字格式，里面写着数字，没有检查。请在表格软件里改成常用的，"
                    "再试",
                    file=view.book.parts.source,
                    grid=place.grid,
                )
            )
        codes = dict.fromkeys(code for code in given if _digits(code))
        for area in areas(where) if codes else ():
            for row, line in page.lines.items():
                for column, cell in line.cells.items() if area.top <= row <= area.bottom else ():
                    if area.left <= column <= area.right:
                        at = place._replace(row=row, column=column)
                        style = view.book.styles[cell.style]
                        for code in codes:
                            yield shown(at, view.text(cell, style._replace(code=code)) or "")


def _of_rules(view: View, element: etree._Element) -> Iterator[str]:
    codes = view.book.styles.conditional
    for rule in element.iter("{*}cfRule"):
        at = rule.get("dxfId", "")
        if at.isascii() and at.isdigit() and len(at) < 7 and int(at) < len(codes):
            yield codes[int(at)]
        yield from (each.get("formatCode", "") for each in rule.iter("{*}numFmt"))


def scenarios(page: Page, label: str) -> Iterator[Slot]:
    """方案 — the values that each scenario keeps, by the cells for which they are kept."""
    place = Place(Layer.CACHE, grid=label, part=_SCENARIO)
    for one in page.frame.iter("{*}scenario") if page.frame is not None else ():
        kept: list[tuple[int, int, Slot]] = []
        for cell in one.iter("{*}inputCells"):
            found = _CELL.fullmatch(cell.get("r", ""))
            row, column = (int(found[2]), column_of(found[1])) if found else (0, 0)
            kept.append((row, column, shown(place, cell.get("val", ""))))
        yield from (slot for _, _, slot in kept)
        yield from in_lines(kept)


def in_charts(place: Place, root: etree._Element, parts: Parts, unread: list[DocumentError]) -> Iterator[Slot]:
    """图表里的格式 — every value that a chart keeps, as every format with digits of its own would show it."""
    codes: dict[str, None] = {}
    is_open = False
    for element in root.iter(etree.Element):
        name = etree.QName(element).localname
        code = (element.text or "") if name == "formatCode" else element.get("formatCode", "")
        is_open = is_open or _is_unknown(code)
        if size := _digits(code):
            codes[code] = None
            above = element.getparent()
            is_axis = above is not None and etree.QName(above).localname in _AXES
            is_open = is_open or (is_axis and size >= _FEWEST)
    values = {(element.text or "").strip() for element in root.iter("{*}v", "{*}pt")} if codes else set()
    if is_open or len(codes) * len(values) > _MOST_PAIRS:
        unread.append(
            DocumentError(
                parts.source,
                "{file}：图表 {part} 的数字格式里写着数字，显示成什么判断不了。公开副本里没有这张图；要公开原件，"
                "请先在表格软件里把图表的数字格式改成常用的",
                file=parts.source,
                part=place.part,
            )
        )
        return
    for code in codes:
        for value in sorted(values - {""}):
            yield shown(place, rendered(_number(value), code) or "")


def _digits(code: str) -> int:
    """How many digits of its own a format prints at most."""
    sections = parsed(code) or ()
    return max(
        (
            sum(sign.isnumeric() for token in section.tokens if token.kind == "literal" for sign in token.text)
            for section in sections
        ),
        default=0,
    )


def _is_unknown(code: str) -> bool:
    """Whether a format that is not understood may print digits of its own."""
    return parsed(code) is None and sum(sign.isnumeric() and sign != "0" for sign in code) >= _FEWEST


def _number(text: str) -> Decimal | str:
    try:
        number = Decimal(text)
    except InvalidOperation:
        return text
    return number if number.is_finite() else text
