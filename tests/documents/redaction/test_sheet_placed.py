"""摆在表上的数字 — boxes, remarks and names of sheets that make one number are read as one (条例 第十五条)."""

from __future__ import annotations

import io
import random
from collections.abc import Callable, Sequence

import pytest
import xlsxwriter
from hypothesis import given, settings
from hypothesis import strategies as st

from gongkai.documents.redaction import inspect, masked
from tests.documents.redaction.test_word import holds
from tests.text import persons

MOBILE = "13800138000"
Cell = tuple[int, int, str]


def workbook(
    names: Sequence[str] = ("名单",),
    *,
    boxes: Sequence[Cell] = (),
    remarks: Sequence[Cell] = (),
    rows: Sequence[str] = (),
) -> bytes:
    out = io.BytesIO()
    with xlsxwriter.Workbook(out) as book:
        for name in names:
            sheet = book.add_worksheet(name)
            sheet.write(0, 0, "甲")
            for at, text in enumerate(rows, 1):
                sheet.write(at, 0, text)
        for row, column, text in boxes:
            sheet.insert_textbox(row, column, text, {"width": 40, "height": 20})
        for row, column, text in remarks:
            sheet.write_comment(row, column, text)
    return out.getvalue()


def beside(pieces: Sequence[str]) -> list[Cell]:
    return [(5, at, text) for at, text in enumerate(pieces)]


def below(pieces: Sequence[str]) -> list[Cell]:
    return [(5 + at, 2, text) for at, text in enumerate(pieces)]


WAYS: dict[str, Callable[[Sequence[str]], bytes]] = {
    "names": workbook,
    "names with signs": lambda pieces: workbook([f"{text}{'.' * at}" for at, text in enumerate(pieces)]),
    "boxes in a row": lambda pieces: workbook(boxes=beside(pieces)),
    "boxes in a column": lambda pieces: workbook(boxes=below(pieces)),
    "boxes, the last drawn first": lambda pieces: workbook(boxes=beside(pieces)[::-1]),
    "boxes in steps": lambda pieces: workbook(boxes=[(5 + at, 2 * at, text) for at, text in enumerate(pieces)]),
    "remarks in a row": lambda pieces: workbook(remarks=beside(pieces)),
    "remarks in a column": lambda pieces: workbook(remarks=below(pieces)),
}


@settings(max_examples=8)
@given(seed=st.integers(0, 10_000))
@pytest.mark.parametrize("way", WAYS)
def test_an_identity_number_over_several_of_them_is_found(way: str, seed: int) -> None:
    number = persons.identity(random.Random(seed))
    data = WAYS[way]((number[:6], number[6:14], number[14:]))
    found = inspect("名单.xlsx", data, pictures=False)
    assert found.is_blocked
    assert not holds(masked("名单.xlsx", data, pictures=False), number)


@pytest.mark.parametrize("pieces", [(MOBILE[:3], MOBILE[3:7], MOBILE[7:]), (MOBILE[:7], MOBILE[7:])])
@pytest.mark.parametrize("way", WAYS)
def test_so_is_a_telephone_that_all_of_them_make(way: str, pieces: tuple[str, ...]) -> None:
    data = WAYS[way](pieces)
    assert inspect("名单.xlsx", data, pictures=False).is_blocked
    copy = masked("名单.xlsx", data, pictures=False)
    assert not inspect("名单.xlsx", copy, pictures=False).is_blocked


HONEST = {
    "months": workbook([str(month) for month in range(1, 13)]),
    "years": workbook([str(year) for year in range(2013, 2024)]),
    "years in boxes": workbook(boxes=beside([str(year) for year in range(2013, 2024)])),
    "amounts in boxes": workbook(boxes=[*beside(("12000", "3400", "560")), *below(("1380", "0138", "000"))]),
    "remarks with amounts": workbook(remarks=below(("1385", "2013", "800"))),
    "two and one": workbook(["2023", "13", "8000"]),
}


@pytest.mark.parametrize("way", HONEST)
def test_figures_that_make_no_number_are_clean(way: str) -> None:
    found = inspect("统计.xlsx", HONEST[way], pictures=False)
    assert not [hit for hit in found.hits if hit.hit.severity != "note"]
