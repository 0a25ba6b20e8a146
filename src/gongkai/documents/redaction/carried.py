"""图片文件里夹带的 — what the file of a picture holds beside its pixels, piece by piece with a name for each.

Known formats are walked by their own structure, so that nothing between, before or after the pixels is passed over.
"""

from __future__ import annotations

import re
import struct
from collections.abc import Iterator, Mapping

from gongkai.documents.redaction.behind import is_nothing

Carried = tuple[str, bytes]
_PNG = b"\x89PNG\r\n\x1a\n"
_PIXELS = set(b"IHDR PLTE IDAT IEND tRNS gAMA cHRM sRGB pHYs sBIT bKGD acTL fcTL fdAT".split())
_STANDALONE = {0x01, *range(0xD0, 0xD9)}
_START, _SCAN, _END = 0xD8, 0xDA, 0xD9
_COMMENT = 0xFE
_PLAIN_JFIF, _PLAIN_ADOBE = 18, 16
_SHOWN_IN_WEBP = {b"VP8 ", b"VP8L", b"ALPH", b"ANIM", b"ANMF"}
_ANMF_HEAD = 16
_FLAGS = 10
_TRAILER, _EXTENSION, _IMAGE = 0x3B, 0x21, 0x2C
_CONTROL, _APPLICATION, _SAID = 0xF9, 0xFF, 0xFE
_LOOPS = (b"NETSCAPE2.0", b"ANIMEXTS1.0")
_BITMAP, _LOOSE = 14, 7
BEHIND, _BETWEEN = "图后面的数据", "图里多出的数据"
"""图后面的 — bytes behind the end of a picture."""
UNKNOWN = (BEHIND, _BETWEEN)
"""不知道是什么的 — of no part of the picture."""
COLOURS = "颜色描述"
"""A profile of colours: it is in nearly every picture, and tells of nobody unless words in it do."""
_SEGMENTS = {
    b"Exif": "拍摄信息",
    b"http://ns.adobe.com/xap/1.0/": "拍摄信息",
    b"Photoshop 3.0": "拍摄信息",
    b"ICC_PROFILE": COLOURS,
    b"MPF": "另外的图",
}
_CHUNKS = {
    **dict.fromkeys((b"tEXt", b"zTXt", b"iTXt"), "文字说明"),
    **dict.fromkeys((b"eXIf", b"tIME", b"EXIF", b"XMP "), "拍摄信息"),
    **dict.fromkeys((b"iCCP", b"ICCP"), COLOURS),
}


def carried(data: bytes) -> Iterator[Carried]:
    """夹带的 — (name, bytes) of each piece; of a format that is not known, nothing."""
    try:
        if data.startswith(b"\xff\xd8"):
            yield from _in_jpeg(data)
        elif data.startswith(_PNG):
            yield from _in_png(data)
        elif data.startswith(b"RIFF") and data[8:12] == b"WEBP":
            yield from _in_webp(data)
        elif data.startswith(b"GIF8"):
            yield from _in_gif(data)
        elif data.startswith((b"II*\0", b"MM\0*")):
            yield from _in_tiff(data)
        elif data.startswith(b"BM"):
            size = struct.unpack("<I", data[2:6])[0]
            yield from _behind(data, size) if size > _BITMAP else ()
    except (struct.error, IndexError, ValueError):
        yield "读不懂的数据", data


def _behind(data: bytes, end: int) -> Iterator[Carried]:
    if not is_nothing(data[end:].strip(b"\xff")):
        yield BEHIND, data[end:]


def _in_jpeg(data: bytes) -> Iterator[Carried]:
    at = 2
    while at + 4 <= len(data):
        if data[at] != 0xFF:
            yield _BETWEEN, data[at:]
            return
        marker = data[at + 1]
        if marker == 0xFF:
            at += 1
            continue
        if marker == _END:
            at += 2
            break
        if marker in _STANDALONE:
            at += 2
            continue
        end = at + 2 + struct.unpack(">H", data[at + 2 : at + 4])[0]
        if _is_told(marker, data[at:end]):
            yield _name(marker, data[at + 4 : end]), data[at + 4 : end]
        at = _scan_end(data, end) if marker == _SCAN else end
    else:
        if data[at : at + 2] == b"\xff\xd9":
            at += 2
    yield from _behind(data, at)


def _name(marker: int, body: bytes) -> str:
    if marker == _COMMENT:
        return "文字说明"
    return _SEGMENTS.get(body.split(b"\0", 1)[0], f"数据 APP{marker - 0xE0}")


def _is_told(marker: int, segment: bytes) -> bool:
    """Application segments and comments; not the bare ones that every program writes."""
    if marker == 0xE0 and segment[4:9] == b"JFIF\0":
        return len(segment) > _PLAIN_JFIF
    if marker == 0xEE and segment[4:9] == b"Adobe":
        return len(segment) > _PLAIN_ADOBE
    return marker == _COMMENT or 0xE0 <= marker <= 0xEF


def _scan_end(data: bytes, at: int) -> int:
    """Where the coded picture ends: at the next marker that is neither a stuffed byte nor a restart."""
    while (at := data.find(b"\xff", at)) >= 0 and at + 1 < len(data):
        if data[at + 1] not in (0x00, 0xFF, *range(0xD0, 0xD8)):
            return at
        at += 1 if data[at + 1] == 0xFF else 2
    return len(data)


