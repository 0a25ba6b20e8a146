"""Word 底稿 — documents made in three ways, and what people and programs do with a number in Word (条例 第十五条)."""

from __future__ import annotations

import io
from collections.abc import Callable, Iterator
from functools import cache

import docx
from lxml import etree

from tests.documents import make
from tests.plants import word_parts, word_ways
from tests.plants.office import Office
from tests.plants.planting import Place, Sight

_W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"


class Word(Office):
    """Word 底稿."""

    name = "通知.docx"
    folder = "word"
    document = "word/document.xml"

    def own_places(self) -> Iterator[Place]:
        """自己的做法 — pieces of a body, and parts with a relation."""
        for where, sight, build in word_ways.WAYS:
            yield Place("word " + where.partition(":")[0], where, self._into_body(build), sight, tears=True)
        for name, kind, build in word_ways.PARTS:
            # A page shows what is inserted.
            sight = Sight.EITHER if kind == "aFChunk" else Sight.HIDDEN
            yield Place("word part", name, self._part(name, kind, build), sight, tears=name not in word_ways.SPELT)
        for kind in ("hyperlink", "attachedTemplate", "frame", "image", "oleObject", "subDocument"):
            for target in word_ways.ADDRESSES:
                yield Place("word link", f"{kind} {target}", self._link(kind, target), tears=True)

    def _into_body(self, build: Callable[[str], str]) -> Callable[[str], None]:
        def write(text: str) -> None:
            body = self.roots[self.document].find(f"{{{_W}}}body")
            assert body is not None
            wrapped = etree.fromstring(f"<a {word_ways.SPACES}>{build(text)}</a>")
            last = body.find(f"{{{_W}}}sectPr")
            for child in wrapped:
                if last is None:
                    body.append(child)
                else:
                    last.addprevious(child)

        return write

    def _part(self, name: str, kind: str, build: Callable[[str], bytes]) -> Callable[[str], None]:
        def write(text: str) -> None:
            self.add_part(f"word/{name}", build(text))
            self.declare(f"word/{name}", f"application/vnd.own.{kind}")
            key = self.relate(self.document, kind if ":" in kind else f"{_OFFICE}/{kind}", name)
            if kind == "aFChunk":
                self._into_body(lambda _: f'<w:altChunk r:id="{key}"/>')("")

        return write

    def _link(self, kind: str, target: str) -> Callable[[str], None]:
        def write(text: str) -> None:
            key = self.relate(self.document, f"{_OFFICE}/{kind}", target.format(text), external=True)
            if kind == "hyperlink":
                self._into_body(
                    lambda _: f'<w:p><w:hyperlink r:id="{key}"><w:r><w:t>链接</w:t></w:r></w:hyperlink></w:p>'
                )("")

        return write


@cache
def _by_library() -> bytes:
    rows: list[list[make.Cell]] = [["序号", "项目", "金额（元）"], ["1", "办公", "1,200.00"], ["2", "会议", "860.50"]]
    blocks: list[make.Block] = ["关于做好信息公开工作的通知", "各有关单位：现将有关事项通知如下。", rows, "特此通知。"]
    document = docx.Document(io.BytesIO(make.word(blocks)))
    document.add_heading("附件说明", 1)
    document.add_paragraph("第一条", style="List Number")
    section = document.sections[0]
    section.header.paragraphs[0].text = "新乡示范县人民政府"
    section.footer.paragraphs[0].text = "第 1 页"
    commented = document.add_paragraph("请核对")
    document.add_comment(commented.runs, text="已核", author="办公室")
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


@cache
def _by_hand() -> bytes:
    return word_parts.package()


@cache
def _by_house() -> bytes:
    from gongkai.documents.writing import write
    from gongkai.documents.writing.manuscript import Manuscript, Style, Text

    return write(
        Manuscript("通知", "办公室", (Text("通知", Style.TITLE), Text("请各单位按时报送。", Style.BODY))), "docx"
    )


BASES: dict[str, Callable[[], Word]] = {
    "docx by library": lambda: Word(_by_library()),
    "docx by hand": lambda: Word(_by_hand()),
    "docx by the house": lambda: Word(_by_house()),
}
