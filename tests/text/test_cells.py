"""跨单元格的号码 — a number cut over cells is found in each of them; figures of statistics are none."""

from __future__ import annotations

import random
import time
from collections.abc import Callable

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gongkai.text.hit import CellHit, Severity, replaced
from gongkai.text.personal_data import find_in_grid
from tests.text import persons

Cut = Callable[[str], list[str]]
CUTS: dict[str, Cut] = {
    "boxes": list,
    "6-8-4": lambda number: [number[:6], number[6:14], number[14:]],
    "halves": lambda number: [number[:9], number[9:]],
    "6-4-2-2-4": lambda number: [number[:6], number[6:10], number[10:12], number[12:14], number[14:]],
    "blanks": lambda number: [number[:6], "", number[6:14], "", "", number[14:]],
}


def _blocks(grid: list[list[str]], **options: object) -> list[CellHit]:
    return [one for one in find_in_grid(grid, **options) if one.hit.severity is Severity.BLOCK]  # type: ignore[arg-type]


@given(persons.seeds, st.sampled_from(list(CUTS)), st.booleans(), st.integers(0, 3))
def test_every_part_of_an_identity_number_is_found(seed: int, name: str, upright: bool, before: int) -> None:
    number = persons.identity(random.Random(seed))
    cells = CUTS[name](number)
    line = ["云岫县"] * before + cells + ["备注"]
    grid = [[cell, "甲"] for cell in line] if upright else [line]
    found = _blocks(grid)
    assert {one.hit.kind for one in found} == {"identity"}
    parts = [one.hit.text for one in sorted(found, key=lambda one: (one.row, one.column))]
    assert parts == [cell for cell in cells if cell]
    for one in found:
        cell = grid[one.row - 1][one.column - 1]
        grid[one.row - 1][one.column - 1] = replaced(cell, [one.hit])
        assert len(grid[one.row - 1][one.column - 1]) == len(cell)
        assert number not in str(one.hit.values)
    assert _blocks(grid) == []


@pytest.mark.parametrize(
    ("row", "kind"),
    [
        (["手机", *"13800138000"], "mobile"),
        (["联系电话", "138", "0013", "8000"], "mobile"),
        (["手机：1380", "013", "8000（张某）"], "mobile"),
        (["银行卡号", "6222", "0212", "3456", "7890", "128"], "bank_card"),
        (["银行卡号", *"6222021234567890128"], "bank_card"),
        (["身份证号：110105", "19491231", "002\u2169"], "identity"),
        (["证件", *(persons.wide(part) for part in ("110105", "19491231", "002x"))], "identity"),
        (["110105-", "19491231 ", "\u200b002x"], "identity"),
    ],
)
def test_spellings_and_kinds_over_cells(row: list[str], kind: str) -> None:
    assert {one.hit.kind for one in _blocks([["表"], row])} == {kind}


def _wound(number: str, width: int) -> list[list[str]]:
    return [list(number[at : at + width]) for at in range(0, len(number), width)]


@given(persons.seeds)
def test_a_number_goes_on_from_row_to_row(seed: int) -> None:
    number = persons.identity(random.Random(seed))
    stair = [["" if column != at else sign for column in range(18)] for at, sign in enumerate(number)]
    falling = [["", "", number[:6]], ["", number[6:14], ""], [number[14:], "", ""]]
    labelled = [["身份证号", *number[:9]], ["", *number[9:]]]
    for grid in (stair, falling, labelled, _wound(number, 6), _wound(number, 9)):
        assert "".join(one.hit.text for one in _blocks(grid)) == number


def test_names_between_the_parts_part_nothing() -> None:
    for name in ("张三", "欧阳修", "王五（户主）"):
        assert len(_blocks([["110105", name, "1949-12-31", "男", "002X"]])) == 3


