"""编在文字里的文件 — base64 words of a text file that decode to a text or to a document: each is looked into as a file.

A program writes attachments and long texts so (JSON, XML, data: addresses), in the usual signs or those of addresses.
Numbers in such words are found by `text.personal_data` too, in their place; what is told there is not told again.
"""

from __future__ import annotations

import re
from base64 import b64decode
from collections.abc import Iterator

FORMATS = frozenset(("txt", "csv", "json", "html", "md"))
"""有这种字的格式 — of files that are texts as they are."""
NAME = "base64-"
DEEPEST = 3
"""最多套几层 — a word within a word within a word is looked into."""
_WORD = re.compile(r"[A-Za-z0-9+/_-]{20,}+(?:\r?\n[A-Za-z0-9+/_-]{4,}+)*+={0,2}")
_LINE_ENDS = re.compile(r"[\r\n]+")
_LEAST = 20
_MOST_APART = 50
"""So many texts are looked into one by one; the others together."""
_ESCAPES = (("\\/", "/"), ("\\r", ""), ("\\n", "\n"))
"""How JSON writes a stroke and the end of a line within a word."""
_DOCUMENTS = (b"PK\x03\x04", b"%PDF-", b"\xd0\xcf\x11\xe0", b"{\\rtf")
_PICTURES = (b"\x89PNG\r\n\x1a\n", b"\xff\xd8\xff", b"II*\x00", b"MM\x00*", b"GIF8")
_SAID = re.compile(r"[\u4e00-\u9fff].*?[\u4e00-\u9fff]|\d{7}|[A-Za-z0-9+/_-]{20}", re.DOTALL)
_SHOWN = re.compile(r"[\x20-\x7e\s\u00a0-\u00ff\u2000-\u206f\u3000-\u303f\u4e00-\u9fff\uff00-\uffef\ufeff]*")


def files(text: str, given: str) -> Iterator[tuple[str, bytes]]:
    """编着的文件 — every document and text, with a name for it; `given`: the format of the file (条例 第十五条)."""
    if given == "json":
        for sign, plain in _ESCAPES:
            text = text.replace(sign, plain)
    # The pictures of a page are looked at there.
    signs = _DOCUMENTS if given in ("html", "md") else (*_DOCUMENTS, *_PICTURES)
    texts: list[str] = []
    number = 0
    for data in filter(None, map(_decoded, _words(text))):
        if data.startswith(signs):
            number += 1
            yield f"{NAME}{number}", data
        elif said := _text(data):
            texts.append(said)
    for said in (*texts[:_MOST_APART], "\n\n".join(texts[_MOST_APART:])):
        if said:
            number += 1
            yield f"{NAME}{number}.txt", said.encode("utf-8", "replace")


def _words(text: str) -> Iterator[str]:
    """Each as it is written; one that is no word, by the parts of an address."""
    for found in _WORD.findall(text):
        yield found
        if "/" in found and found.count("/") < _LEAST:
            yield from (part for part in found.split("/") if len(part) >= _LEAST)


def _decoded(word: str) -> bytes:
    signs = _LINE_ENDS.sub("", word).rstrip("=").replace("-", "+").replace("_", "/")
    if len(signs) % 4 == 1:
        return b""
    return b64decode(signs + "=" * (-len(signs) % 4))


def _text(data: bytes) -> str:
    """What it says, if it says anything: in Chinese, with a number, or in such a word."""
    for code in ("utf-8", "gb2312", "utf-16") if data[:2] not in (b"\xff\xfe", b"\xfe\xff") else ("utf-16",):
        try:
            text = data.decode(code)
        except UnicodeDecodeError:
            continue
        if _SHOWN.fullmatch(text) and _SAID.search(text):
            return text
    return ""
