"""副本的语法 — which elements, attributes and values a copy of a docx may have: `documents/data/word_copy.toml`.

Everything in a copy is written by these few functions; nothing of the original is ever moved into it (条例 第十五条).
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Mapping
from functools import cache
from importlib.resources import files
from typing import Any

from lxml import etree

from gongkai.documents.showing.word_style import Theme
from gongkai.documents.word_numbering import attribute, local
from gongkai.text.unseen import UNSEEN

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
R = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
WP = "http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing"
A = "http://schemas.openxmlformats.org/drawingml/2006/main"
PIC = "http://schemas.openxmlformats.org/drawingml/2006/picture"
SPACES = {"w": W, "r": R, "wp": WP, "a": A, "pic": PIC}
_XML_SPACE = "{http://www.w3.org/XML/1998/namespace}space"
_FONT_ROLES = ("ascii", "hAnsi", "eastAsia", "cs")
_LEVELS = "%[1-9]"
_LITERAL = re.compile(rf"(?:{_LEVELS}|[^\W\d_]|[^\w%]){{0,16}}")
_NUMERALS = re.compile("[〇零一二三四五六七八九壹贰叁肆伍陆柒捌玖]{3}")
# Signs that join letters, and those that choose among forms of one, are part of how words look.
_FORMING = frozenset("\u200c\u200d") | frozenset(map(chr, (*range(0x180B, 0x1810), *range(0xFE00, 0xFE10))))
_NOT_CARRIED = {ord(sign): None for sign in UNSEEN if sign not in _FORMING}
_PRIVATE = re.compile("[\uf020-\uf0ff]")


@cache
def grammar() -> Mapping[str, Any]:
    """语法 — the table as it stands in the file."""
    return tomllib.loads((files("gongkai.documents") / "data" / "word_copy.toml").read_text(encoding="utf-8"))


@cache
def _rules(table: str) -> Mapping[str, Mapping[str, re.Pattern[str]]]:
    patterns = {name: re.compile(written) for name, written in grammar()["patterns"].items()}
    return {
        element: {name: patterns[pattern] for name, pattern in attributes.items()}
        for element, attributes in grammar()[table].items()
    }


@cache
def known(names: str) -> Mapping[str, str]:
    """认得的名称 — of fonts, symbols or styles, by their lower case."""
    return {name.lower(): name for name in grammar()["names"][names]}


def fits(pattern: str, value: str | None) -> bool:
    """合乎样式 — whether a value matches a pattern of the grammar as a whole."""
    return value is not None and re.fullmatch(grammar()["patterns"][pattern], value) is not None


def made(name: str, /, *children: etree._Element, **attributes: str) -> etree._Element:
    """新元素 — of the format's own namespace, with attributes of the same."""
    element = etree.Element(f"{{{W}}}{name}", nsmap=SPACES)
    for key, value in attributes.items():
        element.set(f"{{{W}}}{key}", value)
    element.extend(children)
    return element


def text(words: str) -> etree._Element:
    """文字."""
    element = made("t")
    element.text = words.translate(_NOT_CARRIED)
    element.set(_XML_SPACE, "preserve")
    return element


def paragraph(words: str) -> etree._Element:
    """一段文字 — without any format."""
    return made("p", made("r", text(words)))


def carried(container: etree._Element | None, theme: Theme) -> Iterator[etree._Element]:
    """带过来的格式 — property elements made anew, as far as the grammar has them."""
    for element in () if container is None else container.iterchildren("*"):
        yield from one(element, theme)


def one(element: etree._Element | None, theme: Theme) -> Iterator[etree._Element]:
    """带过来的一项格式 — nothing where the grammar does not have it."""
    if element is None:
        return
    name = local(element)
    if name == "rFonts":
        yield from _fonts(element, theme)
    elif name in _rules("containers"):
        inner = list(carried(element, theme))
        copy = made(name, *inner, **_attributes(element, _rules("containers")[name], theme))
        if inner or copy.attrib:
            yield copy
    elif name in _rules("properties"):
        attributes = _attributes(element, _rules("properties")[name], theme)
        if attributes or not element.attrib:
            yield made(name, **attributes)


def held(name: str, /, *children: etree._Element) -> Iterator[etree._Element]:
    """一组格式 — a container, if there is anything in it."""
    if children:
        yield made(name, *children)


def setting(element: etree._Element) -> etree._Element | None:
    """设置 — one of the file, or None."""
    rules = _rules("settings").get(local(element))
    if rules is None:
        return None
    attributes = {
        name: value for name, rule in rules.items() if (value := attribute(element, name)) and rule.fullmatch(value)
    }
    return made(local(element), **attributes) if attributes or not element.attrib else None


def _attributes(element: etree._Element, rules: Mapping[str, re.Pattern[str]], theme: Theme) -> dict[str, str]:
    found = {}
    for name, rule in rules.items():
        value = attribute(element, name)
        if name in ("color", "fill") or (name == "val" and local(element) == "color"):
            role = "themeFill" if name == "fill" else "theme"
            value = theme.colour(element, name, role) if value or attribute(element, _THEMED[role]) else None
        if value is not None and rule.fullmatch(value):
            found[name] = value
    return found


_THEMED = {"theme": "themeColor", "themeFill": "themeFill"}


def _fonts(element: etree._Element, theme: Theme) -> Iterator[etree._Element]:
    """Fonts by name; those of the theme by the name that it gives."""
    names = {}
    for role in _FONT_ROLES:
        themed = attribute(element, "cstheme" if role == "cs" else f"{role}Theme")
        written = theme.fonts.get(themed, "") if themed else ""
        name = known("fonts").get((written or attribute(element, role) or "").strip().lower())
        if name:
            names[role] = name
    hint = attribute(element, "hint")
    if fits("hint", hint):
        names["hint"] = hint or ""
    if names:
        yield made("rFonts", **names)


def list_text(words: str, fonts: etree._Element | None) -> str | None:
    """编号的样子 — places of numbers and few signs beside them; no digit but of a place. None where it is another."""
    if _PRIVATE.fullmatch(words):
        name = "" if fonts is None else attribute(fonts, "ascii") or attribute(fonts, "hAnsi") or ""
        return words if name.lower() in known("symbols") else "•"
    fine = _LITERAL.fullmatch(words) and not _NUMERALS.search(words)
    return (
        words if fine and not any(sign.isnumeric() for sign in re.sub(_LEVELS, "", words) if not _han(sign)) else None
    )


def _han(sign: str) -> bool:
    return "\u4e00" <= sign <= "\u9fff" or sign == "〇"
