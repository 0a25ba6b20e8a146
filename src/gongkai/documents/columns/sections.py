"""分段和说明 — rows without a case: the words over a part of a list, and what a note says of one of its rows.

二、延期答复 and 上年结转 stand over the rows below them; 注：1号申请已延期 speaks of a row that stands elsewhere.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence

from gongkai.documents.columns.rows import Entry, Skipped
from gongkai.documents.columns.values import says_nothing
from gongkai.text.folding import fold, squeeze

_NUMERAL = "[一二三四五六七八九十]{1,3}"
_TOP = re.compile(rf"(?:第?{_NUMERAL}[、.,:]|第{_NUMERAL}(?:部分|类)|[ivx]{{1,4}}[、.]).", re.IGNORECASE)
_UNDER = re.compile(rf"(?:\({_NUMERAL}\)|{_NUMERAL}\)|\(\d{{1,2}}\)|\d{{1,2}}[、.)]).")
_NO_SECTION = re.compile(r"注[:：]|备注|说明|填[表报写]|制表|审核|负责人|联系|以下空白|以上|打印")
_SENTENCE = re.compile(r"[,，。;；:：!?]")
_LONGEST, _LONGEST_NUMBERED = 20, 40
_BRACKETED = re.compile(r"[\[(【](.*)[\])】]")

_LISTED = r"(\d+(?:\s*(?:[、,和及与至到~—-]|[号件行])+\s*第?\d+)*)"
_SPAN = re.compile(r"(\d+)(?:\s*[号件行]?\s*(?:至|到|~|-|—+)\s*第?\s*(\d+))?")
_MOST = 500
_NAMED = (
    re.compile(rf"(?:序号|编号|no\.?|#)\s*[:：]?\s*{_LISTED}", re.IGNORECASE),
    re.compile(rf"(?<![\d〕\])日月])第?\s*{_LISTED}\s*号(?!\s*(?:文|令|公告|通知|楼|院|室))"),
    re.compile(rf"第\s*{_LISTED}\s*件"),
)
_COUNTED = re.compile(r"第\s*([一二三四五六七八九十])\s*[号件]")
_LINE = re.compile(rf"第\s*{_LISTED}\s*行")
_BEFORE = re.compile(r"上[一]?[件行条例]|上述(?:一件|申请|该件)|[该此本]件(?!数)|前[一]?件")
_NAME = re.compile("姓名|^申请人$|申请人名称|^申请人$")
_LEAST_TEXT = 4


def words_of_section(text: str) -> str:
    """分段的话 — of a row that stands over those below it; empty where it is a note, a signature, or says nothing."""
    words = " ".join(fold(text).split())
    if says_nothing(words) or _NO_SECTION.search(words) or names_a_case(words):
        return ""
    if is_numbered(words):
        return words if len(words) <= _LONGEST_NUMBERED else ""
    if bracketed := _BRACKETED.fullmatch(words):
        words = bracketed[1].strip()
    words = words.rstrip(":：")
    return words if 1 < len(words) <= _LONGEST and not _SENTENCE.search(words) else ""


def is_numbered(text: str) -> bool:
    """有序号的分段 — whether a row is numbered as a part of a list is: 一、 or （一）."""
    words = squeeze(fold(text))
    return bool(_TOP.match(words) or _UNDER.match(words))


def next_section(words: str, held: str) -> str:
    """这一行以下的分段 — the words of this row, after those of the part that holds it: 一、上年结转 （一）公民."""
    if not _UNDER.match(squeeze(words)):
        return words
    top = re.split(rf" (?={_UNDER.pattern})", held)[0]
    return f"{top} {words}" if _TOP.match(squeeze(top)) else words


def names_a_case(text: str) -> bool:
    """说到某一件 — whether words name a case by its number or as the one above: 1号申请, 第1件, 上件."""
    words = squeeze(fold(text))
    return bool(_BEFORE.search(words) or _COUNTED.search(words) or any(each.search(words) for each in _NAMED))


def with_cases(skipped: Iterable[Skipped], entries: Sequence[Entry]) -> Iterator[Skipped]:
    """说明和它说到的行 — notes and titles with the rows of their sheet that they name; other rows as they are."""
    sheets: dict[str, list[Entry]] = defaultdict(list)
    for entry in entries:
        sheets[entry.sheet].append(entry)
    known: dict[str, Mapping[str, int]] = {}
    for each in skipped:
        if not each.text:
            yield each
            continue
        held = sheets[each.sheet]
        numbers = known.setdefault(each.sheet, _numbers(held))
        yield each._replace(about=tuple(sorted(_about(each, held, numbers))))


class Cases:
    """各行的编号 — of all sheets, for words that stand in another (条例 第三十三条)."""

    def __init__(self, entries: Sequence[Entry]) -> None:
        self._sheets: dict[str, list[Entry]] = defaultdict(list)
        for entry in entries:
            self._sheets[entry.sheet].append(entry)
        self._numbers = {sheet: _numbers(held) for sheet, held in self._sheets.items()}

    def named(self, text: str) -> Iterator[tuple[str, int]]:
        """说到的行 — by sheet and row, those that a text names by their number: 第1号."""
        for sheet, held in self._sheets.items():
            for row in _about(Skipped(sheet, 0, "note", text), held, self._numbers[sheet]):
                yield sheet, row

    def numbered(self, number: str) -> Iterator[tuple[str, int]]:
        """这个编号的行 — by sheet and row."""
        for sheet, numbers in self._numbers.items():
            if row := numbers.get(number) or numbers.get(number.lstrip("0") or number):
                yield sheet, row


def _numbers(entries: Sequence[Entry]) -> dict[str, int]:
    """By number as it is written, and without leading zeros, the first row of each."""
    found: dict[str, int] = {}
    for entry in entries:
        number = squeeze(fold(str(entry.values.get("id") or "")))
        for said in (number, number.lstrip("0")):
            if said:
                found.setdefault(said, entry.row)
    return found


def _about(skipped: Skipped, entries: Sequence[Entry], numbers: Mapping[str, int]) -> set[int]:
    words = squeeze(fold(skipped.text))
    rows = [each.row for each in entries]
    found = {numbers[said] for said in numbers if len(said) >= _LEAST_TEXT and said in words and _stands(said, words)}
    found |= {each.row for each in entries if _is_named(each, words)}
    if not found:
        said = {number.lstrip("0") for each in _NAMED for match in each.finditer(words) for number in _each(match[1])}
        said |= {str("一二三四五六七八九十".index(match[1]) + 1) for match in _COUNTED.finditer(words)}
        found = {row for number in said if (row := numbers.get(number) or _in_order(number, rows, numbers))}
    lines = {int(number) for match in _LINE.finditer(words) for number in _each(match[1])}
    found |= lines.intersection(rows)
    above = bisect_left(rows, skipped.row)
    if not found and above and _BEFORE.search(words):
        found.add(rows[above - 1])
    return found


def _is_named(entry: Entry, words: str) -> bool:
    """Whether a text has the name of who applied."""
    names = (squeeze(fold(text)) for head, text in entry.kept.items() if _NAME.search(head))
    return any(len(name) > 1 and name in words for name in names)


def _stands(number: str, words: str) -> bool:
    """Whether a number stands in a text, and is no part of a longer one."""
    return bool(re.search(rf"(?<![\d-]){re.escape(number)}(?![\d-])", words))


def _each(listed: str) -> list[str]:
    """The numbers of 1、2和5号, also those between 1 and 3 in 1至3号."""
    found: list[str] = []
    for first, last in _SPAN.findall(listed):
        is_span = last and int(first) < int(last) < int(first) + _MOST
        found += [str(at) for at in range(int(first), int(last) + 1)] if is_span else filter(None, (first, last))
    return found


def _in_order(number: str, rows: Sequence[int], numbers: Mapping[str, int]) -> int:
    """第1件 where the numbers are of another shape, or there are none: the first row."""
    at = int(number) if 0 < len(number) < 6 else 0
    return rows[at - 1] if 0 < at <= len(rows) and not any(said.isdecimal() for said in numbers) else 0
