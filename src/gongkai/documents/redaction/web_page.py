"""网页的改动 — the words of a page as they are shown and hidden, its attributes, comments and programs (条例 第十五条).

A copy is a new page, written by `web_page_copy` from what a reader sees.
"""

from __future__ import annotations

import base64
import binascii
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from functools import partial
from itertools import count, groupby
from urllib.parse import unquote

from lxml import etree
from lxml import html as markup

from gongkai.documents.decoding import decode
from gongkai.documents.document import DocumentError
from gongkai.documents.limits import check_tags
from gongkai.documents.redaction import apart, web_page_copy, web_page_lists, web_page_order, web_page_readings
from gongkai.documents.redaction.editor import Editor, Picture, Slot, Table, shown, written
from gongkai.documents.redaction.places import Layer, Place, Sentence
from gongkai.documents.redaction.readings import readings
from gongkai.documents.redaction.values import Hidden
from gongkai.documents.redaction.web_page_readings import slot_of_spots
from gongkai.documents.refusals import refusal
from gongkai.documents.showing import Why
from gongkai.documents.showing.stylesheet import Element, strings
from gongkai.documents.showing.web_page import Page, Spot
from gongkai.text.hit import Hit
from gongkai.text.personal_data.signs import SHORTEST

_PROGRAMS = ("script", "noscript", "template", "iframe", "object", "embed", "applet")
_KEPT_META = frozenset(("viewport", "description", "keywords", "sitename", "sitedomain", "siteidcode", "columnname"))
_PICTURE = re.compile(r"data:image/(?!svg)[a-z0-9+.-]+;base64,([A-Za-z0-9+/=\s]+)$", re.IGNORECASE)
_DATA = re.compile(r"\s*data:([\w/+.-]*)((?:;[^,]*)?),(.*)", re.IGNORECASE | re.DOTALL)
_CONTENT = re.compile(r"content\s*:\s*['\"]\s*[^'\"\s]")
_LEAST = 8
"""Fewer signs than a number of a person has are no number."""
_WIDEST, _MOST_COVERED = 2_000, 200_000
_TOO_MERGED = "{file}：有一个表格合并的格子太多，没有检查。请把这个表格拆开，或者去掉合并再试"
_MOST_SPAN = 1_000
_DEEPEST = 250
_BY_STYLE = (
    "{file}：网页用样式排列数字或字形，程序看到的次序和读者看到的可能不同，没有检查。请打印成 PDF，或用隐去后的副本再试"
)
_WHY = {
    Why.RUN: "隐藏的内容 {count} 处：标作隐藏",
    Why.STYLE: "隐藏的内容 {count} 处：样式不显示",
    Why.ROW: "隐藏的内容 {count} 处：隐藏的行",
    Why.SIZE: "隐藏的内容 {count} 处：没有大小",
    Why.COLOUR: "隐藏的内容 {count} 处：与底色相同或透明",
    Why.OFF_PAGE: "隐藏的内容 {count} 处：在页面以外",
    Why.UNUSED: "隐藏的内容 {count} 处：浏览器用不到",
}


