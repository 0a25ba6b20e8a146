"""表格里的做法 — how a number comes to stand in a workbook beside the plain text of a cell (条例 第十五条).

ROWS: rows of `sheetData`, given a bare number and the number of the first free row. STYLES: a style and a cell in it.
"""

from __future__ import annotations

from collections.abc import Callable

from openpyxl.utils import get_column_letter

from tests.plants.planting import Sight

LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
_SEEN, _HIDDEN, _EITHER = Sight.SEEN, Sight.HIDDEN, Sight.EITHER


def cell(at: str, text: str, more: str = "") -> str:
    """单元格 — with its text inside."""
    return f'<c r="{at}" t="inlineStr" {more}><is><t xml:space="preserve">{text}</t></is></c>'


def row(at: int, *texts: str, more: str = "", style: str = "") -> str:
    """行 — texts from the first column on."""
    cells = "".join(cell(f"{LETTERS[column]}{at}", text, style) for column, text in enumerate(texts) if text)
    return f'<row r="{at}" {more}>{cells}</row>'


def _value(at: int, number: str, more: str = "") -> str:
    return f'<row r="{at}"><c r="A{at}" {more}><v>{number}</v></c></row>'


def _formula(text: Callable[[str], str], stored: str = "") -> Callable[[str, int], str]:
    def build(number: str, at: int) -> str:
        value = f"<v>{stored}</v>" if stored else ""
        return f'<row r="{at}"><c r="A{at}" t="str"><f>{text(number)}</f>{value}</c></row>'

    return build


def _joined(pieces: list[str], sign: str = "&amp;") -> str:
    return sign.join(f'"{piece}"' for piece in pieces)


def _runs(number: str, size: int, middle: str = "") -> str:
    pieces = (number[at : at + size] for at in range(0, len(number), size))
    return "".join(f"<r><rPr><b/></rPr><t>{piece}</t></r>{middle}" for piece in pieces)


def _spread(number: str, at: int, step: int) -> str:
    cells = (cell(f"{get_column_letter(1 + place * step)}{at}", sign) for place, sign in enumerate(number))
    return f'<row r="{at}">{"".join(cells)}</row>'


def _to_and_fro(number: str, at: int) -> str:
    lines = (number[:6], number[11:5:-1], number[12:])
    return "".join(row(at + down, *line) for down, line in enumerate(lines))


def _three_numbers(number: str, at: int) -> str:
    pieces = zip("ABC", (number[:6], number[6:14], number[14:]), strict=True)
    cells = (f'<c r="{c}{at}"><v>{p}</v></c>' if p.isdigit() else cell(f"{c}{at}", p) for c, p in pieces)
    return f'<row r="{at}">{"".join(cells)}</row>'


