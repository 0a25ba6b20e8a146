"""逗号分隔的表格 — any separator, any encoding; the copy holds what is seen (条例 第十五条)."""

from __future__ import annotations

import csv
import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gongkai.documents.redaction import Decisions, inspect, masked, public_copy
from tests.conftest import shared_file

N = "410725199003071238"
HEAD, TAIL = N[:6], N[6:]

WAYS: dict[str, bytes] = {
    "逗号": f"姓名,证号\n张某,{N}\n".encode(),
    "分号": f"姓名;证号\n张某;{N}\n".encode(),
    "制表符": f"姓名\t证号\n张某\t{N}\n".encode(),
    "全角逗号": f"姓名，证号\n张某，{N}\n".encode(),
    "全角分号": f"姓名；证号\n张某；{N}\n".encode(),
    "竖线": f"姓名|证号\n张某|{N}\n".encode(),
    "写明分隔符": f"sep=^\r\n姓名^证号\r\n张某^{N}\r\n".encode(),
    "字节顺序标记": f"\ufeff姓名,证号\n张某,{N}\n".encode(),
    "UTF-16": f"姓名,证号\n张某,{N}\n".encode("utf-16"),
    "没有标记的 UTF-16": f"name,id\nzhang,{N}\nli,\n".encode("utf-16-le"),
    "GB18030": f"姓名,证号\n张某,{N}\n".encode("gb18030"),
    "引号": f'姓名,证号\n"张某","{N}"\n'.encode(),
    "引号之后还有": f'姓名,证号\n张某,"{N[:10]}"{N[10:]}\n'.encode(),
    "没有关上的引号": f'姓名,证号\n张某,"{N}\n'.encode(),
    "引号里换行": f'姓名,证号\n张某,"{HEAD}\n{TAIL}"\n'.encode(),
    "零宽字符": f"姓名,证号\n张某,{HEAD}\u200b{TAIL}\n".encode(),
    "变体选择符": f"姓名,证号\n张某,{HEAD}\U000e0101{TAIL}\n".encode(),
    "像公式": f'姓名,证号\n张某,"=""{N}"""\n'.encode(),
    "像公式不加引号": f'姓名,证号\n张某,="{N}"\n'.encode(),
    "公式拼成": f'姓名,证号\n张某,"=""{HEAD}""&""{TAIL}"""\n'.encode(),
    "夹着引号": f'姓名,证号\n张某,"{HEAD}""{TAIL}"\n'.encode(),
    "前面有单引号": f"姓名,证号\n张某,'{N}\n".encode(),
    "没有换行": f"张某,{N}".encode(),
    "回车换行": f"姓名,证号\r张某,{N}\r".encode(),
    "几格": f"姓名,证号,,\n张某,{N[:6]},{N[6:14]},{N[14:]}\n".encode(),
}


@pytest.mark.parametrize("way", WAYS)
def test_a_number_blocks_and_is_masked(way: str) -> None:
    seen = inspect("名单.csv", WAYS[way])
    assert seen.is_blocked
    assert not seen.unread
    copy = masked("名单.csv", WAYS[way])
    assert N not in "".join(sign for sign in copy.decode("utf-8") if sign.isdecimal())
    assert not inspect("名单.csv", copy).is_blocked


def test_one_number_over_the_cells_of_the_shared_case_blocks() -> None:
    data = shared_file("cases/guard/t-csvsplit.csv").read_bytes()
    assert inspect("名单.csv", data).is_blocked
    digits = "".join(sign for sign in masked("名单.csv", data).decode("utf-8") if sign.isdecimal())
    assert "110101199003078515" not in digits


def test_signs_that_nobody_sees_are_not_carried_over() -> None:
    copy = public_copy("表.csv", "项目\u200b,金\ufe0f额\u202e\n甲\u2060,\U000e00411\n".encode())
    assert copy.decode("utf-8-sig") == "项目,金额\r\n甲,1\r\n"


def test_what_looks_like_a_formula_stays_as_it_is_seen() -> None:
    copy = public_copy("表.csv", "项目,数\n=1+1,+5\n@甲,-3\n".encode())
    assert copy.decode("utf-8-sig") == "项目,数\r\n=1+1,+5\r\n@甲,-3\r\n"


def test_columns_are_dropped() -> None:
    copy = masked("表.csv", "甲,乙,丙\n1,2,3\n".encode(), Decisions(drop={("1", 1), ("1", 3)}))
    assert copy.decode("utf-8-sig") == "乙\r\n2\r\n"


CELLS = st.text(st.characters(codec="utf-8", categories=("Lu", "Ll", "Lo", "Nd", "Po", "Zs")), max_size=8)


@given(st.lists(st.lists(CELLS, min_size=2, max_size=5), min_size=1, max_size=8), st.sampled_from(",;\t|"))
def test_a_copy_keeps_every_cell_and_a_copy_of_it_is_the_same(rows: list[list[str]], sign: str) -> None:
    out = io.StringIO(newline="")
    csv.writer(out, delimiter=sign, lineterminator="\r\n").writerows(rows)
    data = f"sep={sign}\r\n{out.getvalue()}".encode()
    first = public_copy("表.csv", data)
    kept = list(csv.reader(io.StringIO(first.decode("utf-8-sig"), newline=""), delimiter=sign))
    assert kept == rows
    assert public_copy("表.csv", data) == first


def test_a_very_long_cell_is_read_to_its_end() -> None:
    data = f"名称,说明\n甲,{'项目说明' * 50_000}，经办人 {N}\n".encode()

    assert inspect("名单.csv", data).is_blocked
    assert N not in masked("名单.csv", data, Decisions()).decode("utf-8-sig")
