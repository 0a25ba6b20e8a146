"""文件格式 — which format a file is in, by its first bytes and its parts; the suffix decides only between texts."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Callable
from io import BytesIO

from gongkai.documents.document import DocumentError

_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_PDF_HEAD_BYTES = 1_024
_TEXT_HEAD = 4_096

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
)
_BY_PART = (
    (re.compile(r"word/.*\.xml$"), "docx"),
    (re.compile(r"xl/workbook\.bin$"), "xlsb"),
    (re.compile(r"xl/.*\.xml$"), "xlsx"),
    (re.compile(r"ppt/.*\.xml$"), "pptx"),
    (re.compile(r"(?:.*/)?OFD\.xml$"), "ofd"),
    (re.compile(r"content\.xml$"), "odf"),
)
_OLE_STREAMS = (("EncryptedPackage", "encrypted"), ("WordDocument", "doc"), ("Workbook", "xls"), ("Book", "xls"))
_PAGE = re.compile(
    r"<(?:!doctype\s+html|html|head|meta|title|body|table|tbody|tr|td|div|p|span|font|h[1-6]|ul|center|br|style|script)\b",
    re.IGNORECASE,
)
_WHOLE_PAGE = re.compile(r"<(?:!doctype\s+html|html|head|body)\b", re.IGNORECASE)
_OFFICE_XML = re.compile(
    r"<\?xml\b[^>]{0,200}>\s*(?:<\?mso-application\b|<w:wordDocument\b|<Workbook\b|<pkg:package\b)"
)
_MAIL_HEADERS = (b"mime-version:", b"from:", b"content-type:", b"date:", b"subject:", b"received:", b"return-path:")
_OFFICE_ZIPS = {"docx", "xlsx", "pptx", "ofd", "docm", "xlsm", "odt", "ods", "wps", "et"}
_MARKDOWN_SUFFIXES = {"md", "markdown", "mkd"}


def _refused(sentence: str) -> Callable[[str], DocumentError]:
    return lambda source: DocumentError(source, sentence, file=source)


_PICTURE = _refused("{file}：这是图片，暂时还不能识别图片里的文字。请找有文字的原件（docx、网页或 PDF）再试")
_ARCHIVE = _refused("{file}：这种压缩包暂时还读不了。请解压后改用 zip 压缩，或直接给里面的文件")
_REFUSALS: dict[str, Callable[[str], DocumentError]] = {
    "encrypted": _refused("{file}：文件加了密码，打不开。请先去掉密码，再试"),
    "doc": _refused("{file}：这是旧版 Word 文档（doc），暂时还读不了。请用 Word 或 WPS 打开，另存为 docx 再试"),
    "wps": _refused("{file}：这是 WPS 文字文档，暂时还读不了。请用 WPS 打开，另存为 docx 再试"),
    "et": _refused("{file}：这是 WPS 表格，暂时还读不了。请用 WPS 打开，另存为 xlsx 再试"),
    "ole": _refused("{file}：这种旧版办公文档读不了，也可能已经损坏。请用 Word 或 WPS 打开，另存为 docx 再试"),
    "xls": _refused("{file}：这是旧版 Excel 表格（xls），暂时还读不了。请用 Excel 或 WPS 打开，另存为 xlsx 再试"),
    "xlsb": _refused("{file}：这是二进制的 Excel 表格（xlsb），读不了。请用 Excel 打开，另存为 xlsx 再试"),
    "nested": _refused("{file}：压缩包里还有压缩包，没有读。请解压里面的那一个再试"),
    "entities": _refused("{file}：文件里夹带了自定义实体，不安全，没有读。请用 Word 或 WPS 打开，另存一份再试"),
    "rtf": _refused("{file}：这是 RTF 文档，暂时还读不了。请用 Word 或 WPS 打开，另存为 docx 再试"),
    "ofd": _refused("{file}：这是 OFD 版式文件，暂时还读不了。请用阅读器打开，另存为 docx 或有文字的 PDF 再试"),
    "odf": _refused("{file}：这是 OpenDocument 文档，暂时还读不了。请打开后另存为 docx 或 xlsx 再试"),
    "pptx": _refused("{file}：这是演示文稿，读不了。年报请另存为 docx 或 PDF 再试"),
    "office xml": _refused("{file}：这是用 XML 保存的办公文档，暂时还读不了。请用 Word 或 WPS 打开，另存为 docx 再试"),
    "ps": _refused("{file}：这是 PostScript 文件，读不了。请转成 PDF 再试"),
    "rar": _ARCHIVE,
    "7z": _ARCHIVE,
    "gz": _ARCHIVE,
    "png": _PICTURE,
    "jpg": _PICTURE,
    "tiff": _PICTURE,
    "gif": _PICTURE,
    "bmp": _PICTURE,
    "damaged": _refused("{file}：文件不完整或已损坏，打不开。请重新下载或重新另存一份再试"),
    "binary": _refused("{file}：看不出这是什么格式的文件。可以给网页、docx、xlsx、csv、文本、Markdown 或有文字的 PDF"),
}


def sniff(source: str, data: bytes, suffix: str) -> str | None:
    """文件格式 — what the first bytes show: a format that is read, DocumentError for one that is not, None for text."""
    if b"%PDF-" in data[:_PDF_HEAD_BYTES]:
        return "pdf"
    if data.startswith((b"PK\x03\x04", b"PK\x05\x06", b"PK\x07\x08")):
        return _accepted(source, _zipped(data, suffix))
    for signature, name in _BY_SIGNATURE:
        if data.startswith(signature):
            return _accepted(source, _in_ole(data, suffix) if name == "ole" else name)
    head = data[:_TEXT_HEAD].lstrip().lower()
    return "mht" if head.startswith(_MAIL_HEADERS) and b"content-type:" in head else None


def sniff_text(source: str, text: str, suffix: str) -> str:
    """文本格式 — html, json, csv, md or txt; DocumentError for an office file saved as XML."""
    head = text[:_TEXT_HEAD].lstrip("\ufeff \t\r\n")
    if head.startswith("{") and '"gongkai.report/1"' in text:
        return "json"
    if _OFFICE_XML.match(head):
        raise _REFUSALS["office xml"](source)
    is_page = _PAGE.search(head)
    if is_page and (head.startswith("<") or suffix not in ("txt", "csv", "tsv", *_MARKDOWN_SUFFIXES)):
        return "md" if suffix in _MARKDOWN_SUFFIXES and not _WHOLE_PAGE.match(head) else "html"
    if suffix in ("csv", "tsv"):
        return "csv"
    return "md" if suffix in _MARKDOWN_SUFFIXES else "txt"


def refusal(name: str, source: str) -> DocumentError:
    """读不了的格式 — the sentence for a format, or for `encrypted`, `damaged`, `binary`, `nested`, `entities`."""
    return _REFUSALS[name](source)


def _accepted(source: str, name: str) -> str:
    if name in _REFUSALS:
        raise _REFUSALS[name](source)
    return name


def _zipped(data: bytes, suffix: str) -> str:
    try:
        with zipfile.ZipFile(BytesIO(data)) as archive:
            names = archive.namelist()
    except (zipfile.BadZipFile, ValueError, OSError, NotImplementedError, EOFError):
        return "damaged"
    for name in names:
        for pattern, found in _BY_PART:
            if pattern.match(name):
                return found
    return "damaged" if suffix in _OFFICE_ZIPS else "zip"


def _in_ole(data: bytes, suffix: str) -> str:
    """The directory of an OLE file names its streams in UTF-16."""
    for stream, name in _OLE_STREAMS:
        if stream.encode("utf-16-le") in data:
            return suffix if name == "doc" and suffix == "wps" else name
    return "ole"
