"""一个号码一种轻重 — the same table in Word, in a sheet, on a page and as csv is judged alike (条例 第十五条)."""

from __future__ import annotations

import io
import random
from collections.abc import Sequence

import pytest
import xlsxwriter
from hypothesis import given, settings
from hypothesis import strategies as st

from gongkai.documents.redaction import inspect
from tests.documents.redaction.word_made import docx, p, row, run, table
from tests.text import persons

Rows = Sequence[Sequence[str]]
MOBILE = "13800138000"
CARD = "6222021001116245702"


def as_word(rows: Rows) -> bytes:
    return docx(table(*(row(*(p(run(text)) for text in line)) for line in rows)))


def as_sheet(rows: Rows) -> bytes:
    out = io.BytesIO()
    with xlsxwriter.Workbook(out, {"strings_to_numbers": False}) as book:
        sheet = book.add_worksheet("名单")
        for at, line in enumerate(rows):
            sheet.write_row(at, 0, line)
    return out.getvalue()


def as_page(rows: Rows) -> bytes:
    lines = ("".join(f"<td>{text}" for text in line) for line in rows)
    return f"<table>{''.join(f'<tr>{line}' for line in lines)}</table>".encode()


def as_csv(rows: Rows) -> bytes:
    return "\n".join(",".join(line) for line in rows).encode()


FORMS = {"名单.docx": as_word, "名单.xlsx": as_sheet, "名单.html": as_page, "名单.csv": as_csv}


def severities(name: str, rows: Rows) -> set[tuple[str, str]]:
    found = inspect(name, FORMS[name](rows), pictures=False)
    assert not found.unread
    return {(str(hit.hit.kind), str(hit.hit.severity)) for hit in found.hits}


TABLES: dict[str, Rows] = {
    "mobile under its name": [["姓名", "手机"], ["张三", MOBILE]],
    "mobile under no name": [["张三", MOBILE], ["李四", "13912345678"]],
    "mobile under a number": [["编号", "名称"], [MOBILE, "甲"]],
    "mobile under an office": [["科室", "办公电话"], ["办公室", MOBILE]],
    "a telephone": [["姓名", "联系电话"], ["张三", "0516-83800000"]],
    "three cells": [["姓名", "甲", "乙", "丙"], ["张三", "138", "0013", "8000"]],
    "a cell a digit": [["姓名", *MOBILE]],
    "a row a digit": [["姓名"], *([sign] for sign in MOBILE)],
    "spaced": [["姓名", "甲"], ["张三", " ".join(MOBILE)]],
    "wrong check digit": [["姓名", "身份证号"], ["张三", "110101199003078516"]],
    "wrong check digit, no name": [["张三", "110101199003078516"]],
    "bank card": [["姓名", "账号"], ["张三", CARD]],
    "address": [["姓名", "住址"], ["张三", "江苏省沭阳县东风村三组12号"]],
    "passport": [["姓名", "护照"], ["张三", "E12345678"]],
    "mailbox": [["姓名", "邮箱"], ["张三", f"{MOBILE}@139.com"]],
}


@pytest.mark.parametrize("kind", TABLES)
def test_a_table_is_judged_alike_in_all_formats(kind: str) -> None:
    judged = {name: severities(name, TABLES[kind]) for name in FORMS}
    assert judged["名单.docx"]
    assert len({frozenset(found) for found in judged.values()}) == 1, judged


@settings(max_examples=25)
@given(seed=st.integers(0, 100_000), has_head=st.booleans(), at=st.integers(0, 2))
def test_so_is_any_list_of_persons(seed: int, has_head: bool, at: int) -> None:
    rng = random.Random(seed)
    lines = [["张三", "东风村", "甲"] for _ in range(rng.randint(1, 4))]
    for line in lines:
        line.insert(at, persons.identity(rng))
    head = ["姓名", "村", "备注"]
    head.insert(at, "证件号")
    rows = [head, *lines] if has_head else lines
    judged = [severities(name, rows) for name in FORMS]
    assert all(("identity", "block") in found for found in judged)
    assert all(found == judged[0] for found in judged)
