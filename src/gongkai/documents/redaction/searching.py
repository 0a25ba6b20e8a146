"""看文字 — every text of a file against the guard: alone, with its neighbours, cell by cell (条例 第十五条、第十四条).

A number may be torn over runs, paragraphs, cells and layers. So texts that stand one after the other are read as one
three times: all of them; those that are seen, without what is hidden between them; those of each other layer alone.
"""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from itertools import accumulate

from gongkai.documents.redaction import fragments
from gongkai.documents.redaction.editor import Editor, Slot, Table
from gongkai.documents.redaction.fragments import Joined
from gongkai.documents.redaction.places import Layer, Place
from gongkai.documents.redaction.values import Found, Options
from gongkai.text import secrecy
from gongkai.text.hit import Hit, Severity, replaced
from gongkai.text.personal_data import Kind, bare, completed_across, find, find_across, find_in_grid, find_in_markup
from gongkai.text.personal_data.markup import blanked
from gongkai.text.personal_data.signs import SHORTEST

Looked = tuple[Found, Slot]
"""发现和它所在的文字."""
_MASKED = frozenset((Severity.BLOCK, Severity.WARN))
"""A note stays: whether a mailbox is an office's own, only a person can say."""
_SEAM = 18
"""Rows of two tables that stand one under the other, read as of one: a number has no more digits."""
_LONGEST_MARK = 12
"""A watermark, a box: what says so little stands alone, as on a first page."""
_SEEN = {Layer.BODY, Layer.HEADER, Layer.NOTE}


def searched(text: str, options: Options, *, opening: bool = False) -> list[Hit]:
    """看一段文字 — personal data and secrecy marks. `opening`: a document begins here, so that 密级 is a stamp."""
    return [*find(text, allowed=options.allowed), *secrecy.find(text, opening=opening)]


def hushed(text: str) -> str:
    """不露号码 — a text for messages: every number of a person in it masked (条例 第十五条)."""
    return replaced(text, find(text))


def is_secrecy(hit: Hit) -> bool:
    """密级标志 — whether the hit is a mark of secrecy or speaks of one; no mask makes it public (条例 第十四条)."""
    return hit.kind == secrecy.KIND


def is_stamped(hit: Hit) -> bool:
    """盖着的密级 — whether it is a mark as it is stamped (机密★1年), which no review lets pass (条例 第十四条)."""
    return is_secrecy(hit) and bool(hit.values["stamped"])


def is_masked(found: Found) -> bool:
    """要隐去 — whether masking concerns this hit (条例 第三十七条)."""
    return found.hit.severity in _MASKED and found.place.layer is not Layer.NAME and not is_secrecy(found.hit)


def looked(editor: Editor, options: Options) -> Iterator[Looked]:
    """看文字 — every hit of an open file with the text that can be masked, in reading order."""
    told = Numbers()
    for found, slot in in_parts(editor.parts(), options):
        told.add(found.hit)
        yield found, slot
    for found, slot in in_parts(editor.whole(), options):
        is_asked = slot.place.layer is Layer.PART and told.is_asked(found.hit, slot.text)
        if found.hit.severity is Severity.BLOCK and found.hit not in told and not is_asked:
            told.add(found.hit)
            yield found, slot


def number_of(hit: Hit) -> str:
    """找到的号码 — bare, without the tags that tear it (条例 第十五条)."""
    return bare(blanked(hit.text) if "<" in hit.text or "&" in hit.text else hit.text)


def is_part(hit: Hit) -> bool:
    """号码的一段 — whether the number goes on in another paragraph or cell (条例 第十五条)."""
    return len(str(hit.values.get("mask", ""))) > len(hit.text)


