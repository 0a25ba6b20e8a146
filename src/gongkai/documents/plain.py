"""纯文本 — txt and md to paragraphs (lines, with their numbers) and grids whose columns were counted from separators.

A grid in text is one of three: one cell a line, each begun by a tab, rows parted by blank lines (what a browser's
"save as text" leaves); cells parted by tabs; cells parted by upright strokes, as in Markdown.
"""

from __future__ import annotations

import html
import re
from collections.abc import Callable, Iterator, Sequence

from gongkai.documents import web_page
from gongkai.documents.document import Block, Cell, Grid, Paragraph, Row, View
from gongkai.documents.grids import numbered
from gongkai.documents.limits import Limits, check_columns, check_lines, check_rows

Line = tuple[int, str]
Cells = tuple[int, list[str]]

_LINE_END = re.compile("\r\n|[\n\r\f\v\x85\u2028\u2029]")
_STROKES = str.maketrans({"｜": "|", "│": "|", "┃": "|"})
_UNESCAPED_STROKE = re.compile(r"(?<!\\)\|")
_ESCAPED_STROKE = re.compile(r"\\([|｜│┃])")
_STROKE_ENTITY = re.compile(r"&#(124|65372|9474|9475);")
_FIGURE = re.compile(r"[\s\d.,，+/—-]+")
_SENTENCE_END = "。；：！？”）…;:!?)"
_LONG_LINE = 25
_MANY_FIGURES = 60
_FENCE = ("```", "~~~")
_LINK = re.compile(r"!?\[([^\[\]\n]{0,300})\]\([^()\n]{0,1000}\)")
_EMPHASIS_SIGN = re.compile("[*_`~]")
_STRUCK = re.compile(r"(?<![~\\])~~(?=[^~\s])[^~|\n]*~~(?!~)")
_CODE = re.compile(r"(?<![`\\])`([^`|\n]+)`(?!`)")
_EMPHASIS = re.compile(r"(?<![\w*\\])(\*{1,3}|_{1,3})(?=[^\s*_])([^*_|\n]*?)(?<=[^\s*_\\])\1(?![\w*])")
_ESCAPE = re.compile(r"\\([!-/:-@\[-`{-~])")
_BREAK_TAG = re.compile(r"<br ?/?>", re.IGNORECASE)


def makers(source: str, text: str, limits: Limits) -> tuple[Callable[[], View], ...]:
    """纯文本的视图 — one view, `lines`."""
    return (lambda: View("lines", tuple(numbered(_blocks(source, _lines(source, text, limits), limits)))),)


def markdown_makers(source: str, text: str, limits: Limits) -> tuple[Callable[[], View], ...]:
    """Markdown 的视图 — one view, `structure`, without its marks and struck words; tables in html are read."""
    return (lambda: View("structure", tuple(numbered(_markdown(source, _lines(source, text, limits), limits)))),)


def _lines(source: str, text: str, limits: Limits) -> list[Line]:
    check_lines(source, text, limits)
    lines = list(enumerate(_LINE_END.split(text), 1))
    shown = [line for line in lines if line[1].strip()]
    return _joined_by_blanks(*shown[0]) or lines if len(shown) == 1 else lines


def _joined_by_blanks(number: int, text: str) -> list[Line]:
    """A whole page on one line, as programs take text out of it: its cells and paragraphs are joined by blanks. They
    are known by the many figures that stand between blanks; tabs part the cells of a row."""
    parts = text.split()
    figures = sum(part.isdecimal() for part in parts)
    is_page = figures >= _MANY_FIGURES and "\t" not in text
    return [(number, part) for part in parts] if is_page else []


def _blocks(source: str, lines: Sequence[Line], limits: Limits) -> Iterator[Block]:
    """Rows of one cell a line go on over blank lines; every other grid ends with its last line."""
    loose = _hard_wrapped(lines)
    rows: list[Cells] = []
    for chunk in _chunks(lines):
        if row := _cell_a_line(chunk):
            cells, rest = row
            rows.append(cells)
            if not rest:
                continue
            chunk = rest
        yield from _rows_of_cells(source, rows, limits, loose)
        rows = []
        yield from _separated(source, chunk, limits, loose)
    yield from _rows_of_cells(source, rows, limits, loose)


def _chunks(lines: Sequence[Line]) -> Iterator[list[Line]]:
    chunk: list[Line] = []
    for line in lines:
        if line[1].strip() or "\t" in line[1]:
            chunk.append(line)
        elif chunk:
            yield chunk
            chunk = []
    if chunk:
        yield chunk


def _hard_wrapped(lines: Sequence[Line]) -> bool:
    """Whether long lines mostly end in mid-sentence: then the page, not the author, ended them."""
    long = [text for _, text in lines if len(text) >= _LONG_LINE and "\t" not in text and "|" not in text]
    torn = sum(text.rstrip()[-1:] not in _SENTENCE_END for text in long)
    return torn > 3 and torn * 2 > len(long)


def _cell_a_line(chunk: list[Line]) -> tuple[Cells, list[Line]] | None:
    """One row, and the lines after it that belong to no cell; None if the lines are something else.

    A line without a tab goes on with the cell above, unless that is a bare figure.
    """
    if not chunk[0][1].startswith("\t") or any("\t" in text[1:] for _, text in chunk):
        return None
    cells: list[str] = []
    rest: list[Line] = []
    for at, (_, text) in enumerate(chunk):
        if text.startswith("\t"):
            cells.append(text.strip(" \t"))
        elif cells[-1] and not _FIGURE.fullmatch(cells[-1]):
            cells[-1] += "\n" + text.strip(" \t")
        else:
            rest = chunk[at:]
            break
    if any("\t" in text for _, text in rest) or _is_prose(cells):
        return None
    return (chunk[0][0], cells), rest


