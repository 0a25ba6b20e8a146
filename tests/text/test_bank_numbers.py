"""像卡号的数 — whatever its beginning, a number blocks beside a bank or a person (条例 第十五条)."""

from __future__ import annotations

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gongkai.text.codes import is_checked_number, is_credit_code, is_identity_number
from gongkai.text.hit import Severity
from gongkai.text.personal_data import find, find_in_grid
from tests.text import persons
from tests.text.decoys import sentences

HEADS = (
    "95599",
    "955990",
    "955100",
    "601382",
    "456351",
    "405512",
    "436742",
    "603708",
    "427020",
    "690755",
    "1",
    "0",
    "7",
)
SAID = (
    "王小明 农行 {}",
    "请汇至建行{}",
    "卡号：{}（中行，户名王小明）",
    "{} 王小明",
    "王小明，{}，500元",
    "账号{}",
    "信用社卡{}",
)


def checked(rng: random.Random, length: int, head: str = "") -> str:
    """造数 — so long, with a right check digit, and no identity number or code of a firm by chance."""
    while True:
        body = head + "".join(rng.choices("0123456789", k=length - 1 - len(head)))
        code = next(body + last for last in "0123456789" if is_checked_number(body + last))
        if not (is_identity_number(code) or is_credit_code(code)):
            return code


def blocked(text: str) -> list[str]:
    """拦下的号码 — in reading order."""
    return [hit.text for hit in find(text) if hit.severity is Severity.BLOCK]


@given(persons.seeds, st.sampled_from(HEADS), st.sampled_from((16, 17, 18, 19)), st.sampled_from(SAID))
def test_beside_a_bank_an_account_or_a_person_it_blocks(seed: int, head: str, length: int, said: str) -> None:
    code = checked(random.Random(seed), length, head)
    assert code in "".join(blocked(said.format(code)))


@pytest.mark.parametrize("head", HEADS[:6])
def test_a_known_beginning_blocks_alone(head: str) -> None:
    assert blocked(checked(random.Random(3), 19 if head != "456351" else 16, head))


def test_a_list_of_nothing_else_blocks() -> None:
    rng = random.Random(11)
    codes = [checked(rng, rng.randrange(16, 20)) for _ in range(200)]
    assert len(blocked("\n".join(codes))) == len(codes)
    for rows in ([[code] for code in codes], [["序号", "内容"], *([str(at), code] for at, code in enumerate(codes))]):
        assert sum(one.hit.severity is Severity.BLOCK for one in find_in_grid(rows)) == len(codes)


@pytest.mark.parametrize("head", ["农行卡", "邮储账户", "到账银行", "备注"])
def test_below_a_head_of_banks_and_beside_names_a_cell_blocks(head: str) -> None:
    code = checked(random.Random(5), 19, "1")
    hits = find_in_grid([["姓名", "金额", head], ["王小明", "300", code]])
    assert [(one.hit.text, one.hit.severity) for one in hits] == [(code, Severity.BLOCK)]


@given(persons.seeds)
def test_numbers_of_things_money_and_offices_do_not(seed: int) -> None:
    rng = random.Random(seed)
    code = checked(rng, rng.choice((16, 17, 18, 19)), "1")
    for said in (
        f"招标编号：{code}",
        f"订单号：{code}，开户银行另行通知",
        f"合同编号{code}",
        f"本级收入{code}元",
        f"收款单位：云岫县财政局 开户行：农业银行云岫支行 账号：{code}",
        f"户名：云岫县人民法院 账号{code}",
        f"{code}",
        f"https://www.yunxiu.gov.cn/{code}.html",
    ):
        assert blocked(said) == []
    grid = [["物资", "流水号"], *(["水泵", checked(rng, 18, "1")] for _ in range(6))]
    assert not any(one.hit.severity is Severity.BLOCK for one in find_in_grid(grid))


def test_what_offices_publish_is_not_held_up() -> None:
    for said in (said for seed in range(8) for said in sentences(seed)):
        assert not [hit for hit in find(said) if hit.kind == "bank_card" and hit.severity is Severity.BLOCK], said
