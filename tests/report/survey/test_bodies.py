"""归并 — one name for a body: the full one, where only one can be meant (条例 第四条、第四十九条)."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gongkai.report.survey.bodies import Row, aliases, settle, settled_name
from gongkai.report.survey.parts import Head

CITIES = ("淮安市", "江苏省淮安市", "宿迁市", "吉林省长春市")
PLACES = ("洪泽区", "朝阳区", "赵县", "青石县")
BODIES = ("人民政府", "住房和城乡建设局", "柳溪镇人民政府", "城市管理局")
NAMES = st.builds("".join, st.tuples(st.sampled_from(("", *CITIES)), st.sampled_from(PLACES), st.sampled_from(BODIES)))


def row(source: str, agency: str | None, year: int | None, *, dated: str = "", figures: str = "1") -> Row:
    return Row(source, None, 0, Head("", True, agency, year, dated, 0, figures))


@pytest.mark.parametrize(
    ("printed", "name"),
    [
        ("洪泽区政府", "洪泽区人民政府"),
        ("洪 泽 区", "洪泽区人民政府"),
        ("青石县柳溪镇", "青石县柳溪镇人民政府"),
        ("朝阳区三里街道", "朝阳区三里街道办事处"),
        ("青石县教育局", "青石县教育局"),
        ("青石县人民政府办公室", "青石县人民政府办公室"),
    ],
)
def test_ways_of_writing_one_name(printed: str, name: str) -> None:
    assert settled_name(printed) == name
    assert settled_name(name) == name


def test_a_short_name_stands_for_the_only_full_one() -> None:
    assert aliases(["洪泽区人民政府", "淮安市洪泽区人民政府", "江苏省淮安市洪泽区人民政府"]) == {
        "洪泽区人民政府": "江苏省淮安市洪泽区人民政府",
        "淮安市洪泽区人民政府": "江苏省淮安市洪泽区人民政府",
    }
    assert aliases(["朝阳区人民政府", "吉林省长春市朝阳区人民政府", "北京市朝阳区人民政府"]) == {}
    assert aliases(["住房和城乡建设局", "青石县住房和城乡建设局"]) == {}
    assert aliases(["城市管理局", "青石县城市管理局", "人民政府", "青石县人民政府"]) == {}


@given(st.sets(NAMES, max_size=12))
def test_a_full_name_ends_in_the_short_one_and_nobody_else_s_does(names: set[str]) -> None:
    found = aliases(names)
    for short, whole in found.items():
        assert whole != short
        assert whole.endswith(short)
        assert all(whole.endswith(name) for name in names if name.endswith(short))
        assert whole not in found


def test_two_townships_of_one_name_stay_two() -> None:
    rows = [row("a", "柳溪镇人民政府", 2023), row("b", "青石县柳溪镇人民政府", 2023, figures="2")]
    settle(rows, lambda one, other: False)
    assert [r.agency for r in rows] == ["柳溪镇人民政府", "青石县柳溪镇人民政府"]
    settle(rows, lambda one, other: True)
    assert {r.agency for r in rows} == {"青石县柳溪镇人民政府"}
    assert [r.counted for r in rows].count(True) == 1


def test_the_newest_counts_then_the_best_read_then_the_first() -> None:
    rows = [
        row("b", "某局", 2023, dated="2024-01-09"),
        row("a", "某局", 2023, dated="2024-01-20"),
        row("c", "某局", 2023),
    ]
    settle(rows, lambda *_: True)
    assert [(r.source, r.counted, r.instead) for r in rows] == [("b", False, "a"), ("a", True, None), ("c", False, "a")]
    same = [row("b", "某局", 2022), row("a", "某局", 2022)]
    settle(same, lambda *_: True)
    assert [r.counted for r in same] == [False, True]


def test_the_name_of_the_file_helps_where_the_text_is_silent() -> None:
    rows = [row("2023/青石县教育局2023年政府信息公开工作年度报告.pdf", None, None), row("扫描件.pdf", None, None)]
    settle(rows, lambda *_: True)
    assert [(r.agency, r.year) for r in rows] == [("青石县教育局", 2023), (None, None)]
    assert [f.rule for f in rows[0].findings] == ["structure.named_by_file"]
    assert all(r.counted for r in rows)


def test_last_year_s_report_is_the_one_that_counts() -> None:
    rows = [
        row("a", "某局", 2022, dated="2023-01-02"),
        row("b", "某局", 2022, dated="2023-01-03"),
        row("c", "某局", 2023),
    ]
    settle(rows, lambda *_: True)
    assert rows[2].previous is rows[1]
    assert rows[0].previous is None
