"""看不见的和带不走的 — what a sheet hides, and what a reader sees of it that no copy carries over (条例 第十七条)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping

from lxml import etree

from gongkai.documents.number_format import gives_colour
from gongkai.documents.redaction.package import IMPERSONAL
from gongkai.documents.redaction.places import Layer, Place, Sentence
from gongkai.documents.redaction.sheet_parts import is_picture, safe
from gongkai.documents.redaction.values import Hidden
from gongkai.documents.showing import How, Why
from gongkai.documents.showing.cells import letters_of
from gongkai.documents.showing.drawings import drawn_on
from gongkai.documents.showing.parts import Parts
from gongkai.documents.showing.sheet import View
from gongkai.documents.showing.workbook import Book, Page

_PARTS = {
    "xl/pivotcache/": "数据透视表缓存的数据：{name}",
    "xl/externallinks/": "引用别的文件时缓存的数据：{name}",
    "xl/connections": "数据连接：{name}",
    "xl/querytables/": "数据查询：{name}",
    "xl/charts/": "图表里缓存的数据，副本里不保留：{name}",
    "xl/embeddings/": "嵌入的文件：{name}",
    "xl/threadedcomments/": "批注：{name}",
    "xl/persons/": "批注人：{name}",
    "xl/vba": "宏：{name}",
    "customxml/": "夹带的数据：{name}",
    "xl/slicer": "切片器缓存的数据：{name}",
    "xl/model/": "数据模型：{name}",
    "xl/macrosheets/": "宏：{name}",
    "docprops/thumbnail": "缩略图：{name}",
    "xl/ctrlprops/": "控件的属性：{name}",
}
_CELLS = {
    Why.FORMAT: "工作表“{name}”有 {count} 格用格式藏起了内容",
    Why.COLOUR: "工作表“{name}”有 {count} 格的字与底色相同，看不见",
    Why.SIZE: "工作表“{name}”有 {count} 格的字小到看不见",
    Why.COVERED: "工作表“{name}”有 {count} 格被合并的单元格盖住",
}
_IN_SHEETS = {
    "dataValidation": "工作表“{name}”的数据有效性规则 {count} 条（里面的名单和提示不进副本）",
    "scenario": "工作表“{name}”的方案 {count} 个",
}
_DRAWN = {
    "chart": "工作表“{name}”上的图表 {count} 个不带进副本",
    "chartex": "工作表“{name}”上的图表 {count} 个不带进副本",
    "diagram": "工作表“{name}”上的 SmartArt 图形 {count} 个不带进副本",
    "textbox": "工作表“{name}”上的文本框 {count} 个在副本里只有文字，没有原来的字体、颜色和边框",
    "shape": "工作表“{name}”上的形状 {count} 个不带进副本",
    "frame": "工作表“{name}”上的切片器等对象 {count} 个不带进副本",
    "picture": "工作表“{name}”上的图片 {count} 幅格式特殊，不带进副本",
}
_OF_PRINTING = {
    "_xlnm.Print_Titles": "工作表“{name}”打印时每页重复的标题行、标题列在副本里不重复",
    "_xlnm.Print_Area": "工作表“{name}”的打印区域不带进副本，副本打印全部内容",
}
_CARRIED = (".png", ".jpg", ".jpeg", ".gif", ".bmp", ".jfif")


def hidden_things(book: Book, view: View, labels: Mapping[str, str]) -> Iterator[Hidden]:
    """看不见的东西 — of the file, of each sheet, of its cells; a sentence for each kind."""
    for label, value in _properties(book.parts):
        values: dict[str, object] = {"name": safe(label), "value": value}
        yield Hidden(Place(Layer.PROPERTY, part=safe(label)), Sentence("文件属性 {name}：{value}", values))
    for page in book.pages:
        yield from _of_page(page, view, labels[page.part])
    for start, what in _PARTS.items():
        names = [name for name in book.parts.names if name.lower().startswith(start) and "/_rels/" not in name]
        if names:
            name = safe(names[0])
            yield Hidden(Place(Layer.CACHE, part=name), Sentence(what, {"name": name}))
    root = book.parts.root(book.part)
    names = [each.get("name", "") for each in root.iterfind("{*}definedNames/{*}definedName")]
    kept = [name for name in names if not name.startswith("_xlnm.")]
    if kept:
        yield Hidden(Place(Layer.CACHE, part=book.part), Sentence("自定义名称 {count} 个", {"count": len(kept)}))
    unused = sum(bool(text.strip()) for text in book.strings.unused())
    if unused:
        place = Place(Layer.CACHE, part=book.strings_part)
        yield Hidden(place, Sentence("没有一格用到的旧文字 {count} 条", {"count": unused}))


def _of_page(page: Page, view: View, label: str) -> Iterator[Hidden]:
    place = Place(Layer.HIDDEN, grid=label)
    if page.is_hidden:
        yield Hidden(place, Sentence("隐藏的工作表“{name}”", {"name": label}))
    if page.kind == "worksheet":
        yield from _of_lines(page, view, label, place)
    for count in comments(view.book, page):
        where = Place(Layer.COMMENT, grid=label, part=label)
        yield Hidden(where, Sentence("批注 {count} 条", {"count": count}))
    if page.frame is not None:
        for tag, what in _IN_SHEETS.items():
            if count := sum(1 for _ in page.frame.iter(f"{{*}}{tag}")):
                yield Hidden(place, Sentence(what, {"name": label, "count": count}))
    if unseen := sum(not header.is_shown for header in page.headers):
        yield Hidden(place, Sentence("工作表“{name}”没有启用的页眉页脚 {count} 处", {"name": label, "count": unseen}))


def comments(book: Book, page: Page) -> Iterator[int]:
    """批注 — how many each part of a sheet's comments holds (条例 第十七条)."""
    for relation in book.parts.relations(page.part).values():
        if relation.kind == "comments" and relation.target in book.parts.names:
            yield sum(1 for _ in book.parts.root(relation.target).iter("{*}comment"))


