"""留下多少 — what of a document without personal data a copy keeps, by readers that are not the house's (条例 第五条).

`documents(seed, count)` makes them, each by one of several libraries; `kept(name, data, copy)` is the share of visible
characters that stand in the copy in the same order, and of pictures.
"""

from __future__ import annotations

import csv
import io
import random
import re
from collections.abc import Callable, Iterator
from difflib import SequenceMatcher
from typing import NamedTuple

import docx
import openpyxl
import pypdfium2
import xlsxwriter
from docx.oxml.ns import qn
from lxml import html as markup
from openpyxl.drawing.image import Image as SheetImage
from PIL import Image

from gongkai.documents.writing import write
from gongkai.documents.writing.manuscript import Cell, Manuscript, Role, Style, Table, Text
from tests.documents import make

_WORDS = re.findall(
    r"\S+",
    "本机关 依照 规定 主动公开 政府信息 办事指南 受理 条件 材料 时限 收费 依据 流程 结果 公示 监督 投诉 群众 服务"
    " 窗口 预算 决算 执行 情况 说明 增长 下降 同比 其中 合计 主要 原因 项目 支出 收入 会议 研究 部署 落实 责任",
)


class Generated(NamedTuple):
    """造出的文件 — its name, how it was made, its bytes."""

    name: str
    how: str
    data: bytes


class Kept(NamedTuple):
    """留下的 — characters in the original, those kept in order, pictures in the original and in the copy."""

    signs: int
    kept: int
    pictures: int
    left: int


def documents(seed: int, count: int) -> Iterator[Generated]:
    """造文件 — the makers in turn."""
    for at in range(count):
        how, (suffix, maker) = list(MAKERS.items())[at % len(MAKERS)]
        rng = random.Random(f"{seed} {at}")
        yield Generated(f"文件{at}.{suffix}", how, maker(rng, _blocks(rng)))


def _sentence(rng: random.Random) -> str:
    return "".join(rng.choices(_WORDS, k=rng.randrange(3, 25))) + rng.choice("。；！")


def _blocks(rng: random.Random) -> list[make.Block]:
    blocks: list[make.Block] = [_sentence(rng)]
    for _ in range(rng.randrange(2, 12)):
        if rng.random() < 0.3:
            wide = rng.randrange(2, 7)
            head: list[make.Cell] = [rng.choice(_WORDS) for _ in range(wide)]
            rows = [
                [f"{rng.choice(_WORDS)}{rng.randrange(900)}" for _ in range(wide)] for _ in range(rng.randrange(1, 8))
            ]
            blocks.append([head, *([*row] for row in rows)])
        else:
            blocks.append(_sentence(rng))
    return blocks


def _picture(rng: random.Random) -> io.BytesIO:
    out = io.BytesIO()
    Image.new("RGB", (rng.randrange(20, 90), rng.randrange(20, 90)), rng.choice(("red", "navy", "green"))).save(
        out, "PNG"
    )
    out.seek(0)
    return out


def _word(rng: random.Random, blocks: list[make.Block]) -> bytes:
    document = docx.Document()
    for block in blocks:
        if isinstance(block, str):
            paragraph = document.add_paragraph(style=rng.choice(("Normal", "List Bullet", "Heading 1", "List Number")))
            for at in range(0, len(block), 7):
                run = paragraph.add_run(block[at : at + 7])
                run.bold, run.italic = rng.random() < 0.2, rng.random() < 0.1
        else:
            table = document.add_table(len(block), len(block[0]))
            for row, texts in zip(table.rows, block, strict=True):
                for cell, text in zip(row.cells, texts, strict=True):
                    cell.text = str(text)
    if rng.random() < 0.5:
        document.add_picture(_picture(rng))
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def _sheet(rng: random.Random, blocks: list[make.Block]) -> bytes:
    book = openpyxl.Workbook()
    page = book.worksheets[0]
    for block in blocks:
        for row in [[block]] if isinstance(block, str) else block:
            page.append([rng.choice((str(text), rng.randrange(10**6), rng.random())) for text in row])
    if rng.random() < 0.5:
        page.add_image(SheetImage(_picture(rng)), "K2")
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def _other_sheet(rng: random.Random, blocks: list[make.Block]) -> bytes:
    out = io.BytesIO()
    with xlsxwriter.Workbook(out) as book:
        for number in range(rng.randrange(1, 4)):
            page = book.add_worksheet()
            bold = book.add_format({"bold": True, "border": 1, "num_format": "#,##0.00"})
            for at, block in enumerate(blocks):
                rows = [[block]] if isinstance(block, str) else block
                page.write_row(at * 9, number, [str(text) for text in rows[0]], bold if at % 2 else None)
    return out.getvalue()


