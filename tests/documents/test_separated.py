"""分隔的文本 — a csv keeps its rows whatever quotes stand in it, and its cells whatever line ends they hold."""

from __future__ import annotations

import csv
import io

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from gongkai.documents.document import Document, Grid
from gongkai.documents.opening import open_documents
from gongkai.documents.separated import plain_cell, records, separated
from tests.documents import tables

WORDS = st.text("甲乙1 “”-。", max_size=4)
SEPARATORS = st.sampled_from(",;\t|，")
LINE_ENDS = st.sampled_from(["\n", "\r\n", "\r"])


def read(text: str, separator: str = ",") -> list[list[str]]:
    return [record.cells for record in records(text, separator)]


@st.composite
def plain(draw: st.DrawFn) -> tuple[list[list[str]], str, str]:
    """Rows of the same width without quotes, none of them blank, and the text that they make."""
    width = draw(st.integers(2, 6))
    rows = draw(st.lists(st.lists(WORDS, min_size=width, max_size=width), min_size=1, max_size=12))
    separator, end = draw(SEPARATORS), draw(LINE_ENDS)
    return rows, separator, end.join(separator.join(row) for row in rows) + draw(st.sampled_from(["", end]))


@settings(max_examples=300, deadline=None)
@given(plain(), st.data())
def test_a_stray_quote_loses_no_row(given_rows: tuple[list[list[str]], str, str], data: st.DataObject) -> None:
    rows, separator, text = given_rows
    # Not between the two signs of one line end, which it would make two of.
    places = [at for at in range(len(text) + 1) if text[at - 1 : at + 1] != "\r\n"]
    at = data.draw(st.sampled_from(places))
    found = read(text[:at] + '"' + text[at:], separator)
    whole = [row for row in found if row != ['"']]
    assert [[cell.replace('"', "") for cell in row] for row in whole] == rows


@settings(max_examples=300, deadline=None)
@given(plain(), st.data())
def test_two_stray_quotes_lose_no_row(given_rows: tuple[list[list[str]], str, str], data: st.DataObject) -> None:
    rows, separator, text = given_rows
    assume(len(rows) > 2 and len(rows[0]) > 2)
    lines = text.splitlines()
    for at in data.draw(st.lists(st.integers(0, len(rows) - 1), min_size=2, max_size=2, unique=True)):
        place = data.draw(st.integers(0, len(lines[at])))
        lines[at] = lines[at][:place] + '"' + lines[at][place:]
    assert len(read("\n".join(lines), separator)) == len(rows)


@settings(max_examples=300, deadline=None)
@given(
    st.lists(
        st.lists(st.text('甲1,;"“”\n\r\t ', max_size=6), min_size=4, max_size=4),
        min_size=1,
        max_size=8,
    ),
    SEPARATORS,
    st.sampled_from([csv.QUOTE_MINIMAL, csv.QUOTE_ALL]),
)
def test_what_is_written_by_the_rule_is_read_as_it_was(rows: list[list[str]], separator: str, quoting: int) -> None:
    # What follows a line end within a cell has no separator: such lines are no rows.
    kept = [[cell.replace(separator, "") if "\n" in cell or "\r" in cell else cell for cell in row] for row in rows]
    out = io.StringIO(newline="")
    csv.writer(out, delimiter=separator, quoting=quoting).writerows(kept)  # type: ignore[arg-type]
    assert read(out.getvalue(), separator) == kept


@pytest.mark.parametrize(
    ("text", "rows"),
    [
        (
            '编号,备注,承办\n1,"先,后\n再",甲\n2,x,乙\n',
            [["编号", "备注", "承办"], ["1", "先,后\n再", "甲"], ["2", "x", "乙"]],
        ),
        ('"编\n号",备注,承办\n1,x,甲\n', [["编\n号", "备注", "承办"], ["1", "x", "甲"]]),
        ('编号,备注,承办\n1,"",甲\n', [["编号", "备注", "承办"], ["1", "", "甲"]]),
        ('编号,备注,承办\n1,"他说""好""",甲\n', [["编号", "备注", "承办"], ["1", '他说"好"', "甲"]]),
        ('编号,备注,承办\n1,他说"好",甲\n', [["编号", "备注", "承办"], ["1", '他说"好"', "甲"]]),
        ('编号,备注,承办\n1,"甲"乙,丙\n', [["编号", "备注", "承办"], ["1", "甲乙", "丙"]]),
        ('编号,备注,承办\n1,“甲,丙”\n2,"x,乙\n', [["编号", "备注", "承办"], ["1", "“甲", "丙”"], ["2", '"x', "乙"]]),
        ('a,b,c,d,e\n1,2,"x\ny",4,5\n2,2,"x\ny",4,5\n', [list("abcde"), *([n, "2", "x\ny", "4", "5"] for n in "12")]),
        (
            'a,b,c\n1,x,"甲\n2,y,乙\n3,z,丙"\n4,w,丁\n',
            [
                list("abc"),
                *([n, *r] for n, r in zip("1234", [("x", '"甲'), ("y", "乙"), ("z", '丙"'), ("w", "丁")], strict=True)),
            ],
        ),
        ("a;b\n\n1;2\n", [["a;b"], [], ["1;2"]]),
    ],
)
def test_quotes_are_taken_for_what_they_are(text: str, rows: list[list[str]]) -> None:
    assert read(text) == rows


def test_rows_with_a_lone_quote_are_told() -> None:
    (document,) = open_documents("a.csv", '编号,备注,承办\n1,x,"甲\n2,y,乙\n'.encode())
    assert isinstance(document, Document)
    view = tables.view(document)
    assert view.torn == (2,)
    (grid,) = [block for block in view.blocks if isinstance(block, Grid)]
    assert tables.texts(grid) == [["编号", "备注", "承办"], ["1", "x", '"甲'], ["2", "y", "乙"]]


def test_lines_are_those_of_the_file() -> None:
    found = [(record.line, record.cells[0]) for record in records('a,b,c\r\n1,"x\r\ny",z\r\n2,x,z', ",")]
    assert found == [(1, "a"), (2, "1"), (4, "2")]


def test_the_first_line_may_name_the_separator() -> None:
    assert separated("sep=;\na;b,c,d\n") == (";", "a;b,c,d\n")


@pytest.mark.parametrize(
    ("written", "shown"),
    [
        ('="12"', "12"),
        ('"=""12"""', "12"),
        ('="县财政局"', "县财政局"),
        ('"=""他说""""好"""""""', '他说"好"'),
        ('=""', ""),
        ("'12", "12"),
        ("'-3.5%", "-3.5%"),
        ("'2026-03-02", "2026-03-02"),
        ("'11010119900307851X", "11010119900307851X"),
        ('="1"&"2"', '="1"&"2"'),
        ('"=A1"', "=A1"),
        ("'90年代'", "'90年代'"),
        ("'=1+1", "'=1+1"),
        ("'甲", "'甲"),
        ("'", "'"),
        ("**12**", "**12**"),
    ],
)
def test_what_is_kept_as_text_is_what_a_spreadsheet_shows(written: str, shown: str) -> None:
    (document,) = open_documents("a.csv", f"编号,数量,承办\n1,{written},甲\n".encode())
    assert isinstance(document, Document)
    (grid,) = [block for block in tables.view(document).blocks if isinstance(block, Grid)]
    assert tables.texts(grid)[1] == ["1", shown, "甲"]


@given(st.text(max_size=12))
def test_a_text_kept_as_a_text_is_that_text(text: str) -> None:
    doubled = text.replace('"', '""')
    assert plain_cell(f'="{doubled}"') == text.strip(" \t\r\n\x00")
