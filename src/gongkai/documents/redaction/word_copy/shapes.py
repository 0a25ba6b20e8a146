"""副本里代替图形的 — words of charts and diagrams, lines below a heading, text of files within the file, addresses."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import islice
from urllib.parse import unquote, urlsplit

from lxml import etree

from gongkai.documents.document import Block, Grid
from gongkai.documents.redaction.word_copy.grammar import fits, held, made, paragraph
from gongkai.documents.showing.word import Atom
from gongkai.documents.showing.word_ground import filled
from gongkai.documents.showing.word_style import WHITE, is_same, whole
from gongkai.documents.word_numbering import attribute, child, local
from gongkai.text.hit import STAR
from gongkai.text.personal_data import find

_LINES = {"line", "straightConnector1"}
_EMU_A_POINT = 12_700
_MOST_ADDRESS = 500
_ALIGNED = {"left": "left", "center": "center", "right": "right", "outside": "right", "inside": "left"}
_AFTER_SIDE = {"textDirection", "textAlignment", "outlineLvl", "rPr", "sectPr"}
_BEFORE_BORDERS = {"keepNext", "keepLines", "pageBreakBefore", "framePr", "widowControl", "numPr", "pStyle"}
_BEFORE_BORDERS |= {"suppressLineNumbers"}


def is_fine_address(address: str) -> bool:
    """可以带过来的链接 — http or https, short, without anybody's number, masked or not."""
    plain = unquote(unquote(address))
    try:
        parts = urlsplit(address)
    except ValueError:
        return False
    fine = parts.scheme in ("http", "https") and parts.hostname and "@" not in parts.netloc
    return bool(fine) and len(address) <= _MOST_ADDRESS and STAR not in plain and not find(plain) and not find(address)


def words(root: etree._Element) -> list[str]:
    """图里的文字 — paragraphs of a diagram; of a chart its titles, and each series with its values."""
    if local(root) != "chartSpace":
        return _lines(root)
    found = [line for title in root.iter("{*}title") for line in _lines(title)]
    for series in root.iter("{*}ser"):
        name, labels, values = (_points(child(series, kind)) for kind in ("tx", "cat", "val"))
        pairs = [" ".join(filter(None, pair)) for pair in zip([*labels, *[""] * len(values)], values, strict=False)]
        found.append("：".join(filter(None, (" ".join(name), "；".join(pairs)))))
    return [line for line in found if line]


def _lines(root: etree._Element) -> list[str]:
    lines = ("".join(one.text or "" for one in line.iter("{*}t")) for line in root.iter("{*}p"))
    return [line for line in lines if line.strip()]


def _points(holder: etree._Element | None) -> list[str]:
    return [] if holder is None else [one.text or "" for one in holder.iter("{*}v")]


def blocks(content: Sequence[Block]) -> Iterator[etree._Element]:
    """段落和表格 — of a file that a document shows as its own text."""
    for block in content:
        if isinstance(block, Grid):
            yield _table(block)
        else:
            yield from map(paragraph, block.text.split("\n"))


def _table(grid: Grid) -> etree._Element:
    """A plain table with lines; a cell over several rows goes on in each of them."""
    sides = ("top", "left", "bottom", "right", "insideH", "insideV")
    borders = made("tblBorders", *(made(side, val="single", sz="4", space="0", color="auto") for side in sides))
    width = max((cell.column + cell.columns - 1 for row in grid.rows for cell in row.cells), default=1)
    rows: list[etree._Element] = []
    going_on: dict[int, tuple[int, int]] = {}
    for row in grid.rows:
        cells = {cell.column: _cell(cell.text, cell.columns, "restart" if cell.rows > 1 else "") for cell in row.cells}
        cells |= {column: _cell("", columns, "continue") for column, (columns, _) in going_on.items()}
        going_on = {column: (columns, left - 1) for column, (columns, left) in going_on.items() if left > 1}
        going_on |= {cell.column: (cell.columns, cell.rows - 1) for cell in row.cells if cell.rows > 1}
        rows.append(made("tr", *([cells[column] for column in sorted(cells)] or [_cell("", width, "")])))
    columns = made("tblGrid", *(made("gridCol") for _ in range(width)))
    return made("tbl", made("tblPr", made("tblW", w="0", type="auto"), borders), columns, *rows)


