"""写文件 — a manuscript to a file: Word, PDF, web page, sheet, Markdown.

The writers are loaded late, as the readers are in `documents.opening`: typesetting is an extra that need not be there.
"""

from __future__ import annotations

from importlib import import_module

from gongkai.documents.writing.manuscript import Manuscript, WritingError

_WRITERS = {"docx": "word", "pdf": "typeset", "html": "web_page", "xlsx": "sheet", "md": "markdown"}
_EXTRA = "typst"
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
    written: bytes = module.write(manuscript)
    return written
