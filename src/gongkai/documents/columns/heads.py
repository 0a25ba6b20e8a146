"""表头 — where the heads of a list stand and which declared columns they name, in one row or in several.

A head of several rows is read from the top down: 答复 over 日期 is 答复日期. What a group says is dropped only where it
says nothing of its own, as a title over the whole list does.
"""

from __future__ import annotations

import re
from collections.abc import Container, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache

from gongkai.documents.columns.given import LETTERS, by_letters
from gongkai.documents.columns.layouts import Layout
from gongkai.documents.columns.spread import in_parts, ticked
from gongkai.documents.columns.values import plain, shown
from gongkai.documents.showing.cells import letters_of
from gongkai.text.folding import fold
from gongkai.text.quoted import Listed, Quoted

_DEPTH = 3
_BRACKETS = re.compile(r"\([^()]*\)|\[[^\[\]]*\]|【[^【】]*】")
_MARKS = re.compile(r"[\s:;,.。、*\uff0a'\"“”/|—_-]+")
_LONGEST = 40
_GIVEN = -1
_SIDE_BY_SIDE = (
    "左右并排着 {count} 张表，从 {columns} 列起各有一套表头，只能读一张；请把右边的移到左边的下面，或者各放一张工作表"
)
_COMMON = frozenset({"日期", "时间", "收到", "情况", "信息", "申请", "告知", "通知", "送达"})


class ColumnsError(ValueError):
    """认不出的表 — why a file is no such list (`template.format(**values)`). `score`: how near it came; `is_fatal`: no
    other sheet makes up for it. `near`: the heads that came nearest, and `lacking`: the columns that they lack."""

    near: Matched | None = None
    lacking: tuple[str, ...] = ()

    def __init__(self, template: str, *, score: int = 0, is_fatal: bool = False, **values: object) -> None:
        super().__init__(template.format(**values))
        self.template, self.values, self.score, self.is_fatal = template, values, score, is_fatal


@dataclass(frozen=True, slots=True)
class Matched:
    """认出的表头 — of one list: its layout, sheet, last row of heads (from 0), the column (from 1) and the printed head
    of each declared column, and the heads that nobody knows.

    `parts`: of a day in several cells the columns of year (0 where it has none), month and day; `columns` has its last.
    `ticks`: of a choice with a column for each, the word of each. `unsure`: columns taken from a head that may mean
    another day. `twice`: columns left unread, as several heads may be theirs. `headed`: columns with any head.
    `wide`: further columns under the same head.
    """

    layout: str
    sheet: str
    ends_at: int
    columns: Mapping[str, int]
    printed: Mapping[str, str]
    unknown: Mapping[str, int]
    parts: Mapping[str, tuple[int, int, int]] = field(default_factory=dict)
    ticks: Mapping[str, Mapping[int, str]] = field(default_factory=dict)
    unsure: frozenset[str] = frozenset()
    twice: Mapping[str, tuple[int, ...]] = field(default_factory=dict)
    headed: frozenset[int] = frozenset()
    wide: Mapping[str, tuple[int, ...]] = field(default_factory=dict)

    def cells(self, name: str) -> tuple[int, ...]:
        """各格 — the columns that one declared column stands in; 0 for a part that is not there."""
        return self.parts.get(name) or tuple(self.ticks.get(name, ())) or (self.columns[name],)


@lru_cache(maxsize=65_536)
def head_words(text: str) -> tuple[str, ...]:
    """表头的写法 — a head without notes in brackets, marks and words that say nothing: as printed, and shortened."""
    if not text or len(text) > _LONGEST:
        return ()
    whole = _MARKS.sub("", fold(text)).lower()
    bare = _MARKS.sub("", _BRACKETS.sub("", fold(text))).lower()
    words = []
    for word in (whole, bare):
        word = (
            word.replace("时间", "日期")
            .replace("类型", "类别")
            .replace("种类", "类别")
            .replace("(", "")
            .replace(")", "")
        )
        words += [word, word.replace("情况", "").replace("信息", "").replace("的", "")]
    return tuple(dict.fromkeys(word for word in words if word))


