"""银行卡号 — cards with something between their digits: how they are cut, and what stands about them (条例 第十五条).

By its label a card may be cut anywhere; without one in groups of any length within a line, where no figure stands
beside it. A row of figures passes the check digit once in ten times.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import islice

from gongkai.text.codes import has_card_head, is_card_number
from gongkai.text.hit import Severity
from gongkai.text.personal_data.holders import is_persons
from gongkai.text.personal_data.kinds import DATA, Kind
from gongkai.text.personal_data.mobiles import Found
from gongkai.text.personal_data.saying import is_amount, is_in_hash, is_named, is_office_account, is_other, is_said
from gongkai.text.personal_data.signs import SEPARATORS, UNSEEN, bare_plain, is_bold

Candidate = tuple[Kind, Severity | None, int, int]
"""可能的号码 — its kind, how grave where that is not the rule's own, and where it stands in a stretch."""
_U = f"{UNSEEN}*+"
_G = rf"[{UNSEEN} /,]*+(?:\n[{UNSEEN} /,]*+){{0,2}}"
_FOUR = rf"\d(?:{_U}\d){{3}}"
_B = rf"{_U}(?:[ /,]{_U})++"
_CARD_SHAPES = (
    rf"[3-69](?:{_U}\d){{15,18}}",
    rf"(?=[3-69]){_FOUR}(?:{_B}{_FOUR}){{3}}(?:{_U}(?:[ /,]{_U})*+\d(?:{_U}\d){{0,2}})?",
    rf"[3-69](?:{_B}\d){{15,18}}",
    rf"[3-69]\d\d(?:{_B}\d{{3}}){{4,5}}(?:{_B}\d{{1,2}})?",
    rf"6(?:{_U}\d){{7}}{_B}\d(?:{_U}\d){{7}}{_B}\d(?:{_U}\d){{2}}",
    rf"6(?:{_U}\d){{3,14}}{_B}\d(?:{_U}\d){{3,14}}",
    rf"[3-69](?:{_U}\d){{2,17}}{_U} ?{_U}\n{_U} ?\d(?:{_U}\d)*+",
)
"""Whole; in fours; one by one; in threes; in two parts; over the end of a line."""
_CARD = re.compile(rf"(?<!\d)(?=[3-69])(?=({'|'.join(_CARD_SHAPES)})(?!\d))")
_ANY_CARD = re.compile(rf"(?<!\d)[3-69](?:{_G}\d){{15,18}}(?!\d)")
_L = f"{_U}(?: {_U}){{0,3}}"
_ANY_ACCOUNT = re.compile(rf"(?<!\d)\d(?:{_L}\d){{11,20}}(?!\d)")
"""What a label alone makes an account: a number of a bank book, a card that is mistyped."""
_BEGINNINGS = rf"6{_L}2(?:{_L}\d){{14,17}}|9{_L}5{_L}5(?:{_L}\d){{13,16}}"
_IN_GROUPS = re.compile(rf"(?<!\d)(?=[69])(?=({_BEGINNINGS})(?!{_U}\d))")
"""In a line, by blanks and hyphens, in groups of any length."""
_GROUP_END = re.compile(f"{_U} [ {UNSEEN}]*")
_GROUP_BEFORE, _GROUP_AFTER = re.compile(rf"\d{_U} [ {UNSEEN}]*\Z"), re.compile(rf"{_U} [ {UNSEEN}]*\d")
_NO_FIGURE = re.compile(rf" {_U}0{_U}\d")
"""A group of several digits that begins with 0, as no figure does."""
_CARD_WORD = re.compile("|".join((*DATA["labels"]["card"], "卡", "折")))
_IN_THREES = re.compile(r"\d{3}[^\d]+\d{3}[^\d]")
_BLANK = re.compile(r"\d[\s/,，、;；]")
_HYPHEN = re.compile(r"\d[-\u2010-\u2015\uff0d]\d")
_ADDRESS = re.compile(r"(?<![\d.])(?:\d{1,3}\.){3}\d{1,3}(?![\d.])")
"""An address of a computer: 255.255.255.0 beside others is no card in groups."""
_FAR, _ROOM = 8, 24


