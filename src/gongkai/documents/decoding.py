"""解码 — bytes to text: byte order mark, strict UTF-8, the declared charset if strict decoding bears it out, GB18030.

Never a parser's guess. Text that is UTF-8 but for a few torn bytes keeps them as U+FFFD, so that the damage
stays visible, and so does a zero that stands in any text; what is in none of these, or looks like another, is refused
in one sentence.
"""

from __future__ import annotations

import codecs
import re

from gongkai.documents import misread
from gongkai.documents.document import DocumentError
from gongkai.documents.refusals import refusal

_MARKS = (
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
    (b"\x84\x31\x95\x33", "gb18030"),
)
_DECLARED = re.compile(rb"charset\s*=\s*[\"']?\s*([A-Za-z0-9_-]{3,20})", re.IGNORECASE)
_BELIEVED = {
    "big5": "big5hkscs",
    "big5-hkscs": "big5hkscs",
    "gbk": "gb18030",
    "gb2312": "gb18030",
    "gb18030": "gb18030",
}
_CONTROLS = re.compile(rb"[\x01-\x08\x0e-\x1f\x7f]")
_NUMBER = re.compile(r"[0-9]{7,}")
_PARTED, _WHOLE = re.compile(r"[0-9](?:[\s.·-]{0,2}[0-9Xx]){10,}"), 11
"""Numbers as people part them, and the digits of the shortest that is looked for."""
_NARROW = (
    ("utf-8", "strict", _NUMBER, 1),
    ("utf-8", "replace", _PARTED, _WHOLE),
    ("gb18030", "replace", _PARTED, _WHOLE),
)
_HEAD_BYTES = 4_096
_LEAST_BEYOND = 8
"""Fewer signs of UTF-8 than these, one of them torn, are as often a word of GB18030 (办法目录)."""
_FEWEST_BEYOND = 3
_SEVEN_BIT = (("hz", re.compile(rb"~\{(?:[!-~]{2})+~\}")), ("utf-7", re.compile(rb"\+[A-Za-z0-9+/]{3,}")))
"""Encodings whose bytes are all ASCII, and what they write Chinese between."""
_ZERO, TORN = "\x00", "\ufffd"
_FEW = 8
"""At most one byte in so many is zero where signs are not of two bytes; of a short text one may be."""
_PLAIN_SHARE = 0.25
"""The common Chinese that text of ASCII alone is set against: read by twos it comes to a tenth."""
_TORN_SHARE = 0.01
"""At most one sequence in a hundred may be torn; text in another encoding tears nearly every one."""


def decode(source: str, data: bytes, charset: str | None = None) -> str:
    """解码 — the text of a file. `charset`: what an outer header declares. DocumentError if it is in none."""
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            return _without_zeros(_strict(source, data[len(mark) :], encoding))
    padded, data = data, data.removeprefix(codecs.BOM_UTF8).rstrip(b"\x00\x1a")
    text = _with_zeros(source, padded, data, charset) if b"\x00" in data else _narrow(source, data, charset)
    return _without_zeros(text)


def _without_zeros(text: str) -> str:
    """Those at the end fill up; any other is shown to be there."""
    return text.rstrip(_ZERO).replace(_ZERO, TORN)


def _narrow(source: str, data: bytes, charset: str | None) -> str:
    """In UTF-8, the declared charset or GB18030."""
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError:
        return _not_utf8(source, data, charset)
    return _of_ascii(source, data, text) if text.isascii() else misread.as_gbk(data, text) or text


def _of_ascii(source: str, data: bytes, text: str) -> str:
    """Chinese that is written in ASCII (HZ, UTF-7) reads as other letters; of ISO 2022 there are too many kinds."""
    if b"\x1b$" in data:
        raise _undecodable(source)
    for name, pattern in _SEVEN_BIT:
        if pattern.search(data):
            try:
                other = data.decode(name)
            except UnicodeDecodeError:
                continue
            if not other.isascii() and misread.common_share(other) >= _PLAIN_SHARE:
                return other
    return text


def _with_zeros(source: str, padded: bytes, data: bytes, charset: str | None) -> str:
    """UTF-16 without its mark, or another encoding with stray zeros: which one reads as more common Chinese."""
    narrow = _stray(source, data, charset)
    if narrow is not None and padded.startswith(codecs.BOM_UTF8):
        return narrow
    try:
        wide = _strict(source, padded, _unmarked_utf16(source, data))
    except DocumentError:
        if narrow is None:
            raise
        return narrow
    if narrow is not None and misread.common_share(wide) <= (misread.common_share(narrow) or _PLAIN_SHARE):
        return narrow
    if _has_longer_numbers(data, wide) or misread.is_torn(wide):
        raise _undecodable(source)
    return wide


