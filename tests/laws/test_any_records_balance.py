"""任何记录都勾稽相符 — a report that `tally` makes passes the checks, whatever the records (条例 第五十条)."""

from __future__ import annotations

from collections import Counter
from dataclasses import fields, replace
from datetime import date
from decimal import Decimal
from random import Random

from hypothesis import given, settings
from hypothesis import strategies as st

from gongkai.report.checks import check
from gongkai.report.form import Edition, OtherHandling
from gongkai.report.records import Application, Decision, EndReason, FeeReceipt, Power, Records
from gongkai.report.tally import Counting, Tally, tally
from tests.report.records_on_file import APPLICATIONS, RECORDS

YEARS = st.sampled_from([2022, 2023, 2024])
SHAPES = st.sampled_from(
    [
        (Edition.E2021, OtherHandling.ROWS),
        (Edition.E2021, OtherHandling.ROW),
        (Edition.E2019, OtherHandling.ROW),
        (Edition.E2019, OtherHandling.ROWS),
    ]
)
COUNTINGS = st.builds(
    Counting,
    counts_refusals=st.booleans(),
    repeals=st.frozensets(st.sampled_from(EndReason)),
    counts_joint=st.booleans(),
)
GROWING = ("received", "handled_total", "granted")


def counted(records: Records, year: int, edition: Edition = Edition.E2021) -> Tally:
    return tally(records, body="测试局", year=year, edition=edition)


@settings(max_examples=250, deadline=None)
@given(RECORDS, YEARS, SHAPES, COUNTINGS, st.data())
def test_any_records_balance(
    records: Records, year: int, shape: tuple[Edition, OtherHandling], counting: Counting, data: st.DataObject
) -> None:
    cut_on = data.draw(st.dates(date(year, 1, 1), date(year, 12, 31)))
    edition, other_handling = shape
    made = tally(
        records,
        body="测试局",
        year=year,
        cut_on=cut_on,
        edition=edition,
        other_handling=other_handling,
        counting=counting,
    )
    assert check(made.report) == []
    assert list(made.report.figures) == list(made.report.form.addresses)
    assert all(
        value is not None and (value >= 0 or address.endswith("items_change"))
        for address, value in made.report.figures.items()
    )


@settings(max_examples=150, deadline=None)
@given(RECORDS, SHAPES, YEARS)
def test_every_count_opens_to_as_many_records(
    records: Records, shape: tuple[Edition, OtherHandling], year: int
) -> None:
    edition, other_handling = shape
    made = tally(records, body="测试局", year=year, edition=edition, other_handling=other_handling)
    many = {decision.id: decision.count for decision in records.decisions}
    assert list(made.parts) == list(made.report.figures)
    for address, value in made.report.figures.items():
        if address.endswith(".decisions"):
            assert value == sum(many[part] for part in made.parts[address])
        elif not address.endswith((".amount", ".items_change")):
            assert value == len(made.parts[address])


@settings(max_examples=150, deadline=None)
@given(RECORDS, st.sampled_from([2022, 2023]))
def test_what_is_carried_out_is_carried_in_next_year(records: Records, year: int) -> None:
    this, following = counted(records, year), counted(records, year + 1)
    for address, parts in this.parts.items():
        if address.startswith("applications.carried_out."):
            assert parts == following.parts[address.replace("carried_out", "carried_in")]
        elif address.endswith(".pending"):
            assert set(parts) <= set(following.parts[address.replace("pending", "total")])


@settings(max_examples=150, deadline=None)
@given(RECORDS, st.sampled_from([2022, 2023]))
def test_the_stock_of_documents_and_items_moves_by_what_comes_and_goes(records: Records, year: int) -> None:
    this, following = counted(records, year).report.figures, counted(records, year + 1).report.figures
    for kind in ("regulations", "normative_documents"):
        made, repealed, in_force = (
            int(following[f"proactive.{kind}.{c}"] or 0) for c in ("made", "repealed", "in_force")
        )
        assert in_force == int(this[f"proactive.{kind}.in_force"] or 0) + made - repealed
    this, following = (counted(records, y, Edition.E2019).report.figures for y in (year, year + 1))
    for power in ("licensing", "penalties", "fees"):
        change = int(this[f"proactive.{power}.items_change"] or 0)
        assert (
            following[f"proactive.{power}.items_last_year"]
            == (this[f"proactive.{power}.items_last_year"] or 0) + change
        )


