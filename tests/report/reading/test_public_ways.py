"""公开的转法 — real reports through ways by which others hand them on: every figure right or marked, none denied (条例
第五十条)."""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path

import lxml.html
import pypdfium2
import pytest

from gongkai.documents.document import Document, Grid
from gongkai.documents.opening import open_documents
from gongkai.report.figures import AnnualReport, State
from gongkai.report.reading import read_document
from gongkai.report.writing import write_report
from tests.conftest import RealReport
from tests.report.reading.test_truth import number

MARKED = (State.DOUBTFUL, State.ABSENT, State.BLANK)
SOFFICE = shutil.which("soffice")


def read(name: str, data: bytes) -> AnnualReport:
    (document,) = open_documents(name, data)
    assert isinstance(document, Document), document
    return read_document(document)


def silent(report: RealReport, found: AnnualReport) -> dict[str, object]:
    """Every figure that is wrong and says nothing of it; that a cell was left blank, plain words do not always show."""
    expected = {address: number(value) for address, value in report.expected["figures"].items()}
    plain = {address: value for address, value in found.figures.items() if found.states.get(address) not in MARKED}
    return {address: value for address, value in plain.items() if (expected.get(address) or 0) != (value or 0)}


def text_of_pdf(path: Path) -> bytes:
    pages = pypdfium2.PdfDocument(path)
    return "\n".join(page.get_textpage().get_text_range() for page in pages).encode()


def markdown(path: Path) -> bytes:
    """Every grid as a table of pipes, with the cells that others cover repeated, as programs for data do."""
    (document,) = open_documents(str(path))
    assert isinstance(document, Document)
    lines: list[str] = []
    for block in next(document.seen_views()).blocks:
        if isinstance(block, Grid):
            rows = [
                [text for text, span in zip(r.texts, r.spans, strict=True) for _ in range(span[1])] for r in block.rows
            ]
            width = max(map(len, rows))
            shown = [
                "| " + " | ".join((*(" ".join(t.split()) for t in row), *[""] * (width - len(row)))) + " |"
                for row in rows
            ]
            lines += ["", shown[0], "|" + "---|" * width, *shown[1:], ""]
        else:
            lines.append(block.text)
    return "\n".join(lines).encode()


def words_of_page(path: Path) -> bytes:
    """The text of a page, its pieces parted by blanks."""
    root = lxml.html.fromstring(path.read_bytes().decode())
    body = root if root.tag == "body" else root.find(".//body")
    return " ".join(text.strip() for text in (body if body is not None else root).itertext() if text.strip()).encode()


WAYS: dict[str, tuple[tuple[str, ...], str, Callable[[Path], bytes]]] = {
    "pdf to text": ((".pdf",), "txt", text_of_pdf),
    "tables to markdown": ((".html", ".pdf"), "md", markdown),
    "page to words": ((".html",), "txt", words_of_page),
}


@pytest.mark.parametrize("way", WAYS)
def test_what_others_hand_on_is_right_or_marked(real_report: RealReport, way: str) -> None:
    suffixes, ending, made = WAYS[way]
    if real_report.path.suffix not in suffixes:
        pytest.skip(f"{way}: 不是这种文件")
    found = read(f"转.{ending}", made(real_report.path))
    assert silent(real_report, found) == {}


def converted(path: Path, ending: str, *options: str) -> bytes:
    """The file as LibreOffice makes it another."""
    assert SOFFICE is not None
    profile = f"-env:UserInstallation={(path.parent / 'profile').as_uri()}"
    command = [
        SOFFICE,
        profile,
        "--headless",
        *options,
        "--convert-to",
        ending,
        "--outdir",
        str(path.parent),
        str(path),
    ]
    subprocess.run(command, check=True, capture_output=True, timeout=120)
    return path.with_suffix(f".{ending}").read_bytes()


@pytest.mark.skipif(SOFFICE is None, reason="没有 LibreOffice")
def test_a_pdf_made_a_word_file_is_right_or_marked(real_report: RealReport, tmp_path: Path) -> None:
    if real_report.path.suffix != ".pdf":
        pytest.skip("不是 PDF")
    copy = tmp_path / "转.pdf"
    copy.write_bytes(real_report.path.read_bytes())
    found = read("转.docx", converted(copy, "docx", "--infilter=writer_pdf_import"))
    assert silent(real_report, found) == {}


@pytest.mark.skipif(SOFFICE is None, reason="没有 LibreOffice")
def test_a_word_file_made_a_pdf_is_right_or_marked(real_report: RealReport, tmp_path: Path) -> None:
    """Its columns are narrow, so that the names over them are torn."""
    path = tmp_path / "转.docx"
    path.write_bytes(write_report(read(real_report.path.name, real_report.path.read_bytes()), "docx"))
    assert silent(real_report, read("转.pdf", converted(path, "pdf"))) == {}
