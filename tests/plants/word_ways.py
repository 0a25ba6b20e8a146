"""Word 里的做法 — how a number comes to stand in a document, torn, switched off, or beside the text (条例 第十五条).

WAYS: pieces of a body, each given a bare number. PARTS: parts of a package with a relation to the document.
"""

from __future__ import annotations

import base64
import io
from collections.abc import Callable

import openpyxl

from tests.plants.planting import Sight
from tests.plants.zipping import BINARY, TEXTS

_ROOT = "http://schemas.openxmlformats.org"
SPACES = " ".join(
    f'xmlns:{prefix}="{address}"'
    for prefix, address in {
        "w": f"{_ROOT}/wordprocessingml/2006/main",
        "r": f"{_ROOT}/officeDocument/2006/relationships",
        "m": f"{_ROOT}/officeDocument/2006/math",
        "wp": f"{_ROOT}/drawingml/2006/wordprocessingDrawing",
        "a": f"{_ROOT}/drawingml/2006/main",
        "pic": f"{_ROOT}/drawingml/2006/picture",
        "mc": f"{_ROOT}/markup-compatibility/2006",
        "wps": "http://schemas.microsoft.com/office/word/2010/wordprocessingShape",
        "w14": "http://schemas.microsoft.com/office/word/2010/wordml",
        "v": "urn:schemas-microsoft-com:vml",
        "o": "urn:schemas-microsoft-com:office:office",
    }.items()
)
ADDRESSES = ("tel:{}", "mailto:{}@qq.com", "https://www.example.cn/q?sfz={}", "file:///D:/名单/{}.xlsx", "#{}")


def run(text: str, properties: str = "") -> str:
    """一段 — one run."""
    return f'<w:r><w:rPr>{properties}</w:rPr><w:t xml:space="preserve">{text}</w:t></w:r>'


def line(*pieces: str, properties: str = "") -> str:
    """一行 — one paragraph."""
    return f"<w:p><w:pPr>{properties}</w:pPr>{''.join(pieces)}</w:p>"


def _table(rows: list[list[str]], row: str = "", cell: str = "") -> str:
    return "".join(
        (
            "<w:tbl><w:tblPr/><w:tblGrid>",
            "<w:gridCol w:w='900'/>" * max(map(len, rows)),
            "</w:tblGrid>",
            *(
                f"<w:tr><w:trPr>{row}</w:trPr>"
                + "".join(f"<w:tc><w:tcPr>{cell}</w:tcPr>{line(run(text))}</w:tc>" for text in texts)
                + "</w:tr>"
                for texts in rows
            ),
            "</w:tbl>",
        )
    )


def _torn(number: str, size: int) -> list[str]:
    return [number[at : at + size] for at in range(0, len(number), size)]


def _runs(size: int, between: str = "", properties: str = "") -> Callable[[str], str]:
    return lambda number: line(between.join(run(piece, properties) for piece in _torn(number, size)))


def _switched(properties: str, paragraph: str = "") -> Callable[[str], str]:
    return lambda number: line(run("经办"), run(number, properties), properties=paragraph)


def _plain(pattern: str) -> Callable[[str], str]:
    return lambda number: pattern.replace("{}", number)


def _sym(font: str, start: int) -> Callable[[str], str]:
    def build(number: str) -> str:
        return line(*(f'<w:r><w:sym w:font="{font}" w:char="{start + ord(sign):04X}"/></w:r>' for sign in number))

    return build


def _circled(number: str) -> str:
    signs = "".join(f"&#xF0{0x80 + int(sign):X};" if sign.isdigit() else sign for sign in number)
    return line(run(signs, '<w:rFonts w:ascii="Wingdings" w:hAnsi="Wingdings"/>'))


def _mixed(number: str) -> list[tuple[int, str]]:
    """Every sign with its place, as no reader would write them."""
    return sorted(enumerate(number), key=lambda each: (each[0] * 7 % len(number), each[0]))


def _frames(number: str) -> str:
    place = '<w:framePr w:w="200" w:h="300" w:vAnchor="page" w:hAnchor="page" w:x="{}" w:y="4000"/>'
    return "".join(line(run(sign), properties=place.format(2000 + at * 220)) for at, sign in _mixed(number))


