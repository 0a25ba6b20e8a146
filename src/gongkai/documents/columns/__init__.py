"""分栏 — lists in files to entries by declared columns: heads are found, cells read, wrong ones named with their place.

A layout declares its columns and the names that offices give them. Which list it is, this module does not know.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import NamedTuple

from gongkai.documents.columns.heads import ColumnsError, Matched, best_heads, hits, is_given, seen_heads
from gongkai.documents.columns.held import by_content
from gongkai.documents.columns.hints import hints, to_copy
from gongkai.documents.columns.layouts import Layout
from gongkai.documents.columns.looks import Looks
from gongkai.documents.columns.rows import Entry, Place, Setting, Skipped, Wrong, read_row
from gongkai.documents.columns.sections import is_numbered, next_section, with_cases, words_of_section
from gongkai.documents.columns.side import parted
from gongkai.documents.columns.uncounted import Uncounted, is_no_register, uncounted
from gongkai.documents.columns.values import shown
from gongkai.documents.columns.years import Year, has_year, year_of, year_under
from gongkai.documents.document import Paragraph, View
from gongkai.documents.showing.cells import letters_of

__all__ = ["Entry", "Place", "Reading", "Skipped", "Uncounted", "Wrong", "read"]


Grid = list[list[str]]


@dataclass(slots=True)
class Reading:
    """读到的 — entries in order, the heads found, what was skipped, sheets without a list and hidden ones, texts
    over the heads, `over` with their rows; `uncounted`: sheets left out whose rows may be cases; how many days of a
    sheet have their year from its title, its name or that of the file; rows and columns out of sight, which are read
    too; by sheet and column, rows that say something where there is no head; the texts of sheets without a list;
    rows of a csv with a quote that has no partner."""

    entries: list[Entry] = field(default_factory=list)
    heads: list[Matched] = field(default_factory=list)
    skipped: list[Skipped] = field(default_factory=list)
    unread: list[str] = field(default_factory=list)
    uncounted: list[Uncounted] = field(default_factory=list)
    hidden: list[str] = field(default_factory=list)
    titles: list[str] = field(default_factory=list)
    over: list[Skipped] = field(default_factory=list)
    lent: Counter[tuple[str, Year]] = field(default_factory=Counter)
    unseen: Mapping[str, tuple[int, ...]] = field(default_factory=dict)
    unseen_columns: Mapping[str, tuple[int, ...]] = field(default_factory=dict)
    strays: dict[tuple[str, int], list[int]] = field(default_factory=dict)
    others: dict[str, Grid] = field(default_factory=dict)
    torn: tuple[int, ...] = ()


_MOST_OTHER = 1_000
_TRY = "没有认出“{names}”这一栏；没有用到的表头是：{seen}；可以试试：{options}"
_WRITE = "没有认出“{names}”这一栏；没有用到的表头是：{seen}；是其中哪一栏的，写 {options}"


class _Sheet(NamedTuple):
    name: str
    is_hidden: bool
    texts: Grid
    down: set[tuple[int, int]]
    right: set[tuple[int, int]]


def read(
    view: View,
    layouts: Sequence[Layout],
    given: Mapping[str, str] | None = None,
    *,
    looks: Looks | None = None,
    today: date | None = None,
    name: str = "",
) -> Reading:
    """读分栏表 — every sheet that shows. `given`: the head of a column, by its name or label. `looks`: what is struck
    out. `today`: days long after it are named. `name`: that of the file, which may have the year of its days.

    ColumnsError where no sheet has such a list, where two heads may be meant, or where a given head is not there.
    """
    looks = looks or Looks()
    reading = Reading(unseen=looks.unseen, unseen_columns=looks.unseen_columns, torn=view.torn)
    missing: ColumnsError | None = None
    sheets = [*_sheets(view)]
    reading.hidden = [sheet.name for sheet in sheets if sheet.is_hidden]
    seen = [sheet for sheet in sheets if not sheet.is_hidden]
    # 模板 may hold the list itself, where no other sheet does.
    for sheet in sorted(seen, key=lambda each: is_no_register(each.name)):
        if is_no_register(sheet.name) and reading.heads:
            _set_aside(sheet, layouts, given or {}, reading)
            continue
        try:
            for texts in parted(sheet.texts, layouts, given or {}, sheet.name):
                _read_sheet(sheet._replace(texts=texts), layouts, given or {}, reading, looks, today, name)
        except ColumnsError as error:
            if error.is_fatal:
                raise
            missing = missing if missing and missing.score >= error.score else error
            reading.unread.append(sheet.name)
            reading.uncounted += uncounted(sheet.name, "heads", sheet.texts)
    without = {*reading.unread, *(each.sheet for each in reading.uncounted if each.why == "heads")}
    reading.others = {sheet.name: sheet.texts[:_MOST_OTHER] for sheet in seen if sheet.name in without}
    if not reading.heads:
        raise missing or ColumnsError("没有表格，或者表格是空的")
    _check_given(reading, layouts, given or {})
    reading.skipped = list(with_cases(reading.skipped, reading.entries))
    reading.over = list(with_cases(reading.over, reading.entries))
    return reading


def _set_aside(sheet: _Sheet, layouts: Sequence[Layout], given: Mapping[str, str], reading: Reading) -> None:
    """A sheet that is no register by its name: the rows of its list are counted, and none is read as a case."""
    found = Reading()
    try:
        _read_sheet(sheet, layouts, given, found, Looks(), None, "")
    except ColumnsError:
        if left := uncounted(sheet.name, "name", sheet.texts):
            reading.uncounted += left
        else:
            reading.unread.append(sheet.name)
        return
    reading.uncounted.append(Uncounted(sheet.name, "name", tuple(each.row for each in found.entries)))


def _check_given(reading: Reading, layouts: Sequence[Layout], given: Mapping[str, str]) -> None:
    known = {
        word: column.name for layout in layouts for column in layout.columns for word in (column.name, column.label)
    }
    for word, head in given.items():
        if word not in known:
            raise ColumnsError(
                "没有“{name}”这一栏，可以写的有：{known}",
                name=shown(word),
                known="、".join(dict.fromkeys(column.label for layout in layouts for column in layout.columns)),
            )
        if not any(
            known[word] in found.columns and (known[word] in found.parts or is_given(head, found, known[word]))
            for found in reading.heads
        ):
            seen = (text for each in reading.heads for text in (*each.printed.values(), *each.unknown))
            raise ColumnsError("没有找到表头“{head}”；看到的是：{seen}", head=shown(head), seen=seen_heads(seen))


def _sheets(view: View) -> Iterator[_Sheet]:
    """The blocks of each sheet laid out again, row by row; a document without sheets is one."""
    starts = [*view.sheets, None] if view.sheets else [None]
    ends = [start.block if start else len(view.blocks) for start in starts[1:]] or [len(view.blocks)]
    for start, end in zip(starts, ends, strict=False):
        first = start.block if start else 0
        texts: dict[int, dict[int, str]] = {}
        down: set[tuple[int, int]] = set()
        right: set[tuple[int, int]] = set()
        last = 0
        for block in view.blocks[first:end]:
            if isinstance(block, Paragraph):
                last = max(last + 1, block.line or 0) if start or block.line else last + 1
                texts.setdefault(last, {})[1] = block.text
                continue
            for row in block.rows:
                last = max(last + 1, row.line or 0)
                for cell in row.cells:
                    _place(texts, down, last, cell.column, cell.columns, cell.rows, cell.text)
                    right |= {
                        (last + below, cell.column + beside)
                        for below in range(cell.rows)
                        for beside in range(1, cell.columns)
                    }
        width = max((max(row) for row in texts.values() if row), default=0)
        laid = [
            [texts.get(at, {}).get(column, "") for column in range(1, width + 1)]
            for at in range(1, max(texts, default=0) + 1)
        ]
        yield _Sheet(start.name if start else "", bool(start and start.is_hidden), laid, down, right)


def _place(
    texts: dict[int, dict[int, str]],
    down: set[tuple[int, int]],
    row: int,
    column: int,
    columns: int,
    rows: int,
    text: str,
) -> None:
    for below in range(rows):
        for right in range(columns):
            texts.setdefault(row + below, {}).setdefault(column + right, text)
            if below:
                down.add((row + below, column + right))


class _Near:
    """The heads that came nearest, where none are whole."""

    def __init__(self, layouts: Sequence[Layout], given: Mapping[str, str]) -> None:
        self.layouts, self.given = layouts, given
        self.error: ColumnsError | None = None

    def heads(self, sheet: _Sheet, at: int, *, after_entries: bool) -> Matched | None:
        if hits(sheet.texts[at], self.layouts, self.given) < (2 if after_entries else 1):
            return None
        try:
            where = sheet.name, sheet.right
            return best_heads(sheet.texts, at, self.layouts, self.given, *where, after_entries=after_entries)
        except ColumnsError as error:
            if error.is_fatal:
                raise
            self.error = self.error if self.error and self.error.score >= error.score else error
            return None


def _read_sheet(
    sheet: _Sheet,
    layouts: Sequence[Layout],
    given: Mapping[str, str],
    reading: Reading,
    looks: Looks,
    today: date | None,
    name: str,
) -> None:
    """Rows in turn: heads may come anywhere, and again, and those of another list."""
    found: Setting | None = None
    year: Year | None = None
    above: dict[int, str] = {}
    near = _Near(layouts, given)
    at = ended = 0
    while at < len(sheet.texts):
        if heads := near.heads(sheet, at, after_entries=found is not None):
            titles = [text for row in sheet.texts[ended:at] for text in dict.fromkeys(row) if text]
            if found is None:
                reading.titles += titles
            layout = next(each for each in layouts if each.name == heads.layout)
            heads = by_content(heads, sheet.texts, layout, given)
            reading.heads.append(heads)
            # 同上 under heads that are printed again means the row over them.
            above = above if found and found.heads.columns == heads.columns else {}
            # Heads that are printed again go on with the year of the first.
            year = year_of(titles, sheet.name, name) if found is None or has_year(titles) else year
            section = _section_over(sheet, ended, heads, found, reading)
            reading.over += _remarks_over(sheet, ended, heads, looks)
            lent = year_under(section, year)
            found = Setting(sheet.name, heads, layout, sheet.down, lent, looks, today, section)
            at = ended = heads.ends_at
        elif found and any(sheet.texts[at]):
            row = read_row(sheet.texts[at], at + 1, found, above)
            ended = _take(row, found, reading) or ended
            if isinstance(row, Skipped) and row.text not in reading.titles and (words := words_of_section(row.text)):
                section = next_section(words, found.section)
                found = found._replace(section=section, year=year_under(section, year))
        at += 1
    if near.error and near.error.near and found is None:
        raise _with_hints(near.error, sheet, layouts)
    if found is None:
        labels = {column.name: column.label for column in layouts[0].columns}
        names = "”“".join(labels[name] for name in layouts[0].required)
        # What stands in a sheet without heads may be names of people: it is not told.
        raise near.error or ColumnsError(
            "没有认出表头，要有“{names}”；表头若是别的写法，用 --columns 写明", names=names
        )


def _section_over(sheet: _Sheet, first: int, heads: Matched, found: Setting | None, reading: Reading) -> str:
    """The words of the part that begins with heads: a title over the whole list is none, those of the part before go
    on where the same heads are printed again. Rows over the first heads are kept as titles."""
    over = []
    for at in range(first, heads.ends_at):
        said = {text for text in sheet.texts[at] if text}
        if len(said) == 1:
            over.append(Skipped(sheet.name, at + 1, "title", " ".join(said.pop().split())))
    if found is None:
        reading.over += over
        words = next((words_of_section(each.text) for each in reversed(over)), "")
        return words if is_numbered(words) else ""
    goes_on = bool(over) or found.heads.columns == heads.columns
    return found.section if goes_on else ""


def _remarks_over(sheet: _Sheet, first: int, heads: Matched, looks: Looks) -> Iterator[Skipped]:
    """Comments that hang on heads and on titles over them: they may speak of a case, or of all (条例 第三十三条)."""
    for (name, row, _), text in looks.remarks.items():
        if name == sheet.name and first < row <= heads.ends_at + 1:
            yield Skipped(sheet.name, row, "title", text)


def _with_hints(error: ColumnsError, sheet: _Sheet, layouts: Sequence[Layout]) -> ColumnsError:
    """What is lacking, with the options to try: the unused heads that may be meant."""
    near, rows = error.near, sheet.texts
    assert near is not None
    layout = next(each for each in layouts if each.name == near.layout)
    below = rows[near.ends_at + 1 : near.ends_at + 51]
    samples = {head: [row[at - 1] for row in below] for head, at in near.unknown.items()}
    found = hints(near, layout, error.lacking, samples)
    letters = {head: letters_of(at) for head, at in near.unknown.items()}
    options = to_copy({layout.column(name).label: head for name, head in found.items()}, letters)
    if not near.unknown:
        return error
    if not found:
        options = to_copy({layout.column(error.lacking[0]).label: "那一栏的表头"}, {})
    template = _TRY if found else _WRITE
    return ColumnsError(template, score=error.score, is_fatal=False, **{**error.values, "options": options})


def _take(entry: Entry | Skipped, around: Setting, reading: Reading) -> int:
    """Keep what a row is; the row where it is an entry."""
    if isinstance(entry, Skipped):
        reading.skipped.append(entry)
        return 0
    reading.entries.append(entry)
    lent = sum(how == "title" for how in entry.lent.values())
    if lent and around.year:
        reading.lent[entry.sheet, around.year] += lent
    for column in entry.strays:
        reading.strays.setdefault((entry.sheet, column), []).append(entry.row)
    return entry.row
