"""电子表格 — what a workbook hides is found wherever it stands, and a copy holds only what is seen (条例 第十五条)."""

from __future__ import annotations

import io
import re
import time
from functools import partial

import openpyxl
import pytest

from gongkai.documents import redaction
from gongkai.documents.document import DocumentError
from gongkai.documents.redaction import Decisions, Layer, public_copy
from gongkai.text.hit import Severity
from tests.conftest import shared_file
from tests.documents.redaction.sheet_ways import HIDDEN, SEEN
from tests.documents.redaction.workbooks import ROWS, N, inflated, relation, row, styles, text, workbook

inspect = partial(redaction.inspect, pictures=False)
masked = partial(redaction.masked, pictures=False)

SHARED = ("chartsheet", "formula", "linkdisplay", "numfmt", "split3cells", "stylename", "tooltip", "vertical")
SAID = {"奇怪的公式", "嵌入的表格"}
"""Said to be unread, because nobody can tell what is in there."""


def holds(copy: bytes) -> list[str]:
    """What of the planted numbers is in any byte of a copy."""
    every = inflated(copy)
    forms = [form for number in (N, "13800138000") for form in (number, number[::-1])]
    codes = ("utf-8", "utf-16-le", "utf-16-be")
    return [form for form in forms if any(form.encode(code) in every for code in codes)]


@pytest.mark.parametrize("way", HIDDEN)
def test_what_is_hidden_blocks_and_is_in_no_copy(way: str) -> None:
    data = HIDDEN[way]()
    seen = inspect("名单.xlsx", data)
    assert seen.is_blocked
    assert way in SAID or [found for found in seen.hits if found.hit.severity is Severity.BLOCK]
    for copy in (masked("名单.xlsx", data), public_copy("名单.xlsx", data)):
        assert holds(copy) == []
        assert not inspect("名单.xlsx", copy).is_blocked


SPACED = f"{N[:6]}\u00a0{N[6:14]}\u00a0{N[14:]}"
OWN = f'xmlns:o="urn:own" o:note="{SPACED}"'
ODD_TEXTS = {
    "attribute of t": f"<t {OWN}>甲</t>",
    "attribute of t beside that for blanks": f'<t xml:space="preserve" {OWN}>甲</t>',
    "attribute of r": f"<r {OWN}><rPr><b/></rPr><t>甲</t></r>",
    "attribute of rPr": f"<r><rPr {OWN}><b/></rPr><t>甲</t></r>",
    "behind rPr": f"<r><rPr><b/></rPr>{SPACED}<t>甲</t></r>",
    "in rPr": f"<r><rPr><b/>{SPACED}</rPr><t>甲</t></r>",
    "before t": f"<r>{SPACED}<t>甲</t></r>",
    "behind t in r": f"<r><t>甲</t>{SPACED}</r>",
    "behind t": f"<t>甲</t>{SPACED}",
    "before all": f"{SPACED}<t>甲</t>",
    "a stranger": f'<t>甲</t><x xmlns="urn:own">{SPACED}</x>',
    "a stranger in r": f'<r><x xmlns="urn:own" y="{SPACED}"/><t>甲</t></r>',
    "a remark": f"<t>甲<!--{SPACED}--></t>",
    "an instruction": f"<r><t>甲</t><?own {SPACED}?></r>",
    "how it is spoken": f'<t>甲</t><rPh sb="0" eb="1"><t>{SPACED}</t></rPh>',
}


@pytest.mark.parametrize("way", ODD_TEXTS)
def test_nothing_that_a_text_of_a_cell_holds_beside_its_signs_is_passed_over(way: str) -> None:
    inside = ODD_TEXTS[way]
    shared = workbook(row(1, '<c r="A1" t="s"><v>0</v></c>'), strings=f"<si>{inside}</si>")
    inline = workbook(row(1, f'<c r="A1" t="inlineStr"><is>{inside}</is></c>'))
    for data in (shared, inline):
        assert redaction.inspect("a.xlsx", data).is_blocked
        assert SPACED.encode() not in inflated(redaction.public_copy("a.xlsx", data))


