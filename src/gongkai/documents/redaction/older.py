"""只查不写的格式 — doc, wps, rtf, xls, OpenDocument, OFD: what they hide, beside what is shown (条例 第十五条).

Comments, hidden text and sheets, properties, pictures and changes are seen in the docx or xlsx that LibreOffice makes
of them. Text that was taken out may still stand in the bytes; of these what is sure counts alone.
"""

from __future__ import annotations

from collections.abc import Iterator
from importlib import import_module
from typing import cast

from gongkai.documents import isolation
from gongkai.documents.archive import opened, read_part
from gongkai.documents.limits import Limits
from gongkai.documents.redaction.editor import Editor
from gongkai.documents.redaction.places import Layer, Place
from gongkai.documents.redaction.spelled import texts, texts_of_book
from gongkai.documents.redaction.values import Found, Options
from gongkai.text.hit import Severity
from gongkai.text.personal_data import Kind, bare, find, find_in_markup

_FORMATS = frozenset(("doc", "wps", "xls", "rtf", "odf", "office xml"))
_CHECKED = frozenset((Kind.IDENTITY, Kind.RESIDENCE, Kind.BANK_CARD, Kind.MOBILE))
_EDITORS = {"docx": ("word", "Word"), "xlsx": ("sheet", "Sheet")}


def as_new(name: str, data: bytes, given: str, limits: Limits) -> Iterator[Editor]:
    """新格式的样子 — the editor of what LibreOffice makes of a file; none for what it need not make.

    DocumentError where it is absent or fails: then nobody has seen what is hidden.
    """
    if given not in _FORMATS:
        return
    work = import_module("gongkai.documents.office").as_new
    made = cast("tuple[str, bytes] | None", isolation.done_apart(name, work, (name, data, given, limits), limits))
    if made is not None:
        suffix, content = made
        module, editor = _EDITORS[suffix]
        yield getattr(import_module(f"gongkai.documents.redaction.{module}"), editor)(name, content, limits)


def in_bytes(data: bytes, told: set[str], options: Options, *, is_book: bool = False) -> Iterator[Found]:
    """字节里的发现 — find what stands there and is not among the numbers `told`, which grow by it (条例 第十五条).

    `is_book`: the bytes are records of an xls, in which a length may look like a digit of the text beside it.
    """
    # Of rich text all is text, the dots of its pictures too.
    for text in () if data.startswith((b"PK", b"{\\rtf")) else (texts_of_book if is_book else texts)(data):
        for hit in (find_in_markup if "<" in text else find)(text, allowed=options.allowed):
            if hit.severity is Severity.BLOCK and hit.kind in _CHECKED and bare(hit.text) not in told:
                told.add(bare(hit.text))
                mask = "".join(filter(str.isprintable, hit.mask or ""))
                yield Found(Place(Layer.PART, part="bytes"), hit._replace(mask=mask))


def members(name: str, data: bytes, limits: Limits) -> Iterator[tuple[str, bytes]]:
    """包里的文件 — give the pictures, attachments and descriptions of a package, by path (条例 第十五条)."""
    with opened(name, data, limits) as archive:
        for info in archive.infolist():
            if not info.is_dir() and info.file_size:
                yield info.filename, read_part(name, archive, info, limits)