def _in_png(data: bytes) -> Iterator[Carried]:
    at, last = len(_PNG), b""
    while at + 8 <= len(data) and last != b"IEND":
        length, last = struct.unpack(">I4s", data[at : at + 8])
        if last not in _PIXELS:
            yield _CHUNKS.get(last, f"数据 {last.decode('latin-1')}"), data[at + 8 : at + 8 + length]
        at += 12 + length
    yield from _behind(data, at)


def _in_webp(data: bytes) -> Iterator[Carried]:
    end = min(len(data), 8 + struct.unpack("<I", data[4:8])[0])
    at = 12
    while at + 8 <= end:
        kind, length = struct.unpack("<4sI", data[at : at + 8])
        body = data[at + 8 : at + 8 + length]
        if kind not in _SHOWN_IN_WEBP and (kind != b"VP8X" or length > _FLAGS):
            yield _CHUNKS.get(kind, f"数据 {kind.decode('latin-1')}"), body
        at += 8 + length + length % 2
    yield from _behind(data, end)


def _in_gif(data: bytes) -> Iterator[Carried]:
    at = 13 + (3 << (data[10] & 7) + 1 if data[10] & 0x80 else 0)
    while at < len(data) and data[at] != _TRAILER:
        if data[at] == _EXTENSION:
            kind = data[at + 1]
            body, at = _blocks(data, at + 2)
            if kind != _CONTROL and not (kind == _APPLICATION and body[:11] in _LOOPS and len(body) <= 16):
                told = body if kind == _SAID else body[:11] + b"\n" + body[11:]
                yield ("文字说明" if kind == _SAID else "扩展数据"), told
        elif data[at] == _IMAGE:
            flags = data[at + 9]
            _, at = _blocks(data, at + 11 + (3 << (flags & 7) + 1 if flags & 0x80 else 0))
        else:
            yield _BETWEEN, data[at:]
            return
    yield from _behind(data, at + 1)


def _blocks(data: bytes, at: int) -> tuple[bytes, int]:
    body = []
    while at < len(data) and (size := data[at]):
        body.append(data[at + 1 : at + 1 + size])
        at += 1 + size
    return b"".join(body), at + 1


_TIFF_SHAPE = {
    *(254, 255, 256, 257, 258, 259, 262, 263, 266, 273, 274, 277, 278, 279, 280, 281, 282, 283, 284, 290, 296, 297),
    *(317, 318, 319, 320, 322, 323, 324, 325, 338, 339, 347, 529, 530, 531, 532),
}
_SIZES = {1: 1, 2: 1, 3: 2, 4: 4, 5: 8, 6: 1, 7: 1, 8: 2, 9: 4, 10: 8, 11: 4, 12: 8, 13: 4}
_DIRECTORY = 13
_STRIPS = ((273, 279), (324, 325), (513, 514))
_INNER = (330, 34665, 34853, 40965)
"""Tags that lead to another directory: smaller pictures, where and with what it was taken."""


_HEAD_OF_PAGE = re.compile(rb"(?:II\*\0|MM\0\*).{4}", re.DOTALL)
"""Programs that add page by page leave the head of each."""


def _in_tiff(data: bytes) -> Iterator[Carried]:
    """Tags that say nothing of the shape of the picture, and bytes that nothing leads to."""
    order = "<" if data.startswith(b"II") else ">"
    used, told = [(0, 8)], set[int]()
    directories = [struct.unpack(order + "I", data[4:8])[0]]
    while directories:
        at = directories.pop()
        if not at or at in told or at + 2 > len(data):
            continue
        told.add(at)
        count = struct.unpack(order + "H", data[at : at + 2])[0]
        used.append((at, at + 6 + 12 * count))
        numbers: dict[int, list[int]] = {}
        for entry in range(count):
            tag, kind, length, where = struct.unpack(order + "HHII", data[at + 2 + 12 * entry :][:12])
            size = _SIZES.get(kind, 1) * length
            start = at + 10 + 12 * entry if size <= 4 else where
            used.append((start, start + size))
            value = data[start : start + size]
            if tag not in _TIFF_SHAPE:
                yield f"标签 {tag}", value
            if kind in (3, 4, _DIRECTORY):
                numbers[tag] = list(struct.unpack(f"{order}{length}{'H' if kind == 3 else 'I'}", value))
        used += _pixels(numbers, len(data))
        directories += [place for tag in _INNER for place in numbers.get(tag, ())]
        directories += struct.unpack(order + "I", data[at + 2 + 12 * count :][:4])
    end = max(stop for _, stop in used)
    loose = _HEAD_OF_PAGE.sub(b"", b"".join(_between(data[:end], used)))
    if len(loose.strip(b"\0")) >= _LOOSE:
        yield "没有用到的数据", loose
    yield from _behind(data, end)


def _pixels(numbers: Mapping[int, list[int]], end: int) -> Iterator[tuple[int, int]]:
    """Where the dots of one picture stand; to the end of the file where nothing says how many."""
    for starts, sizes in _STRIPS:
        places = numbers.get(starts, [])
        lengths = numbers.get(sizes) or [end] * len(places)
        yield from ((start, start + size) for start, size in zip(places, lengths, strict=False))


def _between(data: bytes, used: list[tuple[int, int]]) -> Iterator[bytes]:
    end = 0
    for start, stop in sorted(used):
        if start > end:
            yield data[end:start]
        end = max(end, stop)
    yield data[end:]
