"""副本的正文 — the blocks of one part, built anew from the runs that a reader sees (条例 第十五条、第十七条)."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from itertools import groupby
from typing import Protocol

from lxml import etree

from gongkai.documents.document import Block
from gongkai.documents.redaction.word_copy import drawing, fractions, shapes
from gongkai.documents.redaction.word_copy.grammar import carried, fits, held, known, made, paragraph, text
from gongkai.documents.redaction.word_copy.styles import StyleSheet
from gongkai.documents.redaction.word_parts import Parts, StoryPart
from gongkai.documents.showing.word import SIGNS, Atom, present
from gongkai.documents.showing.word_style import Theme
from gongkai.documents.word_numbering import attribute, child, local

_PASSED_OVER = {"sectPr", "sdtPr", "sdtEndPr", "del", "moveFrom", "tcPr", "trPr", "tblPr", "tblGrid", "tblPrEx", "pPr"}
_FORMATS = re.compile(r"\\\*\s*(Arabic|roman|ROMAN|alphabetic|ALPHABETIC|CHINESENUM[1-3]|ArabicDash)\b")
_NOTES = {"footnoteReference": "footnotes", "endnoteReference": "endnotes"}
_OWN_MARKS = {"footnoteRef", "endnoteRef"}


class Shared(Protocol):
    """一份副本里共有的 — what the parts of a copy share: styles, pictures, headers, notes."""

    parts: Parts
    theme: Theme
    styles: StyleSheet
    media: drawing.Media
    inner: Callable[[str], Sequence[Block]]

    def next_number(self) -> int:
        """下一个号 — of drawings."""

    def header(self, part: str, kind: str) -> str | None:
        """页眉页脚 — the name of its copy; None for one that no page shows."""

    def note(self, kind: str, name: str) -> int | None:
        """脚注尾注 — the new number of a note, None where there is none."""


class Blocks:
    """一个部件的副本 — its paragraphs and tables; `relate` gives the ids of its relations."""

    def __init__(self, maker: Shared, part: StoryPart, relate: drawing.Relate) -> None:
        self._maker, self._part, self._relate = maker, part, relate
        self._story = part.story
        self._signs: fractions.Signs = {}

    def of(self, parent: etree._Element) -> Iterator[etree._Element]:
        """段落和表格 — of the body, a cell, a note, a text box."""
        for element in parent.iterchildren("*"):
            name = local(element)
            if name == "p":
                yield from self._paragraph(element)
            elif name == "tbl":
                yield from self._table(element)
            elif name == "altChunk":
                target = self._target(attribute(element, "id") or "")
                yield from () if target is None else shapes.blocks(self._maker.inner(target))
            elif name == "AlternateContent":
                chosen = self._story.chosen(element)
                yield from () if chosen is None else self.of(chosen)
            elif name not in _PASSED_OVER:
                yield from self.of(element)

    def section(self, source: etree._Element) -> etree._Element:
        """节 — size and margins of its pages, and the headers that they show."""
        copy = made("sectPr")
        for reference in source.iterchildren("{*}headerReference", "{*}footerReference"):
            target = self._target(attribute(reference, "id") or "")
            kind = attribute(reference, "type") or "default"
            name = None if target is None else self._maker.header(target, local(reference).removesuffix("Reference"))
            if name is not None and kind in ("default", "first", "even"):
                mark = made(local(reference), type=kind)
                mark.set(f"{{{mark.nsmap['r']}}}id", self._relate(local(reference).removesuffix("Reference"), name))
                copy.append(mark)
        copy.extend(carried(source, self._maker.theme))
        return copy

    def _target(self, relation: str) -> str | None:
        found = self._maker.parts.relations(self._part.name).get(relation)
        return None if found is None or found.external else found.target

    def _paragraph(self, source: etree._Element) -> Iterator[etree._Element]:
        properties = child(source, "pPr")
        section = None if properties is None else child(properties, "sectPr")
        sections = [] if section is None else [self.section(section)]
        if self._story.is_twin(source) or self._story.why(source) is not None:
            if sections:
                yield made("p", made("pPr", *sections))
            return
        atoms = [atom for atom in self._story.atoms(source) if atom.is_seen]
        after: list[etree._Element] = []
        self._signs = fractions.signs(source, atoms)
        content = list(self._content(atoms, after))
        boxes = list(self._boxes(source))
        mark = None if properties is None else child(properties, "rPr")
        lines = shapes.line_below(atoms)
        has_own = content or sections or lines or not (boxes or after or _is_gone(mark))
        if has_own:
            inner = self._maker.styles.paragraph(properties)
            inner = shapes.with_line(inner, lines)
            inner += held("rPr", *self._maker.styles.run(mark))
            yield made("p", *held("pPr", *inner, *sections), *content)
        yield from after
        yield from boxes

    def _content(self, atoms: list[Atom], after: list[etree._Element]) -> Iterator[etree._Element]:
        for (link, holder), group in groupby(atoms, key=lambda atom: (_link(atom), atom.holder)):
            runs = list(self._runs(list(group), holder, after))
            address = None if link is None else self._address(link)
            if address is None or not runs:
                yield from runs
                continue
            copy = made("hyperlink", *runs)
            copy.set(f"{{{copy.nsmap['r']}}}id", self._relate("hyperlink", address))
            yield copy

    def _address(self, link: etree._Element) -> str | None:
        found = self._maker.parts.relations(self._part.name).get(attribute(link, "id") or "")
        return found.target if found is not None and found.external and shapes.is_fine_address(found.target) else None

    def _runs(
        self, atoms: list[Atom], holder: etree._Element | None, after: list[etree._Element]
    ) -> Iterator[etree._Element]:
        look = None if holder is None else child(holder, "rPr")
        inner: list[etree._Element] = []
        for atom in atoms:
            if atom.element in self._story.live:
                if inner:
                    yield self._run(look, inner)
                    inner = []
                yield self._field(self._story.live[atom.element].code, look)
            elif atom.element not in self._story.renewed:
                inner += self._inside(atom, after)
        if inner:
            yield self._run(look, inner)

    def _run(self, look: etree._Element | None, inner: list[etree._Element]) -> etree._Element:
        return made("r", *held("rPr", *self._maker.styles.run(look)), *inner)

    def _field(self, code: str, look: etree._Element | None) -> etree._Element:
        """A page number that programs count."""
        form = _FORMATS.search(code)
        name = (code.split() or ["PAGE"])[0].upper()
        written = f" {name} \\* {form[1]} " if form else f" {name} "
        return made("fldSimple", self._run(look, [text("1")]), instr=written)

    def _inside(self, atom: Atom, after: list[etree._Element]) -> Iterator[etree._Element]:
        name = local(atom.element)
        if name in SIGNS:
            yield _sign(atom.element)
        elif name == "sym":
            yield _symbol(atom)
        elif atom.run.text:
            before, behind = self._signs.get(atom.element, ("", ""))
            words = f"{before}{present(atom)}{behind}"
            if words:
                yield text(words)
        elif name in _NOTES:
            number = self._maker.note(_NOTES[name], attribute(atom.element, "id") or "")
            if number is not None:
                yield made(name, id=str(number))
        elif name in _OWN_MARKS:
            yield made(name)
        elif name == "pgNum":
            yield text("1")
        else:
            yield from self._pictures(atom.element)
            after += self._drawn_words(atom.element)

    def _pictures(self, thing: etree._Element) -> Iterator[etree._Element]:
        for shot in drawing.shots(thing, self._target):
            name = self._maker.media.name(shot) if shot.part in self._maker.parts.package.names else None
            if name is not None:
                yield drawing.placed(thing, shot, self._relate("image", name), self._maker.next_number())

    def _drawn_words(self, thing: etree._Element) -> Iterator[etree._Element]:
        """The words of charts and of drawn diagrams, as paragraphs."""
        for element in thing.iter("{*}chart", "{*}relIds"):
            key = "id" if local(element) == "chart" else "dm"
            target = self._target(attribute(element, key) or "")
            if target is not None and target in self._maker.parts.package.names:
                yield from map(paragraph, shapes.words(self._maker.parts.package.root(target)))

    def _boxes(self, source: etree._Element) -> Iterator[etree._Element]:
        """What stands in text boxes, below the paragraph that holds them."""
        for box in source.iter("{*}txbxContent"):
            holder = next(box.iterancestors("{*}p"), None)
            if holder is source and not self._story.is_twin(box) and self._story.why_inside(box) is None:
                yield from shapes.framed(box, list(self.of(box)))

    def _table(self, source: etree._Element) -> Iterator[etree._Element]:
        if self._story.is_twin(source):
            return
        theme = self._maker.theme
        rows = [row for found in _opened(source, "tr") if (row := self._row(found)) is not None]
        if not rows:
            return
        properties = child(source, "tblPr")
        named = None if properties is None else child(properties, "tblStyle")
        inner = [*self._maker.styles.reference("tblStyle", named), *carried(properties, theme)]
        grid = made("tblGrid", *carried(child(source, "tblGrid"), theme))
        yield made("tbl", made("tblPr", *inner), grid, *rows)

    def _row(self, source: etree._Element) -> etree._Element | None:
        theme = self._maker.theme
        cells = [self._cell(cell) for cell in _opened(source, "tc") if self._story.why(cell) is None]
        if not cells:
            return None
        exceptions = held("tblPrEx", *carried(child(source, "tblPrEx"), theme))
        return made("tr", *exceptions, *held("trPr", *carried(child(source, "trPr"), theme)), *cells)

    def _cell(self, source: etree._Element) -> etree._Element:
        inner = list(self.of(source))
        if not inner or local(inner[-1]) != "p":
            inner.append(made("p"))
        return made("tc", *held("tcPr", *carried(child(source, "tcPr"), self._maker.theme)), *inner)


def _opened(parent: etree._Element, tag: str) -> Iterator[etree._Element]:
    for element in parent.iterchildren("*"):
        if local(element) == tag:
            yield element
        elif local(element) not in _PASSED_OVER and local(element) not in ("tc", "tbl", "p"):
            yield from _opened(element, tag)


def _is_gone(mark: etree._Element | None) -> bool:
    """Whether the end of a paragraph is hidden or deleted, so that nothing of an empty one is seen."""
    return mark is not None and any(child(mark, name) is not None for name in ("vanish", "del", "moveFrom"))


def _link(atom: Atom) -> etree._Element | None:
    holder = atom.holder
    return None if holder is None else next(holder.iterancestors("{*}hyperlink"), None)


def _sign(element: etree._Element) -> etree._Element:
    name = local(element)
    if name == "br":
        kinds = {key: value for key in ("type", "clear") if fits(_BREAKS[key], value := attribute(element, key) or "")}
        return made("br", **kinds)
    return made("tab" if name == "ptab" else "br" if name == "cr" else name)


_BREAKS = {"type": "break", "clear": "clear"}


def _symbol(atom: Atom) -> etree._Element:
    """A sign of a symbol font stays one; a masked one is a star."""
    code, font = present(atom), known("symbols").get((attribute(atom.element, "font") or "").lower())
    if re.fullmatch("[0-9A-Fa-f]{4}", code):
        return made("sym", font=font, char=code.upper()) if font else text(atom.run.text)
    return text(code)
