r"""编码里的号码 — what a text holds in another writing: %31, \u0031, &#49;, U+0031, =31, 3132, base64, UTF-7, reversed.

`decoded` gives back readings: a part of the text as it decodes, with the place in the text of each of its signs. A
reading that is encoded again is decoded again, to a depth of three; each sign is decoded a fixed number of times.
"""

from __future__ import annotations

import base64
import html
import re
from collections.abc import Callable, Iterator, Sequence
from itertools import chain, repeat
from typing import NamedTuple

from gongkai.text.personal_data.signs import CELL_END

_DEPTH = 3
# Runs of what is written in one way, with the plain signs between.
_PERCENT = re.compile(r"%[0-9A-Fa-f]{2}(?:%[0-9A-Fa-f]{2})*")
_QUOTED = re.compile(r"(?:=[0-9A-Fa-f]{2})+|=\r?\n")
_ESCAPE = re.compile(
    r"(?<!\\)\\{1,8}+(?:u(?P<high>[dD][89abAB][0-9A-Fa-f]{2})\\{1,8}u(?P<low>[dD][c-fC-F][0-9A-Fa-f]{2})"
    r"|u\{(?P<long>[0-9A-Fa-f]{1,6})\}|[uU](?P<four>[0-9A-Fa-f]{4})|x(?P<two>[0-9A-Fa-f]{2})|(?P<octal>[0-7]{2,3}))"
)
_ENTITY = re.compile(r"&(?:amp;)*#?[A-Za-z0-9]{1,32};?")
_PARAMETER = re.compile(r"(?<=\d)&(?:amp;)*[A-Za-z_]\w{0,20}=(?=\d)")
_CODE_POINT = re.compile(r"U\+(?P<code>[0-9A-Fa-f]{4,6})[ ,，、]?")
# Digits in hexadecimal, of one byte or of two. In angles there are codes of glyphs, in pages of pdf. A literal first:
# an expression that begins with a look behind is a slow one.
_HEXADECIMAL = re.compile(
    r"3(?:(?<![<0-9A-Fa-f]3)|(?<=003)(?<![<0-9A-Fa-f]003))[0-9][ :]?(?:(?:00)?3[0-9][ :]?){9,17}(?:00)?(?:3[0-9]|[57]8)"
    r"(?![0-9A-Fa-f])"
)
_POWER = re.compile(r"(?<![\d.])(?P<first>[1-9])\.(?P<rest>\d{7,18})[Ee]\+?(?P<power>1[0-8])(?!\d)")
_POWERS = ("+1", "e1", "E1")
# Of 138****8000 nothing was left beside the mask: what follows it is another number.
_BESIDE_MASK = re.compile(r"(?<=\d{3})(?:(?<=\d{4})|(?=[~*]{2,12}\d{5}))~{0,2}\*{2,8}~{0,2}(?=\d{4})")
_TAGS = re.compile(r"(?<=[\dXx])(?:</?[A-Za-z][^<>\n]{0,200}>)+(?=[\dXx])")
_PUT_TOGETHER = re.compile(r"(?<=\d)[\"'`]\s{0,4}[+.&]\s{0,4}[\"'`](?=[\dXx])")
_QUOTED_DIGITS = re.compile(r"(?:=3[0-9]){3}")
# Three digits are four signs of base64 of this form, whatever they are; then the whole word is decoded. Digits of two
# bytes, as in UTF-7, are four signs of either of two other forms in turn.
_EIGHT = r"[DTjz][AEIMQUYcgk][wxyz0-5][\r\n]*"
_SIXTEEN = r"D[AEIMQUYcgk]A[\r\n]*[MNO][AQgw]A[wxyz0-5][\r\n]*"
# One class of first signs: an expression that begins with a choice is a slow one.
_BASE64_DIGITS = re.compile(rf"[MNOA](?:(?<!A){_EIGHT}(?:[MNO]{_EIGHT}){{2}}|(?P<wide>(?<=A){_SIXTEEN}A{_SIXTEEN}))")
# Where a word of this form may be: the first two of such signs, in a text of one byte a sign.
_FIRST_SIGNS = bytes(1 if sign in b"MNOA" else 2 if sign in b"DTjz" else 0 for sign in range(256))
_BASE64 = re.compile(r"[A-Za-z0-9+/_-]+(?:\r?\n[A-Za-z0-9+/_-]+)*={0,2}")
_LINE_ENDS = re.compile(r"[\r\n]+")
_LONGEST_WORD = 4_000_000
_BRAILLE = re.compile("\u283c[\u2801-\u281f\u283c\\s\u2800]{10,}")
# Digits are the first ten letters after the sign of numbers, which is seen by nobody in the reading.
_BRAILLE_DIGITS = str.maketrans(dict(zip("⠚⠁⠃⠉⠙⠑⠋⠛⠓⠊", "0123456789", strict=True)) | {"\u283c": "\u2060"})
CONTROLS = "\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"
"""控制符 — signs that override the direction of a text."""
_FROM_RIGHT = "\u202e\u202b\u2067"
_OVERRIDE = re.compile(f"[{_FROM_RIGHT}]([^\\n\u202c\u2069]+)")