def _placed_boxes(number: str) -> str:
    boxes = (_box(line(run(sign))).replace("{at}", str(900_000 + at * 150_000)) for at, sign in _mixed(number))
    return "".join(boxes)


def _box(content: str) -> str:
    return (
        '<w:p><w:r><mc:AlternateContent><mc:Choice Requires="wps"><w:drawing><wp:anchor behindDoc="0" distT="0"'
        ' distB="0" distL="0" distR="0" simplePos="0" relativeHeight="1" locked="0" layoutInCell="1" allowOverlap="1">'
        '<wp:simplePos x="0" y="0"/><wp:positionH relativeFrom="page"><wp:posOffset>{at}</wp:posOffset></wp:positionH>'
        '<wp:positionV relativeFrom="page"><wp:posOffset>{at}</wp:posOffset></wp:positionV>'
        '<wp:extent cx="900000" cy="900000"/><wp:wrapNone/><wp:docPr id="77" name="文本框"/><a:graphic>'
        '<a:graphicData uri="http://schemas.microsoft.com/office/word/2010/wordprocessingShape"><wps:wsp><wps:cNvSpPr/><wps:spPr/><wps:txbx>'
        f"<w:txbxContent>{content}</w:txbxContent></wps:txbx><wps:bodyPr/></wps:wsp></a:graphicData></a:graphic>"
        "</wp:anchor></w:drawing></mc:Choice><mc:Fallback><w:pict><v:shape style='width:90pt'><v:textbox>"
        f"<w:txbxContent>{content}</w:txbxContent></v:textbox></v:shape></w:pict></mc:Fallback></mc:AlternateContent></w:r></w:p>"
    )


def _digit_tables(number: str) -> str:
    cells = "".join(f"<w:tc><w:tcPr/>{_table([[sign]])}<w:p/></w:tc>" for sign in number)
    return f"<w:tbl><w:tblPr/><w:tr>{cells}</w:tr></w:tbl>"


def _field(code: str, result: str) -> str:
    kinds = (f'<w:r><w:fldChar w:fldCharType="{kind}"/></w:r>' for kind in ("begin", "separate", "end"))
    begin, separate, end = kinds
    codes = "".join(f"<w:r><w:instrText>{piece}</w:instrText></w:r>" for piece in _torn(code, 7))
    return line(begin, codes, separate, run(result), end)


def _control(properties: str, content: str) -> str:
    return f"<w:sdt><w:sdtPr>{properties}</w:sdtPr><w:sdtContent>{line(run(content))}</w:sdtContent></w:sdt>"


_HIDE = {
    "vanish": "<w:vanish/>",
    "specVanish": "<w:vanish/><w:specVanish/>",
    "webHidden": "<w:webHidden/>",
    "size one": '<w:sz w:val="1"/>',
    "white": '<w:color w:val="FFFFFF"/>',
    "white on white": '<w:color w:val="FFFFFF"/><w:shd w:val="clear" w:fill="FFFFFF"/>',
    "black on black": '<w:color w:val="000000"/><w:shd w:val="clear" w:fill="000000"/>',
    "black highlight": '<w:color w:val="000000"/><w:highlight w:val="black"/>',
    "theme ground": '<w:color w:val="FFFFFF" w:themeColor="background1"/>',
    "one percent": '<w:w w:val="1"/><w:sz w:val="2"/>',
}
_SEEN_IN = {
    "struck": "<w:strike/>",
    "raised": '<w:vertAlign w:val="superscript"/>',
    "bold": "<w:b/>",
    "right to left": "<w:rtl/>",
    "symbol font": '<w:rFonts w:ascii="Wingdings" w:hAnsi="Wingdings"/>',
}
_BETWEEN = {
    "bookmarks": '<w:bookmarkStart w:id="9" w:name="a"/><w:bookmarkEnd w:id="9"/>',
    "proof errors": '<w:proofErr w:type="spellStart"/>',
    "page marks": "<w:r><w:lastRenderedPageBreak/></w:r>",
    "hidden signs": run("7", "<w:vanish/>"),
    "hidden words": run("批注甲乙", "<w:vanish/>"),
    "tiny signs": run("3", '<w:sz w:val="1"/>'),
    "deleted signs": '<w:del w:id="5" w:author="a"><w:r><w:delText>4</w:delText></w:r></w:del>',
    "soft hyphens": "<w:r><w:softHyphen/></w:r>",
    "no-break hyphens": "<w:r><w:noBreakHyphen/></w:r>",
    "line ends": "<w:r><w:br/></w:r>",
    "tabs": "<w:r><w:tab/></w:r>",
    "comments": '<w:commentRangeStart w:id="8"/>',
    "empty runs": run(""),
    "field codes": '<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText>PAGE 8</w:instrText></w:r>'
    '<w:r><w:fldChar w:fldCharType="end"/></w:r>',
}
_SEEN, _HIDDEN, _EITHER = Sight.SEEN, Sight.HIDDEN, Sight.EITHER
Way = tuple[str, Sight, Callable[[str], str]]

