"""扫描的年报 — the official copy of a real report, printed and scanned: right, or marked (条例 第五十条).

Seconds a page: what goes through many positions and reports runs with GONGKAI_LONG=1.
"""

from __future__ import annotations

import json
import os
from decimal import Decimal
from functools import cache

import pytest

from gongkai.documents.document import Document
from gongkai.documents.opening import open_documents
from gongkai.report.figures import AnnualReport, State, Value
from gongkai.report.form import Edition
from gongkai.report.reading import read_document
from gongkai.report.writing import write_report
from tests.conftest import shared_file
from tests.documents import scanning
from tests.documents.scanning import CLEAN, SCANNED, Effects
from tests.noise.balanced import seeded

long = pytest.mark.skipif(not os.environ.get("GONGKAI_LONG"), reason="GONGKAI_LONG=1")
MARKED = (State.DOUBTFUL, State.ABSENT)
REPORT = "reports/huangchuan-county-2021"
TABLES = slice(2, 5)
"""The pages of its official copy that hold the three tables."""


@cache
def copy() -> list[scanning.Grey]:
    """The official copy, page by page."""
    return scanning.pages(write_report(read("年报.txt", shared_file(f"{REPORT}.txt").read_bytes()), "pdf"))


def expected() -> dict[str, Value]:
    figures = json.loads(shared_file(f"{REPORT}.expected.json").read_text(encoding="utf-8"))["figures"]
    return {address: Decimal(value) if isinstance(value, str) else value for address, value in figures.items()}


def read(name: str, data: bytes) -> AnnualReport:
    (document,) = open_documents(name, data)
    assert isinstance(document, Document), document
    return read_document(document)


def scan(pages: list[scanning.Grey], effects: Effects, seed: int = 1) -> AnnualReport:
    return read(
        "年报.pdf", scanning.bound([scanning.scanned(page, effects, seed + at) for at, page in enumerate(pages)])
    )


def silent(found: AnnualReport, figures: dict[str, Value]) -> dict[str, Value]:
    """The figures that are wrong and bear no mark."""
    return {
        a: found.figures[a] for a in figures if found.figures[a] != figures[a] and found.states.get(a) not in MARKED
    }


def test_every_digit_of_a_clean_scanned_table_is_right_and_plain() -> None:
    found = read("表三.png", scanning.picture(scanning.scanned(copy()[3], CLEAN, 1)))
    table = {address: value for address, value in expected().items() if address.startswith("applications.")}
    assert {address: found.figures[address] for address in table} == table
    assert {address: found.states[address] for address in table if address in found.states} == {}


def test_a_scan_of_a_real_report_has_no_silent_error() -> None:
    found = scan(copy()[TABLES], SCANNED)
    assert silent(found, expected()) == {}
    plain = [address for address in expected() if address not in found.states]
    assert len(plain) > 180  # 表二, over which no equation stands, is in doubt whatever is seen
    assert all(found.states[address] is State.DOUBTFUL for address in expected() if address.startswith("proactive."))


@long
@pytest.mark.parametrize(
    "effects",
    [
        SCANNED,
        Effects(turns=1),
        Effects(turns=2),
        Effects(turns=3),
        Effects(tilt=0.05),
        Effects(skew=2.5, blur=1.8, noise=22, quality=40),
        Effects(faint=0.55, noise=16),
    ],
    ids=str,
)
def test_no_position_and_no_wear_makes_a_silent_error(effects: Effects) -> None:
    found = scan(copy(), effects)
    assert (found.year, found.edition) == (2021, Edition.E2021)
    assert silent(found, expected()) == {}


@long
def test_two_pages_on_a_sheet_are_read_one_after_the_other() -> None:
    import numpy as np

    pages = copy()
    sheets = [np.hstack(pages[at : at + 2]) for at in range(0, len(pages), 2)]
    found = scan(sheets, Effects(skew=0.5))
    assert silent(found, expected()) == {}
    assert [section.number for section in found.sections] == [1, 2, 3, 4, 5, 6]


@long
@pytest.mark.parametrize("seed", range(1, 9))
def test_any_report_that_balances_is_right_or_marked_when_it_was_scanned(seed: int) -> None:
    of, figures = seeded(seed)
    report = AnnualReport("年报", of.edition, figures, "青石县人民政府", 2020 if of.edition is Edition.E2019 else 2023)
    pages = scanning.pages(write_report(report, "pdf"))
    assert silent(scan(pages, SCANNED, seed), figures) == {}
