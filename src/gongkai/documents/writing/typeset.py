"""排版成 PDF — the look of the Word file on fixed pages, tagged for screen readers (GB/T 9704—2012; PDF/A-2).

The template `typeset.typ` takes the manuscript as JSON, so that no sentence of a report is ever read as markup.
"""

from __future__ import annotations

import json
import re
from functools import cache
from importlib.resources import files
from typing import Any, Literal

import typst

from gongkai.documents.writing.look import (
    FACES,
    FANGSONG,
    LATIN,
    LEADING,
    MARGINS,
    PAGE_NUMBER_SIZE,
    SIZES,
    SONGTI,
    TEXT_WIDTH,
    cell_size,
    is_kept_together,
    table_size,
)
from gongkai.documents.writing.manuscript import Manuscript, Role, Table, Text, WritingError

_UNSHOWN = re.compile('the text `"(.+?)"` could not be displayed')
_ESCAPED = re.compile(r"\\u\{([0-9a-f]+)\}")
_STAND_IN = "〓"
_MOST_UNSHOWN = 20


def write(manuscript: Manuscript) -> bytes:
    """排版成 PDF — WritingError where this machine has no Chinese face."""
    if not _known_faces().intersection(FANGSONG):
        raise WritingError(
            "这台机器没有中文字体。请安装 {fonts} 中的一种（Debian：apt install fonts-noto-cjk），或改存为 docx。",
            fonts="、".join(FANGSONG),
        )
    data = {
        "title": manuscript.title,
        "author": manuscript.author,
        "margins": MARGINS,
        "leading": LEADING,
        "sizes": SIZES,
        "faces": {style: _faces(names) for style, names in FACES.items()},
        "cell": {"face": _faces(FANGSONG)},
        "number": {"face": _faces(SONGTI), "size": PAGE_NUMBER_SIZE},
        "blocks": [_text(block) if isinstance(block, Text) else _table(block) for block in manuscript.blocks],
    }
    text = json.dumps(data, ensure_ascii=False)
    try:
        return _compiled(text, "a-2a")
    except typst.TypstError as error:
        if unshown := _unshown(text, error):
            raise WritingError(
                "这台机器的字体里没有“{signs}”，印到 PDF 里只是空框。"
                "请安装带这些字的字体（Debian：apt install fonts-hanazono），或改存为 docx。",
                signs="、".join(unshown),
            ) from None
        # What else a standard for archives refuses, such as a face that may not be embedded whole.
        return _compiled(text, "1.7")


def _unshown(text: str, error: typst.TypstError) -> list[str]:
    """The characters that no face of this machine has, the first ones: a compiler names one at a time."""
    found: list[str] = []
    while (named := _UNSHOWN.search(str(error))) and len(found) < _MOST_UNSHOWN:
        shown = _ESCAPED.sub(lambda sign: chr(int(sign[1], 16)), named[1])
        found.append(shown if shown == named[1] else f"U+{ord(shown[0]):04X}")
        for sign in shown:
            text = text.replace(sign, _STAND_IN)
        try:
            _compiled(text, "a-2a")
        except typst.TypstError as next_one:
            error = next_one
        else:
            break
    return found


def _compiled(text: str, standard: Literal["a-2a", "1.7"]) -> bytes:
    template = (files(__package__) / "typeset.typ").read_bytes()
    inputs = {"manuscript": text}
    written: bytes = typst.compile(template, format="pdf", pdf_standards=[standard], sys_inputs=inputs)
    return written


@cache
def _known_faces() -> frozenset[str]:
    return frozenset(typst.Fonts().families())


def _faces(names: tuple[str, ...]) -> list[str]:
    """Digits and letters in the Latin face."""
    return [LATIN, *names]


def _text(block: Text) -> dict[str, Any]:
    return {"style": block.style, "text": block.text}


def _table(table: Table) -> dict[str, Any]:
    scale = TEXT_WIDTH / sum(table.widths)
    return {
        "caption": table.caption,
        "columns": [width * scale for width in table.widths],
        "heads": table.heads,
        "size": table_size(table),
        "together": is_kept_together(table),
        "cells": [
            {
                "x": place.column,
                "y": place.row,
                "colspan": place.cell.columns,
                "rowspan": place.cell.rows,
                "text": place.cell.text,
                "left": place.cell.role in (Role.ROW, Role.TEXT),
                "size": cell_size(table, place),
            }
            for place in table.placed()
        ],
    }
