"""副本的编号 — the lists that a copy uses, level by level, made anew."""

from __future__ import annotations

from collections.abc import Callable

from lxml import etree

from gongkai.documents.redaction.word_copy.grammar import carried, fits, held, list_text, made, one
from gongkai.documents.showing.word_style import Theme, whole
from gongkai.documents.word_numbering import attribute, child

Refer = Callable[[str, etree._Element | None], list[etree._Element]]
"""引用样式 — under its new name, by the tag of the reference."""

_MOST_LEVELS, _MOST_START = 9, 9_999


class Lists:
    """编号表 — copies a list when it is first asked for."""

    def __init__(self, root: etree._Element | None, theme: Theme) -> None:
        self._theme = theme
        self._abstract: dict[str, etree._Element] = {}
        self._lists: dict[str, etree._Element] = {}
        self._numbers: dict[str, int] = {}
        self._made_abstract: dict[str, etree._Element] = {}
        self._made: list[etree._Element] = []
        if root is not None:
            for element in root.iterchildren("{*}abstractNum"):
                self._abstract.setdefault(attribute(element, "abstractNumId") or "", element)
            for element in root.iterchildren("{*}num"):
                self._lists.setdefault(attribute(element, "numId") or "", element)

    def reference(self, listed: etree._Element | None, refer: Refer) -> list[etree._Element]:
        """引用 — the list and level of a paragraph; list 0 takes a paragraph out of the list of its style."""
        if listed is None:
            return []
        named, level = child(listed, "numId"), child(listed, "ilvl")
        name = None if named is None else attribute(named, "val")
        at = None if level is None else attribute(level, "val")
        depth = [made("ilvl", val=at or "0")] if fits("level", at) else []
        number = 0 if name == "0" else self._number(name, refer)
        if number is None:
            return []
        return [made("numPr", *depth, made("numId", val=str(number)))]

    def root(self) -> etree._Element | None:
        """编号部件 — None where nothing is numbered."""
        return made("numbering", *self._made_abstract.values(), *self._made) if self._made else None

    def _number(self, name: str | None, refer: Refer) -> int | None:
        source = None if name is None else self._lists.get(name)
        if source is None or name is None:
            return None
        if name not in self._numbers:
            number = self._numbers[name] = len(self._numbers) + 1
            kept = child(source, "abstractNumId")
            abstract = self._abstract_number(None if kept is None else attribute(kept, "val"), refer)
            if abstract is None:
                del self._numbers[name]
                return None
            copy = made("num", made("abstractNumId", val=abstract), numId=str(number))
            for override in source.iterchildren("{*}lvlOverride"):
                copy.extend(self._override(override, refer))
            self._made.append(copy)
        return self._numbers[name]

    def _abstract_number(self, name: str | None, refer: Refer) -> str | None:
        source = None if name is None else self._abstract.get(name)
        if source is None or name is None:
            return None
        if name not in self._made_abstract:
            number = str(len(self._made_abstract))
            copy = self._made_abstract[name] = made("abstractNum", abstractNumId=number)
            levels = self._linked(source)
            for kind in levels.iterchildren("{*}multiLevelType"):
                copy.extend(one(kind, self._theme))
            copy.extend(self._level(level, refer) for level in list(levels.iterchildren("{*}lvl"))[:_MOST_LEVELS])
        return attribute(self._made_abstract[name], "abstractNumId")

    def _linked(self, source: etree._Element) -> etree._Element:
        """The list that holds the levels, where a list is only the name of a style."""
        link = child(source, "numStyleLink")
        name = None if link is None else attribute(link, "val")
        for other in self._abstract.values():
            named = child(other, "styleLink")
            if name is not None and named is not None and attribute(named, "val") == name:
                return other
        return source

    def _override(self, override: etree._Element, refer: Refer) -> list[etree._Element]:
        at = attribute(override, "ilvl")
        if not fits("level", at):
            return []
        start = whole(child(override, "startOverride"))
        inner = [] if start is None or not 0 <= start <= _MOST_START else [made("startOverride", val=str(start))]
        level = child(override, "lvl")
        inner += [] if level is None else [self._level(level, refer)]
        return [made("lvlOverride", *inner, ilvl=at or "0")]

    def _level(self, level: etree._Element, refer: Refer) -> etree._Element:
        at = attribute(level, "ilvl")
        copy = made("lvl", ilvl=at if at is not None and fits("level", at) else "0")
        start = whole(child(level, "start"))
        copy.append(made("start", val=str(start if start is not None and 0 <= start <= _MOST_START else 1)))
        for name in ("numFmt", "lvlRestart"):
            copy.extend(one(child(level, name), self._theme))
        copy.extend(refer("pStyle", child(level, "pStyle")))
        for name in ("isLgl", "suff"):
            copy.extend(one(child(level, name), self._theme))
        words = child(level, "lvlText")
        container = child(level, "rPr")
        fonts = None if container is None else child(container, "rFonts")
        written = "" if words is None else list_text(attribute(words, "val") or "", fonts)
        copy.append(made("lvlText", val="" if written is None else written))
        copy.extend(one(child(level, "lvlJc"), self._theme))
        copy.extend(held("pPr", *carried(child(level, "pPr"), self._theme)))
        copy.extend(held("rPr", *carried(container, self._theme)))
        return copy
