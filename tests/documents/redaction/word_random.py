"""随机的 docx — by python-docx and raw XML; what each shows is known (条例 第十七条)."""

from __future__ import annotations

import io
import random
from collections.abc import Callable
from dataclasses import dataclass, field

import docx
from docx.document import Document
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import parse_xml
from docx.shared import Mm, Pt, RGBColor
from PIL import Image

from tests.documents.redaction.word_made import SPACES, box, old_box, p, run
from tests.documents.redaction.word_made import field as field_of

_WORDS = "县政府办公室关于公布二〇二六年度义务教育招生工作实施方案的通知各乡镇人民政府有关单位认真贯彻落实请遵照执行"
_FACES = ("宋体", "仿宋_GB2312", "黑体", "楷体_GB2312", "方正小标宋简体", "Times New Roman", "自造的字体")
_STYLES = ("Normal", "Heading 1", "Heading 2", "Title", "List Bullet", "List Number", "Quote", "Body Text")


@dataclass(slots=True)
class Made:
    """造好的文件 — its bytes, its texts in the order of the page, its cells, its pictures, and what no page shows."""

    data: bytes = b""
    texts: list[str] = field(default_factory=list)
    cells: int = 0
    pictures: int = 0
    hidden: list[str] = field(default_factory=list)


class _Writer:
    def __init__(self, seed: int) -> None:
        self.rng, self.made, self.count = random.Random(seed), Made(), 0
        self.document: Document = docx.Document()

    def words(self, *, hidden: bool = False) -> str:
        """Words that stand nowhere else in the file."""
        self.count += 1
        start = self.rng.randrange(len(_WORDS) - 12)
        text = f"{_WORDS[start : start + self.rng.randrange(3, 12)]}{'隐' if hidden else '明'}{self.count}。"
        (self.made.hidden if hidden else self.made.texts).append(text)
        return text

    def raw(self, xml: str) -> None:
        """One paragraph or table of raw XML, before the section."""
        wrapped = parse_xml(f"<w:body {SPACES}>{xml}</w:body>")
        for element in list(wrapped):
            self.document.element.body.insert_element_before(element, "w:sectPr")

    def paragraph(self) -> None:
        """Runs of many looks."""
        paragraph = self.document.add_paragraph(style=self.rng.choice(_STYLES))
        paragraph.alignment = self.rng.choice([None, *WD_ALIGN_PARAGRAPH][:5])
        for _ in range(self.rng.randrange(1, 5)):
            piece = paragraph.add_run(self.words())
            piece.bold, piece.italic = self.rng.choice([None, True]), self.rng.choice([None, True])
            piece.font.size = self.rng.choice([None, Pt(16), Pt(22)])
            piece.font.name = self.rng.choice(_FACES)
            if self.rng.random() < 0.3:
                piece.font.color.rgb = RGBColor(0xC0, 0, 0)
            piece.font.strike = self.rng.choice([None, None, True])
        if self.rng.random() < 0.3:
            paragraph.add_run(self.words(hidden=True)).font.hidden = True

    def table(self) -> None:
        """Cells, some merged."""
        rows, columns = self.rng.randrange(2, 5), self.rng.randrange(2, 6)
        table = self.document.add_table(rows, columns, style=self.rng.choice(["Table Grid", "Light Shading Accent 1"]))
        merged = self.rng.random() < 0.5
        if merged:
            table.cell(0, 0).merge(table.cell(0, 1))
        for row in table.rows:
            for cell in row._tr.tc_lst:
                cell.p_lst[0].add_r().text = self.words()
                self.made.cells += 1

    def picture(self) -> None:
        """A picture in the line."""
        out = io.BytesIO()
        Image.new("RGB", (30, 20), "red").save(out, self.rng.choice(["PNG", "JPEG"]))
        self.document.add_picture(out, Mm(30))
        self.made.pictures += 1

    def feature(self) -> None:
        """Something that python-docx has no words for."""
        shown, hidden = self.words, lambda: self.words(hidden=True)
        features: list[Callable[[], str]] = [
            lambda: p(run(shown()), box(p(run(shown())) + p(run(shown())))),
            lambda: p(old_box(p(run(shown())), "width:90pt;height:30pt")),
            lambda: p(field_of("REF x", shown())),
            lambda: p(f"<w:ins w:id='1' w:author='甲'>{run(shown())}</w:ins>"),
            lambda: p(
                f"<w:del w:id='1' w:author='甲'><w:r><w:delText>{hidden()}</w:delText></w:r></w:del>", run(shown())
            ),
            lambda: (
                f"<w:sdt><w:sdtPr><w:tag w:val='{hidden()}'/></w:sdtPr>"
                f"<w:sdtContent>{p(run(shown()))}</w:sdtContent></w:sdt>"
            ),
            lambda: p(run(shown(), "<w:vertAlign w:val='superscript'/>"), run(hidden(), "<w:color w:val='FFFFFF'/>")),
            lambda: p(f"<m:oMath><m:r><m:t>{shown()}</m:t></m:r></m:oMath>"),
            lambda: p(f"<w:hyperlink w:anchor='a'>{run(shown())}</w:hyperlink>", "<w:r><w:br w:type='page'/></w:r>"),
            lambda: p(run(shown(), "<w:sz w:val='44'/>"), look="<w:jc w:val='center'/><w:keepNext/>"),
            lambda: p(run(hidden(), "<w:sz w:val='2'/>"), f"<w:smartTag w:element='x'>{run(shown())}</w:smartTag>"),
            lambda: p(
                run(shown() + "\t"), "<w:r><w:tab/></w:r>", look="<w:tabs><w:tab w:val='left' w:pos='900'/></w:tabs>"
            ),
            lambda: f"<!-- {hidden()} -->" + p(run(shown(), "<w:rFonts w:eastAsia='仿宋'/>")),
        ]
        self.raw(self.rng.choice(features)())


def made(seed: int) -> Made:
    """造文件 — with a fixed seed the same file."""
    writer = _Writer(seed)
    for _ in range(writer.rng.randrange(8, 20)):
        writer.rng.choice((writer.paragraph, writer.paragraph, writer.table, writer.picture, writer.feature))()
    out = io.BytesIO()
    writer.document.save(out)
    writer.made.data = out.getvalue()
    return writer.made
