"""附件一览 — the tables and words of an attachment on the review page, hits in their cells, hidden columns hatched.

Only so much as a reviewer reads on a page: the first rows, and those around what the guard found (条例 第十五条).
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from gongkai.documents.document import Document, Grid, Paragraph
from gongkai.documents.opening import open_documents
from gongkai.web.files.kinds import is_picture
from gongkai.web.files.models import CopyKind, File, PublicCopy
from gongkai.web.files.storing import opened
from gongkai.web.holdings.hits import Shown

FIRST_ROWS = 12
MOST_ROWS = 80
MOST_COLUMNS = 30
MOST_PARAGRAPHS = 200
MOST_BYTES = 8 * 1024**2
ALL_MASKED = "副本整幅遮住了，里面没有字可看。请打开副本，看看是不是都该遮。"


@dataclass(frozen=True, slots=True)
class Cell:
    """一格 — its words, what was found in it, and whether the sheet hides it (条例 第十五条)."""

    text: str
    hit: Shown | None
    is_hidden: bool


@dataclass(frozen=True, slots=True)
class Line:
    """一行 — its number in the sheet; `is_after_gap`: rows between this and the one before are left out."""

    number: int
    cells: tuple[Cell, ...]
    is_after_gap: bool


@dataclass(frozen=True, slots=True)
class Leaf:
    """一个附件 — its tables and paragraphs as far as they are shown; `reason` where nothing is."""

    tables: tuple[tuple[Line, ...], ...] = ()
    paragraphs: tuple[str, ...] = ()
    reason: tuple[str, dict[str, object]] | None = None


def leaf(file: File | PublicCopy, hits: Sequence[Shown] = ()) -> Leaf:
    """附件一览 — of an original or a copy, for a reviewer of its body; who looks is written down (条例 第十五条)."""
    if file.size > MOST_BYTES:
        return Leaf(reason=("这个附件太大，不在这里排出来。请打开看。", {}))
    try:
        with opened(file.storage_name) as stream:
            found = next(iter(open_documents(file.name, stream.read())))
    except FileNotFoundError:
        return Leaf(reason=("附件的内容找不到了，请系统管理员查看存储。", {}))
    if not isinstance(found, Document):
        if isinstance(file, PublicCopy) and file.kind is CopyKind.MASKED and is_picture(file.name):
            return Leaf(reason=(ALL_MASKED, {}))
        return Leaf(reason=(found.template, found.values))
    blocks = next(found.views()).blocks
    hidden = _hidden_columns(file)
    waiting: dict[tuple[object, object], list[Shown]] = defaultdict(list)
    for hit in hits:
        values = (hit.found.get("place") or {}).get("values", {})
        waiting[values.get("row"), values.get("column")].append(hit)
    tables = [_lines(block, waiting, hidden) for block in blocks if isinstance(block, Grid)]
    words = [block.text for block in blocks if isinstance(block, Paragraph) and block.text.strip()]
    return Leaf(tuple(filter(None, tables)), tuple(words[:MOST_PARAGRAPHS]))


def _lines(grid: Grid, waiting: Mapping[tuple[object, object], list[Shown]], hidden: set[int]) -> tuple[Line, ...]:
    rows = []
    for place, row in enumerate(grid.rows, start=1):
        number = row.line or place
        cells = []
        for cell in row.cells[:MOST_COLUMNS]:
            here = waiting.get((number, cell.column), [])
            hit = next((each for each in here if _is_seen(each, cell.text)), None)
            if hit is not None:
                here.remove(hit)
            cells.append(Cell(cell.text, hit, cell.column in hidden))
        rows.append((number, tuple(cells)))
    near = {place + near for place, (_, cells) in enumerate(rows) if _has_hit(cells) for near in (-1, 0, 1)}
    kept = [place for place in range(len(rows)) if place < FIRST_ROWS or place in near][:MOST_ROWS]
    return tuple(Line(*rows[place], is_after_gap=place > 0 and place - 1 not in kept) for place in kept)


def _has_hit(cells: Iterable[Cell]) -> bool:
    return any(cell.hit for cell in cells)


def _is_seen(hit: Shown, text: str) -> bool:
    """Whether a cell in the place of a hit holds what its mask leaves to be seen: sheets have places alike."""
    pattern = "".join("." if sign == "*" else re.escape(sign) for sign in hit.found["mask"] or "")
    return re.search(pattern, text, re.DOTALL) is not None


def _hidden_columns(file: File | PublicCopy) -> set[int]:
    """Columns that the inspection says a sheet hides, by their numbers."""
    places = (each.get("place", {}).get("values", {}) for each in (file.inspection or {}).get("hidden", ()))
    return {column for place in places if isinstance(column := place.get("column"), int) and column <= MOST_COLUMNS}
