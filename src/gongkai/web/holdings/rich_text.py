"""正文 — rich text with tables, made safe; as plain text; with marks in their place (条例 第十二条).

What is kept are paragraphs, headings, lists, tables, links, emphasis. Scripts, styles, pictures from elsewhere,
addresses that run something, and whatever else a page could be made to do, are not.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from html import escape
from html.parser import HTMLParser
from typing import NamedTuple

import nh3

from gongkai.documents.document import Block, Paragraph
from gongkai.documents.showing import How
from gongkai.documents.showing.signs import seen_signs
from gongkai.documents.showing.web_page import written
from gongkai.web.holdings.block_ends import HEADINGS, OTHERS, in_paragraphs

TAGS = frozenset(
    [
        "p",
        "h2",
        "h3",
        "h4",
        "ul",
        "ol",
        "li",
        "table",
        "caption",
        "thead",
        "tbody",
        "tfoot",
        "tr",
        "th",
        "td",
        "strong",
        "em",
        "sub",
        "sup",
        "br",
        "a",
        "blockquote",
        "hr",
    ]
)
"""标签 — what a text may hold (条例 第十二条)."""
BLOCKS = TAGS - frozenset(["strong", "em", "sub", "sup", "br", "a"])
MOST_SPAN = 60
MOST_DEPTH = 24
_DROPPED = frozenset(
    [
        "script",
        "style",
        "template",
        "iframe",
        "object",
        "embed",
        "svg",
        "math",
        "title",
        "noscript",
        "textarea",
        "select",
        "head",
    ]
)
_NESTING = re.compile(r'<(/?)(?!br\b|hr\b)[a-z][a-z0-9]*(?:[^>"]|"[^"]*")*>')
"""A tag of safe rich text that holds others: `>` stands in the quotes of an attribute at most."""
_REMEMBERED = 8
"""So many bodies are known at once: one save asks for the same several times."""
_SPANS = frozenset({"colspan", "rowspan"})
_ATTRIBUTES = {
    "a": {"href"},
    "td": set(_SPANS),
    "th": {*_SPANS, "scope"},
    "ol": {"start", "type", "reversed"},
    "li": {"value", "type"},
}
_NUMBER = re.compile(r"-?[0-9]{1,9}")
_CLASSES = {"p": {"right", "center"}}
_SCHEMES = {"http", "https", "mailto", "tel"}


class Event(NamedTuple):
    """标记流 — one tag that opens or closes, or a run of text (`tag` empty)."""

    tag: str
    opens: bool
    text: str
    attributes: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Mark:
    """标记 — a place of the plain text that is shown in the rich one: `number` leads to the list beside it, on the page
    `page` (a query, empty for the one that is shown)."""

    start: int
    end: int
    number: int
    tone: str
    page: str = ""


@lru_cache(maxsize=_REMEMBERED)
def clean(html: str) -> str:
    """净化 — rich text as it may be kept and shown, without signs that nobody sees (条例 第十七条).

    What is nested beyond reason becomes plain paragraphs.
    """
    html = html.replace("\x00", "").replace("<b>", "<strong>").replace("</b>", "</strong>")
    safe = _allowed(html)
    parted = in_paragraphs(safe)
    safe = safe if parted == safe else _allowed(parted)
    # Entities are written out by now.
    safe = seen_signs(safe)
    if _depth(safe) > MOST_DEPTH:
        lines = (line.strip() for line in plain(safe).splitlines())
        return "".join(f"<p>{escape(line, quote=False)}</p>" for line in lines if line)
    return safe.strip()


def _allowed(html: str) -> str:
    return nh3.clean(
        html,
        tags={*TAGS, *OTHERS, *HEADINGS},
        clean_content_tags=set(_DROPPED),
        attributes=_ATTRIBUTES,
        attribute_filter=_attribute,
        allowed_classes=_CLASSES,
        url_schemes=_SCHEMES,
        link_rel="noopener noreferrer",
    )


@lru_cache(maxsize=_REMEMBERED)
def plain(html: str) -> str:
    """纯文本 — of rich text: a line for every block and row, tabs between cells."""
    return "".join(text for text, _ in _pieces(html))


def marked(html: str, marks: Sequence[Mark]) -> str:
    """带标记的正文 — the rich text with every mark around its words, in the places that `plain` counts."""
    waiting = sorted(marks, key=lambda mark: mark.start)
    out: list[str] = []
    at = 0
    for text, event in _pieces(html):
        if event is None or event.tag:
            out.append(event.text if event else "")
        else:
            out.append(_with_marks(text, at, waiting))
        at += len(text)
    return "".join(out)


def events(html: str) -> list[Event]:
    """标记流 — the tags and texts of safe rich text, in order."""
    reader = _Reader()
    reader.feed(html)
    reader.close()
    return reader.found


def groups(html: str) -> list[list[Event]]:
    """分块 — the events of each block that stands by itself; loose text makes a block of its own."""
    found: list[list[Event]] = []
    depth = 0
    for event in events(html):
        starts = depth == 0 and event.tag in BLOCKS and event.opens
        if (
            starts
            or not found
            or (depth == 0 and found[-1][0].tag in BLOCKS and event.opens)
            or (depth == 0 and not event.tag and found[-1][0].tag in BLOCKS)
        ):
            found.append([])
        found[-1].append(event)
        if event.tag and event.tag not in ("br", "hr"):
            depth += 1 if event.opens else -1
    return [group for group in found if any(event.tag or event.text.strip() for event in group)]


def from_blocks(blocks: Iterable[Block]) -> str:
    """从文件得来 — paragraphs and grids of an opened document as rich text, merged cells kept."""
    out: list[str] = []
    for block in blocks:
        if isinstance(block, Paragraph):
            lines = (line.strip() for line in block.text.splitlines())
            out += [f"<p>{escape(line, quote=False)}</p>" for line in lines if line]
            continue
        rows = []
        for row in block.rows:
            cells = (
                f"<td{_span('colspan', columns)}{_span('rowspan', height)}>{_in_cell(text)}</td>"
                for text, _, columns, height in row.cells
            )
            rows.append(f"<tr>{''.join(cells)}</tr>")
        out.append(f"<table><tbody>{''.join(rows)}</tbody></table>")
    return clean("".join(out))


def _in_cell(text: str) -> str:
    return escape(" ".join(text.splitlines()), quote=False)


def otherwise_seen(html: str) -> Counter[How]:
    """看来不一样的 — how many words of a page a reader does not see, or sees struck: safe text shows them plainly."""
    return Counter(run.how for run in written(html, _DROPPED) if run.how in (How.HIDDEN, How.STRUCK))


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.found: list[Event] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = tuple((name, value or "") for name, value in attrs)
        self.found.append(Event(tag, True, self.get_starttag_text() or "", given))

    def handle_endtag(self, tag: str) -> None:
        self.found.append(Event(tag, False, f"</{tag}>"))

    def handle_data(self, data: str) -> None:
        self.found.append(Event("", False, data))


def _pieces(html: str) -> Iterable[tuple[str, Event | None]]:
    """Text by text, each with its event; what a tag puts between words (a line end, a tab) stands before the tag."""
    for event in events(html):
        if not event.tag:
            yield event.text, event
        elif event.tag == "br" or (event.tag in BLOCKS and not event.opens and event.tag not in ("td", "th")):
            yield "\n", event
        elif event.tag in ("td", "th") and not event.opens:
            yield "\t", event
        else:
            yield "", event


def _with_marks(text: str, at: int, waiting: Sequence[Mark]) -> str:
    out, place = [], 0
    for mark in waiting:
        first, last = max(mark.start - at, place), min(mark.end - at, len(text))
        if first >= last:
            continue
        begins = mark.start - at == first
        disc = f'<a class="disc {mark.tone}" href="{mark.page}#hit-{mark.number}">{mark.number}</a>' if begins else ""
        name = f' id="place-{mark.number}"' if begins else ""
        words = escape(text[first:last], quote=False)
        out += [escape(text[place:first], quote=False), f'<mark class="{mark.tone}"{name}>{disc}{words}</mark>']
        place = last
    return "".join([*out, escape(text[place:], quote=False)])


def _depth(html: str) -> int:
    depth = most = 0
    for tag in _NESTING.finditer(html):
        depth += -1 if tag[1] else 1
        most = max(most, depth)
    return most


def _attribute(_tag: str, name: str, value: str) -> str | None:
    if name in _SPANS:
        return str(min(int(value), MOST_SPAN)) if value.isascii() and value.isdecimal() and int(value) > 1 else None
    if name == "scope":
        return value if value in ("row", "col") else None
    if name in ("start", "value"):
        return value.strip() if _NUMBER.fullmatch(value.strip()) else None
    if name == "type":
        return value if value in ("1", "a", "A", "i", "I") else None
    return "" if name == "reversed" else value


def _span(name: str, cells: int) -> str:
    return f' {name}="{cells}"' if cells > 1 else ""


def tables(html: str) -> Iterator[tuple[list[list[str]], dict[tuple[int, int], int]]]:
    """表格 — the rows of each table, and where the words of each cell (row and column from 1) stand in `plain`."""
    rows: list[list[str]] = []
    offsets: dict[tuple[int, int], int] = {}
    at = 0
    for text, event in _pieces(html):
        if event is not None and event.tag == "tr" and event.opens:
            rows.append([])
        elif event is not None and event.tag in ("td", "th") and event.opens and rows:
            rows[-1].append("")
            offsets[len(rows), len(rows[-1])] = at
        elif event is not None and event.tag == "table" and not event.opens:
            yield rows, offsets
            rows, offsets = [], {}
        elif rows and rows[-1] and (event is None or event.tag not in ("td", "th", "tr")):
            rows[-1][-1] += text
        at += len(text)


def links(html: str) -> Iterator[tuple[str, int, int]]:
    """链接 — the address of each, and from where to where its words stand in `plain`."""
    at, address, start = 0, "", 0
    for text, event in _pieces(html):
        if event is not None and event.tag == "a":
            if address and not event.opens:
                yield address, start, max(at, start + 1)
            address, start = (dict(event.attributes).get("href", ""), at) if event.opens else ("", at)
        at += len(text)