def test_a_telephone_in_cells_with_a_leading_nought_is_no_figure() -> None:
    assert [one.hit.text for one in _blocks([["陈某", "138", "0013", "8000"]])] == ["138", "0013", "8000"]
    assert _blocks([["小计", "138", "1013", "8000"]]) == []


@pytest.mark.parametrize(
    ("header", "severity"),
    [("资产编号", Severity.WARN), ("订单号", Severity.WARN), ("银行卡号", Severity.BLOCK), ("备注", Severity.BLOCK)],
)
def test_a_column_of_things_holds_cards_by_chance(header: str, severity: Severity) -> None:
    (one,) = find_in_grid([["序号", header], ["1", "6222021234567890128"]])
    assert one.hit.severity is severity


def test_an_amount_and_the_telephone_beside_it_are_no_number() -> None:
    assert find_in_grid([["企业", "合同金额", "联系电话"], ["甲公司", "1589570", "0379"]]) == []


def test_a_list_of_numbers_that_are_cut_alike_is_one_of_persons() -> None:
    rng = random.Random(1)
    numbers = [persons.identity(rng) for _ in range(40)]
    grid = [["1", number[:10], number[10:], "500"] for number in numbers]
    assert len(_blocks(grid)) == 80
    stacked = [[part] for number in numbers for part in (number[:10], number[10:])]
    assert len(_blocks(stacked)) == 80


def test_a_merged_cell_stands_once() -> None:
    number = "11010519491231002X"
    row = [sign for sign in number for _ in range(2)]
    covered = {(0, column) for column in range(1, 36, 2)}
    assert [one.column for one in _blocks([row], covered=covered)] == list(range(1, 36, 2))


def test_registered_numbers_are_allowed_over_cells_too() -> None:
    grid = [["手机", "138", "0013", "8000"]]
    assert _blocks(grid, allowed=["138-0013-8000"]) == []


def test_boxes_are_an_identity_number_whatever_stands_above() -> None:
    number = "11010519491231002X"
    grid = [["项目", "金额（万元）"], ["低保金", "100"], [], list(number)]
    assert len(_blocks(grid)) == len(number)
    assert len(_blocks([["数量"], *([sign] for sign in number)])) == len(number)


@pytest.mark.parametrize(
    "row", [["1101051949.12", "31002X"], ["110105", "194,912.31", "002X"], ["手机", "138001.3", "8000.0"]]
)
def test_amounts_are_no_part_of_a_number(row: list[str]) -> None:
    assert find_in_grid([["表"], row, ["合计"]]) == []


def test_what_only_could_be_one_is_left_to_a_person() -> None:
    # A region, a day and a count; and a number among other figures.
    grid = [["代码", "日期", "数量"], ["110105", "19491231", "002X"]]
    assert {one.hit.severity for one in find_in_grid(grid)} == {Severity.WARN}
    assert {one.hit.severity for one in find_in_grid([["3", "1101051949", "1231002X", "17"]])} == {Severity.WARN}
    headed = [[f"第{month}月" for month in range(11)], list("13800138000")]
    assert {one.hit.severity for one in find_in_grid(headed)} <= {Severity.WARN}


BOXED = list("13800138000")


@pytest.mark.parametrize(
    "grid",
    [
        [BOXED],
        [["张三"], BOXED],
        [["张三", *BOXED]],
        [["联系办法"] * 11, BOXED],
        [["序号", "1"], ["年龄", "52"], BOXED, ["备注"]],
        [BOXED, list("13912345678"), list("11010519491231002X")],
        [["填表日期：2024年3月7日"], [*BOXED, ""]],
    ],
)
def test_a_telephone_in_boxes_blocks_where_there_is_hardly_another_figure(grid: list[list[str]]) -> None:
    lines = [(at, row) for at, row in enumerate(grid, 1) if len(row) >= len(BOXED)]
    boxes = {(at, column) for at, row in lines for column, text in enumerate(row, 1) if text in (*"0123456789X",)}
    assert {(one.row, one.column) for one in _blocks(grid)} == boxes


