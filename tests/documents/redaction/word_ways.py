"""藏号码的办法 — docx that hold a number where no page shows it (条例 第十五条)."""

from __future__ import annotations

import io
import zipfile
import zlib
from base64 import b64encode

from tests.documents.redaction.word_made import (
    KIND,
    SEEN,
    THEME,
    VANISH,
    WHITE,
    Part,
    Way,
    box,
    docx,
    field,
    header,
    looks,
    old_box,
    p,
    row,
    run,
    story,
    styled,
    styles,
    table,
)

HIDDEN: dict[str, Way] = {
    "run vanish": looks("<w:vanish/>"),
    "run specVanish": looks("<w:specVanish/>"),
    "run vanish true": looks("<w:vanish w:val='true'/>"),
    "run webHidden": looks("<w:webHidden/>"),
    "run in no paragraph": lambda number: docx(SEEN + run(number)),
    "character style": styled(
        f"<w:style w:type='character' w:styleId='c'>{VANISH}</w:style>",
        "<w:p><w:r><w:rPr><w:rStyle w:val='c'/></w:rPr><w:t>{number}</w:t></w:r></w:p>",
    ),
    "paragraph style": styled(
        f"<w:style w:type='paragraph' w:styleId='s'>{VANISH}</w:style>",
        p(run("{number}"), look="<w:pStyle w:val='s'/>"),
    ),
    "style it is based on": styled(
        f"<w:style w:type='paragraph' w:styleId='a'>{VANISH}</w:style><w:style w:type='paragraph' w:styleId='s'>"
        "<w:basedOn w:val='a'/></w:style>",
        p(run("{number}"), look="<w:pStyle w:val='s'/>"),
    ),
    "default style": styled(
        f"<w:style w:type='paragraph' w:default='1' w:styleId='n'>{VANISH}</w:style>", p(run("{number}"))
    ),
    "defaults of the file": styled(
        f"<w:docDefaults><w:rPrDefault>{VANISH}</w:rPrDefault></w:docDefaults>", p(run("{number}"))
    ),
    "table style": styled(
        f"<w:style w:type='table' w:styleId='t'>{VANISH}</w:style>",
        table(row(p(run("{number}"))), look="<w:tblStyle w:val='t'/>"),
    ),
    "first row of a table style": styled(
        f"<w:style w:type='table' w:styleId='t'><w:tblStylePr w:type='firstRow'>{VANISH}</w:tblStylePr></w:style>",
        table(row(p(run("{number}"))), look="<w:tblStyle w:val='t'/><w:tblLook w:firstRow='1'/>"),
    ),
    "hidden row": lambda number: docx(SEEN + table(row(p(run(number)), look="<w:hidden/>"), row(p(run("看得见"))))),
    "row of no height": lambda number: docx(
        SEEN + table(row(p(run(number)), look="<w:trHeight w:val='1' w:hRule='exact'/>"), row(p(run("看得见"))))
    ),
    "deleted row": lambda number: docx(
        SEEN + table(row(p(run(number)), look="<w:del w:id='1' w:author='甲'/>"), row(p(run("看得见"))))
    ),
    "deleted cell": lambda number: docx(
        SEEN
        + table(
            f"<w:tr><w:tc><w:tcPr><w:cellDel w:id='1' w:author='甲'/></w:tcPr>{p(run(number))}</w:tc>"
            f"<w:tc>{p(run('看得见'))}</w:tc></w:tr>"
        )
    ),
    "size of half a point": looks("<w:sz w:val='1'/>"),
    "size of one point": looks("<w:sz w:val='2'/>"),
    "size in a style": styled(
        "<w:style w:type='paragraph' w:styleId='s'><w:rPr><w:sz w:val='2'/></w:rPr></w:style>",
        p(run("{number}"), look="<w:pStyle w:val='s'/>"),
    ),
    "scaled to one per cent": looks("<w:w w:val='1'/>"),
    "fitted into nothing": looks("<w:fitText w:val='1' w:id='1'/>"),
    "raised off the page": looks("<w:position w:val='4000'/>"),
    "white on white": looks(WHITE),
    "nearly white": looks("<w:color w:val='FEFEFE'/>"),
    "white of no theme": lambda number: docx(
        SEEN + p(run(number, "<w:color w:val='FFFFFF' w:themeColor='background1'/>")),
    ),
    "white of the theme": lambda number: docx(
        SEEN + p(run(number, "<w:color w:val='000000' w:themeColor='background1'/>")),
        Part("theme/theme1.xml", THEME.format(name="x"), "theme"),
    ),
    "black on black": looks("<w:color w:val='000000'/><w:shd w:val='clear' w:fill='000000'/>"),
    "yellow on a yellow mark": looks("<w:color w:val='FFFF00'/><w:highlight w:val='yellow'/>"),
    "red on a red paragraph": looks("<w:color w:val='FF0000'/>", "<w:shd w:val='clear' w:fill='FF0000'/>"),
    "blue on a blue cell": lambda number: docx(
        SEEN + table(row(p(run(number, "<w:color w:val='0000FF'/>")), cell="<w:shd w:val='clear' w:fill='0000FF'/>"))
    ),
    "the colour of a table style": styled(
        "<w:style w:type='table' w:styleId='t'><w:tcPr><w:shd w:val='clear' w:fill='00AA00'/></w:tcPr></w:style>",
        table(row(p(run("{number}", "<w:color w:val='00AA00'/>"))), look="<w:tblStyle w:val='t'/>"),
    ),
    "the colour of the page": lambda number: docx(
        SEEN + p(run(number, "<w:color w:val='123456'/>")), ground="<w:background w:color='123456'/>"
    ),
    "filled with nothing": looks("<w14:textFill><w14:noFill/></w14:textFill>"),
    "lines of no height": looks("", "<w:spacing w:line='1' w:lineRule='exact'/>"),
    "indented off the page": looks("", "<w:ind w:left='31680'/>"),
    "squeezed off the page": looks("", "<w:ind w:left='-20000' w:right='31680'/>"),
    "frame off the page": looks("", "<w:framePr w:w='2000' w:x='31680' w:y='1' w:hAnchor='page'/>"),
    "table off the page": lambda number: docx(
        SEEN + table(row(p(run(number))), look="<w:tblpPr w:tblpX='31680' w:tblpY='1'/>")
    ),
    "table indented off the page": lambda number: docx(
        SEEN + table(row(p(run(number))), look="<w:tblInd w:w='31680' w:type='dxa'/>")
    ),
    "box off the page": lambda number: docx(SEEN + p(box(p(run(number)), at="99999999"))),
    "box before the page": lambda number: docx(SEEN + p(box(p(run(number)), at="-2000000"))),
    "box of no size": lambda number: docx(SEEN + p(box(p(run(number)), size="cx='0' cy='0'"))),
    "hidden box": lambda number: docx(
        SEEN + p(box(p(run(number))).replace("name='文本框'", "name='文本框' hidden='1'"))
    ),
    "old box, hidden": lambda number: docx(SEEN + p(old_box(p(run(number)), "width:90pt;visibility:hidden"))),
    "old box of no size": lambda number: docx(SEEN + p(old_box(p(run(number)), "width:0;height:0"))),
    "old box off the page": lambda number: docx(
        SEEN + p(old_box(p(run(number)), "position:absolute;margin-left:-4000pt;width:90pt;height:20pt"))
    ),
    "white box": lambda number: docx(
        SEEN + p(box(p(run(number, WHITE)), fill="<a:solidFill><a:srgbClr val='FFFFFF'/></a:solidFill>"))
    ),
    "branch for old programs": lambda number: docx(
        SEEN
        + p(
            f"<w:r><mc:AlternateContent><mc:Choice Requires='wps'><w:t>新</w:t></mc:Choice>"
            f"<mc:Fallback><w:t>{number}</w:t></mc:Fallback></mc:AlternateContent></w:r>"
        )
    ),
    "branch that nobody understands": lambda number: docx(
        SEEN
        + p(
            f"<w:r><mc:AlternateContent><mc:Choice Requires='x'><w:t>{number}</w:t></mc:Choice>"
            f"<mc:Fallback><w:t>旧</w:t></mc:Fallback></mc:AlternateContent></w:r>"
        )
    ),
    "deleted": lambda number: docx(
        SEEN + p(f"<w:del w:id='1' w:author='甲'><w:r><w:delText>{number}</w:delText></w:r></w:del>")
    ),
    "moved from here": lambda number: docx(SEEN + p(f"<w:moveFrom w:id='1' w:author='甲'>{run(number)}</w:moveFrom>")),
    "former format": lambda number: docx(
        SEEN + p(run("字", f"<w:rPrChange w:id='1' w:author='{number}'><w:rPr/></w:rPrChange>"))
    ),
    "code of a field": lambda number: docx(SEEN + p(field(f'QUOTE "{number}"', "结果"))),
    "code of a field, torn": lambda number: docx(
        SEEN + p(field(f"DOCPROPERTY {number[:6]}</w:instrText></w:r><w:r><w:instrText>{number[6:]}", "结果"))
    ),
    "code of a simple field": lambda number: docx(
        SEEN + p(f"<w:fldSimple w:instr='TC &quot;{number}&quot;'>{run('结果')}</w:fldSimple>")
    ),
    "field without a result": lambda number: docx(SEEN + p(field(f'XE "{number}"', None))),
    "text among the code": lambda number: docx(
        SEEN + p(field(f"IF 1</w:instrText></w:r>{run(number)}<w:r><w:instrText>", "结果"))
    ),
    "data of a field": lambda number: docx(
        SEEN + p(f"<w:r><w:fldChar w:fldCharType='begin'><w:fldData>{number}</w:fldData></w:fldChar></w:r>")
    ),
    "default of a form field": lambda number: docx(
        SEEN
        + p(
            f"<w:r><w:fldChar w:fldCharType='begin'><w:ffData><w:textInput><w:default w:val='{number}'/></w:textInput>"
            "</w:ffData></w:fldChar></w:r>"
        )
    ),
    "help of a form field": lambda number: docx(
        SEEN
        + p(
            f"<w:r><w:fldChar w:fldCharType='begin'><w:ffData><w:helpText w:val='{number}'/></w:ffData>"
            "</w:fldChar></w:r>"
        )
    ),
    "entry of a list not chosen": lambda number: docx(
        SEEN
        + p(
            "<w:r><w:fldChar w:fldCharType='begin'><w:ffData><w:ddList><w:result w:val='0'/><w:listEntry w:val='甲'/>"
            f"<w:listEntry w:val='{number}'/></w:ddList></w:ffData></w:fldChar></w:r>"
        )
    ),
    "entry of a content control": lambda number: docx(
        SEEN + f"<w:sdt><w:sdtPr><w:dropDownList><w:listItem w:displayText='{number}' w:value='1'/></w:dropDownList>"
        "</w:sdtPr>"
        f"<w:sdtContent>{p(run('请选择'))}</w:sdtContent></w:sdt>"
    ),
    "tag of a content control": lambda number: docx(
        SEEN + f"<w:sdt><w:sdtPr><w:tag w:val='{number}'/></w:sdtPr><w:sdtContent>{SEEN}</w:sdtContent></w:sdt>"
    ),
    "bookmark": lambda number: docx(SEEN + p(f"<w:bookmarkStart w:id='1' w:name='_{number}'/>")),
    "mark of a revision": lambda number: docx(SEEN + f"<w:p w:rsidR='{number}'>{run('字')}</w:p>"),
    "font": looks("<w:rFonts w:ascii='{number}'/>"),
    "name of a style": styled("<w:style w:type='paragraph' w:styleId='s'><w:name w:val='X'/></w:style>", SEEN),
    "unused header of the first page": header("header", "first"),
    "unused header of even pages": header("header", "even"),
    "unused footer of even pages": header("footer", "even", settings="<w:evenAndOddHeaders w:val='0'/>"),
    "header that no section names": lambda number: docx(
        SEEN, Part("header9.xml", story("hdr", p(run(number))), "header")
    ),
    "footnote without a mark": lambda number: docx(
        SEEN,
        Part("footnotes.xml", story("footnotes", f"<w:footnote w:id='5'>{p(run(number))}</w:footnote>"), "footnotes"),
    ),
    "comment": lambda number: docx(
        SEEN, Part("comments.xml", story("comments", f"<w:comment w:id='1'>{p(run(number))}</w:comment>"), "comments")
    ),
    "author of a comment": lambda number: docx(
        SEEN,
        Part(
            "comments.xml", story("comments", f"<w:comment w:id='1' w:author='{number}'>{SEEN}</w:comment>"), "comments"
        ),
    ),
    "building blocks": lambda number: docx(
        SEEN, Part("glossary/document.xml", story("glossaryDocument", p(run(number))), "glossaryDocument")
    ),
    "part that nothing leads to": lambda number: docx(SEEN, Part("document2.xml", story("document", p(run(number))))),
    "torn in such a part": lambda number: docx(
        SEEN, Part("document2.xml", story("document", p(run(number[:7]), run(number[7:]))))
    ),
    "text beside": lambda number: docx(SEEN, Part("/extra/名单.txt", f"张三 {number}".encode())),
    "table beside": lambda number: docx(SEEN, Part("/extra/名单.csv", f"姓名,证件\n张三,{number}\n".encode("gb18030"))),
    "bytes beside": lambda number: docx(
        SEEN, Part("/extra/a.bin", b"\x00\x01\xff" * 9 + number.encode() + b"\x00\xfe")
    ),
    "wide bytes beside": lambda number: docx(
        SEEN, Part("x.bin", b"\x00\x01\xff\xfe\x00\x01" + number.encode("utf-16-le"))
    ),
    "XML by another name": lambda number: docx(
        SEEN, Part("a.dat", f"<?xml version='1.0'?><a><b>{number}</b></a>".encode())
    ),
    "data of the office": lambda number: docx(
        SEEN, Part("/customXml/item1.xml", f"<a><b>{number}</b></a>", "customXml")
    ),
    "remark": lambda number: docx(SEEN + f"<!-- {number} -->"),
    "remark in a text": lambda number: docx(p(run(f"看得<!-- {number} -->见"))),
    "remark before the root": lambda number: docx(SEEN, before=f"<!-- {number} -->"),
    "instruction": lambda number: docx(SEEN + f"<?keep {number}?>"),
    "name of an instruction": lambda number: docx(SEEN + f"<?n{number} x?>"),
    "attribute of nobody": lambda number: docx(SEEN, root=f"x:y='{number}'"),
    "name of an attribute": lambda number: docx(SEEN, root=f"x:n{number}='1'"),
    "name of an element": lambda number: docx(SEEN + f"<x:n{number}/>"),
    "text of nobody": lambda number: docx(SEEN + f"<x:y>{number}</x:y>"),
    "text between elements": lambda number: docx(SEEN + number + SEEN),
    "namespace": lambda number: docx(SEEN, root=f"xmlns:q='urn:{number}'"),
    "prefix": lambda number: docx(SEEN, root=f"xmlns:q{number}='urn:q'"),
    "setting": lambda number: docx(
        SEEN,
        Part(
            "settings.xml",
            story("settings", f"<w:docVars><w:docVar w:name='a' w:val='{number}'/></w:docVars>"),
            "settings",
        ),
    ),
    "name of a theme": lambda number: docx(SEEN, Part("theme/theme1.xml", THEME.format(name=number), "theme")),
    "target of a relation": lambda number: docx(
        SEEN, links=f"<Relationship Id='x' Type='{KIND}hyperlink' Target='tel:{number}' TargetMode='External'/>"
    ),
    "id of a relation": lambda number: docx(
        SEEN, links=f"<Relationship Id='x{number}' Type='{KIND}hyperlink' Target='https://a.cn' TargetMode='External'/>"
    ),
    "kind of content": lambda number: docx(SEEN, types=f"<Default Extension='zz' ContentType='a/{number}'/>"),
    "name of a part": lambda number: docx(SEEN, Part(f"x{number}.xml", "<a/>")),
    "remark of the archive": lambda number: _with_remark(number),
    "after the archive": lambda number: docx(SEEN) + number.encode(),
    "before the archive": lambda number: _moved(docx(SEEN), number.encode() + b"\n"),
    "file in the file": lambda number: docx(SEEN, Part("embeddings/a.docx", docx(p(run(number))), "package")),
    "file in the file of the file": lambda number: docx(
        SEEN,
        Part("embeddings/a.docx", docx(SEEN, Part("embeddings/b.docx", docx(p(run(number))), "package")), "package"),
    ),
    "packed bytes called a picture": lambda number: docx(
        SEEN, Part("media/a.emf", zlib.compress(number.encode()), "image")
    ),
    "packed bytes called a font": lambda number: docx(
        SEEN, Part("fonts/a.odttf", zlib.compress(number.encode()), "font")
    ),
    "data of a field, coded": lambda number: docx(
        SEEN
        + p(
            "<w:r><w:fldChar w:fldCharType='begin'><w:fldData>"
            f"{b64encode(b'00' + number.encode()).decode()}</w:fldData></w:fldChar></w:r>"
        )
    ),
    "between two parts": lambda number: _between(docx(SEEN), number),
    "part that the archive does not list": lambda number: _between(docx(SEEN), docx(p(run(number)))[:400].hex()),
    "after the end of a packed part": lambda number: _behind_a_part(number),
    "archive in the file": lambda number: docx(SEEN, Part("embeddings/a.zip", _zip(number), "package")),
    "description of a hidden picture": lambda number: docx(
        SEEN
        + p(f"<w:r><w:drawing><wp:inline><wp:docPr id='1' name='n' descr='{number}'/></wp:inline></w:drawing></w:r>")
    ),
    "hidden among what is seen": lambda number: docx(
        p(run("编号"), run(number[:6], "<w:vanish/>"), run("在"), run(number[6:], "<w:vanish/>"))
    ),
}
HIDDEN["font"] = lambda number: docx(SEEN + p(run("字", f"<w:rFonts w:ascii='{number}'/>")))
HIDDEN["name of a style"] = lambda number: docx(
    SEEN, styles(f"<w:style w:type='paragraph' w:styleId='s'><w:name w:val='{number}'/></w:style>")
)


