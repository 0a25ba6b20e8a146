"""分段 — blocks that rich text does not know still end a paragraph, in a cell or an item a line (条例 第十二条).

Programs of offices write each line as a `div`: without this the words and figures of two lines would become one.
"""

from __future__ import annotations

import re

OTHERS = frozenset(
    re.findall(
        "[a-z]+",
        "address article aside center dd details dialog div dl dt fieldset figcaption figure footer form header hgroup"
        " legend main menu nav pre search section summary",
    )
)
"""别的段 — elements that end a line on a page and are not kept themselves (条例 第十二条)."""
HEADINGS = {"h1": "h2", "h5": "h4", "h6": "h4"}
"""别的标题 — the heading that stands for one that is not kept."""
_INLINE = frozenset(["strong", "em", "sub", "sup", "a"])
_TAG = re.compile(r'(<(/?)([a-z][a-z0-9]*)(?:[^>"]|"[^"]*")*>)')
_FOUND = re.compile(f"<(?:{'|'.join(sorted(OTHERS | HEADINGS.keys()))})[ >]")
_BLANK = " \t\r\n\f"


def in_paragraphs(html: str) -> str:
    """分成段 — rich text, as the cleaner writes it, whose other blocks are paragraphs, headings and lines."""
    return _Lines().write(html) if _FOUND.search(html) else html


class _Lines:
    """One walk. `_open`: elements around this place that are kept; `_is_inked`: this line has words."""

    def __init__(self) -> None:
        self._out: list[str] = []
        self._open: list[str] = []
        self._in_own = self._is_inked = self._is_due = False
        self._fixed = 0

    def write(self, html: str) -> str:
        pieces = _TAG.split(html)
        for at in range(0, len(pieces) - 1, 4):
            self._words(pieces[at])
            self._tag(pieces[at + 1], not pieces[at + 2], pieces[at + 3])
        self._words(pieces[-1])
        self._end()
        return "".join(self._out)

    def _tag(self, written: str, opens: bool, name: str) -> None:
        if name in HEADINGS:
            written, name = written.replace(name, HEADINGS[name], 1), HEADINGS[name]
        if name in OTHERS:
            self._fixed += (1 if opens else -1) * (name == "pre")
            self._is_due = self._is_inked
            self._end()
        elif name == "br":
            self._is_inked = self._is_due = False
            self._out.append(written if self._in_own or not self._in_flow() else "")
        else:
            self._kept(written, opens, name)

    def _kept(self, written: str, opens: bool, name: str) -> None:
        if name in _INLINE:
            self._begin()
        else:
            self._end()
            self._is_inked = self._is_due = False
        if not opens and self._open:
            self._open.pop()
        self._out.append(written)
        if opens and name != "hr":
            self._open.append(name)

    def _words(self, text: str) -> None:
        for number, line in enumerate(text.split("\n") if self._fixed else [text]):
            self._is_due = self._is_due or (number > 0 and self._is_inked)
            if line.strip(_BLANK):
                self._begin()
                self._out.append("<br>" * self._is_due + line)
                self._is_inked, self._is_due = True, False
            elif self._in_own or not self._in_flow():
                self._out.append(line)

    def _in_flow(self) -> bool:
        return all(name == "blockquote" for name in self._open)

    def _begin(self) -> None:
        if self._in_flow() and not self._in_own:
            self._out.append("<p>")
            self._in_own, self._is_inked, self._is_due = True, False, False

    def _end(self) -> None:
        if self._in_own and self._in_flow():
            self._out.append("</p>")
            self._in_own = self._is_inked = self._is_due = False
