"""原件页面 — the pages of a PDF or a picture on which figures stand: where words are, and how they look when asked."""

from __future__ import annotations

from itertools import islice
from pathlib import Path

from gongkai.documents.archive import members
from gongkai.documents.document import Document, DocumentError, PageLayout, Word
from gongkai.documents.limits import LIMITS
from gongkai.documents.opening import page_picture
from gongkai.documents.pdf_picture import layout
from gongkai.report.figures import AnnualReport
from gongkai.web.annual.keeping import load, write

_ZIP = b"PK"
_MOST_PAGES = 20  # with figures; no report has its tables on more


def keep_layouts(folder: Path, number: int, member: int, document: Document, report: AnnualReport) -> None:
    """记下页面排布 — of every page of file `member` of upload `number` on which a figure stands (条例 第五十条)."""
    seen = {page: known for view in document.made for page, known in view.seen.items()}
    if document.format != "pdf" and not seen:
        return
    pages = sorted({place.page for place in report.places.values() if place.page is not None})
    data = _bytes(folder, number, member)
    for page in pages[:_MOST_PAGES]:
        try:
            known = seen.get(page) or layout(report.source, data, page)
            write(_path(folder, f"{number}-{member}", page, "json"), known)
        except DocumentError:
            return  # it was read a moment ago; without its picture the finding still has its line of text


def page_layout(folder: Path, file: str, page: int) -> PageLayout | None:
    """页面排布 — as `keep_layouts` wrote it."""
    data = load(_path(folder, file, page, "json"))
    if data is None:
        return None
    width, height, lines, straightening = data
    words = tuple(tuple(Word(*word) for word in line) for line in lines)
    return PageLayout(width, height, words, tuple(straightening))


def picture(folder: Path, file: str, page: int) -> Path:
    """页面图像 — where the picture of a page lies once `draw` has made it."""
    return _path(folder, file, page, "png")


def draw(folder: Path, file: str, page: int) -> None:
    """画页面 — the picture of one page, to be run in a process of its own."""
    number, _, member = file.partition("-")
    path = picture(folder, file, page)
    part = path.with_suffix(".part")
    layout = page_layout(folder, file, page)
    part.write_bytes(page_picture(file, _bytes(folder, int(number), int(member)), page, layout))
    part.replace(path)


def _path(folder: Path, file: str, page: int, suffix: str) -> Path:
    return folder / "pages" / f"{file}-{page}.{suffix}"


def _bytes(folder: Path, number: int, member: int) -> bytes:
    data = (folder / "given" / str(number)).read_bytes()
    if not data.startswith(_ZIP):
        return data
    found = next(islice(members("zip", data, LIMITS), member - 1, None))
    if isinstance(found, DocumentError):
        raise found
    return found[1]
