"""留不下来的 — what a page shows and rich text cannot hold: pictures, formulas, fields, turned words (条例 第十二条).

Another system learns at once what of its text would be missing; it is not dropped in silence.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from html import unescape

from gongkai.text.unseen import is_written
from gongkai.web.holdings import one_line
from gongkai.web.holdings.refusals import Problem
from gongkai.web.holdings.rich_text import clean, events, plain

PICTURES = "正文里有 {count} 幅图片（img、svg 等），正文里放不了，没有收。请从正文里删去，要公开的另作附件上传"
EMBEDDED = "正文里嵌着 {count} 个别的内容（video、iframe、object 等），正文里放不了，没有收。请从正文里删去"
FORMULAS = "正文里有 {count} 个公式（math），正文里放不了，没有收。请改写成文字"
FIELDS = "正文里有 {count} 个表单的栏（input、textarea、select），里面填的内容留不下来，没有收。请改写成文字"
NUMBERING = (
    "正文里有 {count} 处列表的编号样子写在样式（list-style）里，留不下来，没有收。请改用 ol 的 type，或者把编号写成文字"
)
RAISED = (
    "正文里有 {count} 处字升高或者降低写在样式（vertical-align、position）里，留不下来，没有收。上标、下标请用 sup、sub"
)
LINES = "正文里有 {count} 处另起一行写在样式（display）里，留不下来，没有收。请改用 p、div 或者 br"
TURNED = "正文里有 {count} 处倒着排的字（bdo、unicode-bidi），留不下来，没有收。请照看见的次序写"
EMPTY = "正文里没有看得见的字，没有收。没有正文的，body_html 空着"
_KINDS = {
    **dict.fromkeys(("img", "svg", "canvas"), PICTURES),
    **dict.fromkeys(("video", "audio", "iframe", "object", "embed"), EMBEDDED),
    "math": FORMULAS,
    "bdo": TURNED,
    **dict.fromkeys(("textarea", "select"), FIELDS),
}
_RAISED = re.compile(
    r"vertical-align\s*:\s*(?!baseline|middle|top|bottom|inherit|initial|[+-]?0(?:\D|\Z))"
    r"|position\s*:\s*relative[^}]*(?:top|bottom)\s*:\s*-?0*[1-9.]|font-variant-position"
)
_IN_LINES = re.compile(r"display\s*:\s*(?:block|flex|grid|table|list-item|flow-root)")
_TURNED = re.compile(r"unicode-bidi\s*:\s*(?:bidi-override|isolate-override)")
_CELLS = frozenset(("td", "th", "tr", "table", "tbody", "thead", "tfoot", "col", "colgroup"))
_OF_LINES = frozenset(re.findall("[a-z]+", "span b i u s a em strong font label small big mark code"))
_WITHOUT_WORDS = ("hidden", "submit", "button", "reset", "file")
_USUAL = ("decimal", "disc", "circle", "square")


def not_kept(html: str) -> Iterator[Problem]:
    """留不下来的 — a problem for each kind of what would be missing; an empty text has none (条例 第十二条)."""
    if not html:
        return
    why = one_line.problem(unescape(html), "body_html")
    if why:
        yield Problem("body_html", why[0], **why[1])
    found = Counter(_kinds(html))
    yield from (Problem("body_html", template, count=count) for template, count in found.items())
    if not found and not why and not is_written(plain(clean(html))):
        yield Problem("body_html", EMPTY)


def _kinds(html: str) -> Iterator[str]:
    for event in events(html):
        tag, given = event.tag, dict(event.attributes)
        if not event.opens:
            continue
        if tag in _KINDS:
            yield _KINDS[tag]
        elif tag == "input" and given.get("type", "").strip().lower() not in _WITHOUT_WORDS:
            yield FIELDS
        yield from _styled(tag, given.get("style", "").lower())
        style = given.get("style", "").lower().partition("list-style")[2]
        if tag in ("ol", "ul", "li") and style and not any(each in style.partition(";")[0] for each in _USUAL):
            yield NUMBERING


def _styled(tag: str, style: str) -> Iterator[str]:
    """What a style does to words that stand in a line: 10<span style="vertical-align:super">6</span>."""
    if not style:
        return
    if tag not in _CELLS and _RAISED.search(style):
        yield RAISED
    if tag in _OF_LINES and _IN_LINES.search(style):
        yield LINES
    if _TURNED.search(style):
        yield TURNED
