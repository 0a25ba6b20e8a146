"""Word 文档的副本 — what a reader sees is kept, in order, and looks as before (条例 第十七条)."""

from __future__ import annotations

import io
import sys
import time
import zipfile
from collections import Counter
from difflib import SequenceMatcher
from pathlib import Path

import docx
import pytest
from lxml import etree

from gongkai.documents.document import DocumentError
from gongkai.documents.limits import LIMITS
from gongkai.documents.opening import open_documents
from gongkai.documents.redaction import inspect, public_copy
from gongkai.documents.showing.word import read
from gongkai.documents.word import makers
from gongkai.report.reading import read_document
from gongkai.report.writing import write_report
from tests.conftest import shared_file
from tests.documents.redaction import word_random
from tests.documents.redaction.word_made import p, row, run, table

DOCUMENTS = 64
LOOKS = ("b", "i", "strike", "sz", "jc", "shd", "vMerge", "gridSpan", "numPr", "br", "tab", "tblBorders", "keepNext")
W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"


def body(data: bytes) -> etree._Element:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return etree.fromstring(archive.read("word/document.xml"))


def shown(data: bytes) -> str:
    """正文的文字 — every text of the body in order; of a copy all of it is seen."""
    return "".join(element.text or "" for element in body(data).iter(f"{W}t", "{*}t"))


def kept(before: str, after: str) -> int:
    """保留的字数 — signs of `before` that stand in `after` in the same order."""
    blocks = SequenceMatcher(None, before, after, autojunk=False).get_matching_blocks()
    return sum(block.size for block in blocks)


def test_generated_documents_keep_their_characters_cells_and_pictures_in_order() -> None:
    totals: Counter[str] = Counter()
    for seed in range(DOCUMENTS):
        made = word_random.made(seed)
        copy = public_copy("通知.docx", made.data)
        opened = docx.Document(io.BytesIO(copy))
        text, expected = shown(copy).replace("\t", ""), "".join(made.texts)
        totals += Counter(
            characters=len(expected),
            kept=kept(expected, text),
            more=len(text) - len(expected),
            cells=made.cells,
            cells_kept=sum(1 for _ in body(copy).iter(f"{W}tc")),
            pictures=made.pictures,
            pictures_kept=len(opened.inline_shapes),
        )
        inflated = "".join(map(str, everything(copy)))
        assert [words for words in made.hidden if words in inflated] == [], seed
        assert inspect("通知.docx", copy, pictures=False).hidden == (), seed
    sys.stdout.write(f"{dict(totals)}\n")
    assert totals["kept"] >= 0.99 * totals["characters"]
    assert totals["more"] == 0
    assert totals["cells_kept"] == totals["cells"]
    assert totals["pictures_kept"] == totals["pictures"] > 0


def everything(copy: bytes) -> list[str]:
    with zipfile.ZipFile(io.BytesIO(copy)) as archive:
        return [archive.read(name).decode("utf-8", "ignore") for name in archive.namelist()]


def looks(data: bytes) -> Counter[str]:
    found = (element.tag.rpartition("}")[2] for element in body(data).iter(f"{W}*"))
    return Counter(name for name in found if name in LOOKS)


def test_generated_documents_keep_their_looks() -> None:
    before, after = Counter[str](), Counter[str]()
    for seed in range(0, DOCUMENTS, 4):
        made = word_random.made(seed)
        before += looks(made.data)
        after += looks(public_copy("通知.docx", made.data))
    sys.stdout.write(f"{ {name: (before[name], after[name]) for name in LOOKS} }\n")
    # Runs that nobody sees take their looks with them.
    assert {name for name in LOOKS if after[name] < 0.9 * before[name]} == set()


def reports() -> list[Path]:
    folder = Path(shared_file("reports/huangchuan-county-2021.txt")).parent
    return sorted(folder.glob("*.txt"))


def test_reports_written_as_docx_read_the_same_from_their_copies() -> None:
    for path in reports():
        (document,) = open_documents(path.name, path.read_bytes())
        assert not isinstance(document, DocumentError)
        written = write_report(read_document(document), "docx")
        copy = public_copy("年报.docx", written)
        assert blocks(copy) == blocks(written), path.name
        assert looks(copy) == looks(written), path.name


def blocks(data: bytes) -> object:
    return makers("年报.docx", data, LIMITS)[0]().blocks


FILES = (
    *("docx-cell-textbox", "docx-field-no-result", "docx-figure-is-list-number", "docx-rows-swapped-figures-by-label"),
    *("docx-strike", "docx-superscript-note", "docx-swapped-columns", "docx-total-first", "dstrike"),
    *("docx-vanish-style", "docx-white-text", "made-docx-strike", "made-docx-sup"),
)


@pytest.mark.parametrize("name", FILES)
def test_shared_files_keep_what_is_seen_and_nothing_else(name: str) -> None:
    data = shared_file(f"cases/reading/{name}.docx").read_bytes()
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        others = {
            part: etree.fromstring(archive.read(f"word/{part}.xml"))
            for part in ("styles", "settings")
            if f"word/{part}.xml" in archive.namelist()
        }
    story = read(body(data), others)
    seen = "".join(run.text for run, element in story.runs() if run.how != "hidden" and element.tag.endswith("}t"))
    copy = public_copy("年报.docx", data)
    assert shown(copy) == seen
    assert sum(1 for _ in body(copy).iter(f"{W}tc")) == sum(1 for _ in body(data).iter(f"{W}tc"))


def test_the_cost_of_looking_and_copying_grows_with_the_pages() -> None:
    from tests.documents.redaction.word_made import docx as written

    def seconds(pages: int) -> float:
        paragraphs = [p(run(f"第{at}段，" + "认真贯彻落实各项要求。" * 4)) for at in range(64 * pages)]
        rows = [row(*(p(run(f"{at}")) for _ in range(6))) for at in range(10)]
        data = written("".join(paragraphs) + table(*rows) * pages)
        started = time.process_time()
        inspect("长.docx", data, pictures=False)
        copy = public_copy("长.docx", data)
        taken = time.process_time() - started
        assert len(shown(copy)) == len(shown(data))
        return taken

    seconds(1)  # what is loaded late is loaded now
    # Eight times the pages, and far from sixty-four times the cost.
    assert seconds(64) < 24 * seconds(8)
