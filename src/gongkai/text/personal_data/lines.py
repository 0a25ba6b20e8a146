"""隔开的几段 — a number whose parts stand on several lines with something else between (条例 第十五条).

    姓名  身份证号      地址            身份证号110101199
    张三  110101199003  东风村          — 1 —
          078515        三组            003078515

In a column of a text the parts stand one below another at the same place, as it is shown (a full sign is two wide), or
after as many commas; such a column is weighed as one of a table is. Where a page ends stand its number and what stands
on another page too. Each part is a hit, with its part of the mask.
"""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_left, bisect_right
from collections.abc import Collection, Iterator
from itertools import chain, islice

from gongkai.text.codes import is_card_number, is_identity_number
from gongkai.text.hit import Hit, Severity
from gongkai.text.personal_data.birthdays import over_cells_and_days
from gongkai.text.personal_data.digits import numbers
from gongkai.text.personal_data.kinds import DATA, Kind
from gongkai.text.personal_data.signs import PLAIN, bare, bare_plain
from gongkai.text.unseen import is_unseen

_EDGE = r"\s,，;；|｜│┃║¦"
_PROVINCE = "(?<=1)[1-5]|(?<=2)[1-3]|(?<=3)[1-7]|(?<=4)[1-6]|(?<=5)[0-4]|(?<=6)[1-5]|(?<=7)1|(?<=8)[1-3]"
_REST = (
    rf"(?:(?:{_PROVINCE})\d(?:\d{{0,3}}|\d{{3}}(?:[12]|(?:19|20)\d{{0,9}}))"
    rf"|(?<=1)[3-9]\d(?:\d{{4}})?|(?<=6)2\d{{1,16}}|(?<=9)558\d{{0,13}})(?![^{_EDGE}])"
)
# The digit first, which is quicker to find than an edge, then what few digits have; alone in a line it is read on
# anyway, and so is a whole number.
_FIRST = re.compile(rf"(?P<first>[1-9](?<=[{_EDGE}].)(?=\d)(?!(?<=\n.)\d*+[Xx]?\r?(?:\n|\Z)){_REST})")
_AT_START = re.compile(rf"(?P<first>[1-9]{_REST})")
"""What may be the first part of a number that goes on below: of an identity number, a telephone, a card."""
_BELOW = re.compile(r"\d{1,16}[Xx]?|[Xx]")
_TOKEN = re.compile(r"[^ \t\u00a0\u2002-\u200a\u3000|｜│┃║¦\r\f\v]+")
_PARTING = ",，;；\t"
_BEFORE, _AFTER, _AGAIN = 16, 48, 8
"""Of a column so many lines above a part and below it are weighed together, the last ones once more."""
_HEADS, _HEAD_REACH = 3, 20_000
_NEAR = 6
"""The other parts stand no more lines below."""
_BEGINNING = re.compile(r"[1-8]\d{0,6}$|[1-8]\d{5}(?:19|20)|1[3-9]\d{0,9}$|62|9558")
"""What a number may begin with."""
_MOBILE = re.compile(r"1[3-9]\d{9}")
_LABEL = re.compile("|".join((*DATA["labels"]["mobile"], *DATA["labels"]["card"])))
"""Of what has no check digit, or a poor one, the column must say what it is."""
_TAB, _KEPT = 8, 100

