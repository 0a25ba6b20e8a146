"""项目名称 — a torn, spaced or wrongly converted label names its own row or none, never another (年报表二、表三)."""

from __future__ import annotations

import re
import tomllib
from importlib.resources import files

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gongkai import text as folding
from gongkai.report.form import Edition, Form, Line, OtherHandling, form
from gongkai.report.reading.labels import (
    application_rows,
    edition_of,
    heading_columns,
    is_table_label,
    proactive_row,
    takes_one_row,
)
from gongkai.text.folding import squeeze

FORMS = [form(edition, shape) for edition in Edition for shape in OtherHandling]
APPLICATIONS = [(of, line) for of in FORMS for line in of.table("applications")]
PROACTIVE = [(of.edition, line) for of in FORMS for line in of.table("proactive")]
NUMBERING = re.compile(r"^[（(]?[一二三四五六七八1-8][）)]?[、.]?")


def variants() -> dict[str, str]:
    """For each simplified character the traditional and wrongly converted ones that pages print."""
    data = tomllib.loads((files(folding) / "data" / "folding.toml").read_text(encoding="utf-8"))
    found: dict[str, str] = {}
    for item in data["variants"].split():
        found[item[1:]] = found.get(item[1:], "") + item[0]
    return found


VARIANTS = variants()
SPACES = ("", "", " ", "\u3000", "\n", "\u00a0")


@st.composite
def dressed(draw: st.DrawFn, label: str) -> str:
    """The label with spaces between its characters and some of them in traditional script."""
    traditional, spaced = draw(st.booleans()), draw(st.booleans())
    shown = ""
    for char in label:
        others = VARIANTS.get(char, "") if traditional else ""
        shown += draw(st.sampled_from(others)) if others else char
        shown += draw(st.sampled_from(SPACES)) if spaced else ""
    return shown


@st.composite
def torn(draw: st.DrawFn, label: str) -> str:
    """The label dressed, cut at its ends by up to a third in all, with or without its number."""
    third = len(label) // 3
    left = draw(st.integers(0, third))
    right = draw(st.integers(0, third - left))
    kept = label[left : len(label) - right]
    return draw(dressed(NUMBERING.sub("", kept) if draw(st.booleans()) else kept))


@given(st.sampled_from(APPLICATIONS), st.data())
@settings(max_examples=1000)
def test_a_torn_label_of_an_application_row_names_no_other_row(drawn: tuple[Form, Line], data: st.DataObject) -> None:
    of, line = drawn
    label = squeeze(data.draw(torn(line.label)))
    rows = {other.id for other in form(of.edition, of.other_handling).table("applications")}
    assert rows.intersection(application_rows(label)) <= {line.id}


@given(st.sampled_from(APPLICATIONS), st.data())
@settings(max_examples=200)
def test_a_whole_label_of_an_application_row_names_it(drawn: tuple[Form, Line], data: st.DataObject) -> None:
    _, line = drawn
    assert application_rows(squeeze(data.draw(dressed(line.label)))) == (line.id,)


@given(st.sampled_from(PROACTIVE), st.data())
@settings(max_examples=400)
def test_a_torn_label_of_a_proactive_row_names_no_other_row(drawn: tuple[Edition, Line], data: st.DataObject) -> None:
    edition, line = drawn
    assert proactive_row(squeeze(data.draw(torn(line.label))), edition) in (None, line.id)


@given(st.sampled_from(PROACTIVE), st.data())
@settings(max_examples=100)
def test_a_whole_label_of_a_proactive_row_names_it(drawn: tuple[Edition, Line], data: st.DataObject) -> None:
    edition, line = drawn
    assert proactive_row(squeeze(data.draw(dressed(line.label))), edition) == line.id


@given(st.lists(st.sampled_from(form("2021").table("applications")), min_size=2, max_size=2, unique=True))
@settings(max_examples=200)
def test_two_labels_woven_together_name_both_rows_in_their_order(lines: list[Line]) -> None:
    label = squeeze("".join(line.label for line in lines))
    found = application_rows(label)
    assert [row for row in found if row in {line.id for line in lines}] == [
        line.id for line in lines if line.id in found
    ]
    assert set(found) <= {line.id for line in lines}


@pytest.mark.parametrize("group", sorted({line.group for _, line in APPLICATIONS if line.group}))
def test_the_heading_of_a_group_names_no_row_of_it(group: str) -> None:
    assert application_rows(squeeze(group)) == (("other_handling",) if "其他处理" in group else ())


@pytest.mark.parametrize(
    ("label", "row"),
    [
        ("规范性文件", "normative_documents"),
        ("行政规范性文件（历史累计）", "normative_documents"),
        ("规　章", "regulations"),
        ("行政強製", "coercion"),
        ("許可證", None),
        ("规章制度建设情况", None),
        ("制定行政规范性文件备案审查规定", None),
        ("行政处罚决定书公开率", None),
        ("本年度依法公示的行政处罚", None),
    ],
)
def test_words_that_merely_mention_a_row_are_not_its_name(label: str, row: str | None) -> None:
    assert proactive_row(squeeze(label), Edition.E2021) == row


@pytest.mark.parametrize("of", FORMS, ids=lambda of: f"{of.edition}-{of.other_handling}")
def test_every_heading_of_a_column_names_it(of: Form) -> None:
    for table in ("proactive", "applications"):
        for line in of.table(table):
            for column in line.columns:
                assert column.id in heading_columns(squeeze(column.label), table, of.edition)
    first = of.table("applications")[0]
    whole = squeeze("".join(column.label for column in first.columns if column.id != "other_organizations"))
    found = heading_columns(whole, "applications", of.edition)
    assert found == tuple(column.id for column in first.columns if column.id != "other_organizations")


@pytest.mark.parametrize("edition", Edition)
def test_the_edition_is_told_by_the_words_it_alone_prints(edition: Edition) -> None:
    of = form(edition, OtherHandling.ROW)
    labels = [squeeze(text) for line in of.lines for text in (line.label, *(c.label for c in line.columns))]
    assert edition_of(labels) is edition
    assert edition_of([squeeze(line.label) for line in of.table("applications")]) is None


def test_the_shape_is_told_by_the_rows_that_are_printed() -> None:
    for of in FORMS:
        assert takes_one_row({line.id for line in of.table("applications")}) is of.other_handling
    assert takes_one_row({"other_handling", "other_handling.other"}) is OtherHandling.ROWS


@pytest.mark.parametrize("of", FORMS, ids=lambda of: f"{of.edition}-{of.other_handling}")
def test_every_label_of_a_table_is_kept_out_of_the_text(of: Form) -> None:
    for line in of.lines:
        assert is_table_label(squeeze(line.label)) or line.table == "remedies", line.label


@pytest.mark.parametrize(
    "sentence",
    [
        "本年度未收到政府信息公开申请，没有需要办理的事项，也没有结转到下一年度的申请事项和需要说明的其他情况。",
        "按照统一部署，对本级制发的文件逐件复核公开属性后集中发布。",
    ],
)
def test_a_sentence_is_no_label(sentence: str) -> None:
    assert not is_table_label(squeeze(sentence))