@lru_cache(maxsize=64)
def _vocabulary(
    layouts: tuple[Layout, ...], given: tuple[tuple[str, str], ...]
) -> Mapping[str, Mapping[str, tuple[str, int]]]:
    """Of each layout: a word to its column and how sure it is, the surest first."""
    asked = dict(given)
    known: dict[str, dict[str, tuple[str, int]]] = {}
    for layout in layouts:
        words: dict[str, tuple[str, int]] = {}
        for column in layout.columns:
            said = asked.get(column.name) or asked.get(column.label)
            names = (
                [(said, _GIVEN)]
                if said
                else [(name, at) for at, name in enumerate((column.label, *column.synonyms, *column.unsure))]
            )
            for name, rank in names:
                for word in head_words(name):
                    if word not in words or rank < words[word][1]:
                        words[word] = column.name, rank
        known[layout.name] = words
    return known


def _words_of(layouts: Sequence[Layout], given: Mapping[str, str]) -> Mapping[str, Mapping[str, tuple[str, int]]]:
    return _vocabulary(tuple(layouts), tuple(given.items()))


def hits(texts: Sequence[str], layouts: Sequence[Layout], given: Mapping[str, str]) -> int:
    """像不像表头 — how many cells of a row name a declared column."""
    known = _words_of(layouts, given)
    return max(
        len({words[word][0] for text in texts for word in head_words(text) if word in words})
        for words in known.values()
    )


def best_heads(
    texts: Sequence[Sequence[str]],
    at: int,
    layouts: Sequence[Layout],
    given: Mapping[str, str],
    sheet: str,
    right: Container[tuple[int, int]],
    *,
    after_entries: bool = False,
) -> Matched | None:
    """最像的表头 — of heads that begin in row `at` or end there; None where the row is none.

    `right`: by row and column from 1, cells that one to their left reaches to.
    `after_entries`: the row above may be an entry; otherwise what stands there belongs to the heads.

    ColumnsError where something like heads lacks a required column, or where two heads may be the same column.
    """
    best: tuple[int, int, int] | None = None
    found: Matched | None = None
    nearest: ColumnsError | None = None
    for ends_at in range(at, min(at + _DEPTH, len(texts))):
        for depth in range(1, _DEPTH + 1):
            starts_at = ends_at - depth + 1
            if starts_at < 0 or not (starts_at <= at <= ends_at):
                continue
            for layout in layouts:
                try:
                    rows = texts[max(0, starts_at - 1) : ends_at + 1]
                    over = _over(rows) if starts_at and not after_entries else ()
                    heads = _match(rows[-depth:], over, ends_at, layout, layouts, given, sheet, right)
                except ColumnsError as error:
                    nearest = nearest if nearest and nearest.score >= error.score else error
                    continue
                score = len(heads.columns) + 2 * (len(heads.parts) + len(heads.ticks)), -ends_at, -depth
                if best is None or score > best:
                    best, found = score, heads
    if nearest and nearest.is_fatal and (best is None or nearest.score > best[0]):
        raise nearest
    if found is None and nearest and nearest.score:
        raise nearest
    return found


