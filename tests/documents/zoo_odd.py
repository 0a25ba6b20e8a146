"""动物园的新馆 — every format bombed, locked, two formats at once, under a false name: each ends in Documents or in one
sentence; which of the two is the format's own affair.
"""

from __future__ import annotations

import io
import zipfile
import zlib
from collections.abc import Iterator

from tests.documents import make, make_ofd, test_office, zoo
from tests.documents.zoo import Animal

ZIPPED = {"docx": "word/document.xml", "xlsx": "xl/worksheets/sheet1.xml", "ofd": "Doc_0/Pages/Page_0/Content.xml"}
OTHER = ("html", "mht", "md", "csv", "json", "pdf", "doc", "wps", "rtf", "et", "xls", "odt", "ods", "ofd", "png", "zip")


def containers() -> dict[str, tuple[str, bytes]]:
    """装在 zip 里的格式 — each sound, with the part that is its text."""
    sound = {fmt: (part, make.render(zoo.BLOCKS, fmt)) for fmt, part in ZIPPED.items()}
    return {**sound, "odt": ("content.xml", test_office.odt())}


def bombs() -> Iterator[tuple[str, Animal]]:
    """炸弹 — little that becomes much: zeros packed well, entities, tags, spans, streams, nesting."""
    for fmt, (part, whole) in containers().items():
        text = zoo.unzipped(whole)[part]
        head, root = text[: text.index(b"<", 1)] if text.startswith(b"<?") else b"", text.partition(b"?>")[2] or text
        yield f"{fmt}: a part of zeros", (f"a.{fmt}", zoo.zipped({"media/a.bin": b"\0" * 30_000_000}, whole))
        yield f"{fmt}: laughs", (f"a.{fmt}", zoo.zipped({part: head + zoo.LAUGHS.encode() + root}, whole))
        yield f"{fmt}: XXE", (f"a.{fmt}", zoo.zipped({part: head + zoo.XXE.encode() + root}, whole))
        yield f"{fmt}: tags", (f"a.{fmt}", zoo.zipped({part: b"<a>" + b"<p/>" * 600_000 + b"</a>"}, whole))
        yield f"{fmt}: depth", (f"a.{fmt}", zoo.zipped({part: b"<p>" * 100_000}, whole))
        yield f"{fmt}: twice the same part", (f"a.{fmt}", _doubled(whole, part))
        yield f"{fmt}: entries", (f"a.{fmt}", zoo.zipped({f"x/{n}": b"" for n in range(20_001)}, whole))
        yield f"{fmt}: a size that lies", (f"a.{fmt}", _lying(whole))
    yield "pdf: a stream of zeros", ("a.pdf", _pdf_stream(zlib.compress(b" " * 80_000_000, 9)))
    yield "pdf: a loop of pages", ("a.pdf", make.pdf(zoo.BLOCKS).replace(b"/Kids [5 0 R]", b"/Kids [2 0 R]"))
    yield "rtf: braces", ("a.rtf", b"{\\rtf1" + b"{" * 50_000)
    yield "rtf: a number", ("a.rtf", b"{\\rtf1\\ansi\\trowd" + b"\\cellx9" * 500 + b"\\cell" * 500 + b"\\row}")
    yield (
        "xml: declarations, which make it a text",
        ("a.xml", b'<?xml version="1.0"?>' + zoo.LAUGHS.encode() + b"<w:wordDocument>&k;</w:wordDocument>"),
    )
    yield "mht: a part of lines", ("a.mht", b"MIME-Version: 1.0\nContent-Type: text/html\n\n" + b"<br>\n" * 600_000)
    yield "csv: quotes", ("a.csv", b'"' * 3_000_000)
    yield "json: brackets", ("a.json", b'{"format": "gongkai.report/1", "a": ' + b"[" * 200_000)
    yield "html: one long line", ("a.html", b"<p>" + "年".encode() * 5_000_000)


