"""办公文件 — every text, tail, attribute, comment and instruction of every part of a package (条例 第十五条).

The walk knows nothing of Word or Excel but which elements a reader sees.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator
from html import escape
from typing import Any

from lxml import etree

from tests.plants.planting import Base, Place, Sight
from tests.plants.zipping import Container, Member, container_places

OWN = "urn:example:own"
_SHOWN = frozenset(("t", "v", "is", "oddHeader", "oddFooter", "evenHeader", "evenFooter", "firstHeader", "firstFooter"))
_EITHER = frozenset(
    re.findall(
        r"\S+",
        " lvlText@val docPr@descr docPr@title docPr@name cNvPr@descr cNvPr@title cNvPr@name sheet@name"
        " numFmt@formatCode tableColumn@name textpath@string sym@char lvlText@null hyperlink@display"
        " tblCaption@val tblDescription@val table@displayName table@name listItem@displayText c@r",
    )
)
_MOST_ALIKE = 2
"""Elements of one name with the same attributes that are walked in a part."""
_DIGITS = re.compile(r"\d+")
_RELATION = "http://schemas.openxmlformats.org/package/2006/relationships"
_TYPES = "http://schemas.openxmlformats.org/package/2006/content-types"
Element = Any


def short(tag: object) -> str:
    """短名 — without the namespace."""
    return etree.QName(tag).localname if isinstance(tag, str) else "comment"


class Office(Base):
    """办公文件的底稿 — a container whose XML parts are trees."""

    folder = ""

    def __init__(self, data: bytes) -> None:
        self.container = Container.opened(data)
        self.roots = {
            member.name: etree.fromstring(member.data)
            for member in self.container.members
            if member.name.endswith((".xml", ".rels", ".vml"))
        }
        self.raw: list[tuple[str, Callable[[bytes], bytes]]] = []

    def places(self) -> Iterator[Place]:
        """每一处 — of this format, of its parts, of the package, of the container."""
        yield from self.own_places()
        for part, root in list(self.roots.items()):
            yield from _walk(part, root)
            yield from self._raw_places(part)
        yield from self._package_places()
        yield from container_places(self.container, self.folder)

    def own_places(self) -> Iterator[Place]:
        """自己的做法 — what a walk cannot make."""
        return iter(())

    def save(self) -> bytes:
        """写出."""
        for member in self.container.members:
            if member.name in self.roots and not member.is_final:
                member.data = etree.tostring(
                    self.roots[member.name].getroottree(), encoding="UTF-8", xml_declaration=True, standalone=True
                )
        for part, edit in self.raw:
            member = self.container.member(part)
            member.data = edit(member.data)
        return self.container.written()

    def add_part(self, name: str, data: bytes) -> None:
        """加部件 — without a relation."""
        self.container.members.append(Member(name, data))

    def relate(self, part: str, kind: str, target: str, *, external: bool = False) -> str:
        """加关系 — from a part; its id."""
        folder, _, file = part.rpartition("/")
        root = self.roots[f"{folder}/_rels/{file}.rels".lstrip("/")]
        key = f"rIdPlant{len(root)}"
        relation = etree.SubElement(root, f"{{{_RELATION}}}Relationship", Id=key, Type=kind, Target=target)
        if external:
            relation.set("TargetMode", "External")
        return key

    def declare(self, part: str, kind: str) -> None:
        """声明类型."""
        etree.SubElement(
            self.roots["[Content_Types].xml"], f"{{{_TYPES}}}Override", PartName=f"/{part}", ContentType=kind
        )

    def _raw_places(self, part: str) -> Iterator[Place]:
        kind = _DIGITS.sub("", part)

        def editing(pattern: str, *, ahead: bool) -> Callable[[str], None]:
            def write(text: str) -> None:
                new = pattern.format(escape(text)).encode()
                head = re.compile(rb"\?>\s*")
                self.raw.append(
                    (part, lambda data: head.sub(lambda m: m[0] + new, data, count=1) if ahead else data + new)
                )

            return write

        for what, pattern, ahead in (
            ("comment before the root", "<!--{}-->", True),
            ("comment behind the root", "<!--{}-->", False),
            ("instruction before the root", "<?own {}?>", True),
            ("instruction behind the root", "<?own {}?>", False),
            ("doctype", '<!DOCTYPE a [<!ENTITY b "{}">]>', True),
        ):
            yield Place("xml prolog", f"{what} {kind}", editing(pattern, ahead=ahead))

    def _package_places(self) -> Iterator[Place]:
        for name, root in list(self.roots.items()):
            if name.endswith(".rels"):
                for kind in (
                    f"{OWN}/relation",
                    "http://schemas.openxmlformats.org/officeDocument/2006/relationships/x",
                ):
                    yield Place(
                        "relation", f"external target {name} {kind[-8:]}", self._relating(root, kind, "External")
                    )
                    yield Place("relation", f"internal target {name} {kind[-8:]}", self._relating(root, kind, ""))
                yield Place("relation", f"part behind it {name}", self._related_part(name, root))
        types = self.roots["[Content_Types].xml"]
        for tag, first, second in (("Override", "PartName", "ContentType"), ("Default", "Extension", "ContentType")):
            for hidden, other in ((first, second), (second, first)):

                def write(text: str, tag: str = tag, hidden: str = hidden, other: str = other) -> None:
                    etree.SubElement(types, f"{{{_TYPES}}}{tag}", {hidden: text, other: "application/x-own"})

                yield Place("content type", f"{tag}@{hidden}", write)

    def _relating(self, root: Element, kind: str, mode: str) -> Callable[[str], None]:
        def write(text: str) -> None:
            relation = etree.SubElement(
                root, f"{{{_RELATION}}}Relationship", Id=f"rIdX{len(root)}", Type=kind, Target=f"https://a.cn/{text}"
            )
            if mode:
                relation.set("TargetMode", mode)
            else:
                relation.set("Target", f"own/{text}.xml")

        return write

    def _related_part(self, name: str, root: Element) -> Callable[[str], None]:
        def write(text: str) -> None:
            part = f"{self.folder}/own{len(root)}.xml"
            self.add_part(part, f"<own>{escape(text)}</own>".encode())
            etree.SubElement(
                root, f"{{{_RELATION}}}Relationship", Id=f"rIdX{len(root)}", Type=f"{OWN}/part", Target=f"/{part}"
            )

        return write


def _walk(part: str, root: Element) -> Iterator[Place]:
    kind = _DIGITS.sub("", part)
    met: Counter[tuple[str, ...]] = Counter()
    for element in list(root.iter()):
        tag = short(element.tag)
        alike = (tag, *map(str, element.attrib))
        met[alike] += 1
        if met[alike] > _MOST_ALIKE:
            continue
        if not isinstance(element.tag, str):
            yield Place("xml comment", f"{kind} there", _texting(element, "text"))
            continue
        is_text = tag in _SHOWN and not part.startswith(("docProps", "customXml", "_rels"))
        yield Place(
            "shown text" if is_text else "xml text",
            f"{kind} {tag}",
            _texting(element, "text"),
            Sight.EITHER if is_text else Sight.HIDDEN,
        )
        if element is not root:
            yield Place("xml tail", f"{kind} {tag}", _texting(element, "tail"))
        for name in element.attrib:
            label = f"{tag}@{short(name)}"
            sight = Sight.EITHER if label in _EITHER else Sight.HIDDEN
            yield Place("xml attribute", f"{kind} {label}", _setting(element, name), sight)
        for what, write in _NEW.items():
            sight = Sight.EITHER if is_text and what == "xml own element" else Sight.HIDDEN
            yield Place(what, f"{kind} {tag}", _adding(element, write), sight, tears=what in _BARE)


def _texting(element: Element, where: str) -> Callable[[str], None]:
    return lambda text: setattr(element, where, text)


def _setting(element: Element, name: str) -> Callable[[str], None]:
    return lambda text: element.set(name, text)


def _adding(element: Element, write: Callable[[Element, str], None]) -> Callable[[str], None]:
    return lambda text: write(element, text)


def _new_element(element: Element, text: str) -> None:
    etree.SubElement(element, f"{{{OWN}}}note", nsmap={"own": OWN}).text = text


def _new_attribute(element: Element, text: str) -> None:
    element.set(f"{{{OWN}}}note", text)


def _new_comment(element: Element, text: str) -> None:
    element.append(etree.Comment(text.replace("--", "- ")))


def _new_instruction(element: Element, text: str) -> None:
    element.append(etree.ProcessingInstruction("own", text))


def _new_name(element: Element, text: str) -> None:
    etree.SubElement(element, f"n{text}")


def _new_space(element: Element, text: str) -> None:
    etree.SubElement(element, f"{{urn:own:{text}}}a")


_NEW: dict[str, Callable[[Element, str], None]] = {
    "xml comment": _new_comment,
    "xml instruction": _new_instruction,
    "xml own element": _new_element,
    "xml own attribute": _new_attribute,
    "xml own name": _new_name,
    "xml own namespace": _new_space,
}
_BARE = ("xml own name", "xml own namespace")
