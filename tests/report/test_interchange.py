"""交换格式 — any report goes there and back; what is malformed is refused in a sentence (条例 第五十条)."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import fields, replace
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gongkai.report.figures import AnnualReport, Place, Section, State, TableNote
from gongkai.report.form import Edition, form
from gongkai.report.interchange import FORMAT, InterchangeError, from_json, to_json
from tests.report.balanced import FORMS, balanced_reports, report_of

TEXT = st.text(max_size=12)
MAYBE = st.none() | TEXT
COUNT = st.none() | st.integers(-(10**8), 10**8)
AMOUNT = st.none() | st.decimals(0, 10**8, places=4) | st.integers(0, 10**8).map(Decimal)
SHOWN = st.sampled_from([None, State.INFERRED, State.DOUBTFUL])
HIDDEN = st.sampled_from([State.BLANK, State.ABSENT])
PLACE = st.builds(
    Place,
    **{name: st.none() | st.integers(1, 999) for name in ("page", "table", "row", "column", "line")},
    printed=st.none() | TEXT,
)
WHOLE = to_json(
    replace(
        report_of(form(Edition.E2021), {"proactive.fees.amount": Decimal("144.4399")}),
        agency="某县人民政府",
        year=2023,
        sections=(Section(1, "一、总体情况", "公开为常态。"),),
        table_notes=(TableNote("applications", "注：含上年度结转数量"),),
        places={"proactive.fees.amount": Place(page=3, printed="144.4399")},
    ),
    places=True,
)


@st.composite
def reports(draw: st.DrawFn) -> AnnualReport:
    """Any report at all: figures of any size, gaps in any state, sections, notes, dates and places."""
    of = draw(FORMS)
    figures = {address: draw(AMOUNT if address in of.money else COUNT) for address in of.addresses}
    states = {a: s for a, v in figures.items() if (s := draw(HIDDEN if v is None else SHOWN)) is not None}
    return AnnualReport(
        source=draw(TEXT),
        edition=of.edition,
        figures=figures,
        agency=draw(MAYBE),
        year=draw(st.none() | st.integers(2008, 2099)),
        title=draw(MAYBE),
        preface=draw(TEXT),
        sections=tuple(draw(st.lists(st.builds(Section, st.integers(1, 6), TEXT, TEXT), max_size=6))),
        table_notes=tuple(draw(st.lists(st.builds(TableNote, st.sampled_from(["applications"]), TEXT), max_size=2))),
        signed_on=draw(MAYBE),
        published_on=draw(MAYBE),
        states=states,
        units=draw(st.dictionaries(st.sampled_from(sorted(of.money)), TEXT)),
        places=draw(st.dictionaries(st.sampled_from(of.addresses), PLACE, max_size=5)),
    )


def as_a_file(data: dict[str, Any]) -> dict[str, Any]:
    """The object once it has been a file."""
    loaded: dict[str, Any] = json.loads(json.dumps(data, ensure_ascii=False))
    return loaded


@given(reports())
@settings(max_examples=40)
def test_a_report_comes_back_as_it_went(report: AnnualReport) -> None:
    assert from_json(as_a_file(to_json(report, places=True))) == report
    assert from_json(as_a_file(to_json(report))) == replace(report, places={})


@given(reports())
@settings(max_examples=20)
def test_what_came_back_goes_again_as_it_was(report: AnnualReport) -> None:
    data = as_a_file(to_json(report, places=True))
    assert to_json(from_json(data), places=True) == data


@given(balanced_reports())
@settings(max_examples=20)
def test_a_report_is_written_as_the_contract_says(report: AnnualReport) -> None:
    data = to_json(report)
    assert list(data) == [
        *("format", "source", "edition", "agency", "year", "title", "preface", "sections", "table_notes"),
        *("signed_on", "published_on", "figures", "states", "units"),
    ]
    assert data["format"] == FORMAT == "gongkai.report/1"
    assert tuple(data["figures"]) == report.form.addresses
    assert set(data) | {"places", "part"} == {"format", *(field.name for field in fields(AnnualReport))}


def test_money_is_a_string_and_keys_that_do_not_apply_are_left_out() -> None:
    assert WHOLE["figures"]["proactive.fees.amount"] == "144.4399"
    assert WHOLE["places"] == {"proactive.fees.amount": {"page": 3, "printed": "144.4399"}}
    assert WHOLE["figures"]["applications.received.total"] == 0
    assert (
        to_json(report_of(form(Edition.E2021), {"proactive.fees.amount": Decimal("1E+2")}))["figures"][
            "proactive.fees.amount"
        ]
        == "100"
    )


@given(st.sets(st.sampled_from(form(Edition.E2021).addresses), max_size=20), st.data())
@settings(max_examples=30)
def test_a_null_without_a_state_is_blank_and_a_figure_left_out_is_absent(lost: set[str], data: st.DataObject) -> None:
    null = data.draw(st.sets(st.sampled_from(sorted(set(WHOLE["figures"]) - lost)), max_size=20))
    figures = {a: None if a in null else v for a, v in WHOLE["figures"].items() if a not in lost}
    report = from_json({**WHOLE, "figures": figures})
    assert set(report.figures) == set(report.form.addresses)
    assert report.states == {**dict.fromkeys(null, State.BLANK), **dict.fromkeys(lost, State.ABSENT)}


def test_what_is_optional_may_be_left_out() -> None:
    least = {key: WHOLE[key] for key in ("format", "edition", "figures")}
    bare = replace(from_json(WHOLE), source="", agency=None, year=None, sections=(), table_notes=(), places={})
    assert from_json(least) == bare


Change = Callable[[dict[str, Any]], Any]


def with_figure(address: str, value: object) -> Change:
    return lambda data: {**data, "figures": {**data["figures"], address: value}}


@pytest.mark.parametrize(
    ("change", "named"),
    [
        (lambda _: None, "gongkai.report/1"),
        (lambda _: [], "gongkai.report/1"),
        (lambda _: {}, "gongkai.report/1"),
        (lambda data: {**data, "format": "gongkai.report/2"}, "gongkai.report/1"),
        (lambda data: {key: value for key, value in data.items() if key != "figures"}, "figures"),
        (lambda data: {**data, "figures": [1, 2]}, "figures"),
        (lambda data: {**data, "edition": "2008"}, "2008"),
        (lambda data: {key: value for key, value in data.items() if key != "edition"}, "结构"),
        (lambda data: {**data, "year": "去年"}, "去年"),
        (lambda data: {**data, "year": []}, "结构"),
        (lambda data: {**data, "states": {"proactive.fees.amount": "sure"}}, "sure"),
        (lambda data: {**data, "states": ["blank"]}, "结构"),
        (lambda data: {**data, "sections": [{"number": 1}]}, "heading"),
        (lambda data: {**data, "sections": [7]}, "结构"),
        (lambda data: {**data, "table_notes": [{"table": "applications"}]}, "text"),
        (lambda data: {**data, "places": {"proactive.fees.amount": {"sheet": 1}}}, "sheet"),
        (lambda data: {**data, "units": 3}, "结构"),
        (with_figure("applications.received.martians", 1), "applications.received.martians"),
        (with_figure("applications.received.total", "12"), "applications.received.total"),
        (with_figure("applications.received.total", 1.5), "1.5"),
        (with_figure("applications.received.total", True), "True"),
        (with_figure("applications.received.total", {}), "applications.received.total"),
        (with_figure("proactive.fees.amount", "很多"), "很多"),
        (with_figure("proactive.fees.amount", "NaN"), "NaN"),
        (with_figure("proactive.fees.amount", "Infinity"), "Infinity"),
        (with_figure("proactive.fees.amount", 1.5), "1.5"),
        (with_figure("proactive.fees.amount", True), "True"),
    ],
)
def test_what_is_malformed_is_refused_in_a_sentence_that_names_it(change: Change, named: str) -> None:
    with pytest.raises(InterchangeError) as refused:
        from_json(change(WHOLE))
    assert named in str(refused.value)
    assert refused.value.template.format(**refused.value.values) == str(refused.value)


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | TEXT,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(TEXT, inner, max_size=3),
    max_leaves=6,
)


@given(st.sampled_from(sorted(WHOLE)), JSON)
@settings(max_examples=200)
def test_any_object_is_a_report_or_is_refused(key: str, value: object) -> None:
    try:
        report = from_json({**WHOLE, key: value})
    except InterchangeError:
        return
    assert from_json(as_a_file(to_json(report, places=True))) == report
