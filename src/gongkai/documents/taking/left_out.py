"""没有取到的 — what a file shows and a reading of its text has not: pictures, notes, what is filled in (条例 第十七条).

    left_out("通知.docx", taken) -> [Sentence("图片 {count} 幅", {"count": 2}), …]

Made of what the readers and the editors know. A format that has no editor is said to be looked at by a person.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import replace
from io import BytesIO
from typing import cast

import pikepdf
from lxml import etree

from gongkai.documents import isolation
from gongkai.documents.decoding import decode
from gongkai.documents.document import Block, Document, DocumentError, Paragraph
from gongkai.documents.limits import LIMITS, Limits
from gongkai.documents.redaction import sheet_losses, word_copy, word_unseen
from gongkai.documents.redaction.package import Package
from gongkai.documents.redaction.pdf_unseen import notes
from gongkai.documents.redaction.places import Layer, Sentence
from gongkai.documents.redaction.word_parts import Parts
from gongkai.documents.showing.drawings import drawn_on
from gongkai.documents.showing.word import Story
from gongkai.documents.showing.workbook import Book
from gongkai.documents.taking import Taken

_SECONDS = 10
_SAID = {
    "hidden": "看不见的内容（隐藏的工作表、行、列和字）没有取",
    "unlooked": "里面有没有看不见的内容没有看成，取来的可能有：请对照原件逐字核对",
    "picture": "图片 {count} 幅",
    "chart": "图表 {count} 个",
    "diagram": "SmartArt 图形 {count} 个",
    "textbox": "文本框 {count} 个",
    "wordart": "艺术字、文字水印 {count} 处",
    "shape": "形状 {count} 个",
    "object": "嵌入的对象或文件 {count} 个",
    "control": "控件 {count} 个",
    "filled": "表单里填的内容 {count} 处",
    "note": "脚注尾注 {count} 条",
    "header": "页眉页脚 {count} 处",
    "comment": "批注 {count} 条",
    "annotation": "注释 {count} 处",
    "struck": "划去的字 {count} 处：没有取",
    "kept": "划去的字 {count} 处：和没有划去的分不开，也取到了正文里，请删去",
    "revised": "修订（没有接受的）{count} 处：照全部接受以后的样子取，删去的没有取，插入的取了",
    "raised": "上标、下标 {count} 处：写成了 ^(…) 或者 _(…)，请改写",
    "glued": "上标、下标 {count} 处：正文里和前后的字连成了一串（10 的 3 次方成了 103），请改写",
    "lost": "上标、下标 {count} 处：认不准在哪里，没有取，请照原件补上",
    "flat": "上标、下标（平方米、10 的几次方那样的）没有看成：正文里可能没有，或者和前面的数连成了一串，请对照原件改",
    "ruby": "注音 {count} 处：没有取",
    "formula": "公式 {count} 个：正文里不是原来的样子，请改写",
    "symbol": "插入的符号 {count} 个，认不出是什么：没有取，请补上",
    "numbering": "自动编号的列表 {count} 处，编号的样子认不准：请对照原件改",
    "format": "显示成什么样认不准的数 {count} 格：正文里是文件里存的数，请照原件改",
    "drawn": "只显示图标、数据条，不显示数的 {count} 格：没有取，请照原件写成文字",
    "coloured": "只用颜色（红字）表示负数的 {count} 格：正文里没有颜色，写上了负号",
    "narrow": "列太窄、显示成 #### 的数 {count} 格：正文里是写全的数",
    "uncomputed": "没有算出值的公式 {count} 格：正文里是空的，请用表格软件打开、保存一次再取",
    "recognised": "图片、扫描件 {count} 页：文字是识别出来的，可能认错，请对照原件逐字核对",
    "nested": "表格里的表格 {count} 个：排在外面那张表的后面",
    "unruled": "没有框线的表格 {count} 处：正文里一行一行，没有排成表格，行列可能要重排",
    "broken": "一句话断成几行的 {count} 处：原件的一行，正文里是一段，请接起来",
    "edge": "每页都有的页眉、页脚、页码 {count} 处：也取到了正文里，请删去",
    "torn": "认不出的字符 {count} 处：正文里显示为“�”，请对照原件改好",
    "written": "样式写出来的字 {count} 处：没有取，请照网页补上",
    "mixed": "像是另一种编码的 {count} 行：读出来的可能不是原来的字，请对照原件改好",
    "turned": "改变文字方向的字符 {count} 个：没有取，字照看上去的次序取",
    "leftward": "从右往左排、倒着排的字 {count} 处：正文里的次序和看到的可能不一样，请对照原件改",
    "page": "文件名是 .txt，里面写的是网页的标签：照浏览器里看到的取，和记事本里看到的不一样",
    "unknown": "{format} 文件里的图片、脚注、页眉页脚没有看：请对照原件核对",
}
"""没有取到什么 — in the order in which it is said."""
_OF_WORD = {
    "chart": "chart",
    "relIds": "diagram",
    "OLEObject": "object",
    "control": "control",
    "textpath": "wordart",
    "altChunk": "object",
    "vector": "picture",
    "linked": "picture",
}
_OF_SHEET = {"chartex": "chart", "frame": "object"}
_LAYERS = {Layer.HEADER: "header", Layer.NOTE: "note", Layer.COMMENT: "comment"}
_SOURCES = re.compile(
    r"\.(?:svg|x[ms]l|xslt|xsd|rss|css|m?js|ts|jsonl?|ya?ml|toml|ini|tex|bib|sql|sh|bat|py|rb|php|java|[ch]|cpp|cs)$",
    re.IGNORECASE,
)
_MARKUP = re.compile(r"\s*<(?:\?xml|!doctype|!--|[a-z][\w:.-]*[\s/>])", re.IGNORECASE)
_TEXTS = ("txt", "md", "csv")


def is_source(name: str, document: Document) -> bool:
    """源文本 — whether a text is a drawing, data or a program, which nobody reads as a document (条例 第十七条)."""
    if document.format == "json":
        return True
    first = next((_text(block) for block in next(document.views()).blocks), "")
    return document.format in _TEXTS and bool(_SOURCES.search(name) or _MARKUP.match(first))


def left_out(name: str, taken: Taken, limits: Limits = LIMITS) -> list[Sentence]:
    """没有取到的 — a sentence for each kind of what a file has and the text taken of it has not; never raises."""
    view, counts, form, data = taken
    counted = Counter(counts)
    work = _COUNTS.get(form)
    limits = replace(limits, seconds=_SECONDS)
    try:
        if work is not None:
            found = isolation.done_apart(name, _counted, (form, name, data, limits), limits)
            counted.update(cast("dict[str, int]", found))
    except DocumentError:
        work = None
    if view.seen:  # pages that were read by looking at them are pictures
        counted["picture"] = max(0, counted["picture"] - len(view.seen))
    if work is None and form not in _TEXTS and not view.seen:
        counted["unknown"] += 1
    values = {kind: {"count": count} for kind, count in counted.items()} | {"unknown": {"format": form}}
    return [Sentence(said, dict[str, object](values[kind])) for kind, said in _SAID.items() if counted[kind]]


def _text(block: Block) -> str:
    if isinstance(block, Paragraph):
        return block.text
    return "\t".join(text for row in block.rows for text in row.texts)


def _counted(form: str, name: str, data: bytes, limits: Limits) -> dict[str, int]:
    return dict(Counter(_COUNTS[form](name, data, limits)))


def _of_word(name: str, data: bytes, limits: Limits) -> Iterator[str]:
    parts = Parts(name, Package(name, data, limits), limits)
    yield from ("picture" for _ in word_unseen.pictures(parts))
    for part in parts.stories:
        if kind := _LAYERS.get(part.layer):
            held = [part.root] if kind == "header" else part.root.iter("{*}footnote", "{*}endnote", "{*}comment")
            yield from (kind for one in held if _is_anything_seen(part.story, one))
        yield from ("filled" for _ in part.root.iter("{*}ffData"))
    for lost, count in word_copy.losses(parts, lambda _: False).items():
        yield from [_OF_WORD[lost]] * count if lost in _OF_WORD else ()


def _is_anything_seen(story: Story, held: etree._Element) -> bool:
    atoms = (atom for paragraph in held.iter("{*}p") for atom in story.atoms(paragraph))
    return any(atom.is_seen and atom.run.text.strip() for atom in atoms)


def _of_sheet(name: str, data: bytes, limits: Limits) -> Iterator[str]:
    book = Book(name, data, limits)
    for page in book.pages:
        if page.kind != "worksheet":
            yield "chart"
            continue
        for drawn in drawn_on(book.parts, page):
            if not drawn.is_hidden:
                yield _OF_SHEET.get(drawn.kind, drawn.kind)
        yield from ("header" for header in page.headers if header.is_shown and header.text.strip())
        yield from ["comment"] * sum(sheet_losses.comments(book, page))


def _of_pdf(_name: str, data: bytes, _limits: Limits) -> Iterator[str]:
    with pikepdf.open(BytesIO(data)) as file:
        for page in file.pages:
            for note in notes(page):
                if note.is_field:
                    yield from ["filled"] if note.value.strip() else []
                elif note.words.strip() and not note.address and not note.words.startswith("/"):
                    yield "annotation"  # one without words, as a link within the file, is told by its kind alone
            yield from ("picture" for _ in page.images)


def _of_page(name: str, data: bytes, _limits: Limits) -> Iterator[str]:
    root = etree.fromstring(decode(name, data).encode("utf-8", "replace"), etree.HTMLParser(encoding="utf-8"))
    for element in root.iter("img", "svg", "canvas", "object", "embed", "iframe", "video", "textarea", "input"):
        if element.tag not in ("textarea", "input"):
            yield "picture" if element.tag in ("img", "svg", "canvas") else "object"
        elif (element.text or element.get("value") or "").strip() and element.get("type", "text") in ("text", "date"):
            yield "filled"


_COUNTS: dict[str, Callable[[str, bytes, Limits], Iterator[str]]] = {
    "docx": _of_word,
    "xlsx": _of_sheet,
    "pdf": _of_pdf,
    "html": _of_page,
}
