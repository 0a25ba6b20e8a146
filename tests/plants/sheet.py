"""表格底稿 — workbooks made in three ways, and what people and programs do with a number in them (条例 第十五条)."""

from __future__ import annotations

import io
from collections.abc import Callable, Iterator
from functools import cache
from html import escape

import openpyxl
import xlsxwriter
from lxml import etree
from openpyxl.comments import Comment

from tests.plants import sheet_part_ways, sheet_ways
from tests.plants.office import Element, Office
from tests.plants.planting import Place, Sight
from tests.plants.spellings import normal

_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_FREE, _LONGEST_NAME = 40, 31
"""The first row that no base uses."""


def _fitting(text: str) -> str:
    """A name of a sheet; what is too long for one stands without what is set between its digits, not cut off."""
    return text if len(text) <= _LONGEST_NAME else normal(text)


class Sheet(Office):
    """表格底稿."""

    name = "统计表.xlsx"
    folder = "xl"
    sheet = "xl/worksheets/sheet1.xml"
    book = "xl/workbook.xml"

    def __init__(self, data: bytes) -> None:
        super().__init__(data)
        self._row = _FREE

    def own_places(self) -> Iterator[Place]:
        """自己的做法 — rows, styles, elements, parts, sheets, names."""
        for where, sight, build in sheet_ways.ROWS:
            yield Place("sheet " + where.partition(":")[0], where, self._rows(build), sight, tears=True)
        for where, sight, style in sheet_ways.STYLES:
            yield Place("sheet style", where, self._styled(style), sight, tears=True)
        for where, (sight, element) in sheet_part_ways.ELEMENTS.items():
            yield Place("sheet element", where, self._element(element), sight, tears=True)
        for where, column in sheet_part_ways.COLUMNS.items():
            yield Place(
                "sheet hidden", where, self._column(column), Sight.EITHER if "narrow" in where else Sight.HIDDEN
            )
        for name, kind, owner, sight, part in sheet_part_ways.PARTS:
            yield Place("sheet part", name, self._part(name, kind, owner, part), sight, tears=True)
        for state in ("hidden", "veryHidden"):
            yield Place("sheet hidden", f"{state} sheet", self._sheet("底表", state))
            yield Place("sheet hidden", f"name of a {state} sheet", self._sheet("", state))
        yield Place("sheet name", "of a sheet", self._sheet("", "visible"), Sight.EITHER)
        for where, pattern in _NAMES.items():
            yield Place("sheet defined name", where, self._name(pattern), tears=True)
        yield Place("sheet hidden", "string that no cell uses", self._unused)
        for target in ("tel:{}", "mailto:{}@qq.com", "https://a.cn/?a={}", "file:///D:/{}.xlsx", "#{}!A1"):
            yield Place("sheet link", target, self._link(target), tears=True)

    def _data(self) -> Element:
        data = self.roots[self.sheet].find(f"{{{_MAIN}}}sheetData")
        assert data is not None
        return data

    def _add(self, parent: Element, text: str, behind: str = "") -> None:
        spaces = f'xmlns="{_MAIN}" xmlns:r="{_OFFICE}"'
        children = list(etree.fromstring(f"<a {spaces}>{text}</a>"))
        mark = parent.find(f"{{{_MAIN}}}{behind}") if behind else None
        for child in reversed(children) if mark is not None else children:
            if mark is not None:
                mark.addnext(child)
            else:
                parent.append(child)

    def _next(self) -> int:
        self._row += 20
        return self._row

    def _rows(self, build: Callable[[str, int], str]) -> Callable[[str], None]:
        return lambda text: self._add(self._data(), build(text, self._next()))

    def _styled(self, build: Callable[[str], tuple[str, str, str]]) -> Callable[[str], None]:
        def write(text: str) -> None:
            font, code, content = build(text)
            styles = self.roots["xl/styles.xml"]
            formats, fonts = styles.find(f"{{{_MAIN}}}numFmts"), styles.find(f"{{{_MAIN}}}fonts")
            if formats is None:
                formats = etree.Element(f"{{{_MAIN}}}numFmts")
                styles.insert(0, formats)
            uses = styles.find(f"{{{_MAIN}}}cellXfs")
            assert fonts is not None
            assert uses is not None
            key = 200 + len(formats)
            if code:
                etree.SubElement(formats, f"{{{_MAIN}}}numFmt", numFmtId=str(key), formatCode=code)
            self._add(fonts, f"<font>{font}</font>")
            etree.SubElement(
                uses,
                f"{{{_MAIN}}}xf",
                numFmtId=str(key if code else 0),
                fontId=str(len(fonts) - 1),
                fillId="0",
                borderId="0",
                xfId="0",
                applyNumberFormat="1",
                applyFont="1",
            )
            for table in (formats, fonts, uses):
                table.set("count", str(len(table)))
            at, style = self._next(), f's="{len(uses) - 1}"'
            cell = (
                sheet_ways.cell(f"A{at}", escape(content[2:]), style)
                if content.startswith("t=")
                else f'<c r="A{at}" {style}><v>{content[2:]}</v></c>'
            )
            self._add(self._data(), f'<row r="{at}">{cell}</row>')

        return write

    def _element(self, build: Callable[[str], str]) -> Callable[[str], None]:
        return lambda text: self._add(self.roots[self.sheet], build(text), "sheetData")

    def _column(self, column: str) -> Callable[[str], None]:
        def write(text: str) -> None:
            self._data().addprevious(etree.fromstring(f'<cols xmlns="{_MAIN}">{column}</cols>'))
            at = self._next()
            self._add(self._data(), f'<row r="{at}">{sheet_ways.cell(f"I{at}", escape(text))}</row>')

        return write

    def _part(self, name: str, kind: str, owner: str, build: Callable[[str], bytes]) -> Callable[[str], None]:
        def write(text: str) -> None:
            self.add_part(f"xl/{name}", build(text))
            self.declare(f"xl/{name}", f"application/vnd.own.{kind.rpartition('/')[2]}+xml")
            full = kind if "://" in kind else f"{_OFFICE}/{kind}"
            key = self._relate(self.sheet if owner == "sheet" else self.book, full, f"/xl/{name}")
            if kind == "drawing":
                self._add(self.roots[self.sheet], f'<drawing r:id="{key}"/>')

        return write

    def _relate(self, part: str, kind: str, target: str, *, external: bool = False) -> str:
        folder, _, file = part.rpartition("/")
        relations = f"{folder}/_rels/{file}.rels"
        if relations not in self.roots:
            space = "http://schemas.openxmlformats.org/package/2006/relationships"
            self.roots[relations] = etree.fromstring(f'<Relationships xmlns="{space}"/>')
            self.add_part(relations, b"")
        return self.relate(part, kind, target, external=external)

    def _sheet(self, title: str, state: str) -> Callable[[str], None]:
        def write(text: str) -> None:
            sheets = self.roots[self.book].find(f"{{{_MAIN}}}sheets")
            assert sheets is not None
            number = 70 + len(sheets)
            content = sheet_ways.row(1, escape(text) if title else "甲")
            part = f"worksheets/sheet{number}.xml"
            self.add_part(
                f"xl/{part}", f'<worksheet xmlns="{_MAIN}"><sheetData>{content}</sheetData></worksheet>'.encode()
            )
            self.declare(f"xl/{part}", "application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml")
            key = self._relate(self.book, f"{_OFFICE}/worksheet", part)
            sheet = etree.SubElement(sheets, f"{{{_MAIN}}}sheet", name=title or _fitting(text), sheetId=str(number))
            sheet.set(f"{{{_OFFICE}}}id", key)
            if state != "visible":
                sheet.set("state", state)

        return write

    def _name(self, pattern: str) -> Callable[[str], None]:
        def write(text: str) -> None:
            book = self.roots[self.book]
            if book.find(f"{{{_MAIN}}}definedNames") is None:
                self._add(book, "<definedNames/>", "sheets")
            names = book.find(f"{{{_MAIN}}}definedNames")
            self._add(names, pattern.replace("{}", text).replace("{1}", text[:8]).replace("{2}", text[8:]))

        return write

    def _unused(self, text: str) -> None:
        if "xl/sharedStrings.xml" in self.roots:
            self._add(self.roots["xl/sharedStrings.xml"], f"<si><t>{escape(text)}</t></si>")
        else:
            self.add_part("xl/sharedStrings.xml", f'<sst xmlns="{_MAIN}"><si><t>{escape(text)}</t></si></sst>'.encode())

    def _link(self, target: str) -> Callable[[str], None]:
        def write(text: str) -> None:
            key = self._relate(self.sheet, f"{_OFFICE}/hyperlink", target.format(text), external=True)
            link = f'<hyperlinks><hyperlink ref="A1" r:id="{key}"/></hyperlinks>'
            self._add(self.roots[self.sheet], link, "sheetData")

        return write


