"""取用版式文件 — ruled tables come as tables, raised signs raised; what a page cannot tell is said (条例 第十二条)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from gongkai.documents import taking
from tests.documents import make
from tests.documents.taking.taking_as import as_lines

if TYPE_CHECKING:
    import pytest

TABLE = [["项目", "数"], ["甲", "2"], ["乙", "3"]]


def shown(*texts: tuple[float, float, float, str]) -> bytes:
    """一页 — texts at places in a size."""
    words = (
        f"BT /F1 {size} Tf {x} {y} Td <{text.encode('utf-16-be').hex()}> Tj ET".encode() for x, y, size, text in texts
    )
    return b"\n".join(words)


def test_a_ruled_table_comes_as_one_and_of_one_without_lines_it_is_said() -> None:
    blocks = ["请报送材料", TABLE, "后面一段"]
    assert as_lines("甲.pdf", make.pdf(blocks)) == (["请报送材料", "项目|数", "甲|2", "乙|3", "后面一段"], {})
    lines, said = as_lines("甲.pdf", make.pdf(blocks, rule=False))
    assert lines == ["请报送材料", "项目 数", "甲 2", "乙 3", "后面一段"]
    assert said == {"unruled": 1}


def test_a_table_of_even_columns_keeps_the_lines_between_its_rows() -> None:
    """Each level line is crossed in its quarters, where the page shows one colour on both of its sides."""
    rows, across = range(600, 681, 20), range(80, 481, 100)
    lines = [f"80 {y} 400.5 0.5 re f" for y in rows] + [f"{x} 600 0.5 80.5 re f" for x in across]
    words = shown(*((x + 5, y + 5, 10, f"{x}{y}") for y in rows[:-1] for x in across[:-1]))
    taken, said = as_lines("甲.pdf", make.pdf_file([" ".join(lines).encode() + b"\n" + words]))
    assert taken == ["|".join(f"{x}{y}" for x in across[:-1]) for y in reversed(rows[:-1])]
    assert said == {}


def test_raised_and_lowered_signs_of_a_page_stay_so_and_small_ones_are_as_others() -> None:
    up = shown((40, 700, 12, "10"), (64, 706, 7, "3"), (72, 700, 12, "米"))
    low = shown((90, 650, 12, "氢"), (102, 647, 7, "2"), (110, 650, 12, "氧"))
    small = shown((160, 600, 12, "共"), (172, 600, 9, "5"), (182, 600, 12, "件"))
    lines, said = as_lines("甲.pdf", make.pdf_file([b"\n".join((up, low, small))]))
    assert [line.replace(" ", "") for line in lines] == ["10³米", "氢₂氧", "共5件"]
    assert not said.keys() & {"raised", "glued"}


def test_raised_figures_that_are_left_out_like_marks_of_notes_come_back_where_their_place_is_sure() -> None:
    from collections import Counter

    from gongkai.documents.document import Paragraph
    from gongkai.documents.pdf_signs import Sign
    from gongkai.documents.taking.pdf import _with_missing

    def put(text: str, groups: list[tuple[str, str, str, bool]], there: str) -> tuple[str, Counter[str]]:
        signs, counts = [Sign(each, 0, 0, 1, 1) for each in there], Counter[str]()
        (made,) = _with_missing((Paragraph(text, 1, 1),), 1, groups, signs, counts)
        assert isinstance(made, Paragraph)
        return made.text, counts

    assert put("产量 3×10 公斤", [("×10", "5", "公", False)], "产量3×105公斤") == ("产量 3×10⁵公斤", {})
    assert put("面积 7m", [("7m", "2", "", False)], "面积7m2") == ("面积 7m²", {})
    twice = [("10", "4", "亩", False), ("10", "5", "亩", False)]
    assert put("10 亩，10 亩", twice, "104亩，105亩") == ("10 亩，10 亩", {"lost": 2})
    assert put("10 亩，10亩", [("10", "4", "亩", False)], "104亩，10亩") == ("10 亩，10亩", {"lost": 1})
    there = [("10", "3", "米", False)]
    assert put("103米", there, "103米") == ("103米", {})
    assert there == [("10", "3", "米", False)]


def test_footers_of_pages_and_broken_sentences_are_said() -> None:
    long = "各乡镇街道要在每年的一月底以前把上一年度的"
    pages = [
        shown((40, 700, 12, "甲乙丙"[at - 1] + long), (40, 680, 12, "材料送齐。"), (40, 30, 12, f"第{at}页"))
        for at in (1, 2, 3)
    ]
    lines, said = as_lines("甲.pdf", make.pdf_file(pages))
    assert len(lines) == 9
    assert said == {"broken": 3, "edge": 3}


def test_struck_words_of_a_page_do_not_come_and_are_said() -> None:
    line = b"0 0 0 RG 1 w 38 654 m %d 654 l S"
    struck = shown((40, 700, 12, "拨付八万元"), (40, 650, 12, "拨付七万元"), (40, 600, 12, "照此办理"))
    whole, part = (make.pdf_file([line % end + b"\n" + struck]) for end in (102, 78))
    assert as_lines("甲.pdf", whole) == (["拨付八万元", "照此办理"], {"struck": 1})
    assert as_lines("甲.pdf", part) == (["拨付八万元", "拨付七万元", "照此办理"], {"kept": 1})


def test_radicals_come_as_the_characters_that_they_stand_for() -> None:
    page = shown((40, 700, 12, "资\u2f26\u2fa6额，\u2f3e\u2ed3，①²"))
    assert as_lines("甲.pdf", make.pdf_file([page]))[0] == ["资子金额，户长，①²"]


def test_where_a_file_could_not_be_looked_at_raised_figures_are_said_to_be_in_doubt(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    up = shown((40, 700, 12, "10"), (64, 706, 7, "6"), (80, 700, 12, "元"))
    data = make.pdf_file([up])
    assert "flat" not in as_lines("甲.pdf", data)[1]
    monkeypatch.setattr(taking, "_SECONDS", -10)  # what a process is given besides is used up as well
    said = as_lines("甲.pdf", data)[1]
    assert (said["unlooked"], said["flat"]) == (1, 1)
