"""从文件取正文 — the text of a file that a clerk has at hand, and what of the file is not in it (条例 第十二条)."""

from __future__ import annotations

from dataclasses import replace
from itertools import islice
from typing import NamedTuple

from gongkai.documents import isolation
from gongkai.documents.document import Document, DocumentError
from gongkai.documents.limits import LIMITS
from gongkai.documents.opening import open_documents
from gongkai.documents.redaction import public_copy
from gongkai.documents.redaction.left_out import is_source, left_out
from gongkai.documents.redaction.places import Sentence
from gongkai.text.folding import squeeze
from gongkai.web.holdings import markup, stamped
from gongkai.web.holdings.refusals import StepError
from gongkai.web.holdings.rich_text import from_blocks, plain

SOURCE = "“{file}”是图形、数据或者程序的源文本，不是写好的文件，没有取。请选 docx、html、txt 或者 pdf。"


HIDDEN = "看不见的内容（隐藏的工作表、行、列和字）没有取"
NOT_LOOKED = "里面有没有看不见的内容没有看成，取来的可能有：请对照原件逐字核对"
_HIDING = ("docx", "xlsx", "html", "pdf")
"""能藏东西的格式 — of which a public copy shows what a reader sees."""
_SECONDS = 20


class TakenOver(NamedTuple):
    """取到的正文 — as it is typed, and a sentence for each kind of what was left out."""

    body: str
    left_out: list[Sentence]


def taken_over(name: str, data: bytes) -> TakenOver:
    """从文件取正文 — StepError with a sentence where nothing is taken (条例 第十二条)."""
    opened, *others = islice(open_documents(name, data), 2)
    if others:
        raise StepError("“{file}”里不止一个文件，没有取。请解压以后，选要取的那一个。", file=name)
    if not isinstance(opened, Document):
        raise StepError(opened.template, **opened.values)
    if is_source(name, opened):
        raise StepError(SOURCE, file=name)
    seen, told = _as_seen(name, data, opened)
    body = markup.to_text(from_blocks(next(seen.views()).blocks))
    if stamped.has_stamp(body):
        raise StepError(stamped.STAMP)
    if not body.strip():
        raise StepError("“{file}”里没有取到文字，正文没有变。", file=name)
    return TakenOver(body, [*told, *left_out(name, data, opened)])


def _as_seen(name: str, data: bytes, opened: Document) -> tuple[Document, list[Sentence]]:
    """What a reader of the file sees: as of its public copy, where there is one (条例 第二十四条)."""
    if opened.format not in _HIDING:
        return opened, []
    try:
        copy = isolation.done_apart(name, public_copy, (name, data), replace(LIMITS, seconds=_SECONDS))
        seen = next(open_documents(name, copy if isinstance(copy, bytes) else b""))
    except DocumentError:
        seen = None
    if not isinstance(seen, Document):
        return opened, [Sentence(NOT_LOOKED, {})]
    return seen, [Sentence(HIDDEN, {})] if _lines(opened) - _lines(seen) else []


def _lines(document: Document) -> set[str]:
    text = plain(from_blocks(next(document.views()).blocks))
    return {line for each in text.split("\n") if (line := squeeze(each))}
