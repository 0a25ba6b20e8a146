"""造文件 — the same paragraphs and tables in every format that the house reads, as bytes; for tests of every storey.

`render(blocks, fmt)`: a block is a paragraph (`str`) or a table (rows of cells, a cell is its text or
`(text, columns, rows)`). No text here comes from a published report.
"""

from __future__ import annotations

import csv
import html as markup
import io
import quopri
import zlib
from collections.abc import Callable, Sequence

import docx
import xlsxwriter
from docx.table import _Cell

from tests.documents import make_ofd

Cell = str | tuple[str, int, int]
Block = str | list[list[Cell]]
Placed = tuple[int, int, int, int, str]
"""Row and column from 0, rows and columns covered, text."""

FORMATS = ("html", "mht", "txt-tabs", "txt-lines", "md", "csv", "docx", "xlsx", "pdf", "ofd")
SUFFIX = {"txt-tabs": "txt", "txt-lines": "txt"}


def render(blocks: Sequence[Block], fmt: str) -> bytes:
    """造文件 — the blocks in one of FORMATS."""
    return _WRITERS[fmt](blocks)


def name(fmt: str, stem: str = "report") -> str:
    """文件名 — a file name with the suffix of the format."""
    return f"{stem}.{SUFFIX.get(fmt, fmt)}"


def placed(table: Sequence[Sequence[Cell]]) -> list[Placed]:
    """排单元格 — every cell at the first free place of its row, as html lays tables out."""
    taken: set[tuple[int, int]] = set()
    cells: list[Placed] = []
    for row, printed in enumerate(table):
        column = 0
        for cell in printed:
            text, wide, tall = (cell, 1, 1) if isinstance(cell, str) else cell
            while (row, column) in taken:
                column += 1
            tall = min(tall, len(table) - row)
            taken |= {(row + down, column + right) for down in range(tall) for right in range(wide)}
            cells.append((row, column, tall, wide, text))
            column += wide
    return cells


def width(table: Sequence[Sequence[Cell]]) -> int:
    """列数 — the columns of a table, spans counted."""
    return max((column + wide for _, column, _, wide, _ in placed(table)), default=0)


def flat(table: Sequence[Sequence[Cell]]) -> list[list[str]]:
    """摊平 — a full rectangle of texts; a spanning cell's text stands in its first place, the others are empty."""
    columns = width(table)
    texts = [[""] * columns for _ in table]
    for row, column, _, _, text in placed(table):
        texts[row][column] = text
    return texts


def html(blocks: Sequence[Block]) -> bytes:
    """造网页."""
    parts = ["<!doctype html><html><head><meta charset='utf-8'><title>年报</title></head><body>"]
    for block in blocks:
        if isinstance(block, str):
            parts.append(f"<p>{_escaped(block)}</p>")
        else:
            rows = ("<tr>" + "".join(map(_td, row)) + "</tr>" for row in block)
            parts.append("<table border='1'>" + "".join(rows) + "</table>")
    return ("\n".join(parts) + "</body></html>").encode()


def _td(cell: Cell) -> str:
    text, wide, tall = (cell, 1, 1) if isinstance(cell, str) else cell
    spans = (f" colspan='{wide}'" if wide > 1 else "") + (f" rowspan='{tall}'" if tall > 1 else "")
    return f"<td{spans}>{_escaped(text)}</td>"


def _escaped(text: str) -> str:
    return markup.escape(text).replace("\n", "<br>")


def mht(blocks: Sequence[Block]) -> bytes:
    """造 MHTML, as word processors save it: quoted-printable in a multipart message."""
    page = quopri.encodestring(html(blocks).replace(b"charset='utf-8'", b"charset='gb2312'").decode().encode("gb18030"))
    return b"\r\n".join(
        (
            b"MIME-Version: 1.0",
            b'Content-Type: multipart/related; boundary="----=_edge"',
            b"",
            b"------=_edge",
            b"Content-Location: file:///C:/report.htm",
            b"Content-Transfer-Encoding: quoted-printable",
            b'Content-Type: text/html; charset="gb2312"',
            b"",
            page.replace(b"\n", b"\r\n"),
            b"------=_edge",
            b"Content-Location: file:///C:/report.files/image001.png",
            b"Content-Transfer-Encoding: base64",
            b"Content-Type: image/png",
            b"",
            b"iVBORw0KGgo=",
            b"------=_edge--",
            b"",
        )
    )


def txt_tabs(blocks: Sequence[Block]) -> bytes:
    """造文本 — cells parted by tabs."""
    return _text(blocks, lambda table: "\n".join("\t".join(_one_line(text) for text in row) for row in flat(table)))


def txt_lines(blocks: Sequence[Block]) -> bytes:
    """造文本 — one cell a line, rows parted by blank lines; covered places are not printed."""
    return _text(
        blocks, lambda table: "\n\n".join("\n".join("\t" + _text_of(cell) for cell in row) for row in table if row)
    )


