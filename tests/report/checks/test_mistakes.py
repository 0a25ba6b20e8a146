"""一处错，一处说 — every kind of mistake is told at its cell, in at most two findings, and nothing is said of a
balanced report (条例 第五十条)."""

from __future__ import annotations

from dataclasses import replace
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gongkai.report.checks import Finding, Severity, check
from gongkai.report.checks.rules import rules_of
from gongkai.report.figures import AnnualReport
from gongkai.report.form import Edition, form
from tests.noise.balanced import SHAPES, balanced
from tests.report.balanced import APPLICANTS, changed, report_of
from tests.report.checks.mistakes import FEES, Planted, cell, table_mistakes
from tests.report.checks.mistakes_in_text import text_mistakes
from tests.report.checks.texts import GOOD, saying

KINDS = {**dict(table_mistakes()), **dict(text_mistakes())}
MOST = 2
seeds = st.integers(0, 10**6)


def clean(random: Random) -> AnnualReport:
    """A balanced report of the new edition, with good text, in which every applicant and result occurs now and then."""
    of = form(*random.choice(SHAPES[:2]))
    figures = {**balanced(random, of, random.choice(["some", "many"])), FEES: 0}
    return replace(GOOD, figures=figures)


def told(planted: Planted, report: AnnualReport) -> list[Finding]:
    """What is said of the mistake, and was not said before it was made."""
    previous = None if planted.previous is None else [planted.previous]
    before = {(f.rule, f.figures) for f in check(report, previous=previous)}
    return [f for f in check(planted.report, previous=previous) if (f.rule, f.figures) not in before]


def is_told(planted: Planted, found: list[Finding]) -> bool:
    """Whether just one finding names a cell of the mistake, or a rule by which it is known."""
    naming = [f for f in found if not planted.cells.isdisjoint(f.figures) or f.rule in planted.rules]
    return 0 < len(naming) <= len(found) <= MOST


def test_there_are_kinds_enough() -> None:
    assert len(KINDS) >= 80


@pytest.mark.parametrize("kind", KINDS)
@settings(max_examples=10, deadline=None, derandomize=True)
@given(seed=seeds)
def test_a_mistake_is_told_once_at_its_cell(kind: str, seed: int) -> None:
    random = Random(seed)
    report = clean(random)
    planted = KINDS[kind](report, random)
    if planted is not None:
        found = told(planted, report)
        assert is_told(planted, found), [f.message for f in found]


@settings(max_examples=200, deadline=None)
@given(seed=seeds)
def test_a_balanced_report_has_no_cause(seed: int) -> None:
    assert not [f for f in check(clean(Random(seed))) if f.severity is Severity.ERROR or f.folded]


def test_every_cause_is_planted_and_told() -> None:
    told = set()
    for plant in KINDS.values():
        for seed in range(12):
            random = Random(seed)
            planted = plant(clean(random), random)
            if planted:
                previous = None if planted.previous is None else [planted.previous]
                told |= {finding.rule for finding in check(planted.report, previous=previous)}
    assert rules_of("causes.toml").keys() <= told


def test_a_row_that_slid_under_its_total_is_called_so() -> None:
    counts = dict(zip(APPLICANTS, [9, 4, 1, 0, 0, 0], strict=True)) | {"total": 14}
    rows = ("received", "granted", "handled_total")
    sound = report_of(form(Edition.E2021), {cell(row, name): n for row in rows for name, n in counts.items()})
    assert not check(sound)
    slid = dict(zip(APPLICANTS, [0, 9, 4, 1, 0, 0], strict=True))
    wrong = changed(sound, {cell("granted", name): n for name, n in slid.items()})
    (found,) = check(wrong)
    assert (found.rule, len(found.folded)) == ("applications.row_shifted", 4)


@pytest.mark.parametrize("column", APPLICANTS)
def test_totals_that_leave_a_column_out_are_told_and_not_the_column(column: str) -> None:
    """The column is right in every sum but those of the totals; that text which says the sum is right folds too."""
    counts = dict(zip(APPLICANTS, [9, 4, 3, 2, 5, 1], strict=True)) | {"total": 24}
    rows = ("received", "granted", "handled_total")
    figures = {cell(row, name): n for row in rows for name, n in counts.items()}
    sound = saying("共收到政府信息公开申请24件。", report=replace(GOOD, figures=changed(GOOD, figures).figures))
    assert not check(sound)
    short = {cell(row): 24 - counts[column] for row in rows}
    (found,) = check(changed(sound, short))
    assert found.rule == "applications.total_leaves_out"
    assert set(found.figures) == short.keys()
    assert "narrative.table" in [one.rule for one in found.folded]
