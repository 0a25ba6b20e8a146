"""取用 — the text of a file as a reader of it sees it, and what came otherwise (条例 第十二条).

    taken("表.xlsx", data, document) -> Taken(blocks, {"struck": 2}, …): figures in their formats, nothing hidden

Raised signs stay raised (m³), struck words are left out and counted, numbers of lists are written out. Each format has
its module here, which asks `showing` what is seen. Older formats go the way of the docx or xlsx that LibreOffice makes
of them; a format of which nobody can tell what it hides is refused.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable
from dataclasses import replace
from typing import NamedTuple, cast

from gongkai.documents import isolation, office
from gongkai.documents.decoding import TORN, mixed_lines
from gongkai.documents.document import Block, Document, DocumentError, Paragraph, View
from gongkai.documents.grids import with_every_place
from gongkai.documents.limits import LIMITS, Limits
from gongkai.documents.showing.signs import shown_signs
from gongkai.documents.taking import archived_page, markdown, pdf, sheet, web_page, word
from gongkai.text.folding import without_radicals

Read = Callable[[str, bytes, Limits], tuple[View, dict[str, int]]]
_SECONDS = 20
_READ: dict[str, Read] = {
    "docx": word.read,
    "xlsx": sheet.read,
    "html": web_page.read,
    "mht": archived_page.read,
    "pdf": pdf.read,
    "md": markdown.read,
}
_OLDER = ("doc", "wps", "xls", "rtf", "odf", "office xml")
_UNRAISED = ("xlsx", "md")
"""Of which figures are seldom raised: nothing is said of it where the file could not be looked at."""
_TEXTS = ("txt", "csv", "md")
_SHOWN = ("txt", "csv", "png", "jpg", "tiff", "bmp", "gif")
"""What hides nothing: letters, and pictures that are looked at."""
_UNKNOWN = (
    "{file}：这种文件（{format}）里有没有看不见的字还看不出来，没有取。"
    "请用原来的软件打开，另存为 docx、xlsx 或者有文字的 PDF 再选"
)
_ILLEGIBLE = (
    "{file}：认不出文字编码：有 {count} 个字符认不出来，没有取。请用原来的软件打开，另存为 UTF-8 文本或 docx 再选"
)
_PRIVATE = re.compile("[\ue000-\uf8ff\U000f0000-\U0010ffff]")
_BLANK, _WRECKED = "\ue5e5", "锟斤拷"
"""A wide blank of old Chinese programs; what is left of signs that were read and written wrongly."""
_TURNED = "\u202e"
_MOST_TORN, _SHARE = 3, 20


class Taken(NamedTuple):
    """取到的 — its text, how many of each kind came otherwise, and the file that was read: its format, its bytes."""

    view: View
    counts: Counter[str]
    format: str
    data: bytes


def taken(name: str, data: bytes, opened: Document, limits: Limits = LIMITS) -> Taken:
    """取用文件 — in a process of its own. DocumentError where nobody can tell what it hides (条例 第十二条)."""
    form = opened.format
    limits = replace(limits, seconds=_SECONDS)
    first = next(opened.views())
    counts = Counter(recognised=len(first.seen), page=int(form == "html" and name.lower().endswith(".txt")))
    if form in _TEXTS:
        counts["mixed"] = mixed_lines(data)
    if form == "csv":
        first = sheet.read_separated(name, data, limits)
    if form in _SHOWN:
        return _legible(name, Taken(first, counts, form, data))
    if form in _OLDER:
        made = isolation.done_apart(name, office.as_new, (name, data, form, limits), limits)
        form, data = cast("tuple[str, bytes]", made or (form, data))
    if form not in _READ:
        raise DocumentError(name, _UNKNOWN, file=name, format=form)
    try:
        given = isolation.done_apart(name, _READ[form], (name, data, limits), limits)
    except DocumentError:
        if opened.format in _OLDER:
            raise
        return Taken(first, counts + Counter(unlooked=1, flat=int(form not in _UNRAISED)), form, data)
    view, found = cast("tuple[View, dict[str, int]]", given)
    return _legible(name, Taken(view, counts + Counter(found), form, data))


def _legible(name: str, taken: Taken) -> Taken:
    """Signs of nobody's alphabet stand as � and are counted; a text that is full of them is no text."""
    blocks, signs = tuple(map(_with_known_signs, taken.view.blocks)), 0
    texts = [text for block in blocks for text in _texts(block)]
    torn, signs = sum(text.count(TORN) for text in texts), sum(map(len, texts))
    if taken.format in _SHOWN[:2] and torn > _MOST_TORN and torn * _SHARE > signs:
        raise DocumentError(name, _ILLEGIBLE, file=name, count=torn)
    turned = sum(text.count(_TURNED) for block in taken.view.blocks for text in _texts(block))
    counts = taken.counts + Counter(torn=torn, turned=turned)
    return taken._replace(view=replace(taken.view, blocks=blocks), counts=counts)


def _texts(block: Block) -> tuple[str, ...]:
    return (block.text,) if isinstance(block, Paragraph) else tuple(text for row in block.rows for text in row.texts)


def _with_known_signs(block: Block) -> Block:
    if isinstance(block, Paragraph):
        return replace(block, text=_known(block.text))
    rows = tuple(row._replace(texts=tuple(map(_known, row.texts))) for row in block.rows)
    return with_every_place(replace(block, rows=rows)) if block.exact else replace(block, rows=rows)


def _known(text: str) -> str:
    text = without_radicals(shown_signs(text) if _TURNED in text else text)
    return _PRIVATE.sub(TORN, text.replace(_BLANK, "\u3000")).replace(_WRECKED, TORN)
