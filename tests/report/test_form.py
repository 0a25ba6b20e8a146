"""年度报告格式 — both editions in each shape: addresses, labels, sums and money as the notices have them (条例
第五十条)."""

from __future__ import annotations

import re
from collections import Counter

import pytest

from gongkai.report.form import Edition, Form, OtherHandling, form

SHAPES = [(edition, shape) for edition in Edition for shape in OtherHandling]
FORMS = [form(*shape) for shape in SHAPES]
APPLICANTS = (
    *("natural_person", "business", "research", "public_interest", "legal_services", "other_organizations"),
    "total",
)
each_form = pytest.mark.parametrize("of", FORMS, ids=["-".join(shape) for shape in SHAPES])


@pytest.mark.parametrize(
    ("edition", "shape", "count"),
    [("2021", "rows", 200), ("2021", "row", 186), ("2019", "row", 198), ("2019", "rows", 212)],
)
def test_a_form_has_as_many_figures_as_the_notice(edition: str, shape: str, count: int) -> None:
    assert len(form(edition, shape).addresses) == count


@each_form
def test_every_address_is_table_row_column_and_stands_once(of: Form) -> None:
    assert set(Counter(of.addresses).values()) == {1}
    assert of.addresses == tuple(address for line in of.lines for address in line.addresses)
    assert all(re.fullmatch(r"(proactive|applications|remedies)(\.[a-z_]+){2,3}", address) for address in of.addresses)
    assert [line for table in ("proactive", "applications", "remedies") for line in of.table(table)] == list(of.lines)
    assert all(tuple(c.id for c in line.columns) == APPLICANTS for line in of.table("applications"))


@each_form
def test_one_row_or_three_is_the_only_difference_of_the_shapes(of: Form) -> None:
    others = [line for line in of.lines if line.id.startswith("other_handling")]
    assert len(others) == (3 if of.other_handling is OtherHandling.ROWS else 1)
    assert {line.group for line in others} == ({"（六）其他处理"} if len(others) == 3 else {None})
    other = form(of.edition, OtherHandling.ROW if len(others) == 3 else OtherHandling.ROWS)
    assert [line for line in other.lines if not line.id.startswith("other_handling")] == [
        line for line in of.lines if line not in others
    ]


@each_form
def test_money_is_the_only_figure_in_no_sum_of_counts(of: Form) -> None:
    assert dict(of.money) == (
        {"proactive.fees.amount": "万元"} if of.edition is Edition.E2021 else {"proactive.procurement.amount": "元"}
    )
    assert set(of.money) <= set(of.addresses)


@each_form
def test_every_figure_of_tables_three_and_four_stands_in_a_sum(of: Form) -> None:
    summed = {address for equation in of.equations for address in (*equation.left, *equation.right)}
    assert summed == {address for address in of.addresses if not address.startswith("proactive")}


@each_form
def test_the_sums_are_those_printed_on_the_form(of: Form) -> None:
    lines = of.table("applications")
    results = [line.id for line in lines if line.result]
    assert len(lines) == len(results) + 4
    sums = {(e.id, e.scope): (set(e.left), set(e.right)) for e in of.equations}
    assert len(sums) == len(of.equations) == len(lines) + 7 + 7 + 3
    for line in (*lines, *of.table("remedies")):
        *parts, total = line.addresses
        assert sums[f"{line.table}.row_sum", line.id] == ({total}, set(parts))
    for column in APPLICANTS:
        a = "applications.{}." + column
        handled = {a.format(row) for row in results}
        assert sums["applications.column_sum", column] == ({a.format("handled_total")}, handled)
        assert sums["applications.balance", column] == (
            {a.format("received"), a.format("carried_in")},
            {a.format("handled_total"), a.format("carried_out")},
        )


@each_form
def test_every_row_has_a_label_and_is_known_by_words_of_it(of: Form) -> None:
    for line in of.lines:
        assert line.label
        assert any(key in line.label for key in line.keys) or not line.keys, line.id
    named = [(line.table, line.group, line.label) for line in of.lines]
    assert len(set(named)) == len(named)


def test_each_edition_has_its_notice_its_headings_and_words_of_its_own() -> None:
    for edition, document in ((Edition.E2019, "国办公开办函〔2019〕60号"), (Edition.E2021, "国办公开办函〔2021〕30号")):
        of = form(edition)
        assert of.document == document
        assert document in of.provision
        assert len(of.headings) == 6
        assert of.title.format(agency="青石县人民政府", year=2023) == "青石县人民政府2023年政府信息公开工作年度报告"
    old, new = (form(edition, OtherHandling.ROWS) for edition in Edition)
    for of, other in ((old, new), (new, old)):
        words = "\n".join(
            text for line in other.table("proactive") for text in (line.label, *(c.label for c in line.columns))
        )
        assert not [mark for mark in of.marks if mark in words]


def test_a_form_is_made_once_and_an_unknown_edition_is_refused() -> None:
    assert form("2021") is form("2021")
    assert form("2021") == form(Edition.E2021, OtherHandling.ROWS)
    with pytest.raises(ValueError, match="2008"):
        form("2008")
    with pytest.raises(ValueError, match="two"):
        form("2021", "two")
