"""隔开的几段 — a number in parts that stand on several lines is found in each of them; columns of figures are none."""

from __future__ import annotations

import random
import time
from collections.abc import Callable
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gongkai.text.hit import Hit, Severity, replaced
from gongkai.text.personal_data import find
from tests.text import persons

Layout = Callable[[list[list[str]]], str]


def _wide(text: str) -> int:
    return sum(2 if sign > "\u2e80" else 1 for sign in text)


def _in_blanks(rows: list[list[str]]) -> str:
    widths = [max(map(_wide, column)) + 1 for column in zip(*rows, strict=True)]
    return "\n".join(
        "".join(cell + " " * (width - _wide(cell)) for cell, width in zip(row, widths, strict=True)) for row in rows
    )


LAYOUTS: dict[str, Layout] = {
    "blanks": _in_blanks,
    "rules": lambda rows: _in_blanks([[part for cell in row for part in ("│", cell)] for row in rows]),
    "strokes": lambda rows: _in_blanks([[part for cell in row for part in ("|", cell)] for row in rows]),
    "tabs": lambda rows: "\n".join("\t".join(row) for row in rows),
    "commas": lambda rows: "\n".join(",".join(row) for row in rows),
    "full commas": lambda rows: "\n".join("，".join(row) for row in rows),
}


def _blocks(text: str) -> list[Hit]:
    return [hit for hit in find(text) if hit.severity is Severity.BLOCK]


def _assert_found(text: str, parts: list[str]) -> None:
    found = _blocks(text)
    assert [hit.text for hit in found] == parts
    assert all(text[hit.start : hit.end] == hit.text for hit in found)
    assert all("".join(parts) not in str(hit.values) for hit in found)
    assert _blocks(replaced(text, found)) == []


@given(persons.seeds, st.sampled_from(list(LAYOUTS)), st.sampled_from((6, 8, 9, 12, 14, 17)), st.integers(1, 3))
def test_a_number_that_a_narrow_column_breaks_is_found(seed: int, layout: str, width: int, count: int) -> None:
    rng = random.Random(seed)
    rows, parts = [["姓名", "身份证号", "住址"]], []
    for name in ("张某某", "欧阳某", "李某")[:count]:
        number = persons.identity(rng)
        cut = [number[at : at + width] for at in range(0, len(number), width)]
        parts += cut
        rows += [[name, cut[0], "东风村"], *(["", part, "三组"] for part in cut[1:])]
    _assert_found(LAYOUTS[layout](rows), parts)


@pytest.mark.parametrize("layout", LAYOUTS)
@pytest.mark.parametrize(
    ("label", "parts"),
    [
        ("手机号", ["1380013", "8000"]),
        ("联系电话", ["138", "0013", "8000"]),
        ("卡号", ["622202123456", "7890128"]),
        ("内容", ["110101", "19900307", "8515"]),
    ],
)
def test_kinds_in_a_column(layout: str, label: str, parts: list[str]) -> None:
    rows = [["姓名", label, "住址"], ["张某", parts[0], "东风村"], *(["", part, "三组"] for part in parts[1:])]
    _assert_found(LAYOUTS[layout](rows), parts)


PAGE_ENDS = [
    "（接上页）",
    "[3]",
    "- iii -",
    "第十二页",
    "--- 分页 ---",
    "2026/11/29 第3页",
    "— 1 —",
    "- 3 -",
    "第 3 页",
    "第3页 共12页",
    "3",
    "3/12",
    "Page 3 of 12",
    "名单（续表）",
    "公示名单",
]


@given(
    persons.seeds,
    st.sampled_from(PAGE_ENDS),
    st.sampled_from(("", "公示名单\n")),
    st.integers(0, 2),
    st.integers(4, 14),
)
def test_the_end_of_a_page_hides_no_number(seed: int, foot: str, head: str, blanks: int, cut: int) -> None:
    number = persons.identity(random.Random(seed))
    parts = [number[:cut], number[cut:]]
    gap = "\n" * (blanks + 1)
    text = f"公示名单\n张某，身份证号{parts[0]}{gap}{foot}{gap}{head}{parts[1]}，住东风村。"
    _assert_found(text, parts)


def test_a_telephone_with_its_label_goes_on_over_a_page_too() -> None:
    _assert_found("张某，手机1380013\n\n— 1 —\n\n8000，住东风村", ["1380013", "8000"])
    assert _blocks("资金1380013\n\n— 1 —\n\n8000，住东风村") == []


def test_registered_numbers_are_allowed_in_parts_too() -> None:
    text = "单位  电话     地址\n县局  1380013  东街\n      8000     5号"
    assert _blocks(text)
    assert find(text, allowed=["13800138000"]) == []


def _statistics(rng: random.Random, layout: Layout) -> str:
    columns = rng.randrange(2, 8)
    lengths = [rng.choice((3, 4, 6, 7, 8, 9, 12)) for _ in range(columns)]
    rows = [["指标", *"甲乙丙丁戊己庚辛"[:columns]]]
    for at in range(rng.randrange(4, 30)):
        cells = [rng.randrange(10 ** (length - 1), 10**length) for length in lengths]
        rows.append([f"项目{at}", *map(str, cells)])
    return layout(rows)


def test_columns_of_figures_are_no_numbers() -> None:
    rng = random.Random(8)
    for _ in range(300):
        text = _statistics(rng, LAYOUTS[rng.choice(list(LAYOUTS))])
        assert all("cells" not in hit.values for hit in _blocks(text)), text


def test_amounts_below_each_other_are_no_telephone() -> None:
    amounts = ["1380013", "8000", "13800", "138000", "138", "0013", "8000"]
    assert _blocks("\n".join(f"Town {at}   {amount:<10}yuan" for at, amount in enumerate(amounts))) == []


def test_the_cost_grows_with_the_lines() -> None:
    rng = random.Random(3)
    text = "".join(
        f"项目{at:06}    {rng.randrange(10**6):<12}{rng.randrange(10**9):<12}\n123\n甲{at}\n45\n" for at in range(4_000)
    )
    costs = []
    for times in (1, 4):
        begin = time.process_time()
        find(text * times)
        costs.append(time.process_time() - begin)
    assert all(after < 12 * before for before, after in pairwise(costs))
