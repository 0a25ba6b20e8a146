"""藏号码的办法 — places of a workbook in which a number was or could be forgotten, by name (条例 第十五条)."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable

from tests.documents.redaction.workbooks import DRAWING, MAIN, ROWS, N, relation, relations, row, styles, text, workbook

A, B = N[:6], N[6:]
_XF = '<xf numFmtId="{code}" fontId="{font}" fillId="{fill}"/>'


def _drawn(inside: str) -> dict[str, object]:
    anchor = (
        f'<xdr:wsDr xmlns:xdr="{DRAWING}/spreadsheetDrawing" xmlns:a="{DRAWING}/main"><xdr:twoCellAnchor>'
        "<xdr:from><xdr:col>1</xdr:col><xdr:colOff>0</xdr:colOff><xdr:row>1</xdr:row><xdr:rowOff>0</xdr:rowOff></xdr:from><xdr:to><xdr:col>3"
        "</xdr:col><xdr:colOff>0</xdr:colOff><xdr:row>4</xdr:row><xdr:rowOff>0</xdr:rowOff></xdr:to>"
        f"{inside}<xdr:clientData/></xdr:twoCellAnchor></xdr:wsDr>"
    )
    return {
        "after": '<drawing r:id="rId9"/>',
        "links": relation("rId9", "drawing", "../drawings/drawing1.xml"),
        "parts": {"xl/drawings/drawing1.xml": anchor},
    }


def _shape(about: str = "", paragraphs: str = "") -> str:
    return (
        f'<xdr:sp macro=""><xdr:nvSpPr><xdr:cNvPr id="2" name="框"{about}/><xdr:cNvSpPr/></xdr:nvSpPr><xdr:spPr/>'
        f"<xdr:txBody><a:bodyPr/>{paragraphs}</xdr:txBody></xdr:sp>"
    )


def _with(part: str, content: str | bytes, **more: object) -> Callable[[], bytes]:
    return lambda: workbook(parts={part: content}, **more)  # type: ignore[arg-type]


def _formatted(code: str, value: str) -> bytes:
    escaped = code.replace("&", "&amp;").replace('"', "&quot;")
    look = styles(f'<numFmt numFmtId="170" formatCode="{escaped}"/>', xfs=_XF.format(code=170, font=0, fill=0))
    return workbook(ROWS + row(2, f'<c r="A2" s="1"><v>{value}</v></c>'), look=look)


def _painted(font: str, fill: str = "") -> bytes:
    look = styles(fonts=f"<font>{font}</font>", fills=fill, xfs=_XF.format(code=0, font=1, fill=2 if fill else 0))
    return workbook(ROWS + row(2, text("A2", N, ' s="1"')), look=look)


def _zipped(data: bytes, *, comment: bytes = b"", extra: bytes = b"", before: bytes = b"", after: bytes = b"") -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for at, info in enumerate(old.infolist()):
            fresh = zipfile.ZipInfo(info.filename)
            if at == 2:
                fresh.comment = comment
                fresh.extra = extra
            new.writestr(fresh, old.read(info))
    return before + out.getvalue() + after


def _fields(*, comment: bytes) -> bytes:
    out = io.BytesIO(workbook())
    with zipfile.ZipFile(out, "a") as archive:
        archive.comment = comment
    return out.getvalue()


def _gap(between: bytes) -> bytes:
    """Bytes between two members, which no directory names."""
    data = workbook()
    at = data.index(b"PK\x03\x04", 4)
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        start, count = archive.start_dir, len(archive.infolist())
    head, directory = bytearray(data[:at] + between + data[at:start]), bytearray(data[start:])
    place = 0
    for number in range(count):
        offset = int.from_bytes(directory[place + 42 : place + 46], "little")
        if number:
            directory[place + 42 : place + 46] = (offset + len(between)).to_bytes(4, "little")
        place += 46 + sum(int.from_bytes(directory[place + at : place + at + 2], "little") for at in (28, 30, 32))
    directory[place + 16 : place + 20] = len(head).to_bytes(4, "little")
    return bytes(head + directory)


def _behind_data(more: bytes) -> bytes:
    """Bytes that belong to a member by its length and are no part of what it unpacks to."""
    data = workbook()
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        first, start, count = archive.infolist()[0], archive.start_dir, len(archive.infolist())
    end = 30 + len(first.filename) + first.compress_size
    head, directory = bytearray(data[:end] + more + data[end:start]), bytearray(data[start:])
    size = (first.compress_size + len(more)).to_bytes(4, "little")
    head[18:22] = directory[20:24] = size
    place = 0
    for number in range(count):
        offset = int.from_bytes(directory[place + 42 : place + 46], "little")
        if number:
            directory[place + 42 : place + 46] = (offset + len(more)).to_bytes(4, "little")
        place += 46 + sum(int.from_bytes(directory[place + at : place + at + 2], "little") for at in (28, 30, 32))
    directory[place + 16 : place + 20] = len(head).to_bytes(4, "little")
    return bytes(head + directory)


def _solid(colour: str) -> str:
    return f'<fill><patternFill patternType="solid"><fgColor rgb="{colour}"/></patternFill></fill>'


HIDDEN: dict[str, Callable[[], bytes]] = {
    "隐藏的表": lambda: workbook(ROWS + row(2, text("A2", N)), sheet='name="底表" state="hidden"'),
    "深藏的表": lambda: workbook(ROWS + row(2, text("A2", N)), sheet='name="底表" state="veryHidden"'),
    "隐藏的行": lambda: workbook(ROWS + row(2, text("A2", N), ' hidden="1"')),
    "高为零的行": lambda: workbook(ROWS + row(2, text("A2", N), ' ht="0" customHeight="1"')),
    "高半点的行": lambda: workbook(ROWS + row(2, text("A2", N), ' ht="0.5" customHeight="1"')),
    "缺省行高为零": lambda: workbook(
        row(1, text("A1", N)), before='<sheetFormatPr defaultRowHeight="0" customHeight="1"/>'
    ),
    "隐藏的列": lambda: workbook(
        ROWS + row(2, text("D2", N)), before='<cols><col min="4" max="4" width="9" hidden="1"/></cols>'
    ),
    "宽为零的列": lambda: workbook(
        ROWS + row(2, text("D2", N)), before='<cols><col min="3" max="9" width="0" customWidth="1"/></cols>'
    ),
    "三个分号": lambda: _formatted(";;;", N),
    "只显示文字的格式": lambda: _formatted(";;;@", N),
    "空格格式": lambda: _formatted('" "', N),
    "白字": lambda: _painted('<sz val="11"/><color rgb="FFFFFFFF"/>'),
    "近乎白字": lambda: _painted('<sz val="11"/><color rgb="FFF8F8F8"/>'),
    "主题白字": lambda: _painted('<sz val="11"/><color theme="0"/>'),
    "主题浅色字": lambda: _painted('<sz val="11"/><color theme="1" tint="0.99"/>'),
    "索引白字": lambda: _painted('<sz val="11"/><color indexed="9"/>'),
    "黑底黑字": lambda: _painted('<sz val="11"/>', _solid("FF000000")),
    "红底红字": lambda: _painted('<sz val="11"/><color rgb="FFFF0000"/>', _solid("FFFF0000")),
    "一号字": lambda: _painted('<sz val="1"/>'),
    "合并区里盖住": lambda: workbook(
        ROWS + row(2, text("A2", "甲") + text("B2", N)), after='<mergeCells><mergeCell ref="A2:C2"/></mergeCells>'
    ),
    "一截白字": lambda: workbook(
        ROWS
        + row(
            2,
            f'<c r="A2" t="inlineStr"><is><r><t>见</t></r><r><rPr><color rgb="FFFFFFFF"/></rPr><t>{N}</t></r></is></c>',
        )
    ),
    "拼音": lambda: workbook(
        ROWS + row(2, f'<c r="A2" t="inlineStr"><is><t>张</t><rPh sb="0" eb="1"><t>{N}</t></rPh></is></c>')
    ),
    "拆开的拼音": lambda: workbook(
        ROWS
        + row(
            2,
            f'<c r="A2" t="inlineStr"><is><t>张</t><rPh sb="0" eb="1"><t>{A}</t></rPh>'
            f'<rPh sb="1" eb="2"><t>{B}</t></rPh></is></c>',
        )
    ),
    "没有用到的文字": lambda: workbook(strings=f"<si><t>{N}</t></si>"),
    "没有用到的几截": lambda: workbook(strings=f"<si><r><t>{A}</t></r><r><t>{B}</t></r></si>"),
    "公式": lambda: workbook(ROWS + row(2, f'<c r="A2"><f>IF(A1="{N}",1,0)</f><v>0</v></c>')),
    "公式里拼成": lambda: workbook(ROWS + row(2, f'<c r="A2" t="str"><f>"{A}"&amp;"{B}"</f><v>略</v></c>')),
    "公式的属性": lambda: workbook(ROWS + row(2, f'<c r="A2"><f ref="{N}">1</f><v>1</v></c>')),
    "单元格的属性": lambda: workbook(ROWS + row(2, f'<c r="A2" x="{N}"><v>1</v></c>')),
    "行的属性": lambda: workbook(ROWS + row(2, '<c r="A2"><v>1</v></c>', f' spans="{N}"')),
    "行里的文字": lambda: workbook(ROWS + row(2, f'<c r="A2"><v>1</v></c>{N}')),
    "同一格两次": lambda: workbook(ROWS + row(2, text("A2", N) + text("A2", "甲"))),
    "格里的扩展": lambda: workbook(ROWS + row(2, f'<c r="A2"><v>1</v><extLst><ext uri="{N}"/></extLst></c>')),
    "行间的注释": lambda: workbook(f"{ROWS}<!-- {N} -->" + row(2, text("A2", "甲"))),
    "格里的注释": lambda: workbook(ROWS + row(2, f'<c r="A2"><v>1<!-- {N} --></v></c>')),
    "处理指令": lambda: workbook(f"{ROWS}<?x {N}?>"),
    "命名空间": lambda: workbook(after=f'<a xmlns:n="urn:{N}"/>'),
    "元素名": lambda: workbook(after=f"<n{N}/>"),
    "表的代号": lambda: workbook(before=f'<sheetPr codeName="S{N}"/>'),
    "数据有效性名单": lambda: workbook(
        after=f'<dataValidations><dataValidation type="list" sqref="A9"><formula1>"{N},乙"</formula1></dataValidation>'
        "</dataValidations>"
    ),
    "数据有效性提示": lambda: workbook(
        after=f'<dataValidations><dataValidation sqref="A9" promptTitle="请填" prompt="如 {N}"/></dataValidations>'
    ),
    "条件格式": lambda: workbook(
        after=f'<conditionalFormatting sqref="A1"><cfRule type="expression"><formula>A1="{N}"</formula></cfRule>'
        "</conditionalFormatting>"
    ),
    "首页页眉没有启用": lambda: workbook(after=f"<headerFooter><firstHeader>&amp;C{N}</firstHeader></headerFooter>"),
    "链接的提示": lambda: workbook(after=f'<hyperlinks><hyperlink ref="A1" tooltip="{N}" location="A2"/></hyperlinks>'),
    "链接的显示文字": lambda: workbook(after=f'<hyperlinks><hyperlink ref="A1" display="{N}"/></hyperlinks>'),
    "链接的位置": lambda: workbook(after=f'<hyperlinks><hyperlink ref="A1" location="{N}!A1"/></hyperlinks>'),
    "链接的地址": lambda: workbook(
        after='<hyperlinks><hyperlink ref="A1" r:id="rId7"/></hyperlinks>',
        links=relation("rId7", "hyperlink", f"https://www.gov.cn/{N}", ' TargetMode="External"'),
    ),
    "电话链接": lambda: workbook(
        after='<hyperlinks><hyperlink ref="A1" r:id="rId7"/></hyperlinks>',
        links=relation("rId7", "hyperlink", f"tel:{N}", ' TargetMode="External"'),
    ),
    "自定义名称": lambda: workbook(book=f'<definedNames><definedName name="备用">"{N}"</definedName></definedNames>'),
    "名称的说明": lambda: workbook(
        book=f'<definedNames><definedName name="备用" comment="{N}">1</definedName></definedNames>'
    ),
    "名称本身": lambda: workbook(book=f'<definedNames><definedName name="身份{N}">1</definedName></definedNames>'),
    "样式名": lambda: workbook(look=styles(more=f'<cellStyles><cellStyle name="{N}" xfId="0"/></cellStyles>')),
    "字体名": lambda: workbook(look=styles(fonts=f'<font><name val="{N}"/></font>')),
    "不用的数字格式": lambda: workbook(look=styles(f'<numFmt numFmtId="190" formatCode="&quot;{N}&quot;"/>')),
    "批注": _with(
        "xl/comments1.xml",
        f'<comments xmlns="{MAIN}"><authors><author>赵某</author></authors><commentList>'
        f'<comment ref="A1" authorId="0"><text><r><t>{A}</t></r><r><t>{B}</t></r></text></comment>'
        "</commentList></comments>",
        links=relation("rId5", "comments", "../comments1.xml"),
    ),
    "批注人": _with("xl/persons/person.xml", f'<personList xmlns="x"><person displayName="赵{N}"/></personList>'),
    "会话批注": _with("xl/threadedComments/threadedComment1.xml", f'<a xmlns="x"><text>{N}</text></a>'),
    "图表": _with("xl/charts/chart1.xml", f'<c:chart xmlns:c="x"><c:v>{N}</c:v></c:chart>'),
    "图表标题分开": _with(
        "xl/charts/chart2.xml", f'<a:p xmlns:a="x"><a:r><a:t>{A}</a:t></a:r><a:r><a:t>{B}</a:t></a:r></a:p>'
    ),
    "透视表缓存": _with("xl/pivotCache/pivotCacheRecords1.xml", f'<a xmlns="x"><s v="{N}"/></a>'),
    "外部引用": _with("xl/externalLinks/externalLink1.xml", f'<a xmlns="x"><v>{N}</v></a>'),
    "查询": _with("xl/queryTables/queryTable1.xml", f'<a xmlns="x" name="{N}"/>'),
    "连接": _with("xl/connections.xml", f'<a xmlns="x"><dbPr command="select {N}"/></a>'),
    "表格的列名": _with("xl/tables/table1.xml", f'<table xmlns="x"><tableColumn name="{N}"/></table>'),
    "切片器": _with("xl/slicerCaches/slicerCache1.xml", f'<a xmlns="x"><i c="{N}"/></a>'),
    "自定义数据": _with("customXml/item1.xml", f"<a>{N}</a>"),
    "没有人指向的部件": _with("xl/stray.xml", f"<a><b>{N}</b></a>"),
    "没有人指向的文本": _with("xl/notes.txt", N.encode()),
    "部件名": _with(f"xl/{N}.xml", "<a/>"),
    "打印机设置": _with("xl/printerSettings/printerSettings1.bin", b"\x01\x02" + N.encode("utf-16-le") + b"\x00" * 30),
    "控件": _with("xl/ctrlProps/ctrlProp1.xml", f'<a xmlns="x" fmlaTxbx="{N}"/>'),
    "VML 文本框": _with(
        "xl/drawings/vmlDrawing1.vml", f'<xml xmlns:v="v"><v:textbox><div>{A}<b>{B}</b></div></v:textbox></xml>'
    ),
    "SmartArt": _with("xl/diagrams/data1.xml", f'<a:p xmlns:a="x"><a:t>{A}</a:t><a:t>{B}</a:t></a:p>'),
    "文件属性": _with("docProps/core.xml", f'<a xmlns="x"><creator>{N}</creator></a>'),
    "自定义属性": _with("docProps/custom.xml", f'<a xmlns="x"><property name="证号"><v>{N}</v></property></a>'),
    "嵌入的表格": _with("xl/embeddings/book1.xlsx", workbook(row(1, text("A1", N)))),
    "嵌入的对象": _with("xl/embeddings/oleObject1.bin", b"\xd0\xcf\x11\xe0" + N.encode("utf-16-le")),
    "替代文字": lambda: workbook(**_drawn(_shape(f' descr="{N}"'))),  # type: ignore[arg-type]
    "形状的标题": lambda: workbook(**_drawn(_shape(f' title="{N}"'))),  # type: ignore[arg-type]
    "隐藏的文本框": lambda: workbook(
        **_drawn(_shape(' hidden="1"', f"<a:p><a:r><a:t>{N}</a:t></a:r></a:p>"))  # type: ignore[arg-type]
    ),
    "压缩包的注释": lambda: _fields(comment=N.encode()),
    "部件的注释": lambda: _zipped(workbook(), comment=N.encode()),
    "部件的附加字段": lambda: _zipped(workbook(), extra=b"\xfe\xca" + bytes([len(N), 0]) + N.encode()),
    "末尾的字节": lambda: _zipped(workbook(), after=N.encode()),
    "部件之间的字节": lambda: _gap(N.encode()),
    "部件数据之后": lambda: _behind_data(N.encode()),
    "中文数字的注释": lambda: _fields(comment="四一〇七二五一九九〇〇三〇七一二三八".encode()),
    "矢量图": _with("xl/media/image9.emf", b"\x01\x00\x00\x00" + N.encode("utf-16-le")),
    "假图片": _with("xl/media/image9.png", N.encode()),
    "字体里的文字": lambda: workbook(
        ROWS + row(2, f'<c r="A2" t="inlineStr"><is><r><rPr><b/>{N}</rPr><t>甲</t></r></is></c>')
    ),
    "名称里拼成": lambda: workbook(
        book=f'<definedNames><definedName name="备用">"{A}"&amp;"{B}"</definedName></definedNames>'
    ),
    "扩展里的手机号": lambda: workbook(after='<extLst><ext uri="x" note="13800138000"/></extLst>'),
    "外部地址": lambda: workbook(
        book_links=relation("rId8", "externalLink", f"file:///d:/{N}.xlsx", ' TargetMode="External"')
    ),
    "内容类型": _with(
        "[Content_Types].xml",
        '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="xml"'
        f' ContentType="application/xml"/><Override PartName="/xl/{N}.xml" ContentType="a/b"/></Types>',
    ),
    "宏表": lambda: workbook(
        sheets='<sheet name="宏" sheetId="2" r:id="rId8"/>',
        book_links=relation("rId8", "xlMacrosheet", "macrosheets/sheet1.xml"),
        parts={
            "xl/macrosheets/sheet1.xml": f'<a xmlns="{MAIN}"><sheetData><row><c><f>{N}</f></c></row></sheetData></a>'
        },
    ),
}
"""看不见的 — none may be in any copy, the stripped one either (条例 第十七条)."""

SEEN: dict[str, Callable[[], bytes]] = {
    "文字": lambda: workbook(ROWS + row(2, text("A2", N))),
    "数": lambda: workbook(ROWS + row(2, f'<c r="A2"><v>{N}</v></c>')),
    "科学记数": lambda: workbook(ROWS + row(2, '<c r="A2"><v>1.3800138E10</v></c>')),
    "转义的字": lambda: workbook(ROWS + row(2, text("A2", f"_x0034_{N[1:]}"))),
    "几截": lambda: workbook(
        ROWS + row(2, f'<c r="A2" t="inlineStr"><is><r><t>{A}</t></r><r><rPr><b/></rPr><t>{B}</t></r></is></c>')
    ),
    "夹着看不见的字": lambda: workbook(
        ROWS
        + row(
            2,
            f'<c r="A2" t="inlineStr"><is><r><t>{A}</t></r><r><rPr><color rgb="FFFFFFFF"/></rPr><t>甲乙丙</t></r>'
            f"<r><t>{B}</t></r></is></c>",
        )
    ),
    "格式里的字": lambda: _formatted(f'"{N[:14]}"0000', N[14:17] + "8"),
    "格式补零": lambda: _formatted(f'"{A}"00000000"{N[14:]}"', N[6:14]),
    "只有格式": lambda: _formatted(f'"{N}"', "1"),
    "真假值里的号码": lambda: workbook(ROWS + row(2, f'<c r="A2" t="b"><v>{N}</v></c>')),
    "填满的数字": lambda: _formatted('*1\\3"800138000"', "1"),
    "渐变底上的白字": lambda: _painted(
        '<sz val="11"/><color rgb="FFFFFFFF"/>',
        '<fill><gradientFill><stop position="0"><color rgb="FFFFFFFF"/></stop></gradientFill></fill>',
    ),
    "奇怪的行高": lambda: workbook(row(1, text("A1", N), ' ht="nan"') + row(2, text("A2", "乙"), ' ht="1e308"')),
    "千分位的手机号": lambda: _formatted("#,##0", "13800138000"),
    "文字格式": lambda: workbook(
        ROWS + row(2, text("A2", B, ' s="1"')),
        look=styles(
            f'<numFmt numFmtId="170" formatCode="&quot;{A}&quot;@"/>', xfs=_XF.format(code=170, font=0, fill=0)
        ),
    ),
    "中文数字格式": lambda: _formatted("[DBNum1]0", "13800138000"),
    "没有结果的公式": lambda: workbook(ROWS + row(2, f'<c r="A2"><f>"{A}"&amp;"{B}"</f></c>')),
    "没有结果的函数": lambda: workbook(ROWS + row(2, f'<c r="A2"><f>CONCATENATE("{A}",TEXT({B},"0"))</f></c>')),
    "公式引用别格": lambda: workbook(
        ROWS + row(2, '<c r="C2"><f>A9&amp;B9</f></c>') + row(9, text("A9", A) + text("B9", B))
    ),
    "奇怪的公式": lambda: workbook(ROWS + row(2, '<c r="A2"><f>INDIRECT("x")</f></c>')),
    "表名": lambda: workbook(sheet=f'name="{N}"'),
    "页眉": lambda: workbook(after=f"<headerFooter><oddHeader>&amp;L{N}</oddHeader></headerFooter>"),
    "页脚里夹着代码": lambda: workbook(after=f"<headerFooter><oddFooter>&amp;C{A}&amp;B{B}</oddFooter></headerFooter>"),
    "文本框": lambda: workbook(
        **_drawn(_shape("", f"<a:p><a:r><a:t>{A}</a:t></a:r><a:r><a:t>{B}</a:t></a:r></a:p>"))  # type: ignore[arg-type]
    ),
    "合并的第一行藏着": lambda: workbook(
        ROWS + row(2, text("A2", N), ' hidden="1"') + row(3, text("C3", "丙")),
        after='<mergeCells><mergeCell ref="A2:B3"/></mergeCells>',
    ),
    "划掉的字": lambda: _painted('<sz val="11"/><strike/>'),
    "很远的格": lambda: workbook(ROWS + row(1_000_000, text("XFD1000000", N))),
    "不用自闭的共享文字": lambda: workbook(
        ROWS + row(2, '<c r="A2" t="s"><v>0</v></c>'),
        strings=f"<si><r><t>{A}</t></r><r><rPr><b/></rPr><t>{B}</t></r></si>",
    ),
    "绝对路径的关系": lambda: workbook(
        parts={
            "xl/_rels/workbook.xml.rels": relations(
                relation("rId1", "worksheet", "/xl/Sheets/a.xml"), relation("rId2", "styles", "/xl/styles.xml")
            ),
            "xl/sheets/A.xml": f'<worksheet xmlns="{MAIN}"><sheetData>{row(1, text("A1", N))}</sheetData></worksheet>',
        }
    ),
}
"""看得见的 — blocked or said unread; masked in the copy (条例 第十五条)."""
