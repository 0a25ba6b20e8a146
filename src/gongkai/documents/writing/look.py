"""版式 — page, faces and sizes of official documents, one for Word, PDF and web pages (GB/T 9704—2012).

The faces that the standard names are proprietary: they are named first, and free ones of the same kind after them.
"""

from __future__ import annotations

from gongkai.documents.writing.manuscript import Placed, Role, Style, Table

PAGE = (210.0, 297.0)
"""A4 — GB/T 9704—2012 5.1, millimetres."""
MARGINS = {"top": 37.0, "right": 26.0, "bottom": 35.0, "left": 28.0}
"""版心 156 × 225 — GB/T 9704—2012 5.2.1, millimetres."""
TEXT_WIDTH = PAGE[0] - MARGINS["left"] - MARGINS["right"]

LATIN = "Times New Roman"
FANGSONG = (
    "仿宋_GB2312",
    "FangSong_GB2312",
    "仿宋",
    "FangSong",
    "STFangsong",
    "Noto Serif CJK SC",
    "Source Han Serif SC",
)
HEITI = ("黑体", "SimHei", "STHeiti", "Noto Sans CJK SC", "Source Han Sans SC")
KAITI = ("楷体_GB2312", "KaiTi_GB2312", "楷体", "KaiTi", "STKaiti", "Noto Serif CJK SC", "Source Han Serif SC")
XIAOBIAOSONG = ("方正小标宋简体", "FZXiaoBiaoSong-B05S", "Noto Serif CJK SC", "Source Han Serif SC")
SONGTI = ("宋体", "SimSun", "STSong", "Noto Serif CJK SC", "Source Han Serif SC")

FACES = {
    Style.TITLE: XIAOBIAOSONG,
    Style.HEADING: HEITI,
    Style.SUBHEADING: KAITI,
    Style.BODY: FANGSONG,
    Style.NOTE: FANGSONG,
    Style.SIGNATURE: FANGSONG,
}
SIZES = {
    Style.TITLE: 22.0,  # 二号
    Style.HEADING: 16.0,  # 三号
    Style.SUBHEADING: 16.0,
    Style.BODY: 16.0,
    Style.NOTE: 10.5,  # 五号
    Style.SIGNATURE: 16.0,
}
"""字号 — points."""
LEADING = 28.0
"""行距 — 22 lines a page, GB/T 9704—2012 5.2.3, points."""
PAGE_NUMBER_SIZE = 14.0  # 四号

_SMALL, _LARGE = 9.0, 12.0  # 小五, so that the ten columns of 表三 stand on one upright page; 小四 where there is room
_FEW_COLUMNS = 6
_ROWS_OF_A_PAGE = 30

_POINTS = 72 / 25.4
_DIGIT = 0.55  # of its size, in the widest face that may stand in; a Chinese character takes the whole
_PADDING = 1.4


def table_size(table: Table) -> float:
    """表中字号 — smaller where a table has many columns, points."""
    return _LARGE if len(table.widths) <= _FEW_COLUMNS else _SMALL


def cell_size(table: Table, place: Placed) -> float:
    """表中数字的字号 — so small that a figure of many digits stays on one line, points; other text may be broken."""
    size, text = table_size(table), place.cell.text
    if place.cell.role is not Role.DATA or not text:
        return size
    room = (table.width(place) * TEXT_WIDTH / sum(table.widths) - _PADDING) * _POINTS
    return min(size, room / (len(text) * _DIGIT))


def is_kept_together(table: Table) -> bool:
    """不跨页 — whether a table is short enough to stand on one page."""
    return len(table.rows) <= _ROWS_OF_A_PAGE
