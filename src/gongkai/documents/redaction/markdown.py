"""Markdown 的改动 — what a reader of the page sees, written as Markdown again (条例 第十五条).

Front matter, comments, programs, hidden elements, titles of links, definitions of references and words behind a fence
are read and not carried over; tags of html stay where they shape what is seen, with attributes that were checked.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from lxml import etree
from lxml import html as markup

from gongkai.documents.limits import check_tags
from gongkai.documents.redaction.editor import Picture, Slot, Table, shown
from gongkai.documents.redaction.places import Layer, Place, Sentence
from gongkai.documents.redaction.plain import Plain
from gongkai.documents.redaction.readings import readings
from gongkai.documents.redaction.together import counted
from gongkai.documents.redaction.values import Hidden
from gongkai.documents.redaction.web_page import WebPage
from gongkai.documents.redaction.web_page_copy import clean_address
from gongkai.documents.refusals import refusal
from gongkai.documents.showing.signs import shown_signs
from gongkai.documents.showing.stylesheet import Element
from gongkai.documents.showing.web_page import NOT_TEXT, Page, Spot
from gongkai.text.personal_data.markup import INLINE

_FRONT = re.compile(r"\A\ufeff?(?P<mark>---|\+\+\+)[ \t]*\n.*?\n(?:(?P=mark)|\.\.\.)[ \t]*(?:\n|\Z)", re.DOTALL)
_TITLE = r"(?:\"[^\"]*\"|'[^']*'|\([^)]*\))"
_DEFINITION = re.compile(
    r"(?m)^ {0,3}\[(?P<id>[^\]\n^][^\]\n]*)\]:[ \t]*\n?[ \t]*(?P<url><[^>\n]*>|\S+)"
    rf"(?:[ \t]*\n?[ \t]*{_TITLE})?[ \t]*$\n?"
)
_LINK = re.compile(r"(?P<picture>!?)\[(?P<text>[^\[\]]*)\]\((?P<inner>(?:[^()\n]|\([^()\n]*\)){0,3000})\)")
_REFERRED = re.compile(r"(?P<picture>!?)\[(?P<text>[^\[\]\n]*)\](?:\[(?P<id>[^\[\]\n]*)\])?(?![(:])")
_LEAPT = re.compile(
    r"(?<=\d)(?:[ \t*_~`]{0,3}[!^]?\[[^\[\]\n]{0,8}\](?:\[[^\[\]\n]*\]|\((?:[^()\n]|\([^()\n]*\)){0,3000}\))?)+"
    r"[ \t*_~`]{0,3}(?=[\dXx])"
)
"""Marks of notes, pictures and links of few words inside a number: eyes leap over them."""
_STRUCK = re.compile(r"~~[^~\n]{1,60}~~|<(s|del|strike)>[^<\n]{0,60}</\1>", re.IGNORECASE)
_MARKED = re.compile(r"(\*{1,3}|_{1,3}|~{1,2}|`{1,3})(?=[^\s*_~`])((?:[^*_~`\n]|\n(?!\s*\n)){1,200})(?<!\s)\1")
_MOST_MARKS = 4
"""Marks in each other."""
_TAKEN_OUT = re.compile(f"{INLINE}+")
_AFTER_FIGURE, _BEFORE_FIGURE = re.compile(r"[\d\])][ \t*_~`]{0,3}$"), re.compile(r"[ \t*_~`]{0,3}[\dXx!^\[]")
_FEW = 8
_FENCE = re.compile(r"(?m)^(?P<fence>[ \t]{0,3}(?:`{3,}|~{3,}))(?P<words>[^\n`]*)$")
_CODE = re.compile(
    r"(?ms)^[ \t]{0,3}(?P<fence>`{3,}|~{3,})[^\n]*\n.*?(?:^[ \t]{0,3}(?P=fence)[^\n]*$|\Z)"
    r"|(?P<ticks>`+)(?!`)[^\n]*?(?<!`)(?P=ticks)(?!`)"
)
_AUTOLINK = re.compile(r"<((?:https?://|mailto:)[^<>\s]+|[\w.+-]+@[\w.-]+)>")
_LINE, _NUMBER = re.compile(r"[^\n]+"), re.compile(r"\d+")
_ITEM = re.compile(r"[ \t>]*(?:\d{1,9}[.)][ \t]+)+(?=\S)", re.ASCII)
_ESCAPED = re.compile(r"(?<=\d)\\([-._+ ])(?=\d)")
_NAMED = re.compile(r"(?m)[ \t]*\{:?[ \t]*[#.][^{}\n]*\}(?=[ \t]*$)")
_LANGUAGE = re.compile(r"[A-Za-z][A-Za-z+-]{0,11}$")
# Signs of markup that are meant as they stand, while the tags around them are read.
_SET_ASIDE = {"<": "\ue010", ">": "\ue011", "&": "\ue012"}
_TO_SET_ASIDE = {ord(letter): sign for letter, sign in _SET_ASIDE.items()}
_PUT_BACK = {ord(sign): letter for letter, sign in _SET_ASIDE.items()}
_OUR_STYLE = "white-space:pre"
_TAG_OR_AMPERSAND = re.compile("<[^<>]*>|&")
_TAG, _ENTITY = re.compile(r"<(?=[A-Za-z/!?])"), re.compile(r"&(?=#?\w{1,30};)")
_KEPT_TAGS = frozenset(
    ("table", "thead", "tbody", "tfoot", "tr", "td", "th", "br", "sub", "sup", "u", "s", "del", "strike", "b", "strong")
)
_NO_END = frozenset(("br",))
_WHOLE = re.compile(r"[0-9]{1,3}$")
Take = Callable[[Layer, str], str]


class Markdown(Plain):
    """Markdown 文本."""

    format = "md"
    _markup = True

    def _shown(self, text: str) -> str:
        self._aside: list[tuple[Layer, str]] = []
        self._pictures = 0
        text = text.replace("\r\n", "\n")
        text = _FRONT.sub(lambda found: self._take(Layer.PROPERTY, found[0]), text)
        text = _FENCE.sub(self._fence, text)
        text = _NAMED.sub(lambda found: self._take(Layer.LINK, found[0]), text)
        text = self._without_hidden(text)
        self._urls: dict[str, str] = {}
        text = _DEFINITION.sub(self._define, text)
        for _ in range(3):
            text = _LINK.sub(self._link, text)
        text = _REFERRED.sub(self._referred, text)
        return _ESCAPED.sub(r"\1", shown_signs(text))

    def _take(self, layer: Layer, text: str) -> str:
        """Out of the text, and aside for the guard."""
        if text.strip():
            self._aside.append((layer, text))
        return ""

    def _fence(self, found: re.Match[str]) -> str:
        language = found["words"].strip()
        if not language or _LANGUAGE.match(language):
            return found[0]
        return found["fence"] + self._take(Layer.HIDDEN, language)

    def _define(self, found: re.Match[str]) -> str:
        self._urls.setdefault(found["id"].strip().lower(), found["url"].strip("<>"))
        return self._take(Layer.LINK, found[0])

    def _link(self, found: re.Match[str]) -> str:
        inner = found["inner"].strip()
        url, _, title = inner.partition(">") if inner.startswith("<") else inner.partition(" ")
        return self._written(found, url.strip("<>"), title)

    def _referred(self, found: re.Match[str]) -> str:
        name = (found["id"] or found["text"]).strip().lower()
        if name not in self._urls:
            return found[0]
        return self._written(found, self._urls[name], "")

    def _written(self, found: re.Match[str], url: str, title: str) -> str:
        """A link with a clean address, or its words alone; a picture leaves its description."""
        text = found["text"]
        alone = f"[{text}]" if _is_inside_figures(found) and 0 < len(text) <= _FEW else text
        if found["picture"]:
            self._pictures += 1
            self._take(Layer.LINK, f"{url}\n{title}")
            return alone
        if title.strip():
            self._take(Layer.LINK, title)
        if (address := clean_address(url)) and text.strip():
            return f"[{text}]({address})"
        self._take(Layer.LINK, url)
        return alone

    def _without_hidden(self, text: str) -> str:
        """Tags read as a browser reads them: what is hidden goes, of the tags the simple ones stay."""
        text = text.translate({ord(sign): None for sign in _SET_ASIDE.values()})
        text = _CODE.sub(lambda found: found[0].translate(_TO_SET_ASIDE), text)
        text = _AUTOLINK.sub(lambda found: f"{_SET_ASIDE['<']}{found[1]}{_SET_ASIDE['>']}", text)
        text = _TAG_OR_AMPERSAND.sub(lambda found: _SET_ASIDE.get(found[0], found[0]), text)
        if "<" in text:
            check_tags(self.source, text.encode("utf-8", "replace"), self.limits)
            try:
                root = markup.document_fromstring(f'<html><body style="{_OUR_STYLE}"><div>{text}</div></body></html>')
            except (etree.LxmlError, ValueError, AssertionError):
                raise refusal("damaged", self.source) from None
            text = "".join(_tags(Page(root), self._take))
        return text.translate(_PUT_BACK)

    def _read(self, text: str) -> str:
        """Brackets and addresses of links are looked through: a number may stand in the words of two."""
        return _LINK.sub(_looked_through, text)

    def parts(self) -> Iterator[Slot | Table]:
        """文字 — as it is shown, and numbers once more without the notes, pictures, links and struck words in them."""
        yield from super().parts()
        yield from self._items()
        for away in (_LEAPT, _STRUCK):
            yield from self._once_more(away.sub(lambda found: INLINE * len(found[0]), self._text))
        yield from self._once_more(_without_marks(self._text))

    def _once_more(self, text: str) -> Iterator[Slot]:
        """Numbers over what was taken out, in a text of the same length."""
        leapt = [found.span() for found in _TAKEN_OUT.finditer(text)] if text != self._text else []
        if leapt:
            yield Slot(
                Place(line=1),
                self._read(text),
                self._masker(0),
                markup=True,
                only=lambda hit: any(hit.start < start and end < hit.end for start, end in leapt),
            )

    def _items(self) -> Iterator[Slot]:
        """Items of lists with their numbers: as they are written, and as a page counts them on from the first."""
        shown_number: int | None = None
        for line in _LINE.finditer(self._text):
            found = _ITEM.match(line[0])
            if found is None:
                # Blank and indented lines stand inside a list.
                shown_number = shown_number if not line[0].strip() or line[0][0].isspace() else None
                continue
            numbers = _NUMBER.findall(found[0])
            shown_number = int(numbers[0]) if shown_number is None else shown_number + 1
            start = line.start() + found.end()
            words = Slot(
                Place(line=1 + self._text.count("\n", 0, start)),
                self._read(line[0][found.end() :]),
                self._masker(start),
                markup=True,
            )
            for first in dict.fromkeys((numbers[0], str(shown_number))):
                yield from counted("".join((first, *numbers[1:])), words)

    def whole(self) -> Iterator[Slot]:
        """整个文件 — what was put aside, the text as it was given, and its tables of html."""
        for layer, text in self._aside:
            for reading in (text, *readings(text)):
                slot = shown(Place(layer, part="md"), reading, sure=True)
                slot.markup = True
                yield slot
        yield from super().whole()
        if "<t" in self._text.lower():
            yield from self._tables()

    def _tables(self) -> Iterator[Slot]:
        page = WebPage(self.source, self._text.encode("utf-8", "replace"), self.limits)
        for part in page.parts():
            if isinstance(part, Table):
                for row in part.rows:
                    yield shown(Place(part="md"), "\n".join(slot.text for slot in row if slot), sure=True)

    def pictures(self) -> Iterator[Picture]:
        """图片 — none is carried over; those written into the text are looked at."""
        return WebPage(self.source, self._images().encode("ascii"), self.limits).pictures()

    def _images(self) -> str:
        found = re.findall(r"data:image/[a-z0-9+.-]+;base64,[A-Za-z0-9+/=]+", self._given)
        return "<p>" + "".join(f"<img src='{source}'>" for source in found)

    def hidden(self) -> Iterator[Hidden]:
        """看不见的东西 — what was put aside, by kind."""
        for layer, template in _ASIDE.items():
            if count := sum(one is layer for one, _ in self._aside):
                yield Hidden(Place(layer, part="md"), Sentence(template, {"count": count}))

    def lost(self) -> Iterator[Sentence]:
        """副本里不保留的 — pictures."""
        if self._pictures:
            yield Sentence("网页以外的图片 {count} 幅，只留下说明", {"count": self._pictures})


_ASIDE = {
    Layer.COMMENT: "网页注释 {count} 处",
    Layer.PROPERTY: "文首的说明 {count} 处",
    Layer.HIDDEN: "隐藏的内容 {count} 处：样式不显示",
}


def _without_marks(text: str) -> str:
    """Emphasis, struck words and code without their marks, whichever stand side by side or in each other."""
    for _ in range(_MOST_MARKS):
        text = _MARKED.sub(lambda found: f"{INLINE * len(found[1])}{found[2]}{INLINE * len(found[1])}", text)
    return text


def _is_inside_figures(link: re.Match[str]) -> bool:
    start, end, text = *link.span(), link.string
    return bool(_AFTER_FIGURE.search(text[max(0, start - 4) : start]) and _BEFORE_FIGURE.match(text, end))


def _looked_through(link: re.Match[str]) -> str:
    before, after = len(link["picture"]) + 1, 3 + len(link["inner"])
    return f"{INLINE * before}{link['text']}{INLINE * after}"


def _tags(page: Page, take: Take) -> Iterator[str]:
    """The text between the tags as it is seen, and the simple tags themselves."""
    spots = page.spots
    pending: list[tuple[Element, bool]] = [(page.root, False)]
    while pending:
        element, is_left = pending.pop()
        is_program = not isinstance(element.tag, str) or element.tag in NOT_TEXT or page.looks[element].is_gone
        kept = not is_program and element.tag in _KEPT_TAGS
        if is_left:
            yield f"</{element.tag}>" if kept and element.tag not in _NO_END else ""
            yield _seen(spots.get((element, "tail")), take)
            continue
        pending.append((element, True))
        if is_program:
            layer = Layer.HIDDEN if isinstance(element.tag, str) else Layer.COMMENT
            take(layer, etree.tostring(element, encoding="unicode", with_tail=False))
            continue
        shaped = _attributes(element) if kept else {}
        beside = [value for name, value in element.items() if name not in shaped and value != _OUR_STYLE]
        take(Layer.LINK, "\n".join(beside))
        yield f"<{element.tag}{''.join(f' {name}={value}' for name, value in shaped.items())}>" if kept else ""
        for where in ("value", "placeholder", "label", "text"):
            yield _seen(spots.get((element, where)), take)
        pending += [(inner, False) for inner in reversed(element)]


def _attributes(element: Element) -> dict[str, str]:
    shaped = {name: element.get(name, "").strip() for name in ("colspan", "rowspan") if element.tag in ("td", "th")}
    return {name: value for name, value in shaped.items() if _WHOLE.match(value)}


def _seen(spot: Spot | None, take: Take) -> str:
    """Words as they are written in Markdown: what would be read as a tag or an entity is written as one is shown."""
    if spot is None:
        return ""
    if not spot.is_seen:
        return take(Layer.HIDDEN, spot.run.text)
    return _TAG.sub("&lt;", _ENTITY.sub("&amp;", spot.run.text))
