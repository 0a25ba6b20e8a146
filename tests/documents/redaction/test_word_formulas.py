"""分数 — a fraction of a formula keeps its value in the line of text of a copy (条例 第三十七条)."""

from __future__ import annotations

import io
import zipfile

import pytest
from lxml import etree

from gongkai.documents.redaction import inspect, masked, public_copy
from tests.documents.redaction.word_made import docx, p, run


def r(text: str) -> str:
    return f"<m:r><m:t>{text}</m:t></m:r>"


def over(above: str, below: str, look: str = "") -> str:
    return f"<m:f>{look}<m:num>{above}</m:num><m:den>{below}</m:den></m:f>"


def line(copy: bytes) -> str:
    with zipfile.ZipFile(io.BytesIO(copy)) as package:
        root = etree.fromstring(package.read("word/document.xml"))
    return "".join(text.text or "" for text in root.iter("{*}t"))


@pytest.mark.parametrize(
    ("formula", "written"),
    [
        (over(r("a+b"), r("2")), "(a+b)/2"),
        (over(r("a"), r("b+c")), "a/(b+c)"),
        (over(r("a") + r("b"), r("2")), "(ab)/2"),
        (r("1") + over(r("1"), r("2")), "1 1/2"),
        (over(r("1"), r("2")) + r("x"), "1/2 x"),
        (r("y=") + over(r("1"), r("x")) + r("+1"), "y=1/x+1"),
        (over(over(r("a"), r("b")), r("c")), "(a/b)/c"),
        (over(r("a"), over(r("b"), r("c+d"))), "a/(b/(c+d))"),
        (over(r("n"), r("k"), "<m:fPr><m:type m:val='noBar'/></m:fPr>"), "nk"),
        (over("", r("2")), "2"),
        (over(r("1"), r("2")) + over(r("1"), r("3")), "1/2 1/3"),
        (over(r("1") + over(r("1"), r("2")), r("3")), "(1 1/2)/3"),
    ],
)
def test_a_fraction_is_written_in_one_line(formula: str, written: str) -> None:
    assert line(public_copy("式.docx", docx(p(f"<m:oMath>{formula}</m:oMath>")))) == written


def test_a_number_over_a_fraction_is_masked() -> None:
    data = docx(p(run("电话"), f"<m:oMath>{r('138')}{over(r('0013'), r('8000'))}</m:oMath>"))
    assert inspect("式.docx", data).is_blocked
    copy = masked("式.docx", data)
    assert "0013" not in line(copy)
    assert not inspect("式.docx", copy).is_blocked


@pytest.mark.parametrize(
    ("body", "is_empty"),
    [
        (p(run("藏", "<w:vanish/>")), True),
        (p(), True),
        (p(run(" ")), True),
        (p(run("看", "")), False),
        (p(run("划", "<w:strike/>")), False),
    ],
)
def test_a_copy_in_which_nothing_is_to_be_seen_says_so(body: str, is_empty: bool) -> None:
    said = [str(sentence) for sentence in inspect("文.docx", docx(body)).lost]
    assert any("副本是空的" in one for one in said) is is_empty
