"""办公文档的其他格式 — doc, wps, rtf, OpenDocument and office files saved as XML, by way of docx and xlsx: the grid is
kept. Where LibreOffice is absent, the text alone of a doc, if antiword is there; else a sentence that says what to do.
"""

from __future__ import annotations

import re
import shutil
import subprocess
from collections.abc import Callable
from io import BytesIO
from zipfile import ZIP_DEFLATED, ZipFile

from lxml import etree

from gongkai.documents import libreoffice, plain, sheet, word
from gongkai.documents.archive import opened, read_part
from gongkai.documents.decoding import decode
from gongkai.documents.document import View
from gongkai.documents.limits import Limits, check_size
from gongkai.documents.refusals import refusal
from gongkai.documents.word_numbering import attribute, local
from gongkai.documents.xml_part import xml_root

Makers = tuple[Callable[[], View], ...]

_ODF_TARGETS = {"text": ("odt", "docx"), "spreadsheet": ("ods", "xlsx")}
_ODF_KIND = re.compile(rb"application/vnd\.oasis\.opendocument\.(text|spreadsheet)")
_XML_KINDS = {"Workbook": ("xml", "xlsx"), "text": ("fodt", "docx"), "spreadsheet": ("fods", "xlsx")}
_OLDER = {"doc": ("doc", "docx"), "wps": ("doc", "docx"), "rtf": ("rtf", "docx"), "xls": ("xls", "xlsx")}
_FORMAT, _SHOWN = re.compile(rb"<numFmt [^>]*>"), re.compile(rb"\\!([.,0#?%/])")
_EXCLAIMED = (b'"!"', '"!"'.encode("utf-16-le"))
"""A format that shows the sign itself."""
_HEAD = 200
_FIB = slice(512, 524)
"""Where writers put the head of the text stream, in front of all else."""
_FIB_MAGIC, _FIB_ENCRYPTED = b"\xec\xa5", 0x01
_ANTIWORD = ("antiword", "-m", "UTF-8.txt", "-w", "0", "-")


def doc_makers(source: str, data: bytes, limits: Limits) -> Makers:
    """旧版 Word 和 WPS 文字的视图 — `structure`; without LibreOffice those of a text."""
    head = data[_FIB]
    if head.startswith(_FIB_MAGIC) and head[11] & _FIB_ENCRYPTED:
        raise refusal("encrypted", source)
    if not libreoffice.program() and (antiword := shutil.which(_ANTIWORD[0])):
        done = subprocess.run([antiword, *_ANTIWORD[1:]], input=data, capture_output=True, check=False)  # noqa: S603
        if done.returncode:
            raise refusal("damaged", source)
        return plain.makers(source, decode(source, done.stdout), limits)
    return _converted(source, data, limits, "doc", "docx", absent="doc")


def odf_makers(source: str, data: bytes, limits: Limits) -> Makers:
    """OpenDocument 的视图 — `structure`, of a text or a spreadsheet."""
    with opened(source, data, limits) as archive:
        parts = {info.filename: info for info in archive.infolist()}
        kind = _ODF_KIND.match(read_part(source, archive, parts["mimetype"], limits)) if "mimetype" in parts else None
        if "content.xml" in parts:
            xml_root(source, read_part(source, archive, parts["content.xml"], limits), limits)
        manifest = parts.get("META-INF/manifest.xml")
        if manifest and b"encryption-data" in read_part(source, archive, manifest, limits):
            raise refusal("encrypted", source)
    if kind is None:
        raise refusal("odf of another kind", source)
    suffix, target = _ODF_TARGETS[kind[1].decode()]
    return _converted(source, data, limits, suffix, target, absent="odf")


def xml_makers(source: str, data: bytes, limits: Limits) -> Makers:
    """用 XML 保存的办公文档的视图 — `structure`; Word's own are read as they are, the others converted."""
    root = xml_root(source, data, limits)
    kind = _kind_of_xml(root)
    if kind in ("wordDocument", "package"):
        return word.xml_makers(source, root, limits)
    if kind not in _XML_KINDS:
        raise refusal("not converted", source)
    return _converted(source, data, limits, *_XML_KINDS[kind], absent="office xml")


def rtf_makers(source: str, data: bytes, limits: Limits) -> Makers:
    """RTF 的视图 — `structure`."""
    return _converted(source, data, limits, "rtf", "docx", absent="rtf")


def as_new(source: str, data: bytes, name: str, limits: Limits) -> tuple[str, bytes] | None:
    """转成新格式 — ("docx" or "xlsx", its bytes) of an older file: comments, hidden text and sheets are kept.

    None for what is read as it is. DocumentError where LibreOffice is absent or makes nothing of it.
    """
    if name == "odf":
        kind = _ODF_KIND.search(data[:_HEAD])
        pair = _ODF_TARGETS[kind[1].decode()] if kind else None
    elif name == "office xml":
        pair = _XML_KINDS.get(_kind_of_xml(xml_root(source, data, limits)))
    else:
        pair = _OLDER.get(name)
    return (pair[1], _new(source, data, limits, *pair, absent="hidden within")) if pair else None


def _kind_of_xml(root: etree._Element) -> str:
    return (attribute(root, "mimetype") or "").rpartition(".")[2] if local(root) == "document" else local(root)


def _converted(source: str, data: bytes, limits: Limits, suffix: str, target: str, *, absent: str) -> Makers:
    result = _new(source, data, limits, suffix, target, absent=absent)
    return word.makers(source, result, limits) if target == "docx" else sheet.makers(source, result, limits)


def _new(source: str, data: bytes, limits: Limits, suffix: str, target: str, *, absent: str) -> bytes:
    if not libreoffice.program():
        raise refusal(absent, source)
    result = libreoffice.converted(data, suffix, target)
    if result is None:
        raise refusal("not converted", source)
    if target == "xlsx" and not any(sign in data for sign in _EXCLAIMED):
        result = _with_signs_escaped(source, result, limits)
    check_size(source, len(result), limits)
    return result


def _with_signs_escaped(source: str, data: bytes, limits: Limits) -> bytes:
    """`!` before a point stands for that point alone in formats of Chinese programs (0!.0,"万" is 12.3万); LibreOffice
    takes it for a sign that is shown."""
    with opened(source, data, limits) as archive:
        styles = [info for info in archive.infolist() if info.filename == "xl/styles.xml"]
        before = read_part(source, archive, styles[0], limits) if styles else b""
        after = _FORMAT.sub(lambda found: _SHOWN.sub(rb"\\\1", found[0]), before)
        if after == before:
            return data
        out = BytesIO()
        with ZipFile(out, "w", ZIP_DEFLATED) as made:
            for info in archive.infolist():
                made.writestr(info, after if info in styles else read_part(source, archive, info, limits))
    return out.getvalue()
