"""画面 — what rich draws: tables ruled above, between and below, prose that breaks where Chinese may break."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from rich import box
from rich.console import Console, ConsoleOptions, JustifyMethod, OverflowMethod, RenderableType, RenderResult
from rich.containers import Lines
from rich.padding import Padding
from rich.segment import Segment
from rich.table import Table
from rich.text import Text

from gongkai.cli.layout import line_ends
from gongkai.cli.streams import harmless

_RULE, _FREE = " ── ", "    "
_RULES = box.Box("\n".join((_RULE, _FREE, _RULE, _FREE, _RULE, _RULE, _FREE, _RULE, "")))


class Prose(Text):
    """文句 — text that breaks between any two Chinese characters, never before a closing mark."""

    def wrap(
        self,
        console: Console,
        width: int,
        *,
        justify: JustifyMethod | None = None,
        overflow: OverflowMethod | None = None,
        tab_size: int = 8,
        no_wrap: bool | None = None,
    ) -> Lines:
        """折行 — the lines of the text, none wider than `width`."""
        if no_wrap:
            return super().wrap(console, width, justify=justify, overflow=overflow, tab_size=tab_size, no_wrap=True)
        lines = Lines()
        for line in self.split(allow_blank=True):
            for part in line.divide(line_ends(line.plain, width)):
                part.rstrip()
                lines.append(part)
        if chosen := justify or self.justify:
            lines.justify(console, width, justify=chosen, overflow="fold")
        return lines


class Harmless:
    """不听指挥的画面 — what is drawn, with control signs of its words seen instead of obeyed; its colours stay."""

    def __init__(self, drawn: RenderableType) -> None:
        self._drawn = drawn

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> RenderResult:
        for text, style, control in console.render(self._drawn, options):
            yield Segment(harmless(text), style, control)


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
        table.add_column(Text(header), justify="right" if index in right else "left")
    for row in cells:
        table.add_row(*(Prose(cell) for cell in row))
    return Padding(table, (0, 0, 0, indent))
