"""文件格式 — which format a file is in, by its first bytes and its parts; the suffix decides only between texts."""

from __future__ import annotations

import re
import zlib
from mmap import mmap

from gongkai.documents.archive import opened
from gongkai.documents.limits import Limits
from gongkai.documents.refusals import READ_NOT, refusal

_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_PDF_HEAD_BYTES = 1_024
_TEXT_HEAD = 4_096
_PROGRAM_HEAD = 64

_BY_SIGNATURE: tuple[tuple[bytes, str], ...] = (
    (_OLE, "ole"),
    (b"\x89PNG\r\n\x1a\n", "png"),
    (b"\xff\xd8\xff", "jpg"),
    (b"II*\x00", "tiff"),
    (b"MM\x00*", "tiff"),
    (b"GIF8", "gif"),
    (b"BM", "bmp"),
    (b"{\\rtf", "rtf"),
    (b"Rar!\x1a\x07", "rar"),
    (b"7z\xbc\xaf\x27\x1c", "7z"),
    (b"\x1f\x8b", "gz"),
    (b"%!PS", "ps"),
    (b"\x00\x00\x00\x0cjP  \r\n\x87\n", "rare picture"),
    (b"\xff\x4f\xff\x51", "rare picture"),
)
_RARE_PICTURE = re.compile(rb".{4}ftyp(?:hei[cxms]|hev[cx]|mif1|msf1|avi[fs])", re.DOTALL)
"""Photographs of telephones (HEIC, AVIF); JPEG 2000 has two signatures."""
_PROGRAMS = (b"MZ", b"\x7fELF", b"\xfe\xed\xfa", b"\xcf\xfa\xed\xfe", b"\xca\xfe\xba\xbe", b"\0asm")
"""Two letters begin a text as well: with a zero near them they do not."""
_BY_PART = (
    (re.compile(r"word/.*\.xml$"), "docx"),
    (re.compile(r"xl/workbook\.bin$"), "xlsb"),
    (re.compile(r"xl/.*\.xml$"), "xlsx"),
    (re.compile(r"ppt/.*\.xml$"), "pptx"),
    (re.compile(r"(?:.*/)?OFD\.xml$"), "ofd"),
    (re.compile(r"content\.xml$"), "odf"),
)
_OLE_STREAMS = (("EncryptedPackage", "encrypted"), ("WordDocument", "doc"), ("Workbook", "xls"), ("Book", "xls"))
_CONTROLS = re.compile("[\x00-\x08\x0e-\x1f\x7f]")
_PAGE = re.compile(
    r"<(?:!doctype\s+html|html|head|meta|title|body|table|tbody|tr|td|div|p|span|font|h[1-6]|ul|center|br|style|script)\b",
    re.IGNORECASE,
)
_WHOLE_PAGE = re.compile(r"<(?:!doctype\s+html|html|head|body)\b", re.IGNORECASE)
_OFFICE_XML = re.compile(
    r"<\?xml\b[^>]{0,200}>\s*(?:<\?mso-application\b|<w:wordDocument\b|<Workbook\b|<pkg:package\b|<office:document\b)"
)
_MAIL_HEADERS = (b"mime-version:", b"from:", b"content-type:", b"date:", b"subject:", b"received:", b"return-path:")
_OFFICE_ZIPS = {"docx", "xlsx", "pptx", "ofd", "docm", "xlsm", "odt", "ods", "wps", "et"}
_PAGE_SUFFIXES = {"html", "htm", "shtml", "xhtml"}
_MARKDOWN_SUFFIXES = {"md", "markdown", "mkd"}


def sniff(source: str, data: bytes, suffix: str, limits: Limits) -> str | None:
    """文件格式 — what the first bytes show: a format that is read, DocumentError for one that is not, None for text."""
    name = recognise(source, data, suffix, limits)
    if name in READ_NOT:
        raise refusal(name, source)
    return name


def recognise(source: str, data: bytes | mmap, suffix: str, limits: Limits) -> str | None:
    """认出格式 — like `sniff`, whether it is read or not; a mapped file is not taken into memory."""
    head = data[:_TEXT_HEAD]
    if head.startswith((b"PK\x03\x04", b"PK\x05\x06", b"PK\x07\x08")):
        return _zipped(source, data, suffix, limits)
    # Bytes may stand before a PDF; an archive that begins with an uncompressed PDF is an archive.
    if b"%PDF-" in head[:_PDF_HEAD_BYTES]:
        return "pdf"
    for signature, name in _BY_SIGNATURE:
        if head.startswith(signature):
            return _in_ole(data, suffix) if name == "ole" else name
    if _RARE_PICTURE.match(head):
        return "rare picture"
    if head.startswith(_PROGRAMS) and b"\0" in head[:_PROGRAM_HEAD]:
        return "binary"
    head = head.lstrip().lower()
    return "mht" if head.startswith(_MAIL_HEADERS) and b"content-type:" in head else None


def sniff_text(text: str, suffix: str) -> str:
    """文本格式 — html, json, csv, md or txt, or an office file saved as XML."""
    head = text[:_TEXT_HEAD].lstrip("\ufeff \t\r\n")
    if head.startswith("{") and '"gongkai.report/1"' in text:
        return "json"
    if _OFFICE_XML.match(head):
        return "office xml"
    is_page = "<" in head if suffix in _PAGE_SUFFIXES else _PAGE.search(head)
    if is_page and (head.startswith("<") or suffix not in ("txt", "csv", "tsv", *_MARKDOWN_SUFFIXES)):
        return "md" if suffix in _MARKDOWN_SUFFIXES and not _WHOLE_PAGE.match(head) else "html"
    if suffix in ("csv", "tsv"):
        return "csv"
    return "md" if suffix in _MARKDOWN_SUFFIXES else "txt"


def is_noise(text: str) -> bool:
    """乱码 — whether what was decoded as text is no text: more than one sign in fifty is a control."""
    head = text[:_TEXT_HEAD]
    return len(_CONTROLS.findall(head)) * 50 > len(head)


def is_packed(data: bytes) -> bool:
    """压缩的数据 — packed bytes hold what no look at them finds, even where they could be signs of a text."""
    if data.startswith(b"PK\x03\x04"):
        return True
    try:
        return data[:1] == b"\x78" and bool(zlib.decompressobj().decompress(data, 1 << 16))
    except zlib.error:
        return False


def _zipped(source: str, data: bytes | mmap, suffix: str, limits: Limits) -> str:
    with opened(source, data, limits) as archive:
        names = archive.namelist()
    for name in names:
        for pattern, found in _BY_PART:
            if pattern.match(name):
                return found
    return "damaged" if suffix in _OFFICE_ZIPS else "zip"


def _in_ole(data: bytes | mmap, suffix: str) -> str:
    """The directory of an OLE file names its streams in UTF-16."""
    for stream, name in _OLE_STREAMS:
        if data.find(stream.encode("utf-16-le")) >= 0:
            return suffix if name == "doc" and suffix == "wps" else name
    return "ole"