def locked() -> Iterator[tuple[str, Animal]]:
    """上锁的文件 — each asks for a password in the way of its format."""
    for suffix in ("docx", "xlsx", "wps", "et"):
        yield f"{suffix} in a locked package", (f"a.{suffix}", zoo.ole("EncryptedPackage", "EncryptionInfo"))
    for fmt, (_, whole) in containers().items():
        yield f"{fmt} with locked parts", (f"a.{fmt}", zoo.flagged_encrypted(whole))
    fib = b"\xec\xa5" + b"\0" * 9 + b"\x01"
    yield "doc", ("a.doc", zoo.ole()[:512] + fib + b"\0" * 500 + "WordDocument".encode("utf-16-le"))
    yield "odt", ("a.odt", zoo.zipped({"META-INF/manifest.xml": b"<m><encryption-data/></m>"}, test_office.odt()))
    yield "ofd", ("a.ofd", zoo.zipped({"Encryptions.xml": b"<e/>"}, make_ofd.ofd(["年报"])))
    yield "pdf", ("a.pdf", zoo.locked_pdf())
    yield "zip", ("a.zip", zoo.flagged_encrypted(zoo.zipped({"a.txt": b"1"})))


def polyglots() -> Iterator[tuple[str, Animal]]:
    """两种格式一身 — what one program takes for this and another for that."""
    files = {fmt: make.render(zoo.BLOCKS, fmt) for fmt in ("html", "mht", "csv", "docx", "xlsx", "pdf", "ofd")}
    heads = {"picture": b"\x89PNG\r\n\x1a\n", "gif": b"GIF89a", "rtf": b"{\\rtf1 ", "bmp": b"BM", "ole": zoo.ole()[:8]}
    for fmt, data in files.items():
        for name, head in heads.items():
            yield f"{fmt} with the head of a {name}", (f"a.{fmt}", head + data)
        for other, more in files.items():
            if other != fmt:
                yield f"{other} after {fmt}", (f"a.{fmt}", data + more)
    both = {**zoo.unzipped(files["docx"]), **zoo.unzipped(files["xlsx"]), **zoo.unzipped(files["ofd"])}
    yield "docx, xlsx and ofd in one", ("a.docx", zoo.zipped(both))
    yield "ofd, xlsx and docx in one", ("a.ofd", zoo.zipped(dict(reversed(both.items()))))
    yield "odt with the text of a docx", ("a.odt", zoo.zipped({"mimetype": test_office.ODT_TYPE}, files["docx"]))
    yield "page in a comment of a pdf", ("a.html", b"<!-- %PDF-1.4 -->" + files["html"])
    yield "report in JSON and page", ("a.json", b'{"format": "gongkai.report/1"}' + files["html"])


def mislabelled() -> Iterator[tuple[str, Animal]]:
    """张冠李戴 — the heads of old formats and of pictures under every other suffix."""
    heads = {
        "doc": zoo.ole("WordDocument"),
        "xls": zoo.ole("Workbook"),
        "rtf": b"{\\rtf1 text}",
        "odt": test_office.odt(),
        "ofd": make_ofd.ofd(["年报"]),
        "png": b"\x89PNG\r\n\x1a\n" + b"\0" * 100,
        "xml": test_office.as_of_2003(),
    }
    for fmt, data in heads.items():
        for suffix in OTHER:
            if suffix != fmt:
                yield f"{fmt} called .{suffix}", (f"a.{suffix}", data)


def _doubled(whole: bytes, part: str) -> bytes:
    """The same name twice in one archive: readers differ in which they take."""
    out = io.BytesIO(whole)
    with zipfile.ZipFile(out, "a") as archive:
        archive.filelist.append(archive.getinfo(part))
    return out.getvalue()


def _lying(whole: bytes) -> bytes:
    """Sizes in the directory that are a byte each: more comes out than was said."""
    torn = bytearray(whole)
    at = torn.find(b"PK\x01\x02")
    while at >= 0:
        torn[at + 24 : at + 28] = b"\1\0\0\0"
        at = torn.find(b"PK\x01\x02", at + 4)
    return bytes(torn)


def _pdf_stream(packed: bytes) -> bytes:
    objects = [
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 9 9]/Contents 4 0 R>>",
        b"<</Length %d/Filter/FlateDecode>>stream\n%s\nendstream" % (len(packed), packed),
    ]
    body = b"".join(b"%d 0 obj%s endobj\n" % (n, text) for n, text in enumerate(objects, 1))
    return b"%PDF-1.4\n" + body + b"trailer<</Root 1 0 R/Size 5>>\n%%EOF"
