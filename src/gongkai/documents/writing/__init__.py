"""写文件 — a manuscript to a file: Word, PDF, web page, sheet, Markdown.

The writers are loaded late, as the readers are in `documents.opening`: typesetting is an extra that need not be there.
"""

from __future__ import annotations

import re
from dataclasses import replace
from importlib import import_module

from gongkai.documents.writing.manuscript import Block, Manuscript, Text, WritingError

_WRITERS = {"docx": "word", "pdf": "typeset", "html": "web_page", "xlsx": "sheet", "md": "markdown"}
_EXTRA = "typst"
_NO_SIGNS = re.compile("[^\t\n\x20-\x7e\xa0-\ud7ff\ue000-\ufdcf\ufdf0-\ufffd\U00010000-\U0010ffff]")
FORMATS = tuple(_WRITERS)
"""写得出的格式 — suffixes of files, without the dot."""


def write(manuscript: Manuscript, form: str) -> bytes:
    """写文件 — the manuscript as a file of one of FORMATS. WritingError where something that it needs is missing."""
    try:
        module = import_module(f"gongkai.documents.writing.{_WRITERS[form]}")
    except ModuleNotFoundError as missing:
        if missing.name != _EXTRA:
            raise
        raise WritingError(
            "写 {form} 文件要用排版组件 {package}，还没有安装。请运行 pip install 'gongkai[typeset]'，或改存为 docx。",
            form=form,
            package=_EXTRA,
        ) from None
    blocks = tuple(_printable(block) for block in manuscript.blocks)
    written: bytes = module.write(
        Manuscript(_NO_SIGNS.sub("", manuscript.title), _NO_SIGNS.sub("", manuscript.author), blocks)
    )
    return written


def _printable(block: Block) -> Block:
    """The block without control signs: XML cannot hold them, and no page shows them."""
    if isinstance(block, Text):
        return replace(block, text=_NO_SIGNS.sub("", block.text))
    rows = tuple(tuple(cell._replace(text=_NO_SIGNS.sub("", cell.text)) for cell in cells) for cells in block.rows)
    return replace(block, caption=_NO_SIGNS.sub("", block.caption), rows=rows)
