"""表格里的做法 — how a number comes to stand in a workbook beside the plain text of a cell (条例 第十五条).

ROWS: rows of `sheetData`, given a bare number and the number of the first free row. STYLES: a style and a cell in it.
ELEMENTS: elements of a sheet after the cells, PARTS: parts with a relation to a sheet or the book.
"""

from __future__ import annotations

from collections.abc import Callable

from openpyxl.utils import get_column_letter

from tests.plants.planting import Sight
from tests.plants.word_ways import book_with
from tests.plants.zipping import BINARY

LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
_SEEN, _HIDDEN, _EITHER = Sight.SEEN, Sight.HIDDEN, Sight.EITHER


def cell(at: str, text: str, more: str = "") -> str:
    """单元格 — with its text inside."""
    return f'<c r="{at}" t="inlineStr" {more}><is><t xml:space="preserve">{text}</t></is></c>'


def row(at: int, *texts: str, more: str = "", style: str = "") -> str:
    """行 — texts from the first column on."""
    cells = "".join(cell(f"{LETTERS[column]}{at}", text, style) for column, text in enumerate(texts) if text)
    return f'<row r="{at}" {more}>{cells}</row>'


def _value(at: int, number: str, more: str = "") -> str:
    return f'<row r="{at}"><c r="A{at}" {more}><v>{number}</v></c></row>'


def _formula(text: Callable[[str], str], stored: str = "") -> Callable[[str, int], str]:
    def build(number: str, at: int) -> str:
        value = f"<v>{stored}</v>" if stored else ""
        return f'<row r="{at}"><c r="A{at}" t="str"><f>{text(number)}</f>{value}</c></row>'

    return build


def _joined(pieces: list[str], sign: str = "&amp;") -> str:
    return sign.join(f'"{piece}"' for piece in pieces)


def _runs(number: str, size: int, middle: str = "") -> str:
    pieces = (number[at : at + size] for at in range(0, len(number), size))
    return "".join(f"<r><rPr><b/></rPr><t>{piece}</t></r>{middle}" for piece in pieces)


def _spread(number: str, at: int, step: int) -> str:
    cells = (cell(f"{get_column_letter(1 + place * step)}{at}", sign) for place, sign in enumerate(number))
    return f'<row r="{at}">{"".join(cells)}</row>'


def _three_numbers(number: str, at: int) -> str:
    pieces = zip("ABC", (number[:6], number[6:14], number[14:]), strict=True)
    cells = (f'<c r="{c}{at}"><v>{p}</v></c>' if p.isdigit() else cell(f"{c}{at}", p) for c, p in pieces)
    return f'<row r="{at}">{"".join(cells)}</row>'