WAYS: list[Way] = [
    *((f"torn: {size} a run", _SEEN, _runs(size)) for size in (1, 2, 3, 5, 7)),
    *((f"torn: {what} between", _SEEN, _runs(3, between)) for what, between in _BETWEEN.items()),
    *((f"hidden: {what}", _HIDDEN, _switched(how)) for what, how in _HIDE.items()),
    *((f"hidden: torn and {what}", _HIDDEN, _runs(4, run("见", ""), how)) for what, how in list(_HIDE.items())[:6]),
    *((f"seen: {what}", _SEEN, _switched(how)) for what, how in _SEEN_IN.items()),
    ("hidden: paragraph mark and text", _HIDDEN, _switched("<w:vanish/>", "<w:rPr><w:vanish/></w:rPr>")),
    ("hidden: in a row", _HIDDEN, lambda number: _table([["证件", number]], row="<w:hidden/>")),
    ("hidden: exact line of nothing", _EITHER, _switched("", '<w:spacing w:line="1" w:lineRule="exact"/>')),
    ("hidden: far left", _EITHER, _switched("", '<w:ind w:left="-20000"/>')),
    ("hidden: frame off the page", _EITHER, _switched("", '<w:framePr w:w="900" w:x="-20000" w:y="-20000"/>')),
    (
        "hidden: covered cell",
        _EITHER,
        lambda n: (
            _table([["合并"], [n]])
            .replace("<w:tcPr></w:tcPr>", '<w:tcPr><w:vMerge w:val="restart"/></w:tcPr>', 1)
            .replace("<w:tcPr></w:tcPr>", "<w:tcPr><w:vMerge/></w:tcPr>", 1)
        ),
    ),
    ("cells: three in a row", _SEEN, lambda n: _table([[n[:6], n[6:14], n[14:]]])),
    ("cells: two in a row", _SEEN, lambda n: _table([["号码", n[:7], n[7:]]])),
    ("cells: one digit each", _SEEN, lambda n: _table([["证号", *n]])),
    ("cells: two rows", _SEEN, lambda n: _table([["证号", n[:8]], ["", n[8:]]])),
    ("cells: one above the other", _SEEN, lambda n: _table([[n[:9]], [n[9:]]])),
    ("cells: one digit a row", _SEEN, lambda n: _table([[sign] for sign in n])),
    ("cells: one digit and blanks", _SEEN, lambda n: _table([[sign for digit in n for sign in (digit, "")]])),
    (
        "cells: nested",
        _SEEN,
        lambda n: _table([["外"]]).replace("</w:p></w:tc>", f"</w:p>{_table([[n]])}<w:p/></w:tc>"),
    ),
    ("cells: blank signs between", _SEEN, lambda n: line(*(run(f"□{sign}") for sign in n))),
    ("cells: by tabs", _SEEN, lambda n: line("<w:r><w:tab/></w:r>".join(run(t) for t in (n[:6], n[6:14], n[14:])))),
    ("cells: a tab behind each digit", _SEEN, lambda n: line(*(f"{run(sign)}<w:r><w:tab/></w:r>" for sign in n))),
    ("cells: three tables", _SEEN, lambda n: "".join(_table([[*n[at : at + 6]]]) for at in (0, 6, 12))),
    ("cells: nested, one digit each", _SEEN, _digit_tables),
    ("boxes: one digit each", _SEEN, lambda n: "".join(_box(line(run(sign))).replace("{at}", "900000") for sign in n)),
    ("paragraphs: two", _SEEN, lambda n: line(run(n[:9])) + line(run(n[9:]))),
    ("paragraphs: three", _SEEN, lambda n: line(run(n[:6])) + line(run(n[6:12])) + line(run(n[12:]))),
    ("paragraphs: an empty one between", _SEEN, lambda n: line(run(n[:9])) + line() + line(run(n[9:]))),
    ("list: of names", _SEEN, lambda n: _table([["姓名", "身份证号", "电话"], ["张某", n, "0373-5551234"]])),
    ("symbols: private area", _SEEN, _sym("Wingdings", 0xF000)),
    ("symbols: characters of the private area", _SEEN, lambda n: line(run("".join(chr(0xF000 + ord(s)) for s in n)))),
    ("symbols: plain", _SEEN, _sym("宋体", 0)),
    ("symbols: figures in circles", _SEEN, _circled),
    ("boxes: frames in another order", _SEEN, _frames),
    ("boxes: placed in another order", _SEEN, _placed_boxes),
    (
        "change: deleted",
        _HIDDEN,
        _plain('<w:p><w:del w:id="5" w:author="a"><w:r><w:delText>{}</w:delText></w:r></w:del></w:p>'),
    ),
    ("change: deleted, as text", _HIDDEN, _plain(f'<w:p><w:del w:id="5" w:author="a">{run("{}")}</w:del></w:p>')),
    ("change: moved from", _HIDDEN, _plain(f'<w:p><w:moveFrom w:id="5" w:author="a">{run("{}")}</w:moveFrom></w:p>')),
    ("change: inserted", _SEEN, _plain(f'<w:p><w:ins w:id="5" w:author="a">{run("{}")}</w:ins></w:p>')),
    ("change: author", _HIDDEN, _plain(f'<w:p><w:ins w:id="5" w:author="{{}}">{run("甲")}</w:ins></w:p>')),
    ("change: deleted row", _HIDDEN, lambda n: _table([["证件", n]], row='<w:del w:id="5" w:author="a"/>')),
    ("change: deleted cell", _HIDDEN, lambda n: _table([[n]], cell='<w:cellDel w:id="5" w:author="a"/>')),
    (
        "change: torn over an insertion",
        _SEEN,
        lambda n: line(run(n[:6]), f'<w:ins w:id="5" w:author="a">{run(n[6:12])}</w:ins>', run(n[12:])),
    ),
    ("field: result", _SEEN, lambda n: _field(" DOCPROPERTY a ", n)),
    ("field: code", _HIDDEN, lambda n: _field(f' HYPERLINK "tel:{n}" ', "拨打")),
    ("field: quote code", _HIDDEN, lambda n: _field(f" QUOTE {n} ", "甲")),
    ("field: circled digits", _SEEN, lambda n: "".join(_field(rf"EQ \o(○,{sign})", "") for sign in n)),
    ("field: if", _HIDDEN, lambda n: _field(f' IF 1=2 "{n}" "甲" ', "甲")),
    ("field: simple code", _HIDDEN, _plain(f'<w:p><w:fldSimple w:instr="QUOTE {{}}">{run("甲")}</w:fldSimple></w:p>')),
    ("field: simple result", _SEEN, _plain(f'<w:p><w:fldSimple w:instr="DATE">{run("{}")}</w:fldSimple></w:p>')),
    (
        "field: data",
        _HIDDEN,
        lambda n: (
            '<w:p><w:r><w:fldChar w:fldCharType="begin"><w:fldData>'
            f"{base64.b64encode(n.encode('utf-16-le')).decode()}</w:fldData></w:fldChar></w:r></w:p>"
        ),
    ),
    (
        "form: default",
        _HIDDEN,
        _plain(
            '<w:p><w:r><w:fldChar w:fldCharType="begin"><w:ffData><w:name w:val="a"/><w:textInput>'
            '<w:default w:val="{}"/></w:textInput></w:ffData></w:fldChar></w:r></w:p>'
        ),
    ),
    (
        "form: help",
        _HIDDEN,
        _plain(
            '<w:p><w:r><w:fldChar w:fldCharType="begin"><w:ffData><w:helpText w:type="text" '
            'w:val="{}"/><w:statusText w:val="甲"/></w:ffData></w:fldChar></w:r></w:p>'
        ),
    ),
    (
        "form: list",
        _EITHER,
        _plain(
            '<w:p><w:r><w:fldChar w:fldCharType="begin"><w:ffData><w:ddList><w:listEntry w:val="{}"/>'
            "</w:ddList></w:ffData></w:fldChar></w:r></w:p>"
        ),
    ),
    ("control: content", _SEEN, lambda n: _control("", n)),
    ("control: name", _HIDDEN, lambda n: _control(f'<w:alias w:val="{n}"/><w:tag w:val="{n}"/>', "甲")),
    (
        "control: list",
        _HIDDEN,
        lambda n: _control(
            f'<w:dropDownList><w:listItem w:displayText="{n}" w:value="{n}"/></w:dropDownList>', "请选择"
        ),
    ),
    (
        "control: placeholder",
        _HIDDEN,
        lambda n: _control(f'<w:placeholder><w:docPart w:val="{n}"/></w:placeholder>', "甲"),
    ),
    (
        "control: binding",
        _HIDDEN,
        lambda n: _control(f"<w:dataBinding w:xpath=\"/a[.='{n}']\" w:storeItemID='{{1}}'/>", "甲"),
    ),
    ("box: text", _SEEN, lambda n: _box(line(run(n))).replace("{at}", "900000")),
    ("box: torn", _SEEN, lambda n: _box(line(run(n[:8]), run(n[8:]))).replace("{at}", "900000")),
    ("box: off the page", _HIDDEN, lambda n: _box(line(run(n))).replace("{at}", "-90000000")),
    (
        "box: vml path",
        _EITHER,
        _plain('<w:p><w:r><w:pict><v:shape><v:textpath string="{}"/></v:shape></w:pict></w:r></w:p>'),
    ),
    ("box: vml alt", _EITHER, _plain('<w:p><w:r><w:pict><v:shape alt="{}" title="a"/></w:pict></w:r></w:p>')),
    ("box: vml link", _HIDDEN, _plain('<w:p><w:r><w:pict><v:rect href="tel:{}"/></w:pict></w:r></w:p>')),
    (
        "ruby: above",
        _SEEN,
        _plain(f"<w:p><w:r><w:ruby><w:rt>{run('{}')}</w:rt><w:rubyBase>{run('甲')}</w:rubyBase></w:ruby></w:r></w:p>"),
    ),
    ("math: text", _SEEN, _plain("<w:p><m:oMath><m:r><m:t>{}</m:t></m:r></m:oMath></w:p>")),
    (
        "math: torn",
        _SEEN,
        lambda n: "<w:p><m:oMath>" + "".join(f"<m:r><m:t>{p}</m:t></m:r>" for p in _torn(n, 4)) + "</m:oMath></w:p>",
    ),
    (
        "link: tooltip",
        _HIDDEN,
        _plain(f'<w:p><w:hyperlink w:anchor="a" w:tooltip="{{}}">{run("甲")}</w:hyperlink></w:p>'),
    ),
    ("link: anchor", _HIDDEN, _plain(f'<w:p><w:hyperlink w:anchor="n{{}}">{run("甲")}</w:hyperlink></w:p>')),
    ("link: text", _SEEN, _plain(f'<w:p><w:hyperlink w:anchor="a">{run("{}")}</w:hyperlink></w:p>')),
    (
        "marks: bookmark",
        _HIDDEN,
        _plain('<w:p><w:bookmarkStart w:id="3" w:name="n{}"/><w:bookmarkEnd w:id="3"/></w:p>'),
    ),
    (
        "marks: smart tag",
        _HIDDEN,
        _plain(
            '<w:p><w:smartTag w:element="a"><w:smartTagPr><w:attr w:name="a" w:val="{}"/>'
            f"</w:smartTagPr>{run('甲')}</w:smartTag></w:p>"
        ),
    ),
    (
        "marks: custom xml",
        _HIDDEN,
        _plain(
            '<w:customXml w:uri="urn:a" w:element="a"><w:customXmlPr><w:attr w:name="a" '
            f'w:val="{{}}"/></w:customXmlPr>{line(run("甲"))}</w:customXml>'
        ),
    ),
    ("marks: permission", _HIDDEN, _plain('<w:p><w:permStart w:id="3" w:ed="{}"/><w:permEnd w:id="3"/></w:p>')),
    ("direction: bdo reversed", _SEEN, lambda n: f'<w:p><w:bdo w:val="rtl">{run(n[::-1])}</w:bdo></w:p>'),
    ("direction: mark reversed", _SEEN, lambda n: line(run(f"\u202e{n[::-1]}\u202c"))),
]


