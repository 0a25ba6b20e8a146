"""经别的程序 — what a browser prints, what an office program converts, what a PDF library extracts."""

from __future__ import annotations

import csv
import io
import shutil
import subprocess
import tempfile
from collections.abc import Callable
from functools import lru_cache
from hashlib import sha256
from pathlib import Path

import pdfplumber
import pypdfium2

KEPT = Path(tempfile.gettempdir()) / "gongkai-noise-ways"
"""Conversions are slow, and the same bytes give the same file."""


def converted(data: bytes, through: tuple[str, ...]) -> bytes:
    """转换 — by one program after another. FileNotFoundError where one is not installed."""
    for step in through:
        data = _step(data, step)
    return data


def _step(data: bytes, step: str) -> bytes:
    KEPT.mkdir(exist_ok=True)
    kept = KEPT / sha256(step.encode() + data).hexdigest()
    if not kept.exists():
        made = _STEPS[step](data) if step in _STEPS else _office(data, *step.split(">"))
        kept.write_bytes(made)
    return kept.read_bytes()


@lru_cache(maxsize=1)
def _program(name: str) -> str:
    found = shutil.which(name)
    if found is None:
        raise FileNotFoundError(name)
    return found


def _office(data: bytes, before: str, after: str) -> bytes:
    with tempfile.TemporaryDirectory() as folder:
        source = Path(folder) / f"file.{before}"
        source.write_bytes(data)
        filters = ["--infilter=writer_pdf_import"] if before == "pdf" else []
        kind = {"txt": "txt:Text (encoded):UTF8", "docx": "docx:MS Word 2007 XML"}.get(after, after)
        out = Path(folder) / "out"
        command = [_program("soffice"), f"-env:UserInstallation=file://{KEPT}/office", "--headless", *filters]
        subprocess.run(
            [*command, "--convert-to", kind, "--outdir", str(out), str(source)],
            capture_output=True,
            timeout=120,
            check=False,
        )
        return next(out.iterdir()).read_bytes()


def _chromium(data: bytes) -> bytes:
    with tempfile.TemporaryDirectory() as folder:
        page, printed = Path(folder) / "file.html", Path(folder) / "file.pdf"
        page.write_bytes(data)
        options = ["--headless", "--no-sandbox", "--disable-gpu", f"--print-to-pdf={printed}", "--no-pdf-header-footer"]
        subprocess.run(
            [_program("chromium"), *options, f"file://{page}"], capture_output=True, timeout=120, check=False
        )
        return printed.read_bytes()


def _pdfium(data: bytes) -> bytes:
    pages = pypdfium2.PdfDocument(data)
    return (
        "\n".join(pages[at].get_textpage().get_text_range() for at in range(len(pages))).replace("\r\n", "\n").encode()
    )


def _layout(data: bytes) -> bytes:
    with pdfplumber.open(io.BytesIO(data)) as pages:
        return "\n".join(page.extract_text(layout=True) for page in pages.pages).encode()


def _tables(data: bytes) -> bytes:
    out = io.StringIO()
    writer = csv.writer(out)
    with pdfplumber.open(io.BytesIO(data)) as pages:
        writer.writerows([line] for line in (pages.pages[0].extract_text() or "").split("\n")[:2])
        for page in pages.pages:
            for table in page.extract_tables():
                writer.writerows(table)
    return out.getvalue().encode()


_STEPS: dict[str, Callable[[bytes], bytes]] = {
    "chromium": _chromium,
    "pdfium": _pdfium,
    "layout": _layout,
    "tables": _tables,
}
