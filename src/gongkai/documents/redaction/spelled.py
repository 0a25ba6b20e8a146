"""字节里写着什么 — what bytes say that nobody shows: in the encodings that programs write, and in what they pack.

For the properties of pictures, for parts and streams of files that no page leads to. Numbers stand in them as text, as
hexadecimal, in one or two bytes a sign.
"""

from __future__ import annotations

import re
import struct
import zlib
from collections.abc import Iterable, Iterator

_MOST_DEEP = 3
_MOST_UNPACKED = 16 * 1024**2
_LEAST = 7
"""Digits: no number that is looked for has fewer."""
_PACKED = re.compile(rb"\x78[\x01\x5e\x9c\xda]")
_MEMBER, _MEMBER_HEAD = re.compile(rb"PK\x03\x04"), 30
_STRINGS = re.compile(rb"\(((?:[^()\\]|\\.)*)\)|<((?:[0-9A-Fa-f]\s*){2,})>", re.DOTALL)
NO_DIGIT = "\u3400"
"""In place of what must not be read: a sign of a word, that is in no name."""
_CODES = re.compile(rb"<[0-9A-Fa-f\s]+>")
_OF_STRINGS = ("latin-1", "utf-16-be")
_ON = re.compile(rb"[\s\[\]]*(?:T[jJ][\s\[\]]*)?(?:[-+]?(?:\d+\.?\d*|\.\d+)\s*)*")
_NUMBERS = re.compile(rb"[-+]?(?:\d+\.?\d*|\.\d+)")
_WIDE_GAP = -400
"""In thousandths of the size: a blank is narrower."""
_APART = "\n\n"
"""Over two line ends only an identity number goes on, which its check digit makes sure."""
_NARROW, _SIGNS = re.compile(r"[ -~]+"), re.compile("[ -~\u3000-\u303f\u3400-\u9fff\uff00-\uffef]+")
_BETWEEN = f"\n{NO_DIGIT}\n"
_LENGTHS = ((3, 2), (2, 1), (2, 2), (1, 1))
"""How far before a text its length stands and in how many bytes: with and without a byte of flags ([MS-XLS] 2.5)."""
_LENGTH_FIELD = 3
_ESCAPED = re.compile(rb"\\([0-7]{1,3}|.)", re.DOTALL)
_ENCODINGS = ("utf-8", "gb18030")
_WIDE = (("utf-16-be", 0), ("utf-16-be", 1), ("utf-16-le", 0), ("utf-16-le", 1))
_BORDER = re.compile(r"(?<=[0-9])(?=[^\x00-\x7f])|(?<=[^\x00-\x7f])(?=[0-9])")
_RUNS = re.compile(rb"(?<![\d.])(?:\d\0?){10,18}[\dXx]?(?![\d])")
_BEFORE, _AFTER = re.compile(rb"[0-9A-Fa-f-]*\Z"), re.compile(rb"[0-9A-Fa-f-]*")
_REACH = 64
"""十六进制的字 — so far a digest goes on beside a run: the trailer of every PDF holds two (ISO 32000-1, 14.4)."""


def texts(data: bytes, depth: int = 0) -> Iterator[str]:
    """字节里写着什么 — in every way in which it could be a text; what holds too few digits in a way is left out."""
    yield from filter(_is_telling, _decoded(data))
    yield from strings(data)
    if depth < _MOST_DEEP:
        for unpacked in _all_unpacked(data):
            yield from texts(unpacked, depth + 1)


def _decoded(data: bytes) -> Iterator[str]:
    for encoding in _ENCODINGS:
        text = data.decode(encoding, "ignore")
        # A byte of binary data before a number in Chinese signs may look like a digit that belongs to it.
        yield from dict.fromkeys((text, _BORDER.sub("\n", text)))
    yield from (data[start:].decode(encoding, "replace") for encoding, start in _WIDE)


def texts_of_book(data: bytes) -> Iterator[str]:
    """旧表格的字 — the runs of text in the records of an xls, in one or two bytes a sign, without what stands between
    them; and all texts of what is packed there."""
    narrow = (_text_of_record(data, found, 1, 0) for found in _NARROW.finditer(data.decode("latin-1")))
    yield _BETWEEN.join(filter(_is_telling, narrow))
    for start in (0, 1):
        # Each two bytes are one sign, so that a place in the text says where in the bytes it stands.
        wide = "".join(map(chr, struct.unpack_from(f"<{(len(data) - start) // 2}H", data, start)))
        found = (_text_of_record(data, one, 2, start) for one in _SIGNS.finditer(wide))
        yield _BETWEEN.join(filter(_is_telling, found))
    for unpacked in _all_unpacked(data):
        yield from texts(unpacked, 1)