_NAMES = {
    "value": '<definedName name="a">"{}"</definedName>',
    "joined": '<definedName name="b">"{1}"&amp;"{2}"</definedName>',
    "name": '<definedName name="_{}">Sheet1!$A$1</definedName>',
    "comment": '<definedName name="c" comment="{}" hidden="1">1</definedName>',
    "help": '<definedName name="d" description="{}" help="a" statusBar="b">1</definedName>',
}
_ROWS = (
    ("项目", "上年", "本年", "增减"),
    ("受理", 120, 135, 0.125),
    ("办结", 118, 133, 0.127),
    ("合计", 238, 268, 0.126),
)


@cache
def _by_openpyxl() -> bytes:
    book = openpyxl.Workbook()
    page = book.worksheets[0]
    for line in _ROWS:
        page.append(line)
    page["B6"] = "=SUM(B2:B3)"
    page["D2"].number_format = "0.0%"
    page.merge_cells("A8:C8")
    page["A8"] = "填表说明"
    page["A1"].comment = Comment("口径同上年", "统计科")
    page["A9"].hyperlink = "https://www.example.cn/"
    page.oddHeader.center.text = "示范县"
    page.freeze_panes = "B2"
    book.create_sheet("附表").append(["年份", 2025, 2026])
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


@cache
def _by_xlsxwriter() -> bytes:
    out = io.BytesIO()
    book = xlsxwriter.Workbook(out)
    page = book.add_worksheet("统计")
    bold, percent = book.add_format({"bold": True, "bg_color": "#EEEEEE"}), book.add_format({"num_format": "0.0%"})
    for at, line in enumerate(_ROWS):
        page.write_row(at, 0, line, bold if at == 0 else None)
    page.write(1, 3, 0.125, percent)
    page.write_rich_string(6, 0, "注：", bold, "重点", "说明")
    page.data_validation("B9", {"validate": "list", "source": ["是", "否"], "input_title": "选", "input_message": "填"})
    page.conditional_format("B2:B4", {"type": "cell", "criteria": ">", "value": 120, "format": bold})
    page.write_comment("A2", "已核")
    page.add_table("F1:G3", {"columns": [{"header": "项"}, {"header": "数"}], "name": "表甲"})
    page.set_header("&C示范县")
    book.define_name("税率", "=0.13")
    book.set_properties({"author": "统计科", "title": "表"})
    book.set_custom_property("编号", "甲")
    chart = book.add_chart({"type": "column"})
    chart.add_series({"values": "=统计!$B$2:$B$4", "name": "数量"})
    chart.set_title({"name": "对比"})
    page.insert_chart("A12", chart)
    page.insert_textbox("H12", "说明文字")
    book.close()
    return out.getvalue()


@cache
def _by_house() -> bytes:
    from gongkai.documents.writing import write
    from gongkai.documents.writing.manuscript import Cell, Manuscript, Role, Style, Table, Text

    table = Table(
        "统计", (80, 76), ((Cell("项目", Role.COLUMN), Cell("数量", Role.COLUMN)), (Cell("受理"), Cell("12"))), 1
    )
    return write(Manuscript("统计", "统计科", (Text("统计表", Style.TITLE), table)), "xlsx")


BASES: dict[str, Callable[[], Sheet]] = {
    "xlsx by openpyxl": lambda: Sheet(_by_openpyxl()),
    "xlsx by xlsxwriter": lambda: Sheet(_by_xlsxwriter()),
    "xlsx by the house": lambda: Sheet(_by_house()),
}
