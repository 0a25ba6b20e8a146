"""坏在哪里 — of an xlsx that cannot be read, or lacks a sheet: which part is broken, in words for people."""

from __future__ import annotations

import re
import zlib
from io import BytesIO
from zipfile import BadZipFile, ZipFile

from lxml import etree

_CUT = "文件到第 {size} 个字节就断了，多半没有传完；请重新取一份，还打不开的，在原来的电脑上打开、另存为新的 xlsx 再给"
_GONE = "目录里有 {count} 张工作表，里面少了 {gone} 张；请用 Excel 或者 WPS 打开，核对以后另存为新的 xlsx 再给"
_OTHER = "里面的 {part} 坏了，读不出；请用 Excel 或者 WPS 打开（问要不要修复的选修复），核对以后另存为新的 xlsx 再给"
_SHEET = re.compile(r"xl/worksheets/[^/]*\.xml")
_PARTS = (
    (
        _SHEET,
        "有一张工作表坏了（{part}）；请用 Excel 或者 WPS 打开（问要不要修复的选修复），核对以后另存为新的 xlsx 再给",
    ),
    (
        re.compile(r"xl/sharedStrings\.xml"),
        "各格的文字坏了（{part}）；请用 Excel 或者 WPS 打开（问要不要修复的选修复），核对以后另存为新的 xlsx 再给",
    ),
    (
        re.compile(r"xl/styles\.xml"),
        "格式坏了，日期认不出（{part}）；请用 Excel 或者 WPS 打开（问是否修复的选是），核对以后另存为新的 xlsx 再给",
    ),
)
_MOST_BYTES = 100_000_000


def broken(data: bytes) -> tuple[str, dict[str, object]] | None:
    """坏在哪里 — the sentence, and what it names; None where nothing was found, or it is no xlsx."""
    if not data.startswith(b"PK"):
        return None
    try:
        archive = ZipFile(BytesIO(data))
    except (BadZipFile, OSError, ValueError, NotImplementedError):
        return _CUT, {"size": len(data)}
    infos = [info for info in archive.infolist() if info.filename.endswith((".xml", ".rels"))]
    if "xl/workbook.xml" not in archive.namelist() or sum(info.file_size for info in infos) > _MOST_BYTES:
        return None
    sheets = 0
    for info in infos:
        try:
            root = etree.fromstring(archive.read(info), etree.XMLParser(resolve_entities=False, no_network=True))
        except (BadZipFile, zlib.error, etree.XMLSyntaxError, OSError, RuntimeError, ValueError, EOFError):
            said = next((said for pattern, said in _PARTS if pattern.fullmatch(info.filename)), _OTHER)
            return said, {"part": info.filename}
        if info.filename == "xl/workbook.xml":
            sheets = len(root.findall("{*}sheets/{*}sheet"))
    held = sum(bool(_SHEET.fullmatch(info.filename)) for info in infos)
    return (_GONE, {"count": sheets, "gone": sheets - held}) if held < sheets else None
