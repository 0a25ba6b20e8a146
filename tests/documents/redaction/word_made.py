"""手写的 docx — a package from raw XML, for what no program writes by itself (条例 第十五条)."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable
from typing import NamedTuple

SPACES = (
    'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
    ' xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"'
    ' xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing"'
    ' xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"'
    ' xmlns:m="http://schemas.openxmlformats.org/officeDocument/2006/math"'
    ' xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"'
    ' xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape"'
    ' xmlns:v="urn:schemas-microsoft-com:vml" xmlns:o="urn:schemas-microsoft-com:office:office"'
    ' xmlns:w14="http://schemas.microsoft.com/office/word/2010/wordml"'
    ' xmlns:dgm="http://schemas.openxmlformats.org/drawingml/2006/diagram"'
    ' xmlns:c="http://schemas.openxmlformats.org/drawingml/2006/chart" xmlns:x="urn:x"'
)
KIND = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/"
TYPES = (
    '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
    '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    '<Default Extension="xml" ContentType="application/xml"/>'
    '<Override PartName="/word/document.xml" ContentType="application/vnd.openxmlformats-officedocument.'
    'wordprocessingml.document.main+xml"/>{more}</Types>'
)


class Part(NamedTuple):
    """部件 — its name below `word/`, its content, and the kind of relation that leads to it (empty: none does)."""

    name: str
    content: str | bytes
    kind: str = ""


def docx(
    body: str, *parts: Part, root: str = "", before: str = "", ground: str = "", types: str = "", links: str = ""
) -> bytes:
    """docx — a body and further parts; relation ids are `p1`, `p2` … in their order."""
    document = f"{before}<w:document {SPACES} {root}>{ground}<w:body>{body}</w:body></w:document>"
    relations = "".join(
        f'<Relationship Id="p{at}" Type="{KIND}{part.kind}" Target="{part.name}"/>'
        for at, part in enumerate(parts, 1)
        if part.kind
    )
    space = "http://schemas.openxmlformats.org/package/2006/relationships"
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("[Content_Types].xml", TYPES.format(more=types))
        main = f'<Relationship Id="r1" Type="{KIND}officeDocument" Target="word/document.xml"/>'
        archive.writestr("_rels/.rels", f'<Relationships xmlns="{space}">{main}</Relationships>')
        archive.writestr(
            "word/_rels/document.xml.rels", f'<Relationships xmlns="{space}">{relations}{links}</Relationships>'
        )
        archive.writestr("word/document.xml", document)
        for part in parts:
            name = part.name.removeprefix("/") if part.name.startswith("/") else f"word/{part.name}"
            archive.writestr(name, part.content)
    return out.getvalue()


def run(text: str, look: str = "") -> str:
    """一段文字."""
    return f'<w:r><w:rPr>{look}</w:rPr><w:t xml:space="preserve">{text}</w:t></w:r>'


def p(*runs: str, look: str = "") -> str:
    """一段."""
    return f"<w:p><w:pPr>{look}</w:pPr>{''.join(runs)}</w:p>"


def story(tag: str, inner: str, *, more: str = "") -> str:
    """一个部件的正文."""
    return f"<w:{tag} {SPACES} {more}>{inner}</w:{tag}>"


def styles(inner: str) -> Part:
    """样式部件."""
    return Part("styles.xml", story("styles", inner), "styles")


def table(*rows: str, look: str = "") -> str:
    """表格."""
    return f"<w:tbl><w:tblPr>{look}</w:tblPr><w:tblGrid><w:gridCol w:w='2000'/></w:tblGrid>{''.join(rows)}</w:tbl>"


def row(*cells: str, look: str = "", cell: str = "") -> str:
    """一行."""
    inner = "".join(f"<w:tc><w:tcPr>{cell}</w:tcPr>{text}</w:tc>" for text in cells)
    return f"<w:tr><w:trPr>{look}</w:trPr>{inner}</w:tr>"


def box(inner: str, *, anchor: str = "", size: str = "cx='1800000' cy='900000'", at: str = "0", fill: str = "") -> str:
    """文本框."""
    return (
        f"<w:r><mc:AlternateContent><mc:Choice Requires='wps'><w:drawing><wp:anchor {anchor}>"
        f"<wp:positionH relativeFrom='page'><wp:posOffset>{at}</wp:posOffset></wp:positionH><wp:extent {size}/>"
        "<wp:docPr id='1' name='文本框'/><a:graphic><a:graphicData uri='u'>"
        f"<wps:wsp><wps:spPr>{fill}</wps:spPr>"
        f"<wps:txbx><w:txbxContent>{inner}</w:txbxContent></wps:txbx></wps:wsp></a:graphicData></a:graphic></wp:anchor>"
        "</w:drawing></mc:Choice></mc:AlternateContent></w:r>"
    )


def old_box(inner: str, style: str) -> str:
    """旧式的文本框."""
    return (
        f"<w:r><w:pict><v:shape style='{style}'><v:textbox><w:txbxContent>{inner}</w:txbxContent></v:textbox>"
        "</v:shape></w:pict></w:r>"
    )


def field(code: str, result: str | None) -> str:
    """域."""
    divided = "" if result is None else f"<w:r><w:fldChar w:fldCharType='separate'/></w:r>{run(result)}"
    return (
        f"<w:r><w:fldChar w:fldCharType='begin'/></w:r><w:r><w:instrText>{code}</w:instrText></w:r>{divided}"
        "<w:r><w:fldChar w:fldCharType='end'/></w:r>"
    )


Way = Callable[[str], bytes]
SEEN = p(run("这一段看得见。"))
SECTION = "<w:sectPr><w:{kind}Reference w:type='{when}' r:id='p1'/><w:pgSz w:w='11906' w:h='16838'/>{more}</w:sectPr>"


def looks(look: str, more: str = "") -> Way:
    """文字格式 — a way by the format of a run, or of its paragraph."""
    return lambda number: docx(SEEN + p(run(number, look), look=more))


def header(kind: str, when: str, more: str = "", *, settings: str = "") -> Way:
    """页眉页脚 — a way by a header or footer."""
    tag = {"header": "hdr", "footer": "ftr"}[kind]
    extra = (Part("settings.xml", story("settings", settings), "settings"),) if settings else ()
    return lambda number: docx(
        SEEN + SECTION.format(kind=kind, when=when, more=more),
        Part(f"{kind}1.xml", story(tag, p(run(number))), kind),
        *extra,
    )


def styled(inner: str, body: str) -> Way:
    """样式 — a way by a style part."""
    return lambda number: docx(SEEN + body.format(number=number), styles(inner))


VANISH = "<w:rPr><w:vanish/></w:rPr>"
WHITE = "<w:color w:val='FFFFFF'/>"
LIST = (
    "<w:abstractNum w:abstractNumId='0'><w:lvl w:ilvl='0'><w:start w:val='{start}'/><w:numFmt w:val='decimal'/>"
    "<w:lvlText w:val='{text}'/><w:suff w:val='nothing'/></w:lvl></w:abstractNum>"
    "<w:num w:numId='1'><w:abstractNumId w:val='0'/></w:num>"
)
LISTED = "<w:numPr><w:ilvl w:val='0'/><w:numId w:val='1'/></w:numPr>"
THEME = (
    "<a:theme xmlns:a='http://schemas.openxmlformats.org/drawingml/2006/main' name='{name}'><a:themeElements>"
    "<a:clrScheme name='x'><a:lt1><a:sysClr val='window' lastClr='FFFFFF'/></a:lt1></a:clrScheme></a:themeElements>"
    "</a:theme>"
)