_SIGNS = r"[-\u2010-\u2015_~·=*\uff0d（(\[【）)\]】\s]*"
_COUNT = r"\d{1,4}"
_FOOT = re.compile(
    rf"{_SIGNS}(?:(?:\d{{4}}[-/.年]\d\d?[-/.月]\d\d?日?\s*)?第\s?(?:{_COUNT}|[一二三四五六七八九十百]{{1,4}})\s?页"
    rf"(?:[\s,，/]*共\s?{_COUNT}\s?页)?|[Pp]age\s{_COUNT}(?:\sof\s{_COUNT})?|[^\d\n]{{0,30}}[（(]续[表页]?[）)]"
    rf"|[接见转][上下]一?页|分页符?|[ivxIVX]{{1,6}}|{_COUNT}\s?/\s?{_COUNT}|{_COUNT}){_SIGNS}"
)
# A line end after a digit, and no number below it; the line end first, which is quick to find.
_SEAM = re.compile(
    r"\n(?<=\d\d[\d \t\r]\n)(?:(?<=\d{3}\n)|(?<=\d{3}[ \t\r]\n))(?!\s*\d{5})(?=\s*[^\n]{1,80}\n\s*(?:[^\d\s]|[\dXx]))"
)
_MOST_BETWEEN, _MOST_FIGURES = 12, 3
"""So many lines stand between two pages, and so many of them are figures alone: numbers of pages, a part itself."""
_LONGEST = 80
_ROOM = 60
_FIGURES_ALONE = re.compile(r"[\dXx\s,.\-/]*")
_MOST_LISTS = 3_000
"""More lines of figures alone are a list of them, and no ends of pages."""
_CHECKED = re.compile(r"(?=[1-9])(?=[345]|62|9558|\d{6}(?:19|20))")
_SHORTEST_CARD, _IDENTITY_LENGTH, _CARD_LENGTH = 16, 18, 19


def over_lines(text: str, allowed: Collection[str]) -> Iterator[Hit]:
    """隔开的几段 — a hit for each part (条例 第十五条). `allowed`: numbers meant to be public, bare."""
    if "\n" not in text:
        return
    plain = text
    for value, sign in enumerate(_FULL_DIGITS):
        plain = plain.replace(sign, str(value))
    for found in chain(_in_columns(plain, allowed), _over_pages(plain, allowed)):
        yield found._replace(text=text[found.start : found.end])


_FULL_DIGITS = "".join(map(chr, range(0xFF10, 0xFF1A)))
Part = tuple[int, int]
"""Where a part, or a line, begins and ends."""
Place = tuple[str, int, int]
"""Behind so many of a sign that parts cells; or without such a sign, from one column to another as it is shown."""


def _in_columns(text: str, allowed: Collection[str]) -> Iterator[Hit]:
    lines, weighed = _Lines(text), set[int]()
    line = (0, -1)
    for first in chain(filter(None, (_AT_START.match(text),)), _FIRST.finditer(text)):
        start = first.start("first")
        if start > line[1]:
            line = _line_of(text, start)
        # Lines of nothing else are read on anyway.
        is_bare = text[slice(*line)].strip() == first["first"]
        if start in weighed or is_bare or not _may_go_on(lines, line, first.span("first")):
            continue
        column = _column(lines, line, lines.place(line, first.span("first")))
        weighed.update(part[0] for part in column[:-_AGAIN] if part)
        rows = [[text[slice(*part)] if part else ""] for part in column]
        is_labelled = any(_LABEL.search(row[0]) for row in rows)
        for cell in over_cells_and_days(rows, (), {}, (), allowed, upright=True):
            if cell.hit.kind is Kind.IDENTITY or (cell.hit.severity is Severity.BLOCK and is_labelled):
                at = (column[cell.row - 1] or (0, 0))[0]
                yield cell.hit._replace(start=at + cell.hit.start, end=at + cell.hit.end)


def _may_go_on(lines: _Lines, line: Part, first: Part) -> bool:
    """Whether it makes a number with what stands below it."""
    below = list(islice(_lines_below(lines.text, line), _NEAR))
    if not below:
        return False
    code, place = lines.text[slice(*first)], lines.place(line, first)
    for part in filter(None, (lines.at(other, place) for other in below)):
        if not (found := _BELOW.match(lines.text, *part)):
            return False
        code += found[0].upper()
        if not _BEGINNING.match(code):
            return False
        if is_identity_number(code) or is_card_number(code) or _MOBILE.fullmatch(code):
            return True
    return False