class WebPage(Editor):
    """网页."""

    format = "html"

    def _load(self, data: bytes) -> None:
        self._text = decode(self.source, data)
        text = self._text.encode("utf-8", "replace")
        check_tags(self.source, text, self.limits)
        try:
            root = markup.document_fromstring(text, parser=markup.HTMLParser(encoding="utf-8"))
        except (etree.LxmlError, ValueError, AssertionError):
            raise refusal("damaged", self.source) from None
        self._root: Element = root
        if _depth(root) > _DEEPEST:
            raise DocumentError(
                self.source, "{file}：网页的标签套得太深，没有读。请在浏览器里打开，另存为 docx 再试", file=self.source
            )
        self._page = Page(root)
        self._kept = web_page_copy.Kept()

    def parts(self) -> Iterator[Slot | Table]:
        """文字 — tables and paragraphs, then attributes, comments and programs."""
        in_cells: dict[Element, list[list[Spot]]] = defaultdict(list)
        for block in self._page.blocks:
            if block.cell is not None:
                in_cells[block.cell].append(block.spots)
        read: set[Element] = set()
        for number, table in enumerate(self._root.iter("table"), 1):
            otherwise: dict[int, list[Slot]] = {}
            yield (made := self._table(table, str(number), in_cells, read, otherwise))
            yield from apart.in_table(made.rows, otherwise)
            if self._page.looks[table].runs_left:
                yield Table([row[::-1] for row in made.rows], torn=True)
        paragraph = count(1)
        for block in self._page.blocks:
            place = Place(paragraph=next(paragraph))
            if block.cell is None or block.cell not in read:
                yield from _slots(place, [block.spots])
            else:
                yield from _between(place, [block.spots])
        yield from web_page_readings.others(self._page)
        yield from web_page_lists.of_terms(self._page)
        yield from web_page_lists.boxes(self._page)
        yield from web_page_lists.items(self._page, self._kept.unmarked.add)
        yield from self._signs_of_pictures()
        yield from self._attributes()
        yield from self._programs()
        if not self.unread and web_page_order.is_placed_by_style(self._page):
            self.unread.append(DocumentError(self.source, _BY_STYLE, file=self.source))

    def _signs_of_pictures(self) -> Iterator[Slot]:
        """Pictures of a sign or of some digits each, one after the other, as one word."""
        for is_sign, found in groupby(self._root.iter("img"), _is_of_a_number):
            images = list(found) if is_sign else []
            word = "".join(image.get("alt", "") for image in images)
            if len(images) > 1 and len(word) >= SHORTEST:
                yield written(Place(Layer.ALT, part="alt"), word, partial(self._spell, images))

    def _spell(self, images: Sequence[Element], word: str) -> None:
        at = 0
        for image in images:
            size = len(image.get("alt", ""))
            self._kept.said[image] = word[at : at + size]
            at += size

    def _table(
        self,
        table: Element,
        number: str,
        in_cells: dict[Element, list[list[Spot]]],
        read: set[Element],
        otherwise: dict[int, list[Slot]],
    ) -> Table:
        rows: list[list[Slot | None]] = []
        below: dict[tuple[int, int], Slot] = {}
        own = list(web_page_copy.own_rows(table))
        for at, row in enumerate(own):
            slots: list[Slot | None] = []
            for cell in row.iterchildren("td", "th"):
                while (at, len(slots)) in below:
                    slots.append(below[at, len(slots)])
                place = Place(grid=number, row=at + 1, column=len(slots) + 1)
                lines = in_cells.get(cell) or _within(cell, in_cells)
                slot = next(_slots(place, lines), None) or shown(place, "")
                read.add(cell)
                if without := [one for line in lines for one in web_page_readings.without_marks(place, line)]:
                    otherwise[id(slot)] = without
                wide, tall = span(cell, "colspan"), min(span(cell, "rowspan"), len(own) - at)
                if len(slots) + wide > _WIDEST or len(below) + wide * tall > _MOST_COVERED:
                    raise DocumentError(self.source, _TOO_MERGED, file=self.source)
                for down in range(1, tall):
                    below.update(dict.fromkeys(((at + down, len(slots) + right) for right in range(wide)), slot))
                slots += [slot] * wide
            rows.append(slots)
        return Table(rows)

    def _attributes(self) -> Iterator[Slot]:
        """Addresses, titles and whatever else stands in tags; the same words twice are read once."""
        known: set[str] = set()
        spots = self._page.spots
        for element in self._root.iter("*"):
            told = [element.tag, *(name for name, _ in element.items() if len(name) >= _LEAST)]
            if sum(map(str.isdigit, element.tag)) < _LEAST:
                told.pop(0)
            for name, value in element.items():
                if (element, name) in spots or _PICTURE.match(value):
                    continue
                if (element.tag, name) == ("a", "href"):
                    yield Slot(_attribute(name), value, partial(self._kept.unlink, element), sure=True)
                elif (element.tag, name) == ("img", "alt"):
                    yield Slot(Place(Layer.ALT, part=name), value, partial(self._kept.say, element, value))
                else:
                    told.append(value)
            yield from web_page_lists.fields(element)
            text = "\n".join(told)
            if len(text) >= _LEAST and text not in known:
                known.add(text)
                name = next((name for name, _ in element.items()), element.tag)
                for reading in dict.fromkeys((text, "".join(told), *readings(text), *map(_data, told))):
                    slot = shown(_attribute(name), reading, sure=True)
                    slot.markup = "<" in reading
                    yield slot

    def _programs(self) -> Iterator[Slot]:
        """Comments, wherever they stand; scripts, as they are written and with their strings put together."""
        for comment in _comments(self._root):
            slot = shown(Place(Layer.COMMENT, part="html"), comment.text or "", sure=True)
            slot.markup = True
            yield slot
        for element in self._root.iter("script", "style"):
            text = element.text or ""
            place = Place(Layer.PART, part=element.tag)
            more = [strings(text)] if element.tag == "style" else readings(text)
            for reading in (text, *more):
                slot = shown(place, reading, sure=True)
                slot.markup = "<" in reading
                yield slot

    def whole(self) -> Iterator[Slot]:
        """整个文件 — the page as it is written, with what the parser passes over."""
        slot = shown(Place(Layer.PART, part="html"), self._text, sure=True)
        slot.markup = True
        yield slot

    def pictures(self) -> Iterator[Picture]:
        """图片 — those written into the page itself."""
        for number, image in enumerate(self._root.iter("img"), 1):
            if match := _PICTURE.match(image.get("src", "")):
                try:
                    data = self._kept.pictures.get(image) or base64.b64decode(match[1])
                except (ValueError, binascii.Error):
                    continue
                yield Picture(Place(Layer.PICTURE, part=f"img-{number}"), data, partial(self._kept.show, image))

    def hidden(self) -> Iterator[Hidden]:
        """看不见的东西 — comments, scripts, hidden elements with the reason, authors."""
        if comments := len(list(_comments(self._root))):
            yield Hidden(Place(Layer.COMMENT, part="html"), Sentence("网页注释 {count} 处", {"count": comments}))
        if programs := sum(1 for _ in self._root.iter(*_PROGRAMS)):
            yield _hidden("脚本和内嵌的网页 {count} 处", count=programs)
        for why, places in Counter(map(self._reason, self._unseen())).items():
            yield _hidden(_WHY[why], count=places)
        authors = [meta for meta in self._root.iter("meta") if meta.get("name", "").lower() not in ("", *_KEPT_META)]
        if authors:
            yield _hidden("作者等说明 {count} 处", count=len(authors))

    def _unseen(self) -> Iterable[Element]:
        """The outermost elements of what is written and not seen, but for programs."""
        found: dict[Element, None] = {}
        hidden = [spot.element for block in self._page.blocks for spot in block.spots if not spot.is_seen]
        tails = {spot.element for block in self._page.blocks for spot in block.spots if spot.where == "tail"}
        images = [image for image in self._root.iter("img", "svg") if self._page.looks[image].why is not None]
        for element in [*hidden, *images]:
            outer = element.getparent() if element in tails and self._page.looks[element].why is None else element
            while (above := outer.getparent()) is not None and self._page.looks[above].why is not None:
                outer = above
            if not any(one.tag in _PROGRAMS for one in (outer, *outer.iterancestors())):
                found[outer] = None
        return found

    def _reason(self, element: Element) -> Why:
        return self._page.looks[element].why or Why.RUN

    def lost(self) -> Iterator[Sentence]:
        """副本里不保留的 — what a browser shows and the new page does not have."""
        looks = self._page.looks
        for template, tags in _LOST.items():
            if found := sum(1 for element in self._root.iter(*tags) if not _is_switched_off(looks[element].why, tags)):
                yield Sentence(template, {"count": found})
        outside = sum(1 for image in self._root.iter("img") if not _PICTURE.match(image.get("src", "")))
        if outside:
            yield Sentence("网页以外的图片 {count} 幅，只留下说明", {"count": outside})
        written = sum(len(_CONTENT.findall(style.text or "")) for style in self._root.iter("style"))
        if written:
            yield Sentence("样式表写在页面上的文字 {count} 处", {"count": written})

    def drop(self, columns: Iterable[tuple[str, int]]) -> None:
        """删列 — of tables, numbered as places name them."""
        wanted = sorted(columns, key=lambda column: (column[0], -column[1]))
        tables = {str(number): table for number, table in enumerate(self._root.iter("table"), 1)}
        for grid, column in wanted:
            if grid in tables:
                _drop_column(tables[grid], column)

    def strip(self) -> None:
        """去除看不见的 — the new page has none of it."""

    def save(self) -> bytes:
        """写出 — a new page of what is seen."""
        return web_page_copy.written(self._page, self._kept)


