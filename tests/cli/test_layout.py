"""版面 — whatever the text, no line is wider than the terminal, nothing is lost, and Chinese breaks where it may."""

from __future__ import annotations

import io
import re

from hypothesis import given
from hypothesis import strategies as st
from rich.console import Console
from rich.padding import Padding

from gongkai.cli.layout import cells, columns, wrap
from gongkai.cli.screen import Prose, plain

SENTENCE = st.text(st.sampled_from("表三总计填的是请核对，。、；（）“”《》 12+=abc-"), max_size=120)
WIDTH = st.integers(8, 90)


@given(SENTENCE, WIDTH)
def test_lines_fit_and_lose_nothing_but_blanks(text: str, width: int) -> None:
    lines = wrap(text, width)
    assert all(cells(line) <= width for line in lines)
    assert "".join(lines).replace(" ", "") == text.replace(" ", "")


@given(SENTENCE, WIDTH)
def test_a_formula_that_fits_stays_whole(text: str, width: int) -> None:
    formula = "17+3+0=20"
    lines = wrap(f"{text}相加 {formula} 相差{text}", max(width, len(formula)))
    assert any(formula in line for line in lines)


@given(st.text(st.sampled_from("表三总计，。、；（）“”《》"), max_size=120), WIDTH)
def test_a_line_begins_with_no_closing_mark_and_ends_with_no_opening_one(text: str, width: int) -> None:
    apart = re.sub(r"(?<=[，。、；（）“”《》])(?=[，。、；（）“”《》])", "字", text)
    lines = wrap(apart, width)
    assert not any(line.startswith(tuple("，。、；）”》")) for line in lines[1:])
    assert not any(line.endswith(tuple("（“《")) for line in lines[:-1])


@given(SENTENCE, WIDTH)
def test_rich_breaks_the_same_lines(text: str, width: int) -> None:
    screen = Console(file=io.StringIO(), width=width, highlight=False)
    with screen.capture() as captured:
        screen.print(Padding(Prose(text)))  # alone, rich would make plain text of it
    lines = captured.get().splitlines()
    assert all(cells(line) <= width for line in lines)
    assert [line.rstrip() for line in lines] == wrap(text, width)


@given(st.lists(st.tuples(st.text("ab名称-", min_size=1, max_size=40), SENTENCE), max_size=6), st.integers(60, 90))
def test_two_columns_fit_and_meanings_are_aligned(rows: list[tuple[str, str]], width: int) -> None:
    lines = columns(rows, width)
    assert all(cells(line) <= width for line in lines if cells(line.strip()) > 40)
    for name, meaning in rows:
        assert any(line.strip().startswith(name) for line in lines)
        assert wrap(meaning, width)[0][:4].strip() in "".join(lines)


@given(st.lists(st.tuples(st.text("文件名a", max_size=30), st.integers(0, 10**6)), min_size=1, max_size=6), WIDTH)
def test_a_table_is_never_wider_than_the_terminal(rows: list[tuple[str, int]], width: int) -> None:
    wide = max(width, 30)
    screen = Console(file=io.StringIO(), width=wide, highlight=False)
    with screen.capture() as captured:
        screen.print(plain(["文件", "数"], [(name, str(count)) for name, count in rows], right=(1,)))
    assert all(cells(line) <= wide for line in captured.get().splitlines())
    assert all(str(count) in captured.get() for _, count in rows)