@pytest.mark.parametrize("way", SEEN)
def test_what_is_seen_blocks_and_is_masked(way: str) -> None:
    data = SEEN[way]()
    seen = inspect("名单.xlsx", data)
    assert seen.is_blocked
    assert way in SAID or [found for found in seen.hits if found.hit.severity is Severity.BLOCK]
    assert N not in str(seen.to_json())
    copy = masked("名单.xlsx", data)
    assert holds(copy) == []
    assert not inspect("名单.xlsx", copy).is_blocked


@pytest.mark.parametrize("way", SHARED)
def test_shared_cases_are_blocked_and_copied_clean(way: str) -> None:
    data = shared_file(f"cases/guard/x-{way}.xlsx").read_bytes()
    assert inspect("名单.xlsx", data).is_blocked
    copy = masked("名单.xlsx", data)
    assert b"110101199003078515" not in inflated(copy)
    assert not inspect("名单.xlsx", copy).is_blocked


def test_a_chart_sheet_is_no_dead_end() -> None:
    data = shared_file("cases/guard/x-chartsheet.xlsx").read_bytes()
    assert any("图表工作表" in str(sentence) for sentence in inspect("图.xlsx", data).lost)
    assert openpyxl.load_workbook(io.BytesIO(masked("图.xlsx", data))).sheetnames == ["Sheet", "图"]


def test_a_workbook_that_shows_nothing_gives_an_empty_sheet_and_says_so() -> None:
    data = workbook(ROWS, sheet='name="底表" state="hidden"')
    assert any("没有看得见的表格" in str(sentence) for sentence in inspect("空.xlsx", data).lost)
    assert openpyxl.load_workbook(io.BytesIO(public_copy("空.xlsx", data))).sheetnames == ["空表"]


def test_hidden_things_are_told_with_their_columns() -> None:
    data = workbook(
        ROWS + row(2, text("D2", "甲") + text("E2", "乙")), before='<cols><col min="4" max="5" width="0"/></cols>'
    )
    told = [thing for thing in inspect("名单.xlsx", data).hidden if "column" in thing.sentence.values]
    assert [(thing.sentence.values["column"], thing.place.column) for thing in told] == [("D", 4), ("E", 5)]


def test_columns_are_dropped_by_the_names_that_places_have() -> None:
    data = workbook(
        row(1, text("A1", "姓名") + text("B1", "残疾类别")) + row(2, text("A2", "张某") + text("B2", "肢体"))
    )
    copy = masked("名单.xlsx", data, Decisions(drop={("年报", 2)}))
    assert "残疾类别".encode() not in inflated(copy)
    assert [cell.value for cell in openpyxl.load_workbook(io.BytesIO(copy)).worksheets[0]["A"]] == ["姓名", "张某"]


def test_a_copy_holds_values_and_no_formula() -> None:
    rows = ROWS + row(2, '<c r="B2"><f>SUM(B1:B1)</f><v>100</v></c><c r="C2"><f>B1*2</f></c>')
    copy = public_copy("年报.xlsx", workbook(rows))
    page = openpyxl.load_workbook(io.BytesIO(copy)).worksheets[0]
    assert (page["B2"].value, page["C2"].value) == (100, 200)
    assert b"<f>" not in inflated(copy)


def test_a_formula_that_nobody_worked_out_is_said_and_blocks() -> None:
    seen = inspect("年报.xlsx", workbook(ROWS + row(2, '<c r="B2"><f>VLOOKUP(A1,A:B,2,0)</f></c>')))
    assert seen.is_blocked
    assert "B2" in str(seen.unread[0])


def test_a_result_that_the_file_does_not_keep_is_not_made_for_a_person() -> None:
    data = workbook(ROWS + row(2, f'<c r="A2"><f>"{N[:9]}"&amp;TRIM(" {N[9:]}")</f></c><c r="B2"><f>1+1</f></c>'))
    copy = public_copy("名单.xlsx", data)
    assert holds(copy) == []
    assert openpyxl.load_workbook(io.BytesIO(copy)).worksheets[0]["B2"].value == 2


