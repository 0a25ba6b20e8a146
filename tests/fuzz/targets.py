"""乱码的落点 — where bytes may land: as a part of each format inside a sound container, or as a whole file.

The first byte of an input says which place, the rest lands there. Shared by the guided run and the replay of its
corpus.
"""

from __future__ import annotations

import io
from collections.abc import Callable
from contextlib import suppress
from functools import cache
from importlib import import_module

import docx

from gongkai.documents.document import Document, DocumentError
from gongkai.documents.opening import open_documents
from tests.documents import make, make_ofd, make_xls, test_office, zoo

_MOST_IN_XLS = 60_000
_WRITTEN = make.drawn(["这一页写满了字，不会当作图像去认。" * 6])[0][0].encode() + b"\n"
Place = Callable[[bytes], tuple[str, bytes]]


@cache
def _base(fmt: str) -> bytes:
    return make.render(zoo.BLOCKS, fmt)


def _part(fmt: str, part: str) -> Place:
    return lambda data: (f"a.{fmt}", zoo.zipped({part: data}, _base(fmt)))


def _whole(suffix: str) -> Place:
    return lambda data: (f"a.{suffix}", data)


PLACES: dict[str, Place] = {
    "docx": _part("docx", "word/document.xml"),
    "docx numbering": _part("docx", "word/numbering.xml"),
    "docx styles": _part("docx", "word/styles.xml"),
    "xlsx": _part("xlsx", "xl/worksheets/sheet1.xml"),
    "xlsx strings": _part("xlsx", "xl/sharedStrings.xml"),
    "ofd": _part("ofd", "Doc_0/Pages/Page_0/Content.xml"),
    "ofd document": _part("ofd", "Doc_0/Document.xml"),
    "html": _whole("html"),
    "mht": _whole("mht"),
    "md": _whole("md"),
    "csv": _whole("csv"),
    "txt": _whole("txt"),
    "json": _whole("json"),
    "xml": _whole("xml"),
    "zip": _whole("zip"),
    "file": _whole(""),
    "pdf": _whole("pdf"),
    "pdf page": lambda data: ("a.pdf", make.pdf_file([_WRITTEN + data])),
    "xls": lambda data: ("a.xls", make_xls.contained(data[:_MOST_IN_XLS])),
    "xls file": _whole("xls"),
}
"""落点 — by name; the place of a name is the first byte of what lands there, so that new ones go to the end."""
_NAMES = tuple(PLACES)
APART = ("xls", "xls file")
"""只在隔间 — places whose library ends its process where it cannot have the memory that a file asks for."""


_SHEET_PRINTED = ["年报", [["项目", "件数"], ["规章", "3"]]]
_SHEET = (("栏目", "件数", "金额"), ("规章", 3.0, 1.5), ("规范性文件", 12.0, "无"))


def seeds() -> dict[str, bytes]:
    """种子 — one sound input for each place."""
    parts = {fmt: zoo.unzipped(_base(fmt)) for fmt in ("docx", "xlsx", "ofd")}
    numbered = docx.Document()
    numbered.add_paragraph("一", style="List Number")
    out = io.BytesIO()
    numbered.save(out)
    whole = {
        "docx": parts["docx"]["word/document.xml"],
        "docx numbering": zoo.unzipped(out.getvalue())["word/numbering.xml"][:8_000],
        "docx styles": b'<w:styles xmlns:w="w"><w:style w:styleId="a"><w:basedOn w:val="b"/></w:style></w:styles>',
        "xlsx": parts["xlsx"]["xl/worksheets/sheet1.xml"],
        "xlsx strings": parts["xlsx"]["xl/sharedStrings.xml"],
        "ofd": parts["ofd"]["Doc_0/Pages/Page_0/Content.xml"],
        "ofd document": parts["ofd"]["Doc_0/Document.xml"],
        "xml": test_office.as_of_2003(),
        "zip": zoo.zipped({"a/b.md": make.md(zoo.BLOCKS)}),
        "file": make_ofd.ofd(["年报"]),
        "json": b'{"format": "gongkai.report/1", "source": "a", "edition": "2021", "figures": {}}',
        **{fmt: _base(fmt) for fmt in ("html", "mht", "md", "csv")},
        "txt": make.txt_tabs(zoo.BLOCKS),
        "pdf": make.pdf(zoo.BLOCKS),
        "pdf page": b" ".join(line.encode() for line in make.drawn(_SHEET_PRINTED)[0]),
        "xls": make_xls.workbook(_SHEET, [(0, 0, 0, 1)]),
        "xls file": make_xls.xls(_SHEET),
    }
    return {name: bytes([_NAMES.index(name)]) + data for name, data in whole.items()}


def place_of(data: bytes) -> str:
    """落在哪里 — the name of the place."""
    return _NAMES[data[0] % len(_NAMES)]


def land(data: bytes) -> None:
    """落下 — open and read what the bytes make; only refusals may come out of it."""
    if not data:
        return
    name = place_of(data)
    source, content = PLACES[name](data[1:])
    for item in open_documents(source, content, apart=name in APART):
        if isinstance(item, DocumentError):
            assert source in str(item)
        else:
            _use(item)


def _use(document: Document) -> None:
    with suppress(DocumentError):
        for view in document.views():
            assert view.name
    with suppress(DocumentError):
        import_module("gongkai.report.reading").read_document(document)
