"""显示号码的办法 — docx whose pages show a number, each in a way of its own (条例 第十五条).

`DROPPED`: the ways that a copy does not take over, because nothing but a number, or a drawing, is left of them, or
as another number, because a copy turns nothing round.
"""

from __future__ import annotations

from tests.documents.redaction.word_made import (
    LIST,
    LISTED,
    SEEN,
    SPACES,
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
    table,
)

HTML = "<html><body><p>证件 {number}</p></body></html>"
DIAGRAM = (
    "<w:r><w:drawing><wp:inline><wp:extent cx='1800000' cy='900000'/><wp:docPr id='1' name='n'/><a:graphic>"
    "<a:graphicData uri='u'>{inner}</a:graphicData></a:graphic></wp:inline></w:drawing></w:r>"
)
SHOWN: dict[str, Way] = {
    "plain": lambda number: docx(p(run(number))),
    "torn": lambda number: docx(p(*(run(sign, "<w:b/>" if at % 2 else "") for at, sign in enumerate(number)))),
    "seen among what is hidden": lambda number: docx(p(run(number[:6]), run("啊哦", "<w:vanish/>"), run(number[6:]))),
    "seen, and goes on unseen": lambda number: docx(p(run(number[:6]), run(number[6:], "<w:vanish/>"))),
    "inserted": lambda number: docx(p(f"<w:ins w:id='1' w:author='甲'>{run(number)}</w:ins>")),
    "struck": looks("<w:strike/>"),
    "raised": looks("<w:vertAlign w:val='superscript'/>"),
    "two styles that undo each other": styled(
        f"<w:style w:type='paragraph' w:styleId='s'>{VANISH}</w:style>"
        f"<w:style w:type='character' w:styleId='c'>{VANISH}</w:style>",
        p(
            "<w:r><w:rPr><w:rStyle w:val='c'/></w:rPr><w:t>{number}</w:t></w:r>",
            look="<w:pStyle w:val='s'/>",
        ),
    ),
    "page number of a table of contents": lambda number: docx(
        p(f"<w:hyperlink w:anchor='_Toc1'>{run('目录')}{run(number, '<w:webHidden/>')}</w:hyperlink>")
    ),
    "white on black": looks(WHITE + "<w:shd w:val='clear' w:fill='000000'/>"),
    "white on a pattern": looks(WHITE + "<w:shd w:val='pct50' w:color='000000' w:fill='FFFFFF'/>"),
    "cell of no width": lambda number: docx(table(row(p(run(number)), cell="<w:tcW w:w='0' w:type='dxa'/>"))),
    "cell": lambda number: docx(table(row(p(run(number))))),
    "table in a table": lambda number: docx(table(row(table(row(p(run(number)))) + "<w:p/>"))),
    "content control": lambda number: docx(f"<w:sdt><w:sdtContent>{p(run(number))}</w:sdtContent></w:sdt>"),
    "smart tag": lambda number: docx(p(f"<w:smartTag w:element='x'>{run(number)}</w:smartTag>")),
    "element of nobody": lambda number: docx(p(f"<x:y>{run(number)}</x:y>")),
    "link": lambda number: docx(p(f"<w:hyperlink w:anchor='x'>{run(number)}</w:hyperlink>")),
    "result of a field": lambda number: docx(p(field("REF x", number))),
    "result of a simple field": lambda number: docx(p(f"<w:fldSimple w:instr='REF x'>{run(number)}</w:fldSimple>")),
    "field that does not end": lambda number: docx(p("<w:r><w:fldChar w:fldCharType='begin'/></w:r>", run(number))),
    "chosen entry of a list": lambda number: docx(
        p(
            "<w:r><w:fldChar w:fldCharType='begin'><w:ffData><w:ddList><w:result w:val='1'/><w:listEntry w:val='甲'/>"
            f"<w:listEntry w:val='{number}'/></w:ddList></w:ffData></w:fldChar></w:r>",
            "<w:r><w:fldChar w:fldCharType='end'/></w:r>",
        )
    ),
    "symbols": lambda number: docx(
        p("".join(f"<w:r><w:sym w:font='我的字体' w:char='F0{ord(sign):02X}'/></w:r>" for sign in number))
    ),
    "private signs": lambda number: docx(p(run("".join(chr(0xF000 + ord(sign)) for sign in number)))),
    "formula": lambda number: docx(p(f"<m:oMath><m:r><m:t>{number}</m:t></m:r></m:oMath>")),
    "sign above a word": lambda number: docx(
        p(f"<w:r><w:ruby><w:rt>{run(number)}</w:rt><w:rubyBase>{run('字')}</w:rubyBase></w:ruby></w:r>")
    ),
    "box": lambda number: docx(p(box(p(run(number))))),
    "old box": lambda number: docx(p(old_box(p(run(number)), "width:90pt;height:20pt"))),
    "white on a dark box": lambda number: docx(
        p(box(p(run(number, WHITE)), fill="<a:solidFill><a:srgbClr val='1F3864'/></a:solidFill>"))
    ),
    "branch for new programs": lambda number: docx(
        p(
            f"<w:r><mc:AlternateContent><mc:Choice Requires='wps'><w:t>{number}</w:t></mc:Choice>"
            f"<mc:Fallback><w:t>旧</w:t></mc:Fallback></mc:AlternateContent></w:r>"
        )
    ),
    "behind the number of a page": lambda number: docx(p(field("PAGE", "1"), run(number))),
    "behind the number of a list": lambda number: docx(
        p(run(number), look=LISTED),
        Part("numbering.xml", story("numbering", LIST.format(start=1, text="%1")), "numbering"),
    ),
    "turned by its element": lambda number: docx(p(f"<w:bdo w:val='rtl'>{run(number[::-1])}</w:bdo>")),
    "turned by a sign": lambda number: docx(p(run(f"\u202e{number[::-1]}\u202c"))),
    "circled signs": lambda number: docx(p(*(field(rf"EQ \o\ac(○,{sign})", None) for sign in number))),
    "circled signs, each a paragraph": lambda number: docx(
        "".join(p(field(rf"EQ \o\ac(○,{sign})", "")) for sign in number)
    ),
    "a table for each sign": lambda number: docx(table(row(*(table(row(p(run(sign)))) + "<w:p/>" for sign in number)))),
    "header": header("header", "default"),
    "footer": header("footer", "default"),
    "header of the first page": header("header", "first", "<w:titlePg/>"),
    "header of even pages": header("header", "even", settings="<w:evenAndOddHeaders/>"),
    "footnote": lambda number: docx(
        p(run("见注"), "<w:r><w:footnoteReference w:id='5'/></w:r>"),
        Part("footnotes.xml", story("footnotes", f"<w:footnote w:id='5'>{p(run(number))}</w:footnote>"), "footnotes"),
    ),
    "number of a list": lambda number: docx(
        p(run("项"), look=LISTED),
        Part("numbering.xml", story("numbering", LIST.format(start=1, text=number + "%1")), "numbering"),
    ),
    "list number and text": lambda number: docx(
        p(run(number[6:]), look=LISTED),
        Part("numbering.xml", story("numbering", LIST.format(start=number[:6], text="%1")), "numbering"),
    ),
    "page as content": lambda number: docx(
        SEEN + "<w:altChunk r:id='p1'/>", Part("a.htm", HTML.format(number=number).encode(), "aFChunk")
    ),
    "text as content": lambda number: docx(
        SEEN + "<w:altChunk r:id='p1'/>", Part("a.txt", f"证件 {number}".encode(), "aFChunk")
    ),
    "docx as content": lambda number: docx(
        SEEN + "<w:altChunk r:id='p1'/>", Part("a.docx", docx(p(run(number[:9]), run(number[9:]))), "aFChunk")
    ),
    "rtf as content": lambda number: docx(
        SEEN + "<w:altChunk r:id='p1'/>", Part("a.rtf", b"{\\rtf1 " + number.encode() + b"}", "aFChunk")
    ),
    "diagram": lambda number: docx(
        p(DIAGRAM.format(inner="<dgm:relIds r:dm='p1'/>")),
        Part("diagrams/data1.xml", _diagram(number), "diagramData"),
    ),
    "title of a chart": lambda number: docx(
        p(DIAGRAM.format(inner="<c:chart r:id='p1'/>")), Part("charts/chart1.xml", _chart(number, "1"), "chart")
    ),
    "value of a chart": lambda number: docx(
        p(DIAGRAM.format(inner="<c:chart r:id='p1'/>")), Part("charts/chart1.xml", _chart("图", number), "chart")
    ),
    "watermark": lambda number: docx(
        p(
            "<w:r><w:pict><v:shape style='width:9pt;height:9pt'>"
            f"<v:textpath string='{number}'/></v:shape></w:pict></w:r>"
        )
    ),
}