def md(blocks: Sequence[Block]) -> bytes:
    """造 Markdown."""

    def table_text(table: list[list[Cell]]) -> str:
        rows = ["| " + " | ".join(_one_line(text).replace("|", "\\|") for text in row) + " |" for row in flat(table)]
        return "\n".join([rows[0], "|" + "---|" * width(table), *rows[1:]])

    return _text(blocks, table_text)


def _text(blocks: Sequence[Block], table_text: Callable[[list[list[Cell]]], str]) -> bytes:
    return "\n\n".join(block if isinstance(block, str) else table_text(block) for block in blocks).encode()


def _text_of(cell: Cell) -> str:
    return cell if isinstance(cell, str) else cell[0]


def _one_line(text: str) -> str:
    return text.replace("\n", " ")


def comma(blocks: Sequence[Block]) -> bytes:
    """造 csv."""
    out = io.StringIO()
    writer = csv.writer(out)
    for block in blocks:
        writer.writerows([[block]] if isinstance(block, str) else flat(block))
    return out.getvalue().encode("utf-8-sig")


def word(blocks: Sequence[Block]) -> bytes:
    """造 docx."""
    document = docx.Document()
    for block in blocks:
        if isinstance(block, str):
            document.add_paragraph(block)
            continue
        table = document.add_table(len(block), width(block), style="Table Grid")
        # As they are before any is merged: asked for one by one, each would count all of the table.
        cells = [[_Cell(cell, table) for cell in row._tr.tc_lst] for row in table.rows]
        for row, column, tall, wide, text in placed(block):
            cell = cells[row][column]
            if tall > 1 or wide > 1:
                cell = cell.merge(cells[row + tall - 1][column + wide - 1])
            cell.text = text
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def sheet(blocks: Sequence[Block]) -> bytes:
    """造 xlsx — one sheet, blocks one under the other; whole numbers are stored as numbers."""
    out = io.BytesIO()
    with xlsxwriter.Workbook(out, {"in_memory": True}) as book:
        page, top = book.add_worksheet("年报"), 0
        for block in blocks:
            if isinstance(block, str):
                page.write_string(top, 0, block)
                top += 1
                continue
            for row, column, tall, wide, text in placed(block):
                value: str | float = float(text) if text.isdecimal() and text.isascii() else text
                if tall > 1 or wide > 1:
                    page.merge_range(top + row, column, top + row + tall - 1, column + wide - 1, value)
                else:
                    page.write(top + row, column, value)
            top += len(block)
    return out.getvalue()


PAGE_WIDTH, PAGE_HEIGHT, MARGIN, SIZE, LEADING = 595, 842, 40, 8, 11


def pdf(blocks: Sequence[Block], *, rule: bool = True, rotate: int = 0) -> bytes:
    """造 PDF with a text layer, in a font that readers have built in. `rule`: draw the lines of tables; `rotate`: store
    the pages lying on their side (90, 180, 270) and say so, as scanners and landscape printers do."""
    return pdf_file([" ".join(page).encode() for page in drawn(blocks, rule=rule)], rotate)


def drawn(blocks: Sequence[Block], *, rule: bool = True) -> list[list[str]]:
    """排版 — page by page what is drawn, in the words of PDF: lines of text, boxes of cells."""
    pages: list[list[str]] = [[]]
    y = PAGE_HEIGHT - MARGIN
    for block in blocks:
        if isinstance(block, str):
            for line in _wrapped(block, PAGE_WIDTH - 2 * MARGIN):
                if y < MARGIN + LEADING:
                    pages.append([])
                    y = PAGE_HEIGHT - MARGIN
                y -= LEADING
                pages[-1].append(_shown(MARGIN, y, line))
            y -= LEADING / 2
        else:
            y = _table(block, pages, y, rule)
    return pages


def _table(table: list[list[Cell]], pages: list[list[str]], y: float, rule: bool) -> float:
    cells, columns = placed(table), width(table)
    wide = [(PAGE_WIDTH - 2 * MARGIN) / columns] * columns
    wrapped = {cell: _wrapped(cell[4], sum(wide[cell[1] : cell[1] + cell[3]]) - 4) for cell in cells}
    tall = [
        LEADING * max([len(wrapped[cell]) for cell in cells if cell[0] == row and cell[2] == 1] or [1]) + 4
        for row in range(len(table))
    ]
    for cell in cells:
        covered = range(cell[0], cell[0] + cell[2])
        lacking = LEADING * len(wrapped[cell]) + 4 - sum(tall[row] for row in covered)
        if lacking > 0:
            tall[covered[-1]] += lacking
    start = 0
    while start < len(table):
        end, bottom = start, y
        while end < len(table) and bottom - tall[end] > MARGIN:
            bottom -= tall[end]
            end += 1
        if end == start:
            pages.append([])
            y = PAGE_HEIGHT - MARGIN
            continue
        _rows(cells, wrapped, (start, end), (tall, wide), y, pages[-1], rule)
        y, start = bottom, end
    return y - LEADING


