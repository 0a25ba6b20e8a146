"""跨单元格的号码 — one number in several cells of a row or of a column: boxes of one digit each, 6-8-4, two halves.

In figures a region, a birthday and a check digit are all right by chance once in some 50,000 times, and a sheet has
many neighbours. So a number over cells blocks where it is cut as people cut it (6-8-4), where its few cells, or boxes,
stand alone among words, or where most of the cells about it that are cut alike are such numbers, too; what is left is a
warning. Telephone and card numbers need their label besides, or boxes in a table of hardly any figures.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from functools import cache, cached_property, partial
from itertools import accumulate, chain, groupby, islice, zip_longest
from typing import NamedTuple

from gongkai.text.codes import has_card_head, is_card_number, is_identity_number
from gongkai.text.hit import CellHit, Severity
from gongkai.text.personal_data.days import REST, TIME, YEAR, spread
from gongkai.text.personal_data.kinds import DATA, RULES, Kind, hit, starred
from gongkai.text.personal_data.signs import ALL, bare_plain

# Signs that do no harm in a cell; the ends of up to three cells, of which two are blank; either, or nothing.
_U = r"[\x01 /,]{0,6}+\x01*+"
_S = rf"{_U}\n(?:{_U}\n){{0,2}}{_U}"
_G = rf"{_U}(?:\n{_U}){{0,3}}"
_SHAPES = {
    Kind.IDENTITY: rf"[1-8](?:{_G}\d){{5}}{_G}(?:1{_G}9|2{_G}0)(?:{_G}\d){{2}}{_G}(?:0{_G}[1-9]|1{_G}[0-2])"
    rf"{_G}(?:0{_G}[1-9]|[12]{_G}\d|3{_G}[01])(?:{_G}\d){{3}}{_G}[\dX]",
    Kind.BANK_CARD: rf"[3-69](?:(?:{_S}\d){{15}}(?:(?:{_S}\d){{3}})?|\d{{3}}(?:{_S}\d{{4}}){{3}}(?:{_S}\d{{3}})?"
    rf"|\d{{5}}{_S}\d{{10}}(?:\d{{3}})?|(?<=6)\d{{7,14}}{_S}\d{{1,11}})",
    Kind.MOBILE: rf"1(?:{_S}[3-9](?:{_S}\d){{9}}|[3-9]\d(?:(?:{_S}\d{{4}}){{2}}|{_S}\d{{8}}|\d{{4}}{_S}\d{{4}}"
    rf"|\d{_S}\d{{3}}{_S}\d{{4}}))",
}
"""What has no check digit, or a poor one, is cut as people cut it, or stands in boxes."""
_NUMBERS = {kind: re.compile(rf"(?<!\d)(?=({shape})(?!\d))") for kind, shape in _SHAPES.items()}
_ODD = {
    Kind.MOBILE: re.compile(rf"(?<!\d)(?=(1{_G}[3-9](?:{_G}\d){{9}})(?!\d))"),
    Kind.BANK_CARD: re.compile(rf"(?<!\d)(?=([3-69](?:{_G}\d){{15}}(?:(?:{_G}\d){{3}})?)(?!\d))"),
}
"""Cut as nobody cuts it: only below a header that is the name of such a number and of nothing else."""
_NAMES = {
    kind: re.compile(
        rf"(?:本人|联系|移动|家庭|银行|开户)?(?:{'|'.join(DATA['labels'][name])})(?:号码?)?\s*(?:[（(].*|[:：])?",
        re.DOTALL,
    )
    for kind, name in ((Kind.MOBILE, "mobile"), (Kind.BANK_CARD, "card"))
}
_MOST_ODD = 5
_NEIGHBOURS = re.compile(r"\d[\x01 /,]*\n[\x01 /,\n]*[\dX]")
_CUTS = {(6, 8, 4), (6, 4, 2, 2, 4), (6, 4, 4, 4), (6, 8, 3, 1), (17, 1), (4, 4, 4, 4, 3), (3, 4, 4), (3, 8)}
"""How people cut identity numbers, long cards and telephones."""
_LABELS = {
    Kind.IDENTITY: re.compile("|".join(DATA["labels"]["identity"])),
    Kind.BANK_CARD: re.compile("|".join(DATA["labels"]["card"])),
    Kind.MOBILE: re.compile("|".join(DATA["labels"]["mobile"])),
}
_LABEL_REACH = 24
# Over a column of these there is no part of a number: 6-8-4 is also a region, a day and a count.
_FIGURES = re.compile(r"(?<!出生)(?:日期|时间)|金额|邮编|数量|[（(万]元")
# An amount is no part of a number.
_DECIMAL = re.compile(r"(?<![\d.\uff0e])(\d[\d,\uff0c]{0,60}+)[.\uff0e](?=\d{1,6}(?![\d.\uff0e]))")
# A cell of a few words, as 男, parts a number no more than a blank one does.
_WORD = re.compile(r"^(?=[^\n]*\?)[^\n]{1,6}$", re.MULTILINE)
_AS_WORD = "\\1\u3400"
# A whole day in a cell may be the birthday of a number: 1990年3月7日 reads as 19900307, each digit in its place.
_DAY = re.compile(rf"^[ \t]*+{YEAR} ?{REST}(?:{TIME}|出?生| ?[（(][^（()）\n]{{1,6}}[）)])?[ \t]*+$", re.MULTILINE)
_BLOCK = 256
"""So many lines, or places of a line, are asked together whether they hold such numbers."""
_BOXED = re.compile(r"1[3-9]\d{9}|\d{15,18}[\dX]")
_FEW = 3
"""A number in no more cells than this may be cut anywhere."""
_BLANKS = 2
_HEADER_ROWS = 6


class _Over(NamedTuple):
    """One number over the cells `first` to `last` of a line; `cut`: how many digits stand in each that is not blank;
    `is_no_figure`: one of several digits begins with a 0, as no figure does."""

    kind: Kind
    line: int
    first: int
    last: int
    start: int
    end: int
    cut: tuple[int, ...]
    is_no_figure: bool = False
    is_odd: bool = False


class _Line:
    """Cells that are read one after the other, joined and plain, and where each begins; over rows it is `winding`."""

    def __init__(
        self,
        texts: Sequence[str],
        places: Callable[[int], tuple[int, int]],
        covered: Collection[tuple[int, int]],
        *,
        winding: bool = False,
    ) -> None:
        self._places, self.is_winding = places, winding
        self._kept: Sequence[int] = range(len(texts))
        self.texts = texts
        if covered:
            self._kept = [other for other in self._kept if places(other) not in covered]
            self.texts = [texts[other] for other in self._kept]
        joined = _DECIMAL.sub(_AS_WORD, _DAY.sub(spread, "\n".join(self.texts)))
        self.plain = joined.translate(ALL)
        if self.plain.count("\n") >= len(self.texts):
            self.plain = "\n".join(_plain(text) for text in self.texts)
        if "?" in self.plain:
            self.plain = _WORD.sub(partial(_without_word, joined), self.plain)
        self.has_neighbours = bool(_NEIGHBOURS.search(self.plain))

    def place(self, cell: int) -> tuple[int, int]:
        """The row and the column of a cell."""
        return self._places(self._kept[cell])

    @cached_property
    def starts(self) -> list[int]:
        """Where each cell begins."""
        return [0, *accumulate(len(text) + 1 for text in self.texts)][:-1]

    @cached_property
    def digits(self) -> list[int]:
        """How many digits each cell holds; -1 where there are words."""
        return [-1 if "?" in cell else len(bare_plain(cell)) for cell in self.plain.split("\n")]

    def has_figure(self, cells: Iterable[int]) -> bool:
        """Whether the first of these cells that is not blank holds nothing but digits; one far away counts no more."""
        return next((self.digits[cell] > 0 for cell in islice(cells, _BLANKS + 1) if self.digits[cell]), False)

    def cut(self, first: int, last: int) -> tuple[int, ...]:
        """How many digits stand in each cell of these that is not blank."""
        return tuple(count for count in self.digits[first : last + 1] if count)


def _without_word(text: str, found: re.Match[str]) -> str:
    """A word of no figures; of the name 张三 no sign is a digit."""
    given = text[found.start() : found.end()]
    return found[0] if any(map(str.isdecimal, given)) or given.isascii() else "\x01" * len(given)


def _plain(text: str) -> str:
    """A cell in classes, as one line."""
    return _DECIMAL.sub(_AS_WORD, _DAY.sub(spread, text)).translate(ALL).replace("\n", " ")


def over_cells(
    rows: Sequence[Sequence[str]],
    covered: Collection[tuple[int, int]],
    headers: Mapping[int, str],
    taken: Collection[tuple[int, int]],
    allowed: Collection[str],
    *,
    upright: bool = False,
) -> Iterator[CellHit]:
    """跨单元格的号码 — a hit for every cell that holds a part, those of rows first (条例 第十五条).

    `covered`: places that repeat a merged cell. `headers`: the words over each column. `taken`: places of which all is
    said. `allowed`: numbers meant to be public, bare. `upright`: columns alone.
    """
    spoken = set(taken)
    # Asked once, however many numbers there are.
    has_few = cache(lambda: sum(map(_figures, rows)) <= _FEW)
    for lines in _columns(rows, covered) if upright else _pages(rows, covered):
        for over, alike in _weighed(lines):
            line = lines[over.line]
            places = [line.place(cell) for cell in range(over.first, over.last + 1)]
            if not spoken.isdisjoint(places):
                continue
            number = bare_plain(line.plain[over.start : over.end])
            words = [_heading(rows, *place) for place in places]
            severity = _severity(over, line, words, alike=alike)
            if severity is Severity.WARN and _is_boxed(over, places, words) and has_few():
                severity = Severity.BLOCK
            if severity and not any(number in public for public in allowed):
                spoken.update(places)
                yield from _parts(over, line, number, headers, severity)


def _pages(rows: Sequence[Sequence[str]], covered: Collection[tuple[int, int]]) -> Iterator[list[_Line]]:
    """Lines that are weighed together: some hundred rows, one column, or boxes of one sign over several rows."""
    for begin in range(0, len(rows), _BLOCK):
        page = enumerate(rows[begin : begin + _BLOCK], begin)
        yield [_Line(texts, partial(_in_row, at), covered) for at, texts in page]
    yield from _columns(rows, covered)
    for places in _boxes(rows):
        yield [_Line([rows[row][column] for row, column in places], places.__getitem__, covered, winding=True)]


def _columns(rows: Sequence[Sequence[str]], covered: Collection[tuple[int, int]]) -> Iterator[list[_Line]]:
    for at, texts in enumerate(zip_longest(*rows, fillvalue="")):
        yield [_Line(texts, partial(_in_column, at), covered)]


def _in_row(row: int, column: int) -> tuple[int, int]:
    return row, column


def _in_column(column: int, row: int) -> tuple[int, int]:
    return row, column


def _boxes(rows: Sequence[Sequence[str]]) -> Iterator[list[tuple[int, int]]]:
    """The cells that are not blank, row after row, where a number may go on from one row to the next."""
    for goes_on, lines in groupby(enumerate(rows), lambda line: _goes_on(line[1])):
        if (
            goes_on
            and len(places := [(at, column) for at, row in lines for column, text in enumerate(row) if text]) > 1
        ):
            yield places


def _goes_on(row: Sequence[str]) -> bool:
    """Whether all digits stand in cells of their own, or in one alone: boxes of a form, steps of a stair."""
    figures = [text for text in row if any(map(str.isnumeric, text)) or text in ("X", "x")]
    return len(row) > 1 and bool(figures) and (len(figures) == 1 or max(map(len, figures)) == 1)


def _weighed(lines: Sequence[_Line]) -> Iterator[tuple[_Over, bool]]:
    """Every number over cells, and whether it stands alone, or those about it that are cut alike are numbers, too."""
    found = [over for kind in _NUMBERS for at, line in enumerate(lines) for over in _in_line(line, at, kind)]
    about: dict[object, list[_Over]] = defaultdict(list)
    for over in found:
        about[_neighbourhood(over, lines)].append(over)
    alike = {key: _are_alike(lines, overs) for key, overs in about.items() if len(overs) > 1}
    for over in found:
        yield over, alike.get(_neighbourhood(over, lines), False) or _is_apart(lines[over.line], over)


def _in_line(line: _Line, at: int, kind: Kind) -> Iterator[_Over]:
    """The numbers of a kind in a line, none over another."""
    if not line.has_neighbours:
        return
    taken = 0
    usual = [(match, False) for match in _NUMBERS[kind].finditer(line.plain)]
    odd = [(match, True) for match in _ODD[kind].finditer(line.plain)] if kind in _ODD else []
    for match, is_odd in sorted(usual + odd, key=lambda one: one[0].start(1)) if odd else usual:
        printed = match[1]
        if "\n" not in printed or match.start(1) < taken:
            continue
        if _is_number(kind, bare_plain(printed)):
            first, last = (bisect_right(line.starts, place) - 1 for place in (match.start(1), match.end(1) - 1))
            parts = [digits for part in printed.split("\n") if (digits := bare_plain(part))]
            if is_odd and len(parts) > _MOST_ODD:
                continue
            is_no_figure = any(len(digits) > 1 and digits[0] == "0" for digits in parts)
            yield _Over(kind, at, first, last, *match.span(1), tuple(map(len, parts)), is_no_figure, is_odd)
            taken = match.end(1)


def _is_number(kind: Kind, code: str) -> bool:
    if kind is Kind.IDENTITY:
        return is_identity_number(code)
    return kind is Kind.MOBILE or is_card_number(code)


def _neighbourhood(over: _Over, lines: Sequence[_Line]) -> tuple[object, ...]:
    if len(lines) == 1:
        return over.kind, over.cut, over.first // _BLOCK
    return over.kind, over.cut, over.first, over.last


def _are_alike(lines: Sequence[_Line], overs: Sequence[_Over]) -> bool:
    """Whether most of the cells about these numbers that are cut alike hold such a number."""
    one = overs[0]
    if len(lines) > 1:
        return sum(line.cut(one.first, one.last) == one.cut for line in lines) <= len(overs) * 2
    begin = one.first // _BLOCK * _BLOCK
    count = sum(lines[0].cut(at, at + one.last - one.first) == one.cut for at in range(begin, begin + _BLOCK))
    return count <= len(overs) * len(one.cut)


def _is_apart(line: _Line, over: _Over) -> bool:
    """Whether a few cells, or boxes of one digit, have no figures before and after them."""
    return (len(over.cut) <= _FEW or set(over.cut) == {1}) and not (
        line.has_figure(range(over.first - 1, -1, -1)) or line.has_figure(range(over.last + 1, len(line.digits)))
    )


def _severity(over: _Over, line: _Line, headers: Sequence[str], *, alike: bool) -> Severity | None:
    """How sure it is; None for what says nothing."""
    if over.is_odd:
        is_below = _NAMES[over.kind].fullmatch(headers[0].strip()) and set(headers[1:]) <= {"", headers[0]}
        is_beside = over.first and _NAMES[over.kind].fullmatch(line.texts[over.first - 1].strip())
        if is_below or is_beside:
            return Severity.BLOCK
        return Severity.WARN if _is_known_card(over, line, alike=alike) else None
    by_people = over.cut in _CUTS
    is_labelled = bool(_LABELS[over.kind].search(" ".join((*headers, _before(line, over)))))
    if not is_labelled and -1 in (line.digits[over.first], line.digits[over.last]):
        return None
    if over.kind is Kind.IDENTITY:
        is_figure = set(over.cut) != {1} and any(map(_FIGURES.search, headers))
        is_sure = is_labelled or ((alike or by_people) and not is_figure)
        return Severity.BLOCK if is_sure else Severity.WARN
    # Over the first of several boxes alone stands what the form says above them.
    over_each = set(filter(None, headers)) if set(over.cut) == {1} else set(headers)
    if len(over_each) > 1 and any(map(_FIGURES.search, headers)):
        return None
    if is_labelled and not _are_of_others(over, headers, line):
        return Severity.BLOCK
    if by_people and over.is_no_figure:
        return Severity.BLOCK
    is_likely = alike and (by_people or over.kind is Kind.MOBILE) and not line.is_winding
    is_likely = is_likely or _is_known_card(over, line, alike=alike)
    return Severity.WARN if is_likely else None


def _is_known_card(over: _Over, line: _Line, *, alike: bool) -> bool:
    """Whether a card of a known beginning stands in a few cells that no figures are beside: seldom by chance."""
    is_alone = over.kind is Kind.BANK_CARD and alike and len(over.cut) <= _FEW and not line.is_winding
    return is_alone and has_card_head(bare_plain(line.plain[over.start : over.end]))


def _is_boxed(over: _Over, places: Sequence[tuple[int, int]], words: Sequence[str]) -> bool:
    """Whether a telephone stands in boxes of a row, below no headers of their own."""
    is_row = places[0][0] == places[-1][0]
    return over.kind is Kind.MOBILE and set(over.cut) == {1} and is_row and len(set(filter(None, words))) <= 1


def _figures(row: Sequence[str]) -> int:
    """How many cells of a row are figures; none of them where their digits are one number."""
    plain = (text.translate(ALL) for text in row if text)
    figures = [digits for cell in plain if "?" not in cell and (digits := bare_plain(cell))]
    is_number = len(figures) == sum(map(len, figures)) and _BOXED.fullmatch("".join(figures))
    return 0 if is_number else len(figures)


def _are_of_others(over: _Over, headers: Sequence[str], line: _Line) -> bool:
    """Whether the cells stand below headers of their own, of which not all name such a number, and no label is before:
    电话咨询（次）, 网络（次）, 现场（次）."""
    given = {header for header in headers if header}
    label = _LABELS[over.kind]
    return len(given) > 1 and not all(map(label.search, given)) and not label.search(_before(line, over))


def _heading(rows: Sequence[Sequence[str]], row: int, column: int) -> str:
    """The nearest words above a cell; of one far below them, those of the first rows."""
    near, first = range(row - 1, max(-1, row - _BLOCK), -1), range(min(row, _HEADER_ROWS) - 1, -1, -1)
    for above in chain(near, first):
        text = rows[above][column] if column < len(rows[above]) else ""
        if any(sign.isalpha() for sign in text[:_LABEL_REACH]) and not _DAY.match(text):
            return text[:_LABEL_REACH]
    return ""


def _before(line: _Line, over: _Over) -> str:
    """The words just before, in the cell itself or in those before it."""
    text = " ".join(line.texts[max(0, over.first - 3) : over.first + 1])
    return text[-_LABEL_REACH - len(line.texts[over.first]) :]


def _parts(over: _Over, line: _Line, number: str, headers: Mapping[int, str], severity: Severity) -> Iterator[CellHit]:
    """A hit for each cell, with its part of the mask."""
    rule = RULES[over.kind]
    mask = starred(number, rule.head, rule.tail)
    at = 0
    for cell in range(over.first, over.last + 1):
        begin = line.starts[cell]
        start = max(over.start, begin) - begin
        end = min(over.end - begin, len(line.texts[cell]))
        signs = line.plain[begin + start : begin + end]
        inside = [place for place, sign in enumerate(signs) if sign.isalnum()]
        if not inside:
            continue
        start, end, signs = start + inside[0], start + inside[-1] + 1, signs[inside[0] : inside[-1] + 1]
        text = line.texts[cell][start:end]
        masked = []
        for sign, printed in zip(signs, text, strict=True):
            masked.append(mask[at] if sign.isalnum() else printed)
            at += sign.isalnum()
        row, column = line.place(cell)
        part = hit(over.kind, start, text, "".join(masked), severity)._replace(
            values={"mask": mask, "cells": len(over.cut)}
        )
        yield CellHit(row + 1, column + 1, headers.get(column, ""), part)
