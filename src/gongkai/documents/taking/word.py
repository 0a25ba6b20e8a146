"""取用 Word 文档 — what a page shows: raised signs, no struck words, numbers of lists (条例 第十二条)."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from itertools import groupby

from lxml import etree

from gongkai.documents.document import View
from gongkai.documents.limits import Limits
from gongkai.documents.redaction.package import Package
from gongkai.documents.redaction.word_parts import Parts
from gongkai.documents.redaction.word_tables import runs_left
from gongkai.documents.showing import How, Why
from gongkai.documents.showing.raised import raised
from gongkai.documents.showing.word import Atom, Story, drawn_words
from gongkai.documents.showing.word_style import is_on, whole
from gongkai.documents.taking.formulas import UnknownFormError, in_line, of_code, parted
from gongkai.documents.taking.signs import as_signs, is_of_signs
from gongkai.documents.word import shown_blocks
from gongkai.documents.word_numbering import attribute, child, local


def read(name: str, data: bytes, limits: Limits) -> tuple[View, dict[str, int]]:
    """取用 Word 文档 — its text in order, and how much of it came otherwise (条例 第十二条)."""
    parts = Parts(name, Package(name, data, limits), limits)
    story = next(part.story for part in parts.stories if part.name == parts.main)
    one = _Words(story, parts)
    one.write()
    roots = {"document": story.root, "numbering": parts.numbering, "styles": parts.styles_root}
    blocks, unknown = shown_blocks(name, {key: root for key, root in roots.items() if root is not None}, limits)
    return View("shown", blocks), dict(one.counts + Counter({"numbering": unknown}))


_LEAST_OFF, _MOST_RAISED = 4, 3
"""Half points, and signs: what is longer or nearer is set so for its looks."""
_CODE = re.compile("[0-9A-Fa-f]{1,4}")


class _Words:
    """The tree of a document, rewritten so that its letters alone say what a page shows."""

    def __init__(self, story: Story, parts: Parts) -> None:
        self._story, self._parts = story, parts
        self.counts: Counter[str] = Counter()

    def write(self) -> None:
        root = self._story.root
        paragraphs = [(each, self._story.atoms(each)) for each in root.iter("{*}p")]
        self.counts["leftward"] += sum(self._runs_left(paragraph, atoms) for paragraph, atoms in paragraphs)
        self.counts["leftward"] += sum(map(runs_left, root.iter("{*}tbl")))
        for paragraph, atoms in paragraphs:
            self._paragraph(paragraph, atoms)
        self._fields(root)
        for formula in [each for each in root.iter("{*}oMath") if not _has_above(each, "oMath")]:
            self._formula(formula)
        self.counts["revised"] += sum(map(_is_insertion, root.iter("{*}ins", "{*}moveTo")))
        for row in [each for each in root.iter("{*}tr") if self._is_hidden_row(each)]:
            _remove(row)
        self.counts["nested"] += sum(1 for each in root.iter("{*}tbl") if _has_above(each, "tbl"))
        for choices in reversed(list(root.iter("{*}AlternateContent"))):
            self._choose(choices)

    def _paragraph(self, paragraph: etree._Element, atoms: Iterable[Atom]) -> None:
        atoms = [atom for atom in atoms if not _is_in(atom.element, ("oMath", "rt"))]
        self.counts["ruby"] += sum(1 for _ in paragraph.iterchildren("{*}ruby"))
        for (key, _), group in groupby(atoms, lambda atom: (self._look(atom), atom.run.why is Why.DELETED)):
            held = list(group)
            said = "".join(atom.run.text for atom in held)
            if key == How.HIDDEN:
                if any(atom.run.why is Why.DELETED for atom in held):
                    self.counts["revised"] += any(atom.run.text.strip() for atom in held)
                    self._say(held, "")
                    continue
                held = [atom for atom in held if not _is_code(atom, self._story)]
                self.counts["hidden"] += any(atom.run.text.strip() for atom in held)
                self._say(held, "")
            elif key == How.STRUCK and said.strip():
                self.counts["struck"] += 1
                self._say(held, "")
            elif key in ("up", "low"):
                made = raised("".join(self._signs(atom) for atom in held), is_low=key == "low")
                self.counts["raised"] += "^(" in made or "_(" in made
                self._say(held, made)
            else:
                for atom in held:
                    if (made := self._signs(atom)) != atom.run.text or local(atom.element) == "sym":
                        self._say([atom], made)
        seen = [atom for atom in atoms if atom.run.text.strip()]
        if seen and all(atom.run.how is How.HIDDEN for atom in seen) and self._story.why(paragraph) is not None:
            # A paragraph that is not shown has no number either.
            for properties in paragraph.findall("{*}pPr"):
                paragraph.remove(properties)

    def _runs_left(self, paragraph: etree._Element, atoms: Iterable[Atom]) -> bool:
        """Whether a line, or some words in it, are set from right to left, by a style as well."""
        seen = [atom for atom in atoms if atom.is_seen and atom.run.text.strip()]
        if not seen:
            return False
        return self._says(paragraph, "pPr", "pStyle", "bidi") or any(
            any(local(above) in ("bdo", "dir") and attribute(above, "val") == "rtl" for above in _up(atom))
            or (atom.holder is not None and self._says(atom.holder, "rPr", "rStyle", "rtl"))
            for atom in seen
        )

    def _says(self, element: etree._Element, kind: str, style: str, name: str) -> bool:
        properties = child(element, kind)
        own = None if properties is None else child(properties, name)
        if own is None:
            named = None if properties is None else child(properties, style)
            styles = self._parts.styles
            own = styles.merged(None if named is None else attribute(named, "val"), kind).get(name)
        return own is not None and is_on(attribute(own, "val"))

    def _look(self, atom: Atom) -> str:
        if atom.run.how is How.RAISED:
            return "low" if self._is_low(atom) else "up"
        if atom.run.how is How.SEEN and (way := _placed(atom)):
            return way
        return atom.run.how

    def _is_low(self, atom: Atom) -> bool:
        if atom.holder is None:
            return False
        if way := _placed(atom):
            return way == "low"
        look = child(atom.holder, "rPr")
        own = None if look is None else child(look, "vertAlign")
        if own is None and look is not None and (style := child(look, "rStyle")) is not None:
            own = self._parts.styles.merged(attribute(style, "val"), "rPr").get("vertAlign")
        return own is not None and attribute(own, "val") == "subscript"

    def _signs(self, atom: Atom) -> str:
        font = self._font(atom)
        if not font:
            return atom.run.text
        text = atom.run.text
        if local(atom.element) == "sym":
            code = attribute(atom.element, "char") or ""
            text = chr(int(code, 16)) if _CODE.fullmatch(code) else ""
        elif atom.where == "text":
            text = atom.element.text or ""
        made, lost = as_signs(text, font)
        self.counts["symbol"] += lost
        return made

    def _font(self, atom: Atom) -> str:
        """The font of pictures in which an atom is drawn; letters alone are: Chinese words have a font of their own."""
        if local(atom.element) == "sym":
            font = attribute(atom.element, "font") or ""
            return font if is_of_signs(font) else ""
        if picture := self._story.font(atom):
            return picture
        look = child(atom.holder, "rPr") if atom.holder is not None else None
        fonts = None if look is None else child(look, "rFonts")
        named = "" if fonts is None else attribute(fonts, "ascii") or ""
        is_drawn = any("\uf020" <= sign <= "\uf0ff" for sign in atom.element.text or "")
        return named if named.lower() == "symbol" and (is_drawn or (atom.element.text or "").isascii()) else ""

    def _say(self, atoms: list[Atom], text: str) -> None:
        """Other words in the place of these: all in the first, none in the others."""
        for at, atom in enumerate(atoms):
            words = text if at == 0 else ""
            if local(atom.element) == "sym":
                _replace(atom.element, words)
            elif atom.where in ("text", "tail"):
                setattr(atom.element, atom.where, words)
            elif atom.run.text:
                _replace(atom.element, words)

    def _fields(self, root: etree._Element) -> None:
        """What programs draw of the code of a field that has no result."""
        codes: list[list[str]] = []
        results: list[bool] = []
        for element in list(root.iter("{*}fldChar", "{*}instrText", "{*}t")):
            kind = attribute(element, "fldCharType") if local(element) == "fldChar" else ""
            if kind == "begin":
                codes.append([])
                results.append(False)
            elif local(element) == "instrText" and codes:
                codes[-1].append(element.text or "")
            elif local(element) == "t" and results:
                results[-1] = results[-1] or bool(element.text)
            elif kind == "end" and codes:
                code, has_result = "".join(codes.pop()), results.pop()
                if not has_result:
                    self._drawn(element, code)

    def _drawn(self, end: etree._Element, code: str) -> None:
        if code.strip().upper().startswith("EQ"):
            made = of_code(code)
            self.counts["formula"] += made is None
            _replace(end, parted(made or ""))
        elif code.strip().upper().startswith("SYMBOL"):
            font = code.partition('"')[2].partition('"')[0]
            made, lost = as_signs(drawn_words(code), font) if is_of_signs(font) else (drawn_words(code), 0)
            self.counts["symbol"] += lost
            _replace(end, made)

    def _formula(self, formula: etree._Element) -> None:
        try:
            made = in_line(formula)
        except UnknownFormError:
            self.counts["formula"] += 1
            made = "".join(text.text or "" for text in formula.iter("{*}t"))
        made = parted(made)
        for each in list(formula):
            formula.remove(each)
        etree.SubElement(formula, str(formula.tag).replace("oMath", "t")).text = made

    def _is_hidden_row(self, row: etree._Element) -> bool:
        paragraphs = list(row.iter("{*}p"))
        return bool(paragraphs) and all(self._story.why(each) is not None for each in paragraphs)

    def _choose(self, choices: etree._Element) -> None:
        """Of what is said twice for old programs, what is shown."""
        chosen, parent = self._story.chosen(choices), choices.getparent()
        if parent is not None:
            at = parent.index(choices)
            parent[at : at + 1] = list(chosen) if chosen is not None else []


def _is_insertion(element: etree._Element) -> bool:
    """Whether words are marked as inserted, a row of them as a whole too."""
    around = element.getparent()
    held = next(element.iterancestors("{*}tr"), element) if around is not None and local(around) == "trPr" else element
    return any((text.text or "").strip() for text in held.iter("{*}t"))


def _placed(atom: Atom) -> str:
    """`up` or `low` for a few signs that are set above or below their line by a distance."""
    look = child(atom.holder, "rPr") if atom.holder is not None else None
    off = whole(child(look, "position")) if look is not None else None
    if off is None or abs(off) < _LEAST_OFF or len(atom.run.text.strip()) > _MOST_RAISED:
        return ""
    return "up" if off > 0 else "low"


def _is_code(atom: Atom, story: Story) -> bool:
    return local(atom.element) in ("instrText", "delInstrText", "delText") or atom.element in story.coded


def _replace(element: etree._Element, words: str) -> None:
    """A text in the place of a sign, in the namespace of the document."""
    tag = str(element.tag)
    made = etree.Element(tag[: tag.rfind("}") + 1] + "t")
    made.text, made.tail = words, element.tail
    parent = element.getparent()
    if parent is not None:
        parent.replace(element, made)


def _is_in(element: etree._Element, names: tuple[str, ...]) -> bool:
    return any(local(above) in names for above in _up_to_paragraph(element))


def _has_above(element: etree._Element, name: str) -> bool:
    return any(local(above) == name for above in element.iterancestors())


def _up(atom: Atom) -> Iterator[etree._Element]:
    return _up_to_paragraph(atom.element)


def _up_to_paragraph(element: etree._Element) -> Iterator[etree._Element]:
    for above in element.iterancestors():
        if local(above) == "p":
            return
        yield above


def _remove(element: etree._Element) -> None:
    parent = element.getparent()
    if parent is not None:
        parent.remove(element)
