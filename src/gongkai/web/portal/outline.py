"""目录 — the headings of a text, each with a place to jump to; and how lines of a document are set (条例 第二十四条).

The text was sanitised when it was saved; here it is only dressed: no element is let in that was not there.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from html import unescape

from gongkai.web.look.language import say

_HEADING = re.compile(r"<h([2-6])>(.*?)</h\1>", re.DOTALL)
_ARTICLE = re.compile(r"<p>(第[零一二三四五六七八九十百千]+条)(?=[\s　])")
_ADDRESSED = re.compile(r"^<p>(?=[^<]{2,60}：</p>)")
_TABLE = re.compile(r"(</?table>)")
_TAG = re.compile(r"<[^>]+>")
_LEAST = 2


@dataclass(frozen=True, slots=True)
class Heading:
    """标题 — its words and the id of its place."""

    id: str
    text: str


@dataclass(frozen=True, slots=True)
class Dressed:
    """正文 — as the page shows it, and its headings; none where one alone would make a list."""

    html: str
    headings: tuple[Heading, ...]


def dressed(html: str) -> Dressed:
    """成文 — headings get a place, 第×条 is bold, 主送机关 stands at the margin, tables scroll in their own box."""
    headings: list[Heading] = []

    def placed(match: re.Match[str]) -> str:
        text = unescape(_TAG.sub("", match[2])).strip()
        heading = Heading(f"part-{len(headings) + 1}", text)
        headings.append(heading)
        return f'<h{match[1]} id="{heading.id}">{match[2]}</h{match[1]}>'

    html = _HEADING.sub(placed, html)
    html = _ARTICLE.sub(r"<p><b>\1</b>", html)
    html = _ADDRESSED.sub('<p class="to">', html)
    return Dressed(_boxed(html), tuple(headings) if len(headings) >= _LEAST else ())


def _boxed(html: str) -> str:
    """Every outermost table in a box of its own, in which it scrolls on a phone."""
    before, after = f'<div class="scroll" tabindex="0" role="group" aria-label="{say("表格")}">', "</div>"
    depth, out = 0, []
    for piece in _TABLE.split(html):
        opens, closes = piece == "<table>", piece == "</table>"
        depth += opens - closes
        out.append(before + piece if opens and depth == 1 else piece + after if closes and depth == 0 else piece)
    return "".join(out)
