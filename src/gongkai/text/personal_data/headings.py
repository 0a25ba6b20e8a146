"""表头说的是什么 — what the words over a column, or left of a cell, say of its number: money, a thing (条例 第十五条).

    预算数（元） | 联系电话       办件编号               姓名     | 账号 | 备注
    18598214320 | 13800138000    410725202601011234     某合作社 | …    | 对公账户

A label right before a number says more than any word above: 填表人：王建军 | 电话： | 138… in a column of money. Then
the nearest words above a cell speak for it: below the next row of headers they say nothing more. A word of telephones,
cards or identity among them keeps what was found as it is. A unit says that a figure is money; a word alone, a unit
over a list of people and a number of things leave it to a person.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby

from gongkai.text.codes import is_credit_code
from gongkai.text.hit import CellHit, Severity
from gongkai.text.personal_data.kinds import DATA, Kind
from gongkai.text.personal_data.saying import TO_A_PERSON, UNIT_IN_BRACKETS, is_office_name
from gongkai.text.personal_data.signs import bare


def _any(words: Iterable[str]) -> str:
    return "|".join(map(re.escape, sorted(words, key=len, reverse=True)))


_ABOUT, _LABELS = DATA["about"], DATA["labels"]
_LONGEST = 24
_FIGURE = re.compile(r"\s*[¥￥]?\s*-?\d[\d,，]*(?:[.．]\d+)?\s*")
_YEAR = re.compile(r"\s*(?:19|20)\d\d\s*")
_CODE = re.compile(r"\s*[A-Za-z]{1,4}-?\d{11}\s*")
_CODES = re.compile(_any(_LABELS["codes"]))
_LONG_FIGURE = re.compile(r"\d{5}")
_WORD = re.compile(r"[^\W\d_]{2}")
_TELEPHONE = re.compile(_any((*_LABELS["mobile"], "联系", "热线", "传真")))
_OFFICE_PHONES = re.compile(_any((*_ABOUT["office_phones"], *_ABOUT["office_phone_headers"])))
_OWN_PHONES = re.compile("本人|个人|家庭|住宅|监护|家长")
_PERSONAL = re.compile(_any((*_LABELS["card"], *_LABELS["identity"])))
_UNIT = re.compile(rf"{UNIT_IN_BRACKETS}|(?:[万亿千]元|[/／](?:{_any(_ABOUT['units'])}))\s*$", re.MULTILINE)
_OF_TABLE = rf"单位\s*[:：]?\s*(?:人民币)?(?:{_any(_ABOUT['units'])})"
_TABLE_UNIT = re.compile(rf"\s*(?:金额|货币|计量)?{_OF_TABLE}\s*")
_TITLE_UNIT = re.compile(rf"{_OF_TABLE}(?!\w)|{UNIT_IN_BRACKETS}\s*\Z")
_AMOUNT = re.compile(rf"(?:{_any((*_ABOUT['amounts'], *_ABOUT['amount_headers']))})[数额值]?\s*$", re.MULTILINE)
_NO_FIGURES = re.compile("备注|说明|人|[号码名址]")
"""Over such a column the unit of the whole table says nothing."""
_THING = re.compile(_any(_LABELS["other"]))
SPEAKING = re.compile(
    _any(
        (
            *(word for name in ("units", "amounts", "amount_headers", "office_accounts") for word in _ABOUT[name]),
            *_LABELS["other"],
            *_LABELS["codes"],
            *_LABELS["things"],
            *_LABELS["numbered"],
        )
    )
)
"""说数量、别的编号的词 — without one of them a table is left as it was found."""
_OWN_LABELS = {
    kind: re.compile(
        rf"(?:{_any(_LABELS[name])})(?:号码?)?(?:为|是)?(?P<sure>\s*(?:[（(][^（）()]*[）)])?\s*[:：])?\s*\Z"
    )
    for kind, name in ((Kind.MOBILE, "mobile"), (Kind.IDENTITY, "identity"), (Kind.BANK_CARD, "card"))
}
"""The label of a number itself, at the end of the words before it; `sure`: with a colon."""
_GOODS = re.compile(r"(?:手机|电话|移动电话|固定电话|银行卡|账户|存折|身份证|微信)\Z")
"""Without a colon these may be what a row counts: 手机 | 18598214320."""
_SIGNERS = re.compile(
    "(?:填表|填报|制表|制单|经办|负责|审核|审批|复核|联系|报送|承办|保管|领款|申报|登记|签[字名收]?)人?|人员|会计|出纳|校对|主管|姓名|村长|主任|书记"
)
"""Before such a label in its row: 填表人, 制表, 负责人."""
_CREDIT_CODES = re.compile(_any(_LABELS["credit_code"]))
_NAMES = re.compile(_any(DATA["grids"]["names"]))
_PERSONS = re.compile(rf"{_NAMES.pattern}|人\s*$|村民|农户|学生|职工")
_TOTALS = ("合计", "小计", "总计")
_HOLDERS = re.compile("户名|开户单位|收款(?:单位|人|方)")
_OFFICE_ACCOUNTS = re.compile(_any(_ABOUT["office_accounts"]))
_TELEPHONES = (Kind.MOBILE, Kind.MOBILE_UNSURE)
WEIGHED = (*_TELEPHONES, Kind.IDENTITY, Kind.IDENTITY_UNSURE, Kind.BANK_CARD)
"""要掂量的种类 — of which the words over a column may say that they are something else (条例 第十五条)."""
_FEWEST_PERSONS = 3
_SHORTEST_OFFICE = 4


_ADDED = re.compile(r"[（(][^（）()]*[）)]|[\s:：]+")
_THINGS, _NUMBERED = frozenset(_LABELS["things"]), frozenset(_LABELS["numbered"])
_ENDS_OF_THINGS = tuple(word for word in _LABELS["things"] if len(word) > len("学号"))
"""A short one ends other words, too: 大学号."""


def is_thing(head: str) -> bool:
    """编号栏 — whether a head is the name of a number of things, of examinees, of papers (条例 第十五条)."""
    word = _ADDED.sub("", head)
    return (word in _THINGS or word.endswith(_ENDS_OF_THINGS)) and not _TELEPHONE.search(head)


def is_office_phone(header: str) -> bool:
    """办公电话 — whether a header speaks of telephones that an office has for everybody (条例 第十五条)."""
    return bool(_OFFICE_PHONES.search(header)) and not _OWN_PHONES.search(header)


def weighed(rows: Sequence[Sequence[str]], found: Sequence[CellHit], above: str = "") -> list[CellHit]:
    """按表头掂量 — the hits of a grid that stay, each as grave as the words over it leave it (条例 第十五条).

    `found`: row by row; what goes over several cells is left as it is. `above`: the words right above the table, as
    单位：万元.
    """
    if not any(one.hit.kind in WEIGHED for one in found):
        return list(found)
    grid, kept = _Grid(above), list[CellHit]()
    by_row = {row: list(hits) for row, hits in groupby(found, key=lambda one: one.row)}
    for at, row in enumerate(rows, 1):
        kept += (one for each in by_row.get(at, ()) if (one := grid.weighed(each, row)))
        grid.read(row)
    return list(grid.settled(kept))


class _Grid:
    """The words over each column, as far as the grid is read."""

    def __init__(self, above: str) -> None:
        self._heads: dict[int, str] = {}
        # Of what stands above a table only the unit is said of its columns, as of a title within it.
        self._is_heading = self._has_unit = bool(_TITLE_UNIT.search(above))
        self._has_names = self._has_persons = False
        self._all_offices = True
        self._in_things: Counter[int] = Counter()
        self._of_things: list[CellHit] = []
        self._accounts: list[CellHit] = []
        self._held: list[CellHit] = []

    def read(self, row: Sequence[str]) -> None:
        """One row more: of headers, where no cell is a figure or holds a number."""
        if any(map(_LONG_FIGURE.search, row)) or any(
            _FIGURE.fullmatch(text) and not _YEAR.fullmatch(text) for text in row
        ):
            self._is_heading = False
            self._read_figures(row)
        elif any(map(_WORD.search, row)):
            self._read_headers(row)

    def _read_headers(self, row: Sequence[str]) -> None:
        labels = {column: text.strip() for column, text in enumerate(row) if any(map(str.isalpha, text))}
        is_title = len(set(labels.values())) == 1
        if not self._is_heading and not is_title:
            self._has_unit = False
        is_unit = _TITLE_UNIT.search if is_title else _TABLE_UNIT.fullmatch
        self._has_unit = self._has_unit or any(map(is_unit, labels.values()))
        self._is_heading, goes_on = True, self._is_heading
        for column, text in labels.items():
            if len(text) > _LONGEST or not _WORD.search(text) or (is_title and len(labels) > 1):
                continue
            self._heads[column] = f"{self._heads.get(column, '')}\n{text}" if goes_on else text
            self._has_names = self._has_names or bool(_NAMES.search(text))
            self._has_persons = self._has_persons or bool(_PERSONS.search(text))

    def _read_figures(self, row: Sequence[str]) -> None:
        for column, text in enumerate(row):
            head = self._heads.get(column, "")
            if _NAMES.search(head):
                name = text.strip()
                is_office = len(name) >= _SHORTEST_OFFICE and is_office_name(name)
                self._all_offices = self._all_offices and (not name or name in _TOTALS or is_office)
            elif any(map(str.isdecimal, text)):
                self._in_things[column] += 1
            elif _WORD.search(text) and not _AMOUNT.search(text):
                # 合计 is the label of its row and says nothing of the cells below it.
                self._heads[column] = text[:_LONGEST]

    def weighed(self, one: CellHit, row: Sequence[str]) -> CellHit | None:
        """A hit of the row that comes next; None where it is an amount."""
        kind, column = one.hit.kind, one.column - 1
        if "cells" in one.hit.values or kind not in WEIGHED:
            return one
        head = self._heads.get(column, "")
        is_labelled = _is_labelled(one, row, has_persons=self._has_persons)
        if kind in _TELEPHONES and is_labelled:
            return one
        if kind in _TELEPHONES and (is_thing(head) or (_CODES.search(head) and _CODE.fullmatch(row[column]))):
            return None
        if kind in _TELEPHONES:
            return self._amount(one, head, row) if _FIGURE.fullmatch(row[column]) else one
        if (
            not is_labelled
            and _THING.search(head)
            and not _PERSONAL.search(head)
            and not _is_in_place_of_code(one, head)
        ):
            self._of_things.append(one)
        elif kind is Kind.BANK_CARD and self._is_held_by_office(row):
            self._held.append(one)
        elif (
            kind is Kind.BANK_CARD and any(map(_OFFICE_ACCOUNTS.search, row)) and not any(map(TO_A_PERSON.search, row))
        ):
            self._accounts.append(one)
        return one

    def _is_held_by_office(self, row: Sequence[str]) -> bool:
        """Whether the holder of the account is named in the row, and is an office or a firm; nobody else is named."""
        heads = [self._heads.get(column, "") for column in range(len(row))]
        holders = [text.strip() for head, text in zip(heads, row, strict=True) if _HOLDERS.search(head)]
        others = [text.strip() for head, text in zip(heads, row, strict=True) if _PERSONS.search(head)]
        named = [name for name in (*holders, *others) if name]
        are_offices = all(len(name) >= _SHORTEST_OFFICE and is_office_name(name) for name in named)
        return any(holders) and are_offices and not any(map(TO_A_PERSON.search, row))

    def _amount(self, one: CellHit, head: str, row: Sequence[str]) -> CellHit | None:
        if is_office_phone(head) or _ADDED.sub("", head) in _NUMBERED:
            return _lowered(one)
        if _TELEPHONE.search(head):
            return one
        beside = next((text for text in reversed(row[: one.column - 1]) if text.strip()), "")
        label = f"{head}\n{beside}" if _WORD.search(beside) and not _TELEPHONE.search(beside) else head
        is_in_table = self._has_unit and head and not _NO_FIGURES.search(head) and not self._has_persons
        if is_in_table or _UNIT.search(label):
            return _lowered(one) if self._has_persons else None
        return _lowered(one) if _AMOUNT.search(label) else one

    def settled(self, kept: Iterable[CellHit]) -> Iterator[CellHit]:
        """The hits after all rows are read: of numbers of things one in eleven is right by chance, of persons all."""
        counts = Counter(one.column for one in self._of_things if one.hit.kind is Kind.IDENTITY)
        persons = {column for column, count in counts.items() if self._are_persons(column, count)}
        things = {_place(one) for one in self._of_things if one.column not in persons}
        lower = (
            things
            | set(map(_place, self._held))
            | (set(map(_place, self._accounts)) if self._has_names and self._all_offices else set())
        )
        for one in kept:
            if one.hit.kind is not Kind.IDENTITY_UNSURE or _place(one) not in things:
                yield _lowered(one) if _place(one) in lower else one

    def _are_persons(self, column: int, identities: int) -> bool:
        """Whether most numbers of a column are right, or both of two that stand beside names."""
        count = self._in_things[column - 1]
        if self._has_names and identities == count:
            return count > 1
        return identities >= _FEWEST_PERSONS and 2 * identities >= count


def _is_labelled(one: CellHit, row: Sequence[str], *, has_persons: bool) -> bool:
    """Whether the words right before a number, in its cell or in the one before, name it as somebody's own."""
    pattern = _OWN_LABELS.get(Kind(one.hit.kind))
    if pattern is None:
        return False
    own = row[one.column - 1]
    before = [text.strip() for text in row[: one.column - 1] if text.strip() and text != own]
    inside = own[: max(0, own.find(one.hit.text))].strip()
    label = inside or (before.pop() if before else "")
    found = pattern.search(label) if len(label) <= _LONGEST or inside else None
    if found is None or is_office_phone(label) or _is_of_thing(label, found):
        return False
    return bool(found["sure"] or inside or has_persons or not _GOODS.search(label) or any(map(_SIGNERS.search, before)))


def _is_of_thing(label: str, found: re.Match[str]) -> bool:
    """Whether what stands before the word of a label is of a thing: 招标账号."""
    return bool(_THING.search(label, 0, found.start()) or _UNIT.search(label))


def _is_of_things(one: CellHit, head: str) -> bool:
    """Whether a head says that the numbers below are of things."""
    is_named = _THING.search(head) and not _PERSONAL.search(head)
    return bool(is_named) and not _is_in_place_of_code(one, head)


def _is_in_place_of_code(one: CellHit, head: str) -> bool:
    """An identity number where the code of a firm should stand, and that is no such code."""
    is_of_firms = one.hit.kind == Kind.IDENTITY and _CREDIT_CODES.search(head)
    return bool(is_of_firms) and not is_credit_code(bare(one.hit.text))


def _place(one: CellHit) -> tuple[int, int, int]:
    return one.row, one.column, one.hit.start


def _lowered(one: CellHit) -> CellHit:
    """A block as a warning."""
    return one._replace(hit=one.hit._replace(severity=Severity.WARN)) if one.hit.severity is Severity.BLOCK else one
