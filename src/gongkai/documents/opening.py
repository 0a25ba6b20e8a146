"""打开文件 — any file to Documents: by signature and suffix to the module that reads the format.

Those modules are loaded late. A lying suffix is overruled by the content. What cannot be read comes out as a
`DocumentError` value, one plain sentence.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from importlib import import_module
from pathlib import Path, PurePath
from typing import Any

from gongkai.documents.archive import members
from gongkai.documents.decoding import decode
from gongkai.documents.document import Document, DocumentError, PageLayout, PicturedError, View
from gongkai.documents.limits import LIMITS, Limits, check_size
from gongkai.documents.refusals import refusal
from gongkai.documents.separated import separated
from gongkai.documents.signature import is_noise, sniff, sniff_text

Makers = tuple[Callable[[], View], ...]

STANDARD_INPUT = "-"
_STROKE = "|"
_SPREADSHEETS = ("xlsx", "xlsm", "xls", "et", "ods")

_EXTRA = ("cv2", "numpy", "onnxruntime", "PIL", "rapidocr")
_READS_BYTES = {
    "pdf": ("pdf", "makers"),
    "ofd": ("ofd", "makers"),
    "docx": ("word", "makers"),
    "xlsx": ("sheet", "makers"),
    "xls": ("sheet", "makers"),
    "doc": ("office", "doc_makers"),
    "wps": ("office", "doc_makers"),
    "rtf": ("office", "rtf_makers"),
    "odf": ("office", "odf_makers"),
    "office xml": ("office", "xml_makers"),
    "mht": ("mht", "makers"),
    "png": ("picture", "makers"),
    "jpg": ("picture", "makers"),
    "tiff": ("picture", "makers"),
    "bmp": ("picture", "makers"),
    "gif": ("picture", "makers"),
}
_IN_PROCESS = {"mht"}
"""Read by the standard library and the reader of pages; what reads the other bytes is taken apart from us."""
_READS_TEXT = {
    "html": ("web_page", "makers"),
    "txt": ("plain", "makers"),
    "md": ("plain", "markdown_makers"),
    "csv": ("sheet", "csv_makers"),
    "json": ("plain", "whole_makers"),
}


def open_documents(
    source: str, data: bytes | None = None, *, limits: Limits = LIMITS, apart: bool = True
) -> Iterator[Document | DocumentError]:
    """打开文件 — one item for a file, one for each file in a zip; what cannot be read is a DocumentError among them.

    `data`: the bytes, if the caller has them (`source` is then only a name); otherwise `source` is a path, or `-` for
    standard input. The first view of a Document is already made; a later one may raise DocumentError (a limit reached).
    `apart`: formats that libraries take apart are read in a process of their own (`isolation`); False for whoever is in
    one already.
    """
    try:
        read = content(source, limits) if data is None else data
        name = _format(source, read, limits)
        if name == "zip":
            yield from _archived(source, read, limits, apart)
        else:
            yield _document(source, read, name, limits, apart)
    except DocumentError as error:
        yield error


def text_table(source: str, data: bytes, *, limits: Limits = LIMITS) -> Document | None:
    """文字里的表格 — text that is not named csv (`.txt`, no ending, standard input), as rows whose cells a sign parts;
    None for any other file, and for strokes, which Markdown has too. DocumentError where it cannot be read."""
    suffix = _suffix(source)
    if suffix in _SPREADSHEETS or _format(source, data, limits) is not None:
        return None
    text = decode(source, data)
    if is_noise(text) or sniff_text(text, suffix) != "txt" or separated(text)[0] == _STROKE:
        return None
    return _made(source, text, "csv", limits)


def page_picture(source: str, data: bytes, page: int, layout: PageLayout | None, *, limits: Limits = LIMITS) -> bytes:
    """页面图像 — page `page`, from 1, of a PDF or a picture as a PNG, lying as its `layout` says. DocumentError where
    the file cannot be opened."""
    if layout is None or not layout.straightening:
        drawn: bytes = _reader(source, "pdf_picture", "png")(source, data, page, limits)
        return drawn
    module = "pdf_scan" if _format(source, data, limits) == "pdf" else "picture"
    given = _reader(source, module, "drawn")(source, data, page, limits)
    laid: bytes = _reader(source, "scan", "picture")(given, layout.straightening, layout.width, layout.height)
    return laid


def _archived(source: str, data: bytes, limits: Limits, apart: bool) -> Iterator[Document | DocumentError]:
    for member in members(source, data, limits):
        if isinstance(member, DocumentError):
            yield member
            continue
        inner, content = member
        try:
            name = _format(inner, content, limits)
            if name == "zip":
                raise refusal("nested", inner)
            yield _document(inner, content, name, limits, apart)
        except DocumentError as error:
            yield error


def _format(source: str, data: bytes, limits: Limits) -> str | None:
    check_size(source, len(data), limits)
    if not data.strip(b"\x00\t\r\n \xef\xbb\xbf\xff\xfe"):
        raise DocumentError(source, "{file}：文件是空的。请看看是不是选错了文件，或重新另存一份", file=source)
    return sniff(source, data, _suffix(source), limits)


def _suffix(source: str) -> str:
    return PurePath(source).suffix.lower().lstrip(".")


def _document(source: str, data: bytes, name: str | None, limits: Limits, apart: bool) -> Document:
    content: bytes | str = data
    if name is None:
        content = decode(source, data)
        if is_noise(content):
            raise refusal("binary", source)
        name = sniff_text(content, _suffix(source))
    if apart and name in _READS_BYTES.keys() - _IN_PROCESS:
        isolation = import_module("gongkai.documents.isolation")
        document: Document = isolation.opened_apart(source, (_made, (source, data, name, limits)), limits)
        return document
    return _made(source, data if name in _READS_BYTES else content, name, limits)


def _made(source: str, content: bytes | str, name: str, limits: Limits) -> Document:
    module, function = _READS_BYTES.get(name) or _READS_TEXT[name]
    try:
        makers: Makers = _reader(source, module, function)(source, content, limits)
    except PicturedError as pictured:
        makers = _seen(source, content, pictured, limits)
    document = Document(source, name, makers)
    next(document.views())
    return document


def _reader(source: str, module: str, function: str) -> Callable[..., Any]:
    try:
        reader: Callable[..., Any] = getattr(import_module(f"gongkai.documents.{module}"), function)
    except ModuleNotFoundError as missing:
        if missing.name not in _EXTRA:
            raise
        raise refusal("unseen", source) from None
    return reader


def _seen(source: str, data: bytes | str, pictured: PicturedError, limits: Limits) -> Makers:
    """The pages of a PDF that are pictures are looked at; without the extra, its other pages are read alone."""
    makers: Makers
    try:
        makers = _reader(source, "pdf_scan", "makers")(source, data, pictured.numbers, pictured.lines, limits)
    except DocumentError:
        if not any(pictured.lines.values()):
            raise
        makers = _reader(source, "pdf", "text_makers")(source, data, pictured.lines, limits)
    return makers


def content(source: str, limits: Limits) -> bytes:
    """文件的字节 — of the file at this path, of standard input for `-`. DocumentError where it cannot be read."""
    if source == STANDARD_INPUT:
        return sys.stdin.buffer.read(limits.file_bytes + 1)
    path = Path(source)
    try:
        if path.is_dir():
            raise DocumentError(source, "{file}：这是一个文件夹。请给里面的文件，或把它压缩成 zip", file=source)
        with path.open("rb") as file:
            return file.read(limits.file_bytes + 1)
    except FileNotFoundError:
        raise DocumentError(source, "{file}：没有这个文件。请看看文件名和路径有没有写对", file=source) from None
    except PermissionError:
        raise DocumentError(source, "{file}：没有读这个文件的权限。请换一个有权限的位置再试", file=source) from None
    except (OSError, ValueError) as error:
        raise DocumentError(source, "{file}：文件读不出来（{reason}）", file=source, reason=error) from None
