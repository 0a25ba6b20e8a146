"""手写的工作簿 — xlsx written part by part, so that a number can be put into any place of it (条例 第十七条)."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
REL = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006/relationships"
DRAWING = "http://schemas.openxmlformats.org/drawingml/2006"
HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
ROWS = '<row r="1"><c r="A1" t="inlineStr"><is><t>项目</t></is></c><c r="B1"><v>100</v></c></row>'
N = "410725199003071238"


def text(place: str, words: str, more: str = "") -> str:
    """文字单元格 — with further attributes or children."""
    return f'<c r="{place}" t="inlineStr"{more}><is><t xml:space="preserve">{words}</t></is></c>'


def row(at: int, cells: str, more: str = "") -> str:
    """一行."""
    return f'<row r="{at}"{more}>{cells}</row>'


def relation(key: str, kind: str, target: str, more: str = "") -> str:
    """一条关系."""
    return f'<Relationship Id="{key}" Type="{REL}/{kind}" Target="{target}"{more}/>'


def relations(*each: str) -> str:
    """关系部件."""
    return f'<Relationships xmlns="{PACKAGE}">{"".join(each)}</Relationships>'


def styles(formats: str = "", fonts: str = "", fills: str = "", xfs: str = "", more: str = "") -> str:
    """样式表 — number 0 is plain, the others follow."""
    plain = "".join(f'<fill><patternFill patternType="{kind}"/></fill>' for kind in ("none", "gray125"))
    return (
        f'<styleSheet xmlns="{MAIN}"><numFmts>{formats}</numFmts>'
        f'<fonts><font><sz val="11"/><name val="宋体"/></font>{fonts}</fonts><fills>{plain}{fills}</fills>'
        "<borders><border/></borders><cellStyleXfs><xf/></cellStyleXfs>"
        f'<cellXfs><xf numFmtId="0" fontId="0" fillId="0"/>{xfs}</cellXfs>{more}</styleSheet>'
    )


def workbook(
    rows: str = ROWS,
    *,
    before: str = "",
    after: str = "",
    sheet: str = 'name="年报"',
    sheets: str = "",
    book: str = "",
    look: str = "",
    strings: str = "",
    links: str = "",
    parts: dict[str, str | bytes] | None = None,
    book_links: str = "",
    change: Callable[[bytes], bytes] = bytes,
) -> bytes:
    """写出工作簿 — one sheet with `rows`; `before` and `after` stand beside its rows; `parts` are further parts."""
    every: dict[str, str | bytes] = {
        "[Content_Types].xml": '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
        '<Default Extension="xml" ContentType="application/xml"/>'
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        '<Override PartName="/xl/workbook.xml"'
        ' ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"/></Types>',
        "_rels/.rels": relations(relation("rId1", "officeDocument", "xl/workbook.xml")),
        "xl/workbook.xml": f'<workbook xmlns="{MAIN}" xmlns:r="{REL}"><sheets><sheet {sheet} sheetId="1" r:id="rId1"/>'
        f"{sheets}</sheets>{book}</workbook>",
        "xl/_rels/workbook.xml.rels": relations(
            relation("rId1", "worksheet", "worksheets/sheet1.xml"),
            relation("rId2", "styles", "styles.xml"),
            relation("rId3", "sharedStrings", "sharedStrings.xml"),
            book_links,
        ),
        "xl/worksheets/sheet1.xml": f'<worksheet xmlns="{MAIN}" xmlns:r="{REL}">{before}'
        f"<sheetData>{rows}</sheetData>{after}</worksheet>",
        "xl/styles.xml": look or styles(),
        "xl/sharedStrings.xml": f'<sst xmlns="{MAIN}">{strings}</sst>',
    }
    if links:
        every["xl/worksheets/_rels/sheet1.xml.rels"] = relations(links)
    every |= parts or {}
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in every.items():
            data = content if isinstance(content, bytes) else (HEAD + content).encode("utf-8")
            archive.writestr(zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0)), data, zipfile.ZIP_DEFLATED)
    return change(out.getvalue())


def inflated(data: bytes) -> bytes:
    """全部字节 — of every part, and their names."""
    if data[:2] != b"PK":
        return data
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return b"\n".join(
            [archive.comment, *(name.encode() + b"\n" + archive.read(name) for name in archive.namelist())]
        )
