"""Word 文档 — the accepted text, with the numbers that Word itself puts before it."""

from __future__ import annotations

import io
import re

import docx
import pytest
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls

from gongkai.documents.document import Document, Grid, Paragraph
from gongkai.documents.opening import open_documents
from gongkai.documents.word_numbering import chinese
from tests.documents import tables, zoo

Read = list[str | list[list[str]]]


def read(body: str, numbering: str = "", styles: str = "") -> Read:
    """The blocks of a document whose body is this XML (prefix w)."""
    out = io.BytesIO()
    docx.Document().save(out)
    parts = {"word/document.xml": f"<w:document {nsdecls('w')}><w:body>{body}</w:body></w:document>"}
    if numbering:
        parts["word/numbering.xml"] = f"<w:numbering {nsdecls('w')}>{numbering}</w:numbering>"
    if styles:
        parts["word/styles.xml"] = f"<w:styles {nsdecls('w')}>{styles}</w:styles>"
    data = zoo.zipped({name: part.encode() for name, part in parts.items()}, out.getvalue())
    (document,) = open_documents("a.docx", data)
    assert isinstance(document, Document), document
    return [b.text if isinstance(b, Paragraph) else tables.texts(b) for b in tables.view(document).blocks]


def p(text: str, properties: str = "") -> str:
    return f"<w:p><w:pPr>{properties}</w:pPr><w:r><w:t>{text}</w:t></w:r></w:p>"


def tbl(*rows: list[str]) -> str:
    cells = ("".join(f"<w:tc>{cell}</w:tc>" for cell in row) for row in rows)
    return "<w:tbl>" + "".join(f"<w:tr>{row}</w:tr>" for row in cells) + "</w:tbl>"


def test_insertions_are_read_and_deletions_are_not() -> None:
    body = (
        "<w:p><w:r><w:t>申请</w:t></w:r><w:del><w:r><w:delText>12</w:delText></w:r></w:del>"
        "<w:ins><w:r><w:t>13</w:t></w:r></w:ins><w:moveFrom><w:r><w:t>移</w:t></w:r></w:moveFrom>"
        "<w:r><w:rPr><w:vanish/></w:rPr><w:t>藏</w:t></w:r><w:r><w:t>件</w:t></w:r></w:p>"
        + "<w:tbl><w:tr><w:trPr><w:del/></w:trPr><w:tc><w:p/></w:tc></w:tr>"
        + f"<w:tr><w:tc>{p('1')}</w:tc></w:tr></w:tbl>"
    )
    assert read(body) == ["申请13件", [["1"]]]


def test_tabs_and_breaks_are_kept() -> None:
    assert read("<w:p><w:r><w:t>甲</w:t><w:tab/><w:t>乙</w:t><w:br/><w:t>丙</w:t></w:r></w:p>") == ["甲\t乙\n丙"]


def test_nested_tables_and_content_controls_are_opened() -> None:
    inner = tbl([p("内"), p("2")])
    body = f"<w:sdt><w:sdtContent>{p('题')}</w:sdtContent></w:sdt>" + tbl([p("外") + inner, p("1")]) + p("尾")
    assert read(body) == ["题", [["外", "1"]], [["内", "2"]], "尾"]


def test_text_boxes_are_read_once() -> None:
    box = f"<w:txbxContent>{p('框')}</w:txbxContent>"
    body = (
        '<w:p xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"><w:r><mc:AlternateContent>'
        f"<mc:Choice>{box}</mc:Choice><mc:Fallback><w:pict>{box}</w:pict></mc:Fallback></mc:AlternateContent></w:r>"
        "<w:r><w:t>正文</w:t></w:r></w:p>"
    )
    assert read(body) == ["正文", "框"]


def test_rows_that_begin_late_keep_their_columns() -> None:
    row = f"<w:tr><w:trPr><w:gridBefore w:val='2'/></w:trPr><w:tc>{p('1')}</w:tc></w:tr>"
    out = io.BytesIO()
    document = docx.Document()
    document.element.body.insert(0, parse_xml(f"<w:tbl {nsdecls('w')}>{row}</w:tbl>"))
    document.save(out)
    (opened,) = open_documents("a.docx", out.getvalue())
    (grid,) = tables.grids(tables.view(opened))
    assert isinstance(grid, Grid)
    assert grid.rows[0].cells[0].column == 3


LIST = """<w:abstractNum w:abstractNumId="7">
<w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="{form}"/><w:lvlText w:val="%1、"/></w:lvl>
<w:lvl w:ilvl="1"><w:start w:val="1"/><w:numFmt w:val="decimal"/><w:lvlText w:val="%1.%2 "/></w:lvl>
</w:abstractNum><w:num w:numId="3"><w:abstractNumId w:val="7"/></w:num>"""


def numbered(text: str, level: int = 0) -> str:
    return p(text, f'<w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="3"/></w:numPr>')


@pytest.mark.parametrize("form", ["chineseCounting", "chineseCountingThousand", "japaneseCounting"])
def test_automatic_numbers_of_headings_are_written_out(form: str) -> None:
    body = numbered("总体") + p("文") + numbered("甲", 1) + numbered("乙", 1) + numbered("主动") + numbered("丙", 1)
    numbers = LIST.format(form=form)
    assert read(body, numbers) == ["一、总体", "文", "一.1 甲", "一.2 乙", "二、主动", "二.1 丙"]


def test_bullets_and_empty_numbered_paragraphs_are_not_written_out() -> None:
    assert read(numbered("甲"), LIST.format(form="bullet")) == ["甲"]
    assert read(numbered(" ") + numbered("甲"), LIST.format(form="chineseCounting")) == ["一、甲"]


def test_numbers_come_from_the_style_too() -> None:
    styles = (
        '<w:style w:styleId="H"><w:pPr><w:numPr><w:numId w:val="3"/></w:numPr></w:pPr></w:style>'
        '<w:style w:styleId="G"><w:basedOn w:val="H"/></w:style>'
        '<w:style w:styleId="L"><w:basedOn w:val="L"/></w:style>'
    )
    body = p("甲", '<w:pStyle w:val="G"/>') + p("乙", '<w:pStyle w:val="L"/>')
    assert read(body, LIST.format(form="chineseCounting"), styles) == ["一、甲", "乙"]


def test_chinese_numbers_count_up_without_a_gap() -> None:
    printed = [chinese(count) for count in range(1, 100)]
    assert len(set(printed)) == 99
    assert all(re.fullmatch("[二三四五六七八九]?十?[一二三四五六七八九]?", text) for text in printed)
    assert [chinese(count) for count in (6, 10, 11, 20, 21, 99)] == ["六", "十", "十一", "二十", "二十一", "九十九"]


def test_a_number_in_a_table_of_its_own_is_the_text_of_its_cell() -> None:
    file = docx.Document()
    table = file.add_table(1, 3)
    table.cell(0, 0).text = "办结件数"
    table.cell(0, 1).add_table(1, 1).cell(0, 0).text = "17"
    beside = table.cell(0, 2)
    beside.text = "附表"
    beside.add_table(1, 1).cell(0, 0).text = "23"
    data = io.BytesIO()
    file.save(data)
    (document,) = open_documents("数.docx", data.getvalue())
    assert isinstance(document, Document)
    grids = [block for view in document.views() for block in view.blocks if isinstance(block, Grid)]
    assert [row.texts for row in grids[0].rows] == [("办结件数", "17", "附表")]
    assert [row.texts for grid in grids[1:] for row in grid.rows] == [("23",)]
