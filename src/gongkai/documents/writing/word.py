"""写 Word 文档 — docx in the layout of official documents: A4, faces by style, merged cells, page numbers
(GB/T 9704—2012).

Faces are named as the standard names them; for machines without them the font table says what may stand in.
"""

from __future__ import annotations

from collections.abc import Iterator
from io import BytesIO
from xml.sax.saxutils import escape

import docx
from docx.document import Document
from docx.enum.style import WD_STYLE_TYPE
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_LINE_SPACING
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.shared import Mm, Pt
from docx.styles.style import ParagraphStyle

from gongkai.documents.writing.look import (
    FACES,
    FANGSONG,
    HEITI,
    KAITI,
    LATIN,
    LEADING,
    MARGINS,
    PAGE,
    PAGE_NUMBER_SIZE,
    SIZES,
    SONGTI,
    TEXT_WIDTH,
    XIAOBIAOSONG,
    cell_size,
    is_kept_together,
    table_size,
)
from gongkai.documents.writing.manuscript import Cell, Manuscript, Role, Style, Table, Text

_STYLES = {
    Style.TITLE: "Title",
    Style.HEADING: "Heading 1",
    Style.SUBHEADING: "Heading 2",
    Style.BODY: "Normal",
    Style.NOTE: "注",
    Style.SIGNATURE: "落款",
}
_CELLS = "表格文字"
_TWIPS = 1440 / 25.4  # of a millimetre
_CELL_MARGIN = 28
_ROW_HEIGHT = 40  # twips for each point of the text in it
_INDENTED = (Style.HEADING, Style.SUBHEADING, Style.BODY)


def write(manuscript: Manuscript) -> bytes:
    """写 Word 文档 — one docx."""
    document = docx.Document()
    document.core_properties.title = manuscript.title
    document.core_properties.author = manuscript.author
    document.core_properties.comments = ""
    document.core_properties.language = "zh-CN"
    _drop_thumbnail(document)
    _page(document)
    _styles(document)
    _stand_ins(document)
    ids = {style: document.styles[name].style_id for style, name in _STYLES.items()}
    end = document.element.body[-1]
    for block in manuscript.blocks:
        markup = _paragraph(block, ids) if isinstance(block, Text) else _table(block, document.styles[_CELLS].style_id)
        end.addprevious(parse_xml(markup))
        if isinstance(block, Table):
            # Two tables that touch would become one; a table is always followed by a paragraph.
            end.addprevious(
                parse_xml(f'<w:p {nsdecls("w")}><w:pPr><w:pStyle w:val="{ids[Style.NOTE]}"/></w:pPr></w:p>')
            )
    out = BytesIO()
    document.save(out)
    return out.getvalue()


def _drop_thumbnail(document: Document) -> None:
    """The template's picture of its first page is not ours."""
    relations = document.part.package.rels
    for name in [name for name, relation in relations.items() if relation.reltype.endswith("/thumbnail")]:
        del relations[name]


def _page(document: Document) -> None:
    section = document.sections[0]
    section.page_width, section.page_height = map(Mm, PAGE)
    for side, width in MARGINS.items():
        setattr(section, f"{side}_margin", Mm(width))
    section.footer_distance = Mm(MARGINS["bottom"] - 7 - 4)
    document.settings.odd_and_even_pages_header_footer = True
    for footer, alignment in (
        (section.footer, WD_ALIGN_PARAGRAPH.RIGHT),
        (section.even_page_footer, WD_ALIGN_PARAGRAPH.LEFT),
    ):
        paragraph = footer.paragraphs[0]
        paragraph.alignment = alignment
        paragraph.paragraph_format.left_indent = paragraph.paragraph_format.right_indent = Pt(PAGE_NUMBER_SIZE)
        for markup in ('<w:t xml:space="preserve">— </w:t>', *_page_field(), '<w:t xml:space="preserve"> —</w:t>'):
            run = parse_xml(f"<w:r {nsdecls('w')}>{_properties(SONGTI, PAGE_NUMBER_SIZE)}{markup}</w:r>")
            paragraph._p.append(run)


def _page_field() -> Iterator[str]:
    yield '<w:fldChar w:fldCharType="begin"/>'
    yield '<w:instrText xml:space="preserve"> PAGE </w:instrText>'
    yield '<w:fldChar w:fldCharType="separate"/>'
    yield "<w:t>1</w:t>"
    yield '<w:fldChar w:fldCharType="end"/>'


def _properties(faces: tuple[str, ...], size: float) -> str:
    return (
        f'<w:rPr><w:rFonts w:ascii="{LATIN}" w:hAnsi="{LATIN}" w:eastAsia="{faces[0]}" w:cs="{LATIN}"/>'
        f'<w:sz w:val="{round(size * 2)}"/><w:szCs w:val="{round(size * 2)}"/></w:rPr>'
    )


def _styles(document: Document) -> None:
    for style, name in _STYLES.items():
        made = _style(document, name, FACES[style], SIZES[style])
        layout = made.paragraph_format
        layout.space_before = layout.space_after = Pt(0)
        layout.line_spacing_rule = WD_LINE_SPACING.EXACTLY
        layout.line_spacing = Pt(LEADING if SIZES[style] == SIZES[Style.BODY] else SIZES[style] * 1.6)
        layout.first_line_indent = Pt(SIZES[style] * 2 * (style in _INDENTED))
        layout.widow_control = True
        layout.keep_with_next = style in (Style.HEADING, Style.SUBHEADING)
    title = document.styles["Title"].paragraph_format
    title.alignment = WD_ALIGN_PARAGRAPH.CENTER
    title.space_after = Pt(LEADING)
    signature = document.styles["落款"].paragraph_format
    signature.alignment = WD_ALIGN_PARAGRAPH.RIGHT
    signature.right_indent = Pt(SIZES[Style.SIGNATURE] * 2)
    signature.keep_together = True
    cells = _style(document, _CELLS, FANGSONG, SIZES[Style.NOTE]).paragraph_format
    cells.space_before = cells.space_after = Pt(0)
    cells.line_spacing = 1.0
    cells.first_line_indent = Pt(0)


