"""全部底稿 — by format and by how they were made (条例 第十五条)."""

from __future__ import annotations

from collections.abc import Callable

from tests.plants import odd_files, paper, parcels, picture_ways, sheet, word, written
from tests.plants.planting import Base

BASES: dict[str, Callable[[], Base]] = {
    **word.BASES,
    **sheet.BASES,
    **paper.BASES,
    **written.BASES,
    **picture_ways.BASES,
    **parcels.BASES,
    **odd_files.BASES,
}
