"""公式写成一行 — fractions, powers and roots in one line: 1/3, (a+b)/2, x², √(2) (条例 第十二条)."""

from __future__ import annotations

import re

from lxml import etree

from gongkai.documents.showing.raised import raised
from gongkai.documents.word_numbering import child, local

_SIMPLE = re.compile(r"[\w.%\u2032\u2070-\u209f\u00b2\u00b3\u00b9]+")
_DEEPEST = 40
_PASSED = {
    *("oMath", "oMathPara", "r", "e", "num", "den", "sup", "sub", "deg", "fName", "lim", "box", "borderBox", "func"),
    *("mrow", "mstyle", "semantics", "math", "mpadded"),
}
_SKIPPED = ("Pr", "rPr", "ctrlPr", "annotation", "annotation-xml")
_EQ = re.compile(r"^\s*EQ\s+(.*?)\s*$", re.DOTALL | re.IGNORECASE)
_EQ_FRACTION = re.compile(r"\\f\s*\(([^(),;，；\\]+)[,;，；]([^(),;，；\\]+)\)", re.IGNORECASE)
_EQ_ROOT = re.compile(r"\\r\s*\((?:([^(),;，；\\]*)[,;，；])?([^(),;，；\\]+)\)", re.IGNORECASE)
_EQ_RAISED = re.compile(r"\\s\s*\\(up|do)\s*\d*\s*\(([^()\\]+)\)", re.IGNORECASE)
_EQ_CIRCLE = re.compile(r"\\o\s*(?:\\ac)?\s*\(\s*[○〇◯]\s*[,，]\s*(\d{1,2})\s*\)", re.IGNORECASE)
_CIRCLED = "①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳"


class UnknownFormError(Exception):
    """写不成一行 — a matrix, an integral and whatever else has no form in one line (条例 第十二条)."""


def in_line(element: etree._Element, depth: int = 0) -> str:
    """写成一行 — a formula of Word or of MathML. UnknownFormError where it cannot be."""
    name = local(element)
    if depth > _DEEPEST:
        raise UnknownFormError(name)
    if name.endswith(_SKIPPED) or not name:
        return ""
    if name in ("t", "mi", "mn", "mo", "mtext", "ms"):
        return "".join(map(str, element.itertext())).strip(" \n\t")
    if name in _PASSED:
        return "".join(in_line(each, depth + 1) for each in element)
    made = _of_word(element, name, depth) if child(element, "e") is not None or name == "f" else None
    if made is None:
        made = _of_pages(element, name, depth)
    if made is None:
        raise UnknownFormError(name)
    return made


def _of_word(element: etree._Element, name: str, depth: int) -> str | None:
    def part(of: str) -> str:
        found = child(element, of)
        return "" if found is None else in_line(found, depth + 1)

    if name == "f":
        return f"{_whole(part('num'))}/{_whole(part('den'))}"
    if name == "sSup":
        return _whole(part("e")) + raised(part("sup"))
    if name == "sSub":
        return _whole(part("e")) + raised(part("sub"), is_low=True)
    if name == "sSubSup":
        return _whole(part("e")) + raised(part("sub"), is_low=True) + raised(part("sup"))
    if name == "rad":
        return f"{raised(part('deg'))}√({part('e')})"
    if name == "d":
        said = child(element, "dPr")
        signs = {local(each): next(iter(each.values()), "") for each in (said if said is not None else ())}
        inner = (in_line(each, depth + 1) for each in element.iterchildren("{*}e"))
        opened, closed = str(signs.get("begChr", "(")), str(signs.get("endChr", ")"))
        return opened + str(signs.get("sepChr", "|")).join(inner) + closed
    return None


def _of_pages(element: etree._Element, name: str, depth: int) -> str | None:
    parts = [in_line(each, depth + 1) for each in element if local(each)]
    if name == "mfrac" and len(parts) == 2:
        return f"{_whole(parts[0])}/{_whole(parts[1])}"
    if name in ("msup", "msub") and len(parts) == 2:
        return _whole(parts[0]) + raised(parts[1], is_low=name == "msub")
    if name == "msqrt":
        return f"√({''.join(parts)})"
    if name == "mroot" and len(parts) == 2:
        return f"{raised(parts[1])}√({parts[0]})"
    return None


def of_code(code: str) -> str | None:
    """EQ 域写成一行 — a fraction, a root, raised words, a number in a circle; None for others (条例 第十二条)."""
    found = _EQ.match(code)
    if found is None:
        return None
    text = _EQ_FRACTION.sub(lambda one: f"{_whole(one[1].strip())}/{_whole(one[2].strip())}", found[1])
    text = _EQ_ROOT.sub(lambda one: f"{raised((one[1] or '').strip())}√({one[2].strip()})", text)
    text = _EQ_RAISED.sub(lambda one: raised(one[2], is_low=one[1].lower() == "do"), text)
    text = _EQ_CIRCLE.sub(lambda one: _CIRCLED[int(one[1]) - 1] if 0 < int(one[1]) <= len(_CIRCLED) else one[0], text)
    return None if "\\" in text else text


def parted(formula: str) -> str:
    """与前后的字分开 — a fraction with blanks around it: 2 and ⅓ are not 21/3 (条例 第十二条)."""
    return f" {formula} " if "/" in formula else formula


def _whole(text: str) -> str:
    return text if _SIMPLE.fullmatch(text) else f"({text})"
