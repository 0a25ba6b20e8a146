"""遮住的号码合起来 — two masks that complete each other are the whole number."""

from __future__ import annotations

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gongkai.text.hit import Severity, replaced
from gongkai.text.personal_data import find, find_in_grid
from tests.text import persons

KINDS = {"identity": persons.identity, "mobile": persons.mobile, "bank_card": persons.card}


def _masks(number: str, shown: set[int], sign: str) -> tuple[str, str]:
    return (
        "".join(digit if at in shown else sign for at, digit in enumerate(number)),
        "".join(sign if at in shown else digit for at, digit in enumerate(number)),
    )


@given(
    persons.seeds, st.sampled_from(sorted(KINDS)), st.sampled_from("*\uff0a●×#"), st.integers(2, 8), st.integers(2, 3)
)
def test_two_masks_of_one_number_block(seed: int, kind: str, sign: str, first: int, last: int) -> None:
    number = KINDS[kind](random.Random(seed))
    one, other = _masks(number, {*range(first), *range(len(number) - last, len(number))}, sign)
    text = f"王某，{one}，户号12，{other}。"
    found = [hit for hit in find(text) if hit.severity is Severity.BLOCK]
    assert [hit.text for hit in found] == [one, other]
    hidden = replaced(text, found)
    assert one not in hidden
    assert other not in hidden
    assert find(hidden) == []
    assert len(find_in_grid([["姓名", "号码", "核对"], ["王某", one, other]])) == 2


@pytest.mark.parametrize("written", ["{0}-{1}-{2}", "{0}年{3}月{4}日", "{0}.{1}.{2}", "{0}{1}{2}"])
@given(persons.seeds)
def test_a_birthday_beside_the_mask_that_hides_it_blocks(written: str, seed: int) -> None:
    number = persons.identity(random.Random(seed))
    year, month, day = number[6:10], number[10:12], number[12:14]
    mask = f"{number[:6]}********{number[14:]}"
    born = written.format(year, month, day, int(month), int(day))
    assert [hit.text for hit in find(f"王某，{mask}，{born}出生") if hit.severity is Severity.BLOCK] == [mask]
    found = find_in_grid([["姓名", "证件", "出生日期"], ["王某", mask, born]])
    assert [one.hit.text for one in found if one.hit.severity is Severity.BLOCK] == [mask]


def test_a_card_that_is_masked_in_two_ways_blocks() -> None:
    assert len(find("账户 6222********0128，备注 ****02123456789****")) == 2
    assert find("账户 6222********0128，备注 ****02123456780****") == []


@given(persons.seeds, st.sampled_from(["identity", "bank_card"]), st.integers(1, 6), st.integers(1, 6), st.data())
def test_masks_with_any_number_of_stars_are_held_together(
    seed: int, kind: str, stars: int, more: int, data: st.DataObject
) -> None:
    number = KINDS[kind](random.Random(seed))
    begin = data.draw(st.integers(len(number) - 7, len(number) - 4))
    end = data.draw(st.integers(len(number) - begin + 1, 10))
    one, other = f"{number[:begin]}{'*' * (stars + 1)}", f"{number[:4]}{'*' * (more + 2)}{number[-end:]}"
    found = [hit.text for hit in find(f"王某，{one}，户号12，{other}。") if hit.severity is Severity.BLOCK]
    assert found == [one, other]


def test_a_begin_and_an_end_that_a_card_might_have_are_left() -> None:
    assert find("6222020200****，****2233446 与 6225880112****，****0034") == []


def test_stars_beside_a_number_hide_nothing() -> None:
    for printed in ("1380013****8000", "138~~0013~~****8000"):
        assert [hit.severity for hit in find(printed)] == [Severity.BLOCK]
    assert find("138****8000") == []


@pytest.mark.parametrize("after", ["；0086-138****8000", " 2024年", "，8000 元", "\n1234"])
def test_a_number_after_a_mask_is_another(after: str) -> None:
    """A copy in which a telephone is masked is read again: what stood beside it does not complete it."""
    assert find(f"手机 138****8000{after}") == []


@given(st.lists(persons.seeds, min_size=2, max_size=30, unique=True), st.sampled_from(sorted(KINDS)))
def test_a_list_that_is_masked_alike_is_left(seeds: list[int], kind: str) -> None:
    numbers = [KINDS[kind](random.Random(seed)) for seed in seeds]
    masks = [_masks(number, {0, 1, 2, len(number) - 2, len(number) - 1}, "*")[0] for number in numbers]
    assert find("\n".join(f"{at}. 王某 {mask}" for at, mask in enumerate(masks))) == []


@pytest.mark.parametrize(
    "text",
    [
        "110101******** 与 **********19900307",
        "110105********002X，110105********002X",
        "138****8000，****0013***，",
        "编号******，______________，第###页",
    ],
)
def test_masks_that_leave_something_open_are_left(text: str) -> None:
    assert find(text) == []
