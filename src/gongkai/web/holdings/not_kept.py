"""留不下来的 — what a page shows and rich text cannot hold: pictures, formulas, fields, turned words (条例 第十二条).

Another system learns at once what of its text would be missing; it is not dropped in silence.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from html import unescape
from itertools import zip_longest

from gongkai.documents.document import DocumentError, Paragraph, View
from gongkai.documents.limits import LIMITS
from gongkai.documents.taking import web_page
from gongkai.text.quoted import Quoted
from gongkai.text.unseen import is_written
from gongkai.web.holdings import one_line
from gongkai.web.holdings.refusals import Problem
from gongkai.web.holdings.rich_text import clean, events, otherwise_seen, plain

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
QUOTED = "正文里有 {count} 处引语（q），网页上显示的引号留不下来，没有收。请把引号写在文字里"
RUBY = "正文里有 {count} 处注音（ruby），会和正文连成一串，没有收。请删去，或者写在括号里"
WRITTEN = "正文里有 {count} 处由样式写出来的字（content），留不下来，没有收。请把这些字写在正文里"
OPEN = "正文里有没有写完的注释（有“<!--”，没有“-->”），后面的字留不下来，没有收。请删去，或者写完"
FIGURES = (
    "正文里的数，网页上看到的是“{shown}”，存下来会成为“{kept}”（样式或者标签留不下来），没有收。"
    "请用 p、div、br 或者空格分开写，上标、下标用 sup、sub"
)
EMPTY = "正文里没有看得见的字，没有收。没有正文的，body_html 空着"
_KINDS = {
    **dict.fromkeys(("img", "svg", "canvas"), PICTURES),
    **dict.fromkeys(("video", "audio", "iframe", "object", "embed"), EMBEDDED),
    "math": FORMULAS,
    "q": QUOTED,
    "rt": RUBY,
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
_OF_COUNTS = {"leftward": TURNED, "written": WRITTEN}
_COMMENT = re.compile("<!--.*?-->", re.DOTALL)
_CONTROL = re.compile("&#(?:[xX]0*([0-9a-fA-F]{1,2})|0*([0-9]{1,2}))(?![0-9a-fA-F]);?")
_FIGURE = re.compile(r"\d[\d.,]*\d|\d")
_WITHOUT_WORDS = ("hidden", "submit", "button", "reset", "file")
_USUAL = ("decimal", "disc", "circle", "square")


def not_kept(html: str) -> Iterator[Problem]:
    """留不下来的 — a problem for each kind of what would be missing; an empty text has none (条例 第十二条)."""
    if not html:
        return
    why = one_line.problem(unescape(_CONTROL.sub(_sign, html)), "body_html")
    if why:
        yield Problem("body_html", why[0], **why[1])
    found = Counter(_kinds(html))
    if "<!--" in _COMMENT.sub("", html):
        found[OPEN] += 1
    if not found and not why and not otherwise_seen(html):
        yield from _changed(html)
    yield from (Problem("body_html", template, count=count) for template, count in found.items())
    if not found and not why and not is_written(plain(clean(html))):
        yield Problem("body_html", EMPTY)


def _changed(html: str) -> Iterator[Problem]:
    """What a reader sees of a page, and of what is kept of it: the same figures, whatever its elements are."""
    try:
        (shown, counts), (kept, _) = (web_page.words("body_html", each, LIMITS) for each in (html, clean(html)))
    except DocumentError as error:
        yield Problem("body_html", error.template, **error.values)
        return
    said = [(template, counts[kind]) for kind, template in _OF_COUNTS.items() if counts.get(kind)]
    yield from (Problem("body_html", template, count=count) for template, count in said)
    pairs = () if said else zip_longest(_figures(shown), _figures(kept), fillvalue="")
    if pair := next((pair for pair in pairs if pair[0] != pair[1]), None):
        yield Problem("body_html", FIGURES, shown=Quoted(pair[0]), kept=Quoted(pair[1]))


def _figures(view: View) -> list[str]:
    texts = (
        [block.text] if isinstance(block, Paragraph) else [text for row in block.rows for text in row.texts]
        for block in view.blocks
    )
    return _FIGURE.findall("\n".join(text for block in texts for text in block))


def _sign(reference: re.Match[str]) -> str:
    """The control byte that a reference means; browsers and `unescape` drop it."""
    code = int(reference[1], 16) if reference[1] else int(reference[2])
    return chr(code) if code < ord(" ") else reference[0]


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
