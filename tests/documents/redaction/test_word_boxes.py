"""定位的框 — a number over boxes that are placed one by one is read as a reader sees it (条例 第十五条)."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.documents.redaction.test_word import holds, looked, masked
from tests.documents.redaction.word_made import SEEN, box, docx, old_box, p, row, run, styles, table
from tests.text import persons

Put = Callable[[str, int, int], str]


def in_frame(text: str, x: int, y: int, kind: str = "page") -> str:
    place = (
        f"<w:framePr w:w='200' w:h='300' w:wrap='around' w:vAnchor='{kind}' w:hAnchor='{kind}' w:x='{x}' w:y='{y}'/>"
    )
    return p(run(text), look=place)


def in_box(text: str, x: int, y: int) -> str:
    down = f"</wp:positionH><wp:positionV relativeFrom='page'><wp:posOffset>{y * 635}</wp:posOffset></wp:positionV>"
    return p(box(p(run(text)), at=str(x * 635)).replace("</wp:positionH>", down))


def in_old_box(text: str, x: int, y: int) -> str:
    return p(
        old_box(p(run(text)), f"position:absolute;margin-left:{x / 20}pt;margin-top:{y / 20}pt;width:9pt;height:9pt")
    )


def in_table(text: str, x: int, y: int) -> str:
    place = f"<w:tblpPr w:vertAnchor='page' w:horzAnchor='page' w:tblpX='{x}' w:tblpY='{y}'/>"
    return table(row(p(run(text))), look=place)


def grouped(pieces: list[tuple[str, int, int]]) -> str:
    shapes = "".join(
        f"<wps:wsp><wps:spPr><a:xfrm><a:off x='{x * 635}' y='{y * 635}'/></a:xfrm></wps:spPr>"
        f"<wps:txbx><w:txbxContent>{p(run(text))}</w:txbxContent></wps:txbx></wps:wsp>"
        for text, x, y in pieces
    )
    space = "xmlns:wpg='http://schemas.microsoft.com/office/word/2010/wordprocessingGroup'"
    return p(
        "<w:r><w:drawing><wp:anchor><wp:extent cx='4000000' cy='900000'/><wp:docPr id='1' name='n'/><a:graphic>"
        f"<a:graphicData uri='u'><wpg:wgp {space}>{shapes}</wpg:wgp></a:graphicData></a:graphic></wp:anchor>"
        "</w:drawing></w:r>"
    )


PUT: dict[str, Put] = {
    "frame": in_frame,
    "frame in the text": lambda text, x, y: in_frame(text, x, y, "text"),
    "box": in_box,
    "old box": in_old_box,
    "table": in_table,
}


def shuffled(number: str, seed: int, places: Callable[[int], tuple[int, int]]) -> list[tuple[str, int, int]]:
    pieces = [(sign, *places(at)) for at, sign in enumerate(number)]
    random.Random(seed).shuffle(pieces)
    return pieces


def blocks_and_leaves_nothing(data: bytes, number: str) -> bool:
    seen = looked(data)
    return any(found.hit.severity == "block" for found in seen.hits) and not holds(masked(data), number)


PLACES: dict[str, Callable[[int], tuple[int, int]]] = {
    "a line": lambda at: (2000 + at * 220, 4000),
    "a wavy line": lambda at: (2000 + at * 220, 4000 + at % 2 * 90),
    "a slope": lambda at: (2000 + at * 220, 4000 + at * 200),
    "a column": lambda at: (2000, 3000 + at * 300),
    "lines of six": lambda at: (2000 + at % 6 * 220, 4000 + at // 6 * 400),
    "columns of six": lambda at: (2000 + at // 6 * 400, 4000 + at % 6 * 300),
}


@pytest.mark.parametrize("put", PUT)
@pytest.mark.parametrize("places", PLACES)
def test_a_number_over_boxes_is_read_in_the_order_of_their_places(put: str, places: str) -> None:
    number = persons.identity(random.Random(put + places))
    body = SEEN + "".join(PUT[put](*piece) for piece in shuffled(number, 3, PLACES[places])) + SEEN
    assert blocks_and_leaves_nothing(docx(body), number)


@given(st.integers(0, 2**32), st.sampled_from(sorted(PLACES)))
@settings(max_examples=20, deadline=None)
def test_the_order_of_the_file_does_not_count(seed: int, places: str) -> None:
    number = persons.identity(random.Random(seed))
    assert blocks_and_leaves_nothing(docx(SEEN + grouped(shuffled(number, seed, PLACES[places]))), number)


def test_a_number_in_three_boxes_side_by_side() -> None:
    number = persons.identity(random.Random(1))
    pieces = [(number[14:], 6000), (number[:6], 2000), (number[6:14], 4000)]
    body = "".join(in_box(text, x, 3000) for text, x in pieces)
    assert blocks_and_leaves_nothing(docx(body), number)


def test_boxes_on_two_pages_are_two_lines() -> None:
    one, two = (persons.identity(random.Random(seed)) for seed in (1, 2))
    pages = [shuffled(number, 3, PLACES["a line"]) for number in (one, two)]
    body = SEEN.join("".join(in_frame(*piece) for piece in pieces) for pieces in pages)
    copy = masked(docx(body))
    assert not holds(copy, one)
    assert not holds(copy, two)


def unplaced(number: str) -> Iterator[str]:
    for at, sign in enumerate(number):
        yield p(run(sign), look=f"<w:framePr w:w='{200 + at}' w:hAnchor='page' w:xAlign='center' w:y='3000'/>")


def test_small_boxes_whose_places_nobody_knows_are_told() -> None:
    number = "52014897630211"
    seen = looked(docx(SEEN + "".join(unplaced(number))))
    assert ["次序读不准" in str(error) for error in seen.unread] == [True]


@pytest.mark.parametrize("put", PUT)
def test_boxes_of_words_and_years_are_no_numbers(put: str) -> None:
    words = ["负责人", "二〇二四年", "2024", "第 3 期", "县人民政府", "15", "20240307", "0373-5551234"]
    body = SEEN + "".join(PUT[put](word, 2000 + at * 700, 4000 + at // 4 * 500) for at, word in enumerate(words))
    assert not looked(docx(body)).is_blocked


def test_boxes_that_stand_in_their_lines_have_their_order() -> None:
    cells = [p(old_box(p(run(str(at * 37 % 100))), "width:20pt;height:9pt")) for at in range(12)]
    assert not looked(docx(table(row(*cells)))).is_blocked


def test_frames_of_styles_and_of_several_edges() -> None:
    number = persons.identity(random.Random(7))
    pieces = shuffled(number, 5, PLACES["a line"])
    edges = "".join(in_frame(text, x, y, "page" if x % 440 else "margin") for text, x, y in pieces)
    assert blocks_and_leaves_nothing(docx(SEEN + edges), number)
    look = "<w:style w:type='paragraph' w:styleId='s{x}'><w:pPr><w:framePr w:x='{x}' w:y='{y}'/></w:pPr></w:style>"
    named = "".join(look.format(x=x, y=y) for _, x, y in pieces)
    body = "".join(p(run(text), look=f"<w:pStyle w:val='s{x}'/>") for text, x, _ in pieces)
    assert [found for found in looked(docx(SEEN + body, styles(named))).hits if found.hit.severity == "block"]


def test_tables_of_a_figure_each_one_below_the_other() -> None:
    number = persons.identity(random.Random(8))
    assert blocks_and_leaves_nothing(docx(SEEN + "".join(table(row(p(run(sign)))) for sign in number)), number)
