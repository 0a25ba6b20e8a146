"""年度衔接 — last year's 四 is this year's 二; documents in force follow (年报表二、表三)."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gongkai.report.checks import Finding, Severity, check
from gongkai.report.figures import AnnualReport, State, Value
from gongkai.report.form import Edition, OtherHandling, form
from tests.report.balanced import APPLICANTS, balanced_reports, changed, report_of

COLUMNS = (*APPLICANTS, "total")
IN_FORCE = "proactive.normative_documents.in_force"
NO_MATCH = "continuity.no_previous"
BLANK = replace(report_of(form(Edition.E2021), {}), agency="某县人民政府", year=2024)


def continuity(report: AnnualReport, *previous: AnnualReport) -> list[Finding]:
    return [finding for finding in check(report, previous=previous) if finding.rule.startswith("continuity.")]


def year_after(report: AnnualReport) -> AnnualReport:
    """A report of the year after in which nothing happened but what the year before left."""
    figures: dict[str, Value] = dict.fromkeys(report.figures, 0)
    for column in COLUMNS:
        figures[f"applications.carried_in.{column}"] = report.figures[f"applications.carried_out.{column}"]
        figures[f"applications.carried_out.{column}"] = report.figures[f"applications.carried_out.{column}"]
    figures |= {address: value for address, value in report.figures.items() if address.endswith(".in_force")}
    return replace(report, year=(report.year or 0) + 1, figures=figures, states={})


@given(balanced_reports())
def test_a_year_that_goes_on_where_the_last_ended_has_no_finding(report: AnnualReport) -> None:
    last = replace(report, agency="某县人民政府", year=2023)
    assert continuity(year_after(last), last) == []


@given(balanced_reports(blanks=False), st.sampled_from(COLUMNS), st.integers(1, 9))
def test_any_column_carried_wrongly_is_told(report: AnnualReport, column: str, more: int) -> None:
    last = replace(report, agency="某县人民政府", year=2023)
    address = f"applications.carried_in.{column}"
    right = year_after(last).figures[address]
    (finding,) = continuity(changed(year_after(last), {address: int(right or 0) + more}), last)
    assert (finding.rule, finding.severity) == ("continuity.carried_in", Severity.ERROR)
    assert finding.figures == (address,)
    assert (finding.expected, finding.found) == (right, int(right or 0) + more)


def test_two_columns_carried_wrongly_are_one_fault() -> None:
    last = replace(BLANK, year=2023)
    wrong = changed(BLANK, {f"applications.carried_in.{column}": 2 for column in ("business", "total")})
    (finding,) = continuity(wrong, last)
    assert finding.figures == ("applications.carried_in.business", "applications.carried_in.total")
    assert "“商业企业” 0→2、“总计” 0→2" in finding.message
    assert "2023 年年报" in finding.message


@given(st.integers(0, 50), st.integers(0, 50), st.integers(0, 50), st.integers(-3, 3))
def test_documents_in_force_follow_from_last_year(before: int, made: int, repealed: int, off: int) -> None:
    last = replace(changed(BLANK, {IN_FORCE: before}), year=2023)
    rows = {"made": made, "repealed": repealed, "in_force": before + made - repealed + off}
    report = changed(BLANK, {f"proactive.normative_documents.{column}": count for column, count in rows.items()})
    told = continuity(report, last)
    assert bool(told) is bool(off)
    for finding in told:
        assert (finding.rule, finding.severity) == ("continuity.in_force", Severity.WARNING)
        assert (finding.expected, finding.found) == (before + made - repealed, rows["in_force"])


@pytest.mark.parametrize("state", [State.BLANK, State.ABSENT, State.DOUBTFUL])
@pytest.mark.parametrize("of_last", [True, False])
def test_what_was_not_read_is_not_compared(state: State, of_last: bool) -> None:
    last = replace(changed(BLANK, {IN_FORCE: 3, "applications.carried_out.total": 3}), year=2023)
    assert len(continuity(BLANK, last)) == 2
    addresses = (IN_FORCE, "applications.carried_out.total" if of_last else "applications.carried_in.total")
    unread = last if of_last else BLANK
    values = {} if state is State.DOUBTFUL else dict.fromkeys(addresses)
    unread = replace(changed(unread, values), states=dict.fromkeys(addresses, state))
    assert continuity(*((BLANK, unread) if of_last else (unread, last))) == []


@pytest.mark.parametrize(
    "other",
    [
        {"year": 2022},
        {"year": 2024},
        {"year": None},
        {"agency": "某县人民政府办公室"},
        {"agency": None},
    ],
)
def test_a_report_of_another_body_or_year_is_no_match(other: dict[str, object]) -> None:
    (finding,) = continuity(BLANK, replace(BLANK, **{"year": 2023, **other}))
    assert (finding.rule, finding.severity, finding.figures) == (NO_MATCH, Severity.NOTE, ())
    assert "某县人民政府" in finding.message
    assert "2023" in finding.message


@pytest.mark.parametrize("nameless", [{"agency": None}, {"year": None}])
def test_a_report_without_body_or_year_matches_nothing(nameless: dict[str, object]) -> None:
    report = replace(BLANK, **nameless)
    assert [finding.rule for finding in continuity(report, report)] == [NO_MATCH]


def test_the_same_body_is_known_through_spaces_and_width() -> None:
    assert continuity(BLANK, replace(BLANK, year=2023, agency=" 某县 人民政府\u3000")) == []


def test_the_right_year_is_found_among_many() -> None:
    years = [replace(changed(BLANK, {IN_FORCE: 0 if year == 2023 else 9}), year=year) for year in range(2019, 2025)]
    assert continuity(BLANK, *years) == []


def test_an_older_form_has_no_documents_in_force_to_follow() -> None:
    last = replace(report_of(form(Edition.E2019, OtherHandling.ROW), {}), agency=BLANK.agency, year=2023)
    assert continuity(changed(BLANK, {IN_FORCE: 7}), last) == []


def test_without_earlier_reports_continuity_is_not_spoken_of() -> None:
    assert check(BLANK) == []