class Numbers:
    """说过的号码 — keep the numbers of hits in reading order, and what parts of one make together (条例 第十五条).

    One that blocks is told by one that blocks alone: a warning may be said of another place where it stands.
    """

    def __init__(self, hits: Iterable[Hit] = ()) -> None:
        self._each: set[str] = set()
        self._blocked: set[str] = set()
        self._asked: Counter[str] = Counter()
        self._parts = ""
        for hit in hits:
            self.add(hit)

    def add(self, hit: Hit) -> None:
        """记下 — add the number of one more hit (条例 第十五条)."""
        number = number_of(hit)
        self._each.add(number)
        if hit.severity is not Severity.BLOCK:
            self._asked[hit.text] += 1
            return
        self._blocked.add(number)
        if is_part(hit):
            self._parts += number

    def is_asked(self, hit: Hit, text: str) -> bool:
        """已经请人核对 — whether all places of this number in the text of a file are asked about (条例 第十五条)."""
        return text.count(hit.text) <= self._asked[hit.text]

    def __contains__(self, hit: Hit) -> bool:
        number = number_of(hit)
        each = self._blocked if hit.severity is Severity.BLOCK else self._each
        return number in each or (len(number) >= SHORTEST and number in self._parts)


def in_parts(parts: Iterable[Slot | Table], options: Options) -> Iterator[Looked]:
    """看各部分 — the same, of texts and tables; then what stands below each other in columns of either."""
    told, numbers = _Told(), Numbers()
    columns: list[Joined] = []
    later: list[Slot] = []
    for found, slot in _in_each(parts, options, columns, later):
        if found.hit.severity is Severity.BLOCK:
            told.take(slot, found.hit.start, found.hit.end)
            numbers.add(found.hit)
        yield found, slot
    for slot in later:
        for hit in find(slot.text, allowed=options.allowed):
            if _counts(slot, hit) and hit not in numbers:
                yield Found(slot.place, hit), slot
    for one in columns:
        for hit in find(one.slot.text, allowed=options.allowed):
            if _counts(one.slot, hit) and not all([told.has(*place) for place in one.places(hit)]):
                for slot, start, end in one.places(hit):
                    told.take(slot, start, end)
                yield Found(one.slot.place, hit), one.slot


def _in_each(
    parts: Iterable[Slot | Table], options: Options, columns: list[Joined], later: list[Slot]
) -> Iterator[Looked]:
    run: list[Slot] = []
    opening = is_first = True
    above: Table | None = None
    told = _Told()
    for part in parts:
        if isinstance(part, Slot):
            (later if part.again else run).append(part)
            continue
        yield from _in_run(run, options, opening)
        columns += fragments.in_lines(_plain(run))
        # What is read once more in another order stands in no columns.
        columns += () if part.torn else fragments.in_rows(part.rows)
        opening = opening and sum(len(slot.text) for slot in run) < secrecy.FIRST_SIGNS
        if above and any(slot.text.strip() for slot in run):
            above = None
        words, run = _last_words(run), []
        told = told if above else _Told()
        yield from _in_table(part, options, told, words, opening=opening and is_first)
        is_first = False
        yield from _in_table(Table([*above.rows, *part.rows[:_SEAM]], torn=True), options, told) if above else ()
        above = Table(([*above.rows, *part.rows] if above else part.rows)[-_SEAM:])
    yield from _in_run(run, options, opening)
    columns += fragments.in_lines(_plain(run))


def _plain(run: Sequence[Slot]) -> list[Slot]:
    return [slot for slot in run if not (slot.sure or slot.only)]


def _last_words(run: Sequence[Slot]) -> str:
    """What stands right above a table, where its unit may be."""
    seen = (slot.text.strip() for slot in reversed(run) if slot.place.layer is Layer.BODY)
    return next((text.rpartition("\n")[2] for text in seen if text), "")