@pytest.mark.parametrize(
    "grid",
    [
        [[f"第{month}月" for month in range(11)], BOXED],
        [["甲村", *BOXED], ["乙村", *"20413020101"]],
        [["类别", "数量"], *([f"第{row}类", digit] for row, digit in enumerate(BOXED))],
        [BOXED, ["12", "34", "56", "78"]],
        [[*BOXED, "0"]],
    ],
)
def test_counts_of_one_digit_do_not_block(grid: list[list[str]]) -> None:
    assert _blocks(grid) == []


def statistics(rng: random.Random) -> list[list[str]]:
    """造统计表 — small counts, mostly zeros, amounts, years and quarters; with or without a header."""
    cells: tuple[Callable[[int], object], ...] = (
        lambda _: rng.randrange(10),
        lambda _: rng.choice((0, 0, 0, 1, 2, rng.randrange(100))),
        lambda _: rng.randrange(10 ** rng.randrange(1, 7)),
        lambda _: rng.randrange(100_000, 1_000_000),
        lambda _: rng.choice(("2020", "2021", "0101", "0331", f"{rng.randrange(10_000):04}")),
        lambda column: rng.randrange(10 ** (column % 9)),
        lambda column: (410725, 20260307, rng.randrange(1000, 10_000))[column % 3] if column < 3 else 0,
    )
    cell = rng.choice(cells[:6])
    columns = rng.choice((3, 5, 7, 12, 16, 20))
    header = [["项目", *(f"第{column}季度" for column in range(columns))]] if rng.random() < 0.8 else []
    return header + [
        [f"第{row}项" if rng.random() < 0.8 else str(row), *(str(cell(column)) for column in range(columns))]
        for row in range(rng.choice((3, 8, 20, 30)))
    ]


def test_figures_of_statistics_are_never_blocked() -> None:
    rng = random.Random(7)
    assert [grid for grid in (statistics(rng) for _ in range(400)) if _blocks(grid)] == []


@given(persons.seeds)
@settings(max_examples=20)
def test_a_grid_of_any_shape_is_searched(seed: int) -> None:
    rng = random.Random(seed)
    grid = [
        ["".join(rng.choices("0123456789X年\n\t 一O", k=rng.randrange(4))) for _ in range(rng.randrange(25))]
        for _ in range(9)
    ]
    for one in find_in_grid(grid):
        assert grid[one.row - 1][one.column - 1][one.hit.start : one.hit.end] == one.hit.text


def test_the_cost_grows_with_the_rows() -> None:
    def seconds(rows: int) -> float:
        rng = random.Random(3)
        grid = [[str(rng.randrange(10_000)) for _ in range(20)] for _ in range(rows)]
        begin = time.process_time()
        find_in_grid(grid)
        return time.process_time() - begin

    # Twenty times the rows, and far from four hundred times the cost.
    assert seconds(4000) < 60 * max(seconds(200), 0.01)


def test_a_cell_of_words_parts_a_number_no_more_than_a_blank_one() -> None:
    rows = [["姓名", "区划", "性别", "出生", "尾号"], ["张三", "110101", "男", "19900307", "8515"]]
    hits = find_in_grid(rows)
    assert [(hit.column, hit.hit.severity) for hit in hits] == [(2, "block"), (4, "block"), (5, "block")]


def test_a_card_of_a_known_beginning_in_a_few_cells_alone_is_asked_about() -> None:
    for cut in (("6222021", "234567890128"), ("62220212", "3456789", "0128"), ("622202123", "4567890128")):
        for rows in ([[part] for part in cut], [["发放", *cut]]):
            assert {one.hit.severity for one in find_in_grid(rows)} == {Severity.WARN}, rows
    assert not find_in_grid([["发放", "6222021", "234567890127"]])
    assert not find_in_grid([["收支", "5222021", "234567890", "6222021", "234567890128", "25"]])