RowWay = tuple[str, Sight, Callable[[str, int], str]]
ROWS: list[RowWay] = [
    ("cells: three in a row", _SEEN, lambda n, at: row(at, "证号", n[:6], n[6:14], n[14:])),
    ("cells: two in a row", _SEEN, lambda n, at: row(at, "证号", n[:8], n[8:])),
    ("cells: a blank one between", _SEEN, lambda n, at: row(at, n[:8], "", n[8:])),
    ("cells: one digit each", _SEEN, lambda n, at: row(at, *n)),
    ("cells: one above the other", _SEEN, lambda n, at: row(at, n[:9]) + row(at + 1, n[9:])),
    ("cells: one digit a row", _SEEN, lambda n, at: "".join(row(at + down, sign) for down, sign in enumerate(n))),
    (
        "cells: numbers in a row",
        _SEEN,
        lambda n, at: (
            f'<row r="{at}">'
            + "".join(
                f'<c r="{LETTERS[c]}{at}"><v>{sign if sign != "X" else 0}</v></c>'
                if sign != "X"
                else cell(f"{LETTERS[c]}{at}", sign)
                for c, sign in enumerate(n)
            )
            + "</row>"
        ),
    ),
    (
        "cells: a list",
        _SEEN,
        lambda n, at: row(at, "姓名", "身份证号", "电话") + row(at + 1, "张某", n, "0373-5551234"),
    ),
    (
        "cells: torn runs",
        _SEEN,
        lambda n, at: f'<row r="{at}"><c r="A{at}" t="inlineStr"><is>{_runs(n, 4)}</is></c></row>',
    ),
    (
        "cells: phonetic",
        _HIDDEN,
        lambda n, at: (
            f'<row r="{at}"><c r="A{at}" t="inlineStr"><is><t>张某</t>'
            f'<rPh sb="0" eb="1"><t>{n}</t></rPh></is></c></row>'
        ),
    ),
    ("cells: a number", _SEEN, lambda n, at: _value(at, n) if len(n) < 16 else row(at, n)),
    (
        "cells: a number with exponent",
        _SEEN,
        lambda n, at: _value(at, f"{n[0]}.{n[1:]}E{len(n) - 1}") if len(n) < 16 else row(at, n),
    ),
    ("cells: stored as a string", _SEEN, lambda n, at: _value(at, n, 't="str"')),
    ("cells: stored as an error", _SEEN, lambda n, at: _value(at, n, 't="e"')),
    ("cells: stored as a day", _SEEN, lambda n, at: _value(at, n, 't="d"')),
    ("cells: far away", _SEEN, lambda n, at: f'<row r="1048570">{cell("XFD1048570", n)}</row>'),
    ("cells: twice the same", _EITHER, lambda n, at: f'<row r="{at}">{cell(f"A{at}", n)}{cell(f"A{at}", "甲")}</row>'),
    ("cells: without a place", _SEEN, lambda n, at: f'<row r="{at}"><c t="inlineStr"><is><t>{n}</t></is></c></row>'),
    ("hidden: row", _HIDDEN, lambda n, at: row(at, n, more='hidden="1"')),
    ("hidden: row of no height", _HIDDEN, lambda n, at: row(at, n, more='ht="0" customHeight="1"')),
    ("hidden: collapsed row", _HIDDEN, lambda n, at: row(at, n, more='hidden="1" outlineLevel="1" collapsed="1"')),
    ("formula: joined, no result", _EITHER, _formula(lambda n: _joined([n[:6], n[6:14], n[14:]]))),
    ("formula: joined, another result", _HIDDEN, _formula(lambda n: _joined([n[:6], n[6:]]), "甲")),
    ("formula: whole, another result", _HIDDEN, _formula(lambda n: f'"{n}"', "甲")),
    ("formula: CONCATENATE", _EITHER, _formula(lambda n: f"CONCATENATE({_joined([n[:5], n[5:]], ',')})")),
    ("formula: TEXT", _EITHER, _formula(lambda n: f'TEXT({n[:9]},"0")&amp;"{n[9:]}"')),
    (
        "formula: reversed",
        _EITHER,
        _formula(lambda n: f'MID("{n[9:]}{n[:9]}",{len(n) - 8},9)&amp;LEFT("{n[9:]}",{len(n) - 9})'),
    ),
    ("formula: CHAR", _EITHER, _formula(lambda n: "&amp;".join(f"CHAR({ord(sign)})" for sign in n))),
    ("formula: link", _HIDDEN, _formula(lambda n: f'HYPERLINK("tel:{n}","拨打")', "拨打")),
    ("formula: link shown", _EITHER, _formula(lambda n: f'HYPERLINK("https://a.cn","{n}")')),
    ("formula: comment by N", _HIDDEN, _formula(lambda n: f'1+N("{n}")', "1")),
    ("formula: result", _SEEN, lambda n, at: f'<row r="{at}"><c r="A{at}" t="str"><f>A1</f><v>{n}</v></c></row>'),
    (
        "formula: TRIM, no result",
        _EITHER,
        lambda n, at: f'<row r="{at}"><c r="A{at}" t="str"><f>"{n[:9]}"&amp;TRIM(" {n[9:]}")</f></c></row>',
    ),
    ("cells: blank signs between", _SEEN, lambda n, at: row(at, *(f"□{sign}" for sign in n))),
    ("cells: every other, one digit each", _SEEN, lambda n, at: _spread(n, at, 2)),
    ("cells: far from each other", _SEEN, lambda n, at: row(at, n[:6], "", "", n[6:14], "", "", n[14:])),
    ("cells: three numbers", _SEEN, _three_numbers),
    ("cells: a day in the middle", _SEEN, lambda n, at: row(at, n[:6], f"{n[6:10]}-{n[10:12]}-{n[12:14]}", n[14:])),
    (
        "cells: half of them in a hidden row",
        _HIDDEN,
        lambda n, at: row(at, n[:9]) + row(at + 1, n[9:], more='hidden="1"'),
    ),
    ("cells: lines in a cell", _SEEN, lambda n, at: row(at, f"{n[:9]}\n{n[9:]}")),
    ("cells: html in a cell", _SEEN, lambda n, at: row(at, f"&lt;p&gt;{n[:5]}&lt;b&gt;{n[5:]}&lt;/b&gt;&lt;/p&gt;")),
    ("cells: csv in a cell", _SEEN, lambda n, at: row(at, f"姓名,证号\n张某,{n}")),
    (
        "formula: over cells",
        _SEEN,
        lambda n, at: (
            f'<row r="{at}">{cell(f"A{at}", n[:9])}{cell(f"E{at}", n[9:])}'
            f'<c r="H{at}" t="str"><f>A{at}&amp;E{at}</f></c></row>'
        ),
    ),
]

