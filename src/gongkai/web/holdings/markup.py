"""写正文的记号 — what is typed into a plain field, and rich text as that, without loss (条例 第十二条).

A line is a paragraph. `# ` `## ` headings, `- ` an item of a list, `> ` to the right, `= ` centred, `|` a row of a
table (`|=` a head cell), tabs a row pasted from a sheet, `**` emphasis, `[words](address)` a link. `\\` before one of
these takes it as it is; before anything else it is a sign like others, for paths of files are full of it. What these
cannot say stands as HTML in a line that begins with `<`: where all of it can be kept, else its signs are text.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from html import escape

from gongkai.documents.showing.signs import seen_signs
from gongkai.web.holdings.html_lines import is_html, is_in_line
from gongkai.web.holdings.rich_text import BLOCKS, Event, clean, groups

_LINK = r"\[(?P<words>[^\]\[]+)\]\((?P<address>[^()\s]+)\)"
_STRONG = r"\*\*(?P<strong>.+?)(?<!\\)\*\*"
_MARK = re.sub(r"\(\?P<\w+>", "(?:", rf"{_STRONG}|{_LINK}")
_INLINE = re.compile(rf"(?<!\\)(?P<slashes>\\++)(?={_MARK})|{_STRONG}|{_LINK}")
_LIKE_A_MARK = re.compile(r"(?<!\\)(\\*+)(\*\*|\[(?=[^\]\[]+\]\([^()\s]+\)))")
_ENDING = re.compile(r"(?<!\\)\\++$")
_BARS = re.compile(r"(?<!\\)(\\*+)\|")
_HEADS = {"# ": "h2", "## ": "h3", "### ": "h4"}
_LEADS = re.compile(r"^(?=\\*(?:#{1,3} |[-=>] |\||<))")
_TAKEN = re.compile(r"^\\(?=\\*(?:#{1,3} |[-=>] |\||<))")
_BLANKS = re.compile(r"[ \t\r\n\f]+")
"""What a page shows as one blank; a wide one (U+3000) is a sign, and begins most paragraphs of an office."""
_PARTS = re.compile(r"</?t(?:head|body)>")
_ALIGNED = {"> ": "right", "= ": "center"}


def to_html(text: str) -> str:
    """排成正文 — safe rich text of what was typed."""
    lines = [line.strip("\r ") for line in seen_signs(text).splitlines()]
    out: list[str] = []
    at = 0
    while at < len(lines):
        kind = _kind(lines[at])
        last = at + 1
        while kind in _GROUPED and last < len(lines) and _kind(lines[last]) == kind:
            last += 1
        out.append(_MADE[kind](lines[at:last]))
        at = last
    return clean("".join(out))


def to_text(html: str) -> str:
    """还原成记号 — what would have to be typed for this rich text; `to_html` gives it back."""
    out: list[str] = []
    kind = ""
    for group in groups(html):
        written = _written(group)
        # Two lists, or two tables, one after the other must stay two.
        out += ["", written] if group[0].tag in ("ul", "table") and kind == group[0].tag else [written]
        kind = group[0].tag
    return "\n".join(out)


def _kind(line: str) -> str:
    for lead, kind in (("|", "row"), ("- ", "item")):
        if line.startswith(lead):
            return kind
    if is_html(line):
        return "html"
    return "" if not line.strip() else "cells" if "\t" in line else "line"


def _line(lines: list[str]) -> str:
    line = lines[0]
    for lead, tag in _HEADS.items():
        if line.startswith(lead):
            return f"<{tag}>{_inline(line.removeprefix(lead))}</{tag}>"
    for lead, name in _ALIGNED.items():
        if line.startswith(lead):
            return f'<p class="{name}">{_inline(line.removeprefix(lead))}</p>'
    return f"<p>{_inline(_TAKEN.sub('', line))}</p>"


def _items(lines: list[str]) -> str:
    return "<ul>" + "".join(f"<li>{_inline(line.removeprefix('- '))}</li>" for line in lines) + "</ul>"


def _rows(lines: list[str]) -> str:
    """Rows of nothing but head cells above others are the head of the table, as programs that read aloud need it."""
    rows = [_split(line.removeprefix("|")) for line in lines]
    heads = next((n for n, row in enumerate(rows) if not all(cell.startswith("=") for cell in row)), 0)
    made = ["<tr>" + "".join(_cell(cell) for cell in row) + "</tr>" for row in rows]
    head = f"<thead>{''.join(made[:heads])}</thead>" if heads else ""
    return f"<table>{head}<tbody>{''.join(made[heads:])}</tbody></table>"


def _split(row: str) -> list[str]:
    """Cells between bars; of the backslashes before a bar each second one says that what follows is a sign."""
    cells, begun, at = list[str](), "", 0
    for bar in _BARS.finditer(row):
        slashes = len(bar[1])
        begun += row[at : bar.start()] + "\\" * (slashes // 2)
        at = bar.end()
        if slashes % 2:
            begun += "|"
        else:
            cells.append(begun)
            begun = ""
    rest = begun + row[at:]
    return [*cells, rest] if rest or not cells else cells


def _cell(text: str) -> str:
    tag = "th" if text.startswith("=") else "td"
    return f"<{tag}>{_inline(text.removeprefix('=' if tag == 'th' else '').strip())}</{tag}>"


def _pasted(lines: list[str]) -> str:
    rows = ("".join(f"<td>{_inline(cell.strip())}</td>" for cell in line.split("\t")) for line in lines)
    return "<table><tbody>" + "".join(f"<tr>{row}</tr>" for row in rows) + "</tbody></table>"


def _html_line(lines: list[str]) -> str:
    """A line of HTML; one that holds no block is a paragraph like any other line."""
    return f"<p>{lines[0]}</p>" if is_in_line(lines[0]) else lines[0]


_GROUPED = ("row", "item", "cells")
_MADE: dict[str, Callable[[list[str]], str]] = {
    "": lambda _: "",
    "html": _html_line,
    "line": _line,
    "item": _items,
    "row": _rows,
    "cells": _pasted,
}


def _inline(text: str) -> str:
    out, at = list[str](), 0
    while match := _INLINE.search(text, at):
        out.append(escape(text[at : match.start()], quote=False))
        at = match.end()
        if match["slashes"]:
            pairs, taken = divmod(len(match["slashes"]), 2)
            signs = (2 if text.startswith("**", at) else 1) * taken
            out.append("\\" * pairs + text[at : at + signs])
            at += signs
        elif match["strong"]:
            out.append(f"<strong>{_inline(match['strong'])}</strong>")
        else:
            out.append(f'<a href="{escape(match["address"])}">{_inline(match["words"])}</a>')
    return "".join([*out, escape(text[at:], quote=False)])


def _written(group: list[Event]) -> str:
    """The block as typed where that gives it back exactly, else as HTML in one line; loose words are a paragraph."""
    if group[0].tag not in BLOCKS:
        group = [Event("p", True, "<p>"), *group, Event("p", False, "</p>")]
    whole = _BLANKS.sub(" ", _html(group)).strip()
    for is_marked in (False, True):
        typed = _typed(group, is_marked)
        if typed is not None and _same(to_html(typed), whole):
            return typed
    return whole


def _same(made: str, whole: str) -> bool:
    """Whether two blocks show the same: which part of a table a row is in is seen from its cells."""
    one, other = (_PARTS.sub("", _BLANKS.sub(" ", html)) for html in (made, clean(whole)))
    return one == other


def _typed(group: list[Event], is_marked: bool) -> str | None:
    first, inner = group[0], group[1:-1]
    if first.tag == "table":
        return _typed_rows(inner, is_marked)
    if first.tag == "ul":
        items = [_typed_inline(inner, is_marked) for inner in _inside(inner, "li")]
        return "\n".join(f"- {item}" for item in items if item is not None)
    text = _typed_inline(inner, is_marked)
    if text is None or first.tag not in ("p", "h2", "h3", "h4"):
        return None
    lead = next((lead for lead, tag in _HEADS.items() if tag == first.tag), "")
    lead = lead or next((lead for lead, name in _ALIGNED.items() if ("class", name) in first.attributes), "")
    is_plain = lead or (text.startswith("<") and not is_html(text))
    return lead + (text if is_plain else _LEADS.sub(r"\\", text))


def _typed_rows(inner: list[Event], is_marked: bool) -> str:
    lines = []
    for row in _inside(inner, "tr"):
        cells = []
        for name, lead in (("th", "="), ("td", "")):
            typed = (_typed_inline(cell, is_marked) or "" for cell in _inside(row, name))
            cells += [f"{lead} {_BARS.sub(_literal, text)} " for text in typed]
        lines.append("|" + "|".join(cells) + "|")
    return "\n".join(lines)


def _inside(found: list[Event], tag: str) -> list[list[Event]]:
    """What stands in each element of a name; those within those are left to the comparison with the original."""
    out: list[list[Event]] = []
    is_open = False
    for event in found:
        if event.tag == tag:
            is_open = event.opens
            if event.opens:
                out.append([])
        elif is_open:
            out[-1].append(event)
    return out


def _typed_inline(found: list[Event], is_marked: bool) -> str | None:
    """Words and marks as typed; `is_marked` where signs that look like marks are to be told from them."""
    out, address = "", ""
    for event in found:
        if not event.tag:
            out += _LIKE_A_MARK.sub(_literal, event.text) if is_marked else event.text
        elif event.tag == "strong":
            out = _before_a_mark(out, event.opens) + "**"
        elif event.tag == "a":
            address = dict(event.attributes).get("href", address)
            out = _before_a_mark(out, event.opens) + ("[" if event.opens else f"]({address})")
        else:
            return None
    return out


def _literal(found: re.Match[str]) -> str:
    """A sign that would be a mark, with the backslashes that make it one that is shown."""
    slashes = found[1]
    return f"{slashes}{slashes}\\{found[0].removeprefix(slashes)}"


def _before_a_mark(text: str, opens: bool) -> str:
    return _ENDING.sub(lambda end: end[0] * 2, text) if opens else text


def _html(group: list[Event]) -> str:
    return "".join(event.text if event.tag else escape(event.text, quote=False) for event in group)
