"""栏名 — which column of the form the words of a heading name, and in which order lines of text name them (年报表三、
表四).

A heading of lines is read where its words tell the place of every column, however they are torn: cell after cell, the
pieces of each name beside one another, or line after line, the pieces of each name one below another. Where they do not
tell it, what the pieces say may still contradict the order of the form.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from itertools import pairwise
from typing import NamedTuple

from gongkai.report.form import Edition, form
from gongkai.report.reading.labels import heading_columns
from gongkai.report.reading.numbers import read_cell
from gongkai.report.reading.strips import Strip

Lines = Sequence[Sequence[str]]
"""一行行的词 — the words of a heading, line by line."""

RESULTS = ("结果维持", "结果纠正", "其他结果", "尚未审结", "总计")
_WIDTH = 7
_LONGEST = 14  # a longer cell of a heading is a note
_GROUPS = ("法人", "申请人")
_GROUP = -2
"""法人或其他组织 — stands for the five columns under it."""
_OUTER = (0, _GROUP, 6)
_ORGANISATIONS = range(1, 6)
_SPELLINGS = {
    0: ("自然人",),
    _GROUP: ("法人或其他组织", "法人和其他组织"),
    1: ("商业企业",),
    2: ("科研机构",),
    3: ("社会公益组织",),
    4: ("法律服务机构",),
    5: ("其他",),
    6: ("总计", "合计"),
}
_PARENTS = {"申请人情况", *_SPELLINGS[_GROUP]}
_ABOVE = re.compile(r"\([^()]*勾稽关系[^()]*\)|申请人情况")
_RESULT_WORDS = (*RESULTS[:4], "总计|合计")
_REMEDIES = {
    0: "行政复议",
    -1: "行政诉讼",
    1: "未经复议直接起诉",
    2: "复议后起诉",
    **{10 + at: word for at, word in enumerate(_RESULT_WORDS)},
}
_SURE_PIECES = ("维持?|.?维", "纠正?|.?纠", "其他?", "尚未?|审结?", "总计?|合计?")
"""What no other result has."""
_FIRST_RESULT = 10
_REMEDY_GROUPS = ["行政复议", "行政诉讼"]
_LITIGATION_FIRST = [-1, 0, 1, 2]
_KINDS = 3
_FORM = list(range(len(RESULTS))) * _KINDS
_LEGIBLE = 3


class Told(NamedTuple):
    """栏名说的次序 — for every column of the paper that of the form, None where the words do not tell it; and whether
    what they tell is another order than that of the form."""

    order: list[int] | None = None
    is_turned: bool = False

    @property
    def is_read(self) -> bool:
        """是否读出 — whether the order is known."""
        return self.order is not None


@lru_cache(maxsize=4096)
def column_of(word: str) -> int | None:
    """表三的一栏 — which column of the form (from 0) a cell of a heading names; None for a group and other words."""
    word = _lowest(word)
    if len(word) > _LONGEST or any(group in word for group in _GROUPS):
        return None
    names = heading_columns(word, "applications", Edition.E2021)
    return _order().index(names[0]) if len(names) == 1 else None


@lru_cache(maxsize=1)
def _order() -> list[str]:
    return [column.id for column in form(Edition.E2021).table("applications")[0].columns]


def _lowest(word: str) -> str:
    """The name of the column itself, where its groups stand before it: 申请人情况/法人或其他组织/商业企业."""
    *groups, name = word.split("/")
    return name if groups and _PARENTS.issuperset(groups) else word


def _named(word: str) -> int | None:
    word = _lowest(word)
    return _GROUP if _GROUPS[0] in word and len(word) <= _LONGEST else column_of(word)


def kind_of(word: str) -> int | None:
    """表四的一组 — 行政复议, 未经复议直接起诉 or 复议后起诉 (from 0)."""
    if "复议后" in word:
        return 2
    if "未经复议" in word or "直接起诉" in word or "直接诉讼" in word:
        return 1
    return 0 if "行政复议" in word else None


@lru_cache(maxsize=4096)
def result_of(word: str) -> int | None:
    """表四的一栏 — which result (from 0) a cell of a heading names."""
    found = [at for at, words in enumerate(_RESULT_WORDS) if re.fullmatch(f".{{0,2}}(?:{words}).{{0,2}}", word)]
    return found[0] if len(found) == 1 else None


def words_of(strip: Strip) -> Iterator[str]:
    """一行的词 — the words of a row of a heading, or of a line."""
    if strip.row is not None:
        yield from (word for word, _, _ in strip.words)
    else:
        yield from (read_cell(part).word for part in strip.text.replace("|", " ").replace("\u3000", " ").split())


def names_columns(strip: Strip) -> bool:
    """栏名行 — whether a line names more than one column of 表三."""
    return len({name for word in words_of(strip) if (name := _named(word)) is not None}) > 1


def is_piece(strip: Strip, table: str) -> bool:
    """栏名的残片 — whether a line is nothing but pieces of the names over the columns of a table."""
    if strip.tokens or not strip.label:
        return False
    names = _REMEDY_NAMES if table == "remedies" else _APPLICATION_NAMES
    return all(any(word in name for name in names) for word in words_of(strip))


_APPLICATION_NAMES = [name for names in _SPELLINGS.values() for name in names]
_REMEDY_NAMES = [name for names in _REMEDIES.values() for name in names.split("|")]


# --- 表三 ---------------------------------------------------------------------------------------------------


def applications_told(lines: Lines) -> Told:
    """表三的栏名说的次序."""
    orders = [[name for word in line if (name := _named(word)) is not None] for line in lines]
    pieces = _put_together(lines)
    order = _whole_order(orders) or _one_after_another(lines) or _whole_order(pieces)
    if order is not None:
        return Told(order, order != list(range(_WIDTH)))
    return Told(None, _is_out_of_order(orders) or any(map(_descends, pieces)) or _descend_apart(_joined(lines)))


def _whole_order(orders: Iterable[Sequence[int]]) -> list[int] | None:
    """The order of all seven columns, told by one line, or by one line with 法人或其他组织 and one of its parts."""
    outer = inner = None
    for order in orders:
        plain = [name for name in order if name != _GROUP]
        if sorted(plain) == list(range(_WIDTH)):
            return plain
        if sorted(plain) == list(_ORGANISATIONS):
            inner = plain
        elif sorted(plain) == [0, 6] and list(order).count(_GROUP) == 1:
            outer = order
    return None if outer is None or inner is None else _flat(outer, inner)


def _flat(outer: Iterable[int], inner: Sequence[int]) -> list[int]:
    return [name for part in outer for name in (inner if part == _GROUP else [part])]


def _joined(lines: Lines) -> str:
    return _ABOVE.sub("", "".join(word for line in lines for word in line))


def _one_after_another(lines: Lines) -> list[int] | None:
    """The order where each name is printed to its end before the next begins, over however many lines. Names in
    different lines may have been set higher or lower: 法人或其他组织 above 自然人 and 总计 does not stand before them,
    nor does 总计 where it reaches up beside 申请人情况."""
    found = _sequence(_joined(lines), {name: "|".join(words) for name, words in _SPELLINGS.items()})
    plain = [name for name in found if name != _GROUP]
    if sorted(plain) != list(range(_WIDTH)) or found.count(_GROUP) > 1:
        return None
    inner = [name for name in plain if name in _ORGANISATIONS]
    if _GROUP not in found:
        start = found.index(inner[0])
        is_cell_by_cell = all(len(line) == 1 for line in lines) and _named_alone(lines) == found
        is_run = found[start : start + len(inner)] == inner
        return found if is_run and (start == 1 or is_cell_by_cell) else None
    outer = [name for name in found if name in _OUTER]
    beside = any({0, 6} <= {_named(word) for word in line} for line in lines)
    return _flat(outer, inner) if outer == [*_OUTER] or (beside and outer[0] != _GROUP) else None


def _named_alone(lines: Lines) -> list[int]:
    """The columns that words name by themselves, untorn."""
    return [name for line in lines for word in line if (name := _named(word)) is not None]


def total_stands_first(lines: Lines) -> bool:
    """总计印在前 — whether a heading of 表三 names the total before the natural persons: it stands first, or
    its cell reaches up beside 申请人情况; only the sums of the rows say which."""
    text = _joined(lines)
    total = min((at for word in _SPELLINGS[6] if (at := text.find(word)) >= 0), default=-1)
    return 0 <= total < text.find(_SPELLINGS[0][0])


def _sequence(text: str, names: dict[int, str]) -> list[int]:
    """The names in a text that holds nothing else; none where it does."""
    groups = {f"n{at}": name for at, name in enumerate(names)}
    pattern = "|".join(f"(?P<{group}>{names[name]})" for group, name in groups.items())
    if not text or not re.fullmatch(f"(?:{pattern})+", text):
        return []
    return [groups[str(found.lastgroup)] for found in re.finditer(pattern, text)]


def _put_together(lines: Lines) -> list[list[int]]:
    """For each line the columns that its pieces belong to, as far as the pieces can be put together: each goes on with
    a name that was begun, or begins one."""
    begun: dict[int, str] = {}
    placed: list[list[int]] = []
    for line in lines:
        here: list[int] = []
        for word in line:
            if _ABOVE.fullmatch(word):
                continue
            fitting = [name for name in begun if _goes_on(name, begun[name] + word)]
            fitting = fitting or [name for name in _SPELLINGS if name not in begun and _goes_on(name, word)]
            if fitting:
                begun[fitting[0]] = begun.get(fitting[0], "") + word
                here.append(fitting[0])
        placed.append(here)
    return placed


def _goes_on(name: int, text: str) -> bool:
    return any(spelling.startswith(text) for spelling in _SPELLINGS[name])


def _is_out_of_order(orders: Sequence[Sequence[int]]) -> bool:
    """Whether any line names columns in another order than the form, or lines that name one each do."""
    alone = [order[0] for order in orders if len(order) == 1]
    inner = list(dict.fromkeys(name for name in alone if name in _ORGANISATIONS))
    outer = [name for name in alone if name not in _ORGANISATIONS]
    return any(map(_descends, (*orders, inner, outer)))


def _descends(names: Sequence[int]) -> bool:
    line = [1 if name == _GROUP else name for name in names]
    return any(left > right for left, right in pairwise(line))


def _descend_apart(text: str) -> bool:
    """Whether the whole names in a text stand in another order: the organisations among themselves."""
    places = {name: text.find(_SPELLINGS[name][0]) for name in range(1, 5)}
    found = [at for at in places.values() if at >= 0]
    return found != sorted(found)


# --- 表四 ---------------------------------------------------------------------------------------------------


def remedies_told(lines: Lines) -> Told:
    """表四的栏名说的次序."""
    found = _sequence("".join(word for line in lines for word in line), _REMEDIES)
    results = [name - _FIRST_RESULT for name in found if name >= _FIRST_RESULT]
    if results == _FORM:
        if not _groups_turned(found):
            return Told(list(range(len(results))))
        if [name for name in found if name < _FIRST_RESULT] == _LITIGATION_FIRST:
            return Told([*range(len(RESULTS), len(results)), *range(len(RESULTS))], is_turned=True)
    is_turned = _groups_turned(found) or (len(results) == len(_FORM) and results != _FORM)
    if all(len(line) == 1 for line in lines):
        # Cell after cell, though the names of the results are torn.
        is_turned = is_turned or [line[0] for line in lines if line[0] in _REMEDY_GROUPS] == _REMEDY_GROUPS[::-1]
    return Told(None, is_turned or any(_is_turned(line) or _results_turned(line) for line in lines))


def _groups_turned(names: Sequence[int]) -> bool:
    groups = [name for name in names if name in (0, -1)]
    kinds = [name for name in names if 0 <= name < _FIRST_RESULT]
    return groups == [-1, 0] or any(left > right for left, right in pairwise(kinds))


def _is_turned(words: Sequence[str]) -> bool:
    """Whether a line of the heading of 表四 names groups or results in another order than the form."""
    groups = [at for at, word in enumerate(words) if word in ("行政复议", "行政诉讼")]
    kinds = [kind for word in words if (kind := kind_of(word)) is not None]
    results = [result for word in words if kind_of(word) is None and (result := result_of(word)) is not None]
    last = len(RESULTS) - 1
    if len(set(results)) < _LEGIBLE:
        results = []  # pieces of names that were torn
    return (
        (bool(groups) and words[groups[0]] == "行政诉讼" and "行政复议" in words)
        or any(left > right for left, right in pairwise(kinds))
        or (len(results) > 1 and results[0] != 0)
        or any(right <= left and not (left == last and right == 0) for left, right in pairwise(results))
    )


def _results_turned(words: Sequence[str]) -> bool:
    """Whether pieces of the names of results stand in an order that three times all results cannot have."""
    pieces = [at for word in words for at, sure in enumerate(_SURE_PIECES) if re.fullmatch(sure, word)]
    return sum(right <= left for left, right in pairwise(pieces)) >= _KINDS
