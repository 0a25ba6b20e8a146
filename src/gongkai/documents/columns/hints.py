"""像是哪一栏 — of columns that a list lacks, the unused head that may be theirs: by its words and by what stands below.

A hint is said and never used: the office decides.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from difflib import SequenceMatcher

from gongkai.documents.columns.heads import Matched, head_words
from gongkai.documents.columns.layouts import Column, Kind, Layout
from gongkai.documents.columns.values import CellError, read_date, says_nothing
from gongkai.documents.columns.words import read_choice

_DUE = re.compile("应当|应答|应于|截止|截至|期限|到期|限期|剩余|预计|计划|拟|签发|签批|呈批|送审|审[批核]|盖章|印制")
_OTHER = re.compile("备注|说明|姓名|电话|地址|联系|内容|名称")
_ALIKE, _LIKELY, _MOST = 0.5, 0.8, 50
_SHELL = re.compile(r"[\"$`!\\=%]")


def hints(
    found: Matched, layout: Layout, names: Iterable[str], samples: Mapping[str, Sequence[str]], *, sure: bool = False
) -> dict[str, str]:
    """像是哪一栏 — by the name of a column the unused head that comes nearest, no head twice. `samples`: cells below a
    head; `sure`: only what is as good as the same."""
    scored = []
    for name in names:
        column = layout.column(name)
        for head, at in found.unknown.items():
            if any(at in columns for columns in found.twice.values()):
                continue
            alike, fits = _alike(head, column), _fits(samples.get(head, ()), column)
            if (column.kind is Kind.DATE and _DUE.search(head)) or (not fits and _OTHER.search(head)):
                continue
            is_likely = (
                alike >= _LIKELY and fits != 0 if sure else (alike >= _ALIKE and fits != 0) or (fits or 0) >= _ALIKE
            )
            if is_likely:
                scored.append((alike + (fits or 0), name, head))
    chosen: dict[str, str] = {}
    for _, name, head in sorted(scored, key=lambda each: -each[0]):
        if name not in chosen and head not in chosen.values():
            chosen[name] = head
    return chosen


def to_copy(heads: Mapping[str, str], letters: Mapping[str, str]) -> str:
    """可以照抄的选项 — `--columns "答复日期=答复时刻"` for each column; by letters where a shell would read more."""
    return " ".join(
        f'--columns "{label}={letters[head] + "列" if _SHELL.search(head) else "".join(head.split())}"'
        for label, head in heads.items()
    )


def _alike(head: str, column: Column) -> float:
    words = [word for each in (column.label, *column.synonyms, *column.unsure) for word in head_words(each)[:1]]
    asked = head_words(head)
    return max((SequenceMatcher(None, one, word).ratio() for one in asked for word in words), default=0.0)


def _fits(cells: Sequence[str], column: Column) -> float | None:
    """How many of the cells can be read as the column's; None where they do not tell."""
    said = [cell for cell in cells if not says_nothing(cell)][:_MOST]
    if not said or column.kind not in (Kind.DATE, Kind.CHOICE):
        return None
    return sum(_reads(cell, column) for cell in said) / len(said)


def _reads(cell: str, column: Column) -> bool:
    try:
        return (read_date(cell, 2024) if column.kind is Kind.DATE else read_choice(cell, column)) is not None
    except CellError:
        return False
