"""像卡号的数 — sixteen to nineteen digits whose check digit is right, and what stands beside them (条例 第十五条).

    王建军 农行 1031234567890123459      账号：1031234567890123459      a list of nothing but such numbers

Banks have more beginnings of numbers than any list knows, and one number in ten has the right check digit by chance. So
a bank, a word of accounts or a person beside it in the line makes it an account; alone, it is one where nearly all
such numbers of the text, or of the column, are right. What names another number, an amount or an office's account does
not block.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import chain
from typing import NamedTuple

from gongkai.text.codes import is_card_number, is_checked_number, is_credit_code, is_identity_number
from gongkai.text.hit import CellHit, Hit, Severity
from gongkai.text.personal_data.headings import is_thing
from gongkai.text.personal_data.holders import APART, NAME, is_person
from gongkai.text.personal_data.kinds import DATA, Kind, hit
from gongkai.text.personal_data.saying import (
    is_amount,
    is_in_hash,
    is_named,
    is_office_account,
    is_other,
    is_public,
)
from gongkai.text.personal_data.signs import CELL_END, bare

_S = "[ \u00a0\u3000\u2010-\u2015\uff0d-]"
_DIGITS = rf"(?:\d{{16,19}}|\d{{4}}(?:{_S}\d{{4}}){{3}}(?:{_S}?\d{{1,3}})?|\d{{6}}{_S}\d{{10,13}})"
# A digit first, which is quicker to find than what may not stand before it.
_NUMBER = re.compile(
    rf"\d(?<![\dA-Za-z._=?&%-]\d)(?<![\x00-\x7f]/\d)"
    rf"(?:\d{{15,18}}|\d{{3}}(?:{_S}\d{{4}}){{3}}(?:{_S}?\d{{1,3}})?|\d{{5}}{_S}\d{{10,13}})(?![\dA-Za-z_]|\.\d)"
)
_CELL = re.compile(rf"\s*(?P<number>{_DIGITS})\s*")
_WORDS = DATA["accounts"]
_BANK = re.compile("|".join(map(re.escape, (*_WORDS["banks"], *_WORDS["words"], *DATA["labels"]["card"]))))
_HEAD = re.compile(rf"{_BANK.pattern}|卡(?:号码?)?(?:[（(].*)?\Z", re.DOTALL)
_NAME_BEFORE = re.compile(rf"(?:^|(?<=[\s{CELL_END}，,、;；:：|(（.．\d]))(?P<name>{NAME})(?:{APART}|[)）]){{1,4}}\Z")
_NAME_AFTER = re.compile(rf"(?:{APART}|[(（]){{1,4}}(?P<name>{NAME})(?![\u4e00-\u9fff])")
_ENDS = re.compile(r"[\n。；;]|\d{11,}")
_BEFORE, _AFTER, _SHORTEST = 30, 24, 16
_BEHIND = 2
"""So many signs behind a number say whether it ends there."""
_OF_IDENTITY = 18
_FEWEST, _NEARLY_ALL = 4, 0.9
_OTHER_HEAD = re.compile("[号码证]|编号|代码|" + "|".join(map(re.escape, DATA["labels"]["other"])))


class _Cell(NamedTuple):
    """A cell that is such a number: its row, the bare number, and the match."""

    row: int
    code: str
    found: re.Match[str]


def bank_numbers(text: str, stretches: Iterable[tuple[int, str]]) -> Iterator[Hit]:
    """像卡号的数 — those that their neighbours, or all of them together, make accounts (条例 第十五条).

    `stretches`: what of the text may hold a number, each with where it begins: digits and what may part them.
    """
    alone: list[tuple[int, int, bool, bool]] = []
    long = ((start, start + len(part)) for start, part in stretches if len(part) >= _SHORTEST)
    for match in chain.from_iterable(_NUMBER.finditer(text, start, end + _BEHIND) for start, end in long):
        start, end = match.span()
        printed = match[0]
        # In a list of numbers all are bare.
        code = printed if printed.isascii() and printed.isdigit() else bare(printed)
        if _holds_identity(code) or is_credit_code(code) or _is_of_a_thing(text, start, end):
            continue
        is_right, is_known = is_checked_number(code), is_card_number(code)
        if is_right and not is_known and _is_beside(text, start, end):
            yield _hit(text, start, end)
        elif len(code) == end - start:
            alone.append((start, end, is_right, is_known))
    if _are_nearly_all([is_right for _, _, is_right, _ in alone]):
        for start, end, is_right, is_known in alone:
            if is_right and not is_known:
                yield _hit(text, start, end)


def _holds_identity(code: str) -> bool:
    """Whether an identity number stands in it, as with the sign of a note behind: that is told by its own check."""
    return any(is_identity_number(code[at : at + _OF_IDENTITY]) for at in range(len(code) - _OF_IDENTITY + 1))


def _hit(text: str, start: int, end: int) -> Hit:
    severity = Severity.WARN if is_office_account(text, start, end) else None
    return hit(Kind.BANK_CARD, start, text[start:end], severity=severity)


def _is_of_a_thing(text: str, start: int, end: int) -> bool:
    is_named_so = is_other(text, start) or is_amount(text, start, end) or is_in_hash(text, start, end)
    return is_named_so or (is_public(text, start, end) and not is_named(text, start, "card"))


def _are_nearly_all(right: Sequence[bool]) -> bool:
    return len(right) >= _FEWEST and sum(right) >= _NEARLY_ALL * len(right)


def _is_beside(text: str, start: int, end: int) -> bool:
    """Whether a bank, a word of accounts or a person stands beside a number, in its line and its sentence."""
    before = _ENDS.split(text[max(0, start - _BEFORE) : start])[-1]
    after = _ENDS.split(text[end : end + _AFTER], maxsplit=1)[0]
    if before.isascii() and after.isascii():
        return False
    if is_named(text, start, "card") or _BANK.search(before) or _BANK.search(after):
        return True
    names = (_NAME_BEFORE.search(before), _NAME_AFTER.match(after))
    return any(found and is_person(found["name"]) for found in names)


def in_columns(rows: Sequence[Sequence[str]], heads: Mapping[int, str], *, has_persons: bool) -> Iterator[CellHit]:
    """像卡号的一列 — cells below a head of banks and cards, in a list of persons, or in a column of which nearly all
    have the right check digit (条例 第十五条)."""
    for column, cells in _columns(rows).items():
        head = heads.get(column, "")
        right = [each for each in cells if is_checked_number(each.code)]
        if _is_of_accounts(head, has_persons=has_persons) or (
            len(right) >= _FEWEST and len(right) >= _NEARLY_ALL * len(cells)
        ):
            for each in right:
                one = hit(Kind.BANK_CARD, each.found.start("number"), each.found["number"])
                yield CellHit(each.row + 1, column + 1, head, one)


def _columns(rows: Sequence[Sequence[str]]) -> dict[int, list[_Cell]]:
    """The cells of each column that hold such a number and nothing else."""
    columns: dict[int, list[_Cell]] = {}
    for at, row in enumerate(rows):
        for column, text in enumerate(row):
            if len(text) < _SHORTEST or not (found := _CELL.fullmatch(text)):
                continue
            code = bare(found["number"])
            if not (is_identity_number(code) or is_credit_code(code)):
                columns.setdefault(column, []).append(_Cell(at, code, found))
    return columns


def _is_of_accounts(head: str, *, has_persons: bool) -> bool:
    """Whether a head speaks of banks and cards; in a list of persons, whether it names no other number."""
    if head and is_thing(head):
        return False
    return bool(_HEAD.search(head)) or (has_persons and not _OTHER_HEAD.search(head))
