"""手写的 Word 包 — a package with every common part, written as XML by hand (条例 第十五条)."""

from __future__ import annotations

from tests.plants.word_ways import SPACES, line, run
from tests.plants.zipping import Container, Member

_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml"
_HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_RELATIONS = 'xmlns="http://schemas.openxmlformats.org/package/2006/relationships"'

_BODY = "".join(
    (
        line(run("关于公布办事指南的通知"), properties='<w:pStyle w:val="a1"/><w:jc w:val="center"/>'),
        line(run("一、办理依据"), properties='<w:numPr><w:ilvl w:val="0"/><w:numId w:val="1"/></w:numPr>'),
        line(
            run("依照规定办理"),
            '<w:r><w:footnoteReference w:id="2"/></w:r><w:r><w:endnoteReference w:id="2"/></w:r>',
            '<w:commentRangeStart w:id="0"/>',
            run("，另行通知"),
            '<w:commentRangeEnd w:id="0"/><w:r><w:commentReference w:id="0"/></w:r>',
        ),
        line('<w:hyperlink r:id="rId20" w:history="1">', run("网址", '<w:rStyle w:val="a2"/>'), "</w:hyperlink>"),
        "<w:sdt><w:sdtPr><w:alias w:val='科室'/><w:tag w:val='ks'/><w:id w:val='7'/></w:sdtPr><w:sdtContent>",
        line(run("办公室")),
        "</w:sdtContent></w:sdt>",
        '<w:tbl><w:tblPr><w:tblStyle w:val="a3"/><w:tblW w:w="0" w:type="auto"/><w:tblCaption w:val="表"/></w:tblPr>',
        '<w:tblGrid><w:gridCol w:w="4000"/><w:gridCol w:w="4000"/></w:tblGrid><w:tr><w:trPr><w:tblHeader/></w:trPr>',
        '<w:tc><w:tcPr><w:tcW w:w="4000" w:type="dxa"/></w:tcPr>',
        line(run("事项")),
        '</w:tc><w:tc><w:tcPr><w:shd w:val="clear" w:fill="EEEEEE"/></w:tcPr>',
        line(run("数量")),
        "</w:tc></w:tr><w:tr><w:tc><w:tcPr/>",
        line(run("受理")),
        "</w:tc><w:tc><w:tcPr/>",
        line(run("十二")),
        "</w:tc></w:tr></w:tbl>",
        '<w:p w:rsidR="00AB12CD" w14:paraId="1A2B3C4D"><w:bookmarkStart w:id="1" w:name="_Toc1"/>',
        run("特此通知。", '<w:rFonts w:ascii="宋体" w:eastAsia="宋体"/><w:lang w:val="zh-CN"/>'),
        '<w:bookmarkEnd w:id="1"/></w:p>',
        '<w:sectPr><w:headerReference w:type="default" r:id="rId5"/><w:footerReference w:type="default" r:id="rId6"/>',
        '<w:headerReference w:type="first" r:id="rId7"/>',
        '<w:pgSz w:w="11906" w:h="16838"/>',
        '<w:pgMar w:top="1440" w:right="1800" w:bottom="1440" w:left="1800" w:header="851" w:footer="992"/>',
        "</w:sectPr>",
    )
)
_STYLES = (
    "<w:docDefaults><w:rPrDefault><w:rPr><w:sz w:val='24'/></w:rPr></w:rPrDefault><w:pPrDefault/></w:docDefaults>"
    "<w:latentStyles w:count='1'><w:lsdException w:name='Normal' w:uiPriority='0'/></w:latentStyles>"
    "<w:style w:type='paragraph' w:default='1' w:styleId='a'><w:name w:val='Normal'/><w:qFormat/></w:style>"
    "<w:style w:type='paragraph' w:styleId='a1'><w:name w:val='公文标题'/><w:basedOn w:val='a'/><w:next w:val='a'/>"
    "<w:link w:val='a2'/><w:aliases w:val='标题'/><w:rsid w:val='00AB12CD'/></w:style>"
    "<w:style w:type='character' w:styleId='a2'><w:name w:val='链接'/></w:style>"
    "<w:style w:type='character' w:styleId='hid'><w:name w:val='隐'/><w:rPr><w:vanish/></w:rPr></w:style>"
    "<w:style w:type='table' w:styleId='a3'><w:name w:val='网格'/><w:tblPr/></w:style>"
)
_NUMBERING = (
    "<w:abstractNum w:abstractNumId='0'><w:nsid w:val='11AA22BB'/><w:tmpl w:val='0409'/><w:name w:val='甲'/>"
    "<w:lvl w:ilvl='0'><w:start w:val='1'/><w:numFmt w:val='decimal'/><w:lvlText w:val='%1.'/></w:lvl></w:abstractNum>"
    "<w:num w:numId='1'><w:abstractNumId w:val='0'/></w:num>"
)
_SETTINGS = (
    "<w:zoom w:percent='100'/><w:attachedTemplate r:id='rId21'/><w:mailMerge><w:mainDocumentType w:val='formLetters'/>"
    "<w:dataType w:val='native'/><w:connectString w:val='a'/><w:query w:val='SELECT'/></w:mailMerge>"
    "<w:docVars><w:docVar w:name='a' w:val='b'/></w:docVars><w:rsids><w:rsidRoot w:val='00AB12CD'/></w:rsids>"
    "<w:themeFontLang w:val='zh-CN'/><w:decimalSymbol w:val='.'/><w:listSeparator w:val=','/>"
    "<w:documentProtection w:edit='forms' w:hash='AAAA'/><w:writeProtection w:hash='AAAA'/>"
)
_PARTS = {
    "document": ("document.main", "document", f"<w:body>{_BODY}</w:body>"),
    "styles": ("styles", "styles", _STYLES),
    "numbering": ("numbering", "numbering", _NUMBERING),
    "settings": ("settings", "settings", _SETTINGS),
    "webSettings": ("webSettings", "webSettings", "<w:divs><w:div w:id='5'/></w:divs><w:optimizeForBrowser/>"),
    "fontTable": (
        "fontTable",
        "fonts",
        "<w:font w:name='宋体'><w:altName w:val='SimSun'/><w:panose1 w:val='02010600'/></w:font>",
    ),
    "header1": ("header", "hdr", line(run("示范县人民政府"))),
    "header2": ("header", "hdr", line(run("首页页眉"))),
    "footer1": ("footer", "ftr", line(run("第一页"))),
    "footnotes": ("footnotes", "footnotes", f"<w:footnote w:id='2'>{line(run('脚注'))}</w:footnote>"),
    "endnotes": ("endnotes", "endnotes", f"<w:endnote w:id='2'>{line(run('尾注'))}</w:endnote>"),
    "comments": (
        "comments",
        "comments",
        "<w:comment w:id='0' w:author='办' w:initials='B' w:date='2026-01-01T00:00:00Z'>"
        f"{line(run('已核'))}</w:comment>",
    ),
}
_KEYS = {"header1": "rId5", "footer1": "rId6", "header2": "rId7"}
_KINDS = {"header1": "header", "header2": "header", "footer1": "footer"}