def _match(
    rows: Sequence[Sequence[str]],
    over: Sequence[str],
    ends_at: int,
    layout: Layout,
    layouts: Sequence[Layout],
    given: Mapping[str, str],
    sheet: str,
    right: Container[tuple[int, int]],
) -> Matched:
    words = _words_of(layouts, given)[layout.name]
    paths = _paths(rows)

    def named(path: tuple[str, ...]) -> tuple[str, int] | None:
        return _named(path, words, layout)

    parts, ticks = in_parts(paths, named, head_words, layout), ticked(paths, named, layout)
    apart = {**parts, **{name: tuple(columns) for name, columns in ticks.items()}}
    reached = {at for at in range(1, len(paths) + 1) if (ends_at + 1, at) in right}
    wanted = _wanted(paths, over, apart, reached, by_letters(layout, given, len(paths)), words, layout)
    several = {name: tuple(columns) for name, (_, columns) in wanted.items() if len(columns) > 1}
    twice = {name: columns for name, columns in several.items() if name in layout.spare}
    used = {
        name: [at for at in apart.get(name, columns) if at]
        for name, (_, columns) in wanted.items()
        if name not in twice
    }
    taken = {at for columns in used.values() for at in columns}
    unsure = {name for name in used if wanted[name][0] // _DEPTH > len(layout.column(name).synonyms)}
    found = Matched(
        layout.name,
        sheet,
        ends_at,
        {name: columns[-1] for name, columns in used.items()},
        {name: "、".join("".join(paths[at - 1]) for at in columns) for name, columns in used.items()},
        {
            " ".join("".join(path).split()): column
            for column, path in enumerate(paths, 1)
            if path and column not in taken
        },
        {name: parts[name] for name in used if name in parts},
        {name: ticks[name] for name in used if name in ticks},
        frozenset(unsure),
        twice,
        frozenset(column for column, path in enumerate(paths, 1) if path),
        {name: _wide(reached, columns[-1]) for name, columns in used.items() if name not in apart},
    )
    _check(found, paths, several, layout, given)
    return found


def _wide(reached: Container[int], at: int) -> tuple[int, ...]:
    """The columns to the right that the same head reaches to."""
    end = at
    while end + 1 in reached:
        end += 1
    return tuple(range(at + 1, end + 1))


def _check(
    found: Matched,
    paths: Sequence[tuple[str, ...]],
    several: Mapping[str, tuple[int, ...]],
    layout: Layout,
    given: Mapping[str, str],
) -> None:
    """ColumnsError where a required column is lacking, or where the clock hangs on which of several heads is meant."""
    labels = {column.name: column.label for column in layout.columns}
    score = len(found.columns) + len(found.twice)
    if lacking := [
        name for name in layout.required if name not in found.columns and not _is_forgiven(name, found, layout)
    ]:
        asked = (given.get(labels[name]) or given.get(name) for name in lacking)
        if head := next(filter(None, asked), None):
            seen = seen_heads("".join(path) for path in paths)
            raise ColumnsError("没有找到表头“{head}”；看到的是：{seen}", score=score, head=shown(head), seen=seen)
        error = ColumnsError(
            "没有认出“{names}”这一栏；没有用到的表头是：{seen}；表头若是别的写法，用 --columns 写明",
            score=score,
            names="”“".join(labels[name] for name in lacking),
            seen=seen_heads(found.unknown),
        )
        error.near, error.lacking = found, tuple(lacking)
        raise error
    apart = {name: columns for name, columns in several.items() if name not in found.twice}
    if sum(name in layout.required for name in apart) > 1 or len(apart) > len(found.columns) / 2:
        starts = [min(columns[at] for columns in apart.values()) for at in range(min(map(len, apart.values())))]
        letters = Listed(map(letters_of, starts))
        raise ColumnsError(_SIDE_BY_SIDE, score=score, is_fatal=True, count=len(starts), columns=letters)
    for name, columns in apart.items():
        raise ColumnsError(
            '“{heads}”都像是“{name}”，分别在 {letters} 列；请写明是哪一列：--columns "{name}={letter}列"',
            score=score,
            is_fatal=True,
            heads="”“".join(shown("".join(paths[at - 1])) for at in columns),
            name=labels[name],
            letters=Listed(map(letters_of, columns)),
            letter=letters_of(columns[0]),
        )


def _is_forgiven(name: str, found: Matched, layout: Layout) -> bool:
    """Whether a list is one without this column, by the columns beside it and the words of its heads."""
    beside = layout.forgiven.get(name, ())
    heads = "".join((*found.printed.values(), *found.unknown))
    return (
        bool(beside)
        and all(each in found.columns and each not in found.unsure for each in beside)
        and any(mark in heads for mark in layout.marks)
    )


def is_given(head: str, found: Matched, name: str) -> bool:
    """是不是写明的 — whether a declared column stands where `--columns` says, by its head or by its letters."""
    if said := LETTERS.fullmatch(head.strip()):
        return letters_of(found.columns[name]) == (said[1] or said[2]).upper()
    return plain(found.printed[name]) == plain(head)


def seen_heads(texts: Iterable[str]) -> Quoted:
    """看到的表头 — as they are printed, the first twenty: one of them may be the one that is missing."""
    heads = [shown(text) for text in dict.fromkeys(texts) if text]
    return Quoted("、".join(heads[:20]) + ("…" if len(heads) > 20 else "") or "—")


def _wanted(
    paths: Sequence[tuple[str, ...]],
    over: Sequence[str],
    apart: Mapping[str, tuple[int, ...]],
    reached: Container[int],
    by_letters: Mapping[str, int],
    words: Mapping[str, tuple[str, int]],
    layout: Layout,
) -> dict[str, tuple[int, list[int]]]:
    """Of each declared column how sure it is and where it stands: at two places where either may be meant."""
    wanted: dict[str, tuple[int, list[int]]] = {name: (0, [columns[-1]]) for name, columns in apart.items()}
    wanted |= {name: (_GIVEN, [at]) for name, at in by_letters.items()}
    placed = {column for columns in apart.values() for column in columns} | {*by_letters.values()}
    beside: dict[str, int] = {}
    for column, path in enumerate(paths, 1):
        match = None if column in placed else _named(path, words, layout)
        if match is None or match[0] in by_letters:
            continue
        name, rank = match
        above = over[column - 1] if over else ""
        if rank != _GIVEN and above not in ("", path[0]) and not _may_be_dropped(above, path[-1], name, layout):
            continue
        held = wanted.get(name)
        # A head that reaches over several columns is one.
        is_same = held is not None and column in reached and beside.get(name) == column - 1
        if held is None or rank < held[0]:
            wanted[name] = rank, [column]
        elif rank == held[0] and not is_same:
            held[1].append(column)
        beside[name] = column
    return wanted


def _over(rows: Sequence[Sequence[str]]) -> list[str]:
    """What stands over each head: a group reaches to the right; a title over all, or 填报单位：…, is none."""
    texts = list(rows[0])
    if len({text for text in texts if text}) <= 1:
        return []
    for column in range(1, len(texts)):
        if not texts[column] and rows[1][column]:
            texts[column] = texts[column - 1]
    return ["" if ":" in fold(text) else text for text in texts]


def _paths(rows: Sequence[Sequence[str]]) -> list[tuple[str, ...]]:
    """Of each column the heads from the top down, each once; a head over several columns reaches to the right."""
    filled: list[list[str]] = []
    for depth, row in enumerate(rows):
        texts = list(row)
        if depth < len(rows) - 1:
            for column in range(1, len(texts)):
                below = rows[depth + 1][column]
                if (
                    not texts[column]
                    and below
                    and not any(filled[up][column] != filled[up][column - 1] for up in range(depth))
                ):
                    texts[column] = texts[column - 1]
        filled.append(texts)
    out = []
    for column in range(len(rows[0]) if rows else 0):
        path: list[str] = []
        for depth, texts in enumerate(filled):
            text = texts[column]
            is_title = depth < len(rows) - 1 and len({each for each in texts if each}) == 1
            if text and not is_title and (not path or path[-1] != text):
                path.append(text)
        out.append(tuple(path))
    return out


def _named(path: tuple[str, ...], words: Mapping[str, tuple[str, int]], layout: Layout) -> tuple[str, int] | None:
    """The column that a path names: the whole path, else its end where what stands above says nothing of its own."""
    for drop in range(len(path)):
        for joined in dict.fromkeys(
            ("".join(path[drop:]), *(("".join((path[drop], path[-1])),) if len(path) - drop > 2 else ()))
        ):
            for name, rank in (words[word] for word in head_words(joined) if word in words):
                if all(_may_be_dropped(above, path[-1], name, layout) for above in path[:drop]):
                    return name, rank if rank == _GIVEN else rank * _DEPTH + drop
    return None


def _may_be_dropped(group: str, head: str, name: str, layout: Layout) -> bool:
    """Whether a group adds nothing to the head of a column: it says nothing of its own, or the head says the same."""
    pairs = {group[at : at + 2] for at in range(len(group) - 1)} - _COMMON
    if any(pair in head for pair in pairs):
        return True
    rest = "".join(head_words(group)[:1])
    for word in sorted((*layout.groups, *layout.column(name).groups), key=len, reverse=True):
        rest = rest.replace(word, "")
    return not rest or rest.isdecimal()