def test_hyperlinks_of_the_web_stay_and_others_go() -> None:
    rows = row(1, text("A1", "政府网")) + row(2, text("A2", "内网"))
    links = relation("rId7", "hyperlink", "https://www.gov.cn/a", ' TargetMode="External"')
    links += relation("rId8", "hyperlink", "file:///d:/a.xlsx", ' TargetMode="External"')
    after = '<hyperlinks><hyperlink ref="A1" r:id="rId7" tooltip="点"/><hyperlink ref="A2" r:id="rId8"/></hyperlinks>'
    page = openpyxl.load_workbook(
        io.BytesIO(public_copy("a.xlsx", workbook(rows, after=after, links=links)))
    ).worksheets[0]
    assert page["A1"].hyperlink.target == "https://www.gov.cn/a"
    assert page["A1"].hyperlink.tooltip is None
    assert page["A2"].hyperlink is None
    assert page["A2"].value == "内网"


def test_number_formats_stay_where_they_hold_no_number() -> None:
    codes = ["#,##0.00", "0.00%", 'yyyy"年"m"月"d"日"', '#,##0.00"万元"', '"410725"0000']
    formats = "".join(
        f'<numFmt numFmtId="{170 + at}" formatCode="{code.replace(chr(34), "&quot;")}"/>'
        for at, code in enumerate(codes)
    )
    xfs = "".join(f'<xf numFmtId="{170 + at}" fontId="0" fillId="0"/>' for at in range(len(codes)))
    cells = "".join(f'<c r="{letter}1" s="{at}"><v>45000.5</v></c>' for at, letter in enumerate("ABCDE", 1))
    copy = public_copy("a.xlsx", workbook(row(1, cells), look=styles(formats, xfs=xfs)))
    page = openpyxl.load_workbook(io.BytesIO(copy)).worksheets[0]
    kept = [re.sub(r'["\\]', "", page[f"{letter}1"].number_format) for letter in "ABCD"]
    assert kept == [re.sub(r'["\\]', "", code) for code in codes[:4]]
    assert page["A1"].value == 45000.5
    assert page["E1"].value == "41072545001"


def test_a_damaged_part_does_not_hide_the_others() -> None:
    data = workbook(ROWS + row(2, text("A2", N)), parts={"customXml/item1.xml": b"<a><b>"})
    seen = inspect("名单.xlsx", data)
    assert len(seen.unread) == 1
    assert [found.place.layer for found in seen.hits] == [Layer.BODY]


def test_two_parts_of_one_name_are_refused() -> None:
    data = workbook(parts={"XL/Workbook.xml": "<a/>"})
    assert inspect("名单.xlsx", data).unread
    with pytest.raises(DocumentError):
        masked("名单.xlsx", data)


def test_what_a_formula_puts_together_is_masked_in_its_cells_too() -> None:
    far = row(2, text("A2", N[:9]) + text("H2", N[9:]) + '<c r="K2"><v>7</v></c><c r="M2" t="str"><f>A2&amp;H2</f></c>')
    copy = masked("名单.xlsx", workbook(ROWS + far))
    assert N[:9].encode() not in inflated(copy)
    assert N[9:].encode() not in inflated(copy)


def test_a_list_of_five_thousand_rows_is_copied_in_seconds_of_its_own() -> None:
    lines = (row(at, text(f"A{at}", f"第{at}户") + f'<c r="B{at}"><v>{at}.5</v></c>') for at in range(1, 5_001))
    data = workbook("".join(lines))
    start = time.process_time()
    copy = public_copy("名单.xlsx", data)
    # It takes two seconds; a way of copying that looks at every cell for every cell takes an hour.
    assert time.process_time() - start < 60
    assert openpyxl.load_workbook(io.BytesIO(copy)).worksheets[0].max_row == 5_000