def _column(lines: _Lines, line: Part, place: Place) -> list[Part | None]:
    """What stands at the place, from the words above it on."""
    text = lines.text
    above = list(islice(_lines_above(text, line), _BEFORE))[::-1]
    begin = above[0][0] if above else line[0]
    reach = max(0, begin - _HEAD_REACH)
    block = text.rfind("\n\n", reach, begin)
    heads: list[Part] = []
    if block >= 0 or not reach:
        head = _line_of(text, block + 2 if block >= 0 else 0)
        heads = [one for one in (head, *islice(_lines_below(text, head), _HEADS - 1)) if one[1] < begin]
    return [lines.at(one, place) for one in (*heads, *above, line, *islice(_lines_below(text, line), _AFTER))]


def _line_of(text: str, at: int) -> Part:
    end = text.find("\n", at)
    return text.rfind("\n", 0, at) + 1, len(text) if end < 0 else end


def _lines_below(text: str, line: Part) -> Iterator[Part]:
    """Up to a blank line."""
    while line[1] < len(text) and text[line[1] + 1 : (line := _line_of(text, line[1] + 1))[1]].strip():
        yield line


def _lines_above(text: str, line: Part) -> Iterator[Part]:
    while line[0] > 0 and text[slice(*(line := _line_of(text, line[0] - 1)))].strip():
        yield line


_Token = tuple[int, int, Part]
"""The columns from which and to which it is shown, and where it stands."""


def _start(token: _Token) -> int:
    return token[2][0]


def _right(token: _Token) -> int:
    return token[1]


class _Lines:
    """What stands in the lines of a text, as it is shown. The last ones are kept: the next token asks for them, too."""

    def __init__(self, text: str) -> None:
        self.text = text
        self._tokens: dict[Part, list[_Token]] = {}
        self._places: dict[tuple[Part, str], list[int]] = {}

    def place(self, line: Part, token: Part) -> Place:
        """Of a token of this line."""
        start, end = token
        beside = self.text[max(line[0], start - 1) : start] + self.text[end : min(line[1], end + 1)]
        for sign in _PARTING:
            if sign in beside:
                return sign, bisect_left(self._marks(line, sign), start), 0
        shown = self._shown(line)
        at = bisect_left(shown, start, key=_start)
        begin = shown[at][0] if at < len(shown) and shown[at][2] == token else 0
        return "", begin, begin + end - start

    def at(self, line: Part, place: Place) -> Part | None:
        """What stands in a line at a place."""
        sign, begin, end = place
        if not sign:
            shown = self._shown(line)
            at = bisect_right(shown, begin, key=_right)
            return shown[at][2] if at < len(shown) and shown[at][0] < end else None
        marks = self._marks(line, sign)
        if begin > len(marks):
            return None
        return marks[begin - 1] + 1 if begin else line[0], marks[begin] if begin < len(marks) else line[1]

    def _marks(self, line: Part, sign: str) -> list[int]:
        """Where a sign stands that parts cells."""
        if (line, sign) not in self._places:
            if len(self._places) > _KEPT:
                self._places.clear()
            signs = enumerate(self.text[slice(*line)], line[0])
            self._places[line, sign] = [at for at, one in signs if one == sign]
        return self._places[line, sign]

    def _shown(self, line: Part) -> list[_Token]:
        """The columns and the place of each token."""
        if line not in self._tokens:
            if len(self._tokens) > _KEPT:
                self._tokens.clear()
            self._tokens[line] = list(self._read(*line))
        return self._tokens[line]

    def _read(self, last: int, stop: int) -> Iterator[_Token]:
        column = 0
        for token in _TOKEN.finditer(self.text, last, stop):
            left = _width(self.text[last : token.start()], column)
            column, last = _width(token[0], left), token.end()
            yield left, column, token.span()


class _Widths(dict[str, int]):
    """How many columns a sign takes. Filled as signs come up."""

    def __missing__(self, sign: str) -> int:
        self[sign] = 0 if is_unseen(sign) else 2 if unicodedata.east_asian_width(sign) in "WF" else 1
        return self[sign]


