"""Word 的部件 — which part of a docx plays which role, told by relations and never by names."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import NamedTuple

from lxml import etree

from gongkai.documents.limits import Limits
from gongkai.documents.redaction.package import TYPES, Package, relations_of, target_of
from gongkai.documents.redaction.places import Layer
from gongkai.documents.refusals import refusal
from gongkai.documents.showing.word import Story
from gongkai.documents.showing.word_style import Styles, Theme, is_on
from gongkai.documents.word_numbering import attribute, child, local

_ROOT = "_rels/.rels"
_NOTES = {"footnotes": "footnoteReference", "endnotes": "endnoteReference"}
_TELLTALE = (
    *("comments", "commentsExtended", "commentsIds", "commentsExtensible", "people", "glossaryDocument", "customXml"),
    *("vbaProject", "wordVbaData", "recipientData", "oleObject", "package", "attachedTemplate", "mailMergeSource"),
    *("control", "activeXControlBinary", "keyMapCustomizations", "attachedToolbars", "userXmlData", "customXmlProps"),
)


class Relation(NamedTuple):
    """关系 — its last word (`header`, `image`), and the part or, `external`, the address that it leads to."""

    kind: str
    target: str
    external: bool


@dataclass(frozen=True, slots=True)
class StoryPart:
    """有正文的部件 — its name, its tree, the layer that its places are told in."""

    name: str
    root: etree._Element
    layer: Layer
    story: Story


class Parts:
    """Word 的部件 — of one package whose XML parts are sound."""

    def __init__(self, source: str, package: Package, limits: Limits) -> None:
        self.package, self.source, self.limits = package, source, limits
        self._relations: dict[str, dict[str, Relation]] = {}
        mains = [one.target for one in self.relations("").values() if one.kind == "officeDocument"]
        self.main = mains[0] if mains else "word/document.xml"
        if self.main not in package.names or len(set(mains)) > 1:
            raise refusal("damaged", source)
        self.settings = self._root_of("settings")
        self.numbering = self._root_of("numbering")
        self.styles_root = self._root_of("styles")
        self.styles = Styles(self.styles_root, Theme(self._root_of("theme"), self.settings))
        self.reached = self._reached("")
        self.stories = list(self._stories())

    def relations(self, part: str) -> dict[str, Relation]:
        """部件的关系 — by id; of the package itself for an empty name."""
        if part not in self._relations:
            name = relations_of(part) if part else _ROOT
            root = self.package.root(name) if name in self.package.names else ()
            self._relations[part] = {
                relation.get("Id", ""): Relation(
                    relation.get("Type", "").rpartition("/")[2],
                    relation.get("Target", "")
                    if relation.get("TargetMode") == "External"
                    else target_of(name, relation.get("Target", "")),
                    relation.get("TargetMode") == "External",
                )
                for relation in root
                if isinstance(relation.tag, str)
            }
        return self._relations[part]

    def leads_to(self, part: str, kind: str) -> Iterator[str]:
        """通向的部件 — those of one kind that are there."""
        for relation in self.relations(part).values():
            if relation.kind == kind and not relation.external and relation.target in self.package.names:
                yield relation.target

    def is_telltale(self, name: str) -> bool:
        """页面上看不到的部件 — one that no relation leads to, or that holds what no page shows."""
        if name == TYPES or name.endswith(".rels") or name.startswith("docProps/"):
            return False
        return name not in self.reached or self.reached[name] in _TELLTALE

    def _root_of(self, kind: str) -> etree._Element | None:
        return next((self.package.root(name) for name in self.leads_to(self.main, kind)), None)

    def _reached(self, start: str) -> dict[str, str]:
        """Every part that relations lead to, with the first kind of relation that leads there."""
        found: dict[str, str] = {}
        pending = [start]
        while pending:
            for relation in self.relations(pending.pop()).values():
                if not relation.external and relation.target in self.package.names and relation.target not in found:
                    found[relation.target] = relation.kind
                    pending.append(relation.target)
        return found

    def _stories(self) -> Iterator[StoryPart]:
        root = self.package.root(self.main)
        used = self._used_headers(root)
        yield StoryPart(self.main, root, Layer.BODY, Story(root, self.styles))
        for kind in ("header", "footer"):
            for name in dict.fromkeys(self.leads_to(self.main, kind)):
                unused = name not in used
                yield self._part(name, Layer.HIDDEN if unused else Layer.HEADER, unused=unused)
        for kind, mark in _NOTES.items():
            for name in dict.fromkeys(self.leads_to(self.main, kind)):
                wanted = {attribute(one, "id") for one in root.iter(f"{{*}}{mark}")}
                spare = [one for one in self.package.root(name) if _is_note(one) and attribute(one, "id") not in wanted]
                yield self._part(name, Layer.NOTE, unused_within=spare)
        for name in dict.fromkeys(self.leads_to(self.main, "comments")):
            yield self._part(name, Layer.COMMENT)

    def _part(
        self, name: str, layer: Layer, *, unused: bool = False, unused_within: list[etree._Element] | None = None
    ) -> StoryPart:
        root = self.package.root(name)
        return StoryPart(name, root, layer, Story(root, self.styles, unused=unused, spare=unused_within or ()))

    def _used_headers(self, root: etree._Element) -> set[str]:
        """The headers and footers that a page can show: a section without its own has those of the one before."""
        evens = None if self.settings is None else child(self.settings, "evenAndOddHeaders")
        both = evens is not None and is_on(attribute(evens, "val"))
        current: dict[tuple[str, str], str] = {}
        used: set[str] = set()
        relations = self.relations(self.main)
        for section in root.iter("{*}sectPr"):
            parent = section.getparent()
            if parent is not None and local(parent) == "sectPrChange":
                continue
            for reference in section.iterchildren("{*}headerReference", "{*}footerReference"):
                relation = relations.get(attribute(reference, "id") or "")
                if relation is not None:
                    current[local(reference), attribute(reference, "type") or "default"] = relation.target
            title = child(section, "titlePg")
            shown = {"default"} | ({"even"} if both else set())
            if title is not None and is_on(attribute(title, "val")):
                shown.add("first")
            used.update(target for (_, kind), target in current.items() if kind in shown)
        return used


def _is_note(element: etree._Element) -> bool:
    return local(element) in ("footnote", "endnote") and attribute(element, "type") in (None, "normal")
