"""副本的样式 — the styles that a copy uses, made anew under names that tell nothing."""

from __future__ import annotations

from lxml import etree

from gongkai.documents.redaction.word_copy.grammar import carried, fits, held, known, made, one
from gongkai.documents.redaction.word_copy.numbering import Lists
from gongkai.documents.showing.word_style import Styles, is_on
from gongkai.documents.word_numbering import attribute, child, local

_KINDS = ("paragraph", "character", "table", "numbering")
_PARTS = ("pPr", "rPr", "tblPr", "trPr", "tcPr")


class StyleSheet:
    """样式表 — copies a style when it is first asked for, and those it is based on."""

    def __init__(self, styles: Styles, lists: Lists) -> None:
        self._styles, self.lists, self.theme = styles, lists, styles.theme
        self._names: dict[str, str] = {}
        self._taken: set[str] = set()
        self._made: dict[str, etree._Element] = {}
        for name in styles.default_of.values():
            self.named(name)

    def named(self, name: str | None) -> str | None:
        """新名称 — of a style of the original, None where there is none."""
        style = None if name is None else self._styles.by_id.get(name)
        if style is None or name is None:
            return None
        if name not in self._names:
            new = self._names[name] = f"S{len(self._names) + 1}"
            self._made[new] = etree.Element("later")
            self._made[new] = self._copied(style, new)
        return self._names[name]

    def reference(self, tag: str, element: etree._Element | None) -> list[etree._Element]:
        """引用 — `pStyle`, `rStyle` or `tblStyle` under the new name."""
        new = None if element is None else self.named(attribute(element, "val"))
        return [] if new is None else [made(tag, val=new)]

    def paragraph(self, properties: etree._Element | None) -> list[etree._Element]:
        """段落格式 — of a style, a level of a list or a paragraph: its style, its list, the rest."""
        if properties is None:
            return []
        found = self.reference("pStyle", child(properties, "pStyle"))
        rest = list(carried(properties, self.theme))
        listed = self.lists.reference(child(properties, "numPr"), self.reference)
        before = [each for each in rest if local(each) in _BEFORE_LISTS]
        return [*found, *before, *listed, *(each for each in rest if each not in before)]

    def run(self, properties: etree._Element | None) -> list[etree._Element]:
        """文字格式."""
        if properties is None:
            return []
        return [*self.reference("rStyle", child(properties, "rStyle")), *carried(properties, self.theme)]

    def root(self) -> etree._Element:
        """样式部件."""
        defaults = made("docDefaults")
        for kind, name in (("rPr", "rPrDefault"), ("pPr", "pPrDefault")):
            inner = [copy for element in self._styles.defaults(kind).values() for copy in one(element, self.theme)]
            defaults.append(made(name, *held(kind, *inner)))
        return made("styles", defaults, *self._made.values())

    def _copied(self, style: etree._Element, new: str) -> etree._Element:
        kind = attribute(style, "type") or "paragraph"
        kind = kind if kind in _KINDS else "paragraph"
        copy = made("style", type=kind, styleId=new)
        if is_on(attribute(style, "default"), absent=False):
            copy.set(f"{{{etree.QName(copy).namespace}}}default", "1")
        copy.append(made("name", val=self._name(style)))
        based = child(style, "basedOn")
        above = None if based is None else self.named(attribute(based, "val"))
        if above is not None and above != new:
            copy.append(made("basedOn", val=above))
        copy.extend(self._properties(style))
        for part in style.iterchildren("{*}tblStylePr"):
            if fits("part", attribute(part, "type")):
                copy.append(made("tblStylePr", *self._properties(part), type=attribute(part, "type") or ""))
        return copy

    def _properties(self, style: etree._Element) -> list[etree._Element]:
        found: list[etree._Element] = []
        for kind in _PARTS:
            container = child(style, kind)
            inner = self.paragraph(container) if kind == "pPr" else list(carried(container, self.theme))
            found += held(kind, *inner)
        return found

    def _name(self, style: etree._Element) -> str:
        """Names that programs know stay, each once."""
        written = child(style, "name")
        name = known("styles").get(("" if written is None else attribute(written, "val") or "").lower())
        if name is None or name in self._taken:
            name = f"样式{len(self._taken) + 1}"
        self._taken.add(name)
        return name


_BEFORE_LISTS = {"keepNext", "keepLines", "pageBreakBefore", "framePr", "widowControl"}
