"""表格里的个人信息 — what a column is, by the words of its header, and what its cells hold (条例 第十五条).

Columns of health, of minors and of telephones speak of persons only beside a column of names; a header that counts
(残疾人数) speaks of nobody.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Collection, Iterable, Iterator, Sequence
from itertools import accumulate

from gongkai.text.hit import STAR, CellHit, Hit, Severity
from gongkai.text.personal_data.birthdays import over_cells_and_days
from gongkai.text.personal_data.births import is_birthday
from gongkai.text.personal_data.detecting import find, without
from gongkai.text.personal_data.headings import is_office_phone, weighed
from gongkai.text.personal_data.kinds import DATA, RULES, Kind, hit
from gongkai.text.personal_data.others import to_the_door
from gongkai.text.personal_data.signs import CELL_END, bare

Header = tuple[str, Kind | None]
_PROGRAMS = {word: Kind(kind) for kind, words in DATA["grids"]["programs"].items() for word in words}
_NO_LETTERS = re.compile(r"[\W_]+")
_SHAPES = {
    Kind.MOBILE: re.compile(r"(?:\+?86[- ]?)?1[3-9]\d(?:[- ]?\d{4}){2}(?:\.0+)?"),
    Kind.IDENTITY: re.compile(r"[1-8]\d{5}(?:(?:19|20)\d{9}[\dXx]|\d{9})(?:\.0+)?"),
    Kind.BANK_CARD: re.compile(r"\d{12,21}(?:\.0+)?"),
}
"""What a cell below the word of a program must look like."""

_NAMES = tuple(DATA["grids"]["names"])
_STATISTICS = tuple(DATA["grids"]["statistics"])
_POSTS = tuple(DATA["grids"]["posts"])
_LANDLINE = re.compile(r"\s*(?:[（(]?0\d{2,3}[)）]?[-－—\s]?)?[2-8]\d{6,7}(?:[-转]\d{1,5})?\s*")
_HEADER_ROWS = 6
_LONGEST_HEADER = 24
# The longest word first: 残疾证号 before 残疾.
_WORDS = sorted(
    (
        (word, rule.kind, word in rule.beside_names)
        for rule in RULES.values()
        for word in (*rule.headers, *rule.beside_names)
    ),
    key=lambda entry: -len(entry[0]),
)
_NUMBERS = {
    Kind.IDENTITY: 15,
    Kind.BANK_CARD: 8,
    Kind.PHONE: 7,
    Kind.MOBILE: 7,
    Kind.DISABILITY_CARD: 15,
    Kind.PASSPORT: 7,
}
"""Under a header of numbers a cell counts only with so many digits and letters: 无, 见附件 are no number."""


def find_in_grid(
    rows: Sequence[Sequence[str]],
    *,
    allowed: Collection[str] = (),
    covered: Collection[tuple[int, int]] = (),
    above: str = "",
) -> list[CellHit]:
    """表格里的个人信息 — every hit, row by row; a cell that a header speaks for is one whole hit (条例 第十五条).

    `rows`: every place of the grid filled, a merged cell's text in each place that it covers or in the first alone;
    `covered`: the places (row, column from 0) that repeat the text of a merged cell. `above`: the words right above the
    table, as 单位：万元. A number that stands in several
    cells gives one hit for each of them.
    """
    depth, headers = _headers(rows)
    is_directory = _is_directory(headers.values())
    found: list[CellHit] = []
    for at, row in enumerate(rows):
        spoken = {}
        if at >= depth and headers:
            for column, text in enumerate(row):
                if (
                    (header := headers.get(column))
                    and (whole := _whole_cell(text, header))
                    and without([whole], allowed)
                ):
                    if is_directory and whole.kind is Kind.PHONE and _LANDLINE.fullmatch(text):
                        whole = whole._replace(severity=Severity.WARN)
                    spoken[column] = CellHit(at + 1, column + 1, header[0], whole)
        exact = list(_in_row(row, at, headers, allowed))
        # A number that its check digit or shape makes sure of says more than the header does.
        for one in exact:
            is_whole = one.hit.text == row[one.column - 1].strip()
            if one.hit.severity is Severity.BLOCK and (is_whole or _is_birthday(spoken.get(one.column - 1))):
                spoken.pop(one.column - 1, None)
        found += spoken.values()
        found += [one for one in exact if one.column - 1 not in spoken]
    found = weighed(rows, found, above)
    sure = {(one.row - 1, one.column - 1) for one in found if one.hit.severity is Severity.BLOCK and not _is_part(one)}
    words = {column: text for column, (text, _) in headers.items()}
    over = list(over_cells_and_days(rows, frozenset(covered), words, sure, [bare(text) for text in allowed]))
    parts = {(one.row, one.column) for one in over if one.hit.severity is Severity.BLOCK}
    found = [one for one in found if not (_is_part(one) and (one.row, one.column) in parts)] + over
    return sorted(found, key=lambda one: (one.row, one.column, one.hit.start))


def _is_part(one: CellHit) -> bool:
    """Whether a header alone says what it is: it may be a part of a number that goes on in other cells."""
    return ("header" in one.hit.values and Kind(one.hit.kind) in _NUMBERS) or _is_birthday(one)


def _is_birthday(one: CellHit | None) -> bool:
    return one is not None and one.hit.kind == Kind.BIRTHDAY


def spoken_words() -> tuple[str, ...]:
    """表头用语 — every word by which a header speaks of persons."""
    return tuple(word for word, _, _ in _WORDS)


def _in_row(row: Sequence[str], at: int, headers: dict[int, Header], allowed: Collection[str]) -> Iterator[CellHit]:
    """All cells of a row in one search; nothing is found across a cell's end."""
    if len(row) == 1:
        starts = [0]
        hits = find(row[0], allowed=allowed)
    else:
        cells = [text.replace(CELL_END, " ") for text in row]
        starts = [0, *accumulate(len(text) + 1 for text in cells)]
        hits = find(CELL_END.join(cells), allowed=allowed)
    for one in hits:
        column = bisect_right(starts, one.start) - 1
        header = headers.get(column, ("", None))[0]
        shifted = one._replace(start=one.start - starts[column], end=one.end - starts[column])
        yield CellHit(at + 1, column + 1, header, shifted)


