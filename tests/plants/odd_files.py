"""别的文件 — what programs also write: web archives, letters, old XML, two files in one (条例 第十五条).

One plant a file. `name` follows from what is planted.
"""

from __future__ import annotations

import base64
import io
import zipfile
from collections.abc import Callable, Iterator

from tests.plants import paper, word
from tests.plants.picture_ways import saved
from tests.plants.planting import Base, Place, Sight
from tests.plants.zipping import zipped

_SHEET = (
    '<?xml version="1.0"?><?mso-application progid="Excel.Sheet"?><Workbook'
    ' xmlns="urn:schemas-microsoft-com:office:spreadsheet" xmlns:ss="urn:schemas-microsoft-com:office:spreadsheet">'
    '<Worksheet ss:Name="a"><Table><Row>{}</Row></Table></Worksheet></Workbook>'
)
_CELL = '<Cell><Data ss:Type="String">{}</Data></Cell>'
_WORD = (
    '<?xml version="1.0"?><?mso-application progid="Word.Document"?><w:wordDocument'
    ' xmlns:w="http://schemas.microsoft.com/office/word/2003/wordml"><w:body><w:p>{}</w:p></w:body></w:wordDocument>'
)
_PARTS = (
    "MIME-Version: 1.0\r\nContent-Type: multipart/{kind}; boundary=b\r\n\r\n"
    "--b\r\n{first}\r\n--b\r\n{second}\r\n--b--\r\n"
)
_PACKED = "Content-Transfer-Encoding: base64\r\n\r\n{packed}"
_PAGE = "Content-Type: text/html; charset=utf-8\r\nContent-Location: a.htm\r\n\r\n<p>通知</p>"


def _archive(second: str, kind: str = "related") -> Callable[[str], bytes]:
    def build(text: str) -> bytes:
        packed = base64.b64encode(text.encode()).decode()
        filled = second.replace("{}", text).replace("{packed}", packed)
        return _PARTS.format(kind=kind, first=_PAGE, second=filled).encode()

    return build


def _linked(text: str) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        link = zipfile.ZipInfo("link")
        link.external_attr = 0o120777 << 16
        archive.writestr(link, f"/home/{text}")
    return out.getvalue()


def _zip64(text: str) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive, archive.open(zipfile.ZipInfo("a.txt"), "w", force_zip64=True) as member:
        member.write(text.encode())
    return out.getvalue()


def _word_with(text: str) -> bytes:
    made = word.BASES["docx by hand"]()
    next(place for place in made.places() if place.where == "paragraphs: two").write(text)
    return made.save()


