"""版面 — tables that rich draws: rules above, between and below, columns aligned for wide characters."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from rich import box
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

_RULE, _FREE = " ── ", "    "
_RULES = box.Box("\n".join((_RULE, _FREE, _RULE, _FREE, _RULE, _RULE, _FREE, _RULE, "")))


def ruled(*, show_header: bool = True) -> Table:
    """有线的表 — an empty table with rules above, under the head and below, and two free columns between cells."""
    return Table(box=_RULES, show_header=show_header, pad_edge=False, padding=(0, 1, 0, 0), border_style="dim")


def plain(
    headers: Sequence[str], rows: Iterable[Sequence[str]], *, right: Sequence[int] = (), indent: int = 0
) -> Padding:
    """对齐的表 — text in aligned columns, ruled where it has a head; `right`: columns of numbers."""
    cells = [list(row) for row in rows]
    table = ruled() if headers else Table.grid(padding=(0, 2, 0, 0))
    for index in range(max((len(row) for row in [list(headers), *cells]), default=0)):
        header = headers[index] if index < len(headers) else ""
        table.add_column(Text(header), justify="right" if index in right else "left", overflow="fold")
    for row in cells:
        table.add_row(*(Text(cell) for cell in row))
    return Padding(table, (0, 0, 0, indent))
