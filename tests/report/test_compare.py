"""两份年报对照 — every figure that both forms count is compared, and nothing else (条例 第五十条; law.md 两版之间)."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gongkai.report.compare import Sentence, compare
from gongkai.report.figures import AnnualReport, Section, State
from gongkai.report.form import Edition, OtherHandling, form
from tests.noise.balanced import SHAPES
from tests.report.balanced import balanced_reports, changed, report_of

APPLICATIONS, REMEDIES = 23 * 7, 15
ROWS = ("correction_overdue", "fee_overdue", "other")


def empty(edition: Edition, shape: OtherHandling) -> AnnualReport:
    return report_of(form(edition, shape), {})


def prose(text: str) -> AnnualReport:
    return replace(empty(*SHAPES[0]), sections=(Section(1, "一、总体情况", text),))


@settings(max_examples=60, deadline=None)
@given(balanced_reports())
def test_a_report_is_the_same_as_itself(report: AnnualReport) -> None:
    comparison = compare(report, report)
    assert [change.address for change in comparison.figures] == list(report.figures)
    assert all(change.old == change.new for change in comparison.figures)
    assert {change.difference for change in comparison.figures} <= {0, None}
    assert not comparison.apart
    assert not comparison.summed


@settings(max_examples=60, deadline=None)
@given(balanced_reports(), balanced_reports())
def test_turned_around_every_difference_turns_its_sign(one: AnnualReport, other: AnnualReport) -> None:
    there, back = compare(one, other), compare(other, one)
    assert [change.address for change in there.figures] == [change.address for change in back.figures]
    for change, reverse in zip(there.figures, back.figures, strict=True):
        assert (change.difference is None) is (reverse.difference is None)
        assert (change.difference or 0) == -(reverse.difference or 0)


@settings(max_examples=60, deadline=None)
@given(balanced_reports(), balanced_reports())
def test_every_figure_is_compared_summed_or_told_apart(one: AnnualReport, other: AnnualReport) -> None:
    comparison = compare(one, other)
    compared = {change.address for change in comparison.figures}
    apart = {address for addresses in comparison.apart.values() for address in addresses}
    for address in {*one.figures, *other.figures}:
        parts = address.startswith("applications.other_handling.") and address.count(".") == 3
        assert [address in compared, address in apart].count(True) == (not parts or not comparison.summed)


@pytest.mark.parametrize("old", SHAPES)
@pytest.mark.parametrize("new", SHAPES)
def test_what_is_comparable_is_what_the_law_says(
    old: tuple[Edition, OtherHandling], new: tuple[Edition, OtherHandling]
) -> None:
    comparison = compare(empty(*old), empty(*new))
    if old == new:
        assert len(comparison.figures) == len(form(*old).addresses)
    elif old[0] == new[0]:
        assert len(comparison.figures) == 10 + APPLICATIONS + REMEDIES
    else:
        assert len(comparison.figures) == 3 + APPLICATIONS + REMEDIES
        second = {c.address for c in comparison.figures if c.address.startswith("proactive")}
        assert second == {f"proactive.{row}.decisions" for row in ("licensing", "penalties", "coercion")}
        assert {provision for reason in comparison.apart for provision in [reason.provision]} == {
            f"条例 第二十条{item}；国办公开办函〔2021〕30号"
            for item in ("第一项", "第八项", "第九项", "第五项", "第五项、第六项")
        }


def test_other_handling_in_three_rows_is_compared_as_one() -> None:
    three = report_of(form(Edition.E2021), {f"applications.other_handling.{r}.total": n for n, r in enumerate(ROWS, 1)})
    one = report_of(form(Edition.E2019, OtherHandling.ROW), {"applications.other_handling.total": 4})
    comparison = compare(one, three)
    (change,) = (c for c in comparison.figures if c.address == "applications.other_handling.total")
    assert (change.old, change.new, change.difference) == (4, 6, 2)
    assert len(comparison.summed) == 7


@pytest.mark.parametrize(
    ("states", "value", "state"),
    [
        ((State.BLANK,) * 3, None, State.BLANK),
        ((State.BLANK, None, None), 5, None),
        ((State.ABSENT, None, None), 5, State.DOUBTFUL),
        ((State.ABSENT, State.BLANK, State.ABSENT), None, State.ABSENT),
        ((None, State.DOUBTFUL, None), 7, State.DOUBTFUL),
        ((None, State.INFERRED, None), 7, State.INFERRED),
    ],
)
def test_a_sum_is_as_certain_as_its_least_certain_row(
    states: tuple[State | None, ...], value: int | None, state: State | None
) -> None:
    addresses = [f"applications.other_handling.{row}.total" for row in ROWS]
    figures = {
        address: None if held in (State.BLANK, State.ABSENT) else number
        for address, held, number in zip(addresses, states, (2, 1, 4), strict=True)
    }
    report = replace(
        report_of(form(Edition.E2021), figures),
        figures={**report_of(form(Edition.E2021), {}).figures, **figures},
        states={a: s for a, s in zip(addresses, states, strict=True) if s},
    )
    (change,) = (
        c
        for c in compare(report, empty(Edition.E2019, OtherHandling.ROW)).figures
        if c.address == "applications.other_handling.total"
    )
    assert (change.old, change.old_state) == (value, state)
    assert change.is_certain is (state not in (State.ABSENT, State.DOUBTFUL))


def test_money_of_an_unknown_unit_has_no_difference() -> None:
    address = "proactive.fees.amount"
    old, new = (report_of(form(Edition.E2021), {address: Decimal(amount)}) for amount in ("1.5", "20000"))
    known = next(c for c in compare(old, new).figures if c.address == address)
    assert known.difference == Decimal("19998.5")
    unknown = compare(old, replace(new, units={address: "unknown"})).figures
    assert next(c for c in unknown if c.address == address).difference is None


@settings(max_examples=60, deadline=None)
@given(balanced_reports(), st.data())
def test_one_changed_figure_is_one_difference(report: AnnualReport, data: st.DataObject) -> None:
    address = data.draw(st.sampled_from([a for a, value in report.figures.items() if value is not None]))
    other = changed(report, {address: int(report.figures[address] or 0) + 3})
    assert [(c.address, c.difference) for c in compare(report, other).figures if c.old != c.new] == [(address, 3)]


def test_sentences_are_compared_one_by_one() -> None:
    old = prose("坚持以公开为常态。全年收到申请12件，均已按期答复。组织培训2次。")
    new = prose("坚持以公开为常态。\n全年收到申请30件，均已按期答复。新设公开专区一处。")
    (section,) = compare(old, new).sections
    assert section.same == 1
    assert section.changes == (
        Sentence("全年收到申请12件，均已按期答复。", "全年收到申请30件，均已按期答复。"),
        Sentence("组织培训2次。", None),
        Sentence(None, "新设公开专区一处。"),
    )


@settings(max_examples=60, deadline=None)
@given(*[st.lists(st.sampled_from("甲乙丙丁戊己"), max_size=8)] * 2)
def test_no_sentence_is_lost(was: list[str], now: list[str]) -> None:
    old, new = (prose("".join(f"{name}处公开了目录。" for name in names)) for names in (was, now))
    (section,) = compare(old, new).sections
    assert sum(change.old is not None for change in section.changes) == len(was) - section.same
    assert sum(change.new is not None for change in section.changes) == len(now) - section.same


def test_a_part_that_only_one_report_has_is_told() -> None:
    (section,) = compare(empty(*SHAPES[0]), prose("有话。")).sections
    assert (section.old, section.new, section.changes) == (None, "一、总体情况", (Sentence(None, "有话。"),))


def test_json_holds_every_figure() -> None:
    old, new = report_of(form(Edition.E2021), {"proactive.fees.amount": Decimal("1.50")}), empty(*SHAPES[2])
    data = compare(old, new).to_json()
    assert data["format"] == "gongkai.comparison/1"
    assert len(data["figures"]) == 179
    assert {"old": 0, "new": 0, "difference": 0, "states": {}, "address": "applications.received.total"} in data[
        "figures"
    ]
    assert (
        sum(len(entry["figures"]) for entry in data["not_comparable"]) == 7 + 19 - 2
    )  # 规章、规范性文件的 made is an address of both editions
