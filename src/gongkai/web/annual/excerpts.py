"""原件摘录 — what the source prints where a finding stands: a piece of the page, a row, a line (条例 第五十条)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from gongkai.documents.document import PageLayout, Word
from gongkai.report.figures import Place
from gongkai.text.folding import squeeze
from gongkai.web.annual.marks import Mark
from gongkai.web.annual.outcomes import line_key
from gongkai.web.annual.pages import page_layout
from gongkai.web.annual.queries import Sheet

_MOST_CELLS = 10
_LONGEST_LINE = 200
# Points of a page: how wide a piece is cut out, and how much is left around the line.
_CUT_WIDTH = 300.0
_MARGIN = 10.0


@dataclass(frozen=True, slots=True)
class Box:
    """方框 — on a page, in points from its upper left corner."""

    x: float
    y: float
    width: float
    height: float

    @classmethod
    def around(cls, words: Sequence[Word], margin: float = 2.0) -> Box:
        """围住 — the box around words."""
        left, top = min(word.left for word in words) - margin, min(word.top for word in words) - margin
        right, bottom = max(word.right for word in words) + margin, max(word.bottom for word in words) + margin
        return cls(round(left, 1), round(top, 1), round(right - left, 1), round(bottom - top, 1))


@dataclass(frozen=True, slots=True)
class Picture:
    """页面图像 — which page, how large, the line that is meant, the figure in it if it is known for sure."""

    page: int
    width: float
    height: float
    line: Box
    figure: Box | None

    @property
    def cut(self) -> Box:
        """剪裁 — the piece of the page to show beside a finding."""
        meant = self.figure or self.line
        middle = meant.x + min(meant.width, _CUT_WIDTH) / 2
        left = max(0.0, min(middle - _CUT_WIDTH / 2, self.width - _CUT_WIDTH))
        top = max(0.0, self.line.y - _MARGIN)
        return Box(round(left, 1), round(top, 1), _CUT_WIDTH, round(self.line.height + 2 * _MARGIN, 1))


@dataclass(frozen=True, slots=True)
class Excerpt:
    """原件摘录 — the place; the picture of it, or the cells of the row (`here`: the one meant), or the line of text."""

    place: Place
    cells: tuple[tuple[str, bool], ...] = ()
    line: str = ""
    picture: Picture | None = None


def excerpt(sheet: Sheet, mark: Mark) -> Excerpt | None:
    """原件摘录 — of the place where a finding stands; None where the source does not say."""
    place = mark.place
    if place is None or (place.row is None and place.line is None and place.page is None):
        return None
    cells = sheet.outcome.rows.get(f"{place.table}.{place.row}", [])
    line = sheet.outcome.lines.get(line_key(place.page, place.line), "")
    return Excerpt(place, _around(cells, place.column), line[:_LONGEST_LINE], _picture(sheet, mark, place, cells))


def _around(cells: Sequence[tuple[int, str]], column: int | None) -> tuple[tuple[str, bool], ...]:
    """The label of a row and the cells around the one that is meant; the last ones where none is."""
    at = next((index for index, cell in enumerate(cells) if cell[0] == column), len(cells) - 1)
    first = max(1, min(at - _MOST_CELLS + 2, len(cells) - _MOST_CELLS))
    shown = [*cells[:1], *cells[first : first + _MOST_CELLS]]
    return tuple((" ".join(text.split()), place == column) for place, text in shown)


def _picture(sheet: Sheet, mark: Mark, place: Place, cells: Sequence[tuple[int, str]]) -> Picture | None:
    if place.page is None:
        return None
    page = page_layout(sheet.folder, sheet.id, place.page)
    words = _line(page, place, cells) if page else ()
    if page is None or not words:
        return None
    figure = _cell(words, place, cells) if page.straightening else _word(sheet, mark, words, place.printed)
    return Picture(place.page, page.width, page.height, Box.around(words), figure and Box.around([figure], 3.0))


def _line(page: PageLayout, place: Place, cells: Sequence[tuple[int, str]]) -> tuple[Word, ...]:
    """The words of the line: by its number, or else the longest line that is part of the row."""
    if place.line is not None and place.line <= len(page.lines):
        return page.lines[place.line - 1]
    row = squeeze("".join(text for _, text in cells))
    texts = [(squeeze("".join(word.text for word in words)), words) for words in page.lines]
    part = [found for found in texts if found[0] and found[0] in row]
    return max(part, key=lambda found: len(found[0]))[1] if part else ()


def _cell(words: Sequence[Word], place: Place, cells: Sequence[tuple[int, str]]) -> Word | None:
    """The cell of a table in a picture: there the words of a line are the cells of a row."""
    at = next((index for index, cell in enumerate(cells) if cell[0] == place.column), None)
    return words[at] if at is not None and len(words) == len(cells) else None


def _word(sheet: Sheet, mark: Mark, words: Sequence[Word], printed: str | None) -> Word | None:
    """The word that is the figure: at its column, counted from the end of the line; or the only one that reads so."""
    row = next((line.addresses for line in sheet.form.lines if mark.address in line.addresses), ())
    if mark.address and mark.address.startswith("remedies."):
        row = tuple(address for line in sheet.form.table("remedies") for address in line.addresses)
    if mark.address in row and len(words) >= len(row):
        word = words[len(words) - len(row) + row.index(mark.address)]
        if word.text == printed:
            return word
    same = [word for word in words if word.text == printed]
    return same[0] if len(same) == 1 else None
