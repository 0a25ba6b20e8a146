"""上下拆开的号码 — parts in one column are one number, whatever stands beside them; figures are not (条例 第十五条)."""

from __future__ import annotations

import csv
import io
import random
import unicodedata
import zipfile
from collections.abc import Callable, Sequence

import docx
import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gongkai.documents.redaction import SurvivedError, inspect, masked
from gongkai.text.personal_data.signs import bare
from tests.text import persons

IDENTITY = persons.identity(random.Random("fragments"))
MOBILE, CARD = "13800138000", "6222020200112233446"
Rows = Sequence[Sequence[str]]


def _wide(text: str) -> int:
    return sum(2 if unicodedata.east_asian_width(sign) in "WF" else 1 for sign in text)


def blanks(rows: Rows) -> bytes:
    widths = [max(map(_wide, column)) + 2 for column in zip(*rows, strict=True)]
    lines = (
        "".join(cell + " " * (width - _wide(cell)) for cell, width in zip(row, widths, strict=True)) for row in rows
    )
    return "\n".join(line.rstrip() for line in lines).encode()


def tabs(rows: Rows) -> bytes:
    return "\n".join("\t".join(row) for row in rows).encode()


def comma(rows: Rows) -> bytes:
    out = io.StringIO()
    csv.writer(out).writerows(rows)
    return out.getvalue().encode()


def strokes(rows: Rows) -> bytes:
    return "\n".join("| " + " | ".join(row) + " |" for row in rows).encode()


def page(rows: Rows) -> bytes:
    cells = "".join("<tr>" + "".join(f"<td>{cell}</td>" for cell in row) + "</tr>" for row in rows)
    return f"<!doctype html><title>公示</title><table>{cells}</table>".encode()


def printed(rows: Rows) -> bytes:
    return b"<!doctype html><title>a</title><pre>" + blanks(rows) + b"</pre>"


def word_table(rows: Rows) -> bytes:
    document, out = docx.Document(), io.BytesIO()
    table = document.add_table(len(rows), len(rows[0]))
    for at, row in enumerate(rows):
        for column, cell in enumerate(row):
            table.cell(at, column).text = cell
    document.save(out)
    return out.getvalue()


def word_tabs(rows: Rows) -> bytes:
    document, out = docx.Document(), io.BytesIO()
    for row in rows:
        document.add_paragraph("\t".join(row))
    document.save(out)
    return out.getvalue()


def sheet(rows: Rows) -> bytes:
    book, out = openpyxl.Workbook(), io.BytesIO()
    for row in rows:
        book.active.append(list(row))
    book.save(out)
    return out.getvalue()


FORMATS: dict[str, tuple[str, Callable[[Rows], bytes]]] = {
    "blanks": ("a.txt", blanks),
    "tabs": ("a.txt", tabs),
    "commas": ("a.csv", comma),
    "blanks in a cell": ("a.csv", lambda rows: "名单\n".encode() + blanks(rows)),
    "strokes": ("a.md", strokes),
    "a page": ("a.html", page),
    "printed": ("a.html", printed),
    "a table of words": ("a.docx", word_table),
    "words and tabs": ("a.docx", word_tabs),
    "a sheet": ("a.xlsx", sheet),
}
WAYS = {
    "beside words": [["身份证号", IDENTITY[:12], "农业银行"], ["", IDENTITY[12:], "县支行"]],
    "in three lines": [["身份证", IDENTITY[:6], "甲"], ["", IDENTITY[6:14], "乙"], ["", IDENTITY[14:], "丙"]],
    "beside a telephone": [["身份证号", IDENTITY[:12], "电话", MOBILE[:5]], ["", IDENTITY[12:], "", MOBILE[5:]]],
    "beside a card": [["证件号", IDENTITY[:12], "银行卡号", CARD[:12]], ["", IDENTITY[12:], "", CARD[12:]]],
    "a telephone beside an amount": [["手机", MOBILE[:7], "500元"], ["", MOBILE[7:], "大写伍佰"]],
    "two telephones": [["手机", MOBILE[:7], "1391234"], ["", MOBILE[7:], "5678"]],
    "below a heading": [["姓名", "手机", "备注"], ["张三", MOBILE[:7], "甲"], ["", MOBILE[7:], "乙"]],
    "a card beside an amount": [["姓名", "张三", "金额"], ["银行卡号", CARD[:10], "500"], ["", CARD[10:], ""]],
    "a card in two cells": [["张三", CARD[:8], CARD[8:]], ["李四", CARD[:8], CARD[8:]]],
    "a line between": [["手机", MOBILE[:7], "甲"], ["（本人）", "", "乙"], ["", MOBILE[7:], "丙"]],
}


