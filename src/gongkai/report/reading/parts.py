"""一份文件里的几份年报 — a workbook with a sheet a township, a page with the reports of two years, each by itself (条例
第四十九条、第五十条).

    for document in parts(document): report = read_document(document)

Told by 表三: where 本年新收 is counted twice, on two sheets or under two titles, there are two reports.
"""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from itertools import islice

from gongkai.documents.document import Block, Document, Grid, Paragraph, View
from gongkai.report.reading.applications import is_received
from gongkai.report.reading.identity import names_report
from gongkai.report.reading.strips import strips
from gongkai.text.folding import squeeze

_RECEIVED = "新收"
_LONGEST = 60

Cut = tuple[int, str]
"""从哪里起 — the first block of a part, and what it is called: its sheet or its title."""


def parts(document: Document) -> list[Document]:
    """各份年报 — the document itself where it holds one; else one for each, whose `part` says which it is."""
    if document.format == "json":
        return [document]
    first = next(document.seen_views())
    cuts = _cuts(first)
    if len(cuts) < 2:
        return [document]
    views = range(len(document.makers))
    return [
        Document(
            document.source,
            document.format,
            [partial(_part, document, view, at, len(cuts)) for view in views],
            part=name or None,
        )
        for at, (_, name) in enumerate(cuts)
    ]


def _part(document: Document, number: int, at: int, count: int) -> View:
    """One part of a view, which the document remembers; empty where this view does not fall into as many."""
    view = next(islice(document.views(), number, None))
    cuts = _cuts(view)
    if len(cuts) != count:
        return replace(view, blocks=(), sheets=())
    bounds = [start for start, _ in cuts] + [len(view.blocks)]
    start = 0 if at == 0 else bounds[at]
    return replace(view, blocks=view.blocks[start : bounds[at + 1]], sheets=())


def _cuts(view: View) -> list[Cut]:
    """Where each report begins; one or none where the view holds no more than one."""
    counted = [at for at, block in enumerate(view.blocks) if _mentions(block)]
    if len(counted) < 2:
        return []
    anchors = [at for at in counted if any(is_received(strip) for strip in strips(View("", (view.blocks[at],))))]
    found: list[Cut] = []
    for before, anchor in zip([-1, *anchors], anchors, strict=False):
        if cut := _start(view, before, anchor):
            found.append(cut)
        elif not found:
            found.append((0, ""))
    return found


def _mentions(block: Block) -> bool:
    texts = (block.text,) if isinstance(block, Paragraph) else (text for row in block.rows for text in row.texts)
    return any(_RECEIVED in text or _RECEIVED in "".join(text.split()) for text in texts)


def _start(view: View, before: int, anchor: int) -> Cut | None:
    """Where the report begins that counts at `anchor`, after the one that counts at `before`."""
    sheets = [sheet for sheet in view.sheets if sheet.block <= anchor]
    if sheets and sheets[-1].block > before:
        return sheets[-1].block, sheets[-1].name
    for at in range(anchor, before, -1):
        if name := _title(view.blocks[at]):
            return at, name
    return None


def _title(block: Block) -> str:
    if isinstance(block, Grid):
        return ""
    line = squeeze(block.text)
    if names_report(line):
        return block.text.strip()[:_LONGEST]
    return ""
