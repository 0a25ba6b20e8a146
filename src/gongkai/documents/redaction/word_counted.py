"""由程序填写的文字 — what a page of Word shows and no run holds: page numbers, fields, bound values (条例 第十七条).

Such words may go on what stands beside them. A copy has none of them but page numbers, and their masks stay.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

from lxml import etree

from gongkai.documents.document import DocumentError
from gongkai.documents.redaction.editor import Piece, Slot, shown, slot_of
from gongkai.documents.redaction.places import Layer, Place
from gongkai.documents.redaction.word_parts import Parts, StoryPart
from gongkai.documents.showing.word import Atom, Field, drawn_words
from gongkai.documents.word_numbering import attribute, child, local

_SPACE = re.compile(r"xmlns:([\w.-]+)=['\"]([^'\"]*)['\"]")
_LONGEST_PATH, _MOST_PAGES = 500, 100_000
_THINGS = ("fldSimple", "textpath", "dataBinding", "listItem")


def texts(parts: Parts, part: StoryPart, paragraphs: Iterable[tuple[Place, etree._Element]]) -> Iterator[Slot]:
    """由程序填写的文字 — each paragraph with what programs put in it, and what stands in several of them as one."""
    places = {paragraph: place for place, paragraph in paragraphs}
    pages = _pages(parts) if part.story.live else ()
    where = Place(part.layer)
    together: dict[str, list[str]] = {}
    for element in part.root.iter(*(f"{{*}}{name}" for name in _THINGS)):
        if said := _said(element, parts):
            together.setdefault(local(element), []).append(said)
    # A watermark says its words alone, in each header once more.
    for words in dict.fromkeys(together.get("textpath", ())):
        yield shown(where, words, sure=True)
    for name, pieces in together.items():
        place = where._replace(layer=Layer.HIDDEN, part="word") if name == "listItem" else where
        yield shown(place, "".join(pieces), sure=True)
    for paragraph in part.root.iter("{*}p"):
        if part.story.is_twin(paragraph) or part.story.why(paragraph) is not None:
            continue
        holds = any(local(inner) in _THINGS[:3] for inner in paragraph.iter(*(f"{{*}}{name}" for name in _THINGS[:3])))
        live = pages and any(atom.element in part.story.live for atom in part.story.atoms(paragraph))
        for page in pages if live else ("",) if holds else ():
            whole = list(_pieces(paragraph, part, parts, page))
            yield slot_of(places.get(paragraph, where), whole, sure=True)


def _pieces(paragraph: etree._Element, part: StoryPart, parts: Parts, page: str) -> Iterator[Piece]:
    """The seen text of a paragraph; in the place of a field or control what a program shows there."""
    atoms: dict[etree._Element, list[Atom]] = {}
    for atom in part.story.atoms(paragraph):
        atoms.setdefault(atom.element, []).append(atom)
    over: set[etree._Element] = set()
    for element in paragraph.iter("*"):
        parent = element.getparent()
        if parent in over or (local(element) == "p" and element is not paragraph):
            over.add(element)
            continue
        if local(element) == "sdt" and (bound := element.find("{*}sdtPr/{*}dataBinding")) is not None:
            if value := _value(bound, parts):
                yield Piece(None, "", value)
                over.add(element)
        elif local(element) in ("fldSimple", "textpath") and (said := _said(element, parts)):
            yield Piece(None, "", said)
        elif page and element in part.story.live:
            yield Piece(None, "", page)
        elif element not in part.story.renewed:
            yield from map(_piece, (atom for atom in atoms.get(element, ()) if atom.is_seen))


def _piece(atom: Atom) -> Piece:
    return Piece(atom.element if atom.where else None, atom.where, atom.run.text)


def _said(element: etree._Element, parts: Parts) -> str:
    """What a program draws of one of these; empty for a field with a result, which is read as it stands."""
    name = local(element)
    if name == "textpath":
        return attribute(element, "string") or ""
    if name == "listItem":
        return attribute(element, "displayText") or ""
    if name == "dataBinding":
        return _value(element, parts)
    field = Field([], list(element.iter("{*}t")), written=attribute(element, "instr") or "")
    return drawn_words(field.code) if field.is_drawn else ""


def _value(bound: etree._Element, parts: Parts) -> str:
    """What the data hold to which a control is bound; Word shows that, whatever stands in the control."""
    path, spaces = attribute(bound, "xpath") or "", dict(_SPACE.findall(attribute(bound, "prefixMappings") or ""))
    if not path or len(path) > _LONGEST_PATH or "(" in path:
        return ""
    for name in parts.package.xml_names():
        try:
            found = parts.package.root(name).xpath(path, namespaces=spaces)
        except (etree.XPathError, DocumentError):
            continue
        for one in found if isinstance(found, list) else ():
            return "".join(map(str, one.itertext())) if isinstance(one, etree._Element) else str(one)
    return ""


def _pages(parts: Parts) -> Sequence[str]:
    """The first numbers and the last that pages show where they do not begin at one."""
    numbers: dict[int, None] = {}
    for section in parts.package.root(parts.main).iter("{*}sectPr"):
        kind = child(section, "pgNumType")
        start = "" if kind is None else attribute(kind, "start") or ""
        if start.isascii() and start.isdecimal() and len(start) < 12 and int(start) > 1:
            numbers |= dict.fromkeys((int(start), int(start) + 1, int(start) + _count(parts) - 1))
    return [str(number) for number in numbers]


def _count(parts: Parts) -> int:
    told = dict(parts.package.properties()).get("Pages", "")
    return min(int(told), _MOST_PAGES) if told.isascii() and told.isdecimal() and len(told) < 9 and int(told) else 1
