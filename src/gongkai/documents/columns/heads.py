"""表头 — where the heads of a list stand and which declared columns they name, in one row or in several.

A head of several rows is read from the top down: 答复 over 日期 is 答复日期. What a group says is dropped only where it
says nothing of its own, as a title over the whole list does.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from gongkai.documents.columns.layouts import Layout
from gongkai.documents.columns.values import shown
from gongkai.text.folding import fold

_DEPTH = 3
_BRACKETS = re.compile(r"\([^()]*\)|\[[^\[\]]*\]|【[^【】]*】")
_MARKS = re.compile(r"[\s:;,.。、*\uff0a'\"“”/|—_-]+")
_LONGEST = 40
_GIVEN = -1
_COMMON = frozenset({"日期", "时间", "收到", "情况", "信息", "申请", "告知", "通知", "送达"})


class ColumnsError(ValueError):
    """认不出的表 — why a file is no such list (`template.format(**values)`). `score`: how near it came; `is_fatal`: no
    other sheet makes up for it."""

    def __init__(self, template: str, *, score: int = 0, is_fatal: bool = False, **values: object) -> None:
        super().__init__(template.format(**values))
        self.template, self.values, self.score, self.is_fatal = template, values, score, is_fatal


@dataclass(frozen=True, slots=True)
class Matched:
    """认出的表头 — of one list: its layout, sheet, last row of heads (from 0), the column (from 1) and the printed head
    of each declared column, and the heads that nobody knows."""

    layout: str
    sheet: str
    ends_at: int
    columns: Mapping[str, int]
    printed: Mapping[str, str]
    unknown: Mapping[str, int]


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
                [(said, _GIVEN)] if said else [(name, at) for at, name in enumerate((column.label, *column.synonyms))]
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
    *,
    after_entries: bool = False,
) -> Matched | None:
    """最像的表头 — of heads that begin in row `at` or end there; None where the row is none.

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
                    heads = _match(rows[-depth:], over, ends_at, layout, layouts, given, sheet)
                except ColumnsError as error:
                    nearest = nearest if nearest and nearest.score >= error.score else error
                    continue
                score = len(heads.columns), -ends_at, -depth
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
) -> Matched:
    words = _words_of(layouts, given)[layout.name]
    wanted: dict[str, tuple[int, list[int], str]] = {}
    paths = _paths(rows)
    for column, path in enumerate(paths, 1):
        match = _named(path, words, layout)
        if match is None:
            continue
        name, rank = match
        above = over[column - 1] if over else ""
        if rank != _GIVEN and above not in ("", path[0]) and not _may_be_dropped(above, path[-1], layout):
            continue
        held = wanted.get(name)
        if held is None or rank < held[0]:
            wanted[name] = rank, [column], "".join(path)
        elif (rank == held[0] and paths[held[1][0] - 1] != path) or (rank == held[0] and column != held[1][-1] + 1):
            held[1].append(column)
    labels = {column.name: column.label for column in layout.columns}
    lacking = [labels[name] for name in layout.required if name not in wanted]
    if lacking:
        score = len(wanted)
        raise ColumnsError(
            "没有认出“{names}”这一栏；表头若是别的写法，用 --columns 写明", score=score, names="”“".join(lacking)
        )
    for name, (_, columns, _) in wanted.items():
        if len(columns) > 1:
            heads = "”“".join(shown("".join(paths[column - 1])) for column in columns)
            raise ColumnsError(
                "“{heads}”都像是“{name}”，用 --columns 写明是哪一栏",
                score=len(wanted),
                is_fatal=True,
                heads=heads,
                name=labels[name],
            )
    return Matched(
        layout.name,
        sheet,
        ends_at,
        {name: columns[0] for name, (_, columns, _) in wanted.items()},
        {name: printed for name, (_, _, printed) in wanted.items()},
        {
            " ".join("".join(path).split()): column
            for column, path in enumerate(paths, 1)
            if path and column not in {columns[0] for _, columns, _ in wanted.values()}
        },
    )


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
        if any(not _may_be_dropped(above, path[-1], layout) for above in path[:drop]):
            return None
        for joined in dict.fromkeys(
            ("".join(path[drop:]), *(("".join((path[drop], path[-1])),) if len(path) - drop > 2 else ()))
        ):
            for word in head_words(joined):
                if word in words:
                    name, rank = words[word]
                    return name, rank if rank == _GIVEN else rank * _DEPTH + drop
    return None


def _may_be_dropped(group: str, head: str, layout: Layout) -> bool:
    """Whether a group adds nothing to a head: it says nothing of its own, or the head says the same."""
    pairs = {group[at : at + 2] for at in range(len(group) - 1)} - _COMMON
    if any(pair in head for pair in pairs):
        return True
    rest = "".join(head_words(group)[:1])
    for word in sorted(layout.groups, key=len, reverse=True):
        rest = rest.replace(word, "")
    return not rest or rest.isdecimal()
