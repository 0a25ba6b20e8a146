"""Word 文档给人看什么 — how each run is seen, and why it is not (条例 第十七条)."""

from __future__ import annotations

import io
import zipfile

import pytest
from lxml import etree

from gongkai.documents.showing import How, Run, Why
from gongkai.documents.showing.word import read
from tests.documents.redaction.word_made import SEEN, docx, p, run
from tests.documents.redaction.word_shown import SHOWN
from tests.documents.redaction.word_ways import HIDDEN

NUMBER = "记号四一〇"


def runs(data: bytes) -> list[Run]:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    others = {
        name: etree.fromstring(parts[part])
        for name, part in (("styles", "word/styles.xml"), ("theme", "word/theme/theme1.xml"))
        if part in parts
    }
    return [found for found, _ in read(etree.fromstring(parts["word/document.xml"]), others).runs()]


WHYS = {
    Why.RUN: ("run vanish", "run webHidden", "run specVanish", "run vanish true", "hidden box", "old box, hidden"),
    Why.STYLE: (
        *("character style", "paragraph style", "style it is based on", "default style", "defaults of the file"),
        *("table style", "first row of a table style"),
    ),
    Why.ROW: ("hidden row",),
    Why.DELETED: ("deleted row", "deleted cell", "deleted", "moved from here"),
    Why.SIZE: (
        *("row of no height", "size of half a point", "size of one point", "size in a style", "scaled to one per cent"),
        *("fitted into nothing", "lines of no height", "box of no size", "old box of no size"),
    ),
    Why.COLOUR: (
        *("white on white", "nearly white", "white of the theme", "black on black", "yellow on a yellow mark"),
        *("red on a red paragraph", "blue on a blue cell", "the colour of a table style", "the colour of the page"),
        *("filled with nothing", "white box"),
    ),
    Why.OFF_PAGE: (
        *("raised off the page", "indented off the page", "squeezed off the page", "frame off the page"),
        *("table off the page", "table indented off the page", "box off the page", "box before the page"),
        "old box off the page",
    ),
    Why.UNUSED: ("branch for old programs", "branch that nobody understands", "text among the code", "code of a field"),
}


@pytest.mark.parametrize(("why", "way"), [(why, way) for why, ways in WHYS.items() for way in ways])
def test_what_hides_a_run_is_told(why: Why, way: str) -> None:
    found = [one for one in runs(HIDDEN[way](NUMBER)) if NUMBER in one.text]
    assert found
    assert {(one.how, one.why) for one in found} == {(How.HIDDEN, why)}


@pytest.mark.parametrize(
    "way",
    [
        *(
            "plain",
            "inserted",
            "two styles that undo each other",
            "page number of a table of contents",
            "white on black",
        ),
        *("white on a pattern", "cell of no width", "cell", "table in a table", "content control", "smart tag"),
        *("element of nobody", "link", "result of a field", "result of a simple field", "field that does not end"),
        *("chosen entry of a list", "formula", "box", "old box", "white on a dark box", "branch for new programs"),
    ],
)
def test_what_a_page_shows_is_seen(way: str) -> None:
    assert [one for one in runs(SHOWN[way](NUMBER)) if NUMBER in one.text] == [Run(NUMBER)]


def test_struck_and_raised_runs_are_told_apart() -> None:
    look = "<w:vertAlign w:val='{}'/>"
    data = docx(
        p(
            run("甲", "<w:strike/>"),
            run("乙", "<w:dstrike/>"),
            run("丙", "<w:strike w:val='0'/>"),
            run("丁", look.format("superscript")),
            run("戊", look.format("subscript")),
            run("己", look.format("baseline")),
        )
    )
    found = [(one.text, one.how) for one in runs(data)]
    assert found == [
        ("甲", How.STRUCK),
        ("乙", How.STRUCK),
        ("丙", How.SEEN),
        ("丁", How.RAISED),
        ("戊", How.RAISED),
        ("己", How.SEEN),
    ]


def test_a_run_overrules_its_styles() -> None:
    data = HIDDEN["paragraph style"](NUMBER).replace(b"<w:rPr></w:rPr>", b"<w:rPr></w:rPr>")
    assert [one.how for one in runs(data) if one.text == NUMBER] == [How.HIDDEN]
    from tests.documents.redaction.word_made import VANISH, styles

    own = p(run(NUMBER, "<w:vanish w:val='false'/>"), look="<w:pStyle w:val='s'/>")
    shown = docx(SEEN + own, styles(f"<w:style w:type='paragraph' w:styleId='s'>{VANISH}</w:style>"))
    assert Run(NUMBER) in runs(shown)


def test_symbols_read_as_the_signs_on_their_keys() -> None:
    assert "".join(one.text for one in runs(SHOWN["symbols"]("4107"))) == "4107"
    assert "".join(one.text for one in runs(SHOWN["private signs"]("4107"))) == "4107"


def test_what_is_said_twice_for_old_programs_is_told_once() -> None:
    inner = f"<w:t>{NUMBER}</w:t>"
    branches = f"<mc:Choice Requires='wps'>{inner}</mc:Choice><mc:Fallback>{inner}</mc:Fallback>"
    assert runs(docx(p(f"<w:r><mc:AlternateContent>{branches}</mc:AlternateContent></w:r>"))) == [Run(NUMBER)]