RowWay = tuple[str, Sight, Callable[[str, int], str]]
ROWS: list[RowWay] = [
    ("cells: three in a row", _SEEN, lambda n, at: row(at, "证号", n[:6], n[6:14], n[14:])),
    ("cells: two in a row", _SEEN, lambda n, at: row(at, "证号", n[:8], n[8:])),
    ("cells: a blank one between", _SEEN, lambda n, at: row(at, n[:8], "", n[8:])),
    ("cells: one digit each", _SEEN, lambda n, at: row(at, *n)),
    ("cells: one above the other", _SEEN, lambda n, at: row(at, n[:9]) + row(at + 1, n[9:])),
    ("cells: one digit a row", _SEEN, lambda n, at: "".join(row(at + down, sign) for down, sign in enumerate(n))),
    (
        "cells: numbers in a row",
        _SEEN,
        lambda n, at: (
            f'<row r="{at}">'
            + "".join(
                f'<c r="{LETTERS[c]}{at}"><v>{sign if sign != "X" else 0}</v></c>'
                if sign != "X"
                else cell(f"{LETTERS[c]}{at}", sign)
                for c, sign in enumerate(n)
            )
            + "</row>"
        ),
    ),
    (
        "cells: a list",
        _SEEN,
        lambda n, at: row(at, "姓名", "身份证号", "电话") + row(at + 1, "张某", n, "0373-5551234"),
    ),
    (
        "cells: torn runs",
        _SEEN,
        lambda n, at: f'<row r="{at}"><c r="A{at}" t="inlineStr"><is>{_runs(n, 4)}</is></c></row>',
    ),
    (
        "cells: phonetic",
        _HIDDEN,
        lambda n, at: (
            f'<row r="{at}"><c r="A{at}" t="inlineStr"><is><t>张某</t>'
            f'<rPh sb="0" eb="1"><t>{n}</t></rPh></is></c></row>'
        ),
    ),
    ("cells: a number", _SEEN, lambda n, at: _value(at, n) if len(n) < 16 else row(at, n)),
    (
        "cells: a number with exponent",
        _SEEN,
        lambda n, at: _value(at, f"{n[0]}.{n[1:]}E{len(n) - 1}") if len(n) < 16 else row(at, n),
    ),
    ("cells: stored as a string", _SEEN, lambda n, at: _value(at, n, 't="str"')),
    ("cells: stored as an error", _SEEN, lambda n, at: _value(at, n, 't="e"')),
    ("cells: stored as a day", _SEEN, lambda n, at: _value(at, n, 't="d"')),
    ("cells: far away", _SEEN, lambda n, at: f'<row r="1048570">{cell("XFD1048570", n)}</row>'),
    ("cells: twice the same", _EITHER, lambda n, at: f'<row r="{at}">{cell(f"A{at}", n)}{cell(f"A{at}", "甲")}</row>'),
    ("cells: without a place", _SEEN, lambda n, at: f'<row r="{at}"><c t="inlineStr"><is><t>{n}</t></is></c></row>'),
    ("hidden: row", _HIDDEN, lambda n, at: row(at, n, more='hidden="1"')),
    ("hidden: row of no height", _HIDDEN, lambda n, at: row(at, n, more='ht="0" customHeight="1"')),
    ("hidden: collapsed row", _HIDDEN, lambda n, at: row(at, n, more='hidden="1" outlineLevel="1" collapsed="1"')),
    ("formula: joined, no result", _EITHER, _formula(lambda n: _joined([n[:6], n[6:14], n[14:]]))),
    ("formula: joined, another result", _HIDDEN, _formula(lambda n: _joined([n[:6], n[6:]]), "甲")),
    ("formula: whole, another result", _HIDDEN, _formula(lambda n: f'"{n}"', "甲")),
    ("formula: CONCATENATE", _EITHER, _formula(lambda n: f"CONCATENATE({_joined([n[:5], n[5:]], ',')})")),
    ("formula: TEXT", _EITHER, _formula(lambda n: f'TEXT({n[:9]},"0")&amp;"{n[9:]}"')),
    (
        "formula: reversed",
        _EITHER,
        _formula(lambda n: f'MID("{n[9:]}{n[:9]}",{len(n) - 8},9)&amp;LEFT("{n[9:]}",{len(n) - 9})'),
    ),
    ("formula: CHAR", _EITHER, _formula(lambda n: "&amp;".join(f"CHAR({ord(sign)})" for sign in n))),
    ("formula: link", _HIDDEN, _formula(lambda n: f'HYPERLINK("tel:{n}","拨打")', "拨打")),
    ("formula: link shown", _EITHER, _formula(lambda n: f'HYPERLINK("https://a.cn","{n}")')),
    ("formula: comment by N", _HIDDEN, _formula(lambda n: f'1+N("{n}")', "1")),
    ("formula: result", _SEEN, lambda n, at: f'<row r="{at}"><c r="A{at}" t="str"><f>A1</f><v>{n}</v></c></row>'),
    (
        "formula: TRIM, no result",
        _EITHER,
        lambda n, at: f'<row r="{at}"><c r="A{at}" t="str"><f>"{n[:9]}"&amp;TRIM(" {n[9:]}")</f></c></row>',
    ),
    ("cells: blank signs between", _SEEN, lambda n, at: row(at, *(f"□{sign}" for sign in n))),
    ("cells: every other, one digit each", _SEEN, lambda n, at: _spread(n, at, 2)),
    ("cells: far from each other", _SEEN, lambda n, at: row(at, n[:6], "", "", n[6:14], "", "", n[14:])),
    ("cells: three numbers", _SEEN, _three_numbers),
    ("cells: a day in the middle", _SEEN, lambda n, at: row(at, n[:6], f"{n[6:10]}-{n[10:12]}-{n[12:14]}", n[14:])),
    ("cells: one digit each, backwards", _SEEN, lambda n, at: row(at, *reversed(n))),
    ("cells: single figures to and fro", _SEEN, _to_and_fro),
    (
        "cells: half of them in a hidden row",
        _HIDDEN,
        lambda n, at: row(at, n[:9]) + row(at + 1, n[9:], more='hidden="1"'),
    ),
    ("cells: lines in a cell", _SEEN, lambda n, at: row(at, f"{n[:9]}\n{n[9:]}")),
    ("cells: html in a cell", _SEEN, lambda n, at: row(at, f"&lt;p&gt;{n[:5]}&lt;b&gt;{n[5:]}&lt;/b&gt;&lt;/p&gt;")),
    ("cells: csv in a cell", _SEEN, lambda n, at: row(at, f"姓名,证号\n张某,{n}")),
    (
        "formula: over cells",
        _SEEN,
        lambda n, at: (
            f'<row r="{at}">{cell(f"A{at}", n[:9])}{cell(f"E{at}", n[9:])}'
            f'<c r="H{at}" t="str"><f>A{at}&amp;E{at}</f></c></row>'
        ),
    ),
]