def _in_run(run: Sequence[Slot], options: Options, opening: bool) -> Iterator[Looked]:
    """Texts with no table between them: each alone, then together."""
    told = _Told()
    for slot in run:
        search = find_in_markup if slot.markup else find
        for hit in search(slot.text, allowed=options.allowed):
            if _counts(slot, hit) and told.is_new(slot, hit):
                yield Found(_line(slot, hit), hit), slot
    loose = [slot for slot in run if not slot.sure and not slot.only]
    sure = [slot for slot in run if slot.sure]
    for together in _readings(loose):
        torn = find_across([slot.text for slot in together], allowed=options.allowed) if len(together) > 1 else ()
        for at, hit in torn:
            slot = together[at]
            if not slot.markup and told.is_new(slot, hit):
                yield Found(_line(slot, hit), hit), slot
    for together, begins in (
        *((reading, opening) for reading in _readings(loose)),
        *(([slot], len(slot.text.strip()) <= _LONGEST_MARK) for slot in sure),
    ):
        for slot, hit in _marks(together, begins):
            if told.is_new(slot, hit):
                yield Found(_line(slot, hit), hit), slot


def _counts(slot: Slot, hit: Hit) -> bool:
    return (not slot.sure or hit.severity is Severity.BLOCK) and (slot.only is None or slot.only(hit))


class _Told:
    """Which signs of which text belong to a hit already."""

    def __init__(self) -> None:
        self._taken: dict[int, tuple[Slot, bytearray]] = {}

    def is_new(self, slot: Slot, hit: Hit) -> bool:
        """Whether no hit before it holds any of its signs; it does from now on."""
        signs = self._of(slot)
        # A birthday may be a part of a number that is found later.
        is_part = hit.kind == Kind.BIRTHDAY
        if signs.find(1, hit.start, hit.end) >= 0 or (is_part and signs.find(2, hit.start, hit.end) >= 0):
            return False
        signs[hit.start : hit.end] = (b"\2" if is_part else b"\1") * (hit.end - hit.start)
        return True

    def has(self, slot: Slot, start: int, end: int) -> bool:
        """Whether hits hold all of these signs."""
        return self._of(slot).find(0, start, end) < 0

    def take(self, slot: Slot, start: int, end: int) -> None:
        """A hit holds these signs."""
        self._of(slot)[start:end] = b"\1" * (end - start)

    def _of(self, slot: Slot) -> bytearray:
        # The slot is kept, so that no other one gets its id.
        return self._taken.setdefault(id(slot), (slot, bytearray(len(slot.text))))[1]


def _marks(slots: Sequence[Slot], opening: bool) -> Iterator[tuple[Slot, Hit]]:
    """Secrecy marks of texts read as one; one that is torn is told where it begins."""
    starts = [0, *accumulate(len(slot.text) + 1 for slot in slots)]
    for hit in secrecy.find("\n".join(slot.text for slot in slots), opening=opening):
        at = bisect_right(starts, hit.start) - 1
        end = min(hit.end - starts[at], len(slots[at].text))
        yield slots[at], hit._replace(start=hit.start - starts[at], end=end)


def _readings(slots: Sequence[Slot]) -> Iterator[list[Slot]]:
    """Each layer alone, what is seen first; then all together, where there are several."""
    layers: dict[Layer, list[Slot]] = defaultdict(list)
    for slot in slots:
        layers[Layer.BODY if slot.place.layer in _SEEN else slot.place.layer].append(slot)
    yield from sorted(layers.values(), key=lambda reading: reading[0].place.layer not in _SEEN)
    if len(layers) > 1:
        yield list(slots)


def _line(slot: Slot, hit: Hit) -> Place:
    """A text of many lines says in which of them the hit begins, and whether in a tag."""
    place = slot.place
    if slot.markup and slot.text.rfind("<", 0, hit.start) > slot.text.rfind(">", 0, hit.start):
        place = place._replace(layer=Layer.LINK)
    if place.line is None:
        return place
    return place._replace(line=place.line + slot.text.count("\n", 0, hit.start))


def _in_table(
    table: Table, options: Options, told: _Told, above: str = "", *, opening: bool = False
) -> Iterator[Looked]:
    """The cells as a grid; where some are hidden, those that are seen once more without them."""
    yield from _completed(table, told)
    for hidden_too in (True, False):
        grid = _Cells(table, hidden_too)
        if not hidden_too and not grid.left_out:
            return
        for cell, header in grid.found(options, above, opening=opening):
            slot, hit = cell
            if _is_wanted(table, hit) and (slot.only is None or slot.only(hit)) and told.is_new(slot, hit):
                yield Found(slot.place._replace(header=header), hit), slot


