"""一栏占几列 — days in cells of year, month and day, and choices with a column each to be ticked."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence

from gongkai.documents.columns.layouts import Column, Kind, Layout
from gongkai.documents.columns.values import CellError, plain, says_nothing, shown
from gongkai.documents.columns.words import read_choice

Path = tuple[str, ...]
Named = Callable[[Path], tuple[str, int] | None]
"""路径说的栏 — the declared column that a path of heads names, and how sure it is."""

_PART = re.compile(r"(.*?)(?:日期|日)?(年|月|日)[份度]?")
_NOT_TICKED = frozenset({"0", "否", "×", "x", "□", "☐", "○", "✗", "✘"})
_TICKED = frozenset({"√", "✓", "✔", "☑", "■", "●", "★", "v", "y", "yes", "1", "1件", "是", "有", "对", "勾"})
_LEAST_ALONE, _LEAST_IN_A_GROUP = 3, 2


def in_parts(
    paths: Sequence[Path], named: Named, words_of: Callable[[str], tuple[str, ...]], layout: Layout
) -> dict[str, tuple[int, int, int]]:
    """分写的日期 — 收到日期 over 年, 月 and 日, or 收到年, 收到月, 收到日: the columns of each; 0 for no year."""
    days = {column.name for column in layout.columns if column.kind is Kind.DATE}
    found: dict[str, dict[str, int]] = {}
    for column, path in enumerate(paths, 1):
        part = _PART.fullmatch(words_of(path[-1])[-1]) if path and words_of(path[-1]) else None
        if part is None:
            continue
        whole = (*path[:-1], part[1]) if part[1] else path[:-1]
        tried = [whole, (*whole[:-1], f"{whole[-1]}日期")] if whole else []
        names = [match[0] for each in tried if (match := named(each)) and match[0] in days]
        if names:
            found.setdefault(names[0], {}).setdefault(part[2], column)
    return {
        name: (columns.get("年", 0), columns["月"], columns["日"])
        for name, columns in found.items()
        if "月" in columns and "日" in columns
    }


def ticked(paths: Sequence[Path], named: Named, layout: Layout) -> dict[str, dict[int, str]]:
    """打勾的栏 — choices with a column each, under a head that names them or side by side: the word of each column.

    A word of several choices (其他) goes with its neighbours, of two equally near with those before it. What stands
    under the same group belongs to it, known or not, so that no tick is lost.
    """
    choices = [column for column in layout.columns if column.kind is Kind.CHOICE]
    found: dict[str, dict[int, str]] = {column.name: {} for column in choices}
    open_to: dict[int, list[str]] = {}
    for at, path in enumerate(paths, 1):
        if not path or named(path[-1:]) or (path[:-1] and named(path)):
            continue
        group = named(path[:-1]) if path[:-1] else None
        names = [
            each.name
            for each in choices
            if (group is None or group[0] == each.name) and _is_word(plain(path[-1]), each)
        ]
        if len(names) == 1:
            found[names[0]][at] = path[-1]
        elif names:
            open_to[at] = names
    for at, names in open_to.items():
        # Between two lists it closes the one before it, as 其他 stands last in every list of the form.
        near = [(abs(at - other), other > at, name) for name in names for other in found[name]]
        if near:
            found[min(near)[2]][at] = paths[at - 1][-1]
    held = {column.name: _matrix(found[column.name], paths, column) for column in choices}
    return {name: columns for name, columns in held.items() if columns}


def _is_word(word: str, column: Column) -> bool:
    return bool(column.choices.get(word)) or word in column.generic


def _matrix(columns: Mapping[int, str], paths: Sequence[Path], column: Column) -> dict[int, str]:
    """The columns that make one choice together; nothing where they are too few, or one word stands twice."""
    if not columns:
        return {}
    groups = {paths[at - 1][0] for at in columns if len(paths[at - 1]) > 1}
    found = dict(columns)
    if groups and len(groups) == 1 and all(len(paths[at - 1]) > 1 for at in columns):
        (group,) = groups
        first, last = min(columns), max(columns)
        for at, path in enumerate(paths, 1):
            if len(path) > 1 and path[0] == group and first - 1 <= at <= last + 1:
                found.setdefault(at, path[-1])
    values = [value for word in columns.values() if (value := column.choices.get(plain(word)))]
    if len(set(values)) < len(values) or len({plain(word) for word in columns.values()}) < len(columns):
        return {}
    least = _LEAST_IN_A_GROUP if groups else _LEAST_ALONE
    return dict(sorted(found.items())) if len(columns) >= least and values else {}


def read_ticks(words: Sequence[str], texts: Sequence[str], column: Column) -> str | None:
    """读打勾的栏 — the one choice that is ticked; None where none is. `words`: the head of each column."""
    marked = [at for at, text in enumerate(texts) if _is_ticked(text, words[at], column, at)]
    if len(marked) > 1:
        raise CellError("这几栏只能有一栏打勾，打了 {count} 处，请核对", count=len(marked)).of_part(marked[1])
    if not marked:
        return None
    try:
        return read_choice(words[marked[0]], column)
    except CellError as error:
        raise error.of_part(marked[0]) from None


def _is_ticked(text: str, word: str, column: Column, at: int) -> bool:
    said = plain(text)
    if says_nothing(text) or said in _NOT_TICKED:
        return False
    if said in _TICKED or said == plain(word):
        return True
    if not _is_word(plain(word), column):
        return False  # beside the matrix, as remarks are
    raise CellError("“{found}”看不出是不是打勾，选中的写 √，没有选的留空", found=shown(text)).of_part(at)
