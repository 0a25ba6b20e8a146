"""文字底稿 — web pages, Markdown, plain text, JSON, csv: text into which pieces are set (条例 第十五条)."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Mapping

from tests.plants import plain_ways, web_ways
from tests.plants.planting import Base, Place, Sight

Way = tuple[str, str, Sight, bool, Callable[[str], str]]
"""种类、做法、谁看得见、是不是自己拆 — and what is set in at the mark."""


class Written(Base):
    """文字底稿 — pieces go in at the marks `{{front}}`, `{{head}}`, `{{body}}`, `{{end}}` of the frame."""

    def __init__(self, name: str, frame: str, ways: Iterable[tuple[str, Way]], encoding: str = "utf-8") -> None:
        self._between = _BETWEEN[name.rpartition(".")[2]]
        self.name, self._frame, self._ways, self._encoding = name, frame, list(ways), encoding
        self._pieces: dict[str, list[str]] = {}

    def places(self) -> Iterator[Place]:
        """每一处."""
        for mark, (kind, where, sight, tears, build) in self._ways:
            yield Place(kind, where, self._setting(mark, build), sight, tears)

    def _setting(self, mark: str, build: Callable[[str], str]) -> Callable[[str], None]:
        return lambda text: self._pieces.setdefault(mark, []).append(build(text))

    def save(self) -> bytes:
        """写出 — in its encoding."""
        text = self._frame
        for mark in ("front", "head", "body", "end"):
            text = text.replace(f"{{{{{mark}}}}}", self._between.join(self._pieces.get(mark, ())))
        return text.encode(self._encoding, "xmlcharrefreplace" if self.name.endswith("html") else "replace")


_BETWEEN = {"html": "<p>另行通知。</p>", "md": "\n\n另行通知。\n\n", "txt": "另行通知。\n", "csv": "甲乙,,丙丁\n"}
"""Between two pieces, that one does not run into the other."""


class Json(Base):
    """JSON 底稿 — an object that is added to."""

    name = "数据.json"

    def __init__(self, escaped: bool) -> None:
        self._data: dict[str, object] = {"标题": "统计", "年份": 2026, "行": [{"项": "受理", "数": 120}]}
        self._escaped = escaped
        self._raw: list[str] = []

    def places(self) -> Iterator[Place]:
        """每一处 — keys, values, depths, spellings of JSON itself."""
        for where, write in {
            "value": lambda text: {f"值{len(self._data)}": text},
            "value with a label": lambda text: {f"身份证号{len(self._data)}": text},
            "key": lambda text: {text: "甲"},
            "key and value in list": lambda text: {f"表{len(self._data)}": [{"k": "身份证号", "v": text}]},
            "deep": lambda text: {f"深{len(self._data)}": [[[[{"a": [text]}]]]]},
            "long text": lambda text: {f"文{len(self._data)}": f"经办人张某（{text}）同意。\n另行通知。"},
        }.items():
            yield Place("json", where, self._adding(write), Sight.SEEN)
        for where, torn in {
            "number": lambda text: {f"数{len(self._data)}": int(text) if text.isdigit() else text},
            "list of digits": lambda text: {f"位{len(self._data)}": list(text)},
            "list of numbers": lambda text: {f"位{len(self._data)}": [int(s) if s.isdigit() else s for s in text]},
            "list of parts": lambda text: {f"段{len(self._data)}": [text[:6], text[6:14], text[14:]]},
            "json in a string": lambda text: {f"串{len(self._data)}": json.dumps({"a": {"号": text}})},
            "html in a string": lambda text: {f"页{len(self._data)}": f"<p>{text[:5]}<b>{text[5:]}</b></p>"},
        }.items():
            yield Place("json", where, self._adding(torn), Sight.SEEN, tears=True)
        for where, pattern in {
            "escapes": lambda text: f'"e{len(self._raw)}": "{_escaped(text, 1)}"',
            "some escapes": lambda text: f'"e{len(self._raw)}": "{_escaped(text, 3)}"',
            "twice one key": lambda text: f'"标题": "{text}"',
            "comment": lambda text: f'/* {text} */ "c{len(self._raw)}": 1',
            "exponent": lambda text: (
                f'"x{len(self._raw)}": {text[0]}.{text[1:]}e{len(text) - 1}'
                if text.isdigit()
                else f'"x{len(self._raw)}": "{text}"'
            ),
        }.items():
            yield Place("json", where, self._raw_adding(pattern), Sight.EITHER, tears=True)

    def _adding(self, build: Callable[[str], Mapping[str, object]]) -> Callable[[str], None]:
        return lambda text: self._data.update(build(text))

    def _raw_adding(self, build: Callable[[str], str]) -> Callable[[str], None]:
        return lambda text: self._raw.append(build(text))

    def save(self) -> bytes:
        """写出."""
        text = json.dumps(self._data, ensure_ascii=self._escaped, indent=1)
        return ",\n".join([text[:-1].rstrip(), *self._raw]).encode() + b"\n}"


def _escaped(text: str, every: int) -> str:
    return "".join(f"\\u{ord(sign):04x}" if at % every == 0 else sign for at, sign in enumerate(text))


def _web(encoding: str) -> Callable[[], Base]:
    frame = web_ways.FRAME.replace("utf-8", "gb2312" if encoding == "gb18030" else encoding)
    return lambda: Written("通知.html", frame, web_ways.ways(), encoding)


def _of(name: str, encoding: str = "utf-8") -> Callable[[], Base]:
    frame, ways = plain_ways.FRAMES[name], plain_ways.WAYS[name]
    full = {"md": "通知.md", "txt": "通知.txt", "csv": "名录.csv", "tab": "名录.csv", "semicolon": "名录.csv"}[name]
    return lambda: Written(full, frame, ways, encoding)


BASES: dict[str, Callable[[], Base]] = {
    "html by hand": _web("utf-8"),
    "html in gb18030": _web("gb18030"),
    "html in utf-16": _web("utf-16"),
    "md by hand": _of("md"),
    "txt by hand": _of("txt"),
    "txt in gb18030": _of("txt", "gb18030"),
    "txt in utf-16": _of("txt", "utf-16"),
    "csv by hand": _of("csv"),
    "csv by tabs": _of("tab"),
    "csv by semicolons": _of("semicolon", "gb18030"),
    "csv in utf-16": _of("tab", "utf-16"),
    "json by hand": lambda: Json(escaped=False),
    "json with escapes": lambda: Json(escaped=True),
}
