"""表头说明的单元格 — a cell as one hit, by the head over it or the label left of it (条例 第十五条).

    姓名 | 生日      姓名 | 张三 | 出生日期 | 1985-03-12      姓名 | 证件类型 | 证件号码
    张三 | 85.3.12                                            张三 | 户口簿   | 123456789

Mistyped numbers are somebody's, too. A label left of a cell speaks where it says nothing else, as the head does that
stands alone. Masked cells are done.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from gongkai.text.hit import STAR, Hit, Severity
from gongkai.text.personal_data.births import is_birthday
from gongkai.text.personal_data.detecting import find
from gongkai.text.personal_data.heads import (
    Head,
    is_certificate,
    is_directory,
    is_name,
    is_type,
    is_weak,
    kind_of,
    label_of,
    lists_persons,
    says_passbook_alone,
    whole_kind,
)
from gongkai.text.personal_data.kinds import Kind, hit
from gongkai.text.personal_data.others import is_of_office, to_the_door
from gongkai.text.personal_data.saying import is_office_name
from gongkai.text.personal_data.signs import bare

_SHAPES = {
    Kind.MOBILE: re.compile(r"(?:\+?86[- ]?)?1[3-9]\d(?:[- ]?\d{4}){2}(?:\.0+)?"),
    Kind.IDENTITY: re.compile(r"[1-8]\d{5}(?:(?:19|20)\d{9}[\dXx]|\d{9})(?:\.0+)?"),
    Kind.BANK_CARD: re.compile(r"\d{12,21}(?:\.0+)?"),
}
"""What a cell below the word of a program must look like."""
_PASSBOOK = re.compile(r"\d[\d \u3000\-\uff0d]{10,30}\d(?:\.0+)?")
"""Below a word of passbooks alone a cell holds the digits and what parts them."""
_LANDLINE = re.compile(r"\s*(?:[（(]?0\d{2,3}[)）]?[-－—\s]?)?[2-8]\d{6,7}(?:[-转]\d{1,5})?\s*")
_HEADER_ROWS, _LONGEST_LABEL = 6, 32
_OF_TELEPHONES = re.compile(r"[\d〇零一二三四五六七八九幺壹贰叁肆伍陆柒捌玖]")
"""What a telephone is written in."""
NUMBERS = {
    Kind.IDENTITY: 15,
    Kind.BANK_CARD: 8,
    Kind.PHONE: 7,
    Kind.MOBILE: 7,
    Kind.DISABILITY_CARD: 15,
    Kind.PASSPORT: 7,
    Kind.CERTIFICATE: 5,
}
"""Under a header of numbers a cell counts only with so many digits and letters: 无, 见附件 are no number."""
_FIGURE = re.compile(r"\d{5}")
_NOTHING = ("无", "否", "/", "-", "—", "健康", "健全", "良好")
_BESIDE = frozenset((Kind.BIRTHDAY, Kind.ADDRESS))
"""What a label left of a cell says: numbers are found by their own shape there."""
_CERTIFICATE = re.compile(r"(?=(?:\D*\d){4})[\w\s（）()/.#\-－—]{5,30}")
_BARE_CERTIFICATE = re.compile(r"[A-Za-z]{0,3}\d{6,12}[A-Za-z]?")
"""Below cert_no, which may be of a licence."""
_TYPES = (
    (re.compile("护照|(?i:passport)"), Kind.PASSPORT),
    (re.compile("军官|士官|士兵|警官|文职|军人"), Kind.OFFICER),
    (re.compile("居留"), Kind.RESIDENCE),
    (re.compile("通行证|回乡|台胞"), Kind.PERMIT),
)
_OF_FIRMS = re.compile("信用代码|营业执照|组织机构|税务|登记证|法人")


class Spoken:
    """表头 — how many rows of a grid are headers; what each column is, by all the words above it (条例 第十五条)."""

    def __init__(self, rows: Sequence[Sequence[str]]) -> None:
        self.depth, words, labels = 0, dict[int, str](), set[str]()
        for at, row in enumerate(rows[:_HEADER_ROWS]):
            heads = {column: label_of(text) for column, text in enumerate(row)}
            labels.update(heads.values())
            # One label alone is a title, unless the grid is one column wide.
            if len(set(filter(None, heads.values()))) < min(2, len(row)):
                continue
            # Below a column of certificates their names are no heads: 护照, 军官证.
            is_list = any(map(is_type, words.values())) or any(map(_FIGURE.search, row))
            if not is_list and any(map(_may_speak, heads.values())) and not any(map(find, row)):
                self.depth = at + 1
                for column, text in heads.items():
                    if text and text != words.get(column):
                        words[column] = words.get(column, "") + text
        is_named = any(map(is_name, words.values()))
        self._is_listed = is_named or lists_persons(words.values())
        self.has_persons = self._is_listed or lists_persons(labels)
        self._is_directory = is_directory(words.values())
        self.heads = {
            column: Head(text, kind_of(text, is_named=is_named, is_listed=self._is_listed))
            for column, text in words.items()
        }
        self._names = [column for column, text in words.items() if lists_persons([text])]
        self._types = [column for column, text in words.items() if is_type(text)]

    def in_row(self, at: int, row: Sequence[str]) -> Iterator[tuple[int, str, Hit]]:
        """一行 — the cells that a head speaks for: column, words of the head, hit (条例 第十五条)."""
        for column, text in enumerate(row):
            head = self.heads.get(column) if at >= self.depth else None
            found = self._whole_cell(text, head, row) if head and head.kind else None
            if found is None and column and (label := self._beside(row[column - 1])):
                head, found = label, self._whole_cell(text, label, row)
            if head and found:
                yield column, head.words, found

    def _beside(self, label: str) -> Head | None:
        """What the cell before says of the next one."""
        if not label or len(label) > _LONGEST_LABEL or label.isdecimal():
            return None
        words = label_of(label)
        kind = whole_kind(words, is_listed=self.has_persons)
        return Head(words, kind) if kind in _BESIDE else None

    def _whole_cell(self, text: str, head: Head, row: Sequence[str]) -> Hit | None:
        words, kind = head
        bared = text.strip()
        if kind is None or not bared or "*" in bared or "\uff0a" in bared:
            return None
        start = text.index(bared)
        if kind is Kind.ADDRESS:
            return self._address(start, bared, words, row)
        if kind is Kind.BIRTHDAY:
            is_counted = self.has_persons
            return hit(kind, start, bared, header=words) if is_birthday(bared, is_counted=is_counted) else None
        if kind is Kind.IDENTITY and _OF_FIRMS.search(self._type_of(row)):
            return None
        if not self._is_shaped(bared, head):
            return self._certificate(start, bared, words, row) if kind is Kind.IDENTITY else None
        severity = Severity.BLOCK if kind is Kind.PASSPORT else None
        if self._is_directory and kind is Kind.PHONE and _LANDLINE.fullmatch(text):
            severity = Severity.WARN
        return hit(kind, start, bared, severity=severity, header=words)

    @staticmethod
    def _is_shaped(bared: str, head: Head) -> bool:
        words, kind = head
        signs = bare(bared)
        if kind in NUMBERS and (len(signs) < NUMBERS[kind] or not any(map(str.isdecimal, signs))):
            return False
        if kind in (Kind.PHONE, Kind.MOBILE) and len(_OF_TELEPHONES.findall(signs)) < NUMBERS[kind]:
            return False
        if kind in (Kind.HEALTH, Kind.MINOR) and bared in _NOTHING:
            return False
        if kind is Kind.BANK_CARD and says_passbook_alone(words):
            return bool(_PASSBOOK.fullmatch(bared) and _SHAPES[kind].fullmatch(signs))
        shape = _SHAPES.get(kind) if kind and words.isascii() else None
        return bool(signs) and (shape is None or bool(shape.fullmatch(bared)))

    def _address(self, start: int, bared: str, words: str, row: Sequence[str]) -> Hit | None:
        """To the door; below 地址 alone it may be an office's."""
        door = to_the_door(bared)
        is_office = is_weak(words) and (is_of_office(bared) or self._is_directory or self._is_of_office(row))
        if door is None or is_office:
            return None
        mask = bared[:door] + STAR * (len(bared) - door)
        return hit(Kind.ADDRESS, start, bared, mask, header=words)

    def _is_of_office(self, row: Sequence[str]) -> bool:
        return any(is_office_name(row[column].strip()) for column in self._names if column < len(row))

    def _type_of(self, row: Sequence[str]) -> str:
        return " ".join(row[column] for column in self._types if column < len(row))

    def _certificate(self, start: int, bared: str, words: str, row: Sequence[str]) -> Hit | None:
        """A number of whatever certificate, as the cell beside says, in a list of persons."""
        if not (self.has_persons and is_certificate(words) and _CERTIFICATE.fullmatch(bared)) or is_birthday(bared):
            return None
        said = self._type_of(row)
        kind = next((kind for word, kind in _TYPES if word.search(said)), None)
        if kind is None and words.isascii() and not said and not _BARE_CERTIFICATE.fullmatch(bared):
            return None
        if kind is None:
            return hit(Kind.CERTIFICATE, start, bared, header=words)
        return hit(kind, start, bared, severity=Severity.BLOCK, header=words)


def _may_speak(label: str) -> bool:
    return bool(label) and (
        kind_of(label, is_named=True) is not None or is_name(label) or is_type(label) or lists_persons([label])
    )
