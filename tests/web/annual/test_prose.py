"""正文 — the text is shown whole, whatever is quoted from it, and every quotation is marked (条例 第五十条)."""

from __future__ import annotations

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from gongkai.report.checks import Finding, Severity
from gongkai.report.figures import AnnualReport, Section
from gongkai.report.form import Edition, form
from gongkai.web.annual.marks import marks
from gongkai.web.annual.prose import prose
from tests.report.balanced import report_of

TEXTS = st.text("收到申请12件，办结。", min_size=1, max_size=40)


def spoken(report: AnnualReport, quotes: list[str]) -> list[Finding]:
    return [
        Finding("narrative.table", Severity.WARNING, (), "“{quote}”", "条例", {"quote": quote, "section": 1})
        for quote in quotes
    ]


def written(text: str) -> AnnualReport:
    return replace(report_of(form(Edition.E2021), {}), sections=(Section(1, "一、总体情况", text),))


@given(TEXTS, st.data())
def test_marking_quotations_changes_no_word(text: str, data: st.DataObject) -> None:
    starts = data.draw(st.lists(st.integers(0, len(text) - 1), max_size=4))
    quotes = [text[start : start + data.draw(st.integers(1, 8))] for start in starts]
    report = written(text)
    shown = prose(report, 1, marks(report, spoken(report, quotes)))
    assert shown
    assert "\n".join("".join(piece.text for piece in line) for line in shown.paragraphs) == text
    told = [mark.number for line in shown.paragraphs for piece in line for mark in piece.marks]
    assert sorted(told) == list(range(1, len(quotes) + 1))


def test_a_quotation_is_marked_where_it_stands() -> None:
    report = written("全年收到申请 12 件。\n办结 11 件。")
    shown = prose(report, 1, marks(report, spoken(report, ["收到申请 12 件"])))
    assert shown
    assert [(piece.text, len(piece.marks)) for piece in shown.paragraphs[0]] == [
        ("全年", 0),
        ("收到申请 12 件", 1),
        ("。", 0),
    ]


def test_a_part_that_was_not_read_is_none() -> None:
    assert prose(written("文字"), 5, []) is None
