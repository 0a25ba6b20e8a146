"""成文件 — a printed report as the bytes of a file, in every format that is read.

Formats that are text are written here, because torn tags, wrapped labels and the order of values are theirs; the others
are made by tests/documents/make.py.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from html import escape

from tests.documents import make
from tests.noise.printed import Cell, Line, Order, Part, Printed, Row, Table, starts

TAG = "\ue000"
"""标签断开处 — stands in a text where html closes one span and opens the next; nothing in other formats."""

UNSEEN, UNSEEN_END = "\ue001", "\ue002"
"""看不见的字 — begins with the number of its way, in html alone."""
UNSEEN_WAYS = (
    *("<del>{}</del>", "<s>{}</s>", "<sup>{}</sup>", "<span style='display:none'>{}</span>"),
    *("<span style='visibility:hidden'>{}</span>", "<span style='font-size:0'>{}</span>", "<span class='u'>{}</span>"),
    *("<span style='text-decoration:line-through'>{}</span>", "<font color='#ffffff'>{}</font>"),
)
_STYLE = "<style>.u{display:none}</style>"
_UNSEEN = re.compile(rf"{UNSEEN}(\d):(\d){UNSEEN_END}")

GRIDS = frozenset(("html", "mht", "docx", "xlsx", "csv"))
"""有格的格式 — formats that say themselves which column a cell is in."""
COUNTED = frozenset(("md", "txt-tabs", "txt-lines"))
"""数格的格式 — formats whose cells are separated, but not placed."""
LOOSE = frozenset(("plain", "pdf", "ofd"))
"""无格的格式 — lines of text; an empty cell leaves no trace."""
FORMATS = tuple(sorted(GRIDS | COUNTED | LOOSE))
MADE = frozenset(("mht", "docx", "xlsx", "csv", "pdf", "ofd"))
SUFFIXES = {"txt-tabs": "txt", "txt-lines": "txt", "plain": "txt"}

_RUN = re.compile(rf"[^<>]*{TAG}[^<>]*")


def render(report: Printed) -> bytes:
    """成文件 — the bytes of the report in its format."""
    if report.format in MADE:
        return _make(report)
    return _WRITERS[report.format](report).encode()


def source(report: Printed) -> str:
    """文件名 — the name under which the file is opened."""
    return f"{report.agency}{report.year}.{SUFFIXES.get(report.format, report.format)}"


def _make(report: Printed) -> bytes:
    blocks = [
        block.text.replace(TAG, "")
        if isinstance(block, Line)
        else [[(cell.text.replace(TAG, ""), cell.columns, cell.rows) for cell in row.cells] for row in block.rows]
        for block in report.blocks
    ]
    return make.render(blocks, report.format)


# --- html ---------------------------------------------------------------------------------------------------


def _html(report: Printed) -> str:
    body = "\n".join(_html_line(block) if isinstance(block, Line) else _html_table(block) for block in report.blocks)
    body = _RUN.sub(lambda run: "".join(f"<span>{part}</span>" for part in run[0].split(TAG)), body)
    head = f'<meta charset="utf-8"><title>年报</title>{_STYLE}'
    return f"<!doctype html>\n<html><head>{head}</head><body>\n{body}\n</body></html>\n"


def _html_line(line: Line) -> str:
    tag = "h1" if line.kind == "title" else "p"
    return f"<{tag}>{_html_text(line.text)}</{tag}>"


def _html_table(table: Table) -> str:
    rows = "\n".join(f"<tr>{''.join(map(_html_cell, row.cells))}</tr>" for row in table.rows)
    return f'<table border="1">\n{rows}\n</table>'


def _html_cell(cell: Cell) -> str:
    spans = f' colspan="{cell.columns}"' * (cell.columns > 1) + f' rowspan="{cell.rows}"' * (cell.rows > 1)
    return f"<td{spans}><p>{_html_text(cell.text)}</p></td>"


def _html_text(text: str) -> str:
    text = escape(text).replace("\xa0", "&nbsp;").replace("\n", "<br>")
    return _UNSEEN.sub(lambda found: UNSEEN_WAYS[int(found[1])].format(found[2]), text)


# --- separated cells ----------------------------------------------------------------------------------------


def expand(table: Table) -> list[list[str]]:
    """展平 — every grid cell of the table, spans filled with nothing; rows as long as what is printed in them."""
    columns = starts(table.rows)
    result = []
    for row, places in zip(table.rows, columns, strict=True):
        line: list[str] = []
        for cell, place in zip(row.cells, places, strict=True):
            line += [""] * (place - len(line))
            line += [cell.text.replace(TAG, ""), *[""] * (cell.columns - 1)]
        result.append(line)
    return result


def _markdown(report: Printed) -> str:
    return "\n\n".join(_markdown_line(b) if isinstance(b, Line) else _markdown_table(b) for b in report.blocks) + "\n"


def _markdown_line(line: Line) -> str:
    return {"title": "# ", "heading": "## ", "caption": "### "}.get(line.kind, "") + line.text.replace(TAG, "")


def _markdown_table(table: Table) -> str:
    rows = expand(table)
    width = max(map(len, rows), default=1)
    lines = ["| " + " | ".join(text.replace("\n", " ").replace("|", "\\|") for text in row) + " |" for row in rows]
    return "\n".join((lines[0], "|" + "---|" * width, *lines[1:]))


def _tabs(report: Printed) -> str:
    return "\n\n".join(_text(b) if isinstance(b, Line) else _tab_table(b) for b in report.blocks) + "\n"


def _tab_table(table: Table) -> str:
    return "\n".join("\t".join(text.replace("\n", " ") for text in row) for row in expand(table))


def _cell_lines(report: Printed) -> str:
    return "\n\n".join(_text(b) if isinstance(b, Line) else _cell_table(b) for b in report.blocks) + "\n"


def _cell_table(table: Table) -> str:
    columns = starts(table.rows)
    blocks = []
    for row, places in zip(table.rows, columns, strict=True):
        at, lines = 0, []
        for cell, place in zip(row.cells, places, strict=True):
            lines += ["\t"] * (place - at)
            lines.append(f"\t{cell.text.replace(TAG, '')}")
            at = place + cell.columns
        blocks.append("\n".join(lines))
    return "\n\n".join(blocks)


def _text(line: Line) -> str:
    return line.text.replace(TAG, "")


# --- lines of text ------------------------------------------------------------------------------------------


def _plain(report: Printed) -> str:
    lines: list[str] = []
    for block in report.blocks:
        if isinstance(block, Line):
            lines.append(_text(block))
        else:
            lines.extend(line for row in block.rows for line in _plain_row(row))
    return "\n".join(lines) + "\n"


def _plain_row(row: Row) -> Iterator[str]:
    texts = [(cell.part, cell.text.replace(TAG, "")) for cell in row.cells]
    if not row.line:
        yield " ".join(text.replace("\n", " ") for _, text in texts)
        return
    yield from (text for part, text in texts if part is Part.GROUP and text)
    label = " ".join(text for part, text in texts if part not in (Part.GROUP, Part.VALUE))
    values = " ".join(text.replace("\n", " ") for part, text in texts if part is Part.VALUE)
    middle = len(label) // 2
    match row.order if label else Order.BELOW:
        case Order.AFTER:
            yield from f"{label} {values}".split("\n")
        case Order.BELOW:
            yield from (*label.split("\n"), values) if label else (values,)
        case Order.BEFORE:
            yield from (values, *label.split("\n"))
        case Order.BETWEEN:
            yield from (label[:middle], values, label[middle:])


_WRITERS: dict[str, Callable[[Printed], str]] = {
    "html": _html,
    "md": _markdown,
    "txt-tabs": _tabs,
    "txt-lines": _cell_lines,
    "plain": _plain,
}
