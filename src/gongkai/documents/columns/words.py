"""选项的写法 — the words of a cell to one choice of its column: a word of the list, a path, or words joined freely.

Every sign of a cell must be known before it is read: 不 before 公开 is no filler, so nothing is turned round. Where the
words hold several choices, the cell is named with them.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from functools import lru_cache

from gongkai.documents.columns.layouts import Column
from gongkai.documents.columns.values import CellError, check_formula, plain, says_nothing, shown
from gongkai.text.folding import fold
from gongkai.text.quoted import Listed

_ITEM = re.compile(r"^(?:[（(]?(?:\d{1,2}|[一二三四五六七八九十]{1,3}|[A-Za-z])[)）.、．]|[①-⑳☑√✓■●])\s*")
_PARTS = re.compile(r"\s*(?:[-/:>→—|;；,，。、+]|\n)+\s*")
_TRACKING = re.compile(r"[A-Za-z]{0,2}\d{8,}[A-Za-z]{0,2}")
_AND = re.compile("[和与及等]")
_NOT = re.compile("[非不无代]\\w*企业$")
"""民办非企业, 自然人代企业: what ends so is none, or acts for one."""
_LONGEST = 40
_MOST = 9

_ONLY_DONE = "“{found}”只说办完了，没有说结果，请写明，如：{known}"
_SEVERAL = "“{found}”可以是这几种：{known}，请写明是哪一种"
_TWO = "“{found}”写了不止一种：{known}，一件只能选一种，请核对"
_UNKNOWN = "“{found}”不在可以选的里面，请从这些里选：{known}"
_UNKNOWN_OF_MANY = "“{found}”不在可以选的里面，请从这些里选：{known}；别的写法见空白台账（--blank）的下拉选项"


def read_choice(text: str, column: Column) -> str | None:
    """读选项 — the value of words of a list; None where the cell says nothing.

    A path such as 法人-商业企业 is read by what all its parts may be; of 部分公开、不予公开 one counts over the other.
    """
    if (word := plain(text)) in column.choices:
        return column.choices[word] or None
    if says_nothing(text):
        return None
    check_formula(fold(text).strip())
    for tried in (text, _without_item(text)):
        if plain(tried) in column.choices:
            return column.choices[plain(tried)] or None
        if (held := _held(tried, column)) is not None:
            return _one(held, text, column)
    many = len({*column.choices.values()} - {""}) > _MOST
    raise CellError(_UNKNOWN_OF_MANY if many else _UNKNOWN, found=shown(text), known=_listed(column, word))


def _one(held: Sequence[frozenset[str]], text: str, column: Column) -> str | None:
    """The choice that all parts may be. CellError where several are left, or none."""
    said = [each for each in held if each]
    if not said:
        raise CellError(_ONLY_DONE, found=shown(text), known=_listed(column, plain(text)))
    for over, under in column.over.items():
        if frozenset({over}) in said and all(each == {over} or each <= under for each in said):
            return over
    counted = [{column.alike.get(value, value) for value in each} for each in said]
    common = set.intersection(*counted)
    values = [value for each in said for value in sorted(each) if column.alike.get(value, value) in common]
    if len(common) == 1:
        # Of a part with one choice the code itself; of others one that counts as the same.
        sure = next((value for each in said if len(each) == 1 for value in each), values[0])
        return sure or None
    known = values if common else [value for each in said for value in sorted(each)]
    raise CellError(_SEVERAL if common else _TWO, found=shown(text), known=_named(column, known))


def _held(text: str, column: Column) -> list[frozenset[str]] | None:
    """What each part of a cell may be, nothing of a part of fillers alone; None where a part is not known."""
    bare = _TRACKING.sub("", _unbracketed(text))
    held = []
    for part in filter(None, map(plain, _PARTS.split(bare))):
        found = _part(part, column)
        if found is None:
            return None
        held += found
    return held or None


def _part(part: str, column: Column) -> list[frozenset[str]] | None:
    ended = next((value for ending, value in column.endings.items() if part.endswith(ending)), None)
    if part in column.choices or part in column.generic:
        return [_values(part, column)]
    # Two may ask together: 张某和某公司.
    if ended and not _AND.search(part) and not _NOT.search(part):
        return [frozenset({ended})]
    segments = _segments(part, column) if column.fillers and len(part) <= _LONGEST else None
    return None if segments is None else [_values(each, column) for each in segments]


def _values(word: str, column: Column) -> frozenset[str]:
    if word in column.choices:
        return frozenset({column.choices[word]})
    return column.generic.get(word, frozenset())


@lru_cache(maxsize=4096)
def _segments(part: str, column: Column) -> tuple[str, ...] | None:
    """The fewest known words that a part is made of, end to end; None where a sign is left over."""
    known = {*column.choices, *column.generic, *column.fillers} - {""}
    best: list[tuple[str, ...] | None] = [(), *(None for _ in part)]
    for end in range(1, len(part) + 1):
        for start in range(end):
            before, word = best[start], part[start:end]
            if before is not None and word in known and (best[end] is None or len(before) + 1 < len(best[end] or ())):
                best[end] = (*before, word)
    return best[-1]


def _listed(column: Column, asked: str) -> Listed:
    """One word of each choice, those that have most in common with what was written first, as many as can be read."""
    words = [_word(column, value) for value in dict.fromkeys(column.choices.values()) if value]
    words.sort(key=lambda word: -sum(map(asked.count, {*pairs_of(word)})))
    return Listed(words[:_MOST])


def _named(column: Column, values: Iterable[str]) -> Listed:
    order = list(column.choices.values())
    return Listed(_word(column, value) for value in sorted({*values} - {""}, key=order.index))


def _word(column: Column, value: str) -> str:
    """The usual word of a choice: its first."""
    return next((word for word, code in column.choices.items() if code == value), value)


def pairs_of(word: str) -> list[str]:
    """字对 — every two signs of a word that stand together."""
    return [word[at : at + 2] for at in range(len(word) - 1)]


def _without_item(text: str) -> str:
    return _ITEM.sub("", fold(text).strip())


def _unbracketed(text: str) -> str:
    """What stands in brackets is a part of its own."""
    folded = fold(text)
    for sign in "()[]【】":
        folded = folded.replace(sign, "/")
    return folded.strip("/ ")
