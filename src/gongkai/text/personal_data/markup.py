"""标记文字里的个人信息 — seen through tags and entities; places are those of the markup."""

from __future__ import annotations

import html
import re
from collections.abc import Collection, Iterator

from gongkai.text.hit import STAR, Hit, Severity
from gongkai.text.personal_data.detecting import find
from gongkai.text.personal_data.signs import CELL_END
from gongkai.text.personal_data.tables import by_columns, in_tags

INLINE, ENTITY = "\u2060", "\u2061"
"""What stands for a tag, and for what is left of an entity: signs that nobody sees."""
_TOKEN = re.compile(
    r"<!--.*?-->|<(?P<end>/?)(?P<name>[A-Za-z][A-Za-z0-9:-]*)(?:[^<>\"']|\"[^\"]*\"|'[^']*')*>|&#?[A-Za-z0-9]{1,32};?",
    re.DOTALL,
)
_MARKS = re.compile(r"(?<=\d)[*`~]{1,3}(?=\d)")
"""Marks of Markdown inside a number; a number masked with four stars is not put together again."""
_BLOCKS = frozenset(
    re.findall("[a-z0-9]+", "blockquote body br div h1 h2 h3 h4 h5 h6 head hr html li ol p pre table title tr ul")
)
_FOR_TAGS = ("\n", CELL_END, "\u202e", "\u202c")
_SHORTEST = 15
"""A tag that holds a number is at least so long."""
_RIGHT_TO_LEFT, _AS_BEFORE = "\u202e", "\u202c"
_CELLS = frozenset(("td", "th"))


def find_in_markup(text: str, *, allowed: Collection[str] = ()) -> list[Hit]:
    """标记文字里的个人信息 — as `find`, for html: places and mask speak of the markup, tags are kept.

    What tears a number is left out of it and in its place; attributes and comments are looked into too.
    """
    plain = blanked(text)
    hits = find(plain, allowed=allowed)
    if "<t" in text or "<T" in text:
        hits = by_columns(plain, hits, in_tags(_TOKEN.finditer(text)))
    found = [hit._replace(text=text[hit.start : hit.end], mask=_mask(text, plain, hit)) for hit in hits]
    found += _in_tags(text, allowed)
    return sorted(found, key=lambda hit: hit.start)


def _in_tags(text: str, allowed: Collection[str]) -> Iterator[Hit]:
    """Addresses, titles and comments: nobody sees them, everybody can read them. Only what is sure counts there."""
    for match in _TOKEN.finditer(text):
        if len(match[0]) >= _SHORTEST and match[0][0] == "<":
            for hit in find(match[0], allowed=allowed):
                if hit.severity is Severity.BLOCK:
                    yield hit._replace(start=hit.start + match.start(), end=hit.end + match.start())


def blanked(text: str) -> str:
    """去标记 — as long as the markup, sign for sign: invisible signs for tags, line ends for those of blocks."""
    return _MARKS.sub(lambda match: INLINE * len(match[0]), _TOKEN.sub(_blank, text))


def _blank(match: re.Match[str]) -> str:
    token = match[0]
    if token[0] == "&":
        sign = html.unescape(token)
        # An entity for a tag or several signs stays markup.
        return sign + ENTITY * (len(token) - 1) if len(sign) == 1 and sign not in "<>&" else token
    name = (match["name"] or "").lower()
    if name == "bdo" or "bidi-override" in token:
        # What it holds is shown from right to left.
        return (_RIGHT_TO_LEFT if "rtl" in token.lower() else _AS_BEFORE) + INLINE * (len(token) - 1)
    first = CELL_END if name in _CELLS else "\n" if name in _BLOCKS else INLINE
    return first + INLINE * (len(token) - 1)


def _mask(text: str, plain: str, hit: Hit) -> str:
    """The mask of the plain text with the tags of the markup left where they are, and the rest of entities gone."""
    signs = []
    for at, masked in zip(range(hit.start, hit.end), hit.mask or "", strict=True):
        if plain[at] == INLINE or (plain[at] in _FOR_TAGS and text[at] == "<"):
            signs.append(text[at])
        elif plain[at] == ENTITY:
            continue
        else:
            signs.append(masked if masked == STAR else plain[at])
    return "".join(signs)