def package() -> bytes:
    """包 — the bytes of the document."""
    types = "".join(
        f'<Override PartName="/word/{part}.xml" ContentType="{_WORD}.{kind}+xml"/>'
        for part, (kind, _, _) in _PARTS.items()
    )
    relations = "".join(
        f'<Relationship Id="{_KEYS.get(part, f"rId9{at}")}" Type="{_OFFICE}/{_KINDS.get(part, part)}" '
        f'Target="{part}.xml"/>'
        for at, part in enumerate(_PARTS)
        if part != "document"
    )
    members = [
        Member(
            "[Content_Types].xml",
            f'{_HEAD}<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
            '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
            f'<Default Extension="xml" ContentType="application/xml"/>{types}</Types>'.encode(),
        ),
        Member(
            "_rels/.rels",
            f'{_HEAD}<Relationships {_RELATIONS}><Relationship Id="rId1" Type="{_OFFICE}/officeDocument" '
            f'Target="word/document.xml"/><Relationship Id="rId2" Type="{_OFFICE}/extended-properties" '
            'Target="docProps/app.xml"/></Relationships>'.encode(),
        ),
        Member(
            "docProps/app.xml",
            f'{_HEAD}<Properties xmlns="http://schemas.openxmlformats.org/officeDocument/2006/extended-properties">'
            "<Application>WPS</Application><Pages>1</Pages></Properties>".encode(),
        ),
    ]
    for part, (_, root, content) in _PARTS.items():
        text = f"{_HEAD}<w:{root} {SPACES}>{content}</w:{root}>"
        members.append(Member(f"word/{part}.xml", text.encode()))
    members.append(
        Member(
            "word/_rels/document.xml.rels",
            f'{_HEAD}<Relationships {_RELATIONS}>{relations}<Relationship Id="rId20" Type="{_OFFICE}/hyperlink" '
            'Target="https://www.example.cn/" TargetMode="External"/></Relationships>'.encode(),
        )
    )
    return Container(members).written()