def _cell(words: str, columns: int, merged: str) -> etree._Element:
    inner = [made("gridSpan", val=str(columns))] if columns > 1 else []
    inner += [made("vMerge", val=merged)] if merged else []
    return made("tc", *held("tcPr", *inner), *(paragraph(line) for line in words.split("\n")))


def line_below(atoms: Iterable[Atom]) -> list[etree._Element]:
    """横线 — drawn across the page, as below the red head of a document: the border of its paragraph."""
    things = (atom.element for atom in atoms if local(atom.element) in ("drawing", "pict"))
    shapes = (shape for thing in things for shape in thing.iter("{*}wsp", "{*}line"))
    drawn = (line for shape in shapes if (line := _drawn_line(shape)) is not None)
    return list(islice(drawn, 1))


def _drawn_line(shape: etree._Element) -> etree._Element | None:
    if local(shape) == "line":
        weight = re.fullmatch(r"(\d{1,3}(?:\.\d{1,3})?)(?:pt)?", attribute(shape, "strokeweight") or "")
        return _border((attribute(shape, "strokecolor") or "").removeprefix("#"), float(weight[1]) if weight else 1)
    form, size = shape.find("{*}spPr/{*}prstGeom"), shape.find("{*}spPr/{*}xfrm/{*}ext")
    is_flat = (whole(size, "cx") or 0) >= 20 * (whole(size, "cy") or 0)
    if form is None or attribute(form, "prst") not in _LINES or not is_flat:
        return None
    drawn = shape.find("{*}spPr/{*}ln")
    solid = None if drawn is None else drawn.find("{*}solidFill/{*}srgbClr")
    colour = "" if solid is None else attribute(solid, "val") or ""
    return _border(colour, (whole(drawn, "w") or _EMU_A_POINT) / _EMU_A_POINT)


def _border(colour: str, points: float) -> etree._Element:
    named = {"red": "FF0000", "black": "000000"}.get(colour, colour)
    size = str(max(4, min(48, round(points * 8))))
    return made("bottom", val="single", sz=size, space="1", color=named if fits("colour", named) else "auto")


def with_line(properties: list[etree._Element], lines: list[etree._Element]) -> list[etree._Element]:
    """加上横线 — to the format of a paragraph that has no border of its own."""
    if not lines or any(local(one) == "pBdr" for one in properties):
        return properties
    at = sum(local(one) in _BEFORE_BORDERS for one in properties)
    return [*properties[:at], made("pBdr", *lines), *properties[at:]]


def framed(box: etree._Element, inner: list[etree._Element]) -> list[etree._Element]:
    """文本框里的段落 — on the colour of the box, if it has one; else no words stay white, for the page is."""
    ground = filled(box)
    if inner and ground is not None and ground != WHITE:
        shaded = made("tcPr", made("shd", val="clear", color="auto", fill=ground))
        last = [] if local(inner[-1]) == "p" else [made("p")]
        cell = made("tr", made("tc", shaded, *inner, *last))
        return [made("tbl", made("tblPr", made("tblW", w="0", type="auto")), made("tblGrid", made("gridCol")), cell)]
    for block in inner:
        for colour in block.iter("{*}color"):
            if is_same(attribute(colour, "val"), WHITE):
                colour.set(colour.keys()[0], "auto")
    return _aligned(box, inner)


def _aligned(box: etree._Element, inner: list[etree._Element]) -> list[etree._Element]:
    """A box in the middle or at the right of the page leaves its paragraphs there."""
    frame = next(box.iterancestors("{*}anchor"), None)
    position = None if frame is None else frame.find("{*}positionH/{*}align")
    side = None if position is None else _ALIGNED.get((position.text or "").strip())
    for block in inner if side else ():
        properties = child(block, "pPr")
        if local(block) == "p" and properties is None:
            block.insert(0, made("pPr", made("jc", val=side or "left")))
        elif local(block) == "p" and properties is not None and child(properties, "jc") is None:
            later = [
                one
                for one in properties
                if local(one) in ("textDirection", "textAlignment", "outlineLvl", "rPr", "sectPr")
            ]
            at = properties.index(later[0]) if later else len(properties)
            properties.insert(at, made("jc", val=side or "left"))
    return inner
