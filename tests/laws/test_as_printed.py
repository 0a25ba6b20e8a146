"""照印 — a report whose own figures break the form's rules is read as printed, and marked nowhere (条例 第五十条).

What a clerk typed wrong must come back as typed, so that the check can name it; only a torn source is in doubt.
"""

from __future__ import annotations

from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gongkai.documents.document import DocumentError
from gongkai.documents.opening import open_documents
from gongkai.report.form import form
from gongkai.report.reading import read_document
from tests.noise.balanced import SHAPES, balanced, seeds
from tests.noise.printing import printed
from tests.noise.rendering import FORMATS, render, source

CHEAP = ("html", "md", "txt-tabs", "txt-lines", "plain", "csv", "xlsx", "pdf")
WRONG = st.integers(min_value=0, max_value=99_999)


@pytest.mark.parametrize("format_", FORMATS)
@given(seed=seeds, changes=st.lists(st.tuples(st.integers(0, 10_000), WRONG), min_size=1, max_size=6))
@settings(max_examples=12)
def test_the_reports_own_faults_are_read_as_printed(format_: str, seed: int, changes: list[tuple[int, int]]) -> None:
    random = Random(seed)
    blank = form(*random.choice(SHAPES))
    figures = balanced(random, blank)
    summed = [a for a in blank.addresses if not a.startswith("proactive.")]
    for index, value in changes:
        figures[summed[index % len(summed)]] = value
    report = printed(random, blank, figures, format_)
    (document,) = open_documents(source(report), render(report))
    assert not isinstance(document, DocumentError)
    found = read_document(document)
    assert dict(found.figures) == figures
    assert not found.states
