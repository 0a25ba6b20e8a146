"""拆开的号码 — by its label a number may be cut anywhere, in a line, over lines, over cells (条例 第十五条)."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from gongkai.documents.redaction import inspect, masked
from gongkai.documents.redaction.looking import hushed
from gongkai.text.codes import is_card_number
from gongkai.text.hit import Severity
from gongkai.text.personal_data import find

MOBILE, CARD = (
    "13800138000",
    next(number for digit in "0123456789" if is_card_number(number := f"622202170001234567{digit}")),
)
SEPARATORS = st.sampled_from([" ", "-", "\u2014", "  ", " - ", "\u00a0"])


@st.composite
def cut(draw: st.DrawFn, number: str, most: int = 5) -> list[str]:
    """切开 — two to five parts, of any lengths."""
    places = draw(st.sets(st.integers(1, len(number) - 1), min_size=1, max_size=most - 1))
    parts = [number[start:end] for start, end in pairwise([0, *sorted(places), len(number)])]
    # Such a part would be told as a telephone of its own.
    assume(not any(len(part) == len(MOBILE) and part[0] == "1" for part in parts))
    return parts


def blocked(text: str) -> list[str]:
    return [str(hit.kind) for hit in find(text) if hit.severity is Severity.BLOCK]


@given(
    cut(MOBILE), SEPARATORS, st.sampled_from(["手机：", "手机号码为", "联系电话", "tel:", "TEL;TYPE=CELL:", "手机+86 "])
)
def test_a_telephone_that_is_named_may_be_cut_anywhere(parts: list[str], separator: str, label: str) -> None:
    assert blocked(f"张三，{label}{separator.join(parts)}，住柳林村") == ["mobile"]


@given(cut(CARD), SEPARATORS, st.sampled_from(["卡号：", "银行卡号", "账号为"]))
def test_a_card_that_is_named_may_be_cut_anywhere(parts: list[str], separator: str, label: str) -> None:
    assert blocked(f"张三，{label}{separator.join(parts)}，开户行") == ["bank_card"]


@given(
    cut(CARD, 9),
    SEPARATORS,
    st.sampled_from(["", "\u200b", "\u2060\u200b"]),
    st.sampled_from(["张三 ", "农商行", "（", "\n"]),
)
def test_a_card_that_nothing_names_may_be_cut_anywhere_in_a_line(
    parts: list[str], separator: str, unseen: str, before: str
) -> None:
    written = f"{parts[0]}{separator}{f'{unseen}{separator}'.join(parts[1:])}"
    for after in ("", "\n", " 农商行", "，申诉撤下", "）13800138000"):
        assert "bank_card" in blocked(f"{before}{written}{after}"), (before, written, after)
        assert written not in hushed(f"因张三{before}{written}{after}")


@given(
    cut(CARD, 19),
    st.sampled_from([*",，、/", " ", "\n", " , ", "\u200b"]),
    st.sampled_from(["卡 ", "工资卡：", "张三卡号", "账号"]),
)
def test_a_card_that_its_label_names_may_be_parted_by_any_mark(parts: list[str], mark: str, label: str) -> None:
    assert blocked(f"张三的{label}{mark.join(parts)}") == ["bank_card"]


@given(cut(MOBILE, 11), SEPARATORS)
def test_a_telephone_that_is_named_is_found_in_however_many_parts(parts: list[str], separator: str) -> None:
    assert [str(hit.kind) for hit in find(f"手机：{separator.join(parts)}，")] in (["mobile"], ["mobile_unsure"])


@pytest.mark.parametrize("mark", ["", " ", "\u00a0", "-"])
@pytest.mark.parametrize("text", ["622 3456 3456 1234 45", "4392 258 3123 45676", "62 34 12 567 1234 156 11"])
def test_figures_of_a_row_are_no_card(text: str, mark: str) -> None:
    for beside in (
        f"工业 1204 {text} 500",
        f"工业 {text} 500 12",
        f"2024 {text}",
        f"工业\t{text}\t500".replace(" ", "\t"),
    ):
        assert not [hit for hit in find(beside) if hit.severity is Severity.BLOCK], beside


@given(cut(MOBILE), st.sampled_from(["手机", "联系电话", "手机（前四后七）"]))
def test_a_telephone_over_cells_below_its_header_may_be_cut_anywhere(parts: list[str], header: str) -> None:
    table = f"姓名,{header}{',' * (len(parts) - 1)}\n张三,{','.join(parts)}\n".encode()
    assert any(found.hit.severity is Severity.BLOCK for found in inspect("名单.csv", table).hits)
    copy = masked("名单.csv", table).decode()
    assert "".join(copy.splitlines()[1].split(",")[1:]) != MOBILE


@given(cut(CARD))
def test_a_card_over_cells_below_its_header_may_be_cut_anywhere(parts: list[str]) -> None:
    table = f"姓名,卡号{',' * (len(parts) - 1)}\n张三,{','.join(parts)}\n".encode()
    assert any(found.hit.severity is Severity.BLOCK for found in inspect("名单.csv", table).hits)


@pytest.mark.parametrize(
    ("text", "severities"),
    [
        ("张三 1380 0138000", ["warn"]),
        ("应张三（1380 0138000，住柳林村）要求", ["warn"]),
        ("共 1380 0138000 元", []),
        ("办公电话：1380 0138000", ["warn"]),
        ("(+86)13800138-000", ["block"]),
        ("张三电话13800138\n000", ["block"]),
        ("电话咨询 1540 320 1120 15 7", ["warn"]),
        ("联系电话：0991-2382114", []),
        ("电话咨询 15403 人次，2011 件", []),
    ],
)
def test_without_a_name_it_is_asked_about_and_figures_are_none(text: str, severities: list[str]) -> None:
    assert [str(hit.severity) for hit in find(text)] == severities


@pytest.mark.parametrize("row", ["1540,320,1120", "138,1234,5678", "1380,0138000,"])
def test_figures_over_cells_below_other_words_are_no_telephone(row: str) -> None:
    table = f"方式,电话咨询（次）,网络（次）,现场（次）\n合计,{row}\n".encode()
    assert not [found for found in inspect("统计.csv", table).hits if found.hit.severity is Severity.BLOCK]


@pytest.mark.parametrize(
    ("one", "other"),
    [("110101********8515", "******19900307****"), ("110101********8515", "11010119900307****")],
)
def test_two_masks_in_two_rows_are_read_together(one: str, other: str) -> None:
    table = f"姓名,身份证\n张三,{one}\n张三,{other}\n".encode()
    hits = [found.hit for found in inspect("名单.csv", table).hits]
    assert [(str(hit.severity), hit.text) for hit in hits] == [("block", one), ("block", other)]
    alone = f"姓名,身份证\n张三,{one}\n李四,110101********8515\n".encode()
    assert not inspect("名单.csv", alone).hits, "masked alike, nothing is told"


@pytest.mark.parametrize("said", ["电话是{}，请联系", "{}", "联系人张三：{}。"])
def test_a_telephone_said_as_one_number_is_asked_about(said: str) -> None:
    number = "一百三十八亿零一万三千八百"
    assert [(hit.text, hit.severity) for hit in find(said.format(number))] == [(number, Severity.WARN)]


@pytest.mark.parametrize(
    "text",
    [
        "投资一百三十八亿零一万三千八百",
        "一百三十八亿零一万三千八百元整",
        "灌溉一百三十八亿零一万三千八百立方米",
        "一百五十亿",
        "一百五十亿零三万",
        "一百二十亿零一万三千八百",
        "一百三十八亿零一万零零八",
    ],
)
def test_an_amount_in_words_is_none(text: str) -> None:
    assert find(text) == []


@pytest.mark.parametrize("power", ["E+15", "e+15", "e15", "E15"])
def test_a_number_written_with_a_power_of_ten_is_read(power: str) -> None:
    assert [hit.text for hit in find(f'"x": 6.248455352820893{power} }}')] == [f"6.248455352820893{power}"]


@given(cut("110101199003078515", 12), SEPARATORS, st.sampled_from(["张三 ", "证件：", "\n"]))
def test_an_identity_number_may_be_cut_anywhere_in_a_line(parts: list[str], separator: str, before: str) -> None:
    assert blocked(f"{before}{separator.join(parts)}，住柳林村") == ["identity"]
