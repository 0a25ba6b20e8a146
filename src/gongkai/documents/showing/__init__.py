"""文档给人看什么 — which of a document's words a reader sees, and why not the others (条例 第十七条).

One question for two askers: the reading of reports takes what is seen, the guard takes everything. Each format has its
module here that yields runs of text in reading order.
"""

from __future__ import annotations

from enum import StrEnum
from typing import NamedTuple


class How(StrEnum):
    """怎样显示 — seen 看得见, struck 划掉的, raised 上标下标, hidden 看不见 (条例 第十七条)."""

    SEEN = "seen"
    STRUCK = "struck"
    RAISED = "raised"
    HIDDEN = "hidden"


class Why(StrEnum):
    """为什么看不见 — what switches a run off (条例 第十七条).

    run 文字格式, style 样式, row 隐藏的行, column 隐藏的列, sheet 隐藏的表, size 字号或高宽为零, colour 与底色相同,
    covered 被盖住, off_page 在页面以外, format 数字格式不显示, deleted 修订里删去, unused 没有用到的部分.
    """

    RUN = "run"
    STYLE = "style"
    ROW = "row"
    COLUMN = "column"
    SHEET = "sheet"
    SIZE = "size"
    COLOUR = "colour"
    COVERED = "covered"
    OFF_PAGE = "off_page"
    FORMAT = "format"
    DELETED = "deleted"
    UNUSED = "unused"


class Run(NamedTuple):
    """一段文字 — its words, how a reader sees them, and why not where they are hidden (条例 第十七条)."""

    text: str
    how: How = How.SEEN
    why: Why | None = None
