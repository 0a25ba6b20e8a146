"""一格一行 — rows whose cells stand one a line, put into the order of the form by the words over them (年报表三、表四).

Some copies of a page write each cell on a line of its own: the name of the row, then one number a line. Such a run is
put in order where it is as long as the heading; where it is shorter, a blank cell left no line, and nobody knows which.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby
from typing import NamedTuple

from gongkai.report.reading.labels import application_rows
from gongkai.report.reading.strips import Strip


class Runs(NamedTuple):
    """一格一行的行数 — how many runs of lines of one cell were as long as a row, and how many were not."""

    whole: int = 0
    torn: int = 0


def in_runs(body: Sequence[Strip], order: Sequence[int]) -> tuple[list[Strip], Runs]:
    """一格一行的行按栏名排好 — the strips with each run of lines of one cell in the form's order, and how many runs
    there are. `order`: for every column of the paper that of the form."""
    placed: list[Strip] = []
    whole = torn = 0
    for is_alone, held in groupby(body, key=_is_one_cell):
        run = list(held)
        if is_alone and len(run) == len(order):
            run = [run[order.index(name)] for name in range(len(order))]
            whole += 1
        elif is_alone and (len(run) > 1 or (placed and application_rows(placed[-1].label))):
            torn += 1  # A number alone that follows no name of a row is that of a page.
        placed += run
    return placed, Runs(whole, torn)


def _is_one_cell(strip: Strip) -> bool:
    return strip.table is None and not strip.label and len(strip.tokens) == 1