def _with_remark(number: str) -> bytes:
    out = io.BytesIO(docx(SEEN))
    with zipfile.ZipFile(out, "a") as archive:
        archive.comment = number.encode()
    return out.getvalue()


def _moved(data: bytes, before: bytes) -> bytes:
    """The same archive behind other bytes, which begin as an archive does."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(out, "w") as new:
        for at, info in enumerate(old.infolist()):
            fresh = zipfile.ZipInfo(info.filename)
            if at == 1:
                fresh.extra = b"\x99\x99" + len(before).to_bytes(2, "little") + before
            new.writestr(fresh, old.read(info))
    return out.getvalue()


def _between(data: bytes, more: str) -> bytes:
    """Bytes that no part claims, before the list of the archive; the end says where the list is now."""
    at = data.rfind(b"PK\x05\x06")
    start = int.from_bytes(data[at + 16 : at + 20], "little")
    moved = (start + len(more)).to_bytes(4, "little")
    return data[:start] + more.encode() + data[start : at + 16] + moved + data[at + 20 :]


def _behind_a_part(number: str) -> bytes:
    """A packed part whose bytes go on after its own end, as the archive says they do."""
    packer = zlib.compressobj(9, zlib.DEFLATED, -zlib.MAX_WBITS)
    packed = packer.compress(b"<a/>") + packer.flush()
    data = docx(SEEN, Part("a.xml", "<a/>" + "0" * (len(packed) + len(number) - 4)))
    info = zipfile.ZipFile(io.BytesIO(data)).getinfo("word/a.xml")
    start = info.header_offset + 30 + len("word/a.xml")
    new = bytearray(data)
    new[start : start + info.compress_size] = packed + number.encode()
    for head, at in ((b"PK\x03\x04", info.header_offset), (b"PK\x01\x02", data.rfind(b"word/a.xml") - 46)):
        skip = 8 if head == b"PK\x03\x04" else 10
        new[at + skip : at + skip + 2] = zipfile.ZIP_DEFLATED.to_bytes(2, "little")
        new[at + skip + 6 : at + skip + 10] = zlib.crc32(b"<a/>").to_bytes(4, "little")
        new[at + skip + 14 : at + skip + 18] = (4).to_bytes(4, "little")
    return bytes(new)


def _zip(number: str) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("名单.txt", f"张三 {number}")
    return out.getvalue()
