"""遮住的号码合起来 — two masks of one number, of which each shows what the other hides (条例 第十五条).

    张某，110101********8515，……******19900307****    -> two hits: both together are the whole number

A list with the number masked twice, in two columns or two paragraphs, tells it to everybody who reads both.
"""

from __future__ import annotations

import re
from collections import deque
from collections.abc import Iterator

from gongkai.text.codes import is_card_number, is_identity_number
from gongkai.text.hit import STAR, Hit
from gongkai.text.personal_data.kinds import Kind, hit
from gongkai.text.personal_data.signs import PLAIN

_HIDING = "*\uff0a﹡\u2217\u204e✱●○□■×#\uff03_\uff3f"
_MARKS = re.escape(_HIDING)
_SIGNS = rf"[\d{_MARKS}]"
_MASKED = re.compile(rf"(?<!{_SIGNS})(?=\d*[{_MARKS}]){_SIGNS}{{10,18}}[\dXx{_MARKS}](?!{_SIGNS})")
_REACH = 12
"""A mask is held against so many before it: farther away they are of other persons."""
_KINDS = {11: Kind.MOBILE, 16: Kind.BANK_CARD, 18: Kind.IDENTITY, 19: Kind.BANK_CARD}
_MOBILE = re.compile(r"1[3-9]\d{9}")


def complemented(text: str) -> Iterator[Hit]:
    """遮住的号码合起来 — a hit for each mask that another one completes (条例 第十五条)."""
    # To ask for signs one by one is quicker than an expression for them all.
    if not any(sign in text and sign * 2 in text for sign in _HIDING):
        return
    near: deque[tuple[re.Match[str], str]] = deque(maxlen=_REACH)
    told: set[int] = set()
    for match in _MASKED.finditer(text):
        shown = _shown(match[0])
        for other, known in near:
            kind = _together(shown, known)
            if kind is None:
                continue
            for one in (other, match):
                if one.start() not in told:
                    told.add(one.start())
                    yield hit(kind, one.start(), one[0], STAR * len(one[0]))
        near.append((match, shown))


def _shown(printed: str) -> str:
    """The digits that a mask shows, a star for each of the others."""
    return "".join(STAR if sign in _HIDING else sign for sign in printed).translate(PLAIN)


def _together(one: str, other: str) -> Kind | None:
    """What two masks of one length say together, where they agree and leave nothing open."""
    if len(one) != len(other) or STAR not in one or STAR not in other:
        return None
    pairs = list(zip(one, other, strict=True))
    if any(STAR not in pair and pair[0] != pair[1] for pair in pairs):
        return None
    number = "".join(right if left == STAR else left for left, right in pairs)
    kind = _KINDS.get(len(number))
    if kind is None or STAR in number:
        return None
    return kind if _is_number(kind, number) else None


def _is_number(kind: Kind, number: str) -> bool:
    if kind is Kind.IDENTITY:
        return is_identity_number(number)
    return bool(_MOBILE.fullmatch(number)) if kind is Kind.MOBILE else is_card_number(number)