_PDF = paper.BASES["pdf by hand"]
_SEEN, _HIDDEN = Sight.SEEN, Sight.HIDDEN
FILES: dict[str, tuple[Sight, Callable[[str], bytes]]] = {
    "excel 2003.xml": (_SEEN, lambda n: _SHEET.format(_CELL.format(n)).encode()),
    "excel 2003.xls": (_SEEN, lambda n: _SHEET.format(_CELL.format(n)).encode()),
    "excel 2003, cells.xls": (_SEEN, lambda n: _SHEET.format(_CELL.format(n[:9]) + _CELL.format(n[9:])).encode()),
    "excel 2003, comment.xls": (_HIDDEN, lambda n: (_SHEET.format(_CELL.format("甲")) + f"<!-- {n} -->").encode()),
    "word 2003.xml": (_SEEN, lambda n: _WORD.format(f"<w:t>{n[:9]}</w:t><w:t>{n[9:]}</w:t>").encode()),
    "word 2003.doc": (_SEEN, lambda n: _WORD.format(f"<w:t>{n}</w:t>").encode()),
    "rich text.rtf": (_SEEN, lambda n: f"{{\\rtf1\\ansi {n[:9]}{{\\b }}{n[9:]}}}".encode()),
    "rich text.doc": (_SEEN, lambda n: f"{{\\rtf1\\ansi {n}}}".encode()),
    "rich text.docx": (_SEEN, lambda n: f"{{\\rtf1\\ansi {n[:9]}{{\\v 1}}{n[9:]}}}".encode()),
    "old word.docx": (_HIDDEN, lambda n: b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(504) + n.encode("utf-16-le")),
    "archive.mht": (_SEEN, _archive("Content-Type: text/html; charset=utf-8\r\n\r\n<p>{}</p>")),
    "archive, packed.mht": (
        _SEEN,
        _archive(f"Content-Type: text/html\r\n{_PACKED}"),
    ),
    "archive.doc": (_SEEN, _archive("Content-Type: text/html\r\n\r\n<p>{}</p>")),
    "archive, head.mht": (_HIDDEN, _archive("Content-Type: text/plain\r\nX-Own: {}\r\n\r\na")),
    "letter.eml": (_SEEN, lambda n: f"From: a@b.cn\r\nSubject: {n}\r\nContent-Type: text/plain\r\n\r\na".encode()),
    "letter with a list.eml": (
        _SEEN,
        _archive(f"Content-Type: text/csv; name=a.csv\r\n{_PACKED}", "mixed"),
    ),
    "web page.xls": (_SEEN, lambda n: f"<table><tr><td>{n[:6]}</td><td>{n[6:]}</td></tr></table>".encode()),
    "web page, value.xls": (_HIDDEN, lambda n: f"<table><tr><td x:num='{n}'>甲</td></tr></table>".encode()),
    "pdf and zip.pdf": (_HIDDEN, lambda n: _PDF().save() + zipped("a.txt", n.encode())),
    "pdf and zip, packed.pdf": (_HIDDEN, lambda n: _PDF().save() + zipped("a.txt", f"{n} {n}".encode())),
    "page and zip.html": (_HIDDEN, lambda n: b"<title>a</title><p>a</p>" + zipped("a.txt", n.encode())),
    "picture and script.gif": (_HIDDEN, lambda n: saved("GIF") + f"*/=1;alert('{n}')".encode()),
    "picture and zip.png": (_HIDDEN, lambda n: saved("PNG") + zipped("a.txt", n.encode())),
    "picture and pdf.jpeg": (_HIDDEN, lambda n: saved("JPEG") + _PDF().save() + n.encode()),
    "word as pdf.pdf": (_SEEN, _word_with),
    "text in utf-32.txt": (_SEEN, lambda n: b"\xff\xfe\0\0" + n.encode("utf-32-le")),
    "text in utf-16 big.txt": (_SEEN, lambda n: b"\xfe\xff" + n.encode("utf-16-be")),
    "text with zeros.txt": (_SEEN, lambda n: "\0".join(n).encode()),
    "text in utf-7.txt": (_SEEN, lambda n: b"+" + base64.b64encode(n.encode("utf-16-be")).rstrip(b"=") + b"-"),
    "lines of data.json": (_SEEN, lambda n: f'{{"a": "甲"}}\n{{"a": "{n}"}}\n'.encode()),
    "letters of data.json": (_SEEN, lambda n: f"{{a: '{n}'}}".encode()),
    "link.zip": (_HIDDEN, _linked),
    "large.zip": (_SEEN, _zip64),
    "word.zip": (_SEEN, lambda n: zipped("a.docx", _word_with(n))),
    "marked separator.csv": (_SEEN, lambda n: f"sep=,\n姓名,号\n张某,{n}\n".encode()),
    "late.txt": (_SEEN, lambda n: ("普通文字\n" * 20_000 + n).encode()),
    "late.html": (_HIDDEN, lambda n: ("<p>a</p>" + "<!--" + "甲" * 50_000 + n + "-->").encode()),
}


class Odd(Base):
    """别的文件 — one of them."""

    name = "文件.txt"

    def __init__(self) -> None:
        self._data = b"a\n"

    def places(self) -> Iterator[Place]:
        """每一处 — a file each; identity numbers alone, as some are torn."""
        for name, (sight, build) in FILES.items():
            yield Place("odd file", f"{name}, rows", self._writer(name, build), sight, tears=True)

    def _writer(self, name: str, build: Callable[[str], bytes]) -> Callable[[str], None]:
        def write(text: str) -> None:
            self.name, self._data = f"文件.{name.rpartition('.')[2]}", build(text)

        return write

    def save(self) -> bytes:
        """写出."""
        return self._data


BASES: dict[str, Callable[[], Base]] = {"other files": Odd}
