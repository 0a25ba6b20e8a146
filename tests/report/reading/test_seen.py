"""看来的数 — whatever is misread in a picture is marked; what is sure and balances is plain (条例 第五十条)."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal

from hypothesis import assume, given, settings
from hypothesis import strategies as st

from gongkai.documents.document import Document, Grid, PageLayout, Row, View
from gongkai.documents.opening import open_documents
from gongkai.report.figures import AnnualReport, State
from gongkai.report.reading import read_document
from gongkai.report.writing import write_report
from tests.report.balanced import balanced_reports

Seen = tuple[str, float]
Look = Callable[[int, int, int, str], Seen]
"""A look at one cell: the number of its table, its row and its column, and what is printed there."""

MARKED = (State.DOUBTFUL, State.ABSENT)
LAYOUT = {1: PageLayout(595, 842, (), (1.0, 0, 0, 0, 1, 0, 0, 0, 1))}


def structure(report: AnnualReport) -> View:
    (document,) = open_documents("年报.html", write_report(report, "html"))
    assert isinstance(document, Document)
    return next(document.views())


def seen(view: View, look: Look) -> View:
    """The same page as if it had been looked at."""

    def row(grid: Grid, number: int, given: Row) -> Row:
        cells = [look(grid.number, number, span[0], text) for text, span in zip(given.texts, given.spans, strict=True)]
        texts, confidences = zip(*cells, strict=True) if cells else ((), ())
        return given._replace(texts=tuple(texts), confidences=tuple(confidences), page=1)

    blocks = tuple(
        replace(block, rows=tuple(row(block, number, given) for number, given in enumerate(block.rows, 1)))
        if isinstance(block, Grid)
        else replace(block, confidence=1.0)
        for block in view.blocks
    )
    return View("seen", blocks, LAYOUT)


def surely(_table: int, _row: int, _column: int, text: str) -> Seen:
    return text, 0.99


def read(report: AnnualReport, *looks: Look) -> AnnualReport:
    shown = structure(report)
    makers = [lambda look=look: seen(shown, look) for look in looks]  # type: ignore[misc]
    return read_document(Document("年报.png", "png", makers))


def misread(place: tuple[int, int, int], as_: str, confidence: float = 0.99) -> Look:
    return lambda *at: (as_, confidence) if at[:3] == place else surely(*at)


def places(report: AnnualReport, table: str) -> dict[str, tuple[int, int, int]]:
    """Where each figure of a table stands on the page."""
    (document,) = open_documents("年报.html", write_report(report, "html"))
    assert isinstance(document, Document)
    found = read_document(document).places
    return {
        address: (place.table, place.row, place.column)
        for address, place in found.items()
        if address.startswith(table) and place.table and place.row and place.column
    }


@settings(max_examples=20)
@given(balanced_reports())
def test_what_was_seen_surely_has_the_figures_that_were_printed(report: AnnualReport) -> None:
    printed = read_document(Document("年报.html", "html", [lambda: structure(report)]))
    assert read(report, surely).figures == printed.figures


@settings(max_examples=20)
@given(balanced_reports(blanks=False))
def test_what_an_equation_confirms_is_plain_and_all_else_doubtful(report: AnnualReport) -> None:
    found = read(report, surely)
    confirmed = {address for equation in found.form.equations for address in (*equation.left, *equation.right)}
    assert found.figures == report.figures
    assert found.states == dict.fromkeys(set(report.figures) - confirmed, State.DOUBTFUL)


@settings(max_examples=40)
@given(balanced_reports(), st.data())
def test_a_figure_misread_however_surely_is_marked(report: AnnualReport, data: st.DataObject) -> None:
    where = places(report, data.draw(st.sampled_from(("applications", "remedies", "proactive"))))
    address = data.draw(st.sampled_from(sorted(where)))
    wrong = data.draw(st.integers(0, 99))
    assume(report.figures[address] is not None)
    assume(Decimal(wrong) != report.figures[address])
    found = read(report, misread(where[address], str(wrong)))
    assert found.figures[address] == report.figures[address] or found.states.get(address) in MARKED


@settings(max_examples=40)
@given(balanced_reports(blanks=False), st.data())
def test_a_sum_that_was_inferred_confirms_nothing_of_what_it_was_inferred_from(
    report: AnnualReport, data: st.DataObject
) -> None:
    where = places(report, "remedies")
    line = data.draw(st.sampled_from(report.form.table("remedies")))
    *parts, total = line.addresses
    address = data.draw(st.sampled_from(parts))
    wrong = data.draw(st.integers(0, 99))
    unread = misread(where[total], "□", 0.1)
    found = read(report, lambda *at: (str(wrong), 0.99) if at[:3] == where[address] else unread(*at))
    assert found.figures[address] == report.figures[address] or found.states.get(address) in MARKED


@settings(max_examples=40)
@given(balanced_reports(blanks=False), st.data())
def test_two_cells_seen_as_one_leave_no_figure_wrong_and_plain(report: AnnualReport, data: st.DataObject) -> None:
    """A rule too faint to see: 7 and 0 stand in one cell, and a figure is lacking."""
    table, row, _ = places(report, "remedies")["remedies.reconsideration.total"]
    at = data.draw(st.integers(0, 13))
    shown = seen(structure(report), surely)

    def merged(given: Row) -> Row:
        texts = (*given.texts[:at], " ".join(given.texts[at : at + 2]), *given.texts[at + 2 :])
        spans = (*given.spans[:at], (given.spans[at][0], 2, 1), *given.spans[at + 2 :])
        return given._replace(texts=texts, spans=spans, confidences=given.confidences[1:])

    blocks = tuple(
        replace(block, rows=tuple(merged(r) if n == row else r for n, r in enumerate(block.rows, 1)))
        if isinstance(block, Grid) and block.number == table
        else block
        for block in shown.blocks
    )
    found = read_document(Document("年报.png", "png", [lambda: View("seen", blocks, LAYOUT)]))
    silent = [a for a, v in report.figures.items() if found.figures[a] != v and found.states.get(a) not in MARKED]
    assert silent == []


@settings(max_examples=20)
@given(balanced_reports(blanks=False), st.data())
def test_a_second_look_that_balances_is_taken(report: AnnualReport, data: st.DataObject) -> None:
    where = places(report, "applications")
    address = data.draw(st.sampled_from(sorted(where)))
    wrong = data.draw(st.integers(100, 999))
    found = read(report, misread(where[address], str(wrong), 0.6), surely)
    assert found.figures[address] == report.figures[address]
    assert found.states.get(address) in (None, State.INFERRED)


@settings(max_examples=20)
@given(balanced_reports(blanks=False), st.data())
def test_an_o_for_a_nought_and_a_cell_that_could_not_be_read_are_judged_by_the_equations(
    report: AnnualReport, data: st.DataObject
) -> None:
    where = places(report, "applications")
    address = data.draw(st.sampled_from(sorted(where)))
    sign = data.draw(st.sampled_from("oO□" if report.figures[address] == 0 else "□"))
    found = read(report, misread(where[address], sign, 0.9))
    assert found.figures[address] == report.figures[address] or found.states.get(address) in MARKED
    assert found.states.get(address) is not None


@settings(max_examples=20)
@given(balanced_reports(blanks=False), st.data())
def test_figures_seen_unsurely_are_doubtful_though_they_balance(report: AnnualReport, data: st.DataObject) -> None:
    where = places(report, "remedies")
    address = data.draw(st.sampled_from(sorted(where)))
    found = read(report, misread(where[address], str(report.figures[address]), 0.5))
    assert found.states.get(address) is State.DOUBTFUL


def test_a_scaled_table_that_balances_wrongly_is_marked_where_it_was_unsure() -> None:
    """Equations cannot tell 1 1 from 7 7: what was seen unsurely stays in doubt though it balances."""
    report = next_balanced()
    ones = {place for address, place in places(report, "remedies").items() if report.figures[address] == 1}
    found = read(report, lambda *at: ("7", 0.6) if at[:3] in ones else surely(*at))
    wrong = [a for a in found.figures if found.figures[a] != report.figures[a]]
    assert wrong
    assert all(found.states.get(address) in MARKED for address in wrong)


def next_balanced() -> AnnualReport:
    from gongkai.report.form import Edition, form
    from tests.report.balanced import report_of

    figures = {"remedies.reconsideration.upheld": 1, "remedies.reconsideration.total": 1}
    return report_of(form(Edition.E2021), figures)
