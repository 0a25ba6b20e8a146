"""埋了号码的文件 — a name list in every format, with numbers in all the places where offices forget them.

`made(fmt, seed)` gives the bytes, the numbers planted (none may survive in a copy) and public numbers (all must stay).
"""

from __future__ import annotations

import io
import random
import zipfile
from collections.abc import Callable
from typing import NamedTuple

import docx
import openpyxl
import pikepdf
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from openpyxl.comments import Comment
from openpyxl.drawing.image import Image as SheetImage
from PIL import Image

from tests.documents import make
from tests.text import persons

FORMATS = ("docx", "xlsx", "csv", "txt", "md", "html", "pdf")


class Planted(NamedTuple):
    """埋好的文件 — what it is, what must go, what must stay."""

    name: str
    data: bytes
    numbers: tuple[str, ...]
    public: tuple[str, ...]


class Numbers:
    """号码 — made in turn from a seed, remembered."""

    def __init__(self, seed: int) -> None:
        self.rng = random.Random(seed)
        self.made: list[str] = []

    def __call__(self) -> str:
        """下一个号码."""
        maker = self.rng.choice((persons.identity, persons.card, persons.mobile))
        self.made.append(maker(self.rng))
        return self.made[-1]


def made(fmt: str, seed: int = 1) -> Planted:
    """造文件 — with a fixed seed the same file."""
    number = Numbers(seed)
    rng = random.Random(seed + 1)
    public = (persons.credit_code(rng), "0373-5551234", "云政办〔2026〕12号")
    data = _WRITERS[fmt](number, public)
    return Planted(f"名单.{fmt}", data, tuple(number.made), public)


def photo(words: str = "") -> bytes:
    """造照片 — a JPEG that knows where it was taken."""
    exif = Image.Exif()
    exif[0x010E] = words or "camera"
    exif[0x8825] = {1: "N", 2: (35.0, 1.0, 2.0), 3: "E", 4: (113.0, 1.0, 2.0)}
    out = io.BytesIO()
    Image.new("RGB", (60, 40), "red").save(out, "JPEG", exif=exif, comment=b"by hand")
    return out.getvalue()


def _blocks(number: Numbers, public: tuple[str, ...]) -> list[make.Block]:
    rows: list[list[make.Cell]] = [["序号", "姓名", "证件号码", "电话", "残疾类别"]]
    rows += [[str(at), f"张某{at}", number(), persons.mobile(number.rng), "肢体"] for at in range(1, 4)]
    number.made += [str(row[3]) for row in rows[1:]]
    return [f"代码{public[0]}，电话{public[1]}。", f"经办人李某，{number()}。", rows, f"依据{public[2]}公示。"]


def _word(number: Numbers, public: tuple[str, ...]) -> bytes:
    document = docx.Document(io.BytesIO(make.word(_blocks(number, public))))
    document.core_properties.author = f"王某{number()}"
    document.core_properties.comments = number()
    torn = document.add_paragraph("另有")
    written = number()
    for at in range(0, len(written), 3):
        torn.add_run(written[at : at + 3]).bold = at % 2 == 0
    section = document.sections[0]
    section.header.paragraphs[0].text = f"页眉{number()}"
    section.footer.paragraphs[0].text = f"页脚{number()}"
    document.add_paragraph("隐藏").add_run(number()).font.hidden = True
    document.add_picture(io.BytesIO(photo()))
    document.inline_shapes[0]._inline.docPr.set("descr", f"证件照 {number()}")
    _tracked(document.add_paragraph("修订"), number)
    commented = document.add_paragraph("批注在此")
    document.add_comment(commented.runs, text=f"本人电话{number()}", author=f"赵某{number()}")
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def _tracked(paragraph: object, number: Numbers) -> None:
    for mark, tag in (("w:del", "w:delText"), ("w:ins", "w:t")):
        change, run, text = OxmlElement(mark), OxmlElement("w:r"), OxmlElement(tag)
        change.set(qn("w:author"), "钱某")
        change.set(qn("w:id"), "7")
        text.text = number()
        run.append(text)
        change.append(run)
        paragraph._p.append(change)  # type: ignore[attr-defined]