class Reading(NamedTuple):
    """解读 — `text` as it decodes; `starts` and `ends`: where each of its signs stands in the text as given."""

    text: str
    starts: Sequence[int]
    ends: Sequence[int]


def decoded(text: str) -> Iterator[Reading]:
    """解出的文字 — every reading of what is encoded in a text (条例 第十五条)."""
    yield from _decoded(Reading(text, range(len(text)), range(1, len(text) + 1)), _DEPTH)


def _decoded(given: Reading, depth: int) -> Iterator[Reading]:
    for one in chain(_in_signs(given.text), _in_words(given.text), _reversed(given.text) if depth == _DEPTH else ()):
        placed = _composed(given, one)
        yield placed
        if depth > 1:
            yield from _decoded(placed, depth - 1)


def _in_signs(text: str) -> Iterator[Reading]:
    """Sign by sign, the whole text: all ways in one reading, but for =31, which is also the end of a sum."""
    reading: Reading | None = None
    for mark, pattern, read in _WAYS:
        given = reading.text if reading else text
        # One sign is quicker to find than two.
        if mark[0] in given and mark in given and pattern.search(given):
            one = _replaced(given, pattern, read)
            reading = _composed(reading, one) if reading else one
    if reading:
        yield reading
    if "=3" in text and _QUOTED_DIGITS.search(text):
        yield _replaced(text, _QUOTED, _of_bytes)


def _composed(given: Reading, one: Reading) -> Reading:
    return Reading(one.text, [given.starts[at] for at in one.starts], [given.ends[at - 1] for at in one.ends])


def _replaced(text: str, pattern: re.Pattern[str], read: Callable[[re.Match[str]], str | None]) -> Reading:
    parts: list[str] = []
    starts: list[int] = []
    ends: list[int] = []
    last = 0
    for match in pattern.finditer(text):
        found = read(match)
        if found is None:
            continue
        start, end = match.span()
        parts += (text[last:start], found)
        starts += range(last, start)
        ends += range(last + 1, start + 1)
        # The signs of a run share its place evenly; the last one has the rest.
        width = (end - start) // max(1, len(found))
        starts += (start + at * width for at in range(len(found)))
        ends += (*(start + at * width for at in range(1, len(found))), *repeat(end, bool(found)))
        last = end
    parts.append(text[last:])
    starts += range(last, len(text))
    ends += range(last + 1, len(text) + 1)
    return Reading("".join(parts), starts, ends)


def _of_bytes(match: re.Match[str]) -> str:
    if match[0][1:2] in "\r\n":
        return ""
    data = bytes.fromhex(match[0].replace(match[0][0], ""))
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        return data.decode("gb18030", "replace")


def _of_escape(match: re.Match[str]) -> str | None:
    if match["high"]:
        # Signs beyond two bytes are written as a pair.
        return chr(0x10000 + ((int(match["high"], 16) - 0xD800) << 10) + int(match["low"], 16) - 0xDC00)
    code = int(match["octal"], 8) if match["octal"] else int(match["long"] or match["four"] or match["two"], 16)
    return chr(code) if code <= 0x10FFFF else None