_LOST = {
    "内嵌的网页、音频、视频和程序画的图 {count} 处": (
        "iframe",
        "object",
        "embed",
        "applet",
        "audio",
        "video",
        "canvas",
    ),
    "矢量图 {count} 幅，只留下其中的文字": ("svg",),
    "表单的输入框和按钮 {count} 个，只留下其中的文字": ("input", "textarea", "select", "button"),
    "脚本 {count} 段，脚本写在页面上的内容不保留": ("script",),
}


def _is_of_a_number(image: Element) -> bool:
    said = image.get("alt", "")
    return len(said) == 1 or (said.isnumeric() and len(said) < SHORTEST)


def _is_switched_off(why: Why | None, tags: Sequence[str]) -> bool:
    return why is not None and not (why is Why.UNUSED and "iframe" in tags)


def _hidden(template: str, **values: object) -> Hidden:
    return Hidden(Place(Layer.HIDDEN, part="html"), Sentence(template, values))


def _attribute(name: str) -> Place:
    return Place(Layer.LINK, part=name)


def _within(cell: Element, in_cells: dict[Element, list[list[Spot]]]) -> list[list[Spot]]:
    """Of a cell that holds nothing but a table of a few signs: what stands in that."""
    lines = [line for inner in cell.iter("td", "th") for line in in_cells.get(inner, [])]
    return lines if sum(len(spot.run.text) for line in lines for spot in line) < SHORTEST else []


