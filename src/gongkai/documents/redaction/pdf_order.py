"""字的先后 — the orders in which signs of a page can be read beside that of the file (条例 第十七条).

A file may draw the signs of a number one by one, backwards, or one under the other; a reader sees the number.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from gongkai.documents.showing.pdf import Sign

_SAME_LINE, _APART = 0.4, 0.8
_NEAR = 4.0
_LEAST = 7
"""Digits: no number that is looked for has fewer."""
_BLANK = Sign(" ", 0, None, None, (0, 0, 0, 0))  # type: ignore[arg-type]


def orders(found: Sequence[Sign]) -> Iterator[list[Sign]]:
    """别的顺序 — by lines from the top down where the file has another order; columns of single digits."""
    drawn = [sign for sign in found if sign.thing and not sign.text.isspace()]
    lines = _lines(drawn)
    by_place = [sign for line in lines for sign in line if sign.thing]
    if _digits(by_place) != _digits(drawn):
        yield [sign for line in lines for sign in line]
    yield from _columns([sign for sign in drawn if _is_digit(sign)])


def _is_digit(sign: Sign) -> bool:
    return sign.text.isdigit() or sign.text in "Xx\u2169"


def _digits(signs: Sequence[Sign]) -> str:
    return "".join(sign.text for sign in signs if _is_digit(sign))


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
        if made and sign.box[0] - made[-1].box[2] > _APART * sign.size:
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
    yield from (column for column in columns if len(column) >= _LEAST)


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