def _sheet(number: Numbers, public: tuple[str, ...]) -> bytes:
    book = openpyxl.Workbook()
    page = book.worksheets[0]
    page.title = "年报"
    for block in _blocks(number, public):
        for line in [[block]] if isinstance(block, str) else block:
            page.append([str(text) for text in line])
    book.properties.creator = f"王某{number()}"
    book.properties.lastModifiedBy = number()
    row = page.max_row + 2
    for at in range(4):
        page.cell(row + at, 1, f"行{at}")
        page.cell(row + at, 2, int(persons.mobile(number.rng)))
        number.made.append(str(page.cell(row + at, 2).value))
        page.cell(row + at, 7, number())
    page.column_dimensions["G"].hidden = True
    page.row_dimensions[row + 1].hidden = True
    page.cell(row, 1).comment = Comment(f"核对 {number()}", f"赵某{number()}")
    page.cell(row, 1).hyperlink = f"tel:{number()}"
    page.oddHeader.center.text = f"编制 {number()}"
    page.cell(row + 2, 8, number()).number_format = ";;;"
    page.add_image(SheetImage(io.BytesIO(photo())), "J2")
    for title, state in (("底表", "hidden"), ("原始", "veryHidden")):
        hidden = book.create_sheet(title)
        hidden.append(["姓名", "账号"])
        hidden.append(["周某", number()])
        hidden.sheet_state = state
    book.defined_names["备用"] = openpyxl.workbook.defined_name.DefinedName("备用", attr_text=f'"{number()}"')
    out = io.BytesIO()
    book.save(out)
    return _with_parts(out.getvalue(), {"xl/externalLinks/externalLink9.xml": f"<a><v>{number()}</v></a>"})


def _with_parts(data: bytes, parts: dict[str, str]) -> bytes:
    out = io.BytesIO(data)
    with zipfile.ZipFile(out, "a") as archive:
        for name, text in parts.items():
            archive.writestr(name, text)
    return out.getvalue()


def _markup(number: Numbers, public: tuple[str, ...]) -> bytes:
    page = make.html(_blocks(number, public)).decode()
    written = number()
    torn = f"<p>另有{written[:3]}<b>{written[3:9]}</b>&#{ord(written[9])};{written[10:]}</p>"
    beside = (
        f"<!-- 核对 {number()} --><p title='证件 {number()}'>说明</p><a href='tel:{number()}'>拨打</a>"
        f"<div style='display: none'>{number()}</div><script>var a='{number()}'</script>"
        f"<meta name='author' content='王某{number()}'>"
    )
    return page.replace("</body>", f"{torn}{beside}</body>").encode()


def _markdown(number: Numbers, public: tuple[str, ...]) -> bytes:
    text = make.md(_blocks(number, public)).decode()
    written = number()
    return f"{text}\n\n**{written[:4]}**{written[4:]}\n\n<!-- {number()} -->\n[拨打](tel:{number()})\n".encode()


def _pdf(number: Numbers, public: tuple[str, ...]) -> bytes:
    blocks = [*_blocks(number, public), *(f"第{at}段没有号码，只是文字。" for at in range(90))]
    with pikepdf.open(io.BytesIO(make.pdf(blocks))) as file:
        file.docinfo["/Author"] = f"王某{number()}"
        file.attachments["底表.csv"] = f"姓名,电话\n周某,{number()}\n".encode()
        note = pikepdf.Dictionary(
            Type=pikepdf.Name.Annot,
            Subtype=pikepdf.Name.Text,
            Rect=[10, 10, 30, 30],
            Contents=pikepdf.String(f"核对 {number()}"),
        )
        last = file.pages[-1]
        last.obj.Annots = pikepdf.Array([file.make_indirect(note)])
        unseen = f"BT 3 Tr /F1 8 Tf 40 20 Td <{number().encode('utf-16-be').hex()}> Tj ET"
        last.contents_add(file.make_stream(unseen.encode()))
        out = io.BytesIO()
        file.save(out)
    return out.getvalue()


_WRITERS: dict[str, Callable[[Numbers, tuple[str, ...]], bytes]] = {
    "docx": _word,
    "xlsx": _sheet,
    "csv": lambda number, public: make.comma(_blocks(number, public)),
    "txt": lambda number, public: make.txt_tabs(_blocks(number, public)),
    "md": _markdown,
    "html": _markup,
    "pdf": _pdf,
}


def everything(data: bytes) -> str:
    """全部内容 — every byte of a copy as text, parts and streams unpacked, by nothing that the house wrote."""
    if data.startswith(b"%PDF"):
        with pikepdf.open(io.BytesIO(data)) as file:
            streams = [thing.read_raw_bytes() for thing in file.objects if isinstance(thing, pikepdf.Stream)]
            contents = [page.Contents.read_bytes() for page in file.pages if "/Contents" in page]
        return "\n".join(part.decode("latin-1") for part in (data, *streams, *contents))
    if data.startswith(b"PK"):
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            parts = [archive.read(name).decode("utf-8", "replace") for name in archive.namelist()]
            return "\n".join([*archive.namelist(), *parts])
    return data.decode("utf-8")
