"""读文件的上限 — what one file may cost: bytes, pages, rows, columns, expansion, seconds; enforced before the harm.

The values are data (`data/limits.toml`). Every function that refuses raises `DocumentError` with one plain sentence.
"""

from __future__ import annotations

import tomllib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from importlib.resources import files
from time import monotonic

from gongkai.documents.document import DocumentError
from gongkai.documents.processor import Watch


@dataclass(frozen=True, slots=True)
class Limits:
    """上限 — the fields are the tables of `data/limits.toml`, in the units named there."""

    file_bytes: int
    pages: int
    rows: int
    columns: int
    expansion: int
    expansion_floor_bytes: int
    seconds: float
    members: int
    lines: int
    tags: int
    parts: int
    nesting: int
    pixels: int
    scan_pages: int
    scan_seconds: float
    scan_threads: int
    memory_bytes: int

    def unpacked_bytes(self, packed: int) -> int:
        """展开后的字节数上限 — how many bytes may come out of `packed` bytes."""
        return max(packed * self.expansion, self.expansion_floor_bytes)


TOO_MUCH = "{file}：内容太多，不像一份年报，没有读。请只留下年报的部分，另存为 docx 再试"
"""内容太多 — what is said of a file of more than an annual report holds."""
LIMITS = Limits(
    **{
        name: entry["value"]
        for name, entry in tomllib.loads(
            (files("gongkai.documents") / "data" / "limits.toml").read_text(encoding="utf-8")
        ).items()
    }
)


_TOO_LATE = "{file}：读了 {seconds} 秒还没读完，先停下了。请拆成几个小文件，或另存为 docx 再试"
_STARVED = "{file}：这台机器正忙，{waited} 秒里只轮到 {had} 秒来读，没有读完。多半不是文件的毛病，请过一会儿再试"
_waiting: list[Callable[[float], None]] = []


def listen(hear: Callable[[float], None]) -> None:
    """听预告 — `hear` is told whenever a piece of long work begins, and how many seconds it may take."""
    _waiting[:] = [hear]


def announce(seconds: float) -> None:
    """预告 — another piece of work begins that may take so many seconds."""
    for hear in _waiting:
        hear(seconds)


@contextmanager
def unannounced() -> Iterator[None]:
    """不预告 — all pieces of long work within are one, and have together the seconds that were given for it."""
    before, _waiting[:] = _waiting[:], []
    try:
        yield
    finally:
        _waiting[:] = before


class Deadline:
    """时限 — the seconds that the making of one view may take; asked between pages and blocks.

    What the machine was busy with meanwhile does not count.
    """

    def __init__(self, source: str, limits: Limits, seconds: float | None = None) -> None:
        self._source, self._seconds = source, limits.seconds if seconds is None else seconds
        self._watch, self._end = Watch(), monotonic() + self._seconds

    def check(self) -> None:
        """查时限 — DocumentError once the time is up."""
        if monotonic() <= self._end:
            return
        left = self._watch.left(self._seconds)
        if not left:
            raise self._late()
        self._end = monotonic() + left

    def _late(self) -> DocumentError:
        watch = self._watch
        if watch.is_starved(self._seconds):
            return starved(self._source, watch.passed(), watch.had())
        return too_late(self._source, self._seconds)


def too_late(source: str, seconds: float) -> DocumentError:
    """超过时限 — why a file that takes longer than `seconds` was left."""
    return DocumentError(
        source,
        _TOO_LATE,
        file=source,
        seconds=seconds,
    )


def is_late(error: DocumentError) -> bool:
    """是没有读完 — whether the time was up; another time it may be enough."""
    return error.template in (_TOO_LATE, _STARVED)


def starved(source: str, waited: float, had: float) -> DocumentError:
    """机器太忙 — why a file was left that had no more than `had` of the seconds that passed."""
    return DocumentError(
        source,
        _STARVED,
        file=source,
        waited=round(waited),
        had=round(had),
    )


def check_size(source: str, size: int, limits: Limits) -> None:
    """查大小 — DocumentError for a file of more than `file_bytes`."""
    if size > limits.file_bytes:
        raise DocumentError(
            source,
            "{file}：文件超过 {megabytes} MB，没有读。请去掉其中的大图片，或拆成几个文件",
            file=source,
            megabytes=limits.file_bytes // 1_048_576,
        )


def check_pages(source: str, pages: int, limits: Limits) -> None:
    """查页数 — DocumentError for a file of more than `pages` pages."""
    if pages > limits.pages:
        raise DocumentError(
            source,
            "{file}：有 {pages} 页，超过 {limit} 页，没有读。请只留下年报的部分再试",
            file=source,
            pages=pages,
            limit=limits.pages,
        )


def check_pixels(source: str, width: int, height: int, limits: Limits) -> None:
    """查像素 — DocumentError for a picture of more than `pixels` pixels, before it is unpacked."""
    if width * height > limits.pixels:
        raise too_many_pixels(source, limits)


def too_many_pixels(source: str, limits: Limits) -> DocumentError:
    """像素太多 — the sentence for such a picture."""
    return DocumentError(
        source,
        "{file}：图片超过 {limit} 万像素，太大，没有读。请缩小到 A4 纸 300 dpi 左右再试",
        file=source,
        limit=limits.pixels // 10_000,
    )


def check_scan_pages(source: str, pages: int, limits: Limits) -> None:
    """查扫描页数 — DocumentError for more than `scan_pages` pages that are pictures."""
    if pages > limits.scan_pages:
        raise DocumentError(
            source,
            "{file}：有 {pages} 页是图片，超过 {limit} 页，没有读。请只留下年报的部分再试",
            file=source,
            pages=pages,
            limit=limits.scan_pages,
        )


def check_lines(source: str, text: str, limits: Limits) -> None:
    """查行数 — DocumentError for a text of more than `lines` lines."""
    if text.count("\n") > limits.lines:
        raise _too_much(source)


def check_tags(source: str, markup: bytes, limits: Limits) -> None:
    """查标签数 — DocumentError for markup of more than `tags` tags, before it becomes a tree."""
    if len(markup) > limits.tags and markup.count(b"<") > limits.tags:
        raise _too_much(source)


def _too_much(source: str) -> DocumentError:
    return DocumentError(source, TOO_MUCH, file=source)


def check_rows(source: str, rows: int, limits: Limits) -> None:
    """查行数 — DocumentError for a grid of more than `rows` rows."""
    if rows > limits.rows:
        raise DocumentError(
            source,
            "{file}：有一个表格超过 {limit} 行，没有读。请看看是不是选错了文件；表真有这样长的，分成几个表再试",
            file=source,
            limit=limits.rows,
        )


def check_columns(source: str, columns: int, limits: Limits) -> None:
    """查列数 — DocumentError for a row of more than `columns` cells."""
    if columns > limits.columns:
        raise DocumentError(
            source,
            "{file}：有一个表格超过 {limit} 列，没有读。请看看是不是选错了文件；表真有这样宽的，分成几个表再试",
            file=source,
            limit=limits.columns,
        )