_WIDTHS = _Widths()


def _width(text: str, column: int) -> int:
    """The column after a text that begins in this one."""
    for number, part in enumerate(text.split("\t")):
        column += _TAB - column % _TAB if number else 0
        column += len(part) if part.isascii() else sum(map(_WIDTHS.__getitem__, part))
    return column


def _over_pages(text: str, allowed: Collection[str]) -> Iterator[Hit]:
    lists = 0
    for seam in _SEAM.finditer(text):
        start, line = seam.start(), _line_of(text, seam.end())
        if _FIGURES_ALONE.fullmatch(text, max(0, start - _ROOM), start):
            lists += 1
            if lists > _MOST_LISTS:
                continue
        for again in _resumed(text, line):
            if found := list(_of_seam(text, start, again, allowed)):
                yield from found
                break


def _resumed(text: str, line: Part) -> Iterator[int]:
    """Where the text may go on after the end of a page."""
    is_between, passed, figures = False, list[tuple[Part, str]](), 0
    for _ in range(_MOST_BETWEEN):
        between = text[slice(*line)].strip()
        if is_between and (between[:1].isdecimal() or between[:1] in ("X", "x")):
            # Only now it matters what was passed over.
            if not all(_FOOT.fullmatch(words) or _stands_again(text, place, words) for place, words in passed):
                return
            passed.clear()
            yield line[0] + text[slice(*line)].index(between[0])
        if between.isdecimal():
            figures += 1
            if figures > _MOST_FIGURES:
                return
        if between:
            is_between = True
            passed.append((line, between))
        if line[1] >= len(text):
            return
        line = _line_of(text, line[1] + 1)


def _stands_again(text: str, line: Part, between: str) -> bool:
    """Whether it is a running head, which stands on another page too."""
    start, end = line
    after, before = (end, end + _HEAD_REACH), (max(0, start - _HEAD_REACH), start)
    return len(between) <= _LONGEST and any(text.find(between, *part) >= 0 for part in (after, before))


def _may_be_one(before: str, after: str) -> bool:
    """Whether two parts may be one that blocks; of figures without words only a check digit makes sure, or a line for
    each of them."""
    if not _FIGURES_ALONE.fullmatch(before) or before[-2:-1].isspace():
        return True
    head = _FIGURES_ALONE.match(after)
    end, begin = bare_plain(before.translate(PLAIN)), bare_plain((head[0] if head else "").translate(PLAIN))
    whole = end[-_IDENTITY_LENGTH:] + begin[:_CARD_LENGTH]
    seam = min(len(end), _IDENTITY_LENGTH)
    places = (match.start() for match in _CHECKED.finditer(whole, 0, len(whole)))
    return any(
        at < seam < at + size and (is_identity_number(code) or is_card_number(code))
        for at in places
        for size in range(_SHORTEST_CARD, _CARD_LENGTH + 1)
        if len(code := whole[at : at + size]) == size
    )


def _of_seam(text: str, start: int, again: int, allowed: Collection[str]) -> Iterator[Hit]:
    """The two parts of a number that goes on `again`."""
    before, after = text[max(0, start - _ROOM) : start].rstrip(), text[again : again + _ROOM]
    shift = max(0, start - _ROOM)
    if not _may_be_one(before, after):
        return
    for found in numbers(f"{before}\n{after}"):
        if found.severity is not Severity.BLOCK or not found.start < len(before) < found.end:
            continue
        if any(bare(found.text) in public for public in allowed):
            continue
        cut, mask = len(before) - found.start, found.mask or ""
        head = found._replace(
            start=shift + found.start, end=shift + len(before), text=found.text[:cut], mask=mask[:cut]
        )
        end = again + found.end - len(before) - 1
        yield head
        yield found._replace(start=again, end=end, text=found.text[cut + 1 :], mask=mask[cut + 1 :])