@settings(max_examples=100, deadline=None)
@given(RECORDS, YEARS, st.randoms(use_true_random=False), st.sampled_from(Edition))
def test_the_order_of_records_is_nothing(records: Records, year: int, random: Random, edition: Edition) -> None:
    shuffled = replace(
        records,
        **{
            kind.name: random.sample(getattr(records, kind.name), len(getattr(records, kind.name)))
            for kind in fields(records)
        },
    )
    assert counted(records, year, edition) == counted(shuffled, year, edition)


@settings(max_examples=150, deadline=None)
@given(RECORDS, YEARS, st.data())
def test_a_later_cut_date_never_counts_less(records: Records, year: int, data: st.DataObject) -> None:
    days = st.dates(date(year, 1, 1), date(year, 12, 31))
    cuts = sorted((data.draw(days), data.draw(days)))
    early, late = (tally(records, body="测试局", year=year, cut_on=cut).parts for cut in cuts)
    for address, parts in early.items():
        row = address.split(".")[1]
        if row in GROWING or address.endswith((".made", ".repealed", ".decisions", ".amount")):
            assert set(parts) <= set(late[address])
        elif row == "carried_in":
            assert parts == late[address]


@settings(max_examples=100, deadline=None)
@given(APPLICATIONS, YEARS)
def test_other_handling_counts_the_same_in_one_row_or_three(records: list[Application], year: int) -> None:
    file = Records(applications=records)
    rows = tally(file, body="测试局", year=year, other_handling=OtherHandling.ROWS).report.figures
    row = tally(file, body="测试局", year=year, other_handling=OtherHandling.ROW).report.figures
    three = sum(
        int(rows[f"applications.other_handling.{part}.total"] or 0)
        for part in ("correction_overdue", "fee_overdue", "other")
    )
    assert row["applications.other_handling.total"] == three


@given(st.lists(st.decimals(0, 10**6, places=0), max_size=8), YEARS)
def test_money_is_exact_to_the_yuan(amounts: list[Decimal], year: int) -> None:
    file = Records(fees=[FeeReceipt(id=str(n), collected_on=date(year, 6, 1), amount=a) for n, a in enumerate(amounts)])
    figure = counted(file, year).report.figures["proactive.fees.amount"]
    assert figure is not None
    assert figure * 10_000 == sum(amounts)


@given(st.lists(st.integers(0, 9), max_size=5), YEARS)
def test_decisions_that_another_system_sums_count_as_many(counts: list[int], year: int) -> None:
    file = Records(
        decisions=[
            Decision(id=str(n), power=Power.PENALTIES, decided_on=date(year, 3, 1), count=c)
            for n, c in enumerate(counts)
        ]
    )
    assert counted(file, year).report.figures["proactive.penalties.decisions"] == sum(counts)


@settings(max_examples=100, deadline=None)
@given(RECORDS, YEARS, st.sampled_from(Edition))
def test_records_counted_together_count_as_one_by_one(records: Records, year: int, edition: Edition) -> None:
    together = counted(records, year, edition)
    summed: Counter[str] = Counter()
    parts: dict[str, set[str]] = {}
    for kind in fields(records):
        for record in getattr(records, kind.name):
            alone = counted(Records(**{kind.name: [record]}), year, edition)
            for address, value in alone.report.figures.items():
                summed[address] += value if not address.endswith(".amount") else 0
                parts.setdefault(address, set()).update(alone.parts[address])
    for address, value in together.report.figures.items():
        assert address.endswith(".amount") or value == summed[address]
        assert set(together.parts[address]) == parts.get(address, set())