def card(text: str, start: int, end: int) -> Found:
    """银行卡号 — of a number that its check digit makes one; a warning where it is an office's (条例 第十五条)."""
    is_disguised = is_bold(text, start, end) and not is_said(text, start, "card")
    return Kind.BANK_CARD, Severity.WARN if _is_public(text, start, end) or is_disguised else None


def _is_public(text: str, start: int, end: int) -> bool:
    return is_other(text, start) or is_in_hash(text, start, end) or is_office_account(text, start, end)


def torn_cards(text: str, at: int, plain: str) -> Iterator[Candidate]:
    """拆开的卡号 — every one of a stretch that begins `at`; `plain`: the stretch in classes (条例 第十五条)."""
    for match in _ANY_CARD.finditer(plain) if _has_word(text, at, plain) else ():
        start, end = match.span()
        if is_card_number(bare_plain(match[0])) and is_named(text, at + start, "card"):
            yield (*card(text, at + start, at + end), start, end)
    for match in _CARD.finditer(plain):
        start = match.start(1)
        for printed in _without_figures(match[1]):
            if found := _torn_card(text, at + start, printed):
                yield (*found, start, start + len(printed))
                break
    for match in _IN_GROUPS.finditer(plain):
        yield from islice(_in_groups(text, at, plain, *match.span(1)), 1)


def labelled_accounts(text: str, at: int, plain: str) -> Iterator[Candidate]:
    """写明的账号 — what no check digit makes a card, right behind its label: to be asked about, unless a person
    holds it (条例 第十五条)."""
    for match in _ANY_ACCOUNT.finditer(plain) if _has_word(text, at, plain) else ():
        start, end = match.span()
        place = at + start, at + end
        if is_named(text, at + start, "card") and not (_is_public(text, *place) or is_amount(text, *place)):
            yield Kind.BANK_CARD, None if is_persons(text, *place) else Severity.WARN, start, end


def _has_word(text: str, at: int, plain: str) -> bool:
    return _CARD_WORD.search(text, max(0, at - _ROOM), at + len(plain)) is not None


def _in_groups(text: str, at: int, plain: str, start: int, longest: int) -> Iterator[Candidate]:
    """A card in groups of any length, with no figure beside it, or with a group that is none."""
    ends = [longest, *(mark.start() for mark in list(_GROUP_END.finditer(plain, start, longest))[::-1])]
    for end in ends:
        printed = plain[start:end]
        if not is_card_number(bare_plain(printed)) or _is_address(text, at + start, at + end):
            continue
        is_row = _GROUP_BEFORE.search(plain, max(0, start - _FAR), start) or _GROUP_AFTER.match(plain, end)
        if not is_row or _NO_FIGURE.search(printed) or is_said(text, at + start, "card"):
            yield (*card(text, at + start, at + end), start, end)
        else:
            yield Kind.BANK_CARD, Severity.WARN, start, end


def _is_address(text: str, start: int, end: int) -> bool:
    return _ADDRESS.search(text, max(0, start - _FAR), end + _FAR) is not None


def _without_figures(printed: str) -> Iterator[str]:
    """The number without what stands behind another mark than its parts, as it is, and without its last part."""
    marks = list(SEPARATORS.finditer(printed))
    yield from (printed[: mark.start()] for mark in marks if mark[0] != marks[0][0])
    yield printed
    yield from (printed[: mark.start()] for mark in marks[-1:])


def _torn_card(text: str, start: int, printed: str) -> Found | None:
    code = bare_plain(printed)
    if not is_card_number(code) or _is_address(text, start, start + len(printed)):
        return None
    found = card(text, start, start + len(printed))
    if is_named(text, start, "card"):
        return found
    if _IN_THREES.match(printed) and _BLANK.search(text, start, start + len(printed)):
        # Six figures in a row; nobody cuts a card so with blanks.
        return None
    if is_said(text, start, "card"):
        return found
    # One in ten rows of four figures each passes the check; known beginnings are rare.
    is_known = has_card_head(code)
    if "," in printed or (not is_known and " " in printed and not _HYPHEN.search(text, start, start + len(printed))):
        return (found[0], Severity.WARN) if is_known else None
    return found