def _of_lines(page: Page, view: View, label: str, place: Place) -> Iterator[Hidden]:
    counts, rows, columns = view.unseen(page)
    if rows:
        yield Hidden(place, Sentence("工作表“{name}”隐藏了 {count} 行", {"name": label, "count": len(rows)}))
    for column in sorted(columns):
        values: dict[str, object] = {"name": label, "column": letters_of(column)}
        yield Hidden(place._replace(column=column), Sentence("工作表“{name}”隐藏了 {column} 列", values))
    for why, what in _CELLS.items():
        if counts[why]:
            yield Hidden(place, Sentence(what, {"name": label, "count": counts[why]}))


def lost_things(book: Book, view: View, labels: Mapping[str, str]) -> Iterator[Sentence]:
    """副本里不保留的 — what a reader sees on the sheets and a copy has not, a sentence for each kind."""
    shown = [page for page in book.pages if not page.is_hidden]
    if not any(page.kind == "worksheet" for page in shown):
        yield Sentence("这个工作簿没有看得见的表格，副本里只有一张空表", {})
    elif not any(_is_anything_carried(page, view) for page in shown):
        yield Sentence("副本是空的，没有可以看的内容", {})
    named = {name: _named(book, name) for name in _OF_PRINTING}
    for page in shown:
        label = labels[page.part]
        for name, what in _OF_PRINTING.items():
            if page.name in named[name]:
                yield Sentence(what, {"name": label})
        if page.kind != "worksheet":
            yield Sentence("图表工作表“{name}”不带进副本，副本里没有这张图", {"name": label})
            continue
        for kind, count in _drawn(book.parts, page).items():
            yield Sentence(_DRAWN[kind], {"name": label, "count": count})
        yield from _painted(book.parts, page, label)
        if any(gives_colour(book.styles[number].code) for number in _styles_of_numbers(page)):
            yield Sentence("工作表“{name}”由数字格式给出的颜色（例如负数的红色）在副本里没有", {"name": label})


