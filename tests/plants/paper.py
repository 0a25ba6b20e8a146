"""PDF 底稿 — by raw operators, by the library of the tests, by typesetting; every object is walked (条例 第十五条)."""

from __future__ import annotations

import io
from collections import Counter
from collections.abc import Callable, Iterator
from functools import cache

import pikepdf
from pikepdf import Array, Dictionary, Name, Stream, String

from tests.documents import make
from tests.plants import pdf_entries, pdf_fonts, pdf_ways
from tests.plants.planting import Base, Place

_MOST_ALIKE = 2
_DEEPEST = 3


class Paper(Base):
    """PDF 底稿."""

    name = "通知.pdf"

    def __init__(self, data: bytes) -> None:
        self._file = pikepdf.open(io.BytesIO(data))
        self._page = self._file.pages[-1]
        self._raw: list[tuple[str, str]] = []
        self._content: list[str] = []

    def places(self) -> Iterator[Place]:
        """每一处 — content, entries, objects, bytes."""
        for where, sight, build in pdf_ways.CONTENT:
            yield Place("pdf " + where.partition(":")[0], where, self._adding(build), sight, tears=True)
        for kind, where, sight, tears, entry in (*pdf_entries.ENTRIES, *pdf_fonts.ENTRIES):
            yield Place(kind, where, self._entering(entry), sight, tears)
        for where in pdf_ways.RAW:
            yield Place("pdf raw", where, self._editing(where), tears=True)
        for key in ("/Author", "/Title", "/Subject", "/Keywords", "/Creator", "/Own", "/SourceModified"):
            yield Place("pdf info", key, self._info(key))
        yield Place(
            "pdf info", "name of an entry", lambda text: self._file.docinfo.__setitem__(f"/N{text}", "a"), tears=True
        )
        yield from self._walk()

    def _adding(self, build: Callable[[str], str]) -> Callable[[str], None]:
        def write(text: str) -> None:
            at = 90 + 26 * len(self._content)
            self._content.append(build(text).replace("{y2}", str(at - 6)).replace("{y}", str(at)))

        return write

    def _entering(self, entry: pdf_entries.Entry) -> Callable[[str], None]:
        def write(text: str) -> None:
            self._fonts()
            entry(self._file, self._page, text)

        return write

    def _editing(self, where: str) -> Callable[[str], None]:
        return lambda text: self._raw.append((where, text))

    def _info(self, key: str) -> Callable[[str], None]:
        def write(text: str) -> None:
            self._file.docinfo[key] = text

        return write

    def _walk(self) -> Iterator[Place]:
        met: Counter[str] = Counter()
        for thing in list(self._file.objects):
            if isinstance(thing, (Dictionary, Stream)):
                kind = str(thing.get("/Type", thing.get("/Subtype", "/None")))
                met[kind] += 1
                if met[kind] <= _MOST_ALIKE:
                    yield from self._in(thing, kind, 0)

    def _in(self, thing: pikepdf.Object, kind: str, depth: int) -> Iterator[Place]:
        is_stream = isinstance(thing, Stream)
        yield Place("pdf own entry", f"string {kind}", _putting(thing, "/Own", String))
        yield Place("pdf own entry", f"name {kind}", _putting(thing, "/Own", lambda n: Name(f"/N{n}")), tears=True)
        yield Place("pdf own entry", f"key {kind}", _keyed(thing), tears=True)
        yield Place("pdf own entry", f"number {kind}", _putting(thing, "/Own", _number), tears=True)
        yield Place("pdf own entry", f"stream {kind}", _putting(thing, "/Own", self._streamed))
        for key, value in list(thing.items()):
            if isinstance(value, String):
                yield Place("pdf string", f"{kind}{key}", _putting(thing, key, String))
            elif isinstance(value, Name) and key != "/Filter":
                yield Place("pdf name", f"{kind}{key}", _putting(thing, key, lambda n: Name(f"/N{n}")), tears=True)
            elif isinstance(value, Dictionary) and depth < _DEEPEST and not value.is_indirect:
                yield from self._in(value, f"{kind}{key}", depth + 1)
        if is_stream and "/Subtype" not in thing:
            yield Place("pdf stream", f"behind the words of {kind}", _behind(thing), tears=True)

    def _streamed(self, text: str) -> pikepdf.Object:
        return self._file.make_indirect(Stream(self._file, text.encode()))

    def _fonts(self) -> None:
        page = self._page.obj
        if "/Resources" not in page:
            page.Resources = Dictionary()
        resources = page.Resources
        for key, made in {
            "/Font": {"/Plant": Dictionary(Type=Name.Font, Subtype=Name.Type1, BaseFont=Name.Helvetica)},
            "/ExtGState": {"/PlantGone": Dictionary(ca=0, CA=0), "/PlantTimes": Dictionary(BM=Name.Multiply)},
        }.items():
            if key not in resources:
                resources[key] = Dictionary()
            for name, value in made.items():
                if name not in resources[key]:
                    resources[key][name] = self._file.make_indirect(value)
        if any("/PlantOff" in content for content in self._content):
            group = self._file.make_indirect(Dictionary(Type=Name.OCG, Name=String("off")))
            resources.Properties = Dictionary(PlantOff=group)
            self._file.Root.OCProperties = Dictionary(OCGs=Array([group]), D=Dictionary(OFF=Array([group])))

    def save(self) -> bytes:
        """写出 — objects in the clear, so that its bytes can be edited."""
        if self._content:
            self._fonts()
            self._page.contents_add(Stream(self._file, "\n".join(self._content).encode("latin-1")))
        out = io.BytesIO()
        # Metadata stay as they are planted: to keep their version right they would be written anew.
        self._file.save(
            out, static_id=True, object_stream_mode=pikepdf.ObjectStreamMode.disable, fix_metadata_version=False
        )
        data = out.getvalue()
        for where, text in self._raw:
            data = pdf_ways.RAW[where](data, text.encode())
        return data


