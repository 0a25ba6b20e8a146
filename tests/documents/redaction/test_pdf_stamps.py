"""盖在页上的字 — a stamp that completes what a page writes is read with it (条例 第十五条、第十七条)."""

from __future__ import annotations

import io
import random

import pikepdf
import pypdfium2
import pytest

from gongkai.documents.redaction import inspect, masked
from gongkai.text.hit import Severity
from gongkai.text.personal_data import bare
from tests.text import persons

NUMBER = persons.identity(random.Random(11))
MOBILE = "13800138000"


def stamped(page: str, stamp: str, *, left: int = 122, size: int = 12, kind: str = "/Stamp", turn: int = 0) -> bytes:
    """A page with words of 14 points at (50, 301), and a note that draws others from `left` on."""
    file = pikepdf.new()
    file.add_blank_page(page_size=(600, 400))
    made = file.pages[0]
    font = pikepdf.Dictionary(Type=pikepdf.Name.Font, Subtype=pikepdf.Name.Type1, BaseFont=pikepdf.Name.Helvetica)
    made.Resources = pikepdf.Dictionary(Font=pikepdf.Dictionary(F1=font))
    made.Contents = file.make_stream(f"BT /F1 14 Tf 50 301 Td ({page}) Tj ET".encode())
    drawn = file.make_stream(f"BT /F1 {size} Tf 2 5 Td ({stamp}) Tj ET".encode())
    drawn.Type, drawn.Subtype = pikepdf.Name.XObject, pikepdf.Name.Form
    drawn.BBox, drawn.Resources = [0, 0, 150, 20], made.Resources
    note = pikepdf.Dictionary(Type=pikepdf.Name.Annot, Subtype=pikepdf.Name(kind), F=4)
    note.Rect, note.AP = [left, 296, left + 150, 316], pikepdf.Dictionary(N=drawn)
    made.Annots = file.make_indirect(pikepdf.Array([file.make_indirect(note)]))
    if turn:
        made.Rotate = turn
    out = io.BytesIO()
    file.save(out)
    return out.getvalue()


def blocked(data: bytes) -> set[str]:
    hits = inspect("a.pdf", data, pictures=False).hits
    return {bare(found.hit.text) for found in hits if found.hit.severity is Severity.BLOCK}


@pytest.mark.parametrize("kind", ["/Stamp", "/FreeText", "/Widget", "/Square"])
@pytest.mark.parametrize("size", [9, 12, 16])
def test_a_stamp_goes_on_where_the_page_ends(kind: str, size: int) -> None:
    assert blocked(stamped(NUMBER[:9], NUMBER[9:], size=size, kind=kind)) == {NUMBER}


def test_the_page_may_be_turned() -> None:
    assert blocked(stamped(NUMBER[:9], NUMBER[9:], turn=90)) == {NUMBER}


def test_a_copy_shows_neither_half() -> None:
    data = stamped(NUMBER[:9], NUMBER[9:])
    copy = masked("a.pdf", data)
    assert not inspect("a.pdf", copy).is_blocked
    picture = pypdfium2.PdfDocument(copy)[0].render(scale=2).to_pil().convert("L")
    # Of both halves the digits between the first three and the last four are black.
    assert picture.crop((160, 180, 230, 200)).histogram()[0] > 600
    assert picture.crop((250, 180, 300, 200)).histogram()[0] > 600


def test_a_whole_number_of_the_page_is_told_once() -> None:
    hits = inspect("a.pdf", stamped(NUMBER, "2026", left=300), pictures=False).hits
    assert [str(found.hit.kind) for found in hits if found.hit.severity is Severity.BLOCK] == ["identity"]


@pytest.mark.parametrize(("page", "stamp", "left"), [("1380013", "8000", 300), ("13800", "138000", 200)])
def test_figures_that_stand_apart_are_two(page: str, stamp: str, left: int) -> None:
    assert blocked(stamped(page, stamp, left=left)) == set()


def struck(line: str) -> bytes:
    file = pikepdf.new()
    file.add_blank_page(page_size=(600, 400))
    made = file.pages[0]
    font = pikepdf.Dictionary(Type=pikepdf.Name.Font, Subtype=pikepdf.Name.Type1, BaseFont=pikepdf.Name.Helvetica)
    made.Resources = pikepdf.Dictionary(Font=pikepdf.Dictionary(F1=font))
    made.Contents = file.make_stream(f"BT /F1 14 Tf 50 300 Td (138001380090) Tj ET {line}".encode())
    out = io.BytesIO()
    file.save(out)
    return out.getvalue()


def test_a_struck_figure_of_a_page_tears_no_telephone() -> None:
    assert blocked(struck("1 w 127.5 305 m 136 305 l S")) == {MOBILE}
    assert blocked(struck("")) == set()