def _rows(
    cells: list[Placed],
    wrapped: dict[Placed, list[str]],
    rows: tuple[int, int],
    sizes: tuple[list[float], list[float]],
    top: float,
    page: list[str],
    rule: bool,
) -> None:
    """The part of a table that fits on one page; a cell cut by the page's end keeps its text in its first part."""
    (start, end), (tall, wide) = rows, sizes
    for cell in cells:
        row, column, down, right, _ = cell
        first, last = max(row, start), min(row + down, end)
        if first >= last:
            continue
        left, upper = MARGIN + sum(wide[:column]), top - sum(tall[start:first])
        across, height = sum(wide[column : column + right]), sum(tall[first:last])
        if rule:
            page.append(f"{left:.2f} {upper - height:.2f} {across:.2f} {height:.2f} re S")
        if row >= start:
            for number, line in enumerate(wrapped[cell], 1):
                page.append(_shown(left + 2, upper - number * LEADING, line))


def _advance(sign: str) -> float:
    return SIZE * (0.5 if sign < "\x7f" else 1.0)


def _wrapped(text: str, room: float) -> list[str]:
    lines: list[str] = []
    for part in text.split("\n"):
        line, used = "", 0.0
        for sign in part:
            if used + _advance(sign) > room and line:
                lines.append(line)
                line, used = "", 0.0
            line += sign
            used += _advance(sign)
        lines.append(line)
    return lines


def _shown(x: float, y: float, text: str) -> str:
    """One line of text. A lone character is given a blank: where the font is lacking, its box has no width."""
    shown = text + " " if len(text) == 1 else text
    return f"BT /F1 {SIZE} Tf {x:.2f} {y:.2f} Td <{shown.encode('utf-16-be').hex()}> Tj ET"


_TURNS = {
    0: ("", f"{PAGE_WIDTH} {PAGE_HEIGHT}"),
    90: (f"0 1 -1 0 {PAGE_HEIGHT} 0 cm", f"{PAGE_HEIGHT} {PAGE_WIDTH}"),
    180: (f"-1 0 0 -1 {PAGE_WIDTH} {PAGE_HEIGHT} cm", f"{PAGE_WIDTH} {PAGE_HEIGHT}"),
    270: (f"0 -1 1 0 0 {PAGE_WIDTH} cm", f"{PAGE_HEIGHT} {PAGE_WIDTH}"),
}


def pdf_file(contents: Sequence[bytes], rotate: int = 0) -> bytes:
    """造 PDF — pages on which is drawn what `contents` says in the words of PDF."""
    turn, size = _TURNS[rotate]
    kids = " ".join(f"{5 + 2 * number} 0 R" for number in range(len(contents)))
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        f"<< /Type /Pages /Kids [{kids}] /Count {len(contents)} >>".encode(),
        b"<< /Type /Font /Subtype /Type0 /BaseFont /STSong-Light /Encoding /UniGB-UCS2-H /DescendantFonts [4 0 R] >>",
        b"<< /Type /Font /Subtype /CIDFontType0 /BaseFont /STSong-Light /DW 1000 /W [1 95 500] "
        b"/CIDSystemInfo << /Registry (Adobe) /Ordering (GB1) /Supplement 4 >> "
        b"/FontDescriptor << /Type /FontDescriptor /FontName /STSong-Light /Flags 6 /FontBBox [-25 -254 1000 880] "
        b"/ItalicAngle 0 /Ascent 880 /Descent -120 /CapHeight 880 /StemV 93 >> >>",
    ]
    for number, content in enumerate(contents):
        packed = zlib.compress(turn.encode() + b" " + content)
        objects.append(
            f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 {size}] /Rotate {rotate} "
            f"/Resources << /Font << /F1 3 0 R >> >> /Contents {6 + 2 * number} 0 R >>".encode()
        )
        objects.append(b"<< /Length %d /Filter /FlateDecode >>\nstream\n%s\nendstream" % (len(packed), packed))
    out, places = bytearray(b"%PDF-1.4\n"), []
    for number, body in enumerate(objects, 1):
        places.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    start = len(out)
    out += b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    out += b"".join(b"%010d 00000 n \n" % place for place in places)
    out += b"trailer\n<< /Size %d /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n" % (len(objects) + 1, start)
    return bytes(out)


_WRITERS: dict[str, Callable[[Sequence[Block]], bytes]] = {
    "html": html,
    "mht": mht,
    "txt-tabs": txt_tabs,
    "txt-lines": txt_lines,
    "md": md,
    "csv": comma,
    "docx": word,
    "xlsx": sheet,
    "pdf": pdf,
    "ofd": lambda blocks: make_ofd.ofd(blocks),
}