def _number(text: str) -> pikepdf.Object | int:
    return int(text) if text.isdigit() and len(text) < 18 else String(text)


def _putting(thing: pikepdf.Object, key: str, make: Callable[[str], object]) -> Callable[[str], None]:
    return lambda text: thing.__setitem__(key, make(text))


def _keyed(thing: pikepdf.Object) -> Callable[[str], None]:
    return lambda text: thing.__setitem__(f"/N{text}", 1)


def _behind(thing: pikepdf.Object) -> Callable[[str], None]:
    return lambda text: thing.write(thing.read_bytes() + f"\n% {text}\n".encode())


_BLOCKS: list[make.Block] = [
    "关于公开办事指南的通知",
    "各有关单位请按时办理。",
    [["项目", "数量"], ["受理", "120"], ["办结", "118"]],
]


@cache
def _by_library() -> bytes:
    return make.pdf(_BLOCKS)


@cache
def _by_hand() -> bytes:
    file = pikepdf.new()
    page = file.add_blank_page(page_size=(595, 842))
    page.obj.Resources = Dictionary(
        Font=Dictionary(
            F1=file.make_indirect(Dictionary(Type=Name.Font, Subtype=Name.Type1, BaseFont=Name("/Times-Roman")))
        )
    )
    page.contents_add(
        Stream(file, b"BT /F1 14 Tf 60 780 Td (Notice of the county office) Tj 0 -20 Td (Item 1: reports) Tj ET")
    )
    file.docinfo["/Title"] = "Notice"
    out = io.BytesIO()
    file.save(out, static_id=True)
    return out.getvalue()


@cache
def _by_house() -> bytes:
    from gongkai.documents.writing import write
    from gongkai.documents.writing.manuscript import Manuscript, Style, Text

    return write(
        Manuscript("通知", "办公室", (Text("通知", Style.TITLE), Text("请各单位按时报送。", Style.BODY))), "pdf"
    )


BASES: dict[str, Callable[[], Base]] = {
    "pdf by hand": lambda: Paper(_by_hand()),
    "pdf by library": lambda: Paper(_by_library()),
    "pdf by the house": lambda: Paper(_by_house()),
}