def book_with(number: str) -> bytes:
    """内嵌的表格 — a workbook with a list."""
    book = openpyxl.Workbook()
    book.worksheets[0].append(["姓名", "身份证号"])
    book.worksheets[0].append(["张某", number])
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def _xml(tag: str, space: str) -> Callable[[str], bytes]:
    return lambda number: f'<x:{tag} xmlns:x="{space}"><x:a b="1"><x:t>{number}</x:t></x:a></x:{tag}>'.encode()


_DRAWING = f"{_ROOT}/drawingml/2006"
_MICROSOFT = "http://schemas.microsoft.com/office"
PARTS: list[tuple[str, str, Callable[[str], bytes]]] = [
    *((f"afchunk.{suffix}", "aFChunk", TEXTS[f"stray.{suffix}"]) for suffix in ("html", "rtf", "csv", "xml")),
    ("afchunk.txt", "aFChunk", str.encode),
    (
        "afchunk.mht",
        "aFChunk",
        lambda n: b"MIME-Version: 1.0\r\nContent-Type: text/html; charset=utf-8\r\n\r\n<p>" + n.encode(),
    ),
    ("embeddings/list.xlsx", "package", book_with),
    *((f"embeddings/ole {kind}.bin", "oleObject", build) for kind, build in BINARY.items()),
    *((f"customXml/item {kind}.xml", "customXml", _xml(kind, "urn:a")) for kind in ("root", "data")),
    ("charts/chart7.xml", "chart", _xml("chartSpace", f"{_DRAWING}/chart")),
    ("diagrams/data7.xml", "diagramData", _xml("dataModel", f"{_DRAWING}/diagram")),
    (
        "diagrams/drawing7.xml",
        f"{_MICROSOFT}/2007/relationships/diagramDrawing",
        _xml("drawing", f"{_DRAWING}/diagram"),
    ),
    ("glossary/document.xml", "glossaryDocument", _xml("glossaryDocument", f"{_ROOT}/wordprocessingml/2006/main")),
    ("people.xml", f"{_MICROSOFT}/2011/relationships/people", _xml("people", f"{_MICROSOFT}/word/2012/wordml")),
    ("commentsExtended.xml", f"{_MICROSOFT}/2011/relationships/commentsExtended", _xml("commentsEx", "urn:b")),
    ("webextension1.xml", f"{_MICROSOFT}/2011/relationships/webextension", _xml("webextension", "urn:c")),
    ("recipientData.xml", "recipientData", _xml("recipients", f"{_ROOT}/wordprocessingml/2006/main")),
    *((f"vba {kind}.bin", f"{_MICROSOFT}/2006/relationships/vbaProject", build) for kind, build in BINARY.items()),
    *((f"printerSettings/p {kind}.bin", "printerSettings", build) for kind, build in BINARY.items()),
    *((f"fonts/font {kind}.odttf", "font", build) for kind, build in BINARY.items()),
    *((f"media/image {kind}.emf", "image", build) for kind, build in BINARY.items()),
    *(
        (
            f"media/image {kind}.svg",
            "image",
            lambda n: f'<svg xmlns="http://www.w3.org/2000/svg"><text>{n}</text></svg>'.encode(),
        )
        for kind in ("one",)
    ),
    *((f"activeX/a {kind}.bin", "control", build) for kind, build in BINARY.items()),
    ("ink/ink1.xml", "customXml", _xml("ink", "http://www.w3.org/2003/InkML")),
    ("signatures/sig1.xml", "digital-signature/signature", _xml("Signature", "http://www.w3.org/2000/09/xmldsig#")),
]
SPELT = frozenset(name for name, _, _ in PARTS if name.startswith(("customXml", "people", "media/image one")))
"""Parts in which a number may be written in any way."""