def _style(document: Document, name: str, faces: tuple[str, ...], size: float) -> ParagraphStyle:
    """A style of the template, cleared of the template's own look, or a new one."""
    if name in document.styles:
        style: ParagraphStyle = document.styles[name]
        for part in ("w:rPr", "w:pPr"):
            for old in style.element.findall(qn(part)):
                if part == "w:pPr" and name.startswith("Heading"):
                    for child in [c for c in old if c.tag != qn("w:outlineLvl")]:
                        old.remove(child)
                else:
                    style.element.remove(old)
    else:
        style = document.styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH)
        style.base_style = document.styles["Normal"]
    style.element.append(parse_xml(_properties(faces, size).replace("<w:rPr>", f"<w:rPr {nsdecls('w')}>")))
    return style


def _stand_ins(document: Document) -> None:
    """Which free face may stand in for one that a machine does not have."""
    part = next(part for part in document.part.package.iter_parts() if str(part.partname) == "/word/fontTable.xml")
    fonts = "".join(
        f'<w:font w:name="{names[0]}"><w:altName w:val="{",".join(names[1:])}"/><w:charset w:val="86"/></w:font>'
        for names in (FANGSONG, HEITI, KAITI, XIAOBIAOSONG, SONGTI)
    )
    part._blob = part.blob.replace(b"</w:fonts>", fonts.encode() + b"</w:fonts>")


def _paragraph(block: Text, ids: dict[Style, str]) -> str:
    return (
        f'<w:p {nsdecls("w")}><w:pPr><w:pStyle w:val="{ids[block.style]}"/></w:pPr>'
        f'<w:r><w:t xml:space="preserve">{_plain(block.text)}</w:t></w:r></w:p>'
    )


def _plain(text: str) -> str:
    """Text as markup; lines within a paragraph stay lines."""
    return escape(text).replace("\n", '</w:t><w:br/><w:t xml:space="preserve">')


def _table(table: Table, style: str) -> str:
    scale = TEXT_WIDTH / sum(table.widths) * _TWIPS
    edges = "".join(
        f'<w:{side} w:val="single" w:sz="4" w:space="0" w:color="auto"/>'
        for side in ("top", "left", "bottom", "right", "insideH", "insideV")
    )
    margins = "".join(f'<w:{side} w:w="{_CELL_MARGIN}" w:type="dxa"/>' for side in ("top", "left", "bottom", "right"))
    columns = "".join(f'<w:gridCol w:w="{round(width * scale)}"/>' for width in table.widths)
    return (
        f'<w:tbl {nsdecls("w")}><w:tblPr><w:tblW w:w="{round(sum(table.widths) * scale)}" w:type="dxa"/>'
        f'<w:jc w:val="center"/><w:tblBorders>{edges}</w:tblBorders><w:tblLayout w:type="fixed"/>'
        f"<w:tblCellMar>{margins}</w:tblCellMar>"
        f'<w:tblCaption w:val="{escape(table.caption)}"/></w:tblPr><w:tblGrid>{columns}</w:tblGrid>'
        + "".join(_rows(table, style, scale))
        + "</w:tbl>"
    )


def _rows(table: Table, style: str, scale: float) -> Iterator[str]:
    """Every row whole on one page; the rows that name the columns again on each page."""
    placed = list(table.placed())
    size = table_size(table)
    for number in range(len(table.rows)):
        here = sorted((p for p in placed if p.row <= number < p.row + p.cell.rows), key=lambda p: p.column)
        keep = "<w:keepNext/>" if is_kept_together(table) and number < len(table.rows) - 1 else ""
        cells = "".join(
            f"{_properties_of(place.cell, round(table.width(place) * scale), is_first=place.row == number)}"
            f'<w:p><w:pPr><w:pStyle w:val="{style}"/>{keep}<w:jc w:val="{_justified(place.cell)}"/></w:pPr>'
            f"{_run(place.cell.text, cell_size(table, place)) if place.row == number else ''}</w:p></w:tc>"
            for place in here
        )
        head = "<w:tblHeader/>" if number < table.heads else ""
        height = round(size * _ROW_HEIGHT)
        yield (
            f'<w:tr><w:trPr><w:cantSplit/><w:trHeight w:val="{height}" w:hRule="atLeast"/>{head}</w:trPr>{cells}</w:tr>'
        )


def _properties_of(cell: Cell, width: int, *, is_first: bool) -> str:
    """The beginning of a cell: its width, and how it is merged with those beside and below it."""
    span = f'<w:gridSpan w:val="{cell.columns}"/>' if cell.columns > 1 else ""
    merge = ("<w:vMerge/>", '<w:vMerge w:val="restart"/>')[is_first] if cell.rows > 1 else ""
    return f'<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/>{span}{merge}<w:vAlign w:val="center"/></w:tcPr>'


def _run(text: str, size: float) -> str:
    if not text:
        return ""
    return f'<w:r><w:rPr><w:sz w:val="{int(size * 2)}"/></w:rPr><w:t xml:space="preserve">{_plain(text)}</w:t></w:r>'


def _justified(cell: Cell) -> str:
    return "left" if cell.role in (Role.ROW, Role.TEXT) else "center"
