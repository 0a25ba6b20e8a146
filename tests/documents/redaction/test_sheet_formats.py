"""写着数字的格式 — what conditions, charts and scenarios would show of a number (条例 第十五条)."""

from __future__ import annotations

import pytest

from gongkai.documents import redaction
from gongkai.documents.redaction import Decisions
from tests.documents.redaction.workbooks import DRAWING, N, row, styles, text, workbook

CHART = "xl/charts/chart1.xml"


def with_rule(code: str, cell: str, where: str = "A1:A9") -> bytes:
    met = '<cfRule type="cellIs" dxfId="1" priority="1"/>'
    rule = f'<conditionalFormatting sqref="{where}">{met}</conditionalFormatting>'
    looks = f'<dxfs><dxf/><dxf><numFmt numFmtId="164" formatCode="{code}"/></dxf></dxfs>'
    return workbook(row(1, cell), after=rule, look=styles(more=looks))


def with_chart(inner: str) -> bytes:
    chart = f'<c:chartSpace xmlns:c="{DRAWING}/chart"><c:chart>{inner}</c:chart></c:chartSpace>'
    return workbook(parts={CHART: chart})


def blocks(data: bytes) -> list[str]:
    found = redaction.inspect("名单.xlsx", data).hits
    return [one.hit.kind for one in found if one.hit.severity == "block"]


@pytest.mark.parametrize(
    ("code", "cell"),
    [
        ("&quot;13800&quot;0", '<c r="A1"><v>138000</v></c>'),
        ("0&quot;38000&quot;", '<c r="A1"><v>138001</v></c>'),
        ("&quot;138&quot;@", text("A1", "00138000")),
        ("&quot;410725199&quot;000000000", '<c r="A1"><v>003071238</v></c>'),
    ],
)
def test_a_condition_that_prints_a_part_of_a_number_blocks(code: str, cell: str) -> None:
    data = with_rule(code, cell)

    assert blocks(data)
    assert not blocks(redaction.masked("名单.xlsx", data, Decisions(), pictures=False))
    assert not blocks(with_rule(code, cell, "B1:B9"))


def test_a_condition_of_the_newer_kind_carries_its_format_with_it() -> None:
    look = '<dxf><numFmt numFmtId="1" formatCode="&quot;13800&quot;0"/></dxf>'
    rule = f"<conditionalFormatting><cfRule>{look}</cfRule><sqref>A1:A9</sqref></conditionalFormatting>"
    newer = f"<extLst><ext><conditionalFormattings>{rule}</conditionalFormattings></ext></extLst>"

    assert blocks(workbook(row(1, '<c r="A1"><v>138000</v></c>'), after=newer))


def test_a_format_of_a_condition_that_nobody_understands_is_unread() -> None:
    unknown = with_rule("&quot;13800&quot;0 QQ", '<c r="A1"><v>138000</v></c>')

    assert redaction.inspect("名单.xlsx", unknown).unread
    assert not redaction.inspect("名单.xlsx", with_rule("0.00 QQ", '<c r="A1"><v>138000</v></c>')).unread


def test_a_condition_that_writes_a_year_or_a_unit_blocks_nothing() -> None:
    for code in ("&quot;2024年&quot;0", "0.0&quot;万元&quot;", "[Red]0"):
        assert not blocks(with_rule(code, '<c r="A1"><v>138000</v></c>'))


@pytest.mark.parametrize("label", ["<c:numFmt formatCode='\"13800\"0'/>", "<c:pt formatCode='\"13800\"0'/>"])
def test_the_labels_of_a_chart_are_read_with_its_values(label: str) -> None:
    values = "<c:numCache><c:pt idx='0'><c:v>138000</c:v></c:pt></c:numCache>"

    assert blocks(with_chart(f"<c:ser><c:dLbls>{label}</c:dLbls>{values}</c:ser>"))
    assert not blocks(with_chart(f"<c:ser>{values}</c:ser>"))


def test_an_axis_that_prints_digits_of_its_own_is_unread() -> None:
    assert redaction.inspect("图.xlsx", with_chart("<c:valAx><c:numFmt formatCode='\"13800\"0'/></c:valAx>")).unread
    assert not redaction.inspect("图.xlsx", with_chart("<c:valAx><c:numFmt formatCode='0%'/></c:valAx>")).unread


def test_the_values_of_a_scenario_are_read_together() -> None:
    kept = f'<inputCells r="A1" val="{N[:9]}"/><inputCells r="A2" val="{N[9:]}"/>'

    assert "identity" in blocks(workbook(after=f'<scenarios><scenario name="甲">{kept}</scenario></scenarios>'))
