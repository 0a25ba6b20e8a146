"""恶意与损坏的文件 — a zoo: name → (file name, bytes); each must end in Documents or in one plain sentence, soon."""

from __future__ import annotations

import io
import random
import zipfile
from collections.abc import Callable, Iterator

from tests.documents import make

Animal = tuple[str, bytes]

BLOCKS: list[make.Block] = [
    "某市2024年政府信息公开工作年度报告",
    [[("第二十条第（一）项", 4, 1)], ["信息内容", "制发", "废止", "有效"], ["规章", "1", "0", "23"]],
    "三、收到和处理政府信息公开申请情况",
]
XXE = '<!DOCTYPE w [<!ENTITY x SYSTEM "file:///etc/passwd">]>'
LAUGHS = (
    '<!DOCTYPE w [<!ENTITY a "哈哈哈哈哈哈哈哈哈哈">'
    + "".join(f'<!ENTITY {chr(b)} "{f"&{chr(b - 1)};" * 10}">' for b in range(98, 108))
    + "]>"
)


def zipped(parts: dict[str, bytes], base: bytes = b"") -> bytes:
    """装成 zip — the parts, over those of another zip."""
    kept = unzipped(base) if base else {}
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in {**kept, **parts}.items():
            archive.writestr(name, data)
    return out.getvalue()