def _slots(place: Place, lines: Sequence[list[Spot]]) -> Iterator[Slot]:
    """A paragraph or cell: what is seen, then what is hidden in it, then the readings in which they tear each other."""
    seen = [[spot for spot in line if spot.is_seen] for line in lines]
    if any(seen):
        yield slot_of_spots(place, seen)
        yield from _between(place, lines)
    elif lines:
        yield slot_of_spots(place._replace(layer=Layer.HIDDEN, part=place.part or "html"), lines)


def _between(place: Place, lines: Sequence[list[Spot]]) -> Iterator[Slot]:
    """What is hidden among the words that are seen; then a number of both, or one that what may be hidden tears."""
    place = place._replace(layer=Layer.HIDDEN, part="html")
    hidden = [[spot for spot in line if not spot.is_seen] for line in lines]
    if any(hidden) and any(spot.is_seen for line in lines for spot in line):
        yield slot_of_spots(place, hidden)
        everything = slot_of_spots(place, lines)
        everything.only = partial(_is_of_both, lines)
        yield everything
    if any(spot.doubtful and spot.is_seen for line in lines for spot in line):
        sure = slot_of_spots(place, [[spot for spot in line if spot.is_seen and not spot.doubtful] for line in lines])
        together = "".join(spot.run.text for line in lines for spot in line if spot.is_seen)
        sure.only = lambda hit: hit.text not in together
        yield sure


def _is_of_both(lines: Sequence[list[Spot]], hit: Hit) -> bool:
    at, kinds = 0, set()
    for line in lines:
        for spot in line:
            if at < hit.end and hit.start < at + len(spot.run.text):
                kinds.add(spot.is_seen)
            at += len(spot.run.text)
        at += 1
    return len(kinds) > 1


def _comments(root: Element) -> Iterator[Element]:
    """Comments and instructions, those before and after the page itself too."""
    for tree in (*reversed(list(root.itersiblings(preceding=True))), root, *root.itersiblings()):
        yield from (one for one in tree.iter() if not isinstance(one.tag, str))


def _data(address: str) -> str:
    """What an address holds itself (data:), as text; pictures of dots are looked at as such."""
    found = _DATA.match(address)
    if found is None or (found[1].startswith("image/") and "svg" not in found[1]):
        return ""
    if "base64" not in found[2]:
        return unquote(found[3])
    try:
        return decode("data", base64.b64decode(found[3] + "=" * (-len(found[3]) % 4)))
    except (ValueError, DocumentError):
        return ""


def _depth(root: Element) -> int:
    """How deep the deepest element stands, without walking the ancestors of each."""
    deepest = depth = 0
    for event, _ in etree.iterwalk(root, events=("start", "end")):
        depth += 1 if event == "start" else -1
        deepest = max(deepest, depth)
    return deepest


def span(cell: Element, name: str) -> int:
    """跨几格 — how many rows or columns a cell covers."""
    value = cell.get(name, "1").strip()
    return max(1, min(int(value), _MOST_SPAN)) if value.isascii() and value.isdecimal() else 1


def _drop_column(table: Element, column: int) -> None:
    taken: set[tuple[int, int]] = set()
    for at, row in enumerate(web_page_copy.own_rows(table)):
        here = 1
        for cell in list(row.iterchildren("td", "th")):
            while (at, here) in taken:
                here += 1
            wide, tall = span(cell, "colspan"), span(cell, "rowspan")
            taken |= {(at + down, here + right) for down in range(tall) for right in range(wide)}
            if here <= column < here + wide:
                if wide > 1:
                    cell.set("colspan", str(wide - 1))
                else:
                    row.remove(cell)
            here += wide