def _text_of_record(data: bytes, found: re.Match[str], width: int, start: int) -> str:
    """A run, cut off where the length before it says so: what follows is the length of the next text."""
    at, text = start + found.start() * width, found[0]
    for before, size in _LENGTHS if at >= _LENGTH_FIELD else ():
        length = int.from_bytes(data[at - before : at - before + size], "little")
        is_flagged = before == _LENGTH_FIELD and data[at - 1] == width - 1
        if len(text) - _LENGTH_FIELD < length < len(text) or (is_flagged and 0 < length < len(text)):
            return text[:length]
    return text


def strings(data: bytes) -> Iterator[str]:
    """串 — the strings of a page's content or of a script: what is drawn on without a move as one, the rest apart."""
    parts: list[bytes] = []
    last = 0
    for found in _STRINGS.finditer(data):
        string = _plain(found[1]) if found[2] is None else _of_hex(found[2])
        if parts and _goes_on(data[last : found.start()]):
            parts[-1] += string
        else:
            parts.append(string)
        last = found.end()
    for encoding in _OF_STRINGS if parts else ():
        # A sign of two bytes is none of one: its first byte stands apart.
        text = _APART.join(part.decode(encoding, "replace") for part in parts).replace("\0", NO_DIGIT)
        if _is_telling(text):
            yield text


def _goes_on(between: bytes) -> bool:
    """Whether nothing but small gaps and the end of an operation stands between two strings."""
    found = _ON.fullmatch(between)
    return found is not None and all(float(gap) > _WIDE_GAP for gap in _NUMBERS.findall(between))


def packed_runs(data: bytes) -> Iterator[tuple[str, bool]]:
    """成串的数字 — find them in raw bytes and in all that is packed there, led to or not; and say whether
    they may be the codes of a page's signs."""
    for part in (data, *_all_unpacked(data)):
        is_content = b"Tj" in part or b"TJ" in part
        # The codes of signs are no digits, however they look; as strings they are read below.
        drawn = _CODES.sub(b"<>", part) if is_content else part
        for found in _RUNS.finditer(drawn):
            yield _with_its_word(drawn, found).replace(b"\0", b"").decode("latin-1"), is_content
        if is_content:
            yield from ((text, True) for text in strings(part))


def _with_its_word(part: bytes, found: re.Match[bytes]) -> bytes:
    start, end = found.span()
    before, after = _BEFORE.search(part, max(0, start - _REACH), start), _AFTER.match(part, end, end + _REACH)
    return (before[0] if before else b"") + found[0] + (after[0] if after else b"")


def _is_telling(text: str) -> bool:
    return sum(map(str.isnumeric, text)) >= _LEAST


def _plain(string: bytes) -> bytes:
    return _ESCAPED.sub(
        lambda found: bytes([int(found[1], 8) & 255]) if found[1][0] in b"01234567" else found[1], string
    )


def _of_hex(printed: bytes) -> bytes:
    digits = b"".join(printed.split())
    return bytes.fromhex(digits[: len(digits) // 2 * 2].decode())


def _all_unpacked(data: bytes) -> Iterator[bytes]:
    """What is packed in the bytes, in the ways of zlib and of zip archives."""
    yield from _inflated(data, ((found.start(), zlib.MAX_WBITS) for found in _PACKED.finditer(data)))
    heads = (found for found in _MEMBER.finditer(data) if len(data) >= found.start() + _MEMBER_HEAD)
    yield from _inflated(data, ((found.start() + _MEMBER_HEAD + _names(data, found.start()), -15) for found in heads))


def _names(data: bytes, at: int) -> int:
    name, extra = struct.unpack_from("<HH", data, at + _MEMBER_HEAD - 4)
    return int(name + extra)


def _inflated(data: bytes, starts: Iterable[tuple[int, int]]) -> Iterator[bytes]:
    done = 0
    for start, kind in starts:
        if start < done:
            continue
        packer = zlib.decompressobj(kind)
        try:
            unpacked = packer.decompress(data[start:], _MOST_UNPACKED)
        except zlib.error:
            continue
        if unpacked:
            yield unpacked
            done = max(start, len(data) - len(packer.unused_data) - len(packer.unconsumed_tail))
