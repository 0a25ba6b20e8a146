"""不成公式的定律 — nothing that is given out begins a formula, and what began none is as it was (条例 第二十四条)."""

from __future__ import annotations

import csv
from io import StringIO

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gongkai.web.look.cells import harmless, harmless_table


@pytest.mark.parametrize(
    "cell", ["=1+1", "+A1", "-A1", "@SUM(A1)", '=HYPERLINK("http://x")', "\t=1", "-1+1", "\uff1d1"]
)
def test_what_a_program_would_run_is_a_text(cell: str) -> None:
    assert harmless(cell) == f"'{cell}"


@pytest.mark.parametrize("cell", ["-12.5", "+3%", "-1,200", "-", "甲=乙", "2026-11-20", ""])
def test_figures_and_other_words_of_a_table_stay(cell: str) -> None:
    table = f'项目;值\n甲;"{cell}"\n'.encode("utf-8-sig")
    assert harmless_table(table) == table


@given(
    st.lists(
        st.lists(st.sampled_from(["=1+1", "-5", "甲,乙", "一\n二", "@x", '"']), min_size=2, max_size=4), min_size=1
    )
)
def test_a_table_keeps_every_cell_but_for_the_sign_before_it(rows: list[list[str]]) -> None:
    out = StringIO(newline="")
    csv.writer(out, lineterminator="\r\n").writerows(rows)
    made = harmless_table(out.getvalue().encode("utf-8-sig")).decode("utf-8-sig")
    assert [[cell.removeprefix("'") for cell in row] for row in csv.reader(StringIO(made, newline=""))] == rows
    assert not any(cell.startswith(("=", "@")) for row in csv.reader(StringIO(made, newline="")) for cell in row)