def _is_anything_carried(page: Page, view: View) -> bool:
    """Whether a copy of the page has a text or a picture."""
    if page.kind != "worksheet":
        return False
    if any(one.how is not How.HIDDEN and one.text.strip() for _, cells in view.rows(page) for one in cells):
        return True
    drawn = (one for one in drawn_on(view.book.parts, page) if not one.is_hidden)
    return any(one.kind == "textbox" or one.part.lower().endswith(_CARRIED) for one in drawn)


def _named(book: Book, name: str) -> set[str]:
    """The names of sheets that have a range of this name: rows printed again on every page, an area that is printed."""
    root = book.parts.root(book.part)
    names = [sheet.get("name", "") for sheet in root.iterfind("{*}sheets/{*}sheet")]
    said = {
        each.get("localSheetId", "")
        for each in root.iterfind("{*}definedNames/{*}definedName")
        if each.get("name") == name
    }
    return {name for at, name in enumerate(names) if str(at) in said}


def _styles_of_numbers(page: Page) -> set[int]:
    return {cell.style for line in page.lines.values() for cell in line.cells.values() if cell.kind == "n"}


def _drawn(parts: Parts, page: Page) -> Counter[str]:
    counts: Counter[str] = Counter()
    for drawn in drawn_on(parts, page):
        if drawn.is_hidden:
            continue
        if drawn.kind != "picture" or not drawn.part.lower().endswith(_CARRIED):
            counts[drawn.kind] += 1
    return counts


def _painted(parts: Parts, page: Page, label: str) -> Iterator[Sentence]:
    relations = Counter(relation.kind for relation in parts.relations(page.part).values())
    if relations["pivotTable"]:
        yield Sentence("工作表“{name}”的数据透视表在副本里只有单元格，不能再展开", {"name": label})
    if relations["ctrlProp"] or relations["control"]:
        yield Sentence("工作表“{name}”上的按钮、选择框等控件不带进副本", {"name": label})
    if relations["oleObject"] or relations["package"]:
        yield Sentence("工作表“{name}”上嵌入的文件不带进副本", {"name": label})
    tags = {etree.QName(each).localname for each in page.frame.iter(etree.Element)} if page.frame is not None else set()
    if tags & {"picture", "legacyDrawingHF"}:
        yield Sentence("工作表“{name}”的背景图和页眉里的图不带进副本", {"name": label})
    if page.frame is not None and any(rule.get("dxfId") for rule in page.frame.iter("{*}cfRule")):
        yield Sentence("工作表“{name}”按条件变色的格子在副本里没有颜色", {"name": label})
    if tags & {"colorScale", "dataBar", "iconSet", "sparkline"}:
        yield Sentence("工作表“{name}”的色阶、数据条、图标和迷你图不带进副本", {"name": label})
    if any(header.is_shown and not header.part.startswith("odd") for header in page.headers):
        yield Sentence("工作表“{name}”首页和偶数页另设的页眉页脚不带进副本", {"name": label})
    if any("DISPIMG" in (cell.formula or "") for line in page.lines.values() for cell in line.cells.values()):
        yield Sentence("工作表“{name}”嵌在单元格里的图片不带进副本", {"name": label})


def _properties(parts: Parts) -> Iterator[tuple[str, str]]:
    """Properties that may tell of a person."""
    for name in parts.names:
        if not name.lower().startswith("docprops/") or is_picture(parts, name) or not name.lower().endswith(".xml"):
            continue
        for element in parts.root(name).iter("{*}*"):
            label = etree.QName(element).localname
            parent = element.getparent()
            if name.endswith("custom.xml") and parent is not None:
                label = parent.get("name", label)
            if element.text and element.text.strip() and label not in IMPERSONAL:
                yield label, element.text.strip()