def _by_house(form: str) -> Callable[[random.Random, list[make.Block]], bytes]:
    def build(rng: random.Random, blocks: list[make.Block]) -> bytes:
        return write(Manuscript("通知", "办公室", tuple(_block(block) for block in blocks)), form)

    return build


def _block(block: make.Block) -> Text | Table:
    if isinstance(block, str):
        return Text(block, Style.BODY)
    rows = tuple(tuple(Cell(str(text), Role.TEXT) for text in row) for row in block)
    return Table("表", (156 / len(block[0]),) * len(block[0]), rows, 1)


def _by_tests(form: Callable[[list[make.Block]], bytes]) -> Callable[[random.Random, list[make.Block]], bytes]:
    return lambda rng, blocks: form(blocks)


MAKERS: dict[str, tuple[str, Callable[[random.Random, list[make.Block]], bytes]]] = {
    "docx by library": ("docx", _word),
    "docx by the house": ("docx", _by_house("docx")),
    "xlsx by openpyxl": ("xlsx", _sheet),
    "xlsx by xlsxwriter": ("xlsx", _other_sheet),
    "xlsx by the house": ("xlsx", _by_house("xlsx")),
    "pdf by library": ("pdf", _by_tests(make.pdf)),
    "pdf by the house": ("pdf", _by_house("pdf")),
    "html by library": ("html", _by_tests(make.html)),
    "html by the house": ("html", _by_house("html")),
    "md by library": ("md", _by_tests(make.md)),
    "txt by library": ("txt", _by_tests(make.txt_tabs)),
    "csv by library": ("csv", _by_tests(make.comma)),
}


def kept(name: str, data: bytes, copy: bytes) -> Kept:
    """留下多少 — of `data` in `copy`."""
    before, after = (re.sub(r"\s", "", shown(name, one)) for one in (data, copy))
    blocks = SequenceMatcher(None, before, after, autojunk=False).get_matching_blocks()
    return Kept(len(before), sum(block.size for block in blocks), pictures(name, data), pictures(name, copy))


def shown(name: str, data: bytes) -> str:
    """看得见的文字 — by a reader of its own for each format."""
    return _READERS[name.rpartition(".")[2]](data)


def pictures(name: str, data: bytes) -> int:
    """图片数 — those that a document shows."""
    suffix = name.rpartition(".")[2]
    if suffix == "docx":
        return len(docx.Document(io.BytesIO(data)).element.body.findall(f".//{qn('a:blip')}"))
    if suffix == "xlsx":
        return sum(len(page._images) for page in openpyxl.load_workbook(io.BytesIO(data)).worksheets)
    return 0


def _of_word(data: bytes) -> str:
    body = docx.Document(io.BytesIO(data)).element.body
    return "".join(element.text or "" for element in body.iter(qn("w:t")))


def _of_sheet(data: bytes) -> str:
    book = openpyxl.load_workbook(io.BytesIO(data), data_only=True)
    return "".join(
        _cell(cell.value) + "\n"
        for page in book.worksheets
        for row in page.iter_rows()
        for cell in row
        if cell.value is not None
    )


def _cell(value: object) -> str:
    return f"{value:.10g}" if isinstance(value, (int, float)) else str(value)


def _of_pdf(data: bytes) -> str:
    document = pypdfium2.PdfDocument(data)
    return "".join(page.get_textpage().get_text_bounded() for page in document)


def _of_page(data: bytes) -> str:
    root = markup.document_fromstring(data.decode("utf-8"))
    for element in root.xpath("//head | //script | //style"):
        element.drop_tree()
    return str(root.text_content())


_READERS: dict[str, Callable[[bytes], str]] = {
    "docx": _of_word,
    "xlsx": _of_sheet,
    "pdf": _of_pdf,
    "html": _of_page,
    "md": lambda data: data.decode("utf-8-sig"),
    "txt": lambda data: data.decode("utf-8-sig"),
    "csv": lambda data: "".join(text for row in csv.reader(io.StringIO(data.decode("utf-8-sig"))) for text in row),
}