def _headers(rows: Sequence[Sequence[str]]) -> tuple[int, dict[int, Header]]:
    """How many rows are headers, and what each column is, by all the words above it."""
    depth, words = 0, dict[int, str]()
    for at, row in enumerate(rows[:_HEADER_ROWS]):
        labels = {column: _label(text) for column, text in enumerate(row)}
        # One label alone is a title, unless the grid is one column wide.
        if len(set(filter(None, labels.values()))) < min(2, len(row)):
            continue
        if any(_kind(text, True) or _is_name(text) for text in labels.values()) and not any(map(find, row)):
            depth = at + 1
            for column, text in labels.items():
                if text and text != words.get(column):
                    words[column] = words.get(column, "") + text
    named = any(map(_is_name, words.values()))
    return depth, {column: (text, _kind(text, named)) for column, text in words.items()}


def _is_directory(headers: Iterable[Header]) -> bool:
    """通讯录 — of an office: beside the names stand posts or sections."""
    return any(word in text for text, _ in headers for word in _POSTS)


def _label(text: str) -> str:
    text = "".join(text.split())
    return text if len(text) <= _LONGEST_HEADER and len(bare(text)) >= 1 and not text.isdecimal() else ""


def _is_name(header: str) -> bool:
    return any(word in header for word in _NAMES)


def _kind(header: str, named: bool) -> Kind | None:
    if header.isascii() and (found := _PROGRAMS.get(_NO_LETTERS.sub("", header.lower()))):
        return found
    if any(word in header for word in _STATISTICS):
        return None
    found = next((kind for word, kind, beside in _WORDS if word in header and (named or not beside)), None)
    return None if found in (Kind.PHONE, Kind.MOBILE) and is_office_phone(header) else found


def _whole_cell(text: str, header: Header) -> Hit | None:
    """The cell as one hit, by its header alone: mistyped numbers are somebody's too. Masked cells are done."""
    words, kind = header
    bared = text.strip()
    if kind is None or not bared or "*" in bared or "\uff0a" in bared:
        return None
    signs = len(bare(bared))
    if signs < _NUMBERS.get(kind, 1) or (kind in _NUMBERS and not any(sign.isdecimal() for sign in bare(bared))):
        return None
    if kind in (Kind.HEALTH, Kind.MINOR) and bared in ("无", "否", "/", "-", "—", "健康", "健全", "良好"):
        return None
    if (kind is Kind.BIRTHDAY and not is_birthday(bared)) or (words.isascii() and not _SHAPES[kind].fullmatch(bared)):
        return None
    if kind is Kind.ADDRESS:
        door = to_the_door(bared)
        mask = bared[:door] + STAR * (len(bared) - (door or 0))
        return None if door is None else hit(kind, text.index(bared), bared, mask, header=words)
    severity = Severity.BLOCK if kind in (Kind.PASSPORT,) else None
    return hit(kind, text.index(bared), bared, severity=severity, header=words)
