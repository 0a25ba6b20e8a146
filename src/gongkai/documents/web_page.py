"""网页 — html to paragraphs and exact grids, in one pass over the tree (`web_page.xsl`) and one over its text.

A table that holds tables is layout: the inner ones become grids, what stands around them paragraphs. What no reader
sees is dropped (`web_page_seen`), scripts and styles too. No-break spaces are kept; blanks and line ends of the markup
are folded, as browsers do.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from functools import lru_cache
from importlib.resources import files

from lxml import etree

from gongkai.documents.document import Block, DocumentError, Grid, Paragraph, View
from gongkai.documents.grids import PrintedRow, numbered, place_cells
from gongkai.documents.limits import Limits, check_tags
from gongkai.documents.web_page_seen import as_seen

_TABLE, _ROW, _CELL, _END, _BREAK, _SPANS = "\U0001fffe\U0001ffff\U0002fffe\U0002ffff\U0003fffe\U0003ffff"
_OUR_MARKS = re.compile(f"[{_TABLE}{_ROW}{_CELL}{_END}{_BREAK}{_SPANS}]")
_FIRST_BYTE = b"\xf0"
"""What the UTF-8 of each mark begins with. One byte is looked for at once, and Chinese text seldom holds it."""
_TABLE_EDGE = re.compile(f"([{_TABLE}{_END}])")
_BLANKS = " \t\r\n\f"
_AROUND = _BLANKS + _BREAK
_MESSY = re.compile(f"[\t\r\n\f{_BREAK}]|  ")
_WRAPPED = re.compile("(?<=[\u2e80-\uffef])[ \t\f]*[\r\n][ \t\r\n\f]*(?=[\u2e80-\uffef])")
_RUN = re.compile("[ \t\r\n\f]+")
_BREAKS = re.compile(f" ?{_BREAK}[ {_BREAK}]*")
_BETWEEN = re.compile(f"[{_BREAK}{_CELL}{_ROW}]")
_NUMBER = re.compile(r"\s*\+?([0-9]{1,6})")
_TO_THE_END = 65_534
"""The rows of a cell with rowspan=0, as browsers set it."""
_SHORT_ROW = 1_000
_STYLESHEET = etree.XSLT(etree.fromstring((files(__package__) / "web_page.xsl").read_bytes()))


def makers(source: str, text: str, limits: Limits) -> tuple[Callable[[], View], ...]:
    """网页的视图 — one view, `structure`."""
    return (lambda: View("structure", tuple(numbered(blocks(source, text, limits)))),)


def blocks(source: str, text: str, limits: Limits) -> Iterator[Block]:
    """网页的段落和表格 — in reading order; the grids are not numbered yet."""
    segments = _TABLE_EDGE.split(_marked(source, text, limits))
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
                yield Grid(place_cells(source, [_row(row) for row in rows], limits), 0)
        yield from _paragraphs(tail)


def _marked(source: str, text: str, limits: Limits) -> str:
    data = text.encode("utf-8", "replace")
    if _FIRST_BYTE in data:
        data = _OUR_MARKS.sub("", text).encode("utf-8", "replace")
    check_tags(source, data, limits)
    parser = etree.HTMLParser(encoding="utf-8", remove_comments=True, remove_pis=True)
    try:
        root = etree.fromstring(data, parser)
        if parser.error_log.filter_types([etree.ErrorTypes.ERR_RESOURCE_LIMIT]):
            raise _too_deep(source)
        if root is None:
            return ""
        for element in root.iter("pre"):
            _keep_lines(element)
        as_seen(root, data.lower())
        return str(_STYLESHEET(root))
    except etree.XSLTApplyError:
        raise _too_deep(source) from None
    except etree.LxmlError:
        return ""


def _keep_lines(preformatted: etree._Element) -> None:
    for element in preformatted.iter("*"):
        if element.text:
            element.text = element.text.replace("\n", _BREAK)
        if element.tail and element is not preformatted:
            element.tail = element.tail.replace("\n", _BREAK)


def _too_deep(source: str) -> DocumentError:
    return DocumentError(
        source, "{file}：网页的标签套得太深或文字太长，没有读。请在浏览器里打开，另存为 docx 或文本再试", file=source
    )


def _paragraphs(marked: str) -> Iterator[Paragraph]:
    for part in _BETWEEN.split(marked):
        if text := _folded(part.rpartition(_SPANS)[2]):
            yield Paragraph(text)


def _row(marked: str) -> PrintedRow:
    cells = marked.split(_CELL)[1:]
    read = _remembered_cell if len(marked) <= _SHORT_ROW else _cell
    texts, sizes = zip(*map(read, cells), strict=True) if cells else ((), ())
    return texts, sizes if _SPANS in marked else ()


def _cell(marked: str) -> tuple[str, tuple[int, int]]:
    spans, _, text = marked.rpartition(_SPANS)
    columns, _, rows = spans.partition(",")
    return _folded(text), (_span(columns), _span(rows) or _TO_THE_END)


_remembered_cell = lru_cache(maxsize=4096)(_cell)
"""For short rows, whose cells say the same in every report: most are 0 or the words of the form."""


def _span(printed: str) -> int:
    number = _NUMBER.match(printed)
    return int(number[1]) if number else 1


def _folded(text: str) -> str:
    text = text.strip(_AROUND)
    if _MESSY.search(text):
        text = _BREAKS.sub("\n", _RUN.sub(" ", _WRAPPED.sub("", text)))
    return text
