"""别处说到的 — what stands outside of the list and names its rows: another sheet, a sign that a title explains.

1号申请已延期 may stand on a sheet of its own, and * behind a number mean what a note says (条例 第三十三条).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple

from gongkai.documents.columns import Entry, Reading, Skipped
from gongkai.documents.columns.sections import Cases
from gongkai.text.folding import fold, squeeze

_SIGN = re.compile(r"[*★☆▲△▼▽◆◇●○■□◎※#^@✓√]+")
_LONGEST = 200
_INSTRUCTION = re.compile(
    "如需|如有|如果|需要|应当?[^答]|必须|须|可以|可延|请|填写|填报|不得|未延|没有延|最长|最多|规定|条例|期间|是指"
    "|包括|计入"
)
_DONE = re.compile("已|均|都|经[^,。;]{0,8}(?:批准|同意)")
_ABOVE = re.compile("上述|上列|前述|以上")
_OF_CLASS = re.compile(
    r"均|凡|都已|全部|所有|各件|(?:台账|表)[中内所]|所[列涉]|以上|上述|标[^,。;]{0,3}[的为者]|超过?\d+个?(?:工作日|天)|[延逾超]期件"
)
"""说的是一类 — words of all cases, or of those of one kind."""
_DONE_TO_ALL = re.compile("(?:均|都|全部|一律)(?:已|经)")
_SHORT = 4
_MORE = re.compile("均|都|各|全部|所有|分别")


class Elsewhere(NamedTuple):
    """别处的一行 — of a sheet that is no list: its place, what it says, that with its heads and sheet, and the rows of
    requests that it names. `is_of_all`: it speaks of all of them, or of a kind."""

    sheet: str
    row: int
    text: str
    around: str
    about: tuple[tuple[str, int], ...]
    is_of_all: bool = False


def signed(note: Skipped, entries: Sequence[Entry]) -> Iterator[int]:
    """带记号的行 — of the sheet of a note, those that bear a sign that it names: 带*的为延期件 (条例 第三十三条)."""
    signs = set(_SIGN.findall(fold(note.text)))
    for entry in entries if signs else ():
        if entry.sheet == note.sheet and signs & set(_SIGN.findall(fold(_said(entry)))):
            yield entry.row


def is_statement(text: str) -> bool:
    """说的是事实 — whether a note tells what was done, not how to fill in a form: 前三件已延期 (条例 第三十三条)."""
    return not _INSTRUCTION.search(fold(text)) or bool(_DONE.search(fold(text)))


def says_of_more(text: str) -> bool:
    """说的不止一件 — of a note that names the row above it: 上述申请均已延期 (条例 第三十三条)."""
    return bool(_ABOVE.search(text) and _MORE.search(text))


def continued(entries: Sequence[Entry]) -> Iterator[Skipped]:
    """接着上一行写的 — a row without number and day, as what a note would say of the row above (条例 第三十三条)."""
    for above, entry in pairwise(entries):
        if above.sheet == entry.sheet and not (entry.values.get("id") or entry.values.get("received_on")):
            yield Skipped(entry.sheet, entry.row, "note", " ".join(_said(entry).split()), (above.row,))


def _said(entry: Entry) -> str:
    held = (value for value in entry.values.values() if isinstance(value, str))
    wrong = (str(each.values.get("found") or "") for each in entry.wrong)
    return " ".join((*held, *entry.beside.values(), *wrong))


def elsewhere(reading: Reading) -> Iterator[Elsewhere]:
    """别的工作表的行 — of sheets that are no list, those that name a row or speak of a kind (条例 第三十三条)."""
    cases = Cases(reading.entries)
    for sheet, rows in reading.others.items():
        heads = next((" ".join(filter(None, row)) for row in rows if sum(map(bool, row)) > 1), "")
        for at, row in enumerate(rows, 1):
            cells = [text for text in dict.fromkeys(row) if text]
            text = " ".join(" ".join(cells).split())
            if not cells or text == heads:
                continue
            about = set(cases.named(text))
            if len(cells) > 1:
                about |= {place for each in cells for place in cases.numbered(squeeze(fold(each)))}
            if about:
                yield Elsewhere(sheet, at, "、".join(cells)[:_LONGEST], f"{sheet} {heads} {text}", tuple(sorted(about)))
            elif said := _said_of_class(cells):
                yield Elsewhere(sheet, at, said[:_LONGEST], said, (), is_of_all=True)


def _said_of_class(cells: Sequence[str]) -> str:
    """What a note says of a kind of cases: a cell that stands alone, but for its number, and tells what was done."""
    said = max(cells, key=len)
    is_note = all(each == said or len(each) <= _SHORT for each in cells)
    words = fold(said).replace("申请", "")
    is_done = _DONE_TO_ALL.search(words) or not _INSTRUCTION.search(words)
    return " ".join(said.split()) if is_note and _OF_CLASS.search(words) and is_done else ""
