"""表头的意思 — one vocabulary of what stands over a column, left of a cell or as the key of a program (条例 第十五条).

    身份证号 | 联系电话 | 残疾类别        出生日期 | 1985-03-12        {"csrq": "19850312"}

Columns of health, of minors and of telephones speak of persons only beside a column of names; a head that counts
(残疾人数) speaks of nobody. A word of programs is the whole head, in English or by the first letters of Chinese words.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache
from typing import NamedTuple

from gongkai.text.personal_data.headings import is_office_phone
from gongkai.text.personal_data.kinds import DATA, RULES, Kind
from gongkai.text.personal_data.signs import bare

_GRIDS = DATA["grids"]
_PROGRAMS = {word: Kind(kind) for kind, words in _GRIDS["programs"].items() for word in words}
_PROGRAM_NAMES, _PROGRAM_ADDRESSES, _PROGRAM_TYPES = (
    frozenset(_GRIDS["program_words"][name]) for name in ("names", "addresses", "certificate_types")
)
_WHOLE = {word: Kind(kind) for kind, words in _GRIDS["whole"].items() for word in words}
_PERSONS = frozenset(_GRIDS["persons"])
_NO_LETTERS = re.compile(r"[\W_]+")
_ADDED = re.compile(r"[（(][^（）()]*[）)]|[\s:：*\uff0a]+")
"""What a head adds to its word: 出生年月（日）."""
_NAMES, _STATISTICS, _POSTS = (tuple(_GRIDS[name]) for name in ("names", "statistics", "posts"))
_TYPES = tuple(_GRIDS["certificate_types"])
_CERTIFICATES, _NO_CERTIFICATES = (
    re.compile("|".join(map(re.escape, _GRIDS[name]))) for name in ("certificates", "no_certificates")
)
_BETWEEN = re.compile(r"[\s（）()〔〕【】\[\]/／、:：*\uff0a]|[或和及](?=[卡折账帐户存])")
"""What stands between the parts of such a word: 卡（折）号, 账/卡号, 卡或折号."""
_PASSBOOKS, _NO_PASSBOOKS = (
    re.compile("|".join(map(re.escape, DATA["passbooks"][name]))) for name in ("numbers", "none")
)
_PASSBOOK_ENDS = tuple(DATA["passbooks"]["ends"])
_WHOLE_PASSBOOKS = frozenset(("折", "卡折", "卡", "折子"))
_LONGEST = 24
# The longest word first: 残疾证号 before 残疾.
_WORDS = sorted(
    (
        (word, rule.kind, word in rule.beside_names)
        for rule in RULES.values()
        for word in (*rule.headers, *rule.beside_names)
    ),
    key=lambda entry: -len(entry[0]),
)


class Head(NamedTuple):
    """表头 — its words, and the kind of its cells, if it speaks of a person (条例 第十五条)."""

    words: str
    kind: Kind | None


def label_of(text: str) -> str:
    """标签 — a cell as a head: short, without blanks, no number; else empty (条例 第十五条)."""
    text = "".join(text.split())
    return text if len(text) <= _LONGEST and len(bare(text)) >= 1 and not text.isdecimal() else ""


def is_name(head: str) -> bool:
    """姓名栏 — whether a head speaks of the names of persons (条例 第十五条)."""
    return any(word in head for word in _NAMES)


def lists_persons(heads: Iterable[str]) -> bool:
    """人员名单 — whether a head is one of names, in the words of programs too (条例 第十五条)."""
    return any(is_name(head) or head in _PERSONS or _program(head) in _PROGRAM_NAMES for head in heads)


def is_type(head: str) -> bool:
    """证件类型栏 — whether the cells below say of which kind a certificate is (条例 第十五条)."""
    return any(word in head for word in _TYPES) or _program(head) in _PROGRAM_TYPES


def is_directory(heads: Iterable[str]) -> bool:
    """通讯录 — of an office: beside the names stand posts or sections (条例 第二十条)."""
    return any(word in head for head in heads for word in _POSTS)


def spoken_words() -> tuple[str, ...]:
    """表头用语 — every word by which a header speaks of persons."""
    return tuple(word for word, _, _ in _WORDS)


@lru_cache(maxsize=4096)
def kind_of(head: str, *, is_named: bool, is_listed: bool = False) -> Kind | None:
    """表头说的是哪一种 — of the cells below. `is_named`: beside a column of names; `is_listed`: of names as programs
    call them (条例 第十五条)."""
    if found := whole_kind(head, is_listed=is_named or is_listed):
        return found
    if any(word in head for word in _STATISTICS):
        return None
    found = next((kind for word, kind, beside in _WORDS if word in head and (is_named or not beside)), None)
    if found is None and is_certificate(head):
        return Kind.IDENTITY
    if found is None and is_passbook(head):
        return Kind.BANK_CARD
    return None if found in (Kind.PHONE, Kind.MOBILE) and is_office_phone(head) else found


@lru_cache(maxsize=4096)
def whole_kind(head: str, *, is_listed: bool) -> Kind | None:
    """一个词就是表头 — the kind of a head that says nothing else, which it says left of a cell, too (条例 第十五条)."""
    word = _ADDED.sub("", head)
    if word.isascii():
        word = _program(word)
        return _PROGRAMS.get(word) or (Kind.ADDRESS if is_listed and word in _PROGRAM_ADDRESSES else None)
    return _WHOLE.get(word) if is_listed else None


def is_weak(head: str) -> bool:
    """也可能是单位的 — whether a head of addresses may be one of offices, too (条例 第十五条)."""
    word = _ADDED.sub("", head)
    return _WHOLE.get(word) is Kind.ADDRESS or _program(word) in _PROGRAM_ADDRESSES


def is_certificate(head: str) -> bool:
    """证件号栏 — whether the numbers below may be of any certificate of a person (条例 第十五条)."""
    if head.isascii():
        return _PROGRAMS.get(_program(head)) is Kind.IDENTITY
    return bool(_CERTIFICATES.search(head)) and not _NO_CERTIFICATES.search(head)


@lru_cache(maxsize=4096)
def is_passbook(head: str) -> bool:
    """卡（折）号栏 — whether the numbers below are those of passbooks or cards, however the word is put together:
    一卡（折）通号, 惠农折号 (个人信息保护法 第二十八条)."""
    word = _BETWEEN.sub("", head)
    if _NO_PASSBOOKS.search(word):
        return False
    return bool(_PASSBOOKS.search(word)) or word.endswith(_PASSBOOK_ENDS) or word in _WHOLE_PASSBOOKS


def says_passbook_alone(head: str) -> bool:
    """只凭卡折二字 — whether no plain word of cards and accounts says it, too: then a cell must look like a number of
    a passbook (个人信息保护法 第二十八条)."""
    return is_passbook(head) and not any(word in head for word in RULES[Kind.BANK_CARD].headers)


def _program(head: str) -> str:
    return _NO_LETTERS.sub("", head.lower()) if head.isascii() else ""