def _is_prose(cells: list[str]) -> bool:
    return any(cell.endswith("。") for cell in cells) and not any(_FIGURE.fullmatch(cell) for cell in cells)


def _rows_of_cells(source: str, rows: list[Cells], limits: Limits, loose: bool) -> Iterator[Block]:
    if all(len(cells) == 1 for _, cells in rows):
        yield from (Paragraph(cells[0], number, loose=loose) for number, cells in rows if cells[0])
    else:
        yield _grid(source, rows, limits)


def _grid(source: str, rows: Sequence[Cells], limits: Limits) -> Grid:
    check_rows(source, len(rows), limits)
    printed = []
    for number, cells in rows:
        while len(cells) > limits.columns and not cells[-1]:
            cells.pop()
        check_columns(source, len(cells), limits)
        printed.append(Row.of([Cell(text, column) for column, text in enumerate(cells, 1)], number))
    return Grid(tuple(printed), 0, exact=False)


def _separated(source: str, chunk: Sequence[Line], limits: Limits, loose: bool) -> Iterator[Block]:
    """Lines with tabs, lines with strokes, other lines: each run of a kind on its own."""
    rows: list[Cells] = []
    kind = ""
    for number, text in [*chunk, (0, "")]:
        here = _separator(text)
        if here != kind or not here:
            yield from _run(source, rows, kind, limits, loose)
            rows, kind = [], here
        if here:
            rows.append((number, _split(text, here)))
        elif text.strip():
            yield Paragraph(_ESCAPED_STROKE.sub(r"\1", text.strip()), number, loose=loose)


def _separator(text: str) -> str:
    if "\t" in text and text.strip():
        return "\t"
    return "|" if _UNESCAPED_STROKE.search(text.translate(_STROKES)) else ""


def _split(text: str, separator: str) -> list[str]:
    if separator == "\t":
        return [cell.strip(" ") for cell in text.split("\t")]
    text = text.translate(_STROKES).strip()
    cells = _UNESCAPED_STROKE.split(text)
    if text.startswith("|"):
        cells.pop(0)
    if cells and not cells[-1] and text.endswith("|"):
        cells.pop()
    return [cell.strip(" \t\n").replace("\\|", "|") for cell in cells] or [""]


def _run(source: str, rows: list[Cells], kind: str, limits: Limits, loose: bool) -> Iterator[Block]:
    """A lone line with one separator, or one whose cells are all in one column, is no grid."""
    if kind == "|":
        yield from _ruled_grids(source, rows, limits)
    elif all(sum(map(bool, cells)) <= 1 for _, cells in rows):
        yield from (Paragraph("".join(cells).strip(), number, loose=loose) for number, cells in rows)
    else:
        yield _grid(source, rows, limits)


def _ruled_grids(source: str, rows: list[Cells], limits: Limits) -> Iterator[Block]:
    """A row of dashes is dropped; the row before it is the first row of a grid."""
    if len(rows) == 1 and len(rows[0][1]) == 2 and not any(_FIGURE.fullmatch(cell) for cell in rows[0][1]):
        yield Paragraph(" | ".join(rows[0][1]), rows[0][0])
        return
    grid: list[Cells] = []
    ruled = False
    for number, cells in rows:
        if _is_rule(cells, 3) or (len(grid) == 1 and not ruled and _is_rule(cells, 1)):
            if len(grid) > 1:
                yield _grid(source, grid[:-1], limits)
            grid, ruled = grid[-1:], True
        else:
            grid.append((number, cells))
    if grid:
        yield _grid(source, grid, limits)


def _is_rule(cells: list[str], shortest: int) -> bool:
    return all(len(cell) >= shortest and "-" in cell and not cell.strip(":-") for cell in cells)


def _markdown(source: str, lines: Sequence[Line], limits: Limits) -> Iterator[Block]:
    """Tables written as html are handed to `web_page`; the lines between them lose their marks."""
    pending: list[Line] = []
    page: list[str] = []
    for number, text in lines:
        if page or "<table" in text.lower():
            page.append(text)
            if "</table" in text.lower():
                yield from _blocks(source, pending, limits)
                yield from web_page.blocks(source, "\n".join(page), limits)
                pending, page = [], []
        elif not text.startswith(_FENCE):
            pending.append((number, _plain(text)))
    yield from _blocks(source, pending, limits)
    if page:
        yield from web_page.blocks(source, "\n".join(page), limits)


def _plain(text: str) -> str:
    if text.startswith("#"):
        text = text.strip("#").strip(" \t")
    text = text.removeprefix("> ")
    if _EMPHASIS_SIGN.search(text):
        text = _EMPHASIS.sub(r"\2", _CODE.sub(r"\1", _STRUCK.sub("", text))).replace("**", "")
    if "<br" in text:
        text = _BREAK_TAG.sub("\n" if "|" in text else " ", text)
    if "](" in text:
        text = _LINK.sub(r"\1", text)
    if "\\" in text:
        text = _ESCAPE.sub(lambda found: found[0] if found[1] == "|" else found[1], text)
    if "&" in text:
        text = html.unescape(_STROKE_ENTITY.sub(lambda found: "\\" + chr(int(found[1])), text))
    return text


def whole_makers(_source: str, text: str, _limits: Limits) -> tuple[Callable[[], View], ...]:
    """交换文件的视图 — one view with one paragraph, the whole text; whoever knows the format parses it."""
    return (lambda: View("structure", (Paragraph(text),)),)