_FONT = {
    "white": '<color rgb="FFFFFFFF"/>',
    "theme ground": '<color theme="0"/>',
    "size one": '<sz val="1"/>',
    "indexed white": '<color indexed="9"/>',
}


def _in_font(font: str) -> Callable[[str], tuple[str, str, str]]:
    return lambda number: (font, "", f"t={number}")


_OTHERWISE = {
    "chinese reading": "[DBNum1][$-804]General",
    "wide digits": "[DBNum3][$-804]General",
    "accounts": '_ * #,##0_ ;_ * \\-#,##0_ ;_ * "-"_ ;_ @_ ',
    "letters between": '0"x"0000"y"0000',
    "in millions": "#,##0,,",
    "words alone": '"略"',
}
"""Formats that show something else than the number that a cell keeps."""


def _kept(code: str) -> Callable[[str], tuple[str, str, str]]:
    return lambda n: ("", code, f"v={n}") if len(n) < 12 else ("", f'"{n}"', "v=2")


STYLES: list[tuple[str, Sight, Callable[[str], tuple[str, str, str]]]] = [
    *((f"style: {what}", _EITHER, _in_font(font)) for what, font in _FONT.items()),
    ("style: nothing shown", _HIDDEN, lambda n: ("", ";;;", f"t={n}")),
    ("style: text hidden", _HIDDEN, lambda n: ("", "0;-0;0;", f"t={n}")),
    ("style: literal", _EITHER, lambda n: ("", f'"{n}"', "v=1")),
    (
        "style: literal and digits",
        _EITHER,
        lambda n: (
            ("", f'"{n[:-4]}"0000', f"v={n[-4:]}") if n[-1] != "X" else ("", f'"{n[:-5]}"0000"X"', f"v={n[-5:-1]}")
        ),
    ),
    ("style: digits and literal", _EITHER, lambda n: ("", f'0000000"{n[7:]}"', f"v={n[:7]}")),
    ("style: escaped signs", _EITHER, lambda n: ("", "".join(f"\\{sign}" for sign in n), "v=1")),
    ("style: text section", _EITHER, lambda n: ("", f'@"{n[6:]}"', f"t={n[:6]}")),
    ("style: other section", _HIDDEN, lambda n: ("", f'0;"{n}"', "v=1")),
    ("style: with a condition", _EITHER, lambda n: ("", f'[>5]"{n}";0', "v=9")),
    ("style: grouped", _EITHER, lambda n: ("", "000000-00000000", f"v={n}") if len(n) < 16 else ("", f'"{n}"', "v=2")),
    (
        "style: chinese digits",
        _EITHER,
        lambda n: ("", "[DBNum1][$-804]0", f"v={n}") if len(n) < 12 else ("", f'"{n}"', "v=2"),
    ),
    *((f"style: {what}", _EITHER, _kept(code)) for what, code in _OTHERWISE.items()),
    ("style: a currency", _EITHER, lambda n: ("", f"[${n}-804]0", "v=1")),
]
"""Font, number format, and the cell: `t=` text or `v=` value."""
