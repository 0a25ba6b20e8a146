"""字的先后 — the orders in which signs of a page can be read beside that of the file (条例 第十七条).

A file may draw the signs of a number one by one, backwards, or one under the other; a reader sees the number.
"""

from __future__ import annotations

import math
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence

from gongkai.documents.redaction.pdf_rules import Upright
from gongkai.documents.showing import How
from gongkai.documents.showing.pdf import Sign

_SAME_LINE, _APART, _WIDE = 0.4, 0.2, 0.8
_CLOSE, _BOX = 1.5, 2.0
_CELL = "\u2028"
"""A line end that does not count as a line: digits on both sides are two numbers, unless a check digit says more."""
_NEAR = 4.0
_TURNED, _BENT = 0.05, 0.01
_LEAST = 7
"""Digits: no number that is looked for has fewer."""
_BLANK = Sign(" ", 0, None, None, (0, 0, 0, 0))  # type: ignore[arg-type]


def by_place(found: Sequence[Sign]) -> list[Sign]:
    """按位置 — the signs by lines from the top down, whatever order the file has."""
    return [sign for line in _lines(_drawn(found)) for sign in line]


def _drawn(found: Sequence[Sign]) -> list[Sign]:
    return [sign for sign in found if sign.thing and not sign.text.isspace()]


def orders(found: Sequence[Sign]) -> Iterator[list[Sign]]:
    """别的顺序 — by lines from the top down where the file has another order or breaks a line; columns of digits."""
    drawn, placed = _drawn(found), by_place(found)
    if _runs([sign for sign in placed if sign.thing]) != _runs(drawn) or _is_broken(found):
        yield placed
    yield from _columns([sign for sign in drawn if _is_digit(sign)])
    yield from _trails(drawn)


def parted(order: Sequence[Sign], uprights: Sequence[Upright]) -> list[Sign]:
    """分开 — the signs with a tab for each blank where a gap that is wider, or a ruling line, parts two words.

    Figures in two cells are two numbers. Signs that stand alone side by side, as in boxes of a digit each, are parts of
    one; those in the columns of a table stand further apart.
    """
    made: list[Sign] = []
    for at, sign in enumerate(order):
        if made and _is_word(order, at - 1) and _is_word(order, at):
            if _drop(order[at - 1], sign) > _CLOSE * sign.size:
                made.append(_BLANK._replace(text=_CELL, at=sign.at, how=sign.how))
        elif sign.text == " " and _is_word(order, at - 1) and _is_word(order, at + 1):
            sign = sign._replace(text=_between(order, at, uprights))
        made.append(sign)
    return made


def words(found: Sequence[Sign], uprights: Sequence[Upright]) -> Iterator[list[Sign]]:
    """分开的字块 — the seen, upright signs of each line that no wide gap and no ruling line parts."""
    drawn = [sign for sign in found if sign.thing and not sign.text.isspace() and sign.how is not How.HIDDEN]
    for line in _lines([sign for sign in drawn if abs(sign.turn) < _TURNED]):
        word: list[Sign] = []
        for sign in parted(line, uprights):
            if sign.text in ("\t", _CELL, "\n"):
                if word:
                    yield word
                word = []
            elif sign.thing:
                word.append(sign)


def _between(order: Sequence[Sign], at: int, uprights: Sequence[Upright]) -> str:
    """What a single blank of the order parts."""
    before, after = order[at - 1], order[at + 1]
    gap = _gap(before, after)
    if not (_is_word(order, at - 2) or _is_word(order, at + 2)):
        return _CELL if gap > _BOX * before.size else " "
    return "\t" if gap > _WIDE * before.size or _is_ruled(before, after, uprights) else " "


def _is_word(order: Sequence[Sign], at: int) -> bool:
    return 0 <= at < len(order) and bool(order[at].thing) and not order[at].text.isspace()


def _drop(before: Sign, after: Sign) -> float:
    """How far one sign stands off the line of another."""
    across, down = after.origin[0] - before.origin[0], after.origin[1] - before.origin[1]
    return abs(across * math.sin(before.turn) + down * math.cos(before.turn))


def _gap(before: Sign, after: Sign) -> float:
    """What is free between two signs of a line; nothing where they stand in different ones."""
    if _drop(before, after) > _SAME_LINE * max(before.size, after.size):
        return 0.0
    across, down = after.origin[0] - before.origin[0], after.origin[1] - before.origin[1]
    return across * math.cos(before.turn) - down * math.sin(before.turn) - before.advance


