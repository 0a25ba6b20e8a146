"""所在之处 — where in a file something stands, the places that nobody sees included, in words for a reviewer."""

from __future__ import annotations

from enum import StrEnum
from typing import NamedTuple


class Layer(StrEnum):
    """层 — body 正文, and what is not seen at first sight: each value is the code that is stored (条例 第十五条).

    header 页眉页脚, note 脚注尾注, comment 批注, tracked 修订, hidden 隐藏的行列和文字, property 文件属性,
    alt 替代文字, link 链接, cache 缓存, picture 图片, annotation 注释, attachment 附件, name 文件名, part 其他部件.
    """

    BODY = "body"
    HEADER = "header"
    NOTE = "note"
    COMMENT = "comment"
    TRACKED = "tracked"
    HIDDEN = "hidden"
    PROPERTY = "property"
    ALT = "alt"
    LINK = "link"
    CACHE = "cache"
    PICTURE = "picture"
    ANNOTATION = "annotation"
    ATTACHMENT = "attachment"
    NAME = "name"
    PART = "part"


class Sentence(NamedTuple):
    """一句话 — a Chinese template with named fields, for the page to translate."""

    template: str
    values: dict[str, object]

    def __str__(self) -> str:
        return self.template.format(**self.values)


class Place(NamedTuple):
    """所在之处 — counts from 1, None where they do not apply. `member`: the file inside a zip; `grid`: the sheet,
    or the number of the table; `part`: the property, picture or part by its name."""

    layer: Layer = Layer.BODY
    member: str = ""
    grid: str = ""
    row: int | None = None
    column: int | None = None
    header: str = ""
    paragraph: int | None = None
    page: int | None = None
    line: int | None = None
    part: str = ""

    @property
    def sentence(self) -> Sentence:
        """说出位置 — 工作表“名单”第 3 行第 4 列（身份证号）."""
        values = {name: value for name, value in self._asdict().items() if value not in (None, "")}
        return Sentence(self._template(), values)

    def _template(self) -> str:
        if self.row is not None and self.column is not None:
            seen = _IN_CELL[Layer.BODY] if self.header else "表“{grid}”第 {row} 行第 {column} 列"
            return _IN_CELL.get(self.layer, seen) if self.layer is not Layer.BODY else seen
        if self.page is not None:
            on_page = "第 {page} 页" if self.line is None else "第 {page} 页第 {line} 行"
            return "第 {page} 页的注释" if self.layer is Layer.ANNOTATION else on_page
        if self.layer in _SEEN and (self.line or self.paragraph):
            return "第 {line} 行" if self.line else _PARAGRAPHS.get(self.layer, "第 {paragraph} 段")
        if self.part:
            return _NAMED[self.layer]
        if self.grid:
            return _IN_GRID.get(self.layer, "表“{grid}”")
        if self.layer is Layer.NAME:
            return "文件名 {member}" if self.member else "文件名"
        return "{layer}"


_IN_CELL = {
    Layer.BODY: "表“{grid}”第 {row} 行第 {column} 列（{header}）",
    Layer.HIDDEN: "表“{grid}”第 {row} 行第 {column} 列（看不见）",
    Layer.COMMENT: "表“{grid}”第 {row} 行第 {column} 列的批注",
    Layer.LINK: "表“{grid}”第 {row} 行第 {column} 列的链接",
    Layer.CACHE: "表“{grid}”第 {row} 行第 {column} 列的公式",
}
_SEEN = {Layer.BODY, Layer.LINK, Layer.HEADER, Layer.NOTE, Layer.COMMENT, Layer.TRACKED, Layer.HIDDEN}
_PARAGRAPHS = {
    Layer.HEADER: "页眉页脚第 {paragraph} 段",
    Layer.NOTE: "脚注尾注第 {paragraph} 段",
    Layer.COMMENT: "批注第 {paragraph} 段",
    Layer.TRACKED: "第 {paragraph} 段的修订记录",
    Layer.LINK: "第 {paragraph} 段的链接",
    Layer.HIDDEN: "第 {paragraph} 段（看不见）",
}
_NAMED = {
    Layer.BODY: "部件 {part}",
    Layer.HEADER: "页眉页脚 {part}",
    Layer.NOTE: "部件 {part}",
    Layer.COMMENT: "部件 {part} 里的批注",
    Layer.TRACKED: "部件 {part} 里的修订记录",
    Layer.HIDDEN: "看不见的 {part}",
    Layer.PROPERTY: "文件属性 {part}",
    Layer.ALT: "替代文字 {part}",
    Layer.LINK: "链接 {part}",
    Layer.CACHE: "缓存的数据 {part}",
    Layer.PICTURE: "图片 {part}",
    Layer.ANNOTATION: "注释 {part}",
    Layer.ATTACHMENT: "夹带的文件 {part}",
    Layer.NAME: "文件名 {part}",
    Layer.PART: "部件 {part}",
}
_IN_GRID = {Layer.HEADER: "表“{grid}”的页眉页脚", Layer.COMMENT: "表“{grid}”的批注"}
