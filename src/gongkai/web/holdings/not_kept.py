"""留不下来的 — what a page shows and rich text cannot hold: pictures, formulas, fields, turned words (条例 第十二条).

Another system learns at once what of its text would be missing; it is not dropped in silence.
"""

from __future__ import annotations

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
EMPTY = "正文里没有看得见的字，没有收。没有正文的，body_html 空着"
_KINDS = {
    **dict.fromkeys(("img", "svg", "canvas"), PICTURES),
    **dict.fromkeys(("video", "audio", "iframe", "object", "embed"), EMBEDDED),
    "math": FORMULAS,
    **dict.fromkeys(("textarea", "select"), FIELDS),
}
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
        style = given.get("style", "").lower().partition("list-style")[2]
        if tag in ("ol", "ul", "li") and style and not any(each in style.partition(";")[0] for each in _USUAL):
            yield NUMBERING
