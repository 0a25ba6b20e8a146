"""写正文的记号 — what is typed into a plain field, and rich text as that, without loss (条例 第十二条).

A line is a paragraph. `# ` `## ` headings, `- ` an item of a list, `> ` to the right, `= ` centred, `|` a row of a
table (`|=` a head cell), tabs a row pasted from a sheet, `**` emphasis, `[words](address)` a link, `\\` takes the next
sign as it is. What these cannot say stands as HTML in a line that begins with `<`.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from html import escape

from gongkai.web.holdings.rich_text import BLOCKS, Event, clean, groups

_INLINE = re.compile(r"\\(.)|\*\*(.+?)\*\*|\[([^\]\[]+)\]\(([^()\s]+)\)")
_SPECIAL = re.compile(r"([\\*\[\]])")
_HEADS = {"# ": "h2", "## ": "h3", "### ": "h4"}
_LEADS = re.compile(r"^(#{1,3} |[-=>] |\||<)")
_BLANKS = re.compile(r"[ \t\r\n\f]+")
"""What a page shows as one blank; a wide one (U+3000) is a sign, and begins most paragraphs of an office."""
_ALIGNED = {"> ": "right", "= ": "center"}


def to_html(text: str) -> str:
    """排成正文 — safe rich text of what was typed."""
    lines = [line.strip("\r ") for line in text.splitlines()]
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
    for lead, kind in (("|", "row"), ("- ", "item"), ("<", "html")):
        if line.startswith(lead):
            return kind
    return "" if not line.strip() else "cells" if "\t" in line else "line"


def _line(lines: list[str]) -> str:
    line = lines[0]
    for lead, tag in _HEADS.items():
        if line.startswith(lead):
            return f"<{tag}>{_inline(line.removeprefix(lead))}</{tag}>"
    for lead, name in _ALIGNED.items():
        if line.startswith(lead):
            return f'<p class="{name}">{_inline(line.removeprefix(lead))}</p>'
    return f"<p>{_inline(line)}</p>"


def _items(lines: list[str]) -> str:
    return "<ul>" + "".join(f"<li>{_inline(line.removeprefix('- '))}</li>" for line in lines) + "</ul>"


def _rows(lines: list[str]) -> str:
    rows = []
    for line in lines:
        cells = re.split(r"(?<!\\)\|", line.removeprefix("|").removesuffix("|"))
        rows.append("".join(_cell(cell) for cell in cells))
    return "<table><tbody>" + "".join(f"<tr>{row}</tr>" for row in rows) + "</tbody></table>"


def _cell(text: str) -> str:
    tag = "th" if text.startswith("=") else "td"
    return f"<{tag}>{_inline(text.removeprefix('=' if tag == 'th' else '').strip())}</{tag}>"


def _pasted(lines: list[str]) -> str:
    rows = ("".join(f"<td>{_inline(cell.strip())}</td>" for cell in line.split("\t")) for line in lines)
    return "<table><tbody>" + "".join(f"<tr>{row}</tr>" for row in rows) + "</tbody></table>"


_GROUPED = ("row", "item", "cells")
_MADE: dict[str, Callable[[list[str]], str]] = {
    "": lambda _: "",
    "html": "".join,
    "line": _line,
    "item": _items,
    "row": _rows,
    "cells": _pasted,
}


def _inline(text: str) -> str:
    out, at = [], 0
    for match in _INLINE.finditer(text):
        out.append(escape(text[at : match.start()], quote=False))
        literal, strong, words, address = match.groups()
        if literal is not None:
            out.append(escape(literal, quote=False))
        elif strong is not None:
            out.append(f"<strong>{_inline(strong)}</strong>")
        else:
            out.append(f'<a href="{escape(address)}">{_inline(words)}</a>')
        at = match.end()
    return "".join([*out, escape(text[at:], quote=False)])


def _written(group: list[Event]) -> str:
    """The block as typed where that gives it back exactly, else as HTML in one line; loose words are a paragraph."""
    if group[0].tag not in BLOCKS:
        group = [Event("p", True, "<p>"), *group, Event("p", False, "</p>")]
    whole = _BLANKS.sub(" ", _html(group)).strip()
    typed = _typed(group)
    return typed if typed is not None and _BLANKS.sub(" ", to_html(typed)) == clean(whole) else whole


def _typed(group: list[Event]) -> str | None:
    first, inner = group[0], group[1:-1]
    if first.tag == "table":
        return _typed_rows(inner)
    if first.tag == "ul":
        items = [_typed_inline(inner) for inner in _inside(inner, "li")]
        return "\n".join(f"- {item}" for item in items if item is not None)
    text = _typed_inline(inner)
    if text is None or first.tag not in ("p", "h2", "h3", "h4"):
        return None
    lead = next((lead for lead, tag in _HEADS.items() if tag == first.tag), "")
    lead = lead or next((lead for lead, name in _ALIGNED.items() if ("class", name) in first.attributes), "")
    return lead + (text if lead else _LEADS.sub(r"\\\1", text))


def _typed_rows(inner: list[Event]) -> str:
    lines = []
    for row in _inside(inner, "tr"):
        cells = []
        for name, lead in (("th", "="), ("td", "")):
            typed = ((_typed_inline(cell) or "").replace("|", r"\|") for cell in _inside(row, name))
            cells += [f"{lead} {text} " for text in typed]
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


def _typed_inline(found: list[Event]) -> str | None:
    out, address = "", ""
    for event in found:
        if not event.tag:
            out += _SPECIAL.sub(r"\\\1", event.text)
        elif event.tag == "strong":
            out += "**"
        elif event.tag == "a":
            address = dict(event.attributes).get("href", address)
            out += "[" if event.opens else f"]({address})"
        else:
            return None
    return out


def _html(group: list[Event]) -> str:
    return "".join(event.text if event.tag else escape(event.text, quote=False) for event in group)