def _stray(source: str, data: bytes, charset: str | None) -> str | None:
    """As signs that are not of two bytes, if it can be so read, holds few zeros and no other control."""
    if data.count(0) > max(1, len(data) // _FEW) or _CONTROLS.search(data):
        return None
    try:
        return _narrow(source, data, charset)
    except DocumentError:
        return None


def _strict(source: str, data: bytes, encoding: str) -> str:
    try:
        return data.decode(encoding)
    except UnicodeDecodeError as error:
        if error.end < len(data) - 3:
            raise _undecodable(source) from None
        left = data[error.start :]
        # Text without a last zero, as zeros put between signs leave it: a digit there is part of a number.
        last = left.decode("ascii") if encoding == "utf-16-le" and len(left) == 1 and left.isalnum() else ""
        lost = TORN if not last and left.strip(b"\0\r\n ") else ""
        return data[: error.start].decode(encoding, "replace") + last + lost


def _not_utf8(source: str, data: bytes, charset: str | None) -> str:
    torn = data.decode("utf-8", "replace")
    beyond_ascii = sum(torn.count(sign) for sign in set(torn) if sign > "\x7f")
    if torn.count("\ufffd") <= max(1, beyond_ascii * _TORN_SHARE) and beyond_ascii >= _LEAST_BEYOND:
        return torn
    for encoding in (_believed(data, charset), "gb18030"):
        if encoding:
            try:
                text = data.decode(encoding)
            except UnicodeDecodeError as failure:
                if not (failure.end == len(data) and failure.start >= len(data) - 3 and failure.start > 0):
                    continue
                data = data[: failure.start]
                text = data.decode(encoding, "replace") + TORN
            if encoding == "gb18030" and (name := misread.meant(data, text)):
                raise _misread(source, name)
            if encoding == "gb18030" and misread.is_latin(text):
                raise _undecodable(source)
            return text
    raise _undecodable(source)


def mixed_lines(data: bytes) -> int:
    """编码混着的行 — how many lines are UTF-8 in a text that as a whole is not (条例 第十二条)."""
    try:
        data.decode("utf-8")
    except UnicodeDecodeError:
        return sum(map(_is_utf8, data.splitlines())) if not data.startswith(tuple(mark for mark, _ in _MARKS)) else 0
    return 0


def _is_utf8(line: bytes) -> bool:
    """Whether a line is Chinese in UTF-8: words of GB18030 that can be so read are rare signs."""
    try:
        text = line.decode("utf-8")
    except UnicodeDecodeError:
        return False
    beyond = sum(sign > "\u2e7f" for sign in text)
    return beyond >= _FEWEST_BEYOND and misread.common_share(text) >= _PLAIN_SHARE


def _believed(data: bytes, charset: str | None) -> str | None:
    declared = _DECLARED.search(data[:_HEAD_BYTES])
    name = charset or (declared[1].decode("ascii") if declared else "")
    return _BELIEVED.get(name.lower().replace("_", "-"))


def _unmarked_utf16(source: str, data: bytes) -> str:
    """Told by its line ends; a text of one line by which half of its bytes is zero where signs are ASCII."""
    head = data[:_HEAD_BYTES]
    pairs = [head[at : at + 2] for at in range(0, len(head), 2)]
    little, big = pairs.count(b"\n\0"), pairs.count(b"\0\n")
    if not little and not big:
        little, big = head[1::2].count(0), head[0::2].count(0)
    if max(little, big) * 100 < len(pairs) or min(little, big) * 2 > max(little, big):
        raise refusal("binary", source) if len(_CONTROLS.findall(head)) * 50 > len(head) else _undecodable(source)
    return "utf-16-le" if little > big else "utf-16-be"


def _has_longer_numbers(data: bytes, text: str) -> bool:
    """Whether one byte a sign, with zeros in a part of it, tells more: read by twos, digits become other signs.

    Read as GB18030, which fits nearly any bytes, it counts where a whole number is there more.
    """
    narrow = data.replace(b"\x00", b"")
    for encoding, errors, pattern, more in _NARROW:
        try:
            found = pattern.findall(narrow.decode(encoding, errors))
        except UnicodeDecodeError:
            continue
        if _digits(found) >= _digits(pattern.findall(text)) + more:
            return True
    return False


def _digits(numbers: list[str]) -> int:
    return sum(sign.isdecimal() for number in numbers for sign in number)


def _misread(source: str, name: str) -> DocumentError:
    return DocumentError(
        source,
        "{file}：认不出文字编码：按 GB18030 读出来不成文字，像是 {encoding}。"
        "请用原来的软件打开，另存为 UTF-8 文本或 docx 再试",
        file=source,
        encoding=name,
    )


def _undecodable(source: str) -> DocumentError:
    return DocumentError(
        source,
        "{file}：认不出文字编码（试过 UTF-8、UTF-16、GB18030）。请用原来的软件打开，另存为 UTF-8 文本或 docx 再试",
        file=source,
    )
