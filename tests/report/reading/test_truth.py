"""真实年报 — every figure of the eleven shared reports, exact, in its state and in its place (条例 第五十条)."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from functools import cache
from pathlib import Path

import pytest

from gongkai.documents.document import Document, DocumentError, Paragraph
from gongkai.documents.opening import open_documents
from gongkai.report.figures import AnnualReport, Place, State, Value
from gongkai.report.interchange import to_json
from gongkai.report.reading import read_document
from tests.cli.command import gongkai, objects
from tests.conftest import RealReport, shared_file

FIGURES = 2168
OPEN = (State.DOUBTFUL, State.ABSENT)


def opened(path: Path) -> Document:
    (document,) = open_documents(str(path))
    assert not isinstance(document, DocumentError)
    return document


@cache
def reading_of(path: Path) -> AnnualReport:
    return read_document(opened(path))


def number(value: object) -> Value:
    """A figure as its expectation writes it: counts as they are, money as a string."""
    return Decimal(value) if isinstance(value, str) else value  # type: ignore[return-value]


def test_the_eleven_hold_two_thousand_figures(real_reports: list[RealReport]) -> None:
    assert sum(len(report.expected["figures"]) for report in real_reports) == FIGURES


def test_every_figure_is_exact_and_a_blank_is_a_blank(real_report: RealReport) -> None:
    found = reading_of(real_report.path)
    expected = {address: number(value) for address, value in real_report.expected["figures"].items()}
    assert set(found.figures) == set(expected) == set(found.form.addresses)
    uncertain = set(real_report.expected.get("uncertain", ()))
    sure = [a for a in expected if not (a in uncertain and found.states.get(a) in OPEN)]
    assert {a: found.figures[a] for a in sure} == {a: expected[a] for a in sure}
    assert {a for a in sure if found.states.get(a) is State.BLANK} == {a for a in sure if expected[a] is None}
    assert {a: state for a, state in found.states.items() if state in OPEN and a not in uncertain} == {}


def test_edition_year_and_agency_are_those_printed(real_report: RealReport) -> None:
    found, expected = reading_of(real_report.path), real_report.expected
    assert (found.edition, found.year, found.agency) == (expected["edition"], expected["year"], expected["agency"])


def test_a_place_leads_to_a_cell_that_shows_the_figure(real_report: RealReport) -> None:
    found = reading_of(real_report.path)
    document = opened(real_report.path)
    assert set(found.places) == {a for a in found.figures if found.states.get(a) is not State.ABSENT}
    for address, place in found.places.items():
        value = found.figures[address]
        assert place.printed is not None
        text = next(shown(document, place))
        assert place.printed == text.strip() if place.table else place.printed in text.split(), (address, place)
        if value is None:
            assert place.printed in ("", "-", "—", "/"), (address, place)
        else:
            assert str(value) in place.printed, (address, place)


def shown(document: Document, place: Place) -> Iterator[str]:
    """What the document shows at a place: a cell of a grid, or a line of text."""
    for view in document.views():
        for block in view.blocks:
            if isinstance(block, Paragraph):
                if place.table is None and (block.page, block.line) == (place.page, place.line):
                    yield block.text
            elif block.number == place.table and place.row is not None:
                yield from (cell.text for cell in block.rows[place.row - 1].cells if cell.column == place.column)


def test_reading_twice_gives_the_same(real_report: RealReport) -> None:
    again = read_document(opened(real_report.path))
    assert to_json(again, places=True) == to_json(reading_of(real_report.path), places=True)


@pytest.mark.parametrize("relative", ["corpus/shanghai-office-2019.html"])
def test_the_command_line_tells_what_was_read(relative: str) -> None:
    path = shared_file(relative)
    done = gongkai("read", "--json", "--places", path)
    assert objects(done.stdout) == [to_json(reading_of(path), places=True)]
