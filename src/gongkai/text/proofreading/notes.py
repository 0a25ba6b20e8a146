"""附注和链接 — what a document says of its own openness, and links that lead nowhere (条例 第十七条)."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from enum import StrEnum
from typing import NamedTuple

from gongkai.text.hit import Hit
from gongkai.text.proofreading.kinds import Slip, slip


class Openness(StrEnum):
    """公开属性 — as the note under a document says (条例 第十七条).

    public 主动公开, on_request 依申请公开, withheld 不予公开.
    """

    PUBLIC = "public"
    ON_REQUEST = "on_request"
    WITHHELD = "withheld"


class Note(NamedTuple):
    """附注 — （此件公开发布）: what it says, and where it stands."""

    openness: Openness
    start: int
    end: int
    text: str


_NOTE = re.compile(r"[（(]\s*此件(?P<words>[\u4e00-\u9fff]{2,12})[^（）()]{0,12}[）)]")
_SAID = (
    ("依申请公开", Openness.ON_REQUEST),
    ("不予公开", Openness.WITHHELD),
    ("不公开", Openness.WITHHELD),
    ("免予公开", Openness.WITHHELD),
    ("主动公开", Openness.PUBLIC),
    ("公开", Openness.PUBLIC),
)
_LINK = re.compile(
    r"""\b(?:href|src)\s*=\s*(?:"([^"]*)"|'([^']*)')|(?<!["'=])(https?://[^\s<>"'（），。；、]+)""", re.IGNORECASE
)


def openness_note(text: str) -> Note | None:
    """附注 — the last one of the text; None where there is none (条例 第十七条)."""
    for match in reversed(list(_NOTE.finditer(text))):
        for words, openness in _SAID:
            if words in match["words"]:
                return Note(openness, match.start(), match.end(), match[0])
    return None


def dead_links(text: str, find_dead: Callable[[list[str]], Iterable[str]]) -> list[Hit]:
    """打不开的链接 — `find_dead` is given every address of the text or markup once, and says which lead nowhere."""
    places = [(match.start(group), match[group]) for match in _LINK.finditer(text) if (group := match.lastindex)]
    dead = set(find_dead(list(dict.fromkeys(address for _, address in places))))
    return [slip(Slip.LINK, start, address) for start, address in places if address in dead]
