"""OFD 版式文件 — GB/T 33190: three views, as those of a PDF: `lines` of text, `words` in columns, `ruled` grids.

An archive of XML: OFD.xml names the documents, each document its pages and the templates that lie under them.
"""

from __future__ import annotations

import posixpath
from collections.abc import Callable, Iterator
from zipfile import ZipFile

from lxml import etree

from gongkai.documents import pdf_ruled, pdf_words
from gongkai.documents.archive import opened, read_part
from gongkai.documents.document import Block, Paragraph, View
from gongkai.documents.limits import Deadline, Limits, check_pages
from gongkai.documents.ofd_page import Page, box_of
from gongkai.documents.pdf_signs import words_in_lines
from gongkai.documents.refusals import refusal
from gongkai.documents.xml_part import xml_root

_A4_HEIGHT = 297.0
_ENTRY = "OFD.xml"


def makers(source: str, data: bytes, limits: Limits) -> tuple[Callable[[], View], ...]:
    """版式文件的视图 — `lines`, `words`, `ruled`."""
    pages = tuple(_pages(source, data, limits))
    if not any(sign for page in pages for sign in page.signs):
        raise refusal("ofd without text", source)
    return (
        lambda: View("lines", tuple(_lines(pages))),
        lambda: View("words", tuple(_words(source, pages, limits))),
        lambda: View("ruled", tuple(_ruled(source, pages, limits))),
    )


def _lines(pages: tuple[Page, ...]) -> Iterator[Paragraph]:
    for number, page in enumerate(pages, 1):
        for line, words in enumerate(words_in_lines(page.signs), 1):
            yield Paragraph(" ".join(word.text for word in words), line, number, loose=True)


def _words(source: str, pages: tuple[Page, ...], limits: Limits) -> Iterator[Block]:
    deadline, number = Deadline(source, limits), 1
    for at, page in enumerate(pages, 1):
        deadline.check()
        for block in pdf_words.blocks_of(source, page.signs, at, number, limits):
            number += not isinstance(block, Paragraph)
            yield block


def _ruled(source: str, pages: tuple[Page, ...], limits: Limits) -> Iterator[Block]:
    parts = (pdf_ruled.parts_of(source, page.signs, page.rulings, at, limits) for at, page in enumerate(pages, 1))
    return pdf_ruled.stitched(source, parts, limits)


def _pages(source: str, data: bytes, limits: Limits) -> Iterator[Page]:
    """Every page of every document in the file, in order."""
    deadline = Deadline(source, limits)
    with opened(source, data, limits) as archive:
        package = _Package(source, archive, limits)
        entry = next(name for name in archive.namelist() if posixpath.basename(name) == _ENTRY)
        found = 0
        for root in package.root(entry).iter("{*}DocRoot"):
            document = _Document(package, package.path(entry, root.text))
            found += len(document.pages)
            check_pages(source, found, limits)
            for page in document.pages:
                deadline.check()
                yield document.page(page, deadline.check)


class _Package:
    """The parts of one file, by their paths."""

    def __init__(self, source: str, archive: ZipFile, limits: Limits) -> None:
        self._source, self._archive, self._limits = source, archive, limits
        self._parts = {info.filename: info for info in archive.infolist()}
        self._base = posixpath.dirname(next(name for name in self._parts if posixpath.basename(name) == _ENTRY))
        if any("encrypt" in posixpath.basename(name).lower() for name in self._parts):
            raise refusal("encrypted", source)

    def path(self, of: str, location: str | None) -> str:
        """A location that is written in the part `of`."""
        location = (location or "").strip().replace("\\", "/")
        base = self._base if location.startswith("/") else posixpath.dirname(of)
        return posixpath.normpath(posixpath.join(base, location.lstrip("/")))

    def root(self, path: str) -> etree._Element:
        """The tree of a part. DocumentError where it is missing or damaged."""
        if path not in self._parts:
            raise refusal("damaged", self._source)
        return xml_root(
            self._source, read_part(self._source, self._archive, self._parts[path], self._limits), self._limits
        )


class _Document:
    """One document of a file."""

    def __init__(self, package: _Package, path: str) -> None:
        self._package, self._path = package, path
        root = package.root(path)
        self.pages = [page.get("BaseLoc") for page in root.iterfind("{*}Pages/{*}Page")]
        self._height = _height(root.find("{*}CommonData/{*}PageArea"), _A4_HEIGHT)
        self._template_at = {
            template.get("ID"): template.get("BaseLoc") for template in root.iterfind("{*}CommonData/{*}TemplatePage")
        }
        self._templates: dict[str, etree._Element] = {}

    def page(self, location: str | None, tick: Callable[[], None]) -> Page:
        """A page, with the templates that lie under it."""
        root = self._package.root(self._package.path(self._path, location))
        page = Page(_height(root.find("{*}Area"), self._height), tick)
        for used in root.iterfind("{*}Template"):
            name = used.get("TemplateID") or ""
            if name not in self._template_at:
                continue
            if name not in self._templates:
                at = self._package.path(self._path, self._template_at[name])
                self._templates[name] = self._package.root(at)
            page.add(self._templates[name])
        page.add(root)
        return page


def _height(area: etree._Element | None, otherwise: float) -> float:
    box = None if area is None else box_of(area.findtext("{*}PhysicalBox"))
    return otherwise if box is None else box[1] + box[3]