def unzipped(data: bytes) -> dict[str, bytes]:
    """拆开 zip — its parts by name."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def flagged_encrypted(data: bytes) -> bytes:
    """标为加密 — a zip whose directory says that its members are encrypted."""
    torn = bytearray(data)
    for signature, offset in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        at = torn.find(signature)
        while at >= 0:
            torn[at + offset] |= 1
            at = torn.find(signature, at + 4)
    return bytes(torn)


def ole(*streams: str) -> bytes:
    """旧版办公文档的外形 — the signature of an OLE file and the names of its streams."""
    return b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 504 + b"".join(name.encode("utf-16-le") for name in streams)


def locked_pdf() -> bytes:
    """加密的 PDF — a file that asks for a password nobody has."""
    entry = b"<< /Filter /Standard /V 2 /R 3 /Length 128 /P -4 /O <" + b"5a" * 32 + b"> /U <" + b"00" * 32 + b"> >>"
    return make.pdf(BLOCKS).replace(b"/Root 1 0 R", b"/Root 1 0 R /ID [<00><00>] /Encrypt " + entry)


def _sheet_with_far_cell() -> bytes:
    page = (
        b'<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>'
        b'<row r="1"><c r="A1"><v>1</v></c></row><row r="1048576"><c r="XFD1048576"><v>1</v></c></row>'
        b"</sheetData></worksheet>"
    )
    return zipped({"xl/worksheets/sheet1.xml": page}, make.sheet(BLOCKS))


def _many_pages() -> bytes:
    return make.pdf(["一行\n" * 70 * 201])


def _word_with(body: str, declaration: str = "") -> bytes:
    namespace = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
    page = f'<?xml version="1.0"?>{declaration}<w:document xmlns:w="{namespace}"><w:body>{body}</w:body></w:document>'
    return zipped({"word/document.xml": page.encode()}, make.word(BLOCKS))


def _nested_word_tables(depth: int) -> str:
    return "<w:tbl><w:tr><w:tc>" * depth + "<w:p><w:r><w:t>底</w:t></w:r></w:p>" + "</w:tc></w:tr></w:tbl>" * depth


HOSTILE: dict[str, Callable[[], Animal]] = {
    "zip bomb": lambda: ("a.zip", zipped({f"{n}.txt": b"0" * 20_000_000 for n in range(3)})),
    "docx bomb": lambda: ("a.docx", zipped({"word/media/a.bin": b"\0" * 30_000_000}, make.word(BLOCKS))),
    "xlsx bomb": lambda: ("a.xlsx", zipped({"xl/media/a.bin": b"\0" * 30_000_000}, make.sheet(BLOCKS))),
    "zip in zip": lambda: ("a.zip", zipped({"b.zip": zipped({"c.txt": b"1"})})),
    "zip of too many": lambda: ("a.zip", zipped({f"{n}.txt": b"1" for n in range(501)})),
    "empty zip": lambda: ("a.zip", b"PK\x05\x06" + b"\0" * 18),
    "encrypted zip": lambda: ("a.zip", flagged_encrypted(zipped({"a.txt": b"1"}))),
    "encrypted office file": lambda: ("a.docx", ole("EncryptedPackage", "EncryptionInfo")),
    "old word": lambda: ("a.doc", ole("WordDocument")),
    "old excel": lambda: ("a.xls", ole("Workbook")),
    "old wps": lambda: ("a.wps", ole("WordDocument")),
    "old unknown": lambda: ("a.xxx", ole("Whatever")),
    "encrypted pdf": lambda: ("a.pdf", locked_pdf()),
    "pdf without text": lambda: ("a.pdf", make.pdf([[["", ""], ["", ""]]])),
    "pdf of too many pages": lambda: ("a.pdf", _many_pages()),
    "docx with XXE": lambda: ("a.docx", _word_with("<w:p><w:r><w:t>&x;</w:t></w:r></w:p>", XXE)),
    "docx with a billion laughs": lambda: ("a.docx", _word_with("<w:p><w:r><w:t>&k;</w:t></w:r></w:p>", LAUGHS)),
    "docx with laughs in an attribute": lambda: ("a.docx", _word_with('<w:p w:x="&k;"/>', LAUGHS)),
    "docx with XXE in UTF-16": lambda: (
        "a.docx",
        zipped({"word/document.xml": f"{XXE}<w>&x;</w>".encode("utf-16")}, make.word(BLOCKS)),
    ),
    "xlsx with XXE": lambda: (
        "a.xlsx",
        zipped({"xl/sharedStrings.xml": f"{XXE}<sst><si><t>&x;</t></si></sst>".encode()}, make.sheet(BLOCKS)),
    ),
    "xlsx with a far cell": lambda: ("a.xlsx", _sheet_with_far_cell()),
    "docx of deep tables": lambda: ("a.docx", _word_with(_nested_word_tables(60))),
    "docx too deep to parse": lambda: ("a.docx", _word_with(_nested_word_tables(5_000))),
    "html of 10,000 columns": lambda: ("a.html", f"<table><tr>{'<td>1</td>' * 10_000}</tr></table>".encode()),
    "html of 3,000 rows": lambda: ("a.html", f"<table>{'<tr><td>1</td></tr>' * 3_000}</table>".encode()),
    "html of 100,000 divs": lambda: ("a.html", b"<html>" + b"<div>" * 100_000 + "底".encode()),
    "md of 10,000 columns": lambda: ("a.md", b"|1" * 10_000 + b"|\n"),
    "txt of 10,000 tabs": lambda: ("a.txt", b"1\t" * 10_000),
    "csv of 10,000 columns": lambda: ("a.csv", b"1," * 10_000),
    "txt of 3,000 rows": lambda: ("a.txt", b"a\tb\n" * 3_000),
    "txt of two million lines": lambda: ("a.txt", b"1\n" * 2_000_000),
    "md of two million lines": lambda: ("a.md", b"1\n" * 2_000_000),
    "html of 600,000 tags": lambda: ("a.html", b"<p>" * 600_000),
    "docx of 600,000 tags": lambda: ("a.docx", _word_with("<w:p/>" * 600_000)),
    "zip of 30,000 entries": lambda: ("a.zip", b"PK\x03\x04" + b"PK\x01\x02" * 30_000),
    "empty": lambda: ("a.txt", b""),
    "byte order mark only": lambda: ("a.txt", b"\xef\xbb\xbf"),
    "blanks only": lambda: ("a.html", b" \r\n\t" * 100),
    "NUL bytes": lambda: ("a.txt", b"\0" * 1_000),
    "text with NULs": lambda: ("a.txt", "年报\0\0报告".encode()),
    "binary noise": lambda: ("a.txt", random.Random(1).randbytes(20_000)),
    "picture": lambda: ("a.png", b"\x89PNG\r\n\x1a\n" + b"\0" * 100),
    "photograph": lambda: ("a.jpg", b"\xff\xd8\xff\xe0" + b"\0" * 100),
    "scan": lambda: ("a.tif", b"II*\0" + b"\0" * 100),
    "ofd": lambda: ("a.ofd", zipped({"OFD.xml": b"<ofd/>"})),
    "slides": lambda: ("a.pptx", zipped({"ppt/presentation.xml": b"<p/>"})),
    "open document": lambda: ("a.odt", zipped({"content.xml": b"<c/>"})),
    "rar": lambda: ("a.rar", b"Rar!\x1a\x07\x00rest"),
    "office XML": lambda: ("a.xml", b'<?xml version="1.0"?>\n<?mso-application progid="Word.Document"?><w/>'),
    "mht without a page": lambda: ("a.mht", b"MIME-Version: 1.0\nContent-Type: image/png\n\nxx"),
    "mht of parts in parts": lambda: (
        "a.mht",
        b"MIME-Version: 1.0\n"
        + b"".join(b"Content-Type: multipart/mixed; boundary=%d\n\n--%d\n" % (n, n) for n in range(3_000)),
    ),
}
"""Each of these is refused."""


HARMLESS: dict[str, Callable[[], Animal]] = {
    "zip slip": lambda: (
        "a.zip",
        zipped({"../../etc/年报.txt": "年报".encode(), "/abs.txt": b"text", "C:\\x\\y.txt": b"text"}),
    ),
    "html with XXE": lambda: ("a.html", f"{XXE}<p>&x;年报</p>".encode()),
    "html with a billion laughs": lambda: ("a.html", f"{LAUGHS}<p>&k;年报</p>".encode()),
    "html saved as doc": lambda: ("a.doc", make.html(BLOCKS)),
    "html saved as xls": lambda: ("a.xls", make.html(BLOCKS)),
    "docx called pdf": lambda: ("a.pdf", make.word(BLOCKS)),
    "xlsx called docx": lambda: ("a.docx", make.sheet(BLOCKS)),
    "pdf called html": lambda: ("a.html", make.pdf(BLOCKS)),
    "pdf after junk": lambda: ("a.pdf", b"HTTP/1.1 200 OK\r\n\r\n" + make.pdf(BLOCKS)),
    "zip called docx": lambda: ("a.zip", zipped({"b.docx": make.word(BLOCKS)})),
    "GB18030": lambda: ("a.txt", "政府信息公开工作年度报告，㐀𠀀".encode("gb18030")),
    "UTF-16": lambda: ("a.txt", "政府信息公开工作年度报告".encode("utf-16")),
    "UTF-16 without a mark": lambda: ("a.txt", "政府信息公开工作年度报告 2024\r\n1\r\n2\r\n3\r\n".encode("utf-16-le")),
    "Big5, declared": lambda: ("a.html", "<meta charset=big5><p>政府資訊公開年度報告</p>".encode("big5")),
    "unclosed html": lambda: ("a.html", "<table><tr><td>一<td>二<tr><td colspan=999999999>三".encode()),
    "a huge rowspan": lambda: ("a.html", "<table><tr><td rowspan=65535>一</td><td>二</td></tr></table>".encode()),
    "unclosed preformatted text": lambda: ("a.html", b"<p>1</p>" + b"<pre>a\n" * 200),
    "attribute of a megabyte": lambda: ("a.html", b"<p title='" + b"x" * 1_000_000 + b"'>a</p>"),
}
"""Each of these is read."""


def truncated() -> Iterator[tuple[str, Animal]]:
    """截断的文件 — every format cut at every eighth."""
    for fmt in make.FORMATS:
        whole = make.render(BLOCKS, fmt)
        for eighth in range(1, 8):
            yield f"{fmt} cut at {eighth}/8", (make.name(fmt), whole[: len(whole) * eighth // 8])


def misnamed() -> Iterator[tuple[str, Animal]]:
    """后缀不对的文件 — every format under every other suffix."""
    for fmt in make.FORMATS:
        for suffix in ("html", "docx", "xlsx", "pdf", "zip", "txt", "md", "csv", "mht", "doc", "wps", "ofd", "xyz", ""):
            yield f"{fmt} called .{suffix}", (f"report.{suffix}", make.render(BLOCKS, fmt))
