"""取用版式文件 — what a page shows, as its public copy tells it (条例 第十二条)."""

from __future__ import annotations

from gongkai.documents.document import Document, Grid, View
from gongkai.documents.limits import Limits
from gongkai.documents.opening import open_documents
from gongkai.documents.redaction import public_copy
from gongkai.text.folding import squeeze


def read(name: str, data: bytes, limits: Limits) -> tuple[View, dict[str, int]]:
    """取用版式文件 — its text in order, and how much of it came otherwise (条例 第十二条)."""
    given = _view(name, data, limits)
    seen = _view(name, public_copy(name, data, limits=limits), limits)
    return seen, {"hidden": int(bool(_lines(given) - _lines(seen)))}


def _view(name: str, data: bytes, limits: Limits) -> View:
    opened = next(open_documents(name, data, limits=limits, apart=False))
    if not isinstance(opened, Document):
        raise opened
    return next(opened.views())


def _lines(view: View) -> set[str]:
    texts = (
        "".join(text for row in block.rows for text in row.texts) if isinstance(block, Grid) else block.text
        for block in view.blocks
    )
    return {line for text in texts if (line := squeeze(text))}