_FONT = {
    "white": '<color rgb="FFFFFFFF"/>',
    "theme ground": '<color theme="0"/>',
    "size one": '<sz val="1"/>',
    "indexed white": '<color indexed="9"/>',
}


def _in_font(font: str) -> Callable[[str], tuple[str, str, str]]:
    return lambda number: (font, "", f"t={number}")


STYLES: list[tuple[str, Sight, Callable[[str], tuple[str, str, str]]]] = [
    *((f"style: {what}", _EITHER, _in_font(font)) for what, font in _FONT.items()),
    ("style: nothing shown", _HIDDEN, lambda n: ("", ";;;", f"t={n}")),
    ("style: text hidden", _HIDDEN, lambda n: ("", "0;-0;0;", f"t={n}")),
    ("style: literal", _EITHER, lambda n: ("", f'"{n}"', "v=1")),
    (
        "style: literal and digits",
        _EITHER,
        lambda n: (
            ("", f'"{n[:-4]}"0000', f"v={n[-4:]}") if n[-1] != "X" else ("", f'"{n[:-5]}"0000"X"', f"v={n[-5:-1]}")
        ),
    ),
    ("style: digits and literal", _EITHER, lambda n: ("", f'0000000"{n[7:]}"', f"v={n[:7]}")),
    ("style: escaped signs", _EITHER, lambda n: ("", "".join(f"\\{sign}" for sign in n), "v=1")),
    ("style: text section", _EITHER, lambda n: ("", f'@"{n[6:]}"', f"t={n[:6]}")),
    ("style: other section", _HIDDEN, lambda n: ("", f'0;"{n}"', "v=1")),
    ("style: with a condition", _EITHER, lambda n: ("", f'[>5]"{n}";0', "v=9")),
    ("style: grouped", _EITHER, lambda n: ("", "000000-00000000", f"v={n}") if len(n) < 16 else ("", f'"{n}"', "v=2")),
    (
        "style: chinese digits",
        _EITHER,
        lambda n: ("", "[DBNum1][$-804]0", f"v={n}") if len(n) < 12 else ("", f'"{n}"', "v=2"),
    ),
    ("style: a currency", _EITHER, lambda n: ("", f"[${n}-804]0", "v=1")),
]
"""Font, number format, and the cell: `t=` text or `v=` value."""


