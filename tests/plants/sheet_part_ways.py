"""表格各部件里的做法 — how a number comes to stand in a workbook beside its cells (条例 第十五条).

ELEMENTS: elements of a sheet after the cells, COLUMNS: descriptions of columns, PARTS: parts with a relation to a sheet
or the book.
"""

from __future__ import annotations

from collections.abc import Callable

from tests.plants.planting import Sight
from tests.plants.word_ways import book_with
from tests.plants.zipping import BINARY

_SEEN, _HIDDEN, _EITHER = Sight.SEEN, Sight.HIDDEN, Sight.EITHER


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
    "header in three parts": (
        _SEEN,
        lambda n: f"<headerFooter><oddHeader>&amp;C{n[6:14]}&amp;L{n[:6]}&amp;R{n[14:]}</oddHeader></headerFooter>",
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
