"""改动 — a file as a reviewer's pencil needs it: text that can be masked, things that can be removed.

Every format is an `Editor`. The text of a paragraph is often torn over many elements; a mask has as many signs as what
it covers, so it is put back piece by piece and the form of the document stays.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from lxml import etree

from gongkai.documents.document import DocumentError
from gongkai.documents.limits import Limits
from gongkai.documents.redaction.places import Place, Sentence
from gongkai.documents.redaction.values import Found, Hidden
from gongkai.text.hit import STAR, Hit


@dataclass(slots=True)
class Slot:
    """一段文字 — `text` at `place`; `mask` masks hits in it. `markup`: tags are to be seen through;
    `sure`: only what is certain is looked for, because ids and coordinates stand here too. `only`: of a text whose
    parts are read elsewhere too, which of its hits count; `again`: those alone whose number was not found there."""

    place: Place
    text: str
    mask: Callable[[Sequence[Hit]], None]
    markup: bool = False
    sure: bool = False
    only: Callable[[Hit], bool] | None = None
    again: bool = False


class Table(NamedTuple):
    """一个表 — rows of slots, every place filled; a merged cell is the same slot in each place, None is no cell.

    `spoken`: only what a header says counts, because the text of the cells is read elsewhere too; `torn`: only what
    goes over several cells; of both, either.
    """

    rows: list[list[Slot | None]]
    spoken: bool = False
    torn: bool = False


class Picture(NamedTuple):
    """一幅图 — its bytes and how to put others in their place. `is_page`: drawn for looking at, it carries nothing;
    `row`: so is one that was put together from others, in which at least `signs` letters are to be read; `is_ruled`:
    it shows nothing but lines."""

    place: Place
    data: bytes
    replace: Callable[[bytes], None]
    is_page: bool = False
    row: bool = False
    signs: int = 0
    is_ruled: bool = False

    @property
    def is_whole(self) -> bool:
        """一幅图 — one that people see as a picture: no row of others, no lines of a table."""
        return not self.row and not self.is_ruled

    @property
    def is_drawn(self) -> bool:
        """画出来看的 — no file holds it as it is."""
        return self.is_page or self.row


class Piece(NamedTuple):
    """一小段 — text of an element: its `text`, its `tail`, or an attribute; one without an element stays."""

    element: etree._Element | None
    where: str
    text: str

    @property
    def standing(self) -> str:
        """现在的文字 — what stands in this place now."""
        if self.element is None:
            return self.text
        if self.where in ("text", "tail"):
            return str(getattr(self.element, self.where) or "")
        return self.element.get(self.where) or ""

    def write(self, text: str) -> None:
        """写回 — new text in the same place; masks of several texts over one element add up."""
        if self.element is None or text == self.text:
            return
        standing = self.standing
        if len(standing) == len(self.text) == len(text):
            signs = zip(self.text, text, standing, strict=True)
            text = "".join(now if was == sign else sign for was, sign, now in signs)
        if self.where in ("text", "tail"):
            setattr(self.element, self.where, text)
        else:
            self.element.set(self.where, text)


def slot_of(place: Place, pieces: Sequence[Piece], *, sure: bool = False) -> Slot:
    """一段文字 — the pieces read as one text."""
    text = "".join(piece.text for piece in pieces)

    def mask(hits: Sequence[Hit]) -> None:
        masked, at = overlaid(text, hits), 0
        for piece in pieces:
            piece.write(masked[at : at + len(piece.text)])
            at += len(piece.text)

    return Slot(place, text, mask, sure=sure)


def written(place: Place, text: str, write: Callable[[str], None]) -> Slot:
    """一段文字 — one that is put back whole."""
    return Slot(place, text, _Writing(text, write))


class _Writing:
    """Writes a text masked, once more where it is a part of several numbers. A class, because lists have millions."""

    __slots__ = ("_hits", "_text", "_write")

    def __init__(self, text: str, write: Callable[[str], None]) -> None:
        self._text, self._write, self._hits = text, write, tuple[Hit, ...]()

    def __call__(self, hits: Sequence[Hit]) -> None:
        self._hits = (*self._hits, *hits)
        self._write(overlaid(self._text, self._hits))


def overlaid(text: str, hits: Iterable[Hit]) -> str:
    """一层层遮住 — the text with the masks of hits that may lie over each other: what one of them covers is covered."""
    signs = list(text)
    for hit in hits:
        mask = "" if hit.mask is None else hit.mask.ljust(hit.end - hit.start, STAR)
        for at, sign in zip(range(hit.start, hit.end), mask, strict=False):
            if sign != text[at]:
                signs[at] = sign
    return "".join(signs)


def shown(place: Place, text: str, *, sure: bool = False) -> Slot:
    """一段只看的文字 — one that no copy holds, so that it needs no mask."""
    return Slot(place, text, _nothing, sure=sure)


def _nothing(_: Sequence[Hit]) -> None: ...


class Editor(ABC):
    """一个打开的文件 — read it (`parts`, `pictures`, `hidden`), change it, `save` it. One use each."""

    format = ""
    depth = 0
    """套了几层 — in how many files this one stands."""
    looks = True
    """看图 — whether what is drawn is looked at too, or the text alone."""

    def __init__(self, source: str, data: bytes, limits: Limits) -> None:
        self.source, self.limits = source, limits
        self.unread: list[DocumentError] = []
        self.remarks: list[Found] = []
        self._load(data)

    @abstractmethod
    def _load(self, data: bytes) -> None: ...

    @abstractmethod
    def parts(self) -> Iterator[Slot | Table]:
        """文字 — everything that is text, seen or not."""

    @abstractmethod
    def strip(self) -> None:
        """去除看不见的 — comments, tracked changes, hidden parts, properties."""

    @abstractmethod
    def save(self) -> bytes:
        """写出 — a new file, built from what a reader sees; the same changes give the same bytes (条例 第十五条)."""

    def pictures(self) -> Iterator[Picture]:
        """图片 — none, unless the format can hold them."""
        return iter(())

    def attached(self) -> Iterator[tuple[str, bytes]]:
        """夹带的文件 — files in the file, that no copy carries over, by name: they are read all the same."""
        return iter(())

    def hidden(self) -> Iterator[Hidden]:
        """看不见的东西 — what `strip` would remove."""
        return iter(())

    def lost(self) -> Iterator[Sentence]:
        """副本里不保留的 — what a reader sees and `save` does not carry over, a sentence for each kind (a chart)."""
        return iter(())

    def whole(self) -> Iterator[Slot]:
        """整个文件 — what the file holds beyond `parts`: a number that was found there already is not told again."""
        return iter(())

    def drop(self, columns: Iterable[tuple[str, int]]) -> None:
        """删列 — columns of grids, as places name them. DocumentError where the format has none."""
        if list(columns):
            raise DocumentError(
                self.source, "{file}：这种格式里不能按列删除。请在原文件里删去这些列再试", file=self.source
            )
