"""噪声之下 — any balanced figures, any composition of noises, any format: a figure is right, or marked (条例 第五十条).

`GONGKAI_NOISE_EXAMPLES=5000 pytest tests/laws/test_noise.py` looks further; `python -m tests.noise --sweep 5000` names
every case.
"""

from __future__ import annotations

import os
import tomllib
from pathlib import Path
from random import Random
from typing import Any

import pytest
from hypothesis import given, settings

from gongkai.documents.document import DocumentError
from gongkai.documents.opening import open_documents
from gongkai.report.reading import NotAReportError, read_document
from tests.documents import make
from tests.noise import older_form
from tests.noise.balanced import balanced_figures, seeds
from tests.noise.cases import Case, alone, drawn, faults, minimal, read, silent, useful
from tests.noise.noises import NOISES
from tests.noise.printed import Fate
from tests.noise.rendering import FORMATS, MADE, render

EXAMPLES = int(os.environ.get("GONGKAI_NOISE_EXAMPLES", "1200" if os.environ.get("GONGKAI_LONG") else "150"))
"""Of some 190 figures each: 28,000 in `make test`, more than 200,000 in `make test-long`."""
ALONE = max(3, EXAMPLES // 50)
DATA = Path(__file__).parent.parent / "noise"
BOUNDS = tomllib.loads((DATA / "bounds.toml").read_text(encoding="utf-8"))
ONCE_WRONG = tomllib.loads((DATA / "once_wrong.toml").read_text(encoding="utf-8"))["cases"]


@given(seeds)
@settings(max_examples=EXAMPLES)
def test_every_figure_is_right_or_marked(seed: int) -> None:
    case = drawn(seed)
    wrong = silent(case)
    assert not wrong, f"{minimal(case).command}\n" + "\n".join(map(str, wrong[:5]))


@pytest.mark.parametrize("once", ONCE_WRONG, ids=lambda once: f"{once['seed']}-{once['format']}")
def test_what_was_once_wrong_is_right_or_marked(once: dict[str, Any]) -> None:
    case = Case(once["seed"], once["format"], tuple(once["noises"]))
    wrong = silent(case)
    assert not wrong, f"{case.command}\n" + "\n".join(map(str, wrong[:5]))


@pytest.mark.parametrize("name", NOISES)
def test_a_noise_alone_leaves_what_the_paper_still_shows_useful(name: str) -> None:
    shares = []
    for case in alone(name, ALONE, len(name)):
        report = case.build()
        found = read(report)
        assert not faults(report, found), case.command
        shares.append((useful(report, found), case.command))
    mean = sum(share for share, _ in shares) / len(shares)
    assert mean >= BOUNDS.get(name, 1.0), min(shares)


@pytest.mark.parametrize("format_", FORMATS)
def test_without_noise_every_figure_is_plain(format_: str) -> None:
    for seed in range(ALONE):
        report = Case(seed, format_, ()).build()
        found = read(report)
        assert dict(found.figures) == dict(report.figures), (format_, seed)
        assert not found.states
        assert (found.edition, found.year, found.agency) == (report.edition, report.year, report.agency)


@pytest.mark.parametrize("made", [older_form.indicators, older_form.web_site])
@pytest.mark.parametrize("format_", make.FORMATS)
def test_what_is_no_report_is_refused(made: type[older_form.indicators], format_: str) -> None:
    for seed in range(ALONE):
        (document,) = open_documents(make.name(format_), made(Random(seed), format_))
        assert not isinstance(document, DocumentError)
        with pytest.raises(NotAReportError):
            read_document(document)


# --- the generator itself -----------------------------------------------------------------------------------


@given(balanced_figures)
def test_figures_are_balanced(drawn_figures: tuple) -> None:  # type: ignore[type-arg]
    blank, figures = drawn_figures
    assert tuple(figures) == blank.addresses
    for equation in blank.equations:
        assert sum(figures[a] for a in equation.left) == sum(figures[a] for a in equation.right)


@given(seeds)
@settings(max_examples=30)
def test_the_same_seed_makes_the_same_report(seed: int) -> None:
    case = drawn(seed)
    assert drawn(seed) == case
    assert case.build() == case.build()
    if case.format not in MADE:
        assert render(case.build()) == render(case.build())


@pytest.mark.parametrize("name", NOISES)
def test_every_noise_is_heard(name: str) -> None:
    noise = NOISES[name]
    for case in alone(name, len(noise.formats)):
        loud, quiet = case.build(), Case(case.seed, case.format, ()).build()
        assert loud.did == (name,)
        assert loud.blocks != quiet.blocks
        assert noise.early or loud.figures == quiet.figures


@given(seeds)
@settings(max_examples=50)
def test_what_is_not_lost_is_still_printed(seed: int) -> None:
    report = drawn(seed).build()
    if {"bare_pipes", "value_in_header"} & set(report.did):
        return
    shown = {cell.address for table in report.tables for row in table.rows for cell in row.values}
    kept = {address for address in report.form.addresses if report.fates.get(address) is not Fate.GONE}
    assert kept <= shown
