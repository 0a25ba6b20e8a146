"""网页 — html to paragraphs and exact grids, in one pass over the tree (`web_page.xsl`) and one over its text.

A table that holds tables is layout: the inner ones become grids, what stands around them paragraphs. Hidden elements,
scripts and styles are dropped. No-break spaces are kept; blanks and line ends of the markup are folded as a browser does.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from functools import cache
from importlib.resources import files

from lxml import etree

from gongkai.documents.document import Block, DocumentError, Grid, Paragraph, View
from gongkai.documents.limits import Limits, place_cells

_TABLE, _ROW, _CELL, _END, _BREAK, _SPANS = "\ufdd0\ufdd1\ufdd2\ufdd3\ufdd4\ufdd5"
_OUR_MARKS = re.compile("[\ufdd0-\ufdd5]")
_TABLE_EDGE = re.compile(f"([{_TABLE}{_END}])")
_BLANKS = " \t\r\n\f"
_AROUND = _BLANKS + _BREAK
_MESSY = re.compile(f"[\t\r\n\f{_BREAK}]|  ")
_WRAPPED = re.compile("(?<=[\u2e80-\uffef])[ \t\f]*[\r\n][ \t\r\n\f]*(?=[\u2e80-\uffef])")
_RUN = re.compile("[ \t\r\n\f]+")
_BREAKS = re.compile(f" ?{_BREAK}[ {_BREAK}]*")
_BETWEEN = re.compile(f"[{_BREAK}{_CELL}{_ROW}]")
_NUMBER = re.compile(r"\s*\+?(\d{1,6})")
_PRE = re.compile(r"<pre\b.*?</pre\s*>", re.IGNORECASE | re.DOTALL)
_HIDES = re.compile(r"\shidden\b|display\s*:\s*none", re.IGNORECASE)
_HIDDEN_RULE = """<xsl:template priority="9" xmlns:xsl="http://www.w3.org/1999/XSL/Transform"
 match="*[@hidden or contains(translate(@style, ' DISPLAYNOE', 'displaynoe'), 'display:none')]"/>"""


def makers(source: str, text: str, limits: Limits) -> tuple[Callable[[], View], ...]:
    """网页的视图 — one view, `structure`."""
    return (lambda: View("structure", tuple(blocks(source, text, limits))),)


def blocks(source: str, text: str, limits: Limits, *, first_number: int = 1) -> Iterator[Block]:
    """网页的段落和表格 — in reading order. `first_number`: the number of the first grid."""
    marked, number = _marked(source, text), first_number
    segments = _TABLE_EDGE.split(marked)
    for at in range(0, len(segments), 2):
        before = segments[at - 1] if at else ""
        after = segments[at + 1] if at + 1 < len(segments) else ""
        head, *rows = segments[at].split(_ROW)
        if before == _TABLE and _CELL in head:
            rows.insert(0, head)
        else:
            yield from _paragraphs(head)
        tail = rows.pop() if rows and after == _TABLE else ""
        layout = after == _TABLE or (before == _END and rows)
        if rows:
            if layout and all(row.count(_CELL) < 2 for row in rows):
                for row in rows:
                    yield from _paragraphs(row)
            else:
                printed = [cells for row in rows if (cells := [_cell(cell) for cell in row.split(_CELL)[1:]]) or row]
                yield Grid(place_cells(source, printed, limits), number)
                number += 1
        yield from _paragraphs(tail)


def _marked(source: str, text: str) -> str:
    if _OUR_MARKS.search(text):
        text = _OUR_MARKS.sub("", text)
    if "<pre" in text or "<PRE" in text:
        text = _PRE.sub(lambda found: found[0].replace("\n", "<br>"), text)
    parser = etree.HTMLParser(encoding="utf-8", remove_comments=True, remove_pis=True)
    try:
        root = etree.fromstring(text.encode("utf-8", "replace"), parser)
        if parser.error_log.filter_types([etree.ErrorTypes.ERR_RESOURCE_LIMIT]):
            raise _too_deep(source)
        return "" if root is None else str(_stylesheet(bool(_HIDES.search(text)))(root))
    except etree.XSLTApplyError:
        raise _too_deep(source) from None
    except etree.LxmlError:
        return ""


@cache
def _stylesheet(hides: bool) -> etree.XSLT:
    """Looking for hidden elements costs a test an element, so only pages that hide something pay for it."""
    sheet = etree.fromstring((files(__package__) / "web_page.xsl").read_bytes())
    if hides:
        sheet.append(etree.fromstring(_HIDDEN_RULE))
    return etree.XSLT(sheet, access_control=etree.XSLTAccessControl.DENY_ALL)


def _too_deep(source: str) -> DocumentError:
    return DocumentError(
        source, "{file}：网页的标签套得太深或文字太长，没有读。请在浏览器里打开，另存为 docx 或文本再试", file=source
    )


def _paragraphs(marked: str) -> Iterator[Paragraph]:
    for part in _BETWEEN.split(marked):
        if text := _folded(part.rpartition(_SPANS)[2]):
            yield Paragraph(text)


def _cell(marked: str) -> tuple[str, int, int]:
    if _SPANS not in marked:
        return _folded(marked), 1, 1
    spans, _, text = marked.partition(_SPANS)
    columns, _, rows = spans.partition(",")
    return _folded(text), _span(columns), _span(rows)


def _span(printed: str) -> int:
    number = _NUMBER.match(printed)
    return int(number[1]) if number else 1


def _folded(text: str) -> str:
    text = text.strip(_AROUND)
    if _MESSY.search(text):
        text = _BREAKS.sub("\n", _RUN.sub(" ", _WRAPPED.sub("", text)))
    return text