def numbers(name: str, data: bytes) -> set[str]:
    found = inspect(name, data, pictures=False)
    parts = [bare(one.hit.text) for one in found.hits if one.hit.severity == "block"]
    whole = "".join(parts)
    return {number for number in (IDENTITY, MOBILE, CARD, "13912345678") if number in parts or number in whole}


def inflated(data: bytes) -> str:
    if not data.startswith(b"PK"):
        return data.decode()
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return "\n".join(archive.read(name).decode("utf-8", "replace") for name in archive.namelist())


REFUSED = ("blanks in a cell", "two telephones")
"""What masks leave of two telephones in one cell looks like one more."""


@pytest.mark.parametrize(("written", "way"), [(written, way) for written in FORMATS for way in WAYS])
def test_parts_of_a_column_are_one_number(written: str, way: str) -> None:
    (name, made), rows = FORMATS[written], WAYS[way]
    said = "".join("".join(column) for column in zip(*rows, strict=True)) + "".join("".join(row) for row in rows)
    held = {number for number in (IDENTITY, MOBILE, CARD, "13912345678") if number in said}
    data = made(rows)
    assert numbers(name, data) >= held
    if (written, way) == REFUSED:
        with pytest.raises(SurvivedError):
            masked(name, data)
        return
    copy = inflated(masked(name, data, pictures=False))
    for number in held:
        for row in rows:
            for cell in row:
                is_middle = len(cell) > 7 and cell in number
                assert not (is_middle and cell in copy), (number, cell)


@settings(max_examples=30)
@given(cut=st.integers(1, 17), beside=st.sampled_from(["甲", "2025年", "500", "农业银行"]), above=st.booleans())
def test_wherever_an_identity_number_is_cut(cut: int, beside: str, above: bool) -> None:
    rows = [["证件", IDENTITY[:cut], beside], ["", IDENTITY[cut:], beside]]
    rows = [["项目", "内容", "说明"], *rows] if above else rows
    for name, made in (FORMATS["blanks"], FORMATS["commas"]):
        data = made(rows)
        assert inspect(name, data).is_blocked
        copy = masked(name, data).decode()
        assert IDENTITY[:cut] not in copy or IDENTITY[cut:] not in copy
        assert IDENTITY[6:14] not in copy


def test_where_joinings_compete_no_part_is_left() -> None:
    rows = [["身份证号", IDENTITY[:12], "电话", "13800"], ["", IDENTITY[12:], "", "138000"]]
    for name, made in FORMATS.values():
        copy = inflated(masked(name, made(rows), pictures=False))
        assert IDENTITY[6:12] not in copy
        assert "138000" not in copy


def test_what_two_numbers_cover_of_one_text_stays_covered() -> None:
    data = f"手机 13900139000 或 {MOBILE[:7]}\t甲\n{MOBILE[7:]}\t乙\n证件 {IDENTITY}".encode()
    copy = masked("a.txt", data).decode()
    assert "0139" not in copy
    assert "380013" not in copy


def test_lines_that_a_calendar_folds_are_one() -> None:
    data = b"BEGIN:VCALENDAR\r\nBEGIN:VEVENT\r\nSUMMARY:a 138001\r\n 38000\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n"
    assert MOBILE in numbers("a.ics", data)


def test_figures_of_a_table_are_figures() -> None:
    rng = random.Random(3)
    rows = [["年份", "收入", "支出", "户数"]]
    rows += [[str(rng.randrange(10**size)) for size in (4, 8, 7, 4)] for _ in range(300)]
    for name, made in (FORMATS["blanks"], FORMATS["commas"], FORMATS["a page"]):
        assert not inspect(name, made(rows), pictures=False).is_blocked


def test_telephones_of_offices_and_amounts_are_not_joined() -> None:
    rows = [["值班电话", "1380013", "预算"], ["", "8000", "万元"], ["金额", "1390013", "元"], ["", "9000", "元"]]
    assert not inspect("a.csv", comma(rows)).is_blocked
