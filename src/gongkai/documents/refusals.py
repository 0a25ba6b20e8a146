"""读不了的理由 — one plain sentence for each kind of file that is recognised and not read: which it is, what to do."""

from __future__ import annotations

from collections.abc import Callable

from gongkai.documents.document import DocumentError


def _refused(sentence: str) -> Callable[[str], DocumentError]:
    return lambda source: DocumentError(source, sentence, file=source)


def _without_office(kind: str) -> Callable[[str], DocumentError]:
    return lambda source: DocumentError(source, _OFFICE, file=source, kind=kind)


_OFFICE = (
    "{file}：这是 {kind} 文档，要由 LibreOffice 转换，这台电脑上没有装。"
    "请安装 LibreOffice（Debian、Ubuntu：apt install libreoffice-writer libreoffice-calc），"
    "或用 Word、WPS 打开，另存为 docx 或 xlsx 再试"
)
_ARCHIVE = _refused("{file}：这种压缩包暂时还读不了。请解压后改用 zip 压缩，或直接给里面的文件")
_REFUSALS: dict[str, Callable[[str], DocumentError]] = {
    "encrypted": _refused("{file}：文件加了密码，打不开。请先去掉密码，再试"),
    "doc": _without_office("doc"),
    "rtf": _without_office("RTF"),
    "odf": _without_office("OpenDocument"),
    "office xml": _without_office("XML"),
    "hidden within": _refused(
        "{file}：这种格式里藏着的批注、文字和表，要由 LibreOffice 转换以后才看得到，这台电脑上没有装，没有看。"
        "请用 Word 或 WPS 打开，另存为 docx 或 xlsx 再试"
    ),
    "not converted": _refused(
        "{file}：LibreOffice 转换不了这个文件，可能已损坏或加了密码。请用 Word 或 WPS 打开，另存为 docx 或 xlsx 再试"
    ),
    "ole": _refused("{file}：这种旧版办公文档读不了，也可能已经损坏。请用 Word 或 WPS 打开，另存为 docx 再试"),
    "xlsb": _refused("{file}：这是二进制的 Excel 表格（xlsb），读不了。请用 Excel 打开，另存为 xlsx 再试"),
    "nested": _refused("{file}：压缩包里还有压缩包，没有读。请解压里面的那一个再试"),
    "entities": _refused("{file}：文件里夹带了自定义实体，不安全，没有读。请用 Word 或 WPS 打开，另存一份再试"),
    "ofd without text": _refused(
        "{file}：这份 OFD 里没有文字，像是扫描件，读不了。请找原来的 docx、网页或直接导出的 OFD 再试"
    ),
    "odf of another kind": _refused(
        "{file}：这种 OpenDocument 文档读不了，只读其中的文字文档（odt）和表格（ods）。年报请另存为 docx 或 PDF 再试"
    ),
    "pptx": _refused("{file}：这是演示文稿，读不了。年报请另存为 docx 或 PDF 再试"),
    "ps": _refused("{file}：这是 PostScript 文件，读不了。请转成 PDF 再试"),
    "rare picture": _refused(
        "{file}：这是 HEIC、AVIF 或 JPEG 2000 图片，里面的文字没有看。请用看图软件或手机另存为 JPEG、PNG 再试"
    ),
    "rar": _ARCHIVE,
    "7z": _ARCHIVE,
    "gz": _ARCHIVE,
    "unseen": _refused(
        "{file}：这是图片或扫描件，识别里面的文字要用识字组件，还没有安装。请运行 pip install 'gongkai[ocr]'，"
        "或找有文字的原件（docx、网页、直接导出的 PDF）再试"
    ),
    "nothing written": _refused("{file}：图片里没有认出文字。请看看是不是选错了文件，或用 300 dpi 重新扫描再试"),
    "damaged": _refused("{file}：文件不完整或已损坏，打不开。请重新下载或重新另存一份再试"),
    "crashed": _refused("{file}：读这个文件时程序中断了，多半是文件已损坏。请重新另存一份再试；其余文件不受影响"),
    "no room": _refused("{file}：这台电脑的内存、进程或磁盘不够了，没有读这个文件。请关掉别的程序再试"),
    "binary": _refused(
        "{file}：看不出这是什么格式的文件。可以给网页、Word、WPS、表格、csv、文本、Markdown，或有文字的 PDF、OFD"
    ),
}


READ_NOT = frozenset(_REFUSALS) - {"doc", "rtf", "odf", "office xml", "hidden within"}
"""读不了的格式 — the names that `refusal` knows, but for those that are read where a program for them is installed."""


def refusal(name: str, source: str) -> DocumentError:
    """读不了的格式 — the sentence for a format, or for `encrypted`, `damaged`, `binary`, `nested`, `entities`."""
    return _REFUSALS[name](source)