def _plain(pattern: str) -> Callable[[str], str]:
    return lambda number: pattern.replace("{}", number)


ELEMENTS: dict[str, tuple[Sight, Callable[[str], str]]] = {
    "validation list": (
        _HIDDEN,
        _plain(
            '<dataValidations><dataValidation type="list" sqref="A1"><formula1>"甲,{}"</formula1>'
            "</dataValidation></dataValidations>"
        ),
    ),
    "validation prompt": (
        _HIDDEN,
        _plain('<dataValidations><dataValidation prompt="{}" promptTitle="a" sqref="A1"/></dataValidations>'),
    ),
    "validation error": (
        _HIDDEN,
        _plain('<dataValidations><dataValidation error="{}" errorTitle="a" sqref="A1"/></dataValidations>'),
    ),
    "condition formula": (
        _HIDDEN,
        _plain(
            '<conditionalFormatting sqref="A1"><cfRule type="expression" priority="1">'
            '<formula>A1="{}"</formula></cfRule></conditionalFormatting>'
        ),
    ),
    "condition text": (
        _HIDDEN,
        _plain(
            '<conditionalFormatting sqref="A1"><cfRule type="containsText" text="{}" priority="1"'
            ' operator="containsText"><formula>1</formula></cfRule></conditionalFormatting>'
        ),
    ),
    "link place": (_HIDDEN, _plain('<hyperlinks><hyperlink ref="A1" location="{}!A1"/></hyperlinks>')),
    "link tooltip": (_HIDDEN, _plain('<hyperlinks><hyperlink ref="A1" location="a" tooltip="{}"/></hyperlinks>')),
    "link display": (_HIDDEN, _plain('<hyperlinks><hyperlink ref="A1" location="a" display="{}"/></hyperlinks>')),
    "header": (_SEEN, _plain("<headerFooter><oddHeader>&amp;C{}</oddHeader></headerFooter>")),
    "header with codes": (
        _SEEN,
        lambda n: f"<headerFooter><oddFooter>&amp;L{n[:6]}&amp;B{n[6:]}</oddFooter></headerFooter>",
    ),
    "header of even pages": (_EITHER, _plain("<headerFooter><evenHeader>&amp;R{}</evenHeader></headerFooter>")),
    "filter": (
        _HIDDEN,
        _plain(
            '<autoFilter ref="A1:B2"><filterColumn colId="0"><filters><filter val="{}"/></filters>'
            "</filterColumn></autoFilter>"
        ),
    ),
    "protection": (_HIDDEN, _plain('<protectedRanges><protectedRange name="n{}" sqref="A1"/></protectedRanges>')),
    "scenario": (
        _HIDDEN,
        _plain(
            '<scenarios><scenario name="a" user="u" comment="{}"><inputCells r="A1" val="{}"/></scenario></scenarios>'
        ),
    ),
    "extension": (_HIDDEN, _plain('<extLst><ext uri="{a}"><x:a xmlns:x="urn:x">{}</x:a></ext></extLst>')),
    "smart tag": (
        _HIDDEN,
        _plain(
            '<smartTags><cellSmartTags r="A1"><cellSmartTag type="0"><cellSmartTagPr key="a" val="{}"/>'
            "</cellSmartTag></cellSmartTags></smartTags>"
        ),
    ),
    "custom property": (_HIDDEN, _plain('<customProperties><customPr name="{}" r:id="rId77"/></customProperties>')),
    "web publishing": (
        _HIDDEN,
        _plain(
            '<webPublishItems><webPublishItem id="1" divId="a" sourceType="sheet" title="{}" '
            'destinationFile="b"/></webPublishItems>'
        ),
    ),
}
COLUMNS = {
    "hidden column": '<col min="9" max="9" width="9" hidden="1"/>',
    "column of no width": '<col min="9" max="9" width="0" customWidth="1"/>',
    "narrow column": '<col min="9" max="9" width="0.1" customWidth="1"/>',
}
_ROOT = "http://schemas.openxmlformats.org"
_MAIN = f"{_ROOT}/spreadsheetml/2006/main"
_DRAWING = f"{_ROOT}/drawingml/2006"


