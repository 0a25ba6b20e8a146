"""PDF 给人看什么 — what is seen, struck, raised or hidden on a page, and why (条例 第十七条)."""

from __future__ import annotations

import math

import pypdfium2
import pytest

from gongkai.documents.showing import How, Why
from gongkai.documents.showing.pdf import runs, signs
from tests.documents import make
from tests.documents.pdf_tricks import WAYS, Way, made

NUMBER = "11010519491231002X"


def shown(way: Way) -> dict[How, str]:
    told: dict[How, str] = {}
    for run in runs("a.pdf", made((way,), (NUMBER,))):
        told[run.how] = told.get(run.how, "") + run.text
    return {how: "".join(sorted("".join(text.split()))) for how, text in told.items() if text.strip()}


# What a page says in place of what it shows is taken out by the guard before it looks (test_pdf of redaction).
DRAWN = [way for way in WAYS if way.name != "tagged"]


@pytest.mark.parametrize("way", DRAWN, ids=[way.name for way in DRAWN])
def test_a_sign_is_seen_if_the_page_looks_different_without_it(way: Way) -> None:
    told = shown(way)
    seen = "".join(sorted("".join(text for how, text in told.items() if how is not How.HIDDEN)))
    assert seen == ("".join(sorted(NUMBER)) if way.seen else "")


@pytest.mark.parametrize(
    ("name", "why"),
    [
        ("unseen mode", Why.RUN),
        ("white", Why.COLOUR),
        ("red on red", Why.COLOUR),
        ("clear", Why.COLOUR),
        ("covered in white", Why.COVERED),
        ("covered by a picture", Why.COVERED),
        ("off to the left", Why.OFF_PAGE),
        ("tiny", Why.SIZE),
    ],
)
def test_why_a_sign_is_not_seen(name: str, why: Why) -> None:
    way = next(way for way in WAYS if way.name == name)
    assert {run.why for run in runs("a.pdf", made((way,), (NUMBER,))) if run.text.strip()} == {why}


def test_a_line_through_the_middle_strikes_and_one_below_does_not() -> None:
    struck = Way("struck", True, lambda n: f"BT /A 12 Tf 40 300 Td ({n}) Tj ET 38 303.8 140 .7 re f")
    assert set(shown(struck)) == {How.STRUCK}
    assert set(shown(next(way for way in WAYS if way.name == "under a line"))) == {How.SEEN}


def test_small_signs_above_the_line_are_raised() -> None:
    raised = Way("raised", True, lambda n: "BT /A 12 Tf 40 300 Td (17) Tj /A 6 Tf 6 Ts (2) Tj ET")
    assert shown(raised) == {How.SEEN: "17", How.RAISED: "2"}


def test_a_number_over_another_that_is_covered_is_told_apart() -> None:
    both = Way(
        "both",
        True,
        lambda n: (
            "BT /A 12 Tf 40 300 Td (1111111) Tj ET 1 g 30 295 200 20 re f 0 g BT /A 12 Tf 40 300 Td (7777777) Tj ET"
        ),
    )
    assert shown(both) == {How.HIDDEN: "1111111", How.SEEN: "7777777"}


@pytest.mark.parametrize(
    ("name", "turn"),
    [("plain", 0), ("leaning", 0), ("upwards", math.pi / 2), ("downwards", -math.pi / 2), ("upside down", math.pi)],
)
def test_a_sign_is_turned_as_its_line_is(name: str, turn: float) -> None:
    page = pypdfium2.PdfDocument(made((next(way for way in WAYS if way.name == name),), (NUMBER,)))[0]
    first, second = signs(page)[:2]
    along = second.origin[0] - first.origin[0], first.origin[1] - second.origin[1]
    assert math.atan2(along[1], along[0]) == pytest.approx(turn, abs=0.02)
    assert first.turn == pytest.approx(turn, abs=0.02)
    assert first.advance == pytest.approx(math.hypot(*along), rel=0.15)


@pytest.mark.parametrize("rotate", [0, 90, 180, 270])
def test_a_page_that_lies_on_its_side_is_seen_upright(rotate: int) -> None:
    page = pypdfium2.PdfDocument(make.pdf(["云岫县公告"], rotate=rotate))[0]
    turns = [sign.turn / (2 * math.pi) for sign in signs(page) if sign.thing]
    assert [round(turn, 3) - round(turn) for turn in turns] == [0] * 5
