"""分数 — a fraction of a formula in one line: (a+b)/2 (条例 第三十七条).

A copy has formulas as text. What stands above a line and below it would run together, and say another value.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from lxml import etree

from gongkai.documents.showing.word import Atom
from gongkai.documents.word_numbering import attribute, child

Signs = Mapping[etree._Element, tuple[str, str]]
"""记号 — what is written before and after the text of an element."""


def signs(source: etree._Element, atoms: Sequence[Atom]) -> Signs:
    """分数的记号 — by the elements of a paragraph whose texts begin or end a part of a fraction (条例 第三十七条)."""
    places = {atom.element: at for at, atom in enumerate(atoms) if atom.run.text}
    found: dict[etree._Element, tuple[str, str]] = {}
    # The outer fraction comes first: its signs stand outside those of an inner one.
    for fraction in source.iter("{*}f"):
        parts = [child(fraction, "num"), child(fraction, "den")]
        texts = [[one for one in part.iter("{*}t") if one in places] for part in parts if part is not None]
        if len(texts) != 2 or not all(texts) or _has_no_line(fraction):
            continue
        above, below = texts
        # 1 1/2 is another value than 11/2.
        blank = " " if _goes_on(atoms, places[above[0]] - 1, -1, fraction, found) else ""
        _around(found, above, *(("(", ")") if not _is_plain(above, atoms, places) else (blank, "")))
        blank = " " if _goes_on(atoms, places[below[-1]] + 1, 0, fraction, found) else ""
        _around(found, below, *(("/(", ")") if not _is_plain(below, atoms, places) else ("/", blank)))
    return found


def _is_plain(part: Sequence[etree._Element], atoms: Sequence[Atom], places: Mapping[etree._Element, int]) -> bool:
    return len(part) == 1 and atoms[places[part[0]]].run.text.isalnum()


def _around(
    found: dict[etree._Element, tuple[str, str]], part: Sequence[etree._Element], before: str, after: str
) -> None:
    first, last = part[0], part[-1]
    standing = found.get(first, ("", ""))
    found[first] = (standing[0] + before, standing[1])
    standing = found.get(last, ("", ""))
    found[last] = (standing[0], after + standing[1])


def _goes_on(atoms: Sequence[Atom], at: int, sign: int, fraction: etree._Element, found: Signs) -> bool:
    """Whether a word or number stands right beside the fraction, in the same part of an outer one."""
    if not 0 <= at < len(atoms) or not atoms[at].run.text or not atoms[at].run.text[sign].isalnum():
        return False
    home = next(fraction.iterancestors("{*}num", "{*}den"), None)
    is_apart = found.get(atoms[at].element, ("", ""))[1] != "" and sign < 0
    return not is_apart and (home is None or home in atoms[at].element.iterancestors())


def _has_no_line(fraction: etree._Element) -> bool:
    look = child(fraction, "fPr")
    kind = None if look is None else child(look, "type")
    return kind is not None and attribute(kind, "val") == "noBar"
