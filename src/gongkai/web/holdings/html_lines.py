"""写成 HTML 的行 — lines of the plain field that are HTML and can be kept, and lines only like it (条例 第十二条).

A comment, a script, a field, struck or hidden words would be dropped, and what follows with them. A line that holds
such a thing, or a tag that does not end, is text: its signs are shown as they were typed, and nothing is lost.
"""

from __future__ import annotations

import re

from gongkai.web.holdings.block_ends import HEADINGS, OTHERS
from gongkai.web.holdings.rich_text import BLOCKS, TAGS, otherwise_seen

_WORDS_ALONE = frozenset(["abbr", "b", "big", "cite", "code", "font", "i", "ins", "label", "small", "span", "tt", "u"])
"""Elements whose words are kept, without the look that they give."""
_KNOWN = TAGS | OTHERS | HEADINGS.keys() | _WORDS_ALONE
_IN_LINE = (TAGS - BLOCKS) | _WORDS_ALONE
_PLAIN = frozenset(["href", "rel", "colspan", "rowspan", "scope", "class", "start", "value", "type", "reversed"])
_NAME, _VALUE = r"[^\s\"'<>/=]++", r"\"[^\"]*+\"|'[^']*+'|[^\s\"'=<>`]++"
_TAG = re.compile(rf"</?(?P<name>[a-zA-Z][a-zA-Z0-9]*+)(?P<given>(?:\s++{_NAME}(?:\s*+=\s*+(?:{_VALUE}))?)*+)\s*+/?>")
_GIVEN = re.compile(rf"\s({_NAME})(?:\s*+=\s*+(?:{_VALUE}))?")
_LIKE_A_TAG = re.compile(r"<[a-zA-Z/!?]")


def is_html(line: str) -> bool:
    """是 HTML — whether all that a line shows as HTML can be kept; else it is text (条例 第十二条)."""
    if not line.startswith("<") or (tags := _tags(line)) is None:
        return False
    names = {tag["name"].lower() for tag in tags}
    given = {name.lower() for tag in tags for name in _GIVEN.findall(tag["given"])}
    return bool(names) and names <= _KNOWN and (given <= _PLAIN or not otherwise_seen(line))


def is_in_line(line: str) -> bool:
    """行内的 — whether a line of HTML holds no block: it is a paragraph (条例 第十二条)."""
    return {tag["name"].lower() for tag in _tags(line) or ()} <= _IN_LINE


def _tags(line: str) -> list[re.Match[str]] | None:
    """Every tag of a line; None where something begins like one and is none."""
    found, at = list[re.Match[str]](), 0
    while like := _LIKE_A_TAG.search(line, at):
        tag = _TAG.match(line, like.start())
        if tag is None:
            return None
        found.append(tag)
        at = tag.end()
    return found if line.startswith("<") and found and found[0].start() == 0 else None