def _drawn(content: str) -> Callable[[str], bytes]:
    text = (
        f'<xdr:wsDr xmlns:xdr="{_DRAWING}/spreadsheetDrawing" xmlns:a="{_DRAWING}/main"><xdr:absoluteAnchor>'
        f'<xdr:pos x="0" y="0"/><xdr:ext cx="9" cy="9"/><xdr:sp macro="{{m}}"><xdr:nvSpPr><xdr:cNvPr id="2" name="a" '
        f'descr="{{d}}"/><xdr:cNvSpPr/></xdr:nvSpPr><xdr:spPr/><xdr:txBody><a:bodyPr/><a:p>{content}</a:p></xdr:txBody>'
        "</xdr:sp><xdr:clientData/></xdr:absoluteAnchor></xdr:wsDr>"
    )
    return lambda n: text.replace("{}", n).replace("{1}", n[:8]).replace("{2}", n[8:]).replace("{m}", "").encode()


def _xml(tag: str, content: str, space: str = _MAIN) -> Callable[[str], bytes]:
    return lambda number: f'<{tag} xmlns="{space}">{content.replace("{}", number)}</{tag}>'.encode()


Part = tuple[str, str, str, Sight, Callable[[str], bytes]]
PARTS: list[Part] = [
    ("drawings/drawing8.xml", "drawing", "sheet", _EITHER, _drawn("<a:r><a:t>{}</a:t></a:r>")),
    (
        "drawings/drawing7.xml",
        "drawing",
        "sheet",
        _EITHER,
        _drawn("<a:r><a:t>{1}</a:t></a:r><a:r><a:t>{2}</a:t></a:r>"),
    ),
    (
        "comments7.xml",
        "comments",
        "sheet",
        _HIDDEN,
        _xml(
            "comments",
            "<authors><author>a</author></authors><commentList>"
            '<comment ref="A1" authorId="0"><text><r><t>{}</t></r></text></comment></commentList>',
        ),
    ),
    (
        "comments8.xml",
        "comments",
        "sheet",
        _HIDDEN,
        _xml("comments", "<authors><author>{}</author></authors><commentList/>"),
    ),
    (
        "threadedComments/t1.xml",
        "http://schemas.microsoft.com/office/2017/10/relationships/threadedComment",
        "sheet",
        _HIDDEN,
        _xml("ThreadedComments", '<threadedComment ref="A1"><text>{}</text></threadedComment>', "urn:t"),
    ),
    (
        "persons/person.xml",
        "http://schemas.microsoft.com/office/2017/10/relationships/person",
        "book",
        _HIDDEN,
        _xml("personList", '<person displayName="{}" userId="{}"/>', "urn:p"),
    ),
    (
        "tables/table7.xml",
        "table",
        "sheet",
        _HIDDEN,
        _xml("table", '<tableColumns count="1"><tableColumn id="1" name="a" totalsRowLabel="{}"/></tableColumns>'),
    ),
    (
        "charts/chart7.xml",
        "chart",
        "sheet",
        _EITHER,
        _xml("chartSpace", "<chart><strCache><pt><v>{}</v></pt></strCache></chart>", f"{_DRAWING}/chart"),
    ),
    (
        "pivotCache/pivotCacheDefinition1.xml",
        "pivotCacheDefinition",
        "book",
        _HIDDEN,
        _xml(
            "pivotCacheDefinition",
            '<cacheFields><cacheField name="a"><sharedItems><s v="{}"/></sharedItems></cacheField></cacheFields>',
        ),
    ),
    (
        "pivotCache/pivotCacheRecords1.xml",
        "pivotCacheRecords",
        "book",
        _HIDDEN,
        _xml("pivotCacheRecords", '<r><s v="{}"/><n v="1"/></r>'),
    ),
    (
        "externalLinks/externalLink1.xml",
        "externalLink",
        "book",
        _HIDDEN,
        _xml(
            "externalLink",
            '<externalBook><sheetDataSet><sheetData sheetId="0"><row r="1"><cell r="A1" t="str"><v>{}</v></cell></row>'
            "</sheetData></sheetDataSet></externalBook>",
        ),
    ),
    (
        "connections.xml",
        "connections",
        "book",
        _HIDDEN,
        _xml(
            "connections",
            '<connection id="1" name="a" description="{}"><dbPr connection="a" command="select {}"/></connection>',
        ),
    ),
    ("queryTables/queryTable1.xml", "queryTable", "sheet", _HIDDEN, _xml("queryTable", "<a name='{}'/>")),
    ("xmlMaps.xml", "xmlMaps", "book", _HIDDEN, _xml("MapInfo", "<Schema ID='a'>{}</Schema>")),
    (
        "slicerCaches/slicerCache1.xml",
        "slicerCache",
        "book",
        _HIDDEN,
        _xml("slicerCacheDefinition", '<i s="{}"/>', "urn:s"),
    ),
    (
        "revisions/revisionLog1.xml",
        "revisionHeaders",
        "book",
        _HIDDEN,
        _xml("revisions", "<rcc><oc><is><t>{}</t></is></oc></rcc>"),
    ),
    ("revisions/userNames.xml", "usernames", "book", _HIDDEN, _xml("users", '<userInfo name="{}"/>')),
    (
        "metadata.xml",
        "sheetMetadata",
        "book",
        _HIDDEN,
        _xml("metadata", '<metadataStrings><s v="{}"/></metadataStrings>'),
    ),
    ("richData/rdrichvalue.xml", "rdRichValue", "book", _HIDDEN, _xml("rvData", "<rv><v>{}</v></rv>", "urn:r")),
    ("calcChain.xml", "calcChain", "book", _HIDDEN, _xml("calcChain", '<c r="A1" i="1" a="{}"/>')),
    (
        "ctrlProps/ctrlProp1.xml",
        "ctrlProp",
        "sheet",
        _HIDDEN,
        _xml("formControlPr", '<itemLst><item val="{}"/></itemLst>'),
    ),
    ("volatileDependencies.xml", "volatileDependencies", "book", _HIDDEN, _xml("volTypes", "<tp><stp>{}</stp></tp>")),
    ("dialogsheets/sheet1.xml", "dialogsheet", "book", _HIDDEN, _xml("dialogsheet", "<a>{}</a>")),
    ("macrosheets/sheet1.xml", "xlMacrosheet", "book", _HIDDEN, _xml("macrosheet", "<a>{}</a>")),
    ("customUI/customUI.xml", "ui/extensibility", "book", _HIDDEN, _xml("customUI", '<button label="{}"/>', "urn:u")),
    ("embeddings/list.xlsx", "package", "sheet", _HIDDEN, book_with),
    *((f"printerSettings/p {kind}.bin", "printerSettings", "sheet", _HIDDEN, build) for kind, build in BINARY.items()),
    *((f"vba {kind}.bin", "vbaProject", "book", _HIDDEN, build) for kind, build in BINARY.items()),
    *((f"embeddings/ole {kind}.bin", "oleObject", "sheet", _HIDDEN, build) for kind, build in BINARY.items()),
    *((f"media/image {kind}.emf", "image", "sheet", _HIDDEN, build) for kind, build in BINARY.items()),
    *((f"activeX/a {kind}.bin", "activeXControlBinary", "sheet", _HIDDEN, build) for kind, build in BINARY.items()),
    *((f"model/item {kind}.data", "powerPivotData", "book", _HIDDEN, build) for kind, build in BINARY.items()),
]