def _of_entity(match: re.Match[str]) -> str | None:
    found = html.unescape(html.unescape(match[0]))
    return found if len(found) == 1 and found not in "<>&" else None


_WAYS: tuple[tuple[str, re.Pattern[str], Callable[[re.Match[str]], str | None]], ...] = (
    ("%", _PERCENT, _of_bytes),
    ("\\", _ESCAPE, _of_escape),
    ("&", _ENTITY, _of_entity),
    ("&", _PARAMETER, lambda _: "/"),
    *((mark, _POWER, lambda match: f"{match['first']}{match['rest']:0<{int(match['power'])}}") for mark in _POWERS),
    # A mask that was put beside what it was to cover.
    ("**", _BESIDE_MASK, lambda _: ""),
    # What a program puts together, and what it shows without the tags.
    (">", _TAGS, lambda _: ""),
    *((mark, _PUT_TOGETHER, lambda _: "") for mark in "\"'`"),
    ("U+", _CODE_POINT, lambda match: chr(int(match["code"], 16)) if int(match["code"], 16) <= 0x10FFFF else None),
    ("\u283c", _BRAILLE, lambda match: match[0].translate(_BRAILLE_DIGITS)),
    # The first byte of two is no part of the number.
    ("3", _HEXADECIMAL, lambda match: CELL_END + bytes.fromhex(match[0].replace(":", "")).decode().replace("\0", "")),
)


def _in_words(text: str) -> Iterator[Reading]:
    """Words of base64 and of UTF-7 that hold digits."""
    last = 0
    for sign in _base64_digits(text):
        if sign.start() < last:
            continue
        start = _word_start(text, sign.start(), last)
        match = _BASE64.match(text, start, min(len(text), start + _LONGEST_WORD))
        if match and match.end() >= sign.end():
            last = match.end()
            begin = len(_LINE_ENDS.sub("", text[start : sign.start()])) % 4
            for found in _words(match[0], begin, wide=sign["wide"] is not None):
                yield Reading(found, [start] * len(found), [last] * len(found))


def _base64_digits(text: str) -> Iterator[re.Match[str]]:
    """Digits in base64, none over another."""
    if not any(sign in text for sign in "MNOA"):
        return
    flat, end = text.encode("latin-1", "replace").translate(_FIRST_SIGNS), 0
    while (at := flat.find(b"\1\2", end)) >= 0:
        match = _BASE64_DIGITS.match(text, at)
        end = match.end() if match else at + 1
        if match:
            yield match


def _word_start(text: str, at: int, last: int) -> int:
    """Where the word of base64 round this place begins, over the ends of lines."""
    while at > last and (text[at - 1].isascii() and (text[at - 1].isalnum() or text[at - 1] in "+/_-\r\n")):
        at -= 1
    while text[at : at + 1] in ("\r", "\n", "+"):
        at += 1
    return at


def _words(word: str, begin: int, *, wide: bool) -> Iterator[str]:
    """What a word says from this sign on: bytes of UTF-8, or of two-byte signs in either order."""
    signs = _LINE_ENDS.sub("", word).rstrip("=").replace("-", "+").replace("_", "/")[begin:]
    signs = signs[: len(signs) - (len(signs) % 4 == 1)]
    data = base64.b64decode(signs + "=" * (-len(signs) % 4))
    if not wide:
        yield data.decode("utf-8", "replace")
        return
    yield data.decode("utf-16-be", "replace")
    yield data.decode("utf-16-le", "replace")


def _reversed(text: str) -> Iterator[Reading]:
    """What a control sign shows from right to left."""
    for match in _OVERRIDE.finditer(text) if any(sign in text for sign in _FROM_RIGHT) else ():
        start, end = match.span(1)
        yield Reading(text[start:end][::-1], range(end - 1, start - 1, -1), range(end, start, -1))