def _completed(table: Table, told: _Told) -> Iterator[Looked]:
    """Masks of one number in several cells, each of which shows what another hides."""
    cells = list({id(slot): slot for row in table.rows for slot in row if slot and not slot.markup}.values())
    for at, hit in completed_across([slot.text for slot in cells]) if not table.spoken else ():
        if told.is_new(cells[at], hit):
            yield Found(cells[at].place, hit), cells[at]


def _is_wanted(table: Table, hit: Hit) -> bool:
    wanted = [name for name, is_asked in (("header", table.spoken), ("cells", table.torn)) if is_asked]
    return not wanted or any(name in hit.values for name in wanted)


class _Cells:
    """A table as texts: every row of the same length, and which places repeat a merged cell."""

    def __init__(self, table: Table, hidden_too: bool) -> None:
        self.left_out = False
        self._slots = table.rows
        self._covered: set[tuple[int, int]] = set()
        self._rows: list[list[str]] = []
        width = max(map(len, table.rows), default=0)
        known: set[int] = set()
        for at, row in enumerate(table.rows):
            texts = [""] * width
            for column, slot in enumerate(row):
                if slot is None:
                    continue
                if not hidden_too and slot.place.layer not in _SEEN:
                    self.left_out = True
                    continue
                texts[column] = slot.text
                if id(slot) in known:
                    self._covered.add((at, column))
                known.add(id(slot))
            self._rows.append(texts)

    def found(self, options: Options, above: str, *, opening: bool) -> Iterator[tuple[tuple[Slot, Hit], str]]:
        """Hits with their slots and headers: personal data by cells, secrecy marks by rows and columns. `opening`: the
        table is where a document begins, so that its first row may be the marks of a first page."""
        for cell in find_in_grid(self._rows, allowed=options.allowed, covered=self._covered, above=above):
            slot = self._slots[cell.row - 1][cell.column - 1]
            if slot is not None:
                yield (slot, cell.hit), cell.header
        for at in sorted({at for at, column in self._covered if _has_digits(self._rows[at][column])}):
            yield from self._over_merged(at, options)
        for at, row in enumerate(self._rows):
            for column, hit in _marks_in_line(row, opening=opening and not at):
                slot = self._slots[at][column]
                if slot is not None and (at, column) not in self._covered:
                    yield (slot, hit), ""
        for column, texts in enumerate(zip(*self._rows, strict=True)):
            marks = [(at, hit) for at, hit in _marks_in_line(texts) if is_stamped(hit)]
            for at, hit in (*marks, *secrecy.below(texts[0], texts)):
                slot = self._slots[at][column]
                if slot is not None and (at, column) not in self._covered:
                    yield (slot, hit), ""

    def _over_merged(self, at: int, options: Options) -> Iterator[tuple[tuple[Slot, Hit], str]]:
        """A number that goes from a cell of this row into one that comes down from the row above."""
        slots, row = self._slots[at], self._rows[at]
        texts = [
            "" if column and column < len(slots) and slots[column] is slots[column - 1] else text
            for column, text in enumerate(row)
        ]
        for cell in find_in_grid([texts], allowed=options.allowed):
            slot = slots[cell.column - 1]
            if slot is not None and "cells" in cell.hit.values:
                yield (slot, cell.hit), cell.header


def _has_digits(text: str) -> bool:
    return any(map(str.isnumeric, text))


def _marks_in_line(texts: Sequence[str], *, opening: bool = False) -> Iterable[tuple[int, Hit]]:
    """A mark may be torn over the cells of a row or a column (密级 | 机密)."""
    cells = [Slot(Place(column=at), text, lambda _: None) for at, text in enumerate(texts) if text]
    for cell, hit in _marks(cells, opening=opening):
        yield cell.place.column or 0, hit
