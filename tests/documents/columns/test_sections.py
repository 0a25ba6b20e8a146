"""分段和说明 — the words over a part of a list, and the rows that notes and titles name."""

from __future__ import annotations

import pytest

from tests.documents.columns.lists import DONE, HEADS, read_rows


def sections(*rows: list[object]) -> dict[object, str]:
    return {each.values["id"]: each.section for each in read_rows(*rows).entries}


def test_a_row_of_words_stands_over_the_rows_below_until_the_next() -> None:
    said = sections(
        ["依申请公开台账"],
        HEADS,
        ["1", *DONE],
        ["二、延期答复（1件）"],
        ["2", *DONE],
        ["3", *DONE],
        ["上年结转："],
        ["4", *DONE],
        ["（已作废）"],
        ["5", *DONE],
    )
    assert said == {
        "1": "",
        "2": "二、延期答复(1件)",
        "3": "二、延期答复(1件)",
        "4": "上年结转",
        "5": "已作废",
    }


def test_a_part_of_a_part_keeps_what_stands_over_both() -> None:
    parts = ["一、上年结转"], ["（一）公民"], ["1", *DONE], ["（二）法人"], ["2", *DONE], ["二、本年新收"], ["3", *DONE]
    said = sections(HEADS, *parts)
    assert said == {"1": "一、上年结转 (一)公民", "2": "一、上年结转 (二)法人", "3": "二、本年新收"}


@pytest.mark.parametrize(
    "words",
    ["注：以上均已办结", "说明：延期的见附页", "填表人：张三", "无", "——", "以下空白", "1号申请已延期",
     "（上件已补正）", "本表由办公室填写，每月报一次。"],
)  # fmt: skip
def test_notes_and_signatures_are_no_section(words: str) -> None:
    assert sections(HEADS, ["1", *DONE], [words], ["2", *DONE]) == {"1": "", "2": ""}


def test_heads_that_are_printed_again_go_on_and_those_with_words_over_them_begin_anew() -> None:
    title = ["2026年台账"]
    assert sections(title, HEADS, ["一、结转"], ["1", *DONE], HEADS, ["2", *DONE]) == {"1": "一、结转", "2": "一、结转"}
    assert sections(["一、按期"], HEADS, ["1", *DONE], ["二、延期"], HEADS, ["2", *DONE]) == {
        "1": "一、按期",
        "2": "二、延期",
    }
    # A title on each page is no section.
    assert sections(title, HEADS, ["1", *DONE], title, HEADS, ["2", *DONE]) == {"1": "", "2": ""}


@pytest.mark.parametrize(
    ("note", "rows"),
    [
        ("注：1号申请经批准延期20个工作日", (2,)),
        ("注：第1、3件已延期", (2, 4)),
        ("说明：序号2、3已经补正", (3, 4)),
        ("（第二件已依法延期）", (3,)),
        ("注：第4行的申请已延期", (4,)),
        ("（上件3月5日补正通知）", (4,)),
        ("注：按〔2026〕1号文件办理", ()),
        ("注：以上共3件", ()),
        ("注：0号、第00件已延期", ()),
        ("注：3月1日以后的另列", ()),
    ],
)
def test_a_note_names_the_rows_that_it_is_about(note: str, rows: tuple[int, ...]) -> None:
    (skipped,) = read_rows(HEADS, ["1", *DONE], ["2", *DONE], ["3", *DONE], [note]).skipped
    assert (skipped.why, skipped.text, skipped.about) == ("note", note, rows)


def test_a_number_of_signs_is_named_whole_and_a_title_names_too() -> None:
    rows = ["2026-001", *DONE], ["2026-0012", *DONE]
    found = read_rows(["台账（2026-0012已延期，第3行）"], HEADS, *rows)
    assert [(each.row, each.why, each.about) for each in found.over] == [(1, "title", (3, 4))]
    assert read_rows(["台账（本表第1件已延期）"], HEADS, *rows).over[0].about == (3,)
    assert read_rows(["台账（本表第0件、第9999999999件）"], HEADS, *rows).over[0].about == ()
