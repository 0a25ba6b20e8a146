"""抄法 — a report as text that a program or a person made of it: extracted, pasted, printed in other notations."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable
from dataclasses import replace
from random import Random

from tests.noise.printed import Line, Part, Printed, Row, Table, starts
from tests.noise.rendering import expand, render
from tests.noise.ways import copy

Write = Callable[[Table], str]


def _joined(report: Printed, table: Write, gap: str = "\n\n") -> bytes:
    return (gap.join(b.text if isinstance(b, Line) else table(b) for b in report.blocks) + "\n").encode()


def filled(table: Table) -> list[list[str]]:
    """写满 — every grid cell of the table, what is merged written into each cell that it covers."""
    width = max(map(len, expand(table)), default=0)
    grid = [[""] * width for _ in table.rows]
    for at, (row, places) in enumerate(zip(table.rows, starts(table.rows), strict=True)):
        for cell, place in zip(row.cells, places, strict=True):
            for below in range(at, min(at + cell.rows, len(grid))):
                for column in range(place, min(place + cell.columns, width)):
                    grid[below][column] = cell.text.replace("\n", " ")
    return grid


def _wide(text: str) -> int:
    return sum(2 if ord(sign) > 0x2E7F else 1 for sign in text)


def _pad(text: str, width: int) -> str:
    return text + " " * (width - _wide(text))


def _widths(grid: list[list[str]]) -> list[int]:
    return [max(_wide(row[at]) for row in grid) for at in range(len(grid[0]))] if grid else []


@copy("md")
def pandas_markdown(report: Printed, random: Random) -> bytes:
    """pandas 的 to_markdown — 0..9 as heads, what is merged repeated, an index."""
    del random

    def table(block: Table) -> str:
        grid = filled(block)
        top = ["", *map(str, range(len(grid[0])))]
        rows = [[str(at), *row] for at, row in enumerate(grid)]
        line = "|" + "|".join("---:" for _ in top) + "|"
        return "\n".join(["| " + " | ".join(top) + " |", line, *("| " + " | ".join(row) + " |" for row in rows)])

    return _joined(report, table)


@copy("txt")
def pandas_string(report: Printed, random: Random) -> bytes:
    """pandas 的 to_string — an index, columns padded to the right."""
    del random

    def table(block: Table) -> str:
        grid = [["", *map(str, range(len(filled(block)[0])))], *([str(i), *row] for i, row in enumerate(filled(block)))]
        wide = _widths(grid)
        return "\n".join("  ".join(" " * (w - _wide(t)) + t for t, w in zip(row, wide, strict=True)) for row in grid)

    return _joined(report, table)


@copy("csv")
def pandas_comma(report: Printed, random: Random) -> bytes:
    """pandas 的 to_csv — an index, heads 0..9, whole numbers as 12.0."""
    del random
    out = io.StringIO()
    writer = csv.writer(out)
    for block in report.blocks:
        if isinstance(block, Line):
            writer.writerow([block.text])
            continue
        grid = filled(block)
        writer.writerow(["", *range(len(grid[0]))])
        for at, row in enumerate(grid):
            writer.writerow([at, *(f"{text}.0" if text.isdecimal() else text or "nan" for text in row)])
    return out.getvalue().encode()


@copy("csv")
def pandas_levels(report: Printed, random: Random) -> bytes:
    """pandas 的多层栏名 — ('申请人情况', '自然人', '自然人') in one line of heads."""
    del random
    out = io.StringIO()
    writer = csv.writer(out)
    for block in report.blocks:
        if isinstance(block, Line):
            writer.writerow([block.text])
            continue
        grid, at = filled(block), next((i for i, row in enumerate(block.rows) if row.line), 0)
        if block.name != "proactive":
            writer.writerow([str(tuple(row[column] for row in grid[:at])) for column in range(len(grid[0]))])
        writer.writerows(grid if block.name == "proactive" else grid[at:])
    return out.getvalue().encode()


def _cells(row: Row) -> list[str]:
    return [cell.text.replace("\n", "") for cell in row.cells]


def _every(name: str, between: str, lines: str, suffix: str = "txt") -> None:
    def write(report: Printed, random: Random) -> bytes:
        del random
        return _joined(report, lambda table: lines.join(between.join(_cells(row)) for row in table.rows), lines)

    write.__name__ = name
    copy(suffix)(write)


_every("soup_lines", "\n", "\n")
_every("soup_blanks", " ", " ")
_every("soup_rows", " ", "\n")
_every("soup_bars", "|", "\n")
_every("soup_commas", ",", "\n")
_every("soup_semicolons", ";", "\n")
_every("soup_wide_blanks", "　", "\n")
_every("soup_bars_all", "|", "|")
_every("soup_enumeration", "、", "\n")
_every("soup_double_lines", "\n\n", "\n\n")


@copy("txt")
def columns_padded(report: Printed, random: Random) -> bytes:
    """等宽文本 — columns padded with blanks, what is empty stays empty."""
    del random

    def table(block: Table) -> str:
        width = max(map(len, expand(block)))
        grid = [[t.replace("\n", "") for t in row] + [""] * (width - len(row)) for row in expand(block)]
        wide = _widths(grid)
        return "\n".join("  ".join(map(_pad, row, wide)).rstrip() for row in grid)

    return _joined(report, table)


@copy("txt")
def boxes_drawn(report: Printed, random: Random) -> bytes:
    """制表符画的表 — │ between cells, ├─┼─┤ between rows."""
    del random

    def table(block: Table) -> str:
        width = max(map(len, expand(block)))
        grid = [[t.replace("\n", "") for t in row] + [""] * (width - len(row)) for row in expand(block)]
        wide = _widths(grid)
        rule = "├" + "┼".join("─" * w for w in wide) + "┤"
        return f"\n{rule}\n".join("│" + "│".join(map(_pad, row, wide)) + "│" for row in grid)

    return _joined(report, table)


@copy("txt")
def grid_of_signs(report: Printed, random: Random) -> bytes:
    """reStructuredText 的表 — + - | drawn round the cells."""
    del random

    def table(block: Table) -> str:
        grid = filled(block)
        wide = _widths(grid)
        rule = "+" + "+".join("-" * (w + 2) for w in wide) + "+"
        body = ("| " + " | ".join(map(_pad, row, wide)) + " |" for row in grid)
        return rule + "\n" + f"\n{rule}\n".join(body) + "\n" + rule

    return _joined(report, table)


@copy("md")
def markdown_without_rule(report: Printed, random: Random) -> bytes:
    """少了分隔行的 Markdown 表."""
    del random
    return _joined(report, lambda table: "\n".join("| " + " | ".join(row) + " |" for row in filled(table)))


@copy("md")
def markdown_with_html(report: Printed, random: Random) -> bytes:
    """Markdown 里夹 HTML 表 — as converters of documents write it."""
    del random

    def table(block: Table) -> str:
        cells = lambda row: "".join(  # noqa: E731
            f'<td rowspan="{c.rows}" colspan="{c.columns}">{c.text}</td>' for c in row.cells
        )
        return "<table>" + "".join(f"<tr>{cells(row)}</tr>" for row in block.rows) + "</table>"

    return _joined(report, table)


@copy("md")
def markdown_line_breaks(report: Printed, random: Random) -> bytes:
    """一格里用 <br> 换行的 Markdown 表, 名称逐字断."""
    del random

    def table(block: Table) -> str:
        rows = [
            [t if t.isdecimal() else "<br>".join(t[i : i + 4] for i in range(0, len(t), 4)) for t in row]
            for row in filled(block)
        ]
        lines = ["| " + " | ".join(row) + " |" for row in rows]
        return "\n".join([lines[0], "|" + "---|" * len(rows[0]), *lines[1:]])

    return _joined(report, table)


@copy("txt")
def wiki(report: Printed, random: Random) -> bytes:
    """维基的表 — {| |- | |}."""
    del random
    return _joined(
        report,
        lambda table: "{|\n" + "\n".join("|-\n| " + " || ".join(row) for row in filled(table)) + "\n|}",
    )


@copy("txt")
def latex(report: Printed, random: Random) -> bytes:
    """LaTeX 的表 — & and double strokes."""
    del random
    return _joined(report, lambda table: "\n".join(" & ".join(row) + r" \\ \hline" for row in filled(table)))


@copy("txt")
def lists_of_lists(report: Printed, random: Random) -> bytes:
    """程序打印的列表 — [['一、…', '1', …], …]."""
    del random
    return _joined(report, lambda table: "\n".join(map(str, filled(table))))


@copy("txt")
def lists_as_json(report: Printed, random: Random) -> bytes:
    """一行一个 JSON 列表."""
    del random
    return _joined(report, lambda t: "\n".join(json.dumps(row, ensure_ascii=False) for row in filled(t)))


def _names(table: Table) -> list[str]:
    grid, at = filled(table), next((i for i, row in enumerate(table.rows) if row.line), 0)
    count = len(table.rows[-1].values)
    return [grid[at - 1][column] for column in range(len(grid[0]) - count, len(grid[0]))]


def _label(row: Row) -> str:
    return "".join(cell.text for cell in row.cells if cell.part is Part.LABEL)


@copy("txt")
def named_in_each_row(report: Printed, random: Random) -> bytes:
    """一行里逐个写栏名 — 自然人12，商业企业0…, the order of the names mixed from row to row."""

    def table(block: Table) -> str:
        names = _names(block)
        lines = []
        for row in block.rows:
            pairs = list(zip(names, (cell.text for cell in row.values), strict=False))
            random.shuffle(pairs)
            lines.append(f"{_label(row)}：" + "，".join(f"{name}{text}" for name, text in pairs) if row.line else "")
        return "\n".join(filter(None, lines))

    return _joined(report, table)


@copy("csv")
def long_form(report: Printed, random: Random) -> bytes:
    """长表 — one line a figure: 项目, 申请人, 数量."""
    del random
    out = io.StringIO()
    writer = csv.writer(out)
    for block in report.blocks:
        if isinstance(block, Line):
            writer.writerow([block.text])
            continue
        writer.writerow(["项目", "栏目", "数量"])
        for row in block.rows:
            writer.writerows(
                [_label(row), name, cell.text] for name, cell in zip(_names(block), row.values, strict=False)
            )
    return out.getvalue().encode()


@copy("csv")
def side_by_side(report: Printed, random: Random) -> bytes:
    """三张表左右并排在一张表格里."""
    del random
    out = io.StringIO()
    writer = csv.writer(out)
    grids = [filled(table) for table in report.tables]
    for block in report.blocks:
        if isinstance(block, Line):
            writer.writerow([block.text])
    for at in range(max(map(len, grids))):
        line: list[str] = []
        for grid in grids:
            line += [*(grid[at] if at < len(grid) else [""] * len(grid[0])), ""]
        writer.writerow(line)
    return out.getvalue().encode()


@copy("csv")
def labels_repeated(report: Printed, random: Random) -> bytes:
    """合并的格逐格写满."""
    del random
    out = io.StringIO()
    writer = csv.writer(out)
    for block in report.blocks:
        writer.writerows([[block.text]] if isinstance(block, Line) else filled(block))
    return out.getvalue().encode()


@copy("txt")
def lines_wrapped(report: Printed, random: Random) -> bytes:
    """邮件折行 — rows joined by blanks, every line broken at 38 signs."""
    del random
    text = _joined(report, lambda t: "\n".join(" ".join(_cells(row)) for row in t.rows)).decode()
    return "\n".join(line[at : at + 38] for line in text.split("\n") for at in range(0, len(line) or 1, 38)).encode()


@copy("txt")
def blanks_squeezed(report: Printed, random: Random) -> bytes:
    """数字之间的空格全丢了."""
    del random
    return _joined(report, lambda t: "\n".join("".join(_cells(row)) for row in t.rows))


@copy("txt")
def columns_down(report: Printed, random: Random) -> bytes:
    """逐栏抄 — column after column, each cell on a line."""
    del random
    return _joined(report, lambda t: "\n".join(text for column in zip(*filled(t), strict=True) for text in column))


# --- through programs ---------------------------------------------------------------------------------------


_BASE = """body{font-family:"Noto Serif CJK SC";font-size:12px} td p{margin:0}
table{border-collapse:collapse} td{border:1px solid}"""


def _style(name: str, css: str, *through: str, suffix: str = "pdf") -> None:
    def write(report: Printed, random: Random) -> bytes:
        del random
        page = render(replace(report, format="html")).decode()
        return page.replace("</head>", f"<style>{_BASE}{css}</style></head>", 1).encode()

    write.__name__ = name
    copy(suffix, *through)(write)


_style("print", "", "chromium")
_style("print_narrow", "table{width:420px;table-layout:fixed}td{word-break:break-all}", "chromium")
_style("print_narrow_big", "table{width:500px;table-layout:fixed}td{word-break:break-all;font-size:20px}", "chromium")
_style("print_no_rules", "td{border:0}", "chromium")
_style("print_bottom", "td{vertical-align:bottom}", "chromium")
_style("print_landscape", "@page{size:A4 landscape}table{width:100%}", "chromium")
_style("print_two_columns", "body{columns:2}table{font-size:6px}", "chromium")
_style("print_spaced_digits", "td{letter-spacing:4px}", "chromium")
_style("print_touching", "td{padding:0;border:0;font-size:11px}table{border-spacing:0;width:1px}", "chromium")
_style("print_small_pages", "@page{size:A5}table{font-size:9px;width:100%}", "chromium")
_style("print_then_text", "", "chromium", "pdfium", suffix="txt")
_style("print_narrow_then_text", "table{width:420px;table-layout:fixed}", "chromium", "pdfium", suffix="txt")
_style("print_then_layout", "", "chromium", "layout", suffix="txt")
_style("print_then_tables", "", "chromium", "tables", suffix="csv")


def _office(name: str, *through: str, suffix: str) -> None:
    def write(report: Printed, random: Random) -> bytes:
        del random
        return render(replace(report, format="docx"))

    write.__name__ = name
    copy(suffix, *through)(write)


_office("word_print", "docx>pdf", suffix="pdf")
_office("word_print_back", "docx>pdf", "pdf>docx", suffix="docx")
_office("word_as_text", "docx>txt", suffix="txt")
_office("word_as_page", "docx>html", suffix="html")
_office("word_as_odt", "docx>odt", suffix="odt")
_office("word_as_rtf", "docx>rtf", suffix="rtf")
_office("word_as_doc", "docx>doc", suffix="doc")
_office("word_print_then_text", "docx>pdf", "pdfium", suffix="txt")


def _sheet(name: str, *through: str, suffix: str) -> None:
    def write(report: Printed, random: Random) -> bytes:
        del random
        return render(replace(report, format="xlsx"))

    write.__name__ = name
    copy(suffix, *through)(write)


_sheet("sheet_as_xls", "xlsx>xls", suffix="xls")
_sheet("sheet_as_page", "xlsx>html", suffix="html")
_sheet("sheet_as_comma", "xlsx>csv", suffix="csv")
_sheet("sheet_print", "xlsx>pdf", suffix="pdf")