def _is_ruled(before: Sign, after: Sign, uprights: Sequence[Upright]) -> bool:
    """Whether an upright line of the page, which come from left to right, stands between two signs."""
    margin = _APART * before.size
    first = bisect_left(uprights, (before.origin[0] + before.advance - margin,))
    last = bisect_right(uprights, (after.origin[0] + margin,))
    return any(top <= before.origin[1] <= bottom for _, top, bottom in uprights[first:last])


def _is_digit(sign: Sign) -> bool:
    return sign.text.isdigit() or sign.text in "Xx\u2169"


def _runs(signs: Sequence[Sign]) -> list[str]:
    """The digits that follow one another: a form fills in a number between words that it has drawn before."""
    return "".join(sign.text if _is_digit(sign) else " " for sign in signs).split()


def _is_broken(found: Sequence[Sign]) -> bool:
    """Whether a line end stands between two signs side by side, as where the font changes: 1990 and 年."""
    last, has_end = None, False
    for sign in found:
        if not sign.thing or sign.text.isspace():
            has_end = has_end or "\n" in sign.text
            continue
        if last and has_end and _drop(last, sign) < _SAME_LINE * sign.size and abs(_gap(last, sign)) < sign.size:
            return True
        last, has_end = sign, False
    return False


def _lines(drawn: Sequence[Sign]) -> list[list[Sign]]:
    lines: list[list[Sign]] = []
    for sign in sorted(drawn, key=lambda sign: (round(sign.origin[1], 1), sign.origin[0])):
        if lines and sign.origin[1] - lines[-1][0].origin[1] < _SAME_LINE * max(sign.size, 1):
            lines[-1].append(sign)
        else:
            lines.append([sign])
    return [_spaced(sorted(line, key=lambda sign: sign.origin[0])) for line in lines]


def _spaced(line: Sequence[Sign]) -> list[Sign]:
    """With blanks where signs stand apart, and a line end."""
    made: list[Sign] = []
    for sign in line:
        if made and _gap(made[-1], sign) > _APART * sign.size:
            made.append(_BLANK._replace(at=sign.at, how=sign.how))
        made.append(sign)
    return [*made, _BLANK._replace(text="\n", at=line[-1].at, how=line[-1].how)]


def _columns(digits: Sequence[Sign]) -> Iterator[list[Sign]]:
    """Digits under one another with none beside them."""
    columns: list[list[Sign]] = []
    lonely = _lonely(digits)
    for sign in sorted(lonely, key=lambda sign: sign.origin[1]):
        middle = (sign.box[0] + sign.box[2]) / 2
        for column in columns:
            last = column[-1]
            down = sign.origin[1] - last.origin[1]
            if abs((last.box[0] + last.box[2]) / 2 - middle) < _SAME_LINE * sign.size and 0 < down < _NEAR * sign.size:
                column.append(sign)
                break
        else:
            columns.append([sign])
    yield from (_loosened(column) for column in columns if len(column) >= _LEAST)


def _trails(drawn: Sequence[Sign]) -> Iterator[list[Sign]]:
    """Figures of a bow or of stairs: each is near the one before it and stands on another line or in another turn."""
    trail: list[Sign] = []
    for sign in drawn:
        if trail and not (_is_digit(sign) and _is_step(trail[-1], sign)):
            if len(trail) >= _LEAST:
                yield trail
            trail = []
        if _is_digit(sign):
            trail.append(sign)
    if len(trail) >= _LEAST:
        yield trail


def _is_step(one: Sign, other: Sign) -> bool:
    across, down = abs(other.origin[0] - one.origin[0]), abs(other.origin[1] - one.origin[1])
    is_bent = abs(one.turn - other.turn) > _BENT or min(across, down) > _APART * one.size
    return is_bent and math.hypot(across, down) <= _NEAR * max(one.size, other.size)


def _loosened(column: Sequence[Sign]) -> list[Sign]:
    """With line ends between digits that stand so far apart as the rows of a table do: those are numbers of their own,
    unless a check digit says more."""
    made = [column[0]]
    for sign in column[1:]:
        if sign.origin[1] - made[-1].origin[1] > _CLOSE * sign.size:
            made += [_BLANK._replace(text="\n", at=sign.at, how=sign.how)] * 2
        made.append(sign)
    return made


def _lonely(digits: Sequence[Sign]) -> list[Sign]:
    lonely: list[Sign] = []
    rows: dict[int, list[Sign]] = {}
    for sign in digits:
        rows.setdefault(round(sign.origin[1]), []).append(sign)
    for sign in digits:
        near = (one for row in (-1, 0, 1) for one in rows.get(round(sign.origin[1]) + row, ()))
        if not any(one.at != sign.at and abs(one.origin[0] - sign.origin[0]) < sign.size for one in near):
            lonely.append(sign)
    return lonely