DROPPED = {
    *("seen, and goes on unseen", "number of a list", "list number and text", "rtf as content", "watermark"),
    *("circled signs", "circled signs, each a paragraph"),
}


def _diagram(number: str) -> str:
    runs = "".join(f"<a:r><a:t>{part}</a:t></a:r>" for part in (number[:4], number[4:9], number[9:]))
    point = f"<dgm:pt><dgm:t><a:p>{runs}</a:p></dgm:t></dgm:pt>"
    return f"<dgm:dataModel {SPACES}><dgm:ptLst>{point}</dgm:ptLst></dgm:dataModel>"


def _chart(title: str, value: str) -> str:
    said = f"<c:tx><c:rich><a:p><a:r><a:t>{title}</a:t></a:r></a:p></c:rich></c:tx>"
    label = "<c:cat><c:strRef><c:strCache><c:pt idx='0'><c:v>甲</c:v></c:pt></c:strCache></c:strRef></c:cat>"
    number = f"<c:val><c:numRef><c:numCache><c:pt idx='0'><c:v>{value}</c:v></c:pt></c:numCache></c:numRef></c:val>"
    series = f"<c:plotArea><c:barChart><c:ser>{label}{number}</c:ser></c:barChart></c:plotArea>"
    return f"<c:chartSpace {SPACES}><c:chart><c:title>{said}</c:title>{series}</c:chart></c:chartSpace>"
